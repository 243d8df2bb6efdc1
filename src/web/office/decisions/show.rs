//! `GET /quan-tri/duyet/{so}`: one proposal, and what the person may do about it.

use maud::{Markup, html};

use super::{find, is_within, matter, name, page_of, state};
use crate::decisions::Subject;
use crate::store::decisions::StoredDecision;
use crate::text::office::decisions as words;
use crate::text::{date, decision as decision_words};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::view::Wording;
use crate::web::view::office::{button, facts};
use crate::words::{DecisionState, Right};

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let decision = find(&desk).await?;
    let main = body(&desk, &decision, &[]).await?;
    Ok(desk.page(title(&desk, &decision), &main))
}

/// Its title.
pub(super) fn title(desk: &Desk, decision: &StoredDecision) -> String {
    words::number(desk.lang, u64::try_from(decision.id.0).unwrap_or(0))
}

/// The page with what stood against an act.
pub(super) async fn body(desk: &Desk, decision: &StoredDecision, problems: &[String]) -> Result<Markup, Stop> {
    let lang = desk.lang;
    let subject = Subject::of(decision)?;
    let mut known = matter::facts(desk, decision, &subject);
    let more: [(Wording, Markup); 7] = [
        (words::REASON.get(lang).into(), html! { (decision_words::reason(decision.reason).get(lang)) }),
        (words::NOTE_GIVEN.get(lang).into(), html! { (decision.note) }),
        matter::units(desk, decision),
        (words::STATE.get(lang).into(), html! { strong { (state(desk, decision).get(lang)) } }),
        (words::PROPOSER.get(lang).into(), html! { (name(desk, decision.proposer).await?) }),
        (words::PROPOSED_AT.get(lang).into(), html! { (date::moment(lang, decision.proposed_at)) }),
        (words::EXPIRES.get(lang).into(), html! { (date::moment(lang, decision.expires_at)) }),
    ];
    known.extend(more);
    if let (Some(decider), Some(at)) = (decision.decider, decision.decided_at) {
        known.push((words::DECIDER.get(lang).into(), html! { (name(desk, decider).await?) }));
        known.push((words::DECIDED_AT.get(lang).into(), html! { (date::moment(lang, at)) }));
    }
    if let Some(line) = decision.log_seq {
        known.push((words::LOG_LINE.get(lang).into(), html! { (line) }));
    }
    Ok(html! {
        h1 { (title(desk, decision)) ": " (decision_words::kind(decision.kind).get(lang)) }
        @if !problems.is_empty() {
            div.summary role="alert" {
                p { strong { (words::NOT_DONE.get(lang)) } }
                ul { @for problem in problems { li { (problem) } } }
            }
        }
        (facts(&known))
        (acts(desk, decision, &subject))
    })
}

fn acts(desk: &Desk, decision: &StoredDecision, subject: &Subject) -> Markup {
    let lang = desk.lang;
    let is_open = decision.state == DecisionState::Proposed && !decision.has_expired(desk.now);
    let is_own = decision.proposer == desk.signed.person.staff;
    let may_decide = desk.scope_of(Right::Approve).is_some_and(|scope| is_within(desk, &scope, decision));
    let to = |act: &str| desk.to(&format!("{}/{act}", page_of(decision.id)));
    let act = |path: &str, label: &str, grave: bool| button(&to(path), &desk.hidden(), label, grave);
    let is_excluded = desk.snapshot().exclusions.iter().any(|known| known.id == decision.id && known.is_in_force());
    html! {
        @if is_excluded && desk.may(Right::Propose) {
            p { a.button href=(to("khoi-phuc")) { (words::RESTORE_TITLE.get(lang)) } }
        }
        @if is_open && is_own {
            p.note { (decision_words::second_person(decision.kind).get(lang)) }
            @if desk.may(Right::Propose) { (act("rut", words::WITHDRAW.get(lang), true)) }
        }
        @if is_open && !is_own && may_decide {
            p.note { (matter::effect(desk, subject)) }
            (act("phe-duyet", words::APPROVE.get(lang), false))
            (act("khong-duyet", words::REFUSE.get(lang), true))
        }
    }
}
