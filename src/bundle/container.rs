//! The file that holds a bundle: a ZIP archive that can be written in one way only.
//!
//! Entries are stored, not compressed, with no time and no attributes, in the order in which they are given, so that the same
//! content is the same file, byte for byte, whatever wrote it. Reading refuses an archive that differs from that in any byte
//! outside of its contents, and says where. (APPNOTE.TXT 6.3: local headers, central directory, end record; below 4 GiB.)

use std::io::{Read, Seek, SeekFrom, Write};

/// Entries at most.
const MOST_ENTRIES: usize = 600;
/// Longest name.
const LONGEST_NAME: usize = 200;
/// Version 1.0 is needed to extract, names are UTF-8, nothing is compressed, midnight of 1 January 1980.
const FIXED: [u8; 10] = [10, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";

/// What an archive says about an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    name: String,
    crc: u32,
    size: u32,
    /// Place of its header.
    at: u32,
}

impl Entry {
    /// What stands in the local and in the central header alike, from the version on.
    fn common(&self) -> Vec<u8> {
        let length = u16::try_from(self.name.len()).unwrap_or(u16::MAX);
        let mut bytes = FIXED.to_vec();
        for number in [self.crc, self.size, self.size] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(length.to_le_bytes());
        bytes.extend([0, 0]);
        bytes
    }

    fn local(&self) -> Vec<u8> {
        [&LOCAL[..], &self.common(), self.name.as_bytes()].concat()
    }

    fn central(&self) -> Vec<u8> {
        // Made by version 1.0; no comment, first disk, no attributes.
        [&CENTRAL[..], &[10, 0], &self.common(), &[0; 10], &self.at.to_le_bytes(), self.name.as_bytes()].concat()
    }
}

/// The central directory and the end record.
fn tail(entries: &[Entry], at: u32) -> Vec<u8> {
    let central: Vec<u8> = entries.iter().flat_map(Entry::central).collect();
    let (n, size) = (u16::try_from(entries.len()).unwrap_or(0), u32::try_from(central.len()).unwrap_or(u32::MAX));
    let end = [&END[..], &[0; 4], &n.to_le_bytes(), &n.to_le_bytes(), &size.to_le_bytes(), &at.to_le_bytes(), &[0, 0]];
    [central, end.concat()].concat()
}

/// Why an archive cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ContainerFault {
    /// The disk or the pipe.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// Larger than 4 GiB.
    #[error("the archive is larger than 4 GiB")]
    TooLarge,
    /// A name that no entry may have.
    #[error("{0:?} is no name for an entry")]
    Name(String),
    /// Not as it would have been written.
    #[error("the archive is not as it was written, at byte {0}: {1}")]
    Altered(u64, &'static str),
    /// Something else than the bytes the header tells of.
    #[error("{0}: its bytes are not those that its checksum was made of")]
    Content(String),
}

/// Writes an archive.
#[derive(Debug)]
pub struct Writer<W: Write + Seek> {
    out: W,
    at: u32,
    entries: Vec<Entry>,
}

impl<W: Write + Seek> Writer<W> {
    /// Begins an archive at the beginning of a file.
    pub const fn new(out: W) -> Self {
        Self { out, at: 0, entries: Vec::new() }
    }

    /// Adds an entry whose content is at hand.
    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<(), ContainerFault> {
        let mut entry = self.begin(name)?;
        entry.write(content)?;
        entry.end()
    }

    /// Begins an entry that is written piece by piece.
    pub fn begin(&mut self, name: &str) -> Result<EntryWriter<'_, W>, ContainerFault> {
        if !is_name(name) || self.entries.len() >= MOST_ENTRIES || self.entries.iter().any(|known| known.name == name) {
            return Err(ContainerFault::Name(name.to_owned()));
        }
        let entry = Entry { name: name.to_owned(), crc: 0, size: 0, at: self.at };
        let header = entry.local();
        self.out.write_all(&header)?;
        Ok(EntryWriter { archive: self, entry, crc: crc32fast::Hasher::new() })
    }

    /// Ends the archive and gives the file back.
    pub fn finish(mut self) -> Result<W, ContainerFault> {
        self.out.write_all(&tail(&self.entries, self.at))?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Writes one entry; it is there once [`EntryWriter::end`] was called.
#[derive(Debug)]
pub struct EntryWriter<'a, W: Write + Seek> {
    archive: &'a mut Writer<W>,
    entry: Entry,
    crc: crc32fast::Hasher,
}

