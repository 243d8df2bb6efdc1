//! `thuocdo analyse`, through the same door the command uses: files in, a report or all refusals out.
#![cfg(test)]

mod contract;
mod refusals;
mod styles;
mod traps;

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use thuocdo::analysis::{Problems, Progress, Report, analyse};

/// A folder with a design file and a data file.
struct Files {
    folder: TempDir,
}

impl Files {
    fn new(design: &str, data: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("design.toml"), design).unwrap();
        std::fs::write(folder.path().join("data.csv"), data).unwrap();
        Self { folder }
    }

    /// The reference data under a design.
    fn of_reference(design: &str, name: &str) -> Self {
        Self::new(design, &std::fs::read(reference(name)).unwrap())
    }

    fn with(self, name: &str, text: &str) -> Self {
        std::fs::write(self.folder.path().join(name), text).unwrap();
        self
    }

    fn run(&self) -> Result<Report, Problems> {
        let path = self.folder.path();
        analyse(&path.join("design.toml"), &path.join("data.csv"), &Progress::default())
    }

    fn json(&self) -> Value {
        let report = self.run().unwrap_or_else(|problems| panic!("refused: {problems}"));
        serde_json::from_str(&report.json()).unwrap()
    }

    fn refusals(&self) -> Vec<String> {
        let problems = self.run().expect_err("this must be refused");
        problems.listed().to_vec()
    }
}

fn reference(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stats/data")).join(name)
}

/// The estimate of a measure in a domain, given as JSON, or of the whole.
fn estimate<'a>(report: &'a Value, measure: &str, statistic: &str, domain: &Value) -> &'a Value {
    let found = report["estimates"].as_array().unwrap().iter().find(|estimate| {
        estimate["measure"] == measure && estimate["statistic"] == statistic && estimate["domain"] == *domain
    });
    found.unwrap_or_else(|| panic!("no {statistic} of {measure} in {domain}"))
}

fn whole<'a>(report: &'a Value, measure: &str) -> &'a Value {
    estimate(report, measure, "share", &Value::Null)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn near(ours: &Value, theirs: f64) {
    let ours = number(ours);
    assert!((ours - theirs).abs() <= 1e-10 + 1e-8 * theirs.abs(), "{ours} is not {theirs}");
}
