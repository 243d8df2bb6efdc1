//! `thuocdo verify` and `thuocdo publication`: bundles, checked without a server and written from a database.

use std::fs::File;
use std::io::{BufReader, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Subcommand;

use super::say;
use crate::bundle::{Checked, verify};
use crate::config::Settings;
use crate::publications::bundle::{self, Kind};
use crate::record::NoteKey;
use crate::store::publications::{self, PublicationState, StoredPublication};
use crate::store::{Database, Opening};
use crate::words::{Moment, Province};

/// What to do with publications.
#[derive(Debug, Subcommand)]
pub(super) enum PublicationAct {
    /// Name, version, state, hour of release and title of every version, the latest first
    #[command(after_help = "Example:\n  thuocdo publication list")]
    List,
    /// Writes the bundle of an approved version to a file
    #[command(
        after_help = "Examples:\n  thuocdo publication export counter-mh-2026-06-15-2026-09-14 -o cong-bo.zip\n  thuocdo publication export counter-mh-2026-06-15-2026-09-14/2 --auditor -o thanh-tra.zip"
    )]
    Export {
        /// Name of the publication, or NAME/VERSION [default: its latest version that is public]
        id: String,
        /// The file to write
        #[arg(short, long, value_name = "BUNDLE.zip")]
        output: PathBuf,
        /// With the records and salts; only where two persons let them go in the office
        #[arg(long)]
        auditor: bool,
        /// Replace the file if it is there
        #[arg(long)]
        replace: bool,
    },
}

/// Says on a terminal how far something is, and nowhere else.
fn told(what: &'static str) -> impl FnMut(u64, u64) {
    let (is_terminal, mut last) = (std::io::stderr().is_terminal(), Instant::now());
    move |done, all| {
        if is_terminal && (last.elapsed().as_millis() > 500 || done == all) {
            last = Instant::now();
            let end = if done == all { "\r\x1b[K" } else { "" };
            // If standard error is gone nobody watches.
            let _ = write!(std::io::stderr(), "\r\x1b[K{what}: {done} of {all} {end}");
        }
    }
}

/// `thuocdo verify`.
pub(super) fn verify_bundle(file: &Path, key: Option<&NoteKey>) -> anyhow::Result<()> {
    let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    let began = Instant::now();
    match verify(BufReader::new(opened), key, told("records")) {
        Ok(checked) => say(report(&checked, began.elapsed().as_secs_f64()).as_bytes()),
        Err(difference) => bail!("{} is not what it says. First difference: {difference}", file.display()),
    }
}

fn report(checked: &Checked, seconds: f64) -> String {
    let Checked { publication, approval, figures, withheld, leaves, records, remarks, signed_by } = checked;
    let records = match records {
        Some(n) => {
            format!("records   {n}, each with the hash that stands in the record, counted again into every figure\n")
        }
        None => "records   not in this bundle; the auditor's bundle holds them\n".to_owned(),
    };
    let remarks = remarks.iter().map(|remark| format!("note      {remark}\n")).collect::<Vec<_>>().concat();
    let simulated = if publication.simulated { " (simulated)" } else { "" };
    format!(
        "good      {}, version {}{simulated}\ntitle     {}\nperiod    {} to {}\ndecision  {} of {}, public from {}\n\
         signed    {signed_by}\ncontent   {}\nfigures   {figures} computed again, {withheld} not shown\n\
         blocks    {}, adding up to the forms of every unit\nleaves    {leaves}, leading to the signed checkpoint\n\
         {records}{remarks}time      {seconds:.1} s\n",
        publication.slug,
        publication.version,
        publication.title.vi,
        publication.from,
        publication.to,
        approval.decision,
        approval.decided.iso(),
        crate::text::date::moment(crate::words::Lang::En, approval.released),
        approval.content,
        publication.blocks.iter().map(|block| block.blocks).sum::<u64>(),
    )
}

/// `thuocdo publication`.
pub(super) async fn act(settings: &Settings, act: PublicationAct) -> anyhow::Result<()> {
    let db = Database::open(&settings.database, Opening::Unchanged).await?;
    let province = settings.province();
    let done = match act {
        PublicationAct::List => list(&db, province).await,
        PublicationAct::Export { id, output, auditor, replace } => {
            export(&db, province, &id, (&output, replace), auditor).await
        }
    };
    db.close().await.context("while closing the database")?;
    done
}

async fn list(db: &Database, province: Province) -> anyhow::Result<()> {
    let all = publications::list(db.reader(), province).await.context("while reading the publications")?;
    let line = |one: &StoredPublication| {
        let release = one.release_at.map_or_else(|| "-".to_owned(), |at| at.day().iso());
        format!("{}\t{}\t{}\t{release}\t{}\n", one.slug, one.version, one.state.word(), one.title.0)
    };
    say(all.iter().map(line).collect::<Vec<_>>().concat().as_bytes())
}

async fn export(
    db: &Database,
    province: Province,
    id: &str,
    (output, replace): (&Path, bool),
    auditor: bool,
) -> anyhow::Result<()> {
    let (slug, version) = id.split_once('/').map_or((id, None), |(slug, version)| (slug, Some(version)));
    let versions = publications::versions(db.reader(), province, slug).await.context("while reading publications")?;
    if versions.is_empty() {
        bail!("there is no publication {slug:?}; `thuocdo publication list` names them all");
    }
    let found = match version {
        Some(text) => versions.iter().find(|one| one.version.to_string() == text),
        None => versions.iter().find(|one| one.is_public(Moment::now())),
    };
    let Some(stored) = found.filter(|one| one.state == PublicationState::Approved) else {
        bail!("{id} has no such version that was approved; `thuocdo publication list` names them all");
    };
    let kind = if auditor { Kind::Auditor } else { Kind::Public };
    if auditor {
        let requests = publications::requests(db.reader(), province, (slug, stored.version)).await;
        if !requests.context("while reading requests")?.iter().any(|request| request.state == "allowed") {
            bail!(
                "the records of {slug}, version {} were not let go: an auditor asks for them on the page of the publication \
                 in the office, and somebody else allows it",
                stored.version
            );
        }
    }
    if output.exists() && !replace {
        bail!("{} is there already; give another name, or --replace", output.display());
    }
    let contents = publications::contents(db.reader(), province, slug, stored.version).await;
    let contents = contents.context("while reading the publication")?.context("its content is missing")?;
    let partial = output.with_extension("part");
    let file = File::create(&partial).with_context(|| format!("cannot write {}", partial.display()))?;
    let out = BufWriter::with_capacity(1 << 20, file);
    let written = bundle::write(db, province, stored, &contents, kind, out, told("records")).await?;
    let file = written.into_inner().map_err(|error| anyhow::anyhow!("cannot write {}: {error}", partial.display()))?;
    file.sync_all()?;
    std::fs::rename(&partial, output).with_context(|| format!("cannot write {}", output.display()))?;
    say(format!("{}: {} bytes\n", output.display(), std::fs::metadata(output)?.len()).as_bytes())
}
