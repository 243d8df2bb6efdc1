//! What is known of a file before its first row: columns, code book, notes.

use super::columns::{Column, LABELS, columns};
use super::plan::Plan;
use crate::registry::Snapshot;
use crate::text::date;
use crate::text::figure::level::level_long;
use crate::text::number;
use crate::text::office::exports::book as words;
use crate::words::{Day, Period};

/// What is known of a file before its first row.
#[derive(Debug, Clone)]
pub struct Book {
    /// What the file will hold.
    pub plan: Plan,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Source, period, rules, method: name and words.
    pub notes: Vec<(String, String)>,
    /// The day on which it is made.
    pub made: Day,
    /// Code and version of the edition.
    pub edition: String,
}

impl Book {
    /// The book of a plan.
    pub fn of(plan: Plan, snapshot: &Snapshot, made: Day) -> Self {
        let columns = columns(&plan, &snapshot.directory);
        let notes = notes(&plan, snapshot, made);
        let edition = plan.edition_name();
        Self { plan, columns, notes, made, edition }
    }

    /// The title of the file.
    pub fn title(&self) -> &str {
        self.plan.edition.edition.title().get(LABELS)
    }
}

fn notes(plan: &Plan, snapshot: &Snapshot, made: Day) -> Vec<(String, String)> {
    let (asked, directory) = (plan.asked, &snapshot.directory);
    let unit = directory.unit_on(asked.unit, asked.period.to);
    let unit = unit.map(|unit| format!("{} {}", unit.code, unit.name)).unwrap_or_default();
    let root = directory.root(made).map(|root| root.name.clone()).unwrap_or_default();
    let edition = &plan.edition.edition;
    let level = asked.level.map_or(words::EVERY_LEVEL, level_long);
    let note = |name: crate::text::Say, text: String| (name.get(LABELS).to_owned(), text);
    let rule = |say: crate::text::Say| note(words::RULE, say.get(LABELS).to_owned());
    let mut notes = vec![
        note(words::PROVINCE, root),
        note(words::SOURCE, unit),
        note(words::PERIOD, date::span(LABELS, asked.period)),
        note(words::FORM, format!("{} ({})", edition.title().get(LABELS), edition.name())),
        note(words::LEVELS, level.get(LABELS).to_owned()),
        note(words::ROWS, number::count(LABELS, plan.rows)),
        note(words::MADE, date::short(LABELS, made)),
        rule(words::RULE_ROWS),
        rule(words::RULE_PARTS),
        rule(words::RULE_LEFT_OUT),
        rule(words::RULE_RAW),
        note(words::METHOD, words::METHOD_WEIGHT.get(LABELS).to_owned()),
    ];
    if snapshot.installation.simulated {
        notes.insert(0, rule(words::SIMULATED));
    }
    notes.extend(disputed(plan, snapshot, asked.period).map(|text| note(words::RULE, text)));
    notes
}

/// Months of units in the file whose own page sets its figure by dossier codes aside.
fn disputed<'a>(plan: &'a Plan, snapshot: &'a Snapshot, period: Period) -> impl Iterator<Item = String> + 'a {
    plan.units.iter().flat_map(move |own| {
        let months = snapshot.disputes.of(own.unit, period);
        months.map(move |month| words::disputed(LABELS, &own.name, month.first_day()))
    })
}
