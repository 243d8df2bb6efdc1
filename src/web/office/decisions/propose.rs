//! `/quan-tri/duyet/chuyen-phieu`: proposing to move the forms of a wrongly hung QR.

use maud::{Markup, html};

use super::{DAY_FROM, DAY_TO, NOTE, REASON, page_of, who};
use crate::decisions::{self, MoveProposal, NotDone};
use crate::text::office::{self as common, decisions as words};
use crate::text::{Say, decision as decision_words};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::view::Wording;
use crate::web::view::office::{Field, Input, OfficeForm};
use crate::words::{Day, DecisionKind, DecisionReason, PointId};

const FROM: &str = "tu_diem";
const TO: &str = "den_diem";

const REASONS: &[DecisionReason] = DecisionKind::Move.reasons();

type At = (&'static str, Say);

/// `GET`.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let main = form(&desk, &[], Vec::new());
    Ok(desk.page(words::PROPOSE_TITLE.get(desk.lang), &main))
}

/// `POST`.
pub(in crate::web::office) async fn send(desk: Desk) -> Answer {
    let mut at: Vec<At> = Vec::new();
    let mut keep = |name: &'static str, say: Say| at.push((name, say));
    let from = point(&desk, FROM).or_else(|| {
        keep(FROM, words::NO_POINT);
        None
    });
    let to = point(&desk, TO).or_else(|| {
        keep(TO, words::NO_POINT);
        None
    });
    let first = Day::parse(desk.fields.get(DAY_FROM)).or_else(|| {
        keep(DAY_FROM, words::NO_DAY);
        None
    });
    let last = Day::parse(desk.fields.get(DAY_TO)).or_else(|| {
        keep(DAY_TO, words::NO_DAY);
        None
    });
    let reason = DecisionReason::parse(desk.fields.get(REASON)).ok().filter(|one| REASONS.contains(one));
    if reason.is_none() {
        keep(REASON, words::NO_REASON);
    }
    let whole = match (from, to, first, last, reason) {
        (Some(from), Some(to), Some(day_from), Some(day_to), Some(reason)) => {
            let proposal = MoveProposal { from, to, day_from, day_to, reason, note: desk.fields.get(NOTE) };
            match decisions::propose_move(desk.db(), desk.province(), &who(&desk), &proposal).await {
                Ok(id) => return Ok(desk.done(&page_of(id), Done::Proposed)),
                Err(NotDone::Fault(fault)) => return Err(Stop::Fault(fault)),
                Err(NotDone::Refused(refusals)) => {
                    refusals.iter().map(|refusal| refusal.say(desk.lang).into()).collect()
                }
            }
        }
        _ => Vec::new(),
    };
    let main = form(&desk, &at, whole);
    Ok(desk.refused(words::PROPOSE_TITLE.get(desk.lang), &main))
}

/// The point of a code in the scope.
fn point(desk: &Desk, field: &str) -> Option<PointId> {
    desk.point(desk.fields.get(field)).ok().map(|(point, _)| point.point)
}

fn form(desk: &Desk, at: &[At], whole: Vec<Wording>) -> Markup {
    let lang = desk.lang;
    let field = |name: &'static str, label: Say, input| {
        let error = at.iter().find(|(field, _)| *field == name).map(|(_, say)| say.get(lang).into());
        Field::new(name, label.get(lang), input).value(desk.fields.get(name).to_owned()).error(error)
    };
    let reasons =
        REASONS.iter().map(|reason| (reason.word().into(), decision_words::reason(*reason).get(lang).into())).collect();
    let form = OfficeForm {
        action: desk.to("/quan-tri/duyet/chuyen-phieu").into(),
        hidden: desk.hidden(),
        fields: vec![
            field(FROM, words::FROM, Input::Text).hint(words::POINT_HINT.get(lang)),
            field(TO, words::TO, Input::Text).hint(words::POINT_HINT.get(lang)),
            field(DAY_FROM, words::DAY_FROM, Input::Date),
            field(DAY_TO, words::DAY_TO, Input::Date),
            field(REASON, words::REASON, Input::Radios(reasons)),
            field(NOTE, words::NOTE, Input::Area).optional(common::OPTIONAL.get(lang)),
        ],
        button: words::PROPOSE_BUTTON.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        problems: whole,
        ..OfficeForm::default()
    };
    html! {
        h1 { (words::PROPOSE_TITLE.get(lang)) }
        p { (words::PROPOSE_LEAD.get(lang)) }
        (form.render())
    }
}
