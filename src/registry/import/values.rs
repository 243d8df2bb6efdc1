//! Single values of a CSV file; what cannot be read is answered with how to write it.

use unicode_normalization::UnicodeNormalization;

use crate::registry::Directory;
use crate::text::Both;
use crate::text::import::{digits, rows, values as say};
use crate::words::{Day, UnitId, UnknownWord};

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

/// A value as a file would hold it: without blanks around it, letters composed.
pub(in crate::registry) fn cleaned(value: &str) -> String {
    value.trim().nfc().collect()
}

/// A text that has to be there, of one line.
pub fn text(value: &str, longest: usize) -> Result<String, Both> {
    if value.is_empty() {
        return Err(say::EMPTY.into());
    }
    if value.chars().any(char::is_control) {
        return Err(say::NOT_ONE_LINE.into());
    }
    let length = value.chars().count();
    if length > longest {
        return Err(Both::of(|lang| say::too_long(lang, digits(length), digits(longest))));
    }
    Ok(value.to_owned())
}

/// A text that may be empty.
pub(in crate::registry) fn optional_text(value: &str, longest: usize) -> Result<Option<String>, Both> {
    if value.is_empty() { Ok(None) } else { text(value, longest).map(Some) }
}

/// A code: letters without marks, digits, dot, hyphen, underscore.
pub fn code(value: &str) -> Result<String, Both> {
    let fits = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
    if value.is_empty() {
        Err(say::EMPTY_CODE.into())
    } else if !fits || value.len() > LONGEST_CODE {
        Err(Both::of(|lang| say::not_a_code(lang, &quoted(value), digits(LONGEST_CODE))))
    } else {
        Ok(value.to_owned())
    }
}

/// The unit with this code, which has to be stored.
pub(super) fn known_unit(directory: &Directory, value: &str) -> Result<UnitId, Both> {
    let code = code(value)?;
    directory.unit_by_code(&code).ok_or_else(|| Both::of(|lang| rows::no_unit(lang, &code)))
}

/// A day between 1900 and 2199.
pub fn day(value: &str) -> Result<Day, Both> {
    let read = Day::parse(value).filter(|day| (1900..2200).contains(&day.year()));
    read.ok_or_else(|| Both::of(|lang| say::not_a_day(lang, &quoted(value))))
}

/// A day, or nothing.
pub(super) fn optional_day(value: &str) -> Result<Option<Day>, Both> {
    if value.is_empty() { Ok(None) } else { day(value).map(Some) }
}

/// A word of a closed list.
pub fn word<T>(read: Result<T, UnknownWord>) -> Result<T, Both> {
    read.map_err(|unknown| Both::of(|lang| say::not_in_list(lang, &quoted(&unknown.word), &unknown.allowed)))
}

/// A whole number of plain digits.
pub(super) fn whole(value: &str, least: i64, most: i64) -> Result<i64, Both> {
    let plain = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = value.contains(['.', ',', ' ']) && value.chars().any(|c| c.is_ascii_digit());
    let read = if plain { value.parse().ok().filter(|number| (least..=most).contains(number)) } else { None };
    read.ok_or_else(|| {
        let told = if grouped { say::grouped } else { say::not_whole };
        Both::of(|lang| told(lang, &quoted(value), digits(least), digits(most)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_with_dots_are_refused_with_a_hint() {
        assert_eq!(whole("1234", 0, 10_000), Ok(1234));
        assert!(whole("1.234", 0, 10_000).unwrap_err().to_string().contains("without dots"));
        for bad in ["", "-1", "+1", "10001", "1e3", "١", "99999999999999999999"] {
            assert!(whole(bad, 0, 10_000).is_err(), "{bad}");
        }
    }

    #[test]
    fn codes_are_plain_and_short() {
        assert_eq!(code("MH.TT-1_a").unwrap(), "MH.TT-1_a");
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
