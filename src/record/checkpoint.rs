//! Checkpoints (C2SP tlog-checkpoint): the size and the root of the tree at the end of a sealing, signed; and the keys that
//! sign them, each endorsed by the one before.

use super::note::hash_from_base64;
use super::{Note, NoteKey, Secret, Signer, StaffHead, hex, sha256, to_base64};
use crate::words::{Day, Province};

/// The state of the record that a checkpoint commits to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The installation, by a name that never changes.
    pub origin: String,
    /// Number of sealed answers.
    pub size: u64,
    /// Root of their tree.
    pub root: [u8; 32],
    /// Size of the checkpoint before; 0 for the first.
    pub before: u64,
    /// Last day sealed by then.
    pub through: Day,
    /// Head of the staff log, so that what was decided cannot be trimmed either.
    pub staff_log: StaffHead,
}

impl Checkpoint {
    /// The text that is signed.
    pub fn text(&self) -> String {
        let Self { origin, size, root, before, through, staff_log } = self;
        let day = through.iso();
        let (root, head) = (to_base64(root), to_base64(&staff_log.hash));
        format!("{origin}\n{size}\n{root}\nbefore {before}\nthrough {day}\nstaff-log {} {head}\n", staff_log.seq)
    }

    /// Reads the text of a note; `None` if it is no checkpoint of this program.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let origin = lines.next()?.to_owned();
        let size = lines.next()?.parse().ok()?;
        let root = hash_from_base64(lines.next()?)?;
        let before = lines.next()?.strip_prefix("before ")?.parse().ok()?;
        let through = Day::parse(lines.next()?.strip_prefix("through ")?)?;
        let (seq, hash) = lines.next()?.strip_prefix("staff-log ")?.split_once(' ')?;
        let staff_log = StaffHead { seq: seq.parse().ok()?, hash: hash_from_base64(hash)? };
        let read = Self { origin, size, root, before, through, staff_log };
        // There is one way to write it, so that two texts never say the same.
        (read.text() == text).then_some(read)
    }
}

/// The name of an installation: made of its province and its first key, kept in that key, and never changed again.
pub fn origin_of(province: Province, first: &Secret) -> Option<String> {
    let unnamed = Signer::new("thuocdo", first)?;
    let hash = sha256(&[b"thuocdo origin", unnamed.key().to_string().as_bytes()]);
    Some(format!("thuocdo/{}/{}", province.0, hex(hash.get(..8)?)))
}

/// A public key as it is stored and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Number, from 1.
    pub id: i32,
    /// The key as it is written.
    pub vkey: String,
    /// Smallest size of a checkpoint that it signs.
    pub first_size: u64,
    /// A note over this row, signed by the key before; signed by this key itself where the one before was lost; empty for
    /// the first.
    pub endorsement: String,
}

impl KeyRow {
    /// What an endorsement says.
    pub fn endorsed(&self, origin: &str) -> String {
        format!("{origin}\nkey {} from {}\n{}\n", self.id, self.first_size, self.vkey)
    }
}

/// Why keys are not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// There is none.
    #[error("there is no key")]
    None,
    /// A number does not follow the one before.
    #[error("key {0} is missing: key {1} follows")]
    Missing(i32, i32),
    /// The key is none, or of another name, or begins too early.
    #[error("key {0} is not what a key of this record looks like")]
    Malformed(i32),
    /// The key before did not endorse it.
    #[error("key {0} is not endorsed by the key before it")]
    NotEndorsed(i32),
    /// The key that is trusted is not among them.
    #[error("the key that is trusted is not among the keys of the record")]
    NotPinned,
}

/// Keys that lead from a trusted one to the present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyring {
    keys: Vec<(KeyRow, NoteKey)>,
    /// Keys that began without the word of the one before, because that was lost.
    pub orphans: Vec<i32>,
}

impl Keyring {
    /// Follows the endorsements from the first key on. A pinned key has to be among them, and what came before it is not
    /// believed; after it no key may begin without the word of the one before.
    pub fn follow(rows: &[KeyRow], pinned: Option<&NoteKey>) -> Result<Self, KeyFault> {
        let mut keys: Vec<(KeyRow, NoteKey)> = Vec::with_capacity(rows.len());
        let mut orphans = Vec::new();
        for (number, row) in (1..).zip(rows) {
            let key = NoteKey::parse(&row.vkey).ok_or(KeyFault::Malformed(row.id))?;
            let last = keys.last();
            if row.id != number {
                return Err(KeyFault::Missing(number, row.id));
            }
            if last.is_some_and(|(last, of)| last.first_size > row.first_size || of.name() != key.name())
                || (last.is_none() && row.first_size != 1)
            {
                return Err(KeyFault::Malformed(row.id));
            }
            let note = Note::parse(&row.endorsement).filter(|note| note.text() == row.endorsed(key.name()));
            let signed = |by: &NoteKey| note.as_ref().is_some_and(|note| note.is_signed_by(by));
            match last {
                None if row.endorsement.is_empty() => {}
                Some((_, before)) if signed(before) => {}
                Some(_) if signed(&key) => orphans.push(row.id),
                _ => return Err(KeyFault::NotEndorsed(row.id)),
            }
            keys.push((row.clone(), key));
        }
        if let Some(pinned) = pinned {
            let at = keys.iter().position(|(_, key)| key == pinned).ok_or(KeyFault::NotPinned)?;
            keys.drain(..at);
            let first = keys.first().map_or(0, |(row, _)| row.id);
            orphans.retain(|id| *id > first);
            if let Some(orphan) = orphans.first() {
                return Err(KeyFault::NotEndorsed(*orphan));
            }
        }
        if keys.is_empty() { Err(KeyFault::None) } else { Ok(Self { keys, orphans }) }
    }

