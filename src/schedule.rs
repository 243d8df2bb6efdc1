//! The few periodic acts: sealing days that have ended, forgetting what is kept for a time only, sending letters.
//!
//! There is no leader. Every node runs them all; each act takes its turn in the database, and whoever comes second finds
//! nothing to do. Logs say how many, never what.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::cases::Reader;
use crate::collect::arrivals::{self, Arrivals};
use crate::collect::{Intake, cases, seal};
use crate::digest::{self, CaseWork, Due, Week};
use crate::late;
use crate::mail::{self, Failure, Mailer, Turn};
use crate::publish::alerts;
use crate::record::Keys;
use crate::registry::{Current, Snapshot};
use crate::reports::{Calendar, reminders};
use crate::staff;
use crate::store::{Database, installation, invitations};
use crate::tickets;
use crate::words::{Day, Moment, Province, Right, Scope};

/// How often it is asked whether a day has ended.
const INTERVAL: Duration = Duration::from_mins(1);
/// How often it is asked whether a letter is due.
const MAIL_INTERVAL: Duration = Duration::from_secs(10);
/// How often the log says the same of letters that cannot be sent.
const MAIL_SILENCE: Duration = Duration::from_mins(10);
/// Minutes after midnight from which a day is sealed: forms sent at midnight are stored by then.
const AFTER_MIDNIGHT: u8 = 5;

/// What the schedule remembers between two turns.
#[derive(Debug, Default)]
struct Remembered {
    /// The write-ahead log could not be emptied when the day was sealed.
    log_waits: bool,
    /// The day on which this node last looked for what is to be forgotten.
    tidied: Option<Day>,
}

