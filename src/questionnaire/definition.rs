//! An edition of a questionnaire (phiếu khảo sát): a versioned definition that is never edited after its first use.

use super::routing::Route;
use super::{Comment, Condition, Item, Localized, Rating, Scale};
use crate::words::{Lang, Level, Measure};
use std::sync::Arc;

/// Editions with more rated items than this keep no pair counts in the cells. Their pairs are counted from the answers: at
/// sealing for the figures, on demand for the office.
pub const MAX_RATED_FOR_PAIRS: usize = 12;
/// Editions with more rated items than this have no pairs at all, hence no composite: 2,016 pairs are enough.
pub const MAX_RATED_FROM_ANSWERS: usize = 64;

/// The name of an edition: code and version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionRef {
    /// Code of the questionnaire.
    pub code: String,
    /// Version, from 1.
    pub version: u16,
}

impl std::fmt::Display for EditionRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.code, self.version)
    }
}

/// A group of criteria (yếu tố).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Codes of its criteria, in the order given.
    pub criteria: Vec<String>,
}

impl Factor {
    /// What its counts depend on, its title left aside.
    fn counting(&self) -> (&str, &[String]) {
        (&self.code, &self.criteria)
    }
}

/// A page of a long form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// The words its questions continue; those of the edition where it has none.
    pub lead: Option<Localized>,
    /// Codes of its items, in their order.
    pub items: Vec<String>,
    /// Of whom it is asked.
    pub show_if: Option<Condition>,
}

impl Page {
    /// What its counts depend on, its words left aside.
    fn counting(&self) -> (&[String], Option<&Condition>) {
        (&self.items, self.show_if.as_ref())
    }
}

/// The weight of a factor in a composite.
#[derive(Debug, Clone, PartialEq)]
pub struct Weight {
    /// Code of the factor.
    pub factor: String,
    /// Its share, above 0; all shares sum to 1.
    pub weight: f64,
}

/// How the composite is made of its items. The choice changes the figure, so it stands on every output (statistics, 5.0).
#[derive(Debug, Clone, PartialEq)]
pub enum Aggregation {
    /// Mean of the shares of all rated items.
    MeanOfItems,
    /// Mean of the factors, each the mean of its items.
    MeanOfFactors,
    /// All satisfied answers over all answers.
    PooledAnswers,
    /// Weighted mean of the factors, in the order of the factors.
    Weighted(Vec<Weight>),
}

impl Aggregation {
    /// The word in a definition and on every output.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::MeanOfItems => "mean_of_items",
            Self::MeanOfFactors => "mean_of_factors",
            Self::PooledAnswers => "pooled_answers",
            Self::Weighted(_) => "weighted",
        }
    }
}

/// An edition. It exists only as the result of `parse`, hence it is sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    pub(super) name: EditionRef,
    pub(super) title: Localized,
    pub(super) lead: Localized,
    pub(super) languages: Vec<Lang>,
    pub(super) measure: Measure,
    pub(super) headline_levels: Vec<Level>,
    pub(super) aggregation: Aggregation,
    pub(super) succeeds: Option<EditionRef>,
    pub(super) comparable: bool,
    pub(super) census: bool,
    pub(super) scales: Vec<Arc<Scale>>,
    pub(super) factors: Vec<Factor>,
    pub(super) items: Vec<Item>,
    pub(super) pages: Vec<Page>,
    /// What has to hold for each item to be asked, in the order of the items.
    pub(super) routes: Vec<Vec<Route>>,
    /// Numbers of the criteria of each factor whose respondents are counted, in the order of the factors; empty where they
    /// follow from the other counts.
    pub(super) counted_factors: Vec<Vec<usize>>,
}

impl Edition {
    /// Code and version.
    pub const fn name(&self) -> &EditionRef {
        &self.name
    }

    /// Code of the questionnaire, the same for all its versions.
    pub fn code(&self) -> &str {
        &self.name.code
    }

    /// Version, from 1.
    pub const fn version(&self) -> u16 {
        self.name.version
    }

    /// Title of the form.
    pub const fn title(&self) -> &Localized {
        &self.title
    }

    /// The words every rating continues.
    pub const fn lead(&self) -> &Localized {
        &self.lead
    }

    /// Languages in which every text is complete, Vietnamese first.
    pub fn languages(&self) -> &[Lang] {
        &self.languages
    }

    /// Which of the satisfaction numbers its figures are.
    pub const fn measure(&self) -> Measure {
        self.measure
    }

    /// Trust levels that count for the headline figure.
    pub fn headline_levels(&self) -> &[Level] {
        &self.headline_levels
    }

    /// How the composite is made.
    pub const fn aggregation(&self) -> &Aggregation {
        &self.aggregation
    }

