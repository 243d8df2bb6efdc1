//! What somebody tries who should not come in.

use std::time::{Duration, Instant};

use thuocdo::words::Role;

use super::officer::{COOKIE, Officer, PASSWORD};
use crate::program::form::field;
use crate::program::{Home, Server};

fn served() -> (Home, Server) {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve();
    (home, server)
}

fn end(home: &Home, server: Server) {
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[test]
fn guessing_is_slowed_down_for_known_and_unknown_addresses_alike() {
    let (home, server) = served();
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::UnitManager, "X1", "X1");
    lan.forget();
    for email in ["lan@x1.gov.vn", "nobody@x1.gov.vn"] {
        let mut guesser = Officer::new(&server);
        email.clone_into(&mut guesser.email);
        let tries: Vec<u16> =
            (0..5).map(|n| guesser.sign_in(&format!("đoán thử lần {n} nhé"), "123456").status).collect();
        assert_eq!(tries, [422, 422, 422, 429, 429], "{email}");
        // While it is slowed down, nobody is heard under this address, right or wrong.
        let told = guesser.sign_in(PASSWORD, "123456").text();
        assert!(told.contains("Đã thử sai nhiều lần"), "{told}");
    }
    let code = lan.fresh_code();
    assert_eq!(lan.sign_in(PASSWORD, &code).status, 429, "not even the right password");
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(lan.sign_in(PASSWORD, &code).status, 303, "and afterwards the person comes in");
    end(&home, server);
}

#[test]
fn a_code_opens_once_and_a_recovery_code_too() {
    let (home, server) = served();
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::UnitManager, "X1", "X1");
    // The code with which the account was activated has been used.
    let (now, recovery) = (lan.code(), lan.fresh_code());
    lan.forget();
    assert_eq!(lan.sign_in(PASSWORD, &now).status, 422);
    assert_eq!(lan.sign_in(PASSWORD, &recovery).status, 303);
    lan.forget();
    assert_eq!(lan.sign_in(PASSWORD, &recovery).status, 422);
    end(&home, server);
}

#[test]
fn a_session_is_new_at_every_sign_in_and_the_earlier_one_ends() {
    let (home, server) = served();
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::UnitManager, "X1", "X1");
    // Somebody has planted a session in the browser before the person signs in.
    let planted = "ab".repeat(32);
    lan.cookie = Some(planted.clone());
    let code = lan.fresh_code();
    assert_eq!(lan.sign_in(PASSWORD, &code).status, 303);
    let first = lan.cookie.clone().unwrap();
    assert_ne!(first, planted);
    let code = lan.fresh_code();
    assert_eq!(lan.sign_in(PASSWORD, &code).status, 303);
    let second = lan.cookie.clone().unwrap();
    assert_ne!(first, second);
    for dead in [planted, first] {
        let mut thief = Officer::new(&server);
        thief.cookie = Some(dead);
        assert_eq!(thief.get("/quan-tri").status, 303);
    }
    assert_eq!(lan.get("/quan-tri").status, 200);
    assert_eq!(lan.post("/quan-tri/dang-xuat", &[]).status, 303);
    let mut thief = Officer::new(&server);
    thief.cookie = Some(second);
    assert_eq!(thief.get("/quan-tri").status, 303, "signing out ends the session on the server");
    end(&home, server);
}

#[test]
fn an_unknown_address_is_refused_in_the_same_words_and_the_same_time() {
    const TRIES: usize = 12;
    let (home, server) = served();
    let mut people: Vec<Officer> = (0..TRIES)
        .map(|n| {
            let mut person = Officer::hired(&home, &server, &format!("p{n}@x1.gov.vn"), Role::Leader, "X1", "X1");
            person.forget();
            person
        })
        .collect();
    let mut nobody = Officer::new(&server);
    let mut times: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    let mut texts = Vec::new();
    // The first hash makes what nobody's password is compared with.
    "warm@x1.gov.vn".clone_into(&mut nobody.email);
    nobody.sign_in("một mật khẩu khác hẳn", "123456");
    for (n, person) in people.iter_mut().enumerate() {
        format!("q{n}@x1.gov.vn").clone_into(&mut nobody.email);
        for (at, who) in [&mut *person, &mut nobody].into_iter().enumerate() {
            let began = Instant::now();
            let answer = who.sign_in("một mật khẩu khác hẳn", "123456");
            times[at].push(began.elapsed());
            assert_eq!(answer.status, 422);
            texts.push(answer.text().replace(&who.email, "…"));
        }
    }
    texts.dedup();
    assert_eq!(texts.len(), 1, "the words differ");
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times[TRIES / 2].as_secs_f64()
    };
    let [known, unknown] = &mut times;
    let (known, unknown) = (median(known), median(unknown));
    println!("known {known:.4} s, unknown {unknown:.4} s");
    assert!((0.5..2.0).contains(&(known / unknown)), "known {known} s, unknown {unknown} s");
    end(&home, server);
}

