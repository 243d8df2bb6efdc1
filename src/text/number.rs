//! Numbers in official shape: “1.234”, “89,5%”, “18,4” in Vietnamese, “1,234”, “89.5%”, “18.4” in English.

use std::cmp::Ordering;

use crate::words::Lang;

use super::Shown;

/// What stands where a number cannot be given.
const NO_NUMBER: &str = "–";
/// Closer than this, two shares are the same share and only differ by floating-point noise.
const SAME: f64 = 1e-9;
/// Decimals at most, in percent, when rounding would contradict a verdict.
const MOST_DECIMALS: usize = 4;

/// A share between 0 and 1, read with one decimal: “89,5%”.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share(pub f64);

/// A threshold between 0 and 1, read with as many decimals as it was written with, at most two: “90%”, “86,5%”.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal(pub f64);

/// A difference of two shares, read in percentage points without the words: “2,3”, “−1,1”.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Points(pub f64);

/// Any number with one decimal: “18,4”.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneDecimal(pub f64);

impl Shown for Share {
    fn shown(&self, lang: Lang) -> String {
        share(lang, self.0)
    }
}

impl Shown for Goal {
    fn shown(&self, lang: Lang) -> String {
        format!("{}%", as_written(lang, self.0 * 100.0))
    }
}

impl Shown for Points {
    fn shown(&self, lang: Lang) -> String {
        points(lang, self.0)
    }
}

impl Shown for OneDecimal {
    fn shown(&self, lang: Lang) -> String {
        decimal(lang, self.0, 1)
    }
}

/// A whole number with marks between the thousands: “4.120”.
pub fn count(lang: Lang, n: u64) -> String {
    group(lang, &n.to_string())
}

/// A number with a fixed count of decimals; the minus sign is U+2212, and nothing is ever “−0,0”.
pub fn decimal(lang: Lang, value: f64, places: usize) -> String {
    if !value.is_finite() {
        return NO_NUMBER.to_owned();
    }
    let plain = plain(value, places);
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let minus = if value < 0.0 && plain.bytes().any(|b| b.is_ascii_digit() && b != b'0') { "\u{2212}" } else { "" };
    let mark = match (fraction.is_empty(), lang) {
        (true, _) => "",
        (false, Lang::Vi) => ",",
        (false, Lang::En) => ".",
    };
    format!("{minus}{}{mark}{fraction}", group(lang, whole))
}

/// A number with the decimals it needs, at most two: a threshold of 25 minutes is “25”, one of 86.5 points “86,5”.
pub fn as_written(lang: Lang, value: f64) -> String {
    let places = (0..2).find(|p| same(rounded(value, *p), value)).unwrap_or(2);
    decimal(lang, value, places)
}

/// A share between 0 and 1 with one decimal: “89,5%”.
pub fn share(lang: Lang, value: f64) -> String {
    percent(lang, value * 100.0, 1)
}

/// A difference of shares in percentage points with one decimal and no unit: “2,3”.
pub fn points(lang: Lang, value: f64) -> String {
    decimal(lang, value * 100.0, 1)
}

/// A share that stands beside a threshold: one decimal, or as many more (up to four) as it takes until the printed
/// number lies on the same side of the threshold as the number itself. “từ 90,0% … chưa đủ cơ sở” would contradict
/// itself where the limit is 89,96%.
///
/// What lies so close that four decimals do not part it is printed with one.
pub fn share_beside(lang: Lang, value: f64, threshold: f64) -> String {
    let (value, threshold) = (value * 100.0, threshold * 100.0);
    percent(lang, value, places_beside(value, threshold))
}

/// As [`share_beside`], for a number that is no share: points of a change beside zero, minutes beside their limit.
pub fn decimal_beside(lang: Lang, value: f64, threshold: f64) -> String {
    decimal(lang, value, places_beside(value, threshold))
}

/// How many more answers to ask for, to two significant digits: a plan, not a result.
pub const fn about(n: u64) -> u64 {
    let mut unit = 1;
    while n / unit >= 100 {
        unit *= 10;
    }
    (n + unit / 2) / unit * unit
}

