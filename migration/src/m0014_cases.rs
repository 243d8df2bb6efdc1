//! Cases (phản ánh, kiến nghị): what became of bad ratings with a comment. A row holds no time finer than a day, no text of
//! the comment, no point, channel, level or rating, and its number is random.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] = &["complaint"];

const STATEMENTS: &[&str] = &[
    "CREATE TABLE complaint (
        p SMALLINT NOT NULL, id BIGINT NOT NULL, day INTEGER NOT NULL, leaf {bytes} NOT NULL, unit INTEGER NOT NULL,
        state SMALLINT NOT NULL, hint BOOLEAN NOT NULL, class SMALLINT, assigned_unit INTEGER, task {text},
        released_day INTEGER, due_day INTEGER, answer {text}, ended_day INTEGER, quarter INTEGER,
        PRIMARY KEY (p, id)) {clustered}",
    "CREATE UNIQUE INDEX complaint_leaf ON complaint (p, day, leaf)",
    "CREATE INDEX complaint_quarter ON complaint (p, unit, quarter)",
];

/// Every column.
const COLUMNS: &str = "p, id, day, leaf, unit, state, hint, class, assigned_unit, task, released_day, due_day, answer, \
     ended_day, quarter";
/// Columns that acts fill.
const CHANGED: &str = "state, hint, class, assigned_unit, task, released_day, due_day, answer, ended_day, quarter";

/// Writes the table of PostgreSQL anew in the order of its random numbers: rows were added minute by minute.
fn shuffle() -> String {
    format!(
        "CREATE FUNCTION thuocdo_shuffle_cases() RETURNS void LANGUAGE plpgsql
         SECURITY DEFINER SET search_path = public, pg_temp AS $$
         BEGIN
           LOCK TABLE complaint IN ACCESS EXCLUSIVE MODE;
           CREATE TEMP TABLE complaint_rest ON COMMIT DROP AS SELECT {COLUMNS} FROM complaint ORDER BY p, id;
           TRUNCATE complaint;
           INSERT INTO complaint ({COLUMNS}) SELECT {COLUMNS} FROM complaint_rest ORDER BY p, id;
           DROP TABLE complaint_rest;
         END $$"
    )
}

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let role = APPLICATION_ROLE;
        ddl::run(manager, STATEMENTS).await?;
        let postgres = [
            shuffle(),
            format!("GRANT INSERT, DELETE, UPDATE ({CHANGED}), SELECT ({COLUMNS}) ON complaint TO {role}"),
            "REVOKE ALL ON FUNCTION thuocdo_shuffle_cases() FROM PUBLIC".to_owned(),
            format!("GRANT EXECUTE ON FUNCTION thuocdo_shuffle_cases() TO {role}"),
        ];
        ddl::run_on(manager, DbBackend::Postgres, &postgres).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await?;
        let functions = ["DROP FUNCTION IF EXISTS thuocdo_shuffle_cases()".to_owned()];
        ddl::run_on(manager, DbBackend::Postgres, &functions).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
