//! Planted words: what a client sends along or writes is searched for, byte by byte, in everything the program leaves
//! behind. The search is shown to find the comment's text where it has to be.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use thuocdo::collect::seal;
use thuocdo::record::Ticket;
use thuocdo::store::{Database, Opening};
use thuocdo::words::{Moment, TicketStage};

use super::free_address;
use crate::program::Home;
use crate::program::form::{OpenForm, hidden};
use crate::program::http::{Client, encode};
use crate::world::{World, databases};

/// The text of the comment without what is masked in it.
const TEXT: &str = "canary-comment-pelican";
const PHONE: &str = "0912345678";
const ADDRESS: &str = "203.0.113.77";
const AGENT: &str = "canary-agent-heron";
const REFERRER: &str = "canary-referrer-stork";
const COOKIE: &str = "canary-cookie-ibis";

const DOSSIER: &str = "HS-CANARY-0975";

/// What was planted, by name.
type Planted = BTreeMap<&'static str, String>;
/// Where something was found: its name, and the place.
type Found = Vec<(&'static str, String)>;

/// Sends a form with everything a client can betray itself with.
fn plant(address: SocketAddr, code: &str, ticket: &Ticket) -> Planted {
    let mut client = Client::new(address);
    let form = OpenForm::open(&mut client, code).unwrap();
    let body = encode(&form.filled(&[("attitude", "4"), ("comment", &format!("{TEXT} {PHONE}"))]));
    let head = format!(
        "POST /q/{code}?canary-query HTTP/1.1\r\nHost: thuocdo\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nUser-Agent: {AGENT}\r\nReferer: https://{REFERRER}/\r\nX-Forwarded-For: {ADDRESS}\r\n\
         Forwarded: for={ADDRESS}\r\nX-Real-IP: {ADDRESS}\r\nCookie: a={COOKIE}\r\n\r\n",
        body.len()
    );
    let thanks = client.send("POST", &[head.as_bytes(), body.as_bytes()].concat()).unwrap();
    assert_eq!(thanks.status, 303, "{}", thanks.text());
    let (receipt, _) = thanks.receipt().unwrap();
    // The receipt is asked for by POST, and something is asked for that is not there.
    let asked = client.post("/bien-nhan", &[("ma".to_owned(), receipt.clone())]).unwrap();
    assert_eq!(asked.status, 200);
    assert_eq!(client.get(&format!("/canary-path-egret?{ADDRESS}")).unwrap().status, 404);
    // A ticket: looked at, answered, looked at again, disputed.
    let path = format!("/p/{}", ticket.code());
    let hidden = hidden(&client.get(&path).unwrap().text());
    let with_ticket = OpenForm { path: "/p".to_owned(), hidden };
    assert_eq!(with_ticket.send(&mut client, &[("attitude", "2")]).unwrap().status, 303);
    assert_eq!(client.get(&path).unwrap().status, 410);
    let dispute = [("_phieu", ticket.code()), ("_viec", "xac-nhan".to_owned())];
    let dispute: Vec<(String, String)> = dispute.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    assert_eq!(client.post("/p", &dispute).unwrap().status, 200);
    let key = form.get("_khoa").split('.').next().unwrap().to_owned();
    BTreeMap::from([
        ("text", TEXT.to_owned()),
        ("phone", PHONE.to_owned()),
        ("address", ADDRESS.to_owned()),
        ("agent", AGENT.to_owned()),
        ("referrer", REFERRER.to_owned()),
        ("cookie", COOKIE.to_owned()),
        ("query", "canary-query".to_owned()),
        ("path", "canary-path-egret".to_owned()),
        ("receipt", receipt.replace(['-', ' '], "")),
        ("receipt as shown", receipt),
        ("form key", key),
        ("ticket", ticket.code()),
        ("dossier", DOSSIER.to_owned()),
    ])
}

/// The planted words in some bytes: as they are, and with what JSON and forms would make of them left alone.
fn search(planted: &Planted, place: &str, bytes: &[u8]) -> Found {
    let holds = |word: &str| bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()));
    planted.iter().filter(|(_, word)| holds(word)).map(|(name, _)| (*name, place.to_owned())).collect()
}

/// Everything in a folder and below.
fn search_files(planted: &Planted, folder: &Path) -> Found {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(search_files(planted, &path));
        } else {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            found.extend(search(planted, &name, &fs::read(&path).unwrap()));
        }
    }
    found
}

/// Every column of every table, as its owner reads it: as the bytes it holds, and as the text it is shown as.
async fn search_tables(planted: &Planted, owner: &DatabaseConnection) -> Found {
    let is_postgres = owner.get_database_backend() == DbBackend::Postgres;
    let columns = if is_postgres {
        "SELECT convert_to(table_name || '.' || column_name || '.' || data_type, 'UTF8')
         FROM information_schema.columns WHERE table_schema = 'public'"
    } else {
        "SELECT CAST(t.name || '.' || c.name || '.' || c.type AS BLOB) FROM sqlite_master t, pragma_table_info(t.name) c
         WHERE t.type = 'table'"
    };
    let columns = ask(owner, columns.to_owned()).await;
    assert!(columns.len() > 150, "{}", columns.len());
    let mut found = Vec::new();
    for column in columns {
        let column = String::from_utf8(column).unwrap();
        let [table, column, kind] = column.splitn(3, '.').collect::<Vec<_>>()[..] else { panic!("{column}") };
        let ways = match (is_postgres, kind) {
            (true, "bytea") => vec![column.to_owned(), format!("convert_to(encode({column}, 'escape'), 'UTF8')")],
            (true, _) => vec![format!("convert_to(CAST({column} AS text), 'UTF8')")],
            (false, _) => vec![format!("CAST({column} AS BLOB)")],
        };
        for way in ways {
            let values = ask(owner, format!("SELECT {way} FROM {table} WHERE {column} IS NOT NULL")).await;
            found.extend(search(planted, &format!("{table}.{column}"), &values.join(&b'\n')));
        }
    }
    found
}

