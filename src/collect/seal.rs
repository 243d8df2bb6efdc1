//! Sealing ended days: answers into key order, cells into the office's subtotals, and blocks into the figures that pages
//! show.
//!
//! A figure grows by blocks of at least k answers of one point, edition and level, from whole days. What stays below k at
//! the end of a half-month is pooled upward among siblings until it reaches k; what does not reach it even at the top stays
//! out of every figure. So no difference of two figures, in space or in time, isolates fewer than k answers.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail};

use super::split::{self, Atom};
use super::{cases, seal_record};
use crate::questionnaire::{Edition, Tally, decode};
use crate::record::Keys;
use crate::registry::{Directory, Editions};
use crate::store::answers::{self, CountedAnswer};
use crate::store::blocks::{self, Block, Node};
use crate::store::counts::{self, Count, Series, UnitSeries};
use crate::store::figures::{self, FigureKey, NOT_SPLIT, Part, PartKind};
use crate::store::{ConnectionTrait, Database, installation, places, seal as moving, signals};
use crate::words::{Day, EditionNumber, Half, Level, PointId, Province, UnitId};

/// Answers below which nothing is shown.
pub const K: i64 = 10;
/// Days after which a form key is forgotten.
pub const KEY_DAYS: i32 = 30;

/// What was sealed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sealed {
    /// Answers moved into the sealed tables.
    pub answers: usize,
    /// Blocks added to the figures.
    pub blocks: usize,
    /// Form keys that were forgotten.
    pub keys: u64,
    /// Whether the write-ahead log of an embedded database, which holds the order of arrival, could be emptied; while
    /// somebody reads the database for long, as a backup does, it cannot.
    pub log_emptied: bool,
}

/// The k of an installation: nobody is behind the answers of a simulation.
pub const fn k_of(simulated: bool) -> i64 {
    if simulated { 1 } else { K }
}

/// Seals every day up to `through`, which has to have ended, and signs the record as it then stands.
pub async fn seal_and_sign(
    db: &Database,
    keys: &Keys,
    province: Province,
    through: Day,
    today: Day,
) -> anyhow::Result<Sealed> {
    seal_with(db, Some(keys), province, through, today).await
}

/// Seals every day up to `through`, which has to have ended. Whoever has the key signs at the next sealing.
pub async fn seal(db: &Database, province: Province, through: Day, today: Day) -> anyhow::Result<Sealed> {
    seal_with(db, None, province, through, today).await
}

async fn seal_with(
    db: &Database,
    keys: Option<&Keys>,
    province: Province,
    through: Day,
    today: Day,
) -> anyhow::Result<Sealed> {
    if through >= today {
        bail!("day {} has not ended: only days before {} can be sealed", through.iso(), today.iso());
    }
    let tx = db.begin().await.context("while taking the turn to write")?;
    moving::take_open_day(&tx).await.context("while waiting for the open day")?;
    let sealed = seal_in(&tx, province, through, today).await?;
    if let Some(keys) = keys
        && !seal_record::sign(&tx, province, keys, through).await?
    {
        tracing::warn!(
            "the key file does not hold the key in use for checkpoints: the record is sealed and not signed; put the key \
             file in place that the last `thuocdo record rotate-key` wrote, and start again"
        );
    }
    tx.commit().await.context("while committing the sealed days")?;
    let log_emptied = db.truncate_log().await.context("while emptying the write-ahead log")?;
    Ok(Sealed { log_emptied, ..sealed })
}

async fn seal_in(tx: &impl ConnectionTrait, province: Province, through: Day, today: Day) -> anyhow::Result<Sealed> {
    let installed = installation::find(tx, province).await?.context("the installation is missing")?;
    let k = k_of(installed.simulated);
    let editions = Editions::load(tx).await?;
    let directory = Directory::new(places::all(tx, province).await.context("while reading units and points")?);
    let open = answers::open_answers(tx, province, through).await.context("while reading the open days")?;
    let subtotals = subtotals_of(&open, &editions, &directory)?;
    counts::add_to_subtotals(tx, province, &subtotals).await.context("while adding to the subtotals")?;
    seal_record::append(tx, province, through).await?;
    let marks = signals::of_open_answers(tx, province, through).await.context("while counting marks")?;
    signals::add(tx, province, &marks).await.context("while adding marks")?;
    cases::open_before_sealing(tx, province, through, &editions, &directory).await?;
    // Before the open tables are locked: whoever reads a case with its comment takes them in this order.
    cases::shuffle(tx).await?;
    moving::move_open_answers(tx, province, through).await.context("while moving the answers")?;
    let mut halves: BTreeSet<Half> = open.iter().map(|answer| answer.day.half()).collect();
    if let Some(before) = installed.sealed_through.filter(|before| *before < through) {
        // Halves that ended since the last sealing have remainders to pool, answers or not. The bound is a century.
        let first = before.half();
        let ended = std::iter::successors(Some(first), |half| Some(half.next()));
        halves.extend(ended.take_while(|half| half.first() <= through).take(2_400));
    }
    let mut blocks = 0;
    for half in halves {
        blocks += grow_figures(tx, province, &editions, &directory, half, through, k)
            .await
            .with_context(|| format!("while adding the half-month from {} to the figures", half.first().iso()))?;
    }
    let last = installed.sealed_through.map_or(through, |before| before.max(through));
    installation::sealed_through(tx, province, last).await?;
    installation::revise(tx, province).await?;
    let keys = forget_keys(tx, province, today).await?;
    Ok(Sealed { answers: open.len(), blocks, keys, log_emptied: false })
}

