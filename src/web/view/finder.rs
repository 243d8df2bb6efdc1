//! The form above a list: sent by GET, so that the address of what was found can be kept and handed on.

use maud::{Markup, html};

use super::office::Field;
use super::{Hidden, hidden};

/// The form.
pub fn finder(action: &str, more: &[Hidden], fields: &[Field], label: &str) -> Markup {
    html! {
        form.office.find method="get" action=(action) role="search" {
            (hidden(more))
            @for field in fields { (field.render()) }
            p.do { button type="submit" { (label) } }
        }
    }
}
