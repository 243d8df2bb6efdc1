//! `/quan-tri/don-vi/chia-tach`: one unit becomes several, shown before it is done.

use maud::{Markup, html};

use super::merge::{citation, day_and_citation};
use super::preview::{self, Wish, wish};
use super::{FROM, KIND, PARENT, UNITS, code_of, is_below, kinds, tell};
use crate::registry::units::{self, MOST_AT_ONCE, NewUnit, Splitting, Successor, UnitRefusal};
use crate::registry::{ActError, By};
use crate::store::places::UnitVersion;
use crate::text::office::{self as common, units as words};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::office::faults::Faults;
use crate::web::view::office::Input;
use crate::words::{Day, Lang};

const PAGE: &str = "/quan-tri/don-vi/chia-tach";
/// The units that take over.
const TAKERS: &str = "vao";

/// `GET`.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    Ok(desk.page(words::SPLIT_TITLE.get(desk.lang), &body(&desk, &Faults::default())))
}

/// `POST`: first the preview, then the act.
pub(in crate::web::office) async fn send(desk: Desk) -> Answer {
    let title = words::SPLIT_TITLE.get(desk.lang);
    if matches!(wish(&desk), Wish::Edit) {
        return Ok(desk.page(title, &body(&desk, &Faults::default())));
    }
    let mut faults = Faults::default();
    let old = old(&desk, &mut faults);
    let from = faults.day(&desk, FROM, words::REORDER_FROM);
    let citation = citation(&desk, &mut faults);
    let above = above(&desk, old, &mut faults);
    let into = takers(&desk, old, &above, &mut faults);
    look_at_new(&desk, &into, from, &mut faults).await?;
    if let (Some(old), Some(from), true) = (old, from, faults.is_empty()) {
        let into: Vec<Successor<'_>> = into.into_iter().map(|(_, taker)| taker).collect();
        let splitting = Splitting { unit: &old.code, into: &into, from, citation };
        match divided(&desk, &splitting).await {
            Ok(answer) => return Ok(answer),
            Err(ActError::Refused(refusal)) => tell(&mut faults, desk.lang, &refusal, TAKERS, FROM),
            Err(ActError::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(desk.refused(title, &body(&desk, &faults)))
}

/// The preview, or the act where the person has seen just this.
async fn divided(desk: &Desk, splitting: &Splitting<'_>) -> Result<actix_web::HttpResponse, ActError<UnitRefusal>> {
    let seen = units::look_at_splitting(desk.db(), desk.province(), splitting).await?;
    if !preview::is_seen(desk, &seen) {
        let main = preview::page(desk, PAGE, words::SPLIT_TITLE, &seen, splitting.from);
        return Ok(desk.page(words::PREVIEW_TITLE.get(desk.lang), &main));
    }
    units::split(desk.db(), desk.province(), splitting, By::Person(&desk.signed.person.email)).await?;
    Ok(desk.done(&preview::target(&seen), Done::Saved))
}

/// The unit that ends: in the scope, and below its top.
fn old<'a>(desk: &'a Desk, faults: &mut Faults) -> Option<&'a UnitVersion> {
    let code = desk.fields.get(UNITS);
    match desk.unit(code) {
        Ok(unit) if is_below(desk, &desk.scope, unit.unit) => Some(unit),
        Ok(_top) => {
            faults.at(UNITS, words::top_of_scope(desk.lang, code));
            None
        }
        Err(_foreign) => {
            faults.at(UNITS, words::NOT_IN_SCOPE.get(desk.lang));
            None
        }
    }
}

/// Code of the unit above the new ones: the one that was entered, in the scope, or that of the unit that ends.
fn above(desk: &Desk, old: Option<&UnitVersion>, faults: &mut Faults) -> String {
    match desk.fields.get(PARENT) {
        "" => code_of(desk, old.and_then(|old| old.parent)),
        code => {
            if desk.unit(code).is_err() {
                faults.at(PARENT, words::NOT_IN_SCOPE.get(desk.lang));
            }
            code.to_owned()
        }
    }
}

/// The units that take over, each with its line.
fn takers<'a>(
    desk: &'a Desk,
    old: Option<&UnitVersion>,
    above: &'a str,
    faults: &mut Faults,
) -> Vec<(u64, Successor<'a>)> {
    let lang = desk.lang;
    let kind = match desk.fields.get(KIND) {
        "" => old.map_or("", |old| old.kind.word()),
        word => word,
    };
    let lines = (1_u64..).zip(desk.fields.get(TAKERS).lines().map(str::trim));
    let lines: Vec<(u64, &str)> = lines.filter(|(_, line)| !line.is_empty()).take(MOST_AT_ONCE).collect();
    if lines.is_empty() {
        faults.at(TAKERS, words::LIST_UNITS.get(lang));
    }
    let mut takers = Vec::with_capacity(lines.len());
    for (number, line) in lines {
        let parts: Vec<&str> = line.split(';').map(str::trim).collect();
        let new = |code, name, admin_code| Successor::New(NewUnit { code, name, kind, parent: above, admin_code });
        match *parts.as_slice() {
            [code] if desk.unit(code).is_ok() => takers.push((number, Successor::Known(code))),
            [code] => wrong(faults, lang, number, &words::not_yours(lang, code)),
            [code, name] => takers.push((number, new(code, name, ""))),
            [code, name, admin_code] => takers.push((number, new(code, name, admin_code))),
            _ => wrong(faults, lang, number, words::TOO_MANY_PARTS.get(lang)),
        }
    }
    takers
}

