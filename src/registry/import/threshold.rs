//! Thresholds as people write them: `90%`, `90`, `0,9`, `0.9`; minutes and points with comma or dot.

use super::values::quoted;
use crate::index::TargetValue;
use crate::text::Both;
use crate::text::import::values as say;

/// Most minutes or points a threshold may name.
const MOST: f64 = 100_000.0;

/// A threshold as it was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// A share between 0 and 1, minutes, or points.
    pub(super) threshold: f64,
    /// `90%`, where another reading was possible: the person is told which one was taken.
    pub(super) taken: Option<String>,
}

/// Reads a threshold of this kind of value.
pub(super) fn read(text: &str, value: TargetValue) -> Result<Reading, Both> {
    if value == TargetValue::Percent {
        return read_share(text);
    }
    let number = decimal(text).and_then(|digits| digits.parse::<f64>().ok());
    let threshold = number.filter(|number| (0.0..=MOST).contains(number) && *number > 0.0);
    let threshold = threshold.ok_or_else(|| Both::of(|lang| say::not_a_number(lang, &quoted(text), value.word())))?;
    Ok(Reading { threshold, taken: None })
}

fn read_share(text: &str) -> Result<Reading, Both> {
    let (number, marked) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), true),
        None => (text, false),
    };
    let unreadable = || Both::of(|lang| say::not_a_share(lang, &quoted(text)));
    let digits = decimal(number).ok_or_else(unreadable)?;
    let written: f64 = digits.parse().map_err(|_not_a_number| unreadable())?;
    // Read with a shifted exponent instead of divided, so that 91,6% is the same number as 0,916.
    let hundredth: f64 = format!("{digits}e-2").parse().map_err(|_not_a_number| unreadable())?;
    if written <= 0.0 || written > 100.0 {
        return Err(Both::of(|lang| say::share_outside(lang, &quoted(text))));
    }
    if marked {
        return Ok(Reading { threshold: hundredth, taken: None });
    }
    if (written - 1.0).abs() < f64::EPSILON {
        return Err(Both::of(|lang| say::one_or_hundred(lang, &quoted(text))));
    }
    let (threshold, per_cent) = if written < 1.0 {
        let per_cent: f64 = format!("{digits}e2").parse().map_err(|_not_a_number| unreadable())?;
        (written, per_cent)
    } else {
        (hundredth, written)
    };
    Ok(Reading { threshold, taken: Some(format!("{per_cent}%").replace('.', ",")) })
}

/// Digits with at most one comma or dot between them, written with a dot.
fn decimal(text: &str) -> Option<String> {
    let (whole, part) = text.split_once([',', '.']).map_or((text, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str| !text.is_empty() && text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    match part {
        None => digits(whole).then(|| whole.to_owned()),
        Some(part) => (digits(whole) && digits(part)).then(|| format!("{whole}.{part}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(text: &str) -> Option<(u64, Option<String>)> {
        read(text, TargetValue::Percent).ok().map(|reading| (reading.threshold.to_bits(), reading.taken))
    }

    #[test]
    fn a_share_is_the_same_number_however_it_is_written() {
        for text in ["90%", "90 %", "90,0%", "90", "0,9", "0.9", "0,90"] {
            assert_eq!(share(text).unwrap().0, 0.9_f64.to_bits(), "{text}");
        }
        for text in ["91,6%", "91.6", "0,916"] {
            assert_eq!(share(text).unwrap().0, 0.916_f64.to_bits(), "{text}");
        }
        assert_eq!(share("0,9%").unwrap().0, 0.009_f64.to_bits());
        assert_eq!(share("100").unwrap().0, 1.0_f64.to_bits());
    }

    #[test]
    fn the_reading_is_told_where_two_were_possible() {
        assert_eq!(share("90%").unwrap().1, None);
        assert_eq!(share("0,9").unwrap().1.as_deref(), Some("90%"));
        assert_eq!(share("91.6").unwrap().1.as_deref(), Some("91,6%"));
    }

    #[test]
    fn one_is_ambiguous_and_what_is_no_share_is_refused() {
        for text in ["1", "1,0", "1.00"] {
            assert!(read(text, TargetValue::Percent).unwrap_err().to_string().contains("100% or 1%"), "{text}");
        }
        assert_eq!(share("1%").unwrap().0, 0.01_f64.to_bits());
        for text in ["", "%", "0", "101", "-5", "+5", "9e1", "1.234,5", "abc", "90%%", "NaN", "inf", ",9", "٩"] {
            assert_eq!(share(text), None, "{text}");
        }
    }

    #[test]
    fn minutes_and_points_are_plain_numbers() {
        let minutes = |text| read(text, TargetValue::Minutes).ok().map(|reading| reading.threshold.to_bits());
        assert_eq!(minutes("18,5"), Some(18.5_f64.to_bits()));
        assert_eq!(minutes("1"), Some(1.0_f64.to_bits()));
        assert_eq!((minutes("25%"), minutes("0"), minutes("200000")), (None, None, None));
    }
}
