//! What is decided on, read from the canonical text of its kind: here and nowhere else.

use std::collections::BTreeSet;

use anyhow::Context;

use super::edition::EditionFile;
use crate::registry::Directory;
use crate::registry::moves::Move;
use crate::store::decisions::StoredDecision;
use crate::words::{Day, DecisionKind};

/// What is decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Answers of whole days at one point belong to another.
    Move(Move),
    /// An uploaded questionnaire is put into use.
    Edition(EditionFile),
}

impl Subject {
    /// What a decision is on; fails where its text is none of its kind.
    pub fn of(decision: &StoredDecision) -> anyhow::Result<Self> {
        let text = &decision.subject;
        let read = match decision.kind {
            DecisionKind::Move => Move::parse(text).map(Self::Move),
            DecisionKind::Edition => EditionFile::parse(text).map(Self::Edition),
        };
        read.with_context(|| format!("in decision {}", decision.id))
    }

    /// Its kind.
    pub const fn kind(&self) -> DecisionKind {
        match self {
            Self::Move(_) => DecisionKind::Move,
            Self::Edition(_) => DecisionKind::Edition,
        }
    }

    /// The canonical text.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Move(moved) => moved.subject(),
            Self::Edition(file) => file.text(),
        }
    }

    /// In one line, for the staff log and the command line: points by their codes, questionnaires by name and hash.
    pub fn told(&self, directory: &Directory) -> String {
        match self {
            Self::Move(moved) => told(moved, directory),
            Self::Edition(file) => file.told(),
        }
    }
}

fn told(moved: &Move, directory: &Directory) -> String {
    let code = |point| directory.point(point).map_or("?", |(point, _)| point.code.as_str());
    let (from, to) = (code(moved.from), code(moved.to));
    let days: BTreeSet<String> = [moved.days.from, moved.days.to].map(Day::iso).into_iter().collect();
    format!("{from} to {to}, {}", days.into_iter().collect::<Vec<_>>().join(" to "))
}
