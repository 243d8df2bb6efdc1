//! The hidden key of an opened form: it makes sending twice store once, and proves that the form was ours.

use super::keys::{bytes_from_hex, hex};
use super::{Keys, hmac_sha256, sha256};
use crate::words::{Day, EditionNumber, Province};

const RANDOM_BYTES: usize = 14;
const MAC_BYTES: usize = 16;
const KEY_BYTES: usize = 2 + RANDOM_BYTES + MAC_BYTES;

/// Opening day ‖ 112 random bits ‖ MAC, written as 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct FormKey {
    opened: Day,
    bytes: [u8; KEY_BYTES],
}

/// Why a form key is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKeyRefusal {
    /// There is none, or it is not a key at all.
    Malformed,
    /// It was not made here, or for another form.
    Foreign,
}

impl FormKey {
    /// Makes the key of a form that is opened on `day` with an edition, at a point or with a ticket.
    pub fn issue(keys: &Keys, form: &OpenedForm<'_>, random: [u8; 14]) -> Self {
        let day = u16::try_from(form.day.0).unwrap_or(u16::MAX).to_be_bytes();
        let mac = mac(keys, form, day, &random);
        let mut bytes = [0; KEY_BYTES];
        for (to, from) in bytes.iter_mut().zip(day.iter().chain(&random).chain(&mac)) {
            *to = *from;
        }
        Self { opened: form.day, bytes }
    }

    /// Reads the key that came back with a form and checks that it was issued for this point or ticket and this edition.
    pub fn verify(
        keys: &Keys,
        text: &str,
        province: Province,
        bound_to: &str,
        edition: EditionNumber,
    ) -> Result<Self, FormKeyRefusal> {
        let bytes = bytes_from_hex(text).ok_or(FormKeyRefusal::Malformed)?;
        let bytes: [u8; KEY_BYTES] = bytes.try_into().map_err(|_length| FormKeyRefusal::Malformed)?;
        let (day, rest) = bytes.split_at(2);
        let (random, presented) = rest.split_at(RANDOM_BYTES);
        let day: [u8; 2] = day.try_into().map_err(|_length| FormKeyRefusal::Malformed)?;
        let opened = Day(i32::from(u16::from_be_bytes(day)));
        let form = OpenedForm { province, bound_to, edition, day: opened };
        let expected = mac(keys, &form, day, random);
        let difference = expected.iter().zip(presented).fold(0, |sum, (a, b)| sum | (a ^ b));
        if difference == 0 { Ok(Self { opened, bytes }) } else { Err(FormKeyRefusal::Foreign) }
    }

    /// The day on which the form was opened.
    pub const fn opened(&self) -> Day {
        self.opened
    }

    /// What is kept of the key: its hash.
    pub fn hash(&self) -> [u8; 32] {
        sha256(&[&self.bytes])
    }

    /// The salt of the answer sent with this key, so that the same key and body give the same leaf.
    pub fn salt(&self, keys: &Keys) -> [u8; 32] {
        hmac_sha256(&keys.salt, &[b"answer", &self.bytes])
    }

    /// The salt of the comment sent with this key.
    pub fn comment_salt(&self, keys: &Keys) -> [u8; 32] {
        hmac_sha256(&keys.salt, &[b"comment", &self.bytes])
    }

    /// A key for an answer that comes from a file: the same line of the same file gives the same key.
    pub fn of_import(keys: &Keys, source: &[u8], day: Day) -> Self {
        let digest = hmac_sha256(&keys.form, &[b"import", source]);
        let mut bytes = [0; KEY_BYTES];
        for (to, from) in bytes.iter_mut().zip(&digest) {
            *to = *from;
        }
        Self { opened: day, bytes }
    }
}

impl std::fmt::Display for FormKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex(&self.bytes))
    }
}

impl std::fmt::Debug for FormKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FormKey(…)")
    }
}

/// What a form key is bound to.
#[derive(Debug, Clone, Copy)]
pub struct OpenedForm<'a> {
    /// Province.
    pub province: Province,
    /// What it was opened with: the public code of a collection point, or a ticket.
    pub bound_to: &'a str,
    /// Edition shown.
    pub edition: EditionNumber,
    /// Day of opening.
    pub day: Day,
}

fn mac(keys: &Keys, form: &OpenedForm<'_>, day: [u8; 2], random: &[u8]) -> [u8; MAC_BYTES] {
    let province = form.province.0.to_be_bytes();
    let edition = form.edition.0.to_be_bytes();
    let full = hmac_sha256(&keys.form, &[b"form", &province, &day, random, &edition, form.bound_to.as_bytes()]);
    let mut mac = [0; MAC_BYTES];
    for (to, from) in mac.iter_mut().zip(&full) {
        *to = *from;
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::super::Secret;
    use super::*;

    fn keys() -> Keys {
        Keys {
            form: Secret::new([1; 32]),
            salt: Secret::new([2; 32]),
            ticket: Secret::new([3; 32]),
            staff: Secret::new([4; 32]),
            checkpoint: Vec::new(),
        }
    }

    #[test]
    fn a_key_is_good_for_its_own_point_and_edition_alone() {
        let form = OpenedForm { province: Province(1), bound_to: "ABC", edition: EditionNumber(1), day: Day(20_000) };
        let text = FormKey::issue(&keys(), &form, [9; 14]).to_string();
        let read = |keys: &Keys, text: &str, point, edition| {
            FormKey::verify(keys, text, Province(1), point, EditionNumber(edition)).map(|key| key.opened())
        };
        assert_eq!(read(&keys(), &text, "ABC", 1), Ok(Day(20_000)));
        assert_eq!(read(&keys(), &text, "ABD", 1), Err(FormKeyRefusal::Foreign));
        assert_eq!(read(&keys(), &text, "ABC", 2), Err(FormKeyRefusal::Foreign));
        let other = Keys { form: Secret::new([4; 32]), ..keys() };
        assert_eq!(read(&other, &text, "ABC", 1), Err(FormKeyRefusal::Foreign));
        assert_eq!(read(&keys(), "", "ABC", 1), Err(FormKeyRefusal::Malformed));
        assert_eq!(read(&keys(), &text[..62], "ABC", 1), Err(FormKeyRefusal::Malformed));
    }

    #[test]
    fn no_single_digit_of_a_key_can_be_changed() {
        let form = OpenedForm { province: Province(1), bound_to: "ABC", edition: EditionNumber(1), day: Day(20_000) };
        let text = FormKey::issue(&keys(), &form, [9; 14]).to_string();
        for at in 0..text.len() {
            let digit = if text.as_bytes()[at] == b'0' { "1" } else { "0" };
            let changed = format!("{}{digit}{}", &text[..at], &text[at + 1..]);
            assert!(FormKey::verify(&keys(), &changed, Province(1), "ABC", EditionNumber(1)).is_err());
        }
    }
}
