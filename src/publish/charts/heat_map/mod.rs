//! Heat map: criteria across, units down, each cell a number upon a shade.
//!
//! It is a table and no drawing: screen readers walk its rows and columns, paper repeats its head and breaks between
//! rows, and a narrow page scrolls it within its own frame. The shades only repeat the numbers.

mod steps;
#[cfg(test)]
mod tests;

use maud::{Markup, html};

use self::steps::Steps;
use super::key::{Entry, legend, letter, notes};
use super::{Mark, Wording};
use crate::text::chart;
use crate::words::Lang;

/// The map; rows and columns stand in the order given.
#[derive(Debug, Clone)]
pub struct HeatMap {
    /// Prefix of all ids inside; letters, digits and hyphens, unique on the page.
    pub id: Wording,
    /// Name of the map, its caption.
    pub title: Wording,
    /// Short names of the columns; more than eight go on in a further table.
    pub columns: Vec<Wording>,
    /// The rows by group.
    pub groups: Vec<HeatGroup>,
    /// Why cells are withheld; cells name one by its place.
    pub reasons: Vec<Wording>,
    /// Words of the head and of the legend.
    pub words: HeatWords,
}

/// Rows that stand together.
#[derive(Debug, Clone)]
pub struct HeatGroup {
    /// Their heading; none when empty.
    pub name: Wording,
    /// The rows.
    pub rows: Vec<HeatRow>,
}

/// One row: a unit and its cells.
#[derive(Debug, Clone)]
pub struct HeatRow {
    /// Name of the unit.
    pub name: Wording,
    /// One cell for each column; missing ones stay empty.
    pub cells: Vec<HeatCell>,
}

/// One cell.
#[derive(Debug, Clone)]
pub enum HeatCell {
    /// A figure.
    Value {
        /// In per cent from 0 to 100.
        percent: f64,
        /// The same as people read it, without the sign of per cent: "92,4".
        label: Wording,
        /// Where the whole interval lies above or below the target: [`Mark::Met`] or [`Mark::NotMet`].
        sign: Option<Mark>,
    },
    /// Withheld, for the reason at this place.
    Withheld(usize),
}

/// Words of the head and of the legend.
#[derive(Debug, Clone)]
pub struct HeatWords {
    /// Head of the column of names.
    pub unit: Wording,
    /// What the numbers are: "Mức độ hài lòng (%)".
    pub value: Wording,
    /// What the signs say; those that occur are shown.
    pub signs: Vec<(Mark, Wording)>,
}

impl HeatWords {
    /// The words of this language.
    pub fn of(lang: Lang) -> Self {
        Self {
            unit: chart::HEAD_UNIT.get(lang).into(),
            value: chart::AXIS_SATISFACTION.get(lang).into(),
            signs: vec![
                (Mark::Met, chart::WHOLLY_ABOVE.get(lang).into()),
                (Mark::NotMet, chart::WHOLLY_BELOW.get(lang).into()),
            ],
        }
    }
}

/// Columns of one table: as many as have room for their names on paper.
const COLUMNS: usize = 8;
/// Columns that have room for their names on telephones.
const NAMED_NARROW: usize = 3;

/// Where the columns carry their names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heads {
    /// Always.
    Names,
    /// On wide screens and paper; numbers with a list of names on narrow ones.
    NumbersOnNarrow,
}

/// Draws the map with its legend above and the reasons below.
pub fn heat_map(map: &HeatMap) -> Markup {
    let values = map.cells().filter_map(|cell| match cell {
        HeatCell::Value { percent, .. } => Some(*percent),
        HeatCell::Withheld(_) => None,
    });
    let steps = Steps::holding(values);
    let parts = map.columns.len().div_ceil(COLUMNS).max(1);
    let size = map.columns.len().div_ceil(parts).max(1);
    let heads = if size <= NAMED_NARROW { Heads::Names } else { Heads::NumbersOnNarrow };
    html! {
        (map.legend(steps.as_ref()))
        @if map.columns.is_empty() { (map.table(steps.as_ref(), 0..0, heads, (1, 1))) }
        @for part in 0..map.columns.len().div_ceil(size) {
            @let range = part * size..((part + 1) * size).min(map.columns.len());
            (map.table(steps.as_ref(), range, heads, (part + 1, parts)))
        }
        (notes(&map.withheld()))
    }
}

impl HeatMap {
    fn cells(&self) -> impl Iterator<Item = &HeatCell> {
        self.groups.iter().flat_map(|group| &group.rows).flat_map(|row| row.cells.iter().take(self.columns.len()))
    }

