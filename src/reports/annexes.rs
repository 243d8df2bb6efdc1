//! The annexes: figures by unit, field, criterion and source, the methods with their versions, and where the data stand.

use super::grid::{Grid, Row, Value};
use super::{Facts, tables};
use crate::documents::{Block, Table};
use crate::index::Method;
use crate::text::methods;
use crate::text::reports::{LANG, paper as words};
use crate::text::{capital, date, figures};

/// The card of methods: what was counted, of when, and by which formula.
pub(super) fn methods(facts: &Facts) -> Grid {
    let figures = &facts.figures;
    let day = |day| date::short(LANG, day);
    let through = match facts.through {
        Some(last) => format!("{} ({})", day(last), words::STILL_RUNS),
        None => day(facts.period.to),
    };
    let edition = figures.edition.as_ref();
    let none = || words::NO_ROWS.to_owned();
    let form = edition.map_or_else(none, |installed| installed.edition.name().to_string());
    let hash = edition.map_or_else(none, |installed| hex(&installed.hash));
    let index = edition
        .map_or_else(none, |installed| figures::formula(installed.edition.aggregation().word()).get(LANG).to_owned());
    let values = [
        format!("{} ({})", figures.unit.name, figures.unit.code),
        format!("{} ({})", capital(&facts.kind.named(facts.year)), date::span(LANG, facts.period)),
        through,
        form,
        hash,
        index,
        intervals(facts),
        format!("Thước Đo {}", env!("CARGO_PKG_VERSION")),
        day(facts.today),
    ];
    let rows = words::METHOD_LINES.iter().zip(values);
    Grid {
        name: words::ANNEXES[4].to_owned(),
        heads: vec![(words::HEAD_WHAT, 3, false), (words::HEAD_VALUE, 7, false)],
        rows: rows.map(|(name, value)| Row::Of(vec![Value::words(*name), Value::words(value)])).collect(),
        note: "",
    }
}

/// The methods of the intervals in use, by their titles and ids.
fn intervals(facts: &Facts) -> String {
    let mut used: Vec<Method> = Vec::new();
    let sources = facts.figures.sources.iter().flat_map(|source| &source.estimates);
    for (method, _) in sources.filter_map(|estimate| estimate.intervals.first()) {
        if !used.contains(method) {
            used.push(*method);
        }
    }
    let named = used.iter().map(|method| match methods::find(method.word()) {
        Some(known) => format!("{} ({})", known.title.get(LANG), known.id),
        None => method.word().to_owned(),
    });
    let named: Vec<String> = named.collect();
    if named.is_empty() { words::NO_ROWS.to_owned() } else { named.join("; ") }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// Where everything stands that the paper is made of.
pub(super) fn addresses(facts: &Facts) -> Grid {
    let code = &facts.figures.unit.code;
    let at = |path: &str| format!("{}{path}", facts.base_url);
    let lines = [
        (words::FIGURES_AT, at(&format!("/don-vi/{code}"))),
        (words::DATA_AT, at(&format!("/don-vi/{code}/so-lieu.csv"))),
        (words::METHODS_AT, at("/phuong-phap")),
        (words::RECORD_AT, at("/so-ghi")),
    ];
    Grid {
        name: words::ANNEXES[5].to_owned(),
        heads: vec![(words::HEAD_WHAT, 3, false), (words::HEAD_VALUE, 7, false)],
        rows: lines.into_iter().map(|(name, value)| Row::Of(vec![Value::words(name), Value::words(value)])).collect(),
        note: "",
    }
}

/// The tables of the annexes, in their order.
pub(super) fn grids(facts: &Facts) -> [Grid; 6] {
    [
        tables::units(facts, true),
        tables::fields(facts),
        tables::criteria(facts, true),
        tables::sources(facts),
        methods(facts),
        addresses(facts),
    ]
}

/// The annexes upon pages that lie across.
pub(super) fn blocks(facts: &Facts) -> Vec<Block> {
    let mut found = vec![Block::Across];
    for (at, (grid, name)) in grids(facts).iter().zip(words::ANNEXES).enumerate() {
        let table: Table = grid.table(String::new());
        found.push(Block::Section(words::annex(at + 1, name)));
        found.push(Block::Table(table));
        if !grid.note.is_empty() {
            found.push(Block::Note(grid.note.to_owned()));
        }
    }
    found
}
