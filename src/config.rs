//! Settings: defaults, then a file, then the environment `THUOCDO_…`, then the command line. An unknown one stops the start.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use rand::RngExt;
use serde::{Deserialize, Serialize};

use crate::record::{Keys, Secret};
use crate::words::Province;

/// File that is read when none is named.
const USUAL_FILE: &str = "thuocdo.toml";
/// Largest settings file that is read, in bytes.
const LARGEST_FILE: u64 = 64 * 1024;

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
    /// Number of the province in every key.
    pub province: i16,
    /// Whether the public pages show current figures.
    pub public_live: bool,
    /// Telephone number for people who want a reply.
    pub hotline: Option<String>,
    /// What is logged: error, warn, info, debug.
    pub log: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: "sqlite://thuocdo.db".to_owned(),
            base_url: None,
            keys: None,
            surveys: None,
            province: 1,
            public_live: true,
            hotline: None,
            log: "warn".to_owned(),
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
        let settings: Self = figment
            .merge(Env::prefixed("THUOCDO_"))
            .merge(Serialized::defaults(overrides))
            .extract()
            .map_err(|error| ConfigError::Value(sentence(&error)))?;
        if let Some(url) = &settings.base_url {
            check_base_url(url)?;
        }
        Ok(settings)
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

    /// Reads the secret keys, or makes them at the first start with rights for the owner alone.
    pub fn load_keys(&self, database: Option<&Path>) -> Result<Keys, ConfigError> {
        let file = self.key_file(database);
        match make_keys(&file) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(ConfigError::Keys { file, reason: error.to_string() }),
        }
        read_keys(&file)
    }

    /// The secret keys, if their file is there; none is made.
    pub fn keys_if_there(&self, database: Option<&Path>) -> Result<Option<Keys>, ConfigError> {
        let file = self.key_file(database);
        if file.exists() { read_keys(&file).map(Some) } else { Ok(None) }
    }

    /// Where the secret keys are.
    pub fn key_file(&self, database: Option<&Path>) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| {
            database.map_or_else(|| PathBuf::from("thuocdo.keys"), |database| database.with_extension("keys"))
        })
    }
}

fn read_keys(file: &Path) -> Result<Keys, ConfigError> {
    let failed = |reason: String| ConfigError::Keys { file: file.to_owned(), reason };
    let text = read_small(file).map_err(|error| failed(error.to_string()))?;
    let stored: StoredKeys = toml::from_str(&text).map_err(|error| failed(error.message().to_owned()))?;
    let secret = |name: &str, hex: &str| {
        Secret::parse(hex).ok_or_else(|| failed(format!("{name} must be 64 hexadecimal digits")))
    };
    Ok(Keys {
        form: secret("form", &stored.form)?,
        salt: secret("salt", &stored.salt)?,
        ticket: secret("ticket", &stored.ticket)?,
    })
}

/// The keys as they stand in their file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredKeys {
    form: String,
    salt: String,
    ticket: String,
}

fn make_keys(file: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut made = options.open(file)?;
    let mut random = rand::rng();
    let mut text = String::from("# Secret keys of this installation. Keep a copy apart from the database.\n");
    for name in ["form", "salt", "ticket"] {
        let secret = Secret::new(random.random());
        text.push_str(&format_key(name, &secret));
    }
    made.write_all(text.as_bytes())?;
    made.sync_all()
}

fn format_key(name: &str, secret: &Secret) -> String {
    format!("{name} = \"{}\"\n", secret.to_hex())
}

fn read_small(file: &Path) -> Result<String, ConfigError> {
    let failed = |reason: String| ConfigError::File { file: file.to_owned(), reason };
    let size = File::open(file).and_then(|open| open.metadata()).map_err(|error| failed(error.to_string()))?.len();
    if size > LARGEST_FILE {
        return Err(failed(format!("{size} bytes are too many, at most {LARGEST_FILE} are read")));
    }
    fs::read_to_string(file).map_err(|error| failed(error.to_string()))
}

fn check_base_url(url: &str) -> Result<(), ConfigError> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let host = host.strip_suffix('/').unwrap_or(host);
    let plain = !host.is_empty() && !host.chars().any(|c| c == '/' || c.is_whitespace() || c == '?' || c == '#');
    if plain { Ok(()) } else { Err(ConfigError::BaseUrl(url.to_owned())) }
}

/// What figment has to say, in one line that names the setting.
fn sentence(error: &figment::Error) -> String {
    let setting = error.path.join(".");
    let source = error.metadata.as_ref().map(|metadata| metadata.name.to_string()).unwrap_or_default();
    let place = match (setting.is_empty(), source.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!(" (in {source})"),
        (false, true) => format!(" (setting {setting})"),
        (false, false) => format!(" (setting {setting} in {source})"),
    };
    format!("{}{place}", error.kind)
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
    fn keys_are_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { keys: Some(folder.path().join("k")), ..Settings::default() };
        let made = settings.load_keys(None).unwrap();
        assert_eq!(settings.load_keys(None).unwrap(), made);
        assert_ne!(made.form, made.salt);
        fs::write(folder.path().join("k"), "form = \"00\"\nsalt = \"\"\nticket = \"\"\n").unwrap();
        assert!(settings.load_keys(None).unwrap_err().to_string().contains("64 hexadecimal digits"));
    }

    #[test]
    fn a_base_address_has_no_path() {
        assert!(check_base_url("https://hailong.example.gov.vn").is_ok());
        assert!(check_base_url("https://x/y").is_err());
        assert!(check_base_url("x").is_err());
    }
}