#[test]
fn forms_of_other_sites_are_refused_whatever_they_carry() {
    let (home, server) = served();
    let mut boss = Officer::hired(&home, &server, "boss@thu.gov.vn", Role::Administrator, "", "P");
    let token = boss.token();
    let fields = |token: &str| [("ma_bieu_mau", token)].map(|(name, value)| field(name, value));
    let path = "/quan-tri/toi/phien-khac";
    for (header, value) in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Sec-Fetch-Site", "none"),
        ("Sec-Fetch-Site", "same-origin, cross-site"),
        ("Sec-Fetch-Site", ""),
    ] {
        let answer = boss.send(path, &fields(&token), &[(header, value)]);
        assert_eq!(answer.status, 403, "{header}: {value}");
    }
    for (origin, status) in [
        ("http://thuocdo", 303),
        ("http://thuocdo.example.vn", 403),
        ("https://x.vn", 403),
        ("null", 403),
        ("http://x.vn/thuocdo", 403),
    ] {
        let answer = boss.send(path, &fields(&token), &[("Sec-Fetch-Site", ""), ("Origin", origin)]);
        assert_eq!(answer.status, status, "Origin: {origin}");
    }
    for wrong in ["", "0", &"0".repeat(64), &token[..63], &format!("{token}0")] {
        assert_eq!(boss.send(path, &fields(wrong), &[]).status, 403, "token {wrong}");
    }
    // The token of another session is none.
    let mut other = Officer::hired(&home, &server, "other@thu.gov.vn", Role::Administrator, "", "P");
    let theirs = other.token();
    assert_eq!(boss.send(path, &fields(&theirs), &[]).status, 403);
    assert_eq!(boss.send(path, &fields(&token), &[]).status, 303);
    // Signing in from elsewhere is refused as well.
    let entered = [field("email", "boss@thu.gov.vn"), field("mat_khau", PASSWORD), field("ma", "123456")];
    assert_eq!(boss.send("/quan-tri/dang-nhap", &entered, &[("Sec-Fetch-Site", "cross-site")]).status, 403);
    end(&home, server);
}

#[test]
fn cookies_and_headers_are_as_strict_as_browsers_allow() {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve_with(&[("THUOCDO_BASE_URL", "https://minhhoa.example.gov.vn")]);
    let said = home.does(&["staff", "add", "lan@x1.gov.vn", "--name", "Lan", "--role", "leader", "--unit", "X1"]);
    let link = &said[said.find("/quan-tri").unwrap()..].trim_end();
    let mut lan = Officer::new(&server);
    let answer = lan.activate(link, "lan@x1.gov.vn", &[]);
    let cookie = answer.header("set-cookie").unwrap();
    let (first, rest) = cookie.split_once(';').unwrap();
    let (name, value) = first.split_once('=').unwrap();
    assert_eq!((name, value.len()), ("__Host-phien", 64));
    let mut rules: Vec<&str> = rest.split(';').map(str::trim).collect();
    rules.sort_unstable();
    assert_eq!(rules, ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"], "and no Domain, no Max-Age: {cookie}");
    for (path, referrer) in
        [(*link, "no-referrer"), ("/quan-tri/dang-nhap", "same-origin"), ("/quan-tri", "same-origin")]
    {
        let answer = lan.get(path);
        assert_eq!(answer.header("referrer-policy"), Some(referrer), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(
            answer.header("strict-transport-security").is_some_and(|rule| rule.contains("max-age=31536000")),
            "{path}"
        );
        let policy = answer.header("content-security-policy").unwrap();
        for rule in ["default-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
    }
    end(&home, server);
}

#[test]
fn a_link_opens_once_however_many_try_at_the_same_time() {
    let (home, server) = served();
    let said = home.does(&["staff", "add", "lan@x1.gov.vn", "--name", "Lan", "--role", "leader", "--unit", "X1"]);
    let link = said[said.find("/quan-tri").unwrap()..].trim_end().to_owned();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8)
            .map(|_| (Officer::new(&server), link.clone()))
            .map(|(mut who, link)| scope.spawn(move || who.activate(&link, "lan@x1.gov.vn", &[]).status))
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 200 | 410)), "{statuses:?}");
    assert_eq!(Officer::new(&server).get(&link).status, 410);
    // A later link makes the earlier one void.
    let first = home.does(&["staff", "link", "lan@x1.gov.vn"]);
    let second = home.does(&["staff", "link", "lan@x1.gov.vn"]);
    let link = |said: &str| said[said.find("/quan-tri").unwrap()..].trim_end().to_owned();
    assert_eq!(Officer::new(&server).get(&link(&first)).status, 410);
    assert_eq!(Officer::new(&server).get(&link(&second)).status, 200);
    end(&home, server);
}

