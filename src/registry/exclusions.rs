//! Exclusions: the answers of whole days of one point and level do not count in the cleaned figures. Never single answers,
//! and never by what was answered.

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use super::Directory;
use super::moves::Move;
use crate::store::decisions::StoredDecision;
use crate::words::{Channel, Day, DecisionId, DecisionReason, Half, Level, Period, PointId, UnitId};

/// The answers of one point and level on these days, by one channel or by any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exclusion {
    /// Where they came in.
    pub point: PointId,
    /// Their level.
    pub level: Level,
    /// Their channel; `None` = every channel.
    pub channel: Option<Channel>,
    /// Whole days, both ends included.
    pub days: Period,
}

/// An exclusion as it stands in the record.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Subject {
    point: i32,
    level: String,
    channel: Option<String>,
    day_from: String,
    day_to: String,
}

/// A restoration as it stands in the record.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RestorationSubject {
    exclusion: i32,
}

impl Exclusion {
    /// The canonical text: the same exclusion is the same text, everywhere.
    pub fn subject(&self) -> String {
        let subject = Subject {
            point: self.point.0,
            level: self.level.word().to_owned(),
            channel: self.channel.map(|channel| channel.word().to_owned()),
            day_from: self.days.from.iso(),
            day_to: self.days.to.iso(),
        };
        serde_json::to_string(&subject).unwrap_or_default()
    }

    /// Reads the canonical text.
    pub fn parse(subject: &str) -> anyhow::Result<Self> {
        let read: Subject = serde_json::from_str(subject).context("while reading what a decision excludes")?;
        let days = Day::parse(&read.day_from).zip(Day::parse(&read.day_to));
        let Some(days) = days.and_then(|(from, to)| Period::new(from, to)) else {
            bail!("the days of an exclusion are no period: {subject}");
        };
        let channel = read.channel.as_deref().map(Channel::parse).transpose().context("in an exclusion")?;
        let level = Level::parse(&read.level).context("in an exclusion")?;
        Ok(Self { point: PointId(read.point), level, channel, days })
    }

    /// Whether an answer of this point, level, channel and day is excluded.
    pub fn takes(&self, (point, level, channel): (PointId, Level, Channel), day: Day) -> bool {
        (self.point, self.level) == (point, level)
            && self.channel.is_none_or(|only| only == channel)
            && self.days.contains(day)
    }

    /// Whether two exclusions would take the same answers.
    pub fn overlaps(&self, other: &Self) -> bool {
        let is_one_channel = self.channel.is_none() || other.channel.is_none() || self.channel == other.channel;
        (self.point, self.level) == (other.point, other.level) && is_one_channel && share_days(self.days, other.days)
    }

    /// Whether a move would take answers that are excluded: nobody counts them twice.
    pub fn overlaps_move(&self, moved: &Move) -> bool {
        self.point == moved.from && share_days(self.days, moved.days)
    }

    /// The half-months it touches, whole.
    pub fn halves(&self) -> (Half, Half) {
        (self.days.from.half(), self.days.to.half())
    }

    /// Whether a day lies in a half-month that it touches.
    pub fn touches(&self, day: Day) -> bool {
        let (first, last) = self.halves();
        (first..=last).contains(&day.half())
    }

    /// The units that lose what was answered on a day.
    pub fn losing(&self, directory: &Directory, day: Day) -> Vec<UnitId> {
        let unit = directory.receiving_unit(self.point, day);
        unit.map(|unit| directory.counted_path(unit, day)).unwrap_or_default()
    }
}

fn share_days(one: Period, other: Period) -> bool {
    one.from <= other.to && other.from <= one.to
}

/// The canonical text of a restoration.
pub fn restoration_subject(exclusion: DecisionId) -> String {
    serde_json::to_string(&RestorationSubject { exclusion: exclusion.0 }).unwrap_or_default()
}

/// The exclusion that a restoration takes back, from its canonical text.
pub fn parse_restoration(subject: &str) -> anyhow::Result<DecisionId> {
    let read: RestorationSubject = serde_json::from_str(subject).context("while reading what a decision restores")?;
    Ok(DecisionId(read.exclusion))
}

/// An exclusion that two persons decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApprovedExclusion {
    /// Number of the decision.
    pub id: DecisionId,
    /// Why.
    pub reason: DecisionReason,
    /// The day on which the second person decided.
    pub decided: Day,
    /// What is excluded.
    pub exclusion: Exclusion,
    /// The day on which two persons took it back.
    pub restored: Option<Day>,
}

impl ApprovedExclusion {
    pub(super) fn of(decision: &StoredDecision) -> anyhow::Result<Self> {
        let decided = decision.decided_at.context("an approved decision has no time")?.day();
        let exclusion = Exclusion::parse(&decision.subject).with_context(|| format!("in decision {}", decision.id))?;
        Ok(Self { id: decision.id, reason: decision.reason, decided, exclusion, restored: None })
    }

    /// Whether it holds now.
    pub const fn is_in_force(&self) -> bool {
        self.restored.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(point: i32, level: Level, channel: Option<Channel>, first: i32, last: i32) -> Exclusion {
        Exclusion { point: PointId(point), level, channel, days: Period { from: Day(first), to: Day(last) } }
    }

    #[test]
    fn an_exclusion_is_one_text_and_the_text_is_the_exclusion() {
        let one = of(11, Level::D, Some(Channel::Paper), 20_500, 20_507);
        let text = r#"{"point":11,"level":"D","channel":"paper","day_from":"2026-02-16","day_to":"2026-02-23"}"#;
        assert_eq!(one.subject(), text);
        assert_eq!(Exclusion::parse(text).unwrap(), one);
        let any = of(11, Level::D, None, 20_500, 20_507);
        assert_eq!(Exclusion::parse(&any.subject()).unwrap(), any);
        for bad in
            ["", "{}", &text.replace("23", "01"), &text.replace("paper", "air"), &text.replace('}', r#","x":1}"#)]
        {
            assert!(Exclusion::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(restoration_subject(DecisionId(3)), r#"{"exclusion":3}"#);
        assert_eq!(parse_restoration(r#"{"exclusion":3}"#).unwrap(), DecisionId(3));
        assert!(parse_restoration(r#"{"exclusion":3,"x":1}"#).is_err());
    }

    #[test]
    fn exclusions_overlap_only_where_they_take_the_same_answers() {
        let one = of(1, Level::D, Some(Channel::Paper), 10, 20);
        assert!(one.overlaps(&of(1, Level::D, None, 20, 25)) && one.overlaps(&of(1, Level::D, one.channel, 12, 13)));
        assert!(!one.overlaps(&of(1, Level::D, Some(Channel::CounterQr), 12, 13)), "another channel");
        assert!(!one.overlaps(&of(1, Level::B, None, 12, 13)) && !one.overlaps(&of(2, Level::D, None, 12, 13)));
        assert!(!one.overlaps(&of(1, Level::D, None, 21, 25)));
        let moved = |from, first, last| Move {
            from: PointId(from),
            to: PointId(9),
            days: Period { from: Day(first), to: Day(last) },
        };
        assert!(one.overlaps_move(&moved(1, 20, 20)) && !one.overlaps_move(&moved(1, 21, 22)));
        assert!(!one.overlaps_move(&moved(2, 10, 20)));
        let here = |channel| (PointId(1), Level::D, channel);
        assert!(one.takes(here(Channel::Paper), Day(10)) && !one.takes(here(Channel::Paper), Day(21)));
        assert!(!one.takes(here(Channel::CounterQr), Day(10)));
    }
}
