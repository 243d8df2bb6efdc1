//! The units a unit is held against.

use super::{
    Class, DISPUTED_ONE_IN, ERROR, FEWEST_ANSWERS, FEWEST_DISPUTES, FEWEST_MARKED, FEWEST_UNITS, Gap, Reading, Shown,
    Signal, TOLERATED_GAP, Tickets, UnitMonth,
};
use crate::statistics::units::{Dispersion, Funnel, FunnelUnit, Standing, overdispersion};
use crate::statistics::{Confidence, Count, Share, independent_difference};

/// The middle of the units is taken to be no nearer to nothing and to everything than this: a handful of marks where others
/// have none is no signal.
const NEAREST_TO_END: f64 = 0.01;

/// What is left of the variance of a normal when its outer tenths are drawn in.
const WINSORISED_VARIANCE: f64 = 0.679;

/// How the units of one kind did in a month.
#[derive(Debug, Clone)]
pub struct Peers {
    /// Funnel and middle, by the order of [`Signal::ALL`]; `None` where there are too few units or it is no share.
    funnels: Vec<Option<(Funnel, f64)>>,
}

/// A share as a funnel takes it; answers may be more than dossiers.
fn funnel_unit((marked, of): (u64, u64)) -> Option<FunnelUnit> {
    FunnelUnit::from_count(Count::new(marked.min(of), of).ok()?)
}

fn middle(units: &[FunnelUnit]) -> f64 {
    let mut shares: Vec<f64> = units.iter().map(|unit| unit.share.value()).collect();
    shares.sort_by(f64::total_cmp);
    let (low, high) = (shares.get((shares.len().saturating_sub(1)) / 2), shares.get(shares.len() / 2));
    low.zip(high).map_or(0.0, |(low, high)| f64::midpoint(*low, *high))
}

/// The variance between units whatever their size, 0 or more: that of their shares, the outer tenths drawn in, less that of
/// chance. The usual estimate is one of the large units; the small ones may differ more.
fn spread(units: &[FunnelUnit], target: Share) -> f64 {
    let mut shares: Vec<f64> = units.iter().map(|unit| unit.share.value()).collect();
    shares.sort_by(f64::total_cmp);
    // One at least, or a single unit would widen the funnel it is held against.
    let cut = (shares.len() / 10).max(1);
    let (low, high) = (shares.get(cut), shares.get(shares.len().saturating_sub(cut + 1)));
    let Some((low, high)) = low.zip(high) else { return 0.0 };
    let drawn_in: Vec<f64> = shares.iter().map(|share| share.clamp(*low, *high)).collect();
    let chance = target.value() * (1.0 - target.value());
    let (mut mean, mut squares, mut by_chance, mut n) = (0.0, 0.0, 0.0, 0.0);
    for (share, unit) in drawn_in.iter().zip(units) {
        n += 1.0;
        let step = share - mean;
        mean += step / n;
        squares += step * (share - mean);
        by_chance += chance / unit.answers;
    }
    (squares / (n - 1.0) / WINSORISED_VARIANCE - by_chance / n).max(0.0)
}

impl Peers {
    /// The units of one kind.
    pub fn of(months: &[&UnitMonth]) -> Self {
        let funnel = |signal: &Signal| -> Option<(Funnel, f64)> {
            let shares = months.iter().filter_map(|month| month.share(*signal)).filter(|(_, of)| *of >= FEWEST_ANSWERS);
            let units: Vec<FunnelUnit> = shares.filter_map(funnel_unit).collect();
            if units.len() < FEWEST_UNITS {
                return None;
            }
            let middle = middle(&units);
            let target = Share::new(middle.clamp(NEAREST_TO_END, 1.0 - NEAREST_TO_END))?;
            let between = overdispersion(&units, target)?.between.max(spread(&units, target));
            Some((Funnel::new(target, Dispersion::Added(between))?, middle))
        };
        Self { funnels: Signal::ALL.iter().map(funnel).collect() }
    }

    /// All signals of a unit-month.
    pub fn read(&self, month: &UnitMonth) -> Vec<Reading> {
        Signal::ALL
            .into_iter()
            .zip(&self.funnels)
            .map(|(signal, funnel)| match signal {
                Signal::Gap => gap(month),
                Signal::Disputes => disputes(month.disputes),
                _ => share(signal, funnel.as_ref(), month),
            })
            .collect()
    }
}

fn share(signal: Signal, funnel: Option<&(Funnel, f64)>, month: &UnitMonth) -> Reading {
    let usual = funnel.map(|(_, middle)| *middle);
    let reading = |class, shown| Reading { signal, class, shown, usual };
    let Some((marked, of)) = month.share(signal).filter(|(_, of)| *of > 0) else {
        return reading(Class::Unknown, Shown::Nothing);
    };
    let shown = match signal {
        Signal::Reach if marked < FEWEST_MARKED => Shown::Nothing,
        Signal::Reach => Shown::Reach { answers: marked, returned: of },
        _ => Shown::share(marked, of),
    };
    if of < FEWEST_ANSWERS {
        return reading(Class::TooFew, shown);
    }
    let Some((funnel, _)) = funnel else { return reading(Class::Unclear, shown) };
    let standing = funnel_unit((marked, of)).and_then(|unit| funnel.standing(unit, confidence()?));
    let stands_out = standing == Some(Standing::Above) && marked >= FEWEST_MARKED;
    reading(if stands_out { Class::Look } else { Class::Good }, shown)
}

/// The level at which one side errs as often as one signal may.
fn confidence() -> Option<Confidence> {
    Confidence::new(1.0 - 2.0 * ERROR)
}

