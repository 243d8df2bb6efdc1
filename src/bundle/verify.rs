//! `thuocdo verify`: a bundle checked from its first byte to its last figure, without a server. The first difference is named.

use std::io::{Read, Seek};

use super::approval::Approval;
use super::container::{ContainerFault, Reader};
use super::figure::recompute;
use super::publication::{Group, LARGEST, Publication};
use super::records;
use crate::questionnaire::{self, Edition};
use crate::record::tree::{self, Hash, Peaks};
use crate::record::{Checkpoint, Keyring, Note, NoteKey, from_base64, hex, read_keys, sha256, write_keys};
use crate::words::Level;

/// Names of the files of a bundle.
pub mod names {
    /// The frozen content.
    pub const CONTENT: &str = "publication.json";
    /// Who approved it, signed.
    pub const APPROVAL: &str = "approval.txt";
    /// Hashes of the files that the approval commits to.
    pub const FILES: &str = "SHA256SUMS";
    /// Public keys of the record.
    pub const KEYS: &str = "record/keys.txt";
    /// The signed state of the record.
    pub const CHECKPOINT: &str = "record/checkpoint.txt";
    /// Leaf hashes from the first day of the period on, 32 bytes each.
    pub const LEAVES: &str = "record/leaves.bin";
    /// What stands before them in the tree: its largest complete subtrees.
    pub const BEFORE: &str = "record/before.bin";
    /// That the record of the publication before is the beginning of this one's.
    pub const CONSISTENCY: &str = "record/consistency.txt";
    /// The definition of an edition, behind its name.
    pub const QUESTIONNAIRES: &str = "questionnaires/";
    /// Records with their salts, in the order of the leaves; in the auditor's bundle alone.
    pub const RECORDS: &str = "auditor/records.bin";
    /// The single blocks; in the auditor's bundle alone.
    pub const EVIDENCE: &str = "auditor/blocks.json";
}

/// Most bytes of any file that is read whole.
const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// Where a bundle is not what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// File of the bundle, or the bundle itself.
    pub file: String,
    /// Where in it.
    pub place: String,
    /// What differs.
    pub what: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = if self.place.is_empty() { String::new() } else { format!(", {}", self.place) };
        write!(f, "{}{place}: {}", self.file, self.what)
    }
}

impl std::error::Error for Difference {}

pub(super) fn differs(file: &str, place: impl Into<String>, what: impl Into<String>) -> Difference {
    Difference { file: file.to_owned(), place: place.into(), what: what.into() }
}

impl From<ContainerFault> for Difference {
    fn from(fault: ContainerFault) -> Self {
        differs("the archive", "", fault.to_string())
    }
}

/// What was checked, where nothing differs.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What was published.
    pub publication: Publication,
    /// Who approved it.
    pub approval: Approval,
    /// The key of the record that signed the approval.
    pub signed_by: String,
    /// Figures that are shown, each computed again.
    pub figures: usize,
    /// Figures that are not shown.
    pub withheld: usize,
    /// Leaf hashes that lead to the signed root.
    pub leaves: u64,
    /// Records that were read, in the auditor's bundle; `None` in the public one.
    pub records: Option<u64>,
    /// What was checked in part only.
    pub remarks: Vec<String>,
}

/// Checks a bundle. A pinned key has to be among the keys of the record; without one the first key of the bundle is believed,
/// and whoever reads the result has to compare it with what the publisher shows elsewhere.
pub fn verify<R: Read + Seek>(
    from: R,
    pinned: Option<&NoteKey>,
    mut progress: impl FnMut(u64, u64),
) -> Result<Checked, Difference> {
    let mut archive = Reader::open(from)?;
    let content = whole(&mut archive, names::CONTENT)?;
    let publication = Publication::read(&content).map_err(|fault| differs(names::CONTENT, "", fault.to_string()))?;
    let (ring, approval) = approved(&mut archive, pinned, &content)?;
    files(&mut archive, &approval)?;
    agree(&publication, &approval)?;
    let editions = editions(&mut archive, &publication)?;
    sums(&publication, &editions)?;
    let (figures, withheld) = figures(&publication, &editions)?;
    let leaves = leaves(&mut archive, &publication, &ring)?;
    let mut remarks = Vec::new();
    if ring.orphans.is_empty() && pinned.is_none() {
        remarks
            .push("the first key of the bundle was believed; compare it with the one the publisher shows".to_owned());
    }
    let records = match archive.size(names::RECORDS) {
        Some(_) => {
            remarks
                .push("figures by field and of earlier quarters were computed again from their sums alone".to_owned());
            Some(records::check(&mut archive, &publication, &editions, &leaves, &mut progress)?)
        }
        None => None,
    };
    no_other_files(&archive, &publication, records.is_some())?;
    Ok(Checked {
        figures,
        withheld,
        leaves: u64::try_from(leaves.len()).unwrap_or(0),
        records,
        remarks,
        signed_by: ring.current().map_or(String::new(), |(_, key)| key.to_string()),
        publication,
        approval,
    })
}

