//! Tables of figures, alone or beneath a chart.

use maud::{Markup, html};

use super::{Link, Wording, links};
use crate::publish::charts::{Mark, sign};

/// A table; the first cell of a row is its name.
#[derive(Debug, Clone)]
pub struct Table {
    /// What the table holds; read out by screen readers and shown above it.
    pub caption: Wording,
    /// Names of the columns.
    pub head: Vec<Wording>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Name of the row.
    pub name: Wording,
    /// Where the name leads.
    pub href: Option<Wording>,
    /// The cells behind the name.
    pub cells: Vec<Cell>,
}

/// One cell of a table.
#[derive(Debug, Clone)]
pub enum Cell {
    /// A number, set to the right.
    Number(Wording),
    /// Words, set to the left.
    Words(Wording),
    /// A verdict with its sign.
    Verdict(Mark, Wording),
    /// Words across all remaining columns: not publishable, no data.
    Span(Wording),
}

/// A chart's data: the table behind a line that opens, and its downloads.
#[derive(Debug, Clone)]
pub struct Data {
    /// The line that opens the table.
    pub open: Wording,
    /// The table.
    pub table: Table,
    /// The downloads: CSV, Excel.
    pub downloads: Vec<Link>,
}

impl Table {
    /// The table in a frame that scrolls by itself, so that a narrow page does not.
    pub fn render(&self) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label=(self.caption) {
                // The stylesheet sets rows below each other on narrow screens; the roles keep it a table.
                table.stack role="table" {
                    caption { (self.caption) }
                    thead role="rowgroup" {
                        tr role="row" { @for name in &self.head { th scope="col" role="columnheader" { (name) } } }
                    }
                    tbody role="rowgroup" { @for row in &self.rows { (self.row(row)) } }
                }
            }
        }
    }

    fn row(&self, row: &Row) -> Markup {
        html! {
            tr role="row" {
                th scope="row" role="rowheader" {
                    @if let Some(href) = &row.href { a href=(href) { (row.name) } } @else { (row.name) }
                }
                @for (place, cell) in row.cells.iter().enumerate() { (self.cell(place, cell)) }
            }
        }
    }

    fn cell(&self, place: usize, cell: &Cell) -> Markup {
        let name = self.head.get(place + 1).map(|head| format!("{head}: "));
        html! {
            @match cell {
                Cell::Number(text) => td.n role="cell" data-name=[name] { (text) },
                Cell::Words(text) => td role="cell" data-name=[name] { (text) },
                Cell::Verdict(mark, text) => {
                    td role="cell" data-name=[name] { span.verdict { (sign(*mark)) " " (text) } }
                },
                Cell::Span(text) => {
                    td.h role="cell" colspan=(self.head.len().saturating_sub(place + 1).max(1)) { (text) }
                },
            }
        }
    }
}

impl Data {
    /// The closed table and its downloads.
    pub fn render(&self) -> Markup {
        html! {
            details { summary { (self.open) } (self.table.render()) }
            (links(&self.downloads))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_figures_fills_the_width_of_the_table() {
        let table = Table {
            caption: "Bảng".into(),
            head: ["Đơn vị", "Số phiếu", "Ước tính", "Kết luận"].map(Wording::from).to_vec(),
            rows: vec![Row { name: "Sở A".into(), href: None, cells: vec![Cell::Span("Chưa công bố".into())] }],
        };
        assert!(table.render().into_string().contains("<td class=\"h\" role=\"cell\" colspan=\"3\">Chưa công bố</td>"));
    }
}