/// A Roman number for quarters: 3 is “III”. Numbers beyond 4 stay Arabic.
pub fn roman(n: u8) -> String {
    match n {
        1 => "I".to_owned(),
        2 => "II".to_owned(),
        3 => "III".to_owned(),
        4 => "IV".to_owned(),
        other => other.to_string(),
    }
}

fn percent(lang: Lang, value: f64, places: usize) -> String {
    let number = decimal(lang, value, places);
    if number == NO_NUMBER { number } else { number + "%" }
}

fn places_beside(value: f64, threshold: f64) -> usize {
    let side = side(value, threshold);
    (1..=MOST_DECIMALS).find(|places| self::side(rounded(value, *places), threshold) == side).unwrap_or(1)
}

fn side(value: f64, threshold: f64) -> Ordering {
    if same(value, threshold) { Ordering::Equal } else { value.total_cmp(&threshold) }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < SAME
}

/// The digits without sign. The nudge makes a decimal half such as 86.05, which no binary number is, round up as on
/// paper.
fn plain(value: f64, places: usize) -> String {
    format!("{:.places$}", value.abs() * (1.0 + 1e-12))
}

fn rounded(value: f64, places: usize) -> f64 {
    plain(value, places).parse::<f64>().unwrap_or(value.abs()).copysign(value)
}

