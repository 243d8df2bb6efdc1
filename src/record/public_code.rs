//! The code in a counter's QR: 45 random bits, no secret, stored and revocable.

use super::crockford;

/// Nine characters of Crockford's base 32.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PublicCode(String);

impl PublicCode {
    /// A code from random bits; the lowest 45 are used.
    pub fn from_random(bits: u64) -> Self {
        let symbol = |at: u32| crockford::symbol(u8::try_from((bits >> (5 * at)) & 31).unwrap_or(0));
        Self((0..9).map(symbol).collect())
    }

    /// Reads a code as a person types it.
    pub fn parse(text: &str) -> Option<Self> {
        let values = crockford::values(text)?;
        (values.len() == 9).then(|| Self(values.into_iter().map(crockford::symbol).collect()))
    }

    /// The nine characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for PublicCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_back_however_it_is_typed() {
        let code = PublicCode::from_random(0x1234_5678_9ABC);
        assert_eq!(PublicCode::parse(code.as_str()), Some(code.clone()));
        assert_eq!(PublicCode::parse(&code.as_str().to_lowercase()), Some(code));
        assert_eq!(PublicCode::parse("ABC"), None);
        assert_eq!(PublicCode::parse("../../etc"), None);
    }
}
