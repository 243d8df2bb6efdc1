//! The identity of an edition: SHA-256 of its canonical text.
//!
//! The canonical text is itself a definition: TOML with every key in one fixed order, one key a line, texts in NFC inside
//! basic strings, lists in the order given, line feeds, keys left out where they hold their default. It parses back to the
//! same edition, hence the same hash, and `sha256sum` of it is the hash. Comments, key order and white space of the file
//! people wrote do not reach it; every text and every rule does. A key that a later engine adds is left out while it is
//! unused, so hashes of earlier editions stay.

use super::{Aggregation, Choice, Condition, Edition, Item, Localized};
use sha2::{Digest, Sha256};
use std::fmt::{Display, Write};

impl Edition {
    /// SHA-256 of the canonical text.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.canonical_text().as_bytes()).into()
    }

    /// The definition in its canonical form, to be stored beside the hash.
    pub fn canonical_text(&self) -> String {
        let mut out = Lines(String::new());
        out.pair("code", &string(self.code()));
        out.pair("version", &self.version());
        out.pair("title", &texts(&self.title));
        out.pair("lead", &texts(&self.lead));
        out.pair("languages", &list(self.languages.iter().map(|lang| string(lang.word()))));
        out.pair("measure", &string(self.measure.word()));
        out.pair("headline_levels", &list(self.headline_levels.iter().map(|level| string(level.word()))));
        out.pair("aggregation", &aggregation(&self.aggregation));
        if let Some(before) = &self.succeeds {
            let (code, version) = (string(&before.code), before.version);
            out.pair("succeeds", &format!("{{ code = {code}, version = {version} }}"));
        }
        out.mark("comparable", self.comparable);
        out.mark("census", self.census);
        self.write_scales(&mut out);
        self.write_items(&mut out);
        for factor in &self.factors {
            out.head("factors");
            out.pair("code", &string(&factor.code));
            out.pair("title", &texts(&factor.title));
            out.pair("criteria", &list(factor.criteria.iter().map(|code| string(code))));
        }
        for page in &self.pages {
            out.head("pages");
            out.pair("code", &string(&page.code));
            out.pair("title", &texts(&page.title));
            out.optional("lead", page.lead.as_ref());
            out.pair("items", &list(page.items.iter().map(|code| string(code))));
            out.condition(page.show_if.as_ref());
        }
        out.0
    }

    fn write_scales(&self, out: &mut Lines) {
        for scale in &self.scales {
            out.head("scales");
            out.pair("code", &string(&scale.code));
            out.pair("satisfied", &list(&scale.satisfied));
            for level in &scale.levels {
                out.head("scales.levels");
                out.pair("level", &level.level);
                out.pair("label", &texts(&level.label));
            }
        }
    }

    fn write_items(&self, out: &mut Lines) {
        for item in &self.items {
            out.head("items");
            out.pair("code", &string(item.code()));
            match item {
                Item::Rating(rating) => {
                    out.pair("kind", &string("rating"));
                    out.pair("label", &texts(&rating.label));
                    out.optional("hint", rating.hint.as_ref());
                    out.pair("scale", &string(&rating.scale.code));
                    if rating.satisfied != rating.scale.satisfied {
                        out.pair("satisfied", &list(&rating.satisfied));
                    }
                    out.pair("rates", &string(rating.rates.word()));
                    out.optional("not_applicable", rating.not_applicable.as_ref());
                    out.mark("required", rating.required);
                    out.mark("beside", rating.beside);
                }
                Item::Choice(choice) => write_choice(choice, out),
                Item::Number(number) => {
                    out.pair("kind", &string("number"));
                    out.pair("label", &texts(&number.label));
                    out.optional("hint", number.hint.as_ref());
                    out.optional("unit", number.unit.as_ref());
                    out.pair("min", &number.min);
                    out.pair("max", &number.max);
                }
                Item::Comment(comment) => {
                    out.pair("kind", &string("comment"));
                    out.pair("label", &texts(&comment.label));
                    out.optional("warn", comment.warn.as_ref());
                    out.pair("max_chars", &comment.max_chars);
                }
            }
            out.condition(item.asked().show_if.as_ref());
            if let Some(source) = &item.asked().source {
                out.pair("source", &string(source));
            }
        }
    }
}

fn write_choice(choice: &Choice, out: &mut Lines) {
    out.pair("kind", &string(if choice.several { "choices" } else { "choice" }));
    out.pair("label", &texts(&choice.label));
    out.optional("hint", choice.hint.as_ref());
    let options = choice.options.iter();
    let options = options.map(|option| format!("{{ code = {}, label = {} }}", option.number, texts(&option.label)));
    out.pair("options", &list(options));
    out.optional("not_applicable", choice.not_applicable.as_ref());
    out.mark("required", choice.required);
    out.mark("sensitive", choice.sensitive);
}

