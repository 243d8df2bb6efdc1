//! `ticket` and `import dossiers`: one-time tickets, one by one and from the daily file.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Subcommand;

use super::data::{existing, picture, read, told};
use super::{QrFormat, say};
use crate::app::{self, Data, Prepared};
use crate::config::Settings;
use crate::mail;
use crate::registry::By;
use crate::registry::import::{Mode, Run, Source};
use crate::store::Opening;
use crate::tickets::{self, Asked, Delivery, Message};
use crate::words::{Moment, TicketStage};

#[derive(Debug, Subcommand)]
pub(super) enum TicketAct {
    /// The ticket of a dossier, for its slip; asked again it is the same one
    ///
    /// The number of the dossier makes the ticket and is never stored with it. Whoever prints slips without being asked by the
    /// one-stop system can invent dossiers: give this command to that system alone.
    #[command(
        after_help = "Examples:\n  thuocdo ticket issue --dossier H15.50.05.13-261008-0975 --point MH.P01.Q01\n  thuocdo ticket issue --dossier H15.50.05.13-261008-0975 --point MH.P01.Q01 --procedure 1.001193 --format svg -o phieu.svg"
    )]
    Issue {
        /// Number of the dossier
        #[arg(long, value_name = "NUMBER")]
        dossier: String,
        /// Code of the receiving point
        #[arg(long, value_name = "CODE")]
        point: String,
        /// reception or result
        #[arg(long, default_value = "result", value_parser = |word: &str| TicketStage::parse(word))]
        stage: TicketStage,
        /// Code of the procedure
        #[arg(long, value_name = "CODE")]
        procedure: Option<String>,
        /// Code of the unit that decides
        #[arg(long, value_name = "CODE")]
        deciding_unit: Option<String>,
        /// Form of the QR
        #[arg(long, value_enum, default_value_t = QrFormat::Txt)]
        format: QrFormat,
        /// File to write; standard output without it
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Withdraws the ticket of a dossier that was corrected: it then gives open feedback alone
    #[command(after_help = "Example:\n  thuocdo ticket withdraw --dossier H15.50.05.13-261008-0975")]
    Withdraw {
        /// Number of the dossier
        #[arg(long, value_name = "NUMBER")]
        dossier: String,
        /// reception or result
        #[arg(long, default_value = "result", value_parser = |word: &str| TicketStage::parse(word))]
        stage: TicketStage,
    },
}

/// `thuocdo ticket …`.
pub(super) async fn act(settings: &Settings, act: TicketAct) -> anyhow::Result<()> {
    let (prepared, _) = existing(settings).await?;
    let Prepared { db, province, keys } = prepared;
    match act {
        TicketAct::Issue { dossier, point, stage, procedure, deciding_unit, format, output } => {
            let asked = Asked {
                dossier: &dossier,
                point: &point,
                stage,
                procedure: procedure.as_deref(),
                deciding_unit: deciding_unit.as_deref(),
            };
            let now = (Moment::now().day(), By::CommandLine);
            let issued = tickets::issue(&db, &keys, province, &asked, now).await?;
            let address = format!("{}/p/{}", settings.base_url(), issued.ticket.code());
            let picture = picture(&address, format)?;
            match output {
                Some(file) => private(&file, &picture)?,
                None => say(&picture)?,
            }
        }
        TicketAct::Withdraw { dossier, stage } => {
            tickets::withdraw(&db, &keys, province, (&dossier, stage), By::CommandLine).await?;
            say(format!("the ticket of this dossier ({stage}) is withdrawn\n").as_bytes())?;
        }
    }
    Ok(db.close().await?)
}

/// `thuocdo import dossiers`.
pub(super) async fn import(
    settings: &Settings,
    file: &Path,
    dry_run: bool,
    messages: Option<&Path>,
) -> anyhow::Result<()> {
    let (name, bytes) = read(file)?;
    let Prepared { db, province, keys } = app::prepare(settings, Opening::Existing, Data::Real).await?;
    let mode = if dry_run { Mode::DryRun } else { Mode::Write };
    let run = Run { today: Moment::now().day(), mode, by: By::CommandLine };
    let base_url = settings.base_url();
    let delivery = Delivery {
        letters: mail::is_possible(settings),
        messages: messages.map(|_| (base_url.as_str(), settings.hotline.as_deref())),
    };
    let keep = |list: &[Message]| messages.map_or(Ok(()), |file| private(file, table(list)?.as_bytes()));
    let source = Source { name: &name, bytes: &bytes };
    let imported = tickets::dossiers(&db, &keys, province, &source, run, delivery, keep).await?;
    say(told(&name, &imported.report, dry_run).as_bytes())?;
    Ok(db.close().await?)
}

/// The messages as a table for whoever sends them.
fn table(messages: &[Message]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["contact", "text", "link"])?;
    for message in messages {
        // A spreadsheet must not take a number with a plus sign for a formula.
        let contact = message.contact.strip_prefix('+').map_or(message.contact.clone(), |rest| format!("00{rest}"));
        writer.write_record([contact.as_str(), &message.text, &message.link])?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Writes a new file with rights for its owner alone.
fn private(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(file).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.with_context(|| format!("cannot write {}; name a file that is not there yet", file.display()))
}
