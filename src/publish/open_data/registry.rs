//! Units, fields, procedures, targets, methods and schemes as tables. Those that can be imported have the columns of the import.

use super::{Column, DataTable, Datum, Holds, Offer};
use crate::index::scheme::embedded;
use crate::index::{Target, TargetValue};
use crate::store::places::UnitVersion;
use crate::text::methods::{self, Method};
use crate::text::office::uploads;
use crate::text::open_data as words;
use crate::text::search::sort_key;
use crate::text::{Say, open_data::UNIT_FILES};
use crate::words::{Day, FieldId, Lang, Measure};

const BETWEEN: &str = "|";

/// Columns whose names and meanings are those of an import.
fn imported(kind: &'static str, days: &[&str], numbers: &[&str]) -> Vec<Column> {
    let holds = |name: &str| {
        if days.contains(&name) {
            Holds::Day
        } else if numbers.contains(&name) {
            Holds::Number
        } else {
            Holds::Text
        }
    };
    let known = uploads::columns(kind).iter();
    known.map(|(name, meaning)| Column { name, holds: holds(name), meaning: (*meaning).into() }).collect()
}

pub(super) fn column(name: &'static str, holds: Holds, meaning: Say) -> Column {
    Column { name, holds, meaning: meaning.into() }
}

/// Columns of the units.
pub(super) fn unit_columns() -> Vec<Column> {
    imported("units", &["valid_from", "valid_to"], &[])
}

/// Columns of the fields.
pub(super) fn field_columns() -> Vec<Column> {
    vec![column("field", Holds::Text, words::FIELD_NAME)]
}

/// Columns of the procedures.
pub(super) fn procedure_columns() -> Vec<Column> {
    imported("procedures", &[], &[])
}

/// Columns of the targets.
pub(super) fn target_columns() -> Vec<Column> {
    imported("targets", &[], &["year_from", "year_to"])
}

/// Columns of the methods.
pub(super) fn method_columns() -> Vec<Column> {
    vec![
        column("id", Holds::Text, words::METHOD_ID),
        column("title_vi", Holds::Text, words::METHOD_TITLE_VI),
        column("title_en", Holds::Text, words::METHOD_TITLE_EN),
        column("what_vi", Holds::Text, words::METHOD_WHAT_VI),
        column("what_en", Holds::Text, words::METHOD_WHAT_EN),
        column("formula", Holds::Text, words::METHOD_FORMULA),
        column("sources", Holds::Text, words::METHOD_SOURCES),
        column("words", Holds::Text, words::METHOD_WORDS),
    ]
}

/// Columns of the schemes.
pub(super) fn scheme_columns() -> Vec<Column> {
    vec![
        column("code", Holds::Text, words::SCHEME_CODE),
        column("version", Holds::Number, words::SCHEME_VERSION),
        column("title_vi", Holds::Text, words::METHOD_TITLE_VI),
        column("title_en", Holds::Text, words::METHOD_TITLE_EN),
        column("measure", Holds::Text, words::MEASURE),
        column("citation", Holds::Text, words::SCHEME_CITATION),
        column("valid_from", Holds::Day, words::SCHEME_FROM),
        column("valid_to", Holds::Day, words::SCHEME_TO),
        column("maximum", Holds::Number, words::SCHEME_MAXIMUM),
        column("sourced", Holds::Truth, words::SCHEME_SOURCED),
    ]
}

/// Every stage of every unit, in the order of names.
pub(super) fn units(offer: &Offer<'_>) -> DataTable {
    let directory = &offer.snapshot.directory;
    let mut stages: Vec<&UnitVersion> = directory.units().flat_map(|(_, versions)| versions).collect();
    stages.sort_by_cached_key(|stage| (sort_key(&stage.name), stage.code.clone(), stage.valid_from));
    let row = |stage: &&UnitVersion| {
        let code = |unit| directory.unit_on(unit, stage.valid_from).map(|unit| unit.code.clone());
        let ended = stage.valid_to.map(|last| last.plus(1));
        let mut successors: Vec<String> = directory
            .successions_of(stage.unit)
            .filter(|succession| succession.from == stage.unit && Some(succession.day) == ended)
            .filter_map(|succession| directory.unit_on(succession.to, succession.day).map(|unit| unit.code.clone()))
            .collect();
        successors.sort_unstable();
        vec![
            Datum::text(&stage.code),
            Datum::text(&stage.name),
            Datum::text(stage.kind.word()),
            Datum::text(stage.parent.and_then(code).unwrap_or_default()),
            Datum::text(stage.valid_from.iso()),
            Datum::text(stage.valid_to.map(Day::iso).unwrap_or_default()),
            Datum::text(successors.join(BETWEEN)),
            Datum::text(stage.admin_code.clone().unwrap_or_default()),
        ]
    };
    DataTable { columns: unit_columns(), rows: stages.iter().map(row).collect() }
}

/// The fields, in the order of names.
pub(super) fn fields(offer: &Offer<'_>) -> DataTable {
    let mut names: Vec<&str> = offer.snapshot.directory.fields().map(|(_, name)| name).collect();
    names.sort_by_cached_key(|name| sort_key(name));
    let rows = names.into_iter().map(|name| vec![Datum::text(name)]).collect();
    DataTable { columns: field_columns(), rows }
}

