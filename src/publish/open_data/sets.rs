//! The list of data sets, from the held snapshot.

use super::code_book::{self, code_book, hash};
use super::published::published;
use super::{Column, DataFile, DataSet, DataTable, Holds, Media, Offer, registry, series_table};
use crate::index::published::{History, histories};
use crate::publish::published::title as series_name;
use crate::registry::InstalledEdition;
use crate::text::open_data::{self as words, FIGURE_COLUMNS, PAGE, UNIT_FILES};
use crate::text::{Both, Say, history, methods, record, unit_list};
use crate::words::Day;

const UNITS: &str = "don-vi";
const FIELDS: &str = "linh-vuc";
/// Id of the procedures: the only table for which [`Offer::procedures`] is read.
pub const PROCEDURES: &str = "thu-tuc";
const TARGETS: &str = "chi-tieu";
const METHODS: &str = "phuong-phap";
const SCHEMES: &str = "cong-thuc";
const FIGURES: &str = "so-lieu-don-vi";
const RECORD: &str = "so-ghi";
const FORM: &str = "phieu-";
const SERIES: &str = "chuoi-";
const PUBLISHED: &str = "cong-bo-";

/// What a demonstration makes up; methods, questionnaires and series of other bodies are real there, too.
const MADE_UP: [&str; 6] = [UNITS, FIELDS, PROCEDURES, TARGETS, FIGURES, RECORD];

/// All data sets, in the order of the page.
pub fn data_sets(offer: &Offer<'_>) -> Vec<DataSet> {
    let mut sets = Vec::new();
    sets.extend(offer.published.iter().map(published));
    sets.extend(offer.live.then(|| figures(offer)));
    sets.extend(registry_sets(offer));
    sets.extend(offer.snapshot.editions.iter().map(|installed| form(installed)));
    sets.extend(histories(&offer.snapshot.series).iter().map(of_series));
    sets.extend(offer.has_record.then(|| the_record(offer)));
    for set in &mut sets {
        set.is_simulated = offer.snapshot.installation.simulated
            && (MADE_UP.contains(&set.id.as_str()) || set.id.starts_with(PUBLISHED));
    }
    sets
}

/// The rows of a data set that are ours to write; `None` for one that has none, or is none.
pub fn table(offer: &Offer<'_>, id: &str) -> Option<DataTable> {
    match id {
        UNITS => Some(registry::units(offer)),
        FIELDS => Some(registry::fields(offer)),
        PROCEDURES => Some(registry::procedures(offer)),
        TARGETS => Some(registry::targets(offer)),
        METHODS => Some(registry::methods()),
        SCHEMES => Some(registry::schemes()),
        FIGURES if offer.live => Some(registry::figures(offer)),
        _ => other(offer, id),
    }
}

fn other(offer: &Offer<'_>, id: &str) -> Option<DataTable> {
    if let Some(code) = id.strip_prefix(SERIES) {
        let found = series_table(&offer.snapshot.series, code);
        return Some(found).filter(|table| !table.rows.is_empty());
    }
    let name = id.strip_prefix(FORM)?;
    let known = offer.snapshot.editions.iter().find(|installed| installed.edition.name().to_string() == name);
    known.map(|installed| code_book(installed))
}

/// A data set with its two files, before what not every one has.
fn set(id: &str, title: Both, description: Both, columns: Vec<Column>) -> DataSet {
    let file = |end: &str, media: Media| DataFile {
        path: format!("{PAGE}/{id}.{end}"),
        media,
        title: Both::of(|lang| format!("{} ({})", title.get(lang), media.name())),
        label: Both::of(|_lang| media.name().to_owned()),
    };
    let files = vec![file("csv", Media::Csv), file("json", Media::Json)];
    DataSet {
        id: id.to_owned(),
        title,
        description,
        columns,
        files,
        place: None,
        span: (None, None),
        issued: None,
        modified: None,
        conforms_to: None,
        page: None,
        is_simulated: false,
    }
}

