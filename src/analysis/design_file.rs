//! The design file: what the columns of a data file are and what is asked of them.

use toml::{Table, Value};

use super::problems::Problems;
use crate::statistics::design::{LonelyRule, MAX_STAGES};
use crate::statistics::survey::{CalibrationMethod, IntervalMethod, ReplicateMethod, Statistic};

/// The most items.
const MOST_ITEMS: usize = 500;
/// The most targets, domain sets, factors, margins or differences.
const MOST_ENTRIES: usize = 500;

/// What the file asks, checked for everything that needs no data.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignFile {
    /// `[design]`.
    pub sampling: Sampling,
    /// `[calibration]`.
    pub calibration: Option<CalibrationPlan>,
    /// Items, in order.
    pub items: Vec<String>,
    /// Levels that count as satisfied.
    pub satisfied: Vec<LevelName>,
    /// Levels that are no answer.
    pub not_applicable: Vec<LevelName>,
    /// All levels there are, where the file says so.
    pub levels: Option<Vec<LevelName>>,
    /// Sets of domains.
    pub by: Vec<Vec<String>>,
    /// Factors with their items, in order.
    pub factors: Vec<(String, Vec<usize>)>,
    /// How the composite is made; `None`: there is none.
    pub composite: Option<CompositePlan>,
    /// What is reported.
    pub statistics: Vec<Statistic>,
    /// Intervals asked for; empty: the defaults.
    pub intervals: Vec<IntervalMethod>,
    /// Confidence level.
    pub level: f64,
    /// Targets, as written and as shares.
    pub targets: Vec<f64>,
    /// Differences.
    pub differences: Vec<DifferencePlan>,
}

/// `[design]`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sampling {
    /// Column of weights.
    pub weights: Option<String>,
    /// Columns of strata, one per stage.
    pub strata: Vec<String>,
    /// Columns of sampling units, first stage first.
    pub ids: Vec<String>,
    /// Columns of population counts or fractions.
    pub fpc: Vec<String>,
    /// Whether unit names repeat between strata.
    pub nest: bool,
    /// What to do about strata with one unit.
    pub lonely: LonelyRule,
    /// Strata joined to others before anything is computed: (stratum, into).
    pub collapse: Vec<(String, String)>,
    /// Replicates instead of linearisation.
    pub replicates: Option<ReplicatePlan>,
}

/// `replicates = { … }`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplicatePlan {
    /// How they are made.
    pub method: ReplicateMethod,
    /// Columns of full replicate weights; empty: made from the design.
    pub columns: Vec<String>,
    /// The common scale, where given.
    pub scale: Option<f64>,
    /// The scale of each replicate, where given.
    pub scales: Option<Vec<f64>>,
    /// Whether replicates are compared with the estimate instead of their mean.
    pub mse: bool,
}

/// `[calibration]`.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrationPlan {
    /// How weights are changed.
    pub method: CalibrationMethod,
    /// Columns and the file of their totals.
    pub margins: Vec<(Vec<String>, String)>,
}

/// How a composite is made of items.
#[derive(Debug, Clone, PartialEq)]
pub enum CompositePlan {
    /// Every item weighs the same.
    MeanOfItems,
    /// Every factor weighs the same.
    MeanOfFactors,
    /// All answers together.
    PooledAnswers,
    /// Factors with weights, in the order of the factors.
    Weighted(Vec<f64>),
}

impl CompositePlan {
    /// The word used in files.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::MeanOfItems => "mean_of_items",
            Self::MeanOfFactors => "mean_of_factors",
            Self::PooledAnswers => "pooled_answers",
            Self::Weighted(_) => "weighted",
        }
    }
}

/// A difference between two domains of one column.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferencePlan {
    /// The column.
    pub by: String,
    /// Its two values: first minus second.
    pub of: [LevelName; 2],
}

/// A level or another value, as a number or as words.
#[derive(Debug, Clone, PartialEq)]
pub enum LevelName {
    /// A number: “4”, “4.0” and “04” are the same.
    Number(f64),
    /// Words, compared letter by letter.
    Word(String),
}

