//! The rows of a day: leaves from their columns, commitments of comments, cells from answers.

use std::collections::BTreeMap;

use anyhow::Context;

use super::{Report, receipt};
use crate::questionnaire::{Edition, Tally, decode};
use crate::record::{Comment, Record, comment_commitment};
use crate::registry::Editions;
use crate::store::batches::{self, Source};
use crate::store::counts::{self, Count, Series};
use crate::store::raw::{self, RawAnswer, RawComment};
use crate::store::{ConnectionTrait, DbErr};
use crate::words::{Channel, Day, EditionNumber, FieldId, Helper, Level, PointId, ProcedureId, Province, UnitId};

/// Rows that are read at a time.
const AT_A_TIME: u16 = 2_048;

/// Tallies of a day.
type Tallies<'a> = BTreeMap<Series, (&'a Edition, Tally)>;

pub(super) struct Days<'a> {
    province: Province,
    editions: &'a Editions,
    /// Erasures of comments by the day of their form, as the staff log has them.
    erasures: BTreeMap<String, usize>,
}

impl<'a> Days<'a> {
    pub(super) const fn new(province: Province, editions: &'a Editions, erasures: BTreeMap<String, usize>) -> Self {
        Self { province, editions, erasures }
    }

    /// Checks everything of a day.
    pub(super) async fn check(
        &self,
        db: &impl ConnectionTrait,
        day: Day,
        is_open: bool,
        report: &mut Report,
    ) -> anyhow::Result<()> {
        let checked = match self.check_rows(db, day, is_open, report).await {
            // A value that no program of ours writes.
            Err(DbErr::Type(what)) => {
                report.fault("cell", day.iso(), format!("a row cannot be read: {what}"));
                Ok(())
            }
            other => other,
        };
        checked.with_context(|| format!("while reading what is stored of {}", day.iso()))
    }

    async fn check_rows(
        &self,
        db: &impl ConnectionTrait,
        day: Day,
        is_open: bool,
        report: &mut Report,
    ) -> Result<(), DbErr> {
        let mut tallies = Tallies::new();
        let mut erased = 0;
        let sealed = self.table(db, day, Source::Sealed, &mut tallies, &mut erased, report).await?;
        if is_open {
            self.table(db, day, Source::Open, &mut tallies, &mut erased, report).await?;
        }
        let known = self.erasures.get(&day.iso()).copied().unwrap_or(0);
        if erased > known {
            let what = format!("{erased} comments are erased, and the staff log knows of {known}");
            report.fault("comment", day.iso(), what);
        }
        let batches = batches::of_day(db, self.province, day).await?;
        if sealed > 0 && batches.is_empty() {
            report.fault("batch", day.iso(), format!("{sealed} sealed answers stand in no batch of the record"));
        }
        self.cells(db, day, &tallies, report).await
    }

    /// The answers and comments of one pair of tables; how many answers there are.
    async fn table(
        &self,
        db: &impl ConnectionTrait,
        day: Day,
        source: Source,
        tallies: &mut Tallies<'a>,
        erased: &mut usize,
        report: &mut Report,
    ) -> Result<u64, DbErr> {
        let is_open = source == Source::Open;
        let (of_answers, of_comments) =
            if is_open { ("response_open", "comment_open") } else { ("response", "comment") };
        let comments = raw::comments(db, (self.province, day), source).await?;
        let mut comments: BTreeMap<Vec<u8>, RawComment> =
            comments.into_iter().map(|comment| (comment.leaf.clone(), comment)).collect();
        let late = if is_open { Vec::new() } else { batches::late_of_day(db, self.province, day).await? };
        let mut late: BTreeMap<Vec<u8>, i32> = late.into_iter().collect();
        let (mut after, mut count) = (Vec::new(), 0);
        // Every turn reads on from the last leaf, hence it ends.
        loop {
            let page = raw::answers(db, (self.province, day), source, &after, AT_A_TIME).await?;
            for answer in &page {
                let place = || receipt(day, &answer.leaf);
                if let Err(what) = self.answer(day, answer, tallies) {
                    report.fault(of_answers, place(), what);
                }
                let comment = comments.remove(&answer.leaf);
                *erased += usize::from(comment.as_ref().is_some_and(|comment| comment.erased.is_some()));
                if let Err(what) = of_comment(answer.comment_hash.as_deref(), comment.as_ref()) {
                    report.fault(of_comments, place(), what);
                }
                late.remove(&answer.leaf);
            }
            count += u64::try_from(page.len()).unwrap_or(0);
            let is_last = page.len() < usize::from(AT_A_TIME);
            if let Some(last) = page.into_iter().last() {
                after = last.leaf;
            }
            if is_last {
                break;
            }
        }
        for leaf in comments.keys() {
            report.fault(of_comments, receipt(day, leaf), "the comment has no answer");
        }
        for (leaf, number) in late {
            let what = format!("the answer that came late into batch {number} is missing");
            report.fault("batch_late", receipt(day, &leaf), what);
        }
        *(if is_open { &mut report.open } else { &mut report.sealed }) += count;
        Ok(count)
    }

