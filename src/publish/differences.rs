//! What choosing oneself to answer makes: the drawn sample against every other level, of the composite of one edition.

use serde_json::{Value, json};

use super::report::{Domain, Group};
use crate::index::{Estimate, Source, Statistic, What};
use crate::statistics::{Confidence, Estimated, independent_difference};
use crate::words::Level;

/// The drawn sample minus another level, with Welch's interval. The persons of two levels are not the same.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelDifference {
    /// Name of the edition.
    pub edition: String,
    /// The level that is subtracted.
    pub other: Level,
    /// Level A minus that level, of shares from -1 to 1.
    pub estimate: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
}

/// The differences among estimates in groups.
pub(super) fn differences(groups: &[Group]) -> Vec<LevelDifference> {
    let of = |group: &Group, level: Level| -> Option<Estimated> {
        let is_it = |one: &&Estimate| {
            one.source == Source::Level(level) && one.what == What::Composite && one.statistic == Statistic::Share
        };
        let found = group.estimates.iter().find(is_it).filter(|_| group.domain == Domain::Whole)?;
        Some(Estimated { value: found.estimate?, se: found.se?, df: found.df? })
    };
    let mut found = Vec::new();
    for sample in groups {
        let Some(a) = of(sample, Level::A) else { continue };
        for group in groups.iter().filter(|group| group.edition == sample.edition) {
            for level in [Level::B, Level::C, Level::D] {
                let difference = of(group, level).and_then(|b| independent_difference(a, b, Confidence::P95));
                found.extend(difference.map(|one| LevelDifference {
                    edition: group.edition.clone(),
                    other: level,
                    estimate: one.estimate,
                    interval: (one.interval.low, one.interval.high),
                }));
            }
        }
    }
    found
}

impl LevelDifference {
    /// As it stands in the report.
    pub(super) fn json(&self) -> Value {
        json!({
            "by": "level",
            "of": ["A", self.other.word()],
            "edition": self.edition,
            "measure": "composite",
            "statistic": "share",
            "estimate": self.estimate,
            "interval": [self.interval.0, self.interval.1],
        })
    }

    /// In a line for a terminal.
    pub(super) fn line(&self) -> String {
        let points = |value: f64| format!("{:+.2}", value * 100.0);
        let (low, high) = self.interval;
        format!(
            "{} A minus {}: {} points ({} to {})\n",
            self.edition,
            self.other,
            points(self.estimate),
            points(low),
            points(high)
        )
    }
}