impl LevelName {
    /// Whether a cell of the data is this level.
    pub fn is(&self, cell: &str) -> bool {
        match self {
            Self::Number(number) => {
                cell.parse::<f64>().is_ok_and(|value| value.total_cmp(number).is_eq() || (value - number).abs() < 1e-12)
            }
            Self::Word(word) => word == cell,
        }
    }
}

impl LevelName {
    /// The value as the design file has it.
    pub(super) fn json(&self) -> serde_json::Value {
        match self {
            #[expect(clippy::cast_possible_truncation, reason = "whole, and far below 2^53")]
            Self::Number(number) if number.fract().abs() < f64::EPSILON && number.abs() < 1e15 => {
                (*number as i64).into()
            }
            Self::Number(number) => (*number).into(),
            Self::Word(word) => word.as_str().into(),
        }
    }
}

impl std::fmt::Display for LevelName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Word(word) => f.write_str(word),
        }
    }
}

impl DesignFile {
    /// Reads the file, or tells everything that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let root: Table = match text.strip_prefix('\u{feff}').unwrap_or(text).parse() {
            Ok(root) => root,
            Err(error) => {
                let message = error.to_string();
                let lines: Vec<&str> = message.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
                problems.add(format!("no valid TOML: {}", lines.join(" ")));
                return Err(problems);
            }
        };
        let mut reader = Reader { problems };
        let file = reader.file(&root);
        if reader.problems.is_empty() { Ok(file) } else { Err(reader.problems) }
    }
}

struct Reader {
    problems: Problems,
}

const SECTIONS: [&str; 5] = ["design", "calibration", "answers", "index", "report"];

impl Reader {
    fn file(&mut self, root: &Table) -> DesignFile {
        self.known_keys("", root, &SECTIONS);
        let empty = Table::new();
        let [design, calibration, answers, index, report] = SECTIONS.map(|name| match root.get(name) {
            None => None,
            Some(Value::Table(table)) => Some(table),
            Some(_) => {
                self.problems.add(format!("[{name}] must be a table"));
                None
            }
        });
        let sampling = self.sampling(design.unwrap_or(&empty));
        let calibration = calibration.and_then(|table| self.calibration(table));
        let answers = answers.unwrap_or(&empty);
        self.known_keys("[answers] ", answers, &["items", "satisfied", "not_applicable", "levels", "by"]);
        let items = self.names("[answers] items", answers.get("items"));
        if items.is_empty() {
            self.problems.add("[answers] items: name at least one column of answers".to_owned());
        }
        self.no_repeats("[answers] items", &items);
        self.at_most("[answers] items", items.len(), MOST_ITEMS);
        let satisfied = self.level_names("[answers] satisfied", answers.get("satisfied"));
        let not_applicable = self.level_names("[answers] not_applicable", answers.get("not_applicable"));
        let levels = answers.get("levels").map(|value| self.level_names("[answers] levels", Some(value)));
        for level in satisfied.iter().filter(|level| not_applicable.contains(level)) {
            self.problems.add(format!("level {level} is both satisfied and not_applicable"));
        }
        let by = self.domain_sets(answers.get("by"));
        let (factors, composite) = index.map_or((Vec::new(), None), |table| self.index(table, &items));
        let report = report.unwrap_or(&empty);
        self.known_keys("[report] ", report, &["statistics", "intervals", "level", "targets", "differences"]);
        let statistics = self.statistics(report.get("statistics"));
        if statistics.contains(&Statistic::Share) && satisfied.is_empty() {
            self.problems.add(
                "[answers] satisfied: say which levels count as satisfied, or ask for statistics = [\"mean\"] only"
                    .to_owned(),
            );
        }
        DesignFile {
            sampling,
            calibration,
            satisfied,
            not_applicable,
            levels,
            by,
            factors,
            composite,
            statistics,
            intervals: self.intervals(report.get("intervals")),
            level: self.level(report.get("level")),
            targets: self.targets(report.get("targets")),
            differences: self.differences(report.get("differences")),
            items,
        }
    }