pub(super) fn whole<R: Read + Seek>(archive: &mut Reader<R>, name: &str) -> Result<Vec<u8>, Difference> {
    archive.whole(name, LARGEST_FILE)?.ok_or_else(|| differs(name, "", "the file is missing, or too large"))
}

fn text<R: Read + Seek>(archive: &mut Reader<R>, name: &str) -> Result<String, Difference> {
    String::from_utf8(whole(archive, name)?).map_err(|_bytes| differs(name, "", "it is no text in UTF-8"))
}

/// The keys of the record, and the approval that the last of them, or one before, signed.
fn approved<R: Read + Seek>(
    archive: &mut Reader<R>,
    pinned: Option<&NoteKey>,
    content: &[u8],
) -> Result<(Keyring, Approval), Difference> {
    let keys = text(archive, names::KEYS)?;
    let rows = read_keys(&mut keys.lines()).filter(|rows| write_keys(rows) == keys);
    let rows = rows.ok_or_else(|| differs(names::KEYS, "", "these are no keys of a record"))?;
    let ring = Keyring::follow(&rows, pinned).map_err(|fault| differs(names::KEYS, "", fault.to_string()))?;
    let written = text(archive, names::APPROVAL)?;
    let note = Note::parse(&written).ok_or_else(|| differs(names::APPROVAL, "", "it is no signed note"))?;
    let approval = Approval::parse(note.text()).ok_or_else(|| differs(names::APPROVAL, "", "it is no approval"))?;
    if !ring.signed(&note) || !note.is_single() {
        return Err(differs(names::APPROVAL, "signature", "no key of the record signed this text, and nothing else"));
    }
    let hash = hex(&sha256(&[content]));
    if hash != approval.content {
        return Err(differs(names::CONTENT, "", format!("its hash is {hash}, {} was approved", approval.content)));
    }
    Ok((ring, approval))
}

/// Whether every listed file has its hash, and the list is the one that was approved.
fn files<R: Read + Seek>(archive: &mut Reader<R>, approval: &Approval) -> Result<(), Difference> {
    let list = text(archive, names::FILES)?;
    let hash = hex(&sha256(&[list.as_bytes()]));
    if hash != approval.files {
        return Err(differs(names::FILES, "", format!("its hash is {hash}, {} was approved", approval.files)));
    }
    let mut before = "";
    for (number, line) in (1..).zip(list.lines()) {
        let place = format!("line {number}");
        let (hash, name) = line.split_once("  ").ok_or_else(|| differs(names::FILES, &place, "no hash and name"))?;
        if name <= before {
            return Err(differs(names::FILES, place, "names are not in their order"));
        }
        let found = hex(&sha256(&[&whole(archive, name)?]));
        if found != hash {
            return Err(differs(name, "", format!("its hash is {found}, {hash} was approved")));
        }
        before = name;
    }
    Ok(())
}

fn agree(publication: &Publication, approval: &Approval) -> Result<(), Difference> {
    let pairs = [
        ("origin", &publication.origin, &approval.origin),
        ("slug", &publication.slug, &approval.slug),
        ("version", &publication.version.to_string(), &approval.version.to_string()),
    ];
    for (place, of, approved) in pairs {
        if of != approved {
            return Err(differs(names::CONTENT, place, format!("{of:?}, but {approved:?} was approved")));
        }
    }
    Ok(())
}

/// The editions of the publication, in its order.
fn editions<R: Read + Seek>(
    archive: &mut Reader<R>,
    publication: &Publication,
) -> Result<Vec<(String, String, Edition)>, Difference> {
    let mut editions = Vec::with_capacity(publication.editions.len());
    for of in publication.editions.iter().take(500) {
        let name = format!("{}{}.toml", names::QUESTIONNAIRES, of.name);
        let written = text(archive, &name)?;
        let edition = questionnaire::parse(&name, &written).map_err(|fault| differs(&name, "", fault.to_string()))?;
        let hash = hex(&edition.hash());
        if hash != of.hash {
            return Err(differs(&name, "", format!("its hash is {hash}, {} was published", of.hash)));
        }
        editions.push((of.name.clone(), of.run.clone(), edition));
    }
    Ok(editions)
}

