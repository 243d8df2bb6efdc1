//! `GET /quan-tri/phan-anh/{ma}`: one case, and what the person may do about it.

use maud::{Markup, html};

use super::act::{ANSWER, CLASS, TASK, UNIT};
use super::{PAGE, Scopes, find, matter, page_of};
use crate::cases::Sight;
use crate::cases::deadlines::Deadlines;
use crate::record::CaseCode;
use crate::store::cases::Case;
use crate::text::office as common;
use crate::text::office::cases as words;
use crate::text::{Say, cases as case_words, date};
use crate::web::office::desk::{Answer, Desk};
use crate::web::office::faults::{Faults, choices};
use crate::web::view::Wording;
use crate::web::view::office::{Input, button, facts};
use crate::words::{CaseClass, CaseState};

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let scopes = Scopes::of(&desk);
    let (case, sight) = find(&desk, &scopes).await?;
    let main = body(&desk, &scopes, (&case, sight), &Faults::default(), Open::Nothing, &[]);
    Ok(desk.page(title(&desk, &case), &main))
}

/// Which form came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    Nothing,
    Assign,
    Answer,
}

/// Its title.
pub(super) fn title(desk: &Desk, case: &Case) -> String {
    words::case_title(desk.lang, &CaseCode::of(case.listed.id).to_string())
}

/// The page, with what is wrong with a form of it.
pub(super) fn body(
    desk: &Desk,
    scopes: &Scopes,
    (case, sight): (&Case, Sight),
    faults: &Faults,
    open: Open,
    problems: &[String],
) -> Markup {
    let lang = desk.lang;
    let listed = &case.listed;
    let (directory, today) = (desk.directory(), desk.today());
    let reader = scopes.reader(desk);
    let is_open = matches!(listed.state, CaseState::New | CaseState::InWork);
    let directs = is_open && reader.directs(listed, directory, today);
    let answers = reader.answers(listed, directory, today);
    html! {
        p { a href=(desk.to(PAGE)) { (words::ALL_CASES.get(lang)) } }
        h1 { (title(desk, case)) }
        (matter::refused(lang, problems))
        @if sight == Sight::Comment {
            h2 { (words::COMMENT.get(lang)) }
            @match &case.comment {
                Some(text) => blockquote.said { p { (matter::lines(text)) } },
                None => p.note { (words::ERASED.get(lang)) },
            }
        }
        (facts(&known(desk, case, sight)))
        @if answers { (answer_form(desk, case, faults, open)) }
        @if directs { (assign_form(desk, case, faults, open)) (other_acts(desk, case)) }
        @if is_open { p.h { (words::ONLY_WORKING_DAYS.get(lang)) } }
    }
}

/// What is known of the case; who is told the task alone is not told the day of the form.
fn known(desk: &Desk, case: &Case, sight: Sight) -> Vec<(Wording, Markup)> {
    let (lang, listed) = (desk.lang, &case.listed);
    let mut known: Vec<(Say, Markup)> = vec![
        (words::UNIT, html! { (desk.unit_name(listed.unit)) }),
        (words::STATE, html! { strong { (matter::state(desk, listed)) } }),
    ];
    if listed.state == CaseState::New && sight == Sight::Comment {
        let days = matter::days_between(listed.day, desk.today());
        known.push((words::WAITED, html! { (words::waited(lang, days)) }));
    }
    known.extend(listed.class.map(|class| (words::CLASS, html! { (case_words::class(class).get(lang)) })));
    known.extend(listed.assigned.map(|unit| (words::CHARGED, html! { (desk.unit_name(unit)) })));
    known.extend(case.task.as_ref().map(|task| (words::TASK, matter::lines(task))));
    if let Some(released) = listed.released {
        known.push((words::RELEASED, html! { (date::short(lang, released)) }));
        if listed.state == CaseState::InWork {
            let Deadlines { refuse, close, answer } = Deadlines::of(released);
            if sight == Sight::Comment {
                known.push((words::REFUSE_BY, html! { (date::short(lang, refuse)) }));
                known.push((words::CLOSE_BY, html! { (date::short(lang, close)) }));
            }
            known.push((words::ANSWER_BY, html! { strong { (date::short(lang, listed.due.unwrap_or(answer))) } }));
        }
    }
    known.extend(case.answer.as_ref().map(|text| (words::REPLY, matter::lines(text))));
    known.extend(listed.ended.map(|day| (words::ENDED, html! { (date::short(lang, day)) })));
    known.into_iter().map(|(name, what)| (name.get(lang).into(), what)).collect()
}

fn assign_form(desk: &Desk, case: &Case, faults: &Faults, open: Open) -> Markup {
    let lang = desk.lang;
    let none = Faults::default();
    let faults = if open == Open::Assign { faults } else { &none };
    let is_new = case.listed.state == CaseState::New;
    let title = if is_new { words::ASSIGN } else { words::ASSIGN_AGAIN };
    let classes = CaseClass::ALL.iter().map(|class| (class.word(), case_words::class(*class).get(lang)));
    let class = case.listed.class.map_or("", CaseClass::word);
    let unit = desk.directory().unit_on(case.listed.assigned.unwrap_or(case.listed.unit), desk.today());
    let unit = unit.map_or("", |unit| unit.code.as_str());
    let fields = vec![
        faults.field(desk, CLASS, words::CLASS, Input::Radios(choices(None, classes)), class),
        faults.field(desk, UNIT, words::ASSIGN_UNIT, Input::Text, unit),
        faults
            .field(desk, TASK, words::TASK, Input::Area, case.task.as_deref().unwrap_or_default())
            .hint(words::TASK_HINT.get(lang)),
    ];
    let form = faults.form(desk, &format!("{}/giao", page_of(case.listed.id)), fields, title);
    html! {
        details open[is_new || open == Open::Assign] { summary { (title.get(lang)) } (form.render()) }
    }
}

fn answer_form(desk: &Desk, case: &Case, faults: &Faults, open: Open) -> Markup {
    let lang = desk.lang;
    let none = Faults::default();
    let faults = if open == Open::Answer { faults } else { &none };
    let field = faults.field(desk, ANSWER, words::ANSWER, Input::Area, "").hint(words::ANSWER_HINT.get(lang));
    let action = format!("{}/tra-loi", page_of(case.listed.id));
    html! {
        h2 { (words::ANSWER.get(lang)) }
        (faults.form(desk, &action, vec![field], words::ANSWER_BUTTON).render())
    }
}

fn other_acts(desk: &Desk, case: &Case) -> Markup {
    let lang = desk.lang;
    let to = |act: &str| desk.to(&format!("{}/{act}", page_of(case.listed.id)));
    let last = case.listed.released.map(|released| Deadlines::of(released).close);
    let may_close = last.is_none_or(|last| desk.today() <= last);
    html! {
        details {
            summary { (words::ELSEWHERE.get(lang)) }
            p { (words::RULE.get(lang)) " " (words::PASS_ON_NOTE.get(lang)) }
            (button(&to("chuyen"), &desk.hidden(), words::PASS_ON.get(lang), true))
            @if may_close {
                p { (words::CLOSE_NOTE.get(lang)) }
                (button(&to("ket-thuc"), &desk.hidden(), words::CLOSE.get(lang), true))
            }
            p { a href=(desk.to(PAGE)) { (common::BACK.get(lang)) } }
        }
    }
}
