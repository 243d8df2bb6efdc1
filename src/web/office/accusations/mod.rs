//! `/quan-tri/to-cao`: what hints at bribery or was passed on, for inspectors from outside the rated unit.

use maud::{Markup, html};

use super::cases::{Scopes, house, matter, stored};
use super::desk::{Answer, Desk, Stop};
use super::done::Done;
use super::pager::Pager;
use super::route::{Route, get, post};
use crate::cases::{self, Act, NotDone, perform};
use crate::record::CaseCode;
use crate::store::cases::{Case, Listed};
use crate::text::Say;
use crate::text::office::cases as words;
use crate::web::view::Wording;
use crate::web::view::office::{button, facts};
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{CaseId, CaseState, Right as R, UnitId};

const PAGE: &str = "/quan-tri/to-cao";

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PAGE, R::ReadAccusations, list),
        get("/quan-tri/to-cao/{ma}", R::ReadAccusations, show),
        post("/quan-tri/to-cao/{ma}/nhan", R::ReadAccusations, take_over),
        post("/quan-tri/to-cao/{ma}/tra-ve", R::ReadAccusations, give_back),
    ]
}

fn page_of(id: CaseId) -> String {
    format!("{PAGE}/{}", CaseCode::of(id))
}

/// `GET /quan-tri/to-cao`.
async fn list(desk: Desk) -> Answer {
    let lang = desk.lang;
    let mut seen = seen(&desk).await?;
    seen.sort_by_key(|case| (case.state.code(), case.day, case.id));
    let pager = Pager::new(&desk.asked("trang"), seen.len());
    let shown = seen.get(pager.range()).unwrap_or_default();
    let main = html! {
        h1 { (words::NAV_ACCUSATIONS.get(lang)) }
        p { (words::ACCUSATIONS_LEAD.get(lang)) }
        p { strong { (words::RULE.get(lang)) } }
        @if desk.signed.person.own_unit == UnitId::NONE { p.note { (words::ACCUSATIONS_NO_OWN_UNIT.get(lang)) } }
        @if shown.is_empty() { p.note { (words::ACCUSATIONS_NOTHING.get(lang)) } } @else { (table(&desk, shown).render()) }
        (pager.links(&desk, PAGE, &[]))
    };
    Ok(desk.page(words::NAV_ACCUSATIONS.get(lang), &main))
}

async fn seen(desk: &Desk) -> Result<Vec<Listed>, Stop> {
    let (reader, province) = (desk.db().reader(), desk.province());
    let mut all = cases::list(reader, province, CaseState::ALL, true).await?;
    all.extend(cases::list(reader, province, &[CaseState::PassedOn], false).await?);
    let scopes = Scopes::of(desk);
    all.retain(|case| scopes.reader(desk).investigates(case, desk.directory(), desk.today()));
    Ok(all)
}

fn table(desk: &Desk, shown: &[Listed]) -> Table {
    let lang = desk.lang;
    let row = |case: &Listed| Row {
        name: CaseCode::of(case.id).to_string().into(),
        href: Some(desk.to(&page_of(case.id)).into()),
        cells: vec![
            Cell::Words(desk.unit_name(case.unit).into()),
            Cell::Words(matter::state(desk, case).into()),
            Cell::Words(matter::when(lang, case, desk.today()).into()),
        ],
    };
    Table {
        caption: words::NAV_ACCUSATIONS.get(lang).into(),
        head: [words::CODE, words::UNIT, words::STATE, words::WHEN].map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: shown.iter().map(row).collect(),
    }
}

/// The accusation of the address.
async fn find(desk: &Desk) -> Result<Case, Stop> {
    let case = stored(desk).await?;
    let is_theirs = Scopes::of(desk).reader(desk).investigates(&case.listed, desk.directory(), desk.today());
    if is_theirs { Ok(case) } else { Err(Stop::NotFound) }
}

/// `GET /quan-tri/to-cao/{ma}`.
async fn show(desk: Desk) -> Answer {
    let case = find(&desk).await?;
    Ok(desk.page(title(&desk, &case), &body(&desk, &case, &[])))
}

fn title(desk: &Desk, case: &Case) -> String {
    words::accusation(desk.lang, &CaseCode::of(case.listed.id).to_string())
}

fn body(desk: &Desk, case: &Case, problems: &[String]) -> Markup {
    let lang = desk.lang;
    let listed = &case.listed;
    let when = if listed.ended.is_some() { words::ENDED } else { words::WAITED };
    let known: [(Say, Markup); 3] = [
        (words::UNIT, html! { (desk.unit_name(listed.unit)) }),
        (words::STATE, html! { strong { (matter::state(desk, listed)) } }),
        (when, html! { (matter::when(lang, listed, desk.today())) }),
    ];
    let known = known.map(|(name, what)| (Wording::from(name.get(lang)), what));
    let to = |act: &str| desk.to(&format!("{}/{act}", page_of(listed.id)));
    html! {
        p { a href=(desk.to(PAGE)) { (words::ALL_ACCUSATIONS.get(lang)) } }
        h1 { (title(desk, case)) }
        (matter::refused(lang, problems))
        h2 { (words::COMMENT.get(lang)) }
        @match &case.comment {
            Some(text) => blockquote.said { p { (matter::lines(text)) } },
            None => p.note { (words::ERASED.get(lang)) },
        }
        (facts(&known))
        p { strong { (words::RULE.get(lang)) } }
        @if listed.state == CaseState::New {
            p { (words::TAKE_OVER_NOTE.get(lang)) }
            (button(&to("nhan"), &desk.hidden(), words::TAKE_OVER.get(lang), false))
            p { (words::GIVE_BACK_NOTE.get(lang)) }
            (button(&to("tra-ve"), &desk.hidden(), words::GIVE_BACK.get(lang), true))
        }
    }
}

/// `POST /quan-tri/to-cao/{ma}/nhan`.
async fn take_over(desk: Desk) -> Answer {
    let case = find(&desk).await?;
    finish(&desk, &case, Act::TakeOver).await
}

/// `POST /quan-tri/to-cao/{ma}/tra-ve`.
async fn give_back(desk: Desk) -> Answer {
    let case = find(&desk).await?;
    finish(&desk, &case, Act::GiveBack).await
}

async fn finish(desk: &Desk, case: &Case, act: Act<'_>) -> Answer {
    let scopes = Scopes::of(desk);
    match perform(desk.db(), &house(desk), &scopes.reader(desk), case.listed.id, act).await {
        Ok(()) if matches!(act, Act::GiveBack) => Ok(desk.done(PAGE, Done::Saved)),
        Ok(()) => Ok(desk.done(&page_of(case.listed.id), Done::Saved)),
        Err(NotDone::Fault(fault)) => Err(Stop::Fault(fault)),
        Err(NotDone::Refused(refusals)) => {
            let problems: Vec<String> = refusals.iter().map(|refusal| refusal.say(desk.lang)).collect();
            Ok(desk.refused(title(desk, case), &body(desk, case, &problems)))
        }
    }
}
