//! What stands behind the block sums of a publication, for whoever checks it with the records.

use serde::{Deserialize, Serialize};

use crate::record::{hex, sha256};

/// What stands behind the block sums, for whoever checks with the records.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Blocks, single.
    pub blocks: Vec<EvidenceBlock>,
    /// Where each point belonged at the end of each half-month.
    pub points: Vec<EvidencePoint>,
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceBlock {
    /// The point; none where remainders were pooled.
    pub point: Option<i32>,
    /// Code of the unit that it counts for, and of those above it, the nearest first.
    pub path: Vec<String>,
    /// Edition.
    pub edition: String,
    /// Level.
    pub level: String,
    /// First day of the half-month.
    pub half: i32,
    /// Number.
    pub number: i16,
    /// Last day covered.
    pub through: i32,
    /// Answers.
    pub n: u64,
}

/// A point in a half-month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidencePoint {
    /// The point.
    pub point: i32,
    /// First day of the half-month.
    pub half: i32,
    /// Codes of its unit on the last day and of those above it.
    pub path: Vec<String>,
}

impl Evidence {
    /// The canonical bytes.
    pub fn canonical(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads canonical bytes, and no others.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(bytes).ok()?;
        (read.canonical() == bytes).then_some(read)
    }

    /// SHA-256 of the canonical bytes.
    pub fn hash(&self) -> String {
        hex(&sha256(&[&self.canonical()]))
    }
}