/// Runs until it is aborted.
pub async fn run(db: Database, registry: Arc<Current>, intake: Intake, noticed: Arc<Arrivals>) {
    let province = registry.province();
    let mut remembered = Remembered::default();
    loop {
        if let Err(error) = seal_ended_days(&db, province, &intake, &mut remembered).await {
            tracing::error!(error = format!("{error:#}"), "ended days could not be sealed; tried again in a minute");
        }
        if let Err(error) = open_cases(&db, &registry).await {
            tracing::error!(error = format!("{error:#}"), "cases could not be opened; tried again in a minute");
        }
        // Every server has noticed its own share; it is written once the day has ended.
        if let Err(error) = arrivals::write(&db, province, &noticed, Moment::now().day()).await {
            tracing::error!(
                error = format!("{error:#}"),
                "what was noticed of answers could not be written; tried again"
            );
        }
        if let Err(error) = look_for_alerts(&db, province).await {
            tracing::error!(error = format!("{error:#}"), "alerts could not be looked for; tried again in a minute");
        }
        if let Err(error) = tidy(&db, province, &mut remembered).await {
            tracing::error!(error = format!("{error:#}"), "old keys could not be forgotten; tried again in a minute");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

async fn seal_ended_days(
    db: &Database,
    province: Province,
    intake: &Intake,
    remembered: &mut Remembered,
) -> anyhow::Result<()> {
    if remembered.log_waits && db.truncate_log().await.context("while emptying the write-ahead log")? {
        remembered.log_waits = false;
    }
    let now = Moment::now();
    let (hour, minute, _) = now.clock();
    if hour == 0 && minute < AFTER_MIDNIGHT {
        return Ok(());
    }
    let yesterday = now.day().plus(-1);
    let sealed = installation::find(db.reader(), province).await?.and_then(|installed| installed.sealed_through);
    if sealed.is_some_and(|sealed| sealed >= yesterday) {
        return Ok(());
    }
    let done = intake.seal(yesterday).await?;
    remembered.log_waits = !done.log_emptied;
    let (answers, blocks, keys) = (done.answers, done.blocks, done.keys);
    tracing::info!(day = yesterday.iso(), answers, blocks, keys, "sealed the days that ended; forgot old form keys");
    Ok(())
}

/// Opens the cases of bad ratings with a comment.
async fn open_cases(db: &Database, registry: &Current) -> anyhow::Result<()> {
    let snapshot = registry.fresh().await?;
    // Nothing of it in the log: its lines have times.
    cases::open_cases(db, &snapshot).await.map(|_| ())
}

/// Looks at the moments that are due: ends of half-months that are sealed. Hardly ever is there one.
async fn look_for_alerts(db: &Database, province: Province) -> anyhow::Result<()> {
    let due = alerts::due(db, province).await?;
    if due.is_empty() {
        return Ok(());
    }
    let snapshot = Snapshot::load(db, province).await?;
    for moment in due {
        if let Some(marked) = alerts::look(db, &snapshot, moment).await? {
            tracing::info!(day = moment.last().iso(), marked, "looked for alerts");
        }
    }
    Ok(())
}

async fn tidy(db: &Database, province: Province, remembered: &mut Remembered) -> anyhow::Result<()> {
    let today = Moment::now().day();
    if remembered.tidied != Some(today) {
        let keys = forget(db, province, today).await?;
        if keys > 0 {
            tracing::info!(keys, "forgot form keys older than 30 days");
        }
        let letters = mail::give_up_old(db, province, Moment::now()).await?;
        if letters > 0 {
            tracing::error!(given_up = letters, "letters were given up: they waited too long");
        }
        remembered.tidied = Some(today);
    }
    Ok(())
}

/// Forgets everything that may not be kept on this day any more; the number of form keys that were.
pub async fn forget(db: &Database, province: Province, today: Day) -> anyhow::Result<u64> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    let keys = seal::forget_keys(&tx, province, today).await?;
    tickets::forget(&tx, province, today).await?;
    crate::cases::forget(&tx, province, today).await?;
    late::forget(&tx, province, today).await?;
    alerts::forget(&tx, province, today).await?;
    reminders::forget(&tx, province, today).await?;
    tx.commit().await.context("while committing")?;
    staff::forget(db, province, Moment::now()).await?;
    Ok(keys)
}

/// What invitations are written with.
#[derive(Debug, Clone)]
pub struct Inviting {
    /// Address of the pages.
    pub base_url: String,
    /// Telephone number for questions.
    pub hotline: Option<String>,
    /// Keys, for the tickets that wait.
    pub keys: Keys,
    /// When reports are due.
    pub calendar: Calendar,
}

/// Sends letters until it is aborted: those to staff, then links to one-time forms.
pub async fn send_mail(db: Database, province: Province, mailer: Mailer, inviting: Inviting) {
    let mut told: Option<(Option<Failure>, Instant)> = None;
    let (mut posted, mut reminded): (Option<Day>, Option<Day>) = (None, None);
    loop {
        let monday = digest::monday_of(Moment::now());
        if monday.is_some() && monday != posted {
            match post_digests(&db, province, &inviting.base_url, Moment::now()).await {
                Ok(_) => posted = monday,
                Err(error) => {
                    tracing::error!(error = format!("{error:#}"), "the letters of the week could not be posted");
                }
            }
        }
        let today = reminders::day_of(Moment::now());
        if today.is_some() && today != reminded {
            match post_reminders(&db, province, &inviting, Moment::now()).await {
                Ok(_) => reminded = today,
                Err(error) => {
                    tracing::error!(error = format!("{error:#}"), "the letters before reports could not be posted");
                }
            }
        }
        match mail::turn(&db, province, &mailer, Moment::now()).await {
            Ok(turn) => tell(&turn, &mut told),
            Err(error) => tracing::error!(error = format!("{error:#}"), "letters could not be looked for"),
        }
        if let Err(error) = invite(&db, province, &mailer, &inviting).await {
            tracing::error!(error = format!("{error:#}"), "invitations could not be looked for");
        }
        tokio::time::sleep(MAIL_INTERVAL).await;
    }
}

/// Lays the letters of the week that are due into the outbox; how many this server laid.
pub async fn post_digests(db: &Database, province: Province, base_url: &str, now: Moment) -> anyhow::Result<usize> {
    let snapshot = Snapshot::load(db, province).await?;
    let Some(week) = Week::at(db, &snapshot, now).await? else { return Ok(0) };
    let mut posted = 0;
    for due in &week.due {
        let work = case_work(db, &snapshot, due, now.day()).await?;
        let letter = week.letter(&snapshot, due, base_url, work);
        posted += usize::from(week.post(db, &snapshot, due, &letter, now).await?);
    }
    tracing::info!(posted, "posted letters of the week");
    Ok(posted)
}

/// Lays the letters before reports that are due into the outbox; how many this server laid.
pub async fn post_reminders(
    db: &Database,
    province: Province,
    inviting: &Inviting,
    now: Moment,
) -> anyhow::Result<usize> {
    let snapshot = Snapshot::load(db, province).await?;
    let posted = reminders::post(db, &snapshot, &inviting.calendar, &inviting.base_url, now).await?;
    if posted > 0 {
        tracing::info!(posted, "posted letters before reports");
    }
    Ok(posted)
}

/// The cases that wait for somebody; `None` where they may read none.
async fn case_work(db: &Database, snapshot: &Snapshot, due: &Due, today: Day) -> anyhow::Result<Option<CaseWork>> {
    let root = snapshot.directory.root(today).map(|root| root.unit);
    let scope = |right| Scope::of(&due.grants, right, root);
    let (reads, handles) = (scope(Right::ReadCases), scope(Right::HandleCases));
    if reads.is_none() {
        return Ok(None);
    }
    let (reads, handles) = (reads.as_ref(), handles.as_ref());
    let reader = Reader { own_unit: due.own_unit(), reads, handles, accusations: None };
    let work = crate::cases::work(db.reader(), snapshot, &reader, today).await?;
    Ok(Some(CaseWork { open: work.open, due_soon: work.due_soon, earliest_due: work.earliest_due }))
}

/// Sends links to one-time forms, where any are due; says how many, never whose.
async fn invite(db: &Database, province: Province, mailer: &Mailer, inviting: &Inviting) -> anyhow::Result<()> {
    let now = Moment::now();
    if !invitations::is_due(db.reader(), province, now).await.context("while looking for invitations")? {
        return Ok(());
    }
    let snapshot = Snapshot::load(db, province).await?;
    let words = (inviting.base_url.as_str(), inviting.hotline.as_deref());
    let turn = tickets::turn(db, &snapshot, &inviting.keys, mailer, words, now).await?;
    let tickets::Sent { sent, put_off, given_up } = turn;
    tracing::info!(sent, put_off, given_up, "invitations");
    Ok(())
}

/// Says how many letters left and how many did not, never whose; the same trouble once in a while only.
fn tell(turn: &Turn, told: &mut Option<(Option<Failure>, Instant)>) {
    let Turn { sent, put_off, given_up, failure } = *turn;
    let reason = failure.map_or("they waited too long", |failure| failure.reason.word());
    let code = failure.map_or(0, |failure| failure.code);
    if sent > 0 {
        tracing::info!(sent, "sent letters");
        *told = None;
    }
    if given_up > 0 {
        tracing::error!(given_up, reason, code, "letters were given up");
    }
    let is_known = told.is_some_and(|(known, at)| known == failure && at.elapsed() < MAIL_SILENCE);
    if put_off > 0 && !is_known {
        tracing::warn!(put_off, reason, code, "letters could not be sent; they are kept and tried again");
        *told = Some((failure, Instant::now()));
    }
}
