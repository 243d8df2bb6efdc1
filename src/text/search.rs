//! Vietnamese order and search without marks.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The letters in Vietnamese order; f, j, w and z stand where foreign names need them.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
/// Tones in dictionary order, after the level tone: huyền, hỏi, ngã, sắc, nặng.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// By this key names stand in Vietnamese order: letters first (đ after d; a, ă, â apart), numbers by their value, tones
/// last, then capitals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    letters: Vec<Place>,
    tones: Vec<u8>,
    written: String,
}

/// Where one sign stands in the order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Blank,
    Number(usize, String),
    Letter(usize),
    Other(char),
}

/// The sort key of a name.
pub fn sort_key(name: &str) -> SortKey {
    let mut key = SortKey { letters: Vec::new(), tones: Vec::new(), written: name.nfc().collect() };
    let mut signs = name.trim().nfc().flat_map(char::to_lowercase).peekable();
    while let Some(sign) = signs.next() {
        if sign.is_ascii_digit() {
            let mut digits = String::from(sign);
            while let Some(next) = signs.next_if(char::is_ascii_digit) {
                digits.push(next);
            }
            let value = digits.trim_start_matches('0').to_owned();
            key.letters.push(Place::Number(value.len(), value));
            continue;
        }
        let (letter, tone) = without_tone(sign);
        key.tones.push(tone);
        key.letters.push(match ALPHABET.chars().position(|known| known == letter) {
            Some(place) => Place::Letter(place),
            None if letter.is_whitespace() => Place::Blank,
            None => Place::Other(letter),
        });
    }
    key
}

/// The text in plain letters: without marks, and without whatever is not ASCII then. “Tỉnh Minh Họa” is “Tinh Minh Hoa”.
pub fn plain(text: &str) -> String {
    let base = text.nfd().filter(|sign| !is_combining_mark(*sign)).map(|sign| match sign {
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    });
    base.filter(char::is_ascii).collect()
}

/// The text in lower case without marks, punctuation as blanks, blanks single: “Suối Trong” is “suoi trong”.
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|sign| !is_combining_mark(*sign))
        .flat_map(char::to_lowercase)
        .map(|sign| match sign {
            'đ' => 'd',
            letter if letter.is_alphanumeric() => letter,
            _ => ' ',
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether every word of the query begins a word of the text, marks, case and order of words aside. An empty query
/// matches everything.
pub fn matches(text: &str, query: &str) -> bool {
    Wanted::of(query).is_in(text)
}

/// What somebody searches for, ready to be looked for in many texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted(Vec<String>);

impl Wanted {
    /// The words of a query.
    pub fn of(query: &str) -> Self {
        Self(fold(query).split_whitespace().map(str::to_owned).collect())
    }

    /// Whether the query names nothing.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every word of the query begins a word of the text.
    pub fn is_in(&self, text: &str) -> bool {
        let text = fold(text);
        self.0.iter().all(|wanted| text.split(' ').any(|word| word.starts_with(wanted.as_str())))
    }
}

fn without_tone(sign: char) -> (char, u8) {
    let mut tone = 0;
    let letter = std::iter::once(sign)
        .nfd()
        .filter(|part| match (1..).zip(TONES).find(|(_, mark)| mark == part) {
            Some((number, _)) => {
                tone = number;
                false
            }
            None => true,
        })
        .nfc()
        .next()
        .unwrap_or(sign);
    (letter, tone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &[&'static str]) -> Vec<&'static str> {
        let mut names = names.to_vec();
        names.sort_by_key(|name| sort_key(name));
        names
    }

    #[test]
    fn letters_follow_the_vietnamese_alphabet() {
        let order = ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "o", "ô", "ơ", "u", "ư", "v", "x", "y"];
        let mut reversed = order;
        reversed.reverse();
        assert_eq!(sorted(&reversed), order);
        assert_eq!(sorted(&["Đá Vách", "Dốc Mây", "Cầu Vồng", "Em"]), ["Cầu Vồng", "Dốc Mây", "Đá Vách", "Em"]);
    }

    #[test]
    fn tones_decide_only_between_equal_letters() {
        let order = ["ma", "mà", "mả", "mã", "má", "mạ", "mai"];
        let mut reversed = order;
        reversed.reverse();
        assert_eq!(sorted(&reversed), order);
        assert_eq!(sorted(&["Hòa Bình", "Hoa Sen", "Hòa An"]), ["Hòa An", "Hòa Bình", "Hoa Sen"]);
    }

    #[test]
    fn numbers_stand_by_their_value() {
        assert_eq!(sorted(&["phường 10", "phường 2", "phường 02 a"]), ["phường 2", "phường 02 a", "phường 10"]);
    }

    #[test]
    fn composed_and_decomposed_writing_sort_alike() {
        let decomposed: String = "Suối Trong".nfd().collect();
        assert_eq!(sort_key(&decomposed), sort_key("Suối Trong"));
    }

    #[test]
    fn search_needs_no_marks() {
        assert!(matches("Trung tâm Phục vụ hành chính công xã Suối Trong", "suoi trong"));
        assert!(matches("xã Suối Trong", "Suối"));
        assert!(matches("Sở Nội vụ – Đất đai", "dat dai so"));
        assert!(matches("MH.SNV", "snv"));
        assert!(matches("xã Suối Trong", "  "));
        assert!(!matches("xã Suối Trong", "suoi khe"));
        assert_eq!(fold("  Ủy ban – nhân\u{a0}dân "), "uy ban nhan dan");
    }
}
