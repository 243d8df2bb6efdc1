//! What is noticed of an answer as it comes in. Address and browser go into a hash in memory, and nowhere else.

use actix_web::HttpRequest;
use actix_web::http::header::{HeaderValue, USER_AGENT};
use rand::RngExt;

use super::form::OPENED;
use crate::collect::Outcome;
use crate::collect::arrivals::Arrival;
use crate::collect::opening::opened_at;
use crate::web::site::Site;
use crate::words::{Moment, PointId};

/// Notices an answer that was stored now; `key` is the field of the form key with its stamp.
pub(super) fn notice(request: &HttpRequest, site: &Site, point: PointId, key: &str, outcome: Outcome) {
    if !matches!(outcome, Outcome::Stored(_)) {
        return;
    }
    // Behind a proxy on this machine every address is the proxy's, and tells no device from another.
    let address = request.peer_addr().map(|peer| peer.ip()).filter(|address| !address.is_loopback());
    let agent = request.headers().get(USER_AGENT).map(HeaderValue::as_bytes).unwrap_or_default();
    let opened = key.split_once(OPENED).and_then(|(key, stamp)| opened_at(&site.keys, key, stamp));
    let device = address.map(|address| (address, agent));
    site.arrivals.notice(Arrival { point, device, opened, now: Moment::now() }, rand::rng().random());
}