fn group(lang: Lang, digits: &str) -> String {
    let mark = match lang {
        Lang::Vi => '.',
        Lang::En => ',',
    };
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(mark);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_take_a_dot_in_vietnamese_and_a_comma_in_english() {
        assert_eq!(count(Lang::Vi, 1_234), "1.234");
        assert_eq!(count(Lang::En, 1_234_567), "1,234,567");
        assert_eq!(count(Lang::Vi, 999), "999");
        assert_eq!(count(Lang::Vi, 0), "0");
        assert_eq!(decimal(Lang::Vi, 51_500.26, 1), "51.500,3");
    }

    #[test]
    fn shares_have_one_decimal_and_no_blank_before_the_sign() {
        assert_eq!(share(Lang::Vi, 0.895), "89,5%");
        assert_eq!(share(Lang::En, 0.895), "89.5%");
        assert_eq!(share(Lang::Vi, 1.0), "100,0%");
        assert_eq!(share(Lang::Vi, 0.8605), "86,1%");
        assert_eq!(share(Lang::Vi, f64::NAN), "–");
    }

    #[test]
    fn the_minus_sign_is_a_minus_sign_and_zero_has_none() {
        assert_eq!(points(Lang::Vi, -0.011), "−1,1");
        assert_eq!(points(Lang::Vi, -0.0001), "0,0");
        assert_eq!(points(Lang::En, 0.027), "2.7");
    }

    #[test]
    fn a_threshold_keeps_the_decimals_it_was_written_with() {
        for (value, text) in [(0.9, "90%"), (0.865, "86,5%"), (0.8655, "86,55%"), (0.55, "55%"), (0.29, "29%")] {
            assert_eq!(Goal(value).shown(Lang::Vi), text);
        }
        assert_eq!(as_written(Lang::Vi, 25.0), "25");
    }

    #[test]
    fn a_limit_just_below_the_threshold_is_not_rounded_onto_it() {
        assert_eq!(share_beside(Lang::Vi, 0.8996, 0.90), "89,96%");
        assert_eq!(share_beside(Lang::Vi, 0.899_996, 0.90), "89,9996%");
        assert_eq!(share_beside(Lang::Vi, 0.8994, 0.90), "89,9%");
        assert_eq!(share_beside(Lang::Vi, 0.90, 0.90), "90,0%");
        assert_eq!(share_beside(Lang::Vi, 0.888, 0.90), "88,8%");
        assert_eq!(share_beside(Lang::Vi, 0.900_000_000_001, 0.90), "90,0%");
        assert_eq!(share_beside(Lang::Vi, 0.3 * 3.0, 0.90), "90,0%");
    }

    #[test]
    fn a_limit_just_above_the_threshold_is_not_rounded_onto_it_either() {
        assert_eq!(share_beside(Lang::Vi, 0.9004, 0.90), "90,04%");
        assert_eq!(decimal_beside(Lang::Vi, 25.04, 25.0), "25,04");
        assert_eq!(decimal_beside(Lang::Vi, 0.04, 0.0), "0,04");
    }

    #[test]
    fn rounding_does_not_carry_a_limit_over_a_threshold_with_two_decimals() {
        assert_eq!(share_beside(Lang::Vi, 0.8656, 0.8658), "86,56%");
    }

    /// Every row of the official shapes: number, decimals, Vietnamese, English.
    #[test]
    fn numbers_are_written_as_officials_write_them() {
        for (value, places, vi, en) in [
            (1_234.0, 0, "1.234", "1,234"),
            (1_000_000.0, 0, "1.000.000", "1,000,000"),
            (18.4, 1, "18,4", "18.4"),
            (18.0, 1, "18,0", "18.0"),
            (18.45, 1, "18,5", "18.5"),
            (0.05, 1, "0,1", "0.1"),
            (0.049, 1, "0,0", "0.0"),
            (-1_234.56, 1, "−1.234,6", "−1,234.6"),
            (999.95, 1, "1.000,0", "1,000.0"),
            (402_886.0, 0, "402.886", "402,886"),
            (f64::INFINITY, 1, "–", "–"),
        ] {
            assert_eq!(
                (decimal(Lang::Vi, value, places).as_str(), decimal(Lang::En, value, places).as_str()),
                (vi, en)
            );
        }
        assert_eq!(count(Lang::Vi, u64::MAX), "18.446.744.073.709.551.615");
        for (value, vi, en) in [(0.916, "91,6%", "91.6%"), (0.0, "0,0%", "0.0%"), (0.8674, "86,7%", "86.7%")] {
            assert_eq!((share(Lang::Vi, value).as_str(), share(Lang::En, value).as_str()), (vi, en));
        }
        for (value, vi) in [(0.023, "2,3"), (-0.031, "−3,1"), (0.0237, "2,4"), (0.112, "11,2")] {
            assert_eq!(points(Lang::Vi, value), vi);
        }
        for (value, vi) in [(25.0, "25"), (86.5, "86,5"), (86.55, "86,55"), (0.0, "0"), (1_000.0, "1.000")] {
            assert_eq!(as_written(Lang::Vi, value), vi);
        }
    }

    #[test]
    fn a_printed_limit_never_contradicts_the_verdict_beside_it() {
        for (limit, threshold, printed) in [
            (0.8995, 0.90, "89,95%"),
            (0.8999, 0.90, "89,99%"),
            (0.9001, 0.90, "90,01%"),
            (0.9005, 0.90, "90,1%"),
            (0.9496, 0.95, "94,96%"),
            (0.9996, 1.0, "99,96%"),
            (0.8645, 0.865, "86,45%"),
            (0.865, 0.865, "86,5%"),
        ] {
            let shown = share_beside(Lang::Vi, limit, threshold);
            let read: f64 = shown.trim_end_matches('%').replace(',', ".").parse().unwrap();
            // Two numbers that read alike have to be alike.
            let agrees = side(read, threshold * 100.0) == side(limit * 100.0, threshold * 100.0);
            assert!(agrees, "{limit} beside {threshold} reads {shown}");
            assert_eq!(shown, printed);
        }
        for thousandth in 0..=2_000 {
            let limit = 0.89 + f64::from(thousandth) / 100_000.0;
            let shown = share_beside(Lang::Vi, limit, 0.90);
            let read: f64 = shown.trim_end_matches('%').replace(',', ".").parse().unwrap();
            assert_eq!(side(read, 90.0), side(limit * 100.0, 90.0), "{limit} reads {shown}");
        }
    }

    #[test]
    fn answers_to_ask_for_are_round_numbers() {
        assert_eq!([7, 84, 99, 104, 851, 995, 12_345].map(about), [7, 84, 99, 100, 850, 1000, 12_000]);
        assert_eq!(about(0), 0);
        assert!(about(u64::MAX / 2) > 0);
    }
}
