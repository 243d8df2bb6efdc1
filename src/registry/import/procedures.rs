//! `procedures.csv`: administrative procedures with their fields.

use std::collections::HashMap;

use anyhow::Context;

use super::fields::Fields;
use super::values::{code, text};
use super::{Columns, CsvFile, ImportError, Kind, OtherColumns, Report, Run, Source, act};
use crate::store::procedures::{self as stored, Procedure};
use crate::store::{Database, DatabaseTransaction, places};
use crate::text::Both;
use crate::text::import::{digits, rows as say};
use crate::words::{FieldId, ProcedureId, Province};

pub(in crate::registry) const COLUMNS: Columns =
    Columns { required: &["code", "name"], optional: &["field"], others: OtherColumns::Refused };
/// Procedures have the longest names of all.
const LONGEST_NAME: usize = 1_000;

/// Imports procedures.
pub async fn procedures(
    db: &Database,
    province: Province,
    source: &Source<'_>,
    run: Run<'_>,
) -> Result<Report, ImportError> {
    let file = CsvFile::read(source, &COLUMNS)?;
    let tx = act::begin(db, province).await?;
    match procedures_in(&tx, province, &file).await {
        Ok(report) => {
            act::finish(tx, province, Kind::Procedures, &file, "", run).await?;
            Ok(report)
        }
        Err(error) => Err(act::give_back(tx, error).await),
    }
}

/// Reads, checks and writes the lines of a file in a transaction.
pub(in crate::registry) async fn procedures_in(
    tx: &DatabaseTransaction,
    province: Province,
    file: &CsvFile,
) -> Result<Report, ImportError> {
    let places = places::all(tx, province).await.context("while reading the fields")?;
    let known = stored::all(tx, province).await.context("while reading the procedures")?;
    let mut fields = Fields::new(&places.fields);
    let mut next = known.iter().map(|procedure| procedure.procedure.0).max().unwrap_or(0);
    let known: HashMap<String, Procedure> = known.into_iter().map(|p| (p.code.clone(), p)).collect();
    let mut seen: HashMap<String, u64> = HashMap::new();
    let mut report = Report { rows: file.len(), ..Report::default() };
    let (mut problems, mut put) = (file.faults(), Vec::new());
    for line in file.lines() {
        let n = line.number();
        let code = problems.keep(n, "code", code(line.get("code")));
        let name = problems.keep(n, "name", text(line.get("name"), LONGEST_NAME));
        let field = line.find("field").map(|name| fields.known_or_new(name)).transpose();
        let field = problems.keep(n, "field", field);
        let (Some(code), Some(name), Some(field)) = (code, name, field) else { continue };
        if let Some(first) = seen.insert(code.clone(), n) {
            problems.add(n, "code", Both::of(|lang| say::twice(lang, &code, digits(first))));
            continue;
        }
        let before = known.get(&code);
        // A file without the column says nothing about the field.
        let field = field.or(before.map(|before| before.field)).unwrap_or(FieldId::NONE);
        let procedure = before.map_or_else(
            || {
                next += 1;
                ProcedureId(next)
            },
            |before| before.procedure,
        );
        let row = Procedure { procedure, code, name, field };
        match before {
            Some(before) if *before == row => report.unchanged += 1,
            Some(_) => report.changed += 1,
            None => report.added += 1,
        }
        if before != Some(&row) {
            put.push(row);
        }
    }
    problems.into_result(file.name())?;
    places::add_fields(tx, province, &fields.new).await.context("while adding the fields")?;
    stored::put(tx, province, &put).await.context("while writing the procedures")?;
    Ok(report)
}
