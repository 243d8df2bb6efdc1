//! Files that are not what was written are refused before the database is touched, and never take more than a block's memory.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::{Value, json};
use thuocdo::backup::{self, Progress, Reader};
use thuocdo::record::{hex, sha256};
use thuocdo::store::{Database, OpenError, Opening, staff_log};
use thuocdo::words::Moment;

use super::Day;
use crate::world::{Empty, World, databases, empty_databases};

/// A small backup and its bytes.
async fn small(folder: &Path) -> (World, Vec<u8>) {
    let mut worlds = databases().await;
    let world = worlds.remove(0);
    for other in worlds {
        other.close().await;
    }
    let edition = world.with_town().await;
    let forms: Vec<_> = (0..60).map(|name| world.form(&edition, name, Day(20_500))).collect();
    world.stores(Day(20_500), &forms).await;
    let tx = world.db.begin().await.unwrap();
    staff_log::append(&tx, world.province, Moment::from_unix(0), "cli", "close point", "X").await.unwrap();
    tx.commit().await.unwrap();
    let file = folder.join("small");
    world.saves(&file).await;
    (world, std::fs::read(file).unwrap())
}

/// What the check says of these bytes.
fn said(bytes: &[u8]) -> Result<(), String> {
    let mut reader = Reader::open(bytes).map_err(|fault| fault.to_string())?;
    while reader.next_rows().map_err(|fault| fault.to_string())?.is_some() {}
    assert!(reader.digest().is_some());
    Ok(())
}

/// A file of the format as it is documented, made without the program's own writer: the header, then the rows of each table
/// as they are packed into one block.
fn made(header: &Value, tables: &[(u64, Vec<u8>)]) -> Vec<u8> {
    let line = header.to_string();
    let mut bytes = format!("thuocdo-backup 1\n{line}\n{}\n", hex(&sha256(&[line.as_bytes()]))).into_bytes();
    for (rows, unpacked) in tables {
        if !unpacked.is_empty() {
            let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
            packed.write_all(unpacked).unwrap();
            let packed = packed.finish().unwrap();
            bytes.push(b'R');
            for length in [unpacked.len(), packed.len()] {
                bytes.extend(u32::try_from(length).unwrap().to_be_bytes());
            }
            bytes.extend(packed);
        }
        bytes.push(b'T');
        bytes.extend(rows.to_be_bytes());
        bytes.extend(sha256(&[unpacked]));
    }
    bytes.push(b'E');
    let digest = sha256(&[&bytes]);
    bytes.extend(digest);
    bytes
}

/// A file taken apart: its header, and of each table the number of rows and their bytes.
fn apart(bytes: &[u8]) -> (Value, Vec<(u64, Vec<u8>)>) {
    let mut lines = bytes.splitn(4, |byte| *byte == b'\n');
    let header: Value = serde_json::from_slice(lines.nth(1).unwrap()).unwrap();
    let mut rest = lines.nth(1).unwrap();
    let mut tables = Vec::new();
    let mut unpacked = Vec::new();
    loop {
        let number = |at: usize| u32::from_be_bytes(rest[at..at + 4].try_into().unwrap()) as usize;
        match rest[0] {
            b'R' => {
                let (length, packed) = (number(1), number(5));
                let mut decoder = flate2::read::DeflateDecoder::new(&rest[9..9 + packed]);
                let before = unpacked.len();
                std::io::Read::read_to_end(&mut decoder, &mut unpacked).unwrap();
                assert_eq!(unpacked.len() - before, length);
                rest = &rest[9 + packed..];
            }
            b'T' => {
                tables.push((u64::from_be_bytes(rest[1..9].try_into().unwrap()), std::mem::take(&mut unpacked)));
                rest = &rest[41..];
            }
            _ => break,
        }
    }
    (header, tables)
}

