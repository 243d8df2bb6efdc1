//! Filling a database with the demonstration province, through the same imports and the same storing as real data.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context;

use super::history::fill_series;
use super::late::{fill_late, fill_measures};
use super::{Rated, SimulatedAnswer, answers_of, volumes_of};
use super::{cases, publishing};
use crate::app::Prepared;
use crate::collect::storing::store;
use crate::collect::{Submission, seal};
use crate::questionnaire::{Answer, mask};
use crate::record::FormKey;
use crate::registry::import::{Mode, Run, Source, points, procedures, targets, units};
use crate::registry::{By, InstalledEdition, Snapshot};
use crate::store::volumes::{self, Volume};
use crate::store::{counts, installation, procedures as stored_procedures};
use crate::words::{Day, FieldId, LevelReason, Period, ProcedureId, UnitId};

/// The counter whose QR is shown at the start.
pub const SHOWN_POINT: &str = "MH.X03.Q01";
/// Days of answers.
const DAYS: i32 = 365;
/// Submissions stored with one statement each.
const CHUNK: usize = 2_048;

const UNITS: &str = include_str!("../../surveys/demonstration/units.csv");
const POINTS: &str = include_str!("../../surveys/demonstration/points.csv");
const PROCEDURES: &str = include_str!("../../surveys/demonstration/procedures.csv");
const TARGETS: &str = include_str!("../../surveys/demonstration/targets.csv");

/// Brings the demonstration up to `today`: the province at the first time, then the answers of the days that are missing,
/// at most a year of them.
pub async fn fill(prepared: &Prepared, today: Day, progress: &dyn Fn(&str)) -> anyhow::Result<()> {
    let Prepared { db, province, .. } = prepared;
    let last = counts::days(db.reader(), *province).await.context("while asking for the last answer")?;
    let first = last.map_or(today.plus(-DAYS), |(_, last)| last.plus(1)).max(today.plus(-DAYS));
    if last.is_none() {
        progress("Đang dựng tỉnh Minh Họa (setting up the demonstration province) …");
        let source = |name, text: &'static str| Source { name, bytes: text.as_bytes() };
        let run = Run { today, mode: Mode::Write, by: By::CommandLine };
        units(db, *province, &source("units.csv", UNITS), run).await?;
        procedures(db, *province, &source("procedures.csv", PROCEDURES), run).await?;
        points(db, *province, &source("points.csv", POINTS), run).await?;
        targets(db, *province, &source("targets.csv", TARGETS), run).await?;
        fill_series(db, *province, run).await?;
    }
    if first >= today {
        return Ok(());
    }
    progress("Đang tạo phiếu mô phỏng (simulating answers) …");
    let places = Places::load(prepared).await?;
    store_volumes(prepared, &places, first, today).await?;
    let stored = store_answers(prepared, &places, first, today).await?;
    fill_late(prepared, today).await?;
    fill_measures(prepared, &places.snapshot, today).await?;
    progress("Đang niêm phong (sealing) …");
    let sealed = seal::seal_and_sign(db, &prepared.keys, *province, today.plus(-1), today).await?;
    cases::handle(db, &places.snapshot, today).await?;
    publishing::publish(prepared, today).await?;
    progress(&format!("{stored} phiếu (answers), {} khối (blocks)", sealed.blocks));
    Ok(())
}

/// Codes of the demonstration and the numbers they were given.
struct Places {
    snapshot: Snapshot,
    procedures: HashMap<String, (ProcedureId, FieldId)>,
    edition: Arc<InstalledEdition>,
}

impl Places {
    async fn load(prepared: &Prepared) -> anyhow::Result<Self> {
        let snapshot = Snapshot::load(&prepared.db, prepared.province).await?;
        let procedures = stored_procedures::all(prepared.db.reader(), prepared.province).await?;
        let edition = snapshot.editions.in_force("counter", Day(i32::MAX)).context("no counter edition")?.clone();
        let procedures = procedures.into_iter().map(|known| (known.code, (known.procedure, known.field))).collect();
        Ok(Self { snapshot, procedures, edition })
    }

