//! The house rules that a compiler does not check, read from the sources themselves: who may use whom, and what may be
//! named where. Every complaint names file and line.

mod rules;
mod security;
mod source;
pub(crate) mod spelling;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rules::{foreign_paths, misplaced_names, past_the_scope, sql_from_values, unescaped_markup, uses};
use source::Source;
use spelling::{misspelt, strings, words_outside_text};
use table::{Table, circle};

/// Folders that are made, not written.
const MADE: &[&str] = &["target", "node_modules"];
/// Hidden names that are part of the project; other hidden ones belong to editors and tools.
const HIDDEN: &[&str] = &[".ci", ".github", ".gitignore", ".dockerignore"];
/// Ends of files that an installation leaves behind when it is tried out here.
const LEFT_BEHIND: &[&str] = &[".db", ".db-wal", ".db-shm", ".keys", "thuocdo.toml"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, by path from the root.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut waiting = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(kind) = entry.file_type() else { continue };
            let is_part = !MADE.contains(&name.as_str()) && (!name.starts_with('.') || HIDDEN.contains(&name.as_str()));
            if is_part && kind.is_dir() {
                waiting.push(entry.path());
            } else if is_part && kind.is_file() && !LEFT_BEHIND.iter().any(|end| name.ends_with(end)) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

fn from_root(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// All sources, read once.
fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let files = files(&root().join("src"));
        let rust = files.iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
        rust.filter_map(|path| Some(Source::new(&from_root(path), &std::fs::read_to_string(path).ok()?))).collect()
    })
}

fn table() -> Result<Table, String> {
    let document = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).map_err(|error| error.to_string())?;
    Table::read(&document)
}

fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn every_room_on_disk_has_a_row_and_every_row_a_room() {
    let table = table().unwrap();
    let sources = sources();
    let on_disk: BTreeSet<&str> = sources.iter().map(Source::room).filter(|room| *room != "lib").collect();
    assert!(on_disk.len() > 10, "the sources were not found: {on_disk:?}");
    let missing: Vec<&&str> = on_disk.iter().filter(|room| !table.holds(room)).collect();
    let stale: Vec<&str> = table.rooms().filter(|room| !on_disk.contains(room)).collect();
    assert!(missing.is_empty(), "docs/ARCHITECTURE.md has no row for {missing:?}");
    assert!(stale.is_empty(), "docs/ARCHITECTURE.md has rows for rooms that do not exist: {stale:?}");
}

#[test]
fn rooms_use_only_the_rooms_they_may() {
    let table = table().unwrap();
    let rooms: BTreeSet<&str> = table.rooms().collect();
    let mut complaints = Vec::new();
    let mut used = 0;
    for source in sources() {
        for (at, other) in uses(source, &rooms) {
            used += 1;
            if source.room() != other && !table.allows(source.room(), &other) {
                complaints.push(format!("{}: {} may not use {other}", source.place(at), source.room()));
            }
        }
    }
    none(&complaints);
    assert!(used > 100, "only {used} uses were seen");
}

#[test]
fn there_is_no_circle() {
    let table = table().unwrap();
    assert_eq!(circle(&table.edges()), None, "the table itself has a circle");
    let rooms: BTreeSet<&str> = table.rooms().collect();
    let sources = sources();
    let found: Vec<(&str, String)> =
        sources.iter().flat_map(|s| uses(s, &rooms).into_iter().map(|(_, other)| (s.room(), other))).collect();
    let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (room, other) in found.iter().filter(|(room, other)| room != other) {
        edges.entry(room).or_default().insert(other);
    }
    assert_eq!(circle(&edges), None, "the sources have a circle");
}

#[test]
fn databases_and_the_web_are_named_only_in_their_rooms() {
    none(&sources().iter().flat_map(misplaced_names).collect::<Vec<_>>());
}

#[test]
fn statements_are_bound_and_never_formatted_from_values() {
    none(&sources().iter().flat_map(sql_from_values).collect::<Vec<_>>());
}

#[test]
fn pages_escape_what_they_show_and_hold_no_inline_style_or_script() {
    none(&sources().iter().flat_map(unescaped_markup).collect::<Vec<_>>());
}

#[test]
fn pages_of_the_office_find_units_and_points_through_their_scope_alone() {
    none(&sources().iter().flat_map(past_the_scope).collect::<Vec<_>>());
}

#[test]
fn no_file_names_a_path_of_one_machine() {
    let mut complaints = Vec::new();
    let mut read = 0;
    for path in files(root()) {
        // What is not text has no paths to read.
        if let Ok(text) = std::fs::read_to_string(&path) {
            read += 1;
            complaints.extend(foreign_paths(&from_root(&path), &text));
        }
    }
    none(&complaints);
    assert!(read > 100, "only {read} files were read");
}

/// Files that a module names under `#[cfg(test)]`: they hold nothing but tests.
fn test_files() -> BTreeSet<String> {
    let named = sources().iter().flat_map(|source| {
        let folder =
            source.path.strip_suffix("/mod.rs").or_else(|| source.path.strip_suffix(".rs")).unwrap_or_default();
        let after_mark = source.code.split("#[cfg(test)]").skip(1);
        let names = after_mark.filter_map(|rest| rest.trim_start().strip_prefix("mod ")?.split_once(';'));
        names.map(|(name, _)| format!("{folder}/{}.rs", name.trim())).collect::<Vec<_>>()
    });
    named.collect()
}

#[test]
fn words_people_read_stand_in_one_room() {
    let tests = test_files();
    assert!(!tests.is_empty(), "no file of tests was found");
    let sources = sources().iter().filter(|source| !tests.contains(&source.path));
    none(&sources.flat_map(words_outside_text).collect::<Vec<_>>());
}

#[test]
fn vietnamese_is_written_as_state_documents_write_it() {
    let mut complaints = Vec::new();
    let mut read = 0;
    for source in sources().iter().filter(|source| source.room() == "text") {
        read += 1;
        complaints.extend(misspelt(&source.path, &strings(source)));
    }
    for path in files(&root().join("surveys")) {
        if let Ok(text) = std::fs::read_to_string(&path) {
            read += 1;
            complaints.extend(misspelt(&from_root(&path), &text));
        }
    }
    none(&complaints);
    assert!(read > 30, "only {read} files were read");
}
