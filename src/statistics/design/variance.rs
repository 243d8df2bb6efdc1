//! The variance of sums over a design: the walk over strata and units of every stage.
//!
//! At each stage a stratum of n units with totals z, drawn from N, contributes (1 − n/N) n/(n − 1) Σ (z − z̄)²; what
//! lies inside a unit is multiplied by the product of n/N of the stages before (Särndal, Swensson & Wretman 1992,
//! section 4.3; Cochran 1977, section 10.3). A stage without population counts is the last that is looked at.
#![expect(clippy::indexing_slicing, reason = "buffers are sized by blocks × columns before the walk")]

use std::ops::Range;

use super::super::interval::real;
use super::exact::{Exact, Grid};
use super::tree::{LonelyRule, Tree};

/// Linearised values, handed out leaf by leaf in blocks of columns (a block is a domain).
pub(crate) trait Influences: Sync {
    /// What one thread keeps between leaves.
    type Scratch: Send;
    /// Blocks.
    fn blocks(&self) -> usize;
    /// Columns of every block.
    fn columns(&self) -> usize;
    /// Largest sum of absolute values of one column.
    fn bound(&self) -> f64;
    /// A fresh scratch.
    fn scratch(&self) -> Self::Scratch;
    /// Gives for each block with something to say the totals over `rows`, and whether the block has a row here.
    fn leaf(&self, rows: &[u32], scratch: &mut Self::Scratch, give: &mut impl FnMut(usize, &[f64], bool));
}

/// Below this share left out, a stratum counts as taken completely (as in R).
const TAKEN: f64 = 1e-7;

impl Tree {
    /// Variance of every column of every block; `None` where the rule leaves nothing to compute from. With
    /// `lonely_domains` a stratum with one unit in the domain counts as lonely, too.
    pub(super) fn variances<I: Influences>(
        &self,
        influences: &I,
        rule: LonelyRule,
        lonely_domains: bool,
    ) -> Vec<Option<f64>> {
        let bound = influences.bound().max(f64::MIN_POSITIVE);
        let rows = self.order().len();
        let walk = Walk {
            tree: self,
            influences,
            rule,
            lonely_domains,
            width: influences.columns(),
            cells: influences.blocks() * influences.columns(),
            first: Grid::new(bound, rows),
            second: Grid::new(bound * bound, rows),
            third: Grid::new(8.0 * bound * bound, rows),
            factors: Grid::new(4.0 * real(rows as u64), rows),
        };
        let ranges = self.shares_of_work(super::super::threads(rows));
        let mut parts: Vec<Part> = Vec::new();
        if let [all] = ranges.as_slice() {
            parts.push(walk.part(all.clone()));
        } else {
            std::thread::scope(|scope| {
                let running: Vec<_> = ranges.into_iter().map(|range| scope.spawn(|| walk.part(range))).collect();
                for thread in running {
                    match thread.join() {
                        Ok(part) => parts.push(part),
                        Err(panic) => std::panic::resume_unwind(panic),
                    }
                }
            });
        }
        walk.joined(parts)
    }

    /// First-stage units in as many ranges as there are threads, of about equally many rows.
    pub(crate) fn shares_of_work(&self, threads: usize) -> Vec<Range<usize>> {
        let stage = self.stage(0);
        let units = stage.number_of_units();
        let rows = self.order().len();
        let mut ranges = Vec::new();
        let mut start = 0;
        for thread in 1..=threads {
            let limit = rows * thread / threads;
            let (mut low, mut high) = (start, units);
            while low < high {
                let middle = usize::midpoint(low, high);
                if stage.positions(middle).end <= limit {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            let end = if thread == threads { units } else { low };
            if end > start {
                ranges.push(start..end);
            }
            start = end.max(start);
        }
        ranges
    }
}

struct Walk<'a, I: Influences> {
    tree: &'a Tree,
    influences: &'a I,
    rule: LonelyRule,
    lonely_domains: bool,
    width: usize,
    cells: usize,
    first: Grid,
    second: Grid,
    third: Grid,
    factors: Grid,
}

/// Sums over the units of a group.
struct Group {
    sums: Vec<Exact>,
    squares: Vec<Exact>,
    touched: Touched,
}

/// The blocks that have something, listed once each.
struct Touched {
    listed: Vec<bool>,
    /// Units in which the block has a row.
    present: Vec<u32>,
    list: Vec<usize>,
}

impl Touched {
    fn new(blocks: usize) -> Self {
        Self { listed: vec![false; blocks], present: vec![0; blocks], list: Vec::new() }
    }

