//! A published series: one point a year without an interval; neighbouring years are joined, and nothing across a break.
//!
//! Points and shares have one scale, ranks another with the first at the top; they are two drawings, never one.

use maud::{Markup, html};

use super::axis::{Axis, at, corners, pixels, stretched};
use super::key::{Entry, legend, letter, notes, ringed};
use super::{NARROWEST, PAPER, TrendBreak, Wording, percent, picture, tall};

/// What the upright axis measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryScale {
    /// Points or per cent, 0 to 100.
    Hundred,
    /// Ranks from 1, at the top, to this many.
    Ranks(u16),
}

/// The chart: one place along the axis for each year from the first to the last.
#[derive(Debug, Clone)]
pub struct HistoryChart {
    /// Prefix of all ids inside; letters, digits and hyphens, unique on the page.
    pub id: Wording,
    /// Name of the chart.
    pub title: Wording,
    /// What the chart shows, for who cannot see it.
    pub description: Wording,
    /// What the upright axis measures.
    pub axis: Wording,
    /// Its scale.
    pub scale: HistoryScale,
    /// The years without a gap, the oldest first.
    pub years: Vec<HistoryYear>,
    /// Where the series breaks, by the place of the first year behind the break.
    pub breaks: Vec<TrendBreak>,
    /// What a point and a line mean.
    pub legend: Wording,
}

/// One year.
#[derive(Debug, Clone)]
pub struct HistoryYear {
    /// The year.
    pub label: Wording,
    /// Points, per cent or rank, and how people read it.
    pub value: Option<(f64, Wording)>,
    /// Words that stand in place of a number.
    pub note: Option<Wording>,
}

/// Room above the area for the name of the axis and the numbers of the breaks.
const TOP: u32 = 44;
const HEIGHT: u32 = 190;
const BELOW: u32 = 26;
/// Left edge and width of the area, in per cent of the drawing.
const AREA: (f64, f64) = (11.0, 85.0);
/// Width of a year's name with its blank, in pixels.
const NAME: f64 = 42.0;

/// A form of the drawing: behind the id, and the pixels that are counted upon.
const NARROW: (&str, f64) = ("", NARROWEST);
const WIDE: (&str, f64) = ("-w", PAPER);

/// Draws the chart with its legend above and its notes below.
pub fn history(chart: &HistoryChart) -> Markup {
    let words = chart.years.iter().filter_map(|year| Some((year, year.note.as_ref()?)));
    let words =
        words.enumerate().map(|(place, (year, note))| Entry::letter(letter(place), format!("{}: {note}", year.label)));
    let breaks = chart.breaks.iter().enumerate().map(|(place, one)| Entry::letter(ringed(place), one.reason.clone()));
    html! {
        (legend(&[Entry::drawn(30, swatch(), chart.legend.clone())]))
        div.narrow { (drawing(chart, NARROW)) }
        div.wide { (drawing(chart, WIDE)) }
        (notes(&breaks.chain(words).collect::<Vec<_>>()))
    }
}

fn swatch() -> Markup {
    html! {
        line.run x1="-14" x2="14" stroke="#0b5a63" stroke-width="2.25" {}
        circle.run r="4.5" fill="#0b5a63" {}
    }
}

/// The axis: its ticks, and how many pixels below its top a value lies.
enum Scale {
    Hundred(Axis),
    Ranks(u16),
}

impl Scale {
    fn of(chart: &HistoryChart) -> Self {
        match chart.scale {
            HistoryScale::Ranks(most) => Self::Ranks(most.max(2)),
            HistoryScale::Hundred => {
                let values = chart.years.iter().filter_map(|year| year.value.as_ref()).map(|(value, _)| *value);
                Self::Hundred(Axis::holding(values))
            }
        }
    }

    fn down(&self, value: f64) -> f64 {
        match self {
            Self::Hundred(axis) => axis.down(value, HEIGHT),
            Self::Ranks(most) => {
                let share = (value - 1.0) / (f64::from(*most) - 1.0);
                share.clamp(0.0, 1.0) * f64::from(HEIGHT)
            }
        }
    }

    fn rungs(&self) -> Markup {
        match self {
            Self::Hundred(axis) => axis.rungs(TOP, HEIGHT),
            Self::Ranks(most) => html! {
                @for tick in ticks(*most) {
                    @let y = pixels(f64::from(TOP) + self.down(f64::from(tick)));
                    line.grid x1="0%" x2="100%" y1=(y) y2=(y) stroke="#d5dddf" {}
                    svg y=(y) overflow="visible" { text.m x="-7" y="4.5" text-anchor="end" font-size="13" { (tick) } }
                }
            },
        }
    }
}

/// The first rank, the last one, and round ones between that keep their distance; at most seven.
fn ticks(most: u16) -> Vec<u16> {
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000].into_iter();
    let step = step.chain([20_000]).find(|step| most / step <= 5).unwrap_or(u16::MAX);
    let between = (1..=most / step).map(|n| n * step).filter(|tick| *tick > 1 + step / 2 && most - tick > step / 2);
    [1].into_iter().chain(between).chain([most]).collect()
}

