//! `/don-vi/{code}`: a unit's public page, and its figures as a file.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;

use crate::publish::{UnitFigures, figures};
use crate::registry::Snapshot;
use crate::text::site as words;
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::respondent::refusals;
use crate::web::results::csv::File;
use crate::web::results::period::{Choice, Chosen};
use crate::web::results::surroundings::look_around;
use crate::web::results::unit_page::{self as page, View, unit_path};
use crate::web::site::Site;
use crate::web::view::page::Layout;
use crate::words::{Day, Moment, Period, UnitId};

/// `GET /don-vi/{code}`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>, code: web::Path<String>) -> HttpResponse {
    let lang = language::of(&request);
    let (snapshot, unit) = match unit_with(&site, &code).await {
        Ok(Some(found)) => found,
        Ok(None) => return refusals::not_found(request, site).await,
        Err(error) => return refusals::fault(lang, &error),
    };
    show_unit(&request, &site, &snapshot, unit, Place::Unit).await
}

/// Under which address a unit's page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The first page.
    Home,
    /// The unit's own address.
    Unit,
}

/// The page of a unit; on the first page with the product's sentence before it.
pub(super) async fn show_unit(
    request: &HttpRequest,
    site: &Site,
    snapshot: &Snapshot,
    unit: UnitId,
    place: Place,
) -> HttpResponse {
    let (lang, today) = (language::of(request), Moment::now().day());
    let asked = Asked::of(request, snapshot, unit, today);
    let figures = match figures(site, snapshot, unit, &asked, today).await {
        Ok(figures) => figures,
        Err(error) => return refusals::fault(lang, &error),
    };
    let own_path = unit_path(&figures.unit.code);
    let path = if place == Place::Home { "/" } else { own_path.as_str() };
    let csv = language::address(&asked.choice.address(&format!("{own_path}/so-lieu.csv")), lang);
    let around = look_around(snapshot, &figures, today);
    let view = View {
        lang,
        figures: &figures,
        around: &around,
        choice: asked.choice,
        today,
        is_simulated: snapshot.installation.simulated,
        path,
        csv: &csv,
        place: page::Place::Public,
    };
    let published = match place {
        Place::Home => super::published::on_first_page(site, snapshot, lang).await,
        Place::Unit => Ok(html! {}),
    };
    let published = match published {
        Ok(published) => published,
        Err(error) => return refusals::fault(lang, &error),
    };
    let main = html! {
        @if place == Place::Home { p { (words::HOME_LEAD.get(lang)) } }
        @if site.settings.live {
            (page::render(&view, page::Extra::default()))
        } @else {
            h1 { (figures.unit.name) }
            p.note { (words::HOME_NOT_LIVE.get(lang)) }
        }
        (published)
    };
    let title = words::results_of(lang, &figures.unit.name).into();
    let path = asked.choice.address(path);
    let frame = Frame { lang, title, layout: Layout::Public, path: &path, both_languages: true };
    revalidated(respond(Some(snapshot), frame, StatusCode::OK, &main))
}

/// `GET /don-vi/{code}/{file}.csv`.
pub(in crate::web) async fn csv(
    request: HttpRequest,
    site: web::Data<Site>,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (lang, today) = (language::of(&request), Moment::now().day());
    let (code, file) = path.into_inner();
    let Some(file) = File::named(&file) else { return refusals::not_found(request, site).await };
    let (snapshot, unit) = match unit_with(&site, &code).await {
        Ok(Some(found)) if site.settings.live => found,
        Ok(_) => return refusals::not_found(request, site).await,
        Err(error) => return refusals::fault(lang, &error),
    };
    let asked = Asked::of(&request, &snapshot, unit, today);
    let written = match figures(&site, &snapshot, unit, &asked, today).await {
        Ok(figures) => file.write(&figures),
        Err(error) => Err(error),
    };
    match written {
        Ok(text) => {
            let word = asked.choice.period.unwrap_or_else(|| Chosen::year_of(asked.period.to)).word();
            let name = format!("{}-{}-{word}.csv", file.word(), file_word(&code));
            revalidated(
                HttpResponse::Ok()
                    .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
                    .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
                    .body(text),
            )
        }
        Err(error) => refusals::fault(lang, &error),
    }
}

/// The period of a request.
struct Asked {
    choice: Choice,
    period: Period,
}

impl Asked {
    /// The period in the address; otherwise the reporting year of today, or of the last day of a unit that is no more.
    fn of(request: &HttpRequest, snapshot: &Snapshot, unit: UnitId, today: Day) -> Self {
        let choice = Choice::of_query(request.query_string());
        let last = snapshot.directory.unit_on(unit, today).and_then(|version| version.valid_to);
        let usual = || Chosen::year_of(last.map_or(today, |last| last.min(today)));
        Self { choice, period: choice.period.unwrap_or_else(usual).period() }
    }
}

/// The unit with a code, in a snapshot that knows it; `None` for a code no unit has.
pub(super) async fn unit_with(site: &Site, code: &str) -> anyhow::Result<Option<(Arc<Snapshot>, UnitId)>> {
    let snapshot = site.registry.get().await?;
    let unit = snapshot.directory.unit_by_code(code);
    Ok(unit.map(|unit| (snapshot, unit)))
}

async fn figures(
    site: &Site,
    snapshot: &Snapshot,
    unit: UnitId,
    asked: &Asked,
    today: Day,
) -> anyhow::Result<Arc<UnitFigures>> {
    let asked = figures::Asked::all(unit, asked.period, asked.choice.measure);
    site.figures.of_unit(&site.db, snapshot, asked, today).await
}

/// A public page may be kept, but is asked for again each time: figures grow.
pub(super) fn revalidated(mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    answer
}

/// A code as a part of a file's name.
pub(super) fn file_word(code: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
    code.chars().map(|sign| if is_plain(sign) { sign } else { '-' }).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_holds_plain_letters_only() {
        assert_eq!(file_word("MH.X05"), "MH.X05");
        assert_eq!(file_word("a\"\r\nb/đ"), "a---b--");
    }

    #[test]
    fn public_pages_are_asked_for_again() {
        let answer = revalidated(HttpResponse::Ok().finish());
        assert_eq!(answer.headers().get(CACHE_CONTROL).unwrap(), "no-cache");
    }
}
