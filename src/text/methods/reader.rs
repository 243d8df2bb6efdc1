//! Reads the catalogue and notes everything that is wrong with it, with the line.

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

use super::{Catalogue, Columns, Fault, Faults, Method, Section, Text, Use};

const METHOD_NEEDS: &[&str] = &["id", "section", "used", "title", "what", "edge", "sources"];
const METHOD_MAY: &[&str] = &["words", "formula", "head", "rows", "reference", "checked"];

/// A table with its place and the name it has in sentences.
#[derive(Clone, Copy)]
struct Part<'t> {
    table: &'t DeTable<'t>,
    at: usize,
    what: &'t str,
}

/// Collects faults while the file is read.
struct Reader {
    /// Offsets at which lines begin.
    starts: Vec<usize>,
    faults: Vec<Fault>,
}

pub(super) fn read(text: &str) -> Result<Catalogue, Faults> {
    let starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    let mut reader = Reader { starts, faults: Vec::new() };
    let catalogue = match DeTable::parse(text) {
        Ok(table) => reader.catalogue(Part { table: table.get_ref(), at: 0, what: "the file" }),
        Err(error) => {
            reader.refuse(error.span().map_or(0, |span| span.start), error.message().to_owned());
            None
        }
    };
    reader.faults.sort();
    match catalogue {
        Some(catalogue) if reader.faults.is_empty() => Ok(catalogue),
        _ => Err(Faults(reader.faults)),
    }
}

impl Reader {
    fn refuse(&mut self, at: usize, what: impl Into<String>) {
        let line = 1 + self.starts.partition_point(|start| *start <= at);
        self.faults.push(Fault { line, what: what.into() });
    }

    fn catalogue(&mut self, file: Part<'_>) -> Option<Catalogue> {
        self.keys(file, &["intro", "sections", "methods"], &[]);
        let intro = self.text(file, "intro");
        let mut sections: Vec<(usize, Section)> = Vec::new();
        for part in self.tables(file, "sections", "a section") {
            self.keys(part, &["id", "title"], &[]);
            if let (Some(id), Some(title)) = (self.name(part, "id"), self.text(part, "title")) {
                sections.push((part.at, Section { id, title, methods: Vec::new() }));
            }
        }
        let mut names: Vec<(String, String)> = Vec::new();
        for (at, section) in &sections {
            self.claim(&mut names, *at, &section.id, &section.id);
        }
        for part in self.tables(file, "methods", "a method") {
            let section = self.name(part, "section");
            let place = section.as_ref().and_then(|id| sections.iter().position(|(_, known)| known.id == *id));
            if let (Some(section), None) = (&section, place) {
                let what = format!("there is no section “{section}”; add it to [[sections]]");
                self.refuse(part.place("section"), what);
            }
            let Some(method) = self.method(part) else { continue };
            for word in std::iter::once(&method.id).chain(&method.words) {
                self.claim(&mut names, part.at, word, &method.id);
            }
            if let Some((_, known)) = place.and_then(|place| sections.get_mut(place)) {
                known.methods.push(method);
            }
        }
        for (at, section) in sections.iter().filter(|(_, section)| section.methods.is_empty()) {
            self.refuse(*at, format!("no method stands in the section “{}”; remove it", section.id));
        }
        Some(Catalogue { intro: intro?, sections: sections.into_iter().map(|(_, section)| section).collect() })
    }

    /// Notes a name, and refuses it where it is taken.
    fn claim(&mut self, names: &mut Vec<(String, String)>, at: usize, name: &str, owner: &str) {
        if let Some((_, other)) = names.iter().find(|(taken, _)| taken == name) {
            self.refuse(at, format!("“{name}” already means the method “{other}”; choose another word"));
        } else {
            names.push((name.to_owned(), owner.to_owned()));
        }
    }

    fn method(&mut self, part: Part<'_>) -> Option<Method> {
        self.keys(part, METHOD_NEEDS, METHOD_MAY);
        let id = self.name(part, "id");
        let (title, what, edge) = (self.text(part, "title"), self.text(part, "what"), self.text(part, "edge"));
        let formula = part.has("formula").then(|| self.formula(part)).flatten();
        let (sources, reference) = (self.strings(part, "sources"), self.strings(part, "reference"));
        let (words, used) = (self.strings(part, "words"), self.used(part));
        let checked = part.has("checked").then(|| self.text(part, "checked")).flatten();
        let table = self.columns(part);
        let id = id?;
        if sources.is_empty() && part.has("sources") {
            self.refuse(part.at, format!("“{id}” names no source; write \"own\" for a rule of this project"));
        }
        if !part.has("reference") && !part.has("checked") {
            self.refuse(part.at, format!("“{id}” says neither “reference” nor “checked”; say how it is checked"));
        }
        Some(Method {
            id,
            used,
            words,
            title: title?,
            what: what?,
            formula,
            edge: edge?,
            table,
            sources,
            reference,
            checked,
        })
    }

    fn used(&mut self, part: Part<'_>) -> Vec<Use> {
        let mut used = Vec::new();
        for word in self.strings(part, "used") {
            match Use::ALL.into_iter().find(|place| place.word() == word) {
                Some(place) => used.push(place),
                None => self.refuse(part.place("used"), format!("“{word}” is no place of use: pages, analyse")),
            }
        }
        used
    }

