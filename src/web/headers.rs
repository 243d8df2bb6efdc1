//! Headers of every answer: nothing foreign is loaded, nothing is sniffed, no address is passed on.

use actix_web::HttpResponse;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::DefaultHeaders;

/// The policy: our own stylesheet, scripts and images, forms that lead back to us, no frame around us.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

const ALWAYS: [(&str, &str); 5] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("cache-control", "no-store"),
];
/// A site that is known under https is asked for under nothing else, for a year at least.
const WHERE_ENCRYPTED: (&str, &str) = ("strict-transport-security", "max-age=31536000; includeSubDomains");

fn of(is_encrypted: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    ALWAYS.into_iter().chain(is_encrypted.then_some(WHERE_ENCRYPTED))
}

/// The middleware that adds them.
pub(crate) fn security(is_encrypted: bool) -> DefaultHeaders {
    of(is_encrypted).fold(DefaultHeaders::new(), DefaultHeaders::add)
}

/// The same on an answer that no middleware sees.
pub(super) fn secure(answer: &mut HttpResponse, is_encrypted: bool) {
    for (name, value) in of(is_encrypted) {
        answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}
