//! How long the pages of the office take with ten million answers of three years in 300 units.
//!
//! `cargo bench --bench office`; with another number of answers: `cargo bench --bench office -- 100000`. A folder behind the
//! number keeps what was filled: the next run measures on it at once.

mod filling;
mod program;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use filling::{Fill, POINTS, UNITS, fill};
use program::load::{drive, get};
use program::{Home, median, say};
use thuocdo::config::Settings;
use thuocdo::staff::{self, Actor, Choice, Hasher, Invitation, Office};
use thuocdo::store::{Database, Opening};
use thuocdo::words::{Grant, Moment, Province, Role, StaffId, UnitId};
use totp_rs::{Builder, Secret};

const SIZE: u64 = 10_000_000;
const DAYS: i32 = 3 * 365;
const FIELDS: u64 = 12;
const WARM: usize = 20;
/// Milliseconds a warm page may take.
const BAR: u64 = 200;
/// Late dossiers, and cases that opened today.
const LATE: i32 = 20_000;
const CASES: i32 = 5_000;
const PASSWORD: &str = "con trâu đi trước cái cày";

/// Who reads which pages.
const PAGES: [(Role, &[&str]); 3] = [
    (
        Role::HomeAffairs,
        &[
            "/quan-tri",
            "/quan-tri/so-lieu",
            "/quan-tri/so-lieu?ky=12t-{half}",
            "/quan-tri/so-lieu?nguon=B",
            "/quan-tri/so-lieu?linh-vuc=3",
            "/quan-tri/so-lieu?linh-vuc=3&nguon=B&nhom=xa",
            "/quan-tri/so-lieu?don-vi=X7",
            "/quan-tri/so-lieu/so-lieu.csv",
            "/quan-tri/so-lieu/tieu-chi.csv",
            "/quan-tri/canh-bao",
            "/quan-tri/phan-anh",
            "/quan-tri/qua-han",
            "/quan-tri/chi-so-khac",
            "/quan-tri/don-vi",
            "/quan-tri/diem",
            "/quan-tri/thu-tuc",
            "/quan-tri/khoi-luong",
            "/quan-tri/chi-tieu",
            "/quan-tri/phieu",
            "/quan-tri/duyet",
            "/quan-tri/tin-hieu",
            "/quan-tri/tin-hieu/X7",
        ],
    ),
    (Role::Auditor, &["/quan-tri", "/quan-tri/to-cao", "/quan-tri/nhat-ky", "/quan-tri/tai-khoan"]),
    (Role::Administrator, &["/quan-tri", "/quan-tri/nhap", "/quan-tri/ap-phich", "/quan-tri/toi"]),
];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let size = words.iter().find_map(|word| word.parse().ok()).unwrap_or(SIZE);
    let kept = words.iter().find(|word| word.contains('/')).map(PathBuf::from);
    let made = tempfile::tempdir().context("while making a folder")?;
    let folder = kept.unwrap_or_else(|| made.path().to_owned());
    measure(&folder, size).await
}

async fn measure(folder: &Path, size: u64) -> anyhow::Result<()> {
    let file = folder.join("thuocdo.db");
    let database = format!("sqlite://{}", file.display());
    let home = Home { folder, database: &database };
    if !file.exists() {
        std::fs::create_dir_all(folder).context("while making the folder")?;
        fill(&home, Fill { size, days: DAYS, fields: FIELDS }).await?;
        furnish(&home)?;
    }
    say(&format!(
        "{size} answers, {UNITS} units, {POINTS} points, {DAYS} days; milliseconds, median of {WARM} (bar: {BAR})"
    ))?;
    let half = thuocdo::words::Half(Moment::now().day().half().0 - 1).last().iso();
    let mut slow = 0;
    for (role, pages) in PAGES {
        let session = session(&home, role).await?;
        let server = home.serve()?;
        // The registry is read with the first request; cases open within the first minute.
        drive(server.address, 1, &[get("/quan-tri/dang-nhap")], 200, false).await?;
        tokio::time::sleep(Duration::from_secs(if role == Role::HomeAffairs { 20 } else { 1 })).await;
        for path in pages {
            let path = path.replace("{half}", &half);
            let request = get_as(&path, &session);
            let mut cold = drive(server.address, 1, std::slice::from_ref(&request), 200, false).await?.latencies;
            let before = server.processor_seconds()?;
            let mut again = drive(server.address, 1, &vec![request; WARM], 200, false).await?;
            let used = (server.processor_seconds()? - before) * 1_000.0 / again.count();
            let (cold, warm) = (median(&mut cold), median(&mut again.latencies));
            slow += usize::from(warm > 200.0);
            say(&format!(
                "  {:<16} {path:<46} first {cold:>8.1}   warm {warm:>7.1}, of the processor {used:.1}",
                role.word()
            ))?;
        }
    }
    anyhow::ensure!(slow == 0, "{slow} pages are slower than {BAR} ms");
    Ok(())
}

