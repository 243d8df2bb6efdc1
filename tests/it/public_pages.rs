//! The page on privacy and the list of units, as a client without a browser meets them.

use thuocdo::text::{privacy, refusal, site, unit_list};
use thuocdo::words::Lang;

use crate::program::form::OpenForm;
use crate::program::http::{Answer, Client};
use crate::program::{Home, Server};

struct Served {
    home: Home,
    server: Server,
    code: String,
}

fn served() -> Served {
    let home = Home::empty();
    home.with_counters();
    home.import(
        "units",
        "code,name,kind,parent,valid_from,valid_to,successors,admin_code\n\
         X3,Xã Suối Trong,commune,P,,,,98006\nX4,Xã Đá Vách,commune,P,2020-01-01,2025-06-30,X3,\n",
    );
    let server = home.serve();
    let code = home.public_code("X1.Q1");
    Served { home, server, code }
}

impl Served {
    fn client(&self) -> Client {
        self.server.client()
    }

    fn end(self) {
        assert_eq!(self.server.stop(), Some(0));
        assert_eq!(self.home.server_log(), "");
    }
}

fn page(client: &mut Client, path: &str) -> String {
    let answer: Answer = client.get(path).unwrap();
    assert_eq!(answer.status, 200, "{path}");
    answer.text()
}

#[test]
fn every_page_leads_to_the_page_on_privacy() {
    let served = served();
    let mut client = served.client();
    let link = format!("href=\"{}", privacy::PAGE);
    for path in ["/", "/don-vi", "/don-vi/X1", "/phuong-phap", "/bien-nhan", "/quyen-rieng-tu", "/nowhere"] {
        assert!(client.get(path).unwrap().text().contains(&link), "{path}");
    }
    for path in [format!("/q/{}", served.code), format!("/q/{}/cam-on", served.code)] {
        assert!(page(&mut client, &path).contains(&link), "{path}");
        assert!(page(&mut client, &format!("{path}?lang=en")).contains(&format!("{link}?lang=en\"")), "{path}");
    }
    let errors = OpenForm::open(&mut client, &served.code).unwrap().send(&mut client, &[]).unwrap();
    assert!(errors.status == 422 && errors.text().contains(&link));
    served.end();
}

#[test]
fn the_cookie_lives_as_long_and_is_called_as_the_page_says() {
    let served = served();
    let mut client = served.client();
    let said = page(&mut client, privacy::PAGE);
    let form = OpenForm::open(&mut client, &served.code).unwrap();
    let sent = form.send(&mut client, &[("attitude", "4")]).unwrap();
    let cookie = sent.header("set-cookie").unwrap();
    let name = cookie.split('=').next().unwrap();
    let seconds: u64 = cookie.split("Max-Age=").nth(1).unwrap().split(';').next().unwrap().parse().unwrap();
    assert_eq!(seconds % 60, 0);
    assert!(said.contains(&privacy::cookie_receipt(Lang::Vi, name, seconds / 60)), "{cookie} in {said}");
    served.end();
}

#[test]
fn a_comment_is_erased_by_its_receipt_beside_the_running_server() {
    let served = served();
    let mut client = served.client();
    let form = OpenForm::open(&mut client, &served.code).unwrap();
    let sent = form.send(&mut client, &[("attitude", "1"), ("comment", "Rieng tu khong ai biet")]).unwrap();
    let (receipt, _) = sent.receipt().unwrap();
    let holds = |text: &str| {
        let files = std::fs::read_dir(served.home.path()).unwrap().flatten();
        files.into_iter().any(|file| {
            let bytes = std::fs::read(file.path()).unwrap();
            bytes.windows(text.len()).any(|part| part == text.as_bytes())
        })
    };
    assert!(holds("Rieng tu khong ai biet"));
    let told = served.home.does(&["erase-comment", &receipt.to_lowercase()]);
    assert!(told.contains("erased") && !told.contains("Rieng"), "{told}");
    assert!(!holds("Rieng tu khong ai biet"), "the text is still in a file");
    // The form itself still counts, and its receipt still leads to it.
    let found = client.post("/bien-nhan", &[("ma".to_owned(), receipt.clone())]).unwrap();
    assert!(found.text().contains(refusal::RECEIPT_RECEIVED.vi));
    for (code, why) in [("0000-0000-0000-0000", "no answer with"), ("ABC", "is no receipt")] {
        let refused = served.home.run(&["erase-comment", code]);
        assert!(refused.code == Some(1) && refused.err.contains(why), "{code}: {}", refused.err);
    }
    served.end();
}

#[test]
fn a_unit_is_searched_for_by_the_address_alone() {
    let served = served();
    let mut client = served.client();
    let all = page(&mut client, "/don-vi");
    assert!(all.contains("aria-current=\"page\"") && all.contains(site::NAV_UNITS.vi));
    assert!(all.contains("/don-vi/X1") && all.contains("/don-vi/X3") && !all.contains("Đá Vách"), "{all}");
    let found = page(&mut client, "/don-vi?tim=SUOI+trong");
    assert!(found.contains("href=\"/don-vi/X3\"") && !found.contains("href=\"/don-vi/X1\""), "{found}");
    assert!(
        found.contains("value=\"SUOI trong\"") && found.contains("/don-vi?tim=SUOI%20trong&amp;lang=en"),
        "{found}"
    );
    let merged = page(&mut client, "/don-vi?tim=da%20vach&lang=en");
    assert!(merged.contains("now part of <a href=\"/don-vi/X3?lang=en\">"), "{merged}");
    assert!(merged.contains("name=\"lang\" value=\"en\""), "{merged}");
    let nothing = page(&mut client, "/don-vi?tim=%3Cscript%3Ekhong");
    assert!(nothing.contains(unit_list::NOTHING_ADVICE.vi) && !nothing.contains("<script"), "{nothing}");
    served.end();
}
