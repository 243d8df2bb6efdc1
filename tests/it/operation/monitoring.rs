//! Figures for monitoring, logs in both shapes, and what is refused because it would tell too much.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::free_address;
use crate::program::form::OpenForm;
use crate::program::http::Client;
use crate::program::{Home, Server};
use crate::world::databases;

fn scrape(address: &str) -> String {
    let answer = Client::new(address.parse::<SocketAddr>().unwrap()).get("/metrics").unwrap();
    assert_eq!(answer.status, 200);
    answer.text()
}

fn send(home: &Home, server: &Server, forms: u32) {
    let code = home.public_code("X1.Q1");
    for _ in 0..forms {
        let mut client = server.client();
        let form = OpenForm::open(&mut client, &code).unwrap();
        assert_eq!(form.send(&mut client, &[("attitude", "4")]).unwrap().status, 303);
    }
}

#[test]
fn a_scrape_every_second_is_no_log_of_arrivals() {
    let home = Home::empty();
    home.with_counters();
    let metrics = free_address();
    let server = home.serve_with(&[("THUOCDO_METRICS", &metrics)]);
    assert_eq!(server.client().get("/metrics").unwrap().status, 404, "not where people are");
    // The database is measured, and the days that have ended are sealed, right after the start.
    let began = Instant::now();
    let is_told = |name: &str| scrape(&metrics).contains(name);
    while !(is_told("thuocdo_database_bytes ") && is_told("thuocdo_sealed_through_timestamp_seconds ")) {
        assert!(began.elapsed() < Duration::from_secs(30));
    }
    let before = scrape(&metrics);
    assert!(before.contains("thuocdo_ready 1\n"), "{before}");
    let hour = || thuocdo::words::Moment::now().unix() / 3600;
    let at = hour();
    for _ in 0..5 {
        send(&home, &server, 5);
        let after = scrape(&metrics);
        // Over the top of an hour the counts are renewed, in tens.
        if hour() == at {
            assert_eq!(after, before);
        }
    }
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn what_would_tell_too_much_is_refused_at_the_start() {
    let home = Home::empty();
    home.with_counters();
    let run = |name: &str, value: &str| {
        let mut command = home.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.env("THUOCDO_DATABASE", format!("sqlite://{}", home.path().join("thuocdo.db").display()));
        crate::program::ended(command.env(name, value))
    };
    let open = run("THUOCDO_METRICS", "0.0.0.0:9464");
    assert!(open.code == Some(1) && open.err.contains("must be a loopback address"), "{}", open.err);
    let each = run("THUOCDO_LOG_REQUESTS", "each");
    assert!(each.code == Some(1) && each.err.contains("for simulations alone"), "{}", each.err);
    assert!(run("THUOCDO_LOG_FORMAT", "xml").err.contains("log_format"));
}

#[tokio::test]
async fn a_fault_has_one_line_a_minute_with_the_number_that_pages_show() {
    for world in databases().await {
        world.db.clone().close().await.unwrap();
        let home = Home::with(&world.url, &world.keys);
        home.with_counters();
        let metrics = free_address();
        let server = home.serve_with(&[("THUOCDO_METRICS", &metrics), ("THUOCDO_LOG_FORMAT", "json")]);
        let code = home.public_code("X1.Q1");
        let mut client = server.client();
        let forms: Vec<OpenForm> = (0..5).map(|_| OpenForm::open(&mut client, &code).unwrap()).collect();
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        owner.execute_unprepared("ALTER TABLE response_open RENAME TO response_gone").await.unwrap();
        let numbers: Vec<String> = forms.iter().map(|form| fault_number(form, &mut client)).collect();
        assert!(numbers.iter().all(|number| number == &numbers[0]), "{numbers:?}");
        let log = home.server_log();
        let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let told: Vec<&Value> = lines.iter().filter(|line| line["fault"].is_number()).collect();
        let [line] = told[..] else { panic!("{log}") };
        assert_eq!(line["fault"].to_string(), numbers[0]);
        assert_eq!(
            (&line["pattern"], &line["method"], &line["status"]),
            (&"/q/{code}".into(), &"POST".into(), &503.into())
        );
        assert!(line["cause"].as_str().unwrap().contains("response_open"), "{line}");
        assert!(line["timestamp"].as_str().unwrap().ends_with("+07:00") && lines.len() <= 2, "{log}");
        assert!(!log.contains(&code), "{log}");
        assert!(scrape(&metrics).contains("thuocdo_faults_total{source=\"error\"} 1\n"));
        owner.execute_unprepared("ALTER TABLE response_gone RENAME TO response_open").await.unwrap();
        assert_eq!(forms[0].send(&mut client, &[("attitude", "4")]).unwrap().status, 303, "it recovers by itself");
        owner.close().await.unwrap();
        assert_eq!(server.stop(), Some(0));
        world.close().await;
    }
}

fn fault_number(form: &OpenForm, client: &mut Client) -> String {
    let page = form.send(client, &[("attitude", "4")]).unwrap();
    assert_eq!(page.status, 503);
    page.text().split("mã sự cố ").nth(1).expect("a number").split('.').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_server_whose_database_or_schema_is_gone_is_alive_and_not_ready() {
    for world in databases().await {
        world.db.clone().close().await.unwrap();
        let home = Home::with(&world.url, &world.keys);
        home.with_counters();
        let server = home.serve();
        let says = |status: u16, words: &str| {
            let answer = server.client().get("/readyz").unwrap();
            assert_eq!((answer.status, answer.text().trim_end()), (status, words));
            assert_eq!(server.client().get("/healthz").unwrap().status, 200);
        };
        says(200, "ready");
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        owner
            .execute_unprepared("UPDATE seaql_migrations SET version = 'x' WHERE version LIKE 'm0006%'")
            .await
            .unwrap();
        says(503, "the schema of the database is not that of the program");
        owner.execute_unprepared("ALTER TABLE installation RENAME TO gone").await.unwrap();
        says(503, "the database does not answer");
        owner.execute_unprepared("ALTER TABLE gone RENAME TO installation").await.unwrap();
        owner
            .execute_unprepared("UPDATE seaql_migrations SET version = 'm0006_rights' WHERE version = 'x'")
            .await
            .unwrap();
        says(200, "ready");
        if owner.get_database_backend() == sea_orm::DbBackend::Postgres {
            // Somebody holds the table: no answer within the time limit is an answer, too.
            owner.execute_unprepared("BEGIN; LOCK TABLE installation IN ACCESS EXCLUSIVE MODE").await.unwrap();
            let began = Instant::now();
            says(503, "the database does not answer");
            assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        }
        owner.close().await.unwrap();
        assert_eq!(server.stop(), Some(0));
        world.close().await;
    }
}

#[test]
fn a_simulation_may_log_each_request_by_its_pattern() {
    let home = Home::empty();
    home.does(&["demo", "--no-serve"]);
    let code = home.public_code("MH.P01.Q01");
    let server = home.serve_with(&[("THUOCDO_LOG_REQUESTS", "each"), ("THUOCDO_LOG_FORMAT", "json")]);
    server.client().get(&format!("/q/{code}?lang=en")).unwrap();
    assert_eq!(server.stop(), Some(0));
    let log = home.server_log();
    let line = log.lines().find(|line| line.contains("/q/{code}")).expect("a line");
    let line: Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["method"], &line["status"]), (&"GET".into(), &"2xx".into()));
    assert!(line["took"].as_str().unwrap().ends_with(" ms"), "{line}");
    assert!(!log.contains(&code) && !log.contains("lang"), "{log}");
}