/// Restores bytes into a fresh database of every kind; each has to refuse, and to be as empty as before.
async fn refused(folder: &Path, world: &World, bytes: &[u8]) -> Vec<String> {
    let file = folder.join("crafted");
    std::fs::write(&file, bytes).unwrap();
    let mut all = Vec::new();
    for empty in empty_databases().await {
        let error = backup::restore(&empty.url, &file, world.province, Moment::now(), &Progress::default()).await;
        all.push(format!("{:#}", error.unwrap_err()));
        is_empty(&empty).await;
        empty.remove().await;
    }
    all
}

async fn is_empty(empty: &Empty) {
    match Database::open(&empty.url, Opening::Existing).await {
        Err(OpenError::Missing(_) | OpenError::Empty(_)) => {}
        other => panic!("{}: {other:?}", empty.url),
    }
}

/// Every byte that is no row: the three lines, the heads and ends of blocks; and of the packed rows every 97th, or, with
/// `DAMAGE=all`, each.
fn places(bytes: &[u8]) -> Vec<usize> {
    #[expect(clippy::disallowed_methods, reason = "a test has no settings; whoever runs it asks for more")]
    let all = std::env::var("DAMAGE").is_ok_and(|word| word == "all");
    let lines = bytes.len() - bytes.splitn(4, |byte| *byte == b'\n').nth(3).unwrap().len();
    // The header is one line under one hash: its bytes are alike.
    let mut places: Vec<usize> = (0..20).chain((20..lines - 70).step_by(97)).chain(lines - 70..lines).collect();
    let mut at = lines;
    loop {
        let head = match bytes[at] {
            b'R' => 9,
            b'T' => 41,
            _ => break,
        };
        places.extend(at..at + head);
        at += head;
        if head == 9 {
            let packed = u32::from_be_bytes(bytes[at - 4..at].try_into().unwrap()) as usize;
            places.extend((at..at + packed).step_by(97).chain(at + packed - 3..at + packed));
            at += packed;
        }
    }
    places.extend(at..bytes.len());
    if all { (0..bytes.len()).collect() } else { places }
}

#[tokio::test]
async fn a_file_cut_off_anywhere_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (world, bytes) = small(folder.path()).await;
    assert_eq!(said(&bytes), Ok(()));
    let places = places(&bytes);
    println!("{} of {} places", places.len(), bytes.len());
    for length in places {
        let said = said(&bytes[..length]).unwrap_err();
        let known = if length < 17 { "is no backup" } else { "ends too early" };
        assert!(said.contains(known), "{length} of {} bytes: {said}", bytes.len());
    }
    let said = refused(folder.path(), &world, &bytes[..bytes.len() - 1]).await;
    assert!(said.iter().all(|said| said.contains("crafted ends too early")), "{said:?}");
    world.close().await;
}

#[tokio::test]
async fn a_byte_flipped_anywhere_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (world, bytes) = small(folder.path()).await;
    let mut told = std::collections::BTreeMap::new();
    let places = places(&bytes);
    for at in &places {
        let mut changed = bytes.clone();
        changed[*at] ^= [0x01, 0x80, 0xFF][at % 3];
        let said = said(&changed).expect_err("a changed file was taken for whole");
        let kind = ["is no backup", "has the backup format", "ends too early", "is damaged"];
        let kind = kind.into_iter().find(|kind| said.contains(kind)).unwrap_or_else(|| panic!("{said}"));
        *told.entry(kind).or_insert(0) += 1;
    }
    println!("{} of {} bytes flipped: {told:?}", places.len(), bytes.len());
    world.close().await;
}

