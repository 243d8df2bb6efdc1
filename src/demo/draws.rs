//! Seeded draws: the few distributions the model needs, equal on every run and on every machine.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::words::Day;

/// The seed of the whole demonstration.
const BASE_SEED: u64 = 98_2026_1121;
/// 2⁻⁵³: turns the upper 53 bits of a word into a number of [0, 1).
const ULP: f64 = 1.0 / 9_007_199_254_740_992.0;
/// Above this mean a Poisson count is drawn from its normal approximation.
const MANY: f64 = 60.0;
/// No rejection loop runs longer; the chance of getting there is below 10⁻³⁰.
const TRIES: u32 = 512;

/// What a stream of draws is for; streams of two purposes never touch, so that figures of one do not move the other.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    /// Dossiers of a unit and day.
    Dossiers = 1,
    /// Who answers, and what.
    Answers = 2,
    /// Planted situations.
    Situations = 3,
}

/// A stream of draws.
pub(crate) struct Draws(ChaCha8Rng);

impl Draws {
    /// The stream of a place (code of a unit or point), a day and a purpose. The seed is written out field by field, so
    /// that two streams are equal only if all three are; a code longer than 16 bytes is cut.
    pub(crate) fn of(place: &str, day: Day, purpose: Purpose) -> Self {
        let mut seed = [0_u8; 32];
        seed[..8].copy_from_slice(&BASE_SEED.to_le_bytes());
        for (slot, byte) in seed[8..24].iter_mut().zip(place.bytes()) {
            *slot = byte;
        }
        seed[24..28].copy_from_slice(&day.0.to_le_bytes());
        seed[28] = purpose as u8;
        Self(ChaCha8Rng::from_seed(seed))
    }

    /// Uniform on [0, 1).
    pub(crate) fn uniform(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits are exact in f64")]
        let bits = (self.0.next_u64() >> 11) as f64;
        bits * ULP
    }

    /// True with probability `p`.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    /// Standard normal (Box and Muller 1958; the second value is dropped).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Gamma with a shape of at least 1 and a mean (Marsaglia and Tsang 2000).
    pub(crate) fn gamma(&mut self, shape: f64, mean: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        for _ in 0..TRIES {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && (1.0 - self.uniform()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v * mean / shape;
            }
        }
        mean
    }

    /// A count around a mean (Poisson; the product method of Knuth, the normal approximation for large means).
    pub(crate) fn count(&mut self, mean: f64) -> u32 {
        if mean > MANY {
            return whole(mean + mean.sqrt() * self.normal());
        }
        let floor = (-mean).exp();
        let mut product = self.uniform();
        let mut count = 0;
        while product > floor && count < TRIES {
            product *= self.uniform();
            count += 1;
        }
        count
    }

    /// One of several, with weights; `None` if there is nothing to draw from.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[(T, f64)]) -> Option<T> {
        let total: f64 = from.iter().map(|(_, weight)| weight).sum();
        let mut left = self.uniform() * total;
        for (thing, weight) in from {
            left -= weight;
            if left < 0.0 {
                return Some(*thing);
            }
        }
        from.last().map(|(thing, _)| *thing)
    }
}

/// The nearest count; negative numbers give 0.
pub(crate) fn whole(x: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded and held within u32")]
    let count = x.round().clamp(0.0, f64::from(u32::MAX)) as u32;
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: u32 = 60_000;

    fn moments(mut draw: impl FnMut(&mut Draws) -> f64) -> (f64, f64) {
        let mut draws = Draws::of("test", Day(1), Purpose::Answers);
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..N {
            let x = draw(&mut draws);
            sum += x;
            squares += x * x;
        }
        let mean = sum / f64::from(N);
        (mean, squares / f64::from(N) - mean * mean)
    }

    fn near(found: (f64, f64), mean: f64, variance: f64) {
        assert!((found.0 - mean).abs() < 5.0 * (variance / f64::from(N)).sqrt(), "mean {} of {mean}", found.0);
        assert!((found.1 / variance - 1.0).abs() < 0.06, "variance {} of {variance}", found.1);
    }

    #[test]
    fn draws_have_the_mean_and_variance_of_their_distribution() {
        near(moments(Draws::uniform), 0.5, 1.0 / 12.0);
        near(moments(Draws::normal), 0.0, 1.0);
        near(moments(|d| d.gamma(1.6, 20.0)), 20.0, 400.0 / 1.6);
        near(moments(|d| f64::from(d.count(3.5))), 3.5, 3.5);
        near(moments(|d| f64::from(d.count(59.0))), 59.0, 59.0);
        near(moments(|d| f64::from(d.count(300.0))), 300.0, 300.0);
    }

    #[test]
    fn a_stream_is_equal_on_every_run_and_differs_by_place_day_and_purpose() {
        let first = |place, day, purpose| Draws::of(place, Day(day), purpose).uniform().to_bits();
        let here = first("MH.P01", 20_000, Purpose::Answers);
        assert_eq!(here, first("MH.P01", 20_000, Purpose::Answers));
        assert_ne!(here, first("MH.P02", 20_000, Purpose::Answers));
        assert_ne!(here, first("MH.P01", 20_001, Purpose::Answers));
        assert_ne!(here, first("MH.P01", 20_000, Purpose::Dossiers));
    }

    #[test]
    fn picks_follow_their_weights() {
        let mut draws = Draws::of("test", Day(2), Purpose::Answers);
        let threes = (0..N).filter(|_| draws.pick(&[(1, 1.0), (3, 3.0)]) == Some(3)).count();
        assert!((f64::from(u32::try_from(threes).unwrap()) / f64::from(N) - 0.75).abs() < 0.009);
        assert_eq!(draws.pick::<u8>(&[]), None);
    }
}
