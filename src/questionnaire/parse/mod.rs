//! A definition in TOML becomes an `Edition`, or everything that is wrong with it is told at once.
//!
//! The file is walked by hand rather than through serde, which stops at the first fault and knows no lines.

#[cfg(test)]
mod broken;
mod choice;
mod factor;
mod item;
mod page;
mod reader;
mod rule;
mod scale;
#[cfg(test)]
mod tests;

use super::{Edition, EditionRef, Item, Problem, Unsound};
use crate::words::{Lang, Level, Measure, UnknownWord};
use reader::{At, Part, Reader};
use rule::Rule;
use toml::de::DeTable;

/// A larger file is refused unread.
const MAX_BYTES: usize = 256 * 1024;
const MAX_VERSION: u16 = 9_999;
const KEYS: &[&str] = &[
    "code",
    "version",
    "title",
    "lead",
    "languages",
    "measure",
    "headline_levels",
    "aggregation",
    "succeeds",
    "comparable",
    "census",
    "scales",
    "items",
    "factors",
    "pages",
];

/// Reads a definition. `file` is the name people know it by.
pub fn parse(file: &str, text: &str) -> Result<Edition, Unsound> {
    examine(text).map_err(|problems| {
        let mut problems: Vec<Problem> = problems.into_iter().map(|(problem, _)| problem).collect();
        if problems.is_empty() {
            problems.push(Problem { line: 1, what: "the definition cannot be read".to_owned() });
        }
        Unsound { file: file.to_owned(), problems }
    })
}

/// The edition, or everything that is wrong with it, each with the rule that is broken.
fn examine(text: &str) -> Result<Edition, Vec<(Problem, Rule)>> {
    if text.len() > MAX_BYTES {
        let what =
            format!("the file has {} bytes; a definition has at most {MAX_BYTES}, take something out", text.len());
        return Err(vec![(Problem { line: 1, what }, Rule::FileTooLarge)]);
    }
    let mut reader = Reader::new(text);
    let (table, faults) = DeTable::parse_recoverable(text);
    if !faults.is_empty() {
        for fault in faults {
            let at = fault.span().map_or(0, |span| span.start);
            reader.refuse(Rule::NotToml, at, format!("this is not TOML: {}; correct the line", fault.message()));
        }
        return Err(reader.into_problems());
    }
    let root = Part { table: table.get_ref(), at: 0, what: "a questionnaire" };
    let edition = read_edition(&mut reader, root);
    match (edition, reader.into_problems()) {
        (Some(edition), problems) if problems.is_empty() => Ok(edition),
        (_, problems) => Err(problems),
    }
}

fn read_edition(reader: &mut Reader, root: Part<'_>) -> Option<Edition> {
    reader.check_keys(root, KEYS);
    let languages = read_languages(reader, root);
    reader.languages.clone_from(&languages);
    let code = code(reader, root).map(|found| found.value);
    let version = reader.number(root, "version", 1, MAX_VERSION);
    let version = reader.need(root, "version", version);
    let title = reader.localized(root, "title");
    let title = reader.need(root, "title", title);
    let lead = reader.localized(root, "lead");
    let lead = reader.need(root, "lead", lead);
    let measure = reader.string(root, "measure");
    let measure = reader.need(root, "measure", measure).and_then(|found| word(reader, found, Measure::parse));
    let headline_levels = read_words(reader, root, "headline_levels", Level::parse);
    let name = code.zip(version).map(|(code, version)| EditionRef { code, version });
    let succeeds = read_succeeds(reader, root, name.as_ref());
    let comparable = reader.boolean(root, "comparable");
    if comparable && root.table.get("succeeds").is_none() {
        let what = "“comparable” needs “succeeds”: say which edition this one continues";
        reader.refuse(Rule::ComparableAlone, root.place("comparable"), what);
    }
    let census = reader.boolean(root, "census");
    let scales = scale::read_scales(reader, root);
    let mut codes = Codes::default();
    let items = item::read_items(reader, root, &scales, &mut codes);
    if root.table.contains_key("items") && !items.list.iter().any(|item| item.value.rating().is_some_and(|r| !r.beside))
    {
        let what = "the form has no sound rating; a questionnaire measures at least one, add it";
        reader.refuse(Rule::NoRating, root.place("items"), what);
    }
    for unused in scales.iter().filter(|scale| {
        let uses = |item: &At<Item>| item.value.rating().is_some_and(|rating| rating.scale.code == scale.value.code);
        !items.list.iter().any(uses)
    }) {
        let what = format!("no sound rating uses scale “{}”; use or remove it", unused.value.code);
        reader.refuse(Rule::UnusedScale, unused.at, what);
    }
    let factors = factor::read_factors(reader, root, &items.list, &mut codes);
    let aggregation = factor::read_aggregation(reader, root, &items.list, &factors);
    let pages = page::read_pages(reader, root, &items.list);
    let routes = page::read_routes(reader, &items, &pages);
    let edition = Edition {
        name: name?,
        title: title?,
        lead: lead?,
        languages: languages?,
        measure: measure?,
        headline_levels: headline_levels?,
        aggregation: aggregation?,
        succeeds,
        comparable,
        census,
        scales: scales.into_iter().map(|found| found.value).collect(),
        factors,
        items: items.list.into_iter().map(|found| found.value).collect(),
        pages: pages.into_iter().map(|found| found.value.page).collect(),
        routes,
        counted_factors: Vec::new(),
    };
    Some(edition.with_counted_factors())
}

