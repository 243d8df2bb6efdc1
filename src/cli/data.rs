//! Commands on the data: imports, points, QR codes, the index, sealing.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use super::{IndexFormat, QrFormat, say};
use crate::app::{self, Data, Prepared};
use crate::collect;
use crate::config::Settings;
use crate::publish::{qr as pictures, report};
use crate::record::PublicCode;
use crate::registry::import::{Kind, Mode, Report, Run, Source};
use crate::registry::{By, Snapshot, points};
use crate::store::Opening;
use crate::words::{Day, Lang, Measure, Moment, PointId, RevokeReason};

/// Largest import file, in bytes.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;

pub(super) async fn existing(settings: &Settings) -> anyhow::Result<(Prepared, Snapshot)> {
    let prepared = app::prepare(settings, Opening::Existing, Data::Real).await?;
    let snapshot = Snapshot::load(&prepared.db, prepared.province).await?;
    Ok((prepared, snapshot))
}

/// A file to be imported: its name and its bytes.
pub(super) fn read(file: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    let size = fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?.len();
    if size > LARGEST_FILE {
        bail!("{} has {size} bytes; at most {LARGEST_FILE} are read: split it", file.display());
    }
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((name, bytes))
}

/// `thuocdo import`. Units may be the first thing a new installation hears of: they make the database.
pub(super) async fn import(settings: &Settings, kind: Kind, file: &Path, dry_run: bool) -> anyhow::Result<()> {
    let (name, bytes) = read(file)?;
    let first = kind == Kind::Units && !dry_run;
    let opening = if first { Opening::Create } else { Opening::Existing };
    let Prepared { db, province, keys } = app::prepare(settings, opening, Data::Real).await?;
    let source = Source { name: &name, bytes: &bytes };
    let mode = if dry_run { Mode::DryRun } else { Mode::Write };
    let run = Run { today: Moment::now().day(), mode, by: By::CommandLine };
    let report = collect::import::import(&db, &keys, province, kind, &source, run).await?;
    say(told(&name, &report, dry_run).as_bytes())?;
    Ok(db.close().await?)
}

pub(super) fn told(name: &str, report: &Report, dry_run: bool) -> String {
    let Report { rows, added, changed, unchanged, notes } = report;
    let mut text = format!("{name}: {rows} lines, {added} added, {changed} changed, {unchanged} unchanged");
    text.push_str(if dry_run { " (dry run: nothing was written)\n" } else { "\n" });
    for note in notes {
        text.push_str("  ");
        text.push_str(note.get(Lang::En));
        text.push('\n');
    }
    text
}

/// `thuocdo point list`.
pub(super) async fn list_points(settings: &Settings) -> anyhow::Result<()> {
    let (prepared, snapshot) = existing(settings).await?;
    let today = Moment::now().day();
    let mut text = String::new();
    for (point, _) in snapshot.directory.points() {
        let version = snapshot.directory.point_on(point.point, today);
        let unit = version.and_then(|version| snapshot.directory.unit_on(version.unit, today));
        let code = snapshot.directory.public_code(point.point).unwrap_or_default();
        let line = [
            point.code.as_str(),
            unit.map_or("", |unit| unit.code.as_str()),
            version.map_or("", |version| version.name.as_str()),
            &format!("{}/q/{code}", settings.base_url()),
        ];
        text.push_str(&line.join("\t"));
        text.push('\n');
    }
    say(text.as_bytes())?;
    Ok(prepared.db.close().await?)
}

/// `thuocdo point close`.
pub(super) async fn close_point(settings: &Settings, code: &str, from: Option<Day>) -> anyhow::Result<()> {
    let (prepared, snapshot) = existing(settings).await?;
    let point = find_point(&snapshot, code)?;
    let from = from.unwrap_or_else(|| Moment::now().day());
    points::close(&prepared.db, prepared.province, code_of(&snapshot, point)?, from, By::CommandLine).await?;
    say(format!("{code} is closed from {}\n", from.iso()).as_bytes())?;
    Ok(prepared.db.close().await?)
}

/// `thuocdo point new-code`.
pub(super) async fn new_code(settings: &Settings, code: &str) -> anyhow::Result<()> {
    let (prepared, _) = existing(settings).await?;
    let new = points::new_code(&prepared.db, prepared.province, code, By::CommandLine).await?;
    say(format!("{code} has the new code {new}: {}/q/{new}\n", settings.base_url()).as_bytes())?;
    Ok(prepared.db.close().await?)
}

