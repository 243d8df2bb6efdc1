//! `GET /quan-tri/cong-bo/{ten}/{ban}`: a version, and what the person may do about it.

use maud::{Markup, html};

use super::{find, name, page_of, records, state, title};
use crate::bundle::Publication;
use crate::publications;
use crate::store::publications::{PublicationState, StoredPublication};
use crate::text::date;
use crate::text::office::{self as common, publications as words};
use crate::text::publication as public;
use crate::web::language;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::view::Wording;
use crate::web::view::office::{Field, Input, OfficeForm, button, facts};
use crate::words::Right;

/// Fields of an approval.
pub(super) const DECISION: &str = "so_van_ban";
pub(super) const DECISION_DAY: &str = "ngay_van_ban";
pub(super) const RELEASE_DAY: &str = "cong_khai_ngay";
pub(super) const RELEASE_HOUR: &str = "cong_khai_gio";
pub(super) const DOCUMENT: &str = "tep";

/// The page.
pub(super) async fn show(desk: Desk) -> Answer {
    let of = find(&desk).await?;
    let main = body(&desk, &of, &[]).await?;
    Ok(desk.page(title(desk.lang, &of).to_owned(), &main))
}

/// The page with what stood against an act.
pub(super) async fn body(desk: &Desk, of: &StoredPublication, problems: &[String]) -> Result<Markup, Stop> {
    let lang = desk.lang;
    let contents = publications::contents(desk.db(), desk.province(), (&of.slug, of.version)).await?;
    let contents = contents.ok_or(Stop::NotFound)?;
    let content = Publication::read(&contents.canonical).map_err(anyhow::Error::from)?;
    let mut known: Vec<(Wording, Markup)> = vec![
        (words::COL_STATE.get(lang).into(), html! { strong { (state(of, desk.now).get(lang)) } }),
        (public::COL_VERSION.get(lang).into(), html! { (of.version) }),
        (words::SUBMITTED_BY.get(lang).into(), html! { (name(desk, of.submitter).await?) }),
        (words::SUBMITTED_AT.get(lang).into(), html! { (date::moment(lang, of.submitted_at)) }),
        (words::UNITS.get(lang).into(), html! { (content.units.len()) }),
        (words::HASH.get(lang).into(), html! { code { (content.hash()) } }),
    ];
    if let Some(reason) = &of.reason {
        known.push((words::REASON.get(lang).into(), html! { (reason) }));
    }
    if let (Some(decider), Some(at)) = (of.decider, of.decided_at) {
        known.push((words::DECIDED_BY.get(lang).into(), html! { (name(desk, decider).await?) }));
        known.push((words::DECIDED_AT.get(lang).into(), html! { (date::moment(lang, at)) }));
    }
    if let Some((number, day)) = &of.decision {
        known.push((words::DECISION.get(lang).into(), html! { (number) ", " (date::short(lang, *day)) }));
    }
    if let Some(at) = of.release_at {
        let waits = if of.is_public(desk.now) { "" } else { words::EMBARGO.get(lang) };
        known.push((public::COL_RELEASED.get(lang).into(), html! { (date::moment(lang, at)) " " (waits) }));
    }
    Ok(html! {
        h1 { (title(lang, of)) }
        @if !problems.is_empty() {
            div.summary role="alert" {
                p { strong { (words::NOT_DONE.get(lang)) } }
                ul { @for problem in problems { li { (problem) } } }
            }
        }
        (facts(&known))
        @if of.is_public(desk.now) {
            p { a href=(language::address(&format!("{}/{}/{}", public::PAGE, of.slug, of.version), lang)) { (words::PUBLIC_PAGE.get(lang)) } }
        }
        (acts(desk, of))
        @if of.state == PublicationState::Approved {
            (document(desk, of))
            (records::section(desk, of).await?)
        }
    })
}

fn acts(desk: &Desk, of: &StoredPublication) -> Markup {
    let lang = desk.lang;
    if of.state != PublicationState::Submitted {
        return html! {};
    }
    let is_own = of.submitter == desk.signed.person.staff;
    let to = |act: &str| desk.to(&format!("{}/{act}", page_of(&of.slug, of.version)));
    html! {
        @if is_own {
            p.note { (words::SECOND_PERSON.get(lang)) }
            @if desk.may(Right::PreparePublications) { (button(&to("rut"), &desk.hidden(), words::WITHDRAW.get(lang), true)) }
        }
        @if !is_own && desk.may(Right::ApprovePublications) {
            section {
                h2 { (words::APPROVE.get(lang)) }
                p.note { (words::FREEZE_NOTICE.get(lang)) }
                (approval(desk, &to("duyet")))
                (button(&to("khong-duyet"), &desk.hidden(), words::REFUSE.get(lang), true))
            }
        }
    }
}

fn approval(desk: &Desk, action: &str) -> Markup {
    let lang = desk.lang;
    let value = |name: &str| desk.fields.get(name).to_owned();
    let hours = (0..24).map(|hour| (format!("{hour:02}").into(), format!("{hour:02}:00").into())).collect();
    let form = OfficeForm {
        action: action.to_owned().into(),
        hidden: desk.hidden(),
        fields: vec![
            Field::new(DECISION, words::DECISION.get(lang), Input::Text)
                .hint(words::DECISION_HINT.get(lang))
                .value(value(DECISION)),
            Field::new(DECISION_DAY, words::DECISION_DAY.get(lang), Input::Date).value(value(DECISION_DAY)),
            Field::new(RELEASE_DAY, words::RELEASE_DAY.get(lang), Input::Date)
                .hint(words::RELEASE_HINT.get(lang))
                .optional(common::OPTIONAL.get(lang))
                .value(value(RELEASE_DAY)),
            Field::new(RELEASE_HOUR, words::RELEASE_HOUR.get(lang), Input::Select(hours)).value(value(RELEASE_HOUR)),
        ],
        button: words::APPROVE.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        ..OfficeForm::default()
    };
    form.render()
}

fn document(desk: &Desk, of: &StoredPublication) -> Markup {
    let lang = desk.lang;
    if of.has_document {
        return html! { p { (words::ATTACHED.get(lang)) } };
    }
    if !desk.may(Right::ApprovePublications) {
        return html! {};
    }
    let form = OfficeForm {
        action: desk.to(&format!("{}/van-ban", page_of(&of.slug, of.version))).into(),
        hidden: desk.hidden(),
        fields: vec![Field::new(DOCUMENT, words::ATTACH.get(lang), Input::File(".pdf"))],
        has_file: true,
        button: words::ATTACH_BUTTON.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        ..OfficeForm::default()
    };
    html! { section { (form.render()) } }
}