    fn unit(&self, code: Option<&str>) -> anyhow::Result<UnitId> {
        let Some(code) = code else { return Ok(UnitId::NONE) };
        self.snapshot.directory.unit_by_code(code).with_context(|| format!("no unit {code}"))
    }
}

async fn store_volumes(prepared: &Prepared, places: &Places, first: Day, today: Day) -> anyhow::Result<()> {
    let mut all = Vec::new();
    let mut month = first;
    while month < today {
        for simulated in volumes_of(month).into_iter().filter(|volume| volume.to < today) {
            let directory = &places.snapshot.directory;
            let point = directory.point_by_code(&simulated.point).with_context(|| simulated.point.clone())?;
            all.push(Volume {
                point,
                deciding_unit: places.unit(Some(simulated.deciding_unit))?,
                field: simulated.field.and_then(|name| directory.field_by_name(name)).unwrap_or(FieldId::NONE),
                period: Period::new(simulated.from, simulated.to).context("a volume ends before it begins")?,
                received: simulated.received.into(),
                returned: simulated.returned.into(),
                late: simulated.late.into(),
            });
        }
        let half = month.half();
        month = if month.day_of_month() < 15 { half.next().next().first() } else { half.next().first() };
    }
    let tx = prepared.db.begin().await?;
    volumes::put(&tx, prepared.province, &all).await.context("while storing the volumes")?;
    Ok(tx.commit().await?)
}

async fn store_answers(prepared: &Prepared, places: &Places, first: Day, today: Day) -> anyhow::Result<usize> {
    let mut stored = 0;
    let tx = prepared.db.begin().await?;
    for day in (first.0..today.0).map(Day) {
        let submissions = answers_of(day)
            .iter()
            .enumerate()
            .map(|(at, answer)| submission(prepared, places, answer, at))
            .collect::<anyhow::Result<Vec<_>>>()?;
        for chunk in submissions.chunks(CHUNK) {
            store(&tx, prepared.province, &prepared.keys, day, chunk).await.context("while storing answers")?;
        }
        stored += submissions.len();
    }
    installation::revise(&tx, prepared.province).await?;
    tx.commit().await?;
    Ok(stored)
}

fn submission(prepared: &Prepared, places: &Places, answer: &SimulatedAnswer, at: usize) -> anyhow::Result<Submission> {
    let directory = &places.snapshot.directory;
    let point = directory.point_by_code(&answer.point).with_context(|| format!("no point {}", answer.point))?;
    let (procedure, field) = answer
        .procedure
        .as_ref()
        .and_then(|code| places.procedures.get(code))
        .copied()
        .unwrap_or((ProcedureId::NONE, FieldId::NONE));
    let own_field = directory.point_on(point, answer.day).map_or(FieldId::NONE, |version| version.field);
    let mut answers: Vec<Answer> = answer
        .levels
        .iter()
        .map(|rated| match rated {
            Rated::Blank => Answer::Blank,
            Rated::NotApplicable => Answer::NotApplicable,
            Rated::Level(level) => Answer::Level(*level),
        })
        .collect();
    answers.push(answer.minutes.map_or(Answer::Blank, Answer::Number));
    let source = format!("demonstration {} {at}", answer.day.0);
    Ok(Submission {
        key: FormKey::of_import(&prepared.keys, source.as_bytes(), answer.day),
        day: Some(answer.day),
        edition: places.edition.clone(),
        point,
        deciding_unit: places.unit(answer.deciding_unit.as_deref())?,
        procedure,
        field: if field == FieldId::NONE { own_field } else { field },
        channel: answer.channel,
        level: answer.level,
        reason: LevelReason::None,
        ticket: None,
        helper: answer.helper,
        answers,
        comment: answer.comment.map(|comment| mask(comment).text),
    })
}
