//! Simulated stuffing: honest unit-months and attacks on them, through the program's own rules; how often each is flagged.
//!
//! 100 runs in the usual tests. `STUFFING_RUNS=1000 cargo test --release --test it stuffing -- --nocapture` prints the table of
//! a thousand.

mod model;
mod plan;

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use thuocdo::index::signals::{Class, FEWEST_MARKED, Peers, Signal, UnitMonth};
use thuocdo::questionnaire::embedded;

use self::model::{Month, Simulated, Unit};
use self::plan::{Attack, Plan};

pub(super) use self::plan::Must;

/// Units of each kind that stand side by side.
const OF_A_KIND: usize = 2;

/// How often something was flagged, and by which signals.
#[derive(Default)]
struct Rate {
    months: u64,
    flagged: u64,
    by: BTreeMap<Signal, u64>,
}

impl Rate {
    fn count(&mut self, peers: &Peers, month: &UnitMonth) {
        let readings = peers.read(month);
        self.months += 1;
        self.flagged += u64::from(Class::of(&readings) == Class::Look);
        for reading in readings.iter().filter(|reading| reading.class == Class::Look) {
            *self.by.entry(reading.signal).or_default() += 1;
        }
    }

    fn share(&self) -> f64 {
        f64::from(u32::try_from(self.flagged).unwrap()) / f64::from(u32::try_from(self.months).unwrap())
    }

    fn line(&self, name: &str) -> String {
        let by: Vec<String> = self.by.iter().map(|(signal, n)| format!("{signal:?} {n}")).collect();
        format!("{name:<46} {:>6} of {:>6}  {:>7.3}  {}", self.flagged, self.months, self.share(), by.join(", "))
    }
}

/// What the plan demands of figures.
pub(super) fn must() -> Must {
    Plan::read().must
}

fn runs(plan: &Plan) -> u64 {
    #[expect(clippy::disallowed_methods, reason = "whoever runs the long form says how long")]
    let asked = std::env::var("STUFFING_RUNS").ok().and_then(|runs| runs.parse().ok());
    asked.unwrap_or(plan.runs / 10)
}

/// The seed of a month: the same on every run of the program.
fn seed(parts: [u64; 4]) -> u64 {
    parts
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325, |sum, part| (sum ^ part).wrapping_mul(0x0100_0000_01b3).rotate_left(23))
}

#[test]
fn stuffing_is_flagged_and_honest_months_are_not() {
    let plan = Plan::read();
    assert_eq!(plan.k, FEWEST_MARKED);
    let (units, runs, attacks) = (plan.units(), runs(&plan), plan.attacks());
    let edition = embedded().unwrap().into_iter().find(|edition| edition.code() == "counter").unwrap();
    let kinds: Vec<(u32, f64)> =
        units.dossiers.iter().flat_map(|size| units.true_share.iter().map(|share| (*size, *share))).collect();
    let (mut honest, mut by_size) = (Rate::default(), BTreeMap::<u32, Rate>::new());
    let mut flagged = BTreeMap::<(usize, u32), Rate>::new();
    for run in 0..runs {
        let mut draws = ChaCha8Rng::seed_from_u64(seed([plan.seed, run, 0, 0]));
        let all: Vec<Unit> = (0..OF_A_KIND)
            .flat_map(|_| kinds.iter().copied())
            .map(|(size, share)| Unit::of(units, size, share, &mut draws))
            .collect();
        let month = |at: usize, attack| {
            Month::of(units, &edition, &all[at], attack, seed([plan.seed, run, 1, u64::try_from(at).unwrap()]))
        };
        let months: Vec<Simulated> = (0..all.len()).map(|at| month(at, None)).collect();
        let with = |long: bool| months.iter().map(|month| if long { &month.long } else { &month.short }).collect();
        let (short, long): (Vec<&UnitMonth>, Vec<&UnitMonth>) = (with(false), with(true));
        let peers = Peers::of(&short);
        for (unit, month) in all.iter().zip(&short) {
            honest.count(&peers, month);
            by_size.entry(unit.dossiers).or_default().count(&peers, month);
        }
        // One unit stuffs, the others do not; units take turns.
        for (place, size) in units.dossiers.iter().enumerate() {
            let truth = usize::try_from(run).unwrap() % units.true_share.len();
            let at = place * units.true_share.len() + truth;
            assert_eq!(all[at].dossiers, *size);
            for (number, attack) in
                attacks.iter().enumerate().filter(|(_, attack)| run < attack.runs(runs, cfg!(debug_assertions)))
            {
                let stuffed = month(at, Some(*attack));
                let is_long = matches!(attack, Attack::Paper { long: true, .. });
                let stuffed = if is_long { &stuffed.long } else { &stuffed.short };
                let mut others = if is_long { long.clone() } else { short.clone() };
                others[at] = stuffed;
                flagged.entry((number, *size)).or_default().count(&Peers::of(&others), stuffed);
            }
        }
    }
    println!("{runs} runs\n{}", honest.line("honest unit-months"));
    for (size, rate) in &by_size {
        println!("{}", rate.line(&format!("honest, {size} dossiers")));
    }
    for ((number, size), rate) in &flagged {
        println!("{}", rate.line(&format!("{}, {size} dossiers", attacks[*number].name())));
    }
    assert!(honest.share() <= plan.must.honest_unit_months_flagged_at_most, "{}", honest.share());
    let demanded = attacks
        .iter()
        .position(|attack| matches!(attack, Attack::SelfFilled { share, .. } if (*share - 0.2).abs() < 1e-9));
    let found = flagged[&(demanded.unwrap(), 600)].share();
    assert!(found >= plan.must.self_filled_20_percent_of_600_flagged, "{found}");
}