    fn sampling(&mut self, table: &Table) -> Sampling {
        let keys = ["weights", "strata", "ids", "fpc", "nest", "lonely_psu", "collapse", "replicates"];
        self.known_keys("[design] ", table, &keys);
        let sampling = Sampling {
            weights: table.get("weights").and_then(|value| self.word("[design] weights", value)),
            strata: self.names("[design] strata", table.get("strata")),
            ids: self.names("[design] ids", table.get("ids")),
            fpc: self.names("[design] fpc", table.get("fpc")),
            nest: table.get("nest").is_some_and(|value| self.truth("[design] nest", value)),
            lonely: self.lonely(table.get("lonely_psu")),
            collapse: self.collapse(table.get("collapse")),
            replicates: table.get("replicates").and_then(|value| self.replicates(value)),
        };
        self.at_most("[design] ids", sampling.ids.len(), MAX_STAGES);
        let stages = sampling.ids.len().max(1);
        for (name, given) in [("strata", sampling.strata.len()), ("fpc", sampling.fpc.len())] {
            if given > stages {
                self.problems.add(format!("[design] {name}: {given} columns for {stages} stages of sampling (ids)"));
            }
        }
        self.no_repeats("[design] ids", &sampling.ids);
        if !sampling.collapse.is_empty() && sampling.strata.is_empty() {
            self.problems.add("[design] collapse: there are no strata to join".to_owned());
        }
        sampling
    }

    fn lonely(&mut self, value: Option<&Value>) -> LonelyRule {
        let Some(word) = value.and_then(|value| self.word("[design] lonely_psu", value)) else {
            return LonelyRule::Fail;
        };
        match word.as_str() {
            "fail" => LonelyRule::Fail,
            "remove" => LonelyRule::Remove,
            "certainty" => LonelyRule::Certainty,
            "adjust" => LonelyRule::Adjust,
            "average" => LonelyRule::Average,
            other => {
                let known = "fail, remove, certainty, adjust or average";
                self.problems.add(format!("[design] lonely_psu: “{other}” is none of {known}"));
                LonelyRule::Fail
            }
        }
    }

    fn collapse(&mut self, value: Option<&Value>) -> Vec<(String, String)> {
        let Some(value) = value else { return Vec::new() };
        let Value::Table(table) = value else {
            self.problems.add("[design] collapse: write { h2 = \"h1\" }: stratum h2 is joined to h1".to_owned());
            return Vec::new();
        };
        let mut joined = Vec::new();
        for (from, into) in table {
            let Some(into) = self.word(&format!("[design] collapse.{from}"), into) else { continue };
            if table.contains_key(&into) {
                self.problems
                    .add(format!("[design] collapse: {from} is joined to {into}, which is itself joined to another"));
            }
            joined.push((from.clone(), into));
        }
        joined
    }

