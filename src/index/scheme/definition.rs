//! A scheme: which parts an index has, how they become one number, and where each rule comes from.

use super::component::{Bilingual, Component, MAX_DEPTH, Standing};
use crate::words::{Day, Measure};

/// The name of a scheme: code and version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemeRef {
    /// Code of the scheme.
    pub code: String,
    /// Version, from 1.
    pub version: u16,
}

impl std::fmt::Display for SchemeRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.code, self.version)
    }
}

/// How parts become one number. The word goes with every output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// Mean of the shares of all items below, each weighing the same.
    MeanOfItems,
    /// Mean of the direct parts, each by its own formula.
    MeanOfFactors,
    /// All satisfied answers over all answers.
    PooledAnswers,
    /// Mean of the direct parts, each with its weight; weights need not sum to 1.
    Weighted,
    /// Persons whose every answer is satisfied over all persons.
    PersonsAllSatisfied,
    /// Sum of the points of the direct parts.
    SumOfPoints,
}

impl Formula {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::MeanOfItems,
        Self::MeanOfFactors,
        Self::PooledAnswers,
        Self::Weighted,
        Self::PersonsAllSatisfied,
        Self::SumOfPoints,
    ];

    /// The word in a definition and on every output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MeanOfItems => "mean_of_items",
            Self::MeanOfFactors => "mean_of_factors",
            Self::PooledAnswers => "pooled_answers",
            Self::Weighted => "weighted",
            Self::PersonsAllSatisfied => "persons_all_satisfied",
            Self::SumOfPoints => "sum_of_points",
        }
    }
}

/// What happens when a part has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingRule {
    /// It leaves; what remains of its group is scaled up to the group's full weight or maximum.
    Leave,
    /// The group, and with it the index, has no value.
    Refuse,
}

impl MissingRule {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::Leave, Self::Refuse];

    /// The word in a definition and on every output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::Refuse => "refuse",
        }
    }
}

/// A band of an index: from the lower limit, which belongs to it, to the upper, which does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Code.
    pub code: String,
    /// Name.
    pub label: Bilingual,
    /// Lower limit, inside; in the unit of the index.
    pub from: f64,
    /// Upper limit, outside; `None` for the highest band.
    pub below: Option<f64>,
    /// How well it is established.
    pub standing: Standing,
}

/// How a figure beside the index is computed from answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureFormula {
    /// Mean of the levels of all answers.
    MeanScore,
    /// All satisfied answers over all answers.
    PooledAnswers,
    /// Mean of the shares of the questions.
    MeanOfItems,
    /// Persons whose every answer is satisfied over all persons.
    PersonsAllSatisfied,
    /// Mean of numbers.
    MeanValue,
}

impl FigureFormula {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::MeanScore, Self::PooledAnswers, Self::MeanOfItems, Self::PersonsAllSatisfied, Self::MeanValue];

    /// The word in a definition and on every output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MeanScore => "mean_score",
            Self::PooledAnswers => "pooled_answers",
            Self::MeanOfItems => "mean_of_items",
            Self::PersonsAllSatisfied => "persons_all_satisfied",
            Self::MeanValue => "mean_value",
        }
    }
}

/// A figure that the form gives beside the index.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Code.
    pub code: String,
    /// Title.
    pub title: Bilingual,
    /// How it is computed.
    pub formula: FigureFormula,
    /// Places of its parts.
    pub of: Vec<usize>,
    /// Also for each of its parts alone.
    pub each: bool,
    /// How well it is established.
    pub standing: Standing,
}

/// A published value that the scheme has to give: a definition that does not is refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// Of which year or place.
    pub label: String,
    /// Places and published values of the parts: shares, or points where the index has points.
    pub parts: Vec<(usize, f64)>,
    /// The published index.
    pub value: f64,
    /// Unit in the last published place, such as 0.0001 for 83.94 %.
    pub rounded_to: f64,
    /// How well it is established.
    pub standing: Standing,
}

