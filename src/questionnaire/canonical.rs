//! The `answers` column: the answers of a sheet in as few bytes as they need, one form only for each sheet.

use super::{Answer, Edition, Item};

/// Number of this format, stored with every response.
pub const FORMAT: i16 = 1;

const BLANK: u8 = 0;
const NOT_ASKED: u8 = 14;
const NOT_APPLICABLE: u8 = 15;
/// Above every set of seven options.
const NOT_ASKED_CHOICES: u8 = 254;
const NOT_APPLICABLE_CHOICES: u8 = 255;
const NOT_ASKED_NUMBER: u16 = 0xFFFE;
const BLANK_NUMBER: u16 = 0xFFFF;

/// Answers or bytes that do not belong to the edition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("these answers do not belong to edition {edition}: {reason}")]
pub struct NotThisEdition {
    edition: String,
    reason: String,
}

impl NotThisEdition {
    fn new(edition: &Edition, reason: String) -> Self {
        Self { edition: edition.name().to_string(), reason }
    }
}

/// Whether an item that is asked can be answered so.
fn fits(item: &Item, answer: Answer) -> bool {
    match (item, answer) {
        (Item::Rating(_) | Item::Choice(_) | Item::Number(_), Answer::Blank) => true,
        (item, Answer::NotApplicable) => item.not_applicable().is_some(),
        (Item::Choice(choice), Answer::Choice(option)) => !choice.several && choice.has(option),
        (Item::Choice(choice), Answer::Choices(options)) => {
            choice.several && options != 0 && options & !choice.mask() == 0
        }
        (Item::Rating(rating), Answer::Level(level)) => rating.scale.has(level),
        (Item::Number(number), Answer::Number(value)) => (number.min..=number.max).contains(&value),
        _ => false,
    }
}

/// Refuses an answer that the item cannot have. What is not asked has just that answer, so that no sheet has two forms.
fn check(edition: &Edition, item: &Item, answer: Answer, is_asked: bool) -> Result<(), NotThisEdition> {
    if is_asked && fits(item, answer) || !is_asked && answer == Answer::NotAsked {
        return Ok(());
    }
    Err(NotThisEdition::new(edition, format!("{answer:?} is no answer to “{}”", item.code())))
}

/// The counted items with their places on the form.
fn counted(edition: &Edition) -> impl Iterator<Item = (usize, &Item)> {
    edition.items().iter().enumerate().filter(|(_, item)| !item.is_comment())
}

/// The bytes of a list of answers: a rating or a choice of one takes one byte (0 blank, 1 to 7 the level or option, 14 not
/// asked, 15 not applicable), a choice of several one (the options as bits, 0 blank, 254 not asked, 255 not applicable), a
/// number two (big-endian, 0xFFFE not asked, 0xFFFF blank).
pub fn encode(edition: &Edition, answers: &[Answer]) -> Result<Vec<u8>, NotThisEdition> {
    let expected = edition.answer_count();
    if answers.len() != expected {
        let reason = format!("{} answers instead of {expected}", answers.len());
        return Err(NotThisEdition::new(edition, reason));
    }
    let mut bytes = Vec::with_capacity(expected + 1);
    for ((number, (at, item)), answer) in counted(edition).enumerate().zip(answers) {
        check(edition, item, *answer, edition.is_asked(at, answers.get(..number).unwrap_or_default()))?;
        let several = matches!(item, Item::Choice(choice) if choice.several);
        match (item, answer) {
            (Item::Number(_), Answer::Number(value)) => bytes.extend(value.to_be_bytes()),
            (Item::Number(_), Answer::NotAsked) => bytes.extend(NOT_ASKED_NUMBER.to_be_bytes()),
            (Item::Number(_), _) => bytes.extend(BLANK_NUMBER.to_be_bytes()),
            (_, Answer::Level(byte) | Answer::Choice(byte) | Answer::Choices(byte)) => bytes.push(*byte),
            (_, Answer::NotApplicable) => bytes.push(if several { NOT_APPLICABLE_CHOICES } else { NOT_APPLICABLE }),
            (_, Answer::NotAsked) => bytes.push(if several { NOT_ASKED_CHOICES } else { NOT_ASKED }),
            (_, _) => bytes.push(BLANK),
        }
    }
    Ok(bytes)
}

