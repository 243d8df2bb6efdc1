//! Which periods are named below the axis, and in how many lines.

use super::super::wrap;

/// Letters of one line of a period's name.
const LINE: usize = 9;
/// Pixels between two names.
const APART: f64 = 8.0;
/// Periods between two names: steps that fall on quarters and years.
const STEPS: [u32; 11] = [1, 2, 3, 4, 6, 12, 24, 36, 48, 60, 120];

/// A period's name in at most two lines.
pub(super) fn broken(label: &str) -> Vec<String> {
    let mut lines = wrap(label, LINE);
    if lines.len() > 2 {
        let rest = lines.split_off(1).join(" ");
        lines.push(rest);
    }
    lines
}

/// The places of the names to be written, at most `most`, so that none touches the next; the first and the last are
/// always among them.
///
/// `slot` is the width of one period in pixels, `widest` that of the widest name.
pub(super) fn shown(count: usize, slot: f64, widest: f64, most: usize) -> Vec<usize> {
    let Some(last) = count.checked_sub(1) else { return Vec::new() };
    let fits = |step: &u32| {
        f64::from(*step) * slot >= widest + APART
            && usize::try_from(*step).is_ok_and(|step| last.div_ceil(step) < most.max(2))
    };
    let step = STEPS.into_iter().find(fits).and_then(|step| usize::try_from(step).ok()).unwrap_or(last).max(1);
    let mut shown: Vec<usize> = (0..last).step_by(step).collect();
    if shown.last().is_some_and(|before| *before > 0 && last - before < step) {
        shown.pop();
    }
    shown.push(last);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_period_are_always_named() {
        for count in 2..60 {
            for slot in [0.1, 5.0, 14.0, 40.0] {
                let shown = shown(count, slot, 60.0, 8);
                assert_eq!((shown.first(), shown.last()), (Some(&0), Some(&(count - 1))), "{count} at {slot}");
                assert!(shown.len() <= 8 && shown.windows(2).all(|pair| pair[0] < pair[1]), "{shown:?}");
            }
        }
        assert_eq!(shown(1, 200.0, 60.0, 8), [0]);
        assert!(shown(0, 200.0, 60.0, 8).is_empty());
    }

    #[test]
    fn names_keep_their_distance_and_fall_on_the_same_months() {
        for count in 5..60_u32 {
            let slot = 250.0 / f64::from(count);
            let shown = shown(count as usize, slot, 60.0, 8);
            let nearest = shown.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap();
            assert!(f64::from(u32::try_from(nearest).unwrap()) * slot >= 60.0, "{count}: {shown:?}");
        }
        assert_eq!(shown(40, 14.0, 52.0, 40), [0, 6, 12, 18, 24, 30, 39]);
    }

    #[test]
    fn a_long_name_has_two_lines_at_most() {
        assert_eq!(broken("III/2026"), ["III/2026"]);
        assert_eq!(broken("Quý III/2026"), ["Quý", "III/2026"]);
        assert_eq!(broken("6 tháng đầu năm 2026"), ["6 tháng", "đầu năm 2026"]);
        assert!(broken("").is_empty());
    }
}
