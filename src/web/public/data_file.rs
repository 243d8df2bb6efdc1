//! Tables as files: CSV that spreadsheets open as it is, JSON for programs.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::Value;

use super::unit::revalidated;
use crate::publish::open_data::{DataTable, Datum};
use crate::web::results::csv::{BYTE_ORDER_MARK, guarded};

/// A table as CSV.
pub(super) fn csv(name: &str, table: &DataTable) -> anyhow::Result<HttpResponse> {
    let text = written(table)?;
    let named = format!("attachment; filename=\"{}.csv\"", super::unit::file_word(name));
    Ok(revalidated(
        HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
            .insert_header((CONTENT_DISPOSITION, named))
            .body(text),
    ))
}

/// An object as JSON.
pub(super) fn json(content_type: &'static str, value: &Value) -> HttpResponse {
    revalidated(HttpResponse::Ok().insert_header((CONTENT_TYPE, content_type)).body(format!("{value:#}\n")))
}

fn written(table: &DataTable) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| column.name))?;
    for row in &table.rows {
        let cell = |value: &Datum| match value {
            Datum::Text(text) => guarded(text),
            plain => plain.cell(),
        };
        writer.write_record(row.iter().map(cell))?;
    }
    let rows = String::from_utf8(writer.into_inner()?)?;
    Ok(format!("{BYTE_ORDER_MARK}{rows}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::open_data::{Column, Holds};
    use crate::text::history;

    #[test]
    fn texts_that_would_be_formulas_are_defused_and_numbers_stay_numbers() {
        let column = |name| Column { name, holds: Holds::Text, meaning: history::YEAR.into() };
        let rows = vec![vec![Datum::text("=1+1"), Datum::Number(-5.0, 0)], vec![Datum::text("Đất, đai"), Datum::None]];
        let table = DataTable { columns: vec![column("a"), column("b")], rows };
        assert_eq!(written(&table).unwrap(), "\u{feff}a,b\n'=1+1,-5\n\"Đất, đai\",\n");
    }
}