fn drawing(chart: &HistoryChart, (suffix, planned): (&str, f64)) -> Markup {
    let scale = Scale::of(chart);
    let id = format!("{}{suffix}", chart.id);
    let slots = f64::from(u32::try_from(chart.years.len().max(1)).unwrap_or(u32::MAX));
    let across = |place: usize| (f64::from(u32::try_from(place).unwrap_or(u32::MAX)) + 0.5) / slots * 100.0;
    let slot = planned * AREA.1 / 100.0 / slots;
    let area = html! {
        (scale.rungs())
        (lines(chart, &scale, across))
        (breaks(chart, slots))
        (points(chart, &scale, across, slot))
        (names(chart, across, slot))
    };
    let inside = html! {
        text.m x="0" y="12" font-size="13" { (chart.axis) }
        svg x=(percent(AREA.0)) width=(percent(AREA.1)) overflow="visible" { (area) }
    };
    picture(&id, &chart.title, &chart.description, TOP + HEIGHT + BELOW, &inside)
}

/// Whether a line may lead from a year to the next.
fn goes_on(chart: &HistoryChart, next: usize) -> bool {
    !chart.breaks.iter().any(|one| one.before == next)
}

fn lines(chart: &HistoryChart, scale: &Scale, across: impl Fn(usize) -> f64) -> Markup {
    let inside = html! {
        @for (place, pair) in chart.years.windows(2).enumerate() {
            @if let [HistoryYear { value: Some((one, _)), .. }, HistoryYear { value: Some((next, _)), .. }] = pair
                && goes_on(chart, place + 1) {
                @let ends = [(across(place), scale.down(*one)), (across(place + 1), scale.down(*next))];
                polyline.run points=(corners(ends)) fill="none" stroke="#0b5a63" stroke-width="2.25"
                    vector-effect="non-scaling-stroke" {}
            }
        }
    };
    stretched(TOP, HEIGHT, &inside)
}

/// Double lines with their numbers before the first year behind the break.
fn breaks(chart: &HistoryChart, slots: f64) -> Markup {
    let (top, bottom) = (TOP - 8, TOP + HEIGHT + 4);
    html! {
        @for (number, one) in chart.breaks.iter().enumerate() {
            @let place = f64::from(u32::try_from(one.before).unwrap_or(u32::MAX)) / slots * 100.0;
            (at(place, 0.0, &html! {
                @for x in ["-2", "2"] {
                    line.middle x1=(x) x2=(x) y1=(top) y2=(bottom) stroke="#14232a" stroke-width="1.25" {}
                }
                text.b y=(top - 5) text-anchor="middle" font-size="16" { (ringed(number)) }
            }))
        }
    }
}

/// Points with their numbers above, or below where the line comes from above; letters where words stand.
fn points(chart: &HistoryChart, scale: &Scale, across: impl Fn(usize) -> f64, slot: f64) -> Markup {
    let mut letters = 0..;
    let widest = chart.years.iter().filter_map(|year| year.value.as_ref());
    let widest = widest.map(|(_, shown)| super::room::width(shown)).fold(0.0, f64::max);
    let is_all = slot >= widest + 4.0;
    let last = chart.years.iter().rposition(|year| year.value.is_some());
    let first = chart.years.iter().position(|year| year.value.is_some());
    html! {
        @for (place, year) in chart.years.iter().enumerate() {
            @if let Some((value, shown)) = &year.value {
                @let down = scale.down(*value);
                @let above = if is_valley(chart, scale, place) { down + 20.0 } else { down - 11.0 };
                (at(across(place), f64::from(TOP) + down, &html! {
                    circle.run r="4.5" fill="#0b5a63" { title { (year.label) ": " (shown) } }
                }))
                @if is_all || Some(place) == first || Some(place) == last {
                    (at(across(place), f64::from(TOP) + above, &html! {
                        text.b.halo text-anchor="middle" font-size="13" { (shown) }
                    }))
                }
            }
            @if year.note.is_some() {
                @let name = letter(letters.next().unwrap_or_default());
                @if year.value.is_none() {
                    (at(across(place), f64::from(TOP + HEIGHT) - 7.0, &html! {
                        text.b.halo text-anchor="middle" font-size="13" { (name) }
                    }))
                }
            }
        }
    }
}

/// Whether the lines to both neighbours lead upwards and there is room for a number below.
fn is_valley(chart: &HistoryChart, scale: &Scale, place: usize) -> bool {
    let down = |place: usize| Some(scale.down(chart.years.get(place)?.value.as_ref()?.0));
    let Some(own) = down(place) else { return false };
    let before = place.checked_sub(1).filter(|_| goes_on(chart, place)).and_then(down);
    let after = down(place + 1).filter(|_| goes_on(chart, place + 1));
    let is_above = |other: Option<f64>| other.is_some_and(|other| other < own - 4.0);
    is_above(before) && is_above(after) && own + 24.0 < f64::from(HEIGHT)
}