/// Whether block sums are of whole blocks and add up to the forms of every unit.
fn sums(publication: &Publication, editions: &[(String, String, Edition)]) -> Result<(), Difference> {
    for (at, block) in publication.blocks.iter().enumerate() {
        let place = format!("blocks[{at}] ({}, {}, level {}, {})", block.unit, block.edition, block.level, block.half);
        if block.blocks == 0 || block.smallest < publication.block || block.forms < block.smallest * block.blocks {
            return Err(differs(names::CONTENT, place, "a block holds fewer answers than it has to"));
        }
        if publication.unit(&block.unit).is_none() || !editions.iter().any(|(name, ..)| *name == block.edition) {
            return Err(differs(names::CONTENT, place, "its unit or edition is not part of the publication"));
        }
    }
    for group in publication.groups.iter().filter(|group| group.is_whole()) {
        let place = format!("forms of {} ({})", group.unit, group.source);
        let edition = edition_of(group, editions)?;
        let levels: Vec<&str> = match group.source.as_str() {
            "headline" => edition.headline_levels().iter().map(|level| level.word()).collect(),
            level => Level::parse(level).ok().map(Level::word).into_iter().collect(),
        };
        let counted: u64 = publication
            .blocks
            .iter()
            .filter(|block| {
                let is_of_run = editions.iter().any(|(name, run, _)| *name == block.edition && *run == group.run);
                let is_below = counts_for(publication, &block.unit, &group.unit);
                let is_withheld = publication
                    .withheld
                    .iter()
                    .any(|one| one.unit == group.unit && one.half == block.half && one.level == block.level);
                is_of_run && is_below && !is_withheld && levels.contains(&block.level.as_str())
            })
            .map(|block| block.forms)
            .sum();
        let expected = (counted >= publication.fewest).then_some(counted);
        if group.forms != expected {
            let said = |n: Option<u64>| n.map_or("fewer than are published".to_owned(), |n| n.to_string());
            let what = format!("{} by the block sums, {} found", said(expected), said(group.forms));
            return Err(differs(names::CONTENT, place, what));
        }
        if group.figures.iter().any(|figure| figure.n > group.forms) {
            return Err(differs(names::CONTENT, place, "a figure has more answers than there are forms"));
        }
    }
    Ok(())
}

/// Whether the forms of a unit count for another: itself, or one above it with no line agency on the way.
fn counts_for(publication: &Publication, unit: &str, of: &str) -> bool {
    let mut at = publication.unit(unit);
    // A tree is never deeper than its units are many.
    for _ in 0..=publication.units.len() {
        match at {
            Some(unit) if unit.code == of => return true,
            Some(unit) if unit.apart => return false,
            Some(unit) => at = unit.parent.as_deref().and_then(|code| publication.unit(code)),
            None => return false,
        }
    }
    false
}

fn edition_of<'a>(group: &Group, editions: &'a [(String, String, Edition)]) -> Result<&'a Edition, Difference> {
    let found = editions.iter().find(|(name, ..)| *name == group.run).map(|(.., edition)| edition);
    found.ok_or_else(|| differs(names::CONTENT, format!("figures of {}", group.unit), "their edition is missing"))
}

/// Computes every figure again; how many are shown, and how many are not.
fn figures(publication: &Publication, editions: &[(String, String, Edition)]) -> Result<(usize, usize), Difference> {
    let (mut shown, mut withheld) = (0, 0);
    for group in &publication.groups {
        let edition = edition_of(group, editions)?;
        let unit = publication.unit(&group.unit);
        let unit = unit.ok_or_else(|| differs(names::CONTENT, group.unit.as_str(), "the unit is missing"))?;
        for figure in &group.figures {
            let part = group.field.map_or(String::new(), |field| format!(", field {field}"));
            let period = group.period.as_ref().map_or(String::new(), |(from, to)| format!(", {from} to {to}"));
            let place = format!("{}{part}{period}, {}, {}", group.unit, group.source, figure.what);
            recompute(figure, &group.figures, edition, &publication.targets, unit.returned)
                .map_err(|what| differs(names::CONTENT, place, what))?;
            if figure.estimate.is_some() { shown += 1 } else { withheld += 1 }
        }
    }
    Ok((shown, withheld))
}

