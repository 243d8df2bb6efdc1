//! `/du-lieu`: what everybody may take away, with code books, licence, and a catalogue for machines.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use anyhow::Context;
use maud::{Markup, html};
use serde_json::{Map, Value, json};

use super::data_file;
use super::unit::revalidated;
use crate::publish::open_data::{
    Column, DataSet, DataTable, Holds, Licence, Offer, PROCEDURES, PublishedSet, Publisher, catalogue, data_sets, table,
};
use crate::registry::Snapshot;
use crate::store::checkpoints;
use crate::store::procedures::{self, Procedure};
use crate::text::{Say, date, history, open_data as words, site as site_words};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::respondent::refusals;
use crate::web::site::Site;
use crate::web::view::Wording;
use crate::web::view::page::Layout;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{Day, Lang, Moment};

/// What the data sets are made from, held for one request.
pub(super) struct Held {
    pub(super) snapshot: Arc<Snapshot>,
    procedures: Vec<Procedure>,
    published: Vec<PublishedSet>,
    has_record: bool,
    live: bool,
    base: String,
    today: Day,
}

impl Held {
    /// Reads it; the procedures only where they are asked for.
    pub(super) async fn load(site: &Site, id: &str) -> anyhow::Result<Self> {
        let snapshot = site.registry.get().await?;
        let (reader, province) = (site.db.reader(), snapshot.province);
        let latest = checkpoints::latest(reader, province).await.context("while asking for the last checkpoint")?;
        let procedures = match id {
            PROCEDURES => procedures::all(reader, province).await.context("while reading the procedures")?,
            _ => Vec::new(),
        };
        let published = super::published::as_data_sets(site, &snapshot).await?;
        Ok(Self {
            snapshot,
            procedures,
            published,
            has_record: latest.is_some(),
            live: site.settings.live,
            base: site.settings.base_url.clone(),
            today: Moment::now().day(),
        })
    }

    /// What the data sets are made from.
    pub(super) fn offer(&self) -> Offer<'_> {
        Offer {
            snapshot: &self.snapshot,
            procedures: &self.procedures,
            published: &self.published,
            live: self.live,
            has_record: self.has_record,
            today: self.today,
            base: &self.base,
        }
    }

    /// Who gives the data.
    fn publisher(&self) -> Publisher<'_> {
        let root = self.snapshot.directory.root(self.today);
        let modified = self.snapshot.installation.sealed_through;
        Publisher { name: root.map_or(site_words::PRODUCT.vi, |root| root.name.as_str()), base: &self.base, modified }
    }
}

/// `GET /du-lieu`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let lang = language::of(&request);
    match Held::load(&site, "").await {
        Ok(held) => {
            let main = list(lang, &data_sets(&held.offer()), &licence(&site));
            page(lang, &held.snapshot, words::TITLE.get(lang).into(), words::PAGE, &main)
        }
        Err(error) => refusals::fault(lang, &error),
    }
}

/// `GET /du-lieu/danh-muc.jsonld`.
pub(in crate::web) async fn for_machines(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    match Held::load(&site, "").await {
        Ok(held) => {
            let whole = catalogue(held.publisher(), &licence(&site), &data_sets(&held.offer()));
            data_file::json("application/ld+json; charset=utf-8", &whole)
        }
        Err(error) => refusals::fault(language::of(&request), &error),
    }
}

/// `GET /du-lieu/{id}`.
pub(in crate::web) async fn one(request: HttpRequest, site: web::Data<Site>, id: web::Path<String>) -> HttpResponse {
    let lang = language::of(&request);
    let held = match Held::load(&site, "").await {
        Ok(held) => held,
        Err(error) => return refusals::fault(lang, &error),
    };
    let sets = data_sets(&held.offer());
    let Some(set) = sets.iter().find(|set| set.id == id.as_str()) else {
        return refusals::not_found(request, site).await;
    };
    let main = about(lang, &held, set, &licence(&site));
    let path = address(set);
    page(lang, &held.snapshot, set.title.get(lang).to_owned().into(), &path, &main)
}

/// `GET /du-lieu/{id}.csv`.
pub(in crate::web) async fn csv(request: HttpRequest, site: web::Data<Site>, id: web::Path<String>) -> HttpResponse {
    match rows(&site, &id).await {
        Ok(Some((_, rows))) => {
            data_file::csv(&id, &rows).unwrap_or_else(|error| refusals::fault(language::of(&request), &error))
        }
        Ok(None) => refusals::not_found(request, site).await,
        Err(error) => refusals::fault(language::of(&request), &error),
    }
}

/// `GET /du-lieu/{id}.json`.
pub(in crate::web) async fn json(request: HttpRequest, site: web::Data<Site>, id: web::Path<String>) -> HttpResponse {
    match rows(&site, &id).await {
        Ok(Some((held, rows))) => {
            let sets = data_sets(&held.offer());
            let about = sets.iter().find(|set| set.id == id.as_str());
            let about = about.map(|set| head(&held, set, &licence(&site))).unwrap_or_default();
            data_file::json("application/json; charset=utf-8", &rows.json(about))
        }
        Ok(None) => refusals::not_found(request, site).await,
        Err(error) => refusals::fault(language::of(&request), &error),
    }
}

async fn rows(site: &Site, id: &str) -> anyhow::Result<Option<(Held, DataTable)>> {
    let held = Held::load(site, id).await?;
    let found = table(&held.offer(), id);
    Ok(found.map(|table| (held, table)))
}

fn licence(site: &Site) -> Licence {
    Licence::of(site.settings.open_data_licence.as_deref())
}

