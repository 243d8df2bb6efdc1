//! From raw form fields to an `AnswerSheet`, or to everything that is wrong with them.

use super::item::bit;
use super::{Choice, Comment, Edition, Item, Number, Rating, mask};
use unicode_normalization::UnicodeNormalization;

/// More faults than this are not listed: a person mends a few, a program that sends thousands learns nothing more.
const MAX_ERRORS: usize = 250;
/// A foreign field name is repeated up to this length.
const MAX_NAME: usize = 40;

/// The answer to one counted item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Left open.
    Blank,
    /// Not asked: earlier answers lead past it.
    NotAsked,
    /// "Not applicable" chosen.
    NotApplicable,
    /// A level of the scale.
    Level(u8),
    /// One option.
    Choice(u8),
    /// Several options, as bits: option 1 is the lowest. Never 0.
    Choices(u8),
    /// A number.
    Number(u16),
}

/// What a person answered: one answer per counted item, in the order of the edition, and the comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerSheet {
    /// Answers in the order of `Edition::numbered`.
    pub answers: Vec<Answer>,
    /// The comment, cleaned and masked.
    pub comment: Option<String>,
    /// Whether personal numbers in the comment were masked.
    pub masked: bool,
}

/// What is wrong with a field. The words for it are in the text room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldProblem {
    /// A required item was left open.
    Missing,
    /// More than one level was sent.
    TwoLevels,
    /// Not a level of the scale or an option of the choice.
    BadLevel,
    /// "Not applicable" chosen together with options.
    AlsoNotApplicable,
    /// Not a whole number within the limits.
    BadNumber,
    /// The comment is too long.
    CommentTooLong {
        /// By how many characters.
        over: usize,
    },
    /// A field the form does not have.
    UnknownField,
    /// Nothing at all was answered.
    Nothing,
}

/// A fault with the field it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Code of the item or name of the unknown field; the first item for `Nothing`.
    pub field: String,
    /// What is wrong.
    pub problem: FieldProblem,
}

/// What the person entered, so that the form can be shown again as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entered {
    fields: Vec<(String, String)>,
}

/// A form that cannot be accepted as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// All faults, in the order of the items, then unknown fields.
    pub errors: Vec<FieldError>,
    /// What was entered.
    pub entered: Entered,
}

impl Entered {
    /// What was entered in the fields this edition has; other fields are dropped.
    pub fn of(edition: &Edition, fields: &[(String, String)]) -> Self {
        let known = fields.iter().filter(|(name, _)| edition.item(name).is_some());
        Self { fields: known.cloned().collect() }
    }

    /// The one value entered for an item; `None` if there is none, or if several leave open which was meant.
    pub fn get(&self, code: &str) -> Option<&str> {
        let mut given = self.fields.iter().filter(|(name, value)| name == code && !value.trim().is_empty());
        let (_, value) = given.next()?;
        given.next().is_none().then_some(value.as_str())
    }

    /// Everything entered for an item.
    pub fn all<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a str> {
        let given = self.fields.iter().filter(move |(name, value)| name == code && !value.trim().is_empty());
        given.map(|(_, value)| value.as_str())
    }

    /// What was entered as answers; what cannot be read counts as left open.
    pub fn answers(&self, edition: &Edition) -> Vec<Answer> {
        AnswerSheet::scan(edition, &self.fields).0.answers
    }

    /// Whether nothing was entered.
    pub fn is_empty(&self) -> bool {
        self.fields.iter().all(|(_, value)| value.trim().is_empty())
    }
}

impl AnswerSheet {
    /// Reads the decoded answer fields of a form. A field is named as its item; its value is a level ("1" to "7"), "na",
    /// an option (as often as options are chosen), a number or a text; an empty value leaves the item open. What is sent for
    /// an item that is not asked is dropped. Reports all faults at once.
    pub fn read(edition: &Edition, fields: &[(String, String)]) -> Result<Self, Refusal> {
        let (sheet, mut errors) = Self::scan(edition, fields);
        if errors.is_empty() && sheet.is_empty() {
            let first = edition.items().first().map_or("", Item::code);
            errors.push(FieldError { field: first.to_owned(), problem: FieldProblem::Nothing });
        }
        if errors.is_empty() { Ok(sheet) } else { Err(Refusal { errors, entered: Entered::of(edition, fields) }) }
    }

