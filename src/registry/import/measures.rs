//! `measures.csv`: figures of other systems, a line for each unit and span of days, a column for each number.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;

use super::values::{day, known_unit, quoted, whole};
use super::{Columns, CsvFile, ImportError, Kind, Line, OtherColumns, Problems, Report, Run, Source, act};
use crate::registry::Directory;
use crate::store::measures::{self as table, MeasureInput};
use crate::store::{Database, DatabaseTransaction, places};
use crate::text::Both;
use crate::text::import::{FileDay, digits, rows as say_rows};
use crate::text::measures as say;
use crate::words::{Day, Indicator, PARTS, Period, Province, UnitId, Written};

const WORDS: [&str; Indicator::ALL.len()] = {
    let mut words = [""; Indicator::ALL.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = Indicator::ALL[at].word();
        at += 1;
    }
    words
};
pub(in crate::registry) const COLUMNS: Columns =
    Columns { required: &["unit", "from", "to"], optional: &WORDS, others: OtherColumns::Refused };
/// Longest span: a year and a month.
const MOST_DAYS: i32 = 400;
const MOST: i64 = 1_000_000_000;
/// Three rounded shares miss 100 % by at most this much, in ten-thousandths of a per cent.
const MOST_GAP: i64 = PARTS;
/// Parts that cannot be more than their whole.
const WHOLES: [(Indicator, Indicator); 4] = [
    (Indicator::Qd766Late, Indicator::Qd766Dossiers),
    (Indicator::Qd766Complained, Indicator::Qd766Dossiers),
    (Indicator::Qd766ComplaintsOnTime, Indicator::Qd766Complaints),
    (Indicator::Qd766ComplaintsDissatisfied, Indicator::Qd766Complaints),
];
const SHARES: [Indicator; 3] = [Indicator::Tt01Dissatisfied, Indicator::Tt01Satisfied, Indicator::Tt01VerySatisfied];

/// A unit and a span of days.
type Key = (UnitId, Day, Day);
/// What a line says of each number: the number, or that it goes.
type Said = BTreeMap<Indicator, Option<i64>>;

/// Imports figures of other systems.
pub(super) async fn measures(
    db: &Database,
    province: Province,
    source: &Source<'_>,
    run: Run<'_>,
) -> Result<Report, ImportError> {
    let file = CsvFile::read(source, &COLUMNS)?;
    let tx = act::begin(db, province).await?;
    match measures_in(&tx, province, &file, run.today).await {
        Ok(report) => {
            act::finish(tx, province, Kind::Measures, &file, "", run).await?;
            Ok(report)
        }
        Err(error) => Err(act::give_back(tx, error).await),
    }
}

async fn measures_in(
    tx: &DatabaseTransaction,
    province: Province,
    file: &CsvFile,
    today: Day,
) -> Result<Report, ImportError> {
    let directory = Directory::new(places::all(tx, province).await.context("while reading units and points")?);
    let mut problems = file.faults();
    let mut lines: HashMap<Key, u64> = HashMap::new();
    let mut rows: Vec<(u64, Key, Said)> = Vec::new();
    for line in file.lines() {
        let Some((key, said)) = read(line, &directory, today, &mut problems) else { continue };
        match lines.insert(key, line.number()) {
            Some(first) => {
                let first = first.to_string();
                problems.add(line.number(), "unit", Both::of(|lang| say::same_span(lang, &first)));
            }
            None => rows.push((line.number(), key, said)),
        }
    }
    let first = rows.iter().map(|(_, (_, from, _), _)| *from).min().unwrap_or(Day(0));
    let last = rows.iter().map(|(_, (_, _, to), _)| *to).max().unwrap_or(first);
    let days = Period { from: first, to: last };
    let stored = table::between(tx, province, days).await.context("while reading figures of other systems")?;
    let mut known: HashMap<Key, BTreeMap<Indicator, i64>> = HashMap::new();
    for one in stored {
        known.entry((one.unit, one.period.from, one.period.to)).or_default().insert(one.indicator, one.value);
    }
    let none = BTreeMap::new();
    let (mut report, mut put, mut gone) = (Report { rows: file.len(), ..Report::default() }, Vec::new(), Vec::new());
    for (line, key, said) in &rows {
        let before = known.get(key).unwrap_or(&none);
        check(*line, &merged(before, said), &mut problems);
        let changes: Vec<_> = said.iter().filter(|(of, value)| before.get(of).copied() != **value).collect();
        match (before.is_empty(), changes.is_empty()) {
            (true, _) => report.added += 1,
            (false, false) => report.changed += 1,
            (false, true) => report.unchanged += 1,
        }
        for (indicator, value) in changes {
            let input = |value| MeasureInput {
                unit: key.0,
                period: Period { from: key.1, to: key.2 },
                indicator: *indicator,
                value,
            };
            match value {
                Some(value) => put.push(input(*value)),
                None => gone.push(input(0)),
            }
        }
    }
    problems.into_result(file.name())?;
    table::remove(tx, province, &gone).await.context("while taking figures away")?;
    table::put(tx, province, &put).await.context("while writing figures of other systems")?;
    Ok(report)
}

/// What is known of a unit and span after a line.
fn merged(before: &BTreeMap<Indicator, i64>, said: &Said) -> BTreeMap<Indicator, i64> {
    let mut after = before.clone();
    for (indicator, value) in said {
        match value {
            Some(value) => after.insert(*indicator, *value),
            None => after.remove(indicator),
        };
    }
    after
}

