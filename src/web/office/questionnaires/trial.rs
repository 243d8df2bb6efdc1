//! The form as a citizen gets it, to look at and to try. Whatever is sent is read as the public form reads it, shown, and
//! stored nowhere.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::html;

use super::{PAGE, result};
use crate::questionnaire::{self, AnswerSheet, Edition, Entered, Refusal};
use crate::staff::{self, Token};
use crate::text::form as citizens;
use crate::text::office::questionnaires as words;
use crate::web::frame::{Frame, respond};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::guard::{TOKEN_FIELD, own_referrer};
use crate::web::respondent::asked::{AskedForm, Filled, title};
use crate::web::respondent::form::{BACK_FIELD, LANG_FIELD, NEXT_FIELD};
use crate::web::respondent::paging::{Turn, Turned, faulty_part, turn};
use crate::web::view::Hidden;
use crate::web::view::form::citizen_form;
use crate::web::view::page::Layout;

/// The kind of a kept file that is a questionnaire.
pub(super) const KIND: &str = "edition";
/// The last part of the address a trial is sent to.
const SEND: &str = "/thu";

/// `GET /quan-tri/phieu/{ma}/{ban}`.
pub(super) async fn show(desk: Desk) -> Answer {
    Ok(page(&desk, installed(&desk)?, StatusCode::OK, Filled::default()))
}

/// `POST /quan-tri/phieu/{ma}/{ban}/thu`.
pub(super) async fn send(desk: Desk) -> Answer {
    answer(&desk, installed(&desk)?)
}

/// `GET /quan-tri/phieu/tai-len/xem/{so}`.
pub(super) async fn show_uploaded(desk: Desk) -> Answer {
    Ok(page(&desk, &uploaded(&desk).await?, StatusCode::OK, Filled::default()))
}

/// `POST /quan-tri/phieu/tai-len/xem/{so}/thu`.
pub(super) async fn send_uploaded(desk: Desk) -> Answer {
    answer(&desk, &uploaded(&desk).await?)
}

fn installed(desk: &Desk) -> Result<&Edition, Stop> {
    let version: u16 = desk.part("ban").parse().map_err(|_no_number| Stop::NotFound)?;
    let mut all = desk.snapshot().editions.iter();
    let found = all.find(|one| one.edition.code() == desk.part("ma") && one.edition.version() == version);
    found.map(|found| &found.edition).ok_or(Stop::NotFound)
}

async fn uploaded(desk: &Desk) -> Result<Edition, Stop> {
    let token = Token::parse(desk.part("so")).ok_or(Stop::NotFound)?;
    let found = staff::find_upload(&desk.office(), desk.signed.person.staff, &token, KIND).await?;
    let text = found.and_then(|upload| String::from_utf8(upload.content).ok()).ok_or(Stop::NotFound)?;
    questionnaire::parse(KIND, &text).map_err(|_unsound| Stop::NotFound)
}

/// The address of the trial itself: a sent form comes back under the address it was sent to.
fn own_path(desk: &Desk) -> &str {
    desk.path().strip_suffix(SEND).unwrap_or_else(|| desk.path())
}

/// What a trial sends: the answers, and to which part it turns.
type Sent = (Vec<(String, String)>, Option<(Turn, String)>);

fn sent(desk: &Desk) -> Result<Sent, Stop> {
    let (mut answers, mut turned) = (Vec::new(), None);
    for (name, value) in desk.fields.iter() {
        match name {
            TOKEN_FIELD | LANG_FIELD => {}
            NEXT_FIELD => turned = Some((Turn::Next, value.to_owned())),
            BACK_FIELD => turned = Some((Turn::Back, value.to_owned())),
            foreign if foreign.starts_with('_') => return Err(Stop::Foreign),
            _ => answers.push((name.to_owned(), value.to_owned())),
        }
    }
    Ok((answers, turned))
}

fn answer(desk: &Desk, edition: &Edition) -> Answer {
    let (answers, turned) = sent(desk)?;
    let again = |refusal: &Refusal| {
        let part = faulty_part(edition, refusal);
        let filled = Filled { part, entered: Some(&refusal.entered), refusal: Some(refusal), ..Filled::default() };
        Ok(page(desk, edition, StatusCode::UNPROCESSABLE_ENTITY, filled))
    };
    match turned {
        Some((to, from)) => match turn(edition, to, &from, &answers) {
            Turned::To(part, entered) => Ok(to_part(desk, edition, part, &entered)),
            Turned::Faulty(refusal) => again(&refusal),
            Turned::NoSuchPart => Err(Stop::Foreign),
        },
        None => match AnswerSheet::read(edition, &answers) {
            Ok(sheet) => Ok(result::page(desk, edition, &sheet, own_path(desk))),
            Err(refusal) => again(&refusal),
        },
    }
}

fn to_part(desk: &Desk, edition: &Edition, part: usize, entered: &Entered) -> HttpResponse {
    page(desk, edition, StatusCode::OK, Filled { part, entered: Some(entered), ..Filled::default() })
}

/// The citizen's page with a line on top that says what it is.
fn page(desk: &Desk, edition: &Edition, status: StatusCode, filled: Filled<'_>) -> HttpResponse {
    let lang = desk.lang;
    let is_first = filled.entered.is_none();
    let has_failed = filled.refusal.is_some();
    let asked = AskedForm {
        lang,
        edition,
        place: citizens::place(lang, words::SAMPLE_POINT.get(lang), words::SAMPLE_UNIT.get(lang)).into(),
        hotline: desk.site().settings.hotline.as_deref(),
    };
    let mut hidden = desk.hidden();
    hidden.push(Hidden { name: LANG_FIELD.into(), value: lang.word().into() });
    let form = asked.shown(desk.to(&format!("{}{SEND}", own_path(desk))).into(), hidden, filled);
    let main = html! {
        p.note role="note" {
            strong { (words::BANNER.get(lang)) } " "
            a href=(desk.to(PAGE)) { (words::TO_LIST.get(lang)) }
        }
        (citizen_form(&form))
    };
    let title = title(lang, &form, has_failed);
    let frame = Frame { lang, title, layout: Layout::Form, path: own_path(desk), both_languages: is_first };
    let mut answer = respond(Some(desk.snapshot()), frame, status, &main);
    own_referrer(&mut answer);
    answer
}