    fn touch(&mut self, block: usize, present: u32) {
        self.present[block] += present;
        if !self.listed[block] {
            self.listed[block] = true;
            self.list.push(block);
        }
    }

    fn clear(&mut self) {
        for block in self.list.drain(..) {
            self.listed[block] = false;
            self.present[block] = 0;
        }
    }
}

/// Sums over the groups of one unit of the stage before, or of the whole design.
struct Siblings {
    variance: Vec<Exact>,
    totals: Vec<Exact>,
    /// Of lonely groups: Σ f z² and Σ f z; per block Σ f.
    lonely_squares: Vec<Exact>,
    lonely_sums: Vec<Exact>,
    lonely_factors: Vec<Exact>,
    /// Per block: units of the groups with rows, groups with rows, those that have a variance of their own.
    units: Vec<f64>,
    groups: Vec<f64>,
    sound: Vec<f64>,
    touched: Touched,
}

impl Siblings {
    fn new(cells: usize, blocks: usize) -> Self {
        let none = || vec![Exact::default(); cells];
        Self {
            variance: none(),
            totals: none(),
            lonely_squares: none(),
            lonely_sums: none(),
            lonely_factors: vec![Exact::default(); blocks],
            units: vec![0.0; blocks],
            groups: vec![0.0; blocks],
            sound: vec![0.0; blocks],
            touched: Touched::new(blocks),
        }
    }

    fn clear(&mut self, width: usize) {
        for block in &self.touched.list {
            for cell in block * width..(block + 1) * width {
                for sums in [&mut self.variance, &mut self.totals, &mut self.lonely_squares, &mut self.lonely_sums] {
                    sums[cell] = Exact::default();
                }
            }
            self.lonely_factors[*block] = Exact::default();
            for counts in [&mut self.units, &mut self.groups, &mut self.sound] {
                counts[*block] = 0.0;
            }
        }
        self.touched.clear();
    }

    /// Sums and counts only ever grow by exact terms and whole numbers, so the order of merging does not matter.
    fn merge(&mut self, other: &Self) {
        for (mine, theirs) in [
            (&mut self.variance, &other.variance),
            (&mut self.totals, &other.totals),
            (&mut self.lonely_squares, &other.lonely_squares),
            (&mut self.lonely_sums, &other.lonely_sums),
            (&mut self.lonely_factors, &other.lonely_factors),
        ] {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| mine.merge(*theirs));
        }
        for (mine, theirs) in
            [(&mut self.units, &other.units), (&mut self.groups, &other.groups), (&mut self.sound, &other.sound)]
        {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
        }
        for block in &other.touched.list {
            self.touched.touch(*block, other.touched.present[*block]);
        }
    }
}

impl Group {
    fn new(cells: usize, blocks: usize) -> Self {
        Self {
            sums: vec![Exact::default(); cells],
            squares: vec![Exact::default(); cells],
            touched: Touched::new(blocks),
        }
    }

    fn clear(&mut self, width: usize) {
        for block in &self.touched.list {
            for cell in block * width..(block + 1) * width {
                self.sums[cell] = Exact::default();
                self.squares[cell] = Exact::default();
            }
        }
        self.touched.clear();
    }

    fn merge(&mut self, other: &Self, width: usize) {
        for block in &other.touched.list {
            for cell in block * width..(block + 1) * width {
                self.sums[cell].merge(other.sums[cell]);
                self.squares[cell].merge(other.squares[cell]);
            }
            self.touched.touch(*block, other.touched.present[*block]);
        }
    }
}

/// What one thread found.
struct Part {
    siblings: Siblings,
    /// First-stage groups of which this thread saw only a part.
    open: Vec<(usize, Group)>,
    /// Contributions of the stages after the first.
    inner: Vec<Exact>,
    /// Columns for which a stage after the first left nothing to compute from.
    lost: Vec<bool>,
}

