//! The record that nobody can trim: sealing signs it, receipts prove it, witnesses hold it, and the verifier names what was
//! changed.

mod keys;
mod rebuilt;
mod sealing;
mod tampering;
mod watching;

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use thuocdo::audit::verify::{self, Report};
use thuocdo::collect::{Outcome, Submission, seal};
use thuocdo::record::{Receipt, hex};
use thuocdo::registry::InstalledEdition;
use thuocdo::store::checkpoints::{self, StoredCheckpoint};
use thuocdo::words::{Day, Level, PointId};

use crate::proof::{Draws, POINTS};
use crate::world::World;

/// The first day of a record.
const FIRST: Day = Day(20_700);

impl World {
    /// Seals a day and signs the record.
    async fn signs(&self, day: Day) {
        seal::seal_and_sign(&self.db, &self.keys, self.province, day, day.plus(1)).await.unwrap();
    }

    /// The whole record checked.
    async fn checked(&self, noted: Option<&str>) -> Report {
        verify::verify(&self.db, self.province, noted).await.unwrap()
    }

    async fn is_whole(&self) -> Report {
        let report = self.checked(None).await;
        assert!(report.is_good(), "{:?}", report.faults);
        report
    }

    async fn latest(&self) -> StoredCheckpoint {
        checkpoints::latest(self.db.reader(), self.province).await.unwrap().unwrap()
    }

    /// Forms of a day at many points and of every kind, some with comments; their receipts.
    async fn answers(&self, edition: &Arc<InstalledEdition>, serial: &mut u64, day: Day, n: u64) -> Vec<Receipt> {
        let mut draws = Draws::of(*serial);
        let submissions: Vec<Submission> = (0..n)
            .map(|_| {
                *serial += 1;
                let form = self.form(edition, *serial, day);
                let comment = serial.is_multiple_of(7).then(|| format!("Góp ý số {serial}"));
                let point = PointId(draws.pick(&POINTS).0);
                let level = draws.pick(&[Level::C, Level::D]);
                Submission { day: Some(day), point, level, answers: draws.sheet(), comment, ..form }
            })
            .collect();
        let outcomes = self.stores(day, &submissions).await;
        let receipt = |outcome| match outcome {
            Outcome::Stored(receipt) => receipt,
            other => panic!("{other:?}"),
        };
        outcomes.into_iter().map(receipt).collect()
    }

    /// A connection of whoever administers the machine.
    async fn owner(&self) -> DatabaseConnection {
        sea_orm::Database::connect(&self.url).await.unwrap()
    }
}

/// Bytes as both databases write them in a statement.
fn bytes(backend: DbBackend, value: &[u8]) -> String {
    if backend == DbBackend::Postgres { format!("'\\x{}'::bytea", hex(value)) } else { format!("x'{}'", hex(value)) }
}

/// Takes every guard away.
async fn drop_guards(owner: &DatabaseConnection) {
    let is_postgres = owner.get_database_backend() == DbBackend::Postgres;
    let tables = thuocdo::store::schema::tables().unwrap();
    for guard in migration::guards(is_postgres) {
        let of = tables.iter().map(|table| table.name.as_str()).filter(|table| guard.starts_with(&format!("{table}_")));
        let table = of.max_by_key(|table| table.len()).unwrap();
        // A guard of `response_open` begins with `response`, too: the longest name that is followed by a word of a guard.
        let tail = if is_postgres { format!(" ON {table}") } else { String::new() };
        owner.execute_unprepared(&format!("DROP TRIGGER {guard}{tail}")).await.unwrap();
    }
}
