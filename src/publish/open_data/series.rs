//! Series of other bodies as a table; the columns are those of the import.

use super::{Column, DataTable, Datum, Holds};
use crate::index::published::PublishedValue;
use crate::text::office::uploads;
use crate::words::{PARTS, SeriesFrame, SeriesKind};

/// The values of a series, by year and kind.
pub fn series_table(values: &[PublishedValue], code: &str) -> DataTable {
    let rows = values.iter().filter(|value| value.series == code).map(row);
    DataTable { columns: columns(), rows: rows.collect() }
}

fn columns() -> Vec<Column> {
    let known = uploads::columns("series").iter().map(|(name, meaning)| Column {
        name,
        holds: if ["year", "value", "rank_of"].contains(name) { Holds::Number } else { Holds::Text },
        meaning: (*meaning).into(),
    });
    known.collect()
}

fn row(value: &PublishedValue) -> Vec<Datum> {
    let (note, broken) = (value.note.as_ref(), value.broken.as_ref());
    let number = match (value.kind, value.value) {
        (_, None) => Datum::None,
        (SeriesKind::Rank, Some(rank)) => i32::try_from(rank / PARTS).map_or(Datum::None, Datum::whole),
        _ => value.number().map_or(Datum::None, |number| Datum::Number(number, value.decimals.into())),
    };
    vec![
        Datum::text(&value.series),
        Datum::whole(value.year),
        Datum::text(value.kind.word()),
        number,
        value.rank_of.map_or(Datum::None, Datum::whole),
        Datum::text(&value.place),
        Datum::text(value.measure.word()),
        Datum::text(&value.publisher),
        Datum::text(value.frame.map(SeriesFrame::word).unwrap_or_default()),
        Datum::text(&value.method),
        Datum::text(note.map(|note| note.vi.as_str()).unwrap_or_default()),
        Datum::text(note.map(|note| note.en.as_str()).unwrap_or_default()),
        Datum::text(&value.citation),
        Datum::text(broken.map(|broken| broken.vi.as_str()).unwrap_or_default()),
        Datum::text(broken.map(|broken| broken.en.as_str()).unwrap_or_default()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::published::tests::lai_chau;

    #[test]
    fn a_series_is_written_in_the_columns_it_is_imported_with() {
        let table = series_table(&lai_chau(), "lc");
        assert_eq!(table.rows.len(), 8);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        let cells: Vec<String> = table.rows[0].iter().map(Datum::cell).collect();
        assert_eq!(cells[..7], ["lc", "2012", "points", "66.46", "", "Lai Châu", "par"]);
        assert_eq!(table.rows[1][3].cell(), "59");
        assert!(series_table(&lai_chau(), "x").rows.is_empty());
    }
}