/// A declared break: figures from this day on do not continue the earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclaredBreak {
    /// Of which measure.
    pub measure: Measure,
    /// First day after the break.
    pub from: Day,
    /// Why.
    pub reason: Bilingual,
    /// How well it is established.
    pub standing: Standing,
}

/// A scheme. It exists only as the result of `parse`, hence it is sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    pub(super) name: SchemeRef,
    pub(super) title: Bilingual,
    pub(super) measure: Measure,
    pub(super) citation: String,
    pub(super) valid_from: Day,
    pub(super) valid_to: Option<Day>,
    pub(super) formula: Formula,
    pub(super) maximum: f64,
    pub(super) decimals: u8,
    pub(super) missing: MissingRule,
    pub(super) standing: Standing,
    pub(super) components: Vec<Component>,
    pub(super) bands: Vec<Band>,
    pub(super) figures: Vec<Figure>,
    pub(super) published: Vec<Published>,
    pub(super) breaks: Vec<DeclaredBreak>,
}

impl Scheme {
    /// Code and version.
    pub const fn name(&self) -> &SchemeRef {
        &self.name
    }

    /// Title.
    pub const fn title(&self) -> &Bilingual {
        &self.title
    }

    /// Which of the satisfaction numbers it gives.
    pub const fn measure(&self) -> Measure {
        self.measure
    }

    /// The document that sets it.
    pub fn citation(&self) -> &str {
        &self.citation
    }

    /// First day of its validity.
    pub const fn valid_from(&self) -> Day {
        self.valid_from
    }

    /// Last day of its validity; `None` while no end is known.
    pub const fn valid_to(&self) -> Option<Day> {
        self.valid_to
    }

    /// Whether it is valid on a day.
    pub fn is_valid_on(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// How its parts become the index.
    pub const fn formula(&self) -> Formula {
        self.formula
    }

    /// Whether the index is points; otherwise it is a share.
    pub fn is_points(&self) -> bool {
        self.formula == Formula::SumOfPoints
    }

    /// Most points the index can have; 1 for a share.
    pub const fn maximum(&self) -> f64 {
        self.maximum
    }

    /// Decimals it is shown with (of a share: of its per cent). Nothing is compared rounded.
    pub const fn decimals(&self) -> u8 {
        self.decimals
    }

    /// What happens when a part has no value.
    pub const fn missing(&self) -> MissingRule {
        self.missing
    }

    /// How well the formula is established.
    pub const fn standing(&self) -> &Standing {
        &self.standing
    }

    /// All parts; a part stands after the one it belongs to.
    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// The part with this code.
    pub fn component(&self, code: &str) -> Option<&Component> {
        self.components.iter().find(|component| component.code == code)
    }

    /// Bands, the highest first.
    pub fn bands(&self) -> &[Band] {
        &self.bands
    }

    /// Figures beside the index.
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// Published values it has to give.
    pub fn published(&self) -> &[Published] {
        &self.published
    }

    /// Breaks in the series of its measure.
    pub fn breaks(&self) -> &[DeclaredBreak] {
        &self.breaks
    }

    /// Places of the direct parts of a part, or of the index.
    pub(super) fn parts_of(&self, parent: Option<usize>) -> impl Iterator<Item = (usize, &Component)> {
        self.components.iter().enumerate().filter(move |(_, part)| !part.beside && part.parent == parent)
    }

    /// Whether a part is, or lies below, another; everything that is not beside lies below the index.
    pub(super) fn lies_below(&self, place: usize, above: Option<usize>) -> bool {
        let Some(above) = above else { return self.components.get(place).is_some_and(|part| !part.beside) };
        let mut at = Some(place);
        for _ in 0..=MAX_DEPTH {
            match at {
                Some(found) if found == above => return true,
                Some(found) => at = self.components.get(found).and_then(|part| part.parent),
                None => return false,
            }
        }
        false
    }
}
