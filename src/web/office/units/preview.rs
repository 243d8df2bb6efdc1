//! What a merger or a split would do, shown before it is done.

use maud::{Markup, html};

use super::page_of;
use crate::record::{hex, sha256};
use crate::registry::units::Preview;
use crate::text::office::units as words;
use crate::text::{Say, date};
use crate::web::office::desk::Desk;
use crate::web::office::guard::TOKEN_FIELD;
use crate::web::view::Hidden;
use crate::web::view::office::button;
use crate::words::Day;

/// What was shown when the person confirmed it.
const SEEN: &str = "da_xem";
/// Back to the form.
const EDIT: &str = "sua";

/// What the person wants with the form they sent.
pub(super) enum Wish {
    /// See what it would do.
    Look,
    /// Do what they saw.
    Confirm,
    /// Change what they entered.
    Edit,
}

/// What the person wants.
pub(super) fn wish(desk: &Desk) -> Wish {
    match (desk.fields.get(EDIT), desk.fields.get(SEEN)) {
        ("", "") => Wish::Look,
        ("", _) => Wish::Confirm,
        _ => Wish::Edit,
    }
}

/// Whether what the person saw is what would be done now.
pub(super) fn is_seen(desk: &Desk, preview: &Preview) -> bool {
    desk.fields.get(SEEN) == mark(preview)
}

/// Names a preview: another one has another name.
fn mark(preview: &Preview) -> String {
    hex(&sha256(&[format!("{preview:?}").as_bytes()]))
}

/// What was entered, to be sent once more.
fn entered(desk: &Desk, name: &'static str, value: String) -> Vec<Hidden> {
    let kept = desk.fields.iter().filter(|(name, _)| ![TOKEN_FIELD, SEEN, EDIT].contains(name));
    let kept = kept.map(|(name, value)| Hidden { name: name.to_owned().into(), value: value.to_owned().into() });
    desk.hidden().into_iter().chain(kept).chain([Hidden { name: name.into(), value: value.into() }]).collect()
}

/// The page.
pub(super) fn page(desk: &Desk, action: &str, title: Say, preview: &Preview, from: Day) -> Markup {
    let lang = desk.lang;
    let action = desk.to(action);
    html! {
        h1 { (words::PREVIEW_TITLE.get(lang)) ": " (title.get(lang)) }
        @if matches!(wish(desk), Wish::Confirm) { div.summary role="alert" { p { (words::PREVIEW_AGAIN.get(lang)) } } }
        p { (words::PREVIEW_LEAD.get(lang)) }
        h2 { (words::ENDS.get(lang)) }
        ul {
            @for unit in &preview.ends {
                li { (words::last_day(lang, &name(&unit.name, &unit.code), unit.valid_to.unwrap_or(from.plus(-1)))) }
            }
        }
        @if !preview.begins.is_empty() {
            h2 { (words::BEGINS.get(lang)) }
            ul {
                @for unit in &preview.begins {
                    li { (words::first_day(lang, &name(&unit.name, &unit.code), unit.valid_from)) " (" (words::kind(lang, unit.kind)) ")" }
                }
            }
        }
        h2 { (words::TAKE_OVER.get(lang)) " – " (date::short(lang, from)) }
        ul { @for name in takers(desk, preview) { li { (name) } } }
        h2 { (words::OLD_QR.get(lang)) }
        (codes(desk, preview))
        p { (words::FIGURES_STAY.get(lang)) }
        (button(&action, &entered(desk, SEEN, mark(preview)), words::CONFIRM.get(lang), true))
        (button(&action, &entered(desk, EDIT, "1".to_owned()), words::EDIT.get(lang), false))
    }
}

fn name(name: &str, code: &str) -> String {
    format!("{name} ({code})")
}

/// Those that take over, by their names.
fn takers(desk: &Desk, preview: &Preview) -> Vec<String> {
    let named = |code: &String| {
        let new = preview.begins.iter().find(|unit| unit.code == *code);
        let unit = new.or_else(|| desk.unit(code).ok());
        unit.map_or_else(|| code.clone(), |unit| name(&unit.name, &unit.code))
    };
    preview.successors.iter().map(named).collect()
}

fn codes(desk: &Desk, preview: &Preview) -> Markup {
    let lang = desk.lang;
    let to = takers(desk, preview).join(", ");
    let count = |points: &[String]| u64::try_from(points.len()).unwrap_or(u64::MAX);
    let list = |points: &[String], sentence: String| {
        html! { details { summary { (sentence) } p { (points.join(", ")) } } }
    };
    html! {
        @if preview.moves.is_empty() && preview.stays.is_empty() { p { (words::NO_OPEN_POINTS.get(lang)) } }
        @if !preview.moves.is_empty() { (list(&preview.moves, words::points_move(lang, count(&preview.moves), &to))) }
        @if !preview.stays.is_empty() { (list(&preview.stays, words::points_stay(lang, count(&preview.stays), &to))) }
    }
}

/// Where the act leads: the page of the first unit that takes over.
pub(super) fn target(preview: &Preview) -> String {
    preview.successors.first().map_or_else(|| super::LIST.to_owned(), |code| page_of(code))
}
