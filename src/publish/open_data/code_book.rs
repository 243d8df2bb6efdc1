//! The code book of a questionnaire: a row for each question.

use super::registry::column;
use super::{Column, DataTable, Datum, Holds};
use crate::questionnaire::{Choice, Edition, Item, Localized, Rating};
use crate::registry::InstalledEdition;
use crate::text::open_data as words;
use crate::words::Lang;

const BETWEEN: &str = "|";

/// Its columns.
pub(super) fn columns() -> Vec<Column> {
    vec![
        column("edition", Holds::Text, words::FORM_EDITION),
        column("edition_hash", Holds::Text, words::FORM_HASH),
        column("item", Holds::Text, words::FORM_ITEM),
        column("kind", Holds::Text, words::FORM_KIND),
        column("factor", Holds::Text, words::FORM_FACTOR),
        column("wording_vi", Holds::Text, words::FORM_WORDING_VI),
        column("wording_en", Holds::Text, words::FORM_WORDING_EN),
        column("levels_vi", Holds::Text, words::FORM_LEVELS_VI),
        column("levels_en", Holds::Text, words::FORM_LEVELS_EN),
        column("satisfied", Holds::Text, words::FORM_SATISFIED),
        column("not_applicable_vi", Holds::Text, words::FORM_NA_VI),
        column("not_applicable_en", Holds::Text, words::FORM_NA_EN),
        column("rates", Holds::Text, words::FORM_RATES),
        column("required", Holds::Truth, words::FORM_REQUIRED),
        column("in_index", Holds::Truth, words::FORM_INDEX),
        column("sensitive", Holds::Truth, words::FORM_SENSITIVE),
        column("source", Holds::Text, words::FORM_SOURCE),
    ]
}

/// SHA-256 of an edition in hexadecimal digits.
pub(super) fn hash(installed: &InstalledEdition) -> String {
    installed.hash.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// The code book.
pub(super) fn code_book(installed: &InstalledEdition) -> DataTable {
    let hash = hash(installed);
    let rows = installed.edition.items().iter().map(|item| row(&installed.edition, &hash, item));
    DataTable { columns: columns(), rows: rows.collect() }
}

fn row(edition: &Edition, hash: &str, item: &Item) -> Vec<Datum> {
    let code = item.code();
    let factor = edition.factors().iter().find(|factor| factor.criteria.iter().any(|known| known == code));
    let (kind, rest) = match item {
        Item::Rating(rating) => ("rating", of_rating(rating)),
        Item::Choice(choice) => ("choice", of_choice(choice)),
        Item::Number(_) => ("number", Answers::none()),
        Item::Comment(_) => ("comment", Answers::none()),
    };
    let name = |label: Option<&Localized>, lang| label.map(|label| own(label, lang)).unwrap_or_default();
    vec![
        Datum::text(edition.name().to_string()),
        Datum::text(hash),
        Datum::text(code),
        Datum::text(kind),
        Datum::text(factor.map(|factor| factor.code.as_str()).unwrap_or_default()),
        Datum::text(own(item.label(), Lang::Vi)),
        Datum::text(own(item.label(), Lang::En)),
        Datum::text(rest.levels(Lang::Vi)),
        Datum::text(rest.levels(Lang::En)),
        Datum::text(rest.satisfied.iter().map(u8::to_string).collect::<Vec<_>>().join(BETWEEN)),
        Datum::text(name(rest.not_applicable, Lang::Vi)),
        Datum::text(name(rest.not_applicable, Lang::En)),
        Datum::text(rest.rates),
        Datum::Truth(rest.required),
        Datum::Truth(rest.in_index),
        Datum::Truth(rest.sensitive),
        Datum::text(item.asked().source.clone().unwrap_or_default()),
    ]
}

/// A text in a language it is written in; nothing where it is not.
fn own(text: &Localized, lang: Lang) -> String {
    text.iter().find(|(known, _)| *known == lang).map(|(_, text)| text.to_owned()).unwrap_or_default()
}

/// What can be answered, and what becomes of it.
struct Answers<'a> {
    levels: Vec<(u8, &'a Localized)>,
    satisfied: &'a [u8],
    not_applicable: Option<&'a Localized>,
    rates: &'static str,
    required: bool,
    in_index: bool,
    sensitive: bool,
}

impl Answers<'_> {
    const fn none() -> Self {
        Self {
            levels: Vec::new(),
            satisfied: &[],
            not_applicable: None,
            rates: "",
            required: false,
            in_index: false,
            sensitive: false,
        }
    }

    /// “1=Rất không hài lòng|2=…”.
    fn levels(&self, lang: Lang) -> String {
        let known = self.levels.iter().map(|(level, label)| (level, own(label, lang)));
        let known: Vec<String> =
            known.filter(|(_, label)| !label.is_empty()).map(|(level, label)| format!("{level}={label}")).collect();
        known.join(BETWEEN)
    }
}

fn of_rating(rating: &Rating) -> Answers<'_> {
    Answers {
        levels: rating.scale.levels.iter().map(|level| (level.level, &level.label)).collect(),
        satisfied: &rating.satisfied,
        not_applicable: rating.not_applicable.as_ref(),
        rates: rating.rates.word(),
        required: rating.required,
        in_index: !rating.beside,
        sensitive: false,
    }
}

fn of_choice(choice: &Choice) -> Answers<'_> {
    Answers {
        levels: choice.options.iter().map(|option| (option.number, &option.label)).collect(),
        not_applicable: choice.not_applicable.as_ref(),
        required: choice.required,
        sensitive: choice.sensitive,
        ..Answers::none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Day, EditionNumber};

    #[test]
    fn every_question_of_every_edition_is_in_its_code_book() {
        for edition in crate::questionnaire::embedded().unwrap() {
            let hash = edition.hash();
            let installed = InstalledEdition { number: EditionNumber(1), hash, edition, first_day: Day(0) };
            let book = code_book(&installed);
            assert_eq!(book.rows.len(), installed.edition.items().len());
            assert!(book.rows.iter().all(|row| row.len() == book.columns.len()));
            assert!(book.rows.iter().all(|row| row[1].cell().len() == 64 && !row[5].cell().is_empty()));
        }
    }

    #[test]
    fn a_rating_has_its_scale_its_label_of_not_applicable_and_whom_it_rates() {
        let edition =
            crate::questionnaire::embedded().unwrap().into_iter().find(|one| one.code() == "counter").unwrap();
        let hash = edition.hash();
        let installed = InstalledEdition { number: EditionNumber(1), hash, edition, first_day: Day(0) };
        let book = code_book(&installed);
        let cell = |row: usize, name: &str| {
            book.rows[row][book.columns.iter().position(|column| column.name == name).unwrap()].cell()
        };
        let time = book.rows.iter().position(|row| row[2].cell() == "time").unwrap();
        assert!(cell(time, "levels_vi").starts_with("1=Rất không hài lòng|2="), "{}", cell(time, "levels_vi"));
        assert_eq!((cell(time, "satisfied"), cell(time, "rates")), ("4|5".to_owned(), "deciding".to_owned()));
        assert_eq!(cell(time, "not_applicable_en"), "I have no result yet");
    }
}