/// `thuocdo point revoke`.
pub(super) async fn revoke_code(
    settings: &Settings,
    public_code: &str,
    reason: RevokeReason,
    from: Option<Day>,
) -> anyhow::Result<()> {
    let (prepared, _) = existing(settings).await?;
    let from = from.unwrap_or_else(|| Moment::now().day());
    let by = By::CommandLine;
    let point = points::revoke_code(&prepared.db, prepared.province, public_code, from, reason, by).await?;
    say(format!("{public_code} of {point} is revoked from {}\n", from.iso()).as_bytes())?;
    Ok(prepared.db.close().await?)
}

fn code_of(snapshot: &Snapshot, point: PointId) -> anyhow::Result<&str> {
    let (known, _) = snapshot.directory.point(point).context("the point is not in the directory")?;
    Ok(&known.code)
}

fn find_point(snapshot: &Snapshot, code: &str) -> anyhow::Result<PointId> {
    if let Some(point) = snapshot.directory.point_by_code(code) {
        return Ok(point);
    }
    let public = PublicCode::parse(code).and_then(|public| snapshot.directory.point_of_code(public.as_str()));
    public.with_context(|| format!("there is no collection point “{code}”; `thuocdo point list` shows the codes"))
}

/// `thuocdo qr`.
pub(super) async fn qr(settings: &Settings, code: &str, format: QrFormat, output: Option<&Path>) -> anyhow::Result<()> {
    let (prepared, snapshot) = existing(settings).await?;
    let point = find_point(&snapshot, code)?;
    // A code of its own is drawn as it was named: a new poster is made before the old code is revoked.
    let typed = PublicCode::parse(code);
    let mut valid = snapshot.directory.codes_of(point).into_iter().filter(|(_, revoked)| revoked.is_none());
    let named = valid.find(|(public, _)| typed.as_ref().is_some_and(|typed| typed.as_str() == *public));
    let public = named
        .map(|(public, _)| public)
        .or_else(|| snapshot.directory.public_code(point))
        .with_context(|| format!("every code of {code} is revoked; `thuocdo point new-code` draws another one"))?;
    let address = format!("{}/q/{public}", settings.base_url());
    match output {
        Some(file) => {
            fs::write(file, picture(&address, format)?).with_context(|| format!("cannot write {}", file.display()))?;
        }
        None => say(&picture(&address, format)?)?,
    }
    Ok(prepared.db.close().await?)
}

/// The QR of an address.
pub(super) fn picture(address: &str, format: QrFormat) -> anyhow::Result<Vec<u8>> {
    Ok(match format {
        QrFormat::Svg => pictures::svg(address)?.into_bytes(),
        QrFormat::Png => pictures::png(address)?,
        QrFormat::Txt => format!("{}\n{address}\n", pictures::txt(address)?).into_bytes(),
    })
}

/// What `thuocdo index` is asked.
pub(super) struct IndexQuestion {
    pub(super) measure: String,
    pub(super) unit: Option<String>,
    pub(super) from: Option<Day>,
    pub(super) to: Option<Day>,
    pub(super) format: IndexFormat,
}

/// `thuocdo index`.
pub(super) async fn index(settings: &Settings, asked: IndexQuestion) -> anyhow::Result<()> {
    let measure = Measure::parse(&asked.measure).context("--measure")?;
    let (prepared, snapshot) = existing(settings).await?;
    let today = Moment::now().day();
    let unit = match &asked.unit {
        Some(code) => snapshot
            .directory
            .unit_by_code(code)
            .with_context(|| format!("there is no unit “{code}”; import the units first, or mend the code"))?,
        None => snapshot.directory.root(today).context("there are no units yet; import them first")?.unit,
    };
    let question = report::Question { measure, unit, from: asked.from, to: asked.to };
    if let (Some(from), Some(to)) = (asked.from, asked.to)
        && from > to
    {
        bail!("the period ends ({}) before it begins ({})", to.iso(), from.iso());
    }
    let report = report::report(&prepared.db, &snapshot, &question, today).await?;
    let text = match asked.format {
        IndexFormat::Table => report.table(),
        IndexFormat::Json => report.json(),
        IndexFormat::Csv => report.csv()?,
    };
    say(text.as_bytes())?;
    Ok(prepared.db.close().await?)
}

/// `thuocdo seal`.
pub(super) async fn seal(settings: &Settings, through: Option<Day>) -> anyhow::Result<()> {
    let (prepared, _) = existing(settings).await?;
    let today = Moment::now().day();
    let through = through.unwrap_or_else(|| today.plus(-1));
    let sealed = collect::seal::seal_and_sign(&prepared.db, &prepared.keys, prepared.province, through, today).await?;
    let text = format!("sealed through {}: {} answers, {} blocks\n", through.iso(), sealed.answers, sealed.blocks);
    say(text.as_bytes())?;
    if !sealed.log_emptied {
        say(b"the write-ahead log is still being read (by a backup?) and was not emptied; seal again when that is done\n")?;
    }
    Ok(prepared.db.close().await?)
}
