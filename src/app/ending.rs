//! A server that runs, and how it ends: whatever has been sent is answered, whatever was thanked for is stored.

use std::fs::File;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use anyhow::{Context, bail};
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinHandle;

use super::door::Door;
use crate::export::Jobs;
use crate::store::Database;
use crate::telemetry::Watch;

/// How long what waits in the intake may take to be stored, and the database to close.
const LAST_WORK: Duration = Duration::from_secs(15);

/// SIGTERM and SIGINT.
#[cfg(unix)]
pub(super) struct Signals(Signal, Signal);

/// Ctrl-C.
#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// From now on Ctrl-C does not end the process by itself.
    pub(super) fn listen() -> anyhow::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

#[cfg(unix)]
impl Signals {
    /// From now on the signals do not end the process by themselves.
    pub(super) fn listen() -> anyhow::Result<Self> {
        let of = |kind| signal(kind).context("while preparing for signals");
        Ok(Self(of(SignalKind::terminate())?, of(SignalKind::interrupt())?))
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.0.recv() => {}
            _ = self.1.recv() => {}
        }
    }
}

/// A server that runs.
pub struct Running {
    /// Address it listens on.
    pub address: SocketAddr,
    pub(super) door: Door,
    pub(super) server: Server,
    pub(super) metrics: Option<Server>,
    pub(super) intake: JoinHandle<()>,
    /// What is done from time to time.
    pub(super) tasks: Vec<JoinHandle<()>>,
    pub(super) watch: Arc<Watch>,
    pub(super) db: Database,
    /// Files of answers; they end with the server.
    pub(super) exports: Jobs,
    pub(super) signals: Signals,
    /// Time for load balancers to notice.
    pub(super) drain: Duration,
    /// Held as long as the server runs.
    pub(super) lock: Option<File>,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Running on {}", self.address)
    }
}

/// Why the server ends.
enum Reason {
    Signal,
    /// The web server ended by itself.
    Server(std::io::Result<()>),
    /// Nothing can be stored any more.
    Intake,
}

impl Running {
    /// Serves until a signal stops it. Then it says so (`/readyz`), closes every connection after its answer, stops
    /// listening, stores what waits and closes the database. A second signal ends the process at once.
    pub async fn serve(self) -> anyhow::Result<()> {
        let Self { door, server, metrics, mut intake, tasks, watch, db, exports, mut signals, drain, lock, .. } = self;
        let mut public = Web::run(server);
        let mut metrics = metrics.map(Web::run);
        let reason = tokio::select! {
            () = signals.next() => Reason::Signal,
            ended = &mut public.task => Reason::Server(ended.unwrap_or_else(|_panic| Err(std::io::ErrorKind::Other.into()))),
            _ = &mut intake => Reason::Intake,
        };
        let is_dead = matches!(reason, Reason::Intake);
        watch.stop();
        let end = async {
            tokio::time::sleep(if is_dead { Duration::ZERO } else { drain }).await;
            door.shut().await;
            public.stop().await;
            exports.end();
            for task in tasks {
                task.abort();
                // Each held a way into the intake; once all are gone the intake stores what waits and ends.
                let _ = task.await;
            }
            if let Some(metrics) = &mut metrics {
                metrics.stop().await;
            }
            let last = async {
                if !is_dead {
                    intake.await.context("while storing what waited")?;
                }
                db.close().await.context("while closing the database")
            };
            tokio::time::timeout(LAST_WORK, last).await.context("what waited could not be stored in time")?
        };
        let ended = tokio::select! {
            ended = end => ended,
            () = signals.next() => {
                tracing::error!("a second signal ends the server at once");
                std::process::exit(1)
            }
        };
        drop(lock);
        match reason {
            Reason::Intake => bail!("the intake ended by itself; the log says why"),
            Reason::Server(served) => served.context("while serving").and(ended),
            Reason::Signal => ended,
        }
    }
}

/// A web server with the task that runs it.
struct Web {
    handle: ServerHandle,
    task: JoinHandle<std::io::Result<()>>,
}

impl Web {
    fn run(server: Server) -> Self {
        Self { handle: server.handle(), task: tokio::spawn(server) }
    }

    /// Answers what is in flight and ends.
    async fn stop(&mut self) {
        if !self.task.is_finished() {
            self.handle.stop(true).await;
            let _ = (&mut self.task).await;
        }
    }
}
