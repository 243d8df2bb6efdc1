//! Parts: `[[components]]`, a flat list in which `part_of` names the part above.

use super::super::component::{Answering, Component, Conversion, MAX_DEPTH, Rate};
use super::super::definition::Formula;
use super::super::reader::{At, Part, Reader};
use super::MAX_POINTS;
use super::standing::{KEYS, Sources};

/// More parts than this no index has.
const MAX_COMPONENTS: usize = 500;
/// Most options of a question whose answers become points.
const MAX_OPTIONS: usize = 20;
/// Maxima of parts may miss that of their group by this much.
const TOLERANCE: f64 = 1e-9;
const OPTIONAL: [&str; 10] =
    ["part_of", "beside", "aggregation", "weight", "maximum", "conversion", "rate", "levels", "satisfied", "range"];

/// Reads all parts. What is wrong with one is noted; it stays in the list so that others still find it.
pub(super) fn read_components(
    reader: &mut Reader,
    root: Part<'_>,
    sources: &mut Sources,
    formula: Option<Formula>,
) -> Vec<Component> {
    let parts = reader.tables(root, "components", "a component");
    if let Some(over) = parts.get(MAX_COMPONENTS) {
        reader.refuse(
            over.at,
            format!("this is component {} of {}; keep at most {MAX_COMPONENTS}", MAX_COMPONENTS + 1, parts.len()),
        );
    }
    let default = read_answering(reader, root, None);
    let mut components: Vec<Component> = Vec::new();
    let mut places: Vec<Part<'_>> = Vec::new();
    for part in parts {
        reader.keys(part, &["code", "title"], &[OPTIONAL.as_slice(), KEYS.as_slice()].concat());
        let component = read_component(reader, part, sources, &components);
        components.push(component);
        places.push(part);
    }
    if root.has("components") && components.iter().all(|component| component.beside) {
        reader.refuse(root.place("components"), "the index has no part; give it at least one component");
    }
    for (at, part) in places.into_iter().enumerate() {
        check_component(reader, part, &mut components, at, formula, default.as_ref());
    }
    components
}

fn read_component(reader: &mut Reader, part: Part<'_>, sources: &mut Sources, earlier: &[Component]) -> Component {
    let code = reader.code(part);
    if let Some(found) = code.filter(|found| earlier.iter().any(|other| other.code == found.value)) {
        reader.refuse(found.at, format!("the code “{}” is used twice; choose another", found.value));
    }
    if let Some(found) = code.filter(|found| found.value == "index") {
        reader.refuse(found.at, "the code “index” is the index itself; choose another");
    }
    let beside = reader.boolean(part, "beside").unwrap_or(false);
    let (parent, depth) = read_parent(reader, part, earlier, beside);
    Component {
        code: code.map(|found| found.value.to_owned()).unwrap_or_default(),
        title: reader.bilingual(part, "title").unwrap_or_default(),
        parent,
        depth,
        beside,
        formula: reader.word(part, "aggregation", Formula::ALL, Formula::word),
        weight: read_positive(reader, part, "weight"),
        maximum: read_positive(reader, part, "maximum"),
        conversion: read_conversion(reader, part),
        rate: reader.word(part, "rate", Rate::ALL, Rate::word).unwrap_or(Rate::Ratio),
        answering: None,
        standing: sources.standing(reader, part),
    }
}

/// Place and depth: the part above stands earlier in the file, so there is no circle. Depth 0 marks a part whose place is
/// unknown; what depends on its place is not checked then, so that one slip gives one problem.
fn read_parent(reader: &mut Reader, part: Part<'_>, earlier: &[Component], beside: bool) -> (Option<usize>, usize) {
    let Some(found) = reader.string(part, "part_of") else { return (None, 1) };
    if beside {
        reader.refuse(found.at, "what stands beside the index is no part of a group; remove “part_of” or “beside”");
        return (None, 1);
    }
    let parent = earlier.iter().enumerate().find(|(_, other)| other.code == found.value);
    let Some((place, above)) = parent else {
        let what = format!("no component “{}” stands before this one; correct the code or the order", found.value);
        reader.refuse(found.at, what);
        return (None, 0);
    };
    if above.beside {
        reader.refuse(found.at, format!("“{}” stands beside the index and has no parts", found.value));
        return (None, 0);
    }
    if above.depth == MAX_DEPTH {
        reader.refuse(found.at, format!("components nest at most {MAX_DEPTH} deep; join some groups"));
        return (None, 0);
    }
    (Some(place), if above.depth == 0 { 0 } else { above.depth + 1 })
}

