//! A letter, so built that nothing anybody typed can become a line of its head.

use std::str::FromStr;

use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use serde::{Deserialize, Serialize};

use crate::text::{Say, mail as words};

/// Longest address, in bytes.
const LONGEST_ADDRESS: usize = 254;
/// Longest name and longest subject, in characters.
const LONGEST_LINE: usize = 200;
/// Longest text, in bytes.
const LONGEST_TEXT: usize = 64 * 1024;

/// A letter that can be sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    to: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    subject: String,
    text: String,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Message(…)")
    }
}

/// What is wrong with a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The address is none.
    Address,
    /// The name of the addressee is too long or no single line.
    Name,
    /// The subject is empty, too long or no single line.
    Subject,
    /// The text is too long or holds control characters.
    Text,
}

impl Refusal {
    /// For whoever typed it.
    pub const fn say(self) -> Say {
        match self {
            Self::Address => words::ADDRESS,
            Self::Name => words::NAME,
            Self::Subject => words::SUBJECT,
            Self::Text => words::TEXT,
        }
    }
}

impl Message {
    /// A letter, or everything that is wrong with it.
    pub fn new(to: &str, name: Option<&str>, subject: &str, text: &str) -> Result<Self, Vec<Refusal>> {
        let wrong = [
            (!is_address(to), Refusal::Address),
            (name.is_some_and(|name| !is_line(name)), Refusal::Name),
            (subject.trim().is_empty() || !is_line(subject), Refusal::Subject),
            (!is_text(text), Refusal::Text),
        ];
        let refusals: Vec<Refusal> =
            wrong.into_iter().filter(|(wrong, _)| *wrong).map(|(_, refusal)| refusal).collect();
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let name = name.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        Ok(Self { to: to.to_owned(), name, subject: subject.to_owned(), text: text.to_owned() })
    }

    /// As it stands in the outbox.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From the outbox; what stands there is not trusted more than what somebody typed.
    pub(super) fn from_json(json: &str) -> Option<Self> {
        let Self { to, name, subject, text } = serde_json::from_str(json).ok()?;
        Self::new(&to, name.as_deref(), &subject, &text).ok()
    }

    /// The letter as it leaves. The number makes its `Message-ID`, so that one that arrives twice is known as one.
    pub(super) fn built(&self, from: &Mailbox, number: i64) -> Option<lettre::Message> {
        let to = Mailbox::new(self.name.clone(), self.to.parse().ok()?);
        MessageBuilder::new()
            .from(from.clone())
            .to(to)
            .subject(self.subject.as_str())
            .message_id(Some(format!("<{number:016x}@{}>", from.email.domain())))
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(self.text.clone())
            .ok()
    }
}

/// Who letters are from.
pub(super) fn sender(text: &str) -> Option<Mailbox> {
    let mailbox = Mailbox::from_str(text).ok().filter(|_| is_line(text))?;
    is_address(mailbox.email.as_ref()).then_some(mailbox)
}

/// Whether a letter can be sent to it.
pub fn is_address(text: &str) -> bool {
    text.len() <= LONGEST_ADDRESS && text.is_ascii() && !text.contains(breaks) && Address::from_str(text).is_ok()
}

fn is_line(text: &str) -> bool {
    text.chars().count() <= LONGEST_LINE && !text.contains(breaks)
}

/// What ends a line or turns its direction.
fn breaks(c: char) -> bool {
    c.is_control() || ('\u{2028}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c)
}

fn is_text(text: &str) -> bool {
    text.len() <= LONGEST_TEXT && !text.contains(|c: char| c.is_control() && c != '\n' && c != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TO: &str = "hoa@so.example.vn";

    fn sent(message: &Message) -> String {
        let from = sender("Thước Đo <thuocdo@example.vn>").unwrap();
        String::from_utf8(message.built(&from, 7).unwrap().formatted()).unwrap()
    }

    /// The names of the lines of the head.
    fn head(letter: &str) -> Vec<String> {
        let (head, _) = letter.split_once("\r\n\r\n").unwrap();
        let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        lines.map(|line| line.split(':').next().unwrap().to_owned()).collect()
    }

    #[test]
    fn fifty_ways_to_write_a_line_into_the_head_are_refused() {
        let ends = ["\r\n", "\n", "\r", "\0", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}", "\u{202e}"];
        let mut vectors = 0;
        for end in ends {
            let tail = format!("{end}Bcc: all@example.vn");
            let told = |to: &str, name: Option<&str>, subject: &str| Message::new(to, name, subject, "x").unwrap_err();
            assert_eq!(told(&format!("{TO}{tail}"), None, "x"), [Refusal::Address], "{end:?}");
            assert_eq!(told(&format!("\"a{tail}\"@example.vn"), None, "x"), [Refusal::Address], "{end:?}");
            assert_eq!(told(TO, Some(&format!("Hoa{tail}")), "x"), [Refusal::Name], "{end:?}");
            assert_eq!(told(TO, None, &format!("x{tail}")), [Refusal::Subject], "{end:?}");
            let json = serde_json::json!({"to": TO, "subject": format!("x{tail}{end}"), "text": "x"}).to_string();
            assert_eq!(Message::from_json(&json), None, "{end:?}");
            assert_eq!(sender(&format!("Thước Đo{tail} <a@example.vn>")), None, "{end:?}");
            vectors += 6;
        }
        assert!(vectors >= 50, "{vectors}");
    }

    #[test]
    fn whatever_is_let_through_stays_in_its_line() {
        let odd =
            ["Bcc: a@b.vn", "\"<x@y.vn>", "=?utf-8?b?DQpCY2M6?=", "a, b@c.vn; d", "Nguyễn Thị Hoa (SNV) <>", "\\"];
        for text in odd {
            let message = Message::new(TO, Some(text), text, "Kính gửi Ông/Bà\n.\nBcc: x@y.vn\n").unwrap();
            let letter = sent(&message);
            let known = ["From", "To", "Subject", "Message-ID", "Auto-Submitted", "Content-Type", "Date"];
            let others: Vec<String> =
                head(&letter).into_iter().filter(|name| !known.contains(&name.as_str())).collect();
            assert!(others.iter().all(|name| ["MIME-Version", "Content-Transfer-Encoding"].contains(&name.as_str())));
            assert_eq!(head(&letter).iter().filter(|name| *name == "To").count(), 1, "{letter}");
            assert!(!letter.replace("\r\n", "").contains(['\r', '\n']), "every line ends as lines of letters do");
            assert_eq!(Message::from_json(&message.to_json()), Some(message));
        }
    }

    #[test]
    fn every_fault_of_a_letter_is_told_at_once_and_says_what_to_do() {
        let long = "x".repeat(LONGEST_LINE + 1);
        let told = Message::new("x", Some(&long), " ", "\0").unwrap_err();
        assert_eq!(told, [Refusal::Address, Refusal::Name, Refusal::Subject, Refusal::Text]);
        for refusal in told {
            assert!(refusal.say().vi.ends_with('.') && refusal.say().en.ends_with('.'));
        }
        for bad in ["", "@", "a@", "@b.vn", "a b@c.vn", "a@b.vn, c@d.vn", "Hoa <a@b.vn>", &format!("{long}@{long}.vn")]
        {
            assert_eq!(Message::new(bad, None, "x", "x"), Err(vec![Refusal::Address]), "{bad}");
        }
        assert_eq!(Message::new(TO, None, "x", &"x".repeat(LONGEST_TEXT + 1)), Err(vec![Refusal::Text]));
        assert_eq!(format!("{:?}", Message::new(TO, None, "x", "y").unwrap()), "Message(…)");
    }
}
