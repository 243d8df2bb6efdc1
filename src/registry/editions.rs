//! The editions an installation knows: those stored on first use, and those that came with this version of the program.

mod upload;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

pub use self::upload::UploadRefusal;

use crate::questionnaire::{self, Edition};
use crate::store::editions::{self as stored, StoredEdition};
use crate::store::{ConnectionTrait, installation};
use crate::words::{Day, EditionNumber, Province};

/// An edition under the number this installation gave it.
#[derive(Debug, Clone)]
pub struct InstalledEdition {
    /// Number.
    pub number: EditionNumber,
    /// Hash of the parsed definition.
    pub hash: [u8; 32],
    /// The definition.
    pub edition: Edition,
    /// First day of use.
    pub first_day: Day,
}

/// All editions of an installation.
#[derive(Debug, Clone, Default)]
pub struct Editions {
    by_number: BTreeMap<EditionNumber, Arc<InstalledEdition>>,
}

impl Editions {
    /// Reads the stored editions.
    pub async fn load(db: &impl ConnectionTrait) -> anyhow::Result<Self> {
        let mut by_number = BTreeMap::new();
        for stored in stored::all(db).await.context("while reading the editions")? {
            let edition = questionnaire::parse("edition", &stored.definition)
                .with_context(|| format!("while reading edition {} {}", stored.code, stored.version))?;
            let hash = edition.hash();
            if hash.as_slice() != stored.hash {
                bail!("edition {} {} does not have the hash it was stored under", stored.code, stored.version);
            }
            let installed = InstalledEdition { number: stored.number, hash, edition, first_day: stored.first_day };
            by_number.insert(stored.number, Arc::new(installed));
        }
        Ok(Self { by_number })
    }

    /// The edition with this number.
    pub fn get(&self, number: EditionNumber) -> Option<&Arc<InstalledEdition>> {
        self.by_number.get(&number)
    }

    /// The edition of a questionnaire in force on a day: the highest version that has begun; before its first day, the first.
    pub fn in_force(&self, code: &str, day: Day) -> Option<&Arc<InstalledEdition>> {
        let of_code = || self.by_number.values().filter(|e| e.edition.code() == code);
        of_code()
            .filter(|e| e.first_day <= day)
            .max_by_key(|e| e.edition.version())
            .or_else(|| of_code().min_by_key(|e| e.edition.version()))
    }

    /// The edition under which counts of this one are shown: the last of those that continue it without a break, each
    /// replacing the one before and counting alike; itself where none does.
    pub fn continued_by(&self, number: EditionNumber) -> EditionNumber {
        let mut at = number;
        // Every step takes an edition of a higher version, hence it ends; the bound is the number of editions.
        for _ in 0..self.by_number.len() {
            let Some(current) = self.by_number.get(&at) else { break };
            let continues = |next: &&Arc<InstalledEdition>| {
                next.edition.comparable()
                    && next.edition.version() > current.edition.version()
                    && next.edition.succeeds() == Some(current.edition.name())
                    && next.edition.counts_like(&current.edition)
            };
            match self.by_number.values().find(continues) {
                Some(next) => at = next.number,
                None => break,
            }
        }
        at
    }

    /// All of them, by number.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<InstalledEdition>> {
        self.by_number.values()
    }
}

/// Most questionnaires of a folder, and the largest that is read, in bytes.
const MOST_FILES: usize = 500;
const LARGEST_FILE: u64 = 256 * 1024;

/// The editions that came with the program, then those of the province's own folder (`*.toml`, by name).
pub fn available(own: Option<&Path>) -> anyhow::Result<Vec<Edition>> {
    let (editions, problems) = looked_through(own)?;
    if problems.is_empty() { Ok(editions) } else { bail!("{}", problems.join("\n")) }
}

/// The same, with what is wrong in any file of the folder beside what is right.
pub fn looked_through(own: Option<&Path>) -> anyhow::Result<(Vec<Edition>, Vec<String>)> {
    let mut editions = questionnaire::embedded().context("while reading the questionnaires of this program")?;
    let mut problems = Vec::new();
    for file in own.map(files_of).transpose()?.unwrap_or_default() {
        match read(&file) {
            Ok(edition) => editions.push(edition),
            Err(problem) => problems.push(format!("{problem:#}")),
        }
    }
    Ok((editions, problems))
}

