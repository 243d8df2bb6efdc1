//! The first pass: weighted sums of every item in every domain, and how many rows, units and strata speak.
#![expect(clippy::indexing_slicing, reason = "buffers are sized by domains × items before the pass")]

use super::super::design::{Design, Exact, Grid};
use super::answers::{Answers, Domains, Entry, Measure, Statistic, Table};

/// Sums of one pass. All lists go domain by domain.
pub(super) struct Totals {
    /// Σ w of those who answered, per item.
    pub(super) answered: Vec<Exact>,
    /// Σ w y, per item.
    pub(super) sums: Vec<Exact>,
    /// Σ w y², per item.
    pub(super) squares: Vec<Exact>,
    /// Σ w of those who were asked, per item.
    pub(super) asked: Vec<Exact>,
    /// Rows with an answer and a weight, per item; whole numbers.
    item_rows: Vec<f64>,
    /// Rows with an answer and a weight, per measure.
    pub(super) rows: Vec<u64>,
    /// First-stage units with such a row, per measure.
    pub(super) units: Vec<u64>,
    /// First-stage strata with such a row, per measure.
    pub(super) strata: Vec<u64>,
}

/// Strata of which a thread saw only a part: which items were answered there, domain by domain.
type Open = Vec<(usize, Vec<u64>)>;

/// What all passes read.
pub(super) struct Source<'a> {
    pub(super) answers: &'a Answers,
    pub(super) tables: Vec<Table>,
    pub(super) statistic: Statistic,
    pub(super) measures: &'a [Measure],
    /// Items of each measure as bits, [`Source::words`] words each.
    masks: Vec<u64>,
    pub(super) words: usize,
    /// The item of measures of one item.
    pub(super) single: Vec<Option<usize>>,
    /// Measures of several items.
    pub(super) composites: Vec<usize>,
    /// Whether every row is a sampling unit of its own, so that units need no counting.
    rows_are_units: bool,
    /// Largest absolute number of a level.
    pub(super) largest: f64,
}

impl<'a> Source<'a> {
    pub(super) fn new(design: &Design, answers: &'a Answers, statistic: Statistic, measures: &'a [Measure]) -> Self {
        let tables = answers.tables(statistic);
        let words = answers.items().div_ceil(64);
        let mut masks = vec![0; measures.len() * words];
        for (index, measure) in measures.iter().enumerate() {
            for (item, _) in &measure.items {
                masks[index * words + item / 64] |= 1_u64 << (item % 64);
            }
        }
        let largest = tables.iter().flatten().map(|entry| entry.value.abs()).fold(1.0, f64::max);
        let single: Vec<Option<usize>> = measures
            .iter()
            .map(|measure| match measure.items.as_slice() {
                [(item, _)] => Some(*item),
                _ => None,
            })
            .collect();
        let composites = single.iter().enumerate().filter(|(_, item)| item.is_none()).map(|(index, _)| index).collect();
        let rows_are_units = design.tree().rows_are_units();
        Self { answers, tables, statistic, measures, masks, words, single, composites, rows_are_units, largest }
    }

    /// The items a row answered, as bits.
    #[inline]
    pub(super) fn answered(&self, codes: &[u16], into: &mut [u64]) {
        into.fill(0);
        for (item, (code, table)) in codes.iter().zip(&self.tables).enumerate() {
            into[item / 64] |= table[usize::from(*code)].bit;
        }
    }

    #[inline]
    pub(super) fn speaks(&self, measure: usize, answered: &[u64]) -> bool {
        answered.iter().zip(&self.masks[measure * self.words..]).any(|(answered, mask)| answered & mask != 0)
    }
}

/// Grids of the sums of weights and of weighted numbers.
#[derive(Clone, Copy)]
pub(super) struct Grids {
    pub(super) weights: Grid,
    values: Grid,
    squares: Grid,
}

impl Grids {
    pub(super) fn new(source: &Source<'_>, weights: &[f64]) -> Self {
        // The exact sum: the grid must not depend on the order of the rows either.
        let total = super::super::design::sum(weights.iter().map(|weight| weight.abs())).max(f64::MIN_POSITIVE);
        let (rows, largest) = (weights.len(), source.largest);
        Self {
            weights: Grid::new(total, rows),
            values: Grid::new(total * largest, rows),
            squares: Grid::new(total * largest * largest, rows),
        }
    }
}

