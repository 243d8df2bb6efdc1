//! `/quan-tri/don-vi/sap-nhap`: several units become one, shown before it is done.

use maud::{Markup, html};

use super::preview::{self, Wish, wish};
use super::{ADMIN_CODE, CITATION, CODE, FROM, KIND, NAME, PARENT, UNITS, add, is_below, kinds, parent, tell};
use crate::registry::units::{self, MOST_AT_ONCE, Merging, NewUnit, Points, Successor, UnitRefusal};
use crate::registry::{ActError, By};
use crate::text::import::values::EMPTY;
use crate::text::office::{self as common, units as words};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::office::faults::{Faults, choices, entered_day};
use crate::web::view::office::{Field, Input};
use crate::words::Day;

const PAGE: &str = "/quan-tri/don-vi/sap-nhap";
/// Whether the unit that takes over is there or new.
const TAKER: &str = "tiep_nhan";
const KNOWN: &str = "co-san";
const NEW: &str = "moi";
/// What becomes of the points.
const POINTS: &str = "diem";
const MOVE: &str = "chuyen";
const STAY: &str = "dung";

/// `GET`.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    Ok(desk.page(words::MERGE_TITLE.get(desk.lang), &body(&desk, &Faults::default())))
}

/// `POST`: first the preview, then the act.
pub(in crate::web::office) async fn send(desk: Desk) -> Answer {
    let title = words::MERGE_TITLE.get(desk.lang);
    if matches!(wish(&desk), Wish::Edit) {
        return Ok(desk.page(title, &body(&desk, &Faults::default())));
    }
    let mut faults = Faults::default();
    let codes = codes(&desk, &mut faults);
    let points = points(&desk, &mut faults);
    let from = faults.day(&desk, FROM, words::REORDER_FROM);
    let citation = citation(&desk, &mut faults);
    let into = successor(&desk, from, &mut faults).await?;
    if let (Some(into), Some(from), Some(points), true) = (into, from, points, faults.is_empty()) {
        let merging = Merging { units: &codes, into, from, citation, points };
        match merged(&desk, &merging).await {
            Ok(answer) => return Ok(answer),
            Err(ActError::Refused(refusal)) => tell(&mut faults, desk.lang, &refusal, UNITS, FROM),
            Err(ActError::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(desk.refused(title, &body(&desk, &faults)))
}

/// The preview, or the act where the person has seen just this.
async fn merged(desk: &Desk, merging: &Merging<'_>) -> Result<actix_web::HttpResponse, ActError<UnitRefusal>> {
    let seen = units::look_at_merging(desk.db(), desk.province(), merging).await?;
    if !preview::is_seen(desk, &seen) {
        let main = preview::page(desk, PAGE, words::MERGE_TITLE, &seen, merging.from);
        return Ok(desk.page(words::PREVIEW_TITLE.get(desk.lang), &main));
    }
    units::merge(desk.db(), desk.province(), merging, By::Person(&desk.signed.person.email)).await?;
    Ok(desk.done(&preview::target(&seen), Done::Saved))
}

/// The units that end: in the scope, and below its top.
pub(super) fn codes<'a>(desk: &'a Desk, faults: &mut Faults) -> Vec<&'a str> {
    let lines = desk.fields.get(UNITS).lines().map(str::trim).filter(|line| !line.is_empty());
    let codes: Vec<&str> = lines.take(MOST_AT_ONCE + 1).collect();
    if codes.is_empty() {
        faults.at(UNITS, words::LIST_UNITS.get(desk.lang));
    }
    if codes.len() > MOST_AT_ONCE {
        faults.at(UNITS, UnitRefusal::TooMany { most: MOST_AT_ONCE }.told(desk.lang));
        return codes;
    }
    let is_here = |code: &&str| desk.unit(code).is_ok();
    let (here, foreign): (Vec<&str>, Vec<&str>) = codes.iter().partition(|code| is_here(code));
    if !foreign.is_empty() {
        faults.at(UNITS, words::not_yours(desk.lang, &foreign.join(", ")));
    }
    let top = |code: &&str| desk.unit(code).is_ok_and(|unit| !is_below(desk, &desk.scope, unit.unit));
    let tops: Vec<&str> = here.into_iter().filter(top).collect();
    if !tops.is_empty() {
        faults.at(UNITS, words::top_of_scope(desk.lang, &tops.join(", ")));
    }
    codes
}

fn points(desk: &Desk, faults: &mut Faults) -> Option<Points> {
    match desk.fields.get(POINTS) {
        MOVE => Some(Points::Move),
        STAY => Some(Points::Stay),
        _ => {
            faults.at(POINTS, words::CHOOSE_POINTS.get(desk.lang));
            None
        }
    }
}

/// The document; what it says is for people.
pub(super) fn citation<'a>(desk: &'a Desk, faults: &mut Faults) -> &'a str {
    let citation = desk.fields.get(CITATION);
    if citation.is_empty() {
        faults.value(desk.lang, CITATION, words::CITATION, &EMPTY.into());
    }
    citation
}

