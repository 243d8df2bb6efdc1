//! Who and where: the installation, units with their history, points and codes, procedures, volumes, targets.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

const TABLES: &[&str] = &[
    "installation",
    "unit",
    "unit_version",
    "succession",
    "field",
    "point",
    "point_version",
    "point_code",
    "procedure",
    "volume",
    "target",
];

const STATEMENTS: &[&str] = &[
    "CREATE TABLE installation (
        p SMALLINT NOT NULL PRIMARY KEY, simulated BOOLEAN NOT NULL, format SMALLINT NOT NULL, sealed_through INTEGER,
        revision BIGINT NOT NULL)",
    "CREATE TABLE unit (p SMALLINT NOT NULL, unit INTEGER NOT NULL, PRIMARY KEY (p, unit))",
    "CREATE TABLE unit_version (
        p SMALLINT NOT NULL, unit INTEGER NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER,
        code {text} NOT NULL, admin_code {text}, name {text} NOT NULL, kind {text} NOT NULL,
        parent INTEGER, collector INTEGER,
        PRIMARY KEY (p, unit, valid_from), UNIQUE (p, code, valid_from),
        FOREIGN KEY (p, unit) REFERENCES unit (p, unit))",
    "CREATE TABLE succession (
        p SMALLINT NOT NULL, from_unit INTEGER NOT NULL, to_unit INTEGER NOT NULL, day INTEGER NOT NULL,
        kind {text} NOT NULL, citation {text},
        PRIMARY KEY (p, from_unit, to_unit, day),
        FOREIGN KEY (p, from_unit) REFERENCES unit (p, unit), FOREIGN KEY (p, to_unit) REFERENCES unit (p, unit))",
    "CREATE TABLE field (
        p SMALLINT NOT NULL, field SMALLINT NOT NULL, name {text} NOT NULL, PRIMARY KEY (p, field), UNIQUE (p, name))",
    "CREATE TABLE point (
        p SMALLINT NOT NULL, point INTEGER NOT NULL, code {text} NOT NULL, kind {text} NOT NULL,
        PRIMARY KEY (p, point), UNIQUE (p, code))",
    "CREATE TABLE point_version (
        p SMALLINT NOT NULL, point INTEGER NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER,
        unit INTEGER NOT NULL, name {text} NOT NULL, questionnaire {text} NOT NULL, field SMALLINT NOT NULL,
        officers SMALLINT NOT NULL,
        PRIMARY KEY (p, point, valid_from), FOREIGN KEY (p, point) REFERENCES point (p, point),
        FOREIGN KEY (p, unit) REFERENCES unit (p, unit))",
    "CREATE TABLE point_code (
        public_code {text} NOT NULL PRIMARY KEY, p SMALLINT NOT NULL, point INTEGER NOT NULL, revoked INTEGER,
        FOREIGN KEY (p, point) REFERENCES point (p, point))",
    "CREATE INDEX point_code_point ON point_code (p, point)",
    "CREATE TABLE procedure (
        p SMALLINT NOT NULL, procedure INTEGER NOT NULL, code {text} NOT NULL, name {text} NOT NULL,
        field SMALLINT NOT NULL, PRIMARY KEY (p, procedure), UNIQUE (p, code))",
    "CREATE TABLE volume (
        p SMALLINT NOT NULL, point INTEGER NOT NULL, deciding_unit INTEGER NOT NULL, field SMALLINT NOT NULL,
        from_day INTEGER NOT NULL, to_day INTEGER NOT NULL, received BIGINT NOT NULL, returned BIGINT NOT NULL,
        late BIGINT NOT NULL, PRIMARY KEY (p, point, deciding_unit, field, from_day)) {clustered}",
    "CREATE TABLE target (
        p SMALLINT NOT NULL, id INTEGER NOT NULL, measures {text} NOT NULL, field SMALLINT NOT NULL,
        unit INTEGER NOT NULL, year_from SMALLINT NOT NULL, year_to SMALLINT, threshold DOUBLE PRECISION,
        value {text} NOT NULL, comparison {text} NOT NULL, citation {text} NOT NULL, issuer {text} NOT NULL,
        valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (p, id),
        FOREIGN KEY (p, unit) REFERENCES unit (p, unit))",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, STATEMENTS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
