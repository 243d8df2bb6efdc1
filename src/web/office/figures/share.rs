//! Handing a view on: its address, and a letter that holds nothing but it.

use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::choice::Asked;
use crate::text::office::figures as words;
use crate::web::language;
use crate::web::office::desk::Desk;

/// The part of the page that hands it on.
pub(super) fn share(desk: &Desk, asked: &Asked) -> Markup {
    let lang = desk.lang;
    let address = format!("{}{}", desk.base_url(), language::address(&asked.address(), lang));
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let subject = format!("{}: {}", words::SUBJECT.get(lang), asked.unit.name);
    let letter = format!("mailto:?subject={}&body={}", encoded(&subject), encoded(&address));
    html! {
        details.share {
            summary { (words::SEND.get(lang)) }
            div.f {
                label for="dia-chi" { (words::ADDRESS.get(lang)) }
                input type="text" id="dia-chi" readonly value=(address);
            }
            p { a href=(letter) { (words::BY_MAIL.get(lang)) } }
            p.h { (words::SEND_HINT.get(lang)) }
        }
    }
}
