//! Long lists: a search that needs no marks, and pages of a hundred.

use maud::{Markup, html};

use super::desk::Desk;
use super::pager::Pager;
use crate::text::Say;
use crate::text::office::{self as common, browse as words};
use crate::text::search::Wanted;
use crate::web::view::Hidden;
use crate::web::view::finder::finder;
use crate::web::view::office::{Field, Input};
use crate::words::Lang;

/// Signs of a query that are read.
const LONGEST: usize = 100;
const SEARCH: &str = "tim";

/// What part of a long list somebody asked for.
#[derive(Debug)]
pub(super) struct Browse {
    /// As it was typed.
    query: String,
    /// The same, ready to be looked for.
    pub(super) wanted: Wanted,
    /// The page, as it stands in the address.
    page: String,
}

impl Browse {
    /// What the address asks for.
    pub(super) fn of(desk: &Desk) -> Self {
        let query: String = desk.asked(SEARCH).chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        Self { wanted: Wanted::of(&query), query, page: desk.asked("trang") }
    }

    /// Whether something is searched for.
    pub(super) const fn searches(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// Which of so many entries are shown.
    pub(super) fn pager(&self, all: usize) -> Pager {
        Pager::new(&self.page, all)
    }

    /// The entries of this page.
    pub(super) fn slice<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        all.get(self.pager(all.len()).range()).unwrap_or_default()
    }

    /// The form to search with.
    pub(super) fn search(&self, desk: &Desk, label: Say) -> Markup {
        let lang = desk.lang;
        let field = Field::new(SEARCH, label.get(lang), Input::Text)
            .hint(words::WITHOUT_MARKS.get(lang))
            .value(self.query.clone());
        let lang_field = Hidden { name: "lang".into(), value: lang.word().into() };
        let more: Vec<Hidden> = (lang != Lang::Vi).then_some(lang_field).into_iter().collect();
        html! {
            (finder(desk.path(), &more, &[field], common::SEARCH.get(lang)))
            @if self.searches() { p { a href=(desk.to(desk.path())) { (words::ALL.get(lang)) } } }
        }
    }

    /// What is said where nothing is found; `empty` where there is nothing at all.
    pub(super) fn nothing(&self, lang: Lang, empty: Say) -> Markup {
        html! { p.note { (if self.searches() { words::NOTHING } else { empty }.get(lang)) } }
    }

    /// The way to the other pages; nothing where there is one page only.
    pub(super) fn pages(&self, desk: &Desk, all: usize) -> Markup {
        self.pager(all).links(desk, desk.path(), &[(SEARCH, self.query.as_str())])
    }
}
