//! Cells become answers: which levels count as satisfied, which are none, which lie outside the scale.
#![expect(clippy::indexing_slicing, reason = "columns are looked up by names that were checked when they were read")]

use super::super::design_file::LevelName;
use super::super::problems::Problems;
use super::Analysis;
use crate::statistics::survey::{Answers, Level, Statistic};

impl Analysis<'_> {
    fn level(&self, name: &str) -> Level {
        let is = |levels: &[LevelName]| levels.iter().any(|level| level.is(name));
        Level {
            answered: !name.is_empty() && !is(&self.file.not_applicable),
            value: name.parse().ok().filter(|value: &f64| value.is_finite()),
            satisfied: is(&self.file.satisfied),
        }
    }

    /// Whether a level lies outside the scale, and why.
    fn outside(&self, name: &str) -> Option<String> {
        let file = self.file;
        let listed = |levels: &[LevelName]| levels.iter().any(|level| level.is(name));
        if name.is_empty() || listed(&file.not_applicable) || listed(&file.satisfied) {
            return None;
        }
        if let Some(levels) = &file.levels {
            let known: Vec<String> = levels.iter().map(ToString::to_string).collect();
            return (!listed(levels)).then(|| format!("the levels are {}", known.join(", ")));
        }
        let numbers: Option<Vec<f64>> = file
            .satisfied
            .iter()
            .map(|level| if let LevelName::Number(number) = level { Some(*number) } else { None })
            .collect();
        let value = name.parse::<f64>().ok().filter(|value| value.is_finite());
        if file.statistics.contains(&Statistic::Mean) && value.is_none() {
            return Some("a mean needs numbers".to_owned());
        }
        let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
        let Some(value) = value else { return Some("the satisfied levels are numbers".to_owned()) };
        let scale = Scale::of(&numbers)?;
        (!scale.holds(value)).then(|| {
            let last = scale.last;
            format!("the scale is taken as {} to {last}; list other levels under [answers] levels", scale.first)
        })
    }

    pub(super) fn answers(&mut self) -> Result<Answers, Problems> {
        let mut problems = Problems::default();
        let names = std::mem::take(&mut self.data.levels);
        let items = names.len();
        for (item, levels) in names.iter().enumerate() {
            for (code, level) in levels.iter().enumerate() {
                let Some(why) = self.outside(level) else { continue };
                let rows = self.data.codes.chunks_exact(items).enumerate();
                let found = rows.filter(|(_, codes)| usize::from(codes[item]) == code).map(|(row, _)| row + 1);
                let (rows, count) = first_and_count(found);
                let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
                let more = if count > rows.len() { format!(" and {} more", count - rows.len()) } else { String::new() };
                let column = &self.file.items[item];
                problems.add(format!(
                    "{column}: level “{level}” is outside the scale ({why}); data rows {}{more}",
                    rows.join(", ")
                ));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        for level in &self.file.satisfied {
            if !names.iter().flatten().any(|name| level.is(name)) {
                self.warnings.push(format!("nobody gave the satisfied level “{level}”: check how it is written"));
            }
        }
        let others = names.iter().flatten().filter(|name| {
            let level = self.level(name);
            level.answered && !level.satisfied
        });
        // For people to look over: of a number with many values the first are enough.
        self.not_satisfied =
            others.cloned().collect::<std::collections::BTreeSet<String>>().into_iter().take(50).collect();
        let levels = names.iter().map(|levels| levels.iter().map(|name| self.level(name)).collect()).collect();
        let answers = Answers::new(std::mem::take(&mut self.data.codes), levels);
        // Code 0 is an empty cell.
        answers.map(|answers| answers.with_missing(0)).map_err(|error| {
            problems.add(error.to_string());
            problems
        })
    }
}

/// The first ten rows, and how many there are.
fn first_and_count(rows: impl Iterator<Item = usize>) -> (Vec<usize>, usize) {
    let (mut first, mut count) = (Vec::new(), 0);
    for row in rows {
        if first.len() < 10 {
            first.push(row);
        }
        count += 1;
    }
    (first, count)
}

/// A scale of whole numbers, taken from the satisfied levels where these leave no doubt.
struct Scale {
    first: f64,
    last: f64,
}

impl Scale {
    /// Satisfied levels that are a run of at least two whole numbers from 2 up end the scale: (4, 5) means 1 to 5. A scale
    /// that ends otherwise than at 5 may begin at 0.
    fn of(satisfied: &[f64]) -> Option<Self> {
        let mut run = satisfied.to_vec();
        run.sort_by(f64::total_cmp);
        let whole = run.iter().all(|level| level.fract().abs() < 1e-12 && *level >= 2.0);
        let steps = run.windows(2).all(|pair| (pair[1] - pair[0] - 1.0).abs() < 1e-12);
        let last = *run.last()?;
        (whole && steps && run.len() >= 2)
            .then(|| Self { first: if (last - 5.0).abs() < 1e-12 { 1.0 } else { 0.0 }, last })
    }

    fn holds(&self, value: f64) -> bool {
        (self.first..=self.last).contains(&value) && value.fract().abs() < 1e-12
    }
}
