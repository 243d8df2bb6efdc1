//! `thuocdo backup`.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::header::{Header, ProvinceHeader, TableHeader};
use super::progress::Progress;
use super::writer::Writer;
use crate::store::schema::{NOT_KEPT, OPEN_DAY, Table, tables};
use crate::store::{Database, Dump, schema_steps};
use crate::words::Day;

/// Rows asked for at a time.
const AT_A_TIME: usize = 4_096;

/// What is to be written where.
#[derive(Debug)]
pub struct Order<'a> {
    /// The file.
    pub file: &'a Path,
    /// Whether a file that is there may be replaced.
    pub replace: bool,
    /// Mark of the key file that belongs to the data.
    pub keys: Option<String>,
    /// Today.
    pub today: Day,
}

/// What was written.
#[derive(Debug)]
pub struct Saved {
    /// The header.
    pub header: Header,
    /// Length of the file.
    pub bytes: u64,
    /// The hash with which it ends.
    pub digest: [u8; 32],
}

/// Writes everything the database holds at this moment to a file. Nothing stops meanwhile; the file has its name only when it
/// is whole.
pub async fn save(db: &Database, order: &Order<'_>, progress: &Progress) -> anyhow::Result<Saved> {
    refuse_to_replace(order)?;
    let partial = Partial::create(order.file)?;
    let mut dump = Dump::begin(db).await.context("while beginning to read the database")?;
    let written = write(&mut dump, BufWriter::new(&partial.file), order, progress).await;
    // What went wrong first is told first.
    let ended = dump.end().await.context("while ending to read the database");
    let saved = written?;
    ended?;
    partial.file.sync_all().with_context(|| format!("cannot write {}", partial.path.display()))?;
    refuse_to_replace(order)?;
    partial.finish(order.file)?;
    Ok(saved)
}

fn refuse_to_replace(order: &Order<'_>) -> anyhow::Result<()> {
    if !order.replace && order.file.symlink_metadata().is_ok() {
        bail!("{} is there already; name another file, or say --replace to replace it", order.file.display());
    }
    Ok(())
}

async fn write(dump: &mut Dump, out: impl Write, order: &Order<'_>, progress: &Progress) -> anyhow::Result<Saved> {
    let tables = tables().context("while reading the shape of the tables")?;
    let header = header(dump, &tables, order).await?;
    progress.begin(header.rows());
    let mut writer = Writer::begin(out, &header).context("cannot write the backup")?;
    for table in &tables {
        if !OPEN_DAY.contains(&table.name.as_str()) {
            dump.let_day_be_sealed().await.context("while letting go of the open day")?;
        }
        if NOT_KEPT.contains(&table.name.as_str()) {
            writer.end_table().context("cannot write the backup")?;
            continue;
        }
        let mut after = None;
        // A table has an end, and every turn comes nearer to it: keys only grow.
        loop {
            let page = dump.page(table, after.as_deref(), AT_A_TIME).await;
            let page = page.with_context(|| format!("while reading the table {}", table.name))?;
            for row in &page {
                writer.add(table, row).context("cannot write the backup")?;
            }
            progress.add(page.len());
            match page.last().filter(|_| page.len() == AT_A_TIME) {
                Some(last) => after = Some(table.key_of(last).into_iter().cloned().collect::<Vec<_>>()),
                None => break,
            }
        }
        writer.end_table().context("cannot write the backup")?;
    }
    let (_, digest, bytes) = writer.end().context("cannot write the backup")?;
    Ok(Saved { header, bytes, digest })
}

async fn header(dump: &Dump, tables: &[Table], order: &Order<'_>) -> anyhow::Result<Header> {
    let mut counted = Vec::with_capacity(tables.len());
    for table in tables {
        let is_kept = !NOT_KEPT.contains(&table.name.as_str());
        let rows = if is_kept { dump.count(table).await } else { Ok(0) };
        let rows = rows.with_context(|| format!("while counting the table {}", table.name))?;
        counted.push(TableHeader::of(table, rows));
    }
    let provinces = dump.provinces().await.context("while reading the installation")?;
    Ok(Header {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made: order.today.iso(),
        keys: order.keys.clone(),
        provinces: provinces
            .into_iter()
            .map(|(province, simulated, sealed)| ProvinceHeader {
                province: province.0,
                simulated,
                sealed_through: sealed.map(Day::iso),
            })
            .collect(),
        schema: schema_steps(),
        tables: counted,
    })
}

/// The file while it is written: beside its place, for its owner alone, removed unless it is finished.
struct Partial {
    path: PathBuf,
    file: File,
}

impl Partial {
    fn create(place: &Path) -> anyhow::Result<Self> {
        let mut name = place.as_os_str().to_owned();
        name.push(".partial");
        let path = PathBuf::from(name);
        remove_abandoned(&path)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).with_context(|| format!("cannot write {}", path.display()))?;
        file.try_lock().with_context(|| format!("cannot lock {}", path.display()))?;
        Ok(Self { path, file })
    }

    fn finish(self, place: &Path) -> anyhow::Result<()> {
        fs::rename(&self.path, place)
            .with_context(|| format!("cannot rename {} to {}", self.path.display(), place.display()))?;
        // The new name is on the disk when the folder is.
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if let Ok(folder) = File::open(folder) {
            folder.sync_all().with_context(|| format!("cannot write to the folder of {}", place.display()))?;
        }
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // Once it is finished there is nothing of this name; otherwise there is nothing left to try.
        let _ = fs::remove_file(&self.path);
    }
}

/// Removes what an interrupted backup left behind; one that is being written is not touched.
fn remove_abandoned(path: &Path) -> anyhow::Result<()> {
    let Ok(left) = path.symlink_metadata() else { return Ok(()) };
    if !left.is_file() {
        bail!("{} is in the way; remove it, or name another file", path.display());
    }
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display())),
        Err(TryLockError::WouldBlock) => bail!("another backup is writing {}; wait until it is done", path.display()),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
    }
}
