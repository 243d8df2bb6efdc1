//! The page on security names tests and rights; they are there.

use std::collections::BTreeSet;

use thuocdo::words::Role;

fn page() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/SECURITY.md")).unwrap()
}

/// Names of functions in the sources and the tests.
fn functions() -> BTreeSet<String> {
    let mut waiting: Vec<std::path::PathBuf> = ["src", "tests/it", "entity", "migration"]
        .map(|room| format!("{}/{room}", env!("CARGO_MANIFEST_DIR")).into())
        .into();
    let mut names = BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|end| end == "rs") {
            let source = std::fs::read_to_string(path).unwrap();
            let found = source.split("fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next());
            names.extend(found.map(str::to_owned));
        }
    }
    names
}

#[test]
fn every_test_the_page_on_security_names_is_there() {
    let (page, functions) = (page(), functions());
    let rows: Vec<&str> =
        page.lines().filter(|line| line.starts_with("| ") && line.matches(" | ").count() == 3).collect();
    let mut named = 0;
    for row in rows.iter().filter(|row| row.as_bytes()[2].is_ascii_digit()) {
        let shown = row.rsplit(" | ").next().unwrap();
        for name in shown.split('`').skip(1).step_by(2) {
            let is_there = if let Some(script) = name.strip_prefix("tests/browser/") {
                std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser")).join(script).is_file()
            } else {
                functions.contains(name)
            };
            assert!(is_there, "{name} is named in docs/SECURITY.md and is nowhere");
            named += 1;
        }
    }
    assert!(named >= 40, "only {named} tests are named");
}

#[test]
fn the_rights_of_the_page_are_those_of_the_code() {
    let page = page();
    for role in Role::ALL {
        let row = page.lines().find(|line| {
            line.starts_with("| ")
                && line[2..].split(" | ").next().is_some_and(|names| names.split(", ").any(|name| name == role.word()))
        });
        let row = row.unwrap_or_else(|| panic!("no row for {role}"));
        let rights: Vec<&str> = role.rights().iter().map(|right| right.word()).collect();
        assert_eq!(row.trim_end_matches(" |").rsplit(" | ").next(), Some(rights.join(", ").as_str()), "{role}");
    }
}
