//! The funnel of the units below: who differs from the common level by more than chance.

use super::ChildFigures;
use crate::index::Estimate;
use crate::statistics::units::{Dispersion, Funnel, FunnelUnit, Standing, overdispersion};
use crate::statistics::{Confidence, Share};
use crate::words::{UnitId, UnitKind};

/// Units from which a funnel is drawn.
const FEWEST_UNITS: usize = 3;
/// Places along the curves of the limits.
const STEPS: u32 = 48;
/// Confidence of the outer limits.
const OUTER: f64 = 0.998;

/// Units around their common level.
#[derive(Debug, Clone)]
pub struct FunnelFigures {
    /// The common level: the share of all answers of the unit above, 0 to 1.
    pub common: f64,
    /// By how much more than chance the units differ, at least 1; the limits are widened by it.
    pub factor: f64,
    /// The units, in the order of their figures.
    pub units: Vec<FunnelPoint>,
    /// The limits, by rising number of answers.
    pub limits: Vec<FunnelLimits>,
}

/// One unit.
#[derive(Debug, Clone, Copy)]
pub struct FunnelPoint {
    /// The unit.
    pub unit: UnitId,
    /// Its effective number of answers.
    pub answers: f64,
    /// Its share, 0 to 1.
    pub share: f64,
    /// Against the limits of 95%.
    pub standing: Standing,
    /// Whether it stands outside the limits of 99.8%, too.
    pub is_far: bool,
}

/// The limits at a number of answers, all shares.
#[derive(Debug, Clone, Copy)]
pub struct FunnelLimits {
    /// Answers.
    pub answers: f64,
    /// Limits of 95%.
    pub inner: (f64, f64),
    /// Limits of 99.8%.
    pub outer: (f64, f64),
}

/// The funnel around the figure of the unit above; none with fewer than three units that are shown, or where everybody is
/// satisfied or nobody.
pub(super) fn funnel(common: Option<&Estimate>, children: &[ChildFigures]) -> Option<FunnelFigures> {
    let common = Share::new(common.filter(|estimate| estimate.withheld.is_none())?.estimate?)?;
    let measured = children.iter().filter(|child| child.unit.kind != UnitKind::Line);
    let shown: Vec<(UnitId, FunnelUnit)> = measured
        .filter_map(|child| {
            let estimate = child.headline.as_ref().filter(|estimate| estimate.withheld.is_none())?;
            let unit = FunnelUnit { share: Share::new(estimate.estimate?)?, answers: estimate.n_effective? };
            (unit.answers > 0.0).then_some((child.unit.unit, unit))
        })
        .collect();
    if shown.len() < FEWEST_UNITS {
        return None;
    }
    let alone: Vec<FunnelUnit> = shown.iter().map(|(_, unit)| *unit).collect();
    let factor = overdispersion(&alone, common).map_or(1.0, |found| found.factor.max(1.0));
    let funnel = Funnel::new(common, Dispersion::Factor(factor))?;
    let outer = Confidence::new(OUTER)?;
    let points = shown.iter().filter_map(|(unit, own)| {
        Some(FunnelPoint {
            unit: *unit,
            answers: own.answers,
            share: own.share.value(),
            standing: funnel.standing(*own, Confidence::P95)?,
            is_far: funnel.standing(*own, outer)? != Standing::Indistinguishable,
        })
    });
    let units: Vec<FunnelPoint> = points.collect();
    let limits = |answers: f64| {
        let (inner, outer) = (funnel.limits(answers, Confidence::P95)?, funnel.limits(answers, outer)?);
        Some(FunnelLimits { answers, inner: (inner.low, inner.high), outer: (outer.low, outer.high) })
    };
    let limits = places(&units).into_iter().filter_map(limits).collect();
    Some(FunnelFigures { common: common.value(), factor, units, limits })
}

/// Numbers of answers between the smallest and the largest unit, evenly apart by their roots.
fn places(units: &[FunnelPoint]) -> Vec<f64> {
    let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
    for unit in units {
        least = least.min(unit.answers);
        most = most.max(unit.answers);
    }
    let (from, to) = ((least * 0.8).max(1.0).sqrt(), (most * 1.1).max(2.0).sqrt());
    (0..=STEPS).map(|step| (from + (to - from) * f64::from(step) / f64::from(STEPS)).powi(2)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Basis, Source, Statistic, What};
    use crate::publish::figures::OwnedTargets;
    use crate::store::places::UnitVersion;
    use crate::words::Day;

    fn estimate(share: f64, n: u32) -> Estimate {
        Estimate {
            what: What::Composite,
            statistic: Statistic::Share,
            source: Source::Headline,
            basis: Basis::Respondents,
            n: u64::from(n),
            estimate: Some(share),
            se: None,
            df: None,
            n_effective: Some(f64::from(n)),
            intervals: Vec::new(),
            withheld: None,
            judgements: Vec::new(),
            response_ratio: None,
            bounds: None,
            warnings: Vec::new(),
        }
    }

    fn child(unit: i32, kind: UnitKind, share: f64, n: u32) -> ChildFigures {
        let unit = UnitVersion {
            unit: UnitId(unit),
            valid_from: Day(0),
            valid_to: None,
            code: String::new(),
            admin_code: None,
            name: String::new(),
            kind,
            parent: None,
        };
        ChildFigures {
            unit,
            headline: Some(estimate(share, n)),
            open: None,
            items: Vec::new(),
            targets: OwnedTargets::default(),
            transactions: None,
        }
    }

    #[test]
    fn a_unit_far_from_the_common_level_stands_out_and_a_small_one_does_not() {
        let mut children: Vec<ChildFigures> =
            (0..20).map(|at| child(at, UnitKind::Commune, 0.9, 200 + 10 * at.unsigned_abs())).collect();
        children.push(child(100, UnitKind::Commune, 0.70, 400));
        children.push(child(101, UnitKind::Commune, 0.80, 12));
        children.push(child(102, UnitKind::Line, 0.10, 900));
        let found = funnel(Some(&estimate(0.9, 8_000)), &children).unwrap();
        let of = |unit: i32| found.units.iter().find(|point| point.unit == UnitId(unit));
        assert_eq!(of(100).map(|point| (point.standing, point.is_far)), Some((Standing::Below, true)));
        assert_eq!(of(101).map(|point| point.standing), Some(Standing::Indistinguishable));
        assert!(of(102).is_none(), "a line agency is not measured here");
        assert!(found.limits.windows(2).all(|pair| pair[0].answers < pair[1].answers));
        assert!(found.limits.iter().all(|at| at.outer.0 <= at.inner.0 && at.inner.1 <= at.outer.1));
    }

    #[test]
    fn few_units_or_unanimity_have_no_funnel() {
        let two = [child(1, UnitKind::Commune, 0.9, 100), child(2, UnitKind::Commune, 0.8, 100)];
        assert!(funnel(Some(&estimate(0.85, 200)), &two).is_none());
        let three: Vec<ChildFigures> = (0..3).map(|at| child(at, UnitKind::Commune, 1.0, 100)).collect();
        assert!(funnel(Some(&estimate(1.0, 300)), &three).is_none() && funnel(None, &three).is_none());
    }
}
