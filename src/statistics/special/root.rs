//! Bounded search for the root of an increasing function.

/// The most evaluations a search makes.
///
/// Thirty open steps first; the seventy halvings after them shrink the widest bracket in use (1,500) below 2e-18.
const MAX_STEPS: u32 = 100;
const OPEN_STEPS: u32 = 30;

/// What the function and its model say at one place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Probe {
    /// The value of the increasing function; its sign says on which side the root lies.
    pub(crate) excess: f64,
    /// The step the local model proposes.
    pub(crate) step: f64,
    /// A step this small is the last one.
    pub(crate) enough: f64,
}

impl Probe {
    /// The step to the root of the expansion `excess` + `slope` Δ - ½ `bend` Δ² of a concave function (Euler's method).
    pub(crate) fn concave(excess: f64, slope: f64, bend: f64, enough: f64) -> Self {
        let root = slope * slope + 2.0 * bend * excess;
        let step = if root > 0.0 { -2.0 * excess / (slope + root.sqrt()) } else { -excess / slope };
        Self { excess, step, enough }
    }
}

/// The root of an increasing function between `low` and `high`, looked for from `start`.
///
/// A proposed step that leaves the bracket downwards is first tried at `low` itself, because roots below the smallest
/// number are common there; if the root lies below, the answer is `low`.
pub(crate) fn find_root(mut low: f64, mut high: f64, start: f64, mut probe: impl FnMut(f64) -> Probe) -> f64 {
    let mut low_is_tried = false;
    let mut place = start.clamp(low, high);
    for step in 0..MAX_STEPS {
        let found = probe(place);
        if found.excess < 0.0 {
            low_is_tried = true;
            low = place;
        } else {
            high = place;
        }
        let next = place + found.step;
        if found.step.abs() <= found.enough {
            return next.clamp(low, high);
        }
        let middle = low + 0.5 * (high - low);
        if low >= high || middle <= low || middle >= high {
            return place;
        }
        place = if step >= OPEN_STEPS || next.is_nan() {
            middle
        } else if low < next && next < high {
            next
        } else if next <= low && !low_is_tried {
            low
        } else {
            middle
        };
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_always_points_the_wrong_way_still_ends_at_the_root() {
        let mut calls = 0_u32;
        let root = find_root(-750.0, 750.0, 3.0, |t| {
            calls += 1;
            Probe { excess: t - 0.125, step: t - 0.125, enough: 0.0 }
        });
        assert!((root - 0.125).abs() < 1e-15, "{root}");
        assert!(calls <= MAX_STEPS, "{calls}");
    }

    #[test]
    fn a_root_below_the_bracket_is_answered_with_its_lower_end() {
        let root = find_root(-750.0, 0.0, 0.0, |t| Probe { excess: t + 1000.0, step: -t - 1000.0, enough: 1e-12 });
        assert!((root + 750.0).abs() < 1e-12, "{root}");
    }
}
