//! The statistics core on files: a design file says what the columns of a data file are, and every figure of the survey
//! comes out with its interval, its verdict and how it was computed.

mod design_file;
mod lines;
mod problems;
mod progress;
mod reader;
mod report;
mod run;
mod totals_file;

pub use design_file::DesignFile;
pub use problems::Problems;
pub use progress::Progress;
pub use report::Report;
pub use run::{Loaded, analyse};

use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The SHA-256 of a file, in hexadecimal; `None` if it cannot be read.
fn hash_of(path: &Path) -> Option<String> {
    let mut file = std::fs::File::open(path).ok()?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0_u8; 256 * 1024];
    loop {
        let read = file.read(&mut buffer).ok()?;
        if read == 0 {
            return Some(hex(&hasher.finalize()));
        }
        hasher.update(buffer.get(..read)?);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^53")]
fn real(count: usize) -> f64 {
    count as f64
}
