//! Lists of many rows, a hundred a page.

use std::ops::Range;

use maud::{Markup, html};

use super::desk::Desk;
use crate::text::office::browse as words;

/// Rows of a page.
pub(super) const ROWS: usize = 100;
/// Pages to which links lead, on either side of the one that is shown.
const NEAR: usize = 3;

/// Which part of a list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pager {
    page: usize,
    all: usize,
}

impl Pager {
    /// The page that the address asks for; the last one where there are fewer.
    pub(super) fn new(asked: &str, all: usize) -> Self {
        let last = all.div_ceil(ROWS).max(1);
        Self { page: asked.parse().unwrap_or(1).clamp(1, last), all }
    }

    fn pages(self) -> usize {
        self.all.div_ceil(ROWS).max(1)
    }

    /// The rows of the page.
    pub(super) fn range(self) -> Range<usize> {
        let from = (self.page - 1) * ROWS;
        from..self.all.min(from + ROWS)
    }

    /// What is shown, and links to the other pages; nothing where there is one page.
    pub(super) fn links(self, desk: &Desk, path: &str, query: &[(&str, &str)]) -> Markup {
        let lang = desk.lang;
        let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let Range { start, end } = self.range();
        let near =
            (1..=self.pages()).filter(|page| *page == 1 || *page == self.pages() || page.abs_diff(self.page) <= NEAR);
        html! {
            @if self.pages() > 1 {
                p.h role="status" { (words::shown(lang, number(start + 1), number(end), number(self.all))) }
                nav.links aria-label=(words::PAGES.get(lang)) {
                    @for page in near {
                        @let name = words::page(lang, number(page));
                        @if page == self.page { strong aria-current="page" { (name) } " " }
                        @else { a href=(address(desk, path, query, Some(page))) { (name) } " " }
                    }
                }
            }
        }
    }
}

/// An address with its query; what is empty is left out.
pub(super) fn address(desk: &Desk, path: &str, query: &[(&str, &str)], page: Option<usize>) -> String {
    let page = page.map(|page| page.to_string()).unwrap_or_default();
    let all = query.iter().copied().chain([("trang", page.as_str())]).filter(|(_, value)| !value.is_empty());
    let parts: Vec<String> = all
        .map(|(name, value)| {
            format!("{name}={}", percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC))
        })
        .collect();
    let joint = if parts.is_empty() { "" } else { "?" };
    desk.to(&format!("{path}{joint}{}", parts.join("&")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_not_there_is_the_nearest_one() {
        assert_eq!(Pager::new("", 0).range(), 0..0);
        assert_eq!(Pager::new("1", 100).range(), 0..100);
        assert_eq!(Pager::new("2", 101).range(), 100..101);
        assert_eq!(Pager::new("9", 250).range(), 200..250);
        for odd in ["0", "-1", "x", "99999999999999999999999"] {
            assert_eq!(Pager::new(odd, 250).range(), 0..100, "{odd}");
        }
    }
}
