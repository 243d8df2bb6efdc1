//! Begins a file: a line in the staff log, and a job.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use anyhow::Context;

use super::PAGE;
use super::ask::{Choice, page};
use crate::export::{Busy, Format, Plan};
use crate::store::staff_log;
use crate::text::office::exports as words;
use crate::web::office::desk::{Answer, Desk};

/// `POST /quan-tri/xuat-du-lieu`, after a one-time code.
pub(super) async fn send(desk: Desk) -> Answer {
    let choice = Choice::of(&desk, |name| desk.fields.get(name).to_owned())?;
    let Some(format) = Format::parse(desk.fields.get("dinh-dang")) else {
        return page(&desk, choice, StatusCode::UNPROCESSABLE_ENTITY, Some(words::WRONG_FORMAT)).await;
    };
    let Some(choice) = choice else { return page(&desk, None, StatusCode::OK, None).await };
    let (_, meant) = choice.found(&desk).await?;
    let Some((edition, _)) = meant.filter(|(_, rows)| *rows > 0) else {
        return page(&desk, Some(choice), StatusCode::UNPROCESSABLE_ENTITY, Some(words::NO_ROWS)).await;
    };
    let asked = choice.asked(choice.period.period(), edition);
    let plan = Plan::make(desk.db().reader(), desk.snapshot(), asked).await?;
    let person = &desk.signed.person;
    let jobs = &desk.site().exports;
    if let Err(busy) = jobs.room_for(person.staff) {
        return page(&desk, Some(choice), StatusCode::UNPROCESSABLE_ENTITY, Some(told(busy))).await;
    }
    note(&desk, &plan, format).await?;
    let snapshot = Arc::new(desk.snapshot().clone());
    match jobs.start(person.staff, desk.db(), snapshot, (plan, format), desk.today()) {
        Ok(id) => {
            let to = desk.to(&format!("{PAGE}/{id}"));
            Ok(HttpResponse::SeeOther().insert_header((LOCATION, to)).finish())
        }
        Err(busy) => page(&desk, Some(choice), StatusCode::UNPROCESSABLE_ENTITY, Some(told(busy))).await,
    }
}

const fn told(busy: Busy) -> crate::text::Say {
    match busy {
        Busy::Server => words::BUSY,
        Busy::Person => words::TOO_MANY,
    }
}

/// Taking answers away is in the log before the first is read.
async fn note(desk: &Desk, plan: &Plan, format: Format) -> anyhow::Result<()> {
    let tx = desk.db().begin().await.context("while taking the turn to write")?;
    let line = plan.log_line(&desk.snapshot().directory, format.word());
    let who = &desk.signed.person.email;
    staff_log::append(&tx, desk.province(), desk.now, who, "export responses", &line).await?;
    tx.commit().await.context("while committing")
}
