//! The questions of a form: choices as tappable tiles, a line, a comment.
//!
//! Native radios or checkboxes in a fieldset, never pre-selected; the face beside a rating is drawn by the stylesheet, so it costs no
//! bytes here and is silent for screen readers. The first field of a question carries the question's code as id: the
//! summary of errors links there and the keyboard lands on something that can be answered.

use maud::{Markup, html};

use super::Wording;

/// One question of a form.
#[derive(Debug, Clone)]
pub enum Question {
    /// One or several of some answers.
    Choice(Choice),
    /// A number or a few words.
    Line(Line),
    /// Free text.
    Comment(Comment),
}

impl Question {
    /// Whether it is answered by picking.
    pub const fn is_choice(&self) -> bool {
        matches!(self, Self::Choice(_))
    }

    /// The question with its error, if it has one.
    pub fn render(&self) -> Markup {
        match self {
            Self::Choice(choice) => choice.render(),
            Self::Line(line) => line.render(),
            Self::Comment(comment) => comment.render(),
        }
    }
}

/// Pick one or several: a rating on five levels, or any other list.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Code of the item; the name of its fields.
    pub code: Wording,
    /// The question.
    pub legend: Wording,
    /// A line that explains it.
    pub hint: Option<Wording>,
    /// Whether several answers may be picked.
    pub several: bool,
    /// "(không bắt buộc)", where it deserves to be said.
    pub optional: Option<Wording>,
    /// How the answers are laid out.
    pub look: Look,
    /// The answers in the order of the scale.
    pub answers: Vec<Answer>,
    /// The way out that belongs to this question ("Không có ý kiến"), sent as `na`.
    pub not_applicable: Option<Wording>,
    /// What was entered before, when the page comes back.
    pub entered: Vec<Wording>,
    /// What is wrong with it.
    pub error: Option<Wording>,
}

/// How answers are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A satisfaction scale: faces beside the words, in one row where the screen is wide.
    Scale,
    /// A plain list.
    List,
}

/// One answer of a choice.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What is sent.
    pub value: Wording,
    /// What is read.
    pub label: Wording,
}

/// The value sent by the way out of a question.
pub const NOT_APPLICABLE: &str = "na";

impl Choice {
    fn render(&self) -> Markup {
        let code = &self.code;
        html! {
            fieldset.q.bad[self.error.is_some()] aria-describedby=[described(code, self.hint.is_some(), self.error.is_some())] {
                legend { (self.legend) (mark(self.optional.as_ref())) }
                (hint(code, self.hint.as_ref()))
                (error(code, self.error.as_ref()))
                div class=(match self.look { Look::Scale => "s", Look::List => "o" }) {
                    @for (answer, id) in self.answers.iter().zip(std::iter::once(Some(code)).chain(std::iter::repeat(None))) {
                        (self.tile(&answer.value, &answer.label, id))
                    }
                }
                @if let Some(label) = &self.not_applicable { div.o.na { (self.tile(NOT_APPLICABLE, label, None)) } }
            }
        }
    }

    fn tile(&self, value: &str, label: &str, id: Option<&Wording>) -> Markup {
        let entered = self.entered.iter().any(|entered| entered == value);
        let kind = if self.several { "checkbox" } else { "radio" };
        html! {
            label { input type=(kind) name=(self.code) value=(value) id=[id] checked[entered]; span { (label) } }
        }
    }
}

/// A number or a few words on one line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Code of the item; the name of its field.
    pub code: Wording,
    /// The question.
    pub label: Wording,
    /// "(không bắt buộc)", where it may stay empty.
    pub optional: Option<Wording>,
    /// A line that explains it.
    pub hint: Option<Wording>,
    /// The unit behind the field, such as "phút".
    pub unit: Option<Wording>,
    /// Which keys a telephone offers.
    pub keys: Keys,
    /// What was entered before.
    pub entered: Wording,
    /// What is wrong with it.
    pub error: Option<Wording>,
}

/// Which keys a telephone offers for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// Digits.
    Digits,
    /// Letters, nothing completed or corrected: codes.
    Code,
    /// Letters.
    Text,
}

impl Line {
    /// The line alone; the receipt page uses it outside a form of ratings.
    pub(crate) fn render(&self) -> Markup {
        let code = &self.code;
        let (mode, size, plain) = match self.keys {
            Keys::Digits => (Some("numeric"), "6", true),
            Keys::Code => (None, "24", true),
            Keys::Text => (None, "30", false),
        };
        html! {
            div.q.bad[self.error.is_some()] {
                label.legend for=(code) { (self.label) (mark(self.optional.as_ref())) }
                (hint(code, self.hint.as_ref()))
                (error(code, self.error.as_ref()))
                input type="text" id=(code) name=(code) value=(self.entered) inputmode=[mode] size=(size)
                    autocomplete="off" autocapitalize=[plain.then_some("off")] spellcheck=[plain.then_some("false")]
                    aria-invalid=[self.error.as_ref().map(|_| "true")]
                    aria-describedby=[described(code, self.hint.is_some(), self.error.is_some())];
                @if let Some(unit) = &self.unit { " " span { (unit) } }
            }
        }
    }
}

/// Free text with its warnings.
#[derive(Debug, Clone)]
pub struct Comment {
    /// Code of the item; the name of its field.
    pub code: Wording,
    /// The question.
    pub label: Wording,
    /// "(không bắt buộc)".
    pub optional: Option<Wording>,
    /// What must not be written here.
    pub warning: Wording,
    /// Where to go with a petition.
    pub not_petition: Option<Wording>,
    /// What was entered before.
    pub entered: Wording,
    /// What is wrong with it.
    pub error: Option<Wording>,
}

impl Comment {
    fn render(&self) -> Markup {
        let code = &self.code;
        html! {
            div.q.bad[self.error.is_some()] {
                label.legend for=(code) { (self.label) (mark(self.optional.as_ref())) }
                (hint(code, Some(&self.warning)))
                (error(code, self.error.as_ref()))
                // No maxlength: a browser would cut what was pasted without a word; the server says by how much it is too long.
                textarea id=(code) name=(code) rows="4"
                    aria-invalid=[self.error.as_ref().map(|_| "true")]
                    aria-describedby=[described(code, true, self.error.is_some())] { (self.entered) }
                @if let Some(text) = &self.not_petition { p.h { (text) } }
            }
        }
    }
}

fn mark(optional: Option<&Wording>) -> Markup {
    html! { @if let Some(words) = optional { " " small { (words) } } }
}

fn hint(code: &str, hint: Option<&Wording>) -> Markup {
    html! { @if let Some(text) = hint { p.h id={ (code) "-h" } { (text) } } }
}

fn error(code: &str, error: Option<&Wording>) -> Markup {
    html! { @if let Some(text) = error { p.e id={ (code) "-e" } { (text) } } }
}

/// The ids a screen reader reads after the question's name.
fn described(code: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(format!("{code}-h")),
        (false, true) => Some(format!("{code}-e")),
        (true, true) => Some(format!("{code}-h {code}-e")),
    }
}
