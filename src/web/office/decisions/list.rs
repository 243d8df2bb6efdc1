//! `GET /quan-tri/duyet`.

use maud::html;

use super::{PAGE, is_in_scope, matter, page_of, state};
use crate::decisions::{self, Subject};
use crate::text::office::decisions as words;
use crate::text::{date, decision as decision_words};
use crate::web::office::desk::{Answer, Desk};
use crate::words::Right;

/// Proposals on a page.
const MOST: usize = 200;

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let all = decisions::list(desk.db().reader(), desk.province()).await?;
    let seen: Vec<_> = all.iter().filter(|decision| is_in_scope(&desk, decision)).take(MOST).collect();
    let rows = seen
        .iter()
        .map(|decision| {
            let id = u64::try_from(decision.id.0).unwrap_or(0);
            Ok(html! {
                li {
                    span {
                        a href=(desk.to(&page_of(decision.id))) { (words::number(lang, id)) } ": "
                        (decision_words::kind(decision.kind).get(lang)) ". " (matter::line(&desk, &Subject::of(decision)?)) ". "
                        (words::PROPOSED_AT.get(lang)) " " (date::moment(lang, decision.proposed_at)) "."
                    }
                    strong { (state(&desk, decision).get(lang)) }
                }
            })
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        @if desk.may(Right::Propose) {
            p {
                a.button href=(desk.to(&format!("{PAGE}/chuyen-phieu"))) { (words::PROPOSE_TITLE.get(lang)) } " "
                a.button href=(desk.to(&format!("{PAGE}/loai-phieu"))) { (words::EXCLUDE_TITLE.get(lang)) } " "
                a.button href=(desk.to(&format!("{PAGE}/tinh-lai"))) { (words::TICKETS_TITLE.get(lang)) }
            }
        }
        @if rows.is_empty() { p { (words::NOTHING.get(lang)) } }
        ul.rows { @for row in rows { (row) } }
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}
