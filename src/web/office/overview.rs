//! `/quan-tri`: who one is here, and where to go.

use maud::html;

use super::desk::{Answer, Desk};
use super::figures;
use super::frame::MENU;
use super::to_do;
use crate::text::office::{self as common, account as words, uploads};
use crate::words::Right;

/// `GET /quan-tri`.
pub(super) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let name = desk.signed.person.name.as_str();
    let reads = desk.scope_of(Right::Read);
    let (units, points) = desk.counts(reads.as_ref());
    let pages = MENU.iter().filter(|(path, _, right)| path.starts_with("/quan-tri/") && desk.may(*right));
    let imports =
        [Right::ChangeUnits, Right::ChangePoints, Right::ChangeProcedures, Right::ChangeTargets, Right::ChangeVolumes];
    let imports = imports.iter().any(|right| desk.may(*right));
    let to_do = to_do::to_do(&desk).await?;
    let summary = figures::summary(&desk).await?;
    let main = html! {
        h1 { (words::greeting(lang, name)) }
        @if desk.signed.grants.is_empty() { p.note { (words::NO_ROLE.get(lang)) } }
        ul.plain-list { @for grant in &desk.signed.grants { li { (common::role(lang, grant.role)) " · " (desk.scope_name(grant.unit)) } } }
        @if reads.is_some() { p { (words::counts(lang, units, points)) } }
        @if desk.may(Right::ChangeUnits) && units == 0 { p.note { (words::NO_UNITS_YET.get(lang)) } }
        @if imports { p { a.button href=(desk.to("/quan-tri/nhap")) { (uploads::TITLE.get(lang)) } } }
        (to_do)
        @if desk.may(Right::ReadFigures) { h2 { (common::figures::TITLE.get(lang)) } (summary) }
        h2 { (words::SET_UP.get(lang)) }
        ul.pages { @for (path, label, _) in pages { li { a href=(desk.to(path)) { (label.get(lang)) } } } }
    };
    Ok(desk.page(common::NAV_OVERVIEW.get(lang), &main))
}
