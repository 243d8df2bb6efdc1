//! The files that go with a publication: figures and code book as tables, methods, description, how to check. Pure.

use anyhow::Context;
use serde_json::json;

use crate::bundle::{Frozen, Group, Publication, State, listed, names};
use crate::index::{What, item_weights};
use crate::questionnaire::{Edition, Item};
use crate::record::{hex, sha256};
use crate::text::{Say, methods, publication as words};
use crate::words::Lang;

const BYTE_ORDER_MARK: &str = "\u{feff}";
const RECOMPUTE: &str = include_str!("recompute.R");
const FIGURES: [&str; 26] = [
    "unit",
    "unit_name",
    "field",
    "from",
    "to",
    "source",
    "run",
    "what",
    "kind",
    "statistic",
    "state",
    "basis",
    "n",
    "satisfied",
    "sum",
    "sum_squares",
    "pooled_satisfied",
    "pooled_answers",
    "variance",
    "hidden",
    "estimate",
    "low",
    "high",
    "method",
    "dossiers",
    "levels",
];
const CODEBOOK: [&str; 9] = ["run", "index", "item", "weight", "label_vi", "label_en", "levels", "satisfied", "rates"];

/// An edition of a publication: its name, its run, the text of its definition, and what it says.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Code and version.
    pub name: String,
    /// The run.
    pub run: String,
    /// Text.
    pub text: String,
    /// Parsed.
    pub edition: Edition,
}

/// Where a publication stands, and under which terms it may be used.
#[derive(Debug, Clone)]
pub struct Site<'a> {
    /// Address of the installation.
    pub base_url: &'a str,
    /// Name of the province.
    pub publisher: &'a str,
    /// Terms.
    pub licence: &'a str,
    /// Their address.
    pub licence_url: &'a str,
}

/// The listed files in the order of their names, with the list of their hashes behind them.
pub fn listed_files(
    publication: &Publication,
    definitions: &[Definition],
    site: &Site<'_>,
    (keys, checkpoint): (&str, &str),
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for name in listed(&publication.editions) {
        let bytes = match name.as_str() {
            "LICENSE.txt" => format!("{}\n{}\n", site.licence, site.licence_url).into_bytes(),
            "README.txt" => readme(publication, keys).into_bytes(),
            "codebook.csv" => codebook(definitions)?,
            "dcat.jsonld" => dcat(publication, site)?,
            "figures.csv" => figures(publication)?,
            "methods.md" => method_card(publication).into_bytes(),
            "recompute.R" => RECOMPUTE.as_bytes().to_vec(),
            names::CHECKPOINT => checkpoint.as_bytes().to_vec(),
            names::KEYS => keys.as_bytes().to_vec(),
            _ => definition(definitions, &name)?,
        };
        files.push((name, bytes));
    }
    let list = files.iter().map(|(name, bytes)| format!("{}  {name}\n", hex(&sha256(&[bytes]))));
    let list = list.collect::<Vec<_>>().concat();
    files.push((names::FILES.to_owned(), list.into_bytes()));
    Ok(files)
}

fn definition(definitions: &[Definition], name: &str) -> anyhow::Result<Vec<u8>> {
    let of = |known: &&Definition| format!("{}{}.toml", names::QUESTIONNAIRES, known.name) == name;
    let found = definitions.iter().find(of).with_context(|| format!("the definition of {name} is missing"))?;
    Ok(found.text.as_bytes().to_vec())
}

/// A spreadsheet takes a cell that begins like this for a formula.
fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner()?)
}

/// The figures as a table.
pub fn figures(publication: &Publication) -> anyhow::Result<Vec<u8>> {
    let rows = publication.groups.iter().flat_map(|group| group.figures.iter().map(move |figure| (group, figure)));
    table(FIGURES, rows.map(|(group, figure)| row(publication, group, figure)))
}

fn row(publication: &Publication, group: &Group, figure: &Frozen) -> [String; 26] {
    let unit = publication.unit(&group.unit);
    let (from, to) = group.period.clone().unwrap_or_else(|| (publication.from.clone(), publication.to.clone()));
    let n = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (low, high) = figure.interval.clone().unwrap_or_default();
    let sum = |which: fn(&(i64, i64)) -> i64| figure.sums.as_ref().map_or_else(String::new, |s| which(s).to_string());
    [
        guarded(&group.unit),
        guarded(unit.map_or("", |unit| unit.name.as_str())),
        group.field.map_or_else(String::new, |field| field.to_string()),
        from,
        to,
        group.source.clone(),
        group.run.clone(),
        figure.what.clone(),
        figure.kind.clone(),
        figure.statistic.clone(),
        state(figure.state).to_owned(),
        figure.basis.clone(),
        n(figure.n),
        n(figure.satisfied),
        sum(|sums| sums.0),
        sum(|sums| sums.1),
        n(figure.pooled.map(|of| of.0)),
        n(figure.pooled.map(|of| of.1)),
        text(&figure.variance),
        text(&figure.hidden),
        text(&figure.estimate),
        low,
        high,
        text(&figure.method),
        n(unit.and_then(|unit| unit.returned)),
        figure
            .levels
            .as_ref()
            .map_or_else(String::new, |levels| levels.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")),
    ]
}

const fn state(state: State) -> &'static str {
    match state {
        State::Shown => "shown",
        State::Suppressed => "suppressed",
        State::AtLeast95 => "at_least95",
        State::AtMost5 => "at_most5",
        State::NoInterval => "no_interval",
    }
}

/// The items of every run with their questions, and which weight each has in which index.
pub fn codebook(definitions: &[Definition]) -> anyhow::Result<Vec<u8>> {
    let runs = definitions.iter().filter(|one| one.name == one.run);
    table(CODEBOOK, runs.flat_map(items).collect::<Vec<_>>())
}

