//! Altered bundles: the first difference is named, whoever altered them and with whatever key.

use std::io::Cursor;

use thuocdo::bundle::container::Writer;
use thuocdo::bundle::{Approval, Evidence, Publication, State};
use thuocdo::publications::bundle::Kind;
use thuocdo::record::{Note, Record, Signer, hex, sha256};
use thuocdo::words::Half;

use super::{FIRST, checked, choice, content, files};
use crate::proof::Draws;
use crate::world::databases;

type Files = Vec<(String, Vec<u8>)>;

fn packed(files: &Files) -> Vec<u8> {
    let mut archive = Writer::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.add(name, bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn file<'a>(files: &'a mut Files, name: &str) -> &'a mut Vec<u8> {
    &mut files.iter_mut().find(|(known, _)| known == name).unwrap().1
}

/// Somebody who holds the key of the record alters the content and signs it anew, with every hash as it should be.
fn signed_anew(original: &Files, signer: &Signer, content: &Publication) -> Files {
    let mut files = original.clone();
    let bytes = content.canonical();
    file(&mut files, "publication.json").clone_from(&bytes);
    let note = Note::parse(std::str::from_utf8(file(&mut files, "approval.txt")).unwrap()).unwrap();
    let approval = Approval::parse(note.text()).unwrap();
    let approval = Approval { content: hex(&sha256(&[&bytes])), version: content.version, ..approval };
    *file(&mut files, "approval.txt") = signer.sign(&approval.text()).into_bytes();
    files
}

fn decimal(text: &str, more: f64) -> String {
    format!("{:.12}", text.parse::<f64>().unwrap() + more)
}

