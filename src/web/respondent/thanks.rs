//! `/q/{code}/cam-on`: thanks, the receipt code, and nothing more to do.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{read_code, receipt_cookie, snapshot_with};
use super::{receipt_file, refusals};
use crate::audit;
use crate::collect::seal;
use crate::record::Receipt;
use crate::registry::{CodeLeadsTo, Snapshot};
use crate::text::{record, refusal as words};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::site::Site;
use crate::web::view::Wording;
use crate::web::view::notice::{Notice, ReceiptCode, Tone, notice};
use crate::web::view::page::Layout;
use crate::words::{Lang, Moment};

/// `GET /q/{code}/cam-on`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>, code: web::Path<String>) -> HttpResponse {
    let (lang, today) = (language::of(&request), Moment::now().day());
    let code = read_code(&code).unwrap_or_default();
    let snapshot = match snapshot_with(&site, &code, today).await {
        Ok(snapshot) => snapshot,
        Err(error) => return refusals::fault(lang, &error),
    };
    let Some(leads_to) = snapshot.directory.follow(&code, today) else {
        return refusals::unknown_code(&snapshot, lang);
    };
    let unit = match leads_to {
        CodeLeadsTo::Point(point) => Some(point.unit.code.clone()),
        _ => None,
    };
    thank(&request, &site, &snapshot, lang, (&format!("/q/{code}/cam-on"), unit.as_deref())).await
}

/// `GET /p/cam-on`: after a form with a ticket, where every code of its point is revoked.
pub(in crate::web) async fn of_ticket(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let lang = language::of(&request);
    match site.registry.get().await {
        Ok(snapshot) => thank(&request, &site, &snapshot, lang, ("/p/cam-on", None)).await,
        Err(error) => refusals::fault(lang, &error),
    }
}

async fn thank(
    request: &HttpRequest,
    site: &Site,
    snapshot: &Snapshot,
    lang: Lang,
    (path, unit): (&str, Option<&str>),
) -> HttpResponse {
    let cookie = request.cookie(receipt_cookie(site)).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    let (receipt, again) = cookie.split_once('.').unwrap_or_default();
    let receipt = Receipt::parse(receipt).ok();
    let base = &site.settings.base_url;
    let mut paragraphs: Vec<Wording> = vec![words::THANKS_BODY.get(lang).into()];
    if receipt.is_some() && again == "2" {
        paragraphs = vec![words::THANKS_AGAIN.get(lang).into()];
    }
    if receipt.is_none() {
        paragraphs.push(words::THANKS_GONE.get(lang).into());
    }
    if let Some(unit) = unit {
        let k = if snapshot.installation.simulated { 1 } else { seal::K };
        let next = words::thanks_next(lang, base, unit, u64::try_from(k).unwrap_or_default());
        paragraphs.push(next.into());
    }
    paragraphs.push(words::THANKS_CLOSE.get(lang).into());
    let can_promise = audit::can_promise(site.db.reader(), &site.keys, snapshot.province).await.unwrap_or(false);
    let promise = receipt.iter().filter(|_| can_promise);
    let promise = promise.map(|receipt| receipt_file::button(receipt, record::PROMISE.get(lang).into())).collect();
    let main = notice(&Notice {
        tone: Tone::Done,
        title: words::THANKS_TITLE.get(lang).into(),
        paragraphs,
        receipt: receipt.map(|receipt| ReceiptCode {
            label: words::THANKS_RECEIPT_LABEL.get(lang).into(),
            code: receipt.to_string().into(),
            remarks: vec![words::thanks_receipt_use(lang, base).into(), words::THANKS_RECEIPT_SAVE.get(lang).into()],
        }),
        actions: promise,
        folds: Vec::new(),
    });
    let title = words::THANKS_TITLE.get(lang).into();
    let frame = Frame { lang, title, layout: Layout::Form, path, both_languages: true };
    respond(Some(snapshot), frame, StatusCode::OK, &main)
}