/// The answers in a list of bytes; refuses whatever `encode` cannot have written.
pub fn decode(edition: &Edition, bytes: &[u8]) -> Result<Vec<Answer>, NotThisEdition> {
    let mut rest = bytes;
    let mut answers = Vec::with_capacity(bytes.len());
    for (at, item) in counted(edition) {
        let answer = match (item, rest) {
            (Item::Number(_), [high, low, tail @ ..]) => {
                rest = tail;
                match u16::from_be_bytes([*high, *low]) {
                    BLANK_NUMBER => Answer::Blank,
                    NOT_ASKED_NUMBER => Answer::NotAsked,
                    value => Answer::Number(value),
                }
            }
            (Item::Rating(_) | Item::Choice(_), [byte, tail @ ..]) => {
                rest = tail;
                one_byte(item, *byte)
            }
            _ => return Err(NotThisEdition::new(edition, format!("{} bytes are too few", bytes.len()))),
        };
        check(edition, item, answer, edition.is_asked(at, &answers))?;
        answers.push(answer);
    }
    if rest.is_empty() {
        Ok(answers)
    } else {
        Err(NotThisEdition::new(edition, format!("{} bytes are too many", bytes.len())))
    }
}

/// The answer to a rating or a choice.
fn one_byte(item: &Item, byte: u8) -> Answer {
    match item {
        Item::Choice(choice) if choice.several => match byte {
            BLANK => Answer::Blank,
            NOT_ASKED_CHOICES => Answer::NotAsked,
            NOT_APPLICABLE_CHOICES => Answer::NotApplicable,
            options => Answer::Choices(options),
        },
        _ => match byte {
            BLANK => Answer::Blank,
            NOT_ASKED => Answer::NotAsked,
            NOT_APPLICABLE => Answer::NotApplicable,
            option if matches!(item, Item::Choice(_)) => Answer::Choice(option),
            level => Answer::Level(level),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::embedded;

    fn counter() -> Edition {
        embedded().unwrap().remove(0)
    }

    #[test]
    fn answers_have_the_bytes_the_format_states() {
        use Answer::{Blank, Level, NotApplicable, Number};
        let answers = [Level(5), Blank, NotApplicable, Level(1), Blank, Number(300)];
        assert_eq!(encode(&counter(), &answers).unwrap(), [5, 0, 15, 1, 0, 1, 44]);
        let answers = [Blank, Blank, Blank, Blank, Level(3), Blank];
        assert_eq!(encode(&counter(), &answers).unwrap(), [0, 0, 0, 0, 3, 255, 255]);
    }

    #[test]
    fn bytes_of_no_answer_are_refused() {
        let edition = counter();
        assert!(decode(&edition, &[5, 0, 15, 1, 0, 1, 44]).is_ok());
        for bytes in [
            &[][..],
            &[5, 0, 15, 1, 0, 1],
            &[5, 0, 15, 1, 0, 1, 44, 0],
            &[6, 0, 15, 1, 0, 1, 44],
            &[14, 0, 15, 1, 0, 1, 44],
            &[5, 0, 15, 1, 0, 2, 89],
        ] {
            assert!(decode(&edition, bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn answers_to_other_questions_are_refused() {
        let edition = counter();
        assert!(encode(&edition, &[Answer::Blank; 5]).is_err());
        for (at, wrong) in
            [(0, Answer::Number(1)), (5, Answer::Level(1)), (5, Answer::Number(601)), (1, Answer::Level(6))]
        {
            let mut answers = [Answer::Blank; 6];
            answers[at] = wrong;
            assert!(encode(&edition, &answers).is_err(), "{wrong:?}");
        }
        let refused = encode(&edition, &[]).unwrap_err().to_string();
        assert_eq!(refused, "these answers do not belong to edition counter-1: 0 answers instead of 6");
    }
}
