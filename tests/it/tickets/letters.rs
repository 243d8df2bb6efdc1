//! Links by letter: written when they leave, kept nowhere, and what identifies a person gone with them.

use std::time::{Duration, Instant};

use thuocdo::words::{Moment, TicketStage};

use super::{Served, address};
use crate::program::Home;
use crate::proof::query;
use crate::world::databases;

const CONTACT: &str = "nguoi-dan-bi-mat@noi.example.vn";

/// Base 64 as text.
fn decoded(body: &str) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let signs = body.bytes().filter_map(|sign| alphabet.iter().position(|known| *known == sign));
    let bits: Vec<bool> = signs.flat_map(|sign| (0..6).rev().map(move |bit| sign >> bit & 1 == 1)).collect();
    let bytes = bits.chunks_exact(8).map(|bits| bits.iter().fold(0_u8, |byte, bit| byte << 1 | u8::from(*bit)));
    String::from_utf8(bytes.collect()).unwrap()
}

/// The letters in a folder, decoded as far as a search needs it.
fn letters(folder: &std::path::Path) -> Vec<String> {
    let read = |entry: std::fs::DirEntry| {
        let text = String::from_utf8(std::fs::read(entry.path()).unwrap()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let body = if head.contains("base64") { decoded(body) } else { body.replace("=\r\n", "") };
        format!("{head}\n\n{body}")
    };
    std::fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap())).collect()
}

#[tokio::test]
async fn a_link_leaves_by_letter_and_neither_it_nor_the_address_stays() {
    for world in databases().await {
        let home = Home::with(&world.url, &world.keys);
        home.with_counters();
        let out = home.path().join("thu");
        std::fs::create_dir(&out).unwrap();
        let mail = format!("directory:{}", out.display());
        let settings =
            [("THUOCDO_MAIL", mail.as_str()), ("THUOCDO_MAIL_FROM", "so@example.vn"), ("THUOCDO_LOG", "debug")];
        let (today, yesterday) = (Moment::now().day(), Moment::now().day().plus(-1).iso());
        let row =
            |number: &str, contact: &str, returned: &str| format!("{number},X1.Q1,{yesterday},{returned},{contact}\n");
        let rows =
            [row("H1", CONTACT, &yesterday), row("H2", "khac@noi.example.vn", ""), row("H3", "0912345678", &yesterday)];
        let file = format!("number,point,received,returned,contact\n{}", rows.concat());
        home.import_with("dossiers", &file, &settings);
        let ticket = thuocdo::record::Ticket::of(&world.keys, world.province, "H1", TicketStage::Result);
        let waiting = "SELECT count(*) FROM invitation WHERE address IS NOT NULL";
        let count = async |sql: &str| -> i64 { query(world.db.reader(), sql).await[0].try_get_by_index(0).unwrap() };
        assert_eq!(count(waiting).await, 1, "only what is returned and has an address");
        // The ticket waits in a form that the key file alone opens, and a backup holds none of it.
        home.does(&["backup", "b"]);
        let backup = std::fs::read(home.path().join("b")).unwrap();
        for secret in [CONTACT.as_bytes(), ticket.code().as_bytes()] {
            assert!(!backup.windows(secret.len()).any(|part| part == secret));
        }
        let server = home.serve_with(&settings);
        let began = Instant::now();
        while letters(&out).is_empty() {
            assert!(began.elapsed() < Duration::from_mins(1), "no letter left: {}", home.server_log());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let all = letters(&out);
        assert_eq!(all.len(), 1);
        assert!(all[0].contains(CONTACT) && all[0].contains(&address(&ticket)), "{}", all[0]);
        let began = Instant::now();
        while count(waiting).await > 0 {
            assert!(began.elapsed() < Duration::from_mins(1), "the address stays");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(count("SELECT count(*) FROM invitation WHERE sealed IS NOT NULL").await, 0);
        assert_eq!(server.stop(), Some(0));
        let log = home.server_log();
        assert!(log.contains("sent=1") && !log.contains(&ticket.code()) && !log.contains("bi-mat"), "{log}");
        // The file of the next day invites nobody twice, and after seven days the last trace of a contact goes.
        home.import_with("dossiers", &file, &settings);
        assert_eq!(count(waiting).await, 0);
        assert_eq!(world.rows("invitation").await, 3);
        for (day, left) in [(today.plus(6), 3), (today.plus(7), 0)] {
            thuocdo::schedule::forget(&world.db, world.province, day).await.unwrap();
            assert_eq!(world.rows("invitation").await, left);
        }
        let again = Served { server: home.serve(), home, world };
        let mut client = again.client();
        let form = super::open(&mut client, &ticket);
        assert_eq!(form.send(&mut client, &[("attitude", "5")]).unwrap().status, 303);
        again.end().await;
    }
}
