//! The two shapes of a text: fixed in both languages, or filled by a function.

use std::fmt;

use crate::words::{Day, Lang, Period};

use super::{date, number};

/// A fixed text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Say {
    /// Vietnamese, the source language.
    pub vi: &'static str,
    /// English.
    pub en: &'static str,
}

impl Say {
    /// The text in this language.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }
}

/// A sentence with a lead that is printed bold: the verdict first, then its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Printed bold; may be empty.
    pub lead: String,
    /// What follows, without a leading space; may be empty.
    pub rest: String,
}

impl Sentence {
    /// A sentence from its two parts.
    pub fn new(lead: impl Into<String>, rest: impl Into<String>) -> Self {
        Self { lead: lead.into(), rest: rest.into() }
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gap = if self.lead.is_empty() || self.rest.is_empty() { "" } else { " " };
        write!(f, "{}{gap}{}", self.lead, self.rest)
    }
}

/// A value that has a shape people read, per language.
pub trait Shown {
    /// The value as read in this language.
    fn shown(&self, lang: Lang) -> String;
}

impl Shown for &str {
    fn shown(&self, _: Lang) -> String {
        (*self).to_owned()
    }
}

impl Shown for u64 {
    fn shown(&self, lang: Lang) -> String {
        number::count(lang, *self)
    }
}

impl Shown for Day {
    fn shown(&self, lang: Lang) -> String {
        date::short(lang, *self)
    }
}

impl Shown for Period {
    fn shown(&self, lang: Lang) -> String {
        date::period(lang, *self)
    }
}

