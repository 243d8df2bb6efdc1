//! Signed notes (C2SP signed-note) with Ed25519, and the cosignature of a witness (C2SP tlog-cosignature).
//!
//! A note is a text that ends with a line break, an empty line, and one line for every signature:
//! `— name base64(key id ‖ signature)`.

use base64::prelude::{BASE64_STANDARD, Engine};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use super::{Secret, hex, sha256, unhex};
use crate::words::Moment;

/// Most bytes and most signatures of a note that is read.
const LARGEST: usize = 64 * 1024;
const MOST_SIGNATURES: usize = 16;
/// Algorithms of keys: Ed25519 over the text, and over the text with the time of a witness.
const ED25519_NOTE: u8 = 1;
const ED25519_WITNESS: u8 = 4;

/// Bytes as they stand in a note.
pub fn to_base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// Bytes of a note; `None` for anything that is not base 64 with its padding.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(text).ok()
}

/// 32 bytes of a note.
pub(super) fn hash_from_base64(text: &str) -> Option<[u8; 32]> {
    from_base64(text)?.try_into().ok()
}

/// A public key with the name it signs under; written `name+id+base64(algorithm ‖ key)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteKey {
    name: String,
    algorithm: u8,
    public: [u8; 32],
}

impl NoteKey {
    /// Reads a key as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, rest) = text.trim().split_once('+')?;
        let (id, key) = rest.split_once('+')?;
        let (algorithm, public) = from_base64(key)?.split_first().map(|(first, rest)| (*first, rest.to_vec()))?;
        let key = Self { name: name.to_owned(), algorithm, public: public.try_into().ok()? };
        let good = is_name(name) && [ED25519_NOTE, ED25519_WITNESS].contains(&algorithm);
        (good && unhex(id)? == key.id()).then_some(key)
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What tells keys of one name apart.
    fn id(&self) -> [u8; 4] {
        let hash = sha256(&[self.name.as_bytes(), b"\n", &[self.algorithm], &self.public]);
        std::array::from_fn(|at| hash.get(at).copied().unwrap_or_default())
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.public).verify(message, signature).is_ok()
    }
}

impl std::fmt::Display for NoteKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let key = [&[self.algorithm], &self.public[..]].concat();
        write!(f, "{}+{}+{}", self.name, hex(&self.id()), to_base64(&key))
    }
}

/// A name has no blanks, no plus sign and some length.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 200 && !name.contains(|c: char| c == '+' || c.is_whitespace() || c.is_control())
}

/// A secret key with its public one.
pub struct Signer {
    pair: Ed25519KeyPair,
    key: NoteKey,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.key)
    }
}

impl Signer {
    /// Signs notes under a name; `None` where the name cannot stand in a note.
    pub fn new(name: &str, secret: &Secret) -> Option<Self> {
        Self::of(name, secret, ED25519_NOTE)
    }

    /// Signs as a witness.
    pub fn witness(name: &str, secret: &Secret) -> Option<Self> {
        Self::of(name, secret, ED25519_WITNESS)
    }

    fn of(name: &str, secret: &Secret, algorithm: u8) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(secret.bytes()).ok()?;
        let public = pair.public_key().as_ref().try_into().ok()?;
        is_name(name).then(|| Self { pair, key: NoteKey { name: name.to_owned(), algorithm, public } })
    }

    /// The public key.
    pub const fn key(&self) -> &NoteKey {
        &self.key
    }

    /// The text as a note with this one signature. The text has to end with a line break.
    pub fn sign(&self, text: &str) -> String {
        format!("{text}\n{}", self.line(&[], text.as_bytes()))
    }

    /// The line by which a witness says that it saw the text at a moment.
    pub fn cosign(&self, text: &str, at: Moment) -> String {
        self.line(&at.unix().to_be_bytes(), cosigned(text, at.unix()).as_bytes())
    }

    fn line(&self, before: &[u8], message: &[u8]) -> String {
        let signature = [&self.key.id(), before, self.pair.sign(message).as_ref()].concat();
        format!("— {} {}\n", self.key.name, to_base64(&signature))
    }
}

fn cosigned(text: &str, seconds: i64) -> String {
    format!("cosignature/v1\ntime {seconds}\n{text}")
}

