//! Seeded random draws, the same on every machine.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// Random numbers from ChaCha20 whose key is a seed.
pub(crate) struct Draws(ChaCha20Rng);

impl Draws {
    /// The draws of a seed: the key's first eight bytes are the seed, little end first, the others zero.
    pub(crate) fn new(seed: u64) -> Self {
        let mut key = [0; 32];
        for (byte, value) in key.iter_mut().zip(seed.to_le_bytes()) {
            *byte = value;
        }
        Self(ChaCha20Rng::from_seed(key))
    }

    /// A number from 0 up to, but not, `n`; 0 for `n` = 0. Of 2^64 parts, no number gets two more than another.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let n = u128::from(u64::try_from(n).unwrap_or(u64::MAX));
        usize::try_from((u128::from(self.0.next_u64()) * n) >> 64).unwrap_or(0)
    }

    /// Puts values into a random order (Fisher & Yates).
    pub(crate) fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            let other = self.below(last + 1);
            values.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_even_draws_again() {
        let draw = |seed| {
            let mut draws = Draws::new(seed);
            (0..6_000).map(|_| draws.below(6)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        let mut counts = [0_i32; 6];
        for face in draw(7) {
            *counts.get_mut(face).unwrap() += 1;
        }
        // Six standard deviations of a count are 173.
        assert!(counts.iter().all(|count| (count - 1_000).abs() < 173), "{counts:?}");
    }

    #[test]
    fn a_shuffle_keeps_what_there_is() {
        let mut values: Vec<u32> = (0..100).collect();
        Draws::new(1).shuffle(&mut values);
        assert_ne!(values, (0..100).collect::<Vec<_>>());
        values.sort_unstable();
        assert_eq!(values, (0..100).collect::<Vec<_>>());
        let mut draws = Draws::new(1);
        assert_eq!((draws.below(0), draws.below(1)), (0, 0));
        draws.shuffle::<u32>(&mut []);
    }
}