    fn replicates(&mut self, value: &Value) -> Option<ReplicatePlan> {
        let at = "[design] replicates";
        let Value::Table(table) = value else {
            self.problems.add(format!("{at}: write {{ type = \"JKn\" }}"));
            return None;
        };
        self.known_keys(
            "[design] replicates: ",
            table,
            &["type", "rho", "count", "seed", "columns", "scale", "rscales", "mse"],
        );
        let columns = self.names("[design] replicates.columns", table.get("columns"));
        self.no_repeats("[design] replicates.columns", &columns);
        let kind = table.get("type").and_then(|value| self.word("[design] replicates.type", value));
        let number = |reader: &mut Self, key: &str| {
            table.get(key).and_then(|value| reader.number(&format!("{at}.{key}"), value))
        };
        let method = match kind.as_deref() {
            Some("JK1") => ReplicateMethod::Jk1,
            Some("JKn") => ReplicateMethod::Jkn,
            Some("BRR") => ReplicateMethod::Brr,
            Some("Fay") => match number(self, "rho") {
                Some(rho) if (0.0..1.0).contains(&rho) => ReplicateMethod::Fay { rho },
                _ => {
                    self.problems.add(format!("{at}.rho: Fay's method needs a number at least 0 and below 1"));
                    return None;
                }
            },
            Some("bootstrap") => {
                let count = table.get("count").map_or(Some(200), |value| self.whole(&format!("{at}.count"), value))?;
                let seed = table.get("seed").map_or(Some(1), |value| self.whole(&format!("{at}.seed"), value))?;
                let most = crate::statistics::survey::MAX_REPLICATES;
                let Some(count) = usize::try_from(count).ok().filter(|count| (2..=most).contains(count)) else {
                    self.problems.add(format!("{at}.count: {count} replicates; 2 to {most} are possible"));
                    return None;
                };
                ReplicateMethod::Bootstrap { count, seed }
            }
            Some(other) => {
                self.problems.add(format!("{at}.type: “{other}” is none of JK1, JKn, BRR, Fay, bootstrap"));
                return None;
            }
            None => {
                self.problems.add(format!("{at}.type: say JK1, JKn, BRR, Fay or bootstrap"));
                return None;
            }
        };
        let scales = table.get("rscales").and_then(|value| match value {
            Value::Array(values) => {
                values.iter().map(|value| self.number(&format!("{at}.rscales"), value)).collect::<Option<Vec<f64>>>()
            }
            other => self.number(&format!("{at}.rscales"), other).map(|scale| vec![scale; columns.len()]),
        });
        let scale = number(self, "scale");
        if scale.iter().chain(scales.iter().flatten()).any(|scale| !(scale.is_finite() && *scale >= 0.0)) {
            self.problems.add(format!("{at}: scale and rscales must be numbers from 0 up"));
        }
        if let Some(scales) = scales.as_ref().filter(|scales| scales.len() != columns.len()) {
            self.problems.add(format!("{at}.rscales: {} values for {} columns", scales.len(), columns.len()));
        }
        let mse = table.get("mse").is_some_and(|value| self.truth("[design] replicates.mse", value));
        Some(ReplicatePlan { method, columns, scale, scales, mse })
    }

    fn calibration(&mut self, table: &Table) -> Option<CalibrationPlan> {
        self.known_keys("[calibration] ", table, &["method", "margins", "bounds"]);
        let word = table.get("method").and_then(|value| self.word("[calibration] method", value));
        let bounds = table.get("bounds").and_then(|value| match value {
            Value::Array(pair) if pair.len() == 2 => {
                let numbers: Option<Vec<f64>> =
                    pair.iter().map(|value| self.number("[calibration] bounds", value)).collect();
                numbers
            }
            _ => {
                self.problems.add("[calibration] bounds: write [0.4, 2.5]".to_owned());
                None
            }
        });
        let method = match (word.as_deref(), bounds.as_deref()) {
            (Some("poststratify"), _) => CalibrationMethod::Poststratify,
            (Some("rake"), _) => CalibrationMethod::Rake,
            (Some("linear"), _) => CalibrationMethod::Linear,
            (Some("exponential"), _) => CalibrationMethod::Exponential,
            (Some("bounded"), Some([low, high])) if *low < 1.0 && *high > 1.0 => {
                CalibrationMethod::Bounded { low: *low, high: *high }
            }
            (Some("bounded"), _) => {
                self.problems.add("[calibration] bounds: two numbers that enclose 1 are needed".to_owned());
                return None;
            }
            (Some(other), _) => {
                let known = "poststratify, rake, linear, exponential, bounded";
                self.problems.add(format!("[calibration] method: “{other}” is none of {known}"));
                return None;
            }
            (None, _) => {
                self.problems.add("[calibration] method: say poststratify, rake or linear".to_owned());
                return None;
            }
        };
        let mut margins = Vec::new();
        let Some(Value::Array(given)) = table.get("margins") else {
            self.problems
                .add("[calibration] margins: write [{ columns = [\"sex\"], totals = \"totals.csv\" }]".to_owned());
            return None;
        };
        for (index, margin) in given.iter().enumerate() {
            let at = format!("[calibration] margins[{index}]");
            let Value::Table(margin) = margin else {
                self.problems.add(format!("{at}: write {{ columns = [\"sex\"], totals = \"totals.csv\" }}"));
                continue;
            };
            self.known_keys(&format!("{at}: "), margin, &["columns", "totals"]);
            let columns = self.names(&format!("{at}.columns"), margin.get("columns"));
            let totals = margin.get("totals").and_then(|value| self.word(&format!("{at}.totals"), value));
            match totals {
                Some(totals) if !columns.is_empty() => margins.push((columns, totals)),
                _ => self.problems.add(format!("{at}: columns and totals are both needed")),
            }
        }
        if margins.is_empty() {
            self.problems.add("[calibration] margins: give at least one".to_owned());
        }
        if method == CalibrationMethod::Poststratify && margins.len() > 1 {
            self.problems
                .add("[calibration] poststratify takes one margin; several columns in it are crossed".to_owned());
        }
        self.at_most("[calibration] margins", margins.len(), MOST_ENTRIES);
        Some(CalibrationPlan { method, margins })
    }