fn page(lang: Lang, snapshot: &Snapshot, title: Wording, path: &str, main: &Markup) -> HttpResponse {
    let frame = Frame { lang, title, layout: Layout::Public, path, both_languages: true };
    revalidated(respond(Some(snapshot), frame, StatusCode::OK, main))
}

/// Path of the page of a data set.
pub(super) fn address(set: &DataSet) -> String {
    format!("{}/{}", words::PAGE, set.id)
}

/// What stands before the rows of a JSON file.
fn head(held: &Held, set: &DataSet, licence: &Licence) -> Map<String, Value> {
    let both = |text: &crate::text::Both| json!({ "vi": text.get(Lang::Vi), "en": text.get(Lang::En) });
    let mut first = Map::new();
    let mut put = |name: &str, value: Value| first.insert(name.to_owned(), value);
    put("id", json!(set.id));
    put("title", both(&set.title));
    put("description", both(&set.description));
    put("simulated", json!(set.is_simulated));
    put("publisher", json!(held.publisher().name));
    put("licence", licence.json());
    put("address", json!(format!("{}{}", held.base, address(set))));
    first
}

fn list(lang: Lang, sets: &[DataSet], licence: &Licence) -> Markup {
    html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) " " (words::NO_ANSWERS.get(lang)) }
        ul {
            li { a href=(words::CATALOGUE) { (words::FOR_MACHINES.get(lang)) } }
            li { a href=(language::address(history::PAGE, lang)) { (history::TITLE.get(lang)) } }
        }
        @for set in sets {
            section.set {
                h2 { a href=(language::address(&address(set), lang)) { (set.title.get(lang)) } }
                p { (set.description.get(lang)) }
                p.links { @for file in &set.files { a href=(file.path) aria-label={ (file.label.get(lang)) " " (set.title.get(lang)) } { (file.label.get(lang)) } " " } }
            }
        }
        (given_under(lang, licence))
    }
}

fn files(lang: Lang, set: &DataSet) -> Markup {
    html! { ul { @for file in &set.files { li { a href=(file.path) { (file.title.get(lang)) } } } } }
}

fn given_under(lang: Lang, licence: &Licence) -> Markup {
    html! {
        section id="giay-phep" {
            h2 { (words::LICENCE.get(lang)) }
            p {
                (licence.text.get(lang).trim_end_matches('.')) "."
                @if let Some(address) = &licence.address { " " a href=(address) rel="license" { (address) } }
            }
        }
    }
}

fn about(lang: Lang, held: &Held, set: &DataSet, licence: &Licence) -> Markup {
    let here = format!("{}{}", held.base, address(set));
    let time = match set.span {
        (Some(first), Some(last)) => crate::words::Period::new(first, last).map(|period| date::span(lang, period)),
        (Some(first), None) => Some(words::from_on(lang, first)),
        (None, Some(last)) => Some(words::until(lang, last)),
        (None, None) => None,
    };
    html! {
        h1 { (set.title.get(lang)) }
        p { (set.description.get(lang)) }
        section {
            h2 { (words::FILES.get(lang)) }
            (files(lang, set))
        }
        dl.about {
            @if let Some(time) = time { dt { (words::SPAN.get(lang)) } dd { (time) } }
            dt { (words::ADDRESS.get(lang)) } dd { code { (here) } }
            @if let Some(method) = &set.conforms_to {
                dt { (words::METHOD.get(lang)) } dd { a href=(language::address(method, lang)) { code { (method) } } }
            }
            @if let Some(page) = &set.page {
                dt { (words::MORE.get(lang)) } dd { a href=(language::address(page, lang)) { code { (page) } } }
            }
        }
        @if !set.columns.is_empty() {
            section {
                h2 { (words::COLUMNS.get(lang)) }
                (code_book(lang, &set.columns).render())
                p.h { (words::GUARDED.get(lang)) }
            }
        }
        section {
            h2 { (words::HOW_TO_CITE.get(lang)) }
            p { (words::cite(lang, held.publisher().name, set.title.get(lang), &here, held.today)) }
        }
        (given_under(lang, licence))
        p { a href=(language::address(words::PAGE, lang)) { (words::ALL.get(lang)) } }
    }
}

fn code_book(lang: Lang, columns: &[Column]) -> Table {
    let holds = |holds: Holds| -> Say {
        match holds {
            Holds::Text => words::HOLDS_TEXT,
            Holds::Number => words::HOLDS_NUMBER,
            Holds::Day => words::HOLDS_DAY,
            Holds::Truth => words::HOLDS_TRUTH,
        }
    };
    let row = |column: &Column| Row {
        name: column.name.into(),
        href: None,
        cells: vec![
            Cell::Words(column.meaning.get(lang).to_owned().into()),
            Cell::Words(holds(column.holds).get(lang).into()),
        ],
    };
    Table {
        caption: words::COLUMNS.get(lang).into(),
        head: [words::COLUMN, words::MEANING, words::HOLDS].map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: columns.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::results::csv::{COLUMNS, File};

    #[test]
    fn the_code_book_names_the_columns_and_the_list_names_the_files_of_every_unit() {
        assert_eq!(words::FIGURE_COLUMNS.map(|(name, _)| name), COLUMNS);
        assert!(words::UNIT_FILES.iter().all(|(name, _)| File::named(name).is_some()));
        assert_eq!(words::UNIT_FILES.len(), File::ALL.len());
    }

    #[test]
    fn a_licence_without_an_address_is_told_without_a_link() {
        let bare = Licence::of(Some("Tự do sử dụng."));
        let told = given_under(Lang::Vi, &bare).into_string();
        assert!(told.contains("Tự do sử dụng.") && !told.contains("href"), "{told}");
        assert!(given_under(Lang::Vi, &Licence::of(None)).into_string().contains("rel=\"license\""));
    }
}
