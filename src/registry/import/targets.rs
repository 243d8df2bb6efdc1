//! `targets.csv`: targets with their citations. There is no natural key: contradictory rows are kept side by side, and only a
//! row that is stored already in every column is left as it is.

use std::collections::BTreeMap;

use anyhow::Context;

use super::fields::Fields;
use super::threshold;
use super::values::{known_unit, text, whole, word};
use super::{Columns, CsvFile, ImportError, Kind, Line, OtherColumns, Problems, Report, Run, Source, act};
use crate::index::{Comparison, Target, TargetValue};
use crate::registry::Directory;
use crate::store::{Database, DatabaseTransaction, places, targets as stored};
use crate::text::Both;
use crate::text::import::{digits, rows as say, values};
use crate::words::{Day, Measure, Province};

pub(in crate::registry) const COLUMNS: Columns = Columns {
    required: &["measure", "unit", "year_from", "threshold", "value", "comparison", "citation", "issuer"],
    optional: &["field", "year_to"],
    others: OtherColumns::Refused,
};
/// Longest citation and issuer.
const LONGEST: usize = 1_000;
/// Lines that are named in a note.
const MOST_NAMED: usize = 5;

/// Lines by what was written and how it was read.
type Readings = BTreeMap<(String, String), Vec<u64>>;

/// Imports targets.
pub async fn targets(
    db: &Database,
    province: Province,
    source: &Source<'_>,
    run: Run<'_>,
) -> Result<Report, ImportError> {
    let file = CsvFile::read(source, &COLUMNS)?;
    let tx = act::begin(db, province).await?;
    match targets_in(&tx, province, &file, run.today).await {
        Ok(report) => {
            act::finish(tx, province, Kind::Targets, &file, "", run).await?;
            Ok(report)
        }
        Err(error) => Err(act::give_back(tx, error).await),
    }
}

/// Reads, checks and writes the lines of a file in a transaction. A row that says what a target in force says is left out.
pub(in crate::registry) async fn targets_in(
    tx: &DatabaseTransaction,
    province: Province,
    file: &CsvFile,
    today: Day,
) -> Result<Report, ImportError> {
    let places = places::all(tx, province).await.context("while reading the units")?;
    let known = stored::all(tx, province).await.context("while reading the targets")?;
    let mut fields = Fields::new(&places.fields);
    let directory = Directory::new(places);
    let mut next = known.iter().map(|stored| stored.id).max().unwrap_or(0);
    let mut all: Vec<Target> = known.into_iter().filter(|stored| stored.ended.is_none()).map(|s| s.target).collect();
    let (mut problems, mut readings, mut new) = (file.faults(), Readings::new(), Vec::new());
    for line in file.lines() {
        let Some(target) = read(line, &directory, &mut fields, &mut readings, &mut problems) else { continue };
        if !all.iter().any(|other| is_same(other, &target)) {
            next += 1;
            new.push((next, target.clone()));
            all.push(target);
        }
    }
    problems.into_result(file.name())?;
    places::add_fields(tx, province, &fields.new).await.context("while adding the fields")?;
    stored::add(tx, province, &new, today).await.context("while adding the targets")?;
    let (rows, added) = (file.len(), new.len());
    Ok(Report { rows, added, changed: 0, unchanged: rows - added, notes: notes(&readings) })
}

/// Whether two targets are equal in every column; thresholds bit by bit.
fn is_same(one: &Target, other: &Target) -> bool {
    let bits = |target: &Target| target.threshold.map(f64::to_bits);
    let rest = |target: &Target| Target { threshold: None, ..target.clone() };
    one.unit == other.unit && bits(one) == bits(other) && rest(one) == rest(other)
}

