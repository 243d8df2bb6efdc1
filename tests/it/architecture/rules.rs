//! The rules, each a function from one source to its complaints.

use std::collections::BTreeSet;

use super::source::{Source, balanced, is_word};

/// Crates that only some rooms may name.
const OWN_ROOMS: &[(&str, &[&str])] = &[
    ("sea_orm", &["store"]),
    ("sqlx", &["store"]),
    ("entity", &["store"]),
    ("migration", &["store"]),
    ("actix_web", &["web", "app"]),
];

/// Files that may put markup into a page unescaped, each with its reason.
const UNESCAPED: &[(&str, &str)] = &[
    ("src/web/posters.rs", "the QR is drawn by our own crate from an address, and holds no text"),
    ("src/web/office/activation.rs", "the QR is drawn by our own crate from an address, and holds no text"),
];

/// Pages of the office that find units and points without a scope, each with its reason.
const UNSCOPED: &[(&str, &str)] = &[("src/web/office/desk.rs", "it is where the scope is applied")];

/// The rooms a source uses: `crate::room`, `use crate::{…}`, `super::…` up to the root, `thuocdo::room` in the program.
pub(super) fn uses(source: &Source, rooms: &BTreeSet<&str>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for root in ["crate", "thuocdo"] {
        for at in source.words(root) {
            let after = at + root.len();
            if let Some(path) = source.code[after..].trim_start().strip_prefix("::") {
                named(source, source.code.len() - path.len(), &mut found);
            }
        }
    }
    for at in source.words("super") {
        if source.code[..at].trim_end().ends_with("::") {
            continue;
        }
        let mut rest = &source.code[at..];
        let mut steps = 0;
        while let Some(path) = rest.strip_prefix("super").and_then(|rest| rest.trim_start().strip_prefix("::")) {
            rest = path.trim_start();
            steps += 1;
        }
        if steps == source.modules.len() {
            named(source, source.code.len() - rest.len(), &mut found);
        }
    }
    found.retain(|(_, name)| rooms.contains(name.as_str()));
    found
}

