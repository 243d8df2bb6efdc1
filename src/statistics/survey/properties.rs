//! What must hold for every sample, whatever its design.
#![expect(clippy::indexing_slicing, reason = "tests index what they have just made")]

use proptest::prelude::*;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use super::super::FORCED_THREADS;
use super::super::design::{LonelyRule, Plan, Population, StagePlan};
use super::super::interval::Confidence;
use super::*;

const PLAIN: Variance<'_> = Variance::Linearised(None);

/// What a random sample looks like.
#[derive(Clone, Copy, Debug)]
struct Shape {
    seed: u64,
    strata: u32,
    /// Units per stratum: this many up to twice as many.
    units: u32,
    stages: usize,
    /// Stages with population counts.
    counted: usize,
    rule: LonelyRule,
    /// Whether every unit of the population was drawn.
    census: bool,
}

#[derive(Clone, Debug)]
struct Case {
    plan: Plan,
    codes: Vec<u8>,
    domains: Domains,
}

const ITEMS: usize = 3;

fn scale() -> Vec<Level> {
    (0..=5_u8).map(|code| Level { answered: code > 0, value: Some(f64::from(code)), satisfied: code >= 4 }).collect()
}

impl Case {
    fn new(shape: Shape) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(shape.seed);
        let mut rows: Vec<[u32; 6]> = Vec::new();
        let spare = |most: u32, random: &mut ChaCha8Rng| if shape.census { 0 } else { random.random_range(0..=most) };
        let mut unit = 0;
        for stratum in 0..shape.strata {
            let units = random.random_range(shape.units..=2 * shape.units);
            let population = units + spare(20, &mut random);
            for _ in 0..units {
                unit += 1;
                let inner = random.random_range(1..=3_u32);
                let inner_population = inner + spare(5, &mut random);
                for sub in 0..inner {
                    let persons = random.random_range(1..=4_u32);
                    let person_population = persons + spare(30, &mut random);
                    for _ in 0..persons {
                        rows.push([stratum, unit, sub, population, inner_population, person_population]);
                    }
                }
            }
        }
        let column = |index: usize| rows.iter().map(|row| row[index]).collect::<Vec<u32>>();
        let counts = |stage: usize| {
            (stage < shape.counted).then(|| Population::Counts(column(3 + stage).into_iter().map(f64::from).collect()))
        };
        let stages = [
            StagePlan { units: Some(column(1)), strata: Some(column(0)), population: counts(0) },
            StagePlan { units: Some(column(2)), strata: None, population: counts(1) },
            StagePlan { units: None, strata: None, population: counts(2) },
        ];
        let weights = rows.iter().map(|_| random.random_range(1.0..9.0)).collect();
        let codes = (0..rows.len() * ITEMS).map(|_| random.random_range(0..6_u8)).collect();
        let of_row = rows.iter().map(|_| random.random_range(0..3_u32)).collect();
        let stages = stages.into_iter().take(shape.stages).collect();
        let plan = Plan { weights, stages, nest: false, lonely: shape.rule };
        Self { plan, codes, domains: Domains { number: 3, of_row } }
    }

    fn design(&self) -> Design {
        Design::new(self.plan.clone()).unwrap()
    }

    fn answers(&self) -> Answers {
        Answers::new(self.codes.clone(), vec![scale(); ITEMS]).unwrap()
    }

    /// The same rows in another order.
    fn shuffled(&self, seed: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut order: Vec<usize> = (0..self.plan.weights.len()).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, random.random_range(0..=last));
        }
        let numbers = |own: &Vec<f64>| order.iter().map(|row| own[*row]).collect::<Vec<f64>>();
        let codes = |own: &Vec<u32>| order.iter().map(|row| own[*row]).collect::<Vec<u32>>();
        let stage = |stage: &StagePlan| StagePlan {
            units: stage.units.as_ref().map(codes),
            strata: stage.strata.as_ref().map(codes),
            population: stage.population.as_ref().map(|population| match population {
                Population::Counts(own) => Population::Counts(numbers(own)),
                Population::Fractions(own) => Population::Fractions(numbers(own)),
            }),
        };
        Self {
            plan: Plan {
                weights: numbers(&self.plan.weights),
                stages: self.plan.stages.iter().map(stage).collect(),
                ..self.plan
            },
            codes: order.iter().flat_map(|row| self.codes[row * ITEMS..(row + 1) * ITEMS].to_vec()).collect(),
            domains: Domains { of_row: codes(&self.domains.of_row), ..self.domains },
        }
    }

    fn estimates(&self, statistic: Statistic, variance: Variance<'_>) -> Vec<Estimate> {
        let measures =
            [Measure::item(0), Measure::mean_of(&[0, 1, 2]), Measure { pooled: true, ..Measure::mean_of(&[1, 2]) }];
        estimate(&self.design(), &self.answers(), statistic, &measures, &self.domains, variance)
    }

    fn satisfied(&self) -> Vec<Option<f64>> {
        let answers = self.answers();
        (0..answers.rows()).map(|row| answers.value(row, 0, Statistic::Share)).collect()
    }
}

