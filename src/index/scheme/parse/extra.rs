//! Bands, figures beside the index, published values, declared breaks.

use super::super::component::{Answering, Component};
use super::super::definition::{Band, DeclaredBreak, Figure, FigureFormula, Published};
use super::super::reader::{At, Part, Reader};
use super::MAX_POINTS;
use super::component::find;
use super::standing::{KEYS, Sources};
use crate::words::Measure;

/// Limits that differ by less than this are the same limit.
const TOLERANCE: f64 = 1e-9;

/// Reads the bands, the highest first, and checks that they cover 0 to the maximum once.
pub(super) fn read_bands(
    reader: &mut Reader,
    root: Part<'_>,
    sources: &mut Sources,
    maximum: Option<f64>,
) -> Vec<Band> {
    let parts = reader.tables(root, "bands", "a band");
    let mut bands: Vec<Band> = Vec::new();
    let mut codes: Vec<&str> = Vec::new();
    let last = parts.len();
    for (place, part) in parts.into_iter().enumerate() {
        reader.keys(part, &["code", "label", "from"], &[["below"].as_slice(), KEYS.as_slice()].concat());
        let code = reader.code(part);
        if let Some(found) = code.filter(|found| codes.contains(&found.value)) {
            reader.refuse(found.at, format!("the band “{}” stands twice; choose another code", found.value));
        }
        codes.extend(code.map(|found| found.value));
        let label = reader.bilingual(part, "label");
        let from = reader.number(part, "from", 0.0, MAX_POINTS);
        let below = reader.number(part, "below", 0.0, MAX_POINTS);
        let standing = sources.standing(reader, part);
        // What has no sound limit compares with nothing, so that one slip gives one problem.
        let from = from.unwrap_or(f64::NAN);
        check_band(reader, part, bands.last(), from, below, maximum);
        if place + 1 == last && from > TOLERANCE {
            let what = format!("no band holds what lies below {from}; let the lowest band begin at 0");
            reader.refuse(part.place("from"), what);
        }
        let code = code.map(|found| found.value.to_owned()).unwrap_or_default();
        bands.push(Band { code, label: label.unwrap_or_default(), from, below, standing });
    }
    bands
}

fn check_band(
    reader: &mut Reader,
    part: Part<'_>,
    above: Option<&Band>,
    from: f64,
    below: Option<f64>,
    maximum: Option<f64>,
) {
    let Some(above) = above else {
        if part.has("below") {
            reader
                .refuse(part.place("below"), "the first band is the highest and has no “below”; remove it or reorder");
        } else if maximum.is_some_and(|maximum| from >= maximum) {
            reader.refuse(part.place("from"), "the highest band begins at or above the maximum, so nothing reaches it");
        }
        return;
    };
    let Some(below) = below else {
        if !part.has("below") {
            reader.refuse(part.at, format!("a band below another needs “below”; add below = {}", above.from));
        }
        return;
    };
    if from >= below {
        reader.refuse(part.place("from"), format!("a band from {from} to below {below} is empty; exchange the limits"));
    }
    if below < above.from - TOLERANCE {
        let what = format!("no band holds {below} to below {}; close the gap, highest band first", above.from);
        reader.refuse(part.place("below"), what);
    } else if below > above.from + TOLERANCE {
        let what = format!(
            "this band overlaps “{}” from {} on; bands stand highest first, side by side",
            above.code, above.from
        );
        reader.refuse(part.place("below"), what);
    }
}

