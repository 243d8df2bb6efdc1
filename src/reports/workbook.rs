//! The workbook: one sheet for each table of the paper, the codes, and how everything was computed.

use super::grid::{Grid, Row, Value};
use super::{Facts, annexes, tables, targets};
use crate::documents::Sheet;
use crate::index::What;
use crate::publish::verdicts::mark;
use crate::questionnaire::Edition;
use crate::text::figure::level::level_long;
use crate::text::figure::standing::Standing;
use crate::text::reports::{LANG, paper as words};
use crate::words::Level;

/// The sheets of a report.
pub fn sheets(facts: &Facts) -> Vec<Sheet> {
    let mut numbered = vec![
        tables::sources(facts),
        tables::quality(facts),
        targets::of_headline(facts),
        tables::fields(facts),
        tables::units(facts, true),
        tables::cases(facts),
        tables::late(facts),
    ];
    if facts.kind == words::Kind::Year {
        numbered.push(targets::of_year(facts));
    }
    numbered.push(tables::criteria(facts, true));
    let names = numbered.iter().enumerate().map(|(at, grid)| grid.sheet(words::tab(at + 1)));
    let mut found: Vec<Sheet> = names.collect();
    // Figures of other systems stand on sheets of their own, never beside those of questionnaires.
    let others = targets::others(facts);
    found.extend(
        facts.others.iter().zip(&others).map(|(one, grid)| grid.sheet(words::tab_of(one.collector).to_owned())),
    );
    found.push(codes(facts).sheet(words::SHEET_CODES.to_owned()));
    let mut card = annexes::methods(facts);
    card.rows.extend(annexes::addresses(facts).rows);
    found.push(card.sheet(words::SHEET_METHOD.to_owned()));
    found
}

/// What codes, levels and verdicts mean.
fn codes(facts: &Facts) -> Grid {
    let line = |code: &str, meaning: &str| Row::Of(vec![Value::words(code), Value::words(meaning)]);
    let mut rows: Vec<Row> = Level::ALL.iter().map(|level| line(level.word(), level_long(*level).get(LANG))).collect();
    let edition = facts.figures.edition.as_ref().map(|installed| &installed.edition);
    for factor in edition.into_iter().flat_map(Edition::factors) {
        rows.push(line(What::Factor(factor.code.clone()).code(), factor.title.get(LANG)));
    }
    for (_, rating) in edition.into_iter().flat_map(Edition::ratings) {
        rows.push(line(&rating.code, rating.label.get(LANG)));
    }
    rows.extend(Standing::ALL.iter().map(|standing| line(mark(*standing).symbol(), standing.label().get(LANG))));
    rows.push(line("–", words::NOTE_INTERVAL));
    Grid {
        name: words::SHEET_CODES.to_owned(),
        heads: vec![(words::HEAD_CODE, 4, false), (words::HEAD_MEANING, 15, false)],
        rows,
        note: "",
    }
}
