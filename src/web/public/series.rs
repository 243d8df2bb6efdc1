//! `/chuoi-so-lieu`: what other bodies published over the years, each series with its charts, its table and its sources.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde_json::{Map, json};

use super::data_file;
use super::unit::revalidated;
use crate::index::published::{Beside, History, PublishedValue, Year, histories, side_by_side};
use crate::publish::charts::history as draw;
use crate::publish::open_data::{Licence, series_table};
use crate::publish::published::{bare, changed, charts, level, plain_id, rank, shown, title};
use crate::registry::Snapshot;
use crate::text::figure::{SIDE_BY_SIDE, measure_line, measure_name};
use crate::text::history::{self as words, PAGE, change_sentence, level_step, rank_step};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::respondent::refusals;
use crate::web::site::Site;
use crate::web::view::measures::{Aside, aside};
use crate::web::view::page::Layout;
use crate::web::view::table::{Cell, Row, Table};
use crate::web::view::{Link, Wording, links};
use crate::words::{Lang, SeriesKind};

/// Series that the page of all shows whole; of further ones it shows the names.
const SHOWN_WHOLE: usize = 12;

/// `GET /chuoi-so-lieu`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let lang = language::of(&request);
    match site.registry.get().await {
        Ok(snapshot) => {
            let main = all(lang, &snapshot);
            page(lang, &snapshot, words::TITLE.get(lang).into(), PAGE, &main)
        }
        Err(error) => refusals::fault(lang, &error),
    }
}

/// `GET /chuoi-so-lieu/{code}`.
pub(in crate::web) async fn one(request: HttpRequest, site: web::Data<Site>, code: web::Path<String>) -> HttpResponse {
    let lang = language::of(&request);
    let snapshot = match site.registry.get().await {
        Ok(snapshot) => snapshot,
        Err(error) => return refusals::fault(lang, &error),
    };
    let found = histories(&snapshot.series);
    let Some(history) = found.iter().find(|history| history.code == code.as_str()) else {
        return refusals::not_found(request, site).await;
    };
    let name = title(lang, history);
    let beside: Vec<Beside<'_>> = side_by_side(&found).into_iter().filter(|one| one.place == history.place).collect();
    let main = html! {
        h1 { (name) }
        (lead(lang, &snapshot))
        (besides(lang, &beside))
        (content(lang, history))
        p { a href=(language::address(PAGE, lang)) { (words::ALL_SERIES.get(lang)) } }
    };
    page(lang, &snapshot, name.into(), &path(history.code), &main)
}

/// `GET /chuoi-so-lieu/{code}.csv`.
pub(in crate::web) async fn csv(request: HttpRequest, site: web::Data<Site>, code: web::Path<String>) -> HttpResponse {
    match known(&site, &code).await {
        Ok(Some(snapshot)) => data_file::csv(&code, &series_table(&snapshot.series, &code))
            .unwrap_or_else(|error| refusals::fault(language::of(&request), &error)),
        Ok(None) => refusals::not_found(request, site).await,
        Err(error) => refusals::fault(language::of(&request), &error),
    }
}

/// `GET /chuoi-so-lieu/{code}.json`.
pub(in crate::web) async fn json(request: HttpRequest, site: web::Data<Site>, code: web::Path<String>) -> HttpResponse {
    match known(&site, &code).await {
        Ok(Some(snapshot)) => {
            let mut about = Map::new();
            about.insert("series".to_owned(), json!(code.as_str()));
            about.insert("note".to_owned(), json!({ "vi": words::LEAD.vi, "en": words::LEAD.en }));
            about.insert("licence".to_owned(), Licence::of(site.settings.open_data_licence.as_deref()).json());
            let whole = series_table(&snapshot.series, &code).json(about);
            data_file::json("application/json; charset=utf-8", &whole)
        }
        Ok(None) => refusals::not_found(request, site).await,
        Err(error) => refusals::fault(language::of(&request), &error),
    }
}

/// The snapshot, if it has this series.
async fn known(site: &Site, code: &str) -> anyhow::Result<Option<Arc<Snapshot>>> {
    let snapshot = site.registry.get().await?;
    let is_known = snapshot.series.iter().any(|value| value.series == code);
    Ok(is_known.then_some(snapshot))
}

fn page(lang: Lang, snapshot: &Snapshot, title: Wording, path: &str, main: &Markup) -> HttpResponse {
    let frame = Frame { lang, title, layout: Layout::Public, path, both_languages: true };
    revalidated(respond(Some(snapshot), frame, StatusCode::OK, main))
}