fn gap(month: &UnitMonth) -> Reading {
    let reading = |class, shown| Reading { signal: Signal::Gap, class, shown, usual: None };
    let Some((tickets, sample)) = month.tickets.zip(month.sample) else {
        return reading(Class::Unknown, Shown::Nothing);
    };
    let at = |confidence: Option<Confidence>| independent_difference(tickets, sample, confidence?);
    let Some((strict, usual)) = at(confidence()).zip(at(Some(Confidence::P95))) else {
        return reading(Class::Unclear, Shown::Nothing);
    };
    let class = if strict.interval.low > TOLERATED_GAP { Class::Look } else { Class::Good };
    reading(class, Shown::Gap(Gap { estimate: usual.estimate, interval: usual.interval }))
}

/// Disputed tickets are no share of their own: a few of them say what no chance says.
fn disputes(tickets: Option<Tickets>) -> Reading {
    let reading = |class, shown| Reading { signal: Signal::Disputes, class, shown, usual: None };
    let Some(Tickets { spent, disputed }) = tickets.filter(|tickets| tickets.spent > 0) else {
        return reading(Class::Unknown, Shown::Nothing);
    };
    let is_many = disputed >= FEWEST_DISPUTES && disputed.saturating_mul(DISPUTED_ONE_IN) >= spent;
    let class = if is_many { Class::Look } else { Class::Good };
    reading(class, Shown::share(disputed.min(spent), spent))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::statistics::Estimated;
    use crate::words::Mark;

    fn month(quick: u64, watched: u64) -> UnitMonth {
        let marks = BTreeMap::from([(Mark::Watched, watched), (Mark::Quick, quick), (Mark::Answered, watched)]);
        UnitMonth { marks, returned: Some(1_000), ..UnitMonth::default() }
    }

    fn read(peers: &[UnitMonth], unit: &UnitMonth, signal: Signal) -> Reading {
        let all: Vec<&UnitMonth> = peers.iter().chain([unit]).collect();
        *Peers::of(&all).read(unit).iter().find(|reading| reading.signal == signal).unwrap()
    }

    fn usual() -> Vec<UnitMonth> {
        [4, 6, 5, 3, 7, 5, 4, 6, 5, 5].map(|quick| month(quick, 200)).into()
    }

    #[test]
    fn a_unit_far_above_its_peers_is_marked_and_one_like_them_is_not() {
        let far = read(&usual(), &month(60, 200), Signal::Quick);
        assert_eq!((far.class, far.shown), (Class::Look, Shown::Share { marked: 60, of: 200 }));
        assert!((far.usual.unwrap() - 0.025).abs() < 1e-12);
        assert_eq!(read(&usual(), &month(8, 200), Signal::Quick).class, Class::Good);
        // Below the others is never a signal.
        assert_eq!(read(&usual(), &month(0, 2_000), Signal::Quick).class, Class::Good);
    }

    #[test]
    fn the_others_have_to_differ_less_than_the_unit_does() {
        let wide: Vec<UnitMonth> = [2, 60, 5, 90, 30, 120, 10, 70, 15, 45].map(|quick| month(quick, 200)).into();
        assert_eq!(read(&wide, &month(100, 200), Signal::Quick).class, Class::Good);
    }

    #[test]
    fn a_single_unit_does_not_widen_the_funnel_it_is_held_against() {
        for others in FEWEST_UNITS - 1..30 {
            let alike = vec![month(6, 60); others];
            assert_eq!(read(&alike, &month(54, 60), Signal::Quick).class, Class::Look, "{others}");
        }
    }

    #[test]
    fn too_few_answers_and_too_few_units_say_so() {
        assert_eq!(read(&usual(), &month(20, 29), Signal::Quick).class, Class::TooFew);
        assert_eq!(read(&usual()[..3], &month(60, 200), Signal::Quick).class, Class::Unclear);
        assert_eq!(read(&usual(), &UnitMonth::default(), Signal::Quick).class, Class::Unknown);
        let few = read(&[(); 9].map(|()| month(0, 40)), &month(9, 40), Signal::Quick);
        assert_eq!((few.class, few.shown), (Class::Good, Shown::Below { of: 40 }), "nine are no number");
    }

    #[test]
    fn more_answers_than_dossiers_stand_out() {
        let many = read(&usual(), &month(0, 5_000), Signal::Reach);
        assert_eq!((many.class, many.shown), (Class::Look, Shown::Reach { answers: 5_000, returned: 1_000 }));
    }

    #[test]
    fn disputes_count_from_three_and_one_in_a_hundred() {
        let of = |disputed, spent| disputes(Some(Tickets { spent, disputed })).class;
        assert_eq!(
            (of(2, 20), of(3, 20), of(3, 300), of(3, 301)),
            (Class::Good, Class::Look, Class::Look, Class::Good)
        );
        assert_eq!(disputes(Some(Tickets { spent: 220, disputed: 9 })).shown, Shown::Below { of: 220 });
        assert_eq!(disputes(None).class, Class::Unknown);
    }

    #[test]
    fn tickets_may_be_a_little_more_content_than_the_sample() {
        let of = |tickets: f64| {
            let estimated = |value, se| Some(Estimated { value, se, df: 200.0 });
            gap(&UnitMonth { sample: estimated(0.8, 0.01), tickets: estimated(tickets, 0.01), ..UnitMonth::default() })
        };
        assert_eq!((of(0.84).class, of(0.88).class, of(0.93).class), (Class::Good, Class::Good, Class::Look));
        let Shown::Gap(gap) = of(0.93).shown else { panic!("a gap is shown") };
        assert!((gap.estimate - 0.13).abs() < 1e-9 && gap.interval.low > 0.09);
    }
}
