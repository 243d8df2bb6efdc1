//! Steps of lightness for percentages: five to seven of equal width.

/// Widths a step may have, in percentage points.
const WIDTHS: [f64; 3] = [5.0, 10.0, 20.0];
/// Steps at least and at most.
const FEWEST: u32 = 5;
const MOST: u32 = 7;
/// The stylesheet's shades.
const SHADES: u32 = 7;

/// Steps that hold all values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Steps {
    low: f64,
    width: f64,
    count: u32,
}

impl Steps {
    /// The narrowest steps of 5, 10 or 20 points that hold all values; none when there is no value.
    pub(super) fn holding(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let values = values.into_iter().filter(|value| value.is_finite()).map(|value| value.clamp(0.0, 100.0));
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high): (f64, f64), value| {
            (low.min(value), high.max(value))
        });
        if low > high {
            return None;
        }
        let fitting = |width: f64| {
            let count = (FEWEST..=MOST).find(|count| {
                let low = Self::beginning(low, width, *count);
                low + width * f64::from(*count) >= high
            })?;
            Some(Self { low: Self::beginning(low, width, count), width, count })
        };
        WIDTHS.into_iter().find_map(fitting)
    }

    /// Where so many steps begin: at a whole step below the lowest value, and so that the last ends at 100 at most.
    fn beginning(lowest: f64, width: f64, count: u32) -> f64 {
        ((lowest / width).floor() * width).min(100.0 - width * f64::from(count)).max(0.0)
    }

    /// The shade of a value, from 1; what is no number has none.
    pub(super) fn shade(&self, value: f64) -> Option<u32> {
        let ends = (1..self.count).map(|step| self.low + self.width * f64::from(step));
        let below = u32::try_from(ends.filter(|end| value.clamp(0.0, 100.0) >= *end).count()).ok()?;
        value.is_finite().then(|| self.shade_of(below))
    }

    const fn shade_of(&self, step: u32) -> u32 {
        1 + (step * (SHADES - 1) + (self.count - 1) / 2) / (self.count - 1)
    }

    /// The steps from the lowest: shade and range, such as "80–85".
    pub(super) fn named(&self) -> Vec<(u32, String)> {
        let end = |step: u32| self.low + self.width * f64::from(step);
        (0..self.count).map(|step| (self.shade_of(step), format!("{:.0}–{:.0}", end(step), end(step + 1)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(values: &[f64]) -> Vec<String> {
        Steps::holding(values.iter().copied()).unwrap().named().into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn steps_are_five_to_seven_and_hold_every_value() {
        assert_eq!(named(&[76.0, 92.0]), ["75–80", "80–85", "85–90", "90–95", "95–100"]);
        assert_eq!(named(&[62.0, 99.0]).len(), 5, "40 points in tens, and ten below");
        assert_eq!(named(&[31.0, 99.0]), ["30–40", "40–50", "50–60", "60–70", "70–80", "80–90", "90–100"]);
        assert_eq!(named(&[0.0, 100.0]), ["0–20", "20–40", "40–60", "60–80", "80–100"]);
        for low in 0..=100 {
            for high in low..=100 {
                let (low, high) = (f64::from(low), f64::from(high));
                let steps = Steps::holding([low, high]).unwrap();
                assert!((FEWEST..=MOST).contains(&steps.count));
                assert!(steps.low <= low && steps.low + steps.width * f64::from(steps.count) >= high, "{low} {high}");
                assert!(steps.low + steps.width * f64::from(steps.count) <= 100.0);
            }
        }
    }

    #[test]
    fn shades_go_from_the_lightest_to_the_darkest() {
        let steps = Steps::holding([31.0, 99.0]).unwrap();
        assert_eq!([31.0, 40.0, 65.0, 99.0, 100.0].map(|value| steps.shade(value)), [1, 2, 4, 7, 7].map(Some));
        let five = Steps::holding([0.0, 100.0]).unwrap();
        assert_eq!([0.0, 99.0].map(|value| five.shade(value)), [Some(1), Some(7)]);
        let mut shades: Vec<u32> = five.named().into_iter().map(|(shade, _)| shade).collect();
        shades.dedup();
        assert_eq!(shades.len(), 5);
    }

    #[test]
    fn what_is_no_number_has_no_shade() {
        assert!(Steps::holding([f64::NAN, f64::INFINITY]).is_none());
        assert_eq!(Steps::holding([50.0]).unwrap().shade(f64::NAN), None);
    }
}
