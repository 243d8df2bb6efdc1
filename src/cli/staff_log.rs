//! `thuocdo staff log`: the log to read, to check, and to take away.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use super::say;
use crate::config::Settings;
use crate::record::{StaffEntry, StaffHead};
use crate::staff::log::{self, Verdict};
use crate::store::{Database, Opening, staff_log};

/// Acts that are shown without further words.
const SHOWN: u16 = 50;

/// What to do with the staff log; without anything, its newest acts are shown.
#[derive(Debug, Args)]
pub(super) struct LogArgs {
    /// Check the whole chain in the database
    #[arg(long, conflicts_with_all = ["export", "check"])]
    verify: bool,
    /// Write the whole log to a CSV file that can be checked elsewhere
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    export: Option<PathBuf>,
    /// Check an exported file; no database is needed
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// A head noted earlier, which has to lie on the chain
    #[arg(long, value_name = "SEQ:HASH", value_parser = read_head, conflicts_with = "export")]
    head: Option<StaffHead>,
}

fn read_head(text: &str) -> Result<StaffHead, String> {
    StaffHead::parse(text).ok_or_else(|| {
        format!("“{text}” is no head of a chain; write the number, a colon and 64 hexadecimal digits, as it was shown")
    })
}

/// `thuocdo staff log`.
pub(super) async fn log(settings: &Settings, args: LogArgs) -> anyhow::Result<()> {
    if let Some(file) = args.check {
        return check(&file, args.head);
    }
    let db = Database::open(&settings.database, Opening::Unchanged).await?;
    let province = settings.province();
    if let Some(file) = args.export {
        export(&db, settings, &file).await?;
    } else if args.verify || args.head.is_some() {
        told("the staff log", log::verify(&db, province, args.head).await?)?;
    } else {
        let newest = staff_log::page(db.reader(), province, None, "", SHOWN).await?;
        let lines: Vec<String> = newest.iter().map(line).collect();
        say(lines.concat().as_bytes())?;
    }
    Ok(db.close().await?)
}

fn check(file: &Path, head: Option<StaffHead>) -> anyhow::Result<()> {
    let shown = file.display().to_string();
    let open = File::open(file).with_context(|| format!("cannot read {shown}"))?;
    let verdict = log::verify_export(BufReader::new(open), head).with_context(|| shown.clone())?;
    told(&shown, verdict)?;
    if head.is_none() {
        say(b"whether acts are missing at its end, only a head noted elsewhere can tell: --head SEQ:HASH\n")?;
    }
    Ok(())
}

async fn export(db: &Database, settings: &Settings, file: &Path) -> anyhow::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let open = options.open(file).with_context(|| format!("cannot make {}", file.display()))?;
    let mut out = BufWriter::new(open);
    let written = log::export_csv(db, settings.province(), &mut out).await;
    let written = written.and_then(|verdict| {
        out.flush()?;
        out.get_ref().sync_all()?;
        Ok(verdict)
    });
    match written {
        Ok(verdict) => told(&file.display().to_string(), verdict),
        Err(error) => {
            // Half a log must not be taken for a whole one; what cannot be removed is named by the error.
            let _ = std::fs::remove_file(file);
            Err(error.context(format!("{} was not written", file.display())))
        }
    }
}

/// Says what a check came to; a broken chain is a refusal.
fn told(what: &str, verdict: Verdict) -> anyhow::Result<()> {
    let good = verdict.good;
    match verdict.broken {
        None => say(format!("{what}: {} acts, the chain is whole\nhead {good}\n", good.seq).as_bytes()),
        Some(broken) => bail!("{what}: {broken}; whole up to {good}"),
    }
}

/// One act on one line, with nothing in it that a terminal would obey.
fn line(entry: &StaffEntry) -> String {
    let (hour, minute, second) = entry.at.clock();
    let plain = |text: &str| text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect::<String>();
    let (actor, act, object) = (plain(&entry.actor), plain(&entry.act), plain(&entry.object));
    let day = entry.at.day().iso();
    format!("{}\t{day} {hour:02}:{minute:02}:{second:02}\t{actor}\t{act}\t{object}\n", entry.seq)
}
