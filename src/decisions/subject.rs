//! What is decided on, read from the canonical text of its kind: here and nowhere else.

use std::collections::BTreeSet;

use anyhow::Context;

use super::edition::EditionFile;
use crate::registry::Directory;
use crate::registry::exclusions::{Exclusion, parse_restoration, restoration_subject};
use crate::registry::moves::Move;
use crate::registry::tickets::UnitMonth;
use crate::store::decisions::StoredDecision;
use crate::words::{Channel, Day, DecisionId, DecisionKind, Period};

/// What is decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Answers of whole days at one point belong to another.
    Move(Move),
    /// An uploaded questionnaire is put into use.
    Edition(EditionFile),
    /// Answers of whole days at one point and level do not count in cleaned figures.
    Exclude(Exclusion),
    /// The exclusion of this number is taken back.
    Restore(DecisionId),
    /// The figure by dossier codes of a unit-month counts again.
    Tickets(UnitMonth),
}

impl Subject {
    /// What a decision is on; fails where its text is none of its kind.
    pub fn of(decision: &StoredDecision) -> anyhow::Result<Self> {
        let text = &decision.subject;
        let read = match decision.kind {
            DecisionKind::Move => Move::parse(text).map(Self::Move),
            DecisionKind::Edition => EditionFile::parse(text).map(Self::Edition),
            DecisionKind::Exclude => Exclusion::parse(text).map(Self::Exclude),
            DecisionKind::Restore => parse_restoration(text).map(Self::Restore),
            DecisionKind::Tickets => UnitMonth::parse(text).map(Self::Tickets),
        };
        read.with_context(|| format!("in decision {}", decision.id))
    }

    /// Its kind.
    pub const fn kind(&self) -> DecisionKind {
        match self {
            Self::Move(_) => DecisionKind::Move,
            Self::Edition(_) => DecisionKind::Edition,
            Self::Exclude(_) => DecisionKind::Exclude,
            Self::Restore(_) => DecisionKind::Restore,
            Self::Tickets(_) => DecisionKind::Tickets,
        }
    }

    /// The canonical text.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Move(moved) => moved.subject(),
            Self::Edition(file) => file.text(),
            Self::Exclude(exclusion) => exclusion.subject(),
            Self::Restore(id) => restoration_subject(*id),
            Self::Tickets(of) => of.subject(),
        }
    }

    /// In one line, for the staff log and the command line: points by their codes, questionnaires by name and hash.
    pub fn told(&self, directory: &Directory) -> String {
        match self {
            Self::Move(moved) => told(moved, directory),
            Self::Edition(file) => file.told(),
            Self::Exclude(exclusion) => told_exclusion(exclusion, directory),
            Self::Restore(id) => format!("exclusion {id}"),
            Self::Tickets(of) => {
                let unit =
                    directory.unit_on(of.unit, of.days().to).or_else(|| directory.unit_on(of.unit, of.days().from));
                format!("{}, {}", unit.map_or("?", |unit| unit.code.as_str()), of.month_word())
            }
        }
    }
}

fn told_exclusion(exclusion: &Exclusion, directory: &Directory) -> String {
    let code = directory.point(exclusion.point).map_or("?", |(point, _)| point.code.as_str());
    let channel = exclusion.channel.map_or("any channel", Channel::word);
    format!("{code}, level {}, {channel}, {}", exclusion.level, days(exclusion.days))
}

fn days(of: Period) -> String {
    let days: BTreeSet<String> = [of.from, of.to].map(Day::iso).into_iter().collect();
    days.into_iter().collect::<Vec<_>>().join(" to ")
}

fn told(moved: &Move, directory: &Directory) -> String {
    let code = |point| directory.point(point).map_or("?", |(point, _)| point.code.as_str());
    let (from, to) = (code(moved.from), code(moved.to));
    format!("{from} to {to}, {}", days(moved.days))
}