fn read_languages(reader: &mut Reader, root: Part<'_>) -> Option<Vec<Lang>> {
    let languages = read_words(reader, root, "languages", Lang::parse)?;
    if !languages.contains(&Lang::Vi) {
        let what = "“languages” lacks “vi”; add it: Vietnamese is the language every form has";
        reader.refuse(Rule::NoVietnamese, root.place("languages"), what);
        return None;
    }
    Some(languages)
}

/// A list of words of a closed list, each once, in the order of that list; `None` unless all are right.
fn read_words<T: Ord + Copy + std::fmt::Display>(
    reader: &mut Reader,
    root: Part<'_>,
    key: &str,
    parse: impl Fn(&str) -> Result<T, UnknownWord>,
) -> Option<Vec<T>> {
    let found = reader.strings(root, key);
    let found = reader.need(root, key, found)?;
    if found.is_empty() {
        reader.refuse(Rule::EmptyList, root.place(key), format!("“{key}” is empty; list at least one"));
    }
    let given = found.len();
    let mut words: Vec<T> = Vec::new();
    for one in found {
        let at = one.at;
        match word(reader, one, &parse) {
            Some(word) if words.contains(&word) => {
                reader.refuse(Rule::WordTwice, at, format!("“{key}” lists “{word}” twice; keep it once"));
            }
            read => words.extend(read),
        }
    }
    words.sort_unstable();
    (words.len() == given && given > 0).then_some(words)
}

fn word<T>(reader: &mut Reader, found: At<&str>, parse: impl Fn(&str) -> Result<T, UnknownWord>) -> Option<T> {
    match parse(found.value) {
        Ok(word) => Some(word),
        Err(unknown) => {
            reader.refuse(Rule::UnknownWord, found.at, unknown.to_string());
            None
        }
    }
}

fn read_succeeds(reader: &mut Reader, root: Part<'_>, name: Option<&EditionRef>) -> Option<EditionRef> {
    let part = reader.table(root, "succeeds", "“succeeds”")?;
    reader.check_keys(part, &["code", "version"]);
    let code = code(reader, part).map(|found| found.value);
    let version = reader.number(part, "version", 1, MAX_VERSION);
    let version = reader.need(part, "version", version);
    let before = EditionRef { code: code?, version: version? };
    if let Some(name) = name.filter(|name| name.code == before.code && name.version <= before.version) {
        let what = format!("{name} cannot succeed {before}; a version succeeds an earlier one, name that");
        reader.refuse(Rule::SucceedsLater, part.at, what);
    }
    Some(before)
}

/// The key `code`: a small letter, then small letters, digits or low lines, at most 32 characters.
fn code(reader: &mut Reader, part: Part<'_>) -> Option<At<String>> {
    let found = reader.string(part, "code");
    let found = reader.need(part, "code", found)?;
    let mut bytes = found.value.bytes();
    let first = bytes.next().is_some_and(|byte| byte.is_ascii_lowercase());
    let rest = bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if first && rest && found.value.len() <= 32 {
        return Some(At { value: found.value.to_owned(), at: found.at });
    }
    let what =
        format!("the code “{}” is not a letter a-z followed by a-z, 0-9 or _ (at most 32); rename it", found.value);
    reader.refuse(Rule::BadCode, found.at, what);
    None
}

/// Codes in use. Items and factors share one list, because outputs name both in one column.
#[derive(Default)]
struct Codes(Vec<String>);

impl Codes {
    /// Notes a code; refuses one that is used already.
    fn add(&mut self, reader: &mut Reader, found: &At<String>) -> bool {
        if self.0.contains(&found.value) {
            reader.refuse(
                Rule::CodeTwice,
                found.at,
                format!("the code “{}” is used twice; choose another", found.value),
            );
            return false;
        }
        self.0.push(found.value.clone());
        true
    }
}
