//! The tables as plain data: what every one of them is called, its columns, its key, and the values that stand in them.
//!
//! Backup and restore move whole tables; they need to know their shape, not their meaning.

use std::cmp::Ordering;

use entity::{
    alert, alert_look, batch, batch_late, block, cell, cell_pair, checkpoint, comment, comment_open, complaint,
    decision, digest, dispute, edition, field, figure, figure_pair, figure_part, figure_part_pair, idempotency,
    installation, invitation, late_dossier, measure_input, outbox, point, point_code, point_version, procedure,
    publication, record_key, record_request, report_letter, response, response_open, series_value, sign_in_failure,
    signal, staff, staff_grant, staff_link, staff_log, staff_log_head, staff_recovery, staff_session, subtotal,
    subtotal_pair, succession, target, ticket, ticket_spent, ticket_spent_open, tree_node, unit, unit_version, upload,
    volume,
};
use sea_orm::sea_query::ColumnType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn, Value,
};

use super::rows::{Row, all};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of 16 bits.
    Small,
    /// A whole number of 32 bits.
    Whole,
    /// A whole number of 64 bits.
    Big,
    /// A number with a fraction.
    Real,
    /// Yes or no.
    Truth,
    /// Text in UTF-8.
    Text,
    /// Bytes.
    Bytes,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Small, Self::Whole, Self::Big, Self::Real, Self::Truth, Self::Text, Self::Bytes];

    /// The word for it, the same for every database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Small => "smallint",
            Self::Whole => "integer",
            Self::Big => "bigint",
            Self::Real => "double",
            Self::Truth => "boolean",
            Self::Text => "text",
            Self::Bytes => "bytes",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The kind of a type as one of the databases calls it.
    fn of_database(name: &str) -> Option<Self> {
        match name.split([' ', '(']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "blob" | "bytea" => Some(Self::Bytes),
            word => Self::parse(word),
        }
    }

    fn of_entity(column: &ColumnType) -> Option<Self> {
        match column {
            ColumnType::SmallInteger => Some(Self::Small),
            ColumnType::Integer => Some(Self::Whole),
            ColumnType::BigInteger => Some(Self::Big),
            ColumnType::Double => Some(Self::Real),
            ColumnType::Boolean => Some(Self::Truth),
            ColumnType::Text | ColumnType::String(_) => Some(Self::Text),
            ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_) => Some(Self::Bytes),
            _ => None,
        }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be empty.
    pub nullable: bool,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name.
    pub name: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Places of the columns of the primary key, in its order.
    pub key: Vec<usize>,
}

impl Table {
    /// The key of a row.
    pub fn key_of<'a>(&self, row: &'a [Datum]) -> Vec<&'a Datum> {
        self.key.iter().filter_map(|at| row.get(*at)).collect()
    }

    /// The names of the columns, quoted for a statement.
    pub(super) fn quoted(&self, places: impl Iterator<Item = usize>) -> Vec<String> {
        places.filter_map(|at| self.columns.get(at)).map(|column| quoted(&column.name)).collect()
    }
}

/// A name as both databases take it, whatever it holds.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A value of any column.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// Nothing.
    Null,
    /// A whole number.
    Number(i64),
    /// A number with a fraction.
    Real(f64),
    /// Yes or no.
    Truth(bool),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Datum {
    /// The order of keys: numbers by size, texts and bytes byte by byte, on every database.
    pub fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Null, Self::Null) => Ordering::Equal,
            (Self::Number(a), Self::Number(b)) => a.cmp(b),
            (Self::Real(a), Self::Real(b)) => a.total_cmp(b),
            (Self::Truth(a), Self::Truth(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => a.as_bytes().cmp(b.as_bytes()),
            (Self::Bytes(a), Self::Bytes(b)) => a.cmp(b),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::Null => 0,
            Self::Number(_) => 1,
            Self::Real(_) => 2,
            Self::Truth(_) => 3,
            Self::Text(_) => 4,
            Self::Bytes(_) => 5,
        }
    }

    /// The value as a statement binds it, in the width of its column.
    pub(super) fn bound(self, kind: Kind) -> Result<Value, DbErr> {
        let narrow =
            |_error: std::num::TryFromIntError| DbErr::Type(format!("a number does not fit a {}", kind.word()));
        Ok(match (kind, self) {
            (Kind::Small, Self::Null) => Value::SmallInt(None),
            (Kind::Whole, Self::Null) => Value::Int(None),
            (Kind::Big, Self::Null) => Value::BigInt(None),
            (Kind::Real, Self::Null) => Value::Double(None),
            (Kind::Truth, Self::Null) => Value::Bool(None),
            (Kind::Text, Self::Null) => Value::String(None),
            (Kind::Bytes, Self::Null) => Value::Bytes(None),
            (Kind::Small, Self::Number(number)) => i16::try_from(number).map_err(narrow)?.into(),
            (Kind::Whole, Self::Number(number)) => i32::try_from(number).map_err(narrow)?.into(),
            (Kind::Big, Self::Number(number)) => number.into(),
            (Kind::Real, Self::Real(number)) => number.into(),
            (Kind::Truth, Self::Truth(truth)) => truth.into(),
            (Kind::Text, Self::Text(text)) => text.into(),
            (Kind::Bytes, Self::Bytes(bytes)) => bytes.into(),
            (kind, _) => return Err(DbErr::Type(format!("a value is no {}", kind.word()))),
        })
    }

    /// The value in a column of a row.
    pub(super) fn read(row: &Row<'_>, at: usize, kind: Kind) -> Result<Self, DbErr> {
        let number = |number: Option<i64>| number.map_or(Self::Null, Self::Number);
        Ok(match kind {
            Kind::Small => number(row.get::<Option<i16>>(at)?.map(i64::from)),
            Kind::Whole => number(row.get::<Option<i32>>(at)?.map(i64::from)),
            Kind::Big => number(row.get::<Option<i64>>(at)?),
            Kind::Real => row.get::<Option<f64>>(at)?.map_or(Self::Null, Self::Real),
            Kind::Truth => row.get::<Option<bool>>(at)?.map_or(Self::Null, Self::Truth),
            Kind::Text => row.get::<Option<String>>(at)?.map_or(Self::Null, Self::Text),
            Kind::Bytes => row.get::<Option<Vec<u8>>>(at)?.map_or(Self::Null, Self::Bytes),
        })
    }
}

