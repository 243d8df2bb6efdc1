//! Acts on one point: changing and closing it from a day on.

use maud::{Markup, html};

use super::point::{Open, body, name};
use super::{FIELD, NAME, OFFICERS, QUESTIONNAIRE, UNIT, page_of, questionnaires, tell, unit};
use crate::registry::points::{self, PointChange};
use crate::registry::{ActError, By};
use crate::store::places::{Point, PointVersion};
use crate::text::office::{self as common, points as words, units as unit_words};
use crate::web::office::desk::{Answer, Desk};
use crate::web::office::done::Done;
use crate::web::office::faults::{Faults, entered_day};
use crate::web::view::office::{Field, Input};

/// First day of the change, and first day on which the point is closed.
const FROM: &str = "tu_ngay";
const CLOSE_FROM: &str = "dong_tu";

/// What can be done with a point.
pub(super) fn acts(desk: &Desk, point: &Point, versions: &[PointVersion], faults: &Faults, open: Open) -> Markup {
    let lang = desk.lang;
    let none = Faults::default();
    let of = |form: Open| if open == form { faults } else { &none };
    let changing = of(Open::Change);
    let closing = of(Open::Close);
    let close = vec![closing.field(desk, CLOSE_FROM, words::CLOSE_FROM, Input::Date, "")];
    let mut close = closing.form(desk, &format!("{}/dong", page_of(&point.code)), close, words::CLOSE_TITLE);
    close.is_grave = true;
    html! {
        details open[open == Open::Change] {
            summary { (words::CHANGE_TITLE.get(lang)) }
            p { (words::CHANGE_NOTE.get(lang)) }
            (changing.form(desk, &page_of(&point.code), fields(desk, versions, changing), common::SAVE).render())
        }
        details open[open == Open::Close] {
            summary { (words::CLOSE_TITLE.get(lang)) }
            p { (words::CLOSE_NOTE.get(lang)) }
            (close.render())
        }
    }
}

fn fields(desk: &Desk, versions: &[PointVersion], faults: &Faults) -> Vec<Field> {
    let [unit, name, questionnaire, field, officers] =
        versions.last().map(|there| values(desk, there)).unwrap_or_default();
    let mut fields = vec![faults.field(desk, FROM, words::CHANGE_FROM, Input::Date, &entered_day(desk.today()))];
    fields.push(faults.field(desk, NAME, words::POINT_NAME, Input::Text, &name).hint(words::NAME_HINT.get(desk.lang)));
    fields.push(faults.field(desk, UNIT, words::UNIT, Input::Text, &unit).hint(words::UNIT_HINT.get(desk.lang)));
    fields.extend(details(desk, faults, &questionnaire, &field, &officers));
    fields
}

/// Questionnaire, field and officers of a point.
pub(super) fn details(desk: &Desk, faults: &Faults, questionnaire: &str, field: &str, officers: &str) -> [Field; 3] {
    let lang = desk.lang;
    [
        faults.field(desk, QUESTIONNAIRE, words::QUESTIONNAIRE, Input::Select(questionnaires(desk)), questionnaire),
        faults
            .field(desk, FIELD, words::FIELD, Input::Text, field)
            .hint(words::FIELD_HINT.get(lang))
            .optional(common::OPTIONAL.get(lang)),
        faults.field(desk, OFFICERS, words::OFFICERS, Input::Number, officers).hint(words::OFFICERS_HINT.get(lang)),
    ]
}

/// What there is, as the form has it: unit, name, questionnaire, field, officers.
fn values(desk: &Desk, there: &PointVersion) -> [String; 5] {
    let directory = desk.directory();
    let unit = directory.unit_on(there.unit, desk.today()).map(|unit| unit.code.clone()).unwrap_or_default();
    let field = directory.field_name(there.field).unwrap_or_default().to_owned();
    [unit, there.name.clone(), there.questionnaire.clone(), field, there.officers.to_string()]
}

/// `POST /quan-tri/diem/{ma}`.
pub(in crate::web::office) async fn change(desk: Desk) -> Answer {
    let (point, versions) = desk.point(desk.part("ma"))?;
    let mut faults = Faults::default();
    let from = faults.day(&desk, FROM, words::CHANGE_FROM);
    let unit = unit(&desk, &mut faults);
    let entered = [
        unit,
        desk.fields.get(NAME),
        desk.fields.get(QUESTIONNAIRE),
        desk.fields.get(FIELD),
        desk.fields.get(OFFICERS),
    ];
    if versions.last().is_some_and(|there| values(&desk, there) == entered) {
        faults.whole(unit_words::NOTHING_NEW.get(desk.lang));
    }
    let [unit, new_name, questionnaire, field, officers] = entered.map(Some);
    let change = PointChange { unit, name: new_name, questionnaire, field, officers };
    let refusal = if let Some(from) = from.filter(|_day| faults.is_empty()) {
        let by = By::Person(&desk.signed.person.email);
        match points::change(desk.db(), desk.province(), &point.code, &change, from, by).await {
            Ok(()) => return Ok(desk.done(&page_of(&point.code), Done::Saved)),
            Err(ActError::Refused(refusal)) => Some(refusal),
            Err(ActError::Fault(fault)) => return Err(fault.into()),
        }
    } else {
        points::look_at_changing(desk.db(), desk.province(), &point.code, &change, from.unwrap_or(desk.today())).await?
    };
    if let Some(refusal) = refusal {
        tell(&mut faults, desk.lang, &refusal, FROM);
    }
    Ok(desk.refused(name(&desk, point), &body(&desk, point, &faults, Open::Change)?))
}

/// `POST /quan-tri/diem/{ma}/dong`.
pub(in crate::web::office) async fn close(desk: Desk) -> Answer {
    let (point, _) = desk.point(desk.part("ma"))?;
    let mut faults = Faults::default();
    if let Some(from) = faults.day(&desk, CLOSE_FROM, words::CLOSE_FROM) {
        let by = By::Person(&desk.signed.person.email);
        match points::close(desk.db(), desk.province(), &point.code, from, by).await {
            Ok(()) => return Ok(desk.done(&page_of(&point.code), Done::Closed)),
            Err(ActError::Refused(refusal)) => tell(&mut faults, desk.lang, &refusal, CLOSE_FROM),
            Err(ActError::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(desk.refused(name(&desk, point), &body(&desk, point, &faults, Open::Close)?))
}
