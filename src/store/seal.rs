//! Moving ended days into the sealed tables, in key order.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};

use super::rows::bind;
use crate::words::{Day, Province};

/// Waits until no node of PostgreSQL is storing answers, and keeps them waiting until the transaction ends.
pub async fn take_open_day(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(7412)").await?;
    }
    Ok(())
}

/// Moves the tickets spent so far away from the order in which they were. None of them is joined with a day.
async fn move_spent_tickets(tx: &impl ConnectionTrait, province: Province) -> Result<(), DbErr> {
    let statements: &[&str] = match tx.get_database_backend() {
        DbBackend::Postgres => &["SELECT thuocdo_seal_tickets($1::smallint)"],
        _ => &[
            "INSERT INTO ticket_spent (p, hash) SELECT p, hash FROM ticket_spent_open WHERE p = $1 ORDER BY p, hash",
            "DELETE FROM ticket_spent_open WHERE p = $1",
        ],
    };
    for sql in statements {
        tx.execute_raw(bind(tx, *sql, [province.0.into()])).await?;
    }
    Ok(())
}

/// Moves every answer up to a day, and the spent tickets. A row leaves the open tables only if the same row is sealed: a trigger sees to it.
pub async fn move_open_answers(tx: &impl ConnectionTrait, province: Province, through: Day) -> Result<(), DbErr> {
    move_spent_tickets(tx, province).await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        let sql = "SELECT thuocdo_seal($1::smallint, $2::integer)";
        tx.execute_raw(bind(tx, sql, [province.0.into(), through.0.into()])).await?;
        return Ok(());
    }
    let answer = "p, day, leaf, format, edition, point, deciding_unit, procedure, field, channel, level, reason, helper, \
                  flags, wave, place, answers, comment_hash, salt";
    let comment = "p, day, leaf, text, salt, erased";
    for (table, columns) in [("response", answer), ("comment", comment)] {
        let of = "WHERE p = $1 AND day <= $2";
        let copy =
            format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}_open {of} ORDER BY p, day, leaf");
        tx.execute_raw(bind(tx, copy, [province.0.into(), through.0.into()])).await?;
        let empty = format!("DELETE FROM {table}_open {of}");
        tx.execute_raw(bind(tx, empty, [province.0.into(), through.0.into()])).await?;
    }
    Ok(())
}
