//! Acts on one unit: changing and closing it from a day on.

use maud::{Markup, html};

use super::unit::{Open, body, parent_code};
use super::{ADMIN_CODE, CODE, FROM, KIND, NAME, PARENT, is_below, kinds, latest, page_of, parent, tell};
use crate::registry::units::{self, UnitChange};
use crate::registry::{ActError, By};
use crate::store::places::UnitVersion;
use crate::text::office::{self as common, units as words};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::office::faults::{Faults, entered_day};
use crate::web::view::office::Input;

/// The first day without the unit.
const CLOSE_FROM: &str = "dong_tu";

/// What can be done with a unit.
pub(super) fn acts(desk: &Desk, unit: &UnitVersion, faults: &Faults, open: Open) -> Markup {
    let lang = desk.lang;
    let none = Faults::default();
    let of = |form: Open| if open == form { faults } else { &none };
    let code = &unit.code;
    html! {
        details open[open == Open::Change] {
            summary { (words::CHANGE_TITLE.get(lang)) }
            p { (words::CHANGE_NOTE.get(lang)) }
            (changing(desk, unit, of(Open::Change)))
        }
        p.links {
            a href=(desk.to(&format!("/quan-tri/don-vi/them?cap-tren={code}"))) { (words::ADD_TITLE.get(lang)) } " "
            a href=(desk.to(&format!("/quan-tri/don-vi/sap-nhap?don-vi={code}"))) { (words::MERGE_TITLE.get(lang)) } " "
            a href=(desk.to(&format!("/quan-tri/don-vi/chia-tach?don-vi={code}"))) { (words::SPLIT_TITLE.get(lang)) }
        }
        details open[open == Open::Close] {
            summary { (words::CLOSE_TITLE.get(lang)) }
            p { (words::CLOSE_NOTE.get(lang)) }
            (closing(desk, unit, of(Open::Close)))
        }
    }
}

fn changing(desk: &Desk, unit: &UnitVersion, faults: &Faults) -> Markup {
    let lang = desk.lang;
    let there = latest(desk, unit.unit).unwrap_or(unit);
    let admin = there.admin_code.as_deref().unwrap_or_default();
    let field = |name, label, input, there: &str| faults.field(desk, name, label, input, there);
    let fields = vec![
        field(FROM, words::CHANGE_FROM, Input::Date, &entered_day(desk.today())),
        field(NAME, words::NAME, Input::Text, &there.name),
        field(CODE, words::CODE, Input::Text, &there.code).hint(words::CODE_HINT.get(lang)),
        field(KIND, words::KIND, Input::Select(kinds(lang, None)), there.kind.word()),
        field(PARENT, words::PARENT, Input::Text, &parent_code(desk, there)).hint(words::PARENT_HINT.get(lang)),
        field(ADMIN_CODE, words::ADMIN_CODE, Input::Text, admin)
            .hint(words::ADMIN_CODE_HINT.get(lang))
            .optional(common::OPTIONAL.get(lang)),
    ];
    faults.form(desk, &page_of(&unit.code), fields, common::SAVE).render()
}

fn closing(desk: &Desk, unit: &UnitVersion, faults: &Faults) -> Markup {
    let fields = vec![faults.field(desk, CLOSE_FROM, words::CLOSE_FROM, Input::Date, "")];
    let action = format!("{}/dong", page_of(&unit.code));
    let mut form = faults.form(desk, &action, fields, words::CLOSE_TITLE);
    form.is_grave = true;
    form.render()
}

/// The unit of the address, if it is for this person to change.
fn changeable(desk: &Desk) -> Result<&UnitVersion, Stop> {
    let unit = desk.unit(desk.part("ma"))?;
    if is_below(desk, &desk.scope, unit.unit) { Ok(unit) } else { Err(Stop::Forbidden) }
}

/// Whether what was entered differs from what is there.
fn differs(desk: &Desk, there: &UnitVersion) -> bool {
    let entered = [NAME, CODE, KIND, PARENT, ADMIN_CODE].map(|name| desk.fields.get(name));
    let parent = parent_code(desk, there);
    let admin = there.admin_code.as_deref().unwrap_or_default();
    entered != [there.name.as_str(), there.code.as_str(), there.kind.word(), parent.as_str(), admin]
}

/// `POST /quan-tri/don-vi/{ma}`.
pub(in crate::web::office) async fn change(desk: Desk) -> Answer {
    let unit = changeable(&desk)?;
    let there = latest(&desk, unit.unit).unwrap_or(unit);
    let mut faults = Faults::default();
    let from = faults.day(&desk, FROM, words::CHANGE_FROM);
    // One that stays as it is needs no look at the scope.
    let is_same = desk.fields.get(PARENT) == parent_code(&desk, there);
    let parent = if is_same { None } else { parent(&desk, &mut faults) };
    if !differs(&desk, there) {
        faults.whole(words::NOTHING_NEW.get(desk.lang));
    }
    let change = entered(&desk, parent);
    let refusal = if let Some(from) = from.filter(|_day| faults.is_empty()) {
        let by = By::Person(&desk.signed.person.email);
        match units::change(desk.db(), desk.province(), &unit.code, &change, from, by).await {
            Ok(()) => return Ok(desk.done(&page_of(desk.fields.get(CODE)), Done::Saved)),
            Err(ActError::Refused(refusal)) => Some(refusal),
            Err(ActError::Fault(fault)) => return Err(fault.into()),
        }
    } else {
        let from = from.unwrap_or(there.valid_from.max(desk.today()));
        units::look_at_changing(desk.db(), desk.province(), &unit.code, &change, from).await?
    };
    if let Some(refusal) = refusal {
        tell(&mut faults, desk.lang, &refusal, CODE, FROM);
    }
    Ok(desk.refused(unit.name.clone(), &body(&desk, unit, &faults, Open::Change)))
}

/// What was entered; the unit above where it becomes another.
fn entered<'a>(desk: &'a Desk, parent: Option<&'a str>) -> UnitChange<'a> {
    UnitChange {
        code: Some(desk.fields.get(CODE)),
        name: Some(desk.fields.get(NAME)),
        kind: Some(desk.fields.get(KIND)),
        parent,
        admin_code: Some(desk.fields.get(ADMIN_CODE)),
    }
}

/// `POST /quan-tri/don-vi/{ma}/dong`.
pub(in crate::web::office) async fn close(desk: Desk) -> Answer {
    let unit = changeable(&desk)?;
    let mut faults = Faults::default();
    if let Some(from) = faults.day(&desk, CLOSE_FROM, words::CLOSE_FROM) {
        let by = By::Person(&desk.signed.person.email);
        match units::close(desk.db(), desk.province(), &unit.code, from, by).await {
            Ok(()) => return Ok(desk.done(&page_of(&unit.code), Done::Closed)),
            Err(ActError::Refused(refusal)) => tell(&mut faults, desk.lang, &refusal, CLOSE_FROM, CLOSE_FROM),
            Err(ActError::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(desk.refused(unit.name.clone(), &body(&desk, unit, &faults, Open::Close)))
}
