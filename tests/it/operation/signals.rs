//! Signals: the first is an orderly end, the second ends at once; and what the server says of itself meanwhile.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::program::Home;

#[test]
fn a_server_that_stops_says_so_first_and_answers_still() {
    let home = Home::empty();
    home.with_counters();
    for signal in ["-TERM", "-INT"] {
        let server = home.serve_with(&[("THUOCDO_DRAIN_SECONDS", "3")]);
        let code = home.public_code("X1.Q1");
        let mut kept = server.client();
        assert_eq!(kept.get("/readyz").unwrap().text(), "ready\n");
        server.signal(signal);
        let began = Instant::now();
        let stopping = loop {
            let answer = server.client().get("/readyz").unwrap();
            if answer.status != 200 {
                break answer;
            }
            assert!(began.elapsed() < Duration::from_secs(2), "still ready");
        };
        assert_eq!((stopping.status, stopping.text().as_str()), (503, "stopping\n"));
        assert_eq!(server.client().get("/healthz").unwrap().status, 200);
        let page = kept.get(&format!("/q/{code}")).unwrap();
        assert_eq!((page.status, page.header("connection")), (200, Some("close")));
        assert_eq!(server.ended(), Some(0), "{}", home.server_log());
        assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
        assert_eq!(home.server_log(), "");
    }
}

#[test]
fn a_second_signal_ends_the_server_at_once() {
    let home = Home::empty();
    let server = home.serve_with(&[("THUOCDO_DRAIN_SECONDS", "60")]);
    server.signal("-TERM");
    std::thread::sleep(Duration::from_millis(300));
    let began = Instant::now();
    server.signal("-INT");
    assert_eq!(server.ended(), Some(1));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert!(home.server_log().contains("a second signal"), "{}", home.server_log());
    // What it had opened is free again.
    assert_eq!(home.serve_with(&[("THUOCDO_DRAIN_SECONDS", "0")]).stop(), Some(0));
}

#[test]
fn a_client_that_never_finishes_does_not_hold_the_end_up() {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve_with(&[("THUOCDO_DRAIN_SECONDS", "0")]);
    let mut slow = TcpStream::connect(server.address).unwrap();
    let path = format!("/q/{}", home.public_code("X1.Q1"));
    let head = format!("POST {path} HTTP/1.1\r\nHost: thuocdo\r\nContent-Length: 4000\r\n\r\nattitude=4");
    slow.write_all(head.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let began = Instant::now();
    assert_eq!(server.stop(), Some(0), "{}", home.server_log());
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    let _ = slow.read(&mut [0; 10]);
}
