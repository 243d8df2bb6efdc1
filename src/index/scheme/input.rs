//! What is known of the parts of an index, checked against its scheme.

use super::component::{Component, Conversion, Rate};
use super::definition::Scheme;
use super::distribution::gap;
use super::evaluation::{Absence, Warning};

/// Published shares of all options may miss 1 by this much; more is a slip, not rounding.
const MOST_GAP: f64 = 0.01;

/// What is known of one part. Shares and rates are from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// A share or rate that was computed elsewhere.
    Share {
        /// The share.
        share: f64,
        /// Answers or cases it is a share of, where known.
        n: Option<u64>,
    },
    /// Satisfied answers of all answers, or cases of all cases. A whole of 0 means not applicable.
    Counts {
        /// Satisfied answers, or cases that fulfil the indicator.
        part: u64,
        /// All answers or cases.
        whole: u64,
    },
    /// For a rate that is a complement. A whole of 0 means not applicable.
    Complement {
        /// Late dossiers.
        late: u64,
        /// Dossiers with a complaint or dislike.
        complained: u64,
        /// All dossiers.
        whole: u64,
    },
    /// Share of those who chose each option, in the order of the scheme's option values.
    Options(Vec<f64>),
    /// Points as they were awarded or published; they pass every conversion by.
    Points(f64),
    /// The part does not apply to this unit.
    NotApplicable,
}

/// One item: a question of the form, an indicator, a published share.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Code of the part it belongs to: one without parts of its own.
    pub component: String,
    /// Its own code; that of the part where the part has one item only.
    pub code: String,
    /// What is known of it.
    pub given: Given,
}

impl Item {
    /// The only item of a part.
    pub fn of(component: &str, given: Given) -> Self {
        Self { component: component.to_owned(), code: component.to_owned(), given }
    }
}

/// What is wrong with what was given.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum InputProblem {
    /// No such part.
    #[error("“{item}” belongs to “{component}”, which the scheme does not have; correct the code")]
    UnknownComponent {
        /// Item.
        item: String,
        /// The part it names.
        component: String,
    },
    /// A part with parts of its own, or one beside the index.
    #[error(
        "“{component}” takes no value itself; give those of its parts, and what stands beside the index as answers"
    )]
    TakesNoValue {
        /// The part.
        component: String,
    },
    /// Two items with one code.
    #[error("“{item}” is given twice; keep it once")]
    Twice {
        /// Item.
        item: String,
    },
    /// A number outside its limits, or no number.
    #[error("“{item}” is {value}, which is not from 0 to {most}; correct the number")]
    OutOfRange {
        /// Item.
        item: String,
        /// What was given.
        value: f64,
        /// The most it can be.
        most: f64,
    },
    /// A kind of value that the part cannot take.
    #[error("“{item}” cannot be {given}; the scheme expects {expected}")]
    WrongKind {
        /// Item.
        item: String,
        /// Kind given.
        given: &'static str,
        /// Kinds the part takes.
        expected: &'static str,
    },
    /// Not one share for each option, or shares that do not make a whole.
    #[error("the {given} option shares of “{item}” sum to {total:.4}; give {expected} that sum to 1")]
    NotOptions {
        /// Item.
        item: String,
        /// How many were given.
        given: usize,
        /// How many the scheme has.
        expected: usize,
        /// Their sum.
        total: f64,
    },
    /// An answer that the scale does not have.
    #[error("person {person} answered “{item}” with {answer}, which its scale does not have; correct or remove it")]
    NoSuchAnswer {
        /// Place of the person, from 1.
        person: usize,
        /// Question.
        item: String,
        /// The answer.
        answer: u16,
    },
    /// A part that nobody can answer.
    #[error("“{component}” has no scale, so “{item}” cannot be counted from answers; give its value instead")]
    NotAnswered {
        /// Question.
        item: String,
        /// The part.
        component: String,
    },
}

/// What an item is worth.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Worth {
    /// A rate from 0 to 1, with part and whole where they are known.
    Rate { rate: f64, of: Option<(f64, f64)> },
    /// Points.
    Points(f64),
    /// Shares of options whose values are not established.
    Unvalued,
    /// Nothing.
    Absent(Absence),
}

/// An item that fits its scheme.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Checked {
    pub(super) component: usize,
    pub(super) code: String,
    pub(super) worth: Worth,
}

