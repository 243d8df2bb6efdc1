//! One-time codes (TOTP, RFC 6238: SHA-1, 6 digits, 30 seconds) and recovery codes on paper.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rand::RngExt;
use totp_rs::{Builder, Secret, Totp};

use crate::record::{Keys, hmac_sha256};
use crate::words::{Moment, Province};

/// Recovery codes of a person.
pub const RECOVERY_CODES: usize = 10;
/// Characters of a recovery code: 80 bits.
const RECOVERY_LENGTH: usize = 16;
/// Digits and letters without I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The secret behind a seed. The database holds the seed; without the key file it is nothing.
fn secret(keys: &Keys, province: Province, seed: &[u8]) -> Secret {
    let long = hmac_sha256(&keys.staff, &[b"code", &province.0.to_be_bytes(), seed]);
    Secret::from(long.iter().copied().take(20).collect::<Vec<u8>>())
}

fn totp(keys: &Keys, province: Province, seed: &[u8]) -> Option<Totp> {
    Builder::new().with_secret(secret(keys, province, seed)).build().ok()
}

/// The step of a code, if it is one of this moment or of the steps just before and after, for clocks that differ.
pub(super) fn step_of(keys: &Keys, province: Province, seed: &[u8], code: &str, now: Moment) -> Option<i64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).take(12).collect();
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let step = totp(keys, province, seed)?.check(&digits, u64::try_from(now.unix()).ok()?)?;
    i64::try_from(step).ok()
}

/// The secret as it is typed into an authenticator where the picture cannot be scanned.
pub fn secret_base32(keys: &Keys, province: Province, seed: &[u8]) -> String {
    secret(keys, province, seed).to_base32()
}

/// The address inside the picture an authenticator scans (`otpauth://totp/…`).
pub fn setup_address(keys: &Keys, province: Province, seed: &[u8], issuer: &str, account: &str) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let (issuer, account) = (encode(issuer), encode(account));
    let secret = secret_base32(keys, province, seed);
    format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}")
}

/// New recovery codes, in groups of four.
pub fn new_recovery_codes() -> Vec<String> {
    let mut random = rand::rng();
    let mut code = || -> String {
        (0..RECOVERY_LENGTH)
            .flat_map(|at| {
                let symbol = ALPHABET.get(random.random_range(0..ALPHABET.len())).map_or('0', |byte| char::from(*byte));
                [(at > 0 && at.is_multiple_of(4)).then_some('-'), Some(symbol)]
            })
            .flatten()
            .collect()
    };
    (0..RECOVERY_CODES).map(|_| code()).collect()
}

/// What the database holds of a recovery code, however it is typed; `None` for what cannot be one.
pub(super) fn recovery_hash(keys: &Keys, code: &str) -> Option<[u8; 32]> {
    let plain = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let typed: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').take(64).map(plain).collect();
    let known = |c: char| ALPHABET.iter().any(|byte| char::from(*byte) == c);
    (typed.chars().count() == RECOVERY_LENGTH && typed.chars().all(known))
        .then(|| hmac_sha256(&keys.staff, &[b"recovery", typed.as_bytes()]))
}

/// The code of a moment, for tests that act as a person with an authenticator.
#[cfg(test)]
pub(super) fn code_at(keys: &Keys, province: Province, seed: &[u8], now: Moment) -> String {
    totp(keys, province, seed).unwrap().generate(u64::try_from(now.unix()).unwrap()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        let secret = |byte| crate::record::Secret::new([byte; 32]);
        Keys { form: secret(1), salt: secret(2), ticket: secret(3), staff: secret(4), checkpoint: Vec::new() }
    }

    #[test]
    fn the_library_gives_the_codes_of_rfc_6238() {
        // Appendix B, SHA-1, last six of the eight digits.
        let totp = Builder::new().with_secret(b"12345678901234567890".to_vec()).build().unwrap();
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(totp.generate(time).to_string(), code);
        }
    }

    #[test]
    fn a_code_is_good_for_its_own_step_and_its_neighbours() {
        let (keys, seed) = (keys(), [7; 32]);
        let now = Moment::from_unix(1_800_000_015);
        let code = code_at(&keys, Province(1), &seed, now);
        let at = |seconds| step_of(&keys, Province(1), &seed, &code, Moment::from_unix(now.unix() + seconds));
        let step = Some(now.unix() / 30);
        assert_eq!([at(-60), at(-30), at(0), at(14), at(30), at(60)], [None, step, step, step, step, None]);
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        assert_eq!(step_of(&keys, Province(1), &seed, &spaced, now), step);
        assert_eq!(step_of(&keys, Province(2), &seed, &code, now), None, "another province has other secrets");
        for bad in ["", "12345", "1234567", "12345a", "１２３４５６", "-12345"] {
            assert_eq!(step_of(&keys, Province(1), &seed, bad, now), None, "{bad}");
        }
    }

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed() {
        let codes = new_recovery_codes();
        assert_eq!(codes.len(), RECOVERY_CODES);
        let hashes: std::collections::BTreeSet<_> = codes.iter().map(|code| recovery_hash(&keys(), code)).collect();
        assert_eq!(hashes.len(), RECOVERY_CODES);
        let typed = codes[0].to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(recovery_hash(&keys(), &typed), recovery_hash(&keys(), &codes[0]));
        assert!(recovery_hash(&keys(), "").is_none() && recovery_hash(&keys(), "123456").is_none());
    }

    #[test]
    fn the_picture_for_an_authenticator_names_issuer_and_account() {
        let address = setup_address(&keys(), Province(1), &[7; 32], "Thước Đo", "an@x.vn");
        assert!(address.starts_with("otpauth://totp/Th%C6%B0%E1%BB%9Bc%20%C4%90o:an%40x%2Evn?secret="), "{address}");
        assert_eq!(secret_base32(&keys(), Province(1), &[7; 32]).len(), 32);
    }
}