/// The procedures, in the order of names.
pub(super) fn procedures(offer: &Offer<'_>) -> DataTable {
    let mut all: Vec<_> = offer.procedures.iter().collect();
    all.sort_by_cached_key(|one| (sort_key(&one.name), one.code.clone()));
    let rows = all.into_iter().map(|one| {
        let field = offer.snapshot.directory.field_name(one.field).unwrap_or_default();
        vec![Datum::text(&one.code), Datum::text(&one.name), Datum::text(field)]
    });
    DataTable { columns: procedure_columns(), rows: rows.collect() }
}

/// The targets that are in force or to come.
pub(super) fn targets(offer: &Offer<'_>) -> DataTable {
    let directory = &offer.snapshot.directory;
    let year = offer.today.year();
    let mut targets: Vec<&Target> =
        offer.snapshot.targets.iter().filter(|target| target.year_to.is_none_or(|last| last >= year)).collect();
    let unit = |target: &Target| directory.unit_on(target.unit, offer.today).map_or("", |unit| unit.code.as_str());
    targets.sort_by_cached_key(|target| (unit(target).to_owned(), target.year_from, target.citation.clone()));
    let rows = targets.into_iter().map(|target| {
        let measures: Vec<&str> = target.measures.iter().map(|measure| measure.word()).collect();
        let field = if target.field == FieldId::NONE { None } else { directory.field_name(target.field) };
        vec![
            Datum::text(measures.join(BETWEEN)),
            Datum::text(field.unwrap_or_default()),
            Datum::text(unit(target)),
            Datum::whole(target.year_from),
            target.year_to.map_or(Datum::None, Datum::whole),
            Datum::text(threshold(target)),
            Datum::text(target.value.word()),
            Datum::text(target.comparison.word()),
            Datum::text(&target.citation),
            Datum::text(&target.issuer),
        ]
    });
    DataTable { columns: target_columns(), rows: rows.collect() }
}

/// A threshold as the import reads it: “90%”, “25”.
fn threshold(target: &Target) -> String {
    let number = |value: f64| crate::text::number::as_written(Lang::En, value).replace(',', "");
    match (target.threshold, target.value) {
        (None, _) => String::new(),
        (Some(share), TargetValue::Percent) => format!("{}%", number(share * 100.0)),
        (Some(value), _) => number(value),
    }
}

/// The methods.
pub(super) fn methods() -> DataTable {
    let row = |method: &Method| {
        vec![
            Datum::text(&method.id),
            Datum::text(method.title.get(Lang::Vi)),
            Datum::text(method.title.get(Lang::En)),
            Datum::text(method.what.get(Lang::Vi)),
            Datum::text(method.what.get(Lang::En)),
            Datum::text(method.formula.as_ref().map(|text| text.get(Lang::En)).unwrap_or_default()),
            Datum::text(method.sources.join(BETWEEN)),
            Datum::text(method.words.join(BETWEEN)),
        ]
    };
    let rows = methods::catalogue().map(|known| known.methods().map(row).collect()).unwrap_or_default();
    DataTable { columns: method_columns(), rows }
}

/// The index schemes of the program.
pub(super) fn schemes() -> DataTable {
    let rows = embedded().unwrap_or_default().into_iter().map(|scheme| {
        vec![
            Datum::text(&scheme.name().code),
            Datum::whole(scheme.name().version),
            Datum::text(&scheme.title().vi),
            Datum::text(&scheme.title().en),
            Datum::text(Measure::word(scheme.measure())),
            Datum::text(scheme.citation()),
            Datum::text(scheme.valid_from().iso()),
            Datum::text(scheme.valid_to().map(Day::iso).unwrap_or_default()),
            Datum::Number(scheme.maximum(), 0),
            Datum::Truth(scheme.standing().sourced),
        ]
    });
    DataTable { columns: scheme_columns(), rows: rows.collect() }
}

/// Every result file of every unit, with its address.
pub(super) fn figures(offer: &Offer<'_>) -> DataTable {
    let columns = vec![
        column("unit", Holds::Text, words::FILE_UNIT),
        column("name", Holds::Text, words::FILE_NAME),
        column("what_vi", Holds::Text, words::FILE_WHAT),
        column("what_en", Holds::Text, words::FILE_WHAT),
        column("address", Holds::Text, words::FILE_ADDRESS),
    ];
    let directory = &offer.snapshot.directory;
    let mut units: Vec<&UnitVersion> =
        directory.units().filter_map(|(unit, _)| directory.unit_on(unit, offer.today)).collect();
    units.sort_by_cached_key(|unit| (sort_key(&unit.name), unit.code.clone()));
    let rows = units.into_iter().flat_map(|unit| {
        UNIT_FILES.map(|(file, what)| {
            vec![
                Datum::text(&unit.code),
                Datum::text(&unit.name),
                Datum::text(what.vi),
                Datum::text(what.en),
                Datum::text(format!("{}/don-vi/{}/{file}.csv", offer.base, unit.code)),
            ]
        })
    });
    DataTable { columns, rows: rows.collect() }
}
