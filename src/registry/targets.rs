//! Acts on targets, and where targets in force contradict each other.

use anyhow::Context;

use super::By;
use super::act::{self, ActError};
use super::import::{ImportError, Report, TARGET_COLUMNS, give_back, targets_in, typed};
use crate::index::{Contradiction, Target, contradictory};
use crate::store::{Database, targets as stored};
use crate::text::Both;
use crate::text::import::digits;
use crate::text::registry::targets as say;
use crate::words::{Day, Lang, Measure, Period, Province};

pub use crate::store::targets::StoredTarget;

/// A target as it is typed in: the columns of `targets.csv`.
#[derive(Debug, Clone, Copy)]
pub struct NewTarget<'a> {
    /// Words of the measures, separated by `|`; empty = the document does not say.
    pub measure: &'a str,
    /// Name of the field, known or new; empty = all.
    pub field: &'a str,
    /// Code of the unit.
    pub unit: &'a str,
    /// First year.
    pub year_from: &'a str,
    /// Last year; empty = until further notice.
    pub year_to: &'a str,
    /// Threshold as people write it: `90%`, `0,9`, `25`.
    pub threshold: &'a str,
    /// Kind of number, by its word in files.
    pub value: &'a str,
    /// Comparison, by its word in files.
    pub comparison: &'a str,
    /// Document, number, date, place.
    pub citation: &'a str,
    /// Who issued it.
    pub issuer: &'a str,
}

/// Why a target is not ended; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetRefusal {
    /// No target in force has this number.
    Unknown(i32),
}

impl TargetRefusal {
    /// What is wrong and how to mend it.
    pub fn told(&self, lang: Lang) -> String {
        let Self::Unknown(id) = self;
        say::unknown(lang, digits(id))
    }

    /// The same in both languages.
    pub fn both(&self) -> Both {
        Both::of(|lang| self.told(lang))
    }
}

/// English, as the command line speaks.
impl std::fmt::Display for TargetRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told(Lang::En))
    }
}

impl std::error::Error for TargetRefusal {}

/// Adds a target. One that says in every column what a target in force says is left as it is; the report tells which, and
/// how the threshold was read.
pub async fn add(
    db: &Database,
    province: Province,
    new: &NewTarget<'_>,
    today: Day,
    by: By<'_>,
) -> Result<Report, ImportError> {
    let values = [
        ("measure", new.measure),
        ("field", new.field),
        ("unit", new.unit),
        ("year_from", new.year_from),
        ("year_to", new.year_to),
        ("threshold", new.threshold),
        ("value", new.value),
        ("comparison", new.comparison),
        ("citation", new.citation),
        ("issuer", new.issuer),
    ];
    let file = typed(&TARGET_COLUMNS, &values)?;
    let tx = act::begin(db).await?;
    match targets_in(&tx, province, &file, today).await {
        Ok(report) => {
            let object = values.map(|(_, value)| value.trim()).join(", ");
            act::finish(tx, province, by, "add target", &object).await?;
            Ok(report)
        }
        Err(error) => Err(give_back(tx, error).await),
    }
}

/// Ends a target on a day: it is kept, and no longer in force.
pub async fn end(
    db: &Database,
    province: Province,
    id: i32,
    today: Day,
    by: By<'_>,
) -> Result<(), ActError<TargetRefusal>> {
    let tx = act::begin(db).await?;
    if !stored::end(&tx, province, id, today).await.context("while ending the target")? {
        return Err(act::refuse(tx, TargetRefusal::Unknown(id)).await);
    }
    Ok(act::finish(tx, province, by, "end target", &format!("{id} on {}", today.iso())).await?)
}

/// All targets, ended ones too, by number.
pub async fn all(db: &Database, province: Province) -> anyhow::Result<Vec<StoredTarget>> {
    stored::all(db.reader(), province).await.context("while reading the targets")
}

/// The pairs of targets that speak of the same in the reporting year of a day and do not say the same. Ended ones are left
/// out.
pub fn contradictions(targets: &[StoredTarget], day: Day) -> Vec<Contradiction<'_>> {
    let kept = targets.iter().filter(|stored| stored.ended.is_none()).map(|stored| &stored.target);
    contradictory(kept, Period::year_of(day))
}

/// Where a target stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is held against figures.
    InForce,
    /// Its first year has not begun.
    ToCome,
    /// Its last year has passed.
    Past,
    /// Another one that begins later says what holds for all it speaks of.
    Replaced,
    /// Somebody ended it on this day.
    Ended(Day),
}