/// Forgets the keys of forms that were opened more than 30 days ago, on days that are sealed; how many they were.
pub async fn forget_keys(db: &impl ConnectionTrait, province: Province, today: Day) -> anyhow::Result<u64> {
    let first = today.plus(-KEY_DAYS);
    answers::forget_keys_before(db, province, first).await.context("while forgetting old form keys")
}

/// What the office's subtotals grow by: every answer counts for its receiving unit and all units above it.
fn subtotals_of(
    answers: &[CountedAnswer],
    editions: &Editions,
    directory: &Directory,
) -> anyhow::Result<BTreeMap<UnitSeries, Vec<Count>>> {
    let mut tallies: BTreeMap<UnitSeries, Tally> = BTreeMap::new();
    let mut paths: BTreeMap<(PointId, Day), Vec<UnitId>> = BTreeMap::new();
    for answer in answers {
        let edition = edition_of(editions, answer.edition)?;
        let sheet = decode(edition, &answer.answers).context("while reading a stored answer")?;
        let path = paths.entry((answer.point, answer.day)).or_insert_with(|| {
            let unit = directory.receiving_unit(answer.point, answer.day);
            unit.map(|unit| directory.counted_path(unit, answer.day)).unwrap_or_default()
        });
        for unit in path.iter() {
            let series = UnitSeries {
                unit: *unit,
                half: answer.day.half(),
                edition: answer.edition,
                level: answer.level,
                channel: answer.channel,
                field: answer.field,
            };
            tallies.entry(series).or_insert_with(|| Tally::empty(edition)).add_answers(edition, &sheet);
        }
    }
    tallies
        .into_iter()
        .map(|(series, tally)| Ok((series, counts::counts_of(edition_of(editions, series.edition)?, &tally))))
        .collect()
}

fn edition_of(editions: &Editions, number: EditionNumber) -> anyhow::Result<&Edition> {
    let installed = editions.get(number).with_context(|| format!("edition {number} is not stored"))?;
    Ok(&installed.edition)
}

/// The answers of one point, edition and level in a half-month, by day.
type Stream = (PointId, EditionNumber, Level);

/// The unit a block counts for, and its streams with the first day taken from each.
type Content = (UnitId, Vec<(Stream, Day)>);

/// New blocks of a half-month, with the days each takes from each stream.
#[derive(Debug, Default)]
struct Growth {
    blocks: Vec<Block>,
    /// What each of them holds, in the same order.
    contents: Vec<Content>,
}

async fn grow_figures(
    tx: &impl ConnectionTrait,
    province: Province,
    editions: &Editions,
    directory: &Directory,
    half: Half,
    through: Day,
    k: i64,
) -> anyhow::Result<usize> {
    let last = half.last().min(through);
    let cells = counts::cells(tx, province, half.first(), last).await.context("while reading the cells")?;
    let known = blocks::of_halves(tx, province, half, half).await.context("while reading the blocks")?;
    let forms = forms_by_day(&cells);
    let growth = grow(&forms, &known, directory, half, last, k);
    if growth.blocks.is_empty() {
        return Ok(0);
    }
    let long = long_pairs(tx, province, editions, &growth).await?;
    let (whole, parts) = figures_of(&growth, &cells, &long, editions, directory, half, k)?;
    blocks::add(tx, province, &growth.blocks).await.context("while adding the blocks")?;
    figures::add(tx, province, &whole).await.context("while adding to the figures")?;
    figures::add_parts(tx, province, &parts).await.context("while adding to the parts of figures")?;
    Ok(growth.blocks.len())
}

