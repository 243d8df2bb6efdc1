//! The words of a group in which everybody was asked.

use super::unit_page::View;
use super::verdict_words::Held;
use crate::index::{Basis, Estimate, Verdict};
use crate::publish::figures::SourceFigures;
use crate::text::figure::standing::Outcome;
use crate::text::figure::{CensusIndex, CensusText, census, census_index};
use crate::text::parts;
use crate::web::view::Wording;

/// The whole sentence of a census; none for any other figure. A form of one question counts people, an index of several
/// does not.
pub(super) fn sentence(
    view: &View<'_>,
    source: &SourceFigures,
    estimate: &Estimate,
    held: &[Held<'_>],
) -> Option<String> {
    let people = view.figures.transactions.filter(|_| estimate.basis == Basis::Census)?;
    let limits = estimate.interval()?;
    let verdict = match held {
        [only] => outcome(only).map(|outcome| (only.threshold, outcome)),
        _ => None,
    };
    let edition = &view.figures.edition.as_ref()?.edition;
    let mut rated = edition.index_ratings();
    if let (Some((number, _)), None, Some((target, outcome))) = (rated.next(), rated.next(), verdict) {
        let (satisfied, answered) = source.tally.satisfied(edition, number)?;
        let group = CensusText {
            people,
            answered: u64::try_from(answered).ok()?,
            satisfied: u64::try_from(satisfied).ok()?,
            required: required(target.value, people),
        };
        return Some(census(view.lang, group, target, outcome).to_string());
    }
    let index = CensusIndex { people, answered: estimate.n, limits: (limits.low, limits.high) };
    Some(census_index(view.lang, index, verdict).to_string())
}

/// What stands in place of the interval: everybody was asked.
pub(super) fn in_place_of_interval(view: &View<'_>, estimate: &Estimate) -> Option<Wording> {
    (estimate.basis == Basis::Census).then(|| parts::EVERYBODY_ASKED.get(view.lang).into())
}

/// Whether the figure at the top of the page is that of a census.
pub(super) fn is_census(view: &View<'_>) -> bool {
    let source = super::headline::shown_source(view);
    source.and_then(|source| source.estimates.first()).is_some_and(|estimate| estimate.basis == Basis::Census)
}

fn outcome(held: &Held<'_>) -> Option<Outcome> {
    match held.judgement.verdict? {
        Verdict::Met => Some(Outcome::Met),
        Verdict::NotMet => Some(Outcome::NotMet),
        Verdict::Undetermined { .. } => Some(Outcome::Undetermined),
        Verdict::NotPublishable => None,
    }
}

/// The fewest satisfied people with whom the target is met.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of people counted in thousands"
)]
fn required(target: f64, people: u64) -> u64 {
    (target * people as f64 - 1e-9).ceil().max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_satisfied_people_reach_the_target_and_one_less_does_not() {
        assert_eq!((required(0.9, 45), required(0.9, 40), required(1.0, 7), required(0.0, 7)), (41, 36, 7, 0));
    }
}
