//! The frozen content of a publication and its one way to be written.

use serde::{Deserialize, Serialize};

use super::figure::Frozen;
use crate::record::{hex, sha256};

/// The format below. A change of meaning is a new word.
pub const FORMAT: &str = "thuocdo-publication-1";
/// Most bytes of a publication that are read.
pub const LARGEST: usize = 64 * 1024 * 1024;

/// Words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// What is published: frozen when it is submitted, and never changed after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// [`FORMAT`].
    pub format: String,
    /// The installation, by the name its checkpoints carry.
    pub origin: String,
    /// Number of the province.
    pub province: i16,
    /// Whether every answer was made up for a demonstration.
    pub simulated: bool,
    /// Name in the address.
    pub slug: String,
    /// 1, or one more than the version that this one corrects.
    pub version: u32,
    /// Title.
    pub title: Both,
    /// Why an earlier version had to be corrected; none for the first.
    pub reason: Option<String>,
    /// Hash of the approval of the version before, or of the publication before in time; none for the first of all.
    pub previous: Option<String>,
    /// Version of the program that computed it.
    pub software: String,
    /// Which of the satisfaction numbers, by its word.
    pub measure: String,
    /// Code of the unit at the top.
    pub unit: String,
    /// First day of the period.
    pub from: String,
    /// Last day of the period.
    pub to: String,
    /// Answers below which nothing is shown.
    pub fewest: u64,
    /// Answers that a step of the counts holds at least.
    pub block: u64,
    /// Methods by id, each with the words of the figures that mean it.
    pub methods: Vec<MethodRef>,
    /// Editions of the questionnaire; a run is named by its last edition.
    pub editions: Vec<EditionRef>,
    /// The state of the record it was computed from.
    pub checkpoint: Option<CheckpointRef>,
    /// Units, each after the one above it.
    pub units: Vec<UnitRef>,
    /// Fields of administration that are told apart.
    pub fields: Vec<FieldPart>,
    /// Targets in force.
    pub targets: Vec<TargetRef>,
    /// Decisions of two persons about answers of the period.
    pub decisions: Vec<DecisionRef>,
    /// Levels of months that are set aside.
    pub withheld: Vec<WithheldMonth>,
    /// Block sums.
    pub blocks: Vec<BlockSum>,
    /// Hash of the single blocks, which the auditor's bundle holds.
    pub evidence: String,
    /// Figures.
    pub groups: Vec<Group>,
}

/// A method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodRef {
    /// Id in the catalogue.
    pub id: String,
    /// Hash of its entry.
    pub hash: String,
}

/// An edition of the questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionRef {
    /// Code and version, `counter-1`.
    pub name: String,
    /// The run it belongs to, named by its last edition.
    pub run: String,
    /// Hash of its definition.
    pub hash: String,
    /// First day of use.
    pub first_day: String,
}

/// A signed state of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckpointRef {
    /// Number of answers in the record.
    pub size: u64,
    /// Root of their tree.
    pub root: String,
    /// Last day sealed by then.
    pub through: String,
    /// Place of the first leaf that the bundle holds.
    pub first: u64,
    /// Sealed days, or what came late to one, from there on: day and number of leaves.
    pub batches: Vec<(String, u64)>,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitRef {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// What it is, by its word.
    pub kind: String,
    /// Code of the unit above; none for the top.
    pub parent: Option<String>,
    /// Whether it stands apart from the sums above it (a line agency).
    pub apart: bool,
    /// Dossiers returned in the period, where they are known.
    pub returned: Option<u64>,
    /// One-time tickets given out, where any were.
    pub offered: Option<u64>,
}

/// A field of administration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldPart {
    /// Number.
    pub id: i16,
    /// Name.
    pub name: String,
}

/// A target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetRef {
    /// Threshold as a decimal: a share from 0 to 1, or minutes.
    pub threshold: String,
    /// percent or minutes.
    pub value: String,
    /// >=, > or <=.
    pub comparison: String,
    /// The document that sets it.
    pub citation: String,
}