    fn domain_sets(&mut self, value: Option<&Value>) -> Vec<Vec<String>> {
        let Some(value) = value else { return Vec::new() };
        let Value::Array(sets) = value else {
            self.problems.add("[answers] by: write [[\"service\"], [\"sex\", \"age\"]]".to_owned());
            return Vec::new();
        };
        self.at_most("[answers] by", sets.len(), MOST_ENTRIES);
        let mut found = Vec::new();
        for (index, set) in sets.iter().enumerate() {
            let columns = self.names(&format!("[answers] by[{index}]"), Some(set));
            self.no_repeats(&format!("[answers] by[{index}]"), &columns);
            if columns.is_empty() {
                self.problems.add(format!("[answers] by[{index}]: name at least one column"));
            } else {
                found.push(columns);
            }
        }
        found
    }

    fn index(&mut self, table: &Table, items: &[String]) -> (Vec<(String, Vec<usize>)>, Option<CompositePlan>) {
        self.known_keys("[index] ", table, &["factors", "composite"]);
        let mut factors: Vec<(String, Vec<usize>)> = Vec::new();
        match table.get("factors") {
            None => {}
            Some(Value::Table(given)) => {
                self.at_most("[index] factors", given.len(), MOST_ENTRIES);
                for (name, value) in given {
                    let at = format!("[index] factors.{name}");
                    let names = self.names(&at, Some(value));
                    self.no_repeats(&at, &names);
                    if name == "composite" || items.contains(name) {
                        self.problems.add(format!("{at}: the name is taken; give the factor another"));
                    }
                    if names.is_empty() {
                        self.problems.add(format!("{at}: name at least one item"));
                    }
                    let mut own = Vec::new();
                    for item in &names {
                        match items.iter().position(|known| known == item) {
                            Some(place) => own.push(place),
                            None => self.problems.add(format!("{at}: {item} is not among [answers] items")),
                        }
                    }
                    factors.push((name.clone(), own));
                }
            }
            Some(_) => self.problems.add("[index] factors: write { access = [\"c01\", \"c02\"] }".to_owned()),
        }
        let needs_factors = |reader: &mut Self, word: &str| {
            if factors.is_empty() {
                reader.problems.add(format!("[index] composite: {word} needs factors"));
            }
        };
        let composite = match table.get("composite") {
            None => Some(CompositePlan::MeanOfItems),
            Some(Value::String(word)) => match word.as_str() {
                "mean_of_items" => Some(CompositePlan::MeanOfItems),
                "mean_of_factors" => {
                    needs_factors(self, "mean_of_factors");
                    Some(CompositePlan::MeanOfFactors)
                }
                "pooled_answers" => Some(CompositePlan::PooledAnswers),
                other => {
                    let known = "mean_of_items, mean_of_factors, pooled_answers or { weighted = { … } }";
                    self.problems.add(format!("[index] composite: “{other}” is none of {known}"));
                    None
                }
            },
            Some(Value::Table(given)) => {
                self.known_keys("[index] composite: ", given, &["weighted"]);
                needs_factors(self, "weighted");
                self.weights(given.get("weighted"), &factors)
            }
            Some(_) => {
                self.problems.add("[index] composite: write a word or { weighted = { access = 0.4 } }".to_owned());
                None
            }
        };
        (factors, composite)
    }

