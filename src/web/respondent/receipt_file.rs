//! `/bien-nhan/tep`: what somebody can take away and check without us: the proof, or the promise while the day is open.
//!
//! The code comes by POST, so that it stands in no address; the file says nothing of what was answered.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};

use super::refusals;
use crate::audit;
use crate::record::{Receipt, ReceiptFile};
use crate::web::view::Hidden;
use crate::web::view::notice::Action;
use crate::web::{body, language, site::Site, view::Wording};

/// Address of the file.
pub(in crate::web) const FILE: &str = "/bien-nhan/tep";
/// Field of the code.
const FIELD: &str = "ma";

/// The button that asks for the file of a receipt.
pub(super) fn button(receipt: &Receipt, label: Wording) -> Action {
    let code = Hidden { name: FIELD.into(), value: receipt.to_string().into() };
    Action::File { action: FILE.into(), hidden: vec![code], label }
}

/// `POST /bien-nhan/tep`.
pub(in crate::web) async fn send(request: HttpRequest, site: web::Data<Site>, payload: web::Payload) -> HttpResponse {
    let fields = body::fields(&request, payload).await.unwrap_or_default();
    let code = fields.iter().find(|(name, _)| name == FIELD).map(|(_, value)| value.as_str()).unwrap_or_default();
    let Ok(receipt) = Receipt::parse(code) else { return refusals::not_found(request, site).await };
    match find(&site, &receipt).await {
        Ok(Some(file)) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
            .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"bien-nhan.txt\""))
            .body(file.write()),
        Ok(None) => refusals::not_found(request, site).await,
        Err(error) => refusals::fault(language::of(&request), &error),
    }
}

async fn find(site: &Site, receipt: &Receipt) -> anyhow::Result<Option<ReceiptFile>> {
    let (db, province) = (site.db.reader(), site.registry.get().await?.province);
    match audit::inclusion(db, province, receipt).await? {
        Some(proof) => Ok(Some(proof)),
        None => audit::promise(db, &site.keys, province, receipt).await,
    }
}
