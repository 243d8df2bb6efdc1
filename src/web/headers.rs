//! Headers of every answer: nothing foreign is loaded, nothing is sniffed, no address is passed on.

use actix_web::middleware::DefaultHeaders;

/// The policy: our own stylesheet, scripts and images, forms that lead back to us, no frame around us.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// The middleware that adds them.
pub(crate) fn security() -> DefaultHeaders {
    DefaultHeaders::new()
        .add(("Content-Security-Policy", POLICY))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("Referrer-Policy", "no-referrer"))
        .add(("Permissions-Policy", "camera=(), geolocation=(), microphone=()"))
        .add(("Cache-Control", "no-store"))
}