impl<W: Write + Seek> EntryWriter<'_, W> {
    /// Adds bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), ContainerFault> {
        let more = u32::try_from(bytes.len()).ok().and_then(|more| self.entry.size.checked_add(more));
        self.entry.size = more.ok_or(ContainerFault::TooLarge)?;
        self.crc.update(bytes);
        Ok(self.archive.out.write_all(bytes)?)
    }

    /// Ends the entry.
    pub fn end(mut self) -> Result<(), ContainerFault> {
        self.entry.crc = self.crc.finalize();
        let header = self.entry.local();
        let length = u32::try_from(header.len()).map_err(|_too_long| ContainerFault::TooLarge)?;
        let behind = length.checked_add(self.entry.size).and_then(|size| self.archive.at.checked_add(size));
        let behind = behind.ok_or(ContainerFault::TooLarge)?;
        self.archive.out.seek(SeekFrom::Start(u64::from(self.entry.at)))?;
        self.archive.out.write_all(&header)?;
        self.archive.out.seek(SeekFrom::Start(u64::from(behind)))?;
        self.archive.at = behind;
        self.archive.entries.push(self.entry);
        Ok(())
    }
}

fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(plain) && !name.contains("..")
}

/// An archive that was opened; of its contents nothing was read yet.
#[derive(Debug)]
pub struct Reader<R: Read + Seek> {
    from: R,
    entries: Vec<Entry>,
}

impl<R: Read + Seek> Reader<R> {
    /// Opens an archive and checks everything but the contents.
    pub fn open(mut from: R) -> Result<Self, ContainerFault> {
        let length = from.seek(SeekFrom::End(0))?;
        let (mut at, mut entries) = (0_u64, Vec::new());
        loop {
            from.seek(SeekFrom::Start(at))?;
            let mut head = [0; 30];
            let Some((entry, header)) = read_header(&mut from, &mut head, at)? else { break };
            if header != entry.local() {
                return Err(ContainerFault::Altered(at, "a header of an entry"));
            }
            if entries.len() >= MOST_ENTRIES || entries.iter().any(|known: &Entry| known.name == entry.name) {
                return Err(ContainerFault::Altered(at, "an entry that is there twice, or too many of them"));
            }
            at += u64::try_from(header.len()).unwrap_or(0) + u64::from(entry.size);
            if at > length {
                return Err(ContainerFault::Altered(length, "it ends within an entry"));
            }
            entries.push(entry);
        }
        let place = u32::try_from(at).map_err(|_too_large| ContainerFault::TooLarge)?;
        let expected = tail(&entries, place);
        if length.saturating_sub(at) > u64::try_from(expected.len()).unwrap_or(0) {
            return Err(ContainerFault::Altered(at, "something stands behind its end"));
        }
        let mut found = Vec::new();
        from.seek(SeekFrom::Start(at))?;
        from.by_ref().take(u64::try_from(expected.len()).unwrap_or(0)).read_to_end(&mut found)?;
        if found != expected {
            let same = found.iter().zip(&expected).take_while(|(one, other)| one == other).count();
            return Err(ContainerFault::Altered(at + u64::try_from(same).unwrap_or(0), "its directory"));
        }
        Ok(Self { from, entries })
    }

    /// Names of the entries, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// Bytes of an entry; `None` where there is none.
    pub fn size(&self, name: &str) -> Option<u64> {
        self.entries.iter().find(|entry| entry.name == name).map(|entry| u64::from(entry.size))
    }

    /// Hands the content of an entry over piece by piece; `None` where there is none.
    pub fn pieces(&mut self, name: &str, mut take: impl FnMut(&[u8])) -> Result<Option<()>, ContainerFault> {
        let Some(entry) = self.entries.iter().find(|entry| entry.name == name).cloned() else { return Ok(None) };
        let header = u64::try_from(entry.local().len()).unwrap_or(0);
        self.from.seek(SeekFrom::Start(u64::from(entry.at) + header))?;
        let (mut left, mut crc) = (u64::from(entry.size), crc32fast::Hasher::new());
        let mut piece = vec![0; 64 * 1024];
        while left > 0 {
            let most = usize::try_from(left).unwrap_or(piece.len()).min(piece.len());
            let room = piece.get_mut(..most).unwrap_or_default();
            self.from.read_exact(room)?;
            crc.update(room);
            take(room);
            left -= u64::try_from(most).unwrap_or(left);
        }
        if crc.finalize() == entry.crc { Ok(Some(())) } else { Err(ContainerFault::Content(entry.name)) }
    }

