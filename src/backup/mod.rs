//! One portable file for backup, restore and the move between databases: the same bytes from SQLite and from PostgreSQL.
//!
//! ```text
//! thuocdo-backup 1                     the format
//! {"program":…,"tables":[…]}           the header, one line of JSON: see `Header`
//! 64 hexadecimal digits                SHA-256 of the header line
//! blocks                               of every table in turn, in the order of the header
//! ```
//!
//! A block begins with its letter. `R`: length unpacked and packed (32 bits each, as all numbers most significant byte
//! first), then rows packed with DEFLATE. `T` ends a table: number of rows (64 bits) and SHA-256 of its unpacked rows. `E` ends
//! the file: SHA-256 of every byte before that hash. Nothing follows.
//!
//! A row is its values one after the other. Where a column may be empty, a byte 0 (empty) or 1 comes first. Whole numbers
//! take 2, 4 or 8 bytes, yes or no takes one, a number with a fraction 8 (IEEE 754), texts and bytes stand behind their
//! length in 32 bits. Rows stand in the order of their key, which is no order of arrival.

mod block;
mod header;
mod progress;
mod reader;
mod restore;
mod row;
mod save;
mod writer;

pub use header::{Header, TableHeader};
pub use progress::Progress;
pub use reader::{Fault, Reader, Rows};
pub use restore::{Restored, check, restore};
pub use save::{Order, Saved, save};

/// The word every backup begins with.
const WORD: &str = "thuocdo-backup";
/// The format this program writes and reads.
const FORMAT: u32 = 1;
/// Longest header line, in bytes.
const LONGEST_HEADER: usize = 1024 * 1024;
/// A block is written when its rows take so many bytes.
const BLOCK: usize = 256 * 1024;
/// Most bytes of a block, packed or not: what is read never takes more memory, whatever a file says.
const MOST_OF_BLOCK: usize = 16 * 1024 * 1024;
