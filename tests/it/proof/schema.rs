//! The entities say what the migrations made: every table, every column, its width, its nullability, its key.
//!
//! Seen failing with `block.n` as INTEGER and `block.through_day` without NOT NULL in the migration.

use std::collections::BTreeMap;

use sea_orm::sea_query::ColumnType;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn};

use super::query;
use crate::world::databases;

/// A column as entity and database both can say it: width, NULL allowed, part of the key.
type Column = (&'static str, bool, bool);
type Tables = BTreeMap<String, BTreeMap<String, Column>>;

fn width(column: &ColumnType) -> &'static str {
    match column {
        ColumnType::SmallInteger => "smallint",
        ColumnType::Integer => "integer",
        ColumnType::BigInteger => "bigint",
        ColumnType::Double => "double precision",
        ColumnType::Boolean => "boolean",
        ColumnType::Text | ColumnType::String(_) => "text",
        ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_) => "bytes",
        other => panic!("no column has the type {other:?}"),
    }
}

fn entity<E: EntityTrait>() -> (String, BTreeMap<String, Column>) {
    let key: Vec<&str> = E::PrimaryKey::iter().map(|key| key.into_column().as_str()).collect();
    let columns = E::Column::iter()
        .map(|column| {
            let is_key = key.contains(&column.as_str());
            let definition = column.def();
            (column.as_str().to_owned(), (width(definition.get_column_type()), definition.is_null(), is_key))
        })
        .collect();
    (E::default().table_name().to_owned(), columns)
}

macro_rules! entities {
    ($($name:ident)+) => { Tables::from([$(entity::<entity::$name::Entity>()),+]) };
}

fn entities() -> Tables {
    entities! {
        alert alert_look batch batch_late block cell cell_pair checkpoint comment comment_open complaint decision digest dispute edition field figure figure_pair figure_part figure_part_pair idempotency installation invitation late_dossier measure_input outbox point
        point_code point_version procedure publication record_key record_request report_letter response response_open series_value sign_in_failure signal staff
        staff_grant staff_link staff_log staff_log_head staff_recovery staff_session subtotal subtotal_pair
        succession target ticket ticket_spent ticket_spent_open tree_node unit unit_version upload volume
    }
}

/// What a database calls a type, in the words above.
fn known(name: &str) -> &'static str {
    match name.split(' ').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "smallint" => "smallint",
        "integer" => "integer",
        "bigint" => "bigint",
        "double" => "double precision",
        "boolean" => "boolean",
        "text" => "text",
        "blob" | "bytea" => "bytes",
        other => panic!("no column has the type {other}"),
    }
}

async fn stored(db: &impl ConnectionTrait) -> Tables {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT c.table_name::text, c.column_name::text, c.data_type::text, (c.is_nullable = 'YES')::int,
                    (EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a
                             ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                             WHERE i.indisprimary AND i.indrelid = format('public.%I', c.table_name)::regclass
                               AND a.attname = c.column_name))::int
             FROM information_schema.columns c
             WHERE c.table_schema = 'public' AND c.table_name <> 'seaql_migrations'"
        }
        _ => {
            "SELECT t.name, c.name, c.type, CAST(c.\"notnull\" = 0 AS INTEGER), CAST(c.pk > 0 AS INTEGER)
             FROM sqlite_schema t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name <> 'seaql_migrations'"
        }
    };
    let mut tables = Tables::new();
    for row in query(db, sql).await {
        let text = |at: usize| row.try_get_by_index::<String>(at).unwrap();
        let truth = |at: usize| row.try_get_by_index::<i32>(at).unwrap() == 1;
        tables.entry(text(0)).or_default().insert(text(1), (known(&text(2)), truth(3), truth(4)));
    }
    tables
}

#[tokio::test]
async fn entities_and_tables_are_the_same_column_by_column() {
    let entities = entities();
    for world in databases().await {
        // The owner reads the catalogue: information_schema hides from a role what it has no right to.
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        let stored = stored(&owner).await;
        owner.close().await.unwrap();
        assert_eq!(
            entities.keys().collect::<Vec<_>>(),
            stored.keys().collect::<Vec<_>>(),
            "every table has its entity and every entity its table"
        );
        for (table, columns) in &entities {
            assert_eq!(Some(columns), stored.get(table), "{table}");
        }
        world.close().await;
    }
}
