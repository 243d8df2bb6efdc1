//! Small surveys of every kind of design, analysed from their files; most with something changed in one of the files.

use std::fmt::Write as _;
use std::path::Path;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use thuocdo::analysis::{Progress, analyse};

use super::mutation::{TOKENS, chance, mutate, pick};
use super::{Input, Target};

pub(super) struct Surveys;

const DESIGN: &str = "design.toml";
const DATA: &str = "data.csv";

impl Target for Surveys {
    fn name(&self) -> &'static str {
        "surveys"
    }

    fn reads_files(&self) -> bool {
        true
    }

    fn make(&self, random: &mut ChaCha8Rng) -> Input {
        let design = design(random);
        let mut files = vec![
            (DESIGN, design.into_bytes()),
            (DATA, data(random).into_bytes()),
            ("sex.csv", b"sex,total\nF,510\nM,490.5\n".to_vec()),
            ("age.csv", b"age,total\na,300\nb,400\nc,300.5\n".to_vec()),
        ];
        // Half of the surveys stay whole; in the others mostly one file is changed.
        for (name, bytes) in &mut files {
            let share = match *name {
                DESIGN => 0.2,
                DATA => 0.3,
                _ => 0.05,
            };
            if chance(random, share) {
                mutate(bytes, random);
            }
        }
        files
    }

    fn run(&self, _input: &Input, folder: &Path) -> Result<bool, String> {
        let progress = Progress::default();
        let report = match analyse(&folder.join(DESIGN), &folder.join(DATA), &progress) {
            Ok(report) => report,
            Err(problems) if problems.listed().is_empty() => return Err("refused wordlessly".to_owned()),
            Err(_refused) => return Ok(false),
        };
        let json = report.json();
        let report_csv = report.csv().map_err(|error| format!("no CSV: {error}"))?;
        if report.table().is_empty() || report_csv.is_empty() || progress.line().is_empty() {
            return Err("nothing to read".to_owned());
        }
        checked(&serde_json::from_str(&json).map_err(|error| format!("no JSON: {error}"))?).map(|()| true)
    }
}

// ---- oracles --------------------------------------------------------------------------------------------------------

/// What must hold of every report.
fn checked(report: &Value) -> Result<(), String> {
    // Linear calibration and given replicate weights may make weights negative, and then shares are any numbers.
    let negative =
        report.pointer("/design/calibration/smallest_factor").and_then(Value::as_f64).is_some_and(|f| f < 0.0);
    let lines = |key: &str| report.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let estimates = lines("estimates");
    if estimates.is_empty() {
        return Err("a report without an estimate".to_owned());
    }
    for line in &estimates {
        let wrong = |what: &str| Err(format!("{what}: {line}"));
        let number = |key: &str| line.get(key).and_then(Value::as_f64);
        let is_share = line.get("statistic").and_then(Value::as_str) == Some("share");
        if is_share && !negative && number("estimate").is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            return wrong("a share outside 0 to 1");
        }
        if ["se", "df", "n", "deff"].iter().any(|key| number(key).is_some_and(|value| value < 0.0)) {
            return wrong("a negative number");
        }
        let limits = line.get("intervals").and_then(Value::as_object).cloned().unwrap_or_default();
        for (method, limits) in &limits {
            let limit = |end: usize| limits.get(end).and_then(Value::as_f64);
            let (Some(low), Some(high)) = (limit(0), limit(1)) else {
                if limits.is_null() {
                    continue;
                }
                return wrong("a limit that is no number");
            };
            let Some(value) = number("estimate") else { return wrong("an interval around nothing") };
            let size = 1.0_f64.max(value.abs());
            let reach = 1e-9 * size;
            let around = low - reach..=high + reach;
            if !negative && !around.contains(&value) {
                return wrong("an interval beside the estimate");
            }
            if is_share && !negative && method != "mean" && (low < -1e-12 || high > 1.0 + 1e-12) {
                return wrong("a limit outside 0 to 1");
            }
        }
        verdicts(line, &limits)?;
    }
    for line in lines("differences") {
        let p = line.get("p_value").and_then(Value::as_f64);
        if p.is_some_and(|p| !(0.0..=1.0).contains(&p)) {
            return Err(format!("a p-value outside 0 to 1: {line}"));
        }
    }
    Ok(())
}

