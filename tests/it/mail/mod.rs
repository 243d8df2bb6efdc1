//! Letters: laid down with the act they tell of, sent once, kept while they cannot be, and named nowhere.

mod digest;
mod program;
mod reminders;

use std::io::{BufRead, BufReader};
use std::net::{IpAddr, TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use thuocdo::config::{MailUrl, Settings};
use thuocdo::mail::{self, Enqueued, Failure, Mailer, Message, Reason, Turn};
use thuocdo::store::{Database, Opening, outbox};
use thuocdo::words::Moment;

use crate::world::{World, databases};

const PASSWORD: &str = "mật:khẩu@1";
const NOW: Moment = Moment::from_unix(1_795_280_400);

fn later(seconds: i64) -> Moment {
    Moment::from_unix(NOW.unix() + seconds)
}

fn mailer(url: &str) -> Mailer {
    let from = Some("Thước Đo <thuocdo@example.vn>".to_owned());
    let settings = Settings { mail: Some(MailUrl::new(url)), mail_from: from, ..Settings::default() };
    assert!(mail::is_possible(&settings));
    Mailer::of(&settings).unwrap().unwrap()
}

fn letter(to: &str) -> Message {
    Message::new(to, Some("Nguyễn Thị Hoa"), "Kích hoạt tài khoản", "Kính gửi Ông/Bà,\n.\nMã: 123456\n").unwrap()
}

async fn lays_down(world: &World, to: &str) {
    let tx = world.db.begin().await.unwrap();
    let kept = mail::enqueue(&tx, world.province, true, "activation", &letter(to), NOW).await.unwrap();
    assert_eq!(kept, Enqueued::Waiting);
    tx.commit().await.unwrap();
}

async fn turn(world: &World, mailer: &Mailer, now: Moment) -> Turn {
    mail::turn(&world.db, world.province, mailer, now).await.unwrap()
}

async fn waiting(world: &World) -> i64 {
    outbox::waiting(world.db.reader(), world.province).await.unwrap()
}

fn failed(turn: Turn) -> (u32, Option<Reason>) {
    (turn.put_off, turn.failure.map(|failure| failure.reason))
}

/// A real mail server, as a process of its own.
struct Server {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl Server {
    /// Starts one; without a Python that has `aiosmtpd` there is none, and the test says so.
    fn start(address: IpAddr, password: &str) -> Option<Self> {
        // The packages of Debian belong to its own Python, which need not be the first one.
        let server = ["python3", "/usr/bin/python3"].iter().find_map(|python| Self::run(python, address, password));
        if server.is_none() {
            println!("the mail server is skipped: no python3 has aiosmtpd (Debian: python3-aiosmtpd)");
        }
        server
    }

    fn run(python: &str, address: IpAddr, password: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/mail/server.py");
        let mut command = Command::new(python);
        command.arg(script).arg(address.to_string()).arg(folder.path()).arg(password);
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = child.ok()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let Ok(port) = line.trim().parse() else {
            let _ = child.wait();
            return None;
        };
        Some(Self { child, port, folder })
    }

    fn here(password: &str) -> Option<Self> {
        Self::start(IpAddr::from([127, 0, 0, 1]), password)
    }

    /// What it took, oldest first.
    fn letters(&self) -> Vec<String> {
        let read = |number: usize| std::fs::read_to_string(self.folder.path().join(number.to_string())).ok();
        (1..).map_while(read).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_letter_is_written_into_the_folder_and_nothing_of_it_stays_in_the_outbox() {
    for world in databases().await {
        let folder = tempfile::tempdir().unwrap();
        let mailer = mailer(&format!("directory:{}", folder.path().display()));
        for number in 0..45 {
            lays_down(&world, &format!("can-bo-{number}@so.example.vn")).await;
        }
        // What was taken back was never written, and where no letter leaves none is kept.
        let tx = world.db.begin().await.unwrap();
        mail::enqueue(&tx, world.province, true, "activation", &letter("x@so.example.vn"), NOW).await.unwrap();
        tx.rollback().await.unwrap();
        let tx = world.db.begin().await.unwrap();
        let kept = mail::enqueue(&tx, world.province, false, "activation", &letter("x@so.example.vn"), NOW).await;
        tx.commit().await.unwrap();
        assert_eq!(kept.unwrap(), Enqueued::NotPossible);
        assert_eq!(turn(&world, &mailer, later(-1)).await, Turn::default(), "nothing is due yet");
        let turns =
            [turn(&world, &mailer, NOW).await, turn(&world, &mailer, NOW).await, turn(&world, &mailer, NOW).await];
        assert_eq!(turns.map(|turn| turn.sent), [20, 20, 5], "a turn has its bound");
        assert_eq!(waiting(&world).await, 0);
        let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 45);
        for file in files {
            assert!(file.extension().is_some_and(|end| end == "eml"), "{}", file.display());
            let text = std::fs::read_to_string(&file).unwrap();
            for line in ["Subject: =?utf-8?", "Auto-Submitted: auto-generated", "Message-ID: <", "can-bo-"] {
                assert!(text.contains(line), "{line} is missing in {text}");
            }
        }
        world.close().await;
    }
}

#[tokio::test]
async fn a_mail_server_takes_letters_with_the_right_password_and_those_before_it_were_kept() {
    let Some(server) = Server::here(PASSWORD) else { return };
    let url = |password: &str| format!("smtp://thuocdo:{password}@127.0.0.1:{}", server.port);
    let (wrong, right) = (mailer(&url("khac")), mailer(&url("m%E1%BA%ADt:kh%E1%BA%A9u%401")));
    let mut taken = 0;
    for world in databases().await {
        for name in ["a", "unknown", "b"] {
            lays_down(&world, &format!("{name}@so.example.vn")).await;
        }
        let refused = turn(&world, &wrong, NOW).await;
        assert_eq!(failed(refused), (1, Some(Reason::Login)), "the turn ends at once: {refused:?}");
        assert_eq!(refused.failure.map(|failure| failure.code), Some(535));
        assert_eq!(waiting(&world).await, 3);
        // One waits for its next try; of the two others and it, one is refused for itself and is in nobody's way.
        turn(&world, &right, NOW).await;
        let second = turn(&world, &right, later(60)).await;
        assert_eq!(second.given_up, 0);
        assert_eq!(waiting(&world).await, 1);
        taken += 2;
        let letters = server.letters();
        assert_eq!(letters.len(), taken);
        for letter in &letters {
            let (to, letter) = letter.split_once('\n').unwrap();
            assert!(letter.contains(&format!("<{to}>")) && letter.contains("thuocdo@example.vn"), "{letter}");
        }
        world.close().await;
    }
}

#[tokio::test]
async fn an_unreachable_server_costs_no_letter_until_a_day_of_tries_has_passed() {
    // A port that is free, and stays so: the listener is gone when it is tried.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mailer = mailer(&format!("smtp://127.0.0.1:{port}"));
    for world in databases().await {
        lays_down(&world, "a@so.example.vn").await;
        let (mut now, mut tries) = (NOW, 0);
        while waiting(&world).await > 0 {
            let done = turn(&world, &mailer, now).await;
            assert_eq!(done.sent, 0);
            assert_eq!(done.failure, Some(Failure { reason: Reason::Unreachable, code: 0 }));
            tries += 1;
            // Before the pause is over nobody tries again.
            assert_eq!(turn(&world, &mailer, Moment::from_unix(now.unix() + 59)).await, Turn::default());
            now = Moment::from_unix(now.unix() + (60 << (tries - 1)).min(6 * 3600));
            assert!(tries <= 12);
        }
        assert_eq!(tries, 12);
        assert!((43_200..100_000).contains(&(now.unix() - NOW.unix())));
        world.close().await;
    }
}

#[tokio::test]
async fn what_is_no_letter_and_what_waited_for_days_is_given_up() {
    for world in databases().await {
        let folder = tempfile::tempdir().unwrap();
        let mailer = mailer(&format!("directory:{}", folder.path().display()));
        let tx = world.db.begin().await.unwrap();
        for body in ["", "{}", r#"{"to":"a@b.vn\r\nBcc: c@d.vn","subject":"x","text":"x"}"#] {
            assert!(outbox::enqueue(&tx, world.province, "activation", body, NOW).await.unwrap());
        }
        tx.commit().await.unwrap();
        let given_up = turn(&world, &mailer, NOW).await;
        assert_eq!((given_up.given_up, given_up.sent, waiting(&world).await), (3, 0, 0));
        // As after the restoring of an old backup.
        lays_down(&world, "a@so.example.vn").await;
        let stale = turn(&world, &mailer, later(3 * 86_400 + 1)).await;
        assert_eq!((stale.given_up, stale.sent, waiting(&world).await), (1, 0, 0));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_send_every_letter_once() {
    let Some(server) = Server::here("") else { return };
    let mut expected = 0;
    for world in databases().await {
        let mut nodes = vec![world.db.clone()];
        for _ in 0..3 {
            nodes.push(Database::open(&world.url, Opening::Existing).await.unwrap());
        }
        for number in 0..60 {
            lays_down(&world, &format!("can-bo-{number}@so.example.vn")).await;
        }
        let turns = nodes.iter().map(|db| {
            let (db, province) = (db.clone(), world.province);
            let mailer = mailer(&format!("smtp://127.0.0.1:{}", server.port));
            tokio::spawn(async move {
                let mut sent = 0;
                for _ in 0..4 {
                    sent += mail::turn(&db, province, &mailer, NOW).await.unwrap().sent;
                }
                sent
            })
        });
        let sent: Vec<u32> =
            futures_util::future::join_all(turns).await.into_iter().map(|sent| sent.unwrap()).collect();
        assert_eq!(sent.iter().sum::<u32>(), 60, "{sent:?}");
        assert!(sent.iter().filter(|sent| **sent > 0).count() > 1, "more than one was at work: {sent:?}");
        expected += 60;
        let letters = server.letters();
        let mut numbers: Vec<&str> =
            letters.iter().flat_map(|letter| letter.lines()).filter(|line| line.starts_with("Message-ID")).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!((letters.len(), numbers.len()), (expected, expected));
        for node in nodes.into_iter().skip(1) {
            node.close().await.unwrap();
        }
        world.close().await;
    }
}

/// The address of this machine towards others, where it has one; nothing is sent.
fn outer_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_loopback() && !ip.is_unspecified()).then_some(ip)
}

#[tokio::test]
async fn a_server_elsewhere_without_encryption_gets_neither_password_nor_letter() {
    let Some(address) = outer_address() else {
        println!("skipped: this machine has no address but its own");
        return;
    };
    let Some(server) = Server::start(address, PASSWORD) else { return };
    let mailer = mailer(&format!("smtp://thuocdo:m%E1%BA%ADt:kh%E1%BA%A9u%401@{address}:{}", server.port));
    for world in databases().await {
        lays_down(&world, "a@so.example.vn").await;
        assert_eq!(failed(turn(&world, &mailer, NOW).await), (1, Some(Reason::Encryption)));
        assert_eq!(server.letters(), [""; 0]);
        world.close().await;
    }
}

#[tokio::test]
async fn the_outbox_has_a_bound() {
    let mut worlds = databases().await;
    let world = worlds.remove(0);
    let tx = world.db.begin().await.unwrap();
    for _ in 0..outbox::MOST_WAITING {
        assert!(outbox::enqueue(&tx, world.province, "activation", "{}", NOW).await.unwrap());
    }
    let full = mail::enqueue(&tx, world.province, true, "activation", &letter("x@so.example.vn"), NOW).await.unwrap();
    assert_eq!(full, Enqueued::Full);
    tx.rollback().await.unwrap();
    for other in worlds.into_iter().chain([world]) {
        other.close().await;
    }
}
