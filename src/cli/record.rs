//! `thuocdo record`, `thuocdo receipt` and `thuocdo witness`: the record as it is checked, here and elsewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use super::say;
use crate::app::{self, Data};
use crate::audit::verify::{self, Report};
use crate::audit::{rotation, witness};
use crate::collect::signer_of;
use crate::config::Settings;
use crate::record::{Checkpoint, LARGEST_PROOF, NoteKey, ReceiptFile, Secret, Shown};
use crate::store::{Database, Opening, checkpoints, file_of};
use crate::words::Moment;

/// What to do with the record.
#[derive(Debug, Subcommand)]
pub(super) enum RecordAct {
    /// Computes every leaf, batch, node, checkpoint and cell again and names every fault with its place
    #[command(
        after_help = "Examples:\n  thuocdo record verify\n  thuocdo record verify --checkpoint checkpoint-2026-11-22.txt"
    )]
    Verify {
        /// A checkpoint noted elsewhere, which has to lie on the record
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
    },
    /// Prints the latest checkpoint, to be noted elsewhere
    #[command(after_help = "Example:\n  thuocdo record checkpoint > checkpoint-2026-11-22.txt")]
    Checkpoint,
    /// Puts a new key for checkpoints into use, endorsed by the old one, which is then forgotten
    #[command(after_help = "Example:\n  thuocdo record rotate-key && systemctl restart thuocdo")]
    RotateKey {
        /// The key in use was lost: the new one begins without its word
        #[arg(long)]
        lost: bool,
    },
}

/// What to do with what a citizen took away.
#[derive(Debug, Subcommand)]
pub(super) enum ReceiptAct {
    /// Checks the proof or the promise of a receipt, without a server and without a database
    #[command(
        after_help = "Example:\n  thuocdo receipt verify bien-nhan.txt --key thuocdo/1/9f86d081884c7d65+0a1b2c3d+AbC…"
    )]
    Verify {
        /// The file
        file: PathBuf,
        /// The key that is trusted [default: the first key in the file, and the answer says so]
        #[arg(long, value_name = "VKEY", value_parser = read_key)]
        key: Option<NoteKey>,
    },
}

/// Whom to follow, and what is remembered of it.
#[derive(Debug, Args)]
pub(super) struct WitnessArgs {
    /// Address of the installation
    #[arg(value_name = "URL")]
    url: String,
    /// What the witness remembers, with its own secret key; made at the first run
    #[arg(long, value_name = "FILE", default_value = "thuocdo-witness.state")]
    state: PathBuf,
    /// First key of the installation, as it was handed over [default: the one met at the first contact]
    #[arg(long, value_name = "VKEY", value_parser = read_key)]
    key: Option<NoteKey>,
    /// Look once and end, for cron
    #[arg(long)]
    once: bool,
    /// Minutes between two looks
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..=1440))]
    every: u16,
}

pub(super) fn read_key(text: &str) -> Result<NoteKey, String> {
    NoteKey::parse(text).ok_or_else(|| format!("“{text}” is no key; copy it whole from /so-ghi/khoa: NAME+ID+BASE64"))
}

/// `thuocdo record`.
pub(super) async fn act(settings: &Settings, act: Option<RecordAct>) -> anyhow::Result<()> {
    match act {
        None => state(settings).await,
        Some(RecordAct::Verify { checkpoint }) => verify(settings, checkpoint.as_deref()).await,
        Some(RecordAct::Checkpoint) => checkpoint(settings).await,
        Some(RecordAct::RotateKey { lost }) => rotate(settings, lost).await,
    }
}

async fn state(settings: &Settings) -> anyhow::Result<()> {
    let db = Database::open(&settings.database, Opening::Unchanged).await?;
    let text = state_line(&db, settings).await?;
    db.close().await?;
    say(format!("{text}\n").as_bytes())
}

/// The state of the record in one line.
pub(super) async fn state_line(db: &Database, settings: &Settings) -> anyhow::Result<String> {
    let (reader, province) = (db.reader(), settings.province());
    let latest = checkpoints::latest(reader, province).await.context("while reading the last checkpoint")?;
    let key = checkpoints::current_key(reader, province).await.context("while reading the keys of the record")?;
    Ok(match (latest, key) {
        (Some(latest), Some((id, _))) => format!(
            "record: {} sealed answers, checkpoint of {}, key {id}; thuocdo record verify checks it",
            latest.size,
            latest.day.iso()
        ),
        _ => "record: nothing sealed and signed yet".to_owned(),
    })
}

async fn verify(settings: &Settings, noted: Option<&Path>) -> anyhow::Result<()> {
    let noted = noted.map(read_file).transpose()?;
    let db = Database::open(&settings.database, Opening::Unchanged).await?;
    let report = verify::verify(&db, settings.province(), noted.as_deref()).await?;
    db.close().await?;
    tell(&report, noted.is_some())
}