/// A note as it was read; nothing of it is believed before a signature is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    /// Name and bytes of each signature.
    signatures: Vec<(String, Vec<u8>)>,
}

impl Note {
    /// Reads a note; `None` if it is none.
    pub fn parse(note: &str) -> Option<Self> {
        let (text, lines) = note.rsplit_once("\n\n")?;
        let lines = lines.strip_suffix('\n')?;
        if note.len() > LARGEST || note.contains(|c: char| c.is_control() && c != '\n') {
            return None;
        }
        let signature = |line: &str| {
            let (name, bytes) = line.strip_prefix("— ")?.split_once(' ')?;
            Some((name.to_owned(), from_base64(bytes)?))
        };
        let signatures: Vec<(String, Vec<u8>)> = lines.split('\n').map(signature).collect::<Option<_>>()?;
        (signatures.len() <= MOST_SIGNATURES).then(|| Self { text: format!("{text}\n"), signatures })
    }

    /// The text, with the line break at its end.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether one signature alone stands below the text.
    pub const fn is_single(&self) -> bool {
        self.signatures.len() == 1
    }

    /// Whether this key signed the text.
    pub fn is_signed_by(&self, key: &NoteKey) -> bool {
        let own = self.signatures.iter().filter(|(name, _)| *name == key.name);
        own.filter_map(|(_, bytes)| bytes.split_first_chunk::<4>()).any(|(id, bytes)| {
            *id == key.id()
                && match key.algorithm {
                    ED25519_NOTE => key.verifies(self.text.as_bytes(), bytes),
                    _ => bytes.split_first_chunk::<8>().is_some_and(|(time, bytes)| {
                        key.verifies(cosigned(&self.text, i64::from_be_bytes(*time)).as_bytes(), bytes)
                    }),
                }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_one_of_rfc_8032() {
        // Section 7.1, test 2: the message 72.
        let secret = Secret::parse("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").unwrap();
        let signer = Signer::new("x", &secret).unwrap();
        assert_eq!(hex(&signer.key.public), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let known = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
        assert_eq!(hex(signer.pair.sign(b"\x72").as_ref()), known);
    }

    #[test]
    fn the_note_of_the_reference_is_signed_by_its_key() {
        // The example of the Go package golang.org/x/mod/sumdb/note.
        let key = NoteKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
        let note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\
                    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        let read = Note::parse(note).unwrap();
        assert!(read.is_signed_by(&key));
        assert_eq!(key.to_string(), "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        let altered = Note::parse(&note.replace("your problem,", "my problem,")).unwrap();
        assert!(!altered.is_signed_by(&key));
    }

    #[test]
    fn a_note_is_good_for_its_text_and_its_key_alone() {
        let signer = Signer::new("a/1", &Secret::new([7; 32])).unwrap();
        let other = Signer::new("a/1", &Secret::new([8; 32])).unwrap();
        let witness = Signer::witness("thanh-tra", &Secret::new([9; 32])).unwrap();
        let text = "a/1\n3\nx\n";
        let note = signer.sign(text) + &witness.cosign(text, Moment::from_unix(1_795_000_000));
        let read = Note::parse(&note).unwrap();
        assert_eq!(read.text(), text);
        assert!(read.is_signed_by(signer.key()) && read.is_signed_by(witness.key()) && !read.is_signed_by(other.key()));
        assert_eq!(NoteKey::parse(&witness.key().to_string()).as_ref(), Some(witness.key()));
        for at in 0..note.len() {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let both = Note::parse(&changed)
                .is_some_and(|read| read.is_signed_by(signer.key()) && read.is_signed_by(witness.key()));
            assert!(!both, "{at}: {changed}");
        }
        for bad in ["", "\n\n", "x\n", "x\n\n", "x\n\n— a/1 AAAA", "x\r\n\n— a/1 AAAA\n", "x\n\n- a/1 AAAA\n"] {
            assert_eq!(Note::parse(bad), None, "{bad:?}");
        }
        assert!(Signer::new("a b", &Secret::new([7; 32])).is_none());
        let key = signer.key().to_string();
        assert_eq!(NoteKey::parse(&key.replace("a/1", "a/2")), None);
    }
}
