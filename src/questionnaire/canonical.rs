//! The `answers` column: the answers of a sheet in as few bytes as they need, one form only for each sheet.

use super::{Answer, Edition, Item};

/// Number of this format, stored with every response.
pub const FORMAT: i16 = 1;

const BLANK: u8 = 0;
const NOT_APPLICABLE: u8 = 15;
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

/// Whether an item can be answered so.
fn fits(item: &Item, answer: Answer) -> bool {
    match (item, answer) {
        (Item::Rating(_) | Item::Number(_), Answer::Blank) => true,
        (Item::Rating(rating), Answer::NotApplicable) => rating.not_applicable.is_some(),
        (Item::Rating(rating), Answer::Level(level)) => rating.scale.has(level),
        (Item::Number(number), Answer::Number(value)) => (number.min..=number.max).contains(&value),
        _ => false,
    }
}

/// The bytes of a list of answers: a rating takes one byte (0 blank, 1 to 7 the level, 15 not applicable), a number two
/// (big-endian, 0xFFFF blank).
pub fn encode(edition: &Edition, answers: &[Answer]) -> Result<Vec<u8>, NotThisEdition> {
    let expected = edition.answer_count();
    if answers.len() != expected {
        let reason = format!("{} answers instead of {expected}", answers.len());
        return Err(NotThisEdition::new(edition, reason));
    }
    let mut bytes = Vec::with_capacity(expected + 1);
    for ((_, item), answer) in edition.numbered().zip(answers) {
        if !fits(item, *answer) {
            return Err(NotThisEdition::new(edition, format!("{answer:?} is no answer to “{}”", item.code())));
        }
        match (item, answer) {
            (Item::Number(_), Answer::Number(value)) => bytes.extend(value.to_be_bytes()),
            (Item::Number(_), _) => bytes.extend(BLANK_NUMBER.to_be_bytes()),
            (_, Answer::Level(level)) => bytes.push(*level),
            (_, Answer::NotApplicable) => bytes.push(NOT_APPLICABLE),
            (_, _) => bytes.push(BLANK),
        }
    }
    Ok(bytes)
}

/// The answers in a list of bytes; refuses whatever `encode` cannot have written.
pub fn decode(edition: &Edition, bytes: &[u8]) -> Result<Vec<Answer>, NotThisEdition> {
    let mut rest = bytes;
    let mut answers = Vec::with_capacity(bytes.len());
    for (_, item) in edition.numbered() {
        let answer = match (item, rest) {
            (Item::Number(_), [high, low, tail @ ..]) => {
                rest = tail;
                match u16::from_be_bytes([*high, *low]) {
                    BLANK_NUMBER => Answer::Blank,
                    value => Answer::Number(value),
                }
            }
            (Item::Rating(_), [byte, tail @ ..]) => {
                rest = tail;
                match *byte {
                    BLANK => Answer::Blank,
                    NOT_APPLICABLE => Answer::NotApplicable,
                    level => Answer::Level(level),
                }
            }
            _ => return Err(NotThisEdition::new(edition, format!("{} bytes are too few", bytes.len()))),
        };
        if !fits(item, answer) {
            return Err(NotThisEdition::new(edition, format!("{answer:?} is no answer to “{}”", item.code())));
        }
        answers.push(answer);
    }
    if rest.is_empty() {
        Ok(answers)
    } else {
        Err(NotThisEdition::new(edition, format!("{} bytes are too many", bytes.len())))
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
