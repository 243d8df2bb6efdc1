//! The web: pages and, later, the HTTP API. Extract, act, render; no query and no arithmetic here.

mod assets;
mod body;
mod budget;
mod failures;
mod frame;
mod headers;
mod language;
mod measures;
mod metrics;
mod office;
pub mod posters;
pub mod public;
pub mod respondent;
mod results;
mod sending;
mod site;
pub mod view;
mod watch;

use crate::text::history::PAGE as SERIES;
use crate::text::methods::PAGE as METHODS;
use crate::text::open_data::PAGE as OPEN_DATA;
use crate::text::privacy::PAGE as PRIVACY;
use crate::text::publication::PAGE as PUBLISHED;
use crate::text::record::PAGE as RECORD;
use crate::text::unit_list::PAGE as UNITS;
use actix_web::guard::{Any, Get, Head};
use actix_web::web::{self, ServiceConfig};

pub use budget::Budget;
pub use failures::Failures;
pub(crate) use headers::security;
pub(crate) use metrics::page as metrics_page;
pub use site::{PublicSettings, Site};
pub(crate) use watch::watch;

/// A route of the office as the map has it: verb, address, right, and whether a one-time code is asked for again.
pub type OfficeRoute = (&'static str, &'static str, crate::words::Right, bool);

/// Every route of the office that asks for a session: what a test of roles walks through.
pub fn office_table() -> Vec<OfficeRoute> {
    let verb = |verb| match verb {
        office::Verb::Get => "GET",
        office::Verb::Post => "POST",
        office::Verb::PostFile => "FILE",
    };
    office::table().iter().map(|route| (verb(route.verb), route.path, route.needs.right, route.needs.step_up)).collect()
}

/// The whole URL map.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page("/q/{code}", respondent::form::show).route(web::post().to(respondent::form::send)))
        .service(page("/q/{code}/cam-on", respondent::thanks::show))
        .service(page("/q/{code}/ap-phich", respondent::poster::show))
        .service(page("/q/{code}/ma-qr.svg", respondent::poster::qr))
        .service(page("/p/cam-on", respondent::thanks::of_ticket))
        .service(
            web::resource("/p")
                .route(web::post().to(respondent::ticket::send))
                .default_service(web::to(respondent::refusals::not_found)),
        )
        .service(page("/p/{ticket}", respondent::ticket::show).route(web::post().to(respondent::ticket::send)))
        .service(page("/bien-nhan", respondent::receipt::show).route(web::post().to(respondent::receipt::check)))
        .service(
            web::resource("/bien-nhan/tep")
                .route(web::post().to(respondent::receipt_file::send))
                .default_service(web::to(respondent::refusals::wrong_method)),
        )
        .service(page(RECORD, public::record::show))
        .service(page("/so-ghi/checkpoint", public::record::checkpoint))
        .service(page("/so-ghi/khoa", public::record::keys))
        .service(page("/so-ghi/nhat-quan/{from}/{to}", public::record::consistency))
        .service(page(PUBLISHED, public::published::list))
        .service(page("/cong-bo/{slug}.{ending}", public::published::file))
        .service(page("/cong-bo/{slug}", public::published::show))
        .service(page("/cong-bo/{slug}/{version}.{ending}", public::published::file_of_version))
        .service(page("/cong-bo/{slug}/{version}", public::published::show_version))
        .service(page("/cong-bo/{slug}/{version}/van-ban.pdf", public::published::document))
        .service(page("/", public::home::show))
        .service(page(METHODS, public::methods::show))
        .service(page(PRIVACY, public::privacy::show))
        .service(page(UNITS, public::units::show))
        .service(page("/don-vi/{code}", public::unit::show))
        .service(page("/don-vi/{code}/phan-anh", public::cases::show))
        .service(page("/don-vi/{code}/{file}.csv", public::unit::csv))
        .service(page(OPEN_DATA, public::open_data::show))
        .service(page("/du-lieu/danh-muc.jsonld", public::open_data::for_machines))
        .service(page("/du-lieu/{id}.csv", public::open_data::csv))
        .service(page("/du-lieu/{id}.json", public::open_data::json))
        .service(page("/du-lieu/{id}", public::open_data::one))
        .service(page("/sitemap.xml", public::crawlers::sitemap))
        .service(page("/robots.txt", public::crawlers::robots))
        .service(page(SERIES, public::series::show))
        .service(page("/chuoi-so-lieu/{code}.csv", public::series::csv))
        .service(page("/chuoi-so-lieu/{code}.json", public::series::json))
        .service(page("/chuoi-so-lieu/{code}", public::series::one))
        .service(page("/static/{file}", assets::show))
        .configure(office::routes)
        .service(page("/healthz", public::health::alive))
        .service(page("/readyz", public::health::ready))
        .default_service(web::to(respondent::refusals::not_found));
}

/// A page that is read by GET or HEAD; any other method gets a page that says so.
fn page<F, Args>(path: &str, show: F) -> actix_web::Resource
where
    F: actix_web::Handler<Args>,
    Args: actix_web::FromRequest + 'static,
    F::Output: actix_web::Responder + 'static,
{
    web::resource(path)
        .route(web::route().guard(Any(Get()).or(Head())).to(show))
        .default_service(web::to(respondent::refusals::wrong_method))
}
