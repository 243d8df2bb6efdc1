//! Statistics against reference values from R and from 50-digit arithmetic.
#![cfg(test)]

mod disclosure;
mod evidence;
mod intervals;
mod reference;
mod sequences;
mod simplex;
mod special;
mod units;

/// The rows of a reference table, by column name.
fn table(text: &str) -> Vec<std::collections::HashMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.expect("a row of the reference")).collect()
}

/// A cell that holds a number; `None` when it is empty.
fn number(row: &std::collections::HashMap<String, String>, column: &str) -> Option<f64> {
    let cell = row.get(column).unwrap_or_else(|| panic!("no column {column}"));
    (!cell.is_empty()).then(|| cell.parse().unwrap_or_else(|_| panic!("{column}: {cell} is no number")))
}