/// The first names of a path or of each member of a group that begins here.
fn named(source: &Source, at: usize, found: &mut Vec<(usize, String)>) {
    let path = source.code[at..].trim_start();
    let at = source.code.len() - path.len();
    if !path.starts_with('{') {
        found.push((at, path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()));
        return;
    }
    let inner = at + 1;
    let end = at + balanced(path) - 1;
    let mut member = inner;
    let mut next = inner;
    while next <= end {
        let rest = &source.code[next..end];
        if rest.is_empty() || rest.starts_with(',') {
            if !source.code[member..next].trim().is_empty() {
                named(source, member, found);
            }
            member = next + 1;
            next += 1;
        } else if rest.starts_with('{') {
            next += balanced(rest);
        } else {
            next += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
}

/// Crates named outside their rooms.
pub(super) fn misplaced_names(source: &Source) -> Vec<String> {
    let mut complaints = Vec::new();
    for (name, rooms) in OWN_ROOMS.iter().filter(|(_, rooms)| !rooms.contains(&source.room())) {
        for at in source.words(name) {
            let (before, after) = (source.code[..at].trim_end(), source.code[at + name.len()..].trim_start());
            // The crate itself, not a field, a function, or a module of ours with the same name.
            let is_path = after.starts_with("::") && !before.ends_with("::");
            if is_path || before.ends_with("use") || before.ends_with("extern crate") {
                complaints.push(format!("{}: only {} may name {name}", source.place(at), rooms.join(" and ")));
            }
        }
    }
    complaints
}

/// SQL written with `format!` and its like outside the room that binds values.
pub(super) fn sql_from_values(source: &Source) -> Vec<String> {
    const MACROS: [&str; 4] = ["format", "write", "writeln", "format_args"];
    const SQL: [&str; 4] = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "];
    if source.room() == "store" {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    for name in MACROS {
        for at in source.words(name) {
            let open = at + name.len() + 1;
            if !source.code[at + name.len()..].starts_with("!(") {
                continue;
            }
            let inside = &source.text[open..open + balanced(&source.code[open..])];
            if let Some(word) = SQL.iter().find(|word| inside.match_indices(**word).any(|(at, _)| begins(inside, at))) {
                complaints.push(format!("{}: {} in {name}!: bind values in store", source.place(at), word.trim_end()));
            }
        }
    }
    complaints
}

fn begins(text: &str, at: usize) -> bool {
    is_word(text, at, 0) || !text[..at].ends_with(char::is_alphanumeric)
}

/// Unescaped markup, inline styles and inline scripts in sources that write markup.
pub(super) fn unescaped_markup(source: &Source) -> Vec<String> {
    let mut complaints = Vec::new();
    if !UNESCAPED.iter().any(|(path, _)| *path == source.path) {
        let places = source.words("PreEscaped");
        complaints.extend(places.map(|at| format!("{}: PreEscaped is not allowed here", source.place(at))));
    }
    if source.words("maud").next().is_some() || source.words("html").next().is_some() {
        for inline in ["style=", "<style", "<script"] {
            let places = source.text.match_indices(inline);
            complaints.extend(places.map(|(at, _)| format!("{}: {inline} in a page", source.place(at))));
        }
    }
    complaints
}

/// Pages of the office that find units or points past the desk, which knows the scope, or routes past the one table.
pub(super) fn past_the_scope(source: &Source) -> Vec<String> {
    const FINDERS: [&str; 6] = ["unit_by_code", "point_by_code", "units", "points", "follow", "load"];
    let is_office = source.path.starts_with("src/web/office/");
    if !is_office || UNSCOPED.iter().any(|(path, _)| *path == source.path) {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    for name in FINDERS {
        for at in source.words(name) {
            let before = source.code[..at].trim_end();
            let before = before.strip_suffix('.').or_else(|| before.strip_suffix("::")).unwrap_or_default();
            if ["directory()", "directory", "Snapshot"].iter().any(|whole| before.trim_end().ends_with(whole)) {
                complaints.push(format!("{}: {name} knows no scope; ask the desk", source.place(at)));
            }
        }
    }
    let makes_routes = ["src/web/office/mod.rs", "src/web/office/route.rs"].contains(&source.path.as_str());
    for name in ["resource", "service"].iter().filter(|_| !makes_routes) {
        let places = source.words(name).filter(|at| source.code[at + name.len()..].starts_with('('));
        complaints.extend(places.map(|at| format!("{}: a route beside the table of the office", source.place(at))));
    }
    complaints
}

/// Paths that exist on one machine only.
pub(super) fn foreign_paths(path: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for folder in ["root", "work", "tmp"] {
            let foreign = format!("/{folder}/");
            // `docs/work/`, `$home/tmp/` and the like are no paths from the root.
            let inner = |c: char| c.is_alphanumeric() || "_-.}*".contains(c);
            if line.match_indices(&foreign).any(|(at, _)| !line[..at].ends_with(inner)) {
                complaints.push(format!("{path}:{}: names a path below /{folder}", number + 1));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rooms_of(path: &str, code: &str) -> Vec<String> {
        let rooms = BTreeSet::from(["words", "text", "store", "web", "cli"]);
        uses(&Source::new(path, code), &rooms).into_iter().map(|(_, room)| room).collect()
    }

    #[test]
    fn every_way_to_name_a_room_is_seen() {
        assert_eq!(rooms_of("src/a/b.rs", "use crate::words::Day;"), ["words"]);
        assert_eq!(rooms_of("src/a/b.rs", "use crate::{words::{Day, Half}, store};"), ["words", "store"]);
        assert_eq!(rooms_of("src/a/b.rs", "use crate::{\n    text::{self, say},\n    web,\n};"), ["text", "web"]);
        assert_eq!(rooms_of("src/a/b.rs", "fn f() -> crate::store::X { crate :: web::y() }"), ["store", "web"]);
        assert_eq!(rooms_of("src/a/b.rs", "use super::super::store::X;"), ["store"]);
        assert_eq!(rooms_of("src/a/b.rs", "use super::super::{store::X, words};"), ["store", "words"]);
        assert_eq!(rooms_of("src/main.rs", "fn main() { thuocdo::cli::run() }"), ["cli"]);
    }

    #[test]
    fn the_own_room_and_foreign_names_are_not_uses() {
        assert!(rooms_of("src/a/b.rs", "use super::store::X; use other::web; use crate::unknown;").is_empty());
        assert!(rooms_of("src/a/b.rs", "// crate::web\nlet x = \"crate::web\";").is_empty());
        assert!(rooms_of("src/a/b.rs", "#[cfg(test)]\nmod tests {\n    use crate::web;\n}").is_empty());
    }

    #[test]
    fn a_database_or_a_web_crate_outside_its_room_is_told_with_its_line() {
        let told = |path, code| misplaced_names(&Source::new(path, code));
        assert_eq!(told("src/web/a.rs", "\nuse sea_orm::DbErr;"), ["src/web/a.rs:2: only store may name sea_orm"]);
        assert_eq!(told("src/collect/a.rs", "fn f(x: entity::cell::Model) {}").len(), 1);
        assert_eq!(told("src/index/a.rs", "use actix_web as web;").len(), 1);
        assert!(told("src/store/a.rs", "use sea_orm::DbErr; use entity::cell;").is_empty());
        assert!(told("src/web/a.rs", "use actix_web::web; let entity = self.entity; mod identity;").is_empty());
    }

    #[test]
    fn a_statement_formatted_from_values_is_told() {
        let told = |path, code| sql_from_values(&Source::new(path, code)).len();
        assert_eq!(told("src/web/a.rs", "let q = format!(\"SELECT * FROM unit WHERE code = '{code}'\");"), 1);
        assert_eq!(told("src/web/a.rs", "let q = format!(\n    \"{head} DELETE FROM unit {}\",\n    x(1),\n);"), 1);
        assert_eq!(told("src/store/a.rs", "format!(\"SELECT {columns} FROM unit\")"), 0);
        assert_eq!(told("src/web/a.rs", "format!(\"{n} selected\"); say(\"SELECT 1\")"), 0);
    }

    #[test]
    fn a_page_of_the_office_that_passes_the_scope_by_is_told() {
        let told = |path, code| past_the_scope(&Source::new(path, code)).len();
        assert_eq!(told("src/web/office/a.rs", "let unit = desk.directory().unit_by_code(code);"), 1);
        assert_eq!(told("src/web/office/a.rs", "for x in snapshot.directory\n    .points() {}"), 1);
        assert_eq!(told("src/web/office/a.rs", "Snapshot::load(db, p)"), 1);
        assert_eq!(told("src/web/office/a.rs", "config.service(web::resource(\"/quan-tri/x\"))"), 2);
        assert_eq!(told("src/web/office/a.rs", "desk.unit(code)?; desk.points(); desk.units()"), 0);
        assert_eq!(told("src/web/office/desk.rs", "self.snapshot.directory.unit_by_code(code)"), 0);
        assert_eq!(told("src/web/public/a.rs", "snapshot.directory.unit_by_code(code)"), 0);
    }

    #[test]
    fn inline_styles_scripts_and_unescaped_text_are_told() {
        let told = |path, code| unescaped_markup(&Source::new(path, code)).len();
        assert_eq!(told("src/web/a.rs", "use maud::html; html! { p style=\"color:red\" { } }"), 1);
        assert_eq!(told("src/web/a.rs", "use maud::html; html! { (PreEscaped(\"<script>\")) }"), 2);
        assert_eq!(told("src/web/posters.rs", "use maud::PreEscaped;"), 0);
        assert_eq!(told("src/text/a.rs", "let style = 1;"), 0);
        assert_eq!(told("src/web/a.rs", "use maud::html; let style = 1; html! { p class=\"style\" { } }"), 0);
    }

    #[test]
    fn a_path_of_one_machine_is_told() {
        let told = |line: &str| foreign_paths("a.md", line).len();
        for folder in ["root", "work", "tmp"] {
            assert_eq!(told(&format!("see /{folder}/notes")), 1);
            assert_eq!(told(&format!("file:///{folder}/notes")), 1);
            assert_eq!(told(&format!("docs/{folder}/notes and $HOME/{folder}/x")), 0);
        }
    }
}
