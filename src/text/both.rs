//! A filled text in both languages at once, for what is said before anybody knows who will read it.

use super::Say;
use crate::words::Lang;

/// A filled text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Both {
    vi: String,
    en: String,
}

impl Both {
    /// Fills a text in both languages.
    pub fn of(filled: impl Fn(Lang) -> String) -> Self {
        Self { vi: filled(Lang::Vi), en: filled(Lang::En) }
    }

    /// The text in this language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

impl From<Say> for Both {
    fn from(say: Say) -> Self {
        Self::of(|lang| say.get(lang).to_owned())
    }
}

/// English, as the command line speaks.
impl std::fmt::Display for Both {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_in_both_languages_and_the_command_line_reads_english() {
        let both = Both::of(|lang| crate::text::unit_list::count(lang, 1_234));
        assert_eq!((both.get(Lang::Vi), both.get(Lang::En)), ("1.234 đơn vị", "1,234 unit(s)"));
        assert_eq!(both.to_string(), "1,234 unit(s)");
    }
}
