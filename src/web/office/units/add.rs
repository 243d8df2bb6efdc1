//! `/quan-tri/don-vi/them`: a unit that exists from a day on.

use maud::{Markup, html};

use super::{ADMIN_CODE, CODE, FROM, KIND, NAME, PARENT, kinds, page_of, parent, tell};
use crate::registry::units::{self, NewUnit};
use crate::registry::{ActError, By};
use crate::text::office::{self as common, units as words};
use crate::web::office::desk::{Answer, Desk};
use crate::web::office::done::Done;
use crate::web::office::faults::{Faults, entered_day};
use crate::web::view::office::Input;

/// `GET`.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let main = body(&desk, &Faults::default());
    Ok(desk.page(words::ADD_TITLE.get(desk.lang), &main))
}

/// `POST`.
pub(in crate::web::office) async fn send(desk: Desk) -> Answer {
    let mut faults = Faults::default();
    let from = faults.day(&desk, FROM, words::FROM);
    let above = parent(&desk, &mut faults);
    let new = entered(&desk, above);
    let refusal = if let Some(from) = from.filter(|_day| faults.is_empty()) {
        match units::add(desk.db(), desk.province(), &new, from, By::Person(&desk.signed.person.email)).await {
            Ok(_unit) => return Ok(desk.done(&page_of(new.code), Done::Added)),
            Err(ActError::Refused(refusal)) => Some(refusal),
            Err(ActError::Fault(fault)) => return Err(fault.into()),
        }
    } else {
        let from = from.unwrap_or(desk.today());
        units::look_at_adding(desk.db(), desk.province(), &[new], from).await?.pop().flatten()
    };
    if let Some(refusal) = refusal {
        tell(&mut faults, desk.lang, &refusal, CODE, FROM);
    }
    Ok(desk.refused(words::ADD_TITLE.get(desk.lang), &body(&desk, &faults)))
}

/// The unit that was entered.
pub(super) fn entered<'a>(desk: &'a Desk, parent: Option<&'a str>) -> NewUnit<'a> {
    NewUnit {
        code: desk.fields.get(CODE),
        name: desk.fields.get(NAME),
        kind: desk.fields.get(KIND),
        parent: parent.unwrap_or_default(),
        admin_code: desk.fields.get(ADMIN_CODE),
    }
}

fn body(desk: &Desk, faults: &Faults) -> Markup {
    let lang = desk.lang;
    let asked = desk.asked("cap-tren");
    let top = desk.tops().first().map(|unit| unit.code.clone()).unwrap_or_default();
    let above = desk.unit(&asked).map_or(top, |unit| unit.code.clone());
    let field = |name, label, input, there: &str| faults.field(desk, name, label, input, there);
    let fields = vec![
        field(CODE, words::CODE, Input::Text, "").hint(words::CODE_HINT.get(lang)),
        field(NAME, words::NAME, Input::Text, ""),
        field(KIND, words::KIND, Input::Select(kinds(lang, None)), ""),
        field(PARENT, words::PARENT, Input::Text, &above).hint(words::PARENT_HINT.get(lang)),
        field(ADMIN_CODE, words::ADMIN_CODE, Input::Text, "")
            .hint(words::ADMIN_CODE_HINT.get(lang))
            .optional(common::OPTIONAL.get(lang)),
        field(FROM, words::FROM, Input::Date, &entered_day(desk.today())),
    ];
    html! {
        h1 { (words::ADD_TITLE.get(lang)) }
        p { (words::ADD_LEAD.get(lang)) }
        (faults.form(desk, "/quan-tri/don-vi/them", fields, common::ADD).render())
    }
}
