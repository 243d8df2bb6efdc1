//! The staff log as a hash chain: an act with its hash, and the head of the chain. `staff::chain` checks a sequence of acts.
//!
//! `hash = SHA-256(prev ‖ seq ‖ at ‖ actor ‖ act ‖ object)`, numbers big-endian, texts behind their length in four bytes; the
//! first act has number 1 and follows 32 zero bytes.

use super::{hex, sha256};
use crate::words::Moment;

/// Hash before the first act.
const BEFORE_FIRST: [u8; 32] = [0; 32];

/// One act as it stands in the log. Hashes are kept as they were found, of whatever length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffEntry {
    /// Number.
    pub seq: i32,
    /// Moment.
    pub at: Moment,
    /// Who.
    pub actor: String,
    /// What.
    pub act: String,
    /// On what.
    pub object: String,
    /// Hash of the act before.
    pub prev: Vec<u8>,
    /// Hash.
    pub hash: Vec<u8>,
}

impl StaffEntry {
    /// The act that follows a hash.
    pub fn after(prev: &[u8; 32], seq: i32, at: Moment, actor: &str, act: &str, object: &str) -> Self {
        let mut entry = Self {
            seq,
            at,
            actor: actor.to_owned(),
            act: act.to_owned(),
            object: object.to_owned(),
            prev: prev.to_vec(),
            hash: Vec::new(),
        };
        entry.hash = entry.hash_of_content().to_vec();
        entry
    }

    /// The hash its content has.
    pub fn hash_of_content(&self) -> [u8; 32] {
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes();
        sha256(&[
            &self.prev,
            &self.seq.to_be_bytes(),
            &self.at.unix().to_be_bytes(),
            &length(&self.actor),
            self.actor.as_bytes(),
            &length(&self.act),
            self.act.as_bytes(),
            &length(&self.object),
            self.object.as_bytes(),
        ])
    }
}

/// The last act of a chain: noted on paper or in a minute, it vouches for everything before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct StaffHead {
    /// Number of the act.
    pub seq: i32,
    /// Its hash.
    pub hash: [u8; 32],
}

impl StaffHead {
    /// Before the first act.
    pub const START: Self = Self { seq: 0, hash: BEFORE_FIRST };

    /// Reads `SEQ:HASH` as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        let (seq, hash) = text.trim().split_once(':')?;
        let seq = seq.parse().ok().filter(|seq| *seq >= 0)?;
        Some(Self { seq, hash: unhex(hash)?.try_into().ok()? })
    }
}

impl std::fmt::Display for StaffHead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.seq, hex(&self.hash))
    }
}

impl std::fmt::Debug for StaffHead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// Bytes from hexadecimal digits.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(*pair.first()?)? * 16 + digit(*pair.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_has_the_hash_that_the_log_of_the_first_version_gave_it() {
        let entry = StaffEntry::after(&BEFORE_FIRST, 1, Moment::from_unix(1_795_280_400), "cli", "close point", "A.1");
        // Computed by another program from the layout above.
        let known = "d2a71258f391dfc3567b267a932960ca511138b34e53323ebbf6c40e748f5613";
        assert_eq!(hex(&entry.hash), known);
    }
}
