//! `series.csv`: numbers that other bodies published by year, a line for each, with source and break.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;

use super::values::{code, optional_text, quoted, text, whole, word};
use super::{Columns, CsvFile, ImportError, Kind, Line, OtherColumns, Problems, Report, Run, Source, act};
use crate::index::published::PublishedValue;
use crate::index::scheme::Bilingual;
use crate::store::{Database, DatabaseTransaction, series as table};
use crate::text::{Both, history as say};
use crate::words::{Measure, PARTS, Province, SeriesFrame, SeriesKind};

pub(in crate::registry) const COLUMNS: Columns = Columns {
    required: &["series", "year", "kind", "value", "place", "measure", "publisher", "citation"],
    optional: &["rank_of", "frame", "method", "note_vi", "note_en", "break_vi", "break_en"],
    others: OtherColumns::Refused,
};
/// Longest place, publisher and method.
const LONGEST_NAME: usize = 200;
/// Longest citation, note and reason.
const LONGEST_TEXT: usize = 1_000;
/// First year of a series.
const FIRST_YEAR: i64 = 1990;
/// Most places that are ranked.
const MOST_RANKED: i64 = 100_000;
/// Most values of all series together: all of them are held in memory and shown on one page.
const MOST: usize = 5_000;

/// Series, year and kind.
type Key = (String, i16, SeriesKind);

/// Imports series.
pub(super) async fn series(
    db: &Database,
    province: Province,
    source: &Source<'_>,
    run: Run<'_>,
) -> Result<Report, ImportError> {
    let file = CsvFile::read(source, &COLUMNS)?;
    let tx = act::begin(db, province).await?;
    match series_in(&tx, province, &file, run.today.year()).await {
        Ok(report) => {
            act::finish(tx, province, Kind::Series, &file, "", run).await?;
            Ok(report)
        }
        Err(error) => Err(act::give_back(tx, error).await),
    }
}

async fn series_in(
    tx: &DatabaseTransaction,
    province: Province,
    file: &CsvFile,
    this_year: i32,
) -> Result<Report, ImportError> {
    let stored = table::all(tx, province).await.context("while reading series of other bodies")?;
    let mut known: BTreeMap<Key, PublishedValue> = stored.into_iter().map(|value| (key(&value), value)).collect();
    let mut problems = file.faults();
    let mut lines: HashMap<Key, u64> = HashMap::new();
    let (mut report, mut put) = (Report { rows: file.len(), ..Report::default() }, Vec::new());
    for line in file.lines() {
        let Some(value) = read(line, this_year, &mut problems) else { continue };
        if let Some(first) = lines.insert(key(&value), line.number()) {
            let first = first.to_string();
            problems.add(line.number(), "series", Both::of(|lang| say::same_key(lang, &first)));
            continue;
        }
        match known.insert(key(&value), value.clone()) {
            None => report.added += 1,
            Some(before) if before == value => {
                report.unchanged += 1;
                continue;
            }
            Some(_) => report.changed += 1,
        }
        put.push(value);
    }
    check(&known, &lines, &mut problems);
    if known.len() > MOST {
        problems.add_line(1, Both::of(|lang| say::too_many(lang, &MOST.to_string())));
    }
    problems.into_result(file.name())?;
    table::put(tx, province, &put).await.context("while writing series of other bodies")?;
    Ok(report)
}

fn key(value: &PublishedValue) -> Key {
    (value.series.clone(), value.year, value.kind)
}

