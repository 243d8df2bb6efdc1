//! The command line: parse, run one act, say what came of it.

mod check;
mod data;
mod decisions;
mod export;
mod keeping;
mod publications;
mod record;
mod serving;
mod staff;
mod staff_log;
mod survey;
mod tickets;
mod units;

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::{Overrides, Settings};
use crate::registry::import::Kind;
use crate::words::{Day, RevokeReason};

/// Đo mức độ hài lòng của người dân, tổ chức, và cho biết con số chắc chắn đến đâu.
///
/// Measures how satisfied people are with public administration, and says how sure it is.
#[derive(Debug, Parser)]
#[command(
    name = "thuocdo",
    version,
    after_help = "Examples:\n  thuocdo demo\n  thuocdo import units units.csv\n  thuocdo serve --base-url https://haihuoc.example.gov.vn"
)]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Settings that every command takes.
#[derive(Debug, Args)]
struct Common {
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Database: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME [default: sqlite://thuocdo.db]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// Address that people type and that QR codes hold [default: http:// and the listening address]
    #[arg(long, global = true, value_name = "URL")]
    base_url: Option<String>,
    /// Settings file [default: thuocdo.toml, if there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the forms and the public pages (what happens without a command, too)
    #[command(after_help = "Example:\n  thuocdo serve --listen 0.0.0.0:8080 --base-url https://haihuoc.example.gov.vn")]
    Serve,
    /// Fills a database of its own with a demonstration province, marked as simulated on every page, and serves it
    #[command(after_help = "Example:\n  thuocdo demo --listen 0.0.0.0:8080 --base-url http://192.168.1.5:8080")]
    Demo {
        /// Fill the database and stop
        #[arg(long)]
        no_serve: bool,
    },
    /// Checks settings, key file, questionnaires, index schemes and database without starting or changing anything
    ///
    /// Every finding is a line that says what, where and how to mend it. Exit code 0 with warnings, 1 with errors.
    #[command(
        after_help = "Examples:\n  thuocdo check\n  thuocdo check --config /etc/thuocdo/thuocdo.toml && systemctl restart thuocdo"
    )]
    Check,
    /// Imports a CSV file: all or nothing, every bad line reported at once
    #[command(
        after_help = "Examples:\n  thuocdo import units units.csv --dry-run\n  thuocdo import targets targets.csv"
    )]
    Import {
        /// units, points, procedures, targets, volumes, measures, series, dossiers or responses
        #[arg(value_parser = |word: &str| Kind::parse(word))]
        kind: Kind,
        /// The file
        file: PathBuf,
        /// Check everything and change nothing
        #[arg(long)]
        dry_run: bool,
        /// Dossiers only: writes the links that no letter reaches, to be sent as messages, to this file, and counts them as sent
        #[arg(long, value_name = "FILE")]
        messages: Option<PathBuf>,
    },
    /// One-time tickets of dossiers
    #[command(
        after_help = "Examples:\n  thuocdo ticket issue --dossier H15.50.05.13-261008-0975 --point MH.P01.Q01\n  thuocdo ticket withdraw --dossier H15.50.05.13-261008-0975"
    )]
    Ticket {
        #[command(subcommand)]
        act: tickets::TicketAct,
    },
    /// Collection points
    #[command(after_help = "Examples:\n  thuocdo point list\n  thuocdo point close MH.P01.Q01 --from 2026-12-01")]
    Point {
        #[command(subcommand)]
        act: PointAct,
    },
    /// Accounts: add, list, new links, close; and the log of what staff did
    #[command(
        after_help = "Example:\n  thuocdo staff add lan@sonoivu.example.gov.vn --name \"Nguyễn Thị Lan\" --role home_affairs --unit MH.S01 --scope MH"
    )]
    Staff {
        #[command(subcommand)]
        act: staff::StaffAct,
    },
    /// Units: list, rename, merge, split
    #[command(
        after_help = "Examples:\n  thuocdo unit list\n  thuocdo unit rename MH.X01 --name \"Phường Suối Trong\" --from 2026-07-01"
    )]
    Unit {
        #[command(subcommand)]
        act: units::UnitAct,
    },
    /// The QR of a collection point
    #[command(after_help = "Examples:\n  thuocdo qr MH.P01.Q01\n  thuocdo qr MH.P01.Q01 --format svg -o quay-1.svg")]
    Qr {
        /// Code of the point (as in points.csv), or the code in its address
        code: String,
        /// Form of the picture
        #[arg(long, value_enum, default_value_t = QrFormat::Txt)]
        format: QrFormat,
        /// File to write; standard output without it
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Figures from the database, open days included
    #[command(
        after_help = "Example:\n  thuocdo index --measure counter --unit MH.P01 --from 2026-06-15 --to 2026-09-14"
    )]
    Index {
        /// Measure: counter, province, sipas, …
        #[arg(long, value_name = "M")]
        measure: String,
        /// Code of the unit, with everything below it [default: the unit at the top]
        #[arg(long, value_name = "CODE")]
        unit: Option<String>,
        /// First day [default: that of the first stored answer]
        #[arg(long, value_name = "DATE", value_parser = read_day)]
        from: Option<Day>,
        /// Last day [default: today; a period that holds today still runs]
        #[arg(long, value_name = "DATE", value_parser = read_day)]
        to: Option<Day>,
        /// Form of the output
        #[arg(long, value_enum, default_value_t = IndexFormat::Table)]
        format: IndexFormat,
    },
    /// Analyses a survey: a design file says what the columns of a data file are (shares, means, intervals, verdicts)
    #[command(
        after_help = "Examples:\n  thuocdo analyse design.toml answers.csv\n  thuocdo analyse design.toml answers.csv --format json > result.json"
    )]
    Analyse {
        /// The design file: weights, strata, sampling units, items, domains, targets (README, “A survey in a file”)
        design: PathBuf,
        /// The data: CSV with one row per respondent
        data: PathBuf,
        /// Form of the output
        #[arg(long, value_enum, default_value_t = IndexFormat::Table)]
        format: IndexFormat,
    },
    /// Closes ended days by hand: answers into the sealed record, blocks into the figures
    #[command(after_help = "Example:\n  thuocdo seal --through 2026-11-20")]
    Seal {
        /// Last day to seal [default: yesterday]
        #[arg(long, value_name = "DAY", value_parser = read_day)]
        through: Option<Day>,
    },
    /// The sealed record: its state, its latest checkpoint, whether it is whole, and its key
    #[command(after_help = "Examples:\n  thuocdo record\n  thuocdo record verify")]
    Record {
        #[command(subcommand)]
        act: Option<record::RecordAct>,
    },
    /// What a citizen took away: the proof or the promise of a receipt
    #[command(after_help = "Example:\n  thuocdo receipt verify bien-nhan.txt")]
    Receipt {
        #[command(subcommand)]
        act: record::ReceiptAct,
    },
    /// Follows an installation's checkpoints, signs those that only grow, and refuses a rewritten history
    #[command(
        after_help = "Examples:\n  thuocdo witness https://haihuoc.example.gov.vn --once\n  thuocdo witness https://haihuoc.example.gov.vn --state /var/lib/thuocdo-witness/state"
    )]
    Witness(record::WitnessArgs),
    /// Publications: list them, write the bundle of one to a file
    #[command(after_help = "Example:\n  thuocdo publication list")]
    Publication {
        #[command(subcommand)]
        act: publications::PublicationAct,
    },
    /// Computes a publication again from its bundle, without a server; exit code 0 only if every figure and hash agrees
    #[command(after_help = "Example:\n  thuocdo verify cong-bo.zip --key thuocdo/1/9f86d081884c7d65+0a1b2c3d+AbC…")]
    Verify {
        /// The bundle
        file: PathBuf,
        /// The key that is trusted [default: the first key in the bundle, and the answer says so]
        #[arg(long, value_name = "VKEY", value_parser = record::read_key)]
        key: Option<crate::record::NoteKey>,
    },
    /// Decisions of two persons
    #[command(after_help = "Example:\n  thuocdo decision list")]
    Decision {
        #[command(subcommand)]
        act: DecisionAct,
    },
    /// Writes everything to one portable file, beside a running server
    #[command(after_help = "Example:\n  thuocdo backup thuocdo-2026-11-22.backup")]
    Backup {
        /// The file to write; it holds answers and comments, so keep it as safe as the database
        file: PathBuf,
        /// Replace the file if it is there
        #[arg(long)]
        replace: bool,
    },
    /// Fills an empty database from a backup: all or nothing; also the way from SQLite to PostgreSQL
    #[command(
        after_help = "Examples:\n  thuocdo restore thuocdo-2026-11-22.backup --database sqlite://new.db\n  thuocdo restore thuocdo-2026-11-22.backup --check"
    )]
    Restore {
        /// The backup
        file: PathBuf,
        /// Read the whole file, say whether it is good, and change nothing
        #[arg(long)]
        check: bool,
    },
    /// Answers as a file, under the rules for small numbers
    #[command(
        after_help = "Example:\n  thuocdo export responses --unit MH.P01 --from 2026-06-15 --to 2026-09-14 --format sav -o p01.sav"
    )]
    Export {
        #[command(subcommand)]
        act: export::ExportAct,
    },
    /// Erases the text of a comment; its answer stays and counts
    #[command(after_help = "Example:\n  thuocdo erase-comment 1A2B-3C4D-5E6F-7G8H")]
    EraseComment {
        /// The receipt, as on the thank-you page
        receipt: String,
    },
}

