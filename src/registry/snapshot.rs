//! What the program holds in memory of the registry, and when it reads it again.

use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::sync::Mutex;

use super::decided::Decided;
use super::disputes::Disputes;
use super::exclusions::ApprovedExclusion;
use super::moves::ApprovedMove;
use super::tickets::{ApprovedTickets, UnitMonth};
use super::{Directory, Editions};
use crate::index::Target;
use crate::index::published::PublishedValue;
use crate::store::installation::Installation;
use crate::store::{Database, installation, places, series, targets};
use crate::words::Province;

/// How long a snapshot is used before the database is asked whether something changed.
const FRESH: Duration = Duration::from_secs(1);

/// The registry of a province at one revision.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Province.
    pub province: Province,
    /// The installation.
    pub installation: Installation,
    /// Units, points, codes.
    pub directory: Directory,
    /// Editions.
    pub editions: Editions,
    /// Targets in force; those that were ended are left out.
    pub targets: Vec<Target>,
    /// What two persons decided to count at another point, in the order of approval.
    pub moves: Vec<ApprovedMove>,
    /// Months in which the figure by tickets is set aside.
    pub disputes: Disputes,
    /// What two persons decided not to count in cleaned figures, in the order of approval; those that were taken back say so.
    pub exclusions: Vec<ApprovedExclusion>,
    /// Unit-months of which the figure by dossier codes counts again despite disputes, in the order of approval.
    pub tickets: Vec<ApprovedTickets>,
    /// Series that other bodies published, by series, year and kind.
    pub series: Vec<PublishedValue>,
}

impl Snapshot {
    /// Reads everything.
    pub async fn load(db: &Database, province: Province) -> anyhow::Result<Self> {
        let reader = db.reader();
        let installation = installation::find(reader, province)
            .await
            .context("while reading the installation")?
            .with_context(|| format!("the database holds no province {province}"))?;
        let places = places::all(reader, province).await.context("while reading units and points")?;
        let targets = targets::all(reader, province).await.context("while reading the targets")?;
        let directory = Directory::new(places);
        let decided = Decided::load(reader, province).await?;
        let counted: Vec<UnitMonth> = decided.tickets.iter().map(|known| known.of).collect();
        let disputes = Disputes::load(reader, province, &directory, &counted).await?;
        Ok(Self {
            province,
            installation,
            directory,
            disputes,
            editions: Editions::load(reader).await?,
            targets: targets.into_iter().filter(|stored| stored.ended.is_none()).map(|stored| stored.target).collect(),
            moves: decided.moves,
            exclusions: decided.exclusions,
            tickets: decided.tickets,
            series: series::all(reader, province).await.context("while reading series of other bodies")?,
        })
    }
}

/// The snapshot in use.
#[derive(Debug)]
pub struct Current {
    db: Database,
    province: Province,
    held: RwLock<(Arc<Snapshot>, Instant)>,
    /// Held by whoever reads: a crowd must not read the whole registry at once, each for itself.
    turn: Mutex<()>,
}

impl Current {
    /// Reads the first snapshot.
    pub async fn load(db: Database, province: Province) -> anyhow::Result<Self> {
        let snapshot = Arc::new(Snapshot::load(&db, province).await?);
        Ok(Self { db, province, held: RwLock::new((snapshot, Instant::now())), turn: Mutex::new(()) })
    }

    /// The province.
    pub const fn province(&self) -> Province {
        self.province
    }

    /// The snapshot, read again if the registry or the figures changed; at most a second old, and as long as somebody else
    /// is just reading.
    pub async fn get(&self) -> anyhow::Result<Arc<Snapshot>> {
        let (snapshot, asked) = self.held();
        if asked.elapsed() < FRESH {
            return Ok(snapshot);
        }
        let Ok(_turn) = self.turn.try_lock() else { return Ok(snapshot) };
        self.read().await
    }

    /// The snapshot as the database has it now; for what the one in use does not know.
    pub async fn fresh(&self) -> anyhow::Result<Arc<Snapshot>> {
        let began = Instant::now();
        let _turn = self.turn.lock().await;
        // Whoever had the turn meanwhile began to read before this question or after it; the latter is fresh enough.
        let (held, asked) = self.held();
        if asked >= began { Ok(held) } else { self.read().await }
    }

    /// Asks the database; the snapshot stands as of the moment of asking.
    async fn read(&self) -> anyhow::Result<Arc<Snapshot>> {
        let asked = Instant::now();
        let (held, _) = self.held();
        let now = installation::find(self.db.reader(), self.province).await.context("while asking for changes")?;
        let snapshot = if now == Some(held.installation) {
            held
        } else {
            Arc::new(Snapshot::load(&self.db, self.province).await?)
        };
        let mut place = self.held.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *place = (snapshot.clone(), asked);
        Ok(snapshot)
    }

    fn held(&self) -> (Arc<Snapshot>, Instant) {
        self.held.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}
