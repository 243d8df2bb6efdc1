//! The lines of `responses.csv`: each becomes a submission, or says what is wrong with it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::collect::Submission;
use crate::questionnaire::{AnswerSheet, Edition, FieldProblem, Item};
use crate::record::{FormKey, Keys};
use crate::registry::import::{self as csv, Columns, CsvFile, Line, OtherColumns, Problems};
use crate::registry::{Directory, Editions, InstalledEdition};
use crate::store::places::PointVersion;
use crate::words::{Channel, Day, EditionNumber, Helper, Level, PointId, ProcedureId, UnitId};

/// Every other column is the code of a criterion.
pub(super) const COLUMNS: Columns =
    Columns { required: &["point", "day", "channel", "level"], optional: &["serial"], others: OtherColumns::Kept };
const LONGEST_SERIAL: usize = 100;
/// Between the options of a choice of several.
const BETWEEN_OPTIONS: char = '|';
/// How paper forms code "not applicable" beside the word `na`.
const NOT_APPLICABLE: &str = "9";

/// A file of answers with what is needed to read it.
pub(super) struct Rows<'a> {
    /// The file.
    pub(super) file: &'a CsvFile,
    /// Units and points.
    pub(super) directory: &'a Directory,
    editions: &'a Editions,
    keys: &'a Keys,
    today: Day,
    /// Columns that are criteria of an edition of the file.
    criteria: BTreeSet<&'a str>,
}

/// Where and when a form was filled in.
struct Place<'a> {
    point: PointId,
    version: &'a PointVersion,
    edition: &'a Arc<InstalledEdition>,
    day: Day,
}

impl<'a> Rows<'a> {
    /// Finds the editions of the lines, and checks that every further column is a criterion of one of them.
    pub(super) fn new(
        file: &'a CsvFile,
        directory: &'a Directory,
        editions: &'a Editions,
        keys: &'a Keys,
        today: Day,
        problems: &mut Problems,
    ) -> Self {
        let mut rows = Self { file, directory, editions, keys, today, criteria: BTreeSet::new() };
        // Faults of places are told when the lines are checked.
        let mut untold = Problems::default();
        let mut used: BTreeMap<EditionNumber, &Edition> = BTreeMap::new();
        for line in file.lines() {
            if let Some(place) = rows.place(line, &mut untold) {
                used.insert(place.edition.number, &place.edition.edition);
            }
        }
        if used.is_empty() {
            used = editions.iter().map(|installed| (installed.number, &installed.edition)).collect();
        }
        let known: BTreeSet<&str> = used.values().flat_map(|edition| edition.items()).map(Item::code).collect();
        for column in file.columns().iter().map(String::as_str) {
            if known.contains(column) {
                rows.criteria.insert(column);
            } else if !COLUMNS.required.contains(&column) && !COLUMNS.optional.contains(&column) {
                let codes: Vec<&str> = known.iter().copied().collect();
                let what = format!(
                    "no questionnaire of these points has such a criterion; the columns are: {}, serial, {}",
                    COLUMNS.required.join(", "),
                    codes.join(", ")
                );
                problems.add(1, column, what);
            }
        }
        rows
    }

    /// Checks every line.
    pub(super) fn check(&self, problems: &mut Problems) {
        let mut serials: HashMap<(&str, &str), u64> = HashMap::new();
        for line in self.file.lines() {
            self.submission(line, problems);
            let serial = line.get("serial");
            if serial.is_empty() {
                continue;
            }
            if let Some(first) = serials.insert((line.get("point"), serial), line.number()) {
                let what = format!("line {first} has the same serial and point; every form has a serial of its own");
                problems.add(line.number(), "serial", what);
            }
        }
    }

    /// First and last day of the lines.
    pub(super) fn days(&self) -> Option<(Day, Day)> {
        let days = || self.file.lines().filter_map(|line| Day::parse(line.get("day")));
        Some((days().min()?, days().max()?))
    }

    /// The submission of a line.
    pub(super) fn submission(&self, line: Line<'_>, problems: &mut Problems) -> Option<Submission> {
        let n = line.number();
        let place = self.place(line, problems);
        let channel = problems.keep(n, "channel", csv::word(Channel::parse(line.get("channel"))));
        let level = problems.keep(n, "level", csv::word(Level::parse(line.get("level"))));
        let serial = line.get("serial");
        let serial = if serial.is_empty() { Ok(None) } else { csv::text(serial, LONGEST_SERIAL).map(Some) };
        let serial = problems.keep(n, "serial", serial);
        let place = place?;
        let sheet = self.sheet(line, &place.edition.edition, problems);
        let (channel, level, serial, sheet) = (channel?, level?, serial?, sheet?);
        Some(Submission {
            key: self.key(line, serial.as_deref(), channel, place.day),
            day: Some(place.day),
            edition: place.edition.clone(),
            point: place.point,
            deciding_unit: UnitId::NONE,
            procedure: ProcedureId::NONE,
            field: place.version.field,
            channel,
            level,
            reason: 0,
            helper: Helper::None,
            answers: sheet.answers,
            comment: sheet.comment,
        })
    }

