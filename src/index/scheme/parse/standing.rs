//! Where rules and numbers come from: `[sources]`, and the keys `source`, `sourced` and `note` of every part.

use super::super::component::Standing;
use super::super::reader::{Part, Reader};

/// The keys of a standing.
pub(super) const KEYS: [&str; 3] = ["source", "sourced", "note"];

/// The sources a definition lists once and names by short keys.
pub(super) struct Sources {
    known: Vec<Source>,
}

struct Source {
    key: String,
    text: Option<String>,
    at: usize,
    used: bool,
}

impl Sources {
    /// Reads `[sources]`.
    pub(super) fn read(reader: &mut Reader, root: Part<'_>) -> Self {
        let Some(part) = reader.table(root, "sources", "“sources”") else { return Self { known: Vec::new() } };
        let known = part
            .table
            .keys()
            .map(|key| Source {
                key: key.get_ref().to_string(),
                text: reader.text(part, key.get_ref()),
                at: key.span().start,
                used: false,
            })
            .collect();
        Self { known }
    }

    /// How well a part is established: a source, or `sourced = false` with a note.
    pub(super) fn standing(&mut self, reader: &mut Reader, part: Part<'_>) -> Standing {
        let sourced = reader.boolean(part, "sourced").unwrap_or(true);
        let note = reader.bilingual(part, "note");
        let source = reader.string(part, "source").and_then(|found| {
            let known = self.known.iter_mut().find(|source| source.key == found.value);
            if known.is_none() {
                reader.refuse(found.at, format!("“sources” has no “{}”; add it there or correct the key", found.value));
            }
            known.and_then(|source| {
                source.used = true;
                source.text.clone()
            })
        });
        if sourced && !part.has("source") {
            let what = format!("{} names no source; add source = \"…\", or sourced = false with a note", part.what);
            reader.refuse(part.at, what);
        }
        if !sourced && !part.has("note") {
            reader.refuse(part.place("sourced"), "what is not established needs a “note” that says so; add it");
        }
        Standing { sourced, source, note }
    }

    /// A source nobody names is a slip.
    pub(super) fn refuse_unused(&self, reader: &mut Reader) {
        for source in self.known.iter().filter(|source| !source.used) {
            reader.refuse(source.at, format!("nothing names the source “{}”; use or remove it", source.key));
        }
    }
}
