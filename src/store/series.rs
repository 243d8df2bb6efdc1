//! Published series of other bodies.

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::rows::{Row, all as rows, insert};
use crate::index::published::PublishedValue;
use crate::index::scheme::Bilingual;
use crate::words::{Measure, Province, SeriesFrame, SeriesKind};

const COLUMNS: [&str; 17] = [
    "p",
    "series",
    "year",
    "kind",
    "value",
    "decimals",
    "rank_of",
    "place",
    "measure",
    "publisher",
    "frame",
    "method",
    "citation",
    "note_vi",
    "note_en",
    "break_vi",
    "break_en",
];
const AGAIN: &str = "ON CONFLICT (p, series, year, kind) DO UPDATE SET value = excluded.value,
    decimals = excluded.decimals, rank_of = excluded.rank_of, place = excluded.place, measure = excluded.measure,
    publisher = excluded.publisher, frame = excluded.frame, method = excluded.method, citation = excluded.citation,
    note_vi = excluded.note_vi, note_en = excluded.note_en, break_vi = excluded.break_vi, break_en = excluded.break_en";

/// All values, by series, year and kind.
pub async fn all(db: &impl ConnectionTrait, province: Province) -> Result<Vec<PublishedValue>, DbErr> {
    let sql =
        "SELECT p, series, year, kind, value, decimals, rank_of, place, measure, publisher, frame, method, citation,
                      note_vi, note_en, break_vi, break_en
               FROM series_value WHERE p = $1 ORDER BY series, year, kind";
    rows(db, sql, [province.0.into()], read).await
}

/// Writes values; one that is known is replaced.
pub async fn put(tx: &impl ConnectionTrait, province: Province, values: &[PublishedValue]) -> Result<(), DbErr> {
    let row = |one: &PublishedValue| -> [Value; 17] {
        let of = |text: &Option<Bilingual>, read: fn(&Bilingual) -> &String| text.as_ref().map(read).cloned();
        [
            province.0.into(),
            one.series.clone().into(),
            one.year.into(),
            one.kind.code().into(),
            one.value.into(),
            i16::from(one.decimals).into(),
            one.rank_of.into(),
            one.place.clone().into(),
            one.measure.code().into(),
            one.publisher.clone().into(),
            one.frame.map(SeriesFrame::code).into(),
            one.method.clone().into(),
            one.citation.clone().into(),
            of(&one.note, |text| &text.vi).into(),
            of(&one.note, |text| &text.en).into(),
            of(&one.broken, |text| &text.vi).into(),
            of(&one.broken, |text| &text.en).into(),
        ]
    };
    insert(tx, "series_value", COLUMNS, AGAIN, values.iter().map(row).collect()).await
}

fn read(row: &Row<'_>) -> Result<PublishedValue, DbErr> {
    let unknown = |what: &str, code: i16| DbErr::Type(format!("there is no {what} {code}"));
    let (kind, measure): (i16, i16) = (row.get(3)?, row.get(8)?);
    let frame: Option<i16> = row.get(10)?;
    let both = |vi: usize, en: usize| -> Result<Option<Bilingual>, DbErr> {
        let (vi, en): (Option<String>, Option<String>) = (row.get(vi)?, row.get(en)?);
        Ok(vi.zip(en).map(|(vi, en)| Bilingual { vi, en }))
    };
    Ok(PublishedValue {
        series: row.get(1)?,
        year: row.get(2)?,
        kind: SeriesKind::from_code(kind).ok_or_else(|| unknown("kind of series", kind))?,
        value: row.get(4)?,
        decimals: u8::try_from(row.get::<i16>(5)?).map_err(|_range| DbErr::Type("decimals below 0".to_owned()))?,
        rank_of: row.get(6)?,
        place: row.get(7)?,
        measure: Measure::from_code(measure).ok_or_else(|| unknown("measure", measure))?,
        publisher: row.get(9)?,
        frame: frame.map(|code| SeriesFrame::from_code(code).ok_or_else(|| unknown("frame", code))).transpose()?,
        method: row.get(11)?,
        citation: row.get(12)?,
        note: both(13, 14)?,
        broken: both(15, 16)?,
    })
}