#[test]
fn a_new_password_needs_a_code_beside_the_link_and_ends_every_session() {
    let (home, server) = served();
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::Leader, "X1", "X1");
    let said = home.does(&["staff", "link", "lan@x1.gov.vn", "--password"]);
    let link = said[said.find("/quan-tri").unwrap()..].trim_end().to_owned();
    let choose = |officer: &mut Officer, code: &str| {
        let fields =
            [("mat_khau", "tre xanh xanh tự bao giờ"), ("mat_khau_lai", "tre xanh xanh tự bao giờ"), ("ma", code)];
        officer.send(&link, &fields.map(|(name, value)| field(name, value)), &[]).status
    };
    let mut thief = Officer::new(&server);
    assert_eq!(choose(&mut thief, "123456"), 422, "the link alone is not enough");
    let code = lan.fresh_code();
    assert_eq!(choose(&mut thief, &code), 200);
    assert_eq!(choose(&mut thief, &code), 410, "and it works once");
    assert_eq!(lan.get("/quan-tri").status, 303, "the old session has ended");
    let code = lan.fresh_code();
    assert_eq!(lan.sign_in(PASSWORD, &code).status, 422, "the old password is gone");
    assert_eq!(lan.sign_in("tre xanh xanh tự bao giờ", &code).status, 303);
    end(&home, server);
}

#[test]
fn what_is_withdrawn_is_gone_with_the_next_request() {
    let (home, server) = served();
    let mut boss = Officer::hired(&home, &server, "boss@thu.gov.vn", Role::Administrator, "", "P");
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::Auditor, "X1", "P");
    assert_eq!(lan.get("/quan-tri/nhat-ky").status, 200);
    let root = "1";
    let withdrawn = boss.post("/quan-tri/tai-khoan/2/thu-hoi", &[("vai_tro", "auditor"), ("pham_vi", root)]);
    assert_eq!(withdrawn.status, 303, "{}", withdrawn.text());
    assert_eq!(lan.get("/quan-tri/nhat-ky").status, 403);
    let page = lan.page("/quan-tri");
    assert!(page.contains("chưa được giao vai trò nào") && !page.contains("/quan-tri/don-vi"), "{page}");
    assert_eq!(boss.post("/quan-tri/tai-khoan/2/dong", &[]).status, 303);
    assert_eq!(lan.get("/quan-tri").status, 303, "a closed account is signed out");
    let code = lan.fresh_code();
    assert_eq!(lan.sign_in(PASSWORD, &code).status, 422);
    end(&home, server);
}

