//! The auditor's part of a bundle: every record is hashed again, decoded, counted, and scored.

use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Seek};

use super::container::Reader;
use super::evidence::Evidence;
use super::figure::Frozen;
use super::publication::{Group, Publication};
use super::verify::{Difference, differs, names, whole};
use crate::index::{Estimate, Figure, PeriodState, Source, score};
use crate::questionnaire::{Edition, Tally, decode};
use crate::record::tree::Hash;
use crate::record::{Record, sha256};
use crate::words::{Day, Level, Period};

/// Longest record that is read.
const LONGEST_RECORD: usize = 64 * 1024;
/// Relative distance of a variance from its published text, which has 17 digits.
const CLOSE: f64 = 1e-9;

/// Reads every record; how many there were.
pub(super) fn check<R: Read + Seek>(
    archive: &mut Reader<R>,
    publication: &Publication,
    editions: &[(String, String, Edition)],
    leaves: &[Hash],
    progress: &mut impl FnMut(u64, u64),
) -> Result<u64, Difference> {
    let bytes = whole(archive, names::EVIDENCE)?;
    let evidence = Evidence::read(&bytes)
        .filter(|evidence| evidence.hash() == publication.evidence)
        .ok_or_else(|| differs(names::EVIDENCE, "", "these are not the blocks that were published"))?;
    let mut counting = Counting::new(publication, editions, &evidence, leaves)?;
    let (mut rest, mut failed): (Vec<u8>, Option<Difference>) = (Vec::new(), None);
    let all = u64::try_from(leaves.len()).unwrap_or(0);
    archive.pieces(names::RECORDS, |piece| {
        rest.extend(piece);
        let mut at = 0;
        while failed.is_none() {
            match next(rest.get(at..).unwrap_or_default()) {
                Next::Record(record, salt, length) => {
                    failed = counting.add(record, salt).err();
                    at += length;
                }
                Next::More => break,
                Next::Bad => failed = Some(counting.here("a record is longer than any is")),
            }
        }
        rest.drain(..at);
        progress(counting.read, all);
    })?;
    if let Some(difference) = failed {
        return Err(difference);
    }
    if !rest.is_empty() || counting.read != all {
        return Err(differs(names::RECORDS, "", format!("{all} records expected, {} found", counting.read)));
    }
    counting.finish()?;
    Ok(counting.read)
}

enum Next<'a> {
    Record(&'a [u8], &'a [u8; 32], usize),
    More,
    Bad,
}

/// A record behind its length, and its salt.
fn next(bytes: &[u8]) -> Next<'_> {
    let Some((length, behind)) = bytes.split_first_chunk::<4>() else { return Next::More };
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
    if length > LONGEST_RECORD {
        return Next::Bad;
    }
    let Some((record, behind)) = behind.split_at_checked(length) else { return Next::More };
    match behind.first_chunk::<32>() {
        Some(salt) => Next::Record(record, salt, 4 + length + 32),
        None => Next::More,
    }
}

/// Where the answers of a point, edition and level in a half-month are counted.
#[derive(Debug, Default)]
struct Place {
    /// Blocks of the point itself by their last day: place in the evidence.
    own: Vec<(Day, usize)>,
    /// What was pooled with others, where anything was.
    pooled: Option<usize>,
}

struct Counting<'a> {
    publication: &'a Publication,
    editions: &'a [(String, String, Edition)],
    by_hash: HashMap<[u8; 32], usize>,
    evidence: &'a Evidence,
    leaves: &'a [Hash],
    period: Period,
    /// Days of the leaves, in order: first leaf behind each batch, and its day.
    days: Vec<(u64, Day)>,
    batch: usize,
    places: HashMap<(i32, usize, Level, Day), Place>,
    /// Answers by block.
    found: Vec<u64>,
    /// By group of the publication.
    tallies: Vec<Tally>,
    /// For each block, the groups it counts for.
    groups: Vec<Vec<usize>>,
    read: u64,
}

