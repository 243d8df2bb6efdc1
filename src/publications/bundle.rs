//! Writing the bundles of an approved version: the public one, and the auditor's with the records.

use std::io::{Seek, Write};

use anyhow::Context;

use crate::audit;
use crate::bundle::container::{Reader, Writer};
use crate::bundle::{Publication, consistency_file, names};
use crate::record::{Checkpoint, Note, Record};
use crate::registry::Editions;
use crate::store::batches::{self, Batch};
use crate::store::publications::{Contents, StoredPublication};
use crate::store::{Database, checkpoints, raw};
use crate::words::{Channel, Day, FieldId, Helper, Level, PointId, ProcedureId, Province, UnitId};

/// Leaves and records that are read at once.
const AT_ONCE: u16 = 4_096;

/// Which bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For everybody.
    Public,
    /// With records and salts.
    Auditor,
}

/// Writes a bundle of an approved version.
pub async fn write<W: Write + Seek>(
    db: &Database,
    province: Province,
    stored: &StoredPublication,
    contents: &Contents,
    kind: Kind,
    out: W,
    mut progress: impl FnMut(u64, u64),
) -> anyhow::Result<W> {
    let publication = Publication::read(&contents.canonical).context("while reading the publication")?;
    let approval = contents.approval.as_deref().context("the publication is not approved")?;
    let files = contents.files.as_deref().context("the publication has no files")?;
    let mut archive = Writer::new(out);
    archive.add(names::CONTENT, &contents.canonical)?;
    archive.add(names::APPROVAL, approval.as_bytes())?;
    let mut kept = Reader::open(std::io::Cursor::new(files))?;
    let kept_names: Vec<String> = kept.names().map(str::to_owned).collect();
    for name in kept_names {
        let bytes = kept.whole(&name, u64::MAX)?.context("a file of the publication is missing")?;
        archive.add(&name, &bytes)?;
    }
    let checkpoint = publication.checkpoint.as_ref().context("the publication has no checkpoint")?;
    let (first, size) = (i64::try_from(checkpoint.first)?, i64::try_from(checkpoint.size)?);
    archive.add(names::BEFORE, &before(db, province, first).await?)?;
    if let Some(text) = consistency(db, province, stored).await? {
        archive.add(names::CONSISTENCY, text.as_bytes())?;
    }
    let found = batches::holding(db.reader(), province, (first, size)).await.context("while reading batches")?;
    let mut entry = archive.begin(names::LEAVES)?;
    for batch in &found {
        let mut last: Vec<u8> = Vec::new();
        loop {
            let leaves = batches::leaves_after(db.reader(), province, batch, &last, AT_ONCE).await;
            let leaves = leaves.context("while reading leaves")?;
            let Some(end) = leaves.last() else { break };
            last.clone_from(end);
            entry.write(&leaves.concat())?;
        }
    }
    entry.end()?;
    if kind == Kind::Auditor {
        archive.add(names::EVIDENCE, &contents.evidence)?;
        records(db, province, &found, &mut archive, &mut progress).await?;
    }
    Ok(archive.finish()?)
}

/// The largest complete subtrees of the tree before a leaf: those of the batch that ends there.
async fn before(db: &Database, province: Province, first: i64) -> anyhow::Result<Vec<u8>> {
    if first == 0 {
        return Ok(Vec::new());
    }
    let found = batches::holding(db.reader(), province, (first - 1, first)).await.context("while reading batches")?;
    let batch = found.into_iter().find(|batch| batch.first.saturating_add(batch.n) == first);
    Ok(batch.context("no batch ends before the first leaf")?.peaks)
}

/// The proof that the record of the publication approved before is the beginning of this one's.
async fn consistency(db: &Database, province: Province, stored: &StoredPublication) -> anyhow::Result<Option<String>> {
    let Some(line) = stored.decide_line else { return Ok(None) };
    let earlier = crate::store::publications::approved_before(db.reader(), province, line).await;
    let Some(earlier) = earlier.context("while looking for the publication before")? else { return Ok(None) };
    if earlier <= 0 || earlier > stored.checkpoint_size {
        return Ok(None);
    }
    let note = checkpoints::of_size(db.reader(), province, earlier).await.context("while reading a checkpoint")?;
    let root = note.and_then(|stored| Checkpoint::parse(Note::parse(&stored.note)?.text())).map(|read| read.root);
    let proof = audit::consistency(db.reader(), province, (earlier, stored.checkpoint_size)).await?;
    Ok(root.zip(proof).map(|(root, proof)| consistency_file(u64::try_from(earlier).unwrap_or(0), &root, &proof)))
}

/// Records with their salts, in the order of the leaves.
async fn records<W: Write + Seek>(
    db: &Database,
    province: Province,
    found: &[Batch],
    archive: &mut Writer<W>,
    progress: &mut impl FnMut(u64, u64),
) -> anyhow::Result<()> {
    let editions = Editions::load(db.reader()).await?;
    let all: i64 = found.iter().map(|batch| batch.n).sum();
    let mut done = 0_u64;
    let mut entry = archive.begin(names::RECORDS)?;
    for batch in found {
        let mut last: Vec<u8> = Vec::new();
        loop {
            let rows = raw::of_batch(db.reader(), province, batch, &last, AT_ONCE).await;
            let rows = rows.context("while reading records")?;
            let Some(end) = rows.last() else { break };
            last.clone_from(&end.leaf);
            let mut bytes = Vec::with_capacity(rows.len() * 200);
            for row in &rows {
                let record = record(province, batch.day, row, &editions).with_context(|| {
                    format!("while reading an answer of {}; `thuocdo record verify` names it", batch.day.iso())
                })?;
                let canonical = record.canonical();
                bytes.extend(u32::try_from(canonical.len())?.to_be_bytes());
                bytes.extend(canonical);
                bytes.extend(&row.salt);
            }
            entry.write(&bytes)?;
            done += u64::try_from(rows.len())?;
            progress(done, u64::try_from(all)?);
        }
    }
    Ok(entry.end()?)
}

fn record(province: Province, day: Day, row: &raw::RawAnswer, editions: &Editions) -> anyhow::Result<Record> {
    let edition = editions.get(crate::words::EditionNumber(row.edition)).context("its edition is not stored")?;
    Ok(Record {
        province,
        day,
        edition_hash: edition.hash,
        point: PointId(row.point),
        deciding_unit: UnitId(row.deciding_unit),
        procedure: ProcedureId(row.procedure),
        field: FieldId(row.field),
        channel: Channel::from_code(row.channel).context("its channel is none")?,
        level: Level::from_code(row.level).context("its level is none")?,
        reason: row.reason,
        helper: Helper::from_code(row.helper).context("its helper is none")?,
        flags: row.flags,
        wave: row.wave,
        place: row.place,
        answers: row.answers.clone(),
        comment: row.comment_hash.as_ref().map(|hash| hash.as_slice().try_into()).transpose()?,
    })
}