/// Reads the figures beside the index.
pub(super) fn read_figures(
    reader: &mut Reader,
    root: Part<'_>,
    sources: &mut Sources,
    components: &[Component],
) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    for part in reader.tables(root, "figures", "a figure") {
        reader.keys(part, &["code", "title", "formula", "of"], &[["each"].as_slice(), KEYS.as_slice()].concat());
        let code = reader.code(part);
        let is_taken = |code: &str| {
            code == "index" || components.iter().any(|c| c.code == code) || figures.iter().any(|f| f.code == code)
        };
        if let Some(found) = code.filter(|found| is_taken(found.value)) {
            reader.refuse(found.at, format!("the code “{}” is used twice; choose another", found.value));
        }
        let title = reader.bilingual(part, "title");
        let formula = reader.word(part, "formula", FigureFormula::ALL, FigureFormula::word);
        let mut of = Vec::new();
        for found in reader.strings(part, "of").unwrap_or_default() {
            let Some(place) = find(reader, found, components) else { continue };
            if of.contains(&place) {
                reader.refuse(found.at, format!("“of” lists “{}” twice; keep it once", found.value));
                continue;
            }
            if let Some(formula) = formula {
                check_answering(reader, found, place, formula, components);
            }
            of.push(place);
        }
        if reader.list(part, "of").is_some_and(|list| list.is_empty()) {
            reader.refuse(part.place("of"), "“of” is empty; list at least one component");
        }
        let each = reader.boolean(part, "each").unwrap_or(false);
        let standing = sources.standing(reader, part);
        if let (Some(code), Some(title), Some(formula)) = (code, title, formula) {
            figures.push(Figure { code: code.value.to_owned(), title, formula, of, each, standing });
        }
    }
    figures
}

/// A figure of levels needs levels, a mean of numbers needs numbers.
fn check_answering(
    reader: &mut Reader,
    found: At<&str>,
    place: usize,
    formula: FigureFormula,
    components: &[Component],
) {
    let mut at_or_below = vec![place];
    for (other, component) in components.iter().enumerate() {
        if component.parent.is_some_and(|parent| at_or_below.contains(&parent)) {
            at_or_below.push(other);
        }
    }
    let is_group = |place: usize| components.iter().any(|other| other.parent == Some(place));
    for component in at_or_below.iter().filter(|place| !is_group(**place)).filter_map(|place| components.get(*place)) {
        let fits = matches!(
            (&component.answering, formula),
            (Some(Answering::Number { .. }), FigureFormula::MeanValue)
                | (
                    Some(Answering::Levels { .. }),
                    FigureFormula::MeanScore
                        | FigureFormula::PooledAnswers
                        | FigureFormula::MeanOfItems
                        | FigureFormula::PersonsAllSatisfied
                )
        );
        if !fits {
            let needed =
                if formula == FigureFormula::MeanValue { "“range”" } else { "“levels” and “satisfied”" };
            let what =
                format!("“{}” needs {needed} for a {}; add them or correct “of”", component.code, formula.word());
            reader.refuse(found.at, what);
        }
    }
}

/// Reads the published values.
pub(super) fn read_published(
    reader: &mut Reader,
    root: Part<'_>,
    sources: &mut Sources,
    components: &[Component],
) -> Vec<At<Published>> {
    let mut published = Vec::new();
    for part in reader.tables(root, "published", "a published value") {
        reader.keys(part, &["label", "parts", "value", "rounded_to"], &KEYS);
        let label = reader.text(part, "label");
        let value = reader.number(part, "value", 0.0, MAX_POINTS);
        let rounded_to = reader.number(part, "rounded_to", 0.0, 1.0);
        let standing = sources.standing(reader, part);
        let mut parts = Vec::new();
        if let Some(given) = reader.table(part, "parts", "“parts”") {
            for key in given.table.keys() {
                let found = At { value: key.get_ref().as_ref(), at: key.span().start };
                let place = find(reader, found, components);
                parts.extend(place.zip(reader.number(given, found.value, 0.0, MAX_POINTS)));
            }
        }
        if let (Some(label), Some(value), Some(rounded_to)) = (label, value, rounded_to) {
            let value = Published { label, parts, value, rounded_to, standing };
            published.push(At { value, at: part.at });
        }
    }
    published
}

/// Reads the declared breaks.
pub(super) fn read_breaks(
    reader: &mut Reader,
    root: Part<'_>,
    sources: &mut Sources,
    measure: Option<Measure>,
) -> Vec<DeclaredBreak> {
    let mut breaks = Vec::new();
    for part in reader.tables(root, "breaks", "a break") {
        reader.keys(part, &["from", "reason"], &KEYS);
        let (from, reason) = (reader.date(part, "from"), reader.bilingual(part, "reason"));
        let standing = sources.standing(reader, part);
        if let (Some(measure), Some(from), Some(reason)) = (measure, from, reason) {
            breaks.push(DeclaredBreak { measure, from, reason, standing });
        }
    }
    breaks
}