    fn legend(&self, steps: Option<&Steps>) -> Markup {
        let mut entries = Vec::new();
        if let Some(steps) = steps {
            entries.push(Entry::plain(self.words.value.clone()));
            for (shade, range) in steps.named() {
                let swatch = html! {
                    rect class={ "k" (shade) } x="-12" y="-7" width="24" height="14" fill="none" {}
                    rect.edge x="-11.5" y="-6.5" width="23" height="13" fill="none" stroke="#75858b" {}
                };
                entries.push(Entry::drawn(24, swatch, range));
            }
        }
        for (mark, words) in &self.words.signs {
            if self.cells().any(|cell| matches!(cell, HeatCell::Value { sign: Some(sign), .. } if sign == mark)) {
                entries.push(Entry::drawn(18, mark.shape(), words.clone()));
            }
        }
        legend(&entries)
    }

    /// The reasons that occur; their letters are left out where there is only one.
    fn withheld(&self) -> Vec<Entry> {
        let occurs = |place: usize| self.cells().any(|cell| matches!(cell, HeatCell::Withheld(own) if *own == place));
        let reasons = self.reasons.iter().enumerate().filter(|(place, _)| occurs(*place));
        reasons.map(|(place, words)| Entry::letter(format!("– {}", self.letter(place)), words.clone())).collect()
    }

    fn letter(&self, place: usize) -> String {
        if self.reasons.len() > 1 && place < self.reasons.len() { letter(place) } else { String::new() }
    }

    fn table(
        &self,
        steps: Option<&Steps>,
        range: std::ops::Range<usize>,
        heads: Heads,
        part: (usize, usize),
    ) -> Markup {
        let id = format!("{}-{}", self.id, part.0);
        let columns = self.columns.get(range.clone()).unwrap_or_default();
        let named = range.clone().zip(columns).map(|(place, name)| (place + 1, name));
        html! {
            @if heads == Heads::NumbersOnNarrow { (key(named.clone())) }
            div.scroll tabindex="0" role="region" aria-labelledby=(id) {
                table.heat {
                    caption id=(id) { (self.title) @if part.1 > 1 { " (" (part.0) "/" (part.1) ")" } }
                    thead {
                        tr {
                            th scope="col" { (self.words.unit) }
                            @for (number, name) in named { (head(number, name, heads)) }
                        }
                    }
                    @for group in &self.groups {
                        tbody {
                            @if !group.name.is_empty() {
                                tr { th.group scope="rowgroup" colspan=(columns.len() + 1) { span { (group.name) } } }
                            }
                            @for row in &group.rows {
                                tr {
                                    th scope="row" { (row.name) }
                                    @for place in range.clone() { (self.cell(steps, row.cells.get(place))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn cell(&self, steps: Option<&Steps>, cell: Option<&HeatCell>) -> Markup {
        html! {
            @match cell {
                None => td {},
                Some(HeatCell::Withheld(reason)) => td.hatched { "–" @if self.reasons.len() > 1 { sup { (self.letter(*reason)) } } },
                Some(HeatCell::Value { percent, label, sign }) => {
                    @let shade = steps.and_then(|steps| steps.shade(*percent));
                    td class=[shade.map(|shade| format!("k{shade}"))] { (label) @if let Some(mark) = sign { (self.sign(*mark)) } }
                }
            }
        }
    }

    /// The sign with its words, because in a cell nothing else says them.
    fn sign(&self, mark: Mark) -> Markup {
        let words = self.words.signs.iter().find(|(own, _)| *own == mark).map_or("", |(_, words)| words.as_ref());
        html! {
            svg role="img" aria-label=(words) focusable="false" width="11" height="11" viewBox="-9 -9 18 18" {
                (mark.shape())
            }
        }
    }
}

/// The list of the numbered columns.
fn key<'a>(named: impl Iterator<Item = (usize, &'a Wording)>) -> Markup {
    let entries: Vec<Entry> = named.map(|(number, name)| Entry::letter(number.to_string(), name.clone())).collect();
    html! { div.narrow { (legend(&entries)) } }
}

/// The head of a column; a number stands for a name that is still read out.
fn head(number: usize, name: &Wording, heads: Heads) -> Markup {
    html! {
        @match heads {
            Heads::Names => th scope="col" { (name) },
            Heads::NumbersOnNarrow => th scope="col" aria-label={ (number) ". " (name) } {
                span.narrow { (number) }
                span.wide { (name) }
            },
        }
    }
}
