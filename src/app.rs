//! The one composition root: settings and a database become a running server, in production and in tests alike.

mod door;
mod ending;
mod hours;

use std::fs::{File, TryLockError};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::{Compress, NormalizePath, TrailingSlash, from_fn};
use actix_web::{App, HttpServer, web};
use anyhow::{Context, bail};

use self::ending::Running;
use crate::collect::Intake;
use crate::collect::arrivals::Arrivals;
use crate::config::{Doubt, RequestLog, Settings};
use crate::export::{Folder, Jobs};
use crate::mail::{self, Mailer};
use crate::publish::Figures;
use crate::questionnaire::Edition;
use crate::record::Keys;
use crate::registry::{Current, editions};
use crate::reports::Calendar;
use crate::schedule;
use crate::staff::Hasher;
use crate::store::{Database, Opening, installation};
use crate::telemetry::Watch;
use crate::web::{Budget, Failures, PublicSettings, Site, metrics_page, routes, security, watch};
use crate::words::{Day, Moment, Province};

/// Threads that answer requests.
const MOST_WORKERS: usize = 8;
/// Seconds that requests in flight are given when the server stops.
const SHUTDOWN_SECONDS: u64 = 15;
/// How long a connection without a request is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(5);

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
    if opening == Opening::Create {
        make_private(&settings.database);
    }
    let db = Database::open(&settings.database, opening).await?;
    let keys = settings.load_keys(db.file())?;
    let province = settings.province();
    install(&db, province, data, &available, Moment::now().day()).await?;
    Ok(Prepared { db, province, keys })
}

/// Makes the file of a new embedded database with rights for its owner alone; its logs get the same. Where that cannot be
/// done, opening says why.
fn make_private(database: &str) {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = crate::store::file_of(database).filter(|file| !file.as_os_str().is_empty());
    let _ = made.map(|file| options.open(file));
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

/// Starts the server.
pub async fn start(settings: &Settings, prepared: Prepared) -> anyhow::Result<Running> {
    let Prepared { db, province, keys } = prepared;
    let lock = db.file().map(lock_for_server).transpose()?;
    let registry = Arc::new(Current::load(db.clone(), province).await?);
    let is_simulated = registry.get().await?.installation.simulated;
    if settings.log_requests == RequestLog::Each && !is_simulated {
        bail!(
            "settings: log_requests “each” would log when each form was sent, and is for simulations alone; write hourly"
        );
    }
    let mailer = Mailer::of(settings)?;
    let calendar = Calendar::load(settings.report_calendar.as_deref())?;
    let listener = listen("listen", settings.listen)?;
    let address = listener.local_addr().context("while reading the listening address")?;
    let metrics = settings.metrics.map(|metrics| listen("metrics", metrics)).transpose()?;
    let signals = ending::Signals::listen()?;
    let (intake, intake_task) = Intake::start(db.clone(), province, keys.clone());
    let base_url = settings.base_url.as_ref().map_or_else(|| format!("http://{address}"), |_| settings.base_url());
    let watch = Arc::new(Watch::default());
    let arrivals = Arc::new(Arrivals::default());
    let public = PublicSettings {
        is_doubtful: !Doubt::of(&base_url).is_empty(),
        base_url,
        hotline: settings.hotline.clone(),
        open_data_licence: settings.open_data_licence.clone(),
        live: settings.public_live,
        mail: mail::is_possible(settings),
        logs_each: settings.log_requests == RequestLog::Each,
    };
    let mut tasks = vec![
        tokio::spawn(schedule::run(db.clone(), registry.clone(), intake.clone(), arrivals.clone())),
        tokio::spawn(hours::run(db.clone(), intake.clone(), watch.clone(), settings.log_requests)),
    ];
    let inviting = schedule::Inviting {
        base_url: public.base_url.clone(),
        hotline: public.hotline.clone(),
        keys: keys.clone(),
        calendar: calendar.clone(),
    };
    tasks.extend(mailer.map(|mailer| tokio::spawn(schedule::send_mail(db.clone(), province, mailer, inviting))));
    let exports = Jobs::new(Folder::of(db.file()));
    let site = Site {
        settings: public,
        registry,
        intake,
        arrivals,
        watch: watch.clone(),
        keys,
        figures: Figures::default(),
        publications: crate::publications::HeldPublications::default(),
        calendar,
        signals: crate::publish::signals::HeldSignals::default(),
        failures: Failures::default(),
        budget: Budget::of(settings.point_budget),
        hasher: Hasher::default(),
        exports: exports.clone(),
        db: db.clone(),
    };
    let site = web::Data::new(site);
    let metrics = metrics.map(|listener| serve_metrics(site.clone(), listener)).transpose()?;
    let door = door::Door::of(&listener).context("while taking hold of the listener")?;
    let server = serve_public(site, listener)?;
    let drain = Duration::from_secs(settings.drain_seconds.into());
    Ok(Running { address, door, server, metrics, intake: intake_task, tasks, watch, db, exports, signals, drain, lock })
}

fn listen(setting: &str, address: std::net::SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .with_context(|| format!("cannot listen on {address}; name another address with --{setting}"))
}

fn serve_public(site: web::Data<Site>, listener: TcpListener) -> anyhow::Result<actix_web::dev::Server> {
    let workers = std::thread::available_parallelism().map_or(2, usize::from).min(MOST_WORKERS);
    let (connected, is_encrypted) = (site.watch.clone(), site.is_encrypted());
    let server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
            .wrap(from_fn(watch))
            .wrap(security(is_encrypted))
            .wrap(Compress::default())
            .wrap(NormalizePath::new(TrailingSlash::Trim))
            .configure(routes)
    });
    Ok(server
        .on_connect(move |_, data| drop(data.insert(connected.connected())))
        .workers(workers)
        .keep_alive(KEEP_ALIVE)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .disable_signals()
        .listen(listener)
        .context("while starting to listen")?
        .run())
}

fn serve_metrics(site: web::Data<Site>, listener: TcpListener) -> anyhow::Result<actix_web::dev::Server> {
    Ok(HttpServer::new(move || App::new().app_data(site.clone()).configure(metrics_page))
        .workers(1)
        .disable_signals()
        .shutdown_timeout(1)
        .listen(listener)
        .context("while starting to listen for monitoring")?
        .run())
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