#[test]
fn nobody_changes_their_own_rights_and_the_last_administrator_stays() {
    let (home, server) = served();
    let mut boss = Officer::hired(&home, &server, "boss@thu.gov.vn", Role::Administrator, "", "P");
    for (path, fields) in [
        ("/quan-tri/tai-khoan/1/vai-tro", &[("vai_tro", "home_affairs"), ("pham_vi", "")][..]),
        ("/quan-tri/tai-khoan/1/thu-hoi", &[("vai_tro", "administrator"), ("pham_vi", "1")]),
        ("/quan-tri/tai-khoan/1/dong", &[]),
        ("/quan-tri/tai-khoan/1", &[("ho_ten", "Khác"), ("don_vi", "X1")]),
    ] {
        assert_eq!(boss.post(path, fields).status, 422, "{path}");
    }
    let mut second = Officer::hired(&home, &server, "second@thu.gov.vn", Role::Administrator, "X1", "X1");
    assert_eq!(
        second.get("/quan-tri/tai-khoan/1").status,
        404,
        "who administers a commune does not see the province's"
    );
    let ended = home.run(&["staff", "close", "boss@thu.gov.vn"]);
    assert_eq!(ended.code, Some(0), "another administrator is left: {}", ended.err);
    let ended = home.run(&["staff", "close", "second@thu.gov.vn"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains("last administrator"), "{}", ended.err);
    end(&home, server);
}

#[test]
fn a_post_is_handed_over_in_one_step() {
    let (home, server) = served();
    let mut boss = Officer::hired(&home, &server, "boss@thu.gov.vn", Role::Administrator, "", "P");
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::UnitManager, "X1", "X1");
    let taken =
        boss.post("/quan-tri/tai-khoan/2/ban-giao", &[("email", "boss@thu.gov.vn"), ("ten_moi", "Trần Thị Mai")]);
    assert_eq!(taken.status, 422, "an address that somebody has");
    assert_eq!(lan.get("/quan-tri").status, 200, "and nothing has happened");
    let handed =
        boss.post("/quan-tri/tai-khoan/2/ban-giao", &[("email", "mai@x1.gov.vn"), ("ten_moi", "Trần Thị Mai")]);
    assert_eq!(handed.status, 200, "{}", handed.text());
    assert_eq!(lan.get("/quan-tri").status, 303);
    let text = handed.text();
    let link = &text[text.find("/quan-tri/kich-hoat/").unwrap()..];
    let mut mai = Officer::new(&server);
    assert_eq!(mai.activate(&link[..link.find('<').unwrap()], "mai@x1.gov.vn", &[]).status, 200);
    let page = mai.page("/quan-tri");
    assert!(page.contains("Phụ trách đơn vị") && page.contains("Xã Một"), "{page}");
    let log = home.does(&["staff", "log"]);
    assert!(log.contains("hand over") && log.contains("lan@x1.gov.vn -> mai@x1.gov.vn"), "{log}");
    assert!(home.run(&["staff", "log", "--verify"]).code == Some(0));
    end(&home, server);
}

#[test]
fn a_code_asked_for_again_keeps_what_was_entered() {
    let (home, server) = served();
    let mut boss = Officer::hired(&home, &server, "boss@thu.gov.vn", Role::Administrator, "", "P");
    // Five minutes after signing in nobody knows any more who sits there: the clock is set back in the database.
    home.sql("UPDATE staff_session SET confirmed = confirmed - 300");
    let fields = [
        ("email", "mai@x1.gov.vn"),
        ("ho_ten", "Trần <Mai>"),
        ("don_vi", "X1"),
        ("vai_tro", "leader"),
        ("pham_vi", "X1"),
    ];
    let asked = boss.post("/quan-tri/tai-khoan", &fields);
    let text = asked.text();
    assert!(text.contains("Xác thực lại") && text.contains("name=\"ho_ten\" value=\"Trần &lt;Mai&gt;\""), "{text}");
    assert!(!home.does(&["staff", "list"]).contains("mai@"), "nothing has happened yet");
    let mut with_wrong = fields.to_vec();
    with_wrong.push(("ma_xac_thuc", "000000"));
    assert_eq!(boss.post("/quan-tri/tai-khoan", &with_wrong).status, 422);
    assert_eq!(boss.post_with_code("/quan-tri/tai-khoan", &fields).status, 200);
    assert!(home.does(&["staff", "list"]).contains("mai@x1.gov.vn\tTrần <Mai>"));
    end(&home, server);
}

#[test]
fn silence_and_a_long_day_end_a_session() {
    let (home, server) = served();
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::Leader, "X1", "X1");
    assert_eq!(lan.get("/quan-tri").status, 200);
    home.sql("UPDATE staff_session SET seen = seen - 1700");
    assert_eq!(lan.get("/quan-tri").status, 200, "28 minutes of silence");
    home.sql("UPDATE staff_session SET seen = seen - 1800");
    assert_eq!(lan.get("/quan-tri").status, 303, "half an hour of silence");
    let code = lan.fresh_code();
    assert_eq!(lan.sign_in(PASSWORD, &code).status, 303);
    home.sql("UPDATE staff_session SET began = began - 28800");
    assert_eq!(lan.get("/quan-tri").status, 303, "eight hours");
    assert!(lan.cookie.is_some(), "{COOKIE} dies on the server, not in the browser");
    end(&home, server);
}