    fn weights(&mut self, value: Option<&Value>, factors: &[(String, Vec<usize>)]) -> Option<CompositePlan> {
        let at = "[index] composite.weighted";
        let Some(Value::Table(given)) = value else {
            self.problems.add(format!("{at}: write {{ access = 0.4, staff = 0.6 }}"));
            return None;
        };
        for name in given.keys().filter(|name| !factors.iter().any(|(factor, _)| factor == *name)) {
            self.problems.add(format!("{at}: there is no factor {name}"));
        }
        let mut weights = Vec::new();
        for (factor, _) in factors {
            let weight = match given.get(factor) {
                None => Some(0.0),
                Some(value) => self.number(&format!("{at}.{factor}"), value),
            }?;
            if !(0.0..=1e12).contains(&weight) {
                self.problems.add(format!("{at}.{factor}: the weight must be a number from 0 up"));
            }
            weights.push(weight);
        }
        if weights.iter().sum::<f64>() <= 0.0 {
            self.problems.add(format!("{at}: at least one factor must weigh something"));
        }
        Some(CompositePlan::Weighted(weights))
    }

    fn statistics(&mut self, value: Option<&Value>) -> Vec<Statistic> {
        let words = self.names("[report] statistics", value);
        let mut found = Vec::new();
        for word in words {
            match word.as_str() {
                "share" => found.push(Statistic::Share),
                "mean" => found.push(Statistic::Mean),
                other => self.problems.add(format!("[report] statistics: “{other}” is neither share nor mean")),
            }
        }
        found.dedup();
        if found.is_empty() { vec![Statistic::Share] } else { found }
    }

    fn intervals(&mut self, value: Option<&Value>) -> Vec<IntervalMethod> {
        let mut found = Vec::new();
        for word in self.names("[report] intervals", value) {
            match IntervalMethod::parse(&word) {
                Some(method) if !found.contains(&method) => found.push(method),
                Some(_) => {}
                None => {
                    let known = IntervalMethod::ALL.map(IntervalMethod::word).join(", ");
                    self.problems.add(format!("[report] intervals: “{word}” is none of {known}"));
                }
            }
        }
        found
    }

    fn level(&mut self, value: Option<&Value>) -> f64 {
        let level = value.map_or(Some(0.95), |value| self.number("[report] level", value)).unwrap_or(0.95);
        if level > 0.0 && level < 1.0 {
            level
        } else {
            self.problems.add(format!("[report] level: {level} is not between 0 and 1; write 0.95"));
            0.95
        }
    }

    fn targets(&mut self, value: Option<&Value>) -> Vec<f64> {
        let Some(value) = value else { return Vec::new() };
        let Value::Array(values) = value else {
            self.problems.add("[report] targets: write [0.85, 0.90]".to_owned());
            return Vec::new();
        };
        self.at_most("[report] targets", values.len(), MOST_ENTRIES);
        let mut found = Vec::new();
        for value in values {
            let Some(target) = self.number("[report] targets", value) else { continue };
            if (0.0..=1.0).contains(&target) {
                found.push(target);
            } else {
                self.problems.add(format!("[report] targets: {target} is no share; write 0.9 for 90 %"));
            }
        }
        found
    }

