//! Indices and figures from the answers of each person, as the sector forms compute them.

use super::component::{Answering, Component, Conversion, Rate};
use super::definition::{Figure, FigureFormula, Scheme};
use super::evaluation::Evaluation;
use super::input::{Given, InputProblem, Item, real};

/// More problems than this are not listed.
const MOST_PROBLEMS: usize = 100;

/// A question of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Code of the part it belongs to.
    pub component: String,
    /// Its own code, once in the form.
    pub code: String,
}

/// The answers of all persons: for each, one level or number per question, `None` where the question was left empty or does
/// not apply.
#[derive(Debug, Clone, Copy)]
pub struct AnswerTable<'a> {
    questions: &'a [Question],
    persons: &'a [Vec<Option<u16>>],
}

/// A person who has not one answer, given or empty, for each question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("person {person} has {found} answers for {expected} questions; give one for each, empty ones too")]
pub struct Uneven {
    /// Place of the person, from 1.
    pub person: usize,
    /// Answers found.
    pub found: usize,
    /// Questions of the form.
    pub expected: usize,
}

/// A figure beside the index.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureValue {
    /// Its code.
    pub code: String,
    /// The part it is of, where a figure is also computed for each part alone.
    pub component: Option<String>,
    /// How it was computed.
    pub formula: &'static str,
    /// A share from 0 to 1, a mean level, or a mean number; `None` without an answer.
    pub value: Option<f64>,
    /// Satisfied and all: answers, or persons where the formula counts persons.
    pub count: Option<(u64, u64)>,
    /// Answers it was computed from; persons where the formula counts persons.
    pub n: u64,
    /// Whether a source was found for it.
    pub sourced: bool,
}

/// What a figure needs to know of one question.
struct Counted {
    satisfied: u64,
    answered: u64,
    sum: u64,
}

impl<'a> AnswerTable<'a> {
    /// A table; refused unless every person has one answer, given or empty, for each question.
    pub fn new(questions: &'a [Question], persons: &'a [Vec<Option<u16>>]) -> Result<Self, Uneven> {
        let expected = questions.len();
        match persons.iter().enumerate().find(|(_, answers)| answers.len() != expected) {
            Some((at, answers)) => Err(Uneven { person: at + 1, found: answers.len(), expected }),
            None => Ok(Self { questions, persons }),
        }
    }

    fn answers(&self, question: usize) -> impl Iterator<Item = u16> {
        self.persons.iter().filter_map(move |answers| answers.get(question).copied().flatten())
    }

    fn count(&self, question: usize, answering: Option<&Answering>) -> Counted {
        let mut counted = Counted { satisfied: 0, answered: 0, sum: 0 };
        for answer in self.answers(question) {
            counted.answered += 1;
            counted.sum += u64::from(answer);
            counted.satisfied += u64::from(answering.is_some_and(|answering| answering.satisfies(answer)));
        }
        counted
    }

    /// Persons whose every given answer to these questions is satisfied, and persons who gave any.
    fn all_satisfied(&self, questions: &[(usize, Option<&Answering>)]) -> (u64, u64) {
        let (mut satisfied, mut persons) = (0, 0);
        for answers in self.persons {
            let mut given = questions
                .iter()
                .filter_map(|(at, answering)| answers.get(*at).copied().flatten().map(|answer| (answer, *answering)))
                .peekable();
            if given.peek().is_some() {
                persons += 1;
                satisfied += u64::from(given.all(|(answer, scale)| scale.is_some_and(|scale| scale.satisfies(answer))));
            }
        }
        (satisfied, persons)
    }
}

impl Scheme {
    /// The value of the index from the answers of each person.
    ///
    /// Questions beside the index are passed over; a question nobody answered is missing. Refuses questions and answers
    /// that do not fit the scheme (the first 100).
    pub fn evaluate_answers(&self, table: AnswerTable<'_>) -> Result<Evaluation, Vec<InputProblem>> {
        self.check_answers(table)?;
        let asked = self.asked(table);
        let item = |(at, component): &(usize, &Component)| {
            let code = table.questions.get(*at).map(|question| question.code.clone()).unwrap_or_default();
            Item { component: component.code.clone(), code, given: given(component, table, *at) }
        };
        let items: Vec<Item> = asked.iter().filter(|(_, component)| !component.beside).map(item).collect();
        let persons = |codes: &[&str]| {
            let among =
                |at: usize| table.questions.get(at).is_some_and(|question| codes.contains(&question.code.as_str()));
            let questions = asked.iter().filter(|(at, _)| among(*at));
            table.all_satisfied(&questions.map(|(at, part)| (*at, part.answering.as_ref())).collect::<Vec<_>>())
        };
        self.evaluate_with(&items, Some(&persons))
    }

    /// The figures beside the index, in the order of the scheme; a figure for each part follows that of all of them.
    ///
    /// Means of levels and pooled shares weigh every answer the same. Refuses what does not fit the scheme.
    pub fn figures_of(&self, table: AnswerTable<'_>) -> Result<Vec<FigureValue>, Vec<InputProblem>> {
        self.check_answers(table)?;
        let asked = self.asked(table);
        let mut values = Vec::new();
        for figure in self.figures() {
            values.push(self.figure(figure, None, &figure.of, &asked, table));
            for part in figure.of.iter().filter(|_| figure.each && figure.of.len() > 1) {
                values.push(self.figure(figure, Some(*part), &[*part], &asked, table));
            }
        }
        Ok(values)
    }

