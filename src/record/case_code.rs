//! The code of a case (phản ánh, kiến nghị): its random number as people read it, such as PA-7K2M-9X04. No secret.

use super::crockford;
use crate::words::CaseId;

/// Characters of the number.
const LENGTH: u32 = 8;
/// Bits of the number.
const BITS: u32 = 5 * LENGTH;
const PREFIX: &str = "PA";

/// The code of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseCode(CaseId);

impl CaseCode {
    /// A number from random bits; the lowest 40 are used.
    pub const fn from_random(bits: u64) -> CaseId {
        let low = bits & ((1 << BITS) - 1);
        CaseId(low.cast_signed())
    }

    /// The code of a case.
    pub const fn of(case: CaseId) -> Self {
        Self(case)
    }

    /// The case of a code as a person types it, with its prefix or without.
    pub fn parse(text: &str) -> Option<CaseId> {
        let text = text.trim();
        let head = text.get(..PREFIX.len()).filter(|head| head.eq_ignore_ascii_case(PREFIX));
        let rest = head.and_then(|_| text.get(PREFIX.len()..)).filter(|rest| rest.starts_with('-'));
        let values = crockford::values(rest.unwrap_or(text))?;
        let is_whole = u32::try_from(values.len()).is_ok_and(|length| length == LENGTH);
        is_whole.then(|| CaseId(values.into_iter().fold(0, |number, value| number << 5 | i64::from(value))))
    }
}

impl std::fmt::Display for CaseCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let symbol = |at: u32| crockford::symbol(u8::try_from((self.0.0 >> (5 * at)) & 31).unwrap_or(0));
        let written: String = (0..LENGTH).rev().map(symbol).collect();
        let (one, other) = written.split_at(written.len() / 2);
        write!(f, "{PREFIX}-{one}-{other}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_however_it_is_typed() {
        let case = CaseCode::from_random(0xFEDC_BA98_7654_3210);
        let code = CaseCode::of(case).to_string();
        assert!(code.starts_with("PA-") && code.len() == 12, "{code}");
        for typed in [code.clone(), code.to_lowercase(), code[3..].to_owned(), format!(" {code} ")] {
            assert_eq!(CaseCode::parse(&typed), Some(case), "{typed}");
        }
        for foreign in ["", "PA-", "KHONG-CO", "PA-1234-567", "PA-1234-56789", "../../etc", "phản ánh"] {
            assert_eq!(CaseCode::parse(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn the_first_and_the_last_number_have_a_code() {
        assert_eq!(CaseCode::of(CaseId(0)).to_string(), "PA-0000-0000");
        assert_eq!(CaseCode::of(CaseCode::from_random(u64::MAX)).to_string(), "PA-ZZZZ-ZZZZ");
    }
}
