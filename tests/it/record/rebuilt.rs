//! What whoever holds the machine and the key file can do: change an answer and compute and sign everything again.

use sea_orm::{ConnectionTrait, DatabaseConnection};
use thuocdo::questionnaire::{Tally, decode};
use thuocdo::record::tree::Peaks;
use thuocdo::record::{Checkpoint, Note, Record, Secret, Signer};
use thuocdo::store::batches::{self, Source};
use thuocdo::store::checkpoints;
use thuocdo::store::counts::{self, Series};
use thuocdo::store::raw::{self, RawAnswer};
use thuocdo::words::{Channel, Day, EditionNumber, FieldId, Helper, Level, PointId, ProcedureId, UnitId};

use super::bytes;
use crate::world::World;

fn record(world: &World, day: Day, hash: [u8; 32], raw: &RawAnswer) -> Record {
    Record {
        province: world.province,
        day,
        edition_hash: hash,
        point: PointId(raw.point),
        deciding_unit: UnitId(raw.deciding_unit),
        procedure: ProcedureId(raw.procedure),
        field: FieldId(raw.field),
        channel: Channel::from_code(raw.channel).unwrap(),
        level: Level::from_code(raw.level).unwrap(),
        reason: raw.reason,
        helper: Helper::from_code(raw.helper).unwrap(),
        flags: raw.flags,
        wave: raw.wave,
        place: raw.place,
        answers: raw.answers.clone(),
        comment: raw.comment_hash.as_ref().map(|hash| hash.as_slice().try_into().unwrap()),
    }
}

/// Changes answers of the first sealed day and makes the record whole again, as far as it can be: leaf, comments, cells,
/// batches and the last checkpoint. It suits a record whose days have no late answers and fewer than 256 leaves.
pub(super) async fn rebuild(world: &World, owner: &DatabaseConnection, keys: &str, change: impl Fn(&mut [RawAnswer])) {
    let (db, province, backend) = (world.db.reader(), world.province, owner.get_database_backend());
    let editions = world.snapshot().await.editions;
    let first = raw::day_after(db, province, None, Source::Sealed).await.unwrap().unwrap();
    let mut rows = raw::answers(db, (province, first), Source::Sealed, &[], 500).await.unwrap();
    let before = rows.clone();
    change(&mut rows);
    let run = async |sql: String| owner.execute_unprepared(&sql).await.unwrap();
    for (old, new) in before.iter().zip(&rows).filter(|(old, new)| old != new) {
        let edition = editions.get(EditionNumber(new.edition)).unwrap();
        let leaf = record(world, first, edition.hash, new).leaf(new.salt.as_slice().try_into().unwrap());
        let (old_leaf, leaf) = (bytes(backend, &old.leaf), bytes(backend, &leaf.0));
        run(format!("UPDATE response SET leaf = {leaf}, point = {} WHERE leaf = {old_leaf}", new.point)).await;
        run(format!("UPDATE comment SET leaf = {leaf} WHERE leaf = {old_leaf}")).await;
    }
    let mut tallies = std::collections::BTreeMap::new();
    for answer in raw::answers(db, (province, first), Source::Sealed, &[], 500).await.unwrap() {
        let edition = editions.get(EditionNumber(answer.edition)).unwrap();
        let of = record(world, first, edition.hash, &answer);
        let series = Series {
            day: first,
            point: of.point,
            deciding_unit: of.deciding_unit,
            edition: edition.number,
            level: of.level,
            channel: of.channel,
            field: of.field,
        };
        let tally = tallies.entry(series).or_insert_with(|| Tally::empty(&edition.edition));
        tally.add_answers(&edition.edition, &decode(&edition.edition, &answer.answers).unwrap());
    }
    let edition = editions.in_force("counter", first).unwrap().edition.clone();
    let cells = tallies.iter().map(|(series, tally)| (*series, counts::counts_of(&edition, tally))).collect();
    for table in ["cell", "cell_pair"] {
        run(format!("DELETE FROM {table} WHERE day = {}", first.0)).await;
    }
    counts::add_to_cells(owner, province, &cells).await.unwrap();
    let mut peaks = Peaks::default();
    let mut roots = std::collections::BTreeMap::new();
    for batch in batches::after(db, province, 0, 1_000).await.unwrap() {
        let mut own = Peaks::default();
        for leaf in batches::leaves(db, province, &batch, (0, batch.n)).await.unwrap() {
            own.append(leaf, |_, _| ());
            peaks.append(leaf, |_, _| ());
        }
        let (root, whole) = (bytes(backend, &own.root()), bytes(backend, &peaks.bytes()));
        run(format!("UPDATE batch SET root = {root}, peaks = {whole} WHERE number = {}", batch.number)).await;
        roots.insert(peaks.size(), peaks.root());
    }
    // Every key there ever was stands in the test's own hands: the present one in the file, the first in the world.
    let present: Vec<&str> = keys.split('"').filter(|text| text.len() == 64).collect();
    let secrets: Vec<Secret> =
        present.iter().filter_map(|hex| Secret::parse(hex)).chain(world.keys.checkpoint.clone()).collect();
    let known = checkpoints::keys(db, province).await.unwrap();
    for stored in checkpoints::above(db, province, 0, 1_000).await.unwrap() {
        let read = Checkpoint::parse(Note::parse(&stored.note).unwrap().text()).unwrap();
        let root = roots[&read.size];
        let vkey = &known[usize::try_from(stored.key_id - 1).unwrap()].vkey;
        let signer = secrets.iter().filter_map(|secret| Signer::new(&read.origin, secret));
        let signer = signer.into_iter().find(|signer| signer.key().to_string() == *vkey).unwrap();
        let note = signer.sign(&Checkpoint { root, ..read }.text());
        run(format!("UPDATE checkpoint SET note = '{note}' WHERE size = {}", stored.size)).await;
    }
}
