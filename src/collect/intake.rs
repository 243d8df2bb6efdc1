//! The one intake task: every submission passes through it, in batches of one transaction each.
//!
//! A commit costs one flush of the disk; a batch shares it. A batch that fails is replayed one by one, so that a bad
//! submission fails alone. Nobody is thanked before the commit.

use std::time::Duration;

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

/// Why the intake did not store a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntakeRefusal {
    /// Too many are waiting.
    Busy,
    /// The database failed; nothing was stored.
    Fault,
}

enum Command {
    Store(Box<Submission>, oneshot::Sender<Result<Outcome, IntakeRefusal>>),
    Seal(Day, oneshot::Sender<anyhow::Result<Sealed>>),
}

/// The way into the intake task.
#[derive(Clone)]
pub struct Intake {
    sender: mpsc::Sender<Command>,
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
        let task = tokio::spawn(run(Writer { db, province, keys }, receiver));
        (Self { sender }, task)
    }

    /// Hands a submission over and waits until it is durably stored or refused.
    pub async fn store(&self, submission: Submission) -> Result<Outcome, IntakeRefusal> {
        let (reply, answer) = oneshot::channel();
        self.sender
            .try_send(Command::Store(Box::new(submission), reply))
            .map_err(|_full_or_closed| IntakeRefusal::Busy)?;
        answer.await.unwrap_or(Err(IntakeRefusal::Fault))
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
                    let sealed = seal::seal(&writer.db, writer.province, through, Moment::now().day()).await;
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
                tracing::warn!(%error, submissions = submissions.len(), "a batch failed and is replayed one by one");
                tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
                self.replay(&submissions, replies).await;
            }
        }
    }

    async fn replay(&self, submissions: &[Submission], replies: Vec<oneshot::Sender<Result<Outcome, IntakeRefusal>>>) {
        let mut failures = 0;
        for (submission, reply) in submissions.iter().zip(replies) {
            // After three failures in a row the database is at fault, not the submission: the rest is refused at once.
            let outcome = if failures >= 3 {
                Err(IntakeRefusal::Fault)
            } else {
                match self.store_one(submission).await {
                    Ok(outcome) => {
                        failures = 0;
                        outcome.ok_or(IntakeRefusal::Fault)
                    }
                    Err(error) => {
                        failures += 1;
                        tracing::error!(%error, "a submission could not be stored");
                        Err(IntakeRefusal::Fault)
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
                tracing::debug!(%error, "a submission is tried a second time");
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
                Ok(outcomes)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }
}