/// The leaves of the bundle, which lead to the root that was signed.
fn leaves<R: Read + Seek>(
    archive: &mut Reader<R>,
    publication: &Publication,
    ring: &Keyring,
) -> Result<Vec<Hash>, Difference> {
    let Some(of) = &publication.checkpoint else {
        return Err(differs(names::CONTENT, "checkpoint", "there is none"));
    };
    let note = text(archive, names::CHECKPOINT)?;
    let signed =
        ring.checkpoint(&note).ok_or_else(|| differs(names::CHECKPOINT, "", "no key of the record signed it"))?;
    if (signed.size, hex(&signed.root), signed.through.iso()) != (of.size, of.root.clone(), of.through.clone()) {
        return Err(differs(names::CHECKPOINT, "", "it is another state of the record than the one published"));
    }
    let before = whole(archive, names::BEFORE)?;
    let mut peaks = Peaks::read(of.first, &before)
        .ok_or_else(|| differs(names::BEFORE, "", format!("these are not the subtrees of {} answers", of.first)))?;
    let bytes = archive.size(names::LEAVES).ok_or_else(|| differs(names::LEAVES, "", "the file is missing"))?;
    let expected = of.size.saturating_sub(of.first);
    let counted: u64 = of.batches.iter().map(|(_, n)| n).sum();
    if bytes != expected.saturating_mul(32) || counted != expected {
        let what =
            format!("{expected} leaves expected, {} found, {counted} in the days of the publication", bytes / 32);
        return Err(differs(names::LEAVES, "", what));
    }
    let mut leaves: Vec<Hash> = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    let mut partial: Vec<u8> = Vec::new();
    archive.pieces(names::LEAVES, |piece| {
        partial.extend(piece);
        let whole = partial.len() - partial.len() % 32;
        leaves.extend(partial.drain(..whole).collect::<Vec<u8>>().as_chunks::<32>().0);
    })?;
    for leaf in &leaves {
        peaks.append(*leaf, |_, _| ());
    }
    if peaks.root() != signed.root {
        return Err(differs(names::LEAVES, "", "the leaves do not lead to the root that was signed"));
    }
    consistent(archive, &signed)?;
    Ok(leaves)
}

/// Whether the record of the publication before is the beginning of this one's, where the bundle says so.
fn consistent<R: Read + Seek>(archive: &mut Reader<R>, signed: &Checkpoint) -> Result<(), Difference> {
    if archive.size(names::CONSISTENCY).is_none() {
        return Ok(());
    }
    let written = text(archive, names::CONSISTENCY)?;
    let bad = |what: &str| differs(names::CONSISTENCY, "", what);
    let mut lines = written.lines();
    let mut hash = || -> Option<Hash> { from_base64(lines.next()?)?.try_into().ok() };
    let mut size = written.lines();
    let earlier: u64 =
        size.next().and_then(|line| line.strip_prefix("size ")?.parse().ok()).ok_or_else(|| bad("no size"))?;
    _ = hash();
    let root = hash().ok_or_else(|| bad("no root"))?;
    let mut proof = Vec::new();
    // A proof has at most two hashes for each height of the tree.
    while let Some(step) = hash().filter(|_| proof.len() < 130) {
        proof.push(step);
    }
    if consistency_file(earlier, &root, &proof) != written {
        return Err(bad("it is not written as such a proof is"));
    }
    if tree::is_consistent((earlier, &root), (signed.size, &signed.root), &proof) {
        Ok(())
    } else {
        Err(bad("the record of the publication before is not the beginning of this one's"))
    }
}

/// A consistency proof as a bundle holds it: size and root of the earlier record, then the hashes of the proof.
pub fn consistency_file(size: u64, root: &Hash, proof: &[Hash]) -> String {
    let hashes = [root].into_iter().chain(proof).map(|hash| format!("{}\n", crate::record::to_base64(hash)));
    [format!("size {size}\n")].into_iter().chain(hashes).collect::<Vec<_>>().concat()
}

/// Whether every file of the archive was looked at.
fn no_other_files<R: Read + Seek>(
    archive: &Reader<R>,
    publication: &Publication,
    is_auditors: bool,
) -> Result<(), Difference> {
    let known = [
        names::CONTENT,
        names::APPROVAL,
        names::FILES,
        names::KEYS,
        names::CHECKPOINT,
        names::LEAVES,
        names::BEFORE,
        names::CONSISTENCY,
    ];
    let listed = super::listed(&publication.editions);
    let auditors = [names::RECORDS, names::EVIDENCE];
    for name in archive.names() {
        let is_known = known.contains(&name)
            || listed.iter().any(|known| known == name)
            || (is_auditors && auditors.contains(&name));
        if !is_known {
            return Err(differs(name, "", "a bundle has no such file"));
        }
    }
    Ok(())
}

/// Most bytes of a publication; files behind the list are never larger.
const _: () = assert!(LARGEST as u64 <= LARGEST_FILE);