    fn columns(&mut self, part: Part<'_>) -> Option<Columns> {
        if part.has("head") != part.has("rows") {
            self.refuse(part.at, "“head” and “rows” belong together; give both");
            return None;
        }
        let head = part.get("head").and_then(|head| self.pair(head));
        let mut rows = Vec::new();
        for row in self.list(part, "rows") {
            rows.extend(self.pair(row));
        }
        Some(Columns { head: head?, rows })
    }

    /// `[{ vi, en }, { vi, en }]`.
    fn pair(&mut self, found: &Spanned<DeValue<'_>>) -> Option<[Text; 2]> {
        let cells = found.get_ref().as_array().map(|cells| cells.iter().collect::<Vec<_>>()).unwrap_or_default();
        if let [first, second] = cells.as_slice() {
            let (first, second) = (self.bilingual(first, "a cell"), self.bilingual(second, "a cell"));
            return Some([first?, second?]);
        }
        self.refuse(found.span().start, "a row has two cells, each { vi = \"…\", en = \"…\" }");
        None
    }

    /// Formulas in one text, or in one for each language where they hold words.
    fn formula(&mut self, part: Part<'_>) -> Option<Text> {
        let found = part.get("formula")?;
        if found.get_ref().is_table() {
            return self.bilingual(found, "formula");
        }
        let text = self.string(found, "formula")?;
        Some(Text { vi: text.clone(), en: text })
    }

    /// Refuses keys that mean nothing and keys that are needed and absent.
    fn keys(&mut self, part: Part<'_>, needed: &[&str], optional: &[&str]) {
        for key in part.table.keys() {
            let name: &str = key.get_ref();
            if !needed.contains(&name) && !optional.contains(&name) {
                let allowed = [needed, optional].concat().join(", ");
                self.refuse(key.span().start, format!("{} has no key “{name}”; allowed are {allowed}", part.what));
            }
        }
        for key in needed.iter().filter(|key| !part.has(key)) {
            self.refuse(part.at, format!("{} needs the key “{key}”; add it", part.what));
        }
    }

    fn tables<'t>(&mut self, part: Part<'t>, key: &str, what: &'t str) -> Vec<Part<'t>> {
        let mut tables = Vec::new();
        for found in self.list(part, key) {
            match found.get_ref().as_table() {
                Some(table) => tables.push(Part { table, at: found.span().start, what }),
                None => self.refuse(found.span().start, format!("“{key}” is a list of tables; write [[{key}]]")),
            }
        }
        tables
    }

    fn list<'t>(&mut self, part: Part<'t>, key: &str) -> Vec<&'t Spanned<DeValue<'t>>> {
        let Some(found) = part.get(key) else { return Vec::new() };
        let Some(list) = found.get_ref().as_array() else {
            self.refuse(found.span().start, format!("“{key}” must be a list"));
            return Vec::new();
        };
        list.iter().collect()
    }

    fn strings(&mut self, part: Part<'_>, key: &str) -> Vec<String> {
        self.list(part, key).into_iter().filter_map(|found| self.string(found, key)).collect()
    }

    fn text(&mut self, part: Part<'_>, key: &str) -> Option<Text> {
        self.bilingual(part.get(key)?, key)
    }

    fn bilingual(&mut self, found: &Spanned<DeValue<'_>>, key: &str) -> Option<Text> {
        let Some(table) = found.get_ref().as_table() else {
            self.refuse(found.span().start, format!("“{key}” must be a text in both languages: vi and en"));
            return None;
        };
        let name = format!("“{key}”");
        let part = Part { table, at: found.span().start, what: &name };
        self.keys(part, &["vi", "en"], &[]);
        let (vi, en) = (part.get("vi"), part.get("en"));
        let (vi, en) = (vi.and_then(|vi| self.string(vi, "vi")), en.and_then(|en| self.string(en, "en")));
        Some(Text { vi: vi?, en: en? })
    }

    /// A text people read: NFC, not empty, without blanks around it.
    fn string(&mut self, found: &Spanned<DeValue<'_>>, key: &str) -> Option<String> {
        let at = found.span().start;
        let Some(text) = found.get_ref().as_str() else {
            self.refuse(at, format!("“{key}” must be a text in quotes"));
            return None;
        };
        if text.is_empty() || text.trim() != text {
            self.refuse(at, format!("“{key}” is empty or has blanks around it; write the text"));
            return None;
        }
        Some(text.nfc().collect())
    }

    /// An id: a small letter, then small letters, digits, - and _.
    fn name(&mut self, part: Part<'_>, key: &str) -> Option<String> {
        let found = part.get(key)?;
        let name = self.string(found, key)?;
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_plain) {
            return Some(name);
        }
        self.refuse(found.span().start, format!("“{name}” is no {key}: a small letter, then a-z, 0-9, - and _"));
        None
    }
}

impl<'t> Part<'t> {
    fn get(self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.table.get(key)
    }

    fn has(self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn place(self, key: &str) -> usize {
        self.get(key).map_or(self.at, |found| found.span().start)
    }
}
