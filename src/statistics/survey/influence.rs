//! The second pass: how far every unit moves every estimate.
#![expect(clippy::indexing_slicing, reason = "buffers are sized by domains × items before the pass")]

use super::super::design::{Design, Exact, Influences};
use super::answers::{Domains, Entry, Statistic};
use super::calibration::{Calibration, Residuals};
use super::solution::Solution;
use super::totals::{Grids, Source, Totals, add_row};

/// Which estimates the domains are put together to.
pub(super) struct Target<'a> {
    pub(super) domains: &'a Domains,
    /// The output and the sign of each domain.
    pub(super) of_domain: Vec<(usize, f64)>,
    /// Outputs.
    pub(super) number: usize,
}

impl<'a> Target<'a> {
    /// Every domain for itself.
    pub(super) fn each(domains: &'a Domains) -> Self {
        Self { domains, of_domain: (0..domains.number).map(|domain| (domain, 1.0)).collect(), number: domains.number }
    }

    /// The first of two domains minus the second.
    pub(super) fn difference(domains: &'a Domains) -> Self {
        Self { domains, of_domain: vec![(0, 1.0), (0, -1.0)], number: 1 }
    }
}

/// Linearised values of all estimates.
pub(super) struct Linearised<'a> {
    design: &'a Design,
    source: &'a Source<'a>,
    solution: &'a Solution,
    target: &'a Target<'a>,
    grids: Grids,
    residuals: Option<Residuals<'a>>,
}

impl<'a> Linearised<'a> {
    pub(super) fn new(
        design: &'a Design,
        source: &'a Source<'a>,
        solution: &'a Solution,
        target: &'a Target<'a>,
        calibration: Option<&'a Calibration>,
    ) -> Self {
        let grids = Grids::new(source, design.weights());
        let residuals = calibration.map(|calibration| Residuals::new(calibration, source, solution, target));
        Self { design, source, solution, target, grids, residuals }
    }
}

/// Variances of every output of the target by linearisation.
///
/// Rules that count the strata or units a domain has rows in count them by the answers to each measure, as R does by
/// leaving rows without an answer out; then each measure is a walk of its own.
pub(super) fn variances(
    design: &Design,
    source: &Source<'_>,
    solution: &Solution,
    totals: &Totals,
    target: &Target<'_>,
    calibration: Option<&Calibration>,
) -> Vec<Option<f64>> {
    if calibration.is_some() || !design.counts_presence() {
        return design.variances_of(&Linearised::new(design, source, solution, target, calibration));
    }
    let measures = solution.measures;
    let mut variances = vec![None; target.number * measures];
    let rows = u32::try_from(design.rows()).unwrap_or(u32::MAX);
    for (index, measure) in source.measures.iter().enumerate() {
        let own = std::slice::from_ref(measure);
        let source = Source::new(design, source.answers, source.statistic, own);
        let solution = Solution::new(own, source.answers.items(), &totals.answered, &totals.sums);
        let mut answered = vec![0; source.words];
        let mut place = |row: u32| {
            source.answered(source.answers.row(row as usize), &mut answered);
            let domain = target.domains.of(row).filter(|_| source.speaks(0, &answered));
            domain.map_or(Domains::NONE, |domain| u32::try_from(domain).unwrap_or(Domains::NONE))
        };
        let domains = Domains { number: target.domains.number, of_row: (0..rows).map(&mut place).collect() };
        let target = Target { domains: &domains, of_domain: target.of_domain.clone(), number: target.number };
        let column = design.variances_of(&Linearised::new(design, &source, &solution, &target, None));
        for (output, variance) in column.into_iter().enumerate() {
            variances[output * measures + index] = variance;
        }
    }
    variances
}

/// What a thread keeps: sums of the leaf by domain, and its influence by output.
pub(super) struct Scratch {
    answered: Vec<Exact>,
    sums: Vec<Exact>,
    domains: Vec<usize>,
    listed: Vec<bool>,
    values: Vec<f64>,
    outputs: Vec<usize>,
    given: Vec<bool>,
    one: (Vec<f64>, Vec<f64>),
    /// Weight of the leaf in each cell of the calibration.
    cells: Vec<Exact>,
}

