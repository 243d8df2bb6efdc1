//! Pages that stand between a person and what they asked for: a code again, signed out, not allowed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::desk::Desk;
use super::frame;
use super::guard::{CODE_FIELD, TOKEN_FIELD};
use crate::registry::Snapshot;
use crate::text::{Say, office as words};
use crate::web::language;
use crate::web::view::notice::{Action, Notice, Tone, notice};
use crate::web::view::office::{Field, Input, OfficeForm};
use crate::web::view::{Hidden, Link};
use crate::words::Lang;

/// Asks for a one-time code; whatever was sent goes along unseen and is not lost.
pub(super) fn page(desk: &Desk, wrong: Option<String>) -> HttpResponse {
    let lang = desk.lang;
    let kept = desk.fields.iter().filter(|(name, _)| *name != CODE_FIELD && *name != TOKEN_FIELD);
    let kept = kept.map(|(name, value)| Hidden { name: name.to_owned().into(), value: value.to_owned().into() });
    let form = OfficeForm {
        action: language::address(desk.path(), lang).into(),
        hidden: desk.hidden().into_iter().chain(kept).collect(),
        fields: vec![
            Field::new(CODE_FIELD, words::CODE.get(lang), Input::Code)
                .hint(words::CODE_HINT.get(lang))
                .error(wrong.map(Into::into)),
        ],
        button: words::CONTINUE.get(lang).into(),
        errors: words::ERRORS.get(lang).into(),
        ..OfficeForm::default()
    };
    let main = html! {
        h1 { (words::STEP_UP_TITLE.get(lang)) }
        p { (words::STEP_UP.get(lang)) }
        (form.render())
    };
    let title = words::STEP_UP_TITLE.get(lang);
    if form.is_refused() { desk.refused(title, &main) } else { desk.page(title, &main) }
}

/// A page of one message, with the way to the office.
pub(super) fn say(snapshot: Option<&Snapshot>, lang: Lang, status: StatusCode, title: Say, text: Say) -> HttpResponse {
    let label = if status == StatusCode::UNAUTHORIZED { words::sign_in::TITLE } else { words::NAV_OVERVIEW };
    let action =
        Action::Link(Link { label: label.get(lang).into(), href: language::address(words::OFFICE_PAGE, lang).into() });
    let main = message(Tone::Refused, title.get(lang), vec![text.get(lang)], vec![action]);
    frame::outside(snapshot, lang, title.get(lang).into(), status, &main, "")
}

/// A message as the main part of a page.
pub(super) fn message(tone: Tone, title: &'static str, texts: Vec<&'static str>, actions: Vec<Action>) -> Markup {
    notice(&Notice {
        tone,
        title: title.into(),
        paragraphs: texts.into_iter().map(Into::into).collect(),
        receipt: None,
        actions,
        folds: Vec::new(),
    })
}
