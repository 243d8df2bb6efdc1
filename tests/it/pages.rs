//! The pages as a client without a browser meets them: headers, refusals, receipts, old forms, languages.

use thuocdo::record::{FormKey, OpenedForm};
use thuocdo::text::figure::GLOSS;
use thuocdo::text::methods::catalogue;
use thuocdo::text::{form, refusal};
use thuocdo::words::{EditionNumber, Lang, Moment};

use crate::program::form::{EDITION, KEY, LANGUAGE, OpenForm, field, hidden};
use crate::program::http::{Answer, Client};
use crate::program::{Home, Server};
use crate::world::{World, databases};

/// An installation with three counters that is served.
struct Served {
    world: World,
    home: Home,
    server: Server,
    code: String,
}

async fn served() -> Served {
    let mut worlds = databases().await;
    let world = worlds.remove(0);
    for other in worlds {
        other.close().await;
    }
    let home = Home::with(&world.url, &world.keys);
    home.with_counters();
    let server = home.serve();
    let code = home.public_code("X1.Q1");
    Served { world, home, server, code }
}

impl Served {
    fn client(&self) -> Client {
        self.server.client()
    }

    async fn end(self) {
        assert_eq!(self.server.stop(), Some(0));
        assert_eq!(self.home.server_log(), "");
        self.world.close().await;
    }
}

fn shows(answer: &Answer, status: u16, words: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert!(answer.text().contains(words), "“{words}” is missing in {}", answer.text());
}