/// Address of a series.
pub(super) fn path(code: &str) -> String {
    format!("{PAGE}/{code}")
}

fn lead(lang: Lang, snapshot: &Snapshot) -> Markup {
    html! {
        p { (words::LEAD.get(lang)) }
        @if snapshot.installation.simulated { p.note { (words::NOT_SIMULATED.get(lang)) } }
    }
}

fn all(lang: Lang, snapshot: &Snapshot) -> Markup {
    let found = histories(&snapshot.series);
    html! {
        h1 { (words::TITLE.get(lang)) }
        (lead(lang, snapshot))
        @if found.is_empty() { p.note { (words::EMPTY.get(lang)) } }
        ul { @for history in &found {
            li { a href=(language::address(&path(history.code), lang)) { (title(lang, history)) } " (" (span(history)) ")" }
        } }
        (besides(lang, &side_by_side(&found)))
        @for history in found.iter().take(SHOWN_WHOLE) {
            section id=(plain_id(history.code)) {
                h2 { (title(lang, history)) }
                (content(lang, history))
            }
        }
    }
}

fn span(history: &History<'_>) -> String {
    let (first, last) = (history.years.first(), history.years.last());
    let (first, last) = (first.map_or(0, |year| year.year), last.map_or(0, |year| year.year));
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

/// Charts, table, sentences and downloads of a series.
fn content(lang: Lang, history: &History<'_>) -> Markup {
    let sentences: Vec<String> =
        history.years.iter().filter_map(|year| change_sentence(lang, &changed(lang, year))).collect();
    let file = |end: &str, label: &'static str| Link {
        label: label.into(),
        href: format!("{}.{end}", path(history.code)).into(),
    };
    html! {
        p.h { (measure_line(history.measure).get(lang)) }
        @if history.years.len() > 1 {
            @for chart in charts(lang, history) { figure.series { figcaption { b { (chart.title) } } (draw(&chart)) } }
            p.h { (words::NO_INTERVAL.get(lang)) }
        }
        (table(lang, history).render())
        @if !sentences.is_empty() {
            p { b { (words::NOTES.get(lang)) } }
            ul { @for sentence in &sentences { li { (sentence) } } }
        }
        (links(&[file("csv", "CSV"), file("json", "JSON")]))
    }
}

/// Years with values and changes in columns of their own; a row where the series breaks.
fn table(lang: Lang, history: &History<'_>) -> Table {
    let kind = history.years.iter().find_map(|year| year.level).map(|value| value.kind);
    let has_rank = history.years.iter().any(|year| year.rank.is_some());
    let mut head: Vec<Wording> = vec![words::YEAR.get(lang).into()];
    if let Some(kind) = kind {
        let name = if kind == SeriesKind::Points { words::HEAD_POINTS } else { words::HEAD_PERCENT };
        head.extend([name, words::HEAD_CHANGE].map(|say| Wording::from(say.get(lang))));
    }
    if has_rank {
        head.extend([words::HEAD_RANK, words::HEAD_RANK_CHANGE].map(|say| Wording::from(say.get(lang))));
    }
    head.extend([words::PUBLISHED_BY, words::FRAME, words::SOURCE].map(|say| Wording::from(say.get(lang))));
    let rows = history.years.iter().flat_map(|year| {
        let broken = year.broken.as_ref().and_then(|_| change_sentence(lang, &changed(lang, year)));
        let broken = broken.map(|told| Row {
            name: words::BREAK.get(lang).into(),
            href: None,
            cells: vec![Cell::Span(told.into())],
        });
        let row = Row { name: year.year.to_string().into(), href: None, cells: cells(lang, year, kind, has_rank) };
        broken.into_iter().chain([row])
    });
    Table { caption: title(lang, history).into(), head, rows: rows.collect() }
}

