//! Of whom an item is asked: what earlier answers lead to it, and which pages a person sees.

use super::item::bit;
use super::{Answer, Edition, Item, Page};

/// Asks for one of some answers to an earlier item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Route {
    /// Number (from 1) of the earlier item.
    pub(super) number: usize,
    /// Its levels or options as bits; one of them is needed.
    pub(super) is: u8,
}

impl Route {
    /// Whether these answers fulfil it. What was not asked fulfils nothing.
    fn holds(self, before: &[Answer]) -> bool {
        let given = match self.number.checked_sub(1).and_then(|at| before.get(at)) {
            Some(Answer::Level(number) | Answer::Choice(number)) => bit(*number),
            Some(Answer::Choices(options)) => *options,
            _ => 0,
        };
        given & self.is != 0
    }
}

impl Edition {
    /// Whether the answers to some items decide which others are asked.
    pub fn is_routed(&self) -> bool {
        self.routes.iter().any(|routes| !routes.is_empty())
    }

    /// All items with whether each is asked, in the order of the form, from the answers to the counted items (those to later
    /// items do not matter).
    pub fn asked(&self, answers: &[Answer]) -> Vec<bool> {
        let mut known: Vec<Answer> = Vec::with_capacity(answers.len());
        let mut asked = Vec::with_capacity(self.items.len());
        for (at, item) in self.items.iter().enumerate() {
            let is_asked = self.is_asked(at, &known);
            asked.push(is_asked);
            if !item.is_comment() {
                let given = answers.get(known.len()).copied().unwrap_or(Answer::Blank);
                known.push(if is_asked { given } else { Answer::NotAsked });
            }
        }
        asked
    }

    /// Whether the item at a place of the form is asked of whoever gave these answers to the counted items before it.
    pub fn is_asked(&self, at: usize, before: &[Answer]) -> bool {
        self.routes.get(at).is_none_or(|routes| routes.iter().all(|route| route.holds(before)))
    }

    /// The place of the page on which an item stands.
    pub fn page_of(&self, code: &str) -> Option<usize> {
        self.pages.iter().position(|page| page.items.iter().any(|item| item == code))
    }

