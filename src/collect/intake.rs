//! The one intake task: every submission passes through it, in batches of one transaction each.
//!
//! A commit costs one flush of the disk; a batch shares it. A batch that fails is replayed one by one, so that a bad
//! submission fails alone. Nobody is thanked before the commit.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::seal::{self, Sealed};
use super::storing::{Outcome, Submission, store};
use crate::record::Keys;
use crate::store::{Database, DbErr, answers};
use crate::words::{Day, Moment, Province};

/// Submissions that may wait; one more is told that the system is busy.
const MOST_WAITING: usize = 4_096;
/// Submissions of one transaction.
const MOST_IN_BATCH: usize = 256;
/// Pause after a failed transaction, so that a broken disk is not asked in a circle.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(20);

/// Pause between two lines in the log: one for every failed form would be a log of arrivals.
const BETWEEN_COMPLAINTS: Duration = Duration::from_mins(1);
/// Sizes up to which transactions are counted together.
const SIZES: [u64; 4] = [1, 8, 32, 128];

/// Why the intake did not store a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntakeRefusal {
    /// Too many are waiting.
    Busy,
    /// Nothing was stored; what the database said.
    Fault(Arc<str>),
}

/// What the intake has done since its start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Answers stored.
    pub answers: u64,
    /// Transactions with at most so many submissions; the last without bound.
    pub batches: Vec<(Option<u64>, u64)>,
}

#[derive(Debug, Default)]
struct Counts {
    answers: AtomicU64,
    /// By size; the last holds all of them.
    batches: [AtomicU64; SIZES.len() + 1],
}

impl Counts {
    fn add(&self, outcomes: &[Outcome]) {
        let stored = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Stored(_))).count();
        self.answers.fetch_add(u64::try_from(stored).unwrap_or(u64::MAX), Ordering::Relaxed);
        let size = u64::try_from(outcomes.len()).unwrap_or(u64::MAX);
        let from = SIZES.iter().position(|bound| size <= *bound).unwrap_or(SIZES.len());
        for batches in self.batches.iter().skip(from) {
            batches.fetch_add(1, Ordering::Relaxed);
        }
    }
}

enum Command {
    Store(Box<Submission>, oneshot::Sender<Result<Outcome, IntakeRefusal>>),
    Seal(Day, oneshot::Sender<anyhow::Result<Sealed>>),
}

/// The way into the intake task.
#[derive(Clone)]
pub struct Intake {
    sender: mpsc::Sender<Command>,
    counts: Arc<Counts>,
}

impl std::fmt::Debug for Intake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Intake")
    }
}

impl Intake {
    /// Starts the task. It ends when every `Intake` is gone and what waited has been stored.
    pub fn start(db: Database, province: Province, keys: Keys) -> (Self, JoinHandle<()>) {
        let (sender, receiver) = mpsc::channel(MOST_WAITING);
        let counts = Arc::new(Counts::default());
        let writer = Writer { db, province, keys, counts: counts.clone(), complained: Mutex::new(None) };
        let task = tokio::spawn(run(writer, receiver));
        (Self { sender, counts }, task)
    }

    /// Whether one more submission would be taken.
    pub fn takes(&self) -> bool {
        !self.sender.is_closed() && self.sender.capacity() > 0
    }

    /// Submissions and sealings that wait.
    pub fn waiting(&self) -> u64 {
        u64::try_from(self.sender.max_capacity() - self.sender.capacity()).unwrap_or(u64::MAX)
    }

    /// What has been done since the start.
    pub fn done(&self) -> Done {
        let batches = SIZES.into_iter().map(Some).chain([None]).zip(&self.counts.batches);
        Done {
            answers: self.counts.answers.load(Ordering::Relaxed),
            batches: batches.map(|(bound, n)| (bound, n.load(Ordering::Relaxed))).collect(),
        }
    }

    /// Hands a submission over and waits until it is durably stored or refused.
    pub async fn store(&self, submission: Submission) -> Result<Outcome, IntakeRefusal> {
        let (reply, answer) = oneshot::channel();
        self.sender
            .try_send(Command::Store(Box::new(submission), reply))
            .map_err(|_full_or_closed| IntakeRefusal::Busy)?;
        answer.await.unwrap_or_else(|_gone| Err(IntakeRefusal::Fault("the intake has stopped".into())))
    }

