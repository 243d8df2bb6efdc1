//! Simulated years of 900 counters, looked at at all 24 moments: how often an honest one is marked, how many of the marked
//! have not fallen, and after how many answers a fall is found.
//!
//! A few years in the usual tests. `ALERT_YEARS=200 cargo test --release --test it alerts::simulation -- --nocapture` prints
//! the figures of two hundred.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use thuocdo::index::alerts::{ERROR, FEWEST_ANSWERS, Sign, Watched, log_e_of, needed, read};
use thuocdo::statistics::evidence::e_benjamini_hochberg;
use thuocdo::statistics::{Count, Share};

const SEED: u64 = 20_261_122;
const COUNTERS: usize = 900;
const ITEMS: usize = 5;
const QUARTERS: usize = 4;
const MOMENTS_OF_QUARTER: usize = 6;
const TARGET: f64 = 0.9;
/// What may go wrong in a year.
const ALLOWED: f64 = 0.05;
/// Counters that have really fallen, where any have, and to which share.
const FALLEN: usize = 90;
const FALLEN_TO: f64 = 0.8;
/// How often the answers of one person to two items come from one and the same mood.
const TOGETHER: f64 = 0.5;

fn share(value: f64) -> Share {
    Share::new(value).unwrap()
}

fn real(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

#[expect(clippy::disallowed_methods, reason = "whoever runs the long form says how long")]
fn years(usual: usize) -> usize {
    std::env::var("ALERT_YEARS").ok().and_then(|years| years.parse().ok()).unwrap_or(usual)
}

/// A counter: the share satisfied with each item, and its answers in a half-month.
struct Counter {
    shares: [f64; ITEMS],
    answers: u32,
}

impl Counter {
    /// A third exactly at the target with every item, the others above it; from 5 to 120 answers in a half-month.
    fn honest(draws: &mut impl Rng, is_at_target: bool) -> Self {
        let above = if is_at_target { 0.0 } else { draws.random_range(0.005..0.085) };
        let shares =
            [(); ITEMS].map(|()| TARGET + above * if is_at_target { 0.0 } else { draws.random_range(0.5..1.0) });
        Self { shares, answers: draws.random_range(5..=120) }
    }

    fn fallen(self) -> Self {
        Self { shares: [FALLEN_TO; ITEMS], ..self }
    }

    /// One person's answers, added to the counts.
    fn answer(&self, draws: &mut impl Rng, satisfied: &mut [u64; ITEMS]) {
        let together = draws.random_bool(TOGETHER);
        let mood: f64 = draws.random();
        for (n, of) in satisfied.iter_mut().zip(self.shares) {
            let own = if together { mood } else { draws.random() };
            *n += u64::from(own < of);
        }
    }
}

fn watched(satisfied: &[u64; ITEMS], answered: u64) -> Watched {
    let items = satisfied.iter().map(|n| Count::new(*n, answered).unwrap()).collect();
    Watched { items, target: share(TARGET) }
}

/// Which counters were ever marked in a year: by the rules, by the rules with an error of a half, and each by its own evidence
/// at 5 % as if there were no others.
struct Year {
    marked: Vec<bool>,
    with_half: Vec<bool>,
    alone: Vec<bool>,
}

/// A year of these counters. Evidence begins anew with each quarter.
fn year(counters: &[Counter], draws: &mut impl Rng) -> Year {
    let none = || vec![false; counters.len()];
    let mut year = Year { marked: none(), with_half: none(), alone: none() };
    for _ in 0..QUARTERS {
        let mut satisfied = vec![[0; ITEMS]; counters.len()];
        let mut answered = vec![0; counters.len()];
        for _ in 0..MOMENTS_OF_QUARTER {
            for ((counter, n), all) in counters.iter().zip(&mut satisfied).zip(&mut answered) {
                for _ in 0..counter.answers {
                    counter.answer(draws, n);
                }
                *all += u64::from(counter.answers);
            }
            let all: Vec<Watched> = satisfied.iter().zip(&answered).map(|(n, all)| watched(n, *all)).collect();
            for (marked, reading) in year.marked.iter_mut().zip(read(&all, all.len())) {
                *marked |= reading.sign == Sign::Look;
            }
            let log_e: Vec<f64> = all.iter().map(|one| log_e_of(one).map_or(f64::NAN, |(log_e, _)| log_e)).collect();
            let rates = e_benjamini_hochberg(&log_e);
            for (at, (log_e, rate)) in log_e.iter().zip(rates).enumerate() {
                year.with_half[at] |= rate <= 0.5;
                year.alone[at] |= *log_e >= 20_f64.ln();
            }
        }
    }
    year
}

fn honest_counters(draws: &mut impl Rng, all_at_target: bool) -> Vec<Counter> {
    (0..COUNTERS).map(|at| Counter::honest(draws, all_at_target || at % 3 == 0)).collect()
}

#[test]
fn in_a_year_of_honest_counters_hardly_ever_is_anyone_marked() {
    let runs = years(4);
    let mut told = Vec::new();
    for (name, all_at_target) in [("a third at the target, the others above", false), ("all exactly at it", true)] {
        let (mut wrong, mut half, mut careless) = (0, 0, 0);
        for run in 0..runs {
            let mut draws = ChaCha8Rng::seed_from_u64(SEED + u64::try_from(run).unwrap());
            let counters = honest_counters(&mut draws, all_at_target);
            let year = year(&counters, &mut draws);
            wrong += usize::from(year.marked.contains(&true));
            half += usize::from(year.with_half.contains(&true));
            careless += usize::from(year.alone.contains(&true));
        }
        println!(
            "{name}: {wrong} of {runs} years with a false mark; {half} at an error of a half, {careless} each alone"
        );
        told.push((real(wrong) / real(runs), real(careless) / real(runs)));
    }
    for (wrong, _) in &told {
        assert!(*wrong <= ALLOWED, "{told:?}");
    }
    assert!(told[1].1 > ALLOWED, "the years are enough to see rules that promise nothing: {told:?}");
}

#[test]
fn of_the_marked_counters_hardly_any_has_not_fallen() {
    let runs = years(3);
    let (mut parts, mut found) = ([0.0; 3], 0);
    for run in 0..runs {
        let mut draws = ChaCha8Rng::seed_from_u64(SEED + 1_000_000 + u64::try_from(run).unwrap());
        let counters: Vec<Counter> = honest_counters(&mut draws, false)
            .into_iter()
            .enumerate()
            .map(|(at, counter)| if at < FALLEN { counter.fallen() } else { counter })
            .collect();
        let year = year(&counters, &mut draws);
        for (part, marked) in parts.iter_mut().zip([&year.marked, &year.with_half, &year.alone]) {
            let is_true = marked.iter().take(FALLEN).filter(|marked| **marked).count();
            let is_false = marked.iter().skip(FALLEN).filter(|marked| **marked).count();
            *part += real(is_false) / real((is_true + is_false).max(1)) / real(runs);
        }
        found += year.marked.iter().take(FALLEN).filter(|marked| **marked).count();
    }
    println!(
        "{FALLEN} of {COUNTERS} fallen, {runs} years: {found} found of {}; false part {:.4}, at an error of a half {:.4}, each alone {:.4}",
        runs * FALLEN,
        parts[0],
        parts[1],
        parts[2]
    );
    assert!(parts[0] <= ALLOWED, "{parts:?}");
    assert!(found * 2 > runs * FALLEN, "most that fell are found within the year: {found}");
}

#[test]
fn each_quarter_has_a_quarter_of_the_error_of_the_year() {
    assert!((4.0 * ERROR - ALLOWED).abs() < 1e-15, "{ERROR}");
}

#[test]
fn a_fall_from_92_to_80_per_cent_is_found_within_the_answers_stated() {
    let stated = needed(share(FALLEN_TO), share(TARGET), ITEMS, COUNTERS).unwrap();
    let runs = years(4) * 100;
    // One of 900 counters has fallen, with one item alone or with all of them; the others are no help to it.
    for (name, fallen_items) in [("one item fallen", 1), ("all items fallen", ITEMS)] {
        let mut found = [0; 2];
        for run in 0..runs {
            let mut draws = ChaCha8Rng::seed_from_u64(SEED + 2_000_000 + u64::try_from(run).unwrap());
            let mut shares = [0.92; ITEMS];
            shares[..fallen_items].fill(FALLEN_TO);
            let counter = Counter { shares, answers: 0 };
            let mut satisfied = [0; ITEMS];
            for answered in 1..=stated.most {
                counter.answer(&mut draws, &mut satisfied);
                let which = [stated.median, stated.most].iter().position(|looked_at| *looked_at == answered);
                if let Some(which) = which {
                    let alone = [watched(&satisfied, answered)];
                    found[which] += usize::from(read(&alone, COUNTERS)[0].sign == Sign::Look);
                }
            }
        }
        let parts = found.map(|found| real(found) / real(runs));
        println!("{name}: {:.3} found with {} answers, {:.3} with {}", parts[0], stated.median, parts[1], stated.most);
        assert!(stated.median > FEWEST_ANSWERS && parts[1] >= 0.93, "{parts:?}");
        assert!(fallen_items == 1 || parts[1] >= 0.95, "{parts:?}");
    }
}
