//! From part to part of a long form: which part comes next, and what is carried along.

use crate::questionnaire::{AnswerSheet, Edition, Entered, FieldProblem, Item, Page, Refusal};
use crate::text::form as words;
use crate::web::view::form::{Progress, Turn as Button};
use crate::web::view::{Hidden, Wording};
use crate::words::Lang;

use super::form::{BACK_FIELD, NEXT_FIELD};

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Turn {
    /// To the next part that is asked.
    Next,
    /// To the part before.
    Back,
}

/// Where a turn leads.
#[derive(Debug)]
pub(in crate::web) enum Turned {
    /// To a part, with everything entered so far.
    To(usize, Entered),
    /// Nowhere yet: the part needs mending.
    Faulty(Refusal),
    /// The form has no such part: it is none of ours.
    NoSuchPart,
}

/// Turns from a part to another. On the way back nothing is checked.
pub(in crate::web) fn turn(edition: &Edition, to: Turn, from: &str, fields: &[(String, String)]) -> Turned {
    let Some((here, page)) = edition.pages().iter().enumerate().find(|(_, page)| page.code == from) else {
        return Turned::NoSuchPart;
    };
    let entered = Entered::of(edition, fields);
    let answers = entered.answers(edition);
    if to == Turn::Back {
        let before = edition.page_before(&answers, here);
        return Turned::To(before.or_else(|| edition.page_after(&answers, None)).unwrap_or(here), entered);
    }
    if let Err(mut refusal) = AnswerSheet::read(edition, fields) {
        refusal.errors.retain(|error| error.problem != FieldProblem::Nothing && page.items.contains(&error.field));
        if !refusal.errors.is_empty() {
            return Turned::Faulty(refusal);
        }
    }
    // The last part is asked of everyone, so there is a next one unless this is the last.
    Turned::To(edition.page_after(&answers, Some(here)).unwrap_or(here), entered)
}

/// The part that is shown when some answers need mending: the first with a fault; the last where no part has one.
pub(in crate::web) fn faulty_part(edition: &Edition, refusal: &Refusal) -> usize {
    let faulty = refusal.errors.iter().filter_map(|error| edition.page_of(&error.field)).min();
    faulty.unwrap_or_else(|| last_part(edition))
}

/// The last part.
pub(super) fn last_part(edition: &Edition) -> usize {
    edition.pages().len().saturating_sub(1)
}

/// One part of a long form, or a form of one page.
pub(super) struct Part<'a> {
    edition: &'a Edition,
    page: Option<(usize, &'a Page)>,
    /// Places of the parts before and after that the person sees.
    seen: Vec<usize>,
}

impl<'a> Part<'a> {
    /// The part at a place, for somebody who entered this much.
    pub(super) fn new(edition: &'a Edition, at: usize, entered: Option<&Entered>) -> Self {
        let page = edition.pages().get(at).map(|page| (at, page));
        let answers = entered.map(|entered| entered.answers(edition)).unwrap_or_default();
        let seen = page.map(|(at, _)| edition.pages_ahead(&answers, at)).unwrap_or_default();
        Self { edition, page, seen }
    }

    /// Whether it is the first screen.
    pub(super) fn is_first(&self) -> bool {
        self.page.is_none_or(|(at, _)| self.seen.first().is_none_or(|first| at <= *first))
    }

    /// Its items that are asked of somebody who entered this much.
    pub(super) fn items(&self, entered: Option<&Entered>) -> Vec<&'a Item> {
        let Some((_, page)) = self.page else { return self.edition.items().iter().collect() };
        let answers = entered.map(|entered| entered.answers(self.edition)).unwrap_or_default();
        let asked = self.edition.items().iter().zip(self.edition.asked(&answers));
        asked
            .filter(|(item, asked)| *asked && page.items.iter().any(|code| code == item.code()))
            .map(|(i, _)| i)
            .collect()
    }

    /// Whether a fault of this field is told here.
    pub(super) fn tells(&self, field: &str) -> bool {
        self.page.is_none_or(|(at, _)| self.edition.page_of(field).is_none_or(|page| page == at))
    }

    /// The words its questions continue: its own, or those of the edition where it has a rating.
    pub(super) fn lead(&self, lang: Lang) -> Option<Wording> {
        let own = |text: &crate::questionnaire::Localized| -> Wording { text.get(lang).to_owned().into() };
        let Some((_, page)) = self.page else { return Some(own(self.edition.lead())) };
        let rates = self.edition.items_of(page).any(|item| item.rating().is_some());
        page.lead.as_ref().map(own).or_else(|| rates.then(|| own(self.edition.lead())))
    }

    /// How far the form has come.
    pub(super) fn progress(&self, lang: Lang) -> Option<Progress> {
        let (at, page) = self.page?;
        let (part, parts) = (self.seen.iter().filter(|seen| **seen <= at).count(), self.seen.len());
        let real = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let label = words::progress(lang, real(part), real(parts)).into();
        Some(Progress { label, part, parts, title: page.title.get(lang).to_owned().into() })
    }

    /// The way back.
    pub(super) fn back(&self, lang: Lang) -> Option<Button> {
        self.button(BACK_FIELD, words::BUTTON_BACK.get(lang)).filter(|_| !self.is_first())
    }

    /// The way on; the last part has none.
    pub(super) fn next(&self, lang: Lang) -> Option<Button> {
        let (at, _) = self.page?;
        self.button(NEXT_FIELD, words::BUTTON_NEXT.get(lang))
            .filter(|_| self.seen.last().is_some_and(|last| at < *last))
    }

    fn button(&self, name: &'static str, label: &'static str) -> Option<Button> {
        let (_, page) = self.page?;
        Some(Button { name: name.into(), value: page.code.clone().into(), label: label.into() })
    }

    /// What was entered on other parts, to be sent along.
    pub(super) fn carried(&self, entered: Option<&Entered>) -> Vec<Hidden> {
        let (Some((_, page)), Some(entered)) = (self.page, entered) else { return Vec::new() };
        let elsewhere =
            self.edition.items().iter().map(Item::code).filter(|code| !page.items.iter().any(|own| own == code));
        let field = |code: &str, value: &str| Hidden { name: code.to_owned().into(), value: value.to_owned().into() };
        elsewhere.flat_map(|code| entered.all(code).map(move |value| field(code, value))).collect()
    }
}