impl<'a> Counting<'a> {
    fn new(
        publication: &'a Publication,
        editions: &'a [(String, String, Edition)],
        evidence: &'a Evidence,
        leaves: &'a [Hash],
    ) -> Result<Self, Difference> {
        let days = Day::parse(&publication.from).zip(Day::parse(&publication.to));
        let period = days.and_then(|(from, to)| Period::new(from, to));
        let period = period.ok_or_else(|| differs(names::CONTENT, "from, to", "these are no days"))?;
        let (mut end, mut batches) = (0, Vec::new());
        for (day, n) in publication.checkpoint.iter().flat_map(|checkpoint| &checkpoint.batches) {
            end += n;
            let day = Day::parse(day).ok_or_else(|| differs(names::CONTENT, "checkpoint", "a day is none"))?;
            batches.push((end, day));
        }
        let mut counting = Self {
            publication,
            editions,
            by_hash: editions.iter().enumerate().map(|(at, (.., edition))| (edition.hash(), at)).collect(),
            evidence,
            leaves,
            period,
            days: batches,
            batch: 0,
            places: HashMap::new(),
            found: vec![0; evidence.blocks.len()],
            tallies: publication.groups.iter().map(|_| Tally::default()).collect(),
            groups: Vec::new(),
            read: 0,
        };
        for (at, group) in publication.groups.iter().enumerate() {
            if let (Some(edition), Some(tally)) = (counting.edition(&group.run), counting.tallies.get_mut(at)) {
                *tally = Tally::with_pairs(edition);
            }
        }
        counting.lay_out()?;
        Ok(counting)
    }

    fn edition(&self, name: &str) -> Option<&'a Edition> {
        self.editions.iter().find(|(own, ..)| own == name).map(|(.., edition)| edition)
    }

    /// Which answers each block holds, and for which groups it counts.
    fn lay_out(&mut self) -> Result<(), Difference> {
        let paths: HashMap<(i32, i32), &[String]> =
            self.evidence.points.iter().map(|of| ((of.point, of.half), of.path.as_slice())).collect();
        for (at, block) in self.evidence.blocks.iter().enumerate() {
            let bad = || differs(names::EVIDENCE, format!("block {at}"), "its level or edition is none");
            let level = Level::parse(&block.level).map_err(|_unknown| bad())?;
            let edition = self.editions.iter().position(|(name, ..)| *name == block.edition).ok_or_else(bad)?;
            let half = Day(block.half);
            self.groups.push(self.groups_of(block, edition));
            if let Some(point) = block.point {
                let place = self.places.entry((point, edition, level, half)).or_default();
                place.own.push((Day(block.through), at));
                place.own.sort_unstable();
                continue;
            }
            let of = block.path.first().ok_or_else(bad)?;
            let depth = block.path.len();
            for ((point, own), path) in &paths {
                if *own != block.half || !path.contains(of) {
                    continue;
                }
                let place = self.places.entry((*point, edition, level, half)).or_default();
                // Of two pools on one way up the deeper one was there for the points below it.
                let known = place.pooled.and_then(|known| self.evidence.blocks.get(known));
                if known.is_none_or(|known| known.path.len() < depth) {
                    place.pooled = Some(at);
                }
            }
        }
        Ok(())
    }

    fn groups_of(&self, block: &super::evidence::EvidenceBlock, edition: usize) -> Vec<usize> {
        let run = self.editions.get(edition).map(|(_, run, _)| run.as_str()).unwrap_or_default();
        let half = Day(block.half).iso();
        let holds = |group: &Group| {
            let level_counts = match group.source.as_str() {
                "headline" => self
                    .edition(&group.run)
                    .is_some_and(|edition| edition.headline_levels().iter().any(|level| level.word() == block.level)),
                source => source == block.level,
            };
            let is_withheld = |unit: &str| {
                let mut withheld = self.publication.withheld.iter();
                withheld.any(|one| one.unit == unit && one.half == half && one.level == block.level)
            };
            group.is_whole()
                && level_counts
                && group.run == run
                && block.path.contains(&group.unit)
                && !is_withheld(&group.unit)
        };
        let groups = self.publication.groups.iter().enumerate();
        groups.filter(|(_, group)| holds(group)).map(|(at, _)| at).collect()
    }

    fn here(&self, what: impl Into<String>) -> Difference {
        differs(names::RECORDS, format!("record {}", self.read), what)
    }

    fn add(&mut self, bytes: &[u8], salt: &[u8; 32]) -> Result<(), Difference> {
        let leaf = sha256(&[&[0], bytes, salt]);
        let expected = usize::try_from(self.read).ok().and_then(|at| self.leaves.get(at));
        if expected != Some(&leaf) {
            return Err(self.here("it is not what stands in the record: its hash differs from the leaf"));
        }
        while self.days.get(self.batch).is_some_and(|(end, _)| *end <= self.read) {
            self.batch += 1;
        }
        let record = Record::read(bytes).ok_or_else(|| self.here("it is not written as a record is"))?;
        if self.days.get(self.batch).is_none_or(|(_, day)| *day != record.day) {
            return Err(self.here(format!("its day {} is not that of its batch", record.day.iso())));
        }
        self.count(&record)?;
        self.read += 1;
        Ok(())
    }

    fn count(&mut self, record: &Record) -> Result<(), Difference> {
        let Some(of) = self.by_hash.get(&record.edition_hash).copied() else { return Ok(()) };
        if !self.period.contains(record.day) {
            return Ok(());
        }
        let key = (record.point.0, of, record.level, record.day.half().first());
        let Some(place) = self.places.get(&key) else { return Ok(()) };
        let own = place.own.iter().find(|(through, _)| record.day <= *through).map(|(_, at)| *at);
        let Some(block) = own.or(place.pooled) else { return Ok(()) };
        if let Some(n) = self.found.get_mut(block) {
            *n += 1;
        }
        let groups = self.groups.get(block).map(Vec::as_slice).unwrap_or_default();
        let Some((.., edition)) = self.editions.get(of).filter(|_| !groups.is_empty()) else { return Ok(()) };
        let answers = decode(edition, &record.answers).map_err(|fault| self.here(fault.to_string()))?;
        for at in groups {
            if let Some(tally) = self.tallies.get_mut(*at) {
                tally.add_answers(edition, &answers);
            }
        }
        Ok(())
    }

    /// Whether blocks hold what they say, and every figure of a whole unit follows from the records.
    fn finish(&self) -> Result<(), Difference> {
        for (at, (block, found)) in self.evidence.blocks.iter().zip(&self.found).enumerate() {
            if block.n != *found {
                let what = format!("{} answers published, {found} in the records", block.n);
                return Err(differs(names::EVIDENCE, format!("block {at}"), what));
            }
        }
        for (group, tally) in self.publication.groups.iter().zip(&self.tallies).filter(|(group, _)| group.is_whole()) {
            let edition = self.edition(&group.run);
            let edition = edition.ok_or_else(|| differs(names::CONTENT, group.unit.as_str(), "no such edition"))?;
            let source = match group.source.as_str() {
                "headline" => Source::Headline,
                level => Level::parse(level).map_or(Source::Headline, Source::Level),
            };
            let people = self.publication.unit(&group.unit).and_then(|unit| unit.returned);
            let figure =
                Figure { edition, tally, source, state: PeriodState::Closed, targets: &[], transactions: people };
            let estimates: BTreeMap<(String, &str), Estimate> =
                score(&figure).into_iter().map(|one| ((one.what.code().to_owned(), kind(&one)), one)).collect();
            for frozen in &group.figures {
                let place = format!("{}, {}, {}", group.unit, group.source, frozen.what);
                let found = estimates.get(&(frozen.what.clone(), frozen.kind.as_str()));
                let found =
                    found.ok_or_else(|| differs(names::CONTENT, &place, "the records hold no answers to it"))?;
                same(frozen, found).map_err(|what| differs(names::CONTENT, &place, what))?;
                let counted = edition.number_of(&frozen.what).and_then(|number| tally.item(number));
                let levels = counted.map(|counted| counted.levels.map(|n| u64::try_from(n).unwrap_or(0)));
                let agrees = |known: &Vec<u64>| levels.is_some_and(|levels| levels.starts_with(known));
                if frozen.levels.as_ref().is_some_and(|known| !agrees(known)) {
                    return Err(differs(names::CONTENT, place, "the answers by level are not those of the records"));
                }
            }
        }
        Ok(())
    }
}

