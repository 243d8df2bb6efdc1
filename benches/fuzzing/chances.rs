//! Intervals of counts and of shares under a design, sequences, evidence, and how many answers would settle a target.

use std::path::Path;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use thuocdo::statistics::evidence::{Claim, log_e_value, more_answers_for_evidence};
use thuocdo::statistics::survey::{DesignShare, IntervalMethod, Rules};
use thuocdo::statistics::{Confidence, Count, Interval, Share, beta_binomial_sequence, more_answers_for_count};

use super::mutation::chance;
use super::special::{line, number, numbers, probability};
use super::{Input, Target};

pub(super) struct Chances;

impl Target for Chances {
    fn name(&self) -> &'static str {
        "intervals"
    }

    fn make(&self, random: &mut ChaCha8Rng) -> Input {
        let trials = 10_f64.powf(random.random_range(0.0..12.0)).floor();
        let successes = if chance(random, 0.2) { number(random) } else { (trials * random.random::<f64>()).floor() };
        let level = if chance(random, 0.5) { 0.95 } else { probability(random) };
        let rows = if chance(random, 0.2) { number(random) } else { trials };
        let share = probability(random);
        let usual = share * (1.0 - share) / rows * 10_f64.powf(random.random_range(-2.0..2.0));
        let variance = if chance(random, 0.3) { number(random) } else { usual };
        let df = if chance(random, 0.3) { number(random) } else { f64::from(random.random_range(0..100_u8)) };
        line(&[trials, successes, level, share, variance, rows, df, probability(random)])
    }

    fn run(&self, input: &Input, _folder: &Path) -> Result<bool, String> {
        let given = numbers(input);
        let [trials, successes, level, share, variance, rows, df, target] = given.as_slice() else { return Ok(false) };
        let (Some(confidence), Some(target)) = (Confidence::new(*level), Share::new(*target)) else { return Ok(false) };
        let count = Count::new(whole(*successes), whole(*trials)).ok();
        if let Some(count) = count {
            of_count(count, confidence, target)?;
        }
        let survey = DesignShare { share: *share, variance: *variance, rows: whole(*rows), df: *df };
        of_survey(&survey, confidence, target)?;
        Ok(count.is_some())
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "any whole number will do")]
fn whole(value: f64) -> u64 {
    value as u64
}

fn holds(name: &str, interval: Interval, share: f64, bounded: bool) -> Result<(), String> {
    let Interval { low, high } = interval;
    let inside = !bounded || low >= -1e-12 && high <= 1.0 + 1e-12;
    // Limits that come from a search may miss the share by rounding.
    if inside && low <= share + 1e-9 && share <= high + 1e-9 {
        return Ok(());
    }
    Err(format!("{name}: {interval:?} around {share:e}"))
}

type Method = fn(Count, Confidence) -> Option<Interval>;

fn of_count(count: Count, confidence: Confidence, target: Share) -> Result<(), String> {
    let Some(share) = count.share() else { return Ok(()) };
    let methods: [(&str, Method); 5] = [
        ("clopper-pearson", Count::clopper_pearson),
        ("jeffreys", Count::jeffreys),
        ("mid-p", Count::mid_p),
        ("wilson", Count::wilson),
        ("arcsine", Count::arcsine),
    ];
    for (name, method) in methods {
        // Jeffreys' interval and mid-p's may leave a share next to 0 or 1 outside where the level is low.
        let exact = name == "clopper-pearson" || name == "wilson" || confidence.level() > 0.8;
        if let Some(interval) = method(count, confidence) {
            holds(name, interval, if exact { share } else { 0.5 * (interval.low + interval.high) }, true)?;
        }
    }
    if let Some(sequence) = beta_binomial_sequence(count, confidence) {
        holds("sequence", sequence.interval, share, true)?;
    }
    let _ = more_answers_for_count(count, target, confidence);
    for claim in [Claim::AtMost(target), Claim::AtLeast(target)] {
        if log_e_value(count, claim).is_some_and(f64::is_nan) {
            return Err(format!("evidence against {claim:?} is no number"));
        }
        let _ = more_answers_for_evidence(count, claim, confidence);
    }
    Ok(())
}

fn of_survey(survey: &DesignShare, confidence: Confidence, target: Share) -> Result<(), String> {
    let _ = Rules::NCHS_2017.decide(survey);
    for method in IntervalMethod::ALL {
        let interval = survey.interval(method, confidence);
        let _ = survey.more_rows_to_settle(method, confidence, target.value());
        // The mean of anything between 0 and 1 varies no more than a single draw of it.
        let most = survey.share * (1.0 - survey.share);
        let sound = (0.0..=1.0).contains(&survey.share) && (0.0..=most).contains(&survey.variance);
        if let Ok(interval) = interval.as_ref()
            && sound
        {
            holds(method.word(), *interval, survey.share, method != IntervalMethod::Mean)?;
        }
    }
    Ok(())
}
