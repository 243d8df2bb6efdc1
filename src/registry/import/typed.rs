//! A form that was typed in is one line of the file it belongs to: the same checks, the same words.

use super::{Columns, CsvFile, ImportError, Problems, Source};
use crate::text::import::values::EMPTY;

/// The line of a typed form; the header would be line 1.
const LINE: u64 = 2;

/// A file of one line with these values by column. A form without any value is refused, as every required one is missing.
pub(in crate::registry) fn typed(columns: &Columns, values: &[(&str, &str)]) -> Result<CsvFile, ImportError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(values.iter().map(|(column, _)| column)).map_err(anyhow::Error::from)?;
    writer.write_record(values.iter().map(|(_, value)| value)).map_err(anyhow::Error::from)?;
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    let file = CsvFile::read(&Source { name: "", bytes: &bytes }, columns)?;
    let mut problems = Problems::default();
    if file.is_empty() && file.faults().is_empty() {
        for column in columns.required {
            problems.add(LINE, column, EMPTY);
        }
    }
    problems.into_result("")?;
    Ok(file)
}
