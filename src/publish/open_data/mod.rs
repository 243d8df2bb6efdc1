//! What everybody may take away: data sets with their code books, their tables, the catalogue of them.

mod series;
mod table;

pub use series::series_table;
pub use table::{Column, DataTable, Datum, Holds};
