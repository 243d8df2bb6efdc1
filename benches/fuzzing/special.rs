//! Distributions at random and at extreme shapes, places and probabilities.

use std::path::Path;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use thuocdo::statistics::{
    Beta, Binomial, ChiSquared, FisherF, Hypergeometric, StudentT, Tails, ln_beta, ln_gamma, normal_quantile,
    normal_tails,
};

use super::mutation::{chance, pick};
use super::{Input, Target};

pub(super) struct Special;

const EXTREME: [f64; 30] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    0.0,
    -0.0,
    5e-324,
    -5e-324,
    f64::MIN_POSITIVE,
    1e-300,
    1e-100,
    1e-16,
    1e-6,
    1e-3,
    0.025,
    0.5,
    0.975,
    1.0 - f64::EPSILON,
    1.0,
    1.0 + f64::EPSILON,
    2.0,
    1e3,
    1e5,
    1e6,
    1e12,
    1e13,
    1e15,
    1e300,
    f64::MAX,
    -1.0,
    -1e300,
];

/// A number of any size, or one of those where formulas break.
pub(super) fn number(random: &mut ChaCha8Rng) -> f64 {
    if chance(random, 0.3) {
        return pick(random, &EXTREME).unwrap_or_default();
    }
    let size = 10_f64.powf(random.random_range(-12.0..14.0));
    if chance(random, 0.05) { -size } else { size }
}

/// A probability, mostly.
pub(super) fn probability(random: &mut ChaCha8Rng) -> f64 {
    match random.random_range(0..4) {
        0 => number(random),
        1 => 10_f64.powf(random.random_range(-300.0..0.0)),
        2 => 1.0 - 10_f64.powf(random.random_range(-16.0..0.0)),
        _ => random.random(),
    }
}

/// Numbers as text that reads back bit by bit.
pub(super) fn line(numbers: &[f64]) -> Input {
    let words: Vec<String> = numbers.iter().map(|number| format!("{:016x} {number:e}\n", number.to_bits())).collect();
    vec![("arguments.txt", words.concat().into_bytes())]
}

/// The numbers of [`line`].
pub(super) fn numbers(input: &Input) -> Vec<f64> {
    let text = input.first().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let word = |line: &str| u64::from_str_radix(line.split(' ').next()?, 16).ok();
    text.lines().filter_map(word).map(f64::from_bits).collect()
}

impl Target for Special {
    fn name(&self) -> &'static str {
        "special-functions"
    }

    fn make(&self, random: &mut ChaCha8Rng) -> Input {
        let which = f64::from(random.random_range(0..8_u8));
        let shapes = [number(random), number(random), number(random)];
        // Places that are near each other show a function that is not monotone.
        let place = if chance(random, 0.5) { number(random) } else { probability(random) };
        let other = if chance(random, 0.5) { place * (1.0 + 1e-6 * random.random::<f64>()) } else { number(random) };
        let (p, q) = (probability(random), probability(random));
        line(&[which, shapes[0], shapes[1], shapes[2], place, other, p, q])
    }

    fn run(&self, input: &Input, _folder: &Path) -> Result<bool, String> {
        let given = numbers(input);
        let [which, one, two, three, place, other, chance, second] = given.as_slice() else { return Ok(false) };
        let (one, two, places, chances) = (*one, *two, [*place, *other], [*chance, *second]);
        let (positive, all) = ((0.0, f64::INFINITY), (f64::NEG_INFINITY, f64::INFINITY));
        match format!("{which}").as_str() {
            "0" => {
                let Some(beta) = Beta::new(one, two) else { return Ok(false) };
                let tails = |x| {
                    let _ = beta.ln_tails(x);
                    beta.tails(x)
                };
                let (quantile, upper) = (|p| beta.quantile(p), |q| beta.upper_quantile(q));
                distribution((0.0, 1.0), forgiven(&[one, two]), places, chances, tails, quantile, Some(&upper))
            }
            "1" => {
                let Some(chi) = ChiSquared::new(one) else { return Ok(false) };
                let (quantile, upper) = (|p| chi.quantile(p), |q| chi.upper_quantile(q));
                distribution(positive, forgiven(&[one]), places, chances, |x| chi.tails(x), quantile, Some(&upper))
            }
            "2" => {
                let Some(fisher) = FisherF::new(one, two) else { return Ok(false) };
                let (quantile, upper) = (|p| fisher.quantile(p), |q| fisher.upper_quantile(q));
                distribution(
                    positive,
                    forgiven(&[one, two]),
                    places,
                    chances,
                    |x| fisher.tails(x),
                    quantile,
                    Some(&upper),
                )
            }
            "3" => {
                let Some(student) = StudentT::new(one) else { return Ok(false) };
                let quantile = |p| student.quantile(p);
                distribution(all, forgiven(&[one]), places, chances, |x| student.tails(x), quantile, None)
            }
            "4" => distribution(all, ROUNDING, places, chances, normal_tails, normal_quantile, None),
            "5" => binomial(one, two, places, chances),
            "6" => hypergeometric(one, two, *three, places),
            _ => gamma(one, two),
        }
    }
}

fn is_probability(value: f64) -> bool {
    (0.0..=1.0).contains(&value)
}

