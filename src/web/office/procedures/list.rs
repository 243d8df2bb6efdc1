//! The list of fields and procedures.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::PAGE;
use crate::registry::procedures::{self, Procedure};
use crate::text::number::count;
use crate::text::office::procedures as words;
use crate::text::search::sort_key;
use crate::web::office::browse::Browse;
use crate::web::office::desk::{Answer, Desk};
use crate::web::view::Wording;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{FieldId, Right};

/// `GET /quan-tri/thu-tuc`.
pub(super) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let mut all = procedures::all(desk.db(), desk.province()).await?;
    let fields = fields(&desk, &all);
    let browse = Browse::of(&desk);
    let of = |procedure: &Procedure| desk.directory().field_name(procedure.field).unwrap_or_default().to_owned();
    all.retain(|procedure| {
        let text = || format!("{} {} {}", procedure.code, procedure.name, of(procedure));
        !browse.searches() || browse.wanted.is_in(&text())
    });
    all.sort_by_cached_key(|procedure| (sort_key(&procedure.name), procedure.code.clone()));
    let changes = desk.may(Right::ChangeProcedures);
    let row = |procedure: &Procedure| Row {
        name: procedure.name.clone().into(),
        href: changes.then(|| desk.to(&format!("{PAGE}/ma/{}", procedure.code)).into()),
        cells: vec![Cell::Words(procedure.code.clone().into()), Cell::Words(name_of(&desk, procedure.field))],
    };
    let table = Table {
        caption: words::PROCEDURES.get(lang).into(),
        head: [words::NAME, words::CODE, words::FIELD].map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: browse.slice(&all).iter().map(row).collect(),
    };
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        @if changes { p {
            a.button href=(desk.to("/quan-tri/thu-tuc/them")) { (words::ADD.get(lang)) } " "
            a href=(desk.to("/quan-tri/nhap/thu-tuc")) { (words::UPLOAD.get(lang)) }
        } }
        (fields)
        h2 { (words::PROCEDURES.get(lang)) }
        (browse.search(&desk, words::SEARCH))
        @if all.is_empty() { (browse.nothing(lang, words::EMPTY)) } @else { (table.render()) }
        (browse.pages(&desk, all.len()))
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

fn name_of(desk: &Desk, field: FieldId) -> Wording {
    match desk.directory().field_name(field) {
        Some(name) => name.to_owned().into(),
        None => words::NO_FIELD.get(desk.lang).into(),
    }
}

/// The fields with how many procedures each has.
fn fields(desk: &Desk, all: &[Procedure]) -> Markup {
    let lang = desk.lang;
    let mut numbers: BTreeMap<FieldId, u64> = BTreeMap::new();
    for procedure in all {
        *numbers.entry(procedure.field).or_default() += 1;
    }
    let mut fields: Vec<(FieldId, &str)> = desk.directory().fields().collect();
    fields.sort_by_cached_key(|(_, name)| sort_key(name));
    let changes = desk.may(Right::ChangeProcedures);
    let row = |(field, name): &(FieldId, &str)| Row {
        name: (*name).to_owned().into(),
        href: changes.then(|| desk.to(&format!("{PAGE}/linh-vuc/{field}")).into()),
        cells: vec![Cell::Number(count(lang, numbers.get(field).copied().unwrap_or(0)).into())],
    };
    let table = Table {
        caption: words::FIELDS.get(lang).into(),
        head: [words::FIELD, words::NUMBER].map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: fields.iter().map(row).collect(),
    };
    html! {
        h2 { (words::FIELDS.get(lang)) }
        @if fields.is_empty() { p.note { (words::NO_FIELDS.get(lang)) } } @else { (table.render()) }
    }
}
