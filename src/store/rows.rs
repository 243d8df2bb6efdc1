//! Statements over many rows, cut so that no database's limit of bound values is met.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, TryGetable, Value};

/// SQLite binds at most 32,766 values; PostgreSQL 65,535.
const MOST_VALUES: usize = 32_000;
/// Row counts of one statement. Few different ones, so that few statements have to be prepared.
const SIZES: [usize; 5] = [512, 128, 32, 8, 1];

/// Inserts rows, a statement for many at a time. `tail` is what follows the values (`ON CONFLICT …`).
pub(super) async fn insert<const N: usize>(
    db: &impl ConnectionTrait,
    table: &str,
    columns: [&str; N],
    tail: &str,
    rows: Vec<[Value; N]>,
) -> Result<(), DbErr> {
    insert_wide(db, table, &columns, tail, rows.into_iter()).await
}

/// The same for tables whose columns are known only when the program runs. Every row has as many values as there are
/// columns.
pub(super) async fn insert_wide<R: IntoIterator<Item = Value>>(
    db: &impl ConnectionTrait,
    table: &str,
    columns: &[&str],
    tail: &str,
    mut rows: impl ExactSizeIterator<Item = R>,
) -> Result<(), DbErr> {
    let head = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    let wide = columns.len();
    while rows.len() > 0 {
        let size = SIZES.into_iter().find(|size| *size <= rows.len() && size * wide <= MOST_VALUES).unwrap_or(1);
        let sql = format!("{head}{} {tail}", placeholders(db.get_database_backend(), size, wide));
        let values = rows.by_ref().take(size).flatten();
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    }
    Ok(())
}

/// `($1, $2), ($3, $4), …` on PostgreSQL, `(?, ?), (?, ?), …` on SQLite, which looks every numbered one up in a list and
/// takes quadratic time over thousands of them.
pub(super) fn placeholders(backend: DbBackend, rows: usize, columns: usize) -> String {
    let mut text = String::with_capacity(rows * columns * 4);
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=columns {
            text.push_str(if column == 1 { "" } else { ", " });
            if backend == DbBackend::Sqlite {
                text.push('?');
            } else {
                text.push('$');
                text.push_str(&(row * columns + column).to_string());
            }
        }
        text.push(')');
    }
    text
}

/// A statement with its values.
pub(super) fn bind(
    db: &impl ConnectionTrait,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// The rows of a question, each read by `read`.
pub(super) async fn all<T>(
    db: &impl ConnectionTrait,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
    read: impl Fn(&Row<'_>) -> Result<T, DbErr>,
) -> Result<Vec<T>, DbErr> {
    db.query_all_raw(bind(db, sql, values)).await?.iter().map(|row| read(&Row(row))).collect()
}

/// The first row of a question, read by `read`.
pub(super) async fn one<T>(
    db: &impl ConnectionTrait,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
    read: impl Fn(&Row<'_>) -> Result<T, DbErr>,
) -> Result<Option<T>, DbErr> {
    db.query_one_raw(bind(db, sql, values)).await?.map(|row| read(&Row(&row))).transpose()
}

/// A row that is read by position.
pub(super) struct Row<'a>(&'a sea_orm::QueryResult);

impl Row<'_> {
    /// The value in this column.
    pub(super) fn get<T: TryGetable>(&self, column: usize) -> Result<T, DbErr> {
        self.0.try_get_by_index(column)
    }
}
