//! The figures of a unit's page as CSV: the same gate as the page, every source and criterion, every unit below.

use super::children::in_order;
use super::masking::{Visible, visible};
use crate::index::{Comparison, Estimate, FEWEST_PUBLISHED, Judgement};
use crate::publish::UnitFigures;
use crate::store::places::UnitVersion;
use crate::words::UnitKind;

/// Spreadsheets take a file without this mark for another encoding.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// Between several targets of one figure, and their verdicts.
const BETWEEN: &str = "|";
const COLUMNS: [&str; 15] = [
    "unit", "name", "from", "to", "edition", "formula", "level", "what", "n", "estimate", "low", "high", "method",
    "target", "verdict",
];

/// The whole file.
pub(super) fn file(figures: &UnitFigures) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    let is_line_agency = figures.is_line_agency();
    for estimate in figures.sources.iter().flat_map(|source| &source.estimates) {
        writer.write_record(record(figures, &figures.unit, estimate, is_line_agency))?;
    }
    for child in in_order(&figures.children) {
        let is_line_agency = is_line_agency || child.unit.kind == UnitKind::Line;
        for estimate in child.headline.iter().chain(&child.open) {
            writer.write_record(record(figures, &child.unit, estimate, is_line_agency))?;
        }
    }
    let rows = String::from_utf8(writer.into_inner()?)?;
    Ok(format!("{BYTE_ORDER_MARK}{rows}"))
}

fn record(figures: &UnitFigures, unit: &UnitVersion, estimate: &Estimate, is_line_agency: bool) -> [String; 15] {
    let edition = figures.edition.as_ref().map(|installed| &installed.edition);
    let judged: Vec<&Judgement> = estimate.judgements.iter().filter(|_| !is_line_agency).collect();
    let targets: Vec<String> = judged.iter().map(|one| target(one)).collect();
    let verdicts: Vec<&str> = judged.iter().filter_map(|one| one.verdict.map(crate::index::Verdict::word)).collect();
    let (mut n, mut value, mut low, mut high) = (estimate.n.to_string(), String::new(), String::new(), String::new());
    let mut method = "";
    let mut verdict = verdicts.join(BETWEEN);
    match visible(estimate) {
        Visible::Nothing | Visible::NoInterval => {}
        Visible::Few => {
            n = format!("<{FEWEST_PUBLISHED}");
            crate::index::Verdict::NotPublishable.word().clone_into(&mut verdict);
        }
        Visible::Masked(bound) => bound.word().clone_into(&mut value),
        Visible::Shown { estimate: shown, interval } => {
            value = number(shown);
            low = number(interval.low);
            high = number(interval.high);
            method = estimate.intervals.first().map_or("", |(method, _)| method.word());
        }
    }
    [
        guarded(&unit.code),
        guarded(&unit.name),
        figures.period.from.iso(),
        figures.period.to.iso(),
        edition.map(|edition| guarded(&edition.name().to_string())).unwrap_or_default(),
        edition.map(|edition| edition.aggregation().word().to_owned()).unwrap_or_default(),
        estimate.source.word().to_owned(),
        guarded(estimate.what.code()),
        n,
        value,
        low,
        high,
        method.to_owned(),
        targets.join(BETWEEN),
        verdict,
    ]
}

fn target(judgement: &Judgement) -> String {
    match judgement.comparison {
        Comparison::Rises => judgement.comparison.word().to_owned(),
        _ => format!("{}{}", judgement.comparison.word(), judgement.threshold),
    }
}

fn number(value: f64) -> String {
    format!("{value:.6}")
}

/// A cell that a spreadsheet would read as a formula gets an apostrophe in front.
fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Given};
    use super::*;
    use crate::index::PeriodState;
    use crate::words::Level;

    fn rows(figures: &UnitFigures) -> Vec<Vec<String>> {
        let text = file(figures).unwrap();
        let mut reader = csv::Reader::from_reader(text.strip_prefix(BYTE_ORDER_MARK).unwrap().as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    fn row(rows: &[Vec<String>], level: &str, what: &str) -> Vec<String> {
        rows.iter().find(|row| row[6] == level && row[7] == what).unwrap()[8..].to_vec()
    }

    #[test]
    fn the_file_holds_every_source_with_the_same_masking_as_the_page() {
        let given = [Given(Level::B, 450, 500), Given(Level::C, 40, 40), Given(Level::D, 8, 9)];
        let rows = rows(&sample::figures(&given, PeriodState::Closed));
        let item = row(&rows, "B", "reception");
        assert_eq!(item[..2], ["500", "0.900000"]);
        assert_eq!(item[4..], ["clopper_pearson", ">=0.9", "undetermined"]);
        assert_eq!(row(&rows, "C", "reception")[..5], ["40", ">=95%", "", "", ""]);
        assert_eq!(row(&rows, "D", "reception")[..5], ["<10", "", "", "", ""]);
        assert!(rows.iter().any(|row| row[6] == "headline" && row[7] == "composite"));
    }

    #[test]
    fn open_feedback_has_no_verdict_in_the_file() {
        let rows = rows(&sample::figures(&[Given(Level::D, 990, 1_000)], PeriodState::Closed));
        assert_eq!(row(&rows, "D", "composite")[6], "");
    }

    #[test]
    fn cells_never_begin_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@x", "\tx"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        assert_eq!(guarded("Xã A"), "Xã A");
        let mut figures = sample::figures(&[], PeriodState::Closed);
        figures.children = vec![sample::child(1, "=HYPERLINK(\"x\")", UnitKind::Commune, (450, 500), (0, 0))];
        assert_eq!(rows(&figures)[0][1], "'=HYPERLINK(\"x\")");
    }
}
