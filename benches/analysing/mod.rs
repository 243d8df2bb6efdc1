//! The analysis under measurement.

pub(crate) mod file;
pub(crate) mod parts;

/// The median.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[expect(clippy::cast_precision_loss, reason = "bytes and rows stay far below 2^53")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}
