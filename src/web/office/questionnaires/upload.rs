//! A questionnaire that was uploaded: checked, tried, and proposed to somebody else.

use maud::{Markup, html};

use super::trial::KIND;
use super::{UPLOAD_PAGE, told};
use crate::decisions::{self, EditionProposal, NotDone, Refusal};
use crate::questionnaire::Edition;
use crate::registry::editions::{self, UploadRefusal};
use crate::staff::{self, Token};
use crate::store::uploads::Upload;
use crate::text::office::decisions::PROPOSE_BUTTON;
use crate::text::office::{self as common, questionnaires as words, uploads};
use crate::web::office::account::with;
use crate::web::office::decisions::{page_of, who};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::view::Wording;
use crate::web::view::office::{Field, Input, OfficeForm, button, facts};
use crate::web::view::table::{Cell, Row, Table};

/// Field of the file.
const FILE: &str = "tep";
/// The name of a checked file, in the form that proposes it.
const UPLOAD: &str = "so_tep";

/// `GET /quan-tri/phieu/tai-len`.
pub(super) async fn show(desk: Desk) -> Answer {
    let main = html! { h1 { (words::UPLOAD.get(desk.lang)) } (form(&desk, None)) };
    Ok(desk.page(words::UPLOAD.get(desk.lang), &main))
}

fn form(desk: &Desk, problem: Option<String>) -> Markup {
    let lang = desk.lang;
    let form = OfficeForm {
        action: desk.to(UPLOAD_PAGE).into(),
        hidden: desk.hidden(),
        fields: vec![
            Field::new(FILE, words::FILE.get(lang), Input::File(".toml"))
                .hint(words::FILE_HINT.get(lang))
                .error(problem.map(Into::into)),
        ],
        has_file: true,
        button: words::CHECK.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        ..OfficeForm::default()
    };
    html! { p { (words::UPLOAD_LEAD.get(lang)) } (form.render()) }
}

/// `POST /quan-tri/phieu/tai-len`: every fault at once, or what the questionnaire is and a trial of it.
pub(super) async fn check(mut desk: Desk) -> Answer {
    let Some(file) = desk.file.take().filter(|file| !file.bytes.is_empty()) else {
        return Ok(refused(&desk, &form(&desk, Some(uploads::NO_FILE.get(desk.lang).to_owned()))));
    };
    match editions::look_at(&desk.snapshot().editions, &file.bytes) {
        Ok((edition, is_new)) => {
            let upload = Upload { kind: KIND.to_owned(), name: file.name, content: file.bytes };
            let token = staff::keep_upload(&desk.office(), desk.signed.person.staff, upload).await?;
            Ok(desk.page(words::UPLOAD.get(desk.lang), &found(&desk, &edition, is_new, &token)))
        }
        Err(refusal) => Ok(refused(&desk, &faults(&desk, &refusal))),
    }
}

fn refused(desk: &Desk, body: &Markup) -> actix_web::HttpResponse {
    let title = words::UPLOAD.get(desk.lang);
    desk.refused(title, &html! { h1 { (title) } (body) })
}

/// What is wrong with a file, all of it with its lines, and the form again.
fn faults(desk: &Desk, refusal: &UploadRefusal) -> Markup {
    let lang = desk.lang;
    let UploadRefusal::Unsound(unsound) = refusal else { return form(desk, Some(refusal.told(lang))) };
    let n = u64::try_from(unsound.problems.len()).unwrap_or(u64::MAX);
    let row = |problem: &crate::questionnaire::Problem| Row {
        name: problem.line.to_string().into(),
        href: None,
        cells: vec![Cell::Words(problem.what.clone().into())],
    };
    let table = Table {
        caption: words::FAULTS.get(lang).into(),
        head: [uploads::LINE, uploads::FAULT].map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: unsound.problems.iter().map(row).collect(),
    };
    html! {
        div.summary role="alert" { p { (crate::text::registry::editions::unsound_heading(lang, n)) } }
        p { (words::FAULTS_NOTE.get(lang)) }
        (table.render())
        (form(desk, None))
    }
}

/// What a sound questionnaire is, and what putting it into use does.
fn found(desk: &Desk, edition: &Edition, is_new: bool, token: &Token) -> Markup {
    let lang = desk.lang;
    let (to, fields) = (desk.to("/quan-tri/phieu/tai-len/trinh"), with(desk.hidden(), UPLOAD, token.to_string()));
    html! {
        h1 { (words::UPLOAD.get(lang)) }
        p.note.done role="status" { (words::SOUND.get(lang)) " " (uploads::NOTHING_YET.get(lang)) }
        (facts(&told::facts(desk, edition)))
        p { a.button href=(desk.to(&format!("{UPLOAD_PAGE}/xem/{token}"))) { (words::TRY.get(lang)) } }
        @if is_new {
            p { (told::effect(desk, edition)) " " (words::PROPOSE_NOTE.get(lang)) }
            (button(&to, &fields, PROPOSE_BUTTON.get(lang), false))
        } @else { p.note { (words::SAME.get(lang)) } }
        p { a href=(desk.to(UPLOAD_PAGE)) { (uploads::ANOTHER.get(lang)) } }
    }
}

/// `POST /quan-tri/phieu/tai-len/trinh`: somebody else decides on what was uploaded.
pub(super) async fn propose(desk: Desk) -> Answer {
    let token = Token::parse(desk.fields.get(UPLOAD)).ok_or(Stop::NotFound)?;
    let found = staff::find_upload(&desk.office(), desk.signed.person.staff, &token, KIND).await?;
    let file = found.ok_or(Stop::NotFound)?;
    let proposal = EditionProposal { name: &file.name, toml: &file.content, note: "" };
    match decisions::propose_edition(desk.db(), desk.province(), &who(&desk), &proposal).await {
        Ok(id) => {
            staff::forget_upload(&desk.office(), &token).await?;
            Ok(desk.done(&page_of(id), Done::Proposed))
        }
        Err(NotDone::Fault(fault)) => Err(Stop::Fault(fault)),
        Err(NotDone::Refused(refusals)) => Ok(refused(&desk, &stands_against(&desk, &refusals))),
    }
}

/// Faults of a file with their lines; anything else in its words.
fn stands_against(desk: &Desk, refusals: &[Refusal]) -> Markup {
    match refusals {
        [Refusal::Edition(refusal)] => faults(desk, refusal),
        others => {
            let told: Vec<String> = others.iter().map(|refusal| refusal.say(desk.lang)).collect();
            form(desk, Some(told.join(" ")))
        }
    }
}
