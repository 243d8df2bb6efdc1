//! Thirty people sign in at the same moment: what the citizen's form feels of it.
//!
//! `cargo bench --bench sign_in`; with PostgreSQL where `TEST_DATABASE_URL` names a server. Citizens open the form of a
//! counter all the time, some two hundred a second; in every round thirty people with an account sign in at once, each
//! with a password that costs 46 MiB and a core for some hundredths of a second. Measured is the time of the form while
//! they do, beside the time while nobody does.

mod program;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use program::load::{drive, get};
use program::{Home, median, quantile, say};
use thuocdo::config::Settings;
use thuocdo::record::Keys;
use thuocdo::staff::{self, Actor, Choice, Hasher, Invitation, Office};
use thuocdo::store::{Database, Opening};
use thuocdo::words::{Grant, Moment, Province, Role, StaffId, UnitId};
use totp_rs::{Builder, Secret};

const PEOPLE: usize = 30;
const ROUNDS: usize = 5;
/// Connections of citizens, and the time between two forms of each.
const CITIZENS: usize = 8;
const PAUSE: Duration = Duration::from_millis(40);
const PASSWORD: &str = "con trâu đi trước cái cày";

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("while making a folder")?;
    let sqlite = format!("sqlite://{}", folder.path().join("thuocdo.db").display());
    measure("SQLite", &Home { folder: folder.path(), database: &sqlite }).await?;
    #[expect(clippy::disallowed_methods, reason = "a benchmark has no settings; whoever runs it names the server")]
    let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
        return say("PostgreSQL is skipped: TEST_DATABASE_URL names no server");
    };
    let name = format!("thuocdo_bench_{:016x}", rand::random::<u64>());
    let admin = sea_orm::Database::connect(&server).await.context("while connecting to PostgreSQL")?;
    sea_orm::ConnectionTrait::execute_unprepared(&admin, &format!("CREATE DATABASE {name}")).await?;
    let (host, _) = server.split('?').next().unwrap_or_default().rsplit_once('/').context("no name in the URL")?;
    let database = format!("{host}/{name}");
    let folder = tempfile::tempdir().context("while making a folder")?;
    let measured = measure("PostgreSQL", &Home { folder: folder.path(), database: &database }).await;
    sea_orm::ConnectionTrait::execute_unprepared(&admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await?;
    measured
}

async fn measure(name: &str, home: &Home<'_>) -> anyhow::Result<()> {
    let form = form(home)?;
    let people = people(home).await?;
    let server = home.serve()?;
    let began = server.processor_seconds()?;
    let (mut quiet, mut busy, mut each, mut all) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut people_in = 0.0;
    for round in 0..ROUNDS {
        let nobody = Arc::new(AtomicBool::new(false));
        let citizens = tokio::spawn(citizens(server.address, form.clone(), nobody.clone()));
        tokio::time::sleep(Duration::from_secs(2)).await;
        nobody.store(true, Ordering::Relaxed);
        quiet.extend(citizens.await.context("while waiting for citizens")??);
        let over = Arc::new(AtomicBool::new(false));
        let citizens = tokio::spawn(self::citizens(server.address, form.clone(), over.clone()));
        let requests: Vec<Arc<[u8]>> =
            people.iter().map(|person| person.sign_in(round)).collect::<anyhow::Result<_>>()?;
        let signed = drive(server.address, PEOPLE, &requests, 303, false).await?;
        over.store(true, Ordering::Relaxed);
        busy.extend(citizens.await.context("while waiting for citizens")??);
        ensure!(signed.latencies.len() == PEOPLE, "not everybody signed in");
        all.push(signed.seconds);
        people_in += signed.count();
        each.extend(signed.latencies);
    }
    let line = |values: &mut Vec<f64>| {
        let (p50, p95, p99) = (quantile(values, 0.5), quantile(values, 0.95), quantile(values, 0.99));
        format!("p50 {p50:.1}, p95 {p95:.1}, p99 {p99:.1} ms of {} forms", values.len())
    };
    say(&format!("{name}: {ROUNDS} rounds, {PEOPLE} people sign in at once"))?;
    say(&format!("  form while nobody signs in   {}", line(&mut quiet)))?;
    say(&format!("  form while they sign in      {} (bar: p95 below 50)", line(&mut busy)))?;
    let used = server.processor_seconds()? - began;
    say(&format!("  processor of the server      {used:.1} s for {people_in:.0} sign-ins and the forms beside them"))?;
    say(&format!(
        "  all thirty are in after      {:.2} s, the slowest waits {:.0} ms",
        median(&mut all),
        quantile(&mut each, 1.0)
    ))
}

