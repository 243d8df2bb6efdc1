//! A survey that was never held, as a file: stratified clusters, weights, answers that do not apply, empty cells.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub(crate) const ITEMS: u32 = 22;
const STRATA: u32 = 20;
const CLUSTERS: u32 = 100;
/// Sampling units of a stratum that make a unit: 200 units.
const CLUSTERS_OF_A_UNIT: u32 = 10;

/// The code of an answer that does not apply.
pub(crate) const NOT_APPLICABLE: u8 = 9;

/// A respondent.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) stratum: u32,
    /// Counted through all strata.
    pub(crate) cluster: u32,
    pub(crate) weight: f64,
    /// 1 to 5, [`NOT_APPLICABLE`], or 0 for an empty cell.
    pub(crate) answers: [u8; ITEMS as usize],
}

impl Row {
    fn unit(&self) -> u32 {
        self.cluster / CLUSTERS_OF_A_UNIT
    }
}

/// The clusters' satisfaction, and persons drawn from them.
pub(crate) struct Survey {
    random: ChaCha8Rng,
    levels: Vec<f64>,
}

impl Survey {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let levels = (0..STRATA * CLUSTERS).map(|_| 0.72 + 0.25 * random.random::<f64>()).collect();
        Self { random, levels }
    }

    /// One person of a cluster: a level of satisfaction of their own makes the answers of a person alike.
    pub(crate) fn person(&mut self, cluster: u32) -> Row {
        let level = self.levels.get(cluster as usize).copied().unwrap_or(0.85);
        let own = (level + 0.3 * (self.random.random::<f64>() - 0.5)).clamp(0.02, 0.98);
        let mut answers = [0; ITEMS as usize];
        for (item, answer) in (0_u32..).zip(&mut answers) {
            let lot: f64 = self.random.random();
            *answer = if lot < 0.03 {
                0
            } else if lot < 0.03 + 0.01 * f64::from(item % 12) {
                NOT_APPLICABLE
            } else if self.random.random::<f64>() < own {
                4 + u8::from(self.random.random::<f64>() < 0.4)
            } else {
                self.random.random_range(1..=3)
            };
        }
        let stratum = cluster / CLUSTERS;
        let weight = (f64::from(20 + stratum) * (0.5 + self.random.random::<f64>()) * 100.0).round() / 100.0;
        Row { stratum, cluster, weight, answers }
    }
}

/// Writes `data.csv` and the design files; the size of the data.
pub(crate) fn make(folder: &Path, rows: u64, seed: u64) -> anyhow::Result<u64> {
    let mut survey = Survey::new(seed);
    let mut clusters: Vec<u32> = (0..u32::try_from(rows)?).map(|row| row % (STRATA * CLUSTERS)).collect();
    clusters.shuffle(&mut survey.random);
    let data = folder.join("data.csv");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&data).context("while making a file")?);
    let items: Vec<String> = (1..=ITEMS).map(|item| format!("c{item:02}")).collect();
    writeln!(file, "stratum,psu,unit,weight,{}", items.join(",")).context("while writing")?;
    let mut line = String::new();
    for cluster in clusters {
        let row = survey.person(cluster);
        line.clear();
        write!(line, "h{:02},p{cluster:04},u{:03},{:.2}", row.stratum, row.unit(), row.weight)?;
        for answer in row.answers {
            line.push(',');
            if answer > 0 {
                line.push(char::from(b'0' + answer));
            }
        }
        line.push('\n');
        file.write_all(line.as_bytes()).context("while writing")?;
    }
    file.into_inner().context("while writing")?.sync_all().context("while writing")?;
    let names = items.iter().map(|item| format!("\"{item}\"")).collect::<Vec<_>>().join(", ");
    for (name, replicates) in [
        ("design.toml", ""),
        ("bootstrap.toml", "replicates = { type = \"bootstrap\", count = 200, seed = 1 }\n"),
        ("jackknife.toml", "replicates = { type = \"JKn\" }\n"),
    ] {
        let text = format!(
            "[design]\nweights = \"weight\"\nstrata = [\"stratum\"]\nids = [\"psu\"]\n{replicates}\
             [answers]\nitems = [{names}]\nsatisfied = [4, 5]\nnot_applicable = [{NOT_APPLICABLE}]\nby = [[\"unit\"]]\n\
             [report]\ntargets = [0.85, 0.90]\n"
        );
        std::fs::write(folder.join(name), text).context("while writing")?;
    }
    Ok(std::fs::metadata(&data).context("while looking at a file")?.len())
}