/// Checks all items; tells everything that is wrong.
pub(super) fn check(scheme: &Scheme, items: &[Item]) -> Result<(Vec<Checked>, Vec<Warning>), Vec<InputProblem>> {
    let (mut checked, mut warnings, mut problems) = (Vec::<Checked>::new(), Vec::new(), Vec::new());
    for item in items {
        let place = scheme.components().iter().position(|component| component.code == item.component);
        let Some((place, component)) = place.and_then(|place| Some((place, scheme.components().get(place)?))) else {
            let (item, component) = (item.code.clone(), item.component.clone());
            problems.push(InputProblem::UnknownComponent { item, component });
            continue;
        };
        if component.beside || component.formula.is_some() {
            problems.push(InputProblem::TakesNoValue { component: item.component.clone() });
            continue;
        }
        if checked.iter().any(|other| other.code == item.code) {
            problems.push(InputProblem::Twice { item: item.code.clone() });
            continue;
        }
        match worth(component, item, &mut warnings) {
            Ok(worth) => checked.push(Checked { component: place, code: item.code.clone(), worth }),
            Err(problem) => problems.push(problem),
        }
    }
    // Awarded points are the whole value of their part.
    for (at, item) in checked.iter().enumerate().filter(|(_, item)| matches!(item.worth, Worth::Points(_))) {
        if checked.iter().enumerate().any(|(other, found)| other != at && found.component == item.component) {
            problems.push(InputProblem::Twice { item: item.code.clone() });
        }
    }
    if problems.is_empty() { Ok((checked, warnings)) } else { Err(problems) }
}

fn worth(component: &Component, item: &Item, warnings: &mut Vec<Warning>) -> Result<Worth, InputProblem> {
    let within = |value: f64, most: f64| {
        let problem = InputProblem::OutOfRange { item: item.code.clone(), value, most };
        if (0.0..=most).contains(&value) { Ok(value) } else { Err(problem) }
    };
    let wrong = |given, expected| Err(InputProblem::WrongKind { item: item.code.clone(), given, expected });
    let takes_rate = !matches!(component.conversion, Some(Conversion::Awarded | Conversion::Options(_)));
    match &item.given {
        Given::NotApplicable => Ok(Worth::Absent(Absence::NotApplicable)),
        Given::Points(points) => match component.maximum {
            Some(maximum) => within(*points, maximum).map(Worth::Points),
            None => wrong("points", "a share"),
        },
        Given::Options(shares) => match &component.conversion {
            Some(Conversion::Options(values)) => options(item, shares, values.as_deref(), warnings),
            _ => wrong("shares of options", "one share or points"),
        },
        _ if matches!(component.conversion, Some(Conversion::Awarded)) => wrong("a rate", "the points awarded"),
        _ if !takes_rate => wrong("a rate", "the share of each option, or points"),
        Given::Share { share, n } => {
            let rate = within(*share, 1.0)?;
            let answers = n.filter(|n| *n > 0).map(real);
            Ok(Worth::Rate { rate, of: answers.map(|n| (rate * n, n)) })
        }
        Given::Counts { .. } if component.rate == Rate::Complement => wrong("one count", "late, complained and whole"),
        Given::Counts { part, whole } => {
            within(real(*part), real(*whole))?;
            Ok(ratio(real(*part), real(*whole)))
        }
        Given::Complement { .. } if component.rate == Rate::Ratio => wrong("a complement", "a part and a whole"),
        Given::Complement { late, complained, whole } => {
            within(real(*late), real(*whole))?;
            within(real(*complained), real(*whole))?;
            let left = whole.saturating_sub(*late).checked_sub(*complained).unwrap_or_else(|| {
                warnings.push(Warning::BelowZero { item: item.code.clone() });
                0
            });
            Ok(ratio(real(left), real(*whole)))
        }
    }
}

fn ratio(part: f64, whole: f64) -> Worth {
    if whole > 0.0 {
        Worth::Rate { rate: part / whole, of: Some((part, whole)) }
    } else {
        Worth::Absent(Absence::NotApplicable)
    }
}

fn options(
    item: &Item,
    shares: &[f64],
    values: Option<&[f64]>,
    warnings: &mut Vec<Warning>,
) -> Result<Worth, InputProblem> {
    let total: f64 = shares.iter().sum();
    let expected = values.map_or(shares.len(), <[f64]>::len);
    let sound = shares.iter().all(|share| (0.0..=1.0).contains(share)) && (total - 1.0).abs() <= MOST_GAP;
    if !sound || shares.len() != expected {
        return Err(InputProblem::NotOptions { item: item.code.clone(), given: shares.len(), expected, total });
    }
    if gap(shares).is_some() {
        warnings.push(Warning::DoesNotSum { item: item.code.clone(), total });
    }
    let Some(values) = values else { return Ok(Worth::Unvalued) };
    let rate: f64 = shares.iter().zip(values).map(|(share, value)| share * value).sum();
    Ok(Worth::Rate { rate: rate.clamp(0.0, 1.0), of: None })
}

/// The count as a number. Exact below 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "counts of people and dossiers lie far below 2⁵³")]
pub(super) fn real(count: u64) -> f64 {
    count as f64
}