    /// The sheet with what can be read, and what is wrong with the rest.
    fn scan(edition: &Edition, fields: &[(String, String)]) -> (Self, Vec<FieldError>) {
        let mut errors = Vec::new();
        let mut refuse = |field: &str, problem| {
            if errors.len() < MAX_ERRORS {
                errors.push(FieldError { field: field.chars().take(MAX_NAME).collect(), problem });
            }
        };
        let mut sheet = Self { answers: Vec::new(), comment: None, masked: false };
        for (at, item) in edition.items().iter().enumerate() {
            if !edition.is_asked(at, &sheet.answers) {
                sheet.answers.extend((!item.is_comment()).then_some(Answer::NotAsked));
                continue;
            }
            let named = fields.iter().filter(|(name, _)| name == item.code());
            let values: Vec<&str> = named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty()).collect();
            let answer = match item {
                Item::Rating(rating) => read_rating(rating, &values),
                Item::Choice(choice) if choice.several => read_choices(choice, &values),
                Item::Choice(choice) => read_choice(choice, &values),
                Item::Number(number) => read_number(number, &values),
                Item::Comment(comment) => {
                    match read_comment(comment, &values) {
                        Ok((text, masked)) => (sheet.comment, sheet.masked) = (text, masked),
                        Err(problem) => refuse(item.code(), problem),
                    }
                    continue;
                }
            };
            sheet.answers.push(answer.unwrap_or_else(|problem| {
                refuse(item.code(), problem);
                Answer::Blank
            }));
        }
        for (name, _) in fields.iter().filter(|(name, _)| edition.item(name).is_none()) {
            refuse(name, FieldProblem::UnknownField);
        }
        (sheet, errors)
    }

    /// Whether nothing at all was answered.
    pub fn is_empty(&self) -> bool {
        self.comment.is_none() && self.answers.iter().all(|answer| matches!(answer, Answer::Blank | Answer::NotAsked))
    }
}

fn read_rating(rating: &Rating, values: &[&str]) -> Result<Answer, FieldProblem> {
    match values {
        [] if rating.required => Err(FieldProblem::Missing),
        [] => Ok(Answer::Blank),
        ["na"] if rating.not_applicable.is_some() => Ok(Answer::NotApplicable),
        [value] => {
            digit(value).filter(|level| rating.scale.has(*level)).map(Answer::Level).ok_or(FieldProblem::BadLevel)
        }
        _ => Err(FieldProblem::TwoLevels),
    }
}

fn read_choice(choice: &Choice, values: &[&str]) -> Result<Answer, FieldProblem> {
    match values {
        [] if choice.required => Err(FieldProblem::Missing),
        [] => Ok(Answer::Blank),
        ["na"] if choice.not_applicable.is_some() => Ok(Answer::NotApplicable),
        [value] => digit(value).filter(|o| choice.has(*o)).map(Answer::Choice).ok_or(FieldProblem::BadLevel),
        _ => Err(FieldProblem::TwoLevels),
    }
}

fn read_choices(choice: &Choice, values: &[&str]) -> Result<Answer, FieldProblem> {
    match values {
        [] if choice.required => Err(FieldProblem::Missing),
        [] => Ok(Answer::Blank),
        ["na"] if choice.not_applicable.is_some() => Ok(Answer::NotApplicable),
        values if values.contains(&"na") && choice.not_applicable.is_some() => Err(FieldProblem::AlsoNotApplicable),
        values => {
            let mut options = 0;
            for value in values {
                options |= digit(value).filter(|o| choice.has(*o)).map(bit).ok_or(FieldProblem::BadLevel)?;
            }
            Ok(Answer::Choices(options))
        }
    }
}

/// Only the digit itself: "05" or "+5" was sent by no form of ours.
fn digit(value: &str) -> Option<u8> {
    value.parse().ok().filter(|_| value.len() == 1)
}

fn read_number(number: &Number, values: &[&str]) -> Result<Answer, FieldProblem> {
    match values {
        [] => Ok(Answer::Blank),
        [value] if value.bytes().all(|byte| byte.is_ascii_digit()) => match value.parse() {
            Ok(value) if (number.min..=number.max).contains(&value) => Ok(Answer::Number(value)),
            _ => Err(FieldProblem::BadNumber),
        },
        _ => Err(FieldProblem::BadNumber),
    }
}

/// The comment as it may be stored, and whether something was masked in it.
fn read_comment(comment: &Comment, values: &[&str]) -> Result<(Option<String>, bool), FieldProblem> {
    let text = clean(&values.join("\n"));
    let over = text.chars().count().saturating_sub(usize::from(comment.max_chars));
    if over > 0 {
        return Err(FieldProblem::CommentTooLong { over });
    }
    let masked = mask(&text);
    Ok(((!text.is_empty()).then_some(masked.text), masked.found))
}

