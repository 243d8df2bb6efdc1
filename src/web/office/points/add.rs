//! `/quan-tri/diem/them`: a point that is open at once, with a code of its own.

use maud::{Markup, html};

use super::change::details;
use super::{CODE, FIELD, KIND, NAME, OFFICERS, QUESTIONNAIRE, UNIT, page_of, tell, unit};
use crate::registry::points::{self, NewPoint};
use crate::registry::{ActError, By};
use crate::text::office::{self as common, points as words};
use crate::web::office::desk::{Answer, Desk};
use crate::web::office::done::Done;
use crate::web::office::faults::{Faults, choices};
use crate::web::view::office::Input;
use crate::words::PointKind;

/// `GET`.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    Ok(desk.page(words::ADD_TITLE.get(desk.lang), &body(&desk, &Faults::default())))
}

/// `POST`.
pub(in crate::web::office) async fn send(desk: Desk) -> Answer {
    let mut faults = Faults::default();
    let new = NewPoint {
        code: desk.fields.get(CODE),
        unit: unit(&desk, &mut faults),
        name: desk.fields.get(NAME),
        kind: desk.fields.get(KIND),
        questionnaire: desk.fields.get(QUESTIONNAIRE),
        field: desk.fields.get(FIELD),
        officers: desk.fields.get(OFFICERS),
    };
    let refusal = if faults.is_empty() {
        let by = By::Person(&desk.signed.person.email);
        match points::add(desk.db(), desk.province(), &new, desk.today(), by).await {
            Ok(_code) => return Ok(desk.done(&page_of(new.code), Done::Added)),
            Err(ActError::Refused(refusal)) => Some(refusal),
            Err(ActError::Fault(fault)) => return Err(fault.into()),
        }
    } else {
        points::look_at_adding(desk.db(), desk.province(), &new, desk.today()).await?
    };
    if let Some(refusal) = refusal {
        tell(&mut faults, desk.lang, &refusal, CODE);
    }
    Ok(desk.refused(words::ADD_TITLE.get(desk.lang), &body(&desk, &faults)))
}

fn body(desk: &Desk, faults: &Faults) -> Markup {
    let lang = desk.lang;
    let kinds = PointKind::ALL.iter().map(|kind| (kind.word(), words::kind(lang, *kind)));
    let kinds = Input::Select(choices(None, kinds));
    let field = |name, label, input, there: &str| faults.field(desk, name, label, input, there);
    let mut fields = vec![
        field(UNIT, words::UNIT, Input::Text, &desk.asked("don-vi")).hint(words::UNIT_HINT.get(lang)),
        field(CODE, words::POINT_CODE, Input::Text, "").hint(words::CODE_HINT.get(lang)),
        field(NAME, words::POINT_NAME, Input::Text, "").hint(words::NAME_HINT.get(lang)),
        field(KIND, words::KIND, kinds, PointKind::Counter.word()),
    ];
    fields.extend(details(desk, faults, "counter", "", ""));
    html! {
        h1 { (words::ADD_TITLE.get(lang)) }
        p { (words::ADD_LEAD.get(lang)) }
        (faults.form(desk, "/quan-tri/diem/them", fields, common::ADD).render())
    }
}