/// Writes to a `String` cannot fail, so their results carry nothing.
struct Lines(String);

impl Lines {
    fn pair(&mut self, key: &str, value: &dyn Display) {
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn optional(&mut self, key: &str, text: Option<&Localized>) {
        if let Some(text) = text {
            self.pair(key, &texts(text));
        }
    }

    fn mark(&mut self, key: &str, is_set: bool) {
        if is_set {
            self.pair(key, &true);
        }
    }

    fn condition(&mut self, condition: Option<&Condition>) {
        if let Some(Condition { item, is }) = condition {
            self.pair("show_if", &format!("{{ item = {}, is = {} }}", string(item), list(is)));
        }
    }

    fn head(&mut self, table: &str) {
        let _ = writeln!(self.0, "\n[[{table}]]");
    }
}

fn texts(text: &Localized) -> String {
    let each: Vec<String> = text.iter().map(|(lang, text)| format!("{} = {}", lang.word(), string(text))).collect();
    format!("{{ {} }}", each.join(", "))
}

fn list<T: Display>(values: impl IntoIterator<Item = T>) -> String {
    let each: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    format!("[{}]", each.join(", "))
}

fn aggregation(how: &Aggregation) -> String {
    match how {
        Aggregation::Weighted(weights) => {
            // `Debug` of a float is its shortest text that reads back to the same number, always with a point.
            let each: Vec<String> = weights.iter().map(|w| format!("{} = {:?}", w.factor, w.weight)).collect();
            format!("{{ weighted = {{ {} }} }}", each.join(", "))
        }
        other => string(other.word()),
    }
}

/// A TOML basic string.
fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use crate::questionnaire::parse;

    const COUNTER: &str = include_str!("../../surveys/counter-1.toml");

    fn hash(text: &str) -> [u8; 32] {
        parse("t", text).unwrap().hash()
    }

    #[test]
    fn comments_key_order_and_white_space_leave_the_hash_alone() {
        let mut lines: Vec<&str> = COUNTER.lines().filter(|line| !line.starts_with('#')).collect();
        let code = lines.iter().position(|line| line.starts_with("code = \"counter\"")).unwrap();
        lines.swap(code, code + 1);
        let other = lines.join("\r\n\r\n").replace("en = \"Neutral\" }", "en = '''Neutral'''  }");
        assert_eq!(hash(&other), hash(COUNTER));
    }

    #[test]
    fn every_text_and_every_rule_is_in_the_hash() {
        let changes = [
            ("Nơi đón tiếp", "Nơi tiếp đón"),
            ("en = \"Neutral\"", "en = \"neutral\""),
            ("version = 1\n", "version = 2\n"),
            ("version = 1\n", "version = 1\nsucceeds = { code = \"old\", version = 1 }\n"),
            ("satisfied = [4, 5]", "satisfied = [3, 4, 5]"),
            ("rates = \"receiving\"", "rates = \"deciding\""),
            ("rates = \"receiving\"", "rates = \"receiving\"\nrequired = true"),
            ("rates = \"receiving\"", "rates = \"receiving\"\nsatisfied = [5]"),
            ("not_applicable = { vi = \"Tôi không đến quầy\", en = \"I did not come to a counter\" }", ""),
            ("[\"A\", \"B\"]", "[\"A\"]"),
            ("\"mean_of_items\"", "\"pooled_answers\""),
            ("max = 600", "max = 601"),
            ("max_chars = 1000", "max_chars = 999"),
            ("[\"reception\", \"waiting\"]", "[\"waiting\", \"reception\"]"),
            ("\"mean_of_items\"", "{ weighted = { access = 0.5, staff = 0.25, result = 0.25 } }"),
        ];
        let mut seen = vec![hash(COUNTER)];
        for (before, after) in changes {
            assert!(COUNTER.contains(before), "{before}");
            let other = hash(&COUNTER.replacen(before, after, 1));
            assert!(!seen.contains(&other), "“{after}” does not reach the hash");
            seen.push(other);
        }
    }

    #[test]
    fn weights_and_quotes_survive_the_canonical_text() {
        let text = COUNTER
            .replace("\"mean_of_items\"", "{ weighted = { access = 1e-1, staff = 0.2, result = 0.7 } }")
            .replace("en = \"Neutral\"", r#"en = 'so "so" \ meh'"#);
        let edition = parse("t", &text).unwrap();
        assert_eq!(parse("t", &edition.canonical_text()).unwrap(), edition);
    }

    /// If this fails, every stored edition changes its name: mend the canonical text, not the test.
    #[test]
    fn the_hash_of_the_first_counter_form_never_changes() {
        let hex = hash(COUNTER).map(|byte| format!("{byte:02x}")).concat();
        assert_eq!(hex, "091b8f63cac631d2ce46a7ecfd9f2eff5dd5232c75b27ebafaf2a6f888077dca");
    }
}
