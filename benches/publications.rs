//! How long it takes to freeze and approve a publication, to write its bundles and to check them, and how long the public pages
//! take beside it: 1,000,000 answers of half a year in 300 units.
//!
//! `cargo bench --bench publications`, or with other numbers: `cargo bench --bench publications -- 20000`.

mod filling;
mod program;

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, bail};
use filling::{Fill, UNITS, fill};
use program::load::{drive, get};
use program::{Home, median, say};
use thuocdo::app::{self, Data, Prepared};
use thuocdo::bundle::verify;
use thuocdo::collect::seal;
use thuocdo::config::Settings;
use thuocdo::publications::bundle::{self, Kind};
use thuocdo::publications::files::Site;
use thuocdo::publications::{self, Approving, Below, Choice, NotDone, Who};
use thuocdo::publish::Figures;
use thuocdo::registry::Snapshot;
use thuocdo::store::{Opening, publications as stored};
use thuocdo::words::{Day, Half, Measure, Moment, Role, StaffId};

const SIZE: u64 = 1_000_000;
const DAYS: i32 = 184;
const WARM: usize = 40;
const STARTS: usize = 5;
const SITE: Site<'static> = Site {
    base_url: "https://thu.example.gov.vn",
    publisher: "P",
    licence: "free",
    licence_url: "https://creativecommons.org/licenses/by/4.0/",
};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let asked: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![SIZE] } else { asked };
    for size in sizes {
        measure(size).await?;
    }
    Ok(())
}

async fn measure(size: u64) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("while making a folder")?;
    let database = format!("sqlite://{}", folder.path().join("thuocdo.db").display());
    let home = Home { folder: folder.path(), database: &database };
    fill(&home, Fill { size, days: DAYS, fields: 6 }).await?;
    let keys = folder.path().join("thuocdo.keys");
    let settings = Settings { database: database.clone(), keys: Some(keys), ..Settings::default() };
    let prepared = app::prepare(&settings, Opening::Existing, Data::Real).await?;
    let slug = publish(&prepared).await?;
    for (kind, name, most) in [(Kind::Public, "public.zip", 10.0), (Kind::Auditor, "auditor.zip", 30.0)] {
        let file = folder.path().join(name);
        let began = Instant::now();
        write(&prepared, &slug, kind, &file).await?;
        let wrote = began.elapsed().as_secs_f64();
        let began = Instant::now();
        let checked = verify(BufReader::new(File::open(&file)?), None, |_, _| ())?;
        let took = began.elapsed().as_secs_f64();
        let megabytes = std::fs::metadata(&file)?.len() / 1_000_000;
        say(&format!(
            "  {name}: written in {wrote:.1} s, {megabytes} MB; verified in {took:.1} s (bar: {most}): {} figures, {} leaves, \
             {} records",
            checked.figures,
            checked.leaves,
            checked.records.unwrap_or(0)
        ))?;
        if took > most {
            bail!("{name}: {took:.1} s");
        }
    }
    prepared.db.close().await.context("while closing the database")?;
    pages(&home, &slug).await
}

fn done<T>(came: Result<T, NotDone>) -> anyhow::Result<T> {
    match came {
        Ok(done) => Ok(done),
        Err(NotDone::Fault(fault)) => Err(fault),
        Err(NotDone::Refused(refusal)) => bail!("{refusal:?}"),
    }
}

/// Publishes the half-months that lie whole in the filled days; the name.
async fn publish(prepared: &Prepared) -> anyhow::Result<String> {
    let Prepared { db, province, keys } = prepared;
    let today = Moment::now().day();
    seal::seal_and_sign(db, keys, *province, today.plus(-1), today).await?;
    let snapshot = Snapshot::load(db, *province).await?;
    let unit = |code: &str| snapshot.directory.unit_by_code(code).context("a unit is missing");
    let first: Half = today.plus(-DAYS).half().next();
    let last: Day = today.half().first().plus(-1);
    let choice = Choice {
        unit: unit("P")?.0,
        from: first.first().0,
        to: last.0,
        measure: Measure::Counter.code(),
        below: Below::All,
        sources: true,
        fields: true,
        series: true,
    };
    let now = Moment::now();
    let by = |staff, own_unit, role| Who { staff: StaffId(staff), own_unit, role, by: "bench", now };
    let began = Instant::now();
    let figures = Figures::default();
    let home_affairs = by(1, unit("X1")?, Role::HomeAffairs);
    let (slug, version) = done(publications::submit(db, &snapshot, &figures, &home_affairs, &choice, "").await)?;
    let froze = began.elapsed().as_secs_f64();
    let approving =
        Approving { decision: "1/QĐ-UBND", decided: Some(today), release_at: now, submitted_role: Role::HomeAffairs };
    let committee = by(2, unit("X2")?, Role::ProcedureControl);
    let began = Instant::now();
    let of = (slug.as_str(), version);
    done(publications::approve(db, &snapshot, keys, &SITE, &committee, of, &approving).await)?;
    let approved = began.elapsed().as_secs_f64();
    say(&format!("  {UNITS} units frozen and submitted in {froze:.1} s, approved in {approved:.1} s"))?;
    Ok(slug)
}

async fn write(prepared: &Prepared, slug: &str, kind: Kind, file: &Path) -> anyhow::Result<()> {
    let (db, province) = (&prepared.db, prepared.province);
    let version = stored::versions(db.reader(), province, slug).await?.into_iter().next().context("no version")?;
    let contents = publications::contents(db, province, (slug, version.version)).await?.context("no content")?;
    let out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    bundle::write(db, province, &version, &contents, kind, out, |_, _| ()).await?;
    Ok(())
}

async fn pages(home: &Home<'_>, slug: &str) -> anyhow::Result<()> {
    let published = format!("/cong-bo/{slug}");
    for path in ["/", published.as_str(), "/don-vi/X7", "/don-vi/P", "/du-lieu", "/cong-bo"] {
        let (mut cold, mut warm, mut used) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..STARTS {
            let server = home.serve()?;
            cold.extend(drive(server.address, 1, &[get(path)], 200, false).await?.latencies);
            let before = server.processor_seconds()?;
            let again = drive(server.address, 1, &vec![get(path); WARM], 200, false).await?;
            used.push((server.processor_seconds()? - before) * 1_000.0 / again.count());
            warm.extend(again.latencies);
        }
        say(&format!(
            "  {path:<40} cold {:>7.1}   warm {:>6.1} (bar: 20), of the processor {:.1}",
            median(&mut cold),
            median(&mut warm),
            median(&mut used)
        ))?;
    }
    Ok(())
}
