//! Packing of blocks, and the hash of everything that passes.

use std::io::{Read, Result, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};

/// What kind of block follows.
pub(super) const ROWS: u8 = b'R';
pub(super) const TABLE_END: u8 = b'T';
pub(super) const END: u8 = b'E';

/// Packs bytes. Most of what is stored are hashes, which do not pack: little effort gets nearly all there is.
pub(super) fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(3));
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Unpacks exactly `length` bytes; `None` if there are more or fewer, or if they are not packed bytes.
pub(super) fn unpack(packed: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    let mut decoder = DeflateDecoder::new(packed);
    // One byte more than there should be shows that there are too many; the rest of a bomb is never unpacked.
    let most = u64::try_from(length).ok()?.checked_add(1)?;
    decoder.by_ref().take(most).read_to_end(&mut bytes).ok()?;
    let is_whole = bytes.len() == length && decoder.total_in() == u64::try_from(packed.len()).ok()?;
    is_whole.then_some(bytes)
}

/// Writes and remembers the hash of what was written.
pub(super) struct Hashing<T> {
    pub(super) inner: T,
    pub(super) hash: Sha256,
    /// Bytes that passed.
    pub(super) bytes: u64,
}

impl<T> Hashing<T> {
    pub(super) fn new(inner: T) -> Self {
        Self { inner, hash: Sha256::new(), bytes: 0 }
    }

    fn pass(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or(0);
    }

    /// The hash of what has passed so far.
    pub(super) fn digest(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let written = self.inner.write(bytes)?;
        self.pass(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> Result<()> {
        self.inner.flush()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize> {
        let read = self.inner.read(bytes)?;
        self.pass(bytes.get(..read).unwrap_or_default());
        Ok(read)
    }
}