/// One spelling of a text: NFC, line feeds, no control, direction or zero-width characters (they could hide a number
/// from the mask or turn a page around).
pub fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    let hidden = |c: char| {
        let invisible = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        c != '\n' && (c.is_control() || invisible)
    };
    let kept: String = lines.chars().filter(|c| !hidden(*c)).nfc().collect();
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{embedded, parse};
    use Answer::{Blank, Level, NotApplicable};
    use FieldProblem::{BadLevel, BadNumber, CommentTooLong, Missing, Nothing, TwoLevels, UnknownField};

    fn read(fields: &[(&str, &str)]) -> Result<AnswerSheet, Refusal> {
        let fields: Vec<(String, String)> = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        AnswerSheet::read(&embedded().unwrap().remove(0), &fields)
    }

    fn problems(fields: &[(&str, &str)]) -> Vec<(String, FieldProblem)> {
        read(fields).unwrap_err().errors.into_iter().map(|e| (e.field, e.problem)).collect()
    }

    #[test]
    fn three_taps_are_enough() {
        let sheet =
            read(&[("reception", "4"), ("time", "na"), ("attitude", "5"), ("minutes", ""), ("comment", "")]).unwrap();
        assert_eq!(sheet.answers, [Level(4), Blank, Level(5), NotApplicable, Blank, Blank]);
        assert_eq!(sheet.comment, None);
    }

    #[test]
    fn a_comment_alone_or_a_number_alone_is_an_answer() {
        assert_eq!(read(&[("comment", " Tốt ")]).unwrap().comment.as_deref(), Some("Tốt"));
        assert_eq!(read(&[("minutes", " 10 ")]).unwrap().answers[5], Answer::Number(10));
        assert_eq!(problems(&[("comment", " \r\n\t")]), [("reception".to_owned(), Nothing)]);
        assert_eq!(problems(&[]).len(), 1);
    }

    #[test]
    fn all_faults_are_told_in_the_order_of_the_form() {
        let found = problems(&[
            ("extra", "1"),
            ("comment", &"ơ".repeat(1012)),
            ("minutes", "10 phút"),
            ("quality", "6"),
            ("waiting", "3"),
            ("waiting", "3"),
            ("reception", "1"),
        ]);
        let expected = [
            ("waiting", TwoLevels),
            ("quality", BadLevel),
            ("minutes", BadNumber),
            ("comment", CommentTooLong { over: 12 }),
            ("extra", UnknownField),
        ];
        assert_eq!(found, expected.map(|(field, problem)| (field.to_owned(), problem)));
    }

    #[test]
    fn only_the_values_of_the_form_are_levels() {
        for value in ["0", "6", "05", "+5", "5.0", "NA", "hài lòng", "-1", "５"] {
            assert_eq!(problems(&[("time", value)]), [("time".to_owned(), BadLevel)], "{value}");
        }
        for value in ["-1", "601", "1e2", "10,5", "+5", "99999999999999999999", "１０"] {
            assert_eq!(problems(&[("minutes", value)]), [("minutes".to_owned(), BadNumber)], "{value}");
        }
    }

    #[test]
    fn a_definition_may_require_an_answer_and_forbid_not_applicable() {
        let text = include_str!("../../surveys/counter-1.toml")
            .replacen("rates = \"receiving\"", "rates = \"receiving\"\nrequired = true", 1)
            .replacen("not_applicable = { vi = \"Không có ý kiến\", en = \"No opinion\" }", "", 1);
        let edition = parse("t", &text).unwrap();
        let fields = |value: &str| [("reception".to_owned(), value.to_owned()), ("time".to_owned(), "5".to_owned())];
        let problem = |value: &str| AnswerSheet::read(&edition, &fields(value)).map_err(|r| r.errors[0].problem);
        assert_eq!(problem(""), Err(Missing));
        assert_eq!(problem("na"), Err(BadLevel));
        assert!(problem("3").is_ok());
    }

    #[test]
    fn what_was_entered_comes_back_except_what_is_doubtful() {
        let fields =
            [("reception", "9"), ("waiting", "1"), ("waiting", "2"), ("minutes", "x"), ("comment", "a\nb"), ("z", "1")];
        let entered = read(&fields).unwrap_err().entered;
        assert_eq!(entered.get("minutes"), Some("x"));
        assert_eq!(entered.get("comment"), Some("a\nb"));
        assert_eq!((entered.get("waiting"), entered.get("z"), entered.get("time")), (None, None, None));
        assert!(!entered.is_empty());
    }

    #[test]
    fn a_comment_is_cleaned_and_masked() {
        let sheet = read(&[("comment", "Tô\u{301}t\u{202e}\r\nGọi 0900\u{200b}000 000\u{7} nhé\r")]).unwrap();
        assert_eq!((sheet.comment.as_deref(), sheet.masked), (Some("Tốt\nGọi ••• nhé"), true));
        assert!(!read(&[("comment", "Tốt")]).unwrap().masked);
    }
}
