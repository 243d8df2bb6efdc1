//! The methods of the program: what every formula is, its source and how it is checked, in both languages.
//!
//! One file, `surveys/methods.toml`, is the source of the public page `/phuong-phap` and of `docs/METHODOLOGY.md`
//! ([`markdown::render`]). Outputs cite a method by its id or by a word they use for it: [`find`] leads from either to the
//! entry, and [`Method::note`] is the short note to print.

pub mod markdown;
mod reader;
pub mod words;

use std::fmt;
use std::sync::LazyLock;

use super::Say;
use crate::words::Lang;

/// Name of the catalogue's file, as faults name it.
pub const FILE_NAME: &str = "surveys/methods.toml";
/// Address of the public page.
pub const PAGE: &str = "/phuong-phap";
/// The source that means a rule of this project.
pub const OWN: &str = "own";

const FILE: &str = include_str!("../../../surveys/methods.toml");

static CATALOGUE: LazyLock<Result<Catalogue, Faults>> = LazyLock::new(|| parse(FILE));

/// A text in both languages, from the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in this language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// All methods, by section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// What stands before everything.
    pub intro: Text,
    /// Sections in the order of the file; none is empty.
    pub sections: Vec<Section>,
}

/// Methods that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Once among sections and methods.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Its methods in the order of the file.
    pub methods: Vec<Method>,
}

/// One method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// Id: the anchor on the page, and what outputs cite.
    pub id: String,
    /// Where it is in use; empty: in the library and its tests only.
    pub used: Vec<Use>,
    /// Words of outputs that mean this entry, beside its id.
    pub words: Vec<String>,
    /// Title.
    pub title: Text,
    /// What it is: for an officer in Vietnamese, for a statistician in English.
    pub what: Text,
    /// Formulas, one a line.
    pub formula: Option<Text>,
    /// What happens at the ends: no answer, one answer, all alike, something missing.
    pub edge: Text,
    /// A table of two columns.
    pub table: Option<Columns>,
    /// Papers and documents; [`OWN`] is a rule of this project.
    pub sources: Vec<String>,
    /// Files of expected values in `tests/reference/stats`.
    pub reference: Vec<String>,
    /// What else is checked.
    pub checked: Option<Text>,
}

/// Where a method is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Public pages and `thuocdo index`.
    Pages,
    /// `thuocdo analyse`.
    Analyse,
}

impl Use {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Pages, Self::Analyse];

    /// The word in the catalogue.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Analyse => "analyse",
        }
    }

    /// The place as people read it.
    pub const fn say(self) -> Say {
        match self {
            Self::Pages => words::USED_PAGES,
            Self::Analyse => words::USED_ANALYSE,
        }
    }
}

/// A table of two columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Names of the columns.
    pub head: [Text; 2],
    /// The rows.
    pub rows: Vec<[Text; 2]>,
}

/// One thing that is wrong with a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and how to mend it.
    pub what: String,
}

/// Everything that is wrong with a catalogue, in the order of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, fault) in self.0.iter().enumerate() {
            let gap = if place == 0 { "" } else { "\n" };
            write!(f, "{gap}{FILE_NAME}, line {}: {}", fault.line, fault.what)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

impl Method {
    /// Its address on the public page.
    pub fn path(&self) -> String {
        format!("{PAGE}#{}", self.id)
    }

    /// The short note outputs print: its title and where it is explained.
    pub fn note(&self, lang: Lang) -> String {
        format!("{} ({})", self.title.get(lang), self.path())
    }

    /// Where it is in use, as people read it.
    pub fn used_words(&self, lang: Lang) -> String {
        if self.used.is_empty() {
            return words::USED_NOWHERE.get(lang).to_owned();
        }
        self.used.iter().map(|place| place.say().get(lang)).collect::<Vec<_>>().join("; ")
    }

    /// Whether it goes by this id or word.
    pub fn is_called(&self, word: &str) -> bool {
        self.id == word || self.words.iter().any(|own| own == word)
    }
}

