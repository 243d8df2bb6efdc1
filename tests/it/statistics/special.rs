use thuocdo::statistics::{Beta, ChiSquared, FisherF, StudentT, normal_quantile};

use super::{number, table};

const QUANTILES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/quantiles.csv"));

/// The smallest normal number; quantiles below it come out as zero or lose digits.
const SMALLEST: f64 = f64::MIN_POSITIVE;

#[test]
fn quantiles_agree_with_fifty_digits_to_ten() {
    let mut compared = 0;
    for row in table(QUANTILES) {
        let Some(exact) = number(&row, "exact") else { continue };
        // The search behind this one cell stopped at zero; the root at 50 digits stands in its place.
        let stopped = row["fun"] == "qf" && row["p"] == "1e-10" && row["a"] == "1" && row["b"] == "7";
        let exact = if stopped { 1.686_699_970_889_294_8e-20 } else { exact };
        let p = number(&row, "p").unwrap();
        let shape = |column| number(&row, column).unwrap();
        let got = match row["fun"].as_str() {
            "qbeta" => Beta::new(shape("a"), shape("b")).unwrap().quantile(p),
            "qt" => StudentT::new(shape("a")).unwrap().quantile(p),
            "qchisq" => ChiSquared::new(shape("a")).unwrap().quantile(p),
            "qf" => FisherF::new(shape("a"), shape("b")).unwrap().quantile(p),
            "qnorm" => normal_quantile(p),
            other => panic!("{other}"),
        };
        if exact.abs() < SMALLEST {
            // The median of an odd distribution, and quantiles of 1e-330.
            assert!(got.abs() < SMALLEST, "{row:?}: {got}");
        } else {
            assert!((got / exact - 1.0).abs() < 1e-10, "{row:?}: {got}");
        }
        compared += 1;
    }
    assert_eq!(compared, 620);
}

/// Marsaglia's xorshift: fast, and the same draws every time.
struct Draws(u64);

impl Draws {
    fn unit(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / f64::from(u32::MAX)
    }

    /// From 10^low to 10^high, every size as likely as another.
    fn of_any_size(&mut self, low: f64, high: f64) -> f64 {
        10_f64.powf(low + (high - low) * self.unit())
    }
}

#[test]
fn a_million_beta_quantiles_of_any_shape_return_a_share() {
    let mut draws = Draws(0x9E37_79B9_7F4A_7C15);
    for _ in 0..1_000_000 {
        let (a, b) = (draws.of_any_size(-3.0, 9.0), draws.of_any_size(-3.0, 9.0));
        let tail = 0.5 * draws.of_any_size(-12.0, 0.0);
        let beta = Beta::new(a, b).unwrap();
        let x = if draws.unit() < 0.5 { beta.quantile(tail) } else { beta.upper_quantile(tail) };
        assert!((0.0..=1.0).contains(&x), "Beta({a}, {b}) at {tail}: {x}");
    }
}

#[test]
fn tails_undo_quantiles_for_shapes_up_to_a_billion() {
    let mut draws = Draws(42);
    for _ in 0..20_000 {
        let (a, b) = (draws.of_any_size(-3.0, 9.0), draws.of_any_size(-3.0, 9.0));
        let tail = 0.5 * draws.of_any_size(-200.0, 0.0);
        let beta = Beta::new(a, b).unwrap();
        let bound = if a.max(b) <= 1e6 { 1e-10 } else { 2e-9 };
        let lower = beta.quantile(tail);
        // Where neighbouring numbers have very different tails nothing can be undone: at 0 and close to 1.
        if lower > SMALLEST && lower < 0.9 {
            let back = beta.tails(lower).lower;
            assert!((back / tail - 1.0).abs() < bound, "Beta({a}, {b}) at {tail}: {lower}, back {back}");
        }
        let upper = beta.upper_quantile(tail);
        if upper > SMALLEST && upper < 0.9 {
            let back = beta.tails(upper).upper;
            assert!((back / tail - 1.0).abs() < bound, "Beta({a}, {b}) above at {tail}: {upper}, back {back}");
        }
    }
}

#[test]
fn quantiles_rise_with_the_probability() {
    let mut draws = Draws(7);
    for _ in 0..300 {
        let beta = Beta::new(draws.of_any_size(-3.0, 9.0), draws.of_any_size(-3.0, 9.0)).unwrap();
        let mut before = 0.0;
        for step in 1..200 {
            let x = beta.quantile(f64::from(step) / 200.0);
            assert!(x >= before, "{beta:?} at {step}/200: {x} after {before}");
            before = x;
        }
    }
}

#[test]
fn mirrored_shapes_have_mirrored_quantiles() {
    let mut draws = Draws(11);
    for _ in 0..5_000 {
        let (a, b) = (draws.of_any_size(-3.0, 9.0), draws.of_any_size(-3.0, 9.0));
        let p = draws.of_any_size(-12.0, 0.0) * 0.999;
        let there = Beta::new(a, b).unwrap().quantile(p);
        let back = 1.0 - Beta::new(b, a).unwrap().upper_quantile(p);
        assert!((there - back).abs() < 1e-12, "Beta({a}, {b}) at {p}: {there} {back}");
    }
}
