//! Acts on a case: charge a unit, answer, pass on, close.

use actix_web::HttpResponse;

use super::show::{Open, body, title};
use super::{PAGE, Scopes, find, house, page_of};
use crate::cases::{Act, NotDone, Refusal, Sight, perform};
use crate::store::cases::Case;
use crate::text::office::cases as words;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::office::faults::Faults;
use crate::words::{CaseClass, UnitId};

/// Fields of the forms.
pub(super) const CLASS: &str = "phan_loai";
pub(super) const UNIT: &str = "don_vi";
pub(super) const TASK: &str = "noi_dung";
pub(super) const ANSWER: &str = "tra_loi";

/// `POST /quan-tri/phan-anh/{ma}/giao`.
pub(in crate::web::office) async fn assign(desk: Desk) -> Answer {
    let scopes = Scopes::of(&desk);
    let found = find(&desk, &scopes).await?;
    let mut faults = Faults::default();
    let class = CaseClass::parse(desk.fields.get(CLASS)).ok();
    if class.is_none() {
        faults.at(CLASS, words::NO_CLASS.get(desk.lang));
    }
    // A unit outside the scope is as none at all; the act refuses it together with what else is wrong.
    let unit = desk.unit(desk.fields.get(UNIT)).map_or(UnitId::NONE, |unit| unit.unit);
    let asked = class.unwrap_or(CaseClass::Rules);
    let act = Act::Assign { class: asked, unit, task: desk.fields.get(TASK) };
    if class.is_none() {
        let refusals = crate::cases::against(&house(&desk), &scopes.reader(&desk), &found.0, act);
        return Ok(refused(&desk, &scopes, &found, faults, &refusals, Open::Assign));
    }
    finish(&desk, &scopes, &found, act, (faults, Open::Assign)).await
}

/// `POST /quan-tri/phan-anh/{ma}/tra-loi`.
pub(in crate::web::office) async fn answer(desk: Desk) -> Answer {
    let scopes = Scopes::of(&desk);
    let found = find(&desk, &scopes).await?;
    let act = Act::Answer(desk.fields.get(ANSWER));
    finish(&desk, &scopes, &found, act, (Faults::default(), Open::Answer)).await
}

/// `POST /quan-tri/phan-anh/{ma}/chuyen`.
pub(in crate::web::office) async fn pass_on(desk: Desk) -> Answer {
    let scopes = Scopes::of(&desk);
    let found = find(&desk, &scopes).await?;
    finish(&desk, &scopes, &found, Act::PassOn, (Faults::default(), Open::Nothing)).await
}

/// `POST /quan-tri/phan-anh/{ma}/ket-thuc`.
pub(in crate::web::office) async fn close(desk: Desk) -> Answer {
    let scopes = Scopes::of(&desk);
    let found = find(&desk, &scopes).await?;
    finish(&desk, &scopes, &found, Act::Close, (Faults::default(), Open::Nothing)).await
}

async fn finish(
    desk: &Desk,
    scopes: &Scopes,
    found: &(Case, Sight),
    act: Act<'_>,
    (faults, open): (Faults, Open),
) -> Answer {
    let id = found.0.listed.id;
    match perform(desk.db(), &house(desk), &scopes.reader(desk), id, act).await {
        // Whoever passed a case on does not see it any more.
        Ok(()) if matches!(act, Act::PassOn) => Ok(desk.done(PAGE, Done::Saved)),
        Ok(()) => Ok(desk.done(&page_of(id), Done::Saved)),
        Err(NotDone::Fault(fault)) => Err(Stop::Fault(fault)),
        Err(NotDone::Refused(refusals)) if refusals == [Refusal::Unknown] => Err(Stop::NotFound),
        Err(NotDone::Refused(refusals)) => Ok(refused(desk, scopes, found, faults, &refusals, open)),
    }
}

/// The page with what stood against an act, each at its field.
fn refused(
    desk: &Desk,
    scopes: &Scopes,
    (case, sight): &(Case, Sight),
    mut faults: Faults,
    refusals: &[Refusal],
    open: Open,
) -> HttpResponse {
    let mut problems = Vec::new();
    for refusal in refusals {
        let said = refusal.say(desk.lang);
        match field(*refusal) {
            Some(field) => faults.at(field, said),
            None => problems.push(said),
        }
    }
    desk.refused(title(desk, case), &body(desk, scopes, (case, *sight), &faults, open, &problems))
}

/// The field that a refusal is about.
const fn field(refusal: Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::NoTask | Refusal::TaskTooLong(_) | Refusal::TaskRepeats => Some(TASK),
        Refusal::NoUnit => Some(UNIT),
        Refusal::NoAnswer | Refusal::AnswerTooLong(_) | Refusal::AnswerRepeats => Some(ANSWER),
        Refusal::Unknown | Refusal::Ended(_) | Refusal::NotCharged | Refusal::TooLateToClose(_) => None,
    }
}