    /// The edition it replaces.
    pub const fn succeeds(&self) -> Option<&EditionRef> {
        self.succeeds.as_ref()
    }

    /// Whether its figures continue the series of the edition it replaces.
    pub const fn comparable(&self) -> bool {
        self.comparable
    }

    /// Whether everybody of a group is asked: answers of level A then have no sampling error, and the size of the group is
    /// what its volume says was served.
    pub const fn census(&self) -> bool {
        self.census
    }

    /// Scales, in the order given.
    pub fn scales(&self) -> &[Arc<Scale>] {
        &self.scales
    }

    /// Factors, in the order given.
    pub fn factors(&self) -> &[Factor] {
        &self.factors
    }

    /// All items in the order of the form.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Pages in their order; none where the form is one page.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The item with this code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.code() == code)
    }

    /// Questions whose wording still has to be compared with the official paper: those whose source begins with `M` or `X`.
    pub fn unsettled(&self) -> usize {
        let is_unsettled = |item: &&Item| {
            let source = item.asked().source.as_deref().unwrap_or_default();
            source.starts_with(['M', 'X'])
                && !source.get(1..2).is_some_and(|next| next.chars().all(char::is_alphanumeric))
        };
        self.items.iter().filter(is_unsettled).count()
    }

    /// Items that are counted, with the number (from 1) under which the database counts them. Answers stand in this order.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, &Item)> {
        self.items.iter().filter(|item| !item.is_comment()).enumerate().map(|(i, item)| (i + 1, item))
    }

    /// How many items are counted: the length of a list of answers.
    pub fn answer_count(&self) -> usize {
        self.numbered().count()
    }

    /// The counted item with this number (from 1).
    pub fn item_numbered(&self, number: usize) -> Option<&Item> {
        self.numbered().find(|(n, _)| *n == number).map(|(_, item)| item)
    }

    /// The number (from 1) of the counted item with this code.
    pub fn number_of(&self, code: &str) -> Option<usize> {
        self.numbered().find(|(_, item)| item.code() == code).map(|(n, _)| n)
    }

    /// Rated items with their numbers, in order; the place in this list is the rank used for pairs.
    pub fn ratings(&self) -> impl Iterator<Item = (usize, &Rating)> {
        self.numbered().filter_map(|(n, item)| item.rating().map(|rating| (n, rating)))
    }

    /// Ratings that make up the index, with their numbers: all but those beside it.
    pub fn index_ratings(&self) -> impl Iterator<Item = (usize, &Rating)> {
        self.ratings().filter(|(_, rating)| !rating.beside)
    }

    /// The comment, if the form has one.
    pub fn comment(&self) -> Option<&Comment> {
        self.items.iter().find_map(|item| match item {
            Item::Comment(comment) => Some(comment),
            _ => None,
        })
    }

    /// Whether counts of both editions mean the same item by item, so that they may be added: the same items under the
    /// same numbers, with the same levels counted as satisfied, in the same factors, put together in the same way.
    pub fn counts_like(&self, other: &Self) -> bool {
        self.measure == other.measure
            && self.aggregation == other.aggregation
            && self.census == other.census
            && self.headline_levels == other.headline_levels
            && self.numbered().map(|(_, item)| item.counting()).eq(other.numbered().map(|(_, item)| item.counting()))
            && self.factors.iter().map(Factor::counting).eq(other.factors.iter().map(Factor::counting))
            && self.pages.iter().map(Page::counting).eq(other.pages.iter().map(Page::counting))
    }

    /// Whether pairs of items are counted in the cells.
    pub fn counts_pairs(&self) -> bool {
        self.ratings().count() <= MAX_RATED_FOR_PAIRS
    }

    /// Whether pairs of items are counted from the answers alone.
    pub fn pairs_from_answers(&self) -> bool {
        (MAX_RATED_FOR_PAIRS + 1..=MAX_RATED_FROM_ANSWERS).contains(&self.ratings().count())
    }

    /// Factors whose respondents are counted, by their places, with the numbers of their criteria. Those of one criterion, and
    /// of two whose pair is counted, follow from the other counts.
    pub fn counted_factors(&self) -> impl Iterator<Item = (usize, &[usize])> {
        self.counted_factors.iter().map(Vec::as_slice).enumerate().filter(|(_, criteria)| !criteria.is_empty())
    }

    /// Finds the factors whose respondents have to be counted.
    pub(super) fn with_counted_factors(mut self) -> Self {
        let follows = if self.counts_pairs() { 2 } else { 1 };
        let numbers = |factor: &Factor| -> Vec<usize> {
            let is_counted = factor.criteria.len() > follows;
            factor.criteria.iter().filter(|_| is_counted).filter_map(|code| self.number_of(code)).collect()
        };
        self.counted_factors = self.factors.iter().map(numbers).collect();
        self
    }
}