impl Catalogue {
    /// All methods, in the order of the sections.
    pub fn methods(&self) -> impl Iterator<Item = &Method> {
        self.sections.iter().flat_map(|section| &section.methods)
    }

    /// The method with this id or word.
    pub fn find(&self, word: &str) -> Option<&Method> {
        self.methods().find(|method| method.is_called(word))
    }
}

/// The catalogue of the program; its faults only while somebody is writing it, because a test reads it.
pub fn catalogue() -> Result<&'static Catalogue, &'static Faults> {
    CATALOGUE.as_ref()
}

/// The method that an output means by this id or word.
pub fn find(word: &str) -> Option<&'static Method> {
    catalogue().ok()?.find(word)
}

/// Reads a catalogue; tells everything that is wrong with it at once.
pub fn parse(text: &str) -> Result<Catalogue, Faults> {
    reader::read(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
[intro]
vi = "Mở đầu."
en = "Intro."

[[sections]]
id = "one"
title.vi = "Một"
title.en = "One"

[[methods]]
id = "plain"
section = "one"
used = []
words = ["clear"]
title.vi = "Đơn giản"
title.en = "Plain"
what.vi = "Giải thích."
what.en = "What it is."
formula = "p = S / D"
edge.vi = "Không có phiếu: không có."
edge.en = "n = 0: none."
sources = ["own"]
checked.vi = "Kiểm thử."
checked.en = "Tests."
"#;

    fn faults(text: &str) -> Vec<String> {
        parse(text).unwrap_err().0.into_iter().map(|fault| format!("{}: {}", fault.line, fault.what)).collect()
    }

    #[test]
    fn a_method_is_found_by_its_id_and_by_its_words() {
        let catalogue = parse(SMALL).unwrap();
        assert_eq!(catalogue.find("clear").unwrap().id, "plain");
        assert_eq!(catalogue.find("plain").unwrap().note(Lang::Vi), "Đơn giản (/phuong-phap#plain)");
        assert!(catalogue.find("unclear").is_none());
    }

    #[test]
    fn the_catalogue_of_the_program_is_sound() {
        let catalogue = catalogue().unwrap_or_else(|faults| panic!("{faults}"));
        assert!(catalogue.methods().count() > 90);
        assert_eq!(find("logit").unwrap().id, "xlogit");
    }

    #[test]
    fn all_faults_are_told_at_once_with_their_lines() {
        let text = SMALL
            .replace("section = \"one\"", "section = \"two\"")
            .replace("what.en = \"What it is.\"\n", "")
            .replace("edge.en = \"n = 0: none.\"", "edge.en = \" \"\nodd = 1");
        let told = faults(&text);
        assert_eq!(
            told,
            [
                "6: no method stands in the section “one”; remove it",
                "13: there is no section “two”; add it to [[sections]]",
                "18: “what” needs the key “en”; add it",
                "21: “en” is empty or has blanks around it; write the text",
                "22: a method has no key “odd”; allowed are id, section, used, title, what, edge, sources, words, formula, head, rows, \
                 reference, checked",
            ]
        );
    }

    #[test]
    fn one_name_never_means_two_methods() {
        let second = SMALL.split_once("[[methods]]").unwrap().1.replace("id = \"plain\"", "id = \"other\"");
        let told = faults(&format!("{SMALL}\n[[methods]]{second}"));
        assert_eq!(told, ["27: “clear” already means the method “plain”; choose another word"]);
    }

    #[test]
    fn a_method_nobody_checks_and_a_table_without_a_head_are_refused() {
        let unchecked = SMALL.replace("checked.vi = \"Kiểm thử.\"\nchecked.en = \"Tests.\"\n", "");
        assert_eq!(faults(&unchecked), ["11: “plain” says neither “reference” nor “checked”; say how it is checked"]);
        let headless =
            SMALL.replace("sources", "rows = [[{ vi = \"a\", en = \"a\" }, { vi = \"b\", en = \"b\" }]]\nsources");
        assert_eq!(faults(&headless), ["11: “head” and “rows” belong together; give both"]);
        assert!(faults("[intro")[0].starts_with("1: "));
    }
}