impl Influences for Linearised<'_> {
    type Scratch = Scratch;

    fn blocks(&self) -> usize {
        self.target.number
    }

    fn columns(&self) -> usize {
        self.solution.measures
    }

    fn bound(&self) -> f64 {
        // Σ |w a (y − μ)| / D is at most the range of y; residuals of a calibration at most double it per margin.
        4.0 * self.source.largest * self.residuals.as_ref().map_or(1.0, Residuals::bound)
    }

    fn scratch(&self) -> Scratch {
        let items = self.source.answers.items();
        Scratch {
            answered: vec![Exact::default(); self.target.domains.number * items],
            sums: vec![Exact::default(); self.target.domains.number * items],
            domains: Vec::new(),
            listed: vec![false; self.target.domains.number],
            values: vec![0.0; self.target.number * self.solution.measures],
            outputs: Vec::new(),
            given: vec![false; self.target.number],
            one: (vec![0.0; items], vec![0.0; items]),
            cells: vec![Exact::default(); self.residuals.as_ref().map_or(0, Residuals::cells)],
        }
    }

    fn leaf(&self, rows: &[u32], scratch: &mut Scratch, give: &mut impl FnMut(usize, &[f64], bool)) {
        if let [row] = rows
            && self.residuals.is_none()
        {
            self.row(*row, scratch, give);
            return;
        }
        let items = self.source.answers.items();
        for row in rows {
            let weight = self.design.weights()[*row as usize];
            if let Some(residuals) = &self.residuals {
                scratch.cells[residuals.cell(*row)].add(self.grids.weights, weight);
            }
            let Some(domain) = self.target.domains.of(*row).filter(|_| weight != 0.0) else { continue };
            let cells = domain * items..(domain + 1) * items;
            let codes = self.source.answers.row(*row as usize);
            let (answered, sums) = (&mut scratch.answered[cells.clone()], &mut scratch.sums[cells]);
            add_row(self.source, self.grids, codes, weight, answered, sums);
            if !scratch.listed[domain] {
                scratch.listed[domain] = true;
                scratch.domains.push(domain);
            }
        }
        let measures = self.solution.measures;
        for domain in scratch.domains.drain(..) {
            scratch.listed[domain] = false;
            let (output, sign) = self.target.of_domain[domain];
            let cells = domain * items..(domain + 1) * items;
            let (answered, sums) = &mut scratch.one;
            for (value, sum) in answered.iter_mut().zip(&mut scratch.answered[cells.clone()]) {
                *value = std::mem::take(sum).value();
            }
            for (value, sum) in sums.iter_mut().zip(&mut scratch.sums[cells]) {
                *value = std::mem::take(sum).value();
            }
            let into = &mut scratch.values[output * measures..(output + 1) * measures];
            self.solution.influence(domain, answered, sums, sign, into);
            if !scratch.given[output] {
                scratch.given[output] = true;
                scratch.outputs.push(output);
            }
        }
        if let Some(residuals) = &self.residuals {
            // The rows outside a domain move it too: their cell's mean is taken off.
            for (cell, weight) in scratch.cells.iter_mut().enumerate() {
                let weight = std::mem::take(weight).value();
                if weight != 0.0 {
                    residuals.take_off(cell, weight, &mut scratch.values);
                }
            }
            for output in 0..self.target.number {
                give(output, &scratch.values[output * measures..(output + 1) * measures], true);
            }
            scratch.values.fill(0.0);
            scratch.given.fill(false);
            scratch.outputs.clear();
            return;
        }
        for output in scratch.outputs.drain(..) {
            scratch.given[output] = false;
            let values = &mut scratch.values[output * measures..(output + 1) * measures];
            give(output, values, true);
            values.fill(0.0);
        }
    }
}

impl Linearised<'_> {
    /// A leaf of one row needs no sums.
    #[inline]
    fn row(&self, row: u32, scratch: &mut Scratch, give: &mut impl FnMut(usize, &[f64], bool)) {
        let weight = self.design.weights()[row as usize];
        let Some(domain) = self.target.domains.of(row).filter(|_| weight != 0.0) else { return };
        let (answered, sums) = &mut scratch.one;
        let codes = self.source.answers.row(row as usize);
        for (((code, table), answered), sum) in
            codes.iter().zip(&self.source.tables).zip(answered.iter_mut()).zip(sums.iter_mut())
        {
            let Entry { is, value, .. } = table[usize::from(*code)];
            *answered = weight * is;
            *sum = weight * value;
        }
        let (output, sign) = self.target.of_domain[domain];
        let values = &mut scratch.values[..self.solution.measures];
        values.fill(0.0);
        self.solution.influence(domain, answered, sums, sign, values);
        give(output, values, true);
        values.fill(0.0);
    }
}