fn tell(report: &Report, is_noted: bool) -> anyhow::Result<()> {
    let Report { sealed, open, batches, checkpoints, .. } = report;
    let mut text: Vec<String> = report.remarks.iter().map(|remark| format!("remark: {remark}\n")).collect();
    if report.is_good() {
        let counted =
            format!("{sealed} sealed answers in {batches} batches, {checkpoints} checkpoints, {open} open answers");
        text.push(match &report.latest {
            Some(latest) => format!("the record is whole: {counted}; {}\n", in_words(latest)),
            None => format!("the record is whole: nothing is sealed and signed yet, {open} open answers\n"),
        });
        if is_noted {
            text.push("the checkpoint noted elsewhere lies on it\n".to_owned());
        }
        return say(text.concat().as_bytes());
    }
    say(text.concat().as_bytes())?;
    let lines: Vec<String> = report.faults.iter().map(|fault| format!("\n{fault}")).collect();
    let more = if report.unnamed > 0 { format!("\nand {} more", report.unnamed) } else { String::new() };
    bail!("the record is not whole: {} faults{}{more}", lines.len(), lines.concat());
}

fn in_words(checkpoint: &Checkpoint) -> String {
    let root = crate::record::to_base64(&checkpoint.root);
    format!("checkpoint of {} over {} answers, root {root}", checkpoint.through.iso(), checkpoint.size)
}

async fn checkpoint(settings: &Settings) -> anyhow::Result<()> {
    let db = Database::open(&settings.database, Opening::Unchanged).await?;
    let latest = checkpoints::latest(db.reader(), settings.province()).await?;
    db.close().await?;
    match latest {
        Some(latest) => say(latest.note.as_bytes()),
        None => bail!("there is no checkpoint yet: the first is signed when the first day with answers is sealed"),
    }
}

/// Every step leaves a key file with which the next sealing can sign, and the act can be done again from each of them.
async fn rotate(settings: &Settings, is_lost: bool) -> anyhow::Result<()> {
    let database = file_of(&settings.database);
    let prepared = app::prepare(settings, Opening::Existing, Data::Real).await?;
    let (db, keys) = (&prepared.db, &prepared.keys);
    let current = checkpoints::current_key(db.reader(), prepared.province).await?;
    let vkey = current.map(|(_, vkey)| vkey).unwrap_or_default();
    let waiting = keys.checkpoint.get(1..).and_then(<[Secret]>::last);
    if let Some(done) = waiting.filter(|secret| signer_of(&vkey, std::slice::from_ref(secret)).is_some()) {
        settings.replace_checkpoint_keys(database, std::slice::from_ref(done))?;
        say(format!("the key that was put into use before is now alone in the key file: {vkey}\n").as_bytes())?;
        return Ok(prepared.db.close().await?);
    }
    let new = waiting.cloned().unwrap_or_else(|| Secret::new(rand::random()));
    let both: Vec<Secret> = keys.checkpoint.first().into_iter().chain([&new]).cloned().collect();
    if signer_of(&vkey, &keys.checkpoint).is_some() || is_lost {
        settings.replace_checkpoint_keys(database, &both)?;
    }
    let row = rotation::turn(db, keys, prepared.province, &new, is_lost, Moment::now()).await?;
    settings.replace_checkpoint_keys(database, std::slice::from_ref(&new))?;
    let text = format!(
        "key {} signs from now on: {}\nrestart every server, and copy the key file to every other one: until then days are \
         sealed and not signed\n",
        row.id, row.vkey
    );
    say(text.as_bytes())?;
    Ok(prepared.db.close().await?)
}

/// `thuocdo receipt`.
pub(super) fn receipt(act: ReceiptAct) -> anyhow::Result<()> {
    let ReceiptAct::Verify { file, key } = act;
    let read = ReceiptFile::parse(&read_file(&file)?).with_context(|| file.display().to_string())?;
    let shown = read.verify(key.as_ref()).with_context(|| file.display().to_string())?;
    let receipt = crate::record::Receipt::of(read.day, &read.leaf);
    let what = match &shown {
        Shown::Sealed(checkpoint) => format!(
            "the form with the receipt {receipt} of {} stands in the record of {}: {}",
            read.day.iso(),
            checkpoint.origin,
            in_words(checkpoint)
        ),
        Shown::Promised(origin) => format!(
            "{origin} received the form with the receipt {receipt} on {} and promised to seal it; ask for the proof when the \
             day is over",
            read.day.iso()
        ),
    };
    let trust = match key {
        Some(_) => String::new(),
        None => format!(
            "\nthe first key in the file was believed ({}); compare it with the one that is published, or name it with --key",
            read.keys.first().map_or("", |row| row.vkey.as_str())
        ),
    };
    say(format!("good: {what}{trust}\n").as_bytes())
}

fn read_file(file: &Path) -> anyhow::Result<String> {
    let size = fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?.len();
    if size > u64::try_from(LARGEST_PROOF)? {
        bail!("{} has {size} bytes; at most {LARGEST_PROOF} are read", file.display());
    }
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// `thuocdo witness`.
pub(super) async fn witness(args: WitnessArgs) -> anyhow::Result<()> {
    let WitnessArgs { url, state, key, once, every } = args;
    let mut key = key;
    loop {
        let (at, file, pinned) = (url.clone(), state.clone(), key.take());
        let looked = tokio::task::spawn_blocking(move || witness::look(&at, &file, pinned, Moment::now())).await?;
        match looked {
            Ok(seen) => say(seen.to_string().as_bytes())?,
            // Who cannot be reached may be reached later; who rewrites history is told of at once.
            Err(error) if !once && error.downcast_ref::<witness::Unreachable>().is_some() => {
                tracing::warn!(error = format!("{error:#}"), "tried again at the next look");
            }
            Err(error) => return Err(error),
        }
        if once {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_secs(u64::from(every) * 60)).await;
    }
}
