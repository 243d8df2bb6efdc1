//! Stratified samples of clusters whose members resemble each other, estimated and judged as a survey is.

use std::fmt::Write as _;

use anyhow::Context;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use thuocdo::index::{ShownShare, Verdict, judge_survey};
use thuocdo::statistics::design::{Design, LonelyRule, Plan, StagePlan};
use thuocdo::statistics::survey::{
    Answers, DesignShare, Domains, IntervalMethod, Level, Measure, Rules, Statistic, Variance, estimate,
};
use thuocdo::statistics::{Confidence, Share as Target};

use super::{Estimate, Kind, Share, tally};

/// A design: units drawn in strata of equally many, and equally many persons in each unit.
#[derive(Debug)]
pub(crate) struct Cluster {
    pub(crate) strata: u32,
    pub(crate) units: u32,
    pub(crate) persons: u32,
    /// Correlation of two persons of the same unit.
    pub(crate) icc: f64,
}

/// Fewer than twelve units are shown and not judged: no interval holds its promise there.
pub(crate) const DESIGNS: [Cluster; 5] = [
    Cluster { strata: 2, units: 6, persons: 20, icc: 0.08 },
    Cluster { strata: 1, units: 8, persons: 12, icc: 0.05 },
    Cluster { strata: 3, units: 12, persons: 15, icc: 0.05 },
    Cluster { strata: 3, units: 30, persons: 12, icc: 0.05 },
    Cluster { strata: 5, units: 60, persons: 15, icc: 0.03 },
];

/// True shares.
pub(crate) const SHARES: [f64; 4] = [0.80, 0.85, 0.90, 0.95];

/// The first decides.
pub(crate) const METHODS: [IntervalMethod; 4] =
    [IntervalMethod::KornGraubardNchs, IntervalMethod::Xlogit, IntervalMethod::Beta, IntervalMethod::Mean];

/// Runs of every simulation with R.
pub(crate) const RUNS_OF_R: u64 = 4_000;

/// Samples of each simulation that also go through files and the whole analysis.
pub(crate) const THROUGH_FILES: u64 = 3;

/// Distance of the targets from the truth.
const NEXT_TO: f64 = 1e-9;

/// Coverage by `korn_graubard_nchs`, and how often its lower limit is above the truth, in simulations with R.
pub(crate) fn from_r(cluster: &Cluster, share: f64) -> Option<(f64, f64)> {
    match (cluster.units, (share * 100.0).round()) {
        (6, 90.0) => Some((0.9480, 0.0372)),
        (8, 90.0) => Some((0.9725, 0.0185)),
        (12, 90.0) => Some((0.9598, 0.0280)),
        (30, 85.0) => Some((0.9515, 0.0305)),
        (30, 95.0) => Some((0.9572, 0.0288)),
        (60, 90.0) => Some((0.9602, 0.0232)),
        _ => None,
    }
}

impl Cluster {
    pub(crate) fn is_judged(&self) -> bool {
        self.units >= 12
    }

    /// The stratum, the unit and the weight of every person; weights rise from 0.6 to 1.4 along the strata.
    fn persons(&self) -> impl Iterator<Item = (u32, u32, f64)> {
        let in_stratum = self.units / self.strata;
        let step = if self.strata > 1 { 0.8 / f64::from(self.strata - 1) } else { 0.0 };
        (0..self.units).flat_map(move |unit| {
            let stratum = unit / in_stratum;
            (0..self.persons).map(move |_| (stratum, unit, 0.6 + step * f64::from(stratum)))
        })
    }

    fn design(&self) -> anyhow::Result<Design> {
        let (mut strata, mut units, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        for (stratum, unit, weight) in self.persons() {
            strata.push(stratum);
            units.push(unit);
            weights.push(weight);
        }
        let stage = StagePlan { units: Some(units), strata: Some(strata), population: None };
        let plan = Plan { weights, stages: vec![stage], nest: false, lonely: LonelyRule::Fail };
        Design::new(plan).map_err(|errors| anyhow::anyhow!("the design is refused: {errors:?}"))
    }

    /// Who is satisfied, 1 or 0: in every unit by Pólya's urn, whose counts are beta-binomial with this correlation.
    fn drawn(&self, share: f64, random: &mut ChaCha8Rng) -> Vec<u8> {
        let all = (1.0 - self.icc) / self.icc;
        let mut drawn = Vec::with_capacity(self.persons().count());
        for _ in 0..self.units {
            let mut satisfied = 0.0;
            for before in 0..self.persons {
                let is = random.random::<f64>() * (all + f64::from(before)) < all * share + satisfied;
                satisfied += f64::from(u8::from(is));
                drawn.push(u8::from(is));
            }
        }
        drawn
    }
}

/// What a simulation of one design and share came to.
#[derive(Debug)]
pub(crate) struct Found {
    hits: [u64; 8],
    runs: u64,
}

impl Found {
    fn estimate(&self, place: usize) -> Estimate {
        Share { hits: self.hits.get(place).copied().unwrap_or_default(), runs: self.runs }.to_estimate()
    }

    /// How often the interval of a method held the truth.
    pub(crate) fn covered(&self, method: usize) -> Estimate {
        self.estimate(method)
    }

    /// How often a target just above the truth was declared met.
    pub(crate) fn false_met(&self) -> Estimate {
        self.estimate(4)
    }

    /// How often a target just below the truth was declared not met.
    pub(crate) fn false_not_met(&self) -> Estimate {
        self.estimate(5)
    }

    /// How often the presentation rules let nothing be said.
    pub(crate) fn not_publishable(&self) -> Estimate {
        self.estimate(6)
    }

