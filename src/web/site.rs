//! What every page can reach: the registry in memory, the intake, the keys, the settings that people see.

use std::sync::Arc;

use super::budget::Budget;
use super::failures::Failures;
use crate::collect::Intake;
use crate::collect::arrivals::Arrivals;
use crate::export::Jobs;
use crate::publications::HeldPublications;
use crate::publish::Figures;
use crate::publish::signals::HeldSignals;
use crate::record::Keys;
use crate::registry::Current;
use crate::reports::Calendar;
use crate::staff::Hasher;
use crate::store::Database;
use crate::telemetry::Watch;

/// Settings that people see.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct PublicSettings {
    /// Address people type, without a slash at the end.
    pub base_url: String,
    /// Telephone number for people who want a reply.
    pub hotline: Option<String>,
    /// Under which licence open data are given; none: the usual one.
    pub open_data_licence: Option<String>,
    /// Whether current figures are shown.
    pub live: bool,
    /// Whether something speaks against printing posters with the address.
    pub is_doubtful: bool,
    /// Whether letters can leave.
    pub mail: bool,
    /// Whether the log gets a line for each request.
    pub logs_each: bool,
}

/// The state of the web server.
#[derive(Debug)]
pub struct Site {
    /// Settings that people see.
    pub settings: PublicSettings,
    /// Units, points, editions, targets.
    pub registry: Arc<Current>,
    /// The way into the record.
    pub intake: Intake,
    /// What is noticed while answers come in.
    pub arrivals: Arc<Arrivals>,
    /// What the server knows of itself.
    pub watch: Arc<Watch>,
    /// Secret keys.
    pub keys: Keys,
    /// Figures of units, held as long as nothing changes.
    pub figures: Figures,
    /// Published versions, held for good.
    pub publications: HeldPublications,
    /// When reports are due.
    pub calendar: Calendar,
    /// Signals of months, held likewise.
    pub signals: HeldSignals,
    /// Tickets that were asked for and do not exist.
    pub failures: Failures,
    /// Forms that points have taken a moment ago.
    pub budget: Budget,
    /// Hashes passwords, few at a time.
    pub hasher: Hasher,
    /// Files of answers that are made for people.
    pub exports: Jobs,
    /// The database, for reading.
    pub db: Database,
}

impl Site {
    /// Whether cookies can be bound to an encrypted connection.
    pub fn is_encrypted(&self) -> bool {
        self.settings.base_url.starts_with("https://")
    }
}
