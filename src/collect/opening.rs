//! When a form was opened, carried by the form itself: nothing is kept of it, and it survives a restart.
//!
//! The second is masked by a stream that only the form's key and the server's secret give, and authenticated, so that the
//! page shows nobody when it was opened and nobody can write another time into it.

use crate::record::{Keys, hex, hmac_sha256, unhex};
use crate::words::Moment;

/// Bytes of the masked second.
const TIME: usize = 4;
/// Bytes that authenticate it.
const PROOF: usize = 4;

fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut bytes = bytes.iter().copied();
    std::array::from_fn(|_| bytes.next().unwrap_or_default())
}

fn stream(keys: &Keys, form_key: &str) -> [u8; TIME] {
    first(&hmac_sha256(&keys.form, &[b"opening", form_key.as_bytes()]))
}

fn proof(keys: &Keys, form_key: &str, masked: [u8; TIME]) -> [u8; PROOF] {
    first(&hmac_sha256(&keys.form, &[b"opened", &masked, form_key.as_bytes()]))
}

/// The moment at which a form with this key is opened, as 16 hexadecimal digits.
pub fn open_stamp(keys: &Keys, form_key: &str, now: Moment) -> String {
    let second = u32::try_from(now.unix()).unwrap_or_default().to_be_bytes();
    let stream = stream(keys, form_key);
    let masked: [u8; TIME] = std::array::from_fn(|at| {
        let (time, mask) = (second.get(at), stream.get(at));
        time.zip(mask).map_or(0, |(time, mask)| time ^ mask)
    });
    hex(&[masked, proof(keys, form_key, masked)].concat())
}

/// When the form with this key was opened; `None` if the stamp is none of ours, or one of another form.
pub fn opened_at(keys: &Keys, form_key: &str, stamp: &str) -> Option<Moment> {
    let bytes: [u8; TIME + PROOF] = unhex(stamp)?.try_into().ok()?;
    let (masked, presented) = bytes.split_at(TIME);
    let masked: [u8; TIME] = first(masked);
    let expected = proof(keys, form_key, masked);
    let difference = expected.iter().zip(presented).fold(0, |sum, (a, b)| sum | (a ^ b));
    let second = u32::from_be_bytes(first(
        &masked.iter().zip(stream(keys, form_key)).map(|(byte, mask)| byte ^ mask).collect::<Vec<u8>>(),
    ));
    (difference == 0).then(|| Moment::from_unix(second.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Secret;

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
    fn a_stamp_is_read_with_the_key_of_its_form_alone() {
        let then = Moment::from_unix(1_790_000_123);
        let stamp = open_stamp(&keys(), "aabb", then);
        assert_eq!(opened_at(&keys(), "aabb", &stamp), Some(then));
        assert_eq!(opened_at(&keys(), "aabc", &stamp), None);
        for odd in ["", "zz", "00", "0000000000000000", "00000000000000000000"] {
            assert_eq!(opened_at(&keys(), "aabb", odd), None, "{odd}");
        }
        for at in 0..stamp.len() {
            let digit = if stamp.as_bytes()[at] == b'0' { "1" } else { "0" };
            let changed = format!("{}{digit}{}", &stamp[..at], &stamp[at + 1..]);
            assert_eq!(opened_at(&keys(), "aabb", &changed), None, "{at}");
        }
    }

    #[test]
    fn two_forms_of_one_second_show_nothing_in_common() {
        let then = Moment::from_unix(1_790_000_123);
        let (one, other) = (open_stamp(&keys(), "aabb", then), open_stamp(&keys(), "ccdd", then));
        assert_ne!(one[..8], other[..8]);
        assert!(!one.contains(&hex(&1_790_000_123_u32.to_be_bytes())));
    }
}
