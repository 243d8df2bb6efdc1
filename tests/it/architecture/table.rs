//! The table "who may use whom" of docs/ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};

/// What the table allows.
pub(super) struct Table {
    /// Rooms in the order of the table, each with the rooms it may use; `None` = everything.
    rooms: Vec<(String, Option<BTreeSet<String>>)>,
}

impl Table {
    /// Reads the table that has the columns "Room" and "May use". Names are in backticks; a cell without one says
    /// "everything", "everything above" or "nothing".
    pub(super) fn read(document: &str) -> Result<Self, String> {
        let mut rows = document.lines().map(str::trim).skip_while(|line| !line.starts_with("| Room |"));
        let head = rows.next().ok_or("there is no table that begins with “| Room |”")?;
        let column = cells(head).position(|cell| cell == "May use").ok_or("the table has no column “May use”")?;
        let mut rooms: Vec<(String, Option<BTreeSet<String>>)> = Vec::new();
        for row in rows.skip(1).take_while(|line| line.starts_with('|')) {
            let cells: Vec<&str> = cells(row).collect();
            let (Some(first), Some(may)) = (cells.first(), cells.get(column)) else {
                return Err(format!("a row has too few cells: {row}"));
            };
            let may_use = match (names(may), *may) {
                (_, "everything") => None,
                (_, "everything above") => Some(rooms.iter().map(|(room, _)| room.clone()).collect()),
                (_, "nothing") => Some(BTreeSet::new()),
                (names, _) if !names.is_empty() => Some(names.into_iter().collect()),
                _ => return Err(format!("what may it use? {row}")),
            };
            let named = names(first);
            if named.is_empty() {
                return Err(format!("a row names no room: {row}"));
            }
            for room in named {
                if rooms.iter().any(|(known, _)| *known == room) {
                    return Err(format!("the room {room} has two rows"));
                }
                rooms.push((room, may_use.clone()));
            }
        }
        let table = Self { rooms };
        for (room, allowed) in &table.rooms {
            if let Some(unknown) = allowed.iter().flatten().find(|name| !table.holds(name)) {
                return Err(format!("{room} may use {unknown}, which has no row"));
            }
        }
        Ok(table)
    }

    /// Whether a room has a row.
    pub(super) fn holds(&self, room: &str) -> bool {
        self.rooms.iter().any(|(known, _)| known == room)
    }

    /// The rooms.
    pub(super) fn rooms(&self) -> impl Iterator<Item = &str> {
        self.rooms.iter().map(|(room, _)| room.as_str())
    }

    /// Whether a room may use another.
    pub(super) fn allows(&self, room: &str, other: &str) -> bool {
        let row = self.rooms.iter().find(|(known, _)| known == room);
        row.is_some_and(|(_, allowed)| allowed.as_ref().is_none_or(|names| names.contains(other)))
    }

    /// What the table allows by name, for finding circles; "everything" is left to the sources.
    pub(super) fn edges(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let named = |allowed: &'_ Option<BTreeSet<String>>| allowed.as_ref().map(BTreeSet::len).is_some();
        self.rooms
            .iter()
            .filter(|(_, allowed)| named(allowed))
            .map(|(room, allowed)| (room.as_str(), allowed.iter().flatten().map(String::as_str).collect()))
            .collect()
    }
}

fn cells(row: &str) -> impl Iterator<Item = &str> {
    row.trim_matches('|').split('|').map(str::trim)
}

/// The names in backticks, one word each.
fn names(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A circle, as the rooms on the way round; `None` if there is none.
pub(super) fn circle<'a>(edges: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Option<Vec<&'a str>> {
    let mut left = edges.clone();
    // Rooms that use no room still left stand on firm ground; whatever never does lies on a circle or above one.
    loop {
        let remaining: BTreeSet<&str> = left.keys().copied().collect();
        let before = left.len();
        left.retain(|_, uses| uses.iter().any(|other| remaining.contains(other)));
        if left.is_empty() {
            return None;
        }
        if left.len() == before {
            break;
        }
    }
    let mut way = vec![*left.keys().next()?];
    loop {
        let next = *left.get(way.last()?)?.iter().find(|other| left.contains_key(*other))?;
        if let Some(start) = way.iter().position(|room| *room == next) {
            way.drain(..start);
            way.push(next);
            return Some(way);
        }
        way.push(next);
    }
}

#[test]
fn the_table_is_read_from_the_document() {
    let document = "x\n\n| Room | Holds | May use |\n| --- | --- | --- |\n| `a` | `z` | nothing |\n\
                    | `b`, `c` | | `a` |\n| `d` | | everything above |\n| `e` | | everything |\n\n| `f` | | `g` |";
    let table = Table::read(document).unwrap();
    assert_eq!(table.rooms().collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
    assert!(table.allows("b", "a") && table.allows("c", "a") && table.allows("d", "c") && table.allows("e", "d"));
    assert!(!table.allows("a", "b") && !table.allows("b", "c") && !table.allows("d", "e") && !table.allows("f", "a"));
}

#[test]
fn a_table_that_cannot_be_read_is_refused() {
    let read = |rows: &str| Table::read(&format!("| Room | May use |\n| --- | --- |\n{rows}")).err();
    assert!(Table::read("no table").is_err());
    assert!(read("| `a` | |").is_some());
    assert!(read("| a | nothing |").is_some());
    assert!(read("| `a` | `b` |").is_some_and(|error| error.contains("has no row")));
    assert!(read("| `a` | nothing |\n| `a` | nothing |").is_some_and(|error| error.contains("two rows")));
    assert_eq!(read("| `a` | nothing |"), None);
}

#[test]
fn a_circle_is_found_wherever_it_lies() {
    let edges = |pairs: &[(&'static str, &'static str)]| {
        let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (from, to) in pairs {
            edges.entry(from).or_default().insert(to);
        }
        edges
    };
    assert_eq!(circle(&edges(&[("a", "b"), ("b", "c"), ("a", "c")])), None);
    assert_eq!(circle(&edges(&[("a", "b"), ("b", "c"), ("c", "b")])), Some(vec!["b", "c", "b"]));
}