/// The years below the axis: as many as do not touch.
fn names(chart: &HistoryChart, across: impl Fn(usize) -> f64, slot: f64) -> Markup {
    let top = TOP + HEIGHT;
    let fits = (1..=chart.years.len().max(1)).find(|step| slot * f64::from(u32::try_from(*step).unwrap_or(1)) >= NAME);
    let step = fits.unwrap_or(chart.years.len().max(1));
    let last = chart.years.len().saturating_sub(1);
    html! {
        line.edge x1="0%" x2="100%" y1=(top) y2=(top) stroke="#75858b" {}
        @for (place, year) in chart.years.iter().enumerate() {
            @let x = percent(across(place));
            line.edge x1=(x) x2=(x) y1=(top) y2=(top + 5) stroke="#75858b" {}
            @if (last - place).is_multiple_of(step) {
                text x=(x) y=(top + tall(1, 20)) text-anchor="middle" font-size="13" { (year.label) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chart(scale: HistoryScale, values: &[Option<f64>], breaks: &[usize]) -> HistoryChart {
        let year = |(place, value): (usize, &Option<f64>)| HistoryYear {
            label: (2012 + place).to_string().into(),
            value: value.map(|value| (value, format!("{value}").into())),
            note: value.is_none().then(|| "lời".into()),
        };
        HistoryChart {
            id: "h".into(),
            title: "Chuỗi".into(),
            description: "Mô tả".into(),
            axis: "Điểm".into(),
            scale,
            years: values.iter().enumerate().map(year).collect(),
            breaks: breaks.iter().map(|before| TrendBreak { before: *before, reason: "lý do".into() }).collect(),
            legend: "Giá trị".into(),
        }
    }

    /// The years every line joins, by their places.
    fn joined(chart: &HistoryChart) -> Vec<Vec<usize>> {
        let drawn = drawing(chart, WIDE).into_string();
        let slots = chart.years.len();
        let across = |place: usize| {
            let corner = corners([(
                f64::from(u32::try_from(place * 2 + 1).unwrap()) / 2.0 / f64::from(u32::try_from(slots).unwrap())
                    * 100.0,
                0.0,
            )]);
            corner.split(',').next().unwrap().to_owned()
        };
        let places: Vec<String> = (0..slots).map(across).collect();
        let place = |corner: &str| places.iter().position(|at| Some(at.as_str()) == corner.split(',').next()).unwrap();
        let lines = drawn.split("points=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        lines.map(|line| line.split(' ').map(place).collect()).collect()
    }

    #[test]
    fn the_first_rank_stands_at_the_top_and_more_points_stand_higher() {
        let ranks = Scale::of(&chart(HistoryScale::Ranks(63), &[Some(59.0)], &[]));
        assert!(ranks.down(1.0) < ranks.down(58.0) && ranks.down(63.0) <= f64::from(HEIGHT));
        let points = Scale::of(&chart(HistoryScale::Hundred, &[Some(66.0), Some(79.0)], &[]));
        assert!(points.down(79.0) < points.down(66.0));
    }

    #[test]
    fn ticks_of_ranks_begin_with_the_first_and_end_with_the_last() {
        assert_eq!(ticks(63), [1, 20, 40, 63]);
        assert_eq!(ticks(34), [1, 10, 20, 34]);
        assert_eq!(ticks(2), [1, 2]);
        for most in 2..2_000 {
            let ticks = ticks(most);
            assert!(ticks.len() <= 7 && ticks.windows(2).all(|pair| pair[0] < pair[1]), "{most}: {ticks:?}");
        }
    }

    #[test]
    fn words_in_place_of_a_number_and_breaks_stand_below_with_their_signs() {
        let drawn =
            history(&chart(HistoryScale::Hundred, &[Some(81.0), None, Some(85.0), Some(80.1)], &[3])).into_string();
        assert!(drawn.contains("2013: lời") && drawn.contains("①") && drawn.contains("lý do"), "{drawn}");
    }

    proptest! {
        #[test]
        fn no_line_spans_a_break_or_a_year_without_a_number(
            values in proptest::collection::vec(proptest::option::of(0.0_f64..100.0), 1..30),
            breaks in proptest::collection::vec(0_usize..31, 0..4),
            is_rank in any::<bool>(),
        ) {
            let scale = if is_rank { HistoryScale::Ranks(100) } else { HistoryScale::Hundred };
            let mut drawn = 0;
            for line in joined(&chart(scale, &values, &breaks)) {
                drawn += 1;
                prop_assert_eq!(line.len(), 2);
                let (from, to) = (line[0], line[1]);
                prop_assert_eq!(from + 1, to, "a line joins neighbours");
                prop_assert!(values[from].is_some() && values[to].is_some());
                prop_assert!(!breaks.contains(&to), "a line spans the break before {}", to);
            }
            let may = (1..values.len()).filter(|to| values[to - 1].is_some() && values[*to].is_some() && !breaks.contains(to));
            prop_assert_eq!(drawn, may.count(), "every other pair of neighbours is joined");
        }
    }
}