async fn ask(db: &DatabaseConnection, sql: String) -> Vec<Vec<u8>> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

fn names(found: &Found) -> Vec<(&str, &str)> {
    let mut names: Vec<(&str, &str)> = found.iter().map(|(name, place)| (*name, place.as_str())).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Posts with debug logs, scrapes, seals, and searches before and after.
async fn check(world: &World) {
    world.db.clone().close().await.unwrap();
    let home = Home::with(&world.url, &world.keys);
    home.with_counters();
    let code = home.public_code("X1.Q1");
    // The file of dossiers itself is the office's; it lies elsewhere.
    let elsewhere = tempfile::tempdir().unwrap();
    let (file, today) = (elsewhere.path().join("d.csv"), Moment::now().day().iso());
    fs::write(&file, format!("number,point,received,returned\n{DOSSIER},X1.Q1,{today},{today}\n")).unwrap();
    home.does(&["import", "dossiers", file.to_str().unwrap()]);
    let ticket = Ticket::of(&world.keys, world.province, DOSSIER, TicketStage::Result);
    let (metrics, temporary) = (free_address(), home.path().join("temporary"));
    fs::create_dir(&temporary).unwrap();
    let temporary = temporary.display().to_string();
    let server = home.serve_with(&[
        ("THUOCDO_LOG", "debug"),
        ("THUOCDO_LOG_REQUESTS", "hourly"),
        ("THUOCDO_METRICS", &metrics),
        ("TMPDIR", &temporary),
        ("RUST_LOG", "trace"),
    ]);
    let planted = plant(server.address, &code, &ticket);
    let told = Client::new(metrics.parse().unwrap()).get("/metrics").unwrap().text();
    assert_eq!(search(&planted, "metrics", told.as_bytes()), []);
    let owner = sea_orm::Database::connect(&world.url).await.unwrap();
    let open = search_tables(&planted, &owner).await;
    assert_eq!(names(&open), [("text", "comment_open.text")], "before sealing");
    let mut files = database_files(world, &planted);
    // The log of the open day, or the file once it was emptied into it, holds the comment: the search finds what is there.
    files.retain(|(_, place)| !["thuocdo.db", "thuocdo.db-wal"].contains(&place.as_str()));
    assert_eq!(names(&files), [], "beside the database");
    if world.db.file().is_some() {
        assert!(
            database_files(world, &planted).iter().any(|(name, _)| *name == "text"),
            "the search finds the comment"
        );
    }
    owner.close().await.unwrap();
    assert_eq!(server.stop(), Some(0));

    let db = Database::open(&world.url, Opening::Existing).await.unwrap();
    let today = Moment::now().day();
    assert_eq!(seal::seal(&db, world.province, today, today.plus(1)).await.unwrap().answers, 2);
    let log = world.db.file().map(|file| file.with_extension("db-wal"));
    assert_eq!(log.map_or(0, |log| fs::metadata(log).map_or(0, |log| log.len())), 0);
    db.close().await.unwrap();
    let owner = sea_orm::Database::connect(&world.url).await.unwrap();
    let sealed = search_tables(&planted, &owner).await;
    owner.close().await.unwrap();
    assert_eq!(names(&sealed), [("text", "comment.text")], "after sealing");
    let places = if world.db.file().is_some() { vec![("text", "thuocdo.db")] } else { Vec::new() };
    assert_eq!(names(&database_files(world, &planted)), places, "after sealing");
    // Logs, temporary files, whatever else the program has left in its folder.
    assert_eq!(names(&search_files(&planted, home.path())), []);
    assert!(fs::metadata(home.path().join("server.log")).is_ok());
}

fn database_files(world: &World, planted: &Planted) -> Found {
    world.db.file().map(|file| search_files(planted, file.parent().unwrap())).unwrap_or_default()
}

#[tokio::test]
async fn nothing_that_tells_who_wrote_is_found_anywhere() {
    for world in databases().await {
        check(&world).await;
        world.close().await;
    }
}

#[test]
fn the_search_finds_what_is_there() {
    let planted: Planted = BTreeMap::from([("a", "Heron".to_owned()), ("b", "stork".to_owned())]);
    assert_eq!(search(&planted, "x", b"\0\x01HERON\xff"), [("a", "x".to_owned())]);
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("deep")).unwrap();
    fs::write(folder.path().join("deep/f"), "my stork").unwrap();
    assert_eq!(search_files(&planted, folder.path()), [("b", "f".to_owned())]);
}
