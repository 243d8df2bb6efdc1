//! Publications: what was frozen and submitted, who approved it, and the files that go with it. Rows are never deleted; what
//! was frozen never changes, and what was decided is decided once. `record_request` says who asked for the records behind one.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{APPLICATION_ROLE, ddl};

const TABLES: &[&str] = &["publication", "record_request"];

const STATEMENTS: &[&str] = &[
    "CREATE TABLE publication (
        p SMALLINT NOT NULL, slug {text} NOT NULL, version INTEGER NOT NULL, title_vi {text} NOT NULL,
        title_en {text} NOT NULL, choice {text} NOT NULL, reason {text}, canonical {bytes} NOT NULL, evidence {bytes} NOT NULL,
        checkpoint_size BIGINT NOT NULL, submitter INTEGER NOT NULL, submitted_at BIGINT NOT NULL,
        submit_line INTEGER NOT NULL, state {text} NOT NULL, decider INTEGER, decided_at BIGINT, decide_line INTEGER,
        decision {text}, decision_day INTEGER, release_at BIGINT, approval {text}, approval_hash {text}, files {bytes},
        document {bytes}, PRIMARY KEY (p, slug, version))",
    "CREATE TABLE record_request (
        p SMALLINT NOT NULL, id INTEGER NOT NULL, slug {text} NOT NULL, version INTEGER NOT NULL, reason {text} NOT NULL,
        asker INTEGER NOT NULL, asked_at BIGINT NOT NULL, state {text} NOT NULL, decider INTEGER, decided_at BIGINT,
        PRIMARY KEY (p, id))",
];

/// Columns that say what was submitted.
const FROZEN: [&str; 13] = [
    "p",
    "slug",
    "version",
    "title_vi",
    "title_en",
    "choice",
    "canonical",
    "evidence",
    "checkpoint_size",
    "submitter",
    "submitted_at",
    "submit_line",
    "COALESCE(reason, '')",
];
/// Columns that a decision fills.
const DECIDED: &str =
    "state, decider, decided_at, decide_line, decision, decision_day, release_at, approval, approval_hash, files";

/// Whether an update changes what may not change: what was submitted at any time; once it is decided, everything but the
/// signed document, which is attached once.
fn forbidden() -> String {
    let of = |row: &str, column: &str| match column.strip_prefix("COALESCE(") {
        Some(rest) => format!("COALESCE({row}.{rest}"),
        None => format!("{row}.{column}"),
    };
    let frozen = FROZEN.map(|column| format!("{} <> {}", of("NEW", column), of("OLD", column))).join(" OR ");
    let kept = "NEW.state <> OLD.state OR NEW.approval <> OLD.approval OR NEW.files <> OLD.files
        OR NEW.release_at <> OLD.release_at OR NEW.decision <> OLD.decision OR OLD.document IS NOT NULL";
    format!("{frozen} OR (OLD.state <> 'submitted' AND ({kept}))")
}

const REQUEST: &str =
    "OLD.state <> 'asked' OR NEW.slug <> OLD.slug OR NEW.version <> OLD.version OR NEW.asker <> OLD.asker
    OR NEW.reason <> OLD.reason OR NEW.asked_at <> OLD.asked_at";

/// Triggers of SQLite; an insert over an existing key is refused before it can replace.
pub(crate) fn sqlite() -> Vec<String> {
    let mut all = vec![
        format!(
            "CREATE TRIGGER publication_frozen BEFORE UPDATE ON publication WHEN {}
             BEGIN SELECT RAISE(ABORT, 'a publication is never changed: publish a corrected version'); END",
            forbidden()
        ),
        format!(
            "CREATE TRIGGER record_request_once BEFORE UPDATE ON record_request WHEN {REQUEST}
             BEGIN SELECT RAISE(ABORT, 'a request is decided once'); END"
        ),
    ];
    for (table, key) in
        [("publication", "slug = NEW.slug AND version = NEW.version"), ("record_request", "id = NEW.id")]
    {
        all.push(format!(
            "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
             WHEN EXISTS (SELECT 1 FROM {table} WHERE p = NEW.p AND {key})
             BEGIN SELECT RAISE(ABORT, 'a {table} is never replaced'); END"
        ));
        all.push(format!(
            "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
             BEGIN SELECT RAISE(ABORT, 'a {table} is never deleted'); END"
        ));
    }
    all
}

/// Triggers of PostgreSQL.
pub(crate) fn postgres() -> Vec<String> {
    let function = |name: &str, when: &str, says: &str| {
        format!(
            "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN IF {when} THEN RAISE EXCEPTION '{says}'; END IF; RETURN NEW; END $$"
        )
    };
    let mut all = vec![
        function(
            "thuocdo_publication_frozen",
            &forbidden(),
            "a publication is never changed: publish a corrected version",
        ),
        function("thuocdo_request_once", REQUEST, "a request is decided once"),
        "CREATE TRIGGER publication_frozen BEFORE UPDATE ON publication
         FOR EACH ROW EXECUTE FUNCTION thuocdo_publication_frozen()"
            .to_owned(),
        "CREATE TRIGGER record_request_once BEFORE UPDATE ON record_request
         FOR EACH ROW EXECUTE FUNCTION thuocdo_request_once()"
            .to_owned(),
    ];
    for table in ["publication", "record_request"] {
        all.push(format!(
            "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
             FOR EACH ROW EXECUTE FUNCTION thuocdo_never_deleted()"
        ));
    }
    all
}

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await?;
        ddl::run_on(manager, DbBackend::Sqlite, &sqlite()).await?;
        ddl::run_on(manager, DbBackend::Postgres, &postgres()).await?;
        let rights = [
            format!("GRANT SELECT, INSERT, UPDATE ({DECIDED}, document) ON publication TO {APPLICATION_ROLE}"),
            format!(
                "GRANT SELECT, INSERT, UPDATE (state, decider, decided_at) ON record_request TO {APPLICATION_ROLE}"
            ),
        ];
        ddl::run_on(manager, DbBackend::Postgres, &rights).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await?;
        let functions = ["thuocdo_publication_frozen", "thuocdo_request_once"];
        let functions = functions.map(|function| format!("DROP FUNCTION IF EXISTS {function}()"));
        ddl::run_on(manager, DbBackend::Postgres, &functions).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