    /// The items of a page.
    pub fn items_of<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = &'a Item> {
        page.items.iter().filter_map(|code| self.item(code))
    }

    /// Places of the pages that may still be asked of a person who is on page `here`: the answers on earlier pages are known,
    /// what this page and later ones decide is open and counts as asked.
    pub fn pages_ahead(&self, answers: &[Answer], here: usize) -> Vec<usize> {
        let asked = self.asked(answers);
        let is_open = |route: &Route| {
            let item = self.item_numbered(route.number).map_or("", Item::code);
            self.page_of(item).is_some_and(|page| page >= here)
        };
        let mut pages: Vec<usize> = self
            .items
            .iter()
            .zip(asked)
            .enumerate()
            .filter(|(at, (_, asked))| {
                let routes = self.routes.get(*at).map(Vec::as_slice).unwrap_or_default();
                *asked
                    || (routes.iter().any(is_open) && routes.iter().all(|route| is_open(route) || route.holds(answers)))
            })
            .filter_map(|(_, (item, _))| self.page_of(item.code()))
            .collect();
        pages.sort_unstable();
        pages.dedup();
        pages
    }

    /// The page after `here` (or the first one) that these answers lead to.
    pub fn page_after(&self, answers: &[Answer], here: Option<usize>) -> Option<usize> {
        self.asked_pages(answers).into_iter().find(|page| here.is_none_or(|here| *page > here))
    }

    /// The page before `here` that these answers lead to.
    pub fn page_before(&self, answers: &[Answer], here: usize) -> Option<usize> {
        self.asked_pages(answers).into_iter().rev().find(|page| *page < here)
    }

    /// Places of the pages on which something is asked of whoever gave these answers.
    pub fn asked_pages(&self, answers: &[Answer]) -> Vec<usize> {
        let asked = self.items.iter().zip(self.asked(answers)).filter(|(_, asked)| *asked);
        let mut pages: Vec<usize> = asked.filter_map(|(item, _)| self.page_of(item.code())).collect();
        pages.sort_unstable();
        pages.dedup();
        pages
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::FieldProblem::{AlsoNotApplicable, BadLevel};
    use crate::questionnaire::properties::ROUTED;
    use crate::questionnaire::{AnswerSheet, encode, parse};
    use Answer::{Blank, Choice, Choices, Level, NotApplicable, NotAsked, Number};

    fn edition() -> Edition {
        parse("routed", ROUTED).unwrap()
    }

    fn read(fields: &[(&str, &str)]) -> Vec<Answer> {
        let fields: Vec<(String, String)> = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        AnswerSheet::read(&edition(), &fields).unwrap().answers
    }

    #[test]
    fn answers_lead_past_items_and_past_pages() {
        let edition = edition();
        let yes = read(&[("used", "1"), ("ways", "2"), ("ways", "3"), ("result", "3"), ("minutes", "10")]);
        assert_eq!(yes, [Choice(1), Choices(0b110), Blank, Number(10), Level(3), Blank, Blank]);
        assert_eq!(edition.asked_pages(&yes), [0, 1, 2]);
        let by_other_ways = read(&[("used", "1"), ("ways", "2"), ("result", "3"), ("minutes", "10")]);
        assert_eq!(by_other_ways.get(3), Some(&NotAsked));
        // What was sent for a page that is not asked is dropped, and what it requires is not missed.
        let no = read(&[("used", "2"), ("ways", "1"), ("place", "1"), ("minutes", "10"), ("comment", "x")]);
        assert_eq!(no, [Choice(2), Choices(1), NotAsked, NotAsked, NotAsked, Blank, Blank]);
        assert_eq!(edition.asked_pages(&no), [0, 2]);
        assert_eq!((edition.page_after(&no, Some(0)), edition.page_before(&no, 2)), (Some(2), Some(0)));
        assert_eq!(edition.page_after(&no, Some(2)), None);
        // Neither silence nor "not applicable" is an answer that leads on.
        for used in ["", "na"] {
            let silent = read(&[("used", used), ("again", "2")]);
            assert_eq!(edition.asked_pages(&silent), [0, 2]);
        }
    }

    #[test]
    fn what_this_page_decides_is_open_until_it_is_left() {
        let edition = edition();
        let no = read(&[("used", "2"), ("ways", "1")]);
        assert_eq!(edition.pages_ahead(&no, 0), [0, 1, 2]);
        assert_eq!(edition.pages_ahead(&no, 2), [0, 2]);
        assert_eq!(edition.pages_ahead(&[], 0), [0, 1, 2]);
    }

    #[test]
    fn what_was_not_asked_has_bytes_of_its_own() {
        let edition = edition();
        let bytes = |answers: [Answer; 7]| encode(&edition, &answers).unwrap();
        assert_eq!(
            bytes([Choice(2), NotApplicable, NotAsked, NotAsked, NotAsked, Choice(2), Blank]),
            [2, 255, 14, 255, 254, 14, 2, 0]
        );
        assert_eq!(
            bytes([Choice(1), Choices(0b101), NotApplicable, Blank, Blank, Blank, Level(3)]),
            [1, 5, 15, 255, 255, 0, 0, 3]
        );
        for wrong in [
            [Choice(2), Blank, Level(3), NotAsked, NotAsked, Blank, Blank],
            [Choice(1), Choices(1), NotAsked, Blank, Blank, Blank, Blank],
            [Choice(3), Blank, NotAsked, NotAsked, NotAsked, Blank, Blank],
            [Choice(2), Choices(0b1000), NotAsked, NotAsked, NotAsked, Blank, Blank],
            [Choice(2), Choices(0), NotAsked, NotAsked, NotAsked, Blank, Blank],
            [Level(2), Blank, NotAsked, NotAsked, NotAsked, Blank, Blank],
        ] {
            assert!(encode(&edition, &wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_choice_of_several_is_nothing_else_at_once() {
        let fields = |values: &[&str]| -> Vec<(String, String)> {
            values.iter().map(|value| ("ways".to_owned(), (*value).to_owned())).collect()
        };
        let problem = |values: &[&str]| AnswerSheet::read(&edition(), &fields(values)).unwrap_err().errors[0].problem;
        assert_eq!(problem(&["1", "na"]), AlsoNotApplicable);
        assert_eq!(problem(&["1", "4"]), BadLevel);
        assert_eq!(problem(&["1|2"]), BadLevel);
        let twice = AnswerSheet::read(&edition(), &fields(&["3", "3"])).unwrap();
        assert_eq!(twice.answers.get(1), Some(&Choices(0b100)));
    }
}
