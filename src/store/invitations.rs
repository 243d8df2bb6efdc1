//! Links that are to be sent, or were sent in the last days. What identifies a person goes as soon as the link left; the keyed
//! hash of the contact stays some days more, so that a contact that stands with several dossiers is known.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use super::connect::Database;
use super::rows::{all, bind, insert, one};
use crate::record::TicketHash;
use crate::words::{Day, Moment, Province};

/// A link on its way.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Hash of the ticket.
    pub hash: TicketHash,
    /// Keyed hash of the contact.
    pub contact: [u8; 32],
    /// Where it is sent by this program; `None` where others send it.
    pub address: Option<String>,
    /// The ticket, readable with the key alone.
    pub sealed: Option<Vec<u8>>,
    /// Moment of the first try.
    pub not_before: Moment,
    /// Day on which the row goes.
    pub delete_on: Day,
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Invitation(…)")
    }
}

/// One that was taken to be sent.
pub struct Due {
    /// Hash of the ticket.
    pub hash: TicketHash,
    /// Where to.
    pub address: String,
    /// The ticket, readable with the key alone.
    pub sealed: Vec<u8>,
    /// How often it was taken, this time included.
    pub attempts: i16,
}

impl std::fmt::Debug for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Due(attempt {})", self.attempts)
    }
}

/// Notes contacts; a ticket that has an invitation keeps it.
pub async fn add(tx: &impl ConnectionTrait, province: Province, invitations: &[Invitation]) -> Result<(), DbErr> {
    lay_down(tx, province, invitations, "ON CONFLICT (p, hash) DO NOTHING").await
}

/// Lays invitations down to be sent.
pub async fn put(tx: &impl ConnectionTrait, province: Province, invitations: &[Invitation]) -> Result<(), DbErr> {
    let again = "ON CONFLICT (p, hash) DO UPDATE SET contact_hash = excluded.contact_hash, address = excluded.address,
                 sealed = excluded.sealed, not_before = excluded.not_before, delete_on = excluded.delete_on";
    lay_down(tx, province, invitations, again).await
}

async fn lay_down(
    tx: &impl ConnectionTrait,
    province: Province,
    invitations: &[Invitation],
    again: &str,
) -> Result<(), DbErr> {
    let rows = invitations.iter().map(|one| -> [Value; 8] {
        [
            province.0.into(),
            one.hash.0.to_vec().into(),
            one.contact.to_vec().into(),
            one.address.clone().into(),
            one.sealed.clone().into(),
            one.not_before.unix().into(),
            0_i16.into(),
            one.delete_on.0.into(),
        ]
    });
    let columns = ["p", "hash", "contact_hash", "address", "sealed", "not_before", "attempts", "delete_on"];
    insert(tx, "invitation", columns, again, rows.collect()).await
}

/// The tickets of the last days that were sent to these contacts, by contact.
pub async fn of_contacts(
    db: &impl ConnectionTrait,
    province: Province,
    contacts: &BTreeSet<[u8; 32]>,
) -> Result<BTreeMap<[u8; 32], BTreeSet<TicketHash>>, DbErr> {
    let mut found: BTreeMap<[u8; 32], BTreeSet<TicketHash>> = BTreeMap::new();
    let bytes = |bytes: Vec<u8>| -> Result<[u8; 32], DbErr> {
        bytes.try_into().map_err(|_bytes| DbErr::Type("a hash has 32 bytes".to_owned()))
    };
    let contacts: Vec<&[u8; 32]> = contacts.iter().collect();
    for chunk in contacts.chunks(500) {
        let marks: Vec<String> = (0..chunk.len()).map(|at| format!("${}", at + 2)).collect();
        let sql = format!(
            "SELECT contact_hash, hash FROM invitation WHERE p = $1 AND contact_hash IN ({})",
            marks.join(", ")
        );
        let values = [Value::from(province.0)].into_iter().chain(chunk.iter().map(|hash| hash.to_vec().into()));
        for (contact, hash) in all(db, sql, values, |row| Ok((bytes(row.get(0)?)?, bytes(row.get(1)?)?))).await? {
            found.entry(contact).or_default().insert(TicketHash(hash));
        }
    }
    Ok(found)
}

/// Whether one is due.
pub async fn is_due(db: &impl ConnectionTrait, province: Province, now: Moment) -> Result<bool, DbErr> {
    let sql = "SELECT 1 FROM invitation WHERE p = $1 AND address IS NOT NULL AND not_before <= $2 LIMIT 1";
    Ok(one(db, sql, [province.0.into(), now.unix().into()], |row| row.get::<i32>(0)).await?.is_some())
}

/// Takes one that is due; until `until` it is nobody else's.
pub async fn take_due(db: &Database, province: Province, now: Moment, until: Moment) -> Result<Option<Due>, DbErr> {
    let tx = db.begin().await?;
    let lock = if tx.get_database_backend() == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!(
        "UPDATE invitation SET attempts = attempts + 1, not_before = $3 WHERE p = $1 AND hash = (
             SELECT hash FROM invitation WHERE p = $1 AND address IS NOT NULL AND not_before <= $2 AND attempts < 32000
             ORDER BY not_before, hash LIMIT 1 {lock})
         RETURNING hash, address, sealed, attempts"
    );
    let values = [province.0.into(), now.unix().into(), until.unix().into()];
    let taken = one(&tx, sql, values, |row| {
        let hash: Vec<u8> = row.get(0)?;
        let hash = hash.try_into().map_err(|_bytes| DbErr::Type("a hash has 32 bytes".to_owned()))?;
        let sealed: Option<Vec<u8>> = row.get(2)?;
        Ok(Due {
            hash: TicketHash(hash),
            address: row.get(1)?,
            sealed: sealed.unwrap_or_default(),
            attempts: row.get(3)?,
        })
    })
    .await?;
    tx.commit().await?;
    Ok(taken)
}

/// Lets one that could not be sent wait for its next try.
pub async fn put_off(db: &Database, province: Province, hash: TicketHash, until: Moment) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    let sql = "UPDATE invitation SET not_before = $3 WHERE p = $1 AND hash = $2";
    let values = [province.0.into(), hash.0.to_vec().into(), until.unix().into()];
    tx.execute_raw(bind(&tx, sql, values)).await?;
    tx.commit().await
}

/// Forgets where one was sent, because it left or is given up.
pub async fn forget_address(db: &Database, province: Province, hash: TicketHash) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    let sql = "UPDATE invitation SET address = NULL, sealed = NULL WHERE p = $1 AND hash = $2";
    tx.execute_raw(bind(&tx, sql, [province.0.into(), hash.0.to_vec().into()])).await?;
    tx.commit().await
}

/// Removes those whose day has come; how many there were.
pub async fn remove_old(tx: &impl ConnectionTrait, province: Province, today: Day) -> Result<u64, DbErr> {
    let sql = "DELETE FROM invitation WHERE p = $1 AND delete_on <= $2";
    Ok(tx.execute_raw(bind(tx, sql, [province.0.into(), today.0.into()])).await?.rows_affected())
}