    fn differences(&mut self, value: Option<&Value>) -> Vec<DifferencePlan> {
        let Some(value) = value else { return Vec::new() };
        let example = "write [{ by = \"sex\", of = [\"F\", \"M\"] }]";
        let Value::Array(values) = value else {
            self.problems.add(format!("[report] differences: {example}"));
            return Vec::new();
        };
        self.at_most("[report] differences", values.len(), MOST_ENTRIES);
        let mut found = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let at = format!("[report] differences[{index}]");
            let Value::Table(table) = value else {
                self.problems.add(format!("{at}: {example}"));
                continue;
            };
            self.known_keys(&format!("{at}: "), table, &["by", "of"]);
            let by = match table.get("by") {
                Some(Value::Array(one)) if one.len() == 1 => one.first().and_then(|value| self.word(&at, value)),
                Some(value) => self.word(&format!("{at}.by"), value),
                None => None,
            };
            let of = self.level_names(&format!("{at}.of"), table.get("of"));
            match (by, of.as_slice()) {
                (Some(by), [first, second]) if first != second => {
                    found.push(DifferencePlan { by, of: [first.clone(), second.clone()] });
                }
                _ => self.problems.add(format!("{at}: one column and two different values are needed; {example}")),
            }
        }
        found
    }

    // ---- values -----------------------------------------------------------------------------------------------------

    fn known_keys(&mut self, at: &str, table: &Table, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.as_str())) {
            self.problems.add(format!("{at}{key}: unknown; there are {}", known.join(", ")));
        }
    }

    fn at_most(&mut self, at: &str, given: usize, most: usize) {
        if given > most {
            self.problems.add(format!("{at}: {given} entries; at most {most} are possible"));
        }
    }

    fn no_repeats(&mut self, at: &str, names: &[String]) {
        for (index, name) in names.iter().enumerate() {
            if names.iter().take(index).any(|before| before == name) {
                self.problems.add(format!("{at}: {name} stands there twice"));
            }
        }
    }

    /// A name, or a list of names.
    fn names(&mut self, at: &str, value: Option<&Value>) -> Vec<String> {
        match value {
            None => Vec::new(),
            Some(Value::Array(values)) => values.iter().filter_map(|value| self.word(at, value)).collect(),
            Some(value) => self.word(at, value).into_iter().collect(),
        }
    }

    fn word(&mut self, at: &str, value: &Value) -> Option<String> {
        match value {
            Value::String(word) if !word.trim().is_empty() => Some(super::reader::normal(word.trim())),
            _ => {
                self.problems.add(format!("{at}: {value} is no name; write it in quotes"));
                None
            }
        }
    }

    fn level_names(&mut self, at: &str, value: Option<&Value>) -> Vec<LevelName> {
        let values = match value {
            None => return Vec::new(),
            Some(Value::Array(values)) => values.as_slice(),
            Some(value) => std::slice::from_ref(value),
        };
        let mut names = Vec::new();
        for value in values {
            let name = match value {
                Value::String(word) => Some(LevelName::Word(super::reader::normal(word.trim()))),
                Value::Boolean(truth) => Some(LevelName::Word(truth.to_string())),
                value => self.number(at, value).map(LevelName::Number),
            };
            names.extend(name.filter(|name| !names.contains(name)));
        }
        self.at_most(at, names.len(), 250);
        names
    }

    fn truth(&mut self, at: &str, value: &Value) -> bool {
        value.as_bool().unwrap_or_else(|| {
            self.problems.add(format!("{at}: {value} is neither true nor false"));
            false
        })
    }

    fn whole(&mut self, at: &str, value: &Value) -> Option<u64> {
        let whole = value.as_integer().and_then(|number| u64::try_from(number).ok());
        if whole.is_none() {
            self.problems.add(format!("{at}: {value} is no whole number from 0 up"));
        }
        whole
    }

    fn number(&mut self, at: &str, value: &Value) -> Option<f64> {
        let number = match value {
            Value::Float(number) if number.is_finite() => Some(*number),
            #[expect(clippy::cast_precision_loss, reason = "levels, shares and scales are small numbers")]
            Value::Integer(number) => Some(*number as f64),
            _ => None,
        };
        if number.is_none() {
            self.problems.add(format!("{at}: {value} is no number"));
        }
        number
    }
}