/// A series has one place and one measure, and either points or per cent, the stored values included.
fn check(known: &BTreeMap<Key, PublishedValue>, lines: &HashMap<Key, u64>, problems: &mut Problems) {
    let mut first: HashMap<&str, &PublishedValue> = HashMap::new();
    let mut levels: HashMap<&str, SeriesKind> = HashMap::new();
    for (key, value) in known {
        let of = first.entry(value.series.as_str()).or_insert(value);
        // A stored value has no line of its own; the fault is told at the first line of the file that has one.
        let place = lines.get(key).or_else(|| lines.get(&self::key(of))).copied().unwrap_or(1);
        let other = place.to_string();
        let told = |what: &str| Both::of(|lang| say::of_another(lang, &quoted(what), &say::in_line(lang, &other)));
        if of.place != value.place {
            problems.add(place, "place", told(&of.place));
        }
        if of.measure != value.measure {
            problems.add(place, "measure", told(of.measure.word()));
        }
        if value.kind != SeriesKind::Rank && *levels.entry(value.series.as_str()).or_insert(value.kind) != value.kind {
            problems.add(place, "kind", say::POINTS_AND_PERCENT);
        }
    }
}

fn read(line: Line<'_>, this_year: i32, problems: &mut Problems) -> Option<PublishedValue> {
    let n = line.number();
    let series = problems.keep(n, "series", code(line.get("series")));
    let year = problems.keep(n, "year", year(line.get("year"), this_year));
    let kind = problems.keep(n, "kind", word(SeriesKind::parse(line.get("kind"))));
    let place = problems.keep(n, "place", text(line.get("place"), LONGEST_NAME));
    let measure = problems.keep(n, "measure", measure(line.get("measure")));
    let publisher = problems.keep(n, "publisher", text(line.get("publisher"), LONGEST_NAME));
    let frame = problems.keep(n, "frame", optional(line.get("frame"), |text| word(SeriesFrame::parse(text))));
    let method = problems.keep(n, "method", optional_text(line.get("method"), LONGEST_NAME));
    let citation = problems.keep(n, "citation", text(line.get("citation"), LONGEST_TEXT));
    let note = both(line, ("note_vi", "note_en"), problems);
    let broken = both(line, ("break_vi", "break_en"), problems);
    let kind = kind?;
    let rank_of = problems.keep(n, "rank_of", rank_of(line.get("rank_of"), kind));
    let value = problems.keep(n, "value", optional(line.get("value"), |text| number(text, kind, rank_of.flatten())));
    if line.get("value").is_empty() && line.get("note_vi").is_empty() {
        problems.add(n, "value", say::VALUE_OR_NOTE);
        return None;
    }
    let value = value?;
    Some(PublishedValue {
        series: series?,
        year: year?,
        kind,
        value: value.map(|(value, _)| value),
        decimals: value.map_or(0, |(_, decimals)| decimals),
        rank_of: rank_of?,
        place: place?,
        measure: measure?,
        publisher: publisher?,
        frame: frame?,
        method: method?.unwrap_or_default(),
        citation: citation?,
        note: note.ok()?,
        broken: broken.ok()?,
    })
}

fn optional<T>(text: &str, read: impl Fn(&str) -> Result<T, Both>) -> Result<Option<T>, Both> {
    if text.is_empty() { Ok(None) } else { read(text).map(Some) }
}

/// A value whose fault is noted.
struct Faulty;

/// A text in both languages, or none.
fn both(line: Line<'_>, (vi, en): (&str, &str), problems: &mut Problems) -> Result<Option<Bilingual>, Faulty> {
    let n = line.number();
    let read = |column: &str| optional_text(line.get(column), LONGEST_TEXT);
    let (first, second) = (problems.keep(n, vi, read(vi)), problems.keep(n, en, read(en)));
    match (first.ok_or(Faulty)?, second.ok_or(Faulty)?) {
        (Some(vi), Some(en)) => Ok(Some(Bilingual { vi, en })),
        (None, None) => Ok(None),
        (one, _) => {
            problems.add(n, if one.is_some() { en } else { vi }, say::BOTH_LANGUAGES);
            Err(Faulty)
        }
    }
}

fn year(value: &str, this_year: i32) -> Result<i16, Both> {
    let is_plain = value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit());
    let year = value.parse::<i16>().ok().filter(|year| is_plain && i64::from(*year) >= FIRST_YEAR);
    let year = year.ok_or_else(|| Both::of(|lang| say::not_a_year(lang, &quoted(value))))?;
    if i32::from(year) > this_year { Err(say::NOT_OVER.into()) } else { Ok(year) }
}

