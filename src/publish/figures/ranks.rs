//! Between which ranks a unit may stand: never one rank, because most differences lie within their error.

use super::ChildFigures;
use crate::statistics::Confidence;
use crate::statistics::units::{RankSet, Scope, UnitEstimates, bonferroni_rank_sets};
use crate::words::{UnitId, UnitKind};

/// Units from which ranks are spoken of.
const FEWEST_UNITS: usize = 3;

/// The ranks a unit may have among those that are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitRanks {
    /// The unit.
    pub unit: UnitId,
    /// The best rank that cannot be ruled out.
    pub best: usize,
    /// The worst rank that cannot be ruled out.
    pub worst: usize,
}

/// Rank sets of all units at once, with a joint confidence of 95% (statistics::units::bonferroni_rank_sets), in the order of
/// the units; none with fewer than three units that are shown.
pub(super) fn ranks(children: &[ChildFigures]) -> Vec<UnitRanks> {
    let measured = children.iter().filter(|child| child.unit.kind != UnitKind::Line);
    let shown: Vec<(UnitId, f64, f64)> = measured
        .filter_map(|child| {
            let estimate = child.headline.as_ref().filter(|estimate| estimate.withheld.is_none())?;
            Some((child.unit.unit, estimate.estimate?, estimate.se.filter(|se| *se > 0.0)?))
        })
        .collect();
    if shown.len() < FEWEST_UNITS {
        return Vec::new();
    }
    let (values, errors) = shown.iter().map(|(_, value, error)| (*value, *error)).unzip();
    let Ok(estimates) = UnitEstimates::new(values, errors) else { return Vec::new() };
    let sets = bonferroni_rank_sets(&estimates, Scope::Simultaneous, Confidence::P95);
    let of = |((unit, ..), RankSet { best, worst, .. }): (&(UnitId, f64, f64), RankSet)| UnitRanks {
        unit: *unit,
        best,
        worst,
    };
    shown.iter().zip(sets).map(of).collect()
}