    /// Seals every day up to one that has ended.
    pub async fn seal(&self, through: Day) -> anyhow::Result<Sealed> {
        let (reply, answer) = oneshot::channel();
        self.sender
            .send(Command::Seal(through, reply))
            .await
            .map_err(|_closed| anyhow::anyhow!("the intake has stopped"))?;
        answer.await.map_err(|_gone| anyhow::anyhow!("the intake has stopped"))?
    }
}

struct Writer {
    db: Database,
    province: Province,
    keys: Keys,
    counts: Arc<Counts>,
    /// When a failure was last told to the log.
    complained: Mutex<Option<Instant>>,
}

type Waiting = (Box<Submission>, oneshot::Sender<Result<Outcome, IntakeRefusal>>);

async fn run(writer: Writer, mut receiver: mpsc::Receiver<Command>) {
    let mut commands = Vec::with_capacity(MOST_IN_BATCH);
    while receiver.recv_many(&mut commands, MOST_IN_BATCH).await > 0 {
        let mut batch: Vec<Waiting> = Vec::with_capacity(commands.len());
        for command in commands.drain(..) {
            match command {
                Command::Store(submission, reply) => batch.push((submission, reply)),
                Command::Seal(through, reply) => {
                    writer.answer(std::mem::take(&mut batch)).await;
                    let Writer { db, province, keys, .. } = &writer;
                    let sealed = seal::seal_and_sign(db, keys, *province, through, Moment::now().day()).await;
                    // Whoever asked may have gone; the day is sealed all the same.
                    let _ = reply.send(sealed);
                }
            }
        }
        writer.answer(batch).await;
    }
}

impl Writer {
    async fn answer(&self, batch: Vec<Waiting>) {
        if batch.is_empty() {
            return;
        }
        let (submissions, replies): (Vec<Submission>, Vec<_>) =
            batch.into_iter().map(|(submission, reply)| (*submission, reply)).unzip();
        match self.store(&submissions).await {
            Ok(outcomes) => {
                for (outcome, reply) in outcomes.into_iter().zip(replies) {
                    // Whoever sent the form may have gone; it is stored all the same.
                    let _ = reply.send(Ok(outcome));
                }
            }
            Err(error) => {
                self.complain(&error);
                tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
                self.replay(&submissions, replies).await;
            }
        }
    }

    /// Tells the log of a failure, now and then.
    fn complain(&self, error: &DbErr) {
        let mut last = self.complained.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|at| at.elapsed() >= BETWEEN_COMPLAINTS) {
            *last = Some(Instant::now());
            tracing::warn!(%error, "forms could not be stored together and are tried one by one");
        }
    }

    async fn replay(&self, submissions: &[Submission], replies: Vec<oneshot::Sender<Result<Outcome, IntakeRefusal>>>) {
        let mut failures = 0;
        let mut last: Arc<str> = "the database stored nothing".into();
        for (submission, reply) in submissions.iter().zip(replies) {
            // After three failures in a row the database is at fault, not the submission: the rest is refused at once.
            let outcome = if failures >= 3 {
                Err(IntakeRefusal::Fault(last.clone()))
            } else {
                match self.store_one(submission).await {
                    Ok(outcome) => {
                        failures = 0;
                        outcome.ok_or_else(|| IntakeRefusal::Fault(last.clone()))
                    }
                    Err(error) => {
                        failures += 1;
                        last = error.to_string().into();
                        Err(IntakeRefusal::Fault(last.clone()))
                    }
                }
            };
            let _ = reply.send(outcome);
        }
    }

    /// Stores a submission alone. The same form may come to two nodes at once: the one that was slower is refused by the key
    /// of the table, and at its second try finds the form stored.
    async fn store_one(&self, submission: &Submission) -> Result<Option<Outcome>, DbErr> {
        let alone = std::slice::from_ref(submission);
        let outcomes = match self.store(alone).await {
            Ok(outcomes) => outcomes,
            Err(error) => {
                self.complain(&error);
                self.store(alone).await?
            }
        };
        Ok(outcomes.first().copied())
    }

    /// One transaction. The day is taken after the transaction has begun, so that no answer slips into a sealed day.
    async fn store(&self, submissions: &[Submission]) -> Result<Vec<Outcome>, DbErr> {
        let tx = self.db.begin().await?;
        answers::share_open_day(&tx).await?;
        let today = Moment::now().day();
        match store(&tx, self.province, &self.keys, today, submissions).await {
            Ok(outcomes) => {
                tx.commit().await?;
                self.counts.add(&outcomes);
                Ok(outcomes)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }
}
