//! The list of targets, with what contradicts what on top.

use maud::{Markup, html};

use super::{PAGE, state, told, years};
use crate::index::{Contradiction, Target, TargetValue};
use crate::registry::targets::{self, Standing, StoredTarget};
use crate::text::office::targets as words;
use crate::text::search::sort_key;
use crate::text::site::{self, CitedTarget};
use crate::web::office::browse::Browse;
use crate::web::office::desk::{Answer, Desk};
use crate::web::results::target_list::level;
use crate::web::view::Wording;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::Right;

/// `GET /quan-tri/chi-tieu`.
pub(super) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let stored = targets::all(desk.db(), desk.province()).await?;
    let browse = Browse::of(&desk);
    let text = |of: &StoredTarget| {
        let unit = desk.directory().unit_on(of.target.unit, desk.today());
        let code = unit.map(|unit| unit.code.as_str()).unwrap_or_default();
        format!("{} {code} {} {}", desk.unit_name(of.target.unit), of.target.citation, of.target.issuer)
    };
    let mut shown: Vec<&StoredTarget> =
        stored.iter().filter(|of| !browse.searches() || browse.wanted.is_in(&text(of))).collect();
    shown.sort_by_cached_key(|of| {
        let standing = targets::standing(of, &stored, desk.today());
        (place(standing), sort_key(&desk.unit_name(of.target.unit)), -of.target.year_from, of.id)
    });
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        (contradictions(&desk, &stored))
        @if desk.may(Right::ChangeTargets) { p {
            a.button href=(desk.to("/quan-tri/chi-tieu/them")) { (words::ADD.get(lang)) } " "
            a href=(desk.to("/quan-tri/nhap/chi-tieu")) { (words::UPLOAD.get(lang)) }
        } }
        (browse.search(&desk, words::SEARCH))
        @if shown.is_empty() { (browse.nothing(lang, words::EMPTY)) }
        @else { (table(&desk, browse.slice(&shown), &stored).render()) }
        (browse.pages(&desk, shown.len()))
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

/// What holds stands before what comes, and both before what is over.
const fn place(standing: Standing) -> u8 {
    match standing {
        Standing::InForce => 0,
        Standing::ToCome => 1,
        Standing::Replaced => 2,
        Standing::Past => 3,
        Standing::Ended(_) => 4,
    }
}

fn table(desk: &Desk, shown: &[&StoredTarget], all: &[StoredTarget]) -> Table {
    let lang = desk.lang;
    let row = |of: &&StoredTarget| Row {
        name: desk.unit_name(of.target.unit).into(),
        href: Some(desk.to(&format!("{PAGE}/{}", of.id)).into()),
        cells: vec![
            Cell::Words(told(desk, of).into()),
            Cell::Words(years(lang, of).into()),
            Cell::Words(words::issued(lang, &of.target.citation, &of.target.issuer).into()),
            Cell::Words(state(lang, targets::standing(of, all, desk.today())).into()),
        ],
    };
    let head = [words::UNIT, words::TARGET, words::YEARS, words::CITATION, words::STATE];
    Table {
        caption: words::TITLE.get(lang).into(),
        head: head.map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: shown.iter().map(row).collect(),
    }
}

fn contradictions(desk: &Desk, stored: &[StoredTarget]) -> Markup {
    let lang = desk.lang;
    let found = targets::contradictions(stored, desk.today());
    html! {
        @if !found.is_empty() {
            section.note {
                h2 { (words::CONTRADICTIONS.get(lang)) }
                @for pair in &found { p { b { (desk.unit_name(pair.one.unit)) ". " } (conflict(desk, pair)) } }
            }
        }
    }
}

fn conflict(desk: &Desk, pair: &Contradiction<'_>) -> String {
    let lang = desk.lang;
    let share = |target: &Target| target.threshold.filter(|_| target.value == TargetValue::Percent);
    if let (Some(one), Some(other)) = (share(pair.one), share(pair.other)) {
        let cited = |value, target| CitedTarget { value, citation: citation_of(target) };
        return site::contradiction(lang, &[cited(one, pair.one), cited(other, pair.other)]);
    }
    let cited = |target: &Target| format!("{} – {}", level(lang, target), target.citation);
    format!("{} {}; {}.", site::TARGET_CONTRADICTORY_NOTE.get(lang), cited(pair.one), cited(pair.other))
}

fn citation_of(target: &Target) -> &str {
    target.citation.trim_end_matches('.')
}