fn read(
    line: Line<'_>,
    directory: &Directory,
    fields: &mut Fields,
    readings: &mut Readings,
    problems: &mut Problems,
) -> Option<Target> {
    let n = line.number();
    let measures = problems.keep(n, "measure", read_measures(line.get("measure")));
    let field = problems.keep(n, "field", fields.known_or_new(line.get("field")));
    let unit = problems.keep(n, "unit", known_unit(directory, line.get("unit")));
    let year_from = problems.keep(n, "year_from", year(line.get("year_from")));
    let year_to = line.get("year_to");
    let year_to = problems.keep(n, "year_to", if year_to.is_empty() { Ok(None) } else { year(year_to).map(Some) });
    if let (Some(from), Some(Some(to))) = (year_from, year_to)
        && to < from
    {
        problems.add(n, "year_to", Both::of(|lang| say::year_before(lang, digits(to), digits(from))));
    }
    let value = problems.keep(n, "value", word(TargetValue::parse(line.get("value"))));
    let comparison = problems.keep(n, "comparison", word(Comparison::parse(line.get("comparison"))));
    let citation = problems.keep(n, "citation", text(line.get("citation"), LONGEST));
    let issuer = problems.keep(n, "issuer", text(line.get("issuer"), LONGEST));
    let written = line.get("threshold");
    let (value, comparison) = (value?, comparison?);
    let read = match (comparison, written.is_empty()) {
        (Comparison::Rises, true) => Ok(None),
        (Comparison::Rises, false) => Err(values::RISES_HAS_NONE.into()),
        (_, true) => Err(Both::of(|lang| values::threshold_wanted(lang, comparison.word()))),
        (_, false) => threshold::read(written, value).map(Some),
    };
    let read = problems.keep(n, "threshold", read)?;
    if let Some(taken) = read.as_ref().and_then(|reading| reading.taken.clone()) {
        readings.entry((written.to_owned(), taken)).or_default().push(n);
    }
    Some(Target {
        measures: measures?,
        field: field?,
        unit: unit?,
        year_from: year_from?,
        year_to: year_to?,
        threshold: read.map(|reading| reading.threshold),
        value,
        comparison,
        citation: citation?,
        issuer: issuer?,
    })
}

/// The measures of a list, in the order of the measures; an empty list is a target whose document does not say.
fn read_measures(list: &str) -> Result<Vec<Measure>, Both> {
    let words = list.split('|').map(str::trim).filter(|_| !list.is_empty());
    let mut measures = words.map(|one| word(Measure::parse(one))).collect::<Result<Vec<_>, _>>()?;
    measures.sort_unstable();
    measures.dedup();
    Ok(measures)
}

fn year(value: &str) -> Result<i32, Both> {
    let year = whole(value, 2_000, 2_100)?;
    Ok(i32::try_from(year).unwrap_or(i32::MAX))
}

fn notes(readings: &Readings) -> Vec<Both> {
    let note = |((written, taken), lines): (&(String, String), &Vec<u64>)| {
        let named: Vec<String> = lines.iter().take(MOST_NAMED).map(u64::to_string).collect();
        let more = lines.len() - named.len();
        let all = named.join(", ");
        Both::of(|lang| match (named.len(), more) {
            (1, 0) => say::read_as(lang, written, taken, digits(&all)),
            (_, 0) => say::read_as_several(lang, written, taken, &all),
            _ => say::read_as_many(lang, written, taken, &all, digits(more)),
        })
    };
    readings.iter().map(note).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_measures_is_read_in_one_order_and_may_be_empty() {
        assert_eq!(read_measures(""), Ok(Vec::new()));
        assert_eq!(read_measures("education | health|health"), Ok(vec![Measure::Health, Measure::Education]));
        assert!(read_measures("health|").is_err());
        assert!(read_measures("counters").unwrap_err().to_string().contains("counter, province"));
    }

    #[test]
    fn a_reading_is_told_once_with_its_lines() {
        let readings = Readings::from([(("0,9".to_owned(), "90%".to_owned()), (2..=8).collect())]);
        let told: Vec<String> = notes(&readings).iter().map(Both::to_string).collect();
        assert_eq!(told, ["threshold 0,9 read as 90% (lines 2, 3, 4, 5, 6 and 2 more)"]);
    }
}
