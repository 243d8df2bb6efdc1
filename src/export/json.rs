//! One object: what the file is, its columns, its rows as lists.

use std::io::Write;

use serde_json::{Value, json};

use super::book::Book;
use super::columns::{Cell, Missing, Scale, Shape};
use super::rows::Row;

/// A file that is being written.
pub struct File<'a, W: Write> {
    book: &'a Book,
    out: W,
    is_first: bool,
}

impl<'a, W: Write> File<'a, W> {
    pub(super) fn begin(book: &'a Book, mut out: W) -> anyhow::Result<Self> {
        let plan = &book.plan;
        let units = plan.units.iter().map(|unit| json!({ "code": unit.code, "name": unit.name }));
        let meta = json!({
            "edition": book.edition,
            "title": book.title(),
            "from": plan.asked.period.from.iso(),
            "to": plan.asked.period.to.iso(),
            "level": plan.asked.level.map(crate::words::Level::word),
            "rows": plan.rows,
            "made": book.made.iso(),
            "units": units.collect::<Vec<Value>>(),
            "notes": book.notes.iter().map(|(name, text)| json!([name, text])).collect::<Vec<Value>>(),
        });
        write!(out, "{{\"meta\":{meta},\n\"columns\":{},\n\"rows\":[", columns(book))?;
        Ok(Self { book, out, is_first: true })
    }

    pub(super) fn row(&mut self, row: &Row) -> anyhow::Result<()> {
        self.out.write_all(if self.is_first { b"\n[" } else { b",\n[" })?;
        self.is_first = false;
        for (at, column) in self.book.columns.iter().enumerate() {
            if at > 0 {
                self.out.write_all(b",")?;
            }
            match column.cell(row, &self.book.plan, &self.book.edition) {
                Cell::Text(text) | Cell::Coded(_, text) => serde_json::to_writer(&mut self.out, text)?,
                Cell::Day(day) => write!(self.out, "\"{}\"", day.iso())?,
                Cell::Number(number) => write!(self.out, "{number}")?,
                Cell::Missing(Missing::Blank) => self.out.write_all(b"null")?,
                Cell::Missing(Missing::NotDivided) if !column.is_answer() => self.out.write_all(b"null")?,
                Cell::Missing(missing) => write!(self.out, "\"{}\"", missing.word())?,
            }
        }
        Ok(self.out.write_all(b"]")?)
    }

    pub(super) fn end(mut self) -> anyhow::Result<W> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

fn columns(book: &Book) -> Value {
    let all = book.columns.iter().map(|column| {
        let scale = match column.scale {
            Scale::Nominal => "nominal",
            Scale::Ordinal => "ordinal",
            Scale::Numeric => "scale",
        };
        let values = column.values.iter().map(|value| match column.shape {
            Shape::Number => json!([value.code, value.label]),
            _ => json!([value.word, value.label]),
        });
        let missing = column.missing.iter().map(|missing| {
            let is_null = missing.word().is_empty() || !column.is_answer();
            let value = if is_null { Value::Null } else { Value::from(missing.word()) };
            json!([value, missing.say().get(super::columns::LABELS)])
        });
        json!({
            "name": column.name,
            "label": column.label,
            "measure": scale,
            "values": values.collect::<Vec<Value>>(),
            "missing": missing.collect::<Vec<Value>>(),
        })
    });
    Value::Array(all.collect())
}
