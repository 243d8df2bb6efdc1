//! Files of totals become margins, and these calibrated weights.
#![expect(clippy::indexing_slicing, reason = "columns are looked up by names that were checked when they were read")]

use std::collections::BTreeMap;
use std::path::Path;

use super::super::problems::Problems;
use super::super::reader::Names;
use super::super::totals_file;
use super::Analysis;
use crate::statistics::survey::{Calibration, CalibrationError, Margin};

impl Analysis<'_> {
    pub(super) fn calibration(&mut self, folder: &Path) -> Result<Option<Calibration>, Problems> {
        let Some(plan) = &self.file.calibration else { return Ok(None) };
        let mut problems = Problems::default();
        let (mut margins, mut levels) = (Vec::new(), Vec::new());
        for (columns, totals) in &plan.margins {
            match self.margin(columns, &folder.join(totals)) {
                Ok((margin, names)) => {
                    margins.push(margin);
                    levels.push(names);
                }
                Err(more) => problems.extend(more),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let calibration = Calibration::new(self.data.weights.clone(), plan.method, margins).map_err(|errors| {
            for error in errors {
                let name = |margin: usize| plan.margins[margin].0.join(" × ");
                let level = |margin: usize, level: usize| levels[margin][level].join(", ");
                problems.add(match error {
                    CalibrationError::EmptyLevel { margin, level: place } => format!(
                        "{}: “{}” has a total but nobody in the sample; merge it with another level",
                        name(margin),
                        level(margin, place)
                    ),
                    CalibrationError::BadTotal { margin, level: place } => {
                        format!("{}: the total of “{}” must be a number from 0 up", name(margin), level(margin, place))
                    }
                    CalibrationError::TotalsDiffer { margin, sum, first } => format!(
                        "the totals of {} add up to {sum}, those of {} to {first}: they must agree",
                        name(margin),
                        name(0)
                    ),
                    other => format!("[calibration] {other}"),
                });
            }
            problems
        })?;
        if calibration.range().0 < 0.0 {
            self.warnings.push("calibration made some weights negative: merge levels, or rake instead".to_owned());
        }
        Ok(Some(calibration))
    }

    /// Reads a file of totals and finds the level of every row.
    fn margin(&self, columns: &[String], path: &Path) -> Result<(Margin, Vec<Vec<String>>), Problems> {
        let (keys, totals) = totals_file::read(path, columns)?;
        let known: BTreeMap<&[String], u32> = keys
            .iter()
            .enumerate()
            .map(|(level, key)| (key.as_slice(), u32::try_from(level).unwrap_or(u32::MAX)))
            .collect();
        let names: Vec<&Names> = columns.iter().map(|column| self.names(column)).collect();
        let mut seen: std::collections::HashMap<Vec<u32>, u32> = std::collections::HashMap::new();
        let mut of_row = Vec::with_capacity(self.data.rows);
        let mut problems = Problems::default();
        let mut codes = vec![0; names.len()];
        for row in 0..self.data.rows {
            for (code, names) in codes.iter_mut().zip(&names) {
                *code = names.of_row[row];
            }
            if let Some(level) = seen.get(&codes) {
                of_row.push(*level);
                continue;
            }
            let key: Vec<String> = names.iter().map(|names| names.name(row).to_owned()).collect();
            let level = known.get(key.as_slice()).copied().unwrap_or_else(|| {
                let what = key
                    .iter()
                    .map(|name| if name.is_empty() { "(empty)" } else { name })
                    .collect::<Vec<_>>()
                    .join(", ");
                problems.add(format!("{}: no total for “{what}” (data row {})", path.display(), row + 1));
                0
            });
            seen.insert(codes.clone(), level);
            of_row.push(level);
        }
        if problems.is_empty() { Ok((Margin { of_row, totals }, keys)) } else { Err(problems) }
    }
}
