//! The leaf of an answer: what stands in the record for it, and its key.

use super::sha256;
use crate::words::{Channel, Day, FieldId, Helper, Level, PointId, ProcedureId, Province, UnitId};

/// Format of the canonical record below. A change of the layout is a new number.
const FORMAT: u8 = 1;

/// The hash under which an answer is stored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leaf(pub [u8; 32]);

impl std::fmt::Debug for Leaf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Leaf(…)")
    }
}

/// A masked comment with the salt of its commitment; the only part of an answer that can be erased.
#[derive(Clone, PartialEq, Eq)]
pub struct Comment {
    /// Masked text.
    pub text: String,
    /// Own salt.
    pub salt: [u8; 32],
}

impl std::fmt::Debug for Comment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Comment(…)")
    }
}

/// The commitment to a comment: `SHA-256(0x02 ‖ masked text ‖ own salt)`.
pub fn comment_commitment(comment: &Comment) -> [u8; 32] {
    sha256(&[&[2], comment.text.as_bytes(), &comment.salt])
}

/// One answer as it is recorded. Holds no time finer than the day and nothing of the ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Province.
    pub province: Province,
    /// Civil day of storing.
    pub day: Day,
    /// Hash of the edition's definition.
    pub edition_hash: [u8; 32],
    /// Collection point: the receiving side.
    pub point: PointId,
    /// Deciding unit, where known.
    pub deciding_unit: UnitId,
    /// Procedure, where known.
    pub procedure: ProcedureId,
    /// Field, where known.
    pub field: FieldId,
    /// Channel.
    pub channel: Channel,
    /// Trust level, set by the server.
    pub level: Level,
    /// Why the level was lowered; 0 = it was not.
    pub reason: i16,
    /// Who pressed.
    pub helper: Helper,
    /// Marks that the answer itself shows.
    pub flags: i16,
    /// Wave and sampled place, where there is one.
    pub wave: Option<i32>,
    /// Sampled place.
    pub place: Option<i32>,
    /// Canonical answers.
    pub answers: Vec<u8>,
    /// Commitment to the comment.
    pub comment: Option<[u8; 32]>,
}

impl Record {
    /// Format byte of the record.
    pub const fn format() -> i16 {
        FORMAT as i16
    }

    /// Canonical bytes: every number big-endian and of fixed width, optional parts behind a presence byte, the answers
    /// behind their length.
    pub fn canonical(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(128 + self.answers.len());
        bytes.push(FORMAT);
        bytes.extend(self.province.0.to_be_bytes());
        bytes.extend(self.day.0.to_be_bytes());
        bytes.extend(self.edition_hash);
        bytes.extend(self.point.0.to_be_bytes());
        bytes.extend(self.deciding_unit.0.to_be_bytes());
        bytes.extend(self.procedure.0.to_be_bytes());
        bytes.extend(self.field.0.to_be_bytes());
        for code in [self.channel.code(), self.level.code(), self.reason, self.helper.code(), self.flags] {
            bytes.extend(code.to_be_bytes());
        }
        for number in [self.wave, self.place] {
            match number {
                Some(number) => {
                    bytes.push(1);
                    bytes.extend(number.to_be_bytes());
                }
                None => bytes.push(0),
            }
        }
        bytes.extend(u32::try_from(self.answers.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend(&self.answers);
        match self.comment {
            Some(commitment) => {
                bytes.push(1);
                bytes.extend(commitment);
            }
            None => bytes.push(0),
        }
        bytes
    }

    /// Reads canonical bytes, and no others.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = Rest(bytes);
        rest.take::<1>().filter(|format| *format == [FORMAT])?;
        let read = Self {
            province: Province(i16::from_be_bytes(rest.take()?)),
            day: Day(i32::from_be_bytes(rest.take()?)),
            edition_hash: rest.take()?,
            point: PointId(i32::from_be_bytes(rest.take()?)),
            deciding_unit: UnitId(i32::from_be_bytes(rest.take()?)),
            procedure: ProcedureId(i32::from_be_bytes(rest.take()?)),
            field: FieldId(i16::from_be_bytes(rest.take()?)),
            channel: Channel::from_code(i16::from_be_bytes(rest.take()?))?,
            level: Level::from_code(i16::from_be_bytes(rest.take()?))?,
            reason: i16::from_be_bytes(rest.take()?),
            helper: Helper::from_code(i16::from_be_bytes(rest.take()?))?,
            flags: i16::from_be_bytes(rest.take()?),
            wave: rest.optional(i32::from_be_bytes)?,
            place: rest.optional(i32::from_be_bytes)?,
            answers: rest.counted()?,
            comment: rest.optional(|hash| hash)?,
        };
        rest.0.is_empty().then_some(read)
    }

    /// `leaf = SHA-256(0x00 ‖ record ‖ salt)`.
    pub fn leaf(&self, salt: &[u8; 32]) -> Leaf {
        Leaf(sha256(&[&[0], &self.canonical(), salt]))
    }
}

/// Bytes that are still to be read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    /// What stands behind a presence byte, read by `read`; nothing where these are no such bytes.
    #[expect(clippy::option_option, reason = "absent and unreadable are two things")]
    fn optional<T, const N: usize>(&mut self, read: impl Fn([u8; N]) -> T) -> Option<Option<T>> {
        match self.take::<1>()? {
            [0] => Some(None),
            [1] => self.take().map(read).map(Some),
            _ => None,
        }
    }