/// The tables of the registry.
fn registry_sets(offer: &Offer<'_>) -> Vec<DataSet> {
    let of = |id: &str, title: Say, what: Say, columns| set(id, title.into(), what.into(), columns);
    let page = |path: &str| Some(path.to_owned());
    let first = offer.snapshot.directory.units().flat_map(|(_, stages)| stages).map(|stage| stage.valid_from).min();
    let years = offer.snapshot.targets.iter().filter_map(|target| Day::of(target.year_from, 1, 1)).min();
    vec![
        DataSet {
            span: (first, None),
            page: page(unit_list::PAGE),
            ..of(UNITS, words::UNITS, words::UNITS_IS, registry::unit_columns())
        },
        of(FIELDS, words::FIELDS, words::FIELDS_IS, registry::field_columns()),
        of(PROCEDURES, words::PROCEDURES, words::PROCEDURES_IS, registry::procedure_columns()),
        DataSet { span: (years, None), ..of(TARGETS, words::TARGETS, words::TARGETS_IS, registry::target_columns()) },
        DataSet {
            page: page(methods::PAGE),
            ..of(METHODS, words::METHODS, words::METHODS_IS, registry::method_columns())
        },
        DataSet {
            page: page(methods::PAGE),
            ..of(SCHEMES, words::SCHEMES, words::SCHEMES_IS, registry::scheme_columns())
        },
    ]
}

/// The result files: their list, and those of the unit at the top.
fn figures(offer: &Offer<'_>) -> DataSet {
    let columns = FIGURE_COLUMNS.iter().map(|(name, meaning)| {
        let holds = match *name {
            "from" | "to" => Holds::Day,
            "low" | "high" => Holds::Number,
            _ => Holds::Text,
        };
        Column { name, holds, meaning: (*meaning).into() }
    });
    let mut found = set(FIGURES, words::FIGURES.into(), words::FIGURES_IS.into(), columns.collect());
    if let Some(root) = offer.snapshot.directory.root(offer.today) {
        let file = |(file, what): (&str, Say)| DataFile {
            path: format!("/don-vi/{}/{file}.csv", root.code),
            media: Media::Csv,
            title: Both::of(|lang| format!("{}: {}", root.name, what.get(lang))),
            label: what.into(),
        };
        found.files.extend(UNIT_FILES.map(file));
    }
    let sealed = offer.snapshot.installation.sealed_through;
    let first = offer.snapshot.editions.iter().filter_map(|installed| begun(installed)).min();
    DataSet {
        span: (first.filter(|first| sealed.is_none_or(|last| *first <= last)), sealed),
        modified: sealed,
        conforms_to: Some(methods::PAGE.to_owned()),
        page: Some("/".to_owned()),
        ..found
    }
}

/// The first day of an edition; one that has been there from the beginning of time has none.
fn begun(installed: &InstalledEdition) -> Option<Day> {
    Some(installed.first_day).filter(|day| day.0 > 0)
}

fn form(installed: &InstalledEdition) -> DataSet {
    let name = installed.edition.name().to_string();
    let title = Both::of(|lang| words::form_title(lang, installed.edition.title().get(lang), &name));
    let hash = hash(installed);
    let what = Both::of(|lang| format!("{} {}", words::FORM_IS.get(lang), words::form_hash(lang, &hash)));
    let columns = code_book::columns();
    let first = begun(installed);
    DataSet { span: (first, None), issued: first, ..set(&format!("{FORM}{name}"), title, what, columns) }
}

fn of_series(known: &History<'_>) -> DataSet {
    let title = Both::of(|lang| words::series_title(lang, &series_name(lang, known)));
    let day = |year: Option<i16>, month, day| Day::of(year?.into(), month, day);
    let first = day(known.years.first().map(|year| year.year), 1, 1);
    let last = day(known.years.last().map(|year| year.year), 12, 31);
    let page = format!("{}/{}", history::PAGE, known.code);
    let mut found =
        set(&format!("{SERIES}{}", known.code), title, words::SERIES_IS.into(), series_table(&[], "").columns);
    for file in &mut found.files {
        file.path = format!("{page}.{}", if file.media == Media::Csv { "csv" } else { "json" });
    }
    DataSet { place: Some(known.place.to_owned()), span: (first, last), page: Some(page), ..found }
}

fn the_record(offer: &Offer<'_>) -> DataSet {
    let file = |path: &str, title: Say| DataFile {
        path: path.to_owned(),
        media: Media::Text,
        title: title.into(),
        label: title.into(),
    };
    DataSet {
        files: vec![file("/so-ghi/checkpoint", words::CHECKPOINT), file("/so-ghi/khoa", words::KEYS)],
        modified: offer.snapshot.installation.sealed_through,
        page: Some(record::PAGE.to_owned()),
        ..set(RECORD, words::RECORD.into(), words::RECORD_IS.into(), Vec::new())
    }
}