fn cells(lang: Lang, year: &Year<'_>, kind: Option<SeriesKind>, has_rank: bool) -> Vec<Cell> {
    let none = || Cell::Words("–".into());
    let value = |value: Option<&PublishedValue>| match value {
        Some(value) if value.value.is_some() && value.note.is_none() => Cell::Number(shown(lang, value).into()),
        Some(value) => Cell::Words(shown(lang, value).into()),
        None => none(),
    };
    let mut cells = Vec::new();
    if let Some(kind) = kind {
        cells.push(value(year.level));
        let step = year.level_step.map(|step| level_step(lang, level(kind, step)));
        cells.push(step.map_or_else(none, |step| Cell::Number(step.into())));
    }
    if has_rank {
        cells.push(value(year.rank));
        let step = year.rank_step.map(|step| rank_step(lang, rank(step)));
        cells.push(step.map_or_else(none, |step| Cell::Number(step.into())));
    }
    let values: Vec<&PublishedValue> = [year.level, year.rank].into_iter().flatten().collect();
    let of = |read: fn(&PublishedValue) -> &str| {
        let mut texts: Vec<&str> = values.iter().map(|value| read(value)).collect();
        texts.dedup();
        Cell::Words(texts.join("; ").into())
    };
    let frame = values.first().and_then(|value| value.frame);
    cells.push(of(|value| &value.publisher));
    cells.push(Cell::Words(words::frame(frame).get(lang).into()));
    cells.push(of(|value| &value.citation));
    cells
}

/// Two measures of one place and year beside each other: names, collectors, numbers, and nothing computed from them.
fn besides(lang: Lang, found: &[Beside<'_>]) -> Markup {
    html! {
        @if !found.is_empty() {
            section {
                h2 { (words::BESIDE.get(lang)) }
                p.note { (SIDE_BY_SIDE.get(lang)) }
                @for one in found {
                    h3 { (words::beside_title(lang, one.place, &one.year.to_string())) }
                    (aside(&one.said.iter().filter_map(|said| block(lang, said)).collect::<Vec<_>>()))
                }
            }
        }
    }
}

fn block(lang: Lang, said: &[&PublishedValue]) -> Option<Aside> {
    let first = said.first()?;
    let numbers: Vec<String> = said.iter().filter_map(|value| bare(lang, value)).collect();
    let mut notes: Vec<String> =
        said.iter().filter_map(|value| Some(value.note.as_ref()?.get(lang).to_owned())).collect();
    let value = if numbers.is_empty() { std::mem::take(&mut notes) } else { numbers };
    let fact = |say: crate::text::Say, text: &str| (Wording::from(say.get(lang)), Wording::from(text.to_owned()));
    Some(Aside {
        name: measure_name(first.measure).get(lang).into(),
        line: measure_line(first.measure).get(lang).into(),
        value: crate::text::capital(&value.join("; ")).into(),
        note: crate::text::capital(&notes.join("; ")).into(),
        facts: vec![
            fact(words::PUBLISHED_BY, &first.publisher),
            fact(words::FRAME, words::frame(first.frame).get(lang)),
            fact(words::SOURCE, &first.citation),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::published::tests::{lai_chau, value};
    use crate::words::Measure;

    #[test]
    fn points_and_ranks_have_columns_of_their_own_and_the_sentence_stands_below() {
        let values = lai_chau();
        let text = content(Lang::Vi, &histories(&values)[0]).into_string();
        for part in ["66,46 điểm", "59/63", "+2,37 điểm", "giảm 6 bậc", "Thay đổi thứ hạng", "/chuoi-so-lieu/lc.csv"]
        {
            assert!(text.contains(part), "“{part}” is missing in {text}");
        }
        assert!(text.contains("2014→2015: +2,37 điểm, giảm 6 bậc: hai số đo đi ngược nhau"), "{text}");
        assert_eq!(text.matches("<figcaption>").count(), 2);
    }

    #[test]
    fn two_measures_stand_beside_each_other_with_collectors_and_without_a_sum() {
        let mut own = value("own", 2022, SeriesKind::Percent, 855_000);
        own.measure = Measure::Province;
        own.publisher = "Tỉnh".to_owned();
        own.decimals = 1;
        let mut sipas = value("sipas", 2022, SeriesKind::Rank, 0);
        let note =
            crate::index::scheme::Bilingual { vi: "trong nhóm 5 thấp nhất".into(), en: "lowest five".into() };
        (sipas.measure, sipas.value, sipas.note) = (Measure::Sipas, None, Some(note));
        let values = [own, sipas];
        let found = histories(&values);
        let text = besides(Lang::Vi, &side_by_side(&found)).into_string();
        for part in ["85,5%", "Trong nhóm 5 thấp nhất", SIDE_BY_SIDE.vi, "Bộ Nội vụ", "Đo lường hài lòng của tỉnh"]
        {
            assert!(text.contains(part), "“{part}” is missing in {text}");
        }
        assert!(!text.contains("<svg"), "two measures never share a drawing");
    }
}