fn wrong(faults: &mut Faults, lang: Lang, line: u64, what: &str) {
    faults.at(TAKERS, words::line_is_wrong(lang, line, what.trim_end_matches('.')));
}

/// Notes what is wrong with the new units, each at its line.
async fn look_at_new(
    desk: &Desk,
    takers: &[(u64, Successor<'_>)],
    from: Option<Day>,
    faults: &mut Faults,
) -> Result<(), Stop> {
    let new: Vec<(u64, NewUnit<'_>)> = takers
        .iter()
        .filter_map(|(line, taker)| match taker {
            Successor::New(new) => Some((*line, *new)),
            Successor::Known(_) => None,
        })
        .collect();
    let units: Vec<NewUnit<'_>> = new.iter().map(|(_, new)| *new).collect();
    let from = from.unwrap_or(desk.today());
    let refusals = units::look_at_adding(desk.db(), desk.province(), &units, from).await?;
    for ((line, _), refusal) in new.into_iter().zip(refusals) {
        match refusal {
            None => {}
            Some(UnitRefusal::Form(refused)) => {
                let what: Vec<&str> = refused.problems.iter().map(|problem| problem.what(desk.lang)).collect();
                wrong(faults, desk.lang, line, &what.join("; "));
            }
            Some(refusal) => wrong(faults, desk.lang, line, &refusal.told(desk.lang)),
        }
    }
    Ok(())
}

fn body(desk: &Desk, faults: &Faults) -> Markup {
    let lang = desk.lang;
    let field = |name, label, input, there: &str| faults.field(desk, name, label, input, there);
    let (as_old, optional) = (words::AS_OLD.get(lang), common::OPTIONAL.get(lang));
    let mut fields = vec![
        field(UNITS, words::OLD_UNIT, Input::Text, &desk.asked("don-vi")),
        field(TAKERS, words::TAKERS, Input::Area, "").hint(words::TAKERS_HINT.get(lang)),
        field(KIND, words::NEW_KIND, Input::Select(kinds(lang, Some(as_old))), ""),
        field(PARENT, words::NEW_PARENT, Input::Text, "").hint(as_old).optional(optional),
    ];
    fields.extend(day_and_citation(desk, faults));
    html! {
        h1 { (words::SPLIT_TITLE.get(lang)) }
        p { (words::SPLIT_LEAD.get(lang)) }
        (faults.form(desk, PAGE, fields, words::LOOK).render())
    }
}