    /// The whole content of an entry of at most so many bytes; `None` where there is none, or it is larger.
    pub fn whole(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, ContainerFault> {
        let Some(size) = self.size(name).filter(|size| *size <= most) else { return Ok(None) };
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        self.pieces(name, |piece| bytes.extend(piece))?;
        Ok(Some(bytes))
    }
}

/// An entry and the bytes of its header; `None` where the directory begins.
fn read_header<R: Read>(
    from: &mut R,
    head: &mut [u8; 30],
    at: u64,
) -> Result<Option<(Entry, Vec<u8>)>, ContainerFault> {
    let cut = |_error| ContainerFault::Altered(at, "it ends before its directory");
    from.read_exact(&mut head[..4]).map_err(cut)?;
    if head[..4] != LOCAL {
        return Ok(None);
    }
    from.read_exact(&mut head[4..]).map_err(cut)?;
    let number = |place: usize| -> u32 {
        let bytes = head.get(place..place + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_le_bytes)
    };
    let length = usize::try_from(number(26) & 0xffff).unwrap_or(0);
    if length > LONGEST_NAME {
        return Err(ContainerFault::Altered(at, "the length of a name"));
    }
    let mut name = vec![0; length];
    from.read_exact(&mut name).map_err(cut)?;
    let header = [&head[..], &name].concat();
    let name = String::from_utf8(name).ok().filter(|name| is_name(name));
    let name = name.ok_or(ContainerFault::Altered(at, "a name"))?;
    let place = u32::try_from(at).map_err(|_too_large| ContainerFault::TooLarge)?;
    Ok(Some((Entry { name, crc: number(14), size: number(18), at: place }, header)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn written() -> Vec<u8> {
        let mut archive = Writer::new(Cursor::new(Vec::new()));
        archive.add("README.txt", b"read me\n").unwrap();
        archive.add("data/empty.csv", b"").unwrap();
        let mut entry = archive.begin("leaves.bin").unwrap();
        for piece in [vec![1; 100_000], vec![2; 5]] {
            entry.write(&piece).unwrap();
        }
        entry.end().unwrap();
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_written_is_read_by_anything_that_reads_such_archives() {
        let mut other = zip::ZipArchive::new(Cursor::new(written())).unwrap();
        let mut text = String::new();
        other.by_name("README.txt").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((text.as_str(), other.len()), ("read me\n", 3));
        let mut own = Reader::open(Cursor::new(written())).unwrap();
        assert_eq!(own.names().collect::<Vec<_>>(), ["README.txt", "data/empty.csv", "leaves.bin"]);
        assert_eq!(own.whole("leaves.bin", 200_000).unwrap().unwrap().len(), 100_005);
        assert_eq!(own.whole("leaves.bin", 10).unwrap(), None);
        assert_eq!(own.whole("nothing", 10).unwrap(), None);
    }

    #[test]
    fn every_single_byte_that_is_altered_is_found() {
        let good = written();
        let read = |bytes: Vec<u8>| -> Result<(), ContainerFault> {
            let mut archive = Reader::open(Cursor::new(bytes))?;
            let names: Vec<String> = archive.names().map(str::to_owned).collect();
            for name in names {
                archive.pieces(&name, |_| ())?;
            }
            Ok(())
        };
        read(good.clone()).unwrap();
        let places = (0..300).chain((300..good.len() - 400).step_by(997)).chain(good.len() - 400..good.len());
        for at in places {
            let mut bad = good.clone();
            bad[at] ^= 1;
            // A byte of a name makes another file of it; everything else is no such archive any more.
            let is_name = Reader::open(Cursor::new(bad.clone()))
                .is_ok_and(|archive| !archive.names().eq(["README.txt", "data/empty.csv", "leaves.bin"]));
            assert!(is_name || read(bad).is_err(), "byte {at}");
        }
        for cut in [0, 3, 10, 60, good.len() - 1] {
            assert!(read(good[..cut].to_vec()).is_err(), "cut at {cut}");
        }
        assert!(read([good, vec![0]].concat()).is_err());
    }

    #[test]
    fn names_that_lead_elsewhere_are_none() {
        let mut archive = Writer::new(Cursor::new(Vec::new()));
        for name in ["", "../x", "a b", "ê"] {
            assert!(matches!(archive.add(name, b""), Err(ContainerFault::Name(_))), "{name}");
        }
        archive.add("x", b"").unwrap();
        assert!(matches!(archive.add("x", b""), Err(ContainerFault::Name(_))));
    }
}