    /// How often the lower limit was above the truth, whether it might be shown or not.
    pub(crate) fn limit_above(&self) -> Estimate {
        self.estimate(7)
    }
}

pub(crate) fn simulate(cluster: &Cluster, share: f64, runs: u64, seed: u64, cell: u64) -> anyhow::Result<Found> {
    let design = cluster.design()?;
    let folder = tempfile::tempdir().context("while making a folder")?;
    let levels = vec![vec![
        Level { answered: true, value: Some(0.0), satisfied: false },
        Level { answered: true, value: Some(1.0), satisfied: true },
    ]];
    let one = |run: u64, random: &mut ChaCha8Rng| {
        let codes = cluster.drawn(share, random);
        let answers = Answers::new(codes.clone(), levels.clone()).context("the answers are refused")?;
        let (measures, whole) = ([Measure::item(0)], Domains::whole());
        let found = estimate(&design, &answers, Statistic::Share, &measures, &whole, Variance::Linearised(None));
        let found = found.first().context("there is no estimate")?;
        let (value, variance) = found.estimate.zip(found.variance).context("there is no share or no variance")?;
        // All satisfied: what is left of the variance is rounding.
        let variance = if value <= 0.0 || value >= 1.0 { 0.0 } else { variance };
        let shown = DesignShare { share: value, variance, rows: found.rows, df: found.df() };
        let judged = Judged::of(&shown, share).context("a target is no share")?;
        if run < THROUGH_FILES {
            through_files(folder.path(), run, cluster, share, &codes, &judged)?;
        }
        Ok(judged.hits(share))
    };
    let hits = tally((Kind::Clusters, seed, cell, runs), one)?;
    Ok(Found { hits, runs })
}

/// The limits of every method, and the verdicts on targets just above and just below the truth.
struct Judged {
    share: f64,
    limits: [Option<(f64, f64)>; 4],
    verdicts: [Verdict; 2],
}

impl Judged {
    fn of(share: &DesignShare, truth: f64) -> Option<Self> {
        let decision = Rules::NCHS_2017.decide(share);
        let of = |method| share.interval(method, Confidence::P95).ok().map(|limits| (limits.low, limits.high));
        let shown = ShownShare {
            share: *share,
            method: IntervalMethod::KornGraubardNchs,
            confidence: Confidence::P95,
            interval: decision.interval,
            shown: decision.shows(),
        };
        let [above, below] = [truth + NEXT_TO, truth - NEXT_TO].map(Target::new);
        let verdicts = [judge_survey(&shown, above?), judge_survey(&shown, below?)];
        Some(Self { share: share.share, limits: METHODS.map(of), verdicts })
    }

    fn hits(&self, truth: f64) -> [u64; 8] {
        let covers = |method: usize| {
            let limits = self.limits.get(method).copied().flatten();
            u64::from(limits.is_some_and(|(low, high)| low <= truth && truth <= high))
        };
        let above = self.limits.first().copied().flatten().is_some_and(|(low, _)| low > truth);
        let [first, second] = self.verdicts;
        [
            covers(0),
            covers(1),
            covers(2),
            covers(3),
            u64::from(first == Verdict::Met),
            u64::from(second == Verdict::NotMet),
            u64::from(first == Verdict::NotPublishable),
            u64::from(above),
        ]
    }
}

/// The same sample as a file, analysed from the file: share, limits and verdicts must be the same.
fn through_files(
    folder: &std::path::Path,
    run: u64,
    cluster: &Cluster,
    truth: f64,
    codes: &[u8],
    judged: &Judged,
) -> anyhow::Result<()> {
    let mut text = String::from("stratum,unit,weight,item\n");
    for ((stratum, unit, weight), code) in cluster.persons().zip(codes) {
        writeln!(text, "{stratum},{unit},{weight},{code}").context("while writing a line")?;
    }
    let methods = METHODS.map(|method| format!("\"{}\"", method.word())).join(", ");
    let design = format!(
        "[design]\nweights = \"weight\"\nstrata = [\"stratum\"]\nids = [\"unit\"]\n\
         [answers]\nitems = [\"item\"]\nsatisfied = [1]\nlevels = [0, 1]\n\
         [report]\nintervals = [{methods}]\ntargets = [{}, {}]\n",
        truth + NEXT_TO,
        truth - NEXT_TO
    );
    let (design_file, data_file) = (folder.join(format!("{run}.toml")), folder.join(format!("{run}.csv")));
    std::fs::write(&design_file, design).context("while writing a file")?;
    std::fs::write(&data_file, text).context("while writing a file")?;
    let report = thuocdo::analysis::analyse(&design_file, &data_file, &thuocdo::analysis::Progress::default())?;
    let report: serde_json::Value = serde_json::from_str(&report.json())?;
    let line = report.pointer("/estimates/0").context("the report has no estimate")?;
    let number = |path: &str| line.pointer(path).and_then(serde_json::Value::as_f64);
    let same = |one: Option<f64>, other: Option<f64>| match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-12,
        (one, other) => one.is_none() && other.is_none(),
    };
    anyhow::ensure!(same(number("/estimate"), Some(judged.share)), "the file gives another share: {line}");
    for (method, limits) in METHODS.iter().zip(judged.limits) {
        let path = |end: u8| format!("/intervals/{}/{end}", method.word());
        let both = same(number(&path(0)), limits.map(|limits| limits.0))
            && same(number(&path(1)), limits.map(|limits| limits.1));
        anyhow::ensure!(both, "the file gives another interval than {limits:?}: {line}");
    }
    for (place, verdict) in judged.verdicts.iter().enumerate() {
        let word = line.pointer(&format!("/verdicts/{place}/verdict")).and_then(serde_json::Value::as_str);
        anyhow::ensure!(word == Some(verdict.word()), "the file gives another verdict than {verdict:?}: {line}");
    }
    Ok(())
}
