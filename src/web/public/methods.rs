//! `/phuong-phap`: how every number comes about, from the catalogue of methods.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::unit::revalidated;
use crate::text::figure::{GLOSS, SIDE_BY_SIDE, level_long, measure_line, measure_name};
use crate::text::methods::markdown::source_words;
use crate::text::methods::{self, Catalogue, Columns, Method, PAGE, words};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::respondent::refusals;
use crate::web::site::Site;
use crate::web::view::page::Layout;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{Lang, Level, Measure};

/// Anchor of the part that explains how a figure is read; no method and no section has it.
const READING: &str = "doc-mot-con-so";

/// `GET /phuong-phap`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let lang = language::of(&request);
    let snapshot = match site.registry.get().await {
        Ok(snapshot) => snapshot,
        Err(error) => return refusals::fault(lang, &error),
    };
    let main = match methods::catalogue() {
        Ok(catalogue) => body(lang, catalogue),
        Err(faults) => return refusals::fault(lang, &anyhow::Error::new(faults.clone())),
    };
    let title = words::TITLE.get(lang).into();
    let frame = Frame { lang, title, layout: Layout::Public, path: PAGE, both_languages: true };
    revalidated(respond(Some(&snapshot), frame, StatusCode::OK, &main))
}

fn body(lang: Lang, catalogue: &Catalogue) -> Markup {
    html! {
        h1 { (words::TITLE.get(lang)) }
        p { (catalogue.intro.get(lang)) }
        p.h { (marked(words::SPECIALISTS.get(lang))) }
        h2 { (words::CONTENTS.get(lang)) }
        ul {
            li { a href=(format!("#{READING}")) { (words::READING.get(lang)) } }
            @for section in &catalogue.sections {
                li { a href=(format!("#{}", section.id)) { (section.title.get(lang)) } }
            }
        }
        (reading(lang))
        @for section in &catalogue.sections {
            section id=(section.id) {
                h2 { (section.title.get(lang)) }
                @for method in &section.methods { (entry(lang, method)) }
            }
        }
    }
}

/// What a reader of any public page needs: the interval, the measures, the trust levels.
fn reading(lang: Lang) -> Markup {
    let measures = Table {
        caption: words::READING_MEASURES.get(lang).into(),
        head: vec![words::MEASURE.get(lang).into(), words::MEASURE_IS.get(lang).into()],
        rows: Measure::ALL
            .iter()
            .map(|measure| Row {
                name: measure_name(*measure).get(lang).into(),
                href: None,
                cells: vec![Cell::Words(measure_line(*measure).get(lang).into())],
            })
            .collect(),
    };
    html! {
        section id=(READING) {
            h2 { (words::READING.get(lang)) }
            div.method {
                h3 { (words::READING_INTERVAL.get(lang)) }
                p { (GLOSS.get(lang)) }
            }
            div.method {
                h3 { (words::READING_MEASURES.get(lang)) }
                p { (SIDE_BY_SIDE.get(lang)) }
                (measures.render())
            }
            div.method {
                h3 { (words::READING_LEVELS.get(lang)) }
                ul { @for level in Level::ALL { li { b { (level.word()) } " · " (level_long(*level).get(lang)) } } }
            }
        }
    }
}

fn entry(lang: Lang, method: &Method) -> Markup {
    html! {
        div.method {
            h3 id=(method.id) { (method.title.get(lang)) }
            p { (marked(method.what.get(lang))) }
            @if let Some(columns) = &method.table { (table(lang, method, columns).render()) }
            details {
                summary { (words::MORE.get(lang)) }
                @if let Some(formula) = &method.formula {
                    p.formula { @for line in formula.get(lang).lines() { span { (line) } } }
                }
                p { b { (words::EDGE.get(lang)) ":" } " " (marked(method.edge.get(lang))) }
                p { b { (words::SOURCES.get(lang)) ":" } " " (sources(lang, method)) "." }
                p {
                    b { (words::CHECKED.get(lang)) ":" }
                    @if let [first, others @ ..] = method.reference.as_slice() {
                        " " (words::REFERENCE.get(lang)) " " code { (first) }
                        @for file in others { ", " code { (file) } }
                        "."
                    }
                    @if let Some(checked) = &method.checked { " " (marked(checked.get(lang))) }
                }
                p { b { (words::USED.get(lang)) ":" } " " (marked(&method.used_words(lang))) "." }
                p.h {
                    (words::CITED_AS.get(lang)) ": " code { (method.id) }
                    @for word in &method.words { ", " code { (word) } }
                }
            }
        }
    }
}

fn table(lang: Lang, method: &Method, columns: &Columns) -> Table {
    let plain = |text: &methods::Text| text.get(lang).replace('`', "");
    Table {
        caption: method.title.get(lang).to_owned().into(),
        head: columns.head.iter().map(|name| plain(name).into()).collect(),
        rows: columns
            .rows
            .iter()
            .map(|[name, text]| Row {
                name: plain(name).into(),
                href: None,
                cells: vec![Cell::Words(plain(text).into())],
            })
            .collect(),
    }
}

fn sources(lang: Lang, method: &Method) -> String {
    method.sources.iter().map(|source| source_words(source, lang)).collect::<Vec<_>>().join("; ")
}

/// A text in which words between grave accents are code.
fn marked(text: &str) -> Markup {
    html! {
        @for (place, part) in text.split('`').enumerate() {
            @if place % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn page(lang: Lang) -> String {
        body(lang, methods::catalogue().unwrap()).into_string()
    }

    /// What stands between `name="` and the next quote, everywhere.
    fn values<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
        page.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn every_method_has_an_anchor_and_every_link_of_the_page_leads_to_one() {
        for lang in [Lang::Vi, Lang::En] {
            let page = page(lang);
            let anchors: BTreeSet<&str> = values(&page, "id").into_iter().collect();
            assert_eq!(anchors.len(), values(&page, "id").len(), "an anchor stands twice");
            for method in methods::catalogue().unwrap().methods() {
                assert!(anchors.contains(method.id.as_str()), "{}", method.id);
            }
            for link in values(&page, "href") {
                assert!(link.strip_prefix('#').is_some_and(|anchor| anchors.contains(anchor)), "{link}");
            }
        }
    }

    #[test]
    fn headings_go_down_one_step_at_a_time() {
        let page = page(Lang::Vi);
        let levels: Vec<u8> =
            page.split("<h").skip(1).filter_map(|rest| rest.bytes().next()).filter(u8::is_ascii_digit).collect();
        assert_eq!(levels.first(), Some(&b'1'));
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "a heading skips a level");
        assert!(!levels[1..].contains(&b'1'), "a second heading of the first level");
    }

    #[test]
    fn an_officer_reads_the_gloss_the_measures_the_levels_and_the_verdicts() {
        let page = page(Lang::Vi);
        for text in [GLOSS, SIDE_BY_SIDE, measure_name(Measure::Qd766), level_long(Level::D)] {
            assert!(page.contains(text.vi), "{}", text.vi);
        }
        for text in ["Chưa đủ cơ sở kết luận", "9 trong 10", "180 trong 200", "Clopper &amp; Pearson 1934"] {
            assert!(page.contains(text), "{text}");
        }
    }

    #[test]
    fn words_between_grave_accents_are_code_and_everything_is_escaped() {
        assert_eq!(marked("a `b < c` d").into_string(), "a <code>b &lt; c</code> d");
    }
}