/// Pairs of editions whose cells hold none, of every block that needs them, from the answers of its days.
async fn long_pairs(
    tx: &impl ConnectionTrait,
    province: Province,
    editions: &Editions,
    growth: &Growth,
) -> anyhow::Result<BTreeMap<usize, Tally>> {
    // Which block holds the answers of a stream on a day; blocks of one stream do not overlap.
    let mut holders: BTreeMap<Stream, Vec<(Day, Day, usize)>> = BTreeMap::new();
    let mut days: BTreeMap<Day, BTreeSet<EditionNumber>> = BTreeMap::new();
    let mut tallies: BTreeMap<usize, Tally> = BTreeMap::new();
    for (at, (block, (_, streams))) in growth.blocks.iter().zip(&growth.contents).enumerate() {
        let edition = edition_of(editions, block.edition)?;
        if !edition.pairs_from_answers() {
            continue;
        }
        tallies.insert(at, Tally::with_pairs(edition));
        for (stream, from) in streams {
            holders.entry(*stream).or_default().push((*from, block.through, at));
            for day in (from.0..=block.through.0).map(Day) {
                days.entry(day).or_default().insert(block.edition);
            }
        }
    }
    for (day, numbers) in days {
        let numbers: Vec<EditionNumber> = numbers.into_iter().collect();
        for answer in
            answers::of_day(tx, province, day, &numbers).await.context("while reading the answers of a day")?
        {
            let holders = holders.get(&(answer.point, answer.edition, answer.level)).into_iter().flatten();
            let Some((_, _, at)) = holders.copied().find(|(from, through, _)| *from <= day && day <= *through) else {
                continue;
            };
            let edition = edition_of(editions, answer.edition)?;
            let sheet = decode(edition, &answer.answers).context("while reading a stored answer")?;
            if let Some(tally) = tallies.get_mut(&at) {
                tally.add_answers(edition, &sheet);
            }
        }
    }
    Ok(tallies)
}

/// Number of forms by stream and day.
fn forms_by_day(cells: &[(Series, Count)]) -> BTreeMap<Stream, BTreeMap<Day, i64>> {
    let mut forms: BTreeMap<Stream, BTreeMap<Day, i64>> = BTreeMap::new();
    for (series, count) in cells {
        if let Count::Item(0, tally) = count {
            let stream = (series.point, series.edition, series.level);
            *forms.entry(stream).or_default().entry(series.day).or_default() += tally.answered() + tally.blank;
        }
    }
    forms
}

/// Whether an answer of this stream and day would fall into blocks that are already shown.
pub fn is_shown(blocks: &[Block], directory: &Directory, stream: Stream, day: Day) -> bool {
    let (point, edition, level) = stream;
    let path = directory.receiving_unit(point, day.half().last());
    let path = path.map(|unit| directory.counted_path(unit, day.half().last())).unwrap_or_default();
    blocks.iter().filter(|b| b.edition == edition && b.level == level && b.half == day.half()).any(|block| match block
        .node
    {
        Node::Point(of) => of == point && block.through >= day,
        Node::Pool(unit) => path.contains(&unit),
    })
}

/// Decides the new blocks of a half-month. Pure.
fn grow(
    forms: &BTreeMap<Stream, BTreeMap<Day, i64>>,
    known: &[Block],
    directory: &Directory,
    half: Half,
    last: Day,
    k: i64,
) -> Growth {
    let mut growth = Growth::default();
    // Remainders by what they may be pooled with, and by unit.
    let mut rest: BTreeMap<(EditionNumber, Level), BTreeMap<UnitId, Remainder>> = BTreeMap::new();
    for (stream, days) in forms {
        let (point, edition, level) = *stream;
        let own: Vec<&Block> =
            known.iter().filter(|b| b.node == Node::Point(point) && b.edition == edition && b.level == level).collect();
        let from = own.iter().map(|block| block.through.plus(1)).max().unwrap_or(half.first());
        let n: i64 = days.range(from..=last.max(from)).map(|(_, n)| n).sum();
        let Some(unit) = directory.receiving_unit(point, last) else { continue };
        if n == 0 || is_shown(known, directory, *stream, last) {
            continue;
        }
        if n >= k {
            let number = own.iter().map(|block| block.number).max().unwrap_or(0) + 1;
            growth.blocks.push(Block { node: Node::Point(point), edition, level, half, number, through: last, n });
            growth.contents.push((unit, vec![(*stream, from)]));
        } else if last == half.last() {
            let remainder = rest.entry((edition, level)).or_default().entry(unit).or_default();
            remainder.n += n;
            remainder.streams.push((*stream, from));
        }
    }
    for ((edition, level), remainders) in rest {
        for (unit, remainder) in pool(remainders, directory, last, k) {
            let node = Node::Pool(unit);
            let number = known
                .iter()
                .filter(|b| b.node == node && b.edition == edition && b.level == level)
                .map(|block| block.number)
                .max()
                .unwrap_or(0)
                + 1;
            growth.blocks.push(Block { node, edition, level, half, number, through: last, n: remainder.n });
            growth.contents.push((unit, remainder.streams));
        }
    }
    growth
}