/// A verdict says what its interval says.
fn verdicts(line: &Value, limits: &serde_json::Map<String, Value>) -> Result<(), String> {
    let deciding = line.get("deciding_interval").and_then(Value::as_str).and_then(|method| limits.get(method));
    let limit = |end: usize| deciding.and_then(|limits| limits.get(end)).and_then(Value::as_f64);
    for verdict in line.get("verdicts").and_then(Value::as_array).into_iter().flatten() {
        let target = verdict.get("target").and_then(Value::as_f64).unwrap_or(f64::NAN);
        let agrees = match verdict.get("verdict").and_then(Value::as_str) {
            Some("met") => limit(0).is_some_and(|low| low >= target - 1e-12),
            Some("not_met") => limit(1).is_some_and(|high| high < target),
            Some("undetermined") => limit(0).zip(limit(1)).is_some_and(|(low, high)| low < target && high >= target),
            Some("not_publishable") => true,
            _ => false,
        };
        if !agrees {
            return Err(format!("a verdict beside its interval: {line}"));
        }
    }
    Ok(())
}

// ---- files ----------------------------------------------------------------------------------------------------------

/// One of some texts.
fn one_of(random: &mut ChaCha8Rng, from: &[&'static str]) -> &'static str {
    pick(random, from).unwrap_or_default()
}

/// A design file for the columns of [`data`]; most are possible, some contradict the data.
pub(super) fn design(random: &mut ChaCha8Rng) -> String {
    let mut text = String::from("[design]\n");
    let parts = [
        one_of(random, &["", "weights = \"weight\"\n", "weights = \"weight\"\n"]),
        one_of(
            random,
            &[
                "",
                "strata = [\"stratum\"]\n",
                "strata = \"stratum\"\n",
                "strata = [\"stratum\"]\ncollapse = { h2 = \"h1\" }\n",
            ],
        ),
        one_of(
            random,
            &[
                "",
                "ids = [\"unit\"]\n",
                "ids = [\"unit\", \"home\"]\n",
                "ids = [\"unit\"]\nfpc = [\"all_units\"]\n",
                "ids = [\"unit\", \"home\"]\nfpc = [\"all_units\", \"all_homes\"]\n",
                "fpc = [\"all_units\", \"all_homes\"]\n",
            ],
        ),
        one_of(random, &["", "", "nest = true\n", "nest = false\n"]),
        one_of(
            random,
            &[
                "",
                "",
                "lonely_psu = \"remove\"\n",
                "lonely_psu = \"certainty\"\n",
                "lonely_psu = \"adjust\"\n",
                "lonely_psu = \"average\"\n",
            ],
        ),
        one_of(
            random,
            &[
                "",
                "",
                "",
                "replicates = { type = \"JKn\" }\n",
                "replicates = { type = \"JK1\", mse = true }\n",
                "replicates = { type = \"BRR\" }\n",
                "replicates = { type = \"Fay\", rho = 0.3 }\n",
                "replicates = { type = \"bootstrap\", count = 20, seed = 3 }\n",
                "replicates = { type = \"BRR\", columns = [\"r1\", \"r2\", \"r3\"] }\n",
                "replicates = { type = \"JK1\", columns = [\"r1\", \"r2\"], scale = 0.5, rscales = 1 }\n",
            ],
        ),
        one_of(
            random,
            &[
                "",
                "",
                "[calibration]\nmethod = \"poststratify\"\nmargins = [{ columns = [\"sex\"], totals = \"sex.csv\" }]\n",
                "[calibration]\nmethod = \"rake\"\nmargins = [{ columns = [\"sex\"], totals = \"sex.csv\" }, { columns = \
                 [\"age\"], totals = \"age.csv\" }]\n",
                "[calibration]\nmethod = \"linear\"\nmargins = [{ columns = [\"sex\"], totals = \"sex.csv\" }]\n",
                "[calibration]\nmethod = \"bounded\"\nbounds = [0.2, 4]\nmargins = [{ columns = [\"age\"], totals = \
                 \"age.csv\" }]\n",
            ],
        ),
        "[answers]\nitems = [\"c1\", \"c2\", \"c3\"]\n",
        one_of(random, &["satisfied = [4, 5]\n", "satisfied = [4, 5]\n", "satisfied = [4, 5]\n", "satisfied = [5]\n"]),
        one_of(
            random,
            &["not_applicable = [9]\n", "not_applicable = [9]\n", "not_applicable = 9\n", "not_applicable = [9, 3]\n"],
        ),
        one_of(random, &["", "levels = [1, 2, 3, 4, 5]\n", "levels = [1, 2, 3, 4, 5]\n"]),
        one_of(random, &["", "by = [[\"sex\"], [\"sex\", \"age\"]]\n", "by = [[\"unit\"]]\n"]),
        one_of(
            random,
            &[
                "",
                "[index]\ncomposite = \"pooled_answers\"\n",
                "[index]\ncomposite = \"mean_of_factors\"\n[index.factors]\none = [\"c1\", \"c2\"]\ntwo = [\"c3\"]\n",
                "[index]\nfactors = { one = [\"c1\"], two = [\"c2\", \"c3\"] }\ncomposite = { weighted = { one = 0.4, two = \
                 0.6 } }\n",
            ],
        ),
        "[report]\n",
        one_of(random, &["", "statistics = [\"share\", \"mean\"]\n", "statistics = [\"mean\"]\n"]),
        one_of(
            random,
            &[
                "",
                "intervals = [\"xlogit\", \"beta\", \"wilson\", \"asin\", \"logit\", \"mean\", \"korn_graubard_nchs\"]\n",
                "intervals = [\"beta\"]\n",
            ],
        ),
        one_of(random, &["", "", "level = 0.9\n", "level = 0.999\n"]),
        one_of(random, &["", "targets = [0.5, 0.85, 0.90]\n", "targets = [0, 1]\n"]),
        one_of(random, &["", "differences = [{ by = \"sex\", of = [\"F\", \"M\"] }]\n"]),
    ];
    text.extend(parts);
    text
}

/// Rows of up to three strata with up to five units of up to five persons.
fn data(random: &mut ChaCha8Rng) -> String {
    let delimiter = *pick(random, &[",", ",", ",", ";", "\t"]).get_or_insert(",");
    let end = if chance(random, 0.2) { "\r\n" } else { "\n" };
    let comma = delimiter != "," && chance(random, 0.5);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let fewest = if chance(random, 0.2) { 1 } else { 2 };
    let satisfied = if chance(random, 0.1) { 1.0 } else { random.random_range(0.3..1.0) };
    for stratum in 1..=random.random_range(1..=3) {
        let units = random.random_range(fewest..=4);
        for unit in 1..=units {
            let persons = random.random_range(1..=5);
            for person in 1..=persons {
                let weight = format!("{:.2}", 30.0 * random.random::<f64>());
                let mut row = vec![
                    format!("h{stratum}"),
                    format!("p{stratum}{unit}"),
                    format!("{person}"),
                    if comma { weight.replace('.', ",") } else { weight },
                    format!("{}", units + stratum),
                    format!("{}", persons + 3),
                    one_of(random, &["F", "M"]).to_owned(),
                    one_of(random, &["a", "b", "c"]).to_owned(),
                ];
                for _ in 0..3 {
                    row.push(format!("{}", random.random_range(0..30)));
                }
                for _ in 0..3 {
                    let level = if chance(random, satisfied) { ["4", "5"] } else { ["1", "3"] };
                    let level = if chance(random, 0.1) { ["", "9"] } else { level };
                    row.push(one_of(random, &level).to_owned());
                }
                rows.push(row);
            }
        }
    }
    // Cells with what nobody expects; the rest of the file stays as it is.
    if chance(random, 0.2) {
        for _ in 0..random.random_range(1..=4) {
            let token = pick(random, &TOKENS).unwrap_or_default();
            let row = random.random_range(0..rows.len());
            let cell = random.random_range(0..14);
            if let Some(cell) = rows.get_mut(row).and_then(|row| row.get_mut(cell)) {
                *cell = format!("\"{}\"", token.replace('"', "\"\""));
            }
        }
    }
    let mut text = String::from(if chance(random, 0.1) { "\u{feff}" } else { "" });
    let header = "stratum,unit,home,weight,all_units,all_homes,sex,age,r1,r2,r3,c1,c2,c3";
    text += &header.replace(',', delimiter);
    text += end;
    for row in rows {
        let _ = write!(text, "{}{end}", row.join(delimiter));
    }
    text
}
