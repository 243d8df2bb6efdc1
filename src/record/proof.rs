//! What a citizen can take away and check without a server: the proof that a leaf stands in the record, and the promise that
//! it will. Neither says anything of what was answered.

use super::note::hash_from_base64;
use super::tree::{self, Hash};
use super::{Checkpoint, KeyFault, KeyRow, Keyring, Leaf, Note, NoteKey, Receipt, Signer, from_base64, to_base64};
use crate::words::Day;

/// First lines of the two files.
const PROOF: &str = "thuocdo receipt proof v1";
const PROMISE: &str = "thuocdo receipt promise v1";
/// Most bytes, keys and hashes of a file that is read.
pub const LARGEST_PROOF: usize = 256 * 1024;
const MOST_KEYS: usize = 1_000;
const MOST_STEPS: usize = 64;

/// Where a leaf stands in the tree of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// Place among all sealed answers, from 0.
    pub index: u64,
    /// The hashes of the proof.
    pub path: Vec<Hash>,
}

/// A file that a citizen took away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptFile {
    /// Day of the answer.
    pub day: Day,
    /// Its leaf.
    pub leaf: Leaf,
    /// Its place; none in a promise.
    pub inclusion: Option<Inclusion>,
    /// Keys of the record.
    pub keys: Vec<KeyRow>,
    /// The signed checkpoint, or the signed promise.
    pub note: String,
}

/// What a file shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// The answer stands in the record of this checkpoint.
    Sealed(Box<Checkpoint>),
    /// The installation of this name received it and promised to seal it.
    Promised(String),
}

/// Why a file shows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// It is no such file.
    #[error("the file is no proof and no promise of a receipt, or a part of it is missing")]
    Malformed,
    /// Its receipt is not that of its leaf and day.
    #[error("the receipt code in the file is not that of its leaf and day")]
    OtherReceipt,
    /// Its keys are not believed.
    #[error("the keys in the file are not good: {0}")]
    Keys(#[from] KeyFault),
    /// No key of it signed it.
    #[error(
        "the signature in the file is not good: it was not made by the keys of the record, or the file was changed"
    )]
    NotSigned,
    /// The path does not lead to the root.
    #[error(
        "the file does not show that the form stands in the record: its path does not lead to the signed checkpoint"
    )]
    NotIncluded,
}

/// The promise to seal a leaf, signed.
pub fn promise(signer: &Signer, day: Day, leaf: &Leaf) -> String {
    signer.sign(&promised(signer.key().name(), day, leaf))
}

fn promised(origin: &str, day: Day, leaf: &Leaf) -> String {
    format!("{origin}\nreceived, to be sealed\nday {}\nleaf {}\n", day.iso(), to_base64(&leaf.0))
}

impl ReceiptFile {
    /// The file as it is written.
    pub fn write(&self) -> String {
        let kind = if self.inclusion.is_some() { PROOF } else { PROMISE };
        let (receipt, leaf) = (Receipt::of(self.day, &self.leaf), to_base64(&self.leaf.0));
        let mut parts = vec![format!("{kind}\nreceipt {receipt}\nday {}\nleaf {leaf}\n", self.day.iso())];
        if let Some(Inclusion { index, path }) = &self.inclusion {
            parts.push(format!("index {index}\n"));
            parts.extend(path.iter().map(|hash| format!("path {}\n", to_base64(hash))));
        }
        parts.extend([write_keys(&self.keys), "\n".to_owned(), self.note.clone()]);
        parts.concat()
    }

    /// Reads a file.
    pub fn parse(text: &str) -> Result<Self, FileFault> {
        if text.len() > LARGEST_PROOF {
            return Err(FileFault::Malformed);
        }
        // Whoever mails a file may have changed its line breaks.
        let text = text.replace("\r\n", "\n");
        let (receipt, file) = Self::read(&text).ok_or(FileFault::Malformed)?;
        if receipt == Receipt::of(file.day, &file.leaf) { Ok(file) } else { Err(FileFault::OtherReceipt) }
    }

    fn read(text: &str) -> Option<(Receipt, Self)> {
        let (head, note) = text.split_once("\n\n")?;
        let mut lines = head.lines().peekable();
        let kind = lines.next().filter(|line| [PROOF, PROMISE].contains(line))?;
        let receipt = Receipt::parse(lines.next()?.strip_prefix("receipt ")?).ok()?;
        let day = Day::parse(lines.next()?.strip_prefix("day ")?)?;
        let leaf = Leaf(hash_from_base64(lines.next()?.strip_prefix("leaf ")?)?);
        let mut inclusion = None;
        if kind == PROOF {
            let index = lines.next()?.strip_prefix("index ")?.parse().ok()?;
            let mut path = Vec::new();
            while let Some(step) = lines.peek().and_then(|line| line.strip_prefix("path ")) {
                path.push(hash_from_base64(step).filter(|_| path.len() < MOST_STEPS)?);
                lines.next();
            }
            inclusion = Some(Inclusion { index, path });
        }
        let keys = read_keys(&mut lines)?;
        Some((receipt, Self { day, leaf, inclusion, keys, note: note.to_owned() }))
    }

