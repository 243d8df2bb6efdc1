//! The installation: what is true of the whole province's database.

use entity::installation::{ActiveModel, Column, Entity};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter};

use crate::words::{Day, Province};

/// Format of the stored data.
const FORMAT: i16 = 1;

/// The installation of one province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Installation {
    /// Whether the data are a simulation; marked on every page.
    pub simulated: bool,
    /// Last sealed day.
    pub sealed_through: Option<Day>,
    /// Counts every change of figures or registry, so that caches know when to read again.
    pub revision: i64,
}

/// The installation, if there is one.
pub async fn find(db: &impl ConnectionTrait, province: Province) -> Result<Option<Installation>, DbErr> {
    let row = Entity::find_by_id(province.0).one(db).await?;
    Ok(row.map(|row| Installation {
        simulated: row.simulated,
        sealed_through: row.sealed_through.map(Day),
        revision: row.revision,
    }))
}

/// Lets nodes of PostgreSQL that start at once make the installation one after the other; SQLite has one writer.
pub async fn take_turn(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(7411)").await?;
    }
    Ok(())
}

/// Makes the installation.
pub async fn create(db: &impl ConnectionTrait, province: Province, simulated: bool) -> Result<(), DbErr> {
    let row = ActiveModel {
        p: Set(province.0),
        simulated: Set(simulated),
        format: Set(FORMAT),
        sealed_through: Set(None),
        revision: Set(1),
    };
    Entity::insert(row).exec_without_returning(db).await.map(|_| ())
}

/// Counts a change, in the transaction that makes it.
pub async fn revise(db: &impl ConnectionTrait, province: Province) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .filter(Column::P.eq(province.0))
        .exec(db)
        .await
        .map(|_| ())
}

/// Notes the last sealed day.
pub async fn sealed_through(db: &impl ConnectionTrait, province: Province, day: Day) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::SealedThrough, Expr::value(day.0))
        .filter(Column::P.eq(province.0))
        .exec(db)
        .await
        .map(|_| ())
}
