//! A definition in TOML becomes a `Scheme`, or everything that is wrong with it is told at once.

mod component;
mod extra;
mod standing;

use super::definition::{Formula, MissingRule, Scheme, SchemeRef};
use super::evaluate::reproduces;
use super::reader::{Part, Reader};
use crate::questionnaire::{Problem, Unsound};
use crate::words::Measure;
use standing::Sources;
use toml::de::DeTable;

/// A larger file is refused unread.
const MAX_BYTES: usize = 256 * 1024;
const MAX_VERSION: u16 = 9_999;
/// Most points of anything.
const MAX_POINTS: f64 = 1e6;
const NEEDED: &[&str] = &[
    "code",
    "version",
    "title",
    "measure",
    "citation",
    "valid_from",
    "aggregation",
    "missing",
    "sources",
    "components",
];
const OPTIONAL: &[&str] = &[
    "valid_to",
    "maximum",
    "decimals",
    "levels",
    "satisfied",
    "source",
    "sourced",
    "note",
    "bands",
    "figures",
    "published",
    "breaks",
];

/// Reads a definition. `file` is the name people know it by.
pub fn parse(file: &str, text: &str) -> Result<Scheme, Unsound> {
    let unsound = |problems| Unsound { file: file.to_owned(), problems };
    if text.len() > MAX_BYTES {
        let what = format!("the file has {} bytes; a scheme has at most {MAX_BYTES}", text.len());
        return Err(unsound(vec![Problem { line: 1, what }]));
    }
    let mut reader = Reader::new(text);
    let (table, faults) = DeTable::parse_recoverable(text);
    if !faults.is_empty() {
        for fault in faults {
            let at = fault.span().map_or(0, |span| span.start);
            reader.refuse(at, format!("this is not TOML: {}", fault.message()));
        }
        return Err(unsound(reader.into_problems()));
    }
    let root = Part { table: table.get_ref(), at: 0, what: "a scheme" };
    let scheme = read_scheme(&mut reader, root);
    match (scheme, reader.into_problems()) {
        (Some(scheme), problems) if problems.is_empty() => Ok(scheme),
        (None, problems) if problems.is_empty() => {
            Err(unsound(vec![Problem { line: 1, what: "the definition cannot be read".to_owned() }]))
        }
        (_, problems) => Err(unsound(problems)),
    }
}

fn read_scheme(reader: &mut Reader, root: Part<'_>) -> Option<Scheme> {
    reader.keys(root, NEEDED, OPTIONAL);
    let code = reader.code(root).map(|found| found.value.to_owned());
    let version = reader.whole(root, "version", 1, MAX_VERSION);
    let title = reader.bilingual(root, "title");
    let measure = reader.word(root, "measure", Measure::ALL, Measure::word);
    let citation = reader.text(root, "citation");
    let valid_from = reader.date(root, "valid_from");
    let valid_to = reader.date(root, "valid_to");
    if valid_from.zip(valid_to).is_some_and(|(first, last)| last < first) {
        reader.refuse(root.place("valid_to"), "“valid_to” lies before “valid_from”; exchange or correct them");
    }
    let formula = reader.word(root, "aggregation", Formula::ALL, Formula::word);
    let missing = reader.word(root, "missing", MissingRule::ALL, MissingRule::word);
    let decimals = reader.whole(root, "decimals", 0, 6).unwrap_or(2);
    let maximum = read_maximum(reader, root, formula);
    let mut sources = Sources::read(reader, root);
    let standing = sources.standing(reader, root);
    let components = component::read_components(reader, root, &mut sources, formula);
    if let (Some(Formula::SumOfPoints), Some(maximum)) = (formula, maximum) {
        component::check_sum(reader, root.place("maximum"), "the index", maximum, None, &components);
    }
    let bands = extra::read_bands(reader, root, &mut sources, maximum);
    let figures = extra::read_figures(reader, root, &mut sources, &components);
    let published = extra::read_published(reader, root, &mut sources, &components);
    let breaks = extra::read_breaks(reader, root, &mut sources, measure);
    sources.refuse_unused(reader);
    let scheme = Scheme {
        name: SchemeRef { code: code?, version: version? },
        title: title?,
        measure: measure?,
        citation: citation?,
        valid_from: valid_from?,
        valid_to,
        formula: formula?,
        maximum: maximum?,
        decimals: u8::try_from(decimals).unwrap_or(2),
        missing: missing?,
        standing,
        components,
        bands,
        figures,
        published: published.iter().map(|found| found.value.clone()).collect(),
        breaks,
    };
    // What was published is checked against a scheme that is sound otherwise.
    if reader.is_content() {
        for found in &published {
            if let Err(what) = reproduces(&scheme, &found.value) {
                reader.refuse(found.at, what);
            }
        }
    }
    Some(scheme)
}

/// The maximum of an index of points; a share has 1.
fn read_maximum(reader: &mut Reader, root: Part<'_>, formula: Option<Formula>) -> Option<f64> {
    let given = component::read_positive(reader, root, "maximum");
    match formula? {
        Formula::SumOfPoints => {
            if !root.has("maximum") {
                reader.refuse(root.at, "an index of points needs the key “maximum”; add it");
            }
            given
        }
        _ if root.has("maximum") => {
            reader.refuse(root.place("maximum"), "only an index of points has a “maximum”; a share has 1; remove it");
            None
        }
        _ => Some(1.0),
    }
}
