//! `thuocdo witness`: another body follows an installation. It keeps the last checkpoint it saw, refuses one that does not
//! grow out of it, and signs the others.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use crate::record::tree::{self, Hash};
use crate::record::{
    Checkpoint, KeyFault, KeyRow, Keyring, Note, NoteKey, Secret, Signer, from_base64, hex, read_keys, sha256,
    to_base64,
};
use crate::words::Moment;

/// Addresses below that of the installation.
pub const CHECKPOINT: &str = "/so-ghi/checkpoint";
/// Keys of the record.
pub const KEYS: &str = "/so-ghi/khoa";
/// Consistency of two checkpoints, followed by their sizes.
pub const CONSISTENCY: &str = "/so-ghi/nhat-quan";

/// How long an answer may take, and how many bytes it may have.
const PATIENCE: Duration = Duration::from_secs(30);
const LARGEST: u64 = 1 << 20;

/// A proof as it is served.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConsistencyFile {
    /// Size of the earlier checkpoint.
    pub from: u64,
    /// Size of the later one.
    pub to: u64,
    /// Hashes in base 64.
    pub hashes: Vec<String>,
}

impl ConsistencyFile {
    /// The file of a proof.
    pub fn of(from: u64, to: u64, hashes: &[Hash]) -> Self {
        Self { from, to, hashes: hashes.iter().map(|hash| to_base64(hash)).collect() }
    }

    fn read(&self) -> Option<Vec<Hash>> {
        self.hashes.iter().map(|text| from_base64(text)?.try_into().ok()).collect()
    }
}

/// The installation did not answer, or not with what was asked for; it may later.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {0}: {1}")]
pub struct Unreachable(String, String);

/// Why a checkpoint is not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Keys.
    #[error("its keys are not believed: {0}")]
    Keys(#[from] KeyFault),
    /// Signature.
    #[error("its checkpoint is not signed by its key")]
    NotSigned,
    /// Smaller than before.
    #[error("it was rolled back: it had {0} answers, and now shows {1}")]
    RolledBack(u64, u64),
    /// Same size, other root.
    #[error("it shows two records: another one over the same {0} answers was seen before")]
    Forked(u64),
    /// No proof that it only grew.
    #[error("it was rewritten: the record over {1} answers did not grow out of the one over {0} that was seen before")]
    Rewritten(u64, u64),
    /// The staff log is shorter, or another one.
    #[error("its staff log was cut or rewritten: it had act {0}, and now ends with act {1}")]
    StaffLog(i32, i32),
}

/// What an installation shows.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The note of its latest checkpoint.
    pub note: String,
    /// Its keys.
    pub keys: Vec<KeyRow>,
    /// That the record grew out of the one seen before; none if the installation does not know that one.
    pub proof: Option<Vec<Hash>>,
}

/// Judges what is seen by what was seen before. Pure.
pub fn judge(
    before: Option<&Checkpoint>,
    pinned: Option<&NoteKey>,
    seen: &Seen,
) -> Result<(Keyring, Checkpoint), Refusal> {
    let ring = Keyring::follow(&seen.keys, pinned)?;
    let now = ring.checkpoint(&seen.note).ok_or(Refusal::NotSigned)?;
    let Some(before) = before else { return Ok((ring, now)) };
    if now.size < before.size {
        return Err(Refusal::RolledBack(before.size, now.size));
    }
    if now.size == before.size && now.root != before.root {
        return Err(Refusal::Forked(now.size));
    }
    let proof = seen.proof.as_deref();
    let proof = if now.size == before.size { Some(&[][..]) } else { proof };
    let (old, new) = ((before.size, &before.root), (now.size, &now.root));
    if !proof.is_some_and(|proof| tree::is_consistent(old, new, proof)) {
        return Err(Refusal::Rewritten(before.size, now.size));
    }
    let (old, new) = (before.staff_log, now.staff_log);
    if new.seq < old.seq || (new.seq == old.seq && new.hash != old.hash) {
        return Err(Refusal::StaffLog(old.seq, new.seq));
    }
    Ok((ring, now))
}

/// What the witness remembers.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    secret: Secret,
    /// First key of the installation.
    pinned: Option<NoteKey>,
    /// The last checkpoint, with the signature of the witness.
    note: String,
}

impl State {
    fn load(file: &Path) -> anyhow::Result<Self> {
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self { secret: Secret::new(rand::random()), pinned: None, note: String::new() });
            }
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
        };
        let wrong = || format!("{} is no state of a witness; put a copy of it back", file.display());
        Self::parse(&text).with_context(wrong)
    }

    fn parse(text: &str) -> Option<Self> {
        let (head, note) = text.split_once("\n\n")?;
        let mut lines = head.lines().filter(|line| !line.starts_with('#'));
        let secret = Secret::parse(lines.next()?.strip_prefix("secret ")?)?;
        let pinned = match lines.next() {
            Some(line) => Some(NoteKey::parse(line.strip_prefix("key ")?)?),
            None => None,
        };
        Some(Self { secret, pinned, note: note.to_owned() })
    }

    fn write(&self) -> String {
        let key = self.pinned.as_ref().map(|key| format!("key {key}\n")).unwrap_or_default();
        let secret = self.secret.to_hex();
        format!(
            "# A witness of Thước Đo: its secret key and what it saw last. Keep it.\nsecret {secret}\n{key}\n{}",
            self.note
        )
    }

    fn signer(&self) -> Option<Signer> {
        let unnamed = Signer::witness("thuocdo-witness", &self.secret)?;
        let hash = sha256(&[unnamed.key().to_string().as_bytes()]);
        Signer::witness(&format!("thuocdo-witness/{}", hex(hash.get(..8)?)), &self.secret)
    }
}

