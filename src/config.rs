//! Settings: defaults, then a file, then the environment `THUOCDO_…`, then the command line. An unknown one stops the start.

mod address;
mod keys;
mod mail;
mod reading;

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

pub use self::address::Doubt;
pub use self::keys::{KeyFile, open_to_others};
pub use self::mail::{Encryption, MailRoute, MailUrl};
use crate::words::Province;

/// File that is read when none is named.
const USUAL_FILE: &str = "thuocdo.toml";
/// Largest settings file that is read, in bytes.
const LARGEST_FILE: u64 = 64 * 1024;
/// Longest time a load balancer may be given to notice that this server stops, in seconds.
const LONGEST_DRAIN: u16 = 60;

/// Longest licence, in characters.
const LONGEST_LICENCE: usize = 500;

/// How a line of the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// What the log says of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RequestLog {
    /// Nothing but faults.
    Off,
    /// Once an hour, how many tens of each kind there were.
    Hourly,
    /// A line each. It is a log of arrivals, so an installation that is no simulation refuses it.
    Each,
}

/// What the operator decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address the server listens on.
    pub listen: SocketAddr,
    /// `sqlite://FILE` or `postgres://…`.
    pub database: String,
    /// Address people type and QR codes hold; default: `http://` and the listening address.
    pub base_url: Option<String>,
    /// File of the secret keys; default: beside an embedded database, otherwise `thuocdo.keys`.
    pub keys: Option<PathBuf>,
    /// Folder of the province's own questionnaires (`*.toml`), beside those that come with the program.
    pub surveys: Option<PathBuf>,
    /// The province's own calendar of reports, in place of the one that comes with the program.
    pub report_calendar: Option<PathBuf>,
    /// Number of the province in every key.
    pub province: i16,
    /// Whether the public pages show current figures.
    pub public_live: bool,
    /// Forms stored at one point within five minutes before a question in words is asked; 0: never.
    pub point_budget: u32,
    /// Telephone number for people who want a reply.
    pub hotline: Option<String>,
    /// Under which licence open data are given: a sentence and an address; none: Decree 47/2020 and CC BY 4.0.
    pub open_data_licence: Option<String>,
    /// What is logged: error, warn, info, debug.
    pub log: String,
    /// How a line of the log is written: text or json.
    pub log_format: LogFormat,
    /// What the log says of requests: off, hourly, or (in a simulation) each.
    pub log_requests: RequestLog,
    /// Loopback address on which figures for monitoring are given; none: nowhere.
    pub metrics: Option<SocketAddr>,
    /// Seconds between the first word that this server stops and the end of listening, for load balancers; at most 60.
    pub drain_seconds: u16,
    /// Where letters to staff leave: `smtp://…`, `smtps://…` or `directory:…`; none: nowhere.
    pub mail: Option<MailUrl>,
    /// Who letters are from: `a@b` or `Name <a@b>`.
    pub mail_from: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: "sqlite://thuocdo.db".to_owned(),
            base_url: None,
            keys: None,
            surveys: None,
            report_calendar: None,
            province: 1,
            public_live: true,
            point_budget: 0,
            hotline: None,
            open_data_licence: None,
            log: "warn".to_owned(),
            log_format: LogFormat::Text,
            log_requests: RequestLog::Off,
            metrics: None,
            drain_seconds: 1,
            mail: None,
            mail_from: None,
        }
    }
}

/// What the command line overrides.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Overrides {
    /// `--listen`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    /// `--database`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// `--base-url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
}

/// Why the settings cannot be used; one sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A named file is not there or too large.
    #[error("settings: cannot read {}: {reason}", .file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// An unknown setting or a bad value.
    #[error("settings: {0}")]
    Value(String),
    /// The base address is no address.
    #[error("settings: base_url “{0}” must begin with http:// or https:// and name a host, without a path")]
    BaseUrl(String),
    /// Figures for monitoring would be given to strangers.
    #[error(
        "settings: metrics “{0}” must be a loopback address such as 127.0.0.1:9464; let a collector on this machine or a \
         tunnel fetch them from there"
    )]
    Metrics(SocketAddr),
    /// Letters cannot leave this way.
    #[error("settings: mail: {0}")]
    Mail(String),
    /// The key file cannot be used.
    #[error("keys: {}: {reason}", .file.display())]
    Keys {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
}