/// Adds the answers of one row to the sums of its domain.
#[inline]
pub(super) fn add_row(
    source: &Source<'_>,
    grids: Grids,
    codes: &[u16],
    weight: f64,
    answered: &mut [Exact],
    sums: &mut [Exact],
) {
    let split = grids.weights.split(weight);
    if source.statistic == Statistic::Share {
        for (((code, table), answered), sum) in codes.iter().zip(&source.tables).zip(answered).zip(sums) {
            let Entry { is, value, .. } = table[usize::from(*code)];
            answered.add_split(split, is);
            sum.add_split(split, value);
        }
    } else {
        for (((code, table), answered), sum) in codes.iter().zip(&source.tables).zip(answered).zip(sums) {
            let Entry { is, value, .. } = table[usize::from(*code)];
            answered.add_split(split, is);
            sum.add(grids.values, weight * value);
        }
    }
}

impl Totals {
    fn new(domains: usize, items: usize, measures: usize) -> Self {
        let none = || vec![Exact::default(); domains * items];
        let zero = || vec![0; domains * measures];
        let item_rows = vec![0.0; domains * items];
        let asked = none();
        Self {
            answered: none(),
            sums: none(),
            squares: none(),
            asked,
            item_rows,
            rows: zero(),
            units: zero(),
            strata: zero(),
        }
    }

    /// One pass over the rows.
    pub(super) fn of(design: &Design, source: &Source<'_>, domains: &Domains) -> Self {
        let grids = Grids::new(source, design.weights());
        let ranges = design.tree().shares_of_work(super::super::threads(design.rows()));
        let pass = |range: std::ops::Range<usize>| Pass::new(design, source, domains, grids).over(range);
        let parts: Vec<(Self, Open)> = if let [all] = ranges.as_slice() {
            vec![pass(all.clone())]
        } else {
            std::thread::scope(|scope| {
                let running: Vec<_> = ranges.into_iter().map(|range| scope.spawn(|| pass(range))).collect();
                let joined = running.into_iter().map(|thread| match thread.join() {
                    Ok(part) => part,
                    Err(panic) => std::panic::resume_unwind(panic),
                });
                joined.collect()
            })
        };
        Self::joined(parts, source, domains.number)
    }

    fn joined(parts: Vec<(Self, Open)>, source: &Source<'_>, domains: usize) -> Self {
        let mut all = Self::new(domains, source.answers.items(), source.measures.len());
        let mut open: std::collections::BTreeMap<usize, Vec<u64>> = std::collections::BTreeMap::new();
        for (part, groups) in parts {
            for (mine, theirs) in [
                (&mut all.answered, &part.answered),
                (&mut all.sums, &part.sums),
                (&mut all.squares, &part.squares),
                (&mut all.asked, &part.asked),
            ] {
                mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| mine.merge(*theirs));
            }
            all.item_rows.iter_mut().zip(&part.item_rows).for_each(|(mine, theirs)| *mine += theirs);
            for (mine, theirs) in
                [(&mut all.rows, &part.rows), (&mut all.units, &part.units), (&mut all.strata, &part.strata)]
            {
                mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
            }
            for (group, bits) in groups {
                let known = open.entry(group).or_insert_with(|| vec![0; bits.len()]);
                known.iter_mut().zip(bits).for_each(|(known, bits)| *known |= bits);
            }
        }
        for bits in open.values() {
            count(&mut all.strata, source, bits, 0..domains);
        }
        let items = source.answers.items();
        for domain in 0..domains {
            for (measure, item) in source.single.iter().enumerate() {
                if let Some(item) = item {
                    let rows = all.item_rows[domain * items + item];
                    all.rows[domain * source.measures.len() + measure] = whole(rows);
                }
            }
        }
        if source.rows_are_units {
            all.units.clone_from(&all.rows);
        }
        all
    }
}