    /// The name of the record.
    pub fn origin(&self) -> &str {
        self.keys.first().map_or("", |(_, key)| key.name())
    }

    /// The key in use, with its number.
    pub fn current(&self) -> Option<(i32, &NoteKey)> {
        self.keys.last().map(|(row, key)| (row.id, key))
    }

    /// The first of the keys that are believed.
    pub fn first(&self) -> Option<&NoteKey> {
        self.keys.first().map(|(_, key)| key)
    }

    /// The key that signs checkpoints of a size, with its number.
    pub fn for_size(&self, size: u64) -> Option<(i32, &NoteKey)> {
        self.keys.iter().rev().find(|(row, _)| row.first_size <= size).map(|(row, key)| (row.id, key))
    }

    /// The checkpoint of a note, if the key of its size signed it.
    pub fn checkpoint(&self, note: &str) -> Option<Checkpoint> {
        let note = Note::parse(note)?;
        let checkpoint = Checkpoint::parse(note.text()).filter(|read| read.origin == self.origin())?;
        let (_, key) = self.for_size(checkpoint.size)?;
        note.is_signed_by(key).then_some(checkpoint)
    }

    /// Whether any of the keys signed a note.
    pub fn signed(&self, note: &Note) -> bool {
        self.keys.iter().any(|(_, key)| note.is_signed_by(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(seed: u8) -> Signer {
        Signer::new("thuocdo/1/0a", &Secret::new([seed; 32])).unwrap()
    }

    fn row(id: i32, key: &Signer, first_size: u64, by: Option<&Signer>) -> KeyRow {
        let mut row = KeyRow { id, vkey: key.key().to_string(), first_size, endorsement: String::new() };
        row.endorsement = by.map(|by| by.sign(&row.endorsed("thuocdo/1/0a"))).unwrap_or_default();
        row
    }

    fn at(size: u64) -> Checkpoint {
        let staff_log = StaffHead { seq: 3, hash: [9; 32] };
        Checkpoint {
            origin: "thuocdo/1/0a".to_owned(),
            size,
            root: [5; 32],
            before: 1,
            through: Day(20_778),
            staff_log,
        }
    }

    #[test]
    fn a_checkpoint_is_read_as_it_is_written_and_no_other_way() {
        let text = at(12).text();
        assert_eq!(Checkpoint::parse(&text), Some(at(12)));
        for bad in [
            text.replace("12", "012"),
            text.replace("before 1", "before +1"),
            text.replace('\n', "\n\n"),
            text.clone() + "more\n",
            text.trim_end().to_owned(),
            text.replace("staff-log 3", "staff-log -3"),
        ] {
            assert_ne!(Checkpoint::parse(&bad), Some(at(12)), "{bad}");
        }
    }

    #[test]
    fn each_key_signs_its_own_time_and_follows_from_the_first() {
        let (one, two, three) = (signer(1), signer(2), signer(3));
        let rows = [row(1, &one, 1, None), row(2, &two, 10, Some(&one)), row(3, &three, 20, Some(&two))];
        for pinned in [None, Some(one.key()), Some(two.key())] {
            let ring = Keyring::follow(&rows, pinned).unwrap();
            for (size, signers) in [(15, [false, true, false]), (20, [false, false, true])] {
                let signed =
                    [&one, &two, &three].map(|by| ring.checkpoint(&by.sign(&at(size).text())) == Some(at(size)));
                assert_eq!(signed, signers);
            }
            assert_eq!(ring.checkpoint(&one.sign(&at(9).text())).is_some(), pinned != Some(two.key()));
        }
        let foreign = Checkpoint { origin: "thuocdo/2/0a".to_owned(), ..at(15) };
        let ring = Keyring::follow(&rows, None).unwrap();
        assert_eq!(ring.checkpoint(&two.sign(&foreign.text())), None);
        assert_eq!(Keyring::follow(&rows, Some(signer(4).key())), Err(KeyFault::NotPinned));
    }

    #[test]
    fn a_key_that_nobody_endorsed_is_refused_and_one_after_a_loss_is_named() {
        let (one, two, other) = (signer(1), signer(2), signer(9));
        let first = row(1, &one, 1, None);
        let by = |signer| Keyring::follow(&[first.clone(), row(2, &two, 10, signer)], None);
        assert_eq!(by(None), Err(KeyFault::NotEndorsed(2)));
        assert_eq!(by(Some(&other)), Err(KeyFault::NotEndorsed(2)));
        assert_eq!(by(Some(&two)).unwrap().orphans, [2]);
        let rows = [first.clone(), row(2, &two, 10, Some(&two))];
        assert_eq!(Keyring::follow(&rows, Some(one.key())), Err(KeyFault::NotEndorsed(2)));
        assert_eq!(Keyring::follow(&rows, Some(two.key())).unwrap().orphans, [0_i32; 0]);
        let early = KeyRow { first_size: 9, ..row(2, &two, 10, Some(&one)) };
        assert_eq!(Keyring::follow(&[first.clone(), early], None), Err(KeyFault::NotEndorsed(2)));
        assert_eq!(Keyring::follow(&[row(2, &two, 1, None)], None), Err(KeyFault::Missing(1, 2)));
        assert_eq!(Keyring::follow(&[], None), Err(KeyFault::None));
    }
}
