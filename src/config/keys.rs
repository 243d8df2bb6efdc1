//! The file of the secret keys: made once, readable by its owner alone.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use rand::RngExt;
use serde::Deserialize;

use super::{ConfigError, Settings, read_small};
use crate::record::{Keys, Secret};

/// What is found where the key file has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFile {
    /// Nothing: the next start makes it.
    Missing,
    /// Keys that only their owner may read.
    Good,
    /// Good keys that others than their owner may read or change; the rights, as `chmod` writes them.
    OpenToOthers(u32),
}

/// The keys as they stand in their file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredKeys {
    form: String,
    salt: String,
    ticket: String,
    /// Files made before there were accounts have none.
    staff: Option<String>,
    /// Files made before there were checkpoints have none; while one key takes over from another there are two.
    checkpoint: Option<OneOrMore>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl Settings {
    /// Where the secret keys are.
    pub fn key_file(&self, database: Option<&Path>) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| {
            database.map_or_else(|| PathBuf::from("thuocdo.keys"), |database| database.with_extension("keys"))
        })
    }

    /// Reads the secret keys, or makes them at the first start with rights for the owner alone.
    pub fn load_keys(&self, database: Option<&Path>) -> Result<Keys, ConfigError> {
        let file = self.key_file(database);
        match make(&file) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(ConfigError::Keys { file, reason: error.to_string() }),
        }
        read(&file)
    }

    /// The secret keys, if their file is there; none is made.
    pub fn keys_if_there(&self, database: Option<&Path>) -> Result<Option<Keys>, ConfigError> {
        let file = self.key_file(database);
        if file.exists() { read(&file).map(Some) } else { Ok(None) }
    }

    /// Puts other keys of checkpoints into the key file, wholly or not at all; everything else in it stays.
    pub fn replace_checkpoint_keys(&self, database: Option<&Path>, secrets: &[Secret]) -> Result<(), ConfigError> {
        let file = self.key_file(database);
        read(&file)?;
        replace(&file, secrets).map_err(|error| ConfigError::Keys { file: file.clone(), reason: error.to_string() })
    }

    /// Looks at the key file and changes nothing.
    pub fn look_at_keys(&self, database: Option<&Path>) -> Result<KeyFile, ConfigError> {
        let file = self.key_file(database);
        if matches!(fs::metadata(&file), Err(error) if error.kind() == std::io::ErrorKind::NotFound) {
            return Ok(KeyFile::Missing);
        }
        read(&file)?;
        Ok(open_to_others(&file).map_or(KeyFile::Good, KeyFile::OpenToOthers))
    }
}

/// The rights of a file, as `chmod` writes them, where others than its owner have any.
#[cfg(unix)]
pub fn open_to_others(file: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    const OTHERS: u32 = 0o077;
    let mode = fs::metadata(file).map_or(0, |found| found.permissions().mode()) & 0o777;
    (mode & OTHERS > 0).then_some(mode)
}

/// The rights of a file, where others than its owner have any; not known here.
#[cfg(not(unix))]
pub fn open_to_others(_file: &Path) -> Option<u32> {
    None
}

fn read(file: &Path) -> Result<Keys, ConfigError> {
    let failed = |reason: String| ConfigError::Keys { file: file.to_owned(), reason };
    let text = read_small(file).map_err(|error| match error {
        ConfigError::File { reason, .. } => failed(reason),
        other => other,
    })?;
    let stored: StoredKeys = toml::from_str(&text).map_err(|error| failed(error.message().to_owned()))?;
    let secret = |name: &str, hex: &str| {
        Secret::parse(hex).ok_or_else(|| failed(format!("{name} must be 64 hexadecimal digits")))
    };
    let form = secret("form", &stored.form)?;
    let signing = match stored.checkpoint {
        None => Vec::new(),
        Some(OneOrMore::One(hex)) => vec![hex],
        Some(OneOrMore::More(hexes)) => hexes,
    };
    let signing: Vec<Secret> = signing.iter().map(|hex| secret("checkpoint", hex)).collect::<Result<_, _>>()?;
    let staff = stored.staff.as_deref().map(|hex| secret("staff", hex)).transpose()?;
    Ok(Keys {
        staff: staff.unwrap_or_else(|| Keys::staff_from(&form)),
        checkpoint: if signing.is_empty() { vec![Keys::checkpoint_from(&form)] } else { signing },
        form,
        salt: secret("salt", &stored.salt)?,
        ticket: secret("ticket", &stored.ticket)?,
    })
}