fn rules() -> impl Strategy<Value = LonelyRule> {
    prop::sample::select(vec![LonelyRule::Fail, LonelyRule::Remove, LonelyRule::Adjust, LonelyRule::Average])
}

prop_compose! {
    fn shapes()(
        seed: u64,
        strata in 1..5_u32,
        units in 1..4_u32,
        stages in 1..4_usize,
        counted in 0..4_usize,
        rule in rules(),
    ) -> Shape {
        Shape { seed, strata, units, stages, counted, rule, census: false }
    }
}

/// All numbers of some estimates, bit by bit.
fn bits(estimates: &[Estimate]) -> Vec<[Option<u64>; 4]> {
    let of = |value: Option<f64>| value.map(f64::to_bits);
    let counts = |own: &Estimate| (own.rows << 40) + (own.units << 20) + own.strata;
    estimates.iter().map(|own| [of(own.estimate), of(own.variance), of(own.deff), Some(counts(own))]).collect()
}

fn with_threads<T>(threads: usize, of: impl FnOnce() -> T) -> T {
    FORCED_THREADS.set(Some(threads));
    let result = of();
    FORCED_THREADS.set(None);
    result
}

fn near(one: f64, other: f64, relative: f64) -> bool {
    (one - other).abs() <= relative * one.abs().max(other.abs()) + 1e-15
}

