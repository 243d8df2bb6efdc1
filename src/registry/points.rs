//! Acts on collection points and the codes in their QRs.

mod refusal;

use std::collections::HashSet;

use anyhow::Context;

pub use self::refusal::PointRefusal;

use super::act::{self, ActError};
use super::import::{Fields, ImportError, POINT_COLUMNS, Within, free_code, points_in, read_points, typed};
use super::{By, Directory, Editions};
use crate::record::PublicCode;
use crate::store::places::{self, Places, PointCode, PointVersion};
use crate::store::{Database, DatabaseTransaction};
use crate::words::{Day, PointId, Province, RevokeReason, UnitId};

/// A point as it is typed in.
#[derive(Debug, Clone, Copy)]
pub struct NewPoint<'a> {
    /// Code.
    pub code: &'a str,
    /// Code of its unit.
    pub unit: &'a str,
    /// Name.
    pub name: &'a str,
    /// Kind, by its word in files.
    pub kind: &'a str,
    /// Code of its questionnaire.
    pub questionnaire: &'a str,
    /// Name of the field it serves, known or new; empty = every field.
    pub field: &'a str,
    /// How many officers share it; empty = one.
    pub officers: &'a str,
}

/// What becomes different of a point; `None` = stays.
#[derive(Debug, Clone, Copy, Default)]
pub struct PointChange<'a> {
    /// Code of its unit.
    pub unit: Option<&'a str>,
    /// Name.
    pub name: Option<&'a str>,
    /// Code of its questionnaire.
    pub questionnaire: Option<&'a str>,
    /// Name of the field it serves, known or new; empty = every field.
    pub field: Option<&'a str>,
    /// How many officers share it; empty = one.
    pub officers: Option<&'a str>,
}

/// What an act on points came to.
type Done<T> = Result<T, ActError<PointRefusal>>;

/// Adds a point with a first public code, open at once; the code.
pub async fn add(db: &Database, province: Province, new: &NewPoint<'_>, today: Day, by: By<'_>) -> Done<String> {
    let tx = act::begin(db).await?;
    match added(&tx, province, new, today).await {
        Ok(public) => {
            let object = format!("{} of {}, public code {public}", new.code.trim(), new.unit.trim());
            act::finish(tx, province, by, "add point", &object).await?;
            Ok(public)
        }
        Err(ActError::Refused(refusal)) => Err(act::refuse(tx, refusal).await),
        Err(fault) => Err(fault),
    }
}

/// Why a point could not be added, if it could not; nothing is written.
pub async fn look_at_adding(
    db: &Database,
    province: Province,
    new: &NewPoint<'_>,
    today: Day,
) -> anyhow::Result<Option<PointRefusal>> {
    let tx = act::begin(db).await?;
    let came = added(&tx, province, new, today).await;
    looked(tx, came).await
}

async fn looked<T>(tx: DatabaseTransaction, came: Done<T>) -> anyhow::Result<Option<PointRefusal>> {
    tx.rollback().await.context("while giving the turn back")?;
    match came {
        Ok(_done) => Ok(None),
        Err(ActError::Refused(refusal)) => Ok(Some(refusal)),
        Err(ActError::Fault(fault)) => Err(fault),
    }
}

async fn added(tx: &DatabaseTransaction, province: Province, new: &NewPoint<'_>, today: Day) -> Done<String> {
    let NewPoint { code, unit, name, kind, questionnaire, field, officers } = *new;
    let places = read(tx, province).await?;
    let directory = Directory::new(places);
    if directory.point_by_code(code.trim()).is_some() {
        return Err(ActError::Refused(PointRefusal::Taken(code.trim().to_owned())));
    }
    let values = [
        ("code", code),
        ("unit", unit),
        ("name", name),
        ("kind", kind),
        ("questionnaire", questionnaire),
        ("field", field),
        ("officers", officers),
    ];
    let file = typed(&POINT_COLUMNS, &values).map_err(form)?;
    if let Some(unit) = directory.unit_by_code(unit.trim()) {
        alive(&directory, unit, today).map_err(ActError::Refused)?;
    }
    points_in(tx, province, &file, today, Within::ALL).await.map_err(form)?;
    let directory = Directory::new(read(tx, province).await?);
    let point = directory.point_by_code(code.trim()).and_then(|point| directory.public_code(point));
    Ok(point.context("the point that was added has no public code")?.to_owned())
}