fn files_of(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("surveys: cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .take(MOST_FILES + 1)
        .collect();
    if files.len() > MOST_FILES {
        bail!("surveys: {} holds more than {MOST_FILES} questionnaires", folder.display());
    }
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> anyhow::Result<Edition> {
    let name = file.display().to_string();
    let size = std::fs::metadata(file).with_context(|| format!("surveys: cannot read {name}"))?.len();
    if size > LARGEST_FILE {
        bail!("surveys: {name} has {size} bytes, at most {LARGEST_FILE} are read");
    }
    let text = std::fs::read_to_string(file).with_context(|| format!("surveys: cannot read {name}"))?;
    Ok(questionnaire::parse(&name, &text)?)
}

/// Questionnaires that differ now from what people have answered to, as sentences.
pub fn changed_after_use(known: &Editions, available: &[Edition]) -> Vec<String> {
    let stored = |edition: &Edition| {
        let same = |known: &&Arc<InstalledEdition>| {
            known.edition.code() == edition.code() && known.edition.version() == edition.version()
        };
        known.iter().find(same)
    };
    let changed = available.iter().filter(|edition| stored(edition).is_some_and(|known| known.hash != edition.hash()));
    changed.map(|edition| changed_sentence(edition.code(), edition.version())).collect()
}

fn changed_sentence(code: &str, version: impl std::fmt::Display) -> String {
    format!(
        "questionnaire {code} {version} was changed after its first use; give the change a new version that succeeds it"
    )
}

/// Stores editions that are not stored yet, and notes that something changed.
pub async fn install(
    db: &impl ConnectionTrait,
    province: Province,
    available: &[Edition],
    today: Day,
) -> anyhow::Result<usize> {
    let added = install_in(db, available, today).await?;
    if added > 0 {
        installation::revise(db, province).await.context("while noting the new editions")?;
    }
    Ok(added)
}

/// The same in a transaction that notes by itself that something changed: how many are new. They are in force from `today` on (the first of a
/// questionnaire: from the beginning). An edition that was stored before and differs now is refused: it would change what
/// people have answered to.
pub async fn install_in(db: &impl ConnectionTrait, available: &[Edition], today: Day) -> anyhow::Result<usize> {
    let known = stored::all(db).await.context("while reading the editions")?;
    let mut highest = known.iter().map(|edition| edition.number.0).max().unwrap_or(0);
    let mut names: BTreeMap<(String, i16), EditionNumber> =
        known.iter().map(|edition| ((edition.code.clone(), edition.version), edition.number)).collect();
    let mut added = 0;
    for edition in available {
        let version = i16::try_from(edition.version())?;
        let name = (edition.code().to_owned(), version);
        let hash = edition.hash().to_vec();
        if let Some(number) = names.get(&name) {
            if known.iter().any(|stored| stored.number == *number && stored.hash != hash) {
                bail!("{}", changed_sentence(edition.code(), version));
            }
            continue;
        }
        highest += 1;
        let first = !names.keys().any(|(code, _)| code == edition.code());
        let succeeds = edition.succeeds().and_then(|earlier| {
            names.get(&(earlier.code.clone(), i16::try_from(earlier.version).unwrap_or(i16::MAX))).copied()
        });
        let row = StoredEdition {
            number: EditionNumber(highest),
            code: edition.code().to_owned(),
            version,
            hash,
            definition: edition.canonical_text(),
            measure: edition.measure().code(),
            headline_levels: edition.headline_levels().iter().map(|l| l.word()).collect::<Vec<_>>().join("|"),
            succeeds,
            comparable: edition.comparable(),
            first_day: if first { Day(0) } else { today },
        };
        stored::add(db, &row).await.with_context(|| format!("while storing edition {} {version}", row.code))?;
        names.insert(name, row.number);
        added += 1;
    }
    Ok(added)
}

/// Reads an uploaded questionnaire: what it is, or everything that is wrong with it.
pub fn read_uploaded(toml: &[u8]) -> Result<Edition, UploadRefusal> {
    upload::read(toml, LARGEST_FILE)
}

/// Looks at an uploaded questionnaire without storing it: what it is, and whether it is new.
pub fn look_at(known: &Editions, toml: &[u8]) -> Result<(Edition, bool), UploadRefusal> {
    let edition = read_uploaded(toml)?;
    let same = known.iter().find(|known| known.edition.name() == edition.name());
    match same.map(|known| known.hash == edition.hash()) {
        Some(false) => Err(UploadRefusal::Changed(edition.name().clone())),
        Some(true) => Ok((edition, false)),
        None => Ok((edition, true)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::parse;

    const COUNTER: &str = include_str!("../../surveys/counter-1.toml");

    fn version(version: u16, comparable: bool, change: (&str, &str)) -> String {
        let before = version - 1;
        let head = format!(
            "\nversion = {version}\nsucceeds = {{ code = \"counter\", version = {before} }}\ncomparable = {comparable}\n"
        );
        COUNTER.replacen("\nversion = 1\n", &head, 1).replacen(change.0, change.1, 1)
    }

    fn editions(texts: &[String]) -> Editions {
        let installed = texts.iter().enumerate().map(|(at, text)| {
            let edition = parse("t", text).unwrap();
            let number = EditionNumber(i16::try_from(at + 1).unwrap());
            (number, Arc::new(InstalledEdition { number, hash: edition.hash(), edition, first_day: Day(0) }))
        });
        Editions { by_number: installed.collect() }
    }

    #[test]
    fn a_corrected_word_goes_on_and_another_question_breaks() {
        let typing = ("Nơi đón tiếp", "Nơi tiếp đón");
        let all = editions(&[
            COUNTER.to_owned(),
            version(2, true, typing),
            version(3, true, typing),
            version(4, false, ("satisfied = [4, 5]", "satisfied = [3, 4, 5]")),
        ]);
        let ends: Vec<i16> = (1..=4).map(|number| all.continued_by(EditionNumber(number)).0).collect();
        assert_eq!(ends, [3, 3, 3, 4]);
        assert_eq!(all.continued_by(EditionNumber(9)), EditionNumber(9));
    }

    #[test]
    fn an_edition_that_counts_otherwise_breaks_whatever_it_says_of_itself() {
        for change in [
            ("satisfied = [4, 5]", "satisfied = [3, 4, 5]"),
            ("code = \"attitude\"", "code = \"manner\""),
            ("criteria = [\"attitude\"]", "criteria = [\"manner\"]"),
            ("aggregation = \"mean_of_items\"", "aggregation = \"pooled_answers\""),
        ] {
            let changed = version(2, true, change);
            let changed =
                if change.0.contains("attitude") { changed.replace("\"attitude\"", "\"manner\"") } else { changed };
            let all = editions(&[COUNTER.to_owned(), changed]);
            assert_eq!(all.continued_by(EditionNumber(1)), EditionNumber(1), "{change:?}");
        }
    }
}
