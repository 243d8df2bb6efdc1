//! `/quan-tri/nhat-ky`: what staff did, as a chain anyone can check; and the same as a file.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use anyhow::Context;
use maud::{Markup, html};

use super::desk::{Answer, Desk};
use super::units::list::language_kept;
use crate::record::StaffEntry;
use crate::staff::ChainFault;
use crate::staff::log::{self, Verdict};
use crate::store::staff_log;
use crate::text::office::{self as common, log as words};
use crate::text::{Say, date};
use crate::web::view::Wording;
use crate::web::view::finder::finder;
use crate::web::view::office::{Field, Input, button};
use crate::web::view::table::{Cell, Row, Table};
use crate::words::Right;

/// Lines on a page.
const LINES: u16 = 100;
/// Longest filter.
const LONGEST_FILTER: usize = 100;

/// `GET /quan-tri/nhat-ky`.
pub(super) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let filter: String = desk.asked("tim").chars().take(LONGEST_FILTER).collect();
    let before = desk.asked("truoc").parse().ok();
    let lines = staff_log::page(desk.db().reader(), desk.province(), before, &filter, LINES).await?;
    let verdict =
        if desk.asked("kiem").is_empty() { None } else { Some(log::verify(desk.db(), desk.province(), None).await?) };
    let older = lines.last().filter(|_| lines.len() == usize::from(LINES)).map(|line| line.seq);
    let wanted = Field::new("tim", words::FILTER.get(lang), Input::Text).value(filter.clone());
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        @if let Some(verdict) = verdict { (told(&desk, &verdict)) }
        @else { p { a href=(desk.to("/quan-tri/nhat-ky?kiem=1")) { (words::CHECK.get(lang)) } } }
        @if desk.may(Right::ExportLog) { (button(&desk.to("/quan-tri/nhat-ky/tai-ve"), &desk.hidden(), words::EXPORT.get(lang), false)) }
        (finder("/quan-tri/nhat-ky", &language_kept(lang), &[wanted], common::SEARCH.get(lang)))
        @if lines.is_empty() { p { (words::NOTHING.get(lang)) } } @else { (table(&desk, &lines)) }
        p.links {
            @if before.is_some() { a href=(desk.to("/quan-tri/nhat-ky")) { (words::NEWEST.get(lang)) } " " }
            @if let Some(older) = older { a href=(desk.to(&format!("/quan-tri/nhat-ky?truoc={older}&tim={}", percent(&filter)))) { (words::OLDER.get(lang)) } }
        }
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn told(desk: &Desk, verdict: &Verdict) -> Markup {
    let lang = desk.lang;
    let number = |seq: i32| u64::try_from(seq).unwrap_or(0);
    html! {
        @match verdict.broken {
            None => p.note.done role="status" { (words::whole(lang, number(verdict.good.seq))) },
            Some(broken) => div.summary role="alert" {
                p { strong { (words::BROKEN.get(lang)) } " " (words::broken_at(lang, number(broken.seq), fault(broken.fault).get(lang))) }
            },
        }
        p { (words::HEAD.get(lang)) br; code { (verdict.good) } }
    }
}

const fn fault(of: ChainFault) -> Say {
    match of {
        ChainFault::Altered => words::FAULT_ALTERED,
        ChainFault::Broken => words::FAULT_LOOSE,
        ChainFault::Missing => words::FAULT_MISSING,
        ChainFault::Repeated => words::FAULT_REPEATED,
        ChainFault::Cut => words::FAULT_CUT,
        ChainFault::Beyond => words::FAULT_BEYOND,
        ChainFault::OtherHead => words::FAULT_OTHER,
    }
}

fn table(desk: &Desk, lines: &[StaffEntry]) -> Markup {
    let lang = desk.lang;
    let rows = lines.iter().map(|line| {
        let actor: Wording =
            if line.actor == "cli" { words::COMMAND_LINE.get(lang).into() } else { line.actor.clone().into() };
        Row {
            name: line.seq.to_string().into(),
            href: None,
            cells: vec![
                Cell::Words(date::moment(lang, line.at).into()),
                Cell::Words(actor),
                Cell::Words(words::act(lang, &line.act).into()),
                Cell::Words(line.object.clone().into()),
            ],
        }
    });
    let head = [words::NUMBER, words::AT, words::ACTOR, words::ACT, words::OBJECT];
    let table = Table {
        caption: words::TITLE.get(lang).into(),
        head: head.iter().map(|name| name.get(lang).into()).collect(),
        rows: rows.collect(),
    };
    table.render()
}

/// `POST /quan-tri/nhat-ky/tai-ve`. Taking the log away is in the log.
pub(super) async fn export(desk: Desk) -> Answer {
    let tx = desk.db().begin().await.context("while taking the turn to write")?;
    let who = &desk.signed.person.email;
    staff_log::append(&tx, desk.province(), desk.now, who, "export log", who).await?;
    tx.commit().await.context("while committing")?;
    let mut bytes = Vec::new();
    log::export_csv(desk.db(), desk.province(), &mut bytes).await?;
    let name = format!("attachment; filename=\"nhat-ky-{}.csv\"", desk.today().iso());
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(bytes))
}