/// A number above 0.
pub(super) fn read_positive(reader: &mut Reader, part: Part<'_>, key: &str) -> Option<f64> {
    let number = reader.number(part, key, 0.0, MAX_POINTS)?;
    if number > 0.0 {
        return Some(number);
    }
    reader.refuse(part.place(key), format!("“{key}” must be above 0"));
    None
}

fn read_conversion(reader: &mut Reader, part: Part<'_>) -> Option<Conversion> {
    const ALLOWED: &str =
        "awarded, share_times_max, options, { options = [1.0, 0.5, 0.0] }, { proportional_to_target = 0.9 }";
    if !part.holds_table("conversion") {
        let found = reader.string(part, "conversion")?;
        return match found.value {
            "awarded" => Some(Conversion::Awarded),
            "share_times_max" => Some(Conversion::ShareTimesMax),
            "options" => Some(Conversion::Options(None)),
            other => {
                reader.refuse(found.at, format!("there is no conversion “{other}”; allowed are {ALLOWED}"));
                None
            }
        };
    }
    let table = reader.table(part, "conversion", "“conversion”")?;
    reader.keys(table, &[], &["options", "proportional_to_target"]);
    if table.table.len() != 1 {
        reader.refuse(table.at, format!("“conversion” is one rule; allowed are {ALLOWED}"));
        return None;
    }
    if table.has("options") {
        let values = reader.numbers(table, "options", 0.0, 1.0)?;
        if !(2..=MAX_OPTIONS).contains(&values.len()) {
            reader.refuse(
                table.place("options"),
                format!("“options” lists a value for each of 2 to {MAX_OPTIONS} options"),
            );
            return None;
        }
        return Some(Conversion::Options(Some(values)));
    }
    let target = reader.number(table, "proportional_to_target", 0.0, 1.0)?;
    if target > 0.0 {
        return Some(Conversion::ProportionalToTarget(target));
    }
    reader.refuse(table.place("proportional_to_target"), "the target must be above 0");
    None
}

/// `levels` and `satisfied`, or `range`; what a part does not say it takes from the scheme.
fn read_answering(reader: &mut Reader, part: Part<'_>, default: Option<&Answering>) -> Option<Answering> {
    if part.has("range") {
        if let [min, max] = *reader.wholes(part, "range")?
            && min < max
            && !part.has("levels")
            && !part.has("satisfied")
        {
            return Some(Answering::Number { min, max });
        }
        let what = "“range” holds two whole numbers, the smaller first, and stands without “levels” and “satisfied”";
        reader.refuse(part.place("range"), what);
        return None;
    }
    let (own_levels, own_satisfied) = (reader.whole(part, "levels", 2, 10), reader.levels(part, "satisfied"));
    let (levels, satisfied) = match default {
        Some(Answering::Levels { levels, satisfied }) => (Some(*levels), Some(satisfied.clone())),
        _ => (None, None),
    };
    let levels = own_levels.and_then(|n| u8::try_from(n).ok()).or(levels);
    let satisfied = own_satisfied.or(satisfied);
    if !part.has("levels") && !part.has("satisfied") {
        return default.cloned();
    }
    let (Some(levels), Some(satisfied)) = (levels, satisfied) else {
        if !part.has("levels") || !part.has("satisfied") {
            reader.refuse(
                part.place("levels").max(part.place("satisfied")),
                "“levels” and “satisfied” stand together; add the other",
            );
        }
        return None;
    };
    let at = if part.has("satisfied") { part.place("satisfied") } else { part.place("levels") };
    if let Some(over) = satisfied.iter().find(|level| **level > levels) {
        reader.refuse(at, format!("“satisfied” lists level {over} of a scale of {levels} levels; correct one of them"));
    } else if satisfied.is_empty() || satisfied.len() == usize::from(levels) {
        reader.refuse(at, "“satisfied” lists some levels of the scale: neither none nor all of them");
    } else {
        return Some(Answering::Levels { levels, satisfied });
    }
    None
}

/// What a part is part of.
#[derive(Clone, Copy, PartialEq)]
enum Above {
    /// Nothing: it stands beside the index.
    Beside,
    /// A group, or the index, with this formula.
    Group(Formula),
    /// That cannot be said before another problem is mended.
    Unknown,
}

fn above(component: &Component, components: &[Component], index: Option<Formula>) -> Above {
    let formula = match component.parent {
        _ if component.beside => return Above::Beside,
        _ if component.depth == 0 => None,
        None => index,
        Some(parent) => components.get(parent).and_then(|parent| parent.formula),
    };
    formula.map_or(Above::Unknown, Above::Group)
}

