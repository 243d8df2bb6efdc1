//! The catalogue as a page of Markdown: `docs/METHODOLOGY.md`.

use std::fmt::Write as _;

use super::{Catalogue, Columns, Method, OWN, Text, words};
use crate::text::Say;
use crate::words::Lang;

/// Letters in a line, at most.
const WIDTH: usize = 126;

/// Where the code of the formulas is, and how the page is made; only the file in the source says it.
const MADE: &str = "Code: `src/statistics/` (numbers), `src/index/` (figures, verdicts, schemes), `src/analysis/` (survey files), \
                    `src/collect/seal.rs` (blocks). Expected values: `tests/reference/stats/`. This page is made from \
                    `surveys/methods.toml` and never edited by hand: `UPDATE_METHODOLOGY=1 cargo test methodology` writes it \
                    anew. The public page `/phuong-phap` shows the same entries in Vietnamese.";

/// The whole page.
pub fn render(catalogue: &Catalogue, lang: Lang) -> String {
    let mut page = String::from(match lang {
        Lang::Vi => "# Phương pháp\n\n",
        Lang::En => "# Methodology\n\n",
    });
    paragraph(&mut page, catalogue.intro.get(lang));
    paragraph(&mut page, MADE);
    for section in &catalogue.sections {
        put(&mut page, format_args!("- [{}](#{})\n", section.title.get(lang), section.id));
    }
    for section in &catalogue.sections {
        put(&mut page, format_args!("\n<a id=\"{}\"></a>\n\n## {}\n", section.id, section.title.get(lang)));
        for method in &section.methods {
            entry(&mut page, method, lang);
        }
    }
    page
}

fn entry(page: &mut String, method: &Method, lang: Lang) {
    put(page, format_args!("\n<a id=\"{}\"></a>\n\n### {}\n\n", method.id, method.title.get(lang)));
    paragraph(page, method.what.get(lang));
    if let Some(columns) = &method.table {
        table(page, columns, lang);
    }
    if let Some(formula) = &method.formula {
        for line in formula.get(lang).lines() {
            put(page, format_args!("    {line}\n"));
        }
        page.push('\n');
    }
    let label = |say: Say| format!("**{}.**", say.get(lang));
    paragraph(page, &format!("{} {}", label(words::EDGE), method.edge.get(lang)));
    let sources: Vec<&str> = method.sources.iter().map(|source| source_words(source, lang)).collect();
    paragraph(page, &format!("{} {}.", label(words::SOURCES), sources.join("; ")));
    let mut checks = Vec::new();
    if !method.reference.is_empty() {
        let files: Vec<String> = method.reference.iter().map(|file| format!("`{file}`")).collect();
        checks.push(format!("{} {}.", words::REFERENCE.get(lang), files.join(", ")));
    }
    checks.extend(method.checked.as_ref().map(|checked| checked.get(lang).to_owned()));
    let used = format!("{}: {}.", words::USED.get(lang), method.used_words(lang));
    let cited: Vec<String> = std::iter::once(&method.id).chain(&method.words).map(|word| format!("`{word}`")).collect();
    let cited = format!("{} {}.", words::CITED_AS.get(lang), cited.join(", "));
    paragraph(page, &format!("{} {} {used} {cited}", label(words::CHECKED), checks.join(" ")));
    // Entries are parted by one empty line.
    page.pop();
}

/// A source as people read it.
pub fn source_words(source: &str, lang: Lang) -> &str {
    if source == OWN { words::OWN_RULE.get(lang) } else { source }
}

fn table(page: &mut String, columns: &Columns, lang: Lang) {
    row(page, &columns.head, lang);
    page.push_str("| --- | --- |\n");
    for cells in &columns.rows {
        row(page, cells, lang);
    }
    page.push('\n');
}

fn row(page: &mut String, cells: &[Text; 2], lang: Lang) {
    let [first, second] = cells.each_ref().map(|cell| cell.get(lang).replace('|', "\\|"));
    put(page, format_args!("| {first} | {second} |\n"));
}

/// A paragraph in lines of at most [`WIDTH`] letters, and an empty line.
fn paragraph(page: &mut String, text: &str) {
    let mut width = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        if width > 0 && width + 1 + letters > WIDTH {
            page.push('\n');
            width = 0;
        } else if width > 0 {
            page.push(' ');
            width += 1;
        }
        page.push_str(word);
        width += letters;
    }
    page.push_str("\n\n");
}

/// Adds formatted text; a text in memory takes everything.
fn put(page: &mut String, text: std::fmt::Arguments<'_>) {
    let written = page.write_fmt(text);
    debug_assert!(written.is_ok(), "a text in memory takes everything");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_and_keep_their_width() {
        let mut page = String::new();
        paragraph(&mut page, &"một hai ba ".repeat(40));
        assert!(page.lines().all(|line| line.chars().count() <= WIDTH && line == line.trim()));
        assert_eq!(page.split_whitespace().count(), 120);
    }
}