/// Rounding that is forgiven.
const ROUNDING: f64 = 1e-9;
/// The same of shapes and degrees of freedom outside those for which ten digits are promised.
const OUTSIDE: f64 = 1e-5;

/// What is forgiven for these shapes.
fn forgiven(shapes: &[f64]) -> f64 {
    let usual = 0.002..=1e6;
    if shapes.iter().all(|shape| usual.contains(shape) || *shape == f64::INFINITY) { ROUNDING } else { OUTSIDE }
}

/// What holds of every continuous distribution.
fn distribution(
    (first, last): (f64, f64),
    rounding: f64,
    places: [f64; 2],
    chances: [f64; 2],
    tails: impl Fn(f64) -> Tails,
    quantile: impl Fn(f64) -> f64,
    upper: Option<&dyn Fn(f64) -> f64>,
) -> Result<bool, String> {
    for place in places {
        let found = tails(place);
        if place.is_nan() {
            continue;
        }
        if !is_probability(found.lower) || !is_probability(found.upper) {
            return Err(format!("tails at {place:e} are {found:?}"));
        }
        if (found.lower + found.upper - 1.0).abs() > rounding {
            return Err(format!("tails at {place:e} do not add up to 1: {found:?}"));
        }
    }
    let [one, two] = places;
    if one < two && tails(one).lower > tails(two).lower + rounding {
        return Err(format!("the tail falls from {one:e} to {two:e}: {:?} {:?}", tails(one), tails(two)));
    }
    for p in chances {
        if !is_probability(p) {
            let _ = (quantile(p), upper.map(|upper| upper(p)));
            continue;
        }
        for (value, p) in [(quantile(p), p)].into_iter().chain(upper.map(|upper| (upper(p), 1.0 - p))) {
            if !(first..=last).contains(&value) {
                return Err(format!("the quantile at {p:e} is {value:e}"));
            }
            // Between the neighbours of the quantile the tail passes p; at the smallest numbers there are none.
            let (below, above) = (tails(value - rounding * value.abs()), tails(value + rounding * value.abs()));
            let inside = value.abs() > 1e-290 && value.abs() < 1e290 && (value - last).abs() > rounding;
            if inside && !(below.lower - 10.0 * rounding <= p && p <= above.lower + 10.0 * rounding) {
                return Err(format!("the quantile at {p:e} is {value:e}, where the tails are {below:?} to {above:?}"));
            }
        }
    }
    let [one, two] = chances;
    if is_probability(one) && is_probability(two) && one < two {
        let (low, high) = (quantile(one), quantile(two));
        // The smallest numbers have no digits to lose.
        if low > high + rounding * high.abs() + 1e-290 {
            return Err(format!("the quantile falls from {low:e} at {one:e} to {high:e} at {two:e}"));
        }
    }
    Ok(true)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "any whole number will do")]
fn whole(value: f64) -> u64 {
    value as u64
}

fn binomial(trials: f64, share: f64, places: [f64; 2], chances: [f64; 2]) -> Result<bool, String> {
    let Some(binomial) = Binomial::new(trials, share) else { return Ok(false) };
    for k in places.map(whole) {
        let (mass, most, least) = (binomial.ln_mass(k), binomial.at_most(k), binomial.at_least(k));
        if !is_probability(most) || !is_probability(least) || mass.is_nan() || mass > ROUNDING {
            return Err(format!("{k} successes: ln mass {mass:e}, at most {most:e}, at least {least:e}"));
        }
    }
    for p in chances {
        let Some(k) = binomial.quantile(p) else { continue };
        if binomial.at_most(k) < p - ROUNDING || k > 0 && binomial.at_most(k - 1) > p + ROUNDING {
            return Err(format!("the quantile at {p:e} is {k}"));
        }
    }
    Ok(true)
}

fn hypergeometric(all: f64, marked: f64, drawn: f64, places: [f64; 2]) -> Result<bool, String> {
    // Counts of any size are mostly refused: parts of the whole are more telling.
    let all = whole(all);
    let part = |value: f64| {
        if value < 1.0 { whole(value * 1e9).checked_rem(all.saturating_add(1)).unwrap_or(0) } else { whole(value) }
    };
    let Some(distribution) = Hypergeometric::new(all, part(marked), part(drawn)) else { return Ok(false) };
    let [one, two] = places.map(whole).map(|x| (x, distribution.at_least(x)));
    for (x, found) in [one, two] {
        if !is_probability(found) {
            return Err(format!("at least {x}: {found:e}"));
        }
    }
    if one.0 < two.0 && one.1 < two.1 - ROUNDING {
        return Err(format!("the tail rises: {one:?} {two:?}"));
    }
    Ok(true)
}

fn gamma(a: f64, b: f64) -> Result<bool, String> {
    let (one, both) = (ln_gamma(a), ln_beta(a, b));
    // Beyond the largest numbers infinity is right.
    if a > 0.0 && a < 1e300 && one.is_nan() {
        return Err(format!("ln Γ({a:e}) = {one}"));
    }
    if a > 0.0 && b > 0.0 && a < 1e300 && b < 1e300 && both.is_nan() {
        return Err(format!("ln B({a:e}, {b:e}) = {both}"));
    }
    Ok(a > 0.0)
}