/// What is left below k.
#[derive(Debug, Default)]
struct Remainder {
    n: i64,
    streams: Vec<(Stream, Day)>,
}

/// Pools remainders upward, deepest units first, until each reaches k; what never does is left out.
fn pool(
    mut remainders: BTreeMap<UnitId, Remainder>,
    directory: &Directory,
    day: Day,
    k: i64,
) -> Vec<(UnitId, Remainder)> {
    let mut pooled = Vec::new();
    // Every step takes the deepest unit away and may add its parent, which is less deep: it ends.
    while let Some(deepest) = remainders.keys().copied().max_by_key(|unit| directory.counted_path(*unit, day).len()) {
        let Some(remainder) = remainders.remove(&deepest) else { break };
        if remainder.n >= k {
            pooled.push((deepest, remainder));
        } else if let Some(parent) = directory.counted_path(deepest, day).get(1) {
            let above = remainders.entry(*parent).or_default();
            above.n += remainder.n;
            above.streams.extend(remainder.streams);
        }
    }
    pooled
}

type Whole = BTreeMap<FigureKey, Vec<Count>>;
type Parts = BTreeMap<(FigureKey, Part), Vec<Count>>;

/// The counts of new blocks, for every unit they count for: figures are a function of cells and blocks, and the pairs of long
/// forms one of the answers of the blocks. Parts of figures have no pairs of long forms.
fn figures_of(
    growth: &Growth,
    cells: &[(Series, Count)],
    long: &BTreeMap<usize, Tally>,
    editions: &Editions,
    directory: &Directory,
    half: Half,
    k: i64,
) -> anyhow::Result<(Whole, Parts)> {
    let mut by_stream: BTreeMap<Stream, Vec<&(Series, Count)>> = BTreeMap::new();
    for cell in cells {
        by_stream.entry((cell.0.point, cell.0.edition, cell.0.level)).or_default().push(cell);
    }
    let mut whole: BTreeMap<FigureKey, Tally> = BTreeMap::new();
    let mut parts: BTreeMap<(FigureKey, Part), Tally> = BTreeMap::new();
    for (at, (block, (unit, streams))) in growth.blocks.iter().zip(&growth.contents).enumerate() {
        let edition = edition_of(editions, block.edition)?;
        let mut sum = Tally::empty(edition);
        let mut divided: BTreeMap<PartKind, BTreeMap<i32, Tally>> = BTreeMap::new();
        let mut atoms: BTreeMap<Atom, i64> = BTreeMap::new();
        for (stream, from) in streams {
            let taken = by_stream.get(stream).into_iter().flatten();
            for (series, count) in taken.filter(|(series, _)| series.day >= *from && series.day <= block.through) {
                counts::add_count(edition, &mut sum, count);
                *atoms.entry(split::atom_of(series)).or_default() += split::forms_of(count);
                for kind in PartKind::ALL {
                    let part = kind.part_of(series);
                    let tally = divided.entry(kind).or_default().entry(part).or_insert_with(|| Tally::empty(edition));
                    counts::add_count(edition, tally, count);
                }
            }
        }
        if let Some(counted) = long.get(&at) {
            sum.pairs.clone_from(&counted.pairs);
        }
        let kinds = split::kinds_of(&atoms, k);
        for unit in directory.counted_path(*unit, block.through) {
            let key = FigureKey { unit, edition: block.edition, level: block.level, half };
            whole.entry(key).or_insert_with(|| Tally::empty(edition)).merge(&sum);
            for (kind, tallies) in &divided {
                for (part, tally) in tallies {
                    let part = if kinds.contains(kind) { *part } else { NOT_SPLIT };
                    parts.entry((key, (*kind, part))).or_insert_with(|| Tally::empty(edition)).merge(tally);
                }
            }
        }
    }
    let rows = |number: EditionNumber, tally: &Tally| -> anyhow::Result<Vec<Count>> {
        Ok(counts::counts_of(edition_of(editions, number)?, tally))
    };
    Ok((
        whole.iter().map(|(key, tally)| Ok((*key, rows(key.edition, tally)?))).collect::<anyhow::Result<_>>()?,
        parts.iter().map(|(key, tally)| Ok((*key, rows(key.0.edition, tally)?))).collect::<anyhow::Result<_>>()?,
    ))
}