fn items(of: &Definition) -> Vec<[String; 9]> {
    let edition = &of.edition;
    let indices = edition.factors().iter().filter(|factor| factor.criteria.len() > 1);
    let indices = indices.map(|factor| What::Factor(factor.code.clone())).chain([What::Composite]);
    let weights: Vec<(What, Vec<(String, f64)>)> =
        indices.map(|what| (what.clone(), item_weights(edition, &what))).collect();
    let mut rows = Vec::new();
    for item in edition.items() {
        let (label, levels, satisfied, rates) = match item {
            Item::Rating(rating) => {
                let levels: Vec<String> = rating
                    .scale
                    .levels
                    .iter()
                    .map(|level| format!("{}={}", level.level, level.label.get(Lang::Vi)))
                    .collect();
                let satisfied: Vec<String> = rating.satisfied.iter().map(ToString::to_string).collect();
                (&rating.label, levels.join("|"), satisfied.join("|"), rating.rates.word())
            }
            Item::Number(number) => (&number.label, format!("{}–{}", number.min, number.max), String::new(), ""),
            Item::Choice(_) | Item::Comment(_) => continue,
        };
        let within: Vec<(String, String)> = weights
            .iter()
            .filter_map(|(what, weights)| {
                let (_, weight) = weights.iter().find(|(code, _)| code == item.code())?;
                Some((what.code().to_owned(), format!("{weight:.17e}")))
            })
            .collect();
        let within = if within.is_empty() { vec![(String::new(), String::new())] } else { within };
        rows.extend(within.into_iter().map(|(index, weight)| {
            [
                of.run.clone(),
                index,
                item.code().to_owned(),
                weight,
                guarded(label.get(Lang::Vi)),
                guarded(label.get(Lang::En)),
                levels.clone(),
                satisfied.clone(),
                rates.to_owned(),
            ]
        }));
    }
    rows
}

fn method_card(publication: &Publication) -> String {
    let mut parts = vec![format!("# {}\n\nthuocdo {}\n", publication.title.vi, publication.software)];
    for method in publication.methods.iter().filter_map(|of| methods::find(&of.id)) {
        for lang in [Lang::Vi, Lang::En] {
            parts.push(format!("\n## {} ({})\n\n{}\n", method.title.get(lang), method.id, method.what.get(lang)));
            if let Some(formula) = method.formula.as_ref() {
                parts.extend(formula.get(lang).lines().map(|line| format!("\n    {line}\n")));
            }
            parts.push(format!("\n{}\n", method.edge.get(lang)));
        }
    }
    parts.concat()
}

fn readme(publication: &Publication, keys: &str) -> String {
    let key = keys.lines().next().and_then(|line| line.split(' ').nth(3)).unwrap_or_default();
    let mut parts = Vec::new();
    for (lang, title) in [(Lang::Vi, &publication.title.vi), (Lang::En, &publication.title.en)] {
        let of = |say: Say| say.get(lang);
        let period = format!("{}: {} – {}", of(words::README_PERIOD), publication.from, publication.to);
        let files = [
            (names::CONTENT, words::README_CONTENT),
            (names::APPROVAL, words::README_APPROVAL),
            ("figures.csv", words::README_FIGURES),
            ("codebook.csv", words::README_CODEBOOK),
            ("methods.md", words::README_METHODS),
            (names::QUESTIONNAIRES, words::README_QUESTIONNAIRES),
            ("record/", words::README_RECORD),
        ];
        let files = files.map(|(name, what)| format!("  {name}: {}\n", of(what))).concat();
        parts.push(format!(
            "{title}\n{period}\n\n{}\n\n{}\n  thuocdo verify BUNDLE.zip --key {key}\n{}\n  Rscript recompute.R\n\n\
             {}\n  {key}\n\n{files}\n{}\n\n",
            of(words::README_HEAD),
            of(words::README_VERIFY),
            of(words::README_R),
            of(words::README_KEY),
            of(words::README_STATE),
        ));
    }
    parts.concat()
}

/// The description of the data set (DCAT-AP 3) as JSON-LD.
fn dcat(publication: &Publication, site: &Site<'_>) -> anyhow::Result<Vec<u8>> {
    let page = format!("{}/cong-bo/{}", site.base_url.trim_end_matches('/'), publication.slug);
    let version = format!("{page}/{}", publication.version);
    let media = [("json", "application/json"), ("csv", "text/csv"), ("zip", "application/zip")];
    let distributions: Vec<serde_json::Value> = media
        .iter()
        .map(|(ending, media)| {
            json!({
                "@type": "dcat:Distribution",
                "dcat:accessURL": {"@id": page},
                "dcat:downloadURL": {"@id": format!("{version}.{ending}")},
                "dcat:mediaType": {"@id": format!("https://www.iana.org/assignments/media-types/{media}")},
                "dct:license": {"@id": site.licence_url},
            })
        })
        .collect();
    let described = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": version,
        "@type": "dcat:Dataset",
        "dct:identifier": format!("{}-{}", publication.slug, publication.version),
        "dct:title": [
            {"@language": "vi", "@value": publication.title.vi},
            {"@language": "en", "@value": publication.title.en},
        ],
        "dct:description": {"@language": "vi", "@value": words::README_HEAD.get(Lang::Vi)},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": site.publisher},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:date", "@value": publication.from},
            "dcat:endDate": {"@type": "xsd:date", "@value": publication.to},
        },
        "dcat:version": publication.version.to_string(),
        "dct:license": {"@id": site.licence_url},
        "dcat:distribution": distributions,
    });
    let mut bytes = serde_json::to_vec_pretty(&described)?;
    bytes.push(b'\n');
    Ok(bytes)
}