impl<I: Influences> Walk<'_, I> {
    fn part(&self, units: Range<usize>) -> Part {
        let blocks = self.influences.blocks();
        let mut part = Part {
            siblings: Siblings::new(self.cells, blocks),
            open: Vec::new(),
            inner: vec![Exact::default(); self.cells],
            lost: vec![false; self.cells],
        };
        let mut frames: Vec<(Group, Siblings)> = (1..self.tree.depth())
            .map(|_| (Group::new(self.cells, blocks), Siblings::new(self.cells, blocks)))
            .collect();
        let mut scratch = self.influences.scratch();
        let stage = self.tree.stage(0);
        let mut group = Group::new(self.cells, blocks);
        for number in 0..stage.number_of_groups() {
            let all = stage.units(number);
            let mine = all.start.max(units.start)..all.end.min(units.end);
            if mine.is_empty() {
                continue;
            }
            for unit in mine.clone() {
                self.unit(0, number, unit, 1.0, &mut group, &mut frames, &mut scratch, &mut part);
            }
            if mine == all {
                self.close(0, number, &mut group, &mut part.siblings);
            } else {
                part.open.push((number, std::mem::replace(&mut group, Group::new(self.cells, blocks))));
            }
        }
        part
    }

    /// Adds the total of one unit to its group, and the contribution of what lies inside it.
    #[expect(
        clippy::too_many_arguments,
        reason = "the buffers of the walk, which would otherwise be made anew at each unit"
    )]
    fn unit(
        &self,
        stage: usize,
        group: usize,
        unit: usize,
        product: f64,
        into: &mut Group,
        frames: &mut [(Group, Siblings)],
        scratch: &mut I::Scratch,
        part: &mut Part,
    ) {
        let (width, first, second) = (self.width, self.first, self.second);
        let here = self.tree.stage(stage);
        let Some(((inner, siblings), deeper)) = frames.split_first_mut() else {
            let rows = &self.tree.order()[here.positions(unit)];
            self.influences.leaf(rows, scratch, &mut |block, values, present| {
                let cells = block * width..(block + 1) * width;
                for ((value, sum), square) in
                    values.iter().zip(&mut into.sums[cells.clone()]).zip(&mut into.squares[cells])
                {
                    sum.add(first, *value);
                    square.add(second, value * value);
                }
                into.touched.touch(block, u32::from(present));
            });
            return;
        };
        let next = self.tree.stage(stage + 1);
        let product = product * real(here.units(group).len() as u64) / here.population(group);
        for number in next.groups_of(unit) {
            for child in next.units(number) {
                self.unit(stage + 1, number, child, product, inner, deeper, scratch, part);
            }
            self.close(stage + 1, number, inner, siblings);
        }
        for block in &siblings.touched.list {
            for column in 0..width {
                let cell = block * width + column;
                let value = siblings.totals[cell].value();
                into.sums[cell].add(first, value);
                into.squares[cell].add(second, value * value);
                match self.finished(siblings, *block, cell) {
                    Some(variance) => part.inner[cell].add(self.third, product * variance),
                    None => part.lost[cell] = true,
                }
            }
            into.touched.touch(*block, u32::from(siblings.touched.present[*block] > 0));
        }
        siblings.clear(width);
    }

    /// Adds a group to the sums over its siblings, and empties it.
    fn close(&self, stage: usize, number: usize, group: &mut Group, siblings: &mut Siblings) {
        let here = self.tree.stage(stage);
        let (units, population) = (real(here.units(number).len() as u64), here.population(number));
        let left_out = if population.is_infinite() { 1.0 } else { (population - units) / population };
        let lonely = units < 2.0 && left_out >= TAKEN;
        for block in &group.touched.list {
            let present = group.touched.present[*block];
            let alone = self.lonely_domains && present == 1 && units >= 2.0 && left_out >= TAKEN;
            // Of a unit that is alone in its domain, the others of its stratum count as zeros beside it.
            let factor = match self.rule {
                // A stratum where the domain has nobody is none of its business.
                _ if present == 0 => None,
                _ if lonely => Some(left_out),
                LonelyRule::Adjust if alone => Some(left_out * units / (units - 1.0)),
                _ => None,
            };
            let silent = lonely || alone && self.rule == LonelyRule::Average;
            for cell in block * self.width..(block + 1) * self.width {
                let (sum, squares) = (group.sums[cell].value(), group.squares[cell].value());
                siblings.totals[cell].merge(group.sums[cell]);
                if let Some(factor) = factor {
                    siblings.lonely_squares[cell].add(self.third, factor * squares);
                    siblings.lonely_sums[cell].add(self.first, factor * sum);
                } else if left_out >= TAKEN && !silent {
                    let spread = (squares - sum * sum / units).max(0.0);
                    siblings.variance[cell].add(self.third, left_out * units / (units - 1.0) * spread);
                }
            }
            siblings.touched.touch(*block, present);
            if present > 0 {
                siblings.units[*block] += units;
                siblings.groups[*block] += 1.0;
                siblings.sound[*block] += if silent { 0.0 } else { 1.0 };
            }
            if let Some(factor) = factor {
                siblings.lonely_factors[*block].add(self.factors, factor * units);
            }
        }
        group.clear(self.width);
    }

    /// The variance of one stage inside one unit (or of the first stage), under the rule for lonely groups.
    fn finished(&self, siblings: &Siblings, block: usize, cell: usize) -> Option<f64> {
        let variance = siblings.variance[cell].value();
        let factors = siblings.lonely_factors[block].value();
        let any_lonely = factors > 0.0;
        match self.rule {
            LonelyRule::Fail if any_lonely => None,
            LonelyRule::Adjust if any_lonely => {
                let mean = siblings.totals[cell].value() / siblings.units[block].max(1.0);
                let spread = siblings.lonely_squares[cell].value() - 2.0 * mean * siblings.lonely_sums[cell].value()
                    + mean * mean * factors;
                Some(variance + spread.max(0.0))
            }
            LonelyRule::Average if siblings.groups[block] > 0.0 => {
                let sound = siblings.sound[block];
                (sound > 0.0).then(|| variance * siblings.groups[block] / sound)
            }
            _ => Some(variance),
        }
    }

    fn joined(&self, parts: Vec<Part>) -> Vec<Option<f64>> {
        let mut parts = parts.into_iter();
        let Some(mut all) = parts.next() else { return vec![None; self.cells] };
        for part in parts {
            all.siblings.merge(&part.siblings);
            all.inner.iter_mut().zip(&part.inner).for_each(|(mine, theirs)| mine.merge(*theirs));
            all.lost.iter_mut().zip(&part.lost).for_each(|(mine, theirs)| *mine |= theirs);
            for (number, group) in part.open {
                match all.open.iter_mut().find(|(known, _)| *known == number) {
                    Some((_, known)) => known.merge(&group, self.width),
                    None => all.open.push((number, group)),
                }
            }
        }
        for (number, mut group) in std::mem::take(&mut all.open) {
            self.close(0, number, &mut group, &mut all.siblings);
        }
        let outer = |cell: usize| self.finished(&all.siblings, cell / self.width.max(1), cell);
        (0..self.cells)
            .map(|cell| if all.lost[cell] { None } else { Some(outer(cell)? + all.inner[cell].value()) })
            .collect()
    }
}

