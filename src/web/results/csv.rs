//! The figures of a unit's page as CSV: the same gate as the page, every source and criterion, every unit below.

use super::children::in_order;
use crate::index::{Comparison, Estimate, FEWEST_PUBLISHED, Judgement};
use crate::publish::UnitFigures;
use crate::publish::figures::{PartFigures, PartName};
use crate::publish::visible::{Visible, visible};
use crate::registry::InstalledEdition;
use crate::store::places::UnitVersion;
use crate::words::{Period, UnitKind};

/// Spreadsheets take a file without this mark for another encoding.
pub(in crate::web) const BYTE_ORDER_MARK: &str = "\u{feff}";
/// Between several targets of one figure, and their verdicts.
const BETWEEN: &str = "|";
pub(in crate::web) const COLUMNS: [&str; 17] = [
    "unit",
    "name",
    "from",
    "to",
    "edition",
    "formula",
    "level",
    "what",
    "n",
    "estimate",
    "low",
    "high",
    "method",
    "target",
    "verdict",
    "part_kind",
    "part",
];

/// The data files of a page, by the name in the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum File {
    /// The figures of the unit and of the units below.
    Figures,
    /// Months and quarters.
    Trend,
    /// The criteria of every unit below.
    Criteria,
    /// By field.
    Fields,
    /// By deciding office.
    Offices,
}

impl File {
    /// All of them.
    pub(in crate::web) const ALL: [Self; 5] = [Self::Figures, Self::Trend, Self::Criteria, Self::Fields, Self::Offices];

    /// The name in the address, without `.csv`.
    pub(in crate::web) const fn word(self) -> &'static str {
        match self {
            Self::Figures => "so-lieu",
            Self::Trend => "dien-bien",
            Self::Criteria => "tieu-chi",
            Self::Fields => "linh-vuc",
            Self::Offices => "co-quan",
        }
    }

    /// The file with this name.
    pub(in crate::web) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.word() == word)
    }

    /// The whole file.
    pub(in crate::web) fn write(self, figures: &UnitFigures) -> anyhow::Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(COLUMNS)?;
        for row in self.rows(figures) {
            writer.write_record(row.record(figures))?;
        }
        let rows = String::from_utf8(writer.into_inner()?)?;
        Ok(format!("{BYTE_ORDER_MARK}{rows}"))
    }

    fn rows(self, figures: &UnitFigures) -> Vec<Line<'_>> {
        let own = |estimate| Line::of(figures, &figures.unit, estimate);
        match self {
            Self::Figures => {
                let sources = figures.sources.iter().flat_map(|source| &source.estimates).map(own);
                let children = in_order(&figures.children).into_iter().flat_map(|child| {
                    let estimates = child.headline.iter().chain(&child.open);
                    estimates.map(|estimate| Line::of(figures, &child.unit, estimate))
                });
                sources.chain(children).collect()
            }
            Self::Trend => {
                let points = figures.months.points.iter().chain(&figures.quarters.points);
                let lines = points.flat_map(|point| {
                    let estimates = point.headline.iter().chain(&point.open);
                    estimates.map(move |estimate| Line {
                        period: point.period,
                        edition: point.edition.as_deref(),
                        ..Line::of(figures, &figures.unit, estimate)
                    })
                });
                lines.collect()
            }
            Self::Criteria => in_order(&figures.children)
                .into_iter()
                .flat_map(|child| child.items.iter().map(|estimate| Line::of(figures, &child.unit, estimate)))
                .collect(),
            Self::Fields => of_parts(figures, &figures.fields),
            Self::Offices => {
                let mut lines = of_parts(figures, &figures.deciders);
                lines.extend(
                    figures
                        .decided
                        .iter()
                        .flat_map(|part| &part.estimates)
                        .map(|estimate| Line { part: ("decided_by", figures.unit.code.as_str()), ..own(estimate) }),
                );
                lines
            }
        }
    }
}

fn of_parts<'a>(figures: &'a UnitFigures, parts: &'a [PartFigures]) -> Vec<Line<'a>> {
    let lines = parts.iter().flat_map(|part| {
        let named = match &part.part {
            PartName::Field(_, name) => ("field", name.as_str()),
            PartName::Decider(unit) => ("deciding_unit", unit.code.as_str()),
            PartName::Unknown => ("unknown", ""),
            PartName::NotSplit => ("not_split", ""),
        };
        let of = move |estimate| Line { part: named, ..Line::of(figures, &figures.unit, estimate) };
        part.estimates.iter().map(of)
    });
    lines.collect()
}

/// One figure of a file.
struct Line<'a> {
    unit: &'a UnitVersion,
    period: Period,
    edition: Option<&'a InstalledEdition>,
    /// Kind and name of a part; empty for the whole.
    part: (&'static str, &'a str),
    estimate: &'a Estimate,
}

impl<'a> Line<'a> {
    fn of(figures: &'a UnitFigures, unit: &'a UnitVersion, estimate: &'a Estimate) -> Self {
        Self { unit, period: figures.period, edition: figures.edition.as_deref(), part: ("", ""), estimate }
    }

    fn record(&self, figures: &UnitFigures) -> [String; 17] {
        let is_line_agency = figures.is_line_agency() || self.unit.kind == UnitKind::Line;
        record(self, is_line_agency)
    }
}

fn record(line: &Line<'_>, is_line_agency: bool) -> [String; 17] {
    let (unit, estimate) = (line.unit, line.estimate);
    let edition = line.edition.map(|installed| &installed.edition);
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
        line.period.from.iso(),
        line.period.to.iso(),
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
        line.part.0.to_owned(),
        guarded(line.part.1),
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
pub(in crate::web) fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Given};
    use super::*;
    use crate::index::PeriodState;
    use crate::words::Level;

    fn rows(figures: &UnitFigures) -> Vec<Vec<String>> {
        let text = File::Figures.write(figures).unwrap();
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
        assert_eq!(item[4..], ["clopper_pearson", ">=0.9", "undetermined", "", ""]);
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