#[derive(Debug, Subcommand)]
enum PointAct {
    /// Code, unit, name and address of every collection point
    #[command(after_help = "Example:\n  thuocdo point list --base-url https://haihuoc.example.gov.vn")]
    List,
    /// Closes a point: its QR then leads to a page that says so
    #[command(after_help = "Example:\n  thuocdo point close MH.P01.Q01 --from 2026-12-01")]
    Close {
        /// Code of the point
        code: String,
        /// First day on which it is closed [default: today]
        #[arg(long, value_name = "DATE", value_parser = read_day)]
        from: Option<Day>,
    },
    /// Draws another code for the QR of a point; the ones it has stay valid until they are revoked
    #[command(after_help = "Example:\n  thuocdo point new-code MH.P01.Q01")]
    NewCode {
        /// Code of the point
        code: String,
    },
    /// Revokes a code of a QR: it then leads to a page that says the point is closed
    #[command(after_help = "Example:\n  thuocdo point revoke 7KQ2M9XTB --reason false_copy")]
    Revoke {
        /// The code in the address of the QR
        public_code: String,
        /// old, false_copy or lost
        #[arg(long, value_name = "WORD", value_parser = |word: &str| RevokeReason::parse(word))]
        reason: RevokeReason,
        /// First day on which it is revoked [default: today]
        #[arg(long, value_name = "DATE", value_parser = read_day)]
        from: Option<Day>,
    },
}

