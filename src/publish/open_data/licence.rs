//! Under which licence the data are given.

use serde_json::{Value, json};

use crate::text::Both;
use crate::text::open_data::{LICENCE_ADDRESS, LICENCE_TEXT};
use crate::words::Lang;

/// A licence: a sentence, and the address of its text where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// What people may do.
    pub text: Both,
    /// Where the licence stands.
    pub address: Option<String>,
}

impl Licence {
    /// The licence of the setting `open_data_licence`; without one, that of the decree and CC BY 4.0.
    ///
    /// The first word of the setting that begins with http:// or https:// is the address.
    pub fn of(setting: Option<&str>) -> Self {
        let Some(setting) = setting.map(str::trim).filter(|text| !text.is_empty()) else {
            return Self { text: LICENCE_TEXT.into(), address: Some(LICENCE_ADDRESS.to_owned()) };
        };
        let is_address = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
        let address = setting.split_whitespace().find(is_address).map(|word| word.trim_end_matches(['.', ',', ';']));
        let words: Vec<&str> = setting.split_whitespace().filter(|word| !is_address(word)).collect();
        let text = if words.is_empty() { setting.to_owned() } else { words.join(" ") };
        Self { text: Both::of(|_lang| text.clone()), address: address.map(str::to_owned) }
    }

    /// The licence in a JSON file.
    pub fn json(&self) -> Value {
        json!({ "text": { "vi": self.text.get(Lang::Vi), "en": self.text.get(Lang::En) }, "address": self.address })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_licence_names_the_decree_and_has_an_address() {
        let usual = Licence::of(None);
        assert!(usual.text.get(Lang::Vi).contains("47/2020/NĐ-CP"));
        assert_eq!(usual.address.as_deref(), Some(LICENCE_ADDRESS));
        assert_eq!(Licence::of(Some("  ")), usual);
    }

    #[test]
    fn a_setting_is_a_sentence_and_may_hold_an_address() {
        let own = Licence::of(Some("Giấy phép của tỉnh: https://tinh.gov.vn/giay-phep."));
        assert_eq!(
            (own.text.get(Lang::En), own.address.as_deref()),
            ("Giấy phép của tỉnh:", Some("https://tinh.gov.vn/giay-phep"))
        );
        assert_eq!(Licence::of(Some("Tự do sử dụng")).address, None);
    }
}
