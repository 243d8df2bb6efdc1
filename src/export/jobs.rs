//! Files that are made for people: at most two at once, kept for a quarter of an hour in a private folder.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;

use super::plan::Plan;
use super::run::{Order, Progress, export, file_name};
use super::writer::Format;
use crate::registry::Snapshot;
use crate::store::Database;
use crate::words::{Day, StaffId};

/// Files that are made at once.
const AT_ONCE: usize = 2;
/// Files that are being made or kept, of everybody and of one person.
const MOST: usize = 20;
const MOST_OF_ONE: usize = 5;
/// How long a file is kept that nobody takes, and a failure that nobody reads.
const KEPT: Duration = Duration::from_mins(15);

/// The files of this server.
#[derive(Debug, Clone)]
pub struct Jobs {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    folder: Folder,
    jobs: Mutex<BTreeMap<String, Job>>,
    turns: Arc<Semaphore>,
    runtime: Handle,
}

/// A folder for files that nobody else may read. It is made when the first is written and removed with all of them.
#[derive(Debug)]
pub struct Folder(PathBuf);

#[derive(Debug)]
struct Job {
    owner: StaffId,
    name: String,
    format: Format,
    progress: Arc<Progress>,
    state: State,
    task: Option<AbortHandle>,
}

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Others come first.
    Waiting,
    /// It is being written.
    Running,
    /// It can be taken; its length.
    Ready(u64),
    /// It could not be made; the log says why.
    Failed,
}

/// What its owner learns of a file.
#[derive(Debug, Clone)]
pub struct Status {
    /// Its number, which nobody guesses.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How far it has come.
    pub state: State,
    /// Answers written.
    pub done: u64,
    /// Answers it will hold.
    pub all: u64,
}

/// Why no file is begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    /// The server has enough.
    Server,
    /// The person has enough.
    Person,
}

/// A file on its way to its owner.
#[derive(Debug)]
pub struct Handed {
    /// The open file.
    pub file: File,
    /// Its length.
    pub length: u64,
    /// Its name.
    pub name: String,
    /// Its form.
    pub format: Format,
}

impl Folder {
    /// Beside the database, where it is a file of its own; otherwise among the temporary files of the machine. What a server
    /// that was killed has left beside the database is removed.
    pub fn of(database: Option<&Path>) -> Self {
        let Some(file) = database else {
            return Self(std::env::temp_dir().join(format!("thuocdo-exports-{:032x}", rand::random::<u128>())));
        };
        let mut name = file.as_os_str().to_owned();
        name.push(".exports");
        let folder = PathBuf::from(name);
        // Where nothing is left there is nothing to remove; where it cannot be removed, making it tells.
        let _ = fs::remove_dir_all(&folder);
        Self(folder)
    }