/// Where a target stands among all others on a day.
pub fn standing(target: &StoredTarget, all: &[StoredTarget], day: Day) -> Standing {
    let (own, year) = (&target.target, Period::year_of(day));
    let runs = |other: &Target| other.year_from <= year && other.year_to.is_none_or(|last| year <= last);
    let later = |other: &&StoredTarget| {
        let (ended, other) = (other.ended, &other.target);
        ended.is_none()
            && other.unit == own.unit
            && other.field == own.field
            && other.year_from > own.year_from
            && runs(other)
    };
    let is_replaced = |measure: &Measure| all.iter().filter(later).any(|o| o.target.measures.contains(measure));
    match target.ended {
        Some(day) => Standing::Ended(day),
        None if own.year_from > year => Standing::ToCome,
        None if !runs(own) => Standing::Past,
        None if own.measures.is_empty() && all.iter().filter(later).any(|o| o.target.measures.is_empty()) => {
            Standing::Replaced
        }
        None if !own.measures.is_empty() && own.measures.iter().all(is_replaced) => Standing::Replaced,
        None => Standing::InForce,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Comparison, TargetValue};
    use crate::words::{FieldId, UnitId};

    fn stored(id: i32, unit: i32, measures: &[Measure], threshold: f64) -> StoredTarget {
        let target = Target {
            measures: measures.to_vec(),
            field: FieldId::NONE,
            unit: UnitId(unit),
            year_from: 2026,
            year_to: None,
            threshold: Some(threshold),
            value: TargetValue::Percent,
            comparison: Comparison::AtLeast,
            citation: format!("KH {id}"),
            issuer: String::new(),
        };
        StoredTarget { id, target, entered: Day(0), ended: None }
    }

    fn told(targets: &[StoredTarget], year: i32) -> Vec<(String, String, usize)> {
        let found = contradictions(targets, Day::of(year, 3, 1).unwrap());
        found.iter().map(|c| (c.one.citation.clone(), c.other.citation.clone(), c.measures.len())).collect()
    }

    #[test]
    fn targets_of_the_same_that_differ_are_told_once_as_a_pair() {
        let pair = |one: &str, other: &str, n| (one.to_owned(), other.to_owned(), n);
        let both = [Measure::Counter, Measure::Province];
        let mut targets = vec![
            stored(1, 1, &both, 0.9),
            stored(2, 1, &both, 0.85),
            stored(3, 2, &both, 0.8),
            stored(4, 1, &[Measure::Health], 0.7),
        ];
        assert_eq!(told(&targets, 2026), [pair("KH 1", "KH 2", 2)]);
        assert_eq!(told(&targets, 2025), []);
        targets[1].ended = Some(Day(1));
        assert_eq!(told(&targets, 2026), []);
        let undecided = [stored(5, 1, &[], 0.95), stored(6, 1, &[], 0.85), stored(7, 1, &[], 0.85)];
        assert_eq!(told(&undecided, 2026), [pair("KH 5", "KH 6", 0), pair("KH 5", "KH 7", 0)]);
    }

    #[test]
    fn a_target_comes_holds_is_replaced_and_passes() {
        use Standing as S;
        let mut targets = vec![
            stored(1, 1, &[Measure::Counter, Measure::Province], 0.9),
            stored(2, 1, &[Measure::Counter], 0.95),
            stored(3, 1, &[], 0.8),
        ];
        targets[1].target.year_from = 2027;
        targets[2].target.year_to = Some(2026);
        let on = |targets: &[StoredTarget], year| -> Vec<Standing> {
            let day = Day::of(year, 3, 1).unwrap();
            targets.iter().map(|target| standing(target, targets, day)).collect()
        };
        assert_eq!(on(&targets, 2026), [S::InForce, S::ToCome, S::InForce]);
        assert_eq!(on(&targets, 2027), [S::InForce, S::InForce, S::Past], "the province's survey has no later one");
        targets[0].target.measures.pop();
        assert_eq!(on(&targets, 2027), [S::Replaced, S::InForce, S::Past]);
        targets[1].ended = Some(Day(7));
        assert_eq!(on(&targets, 2027), [S::InForce, S::Ended(Day(7)), S::Past]);
    }

    #[test]
    fn a_later_plan_replaces_an_earlier_one_and_does_not_contradict_it() {
        let mut targets = [stored(1, 1, &[Measure::Counter], 0.9), stored(2, 1, &[Measure::Counter], 0.95)];
        targets[1].target.year_from = 2027;
        assert_eq!((told(&targets, 2026), told(&targets, 2027)), (vec![], vec![]));
    }
}
