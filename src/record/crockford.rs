//! Crockford's base 32: digits and letters without I, L, O, U, forgiving in what it reads.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The character of a value 0 to 31.
pub(super) fn symbol(value: u8) -> char {
    ALPHABET.get(usize::from(value & 31)).map_or('0', |byte| char::from(*byte))
}

/// The value of a character; lower case, O for 0 and I or L for 1 are accepted.
pub(super) fn value(character: char) -> Option<u8> {
    let upper = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|byte| char::from(*byte) == upper).and_then(|at| u8::try_from(at).ok())
}

/// The values of a code as a person writes it: blanks and hyphens are passed over.
pub(super) fn values(text: &str) -> Option<Vec<u8>> {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').take(64).map(value).collect()
}

/// Check symbol over GF(32): the weighted sum with powers of a primitive element, so that every single wrong character
/// and every exchange of two neighbours is found (x⁵ + x² + 1; Peterson & Weldon).
pub(super) fn check(values: &[u8]) -> u8 {
    // Horner's rule in GF(32): every earlier value is multiplied once more by the primitive element.
    values.iter().fold(0, |sum, value| double(sum ^ (value & 31)))
}

/// Multiplies by x in GF(32).
fn double(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 32 == 0 { shifted } else { (shifted ^ 0b10_0101) & 31 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_character_and_every_swap_of_neighbours_is_found() {
        let code: Vec<u8> = (0..15).map(|i| (i * 7 + 3) % 32).collect();
        let right = check(&code);
        for at in 0..code.len() {
            for wrong in (0..32).filter(|w| *w != code[at]) {
                let mut other = code.clone();
                other[at] = wrong;
                assert_ne!(check(&other), right);
            }
            if at + 1 < code.len() {
                let mut other = code.clone();
                other.swap(at, at + 1);
                assert_ne!(check(&other), right);
            }
        }
    }

    #[test]
    fn reading_forgives_case_blanks_and_look_alikes() {
        assert_eq!(values("ab-1l o0"), values("AB11-00"));
        assert_eq!(values("U"), None);
    }
}
