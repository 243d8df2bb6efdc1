//! The lines of `responses.csv`: each becomes a submission, or says what is wrong with it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::collect::Submission;
use crate::questionnaire::{AnswerSheet, Edition, FieldProblem, Item};
use crate::record::{FormKey, Keys};
use crate::registry::import::{self as csv, Columns, CsvFile, Line, OtherColumns, Problems};
use crate::registry::{Directory, Editions, InstalledEdition};
use crate::store::places::PointVersion;
use crate::text::import::rows::no_point;
use crate::text::import::{FileDay, answers as say, digits};
use crate::text::{Both, Say};
use crate::words::{Channel, Day, EditionNumber, Helper, Level, LevelReason, PointId, ProcedureId, UnitId};

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
                let (required, criteria) = (COLUMNS.required.join(", "), codes.join(", "));
                let what = Both::of(|lang| say::no_such_criterion(lang, &required, &criteria));
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
                let what = Both::of(|lang| say::same_serial(lang, digits(first)));
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
            reason: LevelReason::None,
            ticket: None,
            helper: Helper::None,
            answers: sheet.answers,
            comment: sheet.comment,
        })
    }

    fn place(&self, line: Line<'_>, problems: &mut Problems) -> Option<Place<'a>> {
        let n = line.number();
        let point = csv::code(line.get("point")).and_then(|code| {
            let known = self.directory.point_by_code(&code);
            known.ok_or_else(|| Both::of(|lang| no_point(lang, &code)))
        });
        let point = problems.keep(n, "point", point);
        let first = Day::of(2000, 1, 1).unwrap_or(Day(0));
        let day = csv::day(line.get("day")).and_then(|day| {
            if day > self.today {
                Err(Both::of(|lang| say::not_yet(lang, FileDay(day))))
            } else if day < first {
                Err(Both::of(|lang| say::too_early(lang, FileDay(day), FileDay(first))))
            } else {
                Ok(day)
            }
        });
        let day = problems.keep(n, "day", day);
        let (point, day) = (point?, day?);
        let version = self.directory.point_on(point, day)?;
        if let Some(last) = version.valid_to.filter(|last| *last < day) {
            problems.add(n, "day", Both::of(|lang| say::closed_after(lang, FileDay(last))));
            return None;
        }
        let edition = self.editions.in_force(&version.questionnaire, day);
        if edition.is_none() {
            problems.add(n, "point", Both::of(|lang| say::not_stored(lang, &version.questionnaire)));
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
                        problems.add_line(line.number(), say::NO_ANSWER);
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

/// A part of a sentence that is said only sometimes.
const fn given(is_said: bool, part: Say) -> Say {
    if is_said { part } else { Say { vi: "", en: "" } }
}

fn what_is_wrong(edition: &Edition, code: &str, problem: FieldProblem) -> Both {
    match (problem, edition.item(code)) {
        (FieldProblem::BadLevel, Some(Item::Rating(rating))) => {
            let levels: Vec<String> = rating.scale.levels.iter().map(|level| level.level.to_string()).collect();
            let na = given(rating.not_applicable.is_some(), say::OR_NA);
            Both::of(|lang| say::not_a_level(lang, &levels.join(", "), na.get(lang)))
        }
        (FieldProblem::BadLevel | FieldProblem::AlsoNotApplicable, Some(Item::Choice(choice))) => {
            let options: Vec<String> = choice.options.iter().map(|option| option.number.to_string()).collect();
            let several = given(choice.several, say::OR_SEVERAL);
            let na = given(choice.not_applicable.is_some(), say::OR_NA_ALONE);
            Both::of(|lang| say::not_an_option(lang, &options.join(", "), several.get(lang), na.get(lang)))
        }
        (FieldProblem::BadNumber, Some(Item::Number(number))) => {
            Both::of(|lang| say::number_outside(lang, digits(number.min), digits(number.max)))
        }
        (FieldProblem::CommentTooLong { over }, _) => Both::of(|lang| say::over_long(lang, digits(over))),
        (FieldProblem::Missing, _) => say::HAS_TO_BE_ANSWERED.into(),
        (FieldProblem::UnknownField, _) => Both::of(|lang| say::not_asked(lang, &edition.name().to_string())),
        _ => say::UNREADABLE.into(),
    }
}