    /// What the file shows to whoever trusts the pinned key, or, without one, the first key in the file.
    pub fn verify(&self, pinned: Option<&NoteKey>) -> Result<Shown, FileFault> {
        let ring = Keyring::follow(&self.keys, pinned)?;
        let Some(Inclusion { index, path }) = &self.inclusion else {
            let note = Note::parse(&self.note).ok_or(FileFault::Malformed)?;
            let said = promised(ring.origin(), self.day, &self.leaf);
            let good = note.text() == said && ring.signed(&note);
            return if good { Ok(Shown::Promised(ring.origin().to_owned())) } else { Err(FileFault::NotSigned) };
        };
        let checkpoint = ring.checkpoint(&self.note).ok_or(FileFault::NotSigned)?;
        let there = tree::includes(&checkpoint.root, checkpoint.size, *index, &self.leaf.0, path);
        if there { Ok(Shown::Sealed(Box::new(checkpoint))) } else { Err(FileFault::NotIncluded) }
    }
}

/// Keys as lines: number, smallest size, key, endorsement in base 64.
pub fn write_keys(keys: &[KeyRow]) -> String {
    let line = |row: &KeyRow| {
        let endorsement = if row.endorsement.is_empty() { "-".into() } else { to_base64(row.endorsement.as_bytes()) };
        format!("key {} {} {} {endorsement}\n", row.id, row.first_size, row.vkey)
    };
    keys.iter().map(line).collect::<Vec<_>>().concat()
}

/// Reads what [`write_keys`] wrote; `None` for anything else.
pub fn read_keys<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Option<Vec<KeyRow>> {
    let read = |line: &str| {
        let mut parts = line.strip_prefix("key ")?.split(' ');
        let (id, first_size, vkey) =
            (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.to_owned());
        let endorsement = match parts.next()? {
            "-" => String::new(),
            text => String::from_utf8(from_base64(text)?).ok()?,
        };
        parts.next().is_none().then_some(KeyRow { id, vkey, first_size, endorsement })
    };
    let keys: Vec<KeyRow> = lines.take(MOST_KEYS + 1).map(read).collect::<Option<_>>()?;
    (keys.len() <= MOST_KEYS).then_some(keys)
}

#[cfg(test)]
mod tests {
    use super::super::{Secret, StaffHead, sha256};
    use super::*;

    fn signer() -> Signer {
        Signer::new("thuocdo/1/0a", &Secret::new([1; 32])).unwrap()
    }

    fn files() -> [ReceiptFile; 2] {
        let leaves: Vec<Hash> = (0_u8..5).map(|n| sha256(&[&[n]])).collect();
        let root = tree::node(
            &tree::node(&tree::node(&leaves[0], &leaves[1]), &tree::node(&leaves[2], &leaves[3])),
            &leaves[4],
        );
        let (origin, staff_log) = ("thuocdo/1/0a".to_owned(), StaffHead { seq: 0, hash: [0; 32] });
        let note =
            signer().sign(&Checkpoint { origin, size: 5, root, before: 0, through: Day(20_778), staff_log }.text());
        let first = KeyRow { id: 1, vkey: signer().key().to_string(), first_size: 1, endorsement: String::new() };
        let two = Signer::new("thuocdo/1/0a", &Secret::new([2; 32])).unwrap();
        let mut next = KeyRow { id: 2, vkey: two.key().to_string(), first_size: 6, endorsement: String::new() };
        next.endorsement = signer().sign(&next.endorsed("thuocdo/1/0a"));
        let (day, leaf) = (Day(20_778), Leaf(leaves[2]));
        let path = vec![leaves[3], tree::node(&leaves[0], &leaves[1]), leaves[4]];
        let inclusion = Some(Inclusion { index: 2, path });
        let proof = ReceiptFile { day, leaf, inclusion, keys: vec![first, next], note };
        let promise = ReceiptFile { inclusion: None, note: promise(&two, day, &leaf), ..proof.clone() };
        [proof, promise]
    }

    #[test]
    fn a_file_is_read_as_it_is_written_and_shows_what_it_says() {
        for file in files() {
            assert_eq!(ReceiptFile::parse(&file.write()), Ok(file.clone()));
            assert_eq!(ReceiptFile::parse(&file.write().replace('\n', "\r\n")), Ok(file.clone()));
            for pinned in [None, Some(signer())] {
                let shown = file.verify(pinned.as_ref().map(Signer::key)).unwrap();
                match shown {
                    Shown::Sealed(at) => assert!(file.inclusion.is_some() && at.size == 5),
                    Shown::Promised(origin) => assert!(file.inclusion.is_none() && origin == "thuocdo/1/0a"),
                }
            }
            let stranger = Signer::new("thuocdo/1/0a", &Secret::new([3; 32])).unwrap();
            assert_eq!(file.verify(Some(stranger.key())), Err(FileFault::Keys(KeyFault::NotPinned)));
        }
    }

    #[test]
    fn no_character_of_a_file_can_be_changed() {
        for file in files() {
            let text = file.write();
            for at in 0..text.len() {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= 2;
                let Ok(changed) = String::from_utf8(bytes) else { continue };
                let read = ReceiptFile::parse(&changed).ok().filter(|read| *read != file);
                let shown = read.as_ref().map(|read| read.verify(Some(signer().key())));
                assert!(!matches!(shown, Some(Ok(_))), "{at}: {changed}");
            }
        }
        for bad in ["", "x", "thuocdo receipt proof v1\n\n", &"x".repeat(LARGEST_PROOF + 1)] {
            assert_eq!(ReceiptFile::parse(bad), Err(FileFault::Malformed));
        }
    }
}
