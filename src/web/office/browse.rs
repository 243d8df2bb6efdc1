//! Long lists: a search that needs no marks, and pages of a hundred.

use maud::{Markup, html};

use super::desk::Desk;
use crate::text::Say;
use crate::text::office::{self as common, browse as words};
use crate::text::search::Wanted;
use crate::web::view::Wording;
use crate::words::Lang;

/// Entries of a page.
pub(super) const A_PAGE: usize = 100;
/// Signs of a query that are read.
const LONGEST: usize = 100;
const SEARCH: &str = "tim";
const PAGE: &str = "trang";

/// What part of a long list somebody asked for.
#[derive(Debug)]
pub(super) struct Browse {
    /// As it was typed.
    query: String,
    /// The same, ready to be looked for.
    pub(super) wanted: Wanted,
    /// From 1.
    page: usize,
}

impl Browse {
    /// What the address asks for.
    pub(super) fn of(desk: &Desk) -> Self {
        let query: String = desk.asked(SEARCH).chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        let page = desk.asked(PAGE).parse().ok().filter(|page| (1..=1_000_000).contains(page)).unwrap_or(1);
        Self { wanted: Wanted::of(&query), query, page }
    }

    /// Whether something is searched for.
    pub(super) const fn searches(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// Entries before this page.
    pub(super) const fn before(&self) -> usize {
        (self.page - 1) * A_PAGE
    }

    /// The entries of this page.
    pub(super) fn slice<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        all.chunks(A_PAGE).nth(self.page - 1).unwrap_or_default()
    }

    /// The form to search with.
    pub(super) fn search(&self, desk: &Desk, label: Say) -> Markup {
        let lang = desk.lang;
        html! {
            form.search action=(desk.path()) method="get" role="search" {
                label.legend for=(SEARCH) { (label.get(lang)) }
                p.h id="tim-h" { (words::WITHOUT_MARKS.get(lang)) }
                input type="text" id=(SEARCH) name=(SEARCH) value=(self.query) maxlength=(LONGEST) aria-describedby="tim-h"
                    autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search";
                @if lang != Lang::Vi { input type="hidden" name="lang" value=(lang.word()); }
                " " button { (common::SEARCH.get(lang)) }
                @if self.searches() { " " a href=(desk.to(desk.path())) { (words::ALL.get(lang)) } }
            }
        }
    }

    /// What is said where nothing is found; `empty` where there is nothing at all.
    pub(super) fn nothing(&self, lang: Lang, empty: Say) -> Markup {
        html! { p.note { (if self.searches() { words::NOTHING } else { empty }.get(lang)) } }
    }

    /// The way to the other pages; nothing where there is one page only.
    pub(super) fn pages(&self, desk: &Desk, all: usize) -> Markup {
        let pages = all.div_ceil(A_PAGE);
        let real = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let link = |page: usize, say: Say| html! { a href=(self.address(desk, page)) { (say.get(desk.lang)) } };
        html! {
            @if pages > 1 || self.page > 1 {
                nav.turn aria-label=(words::PAGES.get(desk.lang)) {
                    @if self.page > 1 { (link((self.page - 1).min(pages.max(1)), words::BEFORE)) " · " }
                    span { (words::page_of(desk.lang, real(self.page), real(pages), real(all))) }
                    @if self.page < pages { " · " (link(self.page + 1, words::AFTER)) }
                }
            }
        }
    }

    fn address(&self, desk: &Desk, page: usize) -> String {
        let query = percent_encoding::utf8_percent_encode(&self.query, percent_encoding::NON_ALPHANUMERIC);
        let search = if self.searches() { format!("{SEARCH}={query}&") } else { String::new() };
        desk.to(&format!("{}?{search}{PAGE}={page}", desk.path()))
    }
}

/// A list to choose from, with an empty value first.
pub(super) fn choices<'a>(
    none: Say,
    lang: Lang,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Vec<(Wording, Wording)> {
    let first = std::iter::once((Wording::default(), Wording::from(none.get(lang))));
    first.chain(known.map(|(value, label)| (value.to_owned().into(), label.to_owned().into()))).collect()
}