    fn figure(
        &self,
        figure: &Figure,
        part: Option<usize>,
        of: &[usize],
        asked: &[(usize, &Component)],
        table: AnswerTable<'_>,
    ) -> FigureValue {
        let place = |code: &str| self.components().iter().position(|component| component.code == code);
        let below = |component: &Component| {
            let place = place(&component.code);
            of.iter().any(|above| place.is_some_and(|place| self.lies_below(place, Some(*above))))
        };
        let questions: Vec<(usize, Option<&Answering>)> =
            asked.iter().filter(|(_, part)| below(part)).map(|(at, part)| (*at, part.answering.as_ref())).collect();
        let counted: Vec<Counted> = questions.iter().map(|(at, answering)| table.count(*at, *answering)).collect();
        let answered: u64 = counted.iter().map(|counted| counted.answered).sum();
        let satisfied: u64 = counted.iter().map(|counted| counted.satisfied).sum();
        let (value, count, n) = match figure.formula {
            FigureFormula::MeanScore | FigureFormula::MeanValue => {
                (ratio(counted.iter().map(|counted| counted.sum).sum(), answered), None, answered)
            }
            FigureFormula::PooledAnswers => (ratio(satisfied, answered), Some((satisfied, answered)), answered),
            FigureFormula::MeanOfItems => {
                let shares: Vec<f64> = counted.iter().filter_map(|one| ratio(one.satisfied, one.answered)).collect();
                let items: f64 = shares.iter().map(|_| 1.0).sum();
                ((items > 0.0).then(|| shares.iter().sum::<f64>() / items), None, answered)
            }
            FigureFormula::PersonsAllSatisfied => {
                let (satisfied, persons) = table.all_satisfied(&questions);
                (ratio(satisfied, persons), Some((satisfied, persons)), persons)
            }
        };
        let part = part.and_then(|place| self.components().get(place));
        FigureValue {
            code: figure.code.clone(),
            component: part.map(|component| component.code.clone()),
            formula: figure.formula.word(),
            value,
            count,
            n,
            sourced: figure.standing.sourced && part.is_none_or(|component| component.standing.sourced),
        }
    }

    /// Places of the questions with the parts they belong to.
    fn asked(&self, table: AnswerTable<'_>) -> Vec<(usize, &Component)> {
        let questions = table.questions.iter().enumerate();
        questions.filter_map(|(at, question)| Some((at, self.component(&question.component)?))).collect()
    }

    fn check_answers(&self, table: AnswerTable<'_>) -> Result<(), Vec<InputProblem>> {
        let mut problems = Vec::new();
        for (at, question) in table.questions.iter().enumerate() {
            let (item, component) = (question.code.clone(), question.component.clone());
            if table.questions.iter().take(at).any(|other| other.code == question.code) {
                problems.push(InputProblem::Twice { item: item.clone() });
            }
            let Some(part) = self.component(&question.component) else {
                problems.push(InputProblem::UnknownComponent { item, component });
                continue;
            };
            if part.formula.is_some() {
                problems.push(InputProblem::TakesNoValue { component });
                continue;
            }
            if !is_answered(part) {
                problems.push(InputProblem::NotAnswered { item, component });
                continue;
            }
            for (person, answers) in table.persons.iter().enumerate() {
                let answer = answers.get(at).copied().flatten();
                if let Some(answer) = answer.filter(|answer| !exists(part, *answer)) {
                    problems.push(InputProblem::NoSuchAnswer { person: person + 1, item: item.clone(), answer });
                    if problems.len() >= MOST_PROBLEMS {
                        return Err(problems);
                    }
                }
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

/// Options that become points are numbered from 1 in the order of their values.
fn option_values(part: &Component) -> Option<&[f64]> {
    match &part.conversion {
        Some(Conversion::Options(Some(values))) => Some(values),
        _ => None,
    }
}

fn is_answered(part: &Component) -> bool {
    let by_rule = matches!(part.conversion, Some(Conversion::Awarded | Conversion::Options(None)));
    option_values(part).is_some() || (part.answering.is_some() && part.rate == Rate::Ratio && !by_rule)
}

fn exists(part: &Component, answer: u16) -> bool {
    match option_values(part) {
        Some(values) => (1..=values.len()).contains(&usize::from(answer)),
        None => part.answering.as_ref().is_some_and(|answering| answering.has(answer)),
    }
}

fn given(part: &Component, table: AnswerTable<'_>, at: usize) -> Given {
    let counted = table.count(at, part.answering.as_ref());
    match option_values(part) {
        Some(_) if counted.answered == 0 => Given::NotApplicable,
        Some(values) => {
            let chose =
                |option: usize| table.answers(at).filter(|answer| usize::from(*answer) == option).map(|_| 1.0).sum();
            let share = |option: usize| -> f64 { chose(option) };
            Given::Options((1..=values.len()).map(|option| share(option) / real(counted.answered)).collect())
        }
        None => Given::Counts { part: counted.satisfied, whole: counted.answered },
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| real(part) / real(whole))
}