/// The text with its first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Fills `{name}` in a text that comes from a file, such as a questionnaire's own note. A name nobody supplies stays
/// visible. Texts of the program itself are functions and never need this.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after
            .split_once('}')
            .and_then(|(name, tail)| values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value, tail)));
        if let Some((value, tail)) = known {
            filled.push_str(value);
            rest = tail;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// Fixed texts of one module; their documentation is the Vietnamese text itself. Public, unless `in pub(super),` comes
/// first.
macro_rules! says {
    (in $vis:vis, $($name:ident = $vi:literal, $en:literal;)+) => {
        $(
            #[doc = concat!("“", $vi, "”")]
            $vis const $name: $crate::text::Say = $crate::text::Say { vi: $vi, en: $en };
        )+

        #[cfg(test)]
        pub(crate) const SAYS: &[(&str, $crate::text::Say)] = &[$((stringify!($name), $name)),+];
    };
    ($($texts:tt)+) => { says! { in pub, $($texts)+ } };
}

/// Texts of one module that are filled; a missing or superfluous value in either language does not compile. Public,
/// unless `in pub(super),` comes first.
macro_rules! sentences {
    (in $vis:vis, $($name:ident($($value:ident: $kind:ty),+) = $vi:literal, $en:literal;)+) => {
        $(
            #[doc = concat!("“", $vi, "”")]
            $vis fn $name(lang: $crate::words::Lang, $($value: $kind),+) -> String {
                $(let $value = $crate::text::Shown::shown(&$value, lang);)+
                match lang {
                    $crate::words::Lang::Vi => format!($vi, $($value = $value),+),
                    $crate::words::Lang::En => format!($en, $($value = $value),+),
                }
            }
        )+

        #[cfg(test)]
        pub(crate) const SENTENCES: &[(&str, $crate::text::Say)] =
            &[$((stringify!($name), $crate::text::Say { vi: $vi, en: $en })),+];
    };
    ($($texts:tt)+) => { sentences! { in pub, $($texts)+ } };
}

#[cfg(test)]
mod tests {
    use unicode_normalization::is_nfc;

    use super::*;
    use crate::text::{
        cases, challenge, chart, decision, figure, figures, form, history, import, late, mail, measures, methods,
        office, open_data, parts, poster, privacy, publication, record, refusal, registry, site, ticket, unit,
        unit_list,
    };

    /// Every list of texts there is; a test sees that none is forgotten.
    #[expect(clippy::too_many_lines, reason = "one line for each list of texts")]
    fn every_list() -> Vec<&'static [(&'static str, Say)]> {
        [
            challenge::SAYS,
            publication::SAYS,
            publication::SENTENCES,
            challenge::SENTENCES,
            cases::SAYS,
            cases::SENTENCES,
            chart::SAYS,
            chart::SENTENCES,
            decision::SAYS,
            decision::SENTENCES,
            decision::moved::SAYS,
            decision::moved::SENTENCES,
            form::SAYS,
            form::SENTENCES,
            figures::SAYS,
            figures::SENTENCES,
            history::SAYS,
            history::SENTENCES,
            import::SAYS,
            import::SENTENCES,
            import::answers::SAYS,
            import::answers::SENTENCES,
            import::dossiers::SAYS,
            import::dossiers::SENTENCES,
            import::file::SAYS,
            import::file::SENTENCES,
            import::rows::SAYS,
            import::rows::SENTENCES,
            import::values::SAYS,
            import::values::SENTENCES,
            late::SAYS,
            late::SENTENCES,
            mail::SAYS,
            measures::SAYS,
            measures::SENTENCES,
            measures::indicators::SAYS,
            methods::words::SAYS,
            office::SAYS,
            office::SENTENCES,
            office::account::SAYS,
            office::account::SENTENCES,
            office::accounts::SAYS,
            office::decisions::SAYS,
            office::decisions::SENTENCES,
            office::late::SAYS,
            office::late::SENTENCES,
            office::log::SAYS,
            office::log::SENTENCES,
            office::browse::SAYS,
            office::browse::SENTENCES,
            office::cases::SAYS,
            office::cases::SENTENCES,
            office::procedures::SAYS,
            office::procedures::SENTENCES,
            office::publications::SAYS,
            office::publications::SENTENCES,
            office::questionnaires::SAYS,
            office::questionnaires::SENTENCES,
            office::reports::SAYS,
            office::reports::SENTENCES,
            office::points::SAYS,
            office::points::SENTENCES,
            office::posters::SAYS,
            office::posters::SENTENCES,
            office::sign_in::SAYS,
            office::sign_in::SENTENCES,
            office::alerts::SAYS,
            office::alerts::SENTENCES,
            office::digest::SAYS,
            office::digest::SENTENCES,
            office::exports::SAYS,
            office::exports::SENTENCES,
            office::exports::book::SAYS,
            office::exports::book::SENTENCES,
            office::exports::refused::SAYS,
            office::exports::refused::SENTENCES,
            office::slips::SAYS,
            office::figures::SAYS,
            office::figures::SENTENCES,
            office::signals::SAYS,
            office::signals::SENTENCES,
            office::targets::SAYS,
            office::targets::SENTENCES,
            office::uploads::SAYS,
            office::uploads::SENTENCES,
            office::units::SAYS,
            office::units::SENTENCES,
            office::volumes::SAYS,
            open_data::SAYS,
            open_data::SENTENCES,
            parts::SAYS,
            parts::SENTENCES,
            poster::SAYS,
            poster::SENTENCES,
            privacy::SAYS,
            privacy::SENTENCES,
            privacy::stored::SAYS,
            privacy::stored::SENTENCES,
            record::SAYS,
            record::SENTENCES,
            refusal::SAYS,
            refusal::SENTENCES,
            registry::SENTENCES,
            registry::editions::SENTENCES,
            registry::fields::SENTENCES,
            registry::points::SAYS,
            registry::points::SENTENCES,
            registry::targets::SENTENCES,
            registry::units::SAYS,
            registry::units::SENTENCES,
            site::SAYS,
            site::SENTENCES,
            ticket::SAYS,
            ticket::SENTENCES,
            unit::SAYS,
            unit::SENTENCES,
            unit_list::SAYS,
            unit_list::SENTENCES,
        ]
        .into_iter()
        .chain(figure::lists())
        .collect()
    }

    fn every_text() -> Vec<(&'static str, Say)> {
        every_list().into_iter().flat_map(|list| list.iter().copied()).collect()
    }

    /// Lists of texts in the sources of this room.
    fn lists_in_sources() -> usize {
        let mut waiting = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/text"))];
        let mut lists = 0;
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                waiting.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else {
                let source = std::fs::read_to_string(&path).unwrap();
                lists += source.lines().filter(|line| ["says! {", "sentences! {"].contains(line)).count();
            }
        }
        lists
    }

    #[test]
    fn no_list_of_texts_is_forgotten_here() {
        assert_eq!(every_list().len(), lists_in_sources());
    }

    /// Texts that are the same in both languages: names, the other language's own words, and mere patterns.
    const ALIKE: [&str; 5] = ["PRODUCT", "ENGLISH_LINE", "place", "title", "target_cited"];

    #[test]
    fn the_two_languages_differ_but_for_names_and_patterns() {
        for (name, say) in every_text() {
            assert_eq!(say.vi == say.en, ALIKE.contains(&name), "{name}: {} / {}", say.vi, say.en);
        }
    }

    #[test]
    fn a_sentence_says_the_same_values_in_both_languages() {
        let values = |text: &str| -> std::collections::BTreeSet<String> {
            let named = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            named.map(|(name, _)| name.to_owned()).collect()
        };
        for (name, say) in every_text() {
            assert_eq!(values(say.vi), values(say.en), "{name}");
        }
    }

    #[test]
    fn every_text_is_complete_in_both_languages_and_composed() {
        for (name, say) in every_text() {
            for text in [say.vi, say.en] {
                assert!(!text.trim().is_empty(), "{name} is empty");
                assert_eq!(text, text.trim(), "{name} has blanks around it");
                assert!(!text.contains("  "), "{name} has a double blank");
                assert!(is_nfc(text), "{name} is not NFC");
            }
        }
    }

    #[test]
    fn only_thanks_raises_its_voice() {
        for (name, say) in every_text() {
            let thanks = name.starts_with("THANKS_TITLE");
            assert_eq!(say.vi.contains('!'), thanks && say.vi == "Cảm ơn Ông/Bà!", "{name}");
            assert_eq!(say.en.contains('!'), thanks, "{name}");
        }
    }

    #[test]
    fn no_name_stands_for_two_texts_of_one_module() {
        let mut seen = std::collections::BTreeMap::new();
        for (name, say) in every_text() {
            if let Some(other) = seen.insert((name, say.vi), say) {
                assert_eq!(other, say, "{name}");
            }
        }
        assert!(seen.len() > 250, "only {} texts are walked", seen.len());
    }

    #[test]
    fn a_name_nobody_supplies_stays_visible() {
        assert_eq!(fill("gọi {hotline} hoặc {office}", &[("hotline", "1022")]), "gọi 1022 hoặc {office}");
        assert_eq!(fill("{a}{a}{", &[("a", "{a}")]), "{a}{a}{");
        assert_eq!(fill("không có gì", &[]), "không có gì");
    }

    #[test]
    fn the_first_letter_becomes_capital_with_its_marks() {
        assert_eq!(capital("đạt"), "Đạt");
        assert_eq!(capital(""), "");
    }

    #[test]
    fn the_lead_and_the_rest_read_as_one_sentence() {
        assert_eq!(Sentence::new("Đạt.", "Ước tính").to_string(), "Đạt. Ước tính");
        assert_eq!(Sentence::new("", "Ước tính").to_string(), "Ước tính");
    }
}