/// What a part may say depends on what stands above and below it.
fn check_component(
    reader: &mut Reader,
    part: Part<'_>,
    components: &mut [Component],
    at: usize,
    index: Option<Formula>,
    default: Option<&Answering>,
) {
    let has_parts = components.iter().any(|other| other.parent == Some(at));
    let Some(above) = components.get(at).map(|component| above(component, components, index)) else { return };
    let in_sum = above == Above::Group(Formula::SumOfPoints);
    let answering = if has_parts { None } else { read_answering(reader, part, default.filter(|_| !in_sum)) };
    let Some(component) = components.get_mut(at) else { return };
    // What cannot be read was refused; a stand-in keeps figures from complaining of it again.
    let stand_in = if part.has("range") {
        Some(Answering::Number { min: 0, max: 1 })
    } else {
        let levels = Answering::Levels { levels: 2, satisfied: vec![2] };
        (part.has("levels") || part.has("satisfied")).then_some(levels)
    };
    component.answering = answering.or(stand_in);
    let component = &*component;
    let name = component.code.as_str();
    let mut refused = |keys: &[&str], why: &str| {
        for key in keys.iter().filter(|key| part.has(key)) {
            reader.refuse(part.place(key), format!("“{name}” takes no “{key}”: {why}; remove it"));
        }
    };
    if has_parts {
        refused(&["levels", "satisfied", "range"], "its parts are answered, not it");
        refused(&["rate"], "its parts have rates");
    } else {
        refused(&["aggregation"], "it has no parts");
    }
    if above == Above::Unknown {
        return;
    }
    if above != Above::Group(Formula::Weighted) {
        refused(&["weight"], "what it belongs to is no weighted mean");
    }
    if in_sum {
        refused(&["range"], "points come from a rate");
    } else {
        refused(&["maximum", "conversion", "rate"], "it is a share, not points");
    }
    if !in_sum && above != Above::Beside {
        refused(&["range"], "a number is no share; let it stand beside the index");
    }
    let mut needed = |key: &str, why: &str| {
        if !part.has(key) {
            reader.refuse(part.at, format!("“{name}” needs the key “{key}”: {why}; add it"));
        }
    };
    if above == Above::Group(Formula::Weighted) {
        needed("weight", "it is part of a weighted mean");
    }
    if has_parts {
        needed("aggregation", "it has parts");
    }
    if in_sum {
        needed("maximum", "it is part of a sum of points");
        if !has_parts || component.formula.is_some_and(|own| own != Formula::SumOfPoints) {
            needed("conversion", "it turns a rate into points");
        }
        check_conversion(reader, part, component, has_parts);
        if let (Some(Formula::SumOfPoints), Some(maximum)) = (component.formula, component.maximum) {
            check_sum(reader, part.place("maximum"), &format!("“{name}”"), maximum, Some(at), components);
        }
    } else if has_parts && component.formula == Some(Formula::SumOfPoints) {
        let what = format!("“{name}” is a share and cannot be a sum of points; choose another aggregation");
        reader.refuse(part.place("aggregation"), what);
    }
}

fn check_conversion(reader: &mut Reader, part: Part<'_>, component: &Component, has_parts: bool) {
    let at = part.place("conversion");
    match &component.conversion {
        Some(_) if has_parts && component.formula == Some(Formula::SumOfPoints) => {
            reader.refuse(at, "a sum of points needs no “conversion”; its parts have theirs; remove it");
        }
        Some(Conversion::Awarded | Conversion::Options(_)) if has_parts => {
            reader.refuse(
                at,
                "a group that has a rate turns it into points by share_times_max or proportional_to_target",
            );
        }
        Some(Conversion::Options(None)) if component.standing.sourced => {
            let what = "“options” without values is not established; add the values, or sourced = false with a note";
            reader.refuse(at, what);
        }
        _ => {}
    }
}

/// The maxima of the parts of a sum make its maximum.
pub(super) fn check_sum(
    reader: &mut Reader,
    at: usize,
    name: &str,
    maximum: f64,
    group: Option<usize>,
    components: &[Component],
) {
    if components.iter().any(|component| component.depth == 0) {
        return;
    }
    let parts: Vec<Option<f64>> = components
        .iter()
        .filter(|component| component.parent == group && !component.beside)
        .map(|component| component.maximum)
        .collect();
    let sum: Option<f64> = parts.iter().copied().sum();
    if let Some(sum) = sum.filter(|sum| !parts.is_empty() && (sum - maximum).abs() > TOLERANCE * maximum.max(1.0)) {
        reader.refuse(
            at,
            format!("the maxima of the parts of {name} sum to {sum}, not to {maximum}; correct one of them"),
        );
    }
}

/// Places of components by code; those that do not exist are refused.
pub(super) fn find(reader: &mut Reader, found: At<&str>, components: &[Component]) -> Option<usize> {
    let place = components.iter().position(|component| component.code == found.value);
    if place.is_none() {
        reader.refuse(found.at, format!("there is no component “{}”; correct the code", found.value));
    }
    place
}
