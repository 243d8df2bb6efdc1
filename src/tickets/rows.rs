//! The lines of `dossiers.csv`: each says which ticket there is, until when, and where a link to it may be sent.

use std::collections::HashMap;

use super::contact::Contact;
use super::expires;
use super::procedures::follows_a_death;
use crate::record::dossier_number;
use crate::registry::Directory;
use crate::registry::import::{Columns, CsvFile, Line, OtherColumns, Problems, code, day, word};
use crate::store::procedures::Procedure;
use crate::text::Both;
use crate::text::import::{FileDay, digits, dossiers as say, rows as say_rows};
use crate::text::search::fold;
use crate::words::{Day, FieldId, PointId, ProcedureId, TicketStage, UnitId};

/// The columns of the file.
pub const COLUMNS: Columns = Columns {
    required: &["number", "point", "received"],
    optional: &["deciding_unit", "procedure", "stage", "due", "returned", "contact", "contact_is_owner"],
    others: OtherColumns::Refused,
};

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Number of the dossier, as it is hashed.
    pub(super) number: String,
    /// Stage.
    pub(super) stage: TicketStage,
    /// Receiving point.
    pub(super) point: PointId,
    /// Deciding unit, where known.
    pub(super) deciding_unit: UnitId,
    /// Procedure, where known.
    pub(super) procedure: ProcedureId,
    /// Field of the procedure, otherwise of the point.
    pub(super) field: FieldId,
    /// Day on which it was received.
    pub(super) received: Day,
    /// Day on which the result is due, where the file says so.
    pub(super) due: Option<Day>,
    /// Day on which it was returned, if it was.
    pub(super) returned: Option<Day>,
    /// Last day of the ticket; `None` while the result is not returned.
    pub(super) expires: Option<Day>,
    /// Where a link may be sent.
    pub(super) contact: Option<Contact>,
    /// Whether the contact is known to be somebody else's than the owner's.
    pub(super) is_of_another: bool,
    /// Whether nobody may be asked.
    pub(super) follows_a_death: bool,
}

/// What is known when a file is read.
pub(super) struct Known<'a> {
    /// Units and points.
    pub(super) directory: &'a Directory,
    /// Procedures by code.
    pub(super) procedures: HashMap<&'a str, &'a Procedure>,
    /// Today.
    pub(super) today: Day,
}

/// Reads all lines; every fault is noted.
pub(super) fn read(file: &CsvFile, known: &Known<'_>, problems: &mut Problems) -> Vec<Row> {
    let mut lines: HashMap<(String, TicketStage), u64> = HashMap::new();
    let mut rows = Vec::with_capacity(file.len());
    for line in file.lines() {
        let Some(row) = read_line(line, known, problems) else { continue };
        match lines.insert((row.number.clone(), row.stage), line.number()) {
            Some(first) => {
                problems.add(line.number(), "number", Both::of(|lang| say::same_dossier(lang, digits(first))));
            }
            None => rows.push(row),
        }
    }
    rows
}

fn read_line(line: Line<'_>, known: &Known<'_>, problems: &mut Problems) -> Option<Row> {
    let n = line.number();
    let (directory, today) = (known.directory, known.today);
    let number = problems.keep(n, "number", dossier_number(line.get("number")).ok_or(say::NOT_A_NUMBER.into()));
    let point = code(line.get("point")).and_then(|code| {
        directory.point_by_code(&code).ok_or_else(|| Both::of(|lang| say_rows::no_point(lang, &code)))
    });
    let point = problems.keep(n, "point", point);
    let deciding_unit = match line.get("deciding_unit") {
        "" => Ok(UnitId::NONE),
        value => code(value).and_then(|code| {
            directory.unit_by_code(&code).ok_or_else(|| Both::of(|lang| say_rows::no_unit(lang, &code)))
        }),
    };
    let deciding_unit = problems.keep(n, "deciding_unit", deciding_unit);
    let procedure = match line.get("procedure") {
        "" => Ok(None),
        value => known
            .procedures
            .get(value)
            .map(|procedure| Some(*procedure))
            .ok_or_else(|| Both::of(|lang| say::no_procedure(lang, value))),
    };
    let procedure = problems.keep(n, "procedure", procedure);
    let stage = match line.get("stage") {
        "" => Ok(TicketStage::Result),
        value => word(TicketStage::parse(value)),
    };
    let stage = problems.keep(n, "stage", stage);
    let mut past = |column: &str, is_needed: bool| {
        let value = line.get(column);
        if value.is_empty() && !is_needed {
            return Some(None);
        }
        let read = problems.keep(n, column, day(value))?;
        if read > today && column != "due" {
            problems.add(n, column, Both::of(|lang| say::in_the_future(lang, FileDay(read))));
            return None;
        }
        Some(Some(read))
    };
    let (received, due, returned) = (past("received", true), past("due", false), past("returned", false));
    if let (Some(Some(received)), Some(Some(returned))) = (received, returned)
        && returned < received
    {
        let what = Both::of(|lang| say::returned_before(lang, FileDay(received), FileDay(returned)));
        problems.add(n, "returned", what);
    }
    let contact = match line.get("contact") {
        "" => Some(None),
        value => problems.keep(n, "contact", Contact::parse(value).map(Some).ok_or(say::NOT_A_CONTACT.into())),
    };
    let is_owner = problems.keep(n, "contact_is_owner", yes_or_no(line.get("contact_is_owner")));
    if line.get("contact").is_empty() && is_owner == Some(Some(true)) {
        problems.add(n, "contact_is_owner", say::OWNER_WITHOUT_CONTACT);
    }
    let (point, stage, procedure) = (point?, stage?, procedure?);
    let own_field = procedure.map(|procedure| procedure.field).filter(|field| *field != FieldId::NONE);
    let field = own_field.or_else(|| directory.point_on(point, today).map(|version| version.field));
    Some(Row {
        number: number?,
        stage,
        point,
        deciding_unit: deciding_unit?,
        procedure: procedure.map_or(ProcedureId::NONE, |procedure| procedure.procedure),
        field: field.unwrap_or(FieldId::NONE),
        received: received??,
        due: due?,
        returned: returned?,
        expires: match stage {
            TicketStage::Reception => received?.map(expires),
            TicketStage::Result => returned?.map(expires),
        },
        contact: contact?,
        is_of_another: is_owner? == Some(false),
        follows_a_death: procedure.is_some_and(follows_a_death),
    })
}

fn yes_or_no(value: &str) -> Result<Option<bool>, Both> {
    match fold(value).as_str() {
        "" => Ok(None),
        "yes" | "true" | "1" | "co" => Ok(Some(true)),
        "no" | "false" | "0" | "khong" => Ok(Some(false)),
        _ => Err(say::NOT_YES_OR_NO.into()),
    }
}