/// Adds one to every measure of every domain whose bits speak.
fn count(counts: &mut [u64], source: &Source<'_>, bits: &[u64], domains: impl Iterator<Item = usize>) {
    for domain in domains {
        let bits = &bits[domain * source.words..(domain + 1) * source.words];
        for measure in 0..source.measures.len() {
            counts[domain * source.measures.len() + measure] += u64::from(source.speaks(measure, bits));
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of rows, far below 2^53")]
fn whole(count: f64) -> u64 {
    count as u64
}

struct Pass<'a> {
    design: &'a Design,
    source: &'a Source<'a>,
    domains: &'a Domains,
    grids: Grids,
    totals: Totals,
    /// Items answered by the unit and by the stratum at hand, domain by domain, and the domains with any.
    unit: Vec<u64>,
    stratum: Vec<u64>,
    in_unit: Vec<usize>,
    in_stratum: Vec<usize>,
    listed: Vec<u8>,
}

impl<'a> Pass<'a> {
    fn new(design: &'a Design, source: &'a Source<'a>, domains: &'a Domains, grids: Grids) -> Self {
        let bits = || vec![0; domains.number * source.words];
        Self {
            design,
            source,
            domains,
            grids,
            totals: Totals::new(domains.number, source.answers.items(), source.measures.len()),
            unit: bits(),
            stratum: bits(),
            in_unit: Vec::new(),
            in_stratum: Vec::new(),
            listed: vec![0; domains.number],
        }
    }

    fn over(mut self, units: std::ops::Range<usize>) -> (Totals, Open) {
        let tree = self.design.tree();
        let mut open = Vec::new();
        let mut answered = vec![0; self.source.words];
        for group in tree.groups_of_units(&units) {
            let all = tree.units_of_group(group);
            let mine = all.start.max(units.start)..all.end.min(units.end);
            for unit in mine.clone() {
                for row in tree.rows_of_unit(unit) {
                    self.row(*row, &mut answered);
                }
                self.close_unit();
            }
            if mine == all {
                let (stratum, listed) = (&mut self.stratum, std::mem::take(&mut self.in_stratum));
                count(&mut self.totals.strata, self.source, stratum, listed.iter().copied());
                for domain in listed {
                    stratum[domain * self.source.words..(domain + 1) * self.source.words].fill(0);
                    self.listed[domain] &= 1;
                }
            } else {
                open.push((group, self.stratum.clone()));
                self.stratum.fill(0);
                self.in_stratum.clear();
                self.listed.fill(0);
            }
        }
        (self.totals, open)
    }

    #[inline]
    fn row(&mut self, row: u32, answered: &mut [u64]) {
        let weight = self.design.weights()[row as usize];
        let Some(domain) = self.domains.of(row).filter(|_| weight != 0.0) else { return };
        let (source, items) = (self.source, self.source.answers.items());
        let codes = source.answers.row(row as usize);
        let cells = domain * items..(domain + 1) * items;
        add_row(
            source,
            self.grids,
            codes,
            weight,
            &mut self.totals.answered[cells.clone()],
            &mut self.totals.sums[cells.clone()],
        );
        if source.statistic == Statistic::Mean {
            for ((code, table), square) in codes.iter().zip(&source.tables).zip(&mut self.totals.squares[cells.clone()])
            {
                let value = table[usize::from(*code)].value;
                square.add(self.grids.squares, weight * value * value);
            }
        }
        let split = self.grids.weights.split(weight);
        let (asked, rows) = (&mut self.totals.asked[cells.clone()], &mut self.totals.item_rows[cells]);
        for (((code, table), rows), asked) in codes.iter().zip(&source.tables).zip(rows).zip(asked) {
            let entry = &table[usize::from(*code)];
            *rows += entry.is;
            asked.add_split(split, entry.asked);
        }
        source.answered(codes, answered);
        for measure in &source.composites {
            let rows = &mut self.totals.rows[domain * source.measures.len() + measure];
            *rows += u64::from(source.speaks(*measure, answered));
        }
        let bits = &mut self.unit[domain * source.words..(domain + 1) * source.words];
        bits.iter_mut().zip(&*answered).for_each(|(bits, answered)| *bits |= answered);
        if self.listed[domain] & 1 == 0 {
            self.listed[domain] |= 1;
            self.in_unit.push(domain);
        }
    }

    fn close_unit(&mut self) {
        if !self.source.rows_are_units {
            count(&mut self.totals.units, self.source, &self.unit, self.in_unit.iter().copied());
        }
        for domain in self.in_unit.drain(..) {
            let words = domain * self.source.words..(domain + 1) * self.source.words;
            for (stratum, unit) in self.stratum[words.clone()].iter_mut().zip(&mut self.unit[words]) {
                *stratum |= std::mem::take(unit);
            }
            self.listed[domain] &= !1;
            if self.listed[domain] & 2 == 0 {
                self.listed[domain] |= 2;
                self.in_stratum.push(domain);
            }
        }
    }
}
