//! The words in which a link is sent: a letter, or a short message of plain letters that fits one message of a telephone.

use super::contact::Contact;
use crate::collect::tickets::TICKET_DAYS;
use crate::mail;
use crate::store::tickets::StoredTicket;
use crate::text::search::plain;
use crate::text::ticket as words;
use crate::words::{Lang, TicketStage};

/// Longest short message: one of 160 signs of GSM 03.38.
const LONGEST: usize = 160;

/// A message for others to send.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Where to.
    pub contact: String,
    /// The text, the link in it.
    pub text: String,
    /// The link.
    pub link: String,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Message(…)")
    }
}

/// Why a message cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessageRefusal {
    /// It would take more than one message of a telephone.
    #[error(
        "a message would have {0} signs and at most {LONGEST} fit; shorten base_url, the hotline or the name of the province"
    )]
    TooLong(usize),
}

/// A short message: without marks, so that it is one message everywhere.
pub(super) fn written(
    contact: &Contact,
    link: &str,
    province: &str,
    (stage, hotline): (TicketStage, Option<&str>),
) -> Result<Message, MessageRefusal> {
    let province = plain(province);
    let body = match stage {
        TicketStage::Result => words::SMS_RESULT,
        TicketStage::Reception => words::SMS_RECEPTION,
    };
    let phone = hotline.map(|hotline| format!(" DT {}", plain(hotline))).unwrap_or_default();
    let of = |office: &str| format!("{office} {}: {link} {}{phone}", plain(body.vi), plain(words::SMS_END.vi));
    // A long name is shortened before the message is refused.
    let short = province.strip_prefix("Tinh ").or_else(|| province.strip_prefix("Thanh pho ")).unwrap_or(&province);
    let texts = [format!("UBND {}", lower_first(&province)), format!("UBND {short}"), short.to_owned()].map(|o| of(&o));
    let shortest = texts.iter().map(String::len).min().unwrap_or(0);
    match texts.into_iter().find(|text| text.len() <= LONGEST) {
        Some(text) => Ok(Message { contact: contact.text().to_owned(), text, link: link.to_owned() }),
        None => Err(MessageRefusal::TooLong(shortest)),
    }
}

/// The letter for a ticket.
pub(super) fn letter(
    address: &str,
    link: &str,
    place: &str,
    ticket: &StoredTicket,
    hotline: Option<&str>,
) -> Result<mail::Message, Vec<mail::Refusal>> {
    let lang = Lang::Vi;
    let last = crate::collect::tickets::last_day(ticket);
    let from = last.plus(-TICKET_DAYS);
    let begin = match ticket.stage {
        TicketStage::Result => words::mail_result(lang, place, from),
        TicketStage::Reception => words::mail_reception(lang, place, from),
    };
    let check = hotline.map(|hotline| format!(" {}", words::mail_hotline(lang, hotline))).unwrap_or_default();
    let text = words::mail_body(lang, &begin, link, last, &check);
    mail::Message::new(address, None, words::MAIL_SUBJECT.get(lang), &text)
}

fn lower_first(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_lowercase().chain(signs).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_plain_and_fits_one_message() {
        let contact = Contact::parse("0912345678").unwrap();
        let link = format!("https://dg.mh.gov.vn/p/{}", "0".repeat(27));
        let of = |province, stage| written(&contact, &link, province, (stage, Some("02091234567"))).unwrap().text;
        let text = of("Tỉnh Minh Họa", TicketStage::Result);
        assert_eq!(
            text,
            format!(
                "UBND tinh Minh Hoa moi Ong/Ba danh gia viec giai quyet ho so: {link} Khong hoi OTP, khong thu tien. \
                 DT 02091234567"
            )
        );
        for province in ["Tỉnh Minh Họa", "Thành phố Hồ Chí Minh", "Tỉnh Bà Rịa – Vũng Tàu"] {
            for stage in TicketStage::ALL {
                let text = of(province, *stage);
                assert!(text.is_ascii() && text.len() <= LONGEST && text.contains(&link), "{text}");
            }
        }
        let long = format!("https://{}.vn/p/{}", "x".repeat(90), "0".repeat(27));
        assert!(matches!(
            written(&contact, &long, "Tỉnh X", (TicketStage::Result, None)),
            Err(MessageRefusal::TooLong(n)) if n > LONGEST
        ));
    }
}