prop_compose! {
    /// A share with any variance a sample could give it.
    fn design_shares()(
        share in prop_oneof![0.0..=1.0_f64, Just(0.0), Just(1.0), 0.95..1.0_f64, 0.0..0.01_f64],
        part in prop_oneof![0.0..=1.0_f64, 0.0..0.01_f64, Just(0.0)],
        rows in prop_oneof![0..50_u64, 50..100_000_u64],
        df in prop_oneof![0.0..60.0_f64, Just(f64::INFINITY), 1.0..3000.0_f64],
    ) -> DesignShare {
        DesignShare { share, variance: part * share * (1.0 - share), rows, df }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn intervals_contain_their_estimate_and_all_but_one_stay_between_zero_and_one(
        share in design_shares(),
        level in 0.5..0.999_f64,
    ) {
        let confidence = Confidence::new(level).unwrap();
        for method in IntervalMethod::ALL {
            if let Ok(limits) = share.interval(method, confidence) {
                prop_assert!(limits.low <= share.share && share.share <= limits.high, "{method:?} {limits:?}");
                if method != IntervalMethod::Mean {
                    prop_assert!(0.0 <= limits.low && limits.high <= 1.0, "{method:?} {limits:?}");
                }
            }
        }
        if let Ok(limits) = mean_interval(share.share, share.variance, share.df, confidence) {
            prop_assert!(limits.contains(share.share));
        }
    }

    #[test]
    fn a_wider_level_gives_a_wider_interval(share in design_shares(), level in 0.5..0.99_f64, more in 0.001..0.009_f64) {
        // No design has more degrees of freedom than rows less one.
        let share = DesignShare { df: share.df.min(real(share.rows) - 1.0), ..share };
        let [narrow, wide] = [level, level + more].map(|level| Confidence::new(level).unwrap());
        // The arcsine's limits are mirrored at the ends, as R's are.
        for method in IntervalMethod::ALL.into_iter().filter(|method| *method != IntervalMethod::Asin) {
            if let (Ok(inner), Ok(outer)) = (share.interval(method, narrow), share.interval(method, wide)) {
                prop_assert!(outer.low <= inner.low && inner.high <= outer.high, "{method:?} {inner:?} {outer:?}");
            }
        }
    }

    #[test]
    fn a_decision_is_always_found_and_never_shows_a_share_without_an_interval(share in design_shares()) {
        let decision = Rules::NCHS_2017.decide(&share);
        prop_assert!(!decision.shows() || decision.interval.is_some());
        prop_assert!(decision.shows() || decision.flags().is_empty());
        prop_assert!(!decision.shows() || share.rows >= 30);
    }

    #[test]
    fn shares_lie_between_zero_and_one_and_variances_are_not_negative(shape in shapes()) {
        for estimate in Case::new(shape).estimates(Statistic::Share, PLAIN) {
            prop_assert!(estimate.estimate.is_none_or(|share| (-1e-12..=1.0 + 1e-12).contains(&share)));
            prop_assert!(estimate.variance.is_none_or(|variance| variance >= 0.0));
            prop_assert!(estimate.deff.is_none_or(|deff| deff >= 0.0 && deff.is_finite()));
        }
    }

    #[test]
    fn weights_times_a_constant_change_nothing(shape in shapes(), factor in 0.001..1000.0_f64) {
        let case = Case::new(shape);
        let mut scaled = case.clone();
        scaled.plan.weights.iter_mut().for_each(|weight| *weight *= factor);
        for statistic in [Statistic::Share, Statistic::Mean] {
            let pairs = case.estimates(statistic, PLAIN).into_iter().zip(scaled.estimates(statistic, PLAIN));
            for (one, other) in pairs {
                prop_assert_eq!(one.variance.is_some(), other.variance.is_some());
                for (one, other) in [(one.estimate, other.estimate), (one.variance, other.variance)] {
                    prop_assert!(one.zip(other).is_none_or(|(one, other)| near(one, other, 1e-12)), "{one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn neither_the_order_of_the_rows_nor_the_threads_change_a_bit(shape in shapes(), seed: u64, threads in 2..9_usize) {
        let case = Case::new(shape);
        let shuffled = case.shuffled(seed);
        for statistic in [Statistic::Share, Statistic::Mean] {
            let before = bits(&with_threads(1, || case.estimates(statistic, PLAIN)));
            let after = bits(&with_threads(threads, || shuffled.estimates(statistic, PLAIN)));
            prop_assert_eq!(&before, &after);
            prop_assert_eq!(&before, &bits(&with_threads(threads, || case.estimates(statistic, PLAIN))));
        }
    }

    #[test]
    fn nor_of_a_calibrated_or_replicated_sample(seed: u64, other: u64, threads in 2..9_usize) {
        let shape = Shape { seed, strata: 2, units: 2, stages: 1, counted: 1, rule: LonelyRule::Fail, census: false };
        let case = Case::new(shape);
        let own = |case: &Case| {
            let totals: Vec<f64> = [40.0, 50.0, 60.0].into();
            let margin = Margin { of_row: case.domains.of_row.clone(), totals };
            let calibration =
                Calibration::new(case.plan.weights.clone(), CalibrationMethod::Linear, vec![margin]).ok()?;
            let design = case.design().with_weights(calibration.weights())?;
            let replicates = Replicates::of_design(&design, ReplicateMethod::Jkn).ok()?;
            let measures = [Measure::item(0), Measure::mean_of(&[1, 2])];
            let of = |variance| {
                bits(&estimate(&design, &case.answers(), Statistic::Share, &measures, &case.domains, variance))
            };
            Some([of(Variance::Linearised(Some(&calibration))), of(Variance::Replicated(&replicates, Some(&calibration)))])
        };
        let before = with_threads(1, || own(&case));
        prop_assert_eq!(&before, &with_threads(threads, || own(&case)));
        prop_assert_eq!(&before, &with_threads(threads, || own(&case.shuffled(other))));
    }

    #[test]
    fn the_jackknife_of_a_total_is_its_linearisation_and_of_a_share_it_is_close(seed: u64, strata in 2..5_u32) {
        let shape = Shape { seed, strata, units: 5, stages: 1, counted: 1, rule: LonelyRule::Fail, census: false };
        let case = Case::new(shape);
        let design = case.design();
        let replicates = Replicates::of_design(&design, ReplicateMethod::Jkn);
        // All units of all strata drawn: nothing varies.
        let Ok(replicates) = replicates else { return Ok(()) };
        let samples = [PLAIN, Variance::Replicated(&replicates, None)].map(|variance| Sample::new(&design, variance));
        let all = samples[0].everybody();
        let values = case.satisfied();
        let [one, other] = samples.map(|sample| sample.standard_error(&sample.total(&values, &all).unwrap()).unwrap());
        prop_assert!(near(one, other, 1e-6), "{one} {other}");
        let [one, other] = samples.map(|sample| sample.standard_error(&sample.mean(&values, &all).unwrap()).unwrap());
        prop_assert!(one.max(other) < 1e-12 || (0.75..1.4).contains(&(other / one)), "{one} {other}");
    }

    #[test]
    fn a_census_has_no_variance_at_all(seed: u64, strata in 1..4_u32, stages in 1..4_usize) {
        let shape =
            Shape { seed, strata, units: 1, stages, counted: stages, rule: LonelyRule::Fail, census: true };
        let case = Case::new(shape);
        prop_assert!(case.design().is_census());
        for estimate in case.estimates(Statistic::Mean, PLAIN) {
            prop_assert_eq!(estimate.variance.map(f64::to_bits), estimate.estimate.map(|_| 0.0_f64.to_bits()));
        }
        let design = case.design();
        let sample = Sample::new(&design, PLAIN);
        if let Ok(total) = sample.total(&case.satisfied(), &sample.everybody()) {
            prop_assert_eq!(sample.variance(&total).map(f64::to_bits), Some(0.0_f64.to_bits()));
        }
    }

    #[test]
    fn the_general_way_gives_what_the_fast_one_gives(shape in shapes()) {
        let case = Case::new(shape);
        let design = case.design();
        let sample = Sample::new(&design, PLAIN);
        let measures = [Measure::item(0)];
        let fast = estimate(&design, &case.answers(), Statistic::Share, &measures, &case.domains, PLAIN);
        for (domain, fast) in fast.iter().enumerate() {
            let inside: Vec<bool> = case.domains.of_row.iter().map(|own| *own as usize == domain).collect();
            let Ok(figure) = sample.mean(&case.satisfied(), &inside) else {
                prop_assert!(fast.estimate.is_none());
                continue;
            };
            prop_assert!(near(fast.estimate.unwrap(), figure.estimate(), 1e-12));
            prop_assert_eq!((fast.rows, fast.df().to_bits()), (figure.rows(), sample.df(&figure).to_bits()));
            let (one, other) = (fast.variance, sample.variance(&figure));
            prop_assert_eq!(one.is_some(), other.is_some());
            prop_assert!(one.zip(other).is_none_or(|(one, other)| near(one, other, 1e-11) || one.max(other) < 1e-20));
        }
    }
}

#[test]
fn the_bootstrap_comes_near_the_linearisation_with_and_without_population_counts() {
    for counted in [0, 1] {
        let shape = Shape { seed: 7, strata: 6, units: 5, stages: 1, counted, rule: LonelyRule::Fail, census: false };
        let case = Case::new(shape);
        let design = case.design();
        let method = ReplicateMethod::Bootstrap { count: 4000, seed: 11 };
        let replicates = Replicates::of_design(&design, method).unwrap();
        let [one, other] = [PLAIN, Variance::Replicated(&replicates, None)].map(|variance| {
            let sample = Sample::new(&design, variance);
            sample.standard_error(&sample.total(&case.satisfied(), &sample.everybody()).unwrap()).unwrap()
        });
        assert!((other / one - 1.0).abs() < 0.04, "{counted}: {one} {other}");
    }
}

#[test]
fn a_lonely_stratum_in_which_nobody_of_the_domain_answered_is_no_obstacle() {
    let stage = StagePlan { units: Some(vec![0, 1, 2, 2]), strata: Some(vec![0, 0, 1, 1]), population: None };
    let plan = Plan { weights: vec![1.0; 4], stages: vec![stage], nest: false, lonely: LonelyRule::Fail };
    let variances = |codes: [u8; 4], of_row: [u32; 4]| {
        let case =
            Case { plan: plan.clone(), codes: codes.map(|code| [code, 0, 0]).concat(), domains: Domains::whole() };
        let design = case.design();
        let domains = Domains { number: 2, of_row: of_row.to_vec() };
        let fast = estimate(&design, &case.answers(), Statistic::Share, &[Measure::item(0)], &domains, PLAIN)[0];
        let sample = Sample::new(&design, PLAIN);
        let inside = of_row.map(|domain| domain == 0);
        [fast.variance, sample.variance(&sample.mean(&case.satisfied(), &inside).unwrap())]
    };
    let known = |found: [Option<f64>; 2]| found.map(|variance| variance.is_some());
    assert_eq!(known(variances([5, 1, 5, 5], [0, 0, 0, 0])), [false, false]);
    assert_eq!(known(variances([5, 1, 5, 5], [0, 0, 1, 1])), [true, true]);
    assert_eq!(known(variances([5, 1, 0, 0], [0, 0, 0, 0])), [true, true]);
}