fn read(line: Line<'_>, directory: &Directory, today: Day, problems: &mut Problems) -> Option<(Key, Said)> {
    let n = line.number();
    let unit = problems.keep(n, "unit", known_unit(directory, line.get("unit")));
    let from = problems.keep(n, "from", day(line.get("from")));
    let to = problems.keep(n, "to", day(line.get("to")));
    let span = from.zip(to).and_then(|(from, to)| problems.keep(n, "to", span(from, to, today)));
    let mut said = Said::new();
    let mut is_sound = true;
    for indicator in Indicator::ALL {
        match line.get(indicator.word()) {
            "" => {}
            "-" | "–" => {
                said.insert(*indicator, None);
            }
            text => match problems.keep(n, indicator.word(), number(text, indicator.written())) {
                Some(value) => {
                    said.insert(*indicator, Some(value));
                }
                None => is_sound = false,
            },
        }
    }
    if said.is_empty() && is_sound {
        problems.add(n, "unit", say::NO_NUMBERS);
    }
    let period = span?;
    is_sound.then_some(((unit?, period.from, period.to), said)).filter(|(_, said)| !said.is_empty())
}

fn span(from: Day, to: Day, today: Day) -> Result<Period, Both> {
    let period = Period::new(from, to).ok_or_else(|| Both::of(|lang| say_rows::to_before_from(lang, FileDay(to))))?;
    if to.0 - from.0 >= MOST_DAYS {
        return Err(Both::of(|lang| say_rows::span_too_long(lang, digits(MOST_DAYS))));
    }
    if to > today { Err(say::NOT_OVER.into()) } else { Ok(period) }
}

/// A number as it is kept: in ten-thousandths.
fn number(text: &str, written: Written) -> Result<i64, Both> {
    match written {
        Written::Count => whole(text, 0, MOST).map(|count| count * PARTS),
        Written::Points(most) => decimal(text)
            .filter(|points| *points <= most * PARTS)
            .ok_or_else(|| Both::of(|lang| say::not_points(lang, &quoted(text), &most.to_string()))),
        Written::PerCent => {
            let plain = text.strip_suffix('%').unwrap_or(text).trim_end();
            let read = decimal(plain).filter(|share| *share <= 100 * PARTS);
            read.ok_or_else(|| Both::of(|lang| say::not_per_cent(lang, &quoted(text))))
        }
    }
}

/// Digits with at most four more behind one comma or dot.
fn decimal(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let plain = |text: &str, most: usize| {
        !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !plain(whole, 6) || !plain(part, 4) {
        return None;
    }
    let part: i64 = format!("{part:0<4}").parse().ok()?;
    Some(whole.parse::<i64>().ok()? * PARTS + part)
}

/// What numbers have to do with each other, the stored ones included.
fn check(line: u64, values: &BTreeMap<Indicator, i64>, problems: &mut Problems) {
    for (part, whole) in WHOLES {
        match (values.get(&part), values.get(&whole)) {
            (Some(_), None) => {
                problems.add(line, part.word(), Both::of(|lang| say::whole_wanted(lang, whole.word())));
            }
            (Some(part_of), Some(all)) if part_of > all => {
                problems.add(line, part.word(), Both::of(|lang| say::above_whole(lang, part.word(), whole.word())));
            }
            _ => {}
        }
    }
    let shares: Option<i64> = SHARES.iter().map(|share| values.get(share).copied()).sum();
    if shares.is_some_and(|sum| (sum - 100 * PARTS).abs() > MOST_GAP) {
        problems.add(line, Indicator::Tt01Dissatisfied.word(), say::SHARES_SUM);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Indicator as I;

    #[test]
    fn numbers_are_read_with_comma_or_dot_and_kept_exactly() {
        assert_eq!(number("464494", Written::Count), Ok(4_644_940_000));
        for text in ["1,75", "1.75", "1,7500"] {
            assert_eq!(number(text, Written::Points(2)), Ok(17_500), "{text}");
        }
        for text in ["86,7%", "86.7 %", "86,7"] {
            assert_eq!(number(text, Written::PerCent), Ok(867_000), "{text}");
        }
        for (bad, written) in [
            ("464.494", Written::Count),
            ("2,01", Written::Points(2)),
            ("1,23456", Written::Points(2)),
            ("-1", Written::Points(2)),
            ("1,", Written::Points(2)),
            ("١", Written::Points(2)),
            ("100,1%", Written::PerCent),
            ("%", Written::PerCent),
        ] {
            assert!(number(bad, written).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_page_on_measures_names_every_column() {
        let page = include_str!("../../../docs/MEASURES.md");
        for column in COLUMNS.required.iter().chain(COLUMNS.optional) {
            assert!(page.contains(&format!("`{column}`")), "{column}");
        }
    }

    #[test]
    fn a_part_needs_its_whole_and_is_not_more_and_three_shares_make_a_hundred() {
        let faults = |values: &[(Indicator, i64)]| {
            let mut problems = Problems::default();
            check(2, &values.iter().map(|(of, value)| (*of, value * PARTS)).collect(), &mut problems);
            problems.into_result("m.csv").is_err()
        };
        assert!(faults(&[(I::Qd766Late, 1)]) && faults(&[(I::Qd766Late, 3), (I::Qd766Dossiers, 2)]));
        assert!(!faults(&[(I::Qd766Late, 2), (I::Qd766Dossiers, 2), (I::PortalLikes, 7)]));
        let shares = |a, b, c| [(I::Tt01Dissatisfied, a), (I::Tt01Satisfied, b), (I::Tt01VerySatisfied, c)];
        assert!(!faults(&shares(6, 43, 51)) && !faults(&shares(6, 43, 50)) && faults(&shares(6, 43, 49)));
    }
}
