//! Tables with ruled lines.

use docx_rs::{
    AlignmentType, Docx, LineSpacing, Paragraph, Table as WordTable, TableCell, TableLayoutType, TableRow, VAlignType,
    WidthType,
};

use super::super::{Style, Table};
use super::{SMALL, Writing, finish, line_of, spaced};

/// The caption stays with its table.
pub(super) fn add(word: Docx, table: &Table, writing: Writing) -> Docx {
    let word = if table.caption.is_empty() {
        word
    } else {
        let size = writing.body.min(super::STATE);
        word.add_paragraph(line_of(&table.caption, Style::Bold, size, AlignmentType::Center, 60).keep_next(true))
    };
    let small = LineSpacing::new().before(0).after(0).line(160);
    word.add_table(ruled(table, writing)).add_paragraph(spaced(Paragraph::new(), 0, 0).line_spacing(small))
}

fn ruled(table: &Table, writing: Writing) -> WordTable {
    let parts: usize = table.columns.iter().map(|column| usize::from(column.part)).sum();
    let widths: Vec<usize> =
        table.columns.iter().map(|column| writing.width * usize::from(column.part) / parts.max(1)).collect();
    let size = writing.cells.min(SMALL);
    let cell = |text: &str, style, align, width: usize| {
        let line = line_of(text, style, size, align, 0);
        TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center).add_paragraph(line)
    };
    let head = table.columns.iter().zip(&widths);
    let head = head.map(|(column, width)| cell(&column.name, Style::Bold, AlignmentType::Center, *width)).collect();
    let mut rows = vec![finish::head(TableRow::new(head).cant_split())];
    for row in &table.rows {
        if let ([across], true) = (row.as_slice(), table.columns.len() > 1) {
            let line = line_of(across, Style::Bold, size, AlignmentType::Left, 0).keep_next(true);
            let all = TableCell::new().width(writing.width, WidthType::Dxa).add_paragraph(line);
            rows.push(TableRow::new(vec![all.grid_span(table.columns.len())]).cant_split());
            continue;
        }
        let cells = row.iter().zip(&table.columns).zip(&widths).map(|((text, column), width)| {
            let align = if column.is_number { AlignmentType::Right } else { AlignmentType::Left };
            cell(text, Style::Plain, align, *width)
        });
        rows.push(TableRow::new(cells.collect()).cant_split());
    }
    WordTable::new(rows).set_grid(widths).width(writing.width, WidthType::Dxa).layout(TableLayoutType::Fixed)
}
