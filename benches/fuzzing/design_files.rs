//! Design files alone: whatever is accepted keeps what the analysis relies on.

use std::path::Path;

use rand_chacha::ChaCha8Rng;
use thuocdo::analysis::DesignFile;

use super::mutation::{chance, mutate};
use super::{Input, Target};

pub(super) struct DesignFiles;

impl Target for DesignFiles {
    fn name(&self) -> &'static str {
        "design-files"
    }

    fn make(&self, random: &mut ChaCha8Rng) -> Input {
        let mut bytes = super::surveys::design(random).into_bytes();
        if chance(random, 0.8) {
            mutate(&mut bytes, random);
        }
        if chance(random, 0.01) {
            // Deep nesting: a reader that calls itself for every bracket would end here.
            bytes.extend_from_slice(if chance(random, 0.5) { b"\na = ".as_slice() } else { b"\n".as_slice() });
            bytes.extend_from_slice(&b"[".repeat(100_000));
        }
        vec![("design.toml", bytes)]
    }

    fn run(&self, input: &Input, _folder: &Path) -> Result<bool, String> {
        let Some(Ok(text)) = input.first().map(|(_, bytes)| std::str::from_utf8(bytes)) else { return Ok(false) };
        let file = match DesignFile::parse(text) {
            Err(problems) => {
                let told = !problems.listed().is_empty() && problems.listed().len() <= 100;
                return if told && !problems.to_string().is_empty() {
                    Ok(false)
                } else {
                    Err("refused wordlessly".into())
                };
            }
            Ok(file) => file,
        };
        let items = file.items.len();
        let holds = [
            (!file.items.is_empty() && items <= 500, "the number of items"),
            (file.level > 0.0 && file.level < 1.0, "the level"),
            (file.targets.iter().all(|target| (0.0..=1.0).contains(target)), "a target"),
            (!file.statistics.is_empty(), "the statistics"),
            (file.factors.iter().all(|(_, own)| own.iter().all(|item| *item < items)), "an item of a factor"),
            (file.by.iter().all(|set| !set.is_empty()), "a set of domains"),
            (file.differences.iter().all(|one| one.of[0] != one.of[1]), "a difference"),
            (DesignFile::parse(text).as_ref() == Ok(&file), "reading it again"),
        ];
        match holds.iter().find(|(holds, _)| !holds) {
            None => Ok(true),
            Some((_, what)) => Err(format!("accepted, but {what} is wrong")),
        }
    }
}