impl Settings {
    /// Reads the settings.
    pub fn load(file: Option<&Path>, overrides: &Overrides) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file.or(Some(Path::new(USUAL_FILE)).filter(|usual| usual.is_file())) {
            figment = figment.merge(Toml::string(&read_small(file)?));
        }
        let figment = figment.merge(reading::Environment).merge(Serialized::defaults(overrides));
        let settings = reading::read(&figment).map_err(ConfigError::Value)?;
        settings.bounds().map(|()| settings)
    }

    /// What a value of the right kind may still not be.
    fn bounds(&self) -> Result<(), ConfigError> {
        if let Some(url) = &self.base_url {
            address::check(url)?;
        }
        if let Some(metrics) = self.metrics.filter(|metrics| !metrics.ip().is_loopback()) {
            return Err(ConfigError::Metrics(metrics));
        }
        let is_line = |text: &String| text.chars().count() <= LONGEST_LICENCE && !text.chars().any(char::is_control);
        if !self.open_data_licence.as_ref().is_none_or(is_line) {
            let told = format!("open_data_licence: one line of at most {LONGEST_LICENCE} characters");
            return Err(ConfigError::Value(told));
        }
        if self.drain_seconds > LONGEST_DRAIN {
            return Err(ConfigError::Value(format!("drain_seconds: at most {LONGEST_DRAIN}")));
        }
        if self.mail_route()?.is_some() && self.mail_from.is_none() {
            return Err(ConfigError::Mail("set mail_from, too: the address that letters come from".to_owned()));
        }
        if !["error", "warn", "info", "debug"].contains(&self.log.as_str()) {
            return Err(ConfigError::Value(format!("log: “{}” is none of error, warn, info, debug", self.log)));
        }
        Ok(())
    }

    /// The province.
    pub const fn province(&self) -> Province {
        Province(self.province)
    }

    /// The address people use, without a slash at the end.
    pub fn base_url(&self) -> String {
        self.base_url
            .as_ref()
            .map_or_else(|| format!("http://{}", self.listen), |url| url.trim_end_matches('/').to_owned())
    }

    /// Where letters leave; none: nowhere.
    pub fn mail_route(&self) -> Result<Option<MailRoute>, ConfigError> {
        self.mail.as_ref().map(MailUrl::route).transpose()
    }

    /// Why people may not reach, or not safely, the address that posters carry; worst first.
    pub fn doubts(&self) -> Vec<Doubt> {
        if self.base_url.is_none() { vec![Doubt::NotSet] } else { Doubt::of(&self.base_url()) }
    }
}

fn read_small(file: &Path) -> Result<String, ConfigError> {
    let failed = |reason: String| ConfigError::File { file: file.to_owned(), reason };
    let size = File::open(file).and_then(|open| open.metadata()).map_err(|error| failed(error.to_string()))?.len();
    if size > LARGEST_FILE {
        return Err(failed(format!("{size} bytes are too many, at most {LARGEST_FILE} are read")));
    }
    fs::read_to_string(file).map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_setting_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("t.toml");
        fs::write(&file, "listenn = \"127.0.0.1:1\"\n").unwrap();
        let error = Settings::load(Some(&file), &Overrides::default()).unwrap_err().to_string();
        assert!(error.contains("listenn") && !error.contains('\n'), "{error}");
    }

    #[test]
    fn the_command_line_overrides_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("t.toml");
        fs::write(&file, "database = \"sqlite://a.db\"\nhotline = \"1900\"\n").unwrap();
        let overrides = Overrides { database: Some("sqlite://b.db".to_owned()), ..Overrides::default() };
        let settings = Settings::load(Some(&file), &overrides).unwrap();
        assert_eq!((settings.database.as_str(), settings.hotline.as_deref()), ("sqlite://b.db", Some("1900")));
    }

    #[test]
    fn every_bad_setting_is_named_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("t.toml");
        fs::write(&file, "listen = 3\nhotlin = \"1022\"\npublic_live = \"maybe\"\nlog_format = \"xml\"\n").unwrap();
        let error = Settings::load(Some(&file), &Overrides::default()).unwrap_err().to_string();
        for name in ["listen", "hotlin", "public_live", "log_format"] {
            assert!(error.contains(name), "{name} is missing in {error}");
        }
        assert!(!error.contains('\n'), "{error}");
    }

    #[test]
    fn figures_for_monitoring_stay_on_the_machine() {
        let of = |address: &str| Settings { metrics: Some(address.parse().unwrap()), ..Settings::default() }.bounds();
        assert!(of("127.0.0.1:9464").is_ok() && of("[::1]:9464").is_ok());
        for open in ["0.0.0.0:9464", "10.0.0.5:9464", "[::]:9464", "[fe80::1]:9464"] {
            assert!(of(open).unwrap_err().to_string().contains("loopback"), "{open}");
        }
    }

    #[test]
    fn a_level_nobody_knows_and_a_drain_without_end_are_refused() {
        let log = Settings { log: "loud".to_owned(), ..Settings::default() };
        assert!(log.bounds().unwrap_err().to_string().contains("“loud”"));
        let drain = Settings { drain_seconds: 61, ..Settings::default() };
        assert!(drain.bounds().unwrap_err().to_string().contains("at most 60"));
    }
}
