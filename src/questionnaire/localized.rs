//! A text in the languages of its edition.

use crate::words::Lang;

/// A text in every language the edition lists. Made by `parse` only, so Vietnamese is always there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localized {
    texts: Vec<(Lang, String)>,
}

impl Localized {
    /// A text from its languages, kept in the order of `Lang`.
    pub(super) fn new(mut texts: Vec<(Lang, String)>) -> Self {
        texts.sort_by_key(|(lang, _)| *lang);
        Self { texts }
    }

    /// The text in a language; in Vietnamese where the edition does not speak that language.
    pub fn get(&self, lang: Lang) -> &str {
        let own = self.texts.iter().find(|(l, _)| *l == lang);
        own.or_else(|| self.texts.first()).map_or("", |(_, text)| text.as_str())
    }

    /// All languages with their texts, in the order of `Lang` (Vietnamese first).
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &str)> {
        self.texts.iter().map(|(lang, text)| (*lang, text.as_str()))
    }
}
