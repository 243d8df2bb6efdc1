//! The counts: cells by day, their sums by half-month for the office, blocks and figures for everybody.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

const TABLES: &[&str] = &[
    "cell",
    "cell_pair",
    "subtotal",
    "subtotal_pair",
    "block",
    "figure",
    "figure_pair",
    "figure_part",
    "figure_part_pair",
];

const STATEMENTS: &[&str] = &[
    "CREATE TABLE cell (p SMALLINT NOT NULL, day INTEGER NOT NULL, point INTEGER NOT NULL, deciding_unit INTEGER NOT NULL,
        edition SMALLINT NOT NULL, level SMALLINT NOT NULL, channel SMALLINT NOT NULL, field SMALLINT NOT NULL,
        adj SMALLINT NOT NULL, item SMALLINT NOT NULL, n_blank BIGINT NOT NULL, n_na BIGINT NOT NULL,
        n1 BIGINT NOT NULL, n2 BIGINT NOT NULL, n3 BIGINT NOT NULL, n4 BIGINT NOT NULL, n5 BIGINT NOT NULL,
        n6 BIGINT NOT NULL, n7 BIGINT NOT NULL, sum_x BIGINT NOT NULL, sum_xx BIGINT NOT NULL,
        PRIMARY KEY (p, day, point, deciding_unit, edition, level, channel, field, adj, item)) {clustered}",
    "CREATE TABLE cell_pair (p SMALLINT NOT NULL, day INTEGER NOT NULL, point INTEGER NOT NULL, deciding_unit INTEGER NOT NULL,
        edition SMALLINT NOT NULL, level SMALLINT NOT NULL, channel SMALLINT NOT NULL, field SMALLINT NOT NULL,
        adj SMALLINT NOT NULL, item SMALLINT NOT NULL, item2 SMALLINT NOT NULL, n_aa BIGINT NOT NULL, n_as BIGINT NOT NULL, n_sa BIGINT NOT NULL, n_ss BIGINT NOT NULL,
        PRIMARY KEY (p, day, point, deciding_unit, edition, level, channel, field, adj, item, item2)) {clustered}",
    "CREATE TABLE subtotal (p SMALLINT NOT NULL, unit INTEGER NOT NULL, half INTEGER NOT NULL, edition SMALLINT NOT NULL,
        level SMALLINT NOT NULL, channel SMALLINT NOT NULL, field SMALLINT NOT NULL, adj SMALLINT NOT NULL,
        item SMALLINT NOT NULL, n_blank BIGINT NOT NULL, n_na BIGINT NOT NULL,
        n1 BIGINT NOT NULL, n2 BIGINT NOT NULL, n3 BIGINT NOT NULL, n4 BIGINT NOT NULL, n5 BIGINT NOT NULL,
        n6 BIGINT NOT NULL, n7 BIGINT NOT NULL, sum_x BIGINT NOT NULL, sum_xx BIGINT NOT NULL,
        PRIMARY KEY (p, unit, half, edition, level, channel, field, adj, item)) {clustered}",
    "CREATE TABLE subtotal_pair (p SMALLINT NOT NULL, unit INTEGER NOT NULL, half INTEGER NOT NULL, edition SMALLINT NOT NULL,
        level SMALLINT NOT NULL, channel SMALLINT NOT NULL, field SMALLINT NOT NULL, adj SMALLINT NOT NULL,
        item SMALLINT NOT NULL, item2 SMALLINT NOT NULL, n_aa BIGINT NOT NULL, n_as BIGINT NOT NULL, n_sa BIGINT NOT NULL, n_ss BIGINT NOT NULL,
        PRIMARY KEY (p, unit, half, edition, level, channel, field, adj, item, item2)) {clustered}",
    "CREATE TABLE block (
        p SMALLINT NOT NULL, node INTEGER NOT NULL, edition SMALLINT NOT NULL, level SMALLINT NOT NULL,
        half INTEGER NOT NULL, number SMALLINT NOT NULL, through_day INTEGER NOT NULL, n BIGINT NOT NULL,
        PRIMARY KEY (p, node, edition, level, half, number)) {clustered}",
    "CREATE TABLE figure (p SMALLINT NOT NULL, unit INTEGER NOT NULL, edition SMALLINT NOT NULL, level SMALLINT NOT NULL,
        half INTEGER NOT NULL, adj SMALLINT NOT NULL, item SMALLINT NOT NULL, n_blank BIGINT NOT NULL, n_na BIGINT NOT NULL,
        n1 BIGINT NOT NULL, n2 BIGINT NOT NULL, n3 BIGINT NOT NULL, n4 BIGINT NOT NULL, n5 BIGINT NOT NULL,
        n6 BIGINT NOT NULL, n7 BIGINT NOT NULL, sum_x BIGINT NOT NULL, sum_xx BIGINT NOT NULL,
        PRIMARY KEY (p, unit, edition, level, half, adj, item)) {clustered}",
    "CREATE TABLE figure_pair (p SMALLINT NOT NULL, unit INTEGER NOT NULL, edition SMALLINT NOT NULL, level SMALLINT NOT NULL,
        half INTEGER NOT NULL, adj SMALLINT NOT NULL, item SMALLINT NOT NULL, item2 SMALLINT NOT NULL, n_aa BIGINT NOT NULL, n_as BIGINT NOT NULL, n_sa BIGINT NOT NULL, n_ss BIGINT NOT NULL,
        PRIMARY KEY (p, unit, edition, level, half, adj, item, item2)) {clustered}",
    "CREATE TABLE figure_part (p SMALLINT NOT NULL, unit INTEGER NOT NULL, edition SMALLINT NOT NULL, level SMALLINT NOT NULL,
        half INTEGER NOT NULL, kind SMALLINT NOT NULL, part INTEGER NOT NULL, adj SMALLINT NOT NULL,
        item SMALLINT NOT NULL, n_blank BIGINT NOT NULL, n_na BIGINT NOT NULL,
        n1 BIGINT NOT NULL, n2 BIGINT NOT NULL, n3 BIGINT NOT NULL, n4 BIGINT NOT NULL, n5 BIGINT NOT NULL,
        n6 BIGINT NOT NULL, n7 BIGINT NOT NULL, sum_x BIGINT NOT NULL, sum_xx BIGINT NOT NULL,
        PRIMARY KEY (p, unit, edition, level, half, kind, part, adj, item)) {clustered}",
    "CREATE TABLE figure_part_pair (p SMALLINT NOT NULL, unit INTEGER NOT NULL, edition SMALLINT NOT NULL, level SMALLINT NOT NULL,
        half INTEGER NOT NULL, kind SMALLINT NOT NULL, part INTEGER NOT NULL, adj SMALLINT NOT NULL,
        item SMALLINT NOT NULL, item2 SMALLINT NOT NULL, n_aa BIGINT NOT NULL, n_as BIGINT NOT NULL, n_sa BIGINT NOT NULL, n_ss BIGINT NOT NULL,
        PRIMARY KEY (p, unit, edition, level, half, kind, part, adj, item, item2)) {clustered}",
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