/// Σ w u² and Σ w over the rows that speak, for every measure of every domain; u is a row's influence without its weight.
pub(super) fn squares(
    design: &Design,
    source: &Source<'_>,
    domains: &Domains,
    totals: &Totals,
    solution: &Solution,
) -> Vec<(f64, f64)> {
    let items = source.answers.items();
    let mut found = vec![(0.0, 0.0); domains.number * solution.measures];
    for domain in 0..domains.number {
        for (measure, item) in source.single.iter().enumerate() {
            let Some(item) = item else { continue };
            // One item: Σ w u² = (Σ w y² / D − μ²) / D.
            let cell = domain * items + item;
            let (all, sum) = (totals.answered[cell].value(), totals.sums[cell].value());
            let square = if source.statistic == Statistic::Share { sum } else { totals.squares[cell].value() };
            let mean = sum / all;
            if all > 0.0 {
                // What rounding leaves of equal answers is no spread.
                let spread = square / all - mean * mean;
                let spread = if spread <= 1e-13 * square / all { 0.0 } else { spread };
                found[domain * solution.measures + measure] = (spread / all, all);
            }
        }
    }
    let composites: Vec<usize> = source.composites.clone();
    if !composites.is_empty() {
        composite_squares(design, source, domains, totals, solution, &composites, &mut found);
    }
    found
}

/// Of composites the influence of a row depends on all its answers.
fn composite_squares(
    design: &Design,
    source: &Source<'_>,
    domains: &Domains,
    totals: &Totals,
    solution: &Solution,
    composites: &[usize],
    found: &mut [(f64, f64)],
) {
    use super::super::design::Grid;
    let items = source.answers.items();
    let cells = domains.number * composites.len();
    let weights = Grids::new(source, design.weights()).weights;
    // Of each domain and composite the terms are at most (2 × largest × Σ α)² w.
    let total: f64 = super::super::design::sum(design.weights().iter().map(|weight| weight.abs()));
    let grids: Vec<Grid> = (0..cells)
        .map(|cell| {
            let (domain, measure) = (cell / composites.len(), composites[cell % composites.len()]);
            let steepest: f64 = solution
                .terms
                .iter()
                .zip(solution.of(domain))
                .filter(|(term, _)| term.measure == measure)
                .map(|(_, [alpha, _])| alpha.abs())
                .sum();
            let reach = 2.0 * source.largest * steepest;
            Grid::new(total * reach * reach, design.rows())
        })
        .collect();
    let pass = |rows: &[u32]| {
        let mut sums = vec![(Exact::default(), Exact::default()); cells];
        let (mut is, mut values) = (vec![0.0; items], vec![0.0; items]);
        let mut answered = vec![0; source.words];
        for row in rows {
            let weight = design.weights()[*row as usize];
            let Some(domain) = domains.of(*row).filter(|_| weight != 0.0) else { continue };
            let codes = source.answers.row(*row as usize);
            for (((code, table), is), value) in codes.iter().zip(&source.tables).zip(&mut is).zip(&mut values) {
                let entry = &table[usize::from(*code)];
                (*is, *value) = (entry.is, entry.value);
            }
            source.answered(codes, &mut answered);
            for (place, measure) in composites.iter().enumerate() {
                let cell = domain * composites.len() + place;
                if source.speaks(*measure, &answered) {
                    let own = solution.influence_on(*measure, domain, &is, &values);
                    sums[cell].0.add(grids[cell], weight * own * own);
                    sums[cell].1.add(weights, weight);
                }
            }
        }
        sums
    };
    let order = design.tree().order();
    let chunk = order.len().div_ceil(super::super::threads(order.len())).max(1);
    let parts: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = order.chunks(chunk).map(|rows| scope.spawn(|| pass(rows))).collect();
        let joined = running.into_iter().map(|thread| match thread.join() {
            Ok(part) => part,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.collect()
    });
    let mut all = vec![(Exact::default(), Exact::default()); cells];
    for part in parts {
        for (mine, theirs) in all.iter_mut().zip(part) {
            mine.0.merge(theirs.0);
            mine.1.merge(theirs.1);
        }
    }
    let _ = totals;
    for (cell, (squares, weight)) in all.into_iter().enumerate() {
        let place = cell / composites.len() * solution.measures + composites[cell % composites.len()];
        found[place] = (squares.value(), weight.value());
    }
}