/// Opens the form again and again on some connections until it is over; milliseconds of each.
async fn citizens(address: std::net::SocketAddr, form: Arc<[u8]>, over: Arc<AtomicBool>) -> anyhow::Result<Vec<f64>> {
    let mut connections = tokio::task::JoinSet::new();
    for at in 0..CITIZENS {
        let (form, over) = (form.clone(), over.clone());
        connections.spawn(async move {
            let mut latencies = Vec::new();
            tokio::time::sleep(PAUSE / 8 * u32::try_from(at).unwrap_or(0)).await;
            while !over.load(Ordering::Relaxed) {
                let began = Instant::now();
                latencies.extend(drive(address, 1, std::slice::from_ref(&form), 200, false).await?.latencies);
                tokio::time::sleep(PAUSE.saturating_sub(began.elapsed())).await;
            }
            anyhow::Ok(latencies)
        });
    }
    let mut latencies = Vec::new();
    while let Some(done) = connections.join_next().await {
        latencies.extend(done.context("while waiting for a connection")??);
    }
    Ok(latencies)
}

/// Somebody with an account and recovery codes on paper.
struct Person {
    email: String,
    codes: Vec<String>,
}

impl Person {
    fn sign_in(&self, round: usize) -> anyhow::Result<Arc<[u8]>> {
        let code = self.codes.get(round).context("no code is left")?;
        let part =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let body = format!("email={}&mat_khau={}&ma={}", part(&self.email), part(PASSWORD), part(code));
        let head = "POST /quan-tri/dang-nhap HTTP/1.1\r\nHost: thuocdo\r\nSec-Fetch-Site: same-origin\r\n\
                    Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ";
        Ok(format!("{head}{}\r\n\r\n{body}", body.len()).into_bytes().into())
    }
}

/// Makes and activates the accounts.
async fn people(home: &Home<'_>) -> anyhow::Result<Vec<Person>> {
    let db = Database::open(home.database, Opening::Existing).await?;
    let keys = Settings { keys: Some(home.folder.join("thuocdo.keys")), ..Settings::default() }.load_keys(None)?;
    let hasher = Hasher::default();
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        people.push(person(&db, &keys, &hasher, n).await?);
    }
    db.close().await?;
    Ok(people)
}

async fn person(db: &Database, keys: &Keys, hasher: &Hasher, n: usize) -> anyhow::Result<Person> {
    let email = format!("nguoi{n}@thu.gov.vn");
    let office = Office { db, province: Province(1), keys, now: Moment::now(), letters: None };
    let grant = Grant { role: Role::Leader, unit: UnitId::NONE };
    let invitation = Invitation { email: &email, name: "Người Thử", own_unit: UnitId::NONE, grant };
    let invited = staff::invite(&office, Actor { staff: StaffId(0), name: "cli" }, invitation).await?;
    let invited = invited.map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let link = staff::look_at_link(&office, &invited.token).await?.context("no link")?;
    let secret = Secret::try_from_base32(staff::secret_base32(keys, Province(1), &link.seed)).context("no secret")?;
    let totp = Builder::new().with_secret(secret).build().context("no codes")?;
    let code = totp.generate(u64::try_from(office.now.unix())?).to_string();
    let choice = Choice { email: "", name: "", password: PASSWORD, again: PASSWORD, code: &code };
    let activated = staff::activate(&office, hasher, &invited.token, choice).await?;
    let (_, codes) = activated.map_err(|refusals| anyhow::anyhow!("{refusals:?}"))?;
    Ok(Person { email, codes })
}

/// Makes a counter; its form.
fn form(home: &Home<'_>) -> anyhow::Result<Arc<[u8]>> {
    for (name, text) in [
        ("units", "code,name,kind,parent\nP,Tỉnh,province,\n"),
        ("points", "code,unit,name,kind,questionnaire\nQ1,P,Quầy 1,counter,counter\n"),
    ] {
        let file = home.folder.join(name);
        std::fs::write(&file, text).context("while writing a file")?;
        home.run(&["import", name, &file.display().to_string()])?;
    }
    let (list, _) = home.run(&["point", "list"])?;
    let code = list.trim_end().rsplit('/').next().context("no code")?.to_owned();
    Ok(get(&format!("/q/{code}")))
}