    /// What stands behind its length.
    fn counted(&mut self) -> Option<Vec<u8>> {
        let length = usize::try_from(u32::from_be_bytes(self.take()?)).ok()?;
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record {
            province: Province(1),
            day: Day(20_000),
            edition_hash: [7; 32],
            point: PointId(3),
            deciding_unit: UnitId::NONE,
            procedure: ProcedureId::NONE,
            field: FieldId::NONE,
            channel: Channel::CounterQr,
            level: Level::D,
            reason: 0,
            helper: Helper::None,
            flags: 0,
            wave: None,
            place: None,
            answers: vec![4, 0, 5],
            comment: None,
        }
    }

    #[test]
    fn a_record_is_read_as_it_is_written_and_no_other_way() {
        let full = Record { wave: Some(-3), place: Some(9), comment: Some([8; 32]), ..record() };
        for of in [record(), full] {
            let bytes = of.canonical();
            assert_eq!(Record::read(&bytes), Some(of));
            for cut in 0..bytes.len() {
                assert_eq!(Record::read(&bytes[..cut]), None, "{cut}");
            }
            assert_eq!(Record::read(&[bytes, vec![0]].concat()), None);
        }
    }

    #[test]
    fn every_part_of_the_record_changes_the_leaf() {
        let salt = [1; 32];
        let changes: Vec<fn(&mut Record)> = vec![
            |r| r.province = Province(2),
            |r| r.day = Day(20_001),
            |r| r.edition_hash[31] = 8,
            |r| r.point = PointId(4),
            |r| r.deciding_unit = UnitId(1),
            |r| r.procedure = ProcedureId(1),
            |r| r.field = FieldId(1),
            |r| r.channel = Channel::Kiosk,
            |r| r.level = Level::C,
            |r| r.reason = 1,
            |r| r.helper = Helper::Staff,
            |r| r.flags = 1,
            |r| r.wave = Some(0),
            |r| r.place = Some(0),
            |r| r.answers = vec![4, 0],
            |r| r.comment = Some([0; 32]),
        ];
        let mut leaves = vec![record().leaf(&salt), record().leaf(&[2; 32])];
        for change in changes {
            let mut other = record();
            change(&mut other);
            leaves.push(other.leaf(&salt));
        }
        let count = leaves.len();
        leaves.sort();
        leaves.dedup();
        assert_eq!(leaves.len(), count);
    }
}