/// Columns with one weighted value per row, in one block.
pub(super) struct Dense<'a> {
    columns: &'a [&'a [f64]],
    used: &'a [bool],
    bound: f64,
}

impl<'a> Dense<'a> {
    pub(super) fn new(columns: &'a [&'a [f64]], used: &'a [bool]) -> Self {
        let sums = columns.iter().map(|column| super::exact::sum(column.iter().map(|value| value.abs())));
        Self { columns, used, bound: sums.fold(0.0, f64::max) }
    }
}

impl Influences for Dense<'_> {
    type Scratch = Vec<f64>;

    fn blocks(&self) -> usize {
        1
    }

    fn columns(&self) -> usize {
        self.columns.len()
    }

    fn bound(&self) -> f64 {
        self.bound
    }

    fn scratch(&self) -> Vec<f64> {
        vec![0.0; self.columns.len()]
    }

    fn leaf(&self, rows: &[u32], scratch: &mut Vec<f64>, give: &mut impl FnMut(usize, &[f64], bool)) {
        for (total, column) in scratch.iter_mut().zip(self.columns) {
            *total = rows.iter().map(|row| column.get(*row as usize).copied().unwrap_or_default()).sum();
        }
        let present = rows.iter().any(|row| self.used.get(*row as usize) == Some(&true));
        give(0, scratch, present);
    }
}