/// Changes a point from a day on; the version before ends on the eve. Its unit does not change on days that are sealed.
pub async fn change(
    db: &Database,
    province: Province,
    point: &str,
    change: &PointChange<'_>,
    from: Day,
    by: By<'_>,
) -> Done<()> {
    let tx = act::begin(db).await?;
    match changed(&tx, province, point, change, from).await {
        Ok(()) => {
            let object = format!("{} from {}", point.trim(), from.iso());
            Ok(act::finish(tx, province, by, "change point", &object).await?)
        }
        Err(ActError::Refused(refusal)) => Err(act::refuse(tx, refusal).await),
        Err(fault) => Err(fault),
    }
}

/// Why a point could not be changed, if it could not; nothing is written.
pub async fn look_at_changing(
    db: &Database,
    province: Province,
    point: &str,
    change: &PointChange<'_>,
    from: Day,
) -> anyhow::Result<Option<PointRefusal>> {
    let tx = act::begin(db).await?;
    let came = changed(&tx, province, point, change, from).await;
    looked(tx, came).await
}

async fn changed(
    tx: &DatabaseTransaction,
    province: Province,
    code: &str,
    change: &PointChange<'_>,
    from: Day,
) -> Done<()> {
    let places = read(tx, province).await?;
    let editions = Editions::load(tx).await?;
    let sealed = act::sealed_through(tx, province).await?;
    let mut fields = Fields::new(&places.fields);
    let directory = Directory::new(places);
    let id = found(&directory, code).map_err(ActError::Refused)?;
    let (point, versions) = directory.point(id).context("the point is not in the directory")?;
    let before = versions.last().context("the point has no version")?;
    let unit = directory.unit_on(before.unit, from).context("the point has no unit")?;
    let officers = before.officers.to_string();
    let field = directory.field_name(before.field).unwrap_or_default();
    let values = [
        ("code", point.code.as_str()),
        ("unit", change.unit.unwrap_or(&unit.code)),
        ("name", change.name.unwrap_or(&before.name)),
        ("kind", point.kind.word()),
        ("questionnaire", change.questionnaire.unwrap_or(&before.questionnaire)),
        ("field", change.field.unwrap_or(field)),
        ("officers", change.officers.unwrap_or(&officers)),
    ];
    let file = typed(&POINT_COLUMNS, &values).map_err(form)?;
    let mut problems = file.faults();
    let rows = read_points(&file, &directory, &editions, &mut fields, &mut problems);
    problems.into_result("").map_err(|refused| ActError::Refused(PointRefusal::Form(refused)))?;
    let row = rows.into_iter().next().context("the form has no line")?;
    let after = PointVersion {
        valid_from: from,
        unit: row.unit,
        name: row.name,
        questionnaire: row.questionnaire,
        field: row.field.unwrap_or(before.field),
        officers: row.officers.unwrap_or(before.officers),
        ..before.clone()
    };
    let new = decide(&directory, &point.code, versions, after, sealed).map_err(ActError::Refused)?;
    places::add_fields(tx, province, &fields.new).await.context("while adding the field")?;
    places::put_point_versions(tx, province, &new).await.context("while writing the point")?;
    Ok(())
}

/// The versions to write for a point that becomes another. Pure.
fn decide(
    directory: &Directory,
    code: &str,
    versions: &[PointVersion],
    after: PointVersion,
    sealed: Option<Day>,
) -> Result<Vec<PointVersion>, PointRefusal> {
    alive(directory, after.unit, after.valid_from)?;
    let moves = versions.last().is_some_and(|before| before.unit != after.unit);
    match sealed.filter(|through| moves && after.valid_from <= *through) {
        Some(through) => Err(PointRefusal::Sealed { through }),
        None => continued(code, versions, after),
    }
}

/// The versions to write where another one follows: it, and the one before with its last day. Pure.
pub(super) fn continued(
    code: &str,
    versions: &[PointVersion],
    after: PointVersion,
) -> Result<Vec<PointVersion>, PointRefusal> {
    let Some(before) = versions.last() else { return Ok(vec![after]) };
    let from = after.valid_from;
    if let Some(last) = before.valid_to.filter(|last| *last < from) {
        return Err(PointRefusal::Closed { code: code.to_owned(), since: last.plus(1) });
    }
    if before.valid_from > from {
        return Err(PointRefusal::ChangedLater { code: code.to_owned(), day: before.valid_from });
    }
    if before.valid_from == from {
        return Ok(vec![after]);
    }
    Ok(vec![PointVersion { valid_to: Some(from.plus(-1)), ..before.clone() }, after])
}

