//! A Rust source as the checks see it: comments and tests blanked out, lines kept.

/// One source file.
pub(super) struct Source {
    /// Path from the root of the project, with `/`.
    pub(super) path: String,
    /// Module path: `src/web/view/page.rs` is web, view, page.
    pub(super) modules: Vec<String>,
    /// Without comments, string contents and tests.
    pub(super) code: String,
    /// Without comments and tests, strings kept; as long as `code`, byte by byte.
    pub(super) text: String,
}

impl Source {
    /// Reads a source. Files that hold nothing but tests are empty to the checks.
    pub(super) fn new(path: &str, source: &str) -> Self {
        let modules = modules(path);
        let last = modules.last().map_or("", String::as_str);
        let (mut code, mut text) =
            if last == "tests" || last.ends_with("_tests") { (blank(source), blank(source)) } else { strip(source) };
        for (from, to) in tests(&code) {
            for part in [&mut code, &mut text] {
                let blanked = blank(&part[from..to]);
                part.replace_range(from..to, &blanked);
            }
        }
        Self { path: path.to_owned(), modules, code, text }
    }

    /// The room the file belongs to; `lib` for the root itself.
    pub(super) fn room(&self) -> &str {
        self.modules.first().map_or("lib", String::as_str)
    }

    /// `path:line` of a byte.
    pub(super) fn place(&self, at: usize) -> String {
        let line = self.code[..at].bytes().filter(|byte| *byte == b'\n').count() + 1;
        format!("{}:{line}", self.path)
    }

    /// Where a word stands in the code, as a whole word.
    pub(super) fn words<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.code.match_indices(word).map(|(at, _)| at).filter(move |at| is_word(&self.code, *at, word.len()))
    }
}

fn modules(path: &str) -> Vec<String> {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    let inner = inner.strip_suffix(".rs").unwrap_or(inner);
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    if inner == "lib" { Vec::new() } else { inner.split('/').map(str::to_owned).collect() }
}

/// Whether the bytes at a place are a word of their own.
pub(super) fn is_word(code: &str, at: usize, length: usize) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    !code[..at].ends_with(part_of_word) && !code[at + length..].starts_with(part_of_word)
}

/// Spaces of the same length, line ends kept.
fn blank(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}

/// What a stretch of source is.
#[derive(Clone, Copy, PartialEq)]
enum Piece {
    Code,
    Comment,
    Text,
}

/// The source without comments and string contents, and the source without comments alone.
fn strip(source: &str) -> (String, String) {
    let (mut code, mut text) = (String::with_capacity(source.len()), String::with_capacity(source.len()));
    let mut rest = source;
    while !rest.is_empty() {
        let (piece, length) = next_piece(rest, source.len() - rest.len(), source);
        let (head, tail) = rest.split_at(length);
        code.push_str(&if piece == Piece::Code { head.to_owned() } else { blank(head) });
        text.push_str(&if piece == Piece::Comment { blank(head) } else { head.to_owned() });
        rest = tail;
    }
    (code, text)
}

fn next_piece(rest: &str, at: usize, source: &str) -> (Piece, usize) {
    let whole = rest.len();
    if rest.starts_with("//") {
        return (Piece::Comment, rest.find('\n').unwrap_or(whole));
    }
    if rest.starts_with("/*") {
        return (Piece::Comment, block_comment(rest));
    }
    if let Some(quoted) = rest.strip_prefix('"') {
        return (Piece::Text, 1 + end_of_string(quoted));
    }
    let raw = rest.strip_prefix('r').unwrap_or_default();
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    if raw[hashes..].starts_with('"') && is_word(source, at, 1) || starts_byte_raw(source, at, raw, hashes) {
        let close = format!("\"{}", "#".repeat(hashes));
        let opening = 1 + hashes + 1;
        let end = rest[opening..].find(&close).map_or(whole, |found| opening + found + close.len());
        return (Piece::Text, end);
    }
    if let Some(quoted) = rest.strip_prefix('\'')
        && let Some(length) = character(quoted)
    {
        return (Piece::Text, 1 + length);
    }
    let first = rest.chars().next().map_or(whole, char::len_utf8);
    (Piece::Code, rest[first..].find(['/', '"', '\'', 'r']).map_or(whole, |more| first + more))
}

/// `br"…"`: the `r` follows a `b`.
fn starts_byte_raw(source: &str, at: usize, raw: &str, hashes: usize) -> bool {
    at > 0 && source[..at].ends_with('b') && is_word(source, at - 1, 2) && raw[hashes..].starts_with('"')
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// Length of a string's contents with its closing quote.
fn end_of_string(quoted: &str) -> usize {
    let mut escaped = false;
    for (at, c) in quoted.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    quoted.len()
}

/// Length of a character literal with its closing quote; `None` for a lifetime.
fn character(quoted: &str) -> Option<usize> {
    let mut chars = quoted.char_indices();
    match chars.next()? {
        (_, '\\') => quoted.char_indices().skip(2).find(|(_, c)| *c == '\'').map(|(at, _)| at + 1),
        _ => chars.next().filter(|(_, c)| *c == '\'').map(|(at, _)| at + 1),
    }
}

/// The stretches of `#[cfg(test)] … mod NAME { … }`.
fn tests(code: &str) -> Vec<(usize, usize)> {
    let attribute = "#[cfg(test)]";
    let mut found = Vec::new();
    let mut done = 0;
    for (at, _) in code.match_indices(attribute) {
        let Some(end) = (at >= done).then(|| test_module(&code[at + attribute.len()..])).flatten() else { continue };
        done = at + attribute.len() + end;
        found.push((at, done));
    }
    found
}

/// Length of a module that follows, other attributes and its visibility included.
fn test_module(after: &str) -> Option<usize> {
    let open = after.find('{')?;
    let head = &after[..open];
    let name = head.split_whitespace().rev().take(2).collect::<Vec<_>>();
    (name.get(1) == Some(&"mod") && !head.contains(';')).then(|| open + balanced(&after[open..]))
}

/// Length of a bracketed stretch that begins with its opening bracket.
pub(super) fn balanced(code: &str) -> usize {
    let mut depth = 0_i32;
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + c.len_utf8();
        }
    }
    code.len()
}

#[test]
fn comments_strings_and_tests_are_no_code() {
    let source = Source::new(
        "src/web/page.rs",
        "// crate::a\n/* /* x */ crate::b */ let s = \"crate::c \\\" crate::d\"; let r = r#\"crate::\"e\"#;\n\
         let c = '\"'; fn f<'a>(x: &'a str) {}\nuse crate::words;\n#[cfg(test)]\nmod tests {\n use crate::web;\n}\nlet z;",
    );
    assert_eq!(source.code.matches("crate::").count(), 1);
    assert_eq!(source.text.matches("crate::").count(), 4);
    assert_eq!(source.code.len(), source.text.len());
    assert_eq!(source.place(source.code.find("crate").unwrap_or_default()), "src/web/page.rs:4");
    assert_eq!(source.place(source.code.find("let z").unwrap_or_default()), "src/web/page.rs:9");
    assert_eq!(source.room(), "web");
}

#[test]
fn files_of_tests_are_empty() {
    for path in ["src/demo/tests.rs", "src/text/figure/verdict_tests.rs"] {
        assert!(Source::new(path, "use crate::web;\n").code.trim().is_empty());
    }
}