    /// Computes the leaf of an answer again, and counts it.
    fn answer(&self, day: Day, raw: &RawAnswer, tallies: &mut Tallies<'a>) -> Result<(), String> {
        let installed = self.editions.get(EditionNumber(raw.edition));
        let installed = installed.ok_or_else(|| format!("there is no edition {}", raw.edition))?;
        let altered = || "the answer was altered: its columns do not have its leaf".to_owned();
        let channel = Channel::from_code(raw.channel).ok_or_else(altered)?;
        let level = Level::from_code(raw.level).ok_or_else(altered)?;
        let comment = raw.comment_hash.as_ref().map(|hash| hash.as_slice().try_into()).transpose();
        let record = Record {
            province: self.province,
            day,
            edition_hash: installed.hash,
            point: PointId(raw.point),
            deciding_unit: UnitId(raw.deciding_unit),
            procedure: ProcedureId(raw.procedure),
            field: FieldId(raw.field),
            channel,
            level,
            reason: raw.reason,
            helper: Helper::from_code(raw.helper).ok_or_else(altered)?,
            flags: raw.flags,
            wave: raw.wave,
            place: raw.place,
            answers: raw.answers.clone(),
            comment: comment.map_err(|_length| altered())?,
        };
        let edition = &installed.edition;
        if let Ok(sheet) = decode(edition, &raw.answers) {
            let series = Series {
                day,
                point: record.point,
                deciding_unit: record.deciding_unit,
                edition: installed.number,
                level,
                channel,
                field: record.field,
            };
            let (_, tally) = tallies.entry(series).or_insert_with(|| (edition, Tally::empty(edition)));
            tally.add_answers(edition, &sheet);
        }
        let salt: [u8; 32] = raw.salt.as_slice().try_into().map_err(|_length| altered())?;
        let good = raw.format == Record::format() && record.leaf(&salt).0.as_slice() == raw.leaf;
        if good { Ok(()) } else { Err(altered()) }
    }

    /// Compares the cells of a day with the answers.
    async fn cells(
        &self,
        db: &impl ConnectionTrait,
        day: Day,
        tallies: &Tallies<'_>,
        report: &mut Report,
    ) -> Result<(), DbErr> {
        let stored = counts::cells(db, self.province, day, day).await?;
        let stored: BTreeMap<(Series, i16, i16), Count> =
            stored.into_iter().map(|(series, count)| (key(series, &count), count)).collect();
        let counted: BTreeMap<(Series, i16, i16), Count> = tallies
            .iter()
            .flat_map(|(series, (edition, tally))| {
                counts::counts_of(edition, tally).into_iter().map(|count| (key(*series, &count), count))
            })
            .collect();
        // One fault for each point, so that one answer is not told of a hundred times.
        let mut wrong: BTreeMap<PointId, usize> = BTreeMap::new();
        let missing = counted.iter().filter(|(key, count)| stored.get(key) != Some(count)).map(|(key, _)| key);
        let beyond = stored.keys().filter(|key| !counted.contains_key(key));
        for (series, _, _) in missing.chain(beyond) {
            *wrong.entry(series.point).or_default() += 1;
        }
        for (point, n) in wrong {
            let what = format!("{n} counts are not those of the answers");
            report.fault("cell", format!("{} point {}", day.iso(), point.0), what);
        }
        Ok(())
    }
}

fn key(series: Series, count: &Count) -> (Series, i16, i16) {
    match count {
        Count::Item(item, _) => (series, *item, 0),
        Count::Pair(first, second, _) => (series, *first, *second),
    }
}

/// Whether a comment is the one its answer commits to, or was erased, or there is none where none belongs.
fn of_comment(committed: Option<&[u8]>, comment: Option<&RawComment>) -> Result<(), &'static str> {
    let Some(committed) = committed else {
        return if comment.is_none() { Ok(()) } else { Err("the answer has no comment, and one stands there") };
    };
    let comment = comment.ok_or("the comment is missing")?;
    let good = match (&comment.text, &comment.salt, comment.erased) {
        (None, None, Some(_)) => true,
        (Some(text), Some(salt), None) => salt
            .as_slice()
            .try_into()
            .is_ok_and(|salt| comment_commitment(&Comment { text: text.clone(), salt }).as_slice() == committed),
        _ => false,
    };
    if good { Ok(()) } else { Err("the comment was altered: it is not the one its answer commits to") }
}
