//! The axis of answers: even, by square root, or by powers, whichever keeps small units apart.

/// How numbers of answers lie along the axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    kind: Kind,
    low: f64,
    high: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Even,
    Root,
    Powers,
}

impl Kind {
    fn bent(self, n: f64) -> f64 {
        match self {
            Self::Even => n,
            Self::Root => n.max(0.0).sqrt(),
            Self::Powers => n.max(0.1).ln(),
        }
    }
}

/// The share of the axis below the median unit, at least; otherwise the axis is bent.
const MEDIAN: f64 = 0.2;

impl Scale {
    /// The least bent scale that leaves the median unit room.
    pub(super) fn fitting(counts: impl IntoIterator<Item = f64>) -> Self {
        let mut counts: Vec<f64> = counts.into_iter().filter(|n| n.is_finite() && *n > 0.0).collect();
        counts.sort_by(f64::total_cmp);
        let (Some(least), Some(most)) = (counts.first(), counts.last()) else {
            return Self { kind: Kind::Even, low: 0.0, high: 100.0 };
        };
        let median = counts.get(counts.len() / 2).unwrap_or(most) / most;
        let kind = match median {
            share if share >= MEDIAN => Kind::Even,
            share if share.sqrt() >= MEDIAN => Kind::Root,
            _ => Kind::Powers,
        };
        let low = if kind == Kind::Powers { least / 1.4 } else { 0.0 };
        let high = if kind == Kind::Powers { most * 1.3 } else { most * 1.06 };
        Self { kind, low, high }
    }

    /// Whether equal steps along the axis are not equal numbers.
    pub(super) fn is_bent(&self) -> bool {
        self.kind != Kind::Even
    }

    /// How far along the axis a number of answers lies, in per cent of its length.
    pub(super) fn along(&self, n: f64) -> f64 {
        let (low, high) = (self.kind.bent(self.low), self.kind.bent(self.high));
        (self.kind.bent(n) - low) / (high - low) * 100.0
    }

    fn holds(&self, n: f64) -> bool {
        n >= self.low && n <= self.high
    }
}

/// Numbers that may stand along the axis of answers of these units; the caller words them.
pub fn count_ticks(counts: impl IntoIterator<Item = f64>) -> Vec<u32> {
    let scale = Scale::fitting(counts);
    let round = (0..8).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u32.pow(power)));
    match scale.kind {
        Kind::Even => {
            let step = round.clone().find(|step| f64::from(*step) * 6.0 >= scale.high).unwrap_or(1);
            (0..=6).map(|tick| tick * step).filter(|tick| scale.holds(f64::from(*tick))).collect()
        }
        Kind::Root => std::iter::once(0).chain(round).filter(|tick| scale.holds(f64::from(*tick))).collect(),
        Kind::Powers => round.filter(|tick| scale.holds(f64::from(*tick))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_bends_only_as_far_as_small_units_need() {
        assert_eq!(Scale::fitting([200.0, 300.0, 400.0]).kind, Kind::Even);
        assert_eq!(Scale::fitting([20.0, 60.0, 80.0, 900.0]).kind, Kind::Root);
        assert_eq!(Scale::fitting([20.0, 30.0, 40.0, 9_000.0]).kind, Kind::Powers);
        for counts in [vec![200.0, 300.0, 400.0], vec![20.0, 60.0, 80.0, 900.0], vec![20.0, 30.0, 40.0, 9_000.0]] {
            let scale = Scale::fitting(counts.iter().copied());
            let places: Vec<f64> = counts.iter().map(|n| scale.along(*n)).collect();
            assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
            assert!(places.iter().all(|place| (0.0..=100.0).contains(place)), "{places:?}");
        }
    }

    #[test]
    fn ticks_are_round_numbers_within_the_axis() {
        assert_eq!(count_ticks([200.0, 300.0, 410.0]), [0, 100, 200, 300, 400]);
        assert_eq!(count_ticks([20.0, 60.0, 80.0, 900.0]), [0, 1, 2, 5, 10, 20, 50, 100, 200, 500]);
        assert_eq!(count_ticks([20.0, 30.0, 40.0, 9_000.0]), [20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]);
        assert!(count_ticks([1e300]).len() < 30, "bounded");
    }

    #[test]
    fn no_unit_and_broken_numbers_still_give_an_axis() {
        for counts in [vec![], vec![f64::NAN, f64::INFINITY, -3.0, 0.0]] {
            let scale = Scale::fitting(counts);
            assert!((scale.along(50.0) - 50.0).abs() < 1e-9);
        }
        let one = Scale::fitting([30.0]);
        assert!(one.along(30.0) > 80.0 && one.along(30.0) < 100.0);
    }
}
