//! `thuocdo restore`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use super::header::Header;
use super::progress::Progress;
use super::reader::Reader;
use crate::record::hex;
use crate::store::schema::Table;
use crate::store::{Restoring, schema_steps, staff_log};
use crate::words::{Moment, Province};

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// The header.
    pub header: Header,
    /// The hash with which the file ends.
    pub digest: [u8; 32],
}

/// Reads a whole backup and finds it as it was written, or says what is wrong with it.
pub fn check(file: &Path, progress: &Progress) -> anyhow::Result<Restored> {
    let mut reader = open(file)?;
    progress.begin(reader.header().rows());
    while let Some((_, rows)) = reader.next_rows().map_err(|fault| anyhow!("{} {fault}", file.display()))? {
        progress.add(rows.len());
    }
    let header = reader.header().clone();
    let steps = schema_steps();
    if let Some(unknown) = header.schema.iter().find(|step| !steps.contains(step)) {
        bail!(
            "{} was written by a newer version of thuocdo ({}; it knows “{unknown}”, this version {} does not); use that \
             version",
            file.display(),
            header.program,
            env!("CARGO_PKG_VERSION")
        );
    }
    if header.schema.is_empty() || !steps.starts_with(&header.schema) || header.provinces.is_empty() {
        bail!("{} holds no Thước Đo installation that this program knows", file.display());
    }
    let digest = reader.digest().context("the end of the backup was not reached")?;
    Ok(Restored { header, digest })
}

fn open(file: &Path) -> anyhow::Result<Reader<BufReader<File>>> {
    let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    if opened.metadata().is_ok_and(|data| data.is_dir()) {
        bail!("{} is a folder, not a backup", file.display());
    }
    Reader::open(BufReader::with_capacity(1 << 16, opened)).map_err(|fault| anyhow!("{} {fault}", file.display()))
}

/// Restores a backup into an empty database, all or nothing. The file is read to its end and found whole before the database
/// is touched; the act stands in the staff log of the restored database.
pub async fn restore(
    url: &str,
    file: &Path,
    province: Province,
    now: Moment,
    progress: &Progress,
) -> anyhow::Result<Restored> {
    let checked = check(file, progress)?;
    let own = checked.header.provinces.iter().any(|of| of.province == province.0);
    if !own {
        let numbers: Vec<String> = checked.header.provinces.iter().map(|of| of.province.to_string()).collect();
        let numbers = numbers.join(", ");
        bail!(
            "{} holds province {numbers}, and the settings say {province}: set `province` (or THUOCDO_PROVINCE) to the \
             one that is to be served",
            file.display()
        );
    }
    let database = Restoring::begin(url, checked.header.schema.len()).await?;
    match fill(&database, file, &checked, now, progress).await {
        Ok(()) => database.commit().await.context("while committing what was restored")?,
        Err(error) => {
            database.abandon().await.context("while taking back what was restored")?;
            return Err(error);
        }
    }
    Ok(checked)
}

async fn fill(
    database: &Restoring,
    file: &Path,
    checked: &Restored,
    now: Moment,
    progress: &Progress,
) -> anyhow::Result<()> {
    let tables = database.tables().await.context("while reading the shape of the tables")?;
    let announced: Vec<Table> = checked.header.tables.iter().filter_map(super::TableHeader::table).collect();
    if shapes(&tables) != shapes(&announced) || tables.len() != announced.len() {
        bail!("{} does not have the tables of its schema: it was not written by thuocdo", file.display());
    }
    let mut reader = open(file)?;
    progress.begin(checked.header.rows());
    while let Some((table, rows)) = reader.next_rows().map_err(|fault| anyhow!("{} {fault}", file.display()))? {
        let count = rows.len();
        let put = database.put(table, rows).await;
        put.with_context(|| format!("while writing the table {}", table.name))?;
        progress.add(count);
    }
    if reader.digest() != Some(checked.digest) {
        bail!("{} was changed while it was read; take another copy", file.display());
    }
    database.bring_up().await.context("while bringing the schema up to date")?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let answers = checked.header.answers();
    let act = format!("{name} sha256 {} of {}, {answers} answers", hex(&checked.digest), checked.header.made);
    for of in &checked.header.provinces {
        let noted = staff_log::append(database.transaction(), Province(of.province), now, "cli", "restore", &act).await;
        noted.context("while writing the staff log")?;
    }
    Ok(())
}

/// Tables and columns by name, whatever their order.
fn shapes(tables: &[Table]) -> BTreeMap<&str, Vec<(&str, &str, bool)>> {
    tables
        .iter()
        .map(|table| {
            let mut columns: Vec<(&str, &str, bool)> =
                table.columns.iter().map(|c| (c.name.as_str(), c.kind.word(), c.nullable)).collect();
            columns.sort_unstable();
            (table.name.as_str(), columns)
        })
        .collect()
}
