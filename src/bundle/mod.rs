//! A publication as it leaves the house: its frozen content, the file anyone can check it with, and the check. Pure.
//!
//! Identity hangs on integers: counts of answers, hashes, days. Shares and limits follow from them and are written as decimals
//! of twelve digits, which whoever recomputes them has to meet. Nothing here knows the database or the web.

mod approval;
pub mod container;
mod evidence;
mod figure;
mod publication;
mod records;
mod verify;

pub use approval::{Act, Approval, LONGEST_NUMBER};
pub use evidence::{Evidence, EvidenceBlock, EvidencePoint};
pub use figure::{Frozen, FrozenVerdict, State, distribute, freeze, recompute};
pub use publication::{
    BlockSum, Both, CheckpointRef, DecisionRef, EditionRef, FORMAT, FieldPart, Group, LARGEST, MethodRef, NotCanonical,
    Publication, TargetRef, UnitRef, WithheldMonth,
};
pub use verify::{Checked, Difference, consistency_file, names, verify};

/// Files of a bundle that are made when it is approved and listed with their hashes, in the order of their names.
pub const LISTED: [&str; 9] = [
    "LICENSE.txt",
    "README.txt",
    "codebook.csv",
    "dcat.jsonld",
    "figures.csv",
    "methods.md",
    "recompute.R",
    names::CHECKPOINT,
    names::KEYS,
];

/// The listed files of a publication, with the definitions of its editions, in the order of their names.
pub fn listed(editions: &[EditionRef]) -> Vec<String> {
    let definitions = editions.iter().map(|of| format!("{}{}.toml", names::QUESTIONNAIRES, of.name));
    let mut all: Vec<String> = LISTED.iter().map(|name| (*name).to_owned()).chain(definitions).collect();
    all.sort();
    all
}
