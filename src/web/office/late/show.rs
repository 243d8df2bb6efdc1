//! `GET /quan-tri/qua-han/{so}`: the facts, the draft, and noting that it has left.

use maud::{Markup, html};

use super::list::{apology, late_by, returned};
use super::{PAGE, act, draft};
use crate::late::{self, LateDossier};
use crate::text::date;
use crate::text::office::late as words;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::faults::Faults;
use crate::web::view::Wording;
use crate::web::view::office::facts;

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let dossier = super::dossier(&desk).await?;
    let main = body(&desk, &dossier, &Faults::default(), &Faults::default()).await?;
    Ok(desk.page(title(&desk, &dossier), &main))
}

/// The title: the number, as long as it is there.
pub(super) fn title(desk: &Desk, dossier: &LateDossier) -> String {
    dossier.number.clone().unwrap_or_else(|| words::ERASED.get(desk.lang).to_owned())
}

/// The page with what is wrong with one of its two forms.
pub(super) async fn body(
    desk: &Desk,
    dossier: &LateDossier,
    in_draft: &Faults,
    in_note: &Faults,
) -> Result<Markup, Stop> {
    let lang = desk.lang;
    let names = late::procedure_names(desk.db(), desk.province(), std::slice::from_ref(dossier)).await?;
    let procedure = names.get(&dossier.procedure).map_or(words::NO_PROCEDURE.get(lang), String::as_str);
    Ok(html! {
        p { a href=(desk.to(PAGE)) { (words::BACK.get(lang)) } }
        h1 { (title(desk, dossier)) }
        (known(desk, dossier, procedure))
        @if dossier.sent.is_some() { p.note { (words::IS_SENT.get(lang)) ": " (apology(lang, dossier)) "." } }
        @else if dossier.number.is_none() { p.note { (words::FORGOTTEN.get(lang)) } }
        @else {
            h2 { (words::DRAFT.get(lang)) }
            p { (words::DRAFT_LEAD.get(lang)) " " (words::NEVER_SENT.get(lang)) }
            (draft::form(desk, dossier, in_draft).render())
            h2 { (words::SEND.get(lang)) }
            p { (words::SEND_LEAD.get(lang)) }
            (act::form(desk, dossier, in_note).render())
        }
    })
}

fn known(desk: &Desk, dossier: &LateDossier, procedure: &str) -> Markup {
    let lang = desk.lang;
    let fact = |say: crate::text::Say, text: String| (Wording::from(say.get(lang)), html! { (text) });
    let mut all = vec![
        fact(words::OWING, desk.unit_name(dossier.unit)),
        fact(words::RECEIVING, receiving(desk, dossier)),
        fact(words::PROCEDURE, procedure.to_owned()),
        fact(words::RECEIVED, date::short(lang, dossier.received)),
        fact(words::DUE, date::short(lang, dossier.due)),
        fact(words::RETURNED, returned(lang, dossier)),
        fact(words::LATE_BY, late_by(desk, dossier)),
        fact(words::APOLOGY, apology(lang, dossier)),
    ];
    all.extend(dossier.new_due.map(|day| fact(words::NEW_DUE, date::short(lang, day))));
    facts(&all)
}

/// The name of the receiving unit.
pub(super) fn receiving(desk: &Desk, dossier: &LateDossier) -> String {
    let unit = desk.directory().receiving_unit(dossier.point, desk.today());
    unit.map(|unit| desk.unit_name(unit)).unwrap_or_default()
}
