//! `responses.csv`: answers that were collected elsewhere, on paper or by telephone, and keyed in.
//!
//! One transaction for the whole file. Every line has a key of its own, made from its serial number or from its place in the
//! file, so that importing again stores nothing twice.

mod rows;

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;

use self::rows::Rows;
use super::alike::Keyed;
use super::seal::is_shown;
use super::storing::{Outcome, Submission, leaf_on, store};
use crate::questionnaire::{self, FLAG_ALL_EQUAL};
use crate::record::Keys;
use crate::registry::decided::Decided;
use crate::registry::import::{self as csv, CsvFile, ImportError, Kind, Problems, Report, Run, Source, Within};
use crate::registry::{Directory, Editions};
use crate::store::blocks::Block;
use crate::store::{ConnectionTrait, Database, answers, blocks, installation, places, signals};
use crate::text::Both;
use crate::text::import::{FileDay, answers as say, digits};
use crate::words::{Day, EditionNumber, Level, PointId, Province};

/// Lines that are stored at a time.
const AT_A_TIME: usize = 2_048;

/// Imports a file of any kind.
pub async fn import(
    db: &Database,
    keys: &Keys,
    province: Province,
    kind: Kind,
    source: &Source<'_>,
    run: Run<'_>,
) -> Result<Report, ImportError> {
    match kind {
        Kind::Responses => responses(db, keys, province, source, run).await,
        of_registry => csv::import_within(db, province, of_registry, source, run, Within::ALL).await,
    }
}

/// Imports answers.
pub async fn responses(
    db: &Database,
    keys: &Keys,
    province: Province,
    source: &Source<'_>,
    run: Run<'_>,
) -> Result<Report, ImportError> {
    let today = run.today;
    let file = CsvFile::read(source, &rows::COLUMNS)?;
    let tx = csv::begin(db, province).await?;
    answers::share_open_day(&tx).await.context("while waiting for the sealing of a day")?;
    let places = places::all(&tx, province).await.context("while reading units and points")?;
    let directory = Directory::new(places);
    let editions = Editions::load(&tx).await?;
    let mut problems = file.faults();
    let rows = Rows::new(&file, &directory, &editions, keys, today, &mut problems);
    rows.check(&mut problems);
    let mut stored = Stored::default();
    if problems.is_empty() {
        stored = store_all(&tx, province, keys, &rows, today, &mut problems).await?;
    }
    if let Err(refused) = problems.into_result(source.name) {
        return Err(csv::refuse(tx, refused).await);
    }
    let levels: Vec<String> = stored.levels.iter().map(|(level, n)| format!("{level} {n}")).collect();
    let levels = if levels.is_empty() { String::new() } else { format!(", new by level: {}", levels.join(", ")) };
    csv::finish(tx, province, Kind::Responses, &file, &levels, run).await?;
    let note = |(level, n): (&Level, &usize)| Both::of(|lang| say::new_answers(lang, level.word(), digits(n)));
    let notes = stored.levels.iter().map(note).collect();
    Ok(Report { rows: file.len(), added: stored.new, changed: 0, unchanged: stored.again, notes })
}

/// What became of the lines.
#[derive(Default)]
struct Stored {
    new: usize,
    again: usize,
    /// New answers by level.
    levels: BTreeMap<Level, usize>,
}

async fn store_all(
    tx: &impl ConnectionTrait,
    province: Province,
    keys: &Keys,
    rows: &Rows<'_>,
    today: Day,
    problems: &mut Problems,
) -> Result<Stored, ImportError> {
    let sealed = installation::find(tx, province).await.context("while reading the installation")?;
    let sealed = sealed.and_then(|installation| installation.sealed_through);
    let mut shown = Shown::load(tx, province, rows).await?;
    let decided = Decided::load(tx, province).await?;
    let mut stored = Stored::default();
    let mut keyed = Keyed::default();
    let mut lines = rows.file.lines().peekable();
    while lines.peek().is_some() {
        let mut batch: Vec<(u64, Submission)> = Vec::with_capacity(AT_A_TIME);
        for line in lines.by_ref().take(AT_A_TIME) {
            let Some(submission) = rows.submission(line, problems) else { continue };
            // The keys of days sealed long ago are forgotten; the answer itself is not.
            let day = submission.day.unwrap_or(today);
            if sealed.is_some_and(|through| day <= through) {
                let leaf = leaf_on(&submission, province, keys, day).context("while encoding an answer")?;
                if answers::is_stored(tx, province, day, &leaf).await.context("while looking for a stored answer")? {
                    stored.again += 1;
                    continue;
                }
            }
            batch.push((line.number(), submission));
        }
        let (numbers, submissions): (Vec<u64>, Vec<Submission>) = batch.into_iter().unzip();
        let outcomes = store(tx, province, keys, today, &submissions).await.context("while storing the answers")?;
        for ((line, submission), outcome) in numbers.into_iter().zip(&submissions).zip(outcomes) {
            let day = submission.day.unwrap_or(today);
            if let (Outcome::Stored(_), Some(id)) = (outcome, decided.closed_by(submission.point, day)) {
                let first = FileDay(day.half().first());
                let id = u64::try_from(id.0).unwrap_or(0);
                problems.add(line, "day", Both::of(|lang| say::moved(lang, id, first)));
                continue;
            }
            match outcome {
                Outcome::Again(_) => stored.again += 1,
                Outcome::ChangedBody | Outcome::TicketSpent => problems.add(line, "serial", say::SERIAL_CHANGED),
                Outcome::Stored(_) if shown.holds(submission, rows.directory, today) => {
                    let half = submission.day.unwrap_or(today).half();
                    let (first, last) = (FileDay(half.first()), FileDay(half.last()));
                    problems.add(line, "day", Both::of(|lang| say::published(lang, first, last)));
                }
                Outcome::Stored(_) => {
                    let (of, day) = (submission, submission.day.unwrap_or(today));
                    let flags = questionnaire::flags(&of.edition.edition, &of.answers);
                    let is_straight = flags & FLAG_ALL_EQUAL != 0;
                    keyed.count((of.point, of.edition.number), (day, today), &of.answers, is_straight);
                    stored.new += 1;
                    *stored.levels.entry(submission.level).or_default() += 1;
                }
            }
        }
    }
    signals::add(tx, province, &keyed.marks).await.context("while counting marks")?;
    Ok(stored)
}

/// What an answer has to have in common with a block to fall into it.
type Stream = (PointId, EditionNumber, Level);

/// The blocks that pages show already.
struct Shown {
    blocks: Vec<Block>,
    asked: HashMap<(Stream, Day), bool>,
}

impl Shown {
    async fn load(tx: &impl ConnectionTrait, province: Province, rows: &Rows<'_>) -> anyhow::Result<Self> {
        let blocks = match rows.days() {
            Some((first, last)) => blocks::of_halves(tx, province, first.half(), last.half())
                .await
                .context("while reading what is published")?,
            None => Vec::new(),
        };
        Ok(Self { blocks, asked: HashMap::new() })
    }

    fn holds(&mut self, submission: &Submission, directory: &Directory, today: Day) -> bool {
        let stream = (submission.point, submission.edition.number, submission.level);
        let day = submission.day.unwrap_or(today);
        let blocks = &self.blocks;
        *self.asked.entry((stream, day)).or_insert_with(|| is_shown(blocks, directory, stream, day))
    }
}
