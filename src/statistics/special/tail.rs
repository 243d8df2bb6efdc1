//! What the tails of beta and gamma have in common on a scale where their densities are log-concave.

use super::root::Probe;

/// The tail on the left of a place that is not right of the mean.
pub(super) struct LeftTail {
    pub(super) ln_density: f64,
    /// Density over tail.
    pub(super) hazard: f64,
    /// Derivative of the log-density.
    pub(super) slope: f64,
}

/// Positive nodes and weights of the 20-point Gauss-Legendre rule.
const LEGENDRE: [(f64, f64); 10] = [
    (0.993_128_599_185_094_9, 0.017_614_007_139_152_118),
    (0.963_971_927_277_913_8, 0.040_601_429_800_386_94),
    (0.912_234_428_251_326, 0.062_672_048_334_109_07),
    (0.839_116_971_822_218_8, 0.083_276_741_576_704_75),
    (0.746_331_906_460_150_8, 0.101_930_119_817_240_44),
    (0.636_053_680_726_515, 0.118_194_531_961_518_41),
    (0.510_867_001_950_827_1, 0.131_688_638_449_176_64),
    (0.373_706_088_715_419_55, 0.142_096_109_318_382_04),
    (0.227_785_851_141_645_07, 0.149_172_986_472_603_74),
    (0.076_526_521_133_497_34, 0.152_753_387_130_725_84),
];

impl LeftTail {
    pub(super) fn probability(&self) -> f64 {
        self.ln_probability().exp().min(1.0)
    }

    pub(super) fn ln_probability(&self) -> f64 {
        self.ln_density - self.hazard.ln()
    }

    /// The step that brings the logarithm of the tail to `ln_p`; that logarithm is concave.
    pub(super) fn towards(&self, ln_p: f64) -> Probe {
        let excess = self.ln_probability() - ln_p;
        let bend = self.hazard * (self.hazard - self.slope).max(0.0);
        // The error is cubed by the step, so a change of 1e-5 of the tail's own scale, at most one unit, is the last.
        Probe::concave(excess, self.hazard, bend, 1e-5 / self.hazard.max(1.0))
    }
}

/// Tail over density by quadrature, for large shapes.
///
/// `relative(u)` is the density at distance `u` <= 0 over the density at the place itself. It falls to the left at
/// least like exp(-slope |u| - k u²/2) with k hardly below the `curvature` at the place, because with large shapes the
/// tail is narrow; e^-40 is left out. Two panels of 20 nodes are exact to 1e-15.
pub(super) fn tail_over_density(slope: f64, curvature: f64, relative: impl Fn(f64) -> f64) -> f64 {
    let length = 80.0 / (slope + (slope * slope + 80.0 * curvature).sqrt());
    let half = 0.25 * length;
    let panel = |centre: f64| {
        let total: f64 = LEGENDRE
            .iter()
            .map(|(node, weight)| weight * (relative(centre - half * node) + relative(centre + half * node)))
            .sum();
        total * half
    };
    panel(-half) + panel(-3.0 * half)
}
