//! Single values of a CSV file; what cannot be read is answered with how to write it.

use crate::words::{Day, UnknownWord};

/// A value is repeated in a problem up to this length.
const LONGEST_QUOTED: usize = 60;
/// Longest code of a unit, a point or a procedure.
const LONGEST_CODE: usize = 40;

/// A value as it is repeated in a problem.
pub(super) fn quoted(value: &str) -> String {
    let mut chars = value.chars().map(|c| if c.is_control() { ' ' } else { c });
    let head: String = chars.by_ref().take(LONGEST_QUOTED).collect();
    if chars.next().is_some() { format!("“{head}…”") } else { format!("“{head}”") }
}

/// A text that has to be there, of one line.
pub fn text(value: &str, longest: usize) -> Result<String, String> {
    if value.is_empty() {
        return Err("is empty; fill it in".to_owned());
    }
    if value.chars().any(char::is_control) {
        return Err("holds a line break or a tabulator; write the value on one line".to_owned());
    }
    let length = value.chars().count();
    if length > longest {
        return Err(format!("has {length} characters; shorten it to at most {longest}"));
    }
    Ok(value.to_owned())
}

/// A text that may be empty.
pub(super) fn optional_text(value: &str, longest: usize) -> Result<Option<String>, String> {
    if value.is_empty() { Ok(None) } else { text(value, longest).map(Some) }
}

/// A code: letters without marks, digits, dot, hyphen, underscore.
pub fn code(value: &str) -> Result<String, String> {
    let fits = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
    if value.is_empty() {
        Err("is empty; every row has a code".to_owned())
    } else if !fits || value.len() > LONGEST_CODE {
        Err(format!(
            "{} is not a code; write at most {LONGEST_CODE} of the letters A to Z, a to z, digits, “.”, “_”, “-”",
            quoted(value)
        ))
    } else {
        Ok(value.to_owned())
    }
}

/// A day between 1900 and 2199.
pub fn day(value: &str) -> Result<Day, String> {
    let read = Day::parse(value).filter(|day| (1900..2200).contains(&day.year()));
    read.ok_or_else(|| format!("{} is not a day; write 2026-11-21 or 21/11/2026", quoted(value)))
}

/// A day, or nothing.
pub(super) fn optional_day(value: &str) -> Result<Option<Day>, String> {
    if value.is_empty() { Ok(None) } else { day(value).map(Some) }
}

/// A word of a closed list.
pub fn word<T>(read: Result<T, UnknownWord>) -> Result<T, String> {
    read.map_err(|unknown| format!("{} is not one of: {}", quoted(&unknown.word), unknown.allowed))
}

/// A whole number of plain digits.
pub(super) fn whole(value: &str, least: i64, most: i64) -> Result<i64, String> {
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = value.contains(['.', ',', ' ']) && value.chars().any(|c| c.is_ascii_digit());
    let read = if digits { value.parse().ok().filter(|number| (least..=most).contains(number)) } else { None };
    read.ok_or_else(|| {
        let hint = if grouped { "; write it without dots, commas or spaces, such as 1234" } else { "" };
        format!("{} is not a whole number from {least} to {most}{hint}", quoted(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_with_dots_are_refused_with_a_hint() {
        assert_eq!(whole("1234", 0, 10_000), Ok(1234));
        assert!(whole("1.234", 0, 10_000).unwrap_err().contains("without dots"));
        for bad in ["", "-1", "+1", "10001", "1e3", "١", "99999999999999999999"] {
            assert!(whole(bad, 0, 10_000).is_err(), "{bad}");
        }
    }

    #[test]
    fn codes_are_plain_and_short() {
        assert_eq!(code("MH.TT-1_a").as_deref(), Ok("MH.TT-1_a"));
        for bad in ["", "Đ1", "a b", "a/b", &"x".repeat(41)] {
            assert!(code(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_value_in_a_problem_is_cut_and_stays_on_one_line() {
        assert_eq!(quoted("a\nb"), "“a b”");
        assert_eq!(quoted(&"x".repeat(100)).chars().count(), LONGEST_QUOTED + 3);
    }
}
