//! The program with letters: what it says of them, and what it does not.

use std::time::{Duration, Instant};

use super::{PASSWORD, Server, lays_down};
use crate::program::Home;
use crate::world::databases;

/// Nothing of a letter, of whom it is for, or of the password.
const SECRETS: [&str; 8] =
    ["can-bo-bi-mat", "so.example.vn", "Hoa", "=?utf-8", "123456", "hunter2", "mật", "m%E1%BA%ADt"];

/// Waits until something is so.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < Duration::from_mins(1), "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn the_server_sends_what_waits_and_its_log_holds_counts_alone() {
    let Some(mail) = Server::here(PASSWORD) else { return };
    let from = ("THUOCDO_MAIL_FROM", "Thước Đo <thuocdo@example.vn>");
    for (number, world) in databases().await.into_iter().enumerate() {
        lays_down_now(&world).await;
        let home = Home::with(&world.url, &world.keys);
        let wrong = format!("smtp://thuocdo:hunter2@127.0.0.1:{}", mail.port);
        let server = home.serve_with(&[("THUOCDO_MAIL", &wrong), from, ("THUOCDO_LOG", "debug")]);
        until("a refusal in the log", async || home.server_log().contains("refuses user or password")).await;
        assert_eq!(server.stop(), Some(0));
        let log = home.server_log();
        assert!(log.contains("put_off=1") && log.contains("code=535"), "{log}");
        assert!(!SECRETS.iter().any(|secret| log.contains(secret)), "{log}");
        assert_eq!(super::waiting(&world).await, 1);
        // The next try is a minute away; another letter is due at once.
        lays_down_now(&world).await;
        let right = format!("smtp://thuocdo:m%E1%BA%ADt:kh%E1%BA%A9u%401@127.0.0.1:{}", mail.port);
        let server = home.serve_with(&[("THUOCDO_MAIL", &right), from, ("THUOCDO_LOG", "debug")]);
        until("the letter", async || mail.letters().len() > number).await;
        until("the outbox", async || super::waiting(&world).await == 1).await;
        assert_eq!(server.stop(), Some(0));
        let log = home.server_log();
        assert!(log.contains("sent=1"), "{log}");
        assert!(!SECRETS.iter().any(|secret| log.contains(secret)), "{log}");
        world.close().await;
    }
}

async fn lays_down_now(world: &crate::world::World) {
    lays_down(world, "can-bo-bi-mat@so.example.vn").await;
    // The letter is due at a moment of the test; the program has a clock of its own.
    let owner = sea_orm::Database::connect(&world.url).await.unwrap();
    let now = thuocdo::words::Moment::now().unix();
    let sql = format!("UPDATE outbox SET not_before = {now} WHERE attempts = 0");
    sea_orm::ConnectionTrait::execute_unprepared(&owner, &sql).await.unwrap();
    owner.close().await.unwrap();
}

#[test]
fn check_says_how_letters_leave_and_what_stops_them() {
    let home = Home::empty();
    home.with_counters();
    let check = |mail: &str, from: &str| {
        let text = format!("mail = \"{mail}\"\n{from}");
        std::fs::write(home.path().join("t.toml"), text).unwrap();
        home.run(&["check", "--config", "t.toml"])
    };
    let from = "mail_from = \"thuocdo@example.vn\"\n";
    assert!(home.run(&["check"]).out.contains("mail: not set"));
    let good = check("smtps://thuocdo:hunter2@mail.example.vn", from);
    assert!(good.out.contains("mail: mail.example.vn:465 with TLS, with a password"), "{}{}", good.out, good.err);
    assert!(!good.out.contains("hunter2") && !good.err.contains("hunter2"));
    assert!(check("smtp://mail.example.vn", from).out.contains("mail: mail.example.vn:587 with STARTTLS"));
    assert!(check("smtp://localhost", from).out.contains("mail: localhost:25 on this machine"));
    std::fs::create_dir(home.path().join("thu")).unwrap();
    let folder = check("directory:thu", from);
    assert!(folder.out.contains("warning: mail: letters go into files"), "{}", folder.out);
    let missing = check("directory:khac", from);
    assert!(missing.code == Some(1) && missing.err.contains("error: mail: there is no folder khac"), "{}", missing.err);
    let nobody = check("smtp://localhost", "");
    assert!(nobody.code == Some(1) && nobody.err.contains("set mail_from, too"), "{}", nobody.err);
    let bad = check("smtp://localhost", "mail_from = \"nobody\"\n");
    assert!(bad.code == Some(1) && bad.err.contains("mail_from “nobody” is no address"), "{}", bad.err);
    let option = check("smtp://thuocdo:hunter2@mail.example.vn?tls=none", from);
    assert!(option.code == Some(1) && option.err.contains("always encrypted"), "{}", option.err);
    assert!(!option.err.contains("hunter2"), "{}", option.err);
}
