//! `/bien-nhan`: what became of a form, by the code alone; never what was answered.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use anyhow::Context;
use maud::{Markup, html};

use super::{decided, receipt_file, refusals};
use crate::audit;
use crate::record::Receipt;
use crate::registry::Snapshot;
use crate::store::answers::{self, Standing};
use crate::store::checkpoints::StoredCheckpoint;
use crate::text::{form as form_words, refusal as words, site as site_words};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::site::Site;
use crate::web::view::page::Layout;
use crate::web::view::receipt::{ReceiptEntry, ReceiptResult, receipt_entry, receipt_result};
use crate::web::{body, view::Wording};
use crate::words::{Lang, Level};

const FIELD: &str = "ma";

/// `GET /bien-nhan`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let lang = language::of(&request);
    match site.registry.get().await {
        Ok(snapshot) => answer(&snapshot, lang, StatusCode::OK, &entry(lang, "", None), None),
        Err(error) => refusals::fault(lang, &error),
    }
}

/// `POST /bien-nhan`.
pub(in crate::web) async fn check(request: HttpRequest, site: web::Data<Site>, payload: web::Payload) -> HttpResponse {
    let lang = language::of(&request);
    let fields = body::fields(&request, payload).await.unwrap_or_default();
    let entered = fields.iter().find(|(name, _)| name == FIELD).map(|(_, value)| value.trim()).unwrap_or_default();
    let entered: String = entered.chars().take(60).collect();
    match result(&site, lang, &entered).await {
        Ok(answer) => answer,
        Err(error) => refusals::fault(lang, &error),
    }
}

async fn result(site: &Site, lang: Lang, entered: &str) -> anyhow::Result<HttpResponse> {
    let snapshot = site.registry.get().await?;
    let refuse = |text: &'static str| {
        let main = entry(lang, entered, Some(text));
        let prefix = form_words::ERR_TITLE_PREFIX.get(lang);
        Ok(answer(&snapshot, lang, StatusCode::UNPROCESSABLE_ENTITY, &main, Some(prefix)))
    };
    if entered.is_empty() {
        return refuse(site_words::RECEIPT_MISSING.get(lang));
    }
    let Ok(receipt) = Receipt::parse(entered) else { return refuse(words::RECEIPT_UNKNOWN.get(lang)) };
    let standing = answers::standing(site.db.reader(), snapshot.province, &receipt)
        .await
        .context("while looking for a receipt")?;
    let Some(standing) = standing else { return refuse(words::RECEIPT_UNKNOWN.get(lang)) };
    let checkpoint = audit::checkpoint_of(site.db.reader(), snapshot.province, &receipt).await?;
    let mut sentences: Vec<Wording> = match standing {
        Standing::Open(Level::D) => {
            vec![words::RECEIPT_RECEIVED.get(lang).into(), words::RECEIPT_LEVEL_D.get(lang).into()]
        }
        Standing::Open(_) => vec![words::RECEIPT_RECEIVED.get(lang).into()],
        Standing::Sealed(level) => vec![sealed(lang, &receipt, level, checkpoint.as_ref()).into()],
    };
    decided::tell(&mut sentences, site, &snapshot, &receipt, lang).await?;
    let main = receipt_result(&ReceiptResult {
        title: words::RECEIPT_TITLE.get(lang).into(),
        code: receipt.to_string().into(),
        sentences,
        proof: checkpoint.map(|_| receipt_file::button(&receipt, words::RECEIPT_PROOF.get(lang).into())),
        links: Vec::new(),
    });
    Ok(answer(&snapshot, lang, StatusCode::OK, &main, None))
}

/// That a form is sealed, and in which checkpoint, once one is signed over it.
fn sealed(lang: Lang, receipt: &Receipt, level: Level, checkpoint: Option<&StoredCheckpoint>) -> String {
    let number = checkpoint.and_then(|checkpoint| u64::try_from(checkpoint.size).ok());
    match (level, number) {
        (Level::D, Some(number)) => words::receipt_sealed_open(lang, receipt.day(), number),
        (Level::D, None) => words::receipt_in_record_open(lang, receipt.day()),
        (_, Some(number)) => words::receipt_sealed(lang, receipt.day(), number),
        (_, None) => words::receipt_in_record(lang, receipt.day()),
    }
}

fn entry(lang: Lang, entered: &str, error: Option<&'static str>) -> Markup {
    html! {
        (receipt_entry(&ReceiptEntry {
            action: language::address("/bien-nhan", lang).into(),
            title: words::RECEIPT_TITLE.get(lang).into(),
            field: FIELD.into(),
            label: words::RECEIPT_FIELD.get(lang).into(),
            hint: Some(site_words::RECEIPT_FORMAT.get(lang).into()),
            entered: entered.to_owned().into(),
            error: error.map(|text| (form_words::ERR_TITLE_PREFIX.get(lang).into(), text.into())),
            hidden: Vec::new(),
            button: site_words::RECEIPT_BUTTON.get(lang).into(),
        }))
        p.h { (site_words::RECEIPT_LEAD.get(lang)) }
    }
}

fn answer(
    snapshot: &Snapshot,
    lang: Lang,
    status: StatusCode,
    main: &Markup,
    prefix: Option<&'static str>,
) -> HttpResponse {
    let title = words::RECEIPT_TITLE.get(lang);
    let title: Wording = prefix.map_or_else(|| title.into(), |prefix| format!("{prefix} {title}").into());
    let frame = Frame { lang, title, layout: Layout::Form, path: "/bien-nhan", both_languages: true };
    respond(Some(snapshot), frame, status, main)
}