/// One alteration of the content; what the difference has to name, or nothing if there is nothing of its kind to alter.
fn alter(content: &mut Publication, draws: &mut Draws) -> Option<String> {
    let shown: Vec<(usize, usize)> = content
        .groups
        .iter()
        .enumerate()
        .flat_map(|(at, group)| group.figures.iter().enumerate().map(move |(of, figure)| (at, of, figure)))
        .filter(|(_, _, figure)| figure.state == State::Shown)
        .map(|(at, of, _)| (at, of))
        .collect();
    let (group, figure) = draws.pick(&shown);
    let kind = draws.below(12);
    let at_group = &mut content.groups[group];
    let unit = at_group.unit.clone();
    let of = &mut at_group.figures[figure];
    let what = of.what.clone();
    let named = Some(format!("{unit} {what}"));
    match kind {
        0 => *of.n.as_mut()? += 1,
        1 => *of.satisfied.as_mut()? -= 1,
        2 => *of.estimate.as_mut()? = decimal(of.estimate.as_deref()?, 1e-10),
        3 => of.interval.as_mut()?.0 = decimal(&of.interval.clone()?.0, -1e-10),
        4 => of.interval.as_mut()?.1 = decimal(&of.interval.clone()?.1, 1e-10),
        5 => {
            let variance = of.variance.as_deref()?.parse::<f64>().unwrap() * 1.000_001;
            of.variance = Some(format!("{variance:.17e}"));
        }
        6 => of.state = State::Suppressed,
        7 => of.sums.as_mut()?.0 += 1,
        8 => {
            let block = content.blocks.iter_mut().find(|block| block.unit == unit)?;
            block.forms += 1;
            return Some("forms of".to_owned());
        }
        9 => {
            content.blocks.iter_mut().find(|block| block.unit == unit)?.smallest = 3;
            return Some("blocks[".to_owned());
        }
        10 => {
            *at_group.forms.as_mut()? += 1;
            return Some("forms of".to_owned());
        }
        _ => {
            let of = content.checkpoint.as_mut()?;
            of.batches.last_mut()?.1 += 1;
            return Some("leaves".to_owned());
        }
    }
    named
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_altered_bundles_are_refused_with_the_first_difference() {
    let world = databases().await.swap_remove(0);
    world.with_town().await;
    for at in 0..2 {
        world.half_month(Half(FIRST.0 + at), &mut Draws::of(70 + u64::try_from(at).unwrap()), 300).await;
    }
    let last = Half(FIRST.0 + 1);
    let of = world.published(&choice(FIRST, last), last.next().first(), "").await;
    let bytes = world.bundle((&of.0, of.1), Kind::Public).await;
    let auditors = world.bundle((&of.0, of.1), Kind::Auditor).await;
    let (original, origin) = (files(&bytes), content(&bytes).origin);
    checked(&packed(&original)).unwrap();
    let signer = Signer::new(&origin, &world.keys.checkpoint[0]).unwrap();
    let mut draws = Draws::of(500);
    let (mut by_anybody, mut by_the_keeper) = (0, 0);
    // Anybody alters one byte of one file and packs the bundle again, or of the archive itself.
    while by_anybody < 250 {
        let mut altered = original.clone();
        let at = usize::try_from(draws.below(altered.len() as u64)).unwrap();
        let (name, content) = &mut altered[at];
        if content.is_empty() {
            continue;
        }
        let place = usize::try_from(draws.below(content.len() as u64)).unwrap();
        content[place] ^= 1 << draws.below(8);
        let name = name.clone();
        let difference = checked(&packed(&altered)).err().unwrap_or_else(|| panic!("{name}, byte {place}: not found"));
        // What is hashed in a list is told of the file or of the list; the keys and the signature come before both.
        let of_lists = ["SHA256SUMS", "approval.txt", "publication.json"].contains(&difference.file.as_str());
        assert!(difference.file == name || of_lists, "{name}, byte {place}: {difference}");
        let mut archive = bytes.clone();
        let place = usize::try_from(draws.below(archive.len() as u64)).unwrap();
        archive[place] ^= 1 << draws.below(8);
        assert!(checked(&archive).is_err(), "byte {place} of the archive");
        by_anybody += 2;
    }
    // Whoever holds the key signs what they altered.
    while by_the_keeper < 250 {
        let mut content = content(&bytes);
        let Some(named) = alter(&mut content, &mut draws) else { continue };
        let difference = checked(&packed(&signed_anew(&original, &signer, &content))).err();
        let told = difference.unwrap_or_else(|| panic!("{named}: not found")).to_string();
        let unit = named.split(' ').next().unwrap_or_default();
        let is_of_unit = told.contains(unit) && (told.contains("composite") || told.contains("forms of"));
        let is_named = named.split(' ').all(|word| told.contains(word)) || is_of_unit;
        assert!(is_named, "{named}: {told}");
        by_the_keeper += 1;
    }
    records_are_compared(&files(&auditors), &signer);
    println!("{by_anybody} altered by anybody, {by_the_keeper} by whoever holds the key: all refused");
    world.close().await;
}

/// A content that is right in itself and not what the records say is found with the auditor's bundle alone.
fn records_are_compared(original: &Files, signer: &Signer) {
    let good = packed(original);
    let n = checked(&good).unwrap().records.unwrap();
    // An item of the unit at the top with one more satisfied, and everything that follows from it.
    let mut lies = content(&good);
    let lie = |group: &mut thuocdo::bundle::Group| {
        let of = group
            .figures
            .iter_mut()
            .find(|one| one.satisfied.is_some() && one.method.as_deref() == Some("clopper_pearson"));
        let of = of.filter(|one| one.kind == "item").unwrap();
        let (x, n) = (of.satisfied.unwrap() - 1, of.n.unwrap());
        let interval = thuocdo::statistics::Count::new(x, n).unwrap();
        let limits = interval.clopper_pearson(thuocdo::statistics::Confidence::P95).unwrap();
        of.satisfied = Some(x);
        // The levels follow: somebody very satisfied becomes somebody who is not at all.
        let levels = of.levels.as_mut().unwrap();
        (levels[4], levels[0]) = (levels[4] - 1, levels[0] + 1);
        of.estimate = Some(format!("{:.12}", interval.share().unwrap()));
        of.interval = Some((format!("{:.12}", limits.low), format!("{:.12}", limits.high)));
        of.verdicts.clear();
    };
    // Open feedback: its composite is left out, so that nothing else has to follow.
    let group = lies.groups.iter_mut().find(|group| group.is_whole() && group.source == "D").unwrap();
    group.figures.retain(|one| one.kind == "item");
    lie(group);
    let altered = signed_anew(original, signer, &lies);
    let told = checked(&packed(&altered)).unwrap_err().to_string();
    assert!(told.contains("from the records"), "{told}");
    let public: Files = altered.into_iter().filter(|(name, _)| !name.starts_with("auditor/")).collect();
    checked(&packed(&public)).unwrap();
    // A record that was altered, one that is missing, one too many, and blocks that hold something else.
    for which in 0..4 {
        let mut altered = original.clone();
        let records = file(&mut altered, "auditor/records.bin");
        match which {
            0 => records[40] ^= 1,
            1 => records.truncate(records.len() - 200),
            2 => records.extend([0, 0, 0, 1, 9]),
            _ => {
                let blocks = file(&mut altered, "auditor/blocks.json");
                let mut evidence = Evidence::read(blocks).unwrap();
                evidence.blocks[0].n += 1;
                *blocks = evidence.canonical();
            }
        }
        let told = checked(&packed(&altered)).unwrap_err().to_string();
        assert!(told.starts_with("auditor/"), "{which}: {told}");
    }
    // The first record is whole and readable: what an auditor compares is what was stored.
    let records = file(&mut original.clone(), "auditor/records.bin").clone();
    let length = usize::try_from(u32::from_be_bytes(records[..4].try_into().unwrap())).unwrap();
    assert!(Record::read(&records[4..4 + length]).is_some() && n > 100);
}
