//! Secret keys of an installation. They live in a file of their own, never in the database.

/// A secret of 32 bytes that prints nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A secret from 32 bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A secret from 64 hexadecimal digits.
    pub fn parse(hex: &str) -> Option<Self> {
        let bytes = bytes_from_hex(hex.trim())?;
        bytes.try_into().ok().map(Self)
    }

    /// 64 hexadecimal digits, for the key file alone.
    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The keys of an installation, one for each purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// Authenticates the hidden form key.
    pub form: Secret,
    /// Derives the salt of an answer from its form key.
    pub salt: Secret,
    /// Authenticates one-time tickets.
    pub ticket: Secret,
    /// Derives what accounts of staff prove themselves with: one-time codes, tokens of office forms.
    pub staff: Secret,
    /// Sign the checkpoints of the record: one key, and two while one takes over from the other.
    pub checkpoint: Vec<Secret>,
}

impl Keys {
    /// The key of checkpoints where the key file was made before there were any.
    pub fn checkpoint_from(form: &Secret) -> Secret {
        Secret(super::hmac_sha256(form, &[b"checkpoint"]))
    }

    /// The key of accounts where the key file was made before there were any.
    pub fn staff_from(form: &Secret) -> Secret {
        Secret(super::hmac_sha256(form, &[b"staff"]))
    }

    /// A mark by which a backup and the key file that belongs to it know each other; it tells nothing of the keys.
    pub fn mark(&self) -> String {
        let hash = super::sha256(&[b"thuocdo keys", self.form.bytes(), self.salt.bytes(), self.ticket.bytes()]);
        hex(hash.get(..8).unwrap_or_default())
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| DIGITS.get(usize::from(value)).map_or('0', |byte| char::from(*byte));
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Bytes of hexadecimal digits; `None` for anything else.
pub(super) fn bytes_from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || text.len() > 4096 {
        return None;
    }
    text.as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some((nibble(*high)? << 4) | nibble(*low)?),
            _ => None,
        })
        .collect()
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
