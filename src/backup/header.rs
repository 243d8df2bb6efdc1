//! What a backup says of itself in its first line.

use serde::{Deserialize, Serialize};

use crate::store::schema::{Column, Kind, Table};
use crate::words::Day;

/// The header. It holds no time finer than a day and nothing of the secret keys but a mark by which to know them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Version of the program that wrote it.
    pub program: String,
    /// Day of writing, as `2026-11-21`.
    pub made: String,
    /// Mark of the key file that belongs to the data; absent where none was found.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub keys: Option<String>,
    /// The provinces.
    pub provinces: Vec<ProvinceHeader>,
    /// The steps the schema had taken.
    pub schema: Vec<String>,
    /// The tables in the order in which they follow.
    pub tables: Vec<TableHeader>,
}

/// A province.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvinceHeader {
    /// Its number.
    pub province: i16,
    /// Whether the data are a simulation.
    pub simulated: bool,
    /// Last sealed day, as `2026-11-21`.
    pub sealed_through: Option<String>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableHeader {
    /// Name.
    pub name: String,
    /// Number of rows.
    pub rows: u64,
    /// Columns: name, kind (`smallint`, `integer`, `bigint`, `double`, `boolean`, `text`, `bytes`), may be empty.
    pub columns: Vec<(String, String, bool)>,
    /// Columns of the primary key, in its order.
    pub key: Vec<String>,
}

impl TableHeader {
    /// The header of a table with so many rows.
    pub(super) fn of(table: &Table, rows: u64) -> Self {
        let name = |at: &usize| table.columns.get(*at).map(|column| column.name.clone());
        Self {
            name: table.name.clone(),
            rows,
            columns: table
                .columns
                .iter()
                .map(|column| (column.name.clone(), column.kind.word().to_owned(), column.nullable))
                .collect(),
            key: table.key.iter().filter_map(name).collect(),
        }
    }

    /// The table; `None` if the header makes no sense.
    pub(super) fn table(&self) -> Option<Table> {
        let columns: Option<Vec<Column>> = self
            .columns
            .iter()
            .map(|(name, kind, nullable)| {
                Some(Column { name: name.clone(), kind: Kind::parse(kind)?, nullable: *nullable })
            })
            .collect();
        let columns = columns?;
        let place = |name: &String| columns.iter().position(|column| column.name == *name);
        let key: Vec<usize> = self.key.iter().map(place).collect::<Option<_>>()?;
        (!key.is_empty()).then(|| Table { name: self.name.clone(), columns: columns.clone(), key })
    }
}

impl Header {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().fold(0, |sum, table| sum.saturating_add(table.rows))
    }

    /// Rows of one table.
    pub fn rows_of(&self, name: &str) -> u64 {
        self.tables.iter().filter(|table| table.name == name).map(|table| table.rows).sum()
    }

    /// Answers, sealed and not.
    pub fn answers(&self) -> u64 {
        self.rows_of("response").saturating_add(self.rows_of("response_open"))
    }

    /// The last sealed day of a province.
    pub fn sealed_through(&self, province: i16) -> Option<Day> {
        let of = self.provinces.iter().find(|of| of.province == province)?;
        of.sealed_through.as_deref().and_then(Day::parse)
    }
}