fn table<E: EntityTrait>() -> Result<Table, DbErr> {
    let mut columns = Vec::new();
    for column in E::Column::iter() {
        let (name, definition) = (column.as_str().to_owned(), column.def());
        let kind = Kind::of_entity(definition.get_column_type())
            .ok_or_else(|| DbErr::Type(format!("the column {name} has no kind")))?;
        columns.push(Column { name, kind, nullable: definition.is_null() });
    }
    let place = |name: &str| columns.iter().position(|column| column.name == name);
    let key = E::PrimaryKey::iter().filter_map(|key| place(key.into_column().as_str())).collect();
    Ok(Table { name: E::default().table_name().to_owned(), columns, key })
}

macro_rules! tables {
    ($($name:ident)+) => { Ok(vec![$(table::<$name::Entity>()?),+]) };
}

/// The tables of the open day, in the order in which they are read. Cases are not of the open day, but sealing writes them anew.
pub const OPEN_DAY: [&str; 4] = ["response_open", "comment_open", "ticket_spent_open", "complaint"];

/// Tables of which a backup keeps the shape and no row: what identifies a person does not outlive the sending of a link.
pub const NOT_KEPT: [&str; 1] = ["invitation"];

/// Every table of the present schema. The open day comes first, so that whoever reads them all is done with it soon; after
/// it no table comes before one it refers to.
pub fn tables() -> Result<Vec<Table>, DbErr> {
    tables! {
        response_open comment_open ticket_spent_open complaint installation edition unit unit_version succession field point point_version point_code
        procedure volume target response comment idempotency cell cell_pair subtotal subtotal_pair block figure figure_pair
        figure_part figure_part_pair staff staff_grant staff_session staff_link staff_recovery
        sign_in_failure upload staff_log staff_log_head decision outbox ticket ticket_spent dispute invitation signal
        late_dossier measure_input series_value alert_look alert digest batch batch_late tree_node checkpoint record_key publication record_request report_letter
    }
}

/// Every table that the database itself has, by name, columns in their order. PostgreSQL shows them all to their owner only.
pub(super) async fn stored(db: &impl ConnectionTrait) -> Result<Vec<Table>, DbErr> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), (NOT a.attnotnull)::int,
                    COALESCE(array_position(i.indkey::int2[], a.attnum), -1)::int
             FROM pg_class c
             JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
             WHERE c.relkind IN ('r', 'p') AND c.relname <> 'seaql_migrations'
             ORDER BY c.relname COLLATE \"C\", a.attnum"
        }
        _ => {
            "SELECT t.name, c.name, c.type, CAST(c.\"notnull\" = 0 AS INTEGER), CAST(c.pk - 1 AS INTEGER)
             FROM sqlite_schema t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name <> 'seaql_migrations'
             ORDER BY t.name, c.cid"
        }
    };
    let found = all(db, sql, [], |row| {
        let (name, kind): (String, String) = (row.get(1)?, row.get(2)?);
        let kind = Kind::of_database(&kind).ok_or_else(|| DbErr::Type(format!("{name} is a {kind}")))?;
        let column = Column { name, kind, nullable: row.get::<i32>(3)? == 1 };
        Ok((row.get::<String>(0)?, column, row.get::<i32>(4)?))
    })
    .await?;
    let mut tables: Vec<(Table, Vec<(i32, usize)>)> = Vec::new();
    for (name, column, rank) in found {
        if tables.last().is_none_or(|(table, _)| table.name != name) {
            tables.push((Table { name, columns: Vec::new(), key: Vec::new() }, Vec::new()));
        }
        if let Some((table, key)) = tables.last_mut() {
            if rank >= 0 {
                key.push((rank, table.columns.len()));
            }
            table.columns.push(column);
        }
    }
    Ok(tables
        .into_iter()
        .map(|(table, mut key)| {
            key.sort_unstable();
            Table { key: key.into_iter().map(|(_, place)| place).collect(), ..table }
        })
        .collect())
}