fn stylesheet(client: &mut Client, code: &str) -> String {
    let page = client.get(&format!("/q/{code}")).unwrap().text();
    page.split("href=\"")
        .find_map(|rest| rest.split('"').next().filter(|href| href.starts_with("/static/")))
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn every_route_carries_the_headers_that_keep_it_safe() {
    let served = served().await;
    let mut client = served.client();
    let form = format!("/q/{}", served.code);
    let stylesheet = stylesheet(&mut client, &served.code);
    let routes: Vec<(String, u16)> = [
        (form.as_str(), 200),
        (&format!("{form}/cam-on"), 200),
        (&format!("{form}/ap-phich"), 200),
        (&format!("{form}/ma-qr.svg"), 200),
        ("/bien-nhan", 200),
        ("/", 200),
        ("/phuong-phap", 200),
        ("/quyen-rieng-tu", 200),
        ("/don-vi", 200),
        ("/don-vi?tim=xa", 200),
        ("/don-vi/X1", 200),
        ("/don-vi/X1/so-lieu.csv", 200),
        (&stylesheet, 200),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/nowhere", 404),
        ("/q/AAAAAAAAA", 404),
        ("/static/app.css", 404),
        ("/don-vi/X9", 404),
    ]
    .map(|(path, status)| (path.to_owned(), status))
    .into();
    for (path, status) in &routes {
        for method in ["GET", "HEAD"] {
            let answer = client.ask(method, path, &[]).unwrap();
            assert_eq!(answer.status, *status, "{method} {path}");
            let header = |name: &str| answer.header(name).unwrap_or_else(|| panic!("{path} has no {name}")).to_owned();
            let policy = header("content-security-policy");
            for part in [
                "default-src 'none'",
                "script-src 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
                "form-action 'self'",
            ] {
                assert!(policy.contains(part), "{path}: {policy}");
            }
            assert!(!policy.contains("unsafe"), "{path}: {policy}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
            assert!(answer.header("set-cookie").is_none(), "{path} sets a cookie");
            let kept = header("cache-control");
            let expected = match path.as_str() {
                path if path == form => "private, no-cache",
                path if path == stylesheet => "public, max-age=31536000, immutable",
                "/" | "/phuong-phap" | "/quyen-rieng-tu" => "no-cache",
                path if path.starts_with("/don-vi") && *status == 200 => "no-cache",
                _ => "no-store",
            };
            assert_eq!(kept, expected, "{path}");
        }
    }
    served.end().await;
}

#[tokio::test]
async fn the_methods_are_explained_in_both_languages_and_linked_from_the_first_page() {
    let served = served().await;
    let mut client = served.client();
    shows(&client.get("/").unwrap(), 200, "href=\"/phuong-phap\"");
    let vietnamese = client.get("/phuong-phap").unwrap();
    shows(&vietnamese, 200, GLOSS.vi);
    shows(&vietnamese, 200, "aria-current=\"page\"");
    shows(&vietnamese, 200, "/phuong-phap?lang=en");
    let english = client.get("/phuong-phap?lang=en").unwrap();
    shows(&english, 200, GLOSS.en);
    for method in catalogue().unwrap().methods() {
        let anchor = format!("<h3 id=\"{}\">", method.id);
        assert!(vietnamese.text().contains(&anchor) && english.text().contains(&anchor), "{}", method.id);
    }
    assert!(!vietnamese.text().contains("<script") && !vietnamese.text().contains("style="));
    served.end().await;
}

#[tokio::test]
async fn what_an_address_does_not_know_or_take_is_said_on_a_page() {
    let served = served().await;
    let mut client = served.client();
    let path = format!("/q/{}", served.code);
    shows(&client.get("/nowhere").unwrap(), 404, refusal::NOT_FOUND_TITLE.vi);
    shows(&client.get("/nowhere?lang=en").unwrap(), 404, refusal::NOT_FOUND_TITLE.en);
    shows(&client.get("/q/AAAAAAAAA").unwrap(), 404, refusal::UNKNOWN_POINT_TITLE.vi);
    let wrong = client.ask("DELETE", &path, &[]).unwrap();
    shows(&wrong, 405, refusal::METHOD_TITLE.vi);
    assert!(wrong.header("allow").unwrap().contains("POST"));
    let form = OpenForm::open(&mut client, &served.code).unwrap();
    // A pasted book: the page that says so reaches the person before the connection ends.
    let long = "ơ".repeat(60_000);
    shows(&form.send(&mut client, &[("comment", &long)]).unwrap(), 413, refusal::TOO_LARGE_BODY.vi);
    shows(&form.send(&mut client, &[("attitude", "4")]).unwrap(), 303, "");
    served.end().await;
}

#[tokio::test]
async fn a_receipt_stands_in_no_address_and_tells_no_answer() {
    let served = served().await;
    let mut client = served.client();
    let form = OpenForm::open(&mut client, &served.code).unwrap();
    let sent = form.send(&mut client, &[("attitude", "4"), ("comment", "Chờ lâu quá")]).unwrap();
    shows(&sent, 303, "");
    let (receipt, again) = sent.receipt().unwrap();
    let location = sent.header("location").unwrap().to_owned();
    assert!(!location.contains(&receipt) && !location.contains(&receipt.replace('-', "")), "{location}");
    assert_eq!((location.as_str(), again), (format!("/q/{}/cam-on", served.code).as_str(), false));
    let cookie = sent.header("set-cookie").unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("Max-Age=600") && cookie.contains("SameSite"), "{cookie}");
    let carried = cookie.split(';').next().unwrap();
    let thanks = client.ask("GET", &location, &[("Cookie", carried)]).unwrap();
    shows(&thanks, 200, refusal::THANKS_BODY.vi);
    shows(&thanks, 200, &receipt);
    let links = thanks
        .text()
        .split("href=\"")
        .skip(1)
        .filter(|rest| rest.split('"').next().unwrap().contains(&receipt))
        .count();
    assert_eq!(links, 0, "a link holds the receipt");
    shows(&client.get(&location).unwrap(), 200, refusal::THANKS_GONE.vi);
    // Sent again the same is the same; other answers are refused.
    let second = form.send(&mut client, &[("attitude", "4"), ("comment", "Chờ lâu quá")]).unwrap();
    assert_eq!(second.receipt().unwrap(), (receipt.clone(), true));
    shows(&form.send(&mut client, &[("attitude", "5")]).unwrap(), 409, form::ERR_CHANGED_BODY.vi);
    let found = client.post("/bien-nhan", &[field("ma", &receipt.to_lowercase().replace('-', " "))]).unwrap();
    shows(&found, 200, refusal::RECEIPT_RECEIVED.vi);
    assert!(!found.text().contains("Chờ lâu quá") && !found.text().contains(form::SCALE_4.vi));
    let mistyped = receipt.chars().rev().collect::<String>();
    shows(&client.post("/bien-nhan", &[field("ma", &mistyped)]).unwrap(), 422, refusal::RECEIPT_UNKNOWN.vi);
    served.end().await;
}

#[tokio::test]
async fn a_closed_counter_and_a_merged_unit_say_so() {
    let served = served().await;
    let mut client = served.client();
    let today = Moment::now().day();
    let form = OpenForm::open(&mut client, &served.code).unwrap();
    served.home.does(&["point", "close", "X1.Q1", "--from", &today.iso()]);
    // X2 went into X1 yesterday.
    served.home.import(
        "units",
        &format!("code,name,kind,parent,valid_to,successors\nX2,Xã Hai,commune,P,{},X1\n", today.plus(-1).iso()),
    );
    let merged = served.home.public_code("X2.Q1");
    // The registry in memory is at most a second old; asking for the state of the server reads it anew.
    assert_eq!(client.get("/readyz").unwrap().status, 200);
    let closed = client.get(&form.path).unwrap();
    shows(&closed, 410, refusal::CLOSED_TITLE.vi);
    shows(&form.send(&mut client, &[("attitude", "4")]).unwrap(), 410, refusal::CLOSED_TITLE.vi);
    let answer = client.get(&format!("/q/{merged}")).unwrap();
    shows(&answer, 410, refusal::MERGED_TITLE.vi);
    shows(&answer, 410, "Xã Một");
    let unit = client.get("/don-vi/X2").unwrap();
    assert!(matches!(unit.status, 200 | 410) && unit.text().contains("Xã Hai"), "{}", unit.text());
    served.end().await;
}

#[tokio::test]
async fn a_form_stays_open_over_midnight_and_an_older_one_comes_back_filled_in() {
    let served = served().await;
    let mut client = served.client();
    let opened_on = |form: &OpenForm, days_ago: i32| {
        let edition = EditionNumber(form.get(EDITION).parse().unwrap());
        let day = Moment::now().day().plus(-days_ago);
        let opened = OpenedForm { province: served.world.province, bound_to: &served.code, edition, day };
        FormKey::issue(&served.world.keys, &opened, rand::random()).to_string()
    };
    let form = OpenForm::open(&mut client, &served.code).unwrap();
    for days_ago in [0, 1] {
        let old = form.but(KEY, Some(&opened_on(&form, days_ago)));
        shows(&old.send(&mut client, &[("attitude", "4")]).unwrap(), 303, "");
    }
    for days_ago in [2, 40, -1] {
        let key = opened_on(&form, days_ago);
        let answers = [("attitude", "4"), ("minutes", "25"), ("comment", "Bàn ghế cũ & hỏng")];
        let back = form.but(KEY, Some(&key)).send(&mut client, &answers).unwrap();
        shows(&back, 409, form::ERR_VERSION.vi);
        let page = back.text();
        assert!(page.contains("name=\"attitude\" value=\"4\" checked"), "{page}");
        assert!(page.contains("value=\"25\"") && page.contains("Bàn ghế cũ &amp; hỏng"), "{page}");
        let again = OpenForm { path: form.path.clone(), hidden: hidden(&page) };
        assert_ne!(again.get(KEY), key);
        shows(&again.send(&mut client, &answers).unwrap(), 303, "");
    }
    served.end().await;
}

#[tokio::test]
async fn the_language_follows_the_address_and_the_form() {
    let served = served().await;
    let mut client = served.client();
    let path = format!("/q/{}", served.code);
    let vietnamese = client.get(&path).unwrap();
    shows(&vietnamese, 200, form::BUTTON_SEND.vi);
    assert!(vietnamese.text().contains("lang=\"vi\"") && vietnamese.text().contains(&format!("{path}?lang=en")));
    let english = client.get(&format!("{path}?lang=en")).unwrap();
    shows(&english, 200, form::Q_ATTITUDE.en);
    assert!(english.text().contains("<html lang=\"en\"") && !english.text().contains(form::Q_ATTITUDE.vi));
    let opened = OpenForm { path: path.clone(), hidden: hidden(&english.text()) };
    shows(
        &opened.send(&mut client, &[("attitude", "9")]).unwrap(),
        422,
        &form::err_level(Lang::En, form::Q_ATTITUDE.en),
    );
    let sent = opened.send(&mut client, &[("attitude", "2")]).unwrap();
    assert_eq!(sent.header("location"), Some(format!("{path}/cam-on?lang=en").as_str()));
    // A client that leaves the language out, or names one there is not, is answered in Vietnamese.
    for language in [None, Some("fr")] {
        let form = OpenForm::open(&mut client, &served.code).unwrap().but(LANGUAGE, language);
        let sent = form.send(&mut client, &[("attitude", "3")]).unwrap();
        assert_eq!((sent.status, sent.header("location")), (303, Some(format!("{path}/cam-on").as_str())));
    }
    served.end().await;
}