/// Makes the file where there is none, wholly or not at all: a process that starts at the same time must not read half of
/// it. So it is written under another name, and the name people know is linked to it, which fails where there is one.
fn make(file: &Path) -> std::io::Result<()> {
    if file.exists() {
        return Err(std::io::ErrorKind::AlreadyExists.into());
    }
    let mut random = rand::rng();
    let (mut made, unfinished) = unfinished(file)?;
    let mut text = String::from("# Secret keys of this installation. Keep a copy apart from the database.\n");
    for name in ["form", "salt", "ticket", "staff", "checkpoint"] {
        let secret = Secret::new(random.random());
        text.push_str(&line(name, &secret));
    }
    let linked =
        made.write_all(text.as_bytes()).and_then(|()| made.sync_all()).and_then(|()| fs::hard_link(&unfinished, file));
    let removed = fs::remove_file(&unfinished);
    linked.and(removed)
}

/// A new file beside this one, for its owner alone.
fn unfinished(file: &Path) -> std::io::Result<(File, PathBuf)> {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{:016x}.new", rand::random::<u64>()));
    let unfinished = PathBuf::from(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok((options.open(&unfinished)?, unfinished))
}

/// Writes the file anew beside itself and moves it into place, so that a crash leaves the old one or the new one. It keeps
/// its owner: whoever turns the key may be another user than the server.
fn replace(file: &Path, secrets: &[Secret]) -> std::io::Result<()> {
    let before = fs::read_to_string(file)?;
    let kept: Vec<String> =
        before.lines().filter(|line| !line.starts_with("checkpoint")).map(|line| format!("{line}\n")).collect();
    let hexes: Vec<String> = secrets.iter().map(|secret| format!("\"{}\"", secret.to_hex())).collect();
    let text = format!("{}checkpoint = [{}]\n", kept.concat(), hexes.join(", "));
    let (mut made, unfinished) = unfinished(file)?;
    let done = made.write_all(text.as_bytes()).and_then(|()| made.sync_all()).and_then(|()| {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let (old, new) = (fs::metadata(file)?, made.metadata()?);
            if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
                std::os::unix::fs::chown(&unfinished, Some(old.uid()), Some(old.gid()))?;
            }
        }
        fs::rename(&unfinished, file)
    });
    if done.is_err() {
        // The fault that is told is the first one.
        let _ = fs::remove_file(&unfinished);
    }
    done?;
    // The name is durable once its folder is.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

fn line(name: &str, secret: &Secret) -> String {
    format!("{name} = \"{}\"\n", secret.to_hex())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { keys: Some(folder.path().join("k")), ..Settings::default() };
        assert_eq!(settings.look_at_keys(None).unwrap(), KeyFile::Missing);
        let made = settings.load_keys(None).unwrap();
        assert_eq!(settings.load_keys(None).unwrap(), made);
        assert_eq!(settings.look_at_keys(None).unwrap(), KeyFile::Good);
        assert_ne!(made.form, made.salt);
        let two = [Secret::new([7; 32]), Secret::new([8; 32])];
        for turned in [&two[..], &two[1..]] {
            settings.replace_checkpoint_keys(None, turned).unwrap();
            assert_eq!(settings.load_keys(None).unwrap(), Keys { checkpoint: turned.to_vec(), ..made.clone() });
            assert_eq!(settings.look_at_keys(None).unwrap(), KeyFile::Good);
        }
        let text = fs::read_to_string(folder.path().join("k")).unwrap();
        let older: Vec<&str> = text.lines().filter(|line| !line.starts_with("checkpoint")).collect();
        fs::write(folder.path().join("k"), older.join("\n")).unwrap();
        assert_eq!(settings.load_keys(None).unwrap().checkpoint, [Keys::checkpoint_from(&made.form)]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        fs::write(folder.path().join("k"), "form = \"00\"\nsalt = \"\"\nticket = \"\"\n").unwrap();
        assert!(settings.load_keys(None).unwrap_err().to_string().contains("64 hexadecimal digits"));
        assert!(settings.look_at_keys(None).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn keys_that_others_may_read_are_told() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { keys: Some(folder.path().join("k")), ..Settings::default() };
        settings.load_keys(None).unwrap();
        for (mode, told) in
            [(0o400, KeyFile::Good), (0o640, KeyFile::OpenToOthers(0o640)), (0o604, KeyFile::OpenToOthers(0o604))]
        {
            fs::set_permissions(folder.path().join("k"), fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(settings.look_at_keys(None).unwrap(), told);
        }
    }
}
