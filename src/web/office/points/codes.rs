//! The codes in the QRs of a point: another one, and the end of one.

use maud::{Markup, html};

use super::page_of;
use super::point::{Open, body, name};
use crate::record::PublicCode;
use crate::registry::points::{self, PointRefusal};
use crate::registry::{ActError, By};
use crate::store::places::Point;
use crate::text::office::points as words;
use crate::web::office::desk::{Answer, Desk};
use crate::web::office::done::Done;
use crate::web::office::faults::{Faults, choices, entered_day};
use crate::web::view::office::{Input, button};
use crate::words::{RevokeReason, Right};

/// Fields of the form.
const PUBLIC_CODE: &str = "ma_qr";
const FROM: &str = "thu_hoi_tu";
const REASON: &str = "ly_do";

/// The codes of a point that are not revoked.
fn valid<'a>(desk: &'a Desk, point: &Point) -> Vec<&'a str> {
    let codes = desk.directory().codes_of(point.point).into_iter();
    codes.filter(|(_, revoked)| revoked.is_none()).map(|(code, _)| code).collect()
}

/// All codes with their states; each valid one leads to its own poster.
pub(super) fn listed(desk: &Desk, point: &Point, is_open: bool) -> Markup {
    let lang = desk.lang;
    let prints = is_open && desk.may(Right::Print);
    html! {
        h2 { (words::CODES.get(lang)) }
        @if is_open && valid(desk, point).len() > 1 { p.note { (words::SEVERAL_CODES.get(lang)) } }
        ul.rows {
            @for (code, revoked) in desk.directory().codes_of(point.point) {
                li {
                    span { code { (code) } " · "
                        @match revoked {
                            None => (words::VALID.get(lang)),
                            Some(day) => (words::revoked_from(lang, day)),
                        }
                    }
                    @if prints && revoked.is_none() {
                        a href=(desk.to(&format!("/quan-tri/ap-phich/in?diem={}&ma={code}&kho=A5", point.code))) {
                            (words::print_code(lang, code))
                        }
                    }
                }
            }
        }
    }
}

/// What can be done with the codes.
pub(super) fn acts(desk: &Desk, point: &Point, faults: &Faults, open: Open) -> Markup {
    let lang = desk.lang;
    let none = Faults::default();
    let faults = if open == Open::Revoke { faults } else { &none };
    let to = |act: &str| format!("{}/{act}", page_of(&point.code));
    let valid = valid(desk, point);
    html! {
        details {
            summary { (words::NEW_CODE.get(lang)) }
            p { (words::NEW_CODE_NOTE.get(lang)) }
            (button(&desk.to(&to("ma-moi")), &desk.hidden(), words::NEW_CODE.get(lang), false))
        }
        @if !valid.is_empty() {
            details open[open == Open::Revoke] {
                summary { (words::REVOKE.get(lang)) }
                p { (words::REVOKE_NOTE.get(lang)) }
                p { (words::FALSE_COPY_NOTE.get(lang)) }
                (revoking(desk, &valid, faults, &to("thu-hoi")))
            }
        }
    }
}

fn revoking(desk: &Desk, valid: &[&str], faults: &Faults, action: &str) -> Markup {
    let lang = desk.lang;
    let codes = valid.iter().map(|code| ((*code).to_owned().into(), (*code).to_owned().into())).collect();
    let reasons = RevokeReason::ALL.iter().map(|reason| (reason.word(), words::reason(lang, *reason)));
    let fields = vec![
        faults.field(desk, PUBLIC_CODE, words::WHICH_CODE, Input::Select(codes), ""),
        faults.field(desk, REASON, words::REASON, Input::Radios(choices(None, reasons)), ""),
        faults.field(desk, FROM, words::REVOKE_FROM, Input::Date, &entered_day(desk.today())),
    ];
    let mut form = faults.form(desk, action, fields, words::REVOKE);
    form.is_grave = true;
    form.render()
}

/// `POST /quan-tri/diem/{ma}/ma-moi`.
pub(in crate::web::office) async fn new(desk: Desk) -> Answer {
    let (point, _) = desk.point(desk.part("ma"))?;
    let by = By::Person(&desk.signed.person.email);
    match points::new_code(desk.db(), desk.province(), &point.code, by).await {
        Ok(_code) => Ok(desk.done(&page_of(&point.code), Done::Added)),
        Err(ActError::Refused(refusal)) => {
            let mut faults = Faults::default();
            faults.whole(refusal.told(desk.lang));
            Ok(desk.refused(name(&desk, point), &body(&desk, point, &faults, Open::Revoke)?))
        }
        Err(ActError::Fault(fault)) => Err(fault.into()),
    }
}

/// `POST /quan-tri/diem/{ma}/thu-hoi`. The code has to be one of this point.
pub(in crate::web::office) async fn revoke(desk: Desk) -> Answer {
    let (point, _) = desk.point(desk.part("ma"))?;
    let mut faults = Faults::default();
    let code = PublicCode::parse(desk.fields.get(PUBLIC_CODE));
    let code = code.filter(|code| desk.directory().codes_of(point.point).iter().any(|(own, _)| *own == code.as_str()));
    if code.is_none() {
        faults.at(PUBLIC_CODE, words::CHOOSE_CODE.get(desk.lang));
    }
    let reason = RevokeReason::parse(desk.fields.get(REASON)).ok();
    if reason.is_none() {
        faults.at(REASON, words::CHOOSE_REASON.get(desk.lang));
    }
    let from = faults.day(&desk, FROM, words::REVOKE_FROM);
    if let (Some(code), Some(reason), Some(from)) = (code, reason, from) {
        let by = By::Person(&desk.signed.person.email);
        match points::revoke_code(desk.db(), desk.province(), code.as_str(), from, reason, by).await {
            Ok(_point) => return Ok(desk.done(&page_of(&point.code), Done::Withdrawn)),
            Err(ActError::Refused(refusal @ PointRefusal::Revoked { .. })) => {
                faults.at(PUBLIC_CODE, refusal.told(desk.lang));
            }
            Err(ActError::Refused(refusal)) => faults.whole(refusal.told(desk.lang)),
            Err(ActError::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(desk.refused(name(&desk, point), &body(&desk, point, &faults, Open::Revoke)?))
}
