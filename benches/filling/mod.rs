//! A database filled with the answers of some years: 300 units with three counters each.

use std::fmt::Write as _;
use std::time::Instant;

use anyhow::Context;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use thuocdo::app::{self, Data, Prepared};
use thuocdo::collect::storing::store;
use thuocdo::collect::{Submission, seal};
use thuocdo::config::Settings;
use thuocdo::questionnaire::Answer;
use thuocdo::record::FormKey;
use thuocdo::registry::Snapshot;
use thuocdo::store::Opening;
use thuocdo::store::places::{Point, PointVersion};
use thuocdo::words::{Channel, Day, FieldId, Helper, Level, LevelReason, Moment, PointId, ProcedureId, UnitId};

use super::program::{Home, say};

/// Units, the province among them.
pub(crate) const UNITS: u64 = 300;
/// Collection points.
pub(crate) const POINTS: u64 = 900;
/// Answers stored with one statement each.
const CHUNK: u64 = 8_192;

/// What a database is filled with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fill {
    /// Answers.
    pub(crate) size: u64,
    /// Days that they came in; the last one was yesterday.
    pub(crate) days: i32,
    /// Fields of administration, told apart by the counters; none for 0.
    pub(crate) fields: u64,
}

/// Fills a new database, and seals it.
pub(crate) async fn fill(home: &Home<'_>, with: Fill) -> anyhow::Result<()> {
    let began = Instant::now();
    let mut units = String::from("code,name,kind,parent\nP,Tỉnh,province,\n");
    let mut points = String::from("code,unit,name,kind,questionnaire,field,officers\n");
    for unit in 1..UNITS {
        writeln!(units, "X{unit},Xã {unit},commune,P").context("while writing a line")?;
    }
    for point in 0..POINTS {
        let field = if with.fields == 0 { String::new() } else { format!("Lĩnh vực {}", point % with.fields) };
        let unit = 1 + point % (UNITS - 1);
        writeln!(points, "Q{point},X{unit},Quầy {point},counter,counter,{field},2").context("a line")?;
    }
    for (name, text) in [("units", units), ("points", points)] {
        let file = home.folder.join(name);
        std::fs::write(&file, text).context("while writing a file")?;
        home.run(&["import", name, &file.display().to_string()])?;
    }
    let keys = home.folder.join("thuocdo.keys");
    let settings = Settings { database: home.database.to_owned(), keys: Some(keys), ..Settings::default() };
    let prepared = app::prepare(&settings, Opening::Existing, Data::Real).await?;
    let today = Moment::now().day();
    store_all(&prepared, with, today).await?;
    let stored = began.elapsed();
    let sealed = seal::seal(&prepared.db, prepared.province, today.plus(-1), today).await?;
    prepared.db.close().await.context("while closing the database")?;
    let (stored, all) = (stored.as_secs_f64(), began.elapsed().as_secs_f64());
    say(&format!("filled in {all:.0} s (storing {stored:.0} s): {} answers, {} blocks", sealed.answers, sealed.blocks))
}

async fn store_all(prepared: &Prepared, with: Fill, today: Day) -> anyhow::Result<()> {
    let size = with.size;
    let snapshot = Snapshot::load(&prepared.db, prepared.province).await?;
    let edition = snapshot.editions.in_force("counter", today).context("no counter edition")?.clone();
    let of = |(point, versions): (&Point, &[PointVersion])| {
        (point.point, versions.first().map_or(FieldId::NONE, |version| version.field))
    };
    let points: Vec<(PointId, FieldId)> = snapshot.directory.points().into_iter().map(of).collect();
    let mut random = ChaCha8Rng::seed_from_u64(size);
    let submission = |random: &mut ChaCha8Rng, serial: u64, day: Day| {
        let is_open = random.random_bool(0.5);
        let mut answers: Vec<Answer> = (0..5)
            .map(|_| if random.random_bool(0.1) { Answer::Blank } else { Answer::Level(random.random_range(2..=5)) })
            .collect();
        answers.push(Answer::Number(random.random_range(0..60)));
        let at = random.random_range(0..points.len());
        let (point, field) = points.get(at).copied().unwrap_or((PointId(1), FieldId::NONE));
        Submission {
            key: FormKey::of_import(&prepared.keys, &serial.to_be_bytes(), day),
            day: Some(day),
            edition: edition.clone(),
            point,
            deciding_unit: UnitId::NONE,
            procedure: ProcedureId::NONE,
            field,
            channel: if is_open { Channel::CounterQr } else { Channel::Paper },
            level: if is_open { Level::D } else { Level::B },
            reason: LevelReason::None,
            ticket: None,
            helper: Helper::None,
            answers,
            comment: None,
        }
    };
    let days = u64::try_from(with.days).unwrap_or(1);
    let tx = prepared.db.begin().await.context("while taking the turn to write")?;
    let mut serial = 0;
    while serial < size {
        let end = (serial + CHUNK).min(size);
        // In order of time, as answers come: the first day first.
        let day = |serial: u64| today.plus(i32::try_from(serial * days / size).unwrap_or(0) - with.days);
        let chunk: Vec<Submission> = (serial..end).map(|serial| submission(&mut random, serial, day(serial))).collect();
        store(&tx, prepared.province, &prepared.keys, today, &chunk).await.context("while storing answers")?;
        serial = end;
    }
    tx.commit().await.context("while committing")
}
