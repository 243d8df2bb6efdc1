//! One-time tickets: 128 bits that only the holder of the key could have made out of a dossier, and the hash by which the
//! server knows them again.

use super::keys::{Keys, Secret};
use super::{crockford, hmac_sha256, sha256};
use crate::words::{Province, TicketStage};

/// Bytes of a ticket.
const BYTES: usize = 16;
/// Symbols that carry them; the first carries three bits only.
const SYMBOLS: usize = 26;
/// Longest number of a dossier, in bytes.
pub const LONGEST_DOSSIER: usize = 128;

/// A one-time ticket. It prints nothing but by [`Ticket::code`].
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket([u8; BYTES]);

/// What the server keeps of a ticket: its SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketHash(pub [u8; 32]);

impl Ticket {
    /// The ticket of a dossier at a stage: `HMAC(K, "ticket" ‖ province ‖ stage ‖ dossier)`, its first 128 bits. A reprint is
    /// the same ticket.
    pub fn of(keys: &Keys, province: Province, dossier: &str, stage: TicketStage) -> Self {
        let (province, stage) = (province.0.to_be_bytes(), stage.code().to_be_bytes());
        let full = hmac_sha256(&keys.ticket, &[b"ticket", &province, &stage, dossier.as_bytes()]);
        Self(first(&full))
    }

    /// Reads a code as a person writes it: case, blanks and hyphens do not matter. `None` for anything that is no ticket, one
    /// wrong character included.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 2 * SYMBOLS {
            return None;
        }
        let values = crockford::values(text)?;
        let (check, body) = values.split_last()?;
        if body.len() != SYMBOLS || crockford::check(body) != *check || body.first()? >> 3 != 0 {
            return None;
        }
        let number = body.iter().fold(0_u128, |sum, value| (sum << 5) | u128::from(*value));
        Some(Self(number.to_be_bytes()))
    }

    /// The code in its address: 26 symbols and a check symbol.
    pub fn code(&self) -> String {
        let number = u128::from_be_bytes(self.0);
        let value = |at: usize| u8::try_from((number >> (5 * at)) & 31).unwrap_or(0);
        let mut values: Vec<u8> = (0..SYMBOLS).rev().map(value).collect();
        values.push(crockford::check(&values));
        values.into_iter().map(crockford::symbol).collect()
    }

    /// The hash that is kept.
    pub fn hash(&self) -> TicketHash {
        TicketHash(sha256(&[&self.0]))
    }

    /// The ticket as it may wait in a queue: readable with the key alone. `nonce` has to be new for every ticket.
    pub fn sealed(&self, keys: &Keys, nonce: [u8; BYTES]) -> [u8; 2 * BYTES] {
        let pad = pad(&keys.ticket, &nonce);
        let mut sealed = [0; 2 * BYTES];
        let hidden = self.0.iter().zip(pad).map(|(a, b)| a ^ b);
        for (to, from) in sealed.iter_mut().zip(nonce.into_iter().chain(hidden)) {
            *to = from;
        }
        sealed
    }

    /// A ticket that waited; `None` where it is not the one with this hash.
    pub fn unsealed(keys: &Keys, sealed: &[u8], hash: TicketHash) -> Option<Self> {
        let (nonce, hidden) = sealed.split_at_checked(BYTES)?;
        let hidden: [u8; BYTES] = hidden.try_into().ok()?;
        let mut bytes = pad(&keys.ticket, nonce);
        for (byte, other) in bytes.iter_mut().zip(hidden) {
            *byte ^= other;
        }
        Some(Self(bytes)).filter(|ticket| ticket.hash() == hash)
    }
}

impl std::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ticket(…)")
    }
}

impl std::fmt::Debug for TicketHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TicketHash(…)")
    }
}

/// The number of a dossier as it is hashed: without blanks around and in it, in capitals; `None` for none, or a longer one
/// than there are.
pub fn dossier_number(text: &str) -> Option<String> {
    let number: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    let is_good = !number.is_empty() && number.len() <= LONGEST_DOSSIER && !number.chars().any(char::is_control);
    is_good.then_some(number)
}