/// What came of a look.
#[derive(Debug)]
pub struct Looked {
    /// The checkpoint with the signatures of the installation and of the witness.
    pub note: String,
    /// Key of the witness.
    pub key: String,
    /// The key that was believed because it was met first.
    pub met: Option<String>,
}

impl std::fmt::Display for Looked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(met) = &self.met {
            writeln!(
                f,
                "# first contact: this key is believed from now on; compare it with the one that is published\n# {met}"
            )?;
        }
        writeln!(f, "# signed by {}\n{}", self.key, self.note)
    }
}

/// Looks at an installation once.
pub fn look(url: &str, file: &Path, pinned: Option<NoteKey>, now: Moment) -> anyhow::Result<Looked> {
    let mut state = State::load(file)?;
    if pinned.is_some() {
        state.pinned = pinned;
    }
    let signer = state.signer().context("the secret of the witness is no key")?;
    let before = Note::parse(&state.note).and_then(|note| Checkpoint::parse(note.text()));
    let seen = fetch(url, before.as_ref())?;
    let (ring, checkpoint) = match judge(before.as_ref(), state.pinned.as_ref(), &seen) {
        Ok(good) => good,
        Err(refusal) => {
            let kept = keep(file, &seen, &refusal, now)?;
            bail!("{url} is refused: {refusal}; what it showed is kept in {}", kept.display());
        }
    };
    let met = if state.pinned.is_none() { ring.first().map(ToString::to_string) } else { None };
    state.pinned = state.pinned.take().or_else(|| ring.first().cloned());
    state.note = seen.note.clone() + &signer.cosign(&checkpoint.text(), now);
    write(file, &state.write()).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(Looked { note: state.note, key: signer.key().to_string(), met })
}

fn fetch(url: &str, before: Option<&Checkpoint>) -> anyhow::Result<Seen> {
    let url = url.trim_end_matches('/');
    let config =
        ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(3).user_agent("thuocdo witness");
    let agent: ureq::Agent = config.build().into();
    let get = |path: &str| -> Result<Option<String>, Unreachable> {
        let address = format!("{url}{path}");
        let failed = |error: ureq::Error| Unreachable(address.clone(), error.to_string());
        match agent.get(&address).call() {
            Ok(mut answer) => answer.body_mut().with_config().limit(LARGEST).read_to_string().map(Some).map_err(failed),
            Err(ureq::Error::StatusCode(404)) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    };
    let there = |path: &str| {
        get(path)?
            .ok_or_else(|| Unreachable(format!("{url}{path}"), "there is no record yet, or no such page".to_owned()))
    };
    let (note, keys) = (there(CHECKPOINT)?, there(KEYS)?);
    let read = read_keys(&mut keys.lines());
    let keys = read.ok_or_else(|| Unreachable(format!("{url}{KEYS}"), "this is no list of keys".to_owned()))?;
    let size = Note::parse(&note).and_then(|note| Checkpoint::parse(note.text())).map(|read| read.size);
    let grown = before.zip(size).filter(|(before, size)| before.size < *size);
    let proof = match grown {
        Some((before, size)) => get(&format!("{CONSISTENCY}/{}/{size}", before.size))?,
        None => None,
    };
    let proof = proof.and_then(|text| serde_json::from_str::<ConsistencyFile>(&text).ok()?.read());
    Ok(Seen { note, keys, proof })
}

/// Keeps what was refused beside the state: it is the evidence.
fn keep(file: &Path, seen: &Seen, refusal: &Refusal, now: Moment) -> anyhow::Result<PathBuf> {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".refused-{}", now.unix()));
    let kept = PathBuf::from(name);
    let proof: Vec<String> = seen.proof.iter().flatten().map(|hash| format!("{}\n", to_base64(hash))).collect();
    let keys = crate::record::write_keys(&seen.keys);
    let text = format!("{refusal}\n\n{keys}\nproof\n{}\n{}", proof.concat(), seen.note);
    write(&kept, &text).with_context(|| format!("cannot write {}", kept.display()))?;
    Ok(kept)
}

/// Writes a file for its owner alone, wholly or not at all.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{:016x}.new", rand::random::<u64>()));
    let unfinished = PathBuf::from(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut made = options.open(&unfinished)?;
    let done =
        made.write_all(text.as_bytes()).and_then(|()| made.sync_all()).and_then(|()| fs::rename(&unfinished, file));
    if done.is_err() {
        // The fault that is told is the first one.
        let _ = fs::remove_file(&unfinished);
    }
    done
}

#[cfg(test)]
#[path = "witness_tests.rs"]
mod tests;
