//! Rows as bytes.

use crate::store::schema::{Datum, Kind, Table};

/// Appends a row to the bytes; false if a value is not what its column holds.
pub(super) fn write(bytes: &mut Vec<u8>, table: &Table, row: &[Datum]) -> bool {
    row.len() == table.columns.len()
        && table.columns.iter().zip(row).all(|(column, datum)| {
            if column.nullable {
                bytes.push(u8::from(*datum != Datum::Null));
                if *datum == Datum::Null {
                    return true;
                }
            }
            write_value(bytes, column.kind, datum).is_some()
        })
}

fn write_value(bytes: &mut Vec<u8>, kind: Kind, datum: &Datum) -> Option<()> {
    match (kind, datum) {
        (Kind::Small, Datum::Number(number)) => bytes.extend(i16::try_from(*number).ok()?.to_be_bytes()),
        (Kind::Whole, Datum::Number(number)) => bytes.extend(i32::try_from(*number).ok()?.to_be_bytes()),
        (Kind::Big, Datum::Number(number)) => bytes.extend(number.to_be_bytes()),
        (Kind::Real, Datum::Real(number)) => bytes.extend(number.to_be_bytes()),
        (Kind::Truth, Datum::Truth(truth)) => bytes.push(u8::from(*truth)),
        (Kind::Text, Datum::Text(text)) => write_bytes(bytes, text.as_bytes())?,
        (Kind::Bytes, Datum::Bytes(value)) => write_bytes(bytes, value)?,
        _ => return None,
    }
    Some(())
}

fn write_bytes(bytes: &mut Vec<u8>, value: &[u8]) -> Option<()> {
    bytes.extend(u32::try_from(value.len()).ok()?.to_be_bytes());
    bytes.extend(value);
    Some(())
}

/// Takes the next row off the bytes; `None` if they hold no row of this table.
pub(super) fn read(bytes: &mut &[u8], table: &Table) -> Option<Vec<Datum>> {
    let mut row = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        let is_there = !column.nullable || read_truth(bytes)?;
        row.push(if is_there { read_value(bytes, column.kind)? } else { Datum::Null });
    }
    Some(row)
}

fn read_value(bytes: &mut &[u8], kind: Kind) -> Option<Datum> {
    Some(match kind {
        Kind::Small => Datum::Number(i16::from_be_bytes(array(bytes)?).into()),
        Kind::Whole => Datum::Number(i32::from_be_bytes(array(bytes)?).into()),
        Kind::Big => Datum::Number(i64::from_be_bytes(array(bytes)?)),
        Kind::Real => Datum::Real(f64::from_be_bytes(array(bytes)?)),
        Kind::Truth => Datum::Truth(read_truth(bytes)?),
        Kind::Text => Datum::Text(String::from_utf8(read_bytes(bytes)?.to_vec()).ok()?),
        Kind::Bytes => Datum::Bytes(read_bytes(bytes)?.to_vec()),
    })
}

fn read_truth(bytes: &mut &[u8]) -> Option<bool> {
    match array::<1>(bytes)? {
        [0] => Some(false),
        [1] => Some(true),
        _ => None,
    }
}

fn read_bytes<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(u32::from_be_bytes(array(bytes)?)).ok()?;
    let (value, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(value)
}

fn array<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (value, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::schema::Column;

    fn table() -> Table {
        let columns = Kind::ALL
            .into_iter()
            .flat_map(|kind| [false, true].map(|nullable| (kind, nullable)))
            .map(|(kind, nullable)| Column { name: format!("{}_{nullable}", kind.word()), kind, nullable })
            .collect();
        Table { name: "t".to_owned(), columns, key: vec![0] }
    }

    fn datum(kind: Kind) -> BoxedStrategy<Datum> {
        match kind {
            Kind::Small => any::<i16>().prop_map(|n| Datum::Number(n.into())).boxed(),
            Kind::Whole => any::<i32>().prop_map(|n| Datum::Number(n.into())).boxed(),
            Kind::Big => any::<i64>().prop_map(Datum::Number).boxed(),
            Kind::Real => (-1e300..1e300).prop_map(Datum::Real).boxed(),
            Kind::Truth => any::<bool>().prop_map(Datum::Truth).boxed(),
            Kind::Text => ".{0,20}".prop_map(Datum::Text).boxed(),
            Kind::Bytes => prop::collection::vec(any::<u8>(), 0..40).prop_map(Datum::Bytes).boxed(),
        }
    }

    fn rows() -> impl Strategy<Value = Vec<Datum>> {
        let columns = table().columns.into_iter().map(|column| {
            let value = datum(column.kind);
            if column.nullable { prop_oneof![Just(Datum::Null), value].boxed() } else { value }
        });
        columns.collect::<Vec<_>>()
    }

    proptest! {
        #[test]
        fn rows_come_back_as_they_were(rows in prop::collection::vec(rows(), 0..5)) {
            let mut bytes = Vec::new();
            for row in &rows {
                prop_assert!(write(&mut bytes, &table(), row));
            }
            let mut rest = bytes.as_slice();
            for row in &rows {
                let back = read(&mut rest, &table());
                prop_assert_eq!(back.as_ref(), Some(row));
            }
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn any_bytes_are_rows_or_none_and_never_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut rest = bytes.as_slice();
            while let Some(row) = read(&mut rest, &table()) {
                prop_assert_eq!(row.len(), table().columns.len());
            }
        }
    }

    #[test]
    fn a_value_that_its_column_does_not_hold_is_not_written() {
        let table = Table { columns: table().columns[..1].to_vec(), ..table() };
        for datum in [Datum::Null, Datum::Number(40_000), Datum::Text(String::new())] {
            assert!(!write(&mut Vec::new(), &table, &[datum]));
        }
        assert!(!write(&mut Vec::new(), &table, &[]));
    }
}
