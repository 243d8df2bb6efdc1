//! `/sitemap.xml` and `/robots.txt`: where the public pages are, and what is nobody's to index.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};

use super::open_data::{Held, address};
use super::unit::revalidated;
use crate::index::published::histories;
use crate::publish::open_data::data_sets;
use crate::text::{history, methods, open_data, privacy, publication, record, unit_list};
use crate::web::language;
use crate::web::respondent::refusals;
use crate::web::results::unit_page::unit_path;
use crate::web::site::Site;
use crate::words::Day;

/// Most addresses one sitemap may hold.
const MOST: usize = 50_000;
/// What is no page for everybody: forms, tickets, receipts, the office, kiosks.
const NOT_PAGES: [&str; 5] = ["/q/", "/p/", "/bien-nhan", "/quan-tri", "/kiosk"];

/// `GET /robots.txt`.
pub(in crate::web) async fn robots(site: web::Data<Site>) -> HttpResponse {
    let not: Vec<String> = NOT_PAGES.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let text = format!("User-agent: *\n{}Allow: /\n\nSitemap: {}/sitemap.xml\n", not.concat(), site.settings.base_url);
    revalidated(HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body(text))
}

/// `GET /sitemap.xml`.
pub(in crate::web) async fn sitemap(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    match Held::load(&site, "").await {
        Ok(held) => {
            let text = written(&site.settings.base_url, &pages(&held));
            revalidated(HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/xml; charset=utf-8")).body(text))
        }
        Err(error) => refusals::fault(language::of(&request), &error),
    }
}

/// The public pages, each with the last day it changed where that is known.
fn pages(held: &Held) -> Vec<(String, Option<Day>)> {
    let offer = held.offer();
    let (directory, sealed) = (&offer.snapshot.directory, offer.snapshot.installation.sealed_through);
    let figures = sealed.filter(|_| offer.live);
    let fixed = [(unit_list::PAGE, None), (open_data::PAGE, None), (history::PAGE, None), (methods::PAGE, None)];
    let more = [(privacy::PAGE, None), (record::PAGE, sealed), (publication::PAGE, None)];
    let units = directory.units().filter_map(|(unit, _)| directory.unit_on(unit, held.offer().today));
    let mut units: Vec<&str> = units.map(|unit| unit.code.as_str()).collect();
    units.sort_unstable();
    let found = histories(&offer.snapshot.series);
    let series = found.iter().map(|known| (super::series::path(known.code), None));
    let sets = data_sets(&offer);
    let sets = sets.iter().map(|set| (address(set), set.modified));
    let published = offer.published.iter().map(|of| (format!("{}/{}", publication::PAGE, of.slug), Some(of.released)));
    let fixed = fixed.into_iter().chain(more).map(|(path, day)| (path.to_owned(), day));
    let first = std::iter::once(("/".to_owned(), figures)).chain(fixed).chain(published).chain(sets).chain(series);
    first.chain(units.into_iter().map(|code| (unit_path(code), figures))).collect()
}

fn written(base: &str, pages: &[(String, Option<Day>)]) -> String {
    let one = |(path, day): &(String, Option<Day>)| {
        let day = day.map(|day| format!("<lastmod>{}</lastmod>", day.iso())).unwrap_or_default();
        format!("<url><loc>{}</loc>{day}</url>\n", escaped(&format!("{base}{path}")))
    };
    let pages: Vec<String> = pages.iter().take(MOST).map(one).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{}</urlset>\n",
        pages.concat()
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&apos;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemap_is_bounded_and_has_days_only_where_they_are_known() {
        let pages: Vec<(String, Option<Day>)> = (0..MOST + 9).map(|n| (format!("/don-vi/X{n}"), None)).collect();
        let text = written("https://x.vn", &pages);
        assert_eq!((text.matches("<url>").count(), text.contains("lastmod")), (MOST, false));
        let text = written("https://x.vn", &[("/a&b".to_owned(), Day::of(2026, 9, 14))]);
        assert!(text.contains("<loc>https://x.vn/a&amp;b</loc><lastmod>2026-09-14</lastmod>"), "{text}");
    }
}
