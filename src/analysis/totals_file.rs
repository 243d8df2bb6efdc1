//! A file of population totals: the columns of a margin, then `total`.

use std::path::Path;

use super::problems::Problems;
use super::reader::normal;

const MOST_BYTES: u64 = 64 * 1024 * 1024;
const MOST_LEVELS: usize = 100_000;

/// The levels of the margin and their totals, or every line that is wrong.
pub(super) fn read(path: &Path, columns: &[String]) -> Result<(Vec<Vec<String>>, Vec<f64>), Problems> {
    let mut problems = Problems::default();
    let name = path.display();
    let size = std::fs::metadata(path).map_or(0, |data| data.len());
    let bytes = match std::fs::read(path) {
        Ok(bytes) if size <= MOST_BYTES => bytes,
        Ok(_) => {
            problems.add(format!("{name} has {size} bytes; at most {MOST_BYTES} are read"));
            return Err(problems);
        }
        Err(error) => {
            problems.add(format!("cannot read {name}: {error}"));
            return Err(problems);
        }
    };
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(&bytes);
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let semicolon = line.contains(&b';') && !line.contains(&b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(if semicolon { b';' } else { b',' }).flexible(true).from_reader(bytes);
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|name| normal(name.trim())).collect(),
        Err(error) => {
            problems.add(format!("{name}: the header cannot be read: {error}"));
            return Err(problems);
        }
    };
    let mut find = |column: &str| {
        let place = header.iter().position(|known| known == column);
        if header.iter().filter(|known| *known == column).count() > 1 {
            problems.add(format!("{name} has two columns “{column}”: rename one"));
        }
        if place.is_none() {
            problems.add(format!("{name} has no column “{column}”"));
        }
        place
    };
    let places: Vec<Option<usize>> = columns.iter().map(|column| find(column)).collect();
    let total = find("total");
    if !problems.is_empty() {
        return Err(problems);
    }
    let (Some(places), Some(total)) = (places.into_iter().collect::<Option<Vec<usize>>>(), total) else {
        return Err(problems);
    };
    let (mut keys, mut totals): (Vec<Vec<String>>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut seen = std::collections::HashSet::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                problems.add(format!("{name}: {error}"));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != header.len() {
            problems.add(format!("{name}, line {line}: {} values, the header has {}", record.len(), header.len()));
            continue;
        }
        let cell = |place: usize| normal(record.get(place).unwrap_or_default().trim());
        let key: Vec<String> = places.iter().map(|place| cell(*place)).collect();
        let text = cell(total);
        let number = text.parse::<f64>().ok().or_else(|| semicolon.then(|| text.replace(',', ".").parse().ok())?);
        let Some(number) = number.filter(|number| (0.0..=1e100).contains(number)) else {
            problems.add(format!("{name}, line {line}: the total “{text}” must be a number from 0 up"));
            continue;
        };
        totals.push(number);
        if !seen.insert(key.clone()) {
            problems.add(format!("{name}, line {line}: “{}” stands there twice", key.join(", ")));
        }
        keys.push(key);
        if keys.len() > MOST_LEVELS {
            problems.add(format!("{name}: more than {MOST_LEVELS} lines"));
            break;
        }
    }
    if keys.is_empty() && problems.is_empty() {
        problems.add(format!("{name} has no totals"));
    }
    if problems.is_empty() { Ok((keys, totals)) } else { Err(problems) }
}
