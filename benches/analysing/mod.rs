//! The analysis under measurement.

pub(crate) mod file;
pub(crate) mod parts;

// The library does not open its reader to others: it is measured as the same source, compiled once more.
#[path = "../../src/analysis/problems.rs"]
#[expect(dead_code, unreachable_pub, reason = "the library's, of which the reader alone is measured here")]
mod problems;
#[path = "../../src/analysis/progress.rs"]
#[expect(dead_code, unreachable_pub, reason = "the library's, of which the reader alone is measured here")]
mod progress;
#[path = "../../src/analysis/reader.rs"]
#[expect(dead_code, reason = "the library's, of which the reader alone is measured here")]
mod reader;

/// The median.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[expect(clippy::cast_precision_loss, reason = "bytes and rows stay far below 2^53")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}