async fn successor<'a>(desk: &'a Desk, from: Option<Day>, faults: &mut Faults) -> Result<Option<Successor<'a>>, Stop> {
    let code = desk.fields.get(CODE);
    match desk.fields.get(TAKER) {
        KNOWN if desk.unit(code).is_ok() => return Ok(Some(Successor::Known(code))),
        KNOWN => faults.at(CODE, words::NOT_IN_SCOPE.get(desk.lang)),
        NEW => {
            let new: NewUnit<'_> = add::entered(desk, parent(desk, faults));
            let from = from.unwrap_or(desk.today());
            match units::look_at_adding(desk.db(), desk.province(), &[new], from).await?.pop().flatten() {
                Some(refusal) => tell(faults, desk.lang, &refusal, CODE, FROM),
                None => return Ok(Some(Successor::New(new))),
            }
        }
        _ => faults.at(TAKER, words::CHOOSE_TAKER.get(desk.lang)),
    }
    Ok(None)
}

/// The fields every reorganisation ends with.
pub(super) fn day_and_citation(desk: &Desk, faults: &Faults) -> [Field; 2] {
    [
        faults.field(desk, FROM, words::REORDER_FROM, Input::Date, &entered_day(desk.today())),
        faults.field(desk, CITATION, words::CITATION, Input::Text, "").hint(words::CITATION_HINT.get(desk.lang)),
    ]
}

fn body(desk: &Desk, faults: &Faults) -> Markup {
    let lang = desk.lang;
    let field = |name, label, input, there: &str| faults.field(desk, name, label, input, there);
    let new_only = words::NEW_ONLY.get(lang);
    let takers = [(KNOWN, words::KNOWN.get(lang)), (NEW, words::NEW.get(lang))];
    let points = [(MOVE, words::POINTS_MOVE.get(lang)), (STAY, words::POINTS_STAY.get(lang))];
    let mut fields = vec![
        field(UNITS, words::OLD_UNITS, Input::Area, &desk.asked("don-vi")).hint(words::OLD_UNITS_HINT.get(lang)),
        field(TAKER, words::TAKES_OVER, Input::Radios(choices(None, takers.into_iter())), ""),
        field(CODE, words::TAKER_CODE, Input::Text, "").hint(words::CODE_HINT.get(lang)),
        field(NAME, words::NAME, Input::Text, "").hint(new_only),
        field(KIND, words::KIND, Input::Select(kinds(lang, None)), "").hint(new_only),
        field(PARENT, words::PARENT, Input::Text, "").hint(new_only),
        field(ADMIN_CODE, words::ADMIN_CODE, Input::Text, "").hint(new_only).optional(common::OPTIONAL.get(lang)),
        field(POINTS, words::POINTS_OF_OLD, Input::Radios(choices(None, points.into_iter())), ""),
    ];
    fields.extend(day_and_citation(desk, faults));
    html! {
        h1 { (words::MERGE_TITLE.get(lang)) }
        p { (words::MERGE_LEAD.get(lang)) }
        (faults.form(desk, PAGE, fields, words::LOOK).render())
    }
}