/// A keyed hash by which the same contact is known again for some days.
pub fn contact_hash(keys: &Keys, province: Province, contact: &str) -> [u8; 32] {
    hmac_sha256(&keys.ticket, &[b"contact", &province.0.to_be_bytes(), contact.as_bytes()])
}

fn pad(key: &Secret, nonce: &[u8]) -> [u8; BYTES] {
    first(&hmac_sha256(key, &[b"queue", nonce]))
}

fn first(bytes: &[u8; 32]) -> [u8; BYTES] {
    let mut short = [0; BYTES];
    for (to, from) in short.iter_mut().zip(bytes) {
        *to = *from;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(seed: u8) -> Keys {
        let secret = |n: u8| Secret::new([seed ^ n; 32]);
        Keys { form: secret(1), salt: secret(2), ticket: secret(3), staff: secret(4), checkpoint: Vec::new() }
    }

    #[test]
    fn a_reprint_is_the_same_ticket_and_everything_else_another() {
        let of = |key, province, dossier: &str, stage| Ticket::of(&keys(key), Province(province), dossier, stage);
        let ticket = of(0, 1, "H15.50-261008-0975", TicketStage::Result);
        assert_eq!(ticket, of(0, 1, "H15.50-261008-0975", TicketStage::Result));
        for other in [
            of(9, 1, "H15.50-261008-0975", TicketStage::Result),
            of(0, 2, "H15.50-261008-0975", TicketStage::Result),
            of(0, 1, "H15.50-261008-0976", TicketStage::Result),
            of(0, 1, "H15.50-261008-0975", TicketStage::Reception),
        ] {
            assert_ne!(ticket.hash(), other.hash());
        }
        assert_eq!(format!("{ticket:?}{:?}", ticket.hash()), "Ticket(…)TicketHash(…)");
    }

    #[test]
    fn a_code_has_27_characters_is_read_as_people_write_it_and_any_wrong_character_is_refused() {
        for dossier in 0..200 {
            let ticket = Ticket::of(&keys(0), Province(1), &dossier.to_string(), TicketStage::Result);
            let code = ticket.code();
            assert_eq!(code.len(), 27);
            let spaced: String = code.to_lowercase().chars().flat_map(|c| [c, '-']).take(53).collect();
            assert_eq!(Ticket::parse(&code), Some(ticket.clone()));
            assert_eq!(Ticket::parse(&spaced).as_ref(), Some(&ticket).filter(|_| spaced.len() <= 52));
            let at = dossier % 27;
            for wrong in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|c| code.chars().nth(at) != Some(*c)) {
                let other: String = code.chars().enumerate().map(|(n, c)| if n == at { wrong } else { c }).collect();
                assert_eq!(Ticket::parse(&other), None, "{code} {other}");
            }
        }
        for bad in ["", "0", "cam-on", &"0".repeat(26), &"0".repeat(28), &"Z".repeat(27), "ký tự"] {
            assert_eq!(Ticket::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_ticket_that_waits_is_read_with_the_key_alone() {
        let ticket = Ticket::of(&keys(0), Province(1), "1", TicketStage::Result);
        let sealed = ticket.sealed(&keys(0), [5; 16]);
        assert!(!sealed.windows(16).any(|part| part == ticket.0));
        assert_eq!(Ticket::unsealed(&keys(0), &sealed, ticket.hash()), Some(ticket.clone()));
        assert_eq!(Ticket::unsealed(&keys(1), &sealed, ticket.hash()), None);
        assert_eq!(Ticket::unsealed(&keys(0), &sealed[..20], ticket.hash()), None);
    }

    #[test]
    fn a_dossier_is_the_same_however_its_number_is_written() {
        assert_eq!(dossier_number(" h15.50-26 1008 "), dossier_number("H15.50-261008"));
        assert_eq!(dossier_number(" "), None);
        assert_eq!(dossier_number(&"9".repeat(129)), None);
    }
}
