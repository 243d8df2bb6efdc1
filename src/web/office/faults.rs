//! What is wrong with a form, and its fields as they come back: with what was entered and what is wrong there.

use super::desk::Desk;
use crate::registry::import::{self, Refused};
use crate::text::import::values::EMPTY;
use crate::text::office as words;
use crate::text::{Both, Say};
use crate::web::view::Wording;
use crate::web::view::office::{Field, Input, OfficeForm};
use crate::words::{Day, Lang};

/// A value of a file by the name of its column, the field of the form in which it is entered, and the label of the field.
pub(super) type Column = (&'static str, &'static str, Say);

/// Everything that is wrong with a form.
#[derive(Debug, Default)]
pub(super) struct Faults {
    at: Vec<(&'static str, String)>,
    whole: Vec<String>,
}

impl Faults {
    /// Something is wrong with a field.
    pub(super) fn at(&mut self, field: &'static str, what: impl Into<String>) {
        self.at.push((field, what.into()));
    }

    /// Something is wrong with the form as a whole.
    pub(super) fn whole(&mut self, what: impl Into<String>) {
        self.whole.push(what.into());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.at.is_empty() && self.whole.is_empty()
    }

    /// What is wrong with a field, in the words of files.
    pub(super) fn value(&mut self, lang: Lang, field: &'static str, label: Say, what: &Both) {
        self.at(field, format!("{}: {}.", label.get(lang), what.get(lang)));
    }

    /// The faults of a typed form, each at its field; what is known of a field already is enough.
    pub(super) fn typed(&mut self, lang: Lang, refused: &Refused, columns: &[Column]) {
        for problem in &refused.problems {
            let known = columns.iter().find(|(column, ..)| problem.column.as_deref() == Some(*column));
            match known {
                Some((_, field, _)) if self.of(field).is_some() => {}
                Some((_, field, label)) => self.value(lang, field, *label, &problem.told),
                None => self.whole(format!("{}.", problem.what(lang))),
            }
        }
    }

    /// The day that was entered.
    pub(super) fn day(&mut self, desk: &Desk, field: &'static str, label: Say) -> Option<Day> {
        let entered = desk.fields.get(field);
        let read = if entered.is_empty() { Err(EMPTY.into()) } else { import::day(entered) };
        read.map_err(|what| self.value(desk.lang, field, label, &what)).ok()
    }

    /// What is wrong with a field.
    fn of(&self, field: &str) -> Option<Wording> {
        let own: Vec<&str> = self.at.iter().filter(|(at, _)| *at == field).map(|(_, what)| what.as_str()).collect();
        (!own.is_empty()).then(|| own.join(" ").into())
    }

    /// A field with what was entered, or with what is there.
    pub(super) fn field(&self, desk: &Desk, name: &'static str, label: Say, input: Input, there: &str) -> Field {
        let value = desk.fields.all(name).next().unwrap_or(there).to_owned();
        Field::new(name, label.get(desk.lang), input).value(value).error(self.of(name))
    }

    /// The form with these fields.
    pub(super) fn form(&self, desk: &Desk, action: &str, fields: Vec<Field>, button: Say) -> OfficeForm {
        OfficeForm {
            action: desk.to(action).into(),
            hidden: desk.hidden(),
            fields,
            button: button.get(desk.lang).into(),
            errors: words::ERRORS.get(desk.lang).into(),
            problems: self.whole.iter().map(|what| what.clone().into()).collect(),
            ..OfficeForm::default()
        }
    }
}

/// A day as the field of a form has it.
pub(super) fn entered_day(day: Day) -> String {
    day.iso()
}

/// The values of a list to choose from, after one that is none.
pub(super) fn choices<V: Into<Wording>, L: Into<Wording>>(
    first: Option<&'static str>,
    known: impl Iterator<Item = (V, L)>,
) -> Vec<(Wording, Wording)> {
    let none = first.map(|label| (Wording::default(), label.into()));
    none.into_iter().chain(known.map(|(value, label)| (value.into(), label.into()))).collect()
}