#[tokio::test]
async fn foreign_and_newer_files_are_named_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let (world, bytes) = small(folder.path()).await;
    let rest = &bytes[bytes.iter().position(|byte| *byte == b'\n').unwrap()..];
    for (file, words) in [
        (b"PGDMP\x01\x0e".to_vec(), "is no backup of Thước Đo"),
        (b"SQLite format 3\0".repeat(4096), "is no backup of Thước Đo"),
        (vec![0; 100_000], "is no backup of Thước Đo"),
        (vec![b'\n'; 10], "is no backup of Thước Đo"),
        (Vec::new(), "is no backup of Thước Đo"),
        ([b"thuocdo-backup 2", rest].concat(), "has the backup format 2; this version"),
        ([b"thuocdo-backup 11", rest].concat(), "has the backup format 11; this version"),
        ([bytes.as_slice(), b"\n"].concat(), "something follows its end"),
        ([bytes.as_slice(), bytes.as_slice()].concat(), "something follows its end"),
    ] {
        let said = refused(folder.path(), &world, &file).await;
        assert!(said.iter().all(|said| said.contains(words)), "{words}: {said:?}");
    }
    let said = backup::check(folder.path(), &Progress::default()).unwrap_err().to_string();
    assert!(said.contains("is a folder"), "{said}");
    let said = format!("{:#}", backup::check(&folder.path().join("nowhere"), &Progress::default()).unwrap_err());
    assert!(said.contains("cannot read") && said.contains("nowhere"), "{said}");
    world.close().await;
}

#[tokio::test]
async fn a_file_that_is_well_formed_but_was_not_written_by_the_program_is_refused_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (world, bytes) = small(folder.path()).await;
    let (header, tables) = apart(&bytes);
    assert_eq!(said(&made(&header, &tables)), Ok(()), "the test makes files that are taken");
    let with = |path: &[&str], value: Value| {
        let mut header = header.clone();
        let mut place = &mut header;
        for step in path {
            place = match step.parse::<usize>() {
                Ok(at) => &mut place[at],
                Err(_) => &mut place[*step],
            };
        }
        *place = value;
        header
    };
    let steps: Vec<Value> = header["schema"].as_array().unwrap().clone();
    let later = [steps.clone(), vec![json!("m0999_later")]].concat();
    let place = |name: &str| header["tables"].as_array().unwrap().iter().position(|t| t["name"] == name).unwrap();
    let unit = place("unit").to_string();
    for (header, words) in [
        (with(&["schema"], json!(later)), "was written by a newer version of thuocdo"),
        (with(&["schema"], json!([])), "holds no Thước Đo installation"),
        (with(&["schema"], json!([steps[1]])), "holds no Thước Đo installation"),
        (with(&["provinces"], json!([])), "holds no Thước Đo installation"),
        (with(&["provinces", "0", "province"], json!(7)), "holds province 7, and the settings say 1"),
        (
            with(&["tables", &unit, "name"], json!("unit\"; DROP TABLE unit; --")),
            "does not have the tables of its schema",
        ),
        (with(&["tables", &unit, "columns", "1", "0"], json!("unit) VALUES (1")), "the header describes no tables"),
        (with(&["tables", &unit, "key"], json!([])), "the header describes no tables"),
        (with(&["tables", &unit, "rows"], json!(1)), "has more rows than the header says"),
        (with(&["tables", &unit, "rows"], json!(1_000_000)), "the rows of unit are not what was written"),
        (with(&["more"], json!(1)), "the header: unknown field"),
    ] {
        let said = refused(folder.path(), &world, &made(&header, &tables)).await;
        assert!(said.iter().all(|said| said.contains(words)), "{words}: {said:?}");
    }
    // Rows that are out of order, that twice have one key, or that no table takes.
    let (rows, bytes) = tables[place("unit")].clone();
    let row = bytes.len() / usize::try_from(rows).unwrap();
    let unit_rows = |rows: u64, bytes: Vec<u8>| {
        let mut tables = tables.clone();
        tables[place("unit")] = (rows, bytes);
        made(&with(&["tables", &unit, "rows"], json!(rows)), &tables)
    };
    let turned = [&bytes[row..2 * row], &bytes[..row], &bytes[2 * row..]].concat();
    let twice = [&bytes[..row], &bytes[..row], &bytes[2 * row..]].concat();
    for (file, words) in [
        (unit_rows(rows, turned), "not in the order of their key"),
        (unit_rows(rows, twice), "not in the order of their key"),
        (unit_rows(rows - 1, bytes[row..].to_vec()), "while writing the table unit_version"),
        (unit_rows(rows, bytes[..bytes.len() - 1].to_vec()), "a row of unit"),
    ] {
        let said = refused(folder.path(), &world, &file).await;
        assert!(said.iter().all(|said| said.contains(words)), "{words}: {said:?}");
    }
    world.close().await;
}

