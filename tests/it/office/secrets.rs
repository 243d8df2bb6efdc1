//! What opens an account is nowhere: not in the database, not in its logs, not in the log of the server.

use super::officer::{Officer, PASSWORD};
use crate::program::Home;

/// Everything in the folder of an installation but the key file.
fn everything(home: &Home) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(home.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.extension().is_none_or(|end| end != "keys") {
            bytes.extend(std::fs::read(path).unwrap());
        }
    }
    bytes
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn passwords_codes_tokens_and_links_are_stored_as_hashes_alone() {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve_with(&[("THUOCDO_LOG", "debug")]);
    let said =
        home.does(&["staff", "add", "lan@x1.gov.vn", "--name", "Nguyễn Thị Lan", "--role", "leader", "--unit", "X1"]);
    let link = said[said.find("/quan-tri").unwrap()..].trim_end().to_owned();
    let mut lan = Officer::new(&server);
    let page = lan.get(&link).text();
    let secret = page.split("<code class=\"key\">").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
    assert_eq!(lan.activate(&link, "lan@x1.gov.vn", &[]).status, 200);
    let token = lan.cookie.clone().unwrap();
    let recovery = lan.recovery.clone();
    let wrong = "một mật khẩu gõ nhầm nào đó";
    assert_eq!(lan.sign_in(wrong, "654321").status, 422);
    let used = lan.fresh_code();
    assert_eq!(lan.sign_in(PASSWORD, &used).status, 303);
    assert_eq!(lan.get("/quan-tri/toi").status, 200);
    assert_eq!(server.stop(), Some(0));
    let stored = everything(&home);
    assert!(holds(&stored, b"lan@x1.gov.vn") && holds(&stored, b"$argon2id$"), "the search finds what is there");
    let link_token = link.rsplit('/').next().unwrap();
    let raw = |hex: &str| -> Vec<u8> {
        hex.as_bytes().chunks(2).map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
    };
    let mut secrets: Vec<Vec<u8>> = vec![
        PASSWORD.into(),
        wrong.into(),
        secret.into(),
        token.clone().into(),
        raw(&token),
        link_token.into(),
        raw(link_token),
        b"654321".to_vec(),
    ];
    secrets.extend(recovery.iter().flat_map(|code| [code.clone().into_bytes(), code.replace('-', "").into_bytes()]));
    for (at, secret) in secrets.iter().enumerate() {
        assert!(!holds(&stored, secret), "secret {at} is stored");
    }
}