fn kind(one: &Estimate) -> &'static str {
    match one.what {
        crate::index::What::Composite => "composite",
        crate::index::What::Factor(_) => "factor",
        crate::index::What::Item(_) | crate::index::What::Option(_) => "item",
    }
}

/// Whether a frozen figure is the one that the records give.
fn same(frozen: &Frozen, found: &Estimate) -> Result<(), String> {
    if frozen.n.is_some_and(|n| n != found.n) {
        return Err(format!("{} answers published, {} in the records", frozen.n.unwrap_or(0), found.n));
    }
    if found.n == 0 {
        return Err("the records hold no answers to it".to_owned());
    }
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<f64>().ok());
    let pairs = [
        ("estimate", number(&frozen.estimate), found.estimate, 2e-12),
        ("variance", number(&frozen.variance), found.se.map(|se| se * se), CLOSE),
    ];
    for (what, published, computed, distance) in pairs {
        let Some(published) = published else { continue };
        let size = if what == "estimate" { 1.0 } else { published.abs() };
        if computed.is_none_or(|computed| (published - computed).abs() > distance * size) {
            let computed = computed.map_or_else(|| "none".to_owned(), |computed| format!("{computed:e}"));
            return Err(format!("{what} {published:e} published, {computed} from the records"));
        }
    }
    Ok(())
}