/// Closes a point from a day on: its QR then leads to a page that says so. What it collected stays.
pub async fn close(db: &Database, province: Province, point: &str, from: Day, by: By<'_>) -> Done<()> {
    let tx = act::begin(db).await?;
    let directory = Directory::new(read(&tx, province).await?);
    let closed = found(&directory, point).and_then(|id| {
        let (known, versions) = directory.point(id).ok_or_else(|| PointRefusal::Unknown(point.to_owned()))?;
        closing(&known.code, versions, from)
    });
    match closed {
        Ok(closed) => {
            places::put_point_versions(&tx, province, &closed).await.context("while closing the point")?;
            let object = format!("{} from {}", point.trim(), from.iso());
            Ok(act::finish(tx, province, by, "close point", &object).await?)
        }
        Err(refusal) => Err(act::refuse(tx, refusal).await),
    }
}

fn closing(code: &str, versions: &[PointVersion], from: Day) -> Result<Vec<PointVersion>, PointRefusal> {
    let last = versions.last().ok_or_else(|| PointRefusal::Unknown(code.to_owned()))?;
    if last.valid_from >= from {
        return Err(PointRefusal::ChangedLater { code: code.to_owned(), day: last.valid_from });
    }
    Ok(vec![PointVersion { valid_to: Some(from.plus(-1)), ..last.clone() }])
}

/// Gives a point another public code; those it has stay valid until they are revoked. The new code.
pub async fn new_code(db: &Database, province: Province, point: &str, by: By<'_>) -> Done<String> {
    let tx = act::begin(db).await?;
    let places = read(&tx, province).await?;
    let mut taken: HashSet<String> = places.codes.iter().map(|code| code.code.clone()).collect();
    let directory = Directory::new(places);
    let drawn =
        found(&directory, point).and_then(|point| Ok((point, free_code(&mut taken).ok_or(PointRefusal::NoFreeCode)?)));
    match drawn {
        Ok((id, code)) => {
            let new = PointCode { code: code.clone(), point: id, revoked: None };
            places::add_codes(&tx, province, &[new]).await.context("while adding the public code")?;
            act::finish(tx, province, by, "new code", &format!("{} {code}", point.trim())).await?;
            Ok(code)
        }
        Err(refusal) => Err(act::refuse(tx, refusal).await),
    }
}

/// Revokes a public code from a day on: it then leads to the page of a closed point. The code of its point.
pub async fn revoke_code(
    db: &Database,
    province: Province,
    public_code: &str,
    day: Day,
    reason: RevokeReason,
    by: By<'_>,
) -> Done<String> {
    let tx = act::begin(db).await?;
    let places = read(&tx, province).await?;
    match revocable(&places, public_code, day) {
        Ok((code, point)) => {
            places::revoke_code(&tx, province, &code, day).await.context("while revoking the public code")?;
            let object = format!("{point} {code} from {}: {reason}", day.iso());
            act::finish(tx, province, by, "revoke code", &object).await?;
            Ok(point)
        }
        Err(refusal) => Err(act::refuse(tx, refusal).await),
    }
}

/// The code as it is stored and the code of its point. One that is revoked may only be revoked earlier. Pure.
fn revocable(places: &Places, typed: &str, day: Day) -> Result<(String, String), PointRefusal> {
    let unknown = || PointRefusal::NoCode(typed.trim().to_owned());
    let parsed = PublicCode::parse(typed).ok_or_else(unknown)?;
    let code = places.codes.iter().find(|code| code.code == parsed.as_str()).ok_or_else(unknown)?;
    if let Some(revoked) = code.revoked.filter(|revoked| *revoked <= day) {
        return Err(PointRefusal::Revoked { code: code.code.clone(), day: revoked });
    }
    let point = places.points.iter().find(|point| point.point == code.point).ok_or_else(unknown)?;
    Ok((code.code.clone(), point.code.clone()))
}

async fn read(tx: &DatabaseTransaction, province: Province) -> anyhow::Result<Places> {
    places::all(tx, province).await.context("while reading units and points")
}

fn found(directory: &Directory, code: &str) -> Result<PointId, PointRefusal> {
    directory.point_by_code(code.trim()).ok_or_else(|| PointRefusal::Unknown(code.trim().to_owned()))
}

fn alive(directory: &Directory, unit: UnitId, day: Day) -> Result<(), PointRefusal> {
    if directory.is_alive(unit, day) {
        return Ok(());
    }
    let code = directory.unit_on(unit, day).map(|version| version.code.clone()).unwrap_or_default();
    Err(PointRefusal::UnitNotAlive { code, day })
}

fn form(error: ImportError) -> ActError<PointRefusal> {
    match error {
        ImportError::Refused(refused) => ActError::Refused(PointRefusal::Form(refused)),
        ImportError::Fault(fault) => ActError::Fault(fault),
    }
}

#[cfg(test)]
#[path = "points/tests.rs"]
mod tests;