fn measure(value: &str) -> Result<Measure, Both> {
    match word(Measure::parse(value))? {
        Measure::Minutes => Err(say::MINUTES_NOT.into()),
        measure => Ok(measure),
    }
}

fn rank_of(value: &str, kind: SeriesKind) -> Result<Option<i32>, Both> {
    match (kind, value) {
        (SeriesKind::Rank, "") => Err(say::RANK_OF_NEEDED.into()),
        (SeriesKind::Rank, value) => whole(value, 2, MOST_RANKED).map(|of| i32::try_from(of).ok()),
        (_, "") => Ok(None),
        _ => Err(say::RANK_OF_NOT.into()),
    }
}

/// A number in ten-thousandths, and the decimals it is written with.
fn number(value: &str, kind: SeriesKind, rank_of: Option<i32>) -> Result<(i64, u8), Both> {
    if kind == SeriesKind::Rank {
        let plain = !value.is_empty() && value.len() < 7 && value.bytes().all(|byte| byte.is_ascii_digit());
        let most = rank_of.map_or(MOST_RANKED, i64::from);
        let rank = value.parse::<i64>().ok().filter(|rank| plain && (1..=most).contains(rank));
        return rank
            .map(|rank| (rank * PARTS, 0))
            .ok_or_else(|| Both::of(|lang| say::not_a_rank(lang, &quoted(value))));
    }
    let plain = value.strip_suffix('%').filter(|_| kind == SeriesKind::Percent).unwrap_or(value).trim_end();
    let read = decimal(plain).filter(|(number, _)| *number <= 100 * PARTS);
    read.ok_or_else(|| Both::of(|lang| say::not_a_level(lang, &quoted(value))))
}

/// At most three digits, with at most four more behind one comma or dot.
fn decimal(text: &str) -> Option<(i64, u8)> {
    let (whole, part) = text.split_once([',', '.']).map_or((text, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole, 3) || part.is_some_and(|part| !digits(part, 4)) {
        return None;
    }
    let part = part.unwrap_or_default();
    let tail: i64 = format!("{part:0<4}").parse().ok()?;
    Some((whole.parse::<i64>().ok()? * PARTS + tail, u8::try_from(part.len()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_decimals_and_their_exact_value() {
        for (text, read) in
            [("66,46", (664_600, 2)), ("80.08", (800_800, 2)), ("81", (810_000, 0)), ("81,0", (810_000, 1))]
        {
            assert_eq!(number(text, SeriesKind::Points, None), Ok(read), "{text}");
        }
        assert_eq!(number("80,08%", SeriesKind::Percent, None), Ok((800_800, 2)));
        assert_eq!(number("59", SeriesKind::Rank, Some(63)), Ok((590_000, 0)));
        for bad in ["100,01", "-1", "1,23456", ",5", "5,", "66,46%", "1e2", "٦٦"] {
            assert!(number(bad, SeriesKind::Points, None).is_err(), "{bad}");
        }
        for bad in ["0", "64", "1,5", "59/63", ""] {
            assert!(number(bad, SeriesKind::Rank, Some(63)).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_page_on_measures_names_every_column() {
        let page = include_str!("../../../docs/MEASURES.md");
        for column in COLUMNS.required.iter().chain(COLUMNS.optional) {
            assert!(page.contains(&format!("| `{column}` |")), "{column}");
        }
    }

    #[test]
    fn a_rank_needs_its_whole_and_nothing_else_has_one() {
        assert_eq!(rank_of("63", SeriesKind::Rank), Ok(Some(63)));
        assert_eq!(rank_of("", SeriesKind::Points), Ok(None));
        assert!(rank_of("", SeriesKind::Rank).is_err() && rank_of("63", SeriesKind::Percent).is_err());
    }

    #[test]
    fn years_have_four_digits_and_have_begun() {
        assert_eq!(year("2024", 2026), Ok(2024));
        for bad in ["24", "2027", "1989", "02024", "2024.0", ""] {
            assert!(year(bad, 2026).is_err(), "{bad}");
        }
    }
}
