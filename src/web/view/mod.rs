//! Parts of pages: what a citizen and a reader see, made from words the caller has already chosen.
//!
//! Nothing here reads a database or picks a wording. Every part is a value that says what is shown and a function that
//! renders it; no part writes an inline style or script, because the pages forbid both.

pub mod figure;
pub mod finder;
pub mod form;
pub mod measures;
pub mod notice;
pub mod office;
pub mod page;
pub mod poster;
pub mod question;
pub mod receipt;
pub mod slip;
pub mod table;
pub mod unit;

use std::borrow::Cow;

use maud::{Markup, html};

/// A text that is already worded for the reader: a fixed word or a composed sentence.
pub type Wording = Cow<'static, str>;

/// Words that lead somewhere.
#[derive(Debug, Clone)]
pub struct Link {
    /// What is read.
    pub label: Wording,
    /// Where it leads.
    pub href: Wording,
}

/// Words behind a line that can be opened.
#[derive(Debug, Clone)]
pub struct Fold {
    /// The line that is always seen.
    pub summary: Wording,
    /// What opening shows, paragraph by paragraph.
    pub paragraphs: Vec<Wording>,
}

/// A field the person does not see.
#[derive(Debug, Clone)]
pub struct Hidden {
    /// Name of the field.
    pub name: Wording,
    /// What is sent back.
    pub value: Wording,
}

impl Link {
    fn render(&self) -> Markup {
        html! { a href=(self.href) { (self.label) } }
    }
}

impl Fold {
    fn render(&self) -> Markup {
        html! {
            details {
                summary { (self.summary) }
                @for text in &self.paragraphs { p { (text) } }
            }
        }
    }
}

/// The hidden fields of a form.
fn hidden(fields: &[Hidden]) -> Markup {
    html! { @for field in fields { input type="hidden" name=(field.name) value=(field.value); } }
}

/// Links beside each other; nothing when there are none.
pub(super) fn links(links: &[Link]) -> Markup {
    html! { @if !links.is_empty() { p.links { @for link in links { (link.render()) " " } } } }
}