    fn place(&self, line: Line<'_>, problems: &mut Problems) -> Option<Place<'a>> {
        let n = line.number();
        let point = csv::code(line.get("point")).and_then(|code| {
            let known = self.directory.point_by_code(&code);
            known.ok_or_else(|| format!("there is no point “{code}”; import the points first"))
        });
        let point = problems.keep(n, "point", point);
        let first = Day::of(2000, 1, 1).unwrap_or(Day(0));
        let day = csv::day(line.get("day")).and_then(|day| {
            if day > self.today {
                Err(format!("{} has not come yet; mend the day", day.iso()))
            } else if day < first {
                Err(format!("{} is before 2000-01-01; mend the day", day.iso()))
            } else {
                Ok(day)
            }
        });
        let day = problems.keep(n, "day", day);
        let (point, day) = (point?, day?);
        let version = self.directory.point_on(point, day)?;
        if let Some(last) = version.valid_to.filter(|last| *last < day) {
            problems.add(n, "day", format!("the point was closed after {}; mend the day or the point", last.iso()));
            return None;
        }
        let edition = self.editions.in_force(&version.questionnaire, day);
        if edition.is_none() {
            problems.add(n, "point", format!("its questionnaire “{}” is not stored", version.questionnaire));
        }
        Some(Place { point, version, edition: edition?, day })
    }

    fn sheet(&self, line: Line<'_>, edition: &Edition, problems: &mut Problems) -> Option<AnswerSheet> {
        let filled = line.values().filter(|(column, value)| !value.is_empty() && self.criteria.contains(column));
        let fields: Vec<(String, String)> = filled
            .flat_map(|(column, value)| {
                coded(edition.item(column), value).into_iter().map(move |value| (column.to_owned(), value))
            })
            .collect();
        match AnswerSheet::read(edition, &fields) {
            Ok(sheet) => Some(sheet),
            Err(refusal) => {
                for error in refusal.errors {
                    if error.problem == FieldProblem::Nothing {
                        problems.add_line(
                            line.number(),
                            "has no answer; fill in at least one criterion or take the line out",
                        );
                    } else {
                        let what = what_is_wrong(edition, &error.field, error.problem);
                        problems.add(line.number(), &error.field, what);
                    }
                }
                None
            }
        }
    }

    /// The key of a line: the same serial, point and channel, or else the same line of the same file, is the same form.
    fn key(&self, line: Line<'_>, serial: Option<&str>, channel: Channel, day: Day) -> FormKey {
        let source = match serial {
            Some(serial) => {
                [serial.as_bytes(), &[0], line.get("point").as_bytes(), &[0], channel.word().as_bytes()].concat()
            }
            None => [self.file.hash().as_slice(), &line.number().to_be_bytes()].concat(),
        };
        FormKey::of_import(self.keys, &source, day)
    }
}

/// A value as the form would send it: options of a choice of several one by one.
fn coded(item: Option<&Item>, value: &str) -> Vec<String> {
    let several = matches!(item, Some(Item::Choice(choice)) if choice.several);
    let may_be_na = item.is_some_and(|item| item.not_applicable().is_some());
    let is_na = |part: &str| may_be_na && (part == NOT_APPLICABLE || part.eq_ignore_ascii_case("na"));
    let parts: Vec<&str> = if several { value.split(BETWEEN_OPTIONS).collect() } else { vec![value] };
    parts.into_iter().map(str::trim).map(|part| if is_na(part) { "na".to_owned() } else { part.to_owned() }).collect()
}

fn what_is_wrong(edition: &Edition, code: &str, problem: FieldProblem) -> String {
    match (problem, edition.item(code)) {
        (FieldProblem::BadLevel, Some(Item::Rating(rating))) => {
            let levels: Vec<String> = rating.scale.levels.iter().map(|level| level.level.to_string()).collect();
            let na = if rating.not_applicable.is_some() { ", na or 9 for “not applicable”" } else { "" };
            format!("is not a level; write {}{na}, or nothing", levels.join(", "))
        }
        (FieldProblem::BadLevel | FieldProblem::AlsoNotApplicable, Some(Item::Choice(choice))) => {
            let options: Vec<String> = choice.options.iter().map(|option| option.number.to_string()).collect();
            let several = if choice.several { ", several as 1|3" } else { "" };
            let na = if choice.not_applicable.is_some() { ", na or 9 alone for “not applicable”" } else { "" };
            format!("is not an option; write {}{several}{na}, or nothing", options.join(", "))
        }
        (FieldProblem::BadNumber, Some(Item::Number(number))) => {
            format!("is not a whole number from {} to {}; mend it or leave it empty", number.min, number.max)
        }
        (FieldProblem::CommentTooLong { over }, _) => format!("is {over} characters too long; shorten it"),
        (FieldProblem::Missing, _) => "is empty, and this criterion has to be answered".to_owned(),
        (FieldProblem::UnknownField, _) => {
            format!("questionnaire {} of this point has no such criterion; leave it empty", edition.name())
        }
        _ => "cannot be read; mend it or leave it empty".to_owned(),
    }
}
