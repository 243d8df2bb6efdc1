//! The disk under a server: what was synced, what was not, and when it fails.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use tempfile::TempDir;

/// ENOSPC.
pub(super) const NO_SPACE: i32 = 28;
/// EIO.
pub(super) const IO_ERROR: i32 = 5;
/// A disk writes sectors whole.
const SECTOR: usize = 512;

/// A disk of its own for the files of one embedded database.
pub(super) struct Disk {
    folder: TempDir,
    database: PathBuf,
}

impl Disk {
    /// Compiles the shim and lays the disk under a database; `None`, with the reason printed, where there is no compiler.
    pub(super) fn under(url: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/power/shim.c");
        let shim = folder.path().join("shim.so");
        let mut compile = Command::new("cc");
        compile.args(["-O1", "-shared", "-fPIC", "-o"]).arg(&shim).arg(source).args(["-ldl", "-lpthread"]);
        match compile.output() {
            Ok(output) if output.status.success() => {}
            Ok(output) => panic!("{}", String::from_utf8_lossy(&output.stderr)),
            Err(error) => {
                println!("power cuts are skipped: there is no C compiler ({error})");
                return None;
            }
        }
        fs::create_dir(folder.path().join("synced")).unwrap();
        let disk = Self { folder, database: PathBuf::from(url.strip_prefix("sqlite://").unwrap()) };
        disk.fail(0, 0, 0);
        Some(disk)
    }

    fn synced(&self) -> PathBuf {
        self.folder.path().join("synced")
    }

    fn control(&self) -> PathBuf {
        self.folder.path().join("control")
    }

    /// What a server has to be started with.
    pub(super) fn settings(&self) -> Vec<(String, String)> {
        let text = |path: PathBuf| path.to_str().unwrap().to_owned();
        vec![
            ("LD_PRELOAD".to_owned(), text(self.folder.path().join("shim.so"))),
            ("POWER_WATCH".to_owned(), text(self.database.clone())),
            ("POWER_SHADOW".to_owned(), text(self.synced())),
            ("POWER_CONTROL".to_owned(), text(self.control())),
        ]
    }

    /// From the n-th write or sync on, so many calls fail.
    pub(super) fn fail(&self, first: i32, calls: i32, error: i32) {
        use std::os::unix::fs::FileExt;
        let file = fs::File::options().write(true).create(true).truncate(false).open(self.control()).unwrap();
        // The length of the failure goes first: whoever counts down to zero finds it.
        file.write_all_at(&error.to_ne_bytes(), 8).unwrap();
        file.write_all_at(&calls.to_ne_bytes(), 4).unwrap();
        file.write_all_at(&first.to_ne_bytes(), 0).unwrap();
    }

    /// Writes until the failure, calls that still fail, and the error.
    pub(super) fn state(&self) -> [i32; 3] {
        let control = fs::read(self.control()).unwrap();
        let number = |at: usize| i32::from_ne_bytes(control[at..at + 4].try_into().unwrap());
        [number(0), number(4), number(8)]
    }

    /// Whether the failure has passed.
    pub(super) fn is_good_again(&self) -> bool {
        self.state()[1] <= 0
    }

    /// The files become what a disk would hold: everything synced, and of the rest nothing, or any sectors of any writes.
    pub(super) fn lose_power(&self, random: &mut ChaCha8Rng) {
        let keeps_some = random.random_bool(0.5);
        let name = self.database.file_name().unwrap().to_str().unwrap();
        for suffix in ["", "-wal"] {
            let (shadow, real) =
                (self.synced().join(format!("{name}{suffix}")), format!("{}{suffix}", self.database.display()));
            let Ok(mut bytes) = fs::read(&shadow) else { continue };
            if keeps_some {
                let pending = fs::read(self.synced().join(format!("{name}{suffix}.pending"))).unwrap_or_default();
                some_of(&mut bytes, &pending, random);
            }
            fs::write(&real, bytes).unwrap();
        }
        let _ = fs::remove_file(format!("{}-shm", self.database.display()));
        for entry in fs::read_dir(self.synced()).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
    }
}

/// Lets some sectors of some writes reach the disk.
fn some_of(bytes: &mut Vec<u8>, mut pending: &[u8], random: &mut ChaCha8Rng) {
    while let Some((head, rest)) = pending.split_at_checked(16) {
        let number = |part: &[u8]| i64::from_ne_bytes(part.try_into().unwrap());
        let (offset, length) = (number(&head[..8]), number(&head[8..]));
        let offset = usize::try_from(offset).unwrap();
        let Ok(length) = usize::try_from(length) else {
            // A cut of the file: it may have reached the disk or not.
            if random.random_bool(0.5) {
                bytes.truncate(offset);
            }
            pending = rest;
            continue;
        };
        // The server died in the middle of noting.
        let Some((written, after)) = rest.split_at_checked(length) else { break };
        for (at, sector) in written.chunks(SECTOR).enumerate() {
            let from = offset + at * SECTOR;
            if random.random_bool(0.5) {
                if bytes.len() < from + sector.len() {
                    bytes.resize(from + sector.len(), 0);
                }
                bytes[from..from + sector.len()].copy_from_slice(sector);
            }
        }
        pending = after;
    }
}
