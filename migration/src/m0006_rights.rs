//! Rights of the program's own role on PostgreSQL: on the answers, and on what is written together with them, it may insert
//! and read named columns, so that the physical order (`ctid`, `xmin`) is out of its reach; SQLite has no roles.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::m0003_answers_guard::{ANSWER_COLUMNS, COMMENT_COLUMNS};
use crate::{APPLICATION_ROLE, ddl};

/// Tables the program keeps up to date.
const WORKING_TABLES: &str = "installation, unit, unit_version, succession, field, point, point_version, point_code, \
     procedure, volume, target, edition, subtotal, subtotal_pair, block, figure, figure_pair, figure_part, figure_part_pair";
/// Columns of form keys.
const KEY_COLUMNS: &str = "p, opened_day, key_hash, stored_day";
/// Columns of cells and of cells of pairs. They are written in the transaction of the answer, so their order is its order.
const CELL_COLUMNS: &str = "p, day, point, deciding_unit, edition, level, channel, field, adj, item, n_blank, n_na, \
     n1, n2, n3, n4, n5, n6, n7, sum_x, sum_xx";
const CELL_PAIR_COLUMNS: &str = "p, day, point, deciding_unit, edition, level, channel, field, adj, item, item2, \
     n_aa, n_as, n_sa, n_ss";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let role = APPLICATION_ROLE;
        let mut statements = vec![
            format!(
                "DO $$ BEGIN
                   IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;
                 EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                 END $$"
            ),
            // A plain owner who was made a member beforehand may not grant the role again.
            format!(
                "DO $$ BEGIN
                   IF NOT pg_has_role(CURRENT_USER, '{role}', 'MEMBER') THEN GRANT {role} TO CURRENT_USER; END IF;
                 END $$"
            ),
            format!("GRANT USAGE ON SCHEMA public TO {role}"),
            format!("GRANT SELECT, INSERT, UPDATE, DELETE ON {WORKING_TABLES} TO {role}"),
            format!("GRANT SELECT, INSERT ON staff_log TO {role}"),
            format!("GRANT INSERT, DELETE, SELECT ({KEY_COLUMNS}) ON idempotency TO {role}"),
            format!("GRANT INSERT, UPDATE, SELECT ({CELL_COLUMNS}) ON cell TO {role}"),
            format!("GRANT INSERT, UPDATE, SELECT ({CELL_PAIR_COLUMNS}) ON cell_pair TO {role}"),
            "REVOKE ALL ON FUNCTION thuocdo_seal(SMALLINT, INTEGER) FROM PUBLIC".to_owned(),
            format!("GRANT EXECUTE ON FUNCTION thuocdo_seal(SMALLINT, INTEGER) TO {role}"),
        ];
        for table in ["response", "response_open"] {
            statements.push(format!("GRANT INSERT, SELECT ({ANSWER_COLUMNS}) ON {table} TO {role}"));
        }
        for table in ["comment", "comment_open"] {
            statements.push(format!(
                "GRANT INSERT, SELECT ({COMMENT_COLUMNS}), UPDATE (text, salt, erased) ON {table} TO {role}"
            ));
        }
        ddl::run_on(manager, DbBackend::Postgres, &statements).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statements = vec![format!("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APPLICATION_ROLE}")];
        ddl::run_on(manager, DbBackend::Postgres, &statements).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