    fn make(&self) -> anyhow::Result<&Path> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.0).with_context(|| format!("cannot make the folder {}", self.0.display()))?;
        Ok(&self.0)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // There may be none.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Jobs {
    /// No files yet. Called where the server's own runtime is entered: files are made there.
    pub fn new(folder: Folder) -> Self {
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        let inner = Inner { folder, jobs: Mutex::default(), turns, runtime: Handle::current() };
        Self { inner: Arc::new(inner) }
    }

    /// Whether somebody may begin a file.
    pub fn room_for(&self, owner: StaffId) -> Result<(), Busy> {
        room_among(&self.jobs(), owner)
    }

    /// Begins a file: its number, or why there is none.
    pub fn start(
        &self,
        owner: StaffId,
        db: &Database,
        snapshot: Arc<Snapshot>,
        (plan, format): (Plan, Format),
        made: Day,
    ) -> Result<String, Busy> {
        let mut all = self.jobs();
        room_among(&all, owner)?;
        let id = format!("{:032x}", rand::random::<u128>());
        let progress = Arc::new(Progress::default());
        progress.begin(plan.rows);
        let unit = snapshot.directory.unit_on(plan.asked.unit, plan.asked.period.to);
        let code = unit.map_or("", |unit| unit.code.as_str());
        let name = file_name(code, plan.asked.period, &plan.edition_name(), format);
        let job = Job { owner, name, format, progress: Arc::clone(&progress), state: State::Waiting, task: None };
        all.insert(id.clone(), job);
        drop(all);
        let (jobs, db, own) = (self.clone(), db.clone(), id.clone());
        let task = self.inner.runtime.spawn(async move {
            let Ok(turn) = jobs.inner.turns.clone().acquire_owned().await else { return };
            jobs.becomes(&own, State::Running);
            let order = (snapshot.as_ref(), plan, format, made);
            let state = match jobs.make(&db, &own, order, &progress).await {
                Ok(length) => State::Ready(length),
                Err(error) => {
                    tracing::error!("an export failed: {error:#}");
                    jobs.remove_file(&own);
                    State::Failed
                }
            };
            drop(turn);
            jobs.becomes(&own, state);
            tokio::time::sleep(KEPT).await;
            jobs.forget(&own);
        });
        if let Some(job) = self.jobs().get_mut(&id) {
            job.task = Some(task.abort_handle());
        }
        Ok(id)
    }

    async fn make(
        &self,
        db: &Database,
        id: &str,
        (snapshot, plan, format, made): (&Snapshot, Plan, Format, Day),
        progress: &Arc<Progress>,
    ) -> anyhow::Result<u64> {
        let folder = self.inner.folder.make()?;
        let path = self.path(id);
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).context("while making the file")?;
        let order = Order { snapshot, plan, format, made, folder };
        let file = export(db, order, file, progress).await?;
        Ok(file.metadata().context("while looking at the file")?.len())
    }

    /// The files of a person, by number.
    pub fn of(&self, owner: StaffId) -> Vec<Status> {
        let jobs = self.jobs();
        jobs.iter().filter(|(_, job)| job.owner == owner).map(|(id, job)| job.status(id)).collect()
    }

    /// A file of a person; nobody else has it.
    pub fn status(&self, owner: StaffId, id: &str) -> Option<Status> {
        self.jobs().get(id).filter(|job| job.owner == owner).map(|job| job.status(id))
    }

    /// Opens a file of a person that is ready.
    pub fn hand(&self, owner: StaffId, id: &str) -> anyhow::Result<Option<Handed>> {
        let found = {
            let jobs = self.jobs();
            let job = jobs.get(id).filter(|job| job.owner == owner);
            job.and_then(|job| match job.state {
                State::Ready(length) => Some((length, job.name.clone(), job.format)),
                _ => None,
            })
        };
        let Some((length, name, format)) = found else { return Ok(None) };
        let file = File::open(self.path(id)).context("while opening the file")?;
        Ok(Some(Handed { file, length, name, format }))
    }

    /// Removes a file: it was taken, or it is too old.
    pub fn forget(&self, id: &str) {
        let known = self.jobs().remove(id);
        if let Some(task) = known.and_then(|job| job.task) {
            task.abort();
        }
        self.remove_file(id);
    }

    /// Ends everything: the server stops.
    pub fn end(&self) {
        let ids: Vec<String> = self.jobs().keys().cloned().collect();
        for id in ids {
            self.forget(&id);
        }
        // There may be none.
        let _ = fs::remove_dir_all(&self.inner.folder.0);
    }

    fn becomes(&self, id: &str, state: State) {
        if let Some(job) = self.jobs().get_mut(id) {
            job.state = state;
        }
    }

    fn remove_file(&self, id: &str) {
        // Whatever was not begun is not there.
        let _ = fs::remove_file(self.path(id));
    }

    fn path(&self, id: &str) -> PathBuf {
        self.inner.folder.0.join(id)
    }

    fn jobs(&self) -> MutexGuard<'_, BTreeMap<String, Job>> {
        self.inner.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn room_among(jobs: &BTreeMap<String, Job>, owner: StaffId) -> Result<(), Busy> {
    if jobs.values().filter(|job| job.owner == owner).count() >= MOST_OF_ONE {
        return Err(Busy::Person);
    }
    if jobs.len() >= MOST { Err(Busy::Server) } else { Ok(()) }
}

impl Job {
    fn status(&self, id: &str) -> Status {
        let (done, all) = self.progress.now();
        Status { id: id.to_owned(), name: self.name.clone(), state: self.state, done, all }
    }
}