#[derive(Debug, Subcommand)]
enum DecisionAct {
    /// State, kind, matter, reason, proposer and expiry of the latest decisions, at most 200
    ///
    /// Nothing is proposed or approved on the command line: an act of two persons needs two persons who signed in, each known
    /// by the unit they work in, and whoever runs commands on the server is neither.
    #[command(after_help = "Example:\n  thuocdo decision list")]
    List,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum QrFormat {
    Svg,
    Png,
    Txt,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum IndexFormat {
    Table,
    Json,
    Csv,
}

fn read_day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| format!("“{text}” is no date; write 2026-11-21 or 21/11/2026"))
}

/// Runs one command: exit code 0 on success, 1 on a refusal with one clear sentence, 2 on wrong usage.
pub async fn run(cli: Cli) -> ExitCode {
    match act(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is gone nobody is left to be told.
            let _ = writeln!(std::io::stderr(), "thuocdo: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn act(cli: Cli) -> anyhow::Result<()> {
    let Cli { common, command } = cli;
    let overrides = Overrides { listen: common.listen, database: common.database, base_url: common.base_url };
    let settings = Settings::load(common.config.as_deref(), &overrides)?;
    crate::telemetry::start(&settings);
    match command.unwrap_or(Command::Serve) {
        Command::Serve => serving::serve(&settings).await,
        Command::Demo { no_serve } => serving::demo(settings, no_serve).await,
        Command::Check => check::check(&settings).await,
        Command::Import { kind: Kind::Dossiers, file, dry_run, messages } => {
            tickets::import(&settings, &file, dry_run, messages.as_deref()).await
        }
        Command::Import { messages: Some(_), kind, .. } => {
            anyhow::bail!("--messages belongs to dossiers, not to {}; leave it out", kind.word())
        }
        Command::Import { kind, file, dry_run, messages: None } => data::import(&settings, kind, &file, dry_run).await,
        Command::Ticket { act } => tickets::act(&settings, act).await,
        Command::Point { act: PointAct::List } => data::list_points(&settings).await,
        Command::Point { act: PointAct::Close { code, from } } => data::close_point(&settings, &code, from).await,
        Command::Staff { act } => staff::act(&settings, act).await,
        Command::Point { act: PointAct::NewCode { code } } => data::new_code(&settings, &code).await,
        Command::Point { act: PointAct::Revoke { public_code, reason, from } } => {
            data::revoke_code(&settings, &public_code, reason, from).await
        }
        Command::Unit { act } => units::act(&settings, act).await,
        Command::Qr { code, format, output } => data::qr(&settings, &code, format, output.as_deref()).await,
        Command::Index { measure, unit, from, to, format } => {
            let question = data::IndexQuestion { measure, unit, from, to, format };
            data::index(&settings, question).await
        }
        Command::Analyse { design, data, format } => survey::analyse(design, data, format).await,
        Command::Seal { through } => data::seal(&settings, through).await,
        Command::Record { act } => record::act(&settings, act).await,
        Command::Receipt { act } => record::receipt(act),
        Command::Witness(args) => record::witness(args).await,
        Command::Publication { act } => publications::act(&settings, act).await,
        Command::Verify { file, key } => publications::verify_bundle(&file, key.as_ref()),
        Command::Decision { act: DecisionAct::List } => decisions::list(&settings).await,
        Command::Backup { file, replace } => keeping::backup(&settings, &file, replace).await,
        Command::Restore { file, check } => keeping::restore(&settings, &file, check).await,
        Command::Export { act: export::ExportAct::Responses(args) } => export::responses(&settings, args).await,
        Command::EraseComment { receipt } => keeping::erase_comment(&settings, &receipt).await,
    }
}

/// Writes to standard output; a closed pipe ends the command quietly.
fn say(bytes: &[u8]) -> anyhow::Result<()> {
    match std::io::stdout().write_all(bytes) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
