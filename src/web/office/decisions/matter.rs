//! What is decided on, as people read it: in a line of the list, and on its own page.

use maud::{Markup, html};

use super::page_of;
use crate::decisions::{EditionFile, Subject};
use crate::registry::editions;
use crate::registry::exclusions::Exclusion;
use crate::registry::moves::Move;
use crate::store::decisions::StoredDecision;
use crate::text::date;
use crate::text::figure::level::{channel, level_short};
use crate::text::office::{WHOLE_PROVINCE, decisions as page};
use crate::web::office::desk::Desk;
use crate::web::office::questionnaires::{named, told};
use crate::web::view::Wording;
use crate::words::{DecisionState, PointId};

/// In one line.
pub(super) fn line(desk: &Desk, subject: &Subject) -> Markup {
    match subject {
        Subject::Move(moved) => points(desk, moved),
        Subject::Edition(file) => match file.edition() {
            Ok(edition) => html! { (named(desk.lang, edition.name())) " · " (edition.title().get(desk.lang)) },
            Err(_unsound) => html! { (file.name) },
        },
        Subject::Exclude(exclusion) => excluded(desk, exclusion),
        Subject::Restore(id) => {
            let known = desk.snapshot().exclusions.iter().find(|known| known.id == *id);
            html! {
                a href=(desk.to(&page_of(*id))) { (page::number(desk.lang, u64::try_from(id.0).unwrap_or(0))) }
                @if let Some(known) = known { ": " (excluded(desk, &known.exclusion)) }
            }
        }
        Subject::Tickets(of) => html! { (desk.unit_name(of.unit)) ", " (date::span(desk.lang, of.days())) },
    }
}

/// The point, level, channel and days of an exclusion.
fn excluded(desk: &Desk, exclusion: &Exclusion) -> Markup {
    let lang = desk.lang;
    html! {
        (point(desk, exclusion.point)) "; " (level_short(exclusion.level).get(lang)) "; "
        (exclusion.channel.map_or(page::ANY_CHANNEL, channel).get(lang)) "; " (date::span(lang, exclusion.days))
    }
}

/// A point by code, name and unit.
fn point(desk: &Desk, point: PointId) -> String {
    let known = desk.directory().point(point);
    let unit = desk.directory().receiving_unit(point, desk.today());
    let version = desk.directory().point_on(point, desk.today());
    let (code, name) = (known.map_or("", |(known, _)| known.code.as_str()), version.map_or("", |v| v.name.as_str()));
    format!("{code} · {name} · {}", unit.map(|unit| desk.unit_name(unit)).unwrap_or_default())
}

/// The points and days of a move.
fn points(desk: &Desk, moved: &Move) -> Markup {
    html! {
        (point(desk, moved.from)) " → " (point(desk, moved.to)) ", " (date::span(desk.lang, moved.days))
    }
}

/// On its page; what stands against it is told while it may still be decided.
pub(super) fn facts(desk: &Desk, decision: &StoredDecision, subject: &Subject) -> Vec<(Wording, Markup)> {
    let matter = (page::MATTER.get(desk.lang).into(), line(desk, subject));
    match subject {
        Subject::Move(_) | Subject::Restore(_) | Subject::Tickets(_) => vec![matter],
        Subject::Exclude(_) => [vec![matter], restored(desk, decision)].concat(),
        Subject::Edition(file) => [vec![matter], edition(desk, decision, file)].concat(),
    }
}

/// That an exclusion was taken back.
fn restored(desk: &Desk, decision: &StoredDecision) -> Vec<(Wording, Markup)> {
    let known = desk.snapshot().exclusions.iter().find(|known| known.id == decision.id);
    let day = known.and_then(|known| known.restored);
    day.map(|day| (page::RESTORED.get(desk.lang).into(), html! { (date::short(desk.lang, day)) })).into_iter().collect()
}

fn edition(desk: &Desk, decision: &StoredDecision, file: &EditionFile) -> Vec<(Wording, Markup)> {
    let lang = desk.lang;
    let mut known = vec![(page::FILE.get(lang).into(), html! { (file.name) })];
    if decision.state == DecisionState::Proposed {
        let looked = editions::look_at(&desk.snapshot().editions, file.toml.as_bytes());
        known.extend(looked.err().map(|refusal| (page::FAULTS.get(lang).into(), html! { (refusal.told(lang)) })));
    }
    known.extend(file.edition().map(|edition| told::facts(desk, &edition)).unwrap_or_default());
    known
}

/// What an approval does and cannot undo.
pub(super) fn effect(desk: &Desk, subject: &Subject) -> Markup {
    match subject {
        Subject::Move(_) | Subject::Restore(_) => html! { (page::APPROVE_NOTE.get(desk.lang)) },
        Subject::Exclude(_) => html! { (page::APPROVE_EXCLUSION_NOTE.get(desk.lang)) },
        Subject::Tickets(_) => html! { (page::APPROVE_TICKETS_NOTE.get(desk.lang)) },
        Subject::Edition(file) => html! {
            @if let Ok(edition) = file.edition() { (told::effect(desk, &edition)) " " }
            (page::APPROVE_EDITION_NOTE.get(desk.lang))
        },
    }
}

/// The units it is about.
pub(super) fn units(desk: &Desk, decision: &StoredDecision) -> (Wording, Markup) {
    let units: Vec<String> = decision.rated.iter().map(|unit| desk.unit_name(*unit)).collect();
    if units.is_empty() {
        return (page::SCOPE.get(desk.lang).into(), html! { (WHOLE_PROVINCE.get(desk.lang)) });
    }
    (page::UNITS.get(desk.lang).into(), html! { (units.join("; ")) })
}
