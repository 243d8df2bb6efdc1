//! Where a link can be sent: an e-mail address or a telephone number, in one written form each.

use crate::mail;

/// Where a link can be sent.
#[derive(Clone, PartialEq, Eq)]
pub enum Contact {
    /// An e-mail address, in small letters.
    Mail(String),
    /// A telephone number: digits, in the national form where it is Vietnamese.
    Phone(String),
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(…)")
    }
}

impl Contact {
    /// Reads a contact; `None` for anything that is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.contains('@') {
            return mail::is_address(text).then(|| Self::Mail(text.to_lowercase()));
        }
        let plus = text.starts_with('+');
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let others = text.chars().all(|c| c.is_ascii_digit() || " .-()+".contains(c));
        let national = match digits.strip_prefix("84") {
            Some(rest) if plus || digits.len() == 11 => format!("0{rest}"),
            _ if plus => format!("+{digits}"),
            _ => digits.clone(),
        };
        (others && (8..=15).contains(&digits.len())).then_some(Self::Phone(national))
    }

    /// As it is written.
    pub fn text(&self) -> &str {
        match self {
            Self::Mail(text) | Self::Phone(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_contact_is_written_in_one_way() {
        let phone = Contact::parse("0912 345 678").unwrap();
        for other in ["0912345678", "+84 912345678", "84912345678", "(091) 234-56.78"] {
            assert_eq!(Contact::parse(other).as_ref(), Some(&phone), "{other}");
        }
        assert_eq!(Contact::parse("Lan@Noi.vn"), Contact::parse("lan@noi.vn "));
        assert_eq!(Contact::parse("+66 812345678").unwrap().text(), "+66812345678");
        for bad in ["", "lan", "lan@", "12345", "0912x345678", "0912345678901234567", "a@b\n.vn"] {
            assert_eq!(Contact::parse(bad), None, "{bad}");
        }
        assert_eq!(format!("{phone:?}"), "Contact(…)");
    }
}
