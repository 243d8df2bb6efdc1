//! Names and levels become numbers while they are read.
#![expect(clippy::indexing_slicing, reason = "slots and letters index tables of all of them")]

use std::collections::HashMap;

use super::{LONGEST_NAME, normal};

/// Names seen so far.
#[derive(Default)]
pub(super) struct Dictionary {
    pub(super) codes: HashMap<Box<[u8]>, u32>,
    pub(super) names: Vec<String>,
    pub(super) of_row: Vec<u32>,
    recent: Recent,
}

/// Short names seen lately: most columns have few names, and looking here first spares most hashing.
struct Recent(Vec<(u64, u32)>);

impl Default for Recent {
    fn default() -> Self {
        Self(vec![(0, 0); 4096])
    }
}

/// Eight bytes and less in one number, never 0.
#[inline]
fn packed(cell: &[u8]) -> Option<u64> {
    if cell.len() > 7 {
        return None;
    }
    let mut bytes = [0_u8; 8];
    bytes[..cell.len()].copy_from_slice(cell);
    bytes[7] = u8::try_from(cell.len()).unwrap_or(0) + 1;
    Some(u64::from_le_bytes(bytes))
}

#[inline]
fn slot(key: u64) -> usize {
    usize::try_from(key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52).unwrap_or(0)
}

impl Dictionary {
    /// The code of a name; `None` if it is no text or too long.
    #[inline]
    pub(super) fn code(&mut self, cell: &[u8]) -> Option<u32> {
        let Some(key) = packed(cell) else { return self.looked_up(cell) };
        let (known, code) = self.recent.0[slot(key)];
        if known == key {
            return Some(code);
        }
        let code = self.looked_up(cell)?;
        self.recent.0[slot(key)] = (key, code);
        Some(code)
    }

    fn looked_up(&mut self, cell: &[u8]) -> Option<u32> {
        if let Some(code) = self.codes.get(cell) {
            return Some(*code);
        }
        let name = std::str::from_utf8(cell).ok().filter(|name| name.len() <= LONGEST_NAME)?;
        let name = normal(name);
        let code = if let Some(code) = self.codes.get(name.as_bytes()) {
            *code
        } else {
            let code = u32::try_from(self.names.len()).ok()?;
            self.names.push(name.clone());
            self.codes.insert(name.into_bytes().into_boxed_slice(), code);
            code
        };
        self.codes.insert(cell.into(), code);
        Some(code)
    }
}

/// The mark of a cell that was not seen yet.
pub(super) const UNSEEN: u16 = u16::MAX;

/// Levels of one item.
pub(super) struct Levels {
    /// Codes of cells of one byte; [`UNSEEN`]: not seen yet.
    pub(super) short: [u16; 256],
    long: HashMap<Box<[u8]>, u16>,
    known: HashMap<String, u16>,
    pub(super) names: Vec<String>,
}

impl Levels {
    pub(super) fn new() -> Self {
        Self { short: [UNSEEN; 256], long: HashMap::new(), known: HashMap::new(), names: vec![String::new()] }
    }

    #[inline]
    pub(super) fn code(&mut self, cell: &[u8]) -> Option<u16> {
        if let [byte] = cell {
            let code = self.short[usize::from(*byte)];
            if code != UNSEEN {
                return Some(code);
            }
        }
        self.looked_up(cell)
    }

    fn looked_up(&mut self, cell: &[u8]) -> Option<u16> {
        if let Some(code) = self.long.get(cell) {
            return Some(*code);
        }
        let name = std::str::from_utf8(cell).ok().filter(|name| name.len() <= LONGEST_NAME)?;
        let code = self.named(&normal(name))?;
        if let [byte] = cell {
            self.short[usize::from(*byte)] = code;
        } else {
            self.long.insert(cell.into(), code);
        }
        Some(code)
    }

    /// The code of a level; `None` if there are too many.
    pub(super) fn named(&mut self, name: &str) -> Option<u16> {
        if let Some(code) = self.known.get(name) {
            return Some(*code);
        }
        let code = u16::try_from(self.names.len()).ok().filter(|code| *code < UNSEEN)?;
        self.names.push(name.to_owned());
        self.known.insert(name.to_owned(), code);
        Some(code)
    }
}