/// A target, late dossiers, and bad ratings with a comment of today: each opens a case within a minute.
fn furnish(home: &Home<'_>) -> anyhow::Result<()> {
    let today = Moment::now().day();
    let day = |before: i32| today.plus(-before).iso();
    let mut dossiers = String::from("number,point,received,due,returned\n");
    let mut responses = String::from("point,day,channel,level,serial,attitude,comment\n");
    for n in 0..LATE {
        let (received, due, back) = (day(40), day(10 + n % 20), if n % 3 == 0 { String::new() } else { day(1) });
        writeln!(dossiers, "H98-{n},Q{},{received},{due},{back}", n % 900).context("a line")?;
    }
    for n in 0..CASES {
        writeln!(responses, "Q{},{},paper,D,M{n},{},Chờ lâu quá", n % 900, day(0), 1 + n % 2).context("a line")?;
    }
    let targets = "measure,field,unit,year_from,year_to,threshold,value,comparison,citation,issuer\n\
                   counter,,P,2020,,90%,percent,>=,KH 1,UBND\n";
    for (kind, text) in [("targets", targets), ("dossiers", &dossiers), ("responses", &responses)] {
        let file = home.folder.join(kind);
        std::fs::write(&file, text).context("while writing a file")?;
        home.run(&["import", kind, &file.display().to_string()])?;
    }
    Ok(())
}

/// The session of somebody new with a role in the whole province.
async fn session(home: &Home<'_>, role: Role) -> anyhow::Result<String> {
    let db = Database::open(home.database, Opening::Existing).await?;
    let keys = Settings { keys: Some(home.folder.join("thuocdo.keys")), ..Settings::default() }.load_keys(None)?;
    let email = format!("{}.{:08x}@thu.gov.vn", role.word(), rand::random::<u32>());
    let office = Office { db: &db, province: Province(1), keys: &keys, now: Moment::now(), letters: None };
    let invitation =
        Invitation {
            email: &email, name: "Người Thử", own_unit: UnitId(2), grant: Grant { role, unit: UnitId::NONE }
        };
    let invited = staff::invite(&office, Actor { staff: StaffId(0), name: "cli" }, invitation).await?;
    let invited = invited.map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let link = staff::look_at_link(&office, &invited.token).await?.context("no link")?;
    let secret = Secret::try_from_base32(staff::secret_base32(&keys, Province(1), &link.seed)).context("no secret")?;
    let totp = Builder::new().with_secret(secret).build().context("no codes")?;
    let code = totp.generate(u64::try_from(office.now.unix())?).to_string();
    let choice = Choice { email: "", name: "", password: PASSWORD, again: PASSWORD, code: &code };
    let activated = staff::activate(&office, &Hasher::default(), &invited.token, choice).await?;
    let (session, _) = activated.map_err(|refusals| anyhow::anyhow!("{refusals:?}"))?;
    let session = session.token.to_string();
    db.close().await?;
    Ok(session)
}

/// A GET of somebody who has signed in.
fn get_as(path: &str, session: &str) -> Arc<[u8]> {
    format!("GET {path} HTTP/1.1\r\nHost: thuocdo\r\nSec-Fetch-Site: same-origin\r\nCookie: phien={session}\r\n\r\n")
        .into_bytes()
        .into()
}