#[tokio::test]
async fn a_bomb_is_refused_without_being_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    let (world, bytes) = small(folder.path()).await;
    let (header, _) = apart(&bytes);
    let head = bytes.len() - bytes.splitn(4, |byte| *byte == b'\n').nth(3).unwrap().len();
    // A gigabyte of zeros takes a megabyte packed.
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    for _ in 0..1_024 {
        packed.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 2 << 20);
    let block = |length: u32, packed: &[u8]| {
        let lengths = [length, u32::try_from(packed.len()).unwrap()].map(u32::to_be_bytes).concat();
        [&bytes[..head], b"R", &lengths, packed].concat()
    };
    for (length, words) in
        [(1 << 30, "larger than a backup has"), (16 << 20, "does not unpack"), (1, "does not unpack")]
    {
        let said = said(&block(length, &packed)).unwrap_err();
        assert!(said.contains(words), "{said}");
    }
    // Lengths that are announced and do not come take no memory.
    let announced = [&bytes[..head], b"R", &[0xFF; 8]].concat();
    assert!(said(&announced).unwrap_err().contains("larger than a backup has"));
    let mut long = b"thuocdo-backup 1\n".to_vec();
    long.extend(vec![b'x'; 3 << 20]);
    assert!(said(&long).unwrap_err().contains("the header is too long"));
    assert!(header.is_object());
    world.close().await;
}

fn is_of_the_first_version(table: &Value) -> bool {
    const TABLES: &str = "response_open comment_open installation edition unit unit_version succession field point \
                          point_version point_code procedure volume target response comment idempotency cell cell_pair \
                          subtotal subtotal_pair block figure figure_pair figure_part figure_part_pair staff_log";
    TABLES.split_whitespace().any(|name| table["name"] == name)
}

#[tokio::test]
async fn a_backup_of_an_earlier_schema_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let (world, bytes) = small(folder.path()).await;
    let (mut header, mut tables) = apart(&bytes);
    // As the first version wrote it, but for its last step, which gives rights and makes no table.
    let steps = header["schema"].as_array_mut().unwrap();
    steps.truncate(steps.iter().position(|step| *step == json!("m0006_rights")).unwrap());
    let known: Vec<bool> = header["tables"].as_array().unwrap().iter().map(is_of_the_first_version).collect();
    assert_eq!(known.iter().filter(|known| **known).count(), 27);
    header["tables"].as_array_mut().unwrap().retain(is_of_the_first_version);
    let mut of_tables = known.iter();
    tables.retain(|_| *of_tables.next().unwrap());
    let file: PathBuf = folder.path().join("earlier");
    std::fs::write(&file, made(&header, &tables)).unwrap();
    for empty in empty_databases().await {
        backup::restore(&empty.url, &file, world.province, Moment::now(), &Progress::default()).await.unwrap();
        let db = Database::open(&empty.url, Opening::Unchanged).await.expect("every step is taken");
        let chain = thuocdo::staff::log::verify(&db, world.province, None).await.unwrap();
        assert!(chain.broken.is_none() && chain.good.seq > 1, "the staff log has got its head: {chain:?}");
        assert_eq!(
            super::save(&db, &folder.path().join(hex(&sha256(&[empty.url.as_bytes()])))).await.header.answers(),
            60
        );
        db.close().await.unwrap();
        empty.remove().await;
    }
    world.close().await;
}
