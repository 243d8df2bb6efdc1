//! The one composition root: settings and a database become a running server, in production and in tests alike.

use std::fs::{File, TryLockError};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::{Compress, NormalizePath, TrailingSlash};
use actix_web::{App, HttpServer, web};
use anyhow::{Context, bail};
use tokio::task::JoinHandle;

use crate::collect::Intake;
use crate::config::Settings;
use crate::publish::Figures;
use crate::questionnaire::Edition;
use crate::record::Keys;
use crate::registry::{Current, editions};
use crate::schedule;
use crate::store::{Database, Opening, installation};
use crate::web::{PublicSettings, Site, routes, security};
use crate::words::{Day, Moment, Province};

/// Threads that answer requests.
const MOST_WORKERS: usize = 8;
/// Seconds that requests in flight are given when the server stops.
const SHUTDOWN_SECONDS: u64 = 15;

/// Whether a new installation holds real or simulated data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Data {
    /// Answers of citizens.
    Real,
    /// The demonstration.
    Simulated,
}

/// A database with its installation and its keys.
#[derive(Debug)]
pub struct Prepared {
    /// Database.
    pub db: Database,
    /// Province.
    pub province: Province,
    /// Secret keys.
    pub keys: Keys,
}

/// Opens the database, makes the installation if there is none, and stores the editions that came with the program.
pub async fn prepare(settings: &Settings, opening: Opening, data: Data) -> anyhow::Result<Prepared> {
    let available = editions::available(settings.surveys.as_deref())?;
    let db = Database::open(&settings.database, opening).await?;
    let keys = settings.load_keys(db.file())?;
    let province = settings.province();
    install(&db, province, data, &available, Moment::now().day()).await?;
    Ok(Prepared { db, province, keys })
}

async fn install(
    db: &Database,
    province: Province,
    data: Data,
    available: &[Edition],
    today: Day,
) -> anyhow::Result<()> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    installation::take_turn(&tx).await.context("while taking the turn to make the installation")?;
    match installation::find(&tx, province).await.context("while reading the installation")? {
        None => installation::create(&tx, province, data == Data::Simulated).await?,
        Some(known) if data == Data::Simulated && !known.simulated => {
            bail!("this database holds a real installation; name an empty one for the demonstration with --database")
        }
        Some(_) => {}
    }
    editions::install(&tx, province, available, today).await?;
    tx.commit().await.context("while committing the installation")
}

/// A server that runs.
pub struct Running {
    /// Address it listens on.
    pub address: SocketAddr,
    server: Server,
    intake: JoinHandle<()>,
    schedule: JoinHandle<()>,
    /// Held as long as the server runs.
    _lock: Option<File>,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Running on {}", self.address)
    }
}

impl Running {
    /// A handle that stops the server.
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Serves until a signal or the handle stops it; then stores what waits in the intake.
    pub async fn serve(self) -> anyhow::Result<()> {
        let served = self.server.await.context("while serving");
        self.schedule.abort();
        // The schedule held a way into the intake; once it is gone the intake stores what waits and ends.
        let _ = self.schedule.await;
        self.intake.await.context("while storing what waited")?;
        served
    }
}

/// Starts the server.
pub async fn start(settings: &Settings, prepared: Prepared) -> anyhow::Result<Running> {
    let Prepared { db, province, keys } = prepared;
    let lock = db.file().map(lock_for_server).transpose()?;
    let (intake, intake_task) = Intake::start(db.clone(), province, keys.clone());
    let listener = std::net::TcpListener::bind(settings.listen)
        .with_context(|| format!("cannot listen on {}; name another address with --listen", settings.listen))?;
    let address = listener.local_addr().context("while reading the listening address")?;
    let base_url = settings.base_url.as_ref().map_or_else(|| format!("http://{address}"), |_| settings.base_url());
    let schedule = tokio::spawn(schedule::run(db.clone(), province, intake.clone()));
    let site = web::Data::new(Site {
        settings: PublicSettings { base_url, hotline: settings.hotline.clone(), live: settings.public_live },
        registry: Current::load(db.clone(), province).await?,
        intake,
        keys,
        figures: Figures::default(),
        db,
    });
    let workers = std::thread::available_parallelism().map_or(2, usize::from).min(MOST_WORKERS);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
            .wrap(security())
            .wrap(Compress::default())
            .wrap(NormalizePath::new(TrailingSlash::Trim))
            .configure(routes)
    })
    .workers(workers)
    .shutdown_timeout(SHUTDOWN_SECONDS)
    .listen(listener)
    .context("while starting to listen")?
    .run();
    Ok(Running { address, server, intake: intake_task, schedule, _lock: lock })
}

/// One server for one embedded database: two would each believe that nobody else seals its days.
fn lock_for_server(database: &Path) -> anyhow::Result<File> {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    let path = PathBuf::from(name);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(|| format!("cannot write the lock {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "another server already runs on {}; stop it first, or use PostgreSQL for several servers",
            database.display()
        ),
        Err(TryLockError::Error(error)) => Err(error).context("while locking the database for this server"),
    }
}
