//! The records behind a version: asked for by an auditor, let go by somebody of another office, downloaded by whoever asked.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use anyhow::Context;
use maud::{Markup, html};

use super::act::finish;
use super::{find, name, page_of, who};
use crate::publications::bundle::{self, Kind};
use crate::publications::{self, NotDone};
use crate::store::publications::{self as stored, RecordRequest, StoredPublication};
use crate::store::staff_log;
use crate::text::date;
use crate::text::office::{self as common, publications as words};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::sending::sent;
use crate::web::view::office::{Field, Input, OfficeForm, button};
use crate::words::Right;

const REASON: &str = "muc_dich";

/// The part of a version's page.
pub(super) async fn section(desk: &Desk, of: &StoredPublication) -> Result<Markup, Stop> {
    let (may_ask, may_decide) = (desk.may(Right::TakeRecords), desk.may(Right::ApprovePublications));
    if !may_ask && !may_decide {
        return Ok(html! {});
    }
    let lang = desk.lang;
    let at = (of.slug.as_str(), of.version);
    let requests = stored::requests(desk.db().reader(), desk.province(), at).await?;
    let mut lines = Vec::with_capacity(requests.len());
    for request in &requests {
        lines.push(line(desk, of, request, may_decide).await?);
    }
    Ok(html! {
        section {
            h2 { (words::RECORDS.get(lang)) }
            p { (words::RECORDS_LEAD.get(lang)) }
            @if !lines.is_empty() { ul { @for line in &lines { li { (line) } } } }
            @if may_ask { (form(desk, of)) }
        }
    })
}

async fn line(desk: &Desk, of: &StoredPublication, request: &RecordRequest, may_decide: bool) -> Result<Markup, Stop> {
    let lang = desk.lang;
    let is_own = request.asker == desk.signed.person.staff;
    let said = match request.state.as_str() {
        "allowed" => words::REQUEST_ALLOWED,
        "refused" => words::REQUEST_REFUSED,
        _ => words::REQUEST_ASKED,
    };
    let to = |act: &str| desk.to(&format!("{}/{act}", page_of(&of.slug, of.version)));
    let waits = request.state == "asked";
    Ok(html! {
        (name(desk, request.asker).await?) ", " (date::moment(lang, request.asked_at)) ": " (request.reason) " – " (said.get(lang))
        @if waits && may_decide && !is_own {
            (button(&to(&format!("dong-y/{}", request.id)), &desk.hidden(), words::ALLOW.get(lang), false))
            (button(&to(&format!("tu-choi/{}", request.id)), &desk.hidden(), words::DENY.get(lang), true))
        }
        @if request.state == "allowed" && is_own {
            (button(&to("phieu"), &desk.hidden(), words::DOWNLOAD.get(lang), false))
        }
    })
}

fn form(desk: &Desk, of: &StoredPublication) -> Markup {
    let lang = desk.lang;
    let form = OfficeForm {
        action: desk.to(&format!("{}/de-nghi", page_of(&of.slug, of.version))).into(),
        hidden: desk.hidden(),
        fields: vec![
            Field::new(REASON, words::ASK_REASON.get(lang), Input::Area).value(desk.fields.get(REASON).to_owned()),
        ],
        button: words::ASK.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        ..OfficeForm::default()
    };
    form.render()
}

/// `POST …/de-nghi`.
pub(super) async fn ask(desk: Desk) -> Answer {
    let of = find(&desk).await?;
    let (by, at) = (who(&desk, Right::TakeRecords), (of.slug.as_str(), of.version));
    let came = publications::ask_for_records(desk.db(), desk.province(), &by, at, desk.fields.get(REASON)).await;
    finish(&desk, &of, came.map(|_| ()), Done::Proposed).await
}

async fn decide(desk: Desk, is_allowed: bool) -> Answer {
    let of = find(&desk).await?;
    let id = desk.part("so").parse().map_err(|_not_a_number| Stop::NotFound)?;
    let request = stored::request(desk.db().reader(), desk.province(), id).await?;
    request.filter(|one| one.slug == of.slug && one.version == of.version).ok_or(Stop::NotFound)?;
    let by = who(&desk, Right::ApprovePublications);
    let came: Result<(), NotDone> = publications::answer_request(desk.db(), desk.province(), &by, id, is_allowed).await;
    finish(&desk, &of, came, if is_allowed { Done::Approved } else { Done::Refused }).await
}

/// `POST …/dong-y/{so}`.
pub(super) async fn allow(desk: Desk) -> Answer {
    decide(desk, true).await
}

/// `POST …/tu-choi/{so}`.
pub(super) async fn refuse(desk: Desk) -> Answer {
    decide(desk, false).await
}

/// `POST …/phieu`: for whoever asked, once it was allowed. Taking the records away is in the log.
pub(super) async fn download(desk: Desk) -> Answer {
    let of = find(&desk).await?;
    let at = (of.slug.as_str(), of.version);
    let requests = stored::requests(desk.db().reader(), desk.province(), at).await?;
    let own = requests.iter().find(|one| one.state == "allowed" && one.asker == desk.signed.person.staff);
    let own = own.ok_or(Stop::NotFound)?;
    let tx = desk.db().begin().await.context("while taking the turn to write")?;
    let object = format!("request {}: publication {} version {}", own.id, of.slug, of.version);
    staff_log::append(&tx, desk.province(), desk.now, &desk.signed.person.email, "take records", &object).await?;
    tx.commit().await.context("while committing")?;
    let contents = publications::contents(desk.db(), desk.province(), at).await?.ok_or(Stop::NotFound)?;
    let out = std::io::BufWriter::new(tempfile::tempfile().context("while making a file")?);
    let out = bundle::write(desk.db(), desk.province(), &of, &contents, Kind::Auditor, out, |_, _| ()).await?;
    let file = out.into_inner().map_err(|error| anyhow::anyhow!("while writing the bundle: {error}"))?;
    let name = format!("attachment; filename=\"{}-{}-thanh-tra.zip\"", of.slug, of.version);
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CONTENT_TYPE, "application/zip")).insert_header((CONTENT_DISPOSITION, name));
    Ok(sent(answer, file)?)
}