/// A decision about answers of the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRef {
    /// Number.
    pub id: i32,
    /// move or exclude.
    pub kind: String,
    /// Why, a word of the closed list.
    pub reason: String,
}

/// A level of a month of a unit that is set aside, because too many people said that somebody else had answered for them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithheldMonth {
    /// Code of the unit.
    pub unit: String,
    /// First day of the half-month.
    pub half: String,
    /// Level.
    pub level: String,
}

/// The blocks of a unit itself, without the units below it, of one edition, level and half-month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockSum {
    /// Code of the unit.
    pub unit: String,
    /// Edition.
    pub edition: String,
    /// Level.
    pub level: String,
    /// First day of the half-month.
    pub half: String,
    /// Number of blocks.
    pub blocks: u64,
    /// Answers of the smallest.
    pub smallest: u64,
    /// Answers of all.
    pub forms: u64,
}

/// Figures of one unit, or one part of it, in one period, from one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Code of the unit.
    pub unit: String,
    /// Field, where the figures are of that field alone.
    pub field: Option<i16>,
    /// First and last day, where they are not those of the publication: a point of the series.
    pub period: Option<(String, String)>,
    /// Why nothing before it in the series is compared with it or with what comes after; of a point of the series.
    pub break_before: Option<String>,
    /// headline, or a level.
    pub source: String,
    /// The run of the questionnaire.
    pub run: String,
    /// Forms counted, where the group is no part and they are enough.
    pub forms: Option<u64>,
    /// Figures, the composite first.
    pub figures: Vec<Frozen>,
}

/// Why bytes are no publication.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    /// Too many bytes.
    #[error("it has {0} bytes, at most {LARGEST} are read")]
    TooLarge(usize),
    /// Not what a publication looks like.
    #[error("{0}")]
    Malformed(String),
    /// Another format.
    #[error("format {0:?} is not known to this version")]
    Format(String),
    /// It says the same in another way: there is only one.
    #[error("it is not written in the one canonical way: the first difference is at byte {0}")]
    Written(usize),
}

impl Publication {
    /// The canonical bytes: fields in the order of this file, two blanks for each depth, line breaks alone, UTF-8.
    pub fn canonical(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads canonical bytes, and no others.
    pub fn read(bytes: &[u8]) -> Result<Self, NotCanonical> {
        if bytes.len() > LARGEST {
            return Err(NotCanonical::TooLarge(bytes.len()));
        }
        let read: Self = serde_json::from_slice(bytes).map_err(|error| NotCanonical::Malformed(error.to_string()))?;
        if read.format != FORMAT {
            return Err(NotCanonical::Format(read.format));
        }
        let again = read.canonical();
        if again != bytes {
            let same = again.iter().zip(bytes).take_while(|(one, other)| one == other).count();
            return Err(NotCanonical::Written(same));
        }
        Ok(read)
    }

    /// SHA-256 of the canonical bytes.
    pub fn hash(&self) -> String {
        hex(&sha256(&[&self.canonical()]))
    }

    /// A unit by its code.
    pub fn unit(&self, code: &str) -> Option<&UnitRef> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// The group of a unit as a whole in the period itself.
    pub fn group(&self, unit: &str, source: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.is_whole() && group.unit == unit && group.source == source)
    }

    /// Points of the series of a source, in the order of time.
    pub fn series(&self, source: &str) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(move |group| group.period.is_some() && group.source == source)
    }
}

impl Group {
    /// Whether it is of a unit as a whole in the period of the publication.
    pub const fn is_whole(&self) -> bool {
        self.field.is_none() && self.period.is_none()
    }

    /// A figure by what it is of.
    pub fn figure(&self, what: &str) -> Option<&Frozen> {
        self.figures.iter().find(|figure| figure.what == what)
    }
}
