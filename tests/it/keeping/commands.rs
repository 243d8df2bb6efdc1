//! The commands as the operator meets them: what they write, what they refuse, and what they say.

use std::os::unix::fs::PermissionsExt;

use crate::program::{Ended, Home};

/// One clear sentence on standard error and exit code 1.
fn refusal(ended: &Ended) -> &str {
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""), "{}", ended.err);
    let sentence = ended.err.strip_prefix("thuocdo: ").unwrap().trim_end();
    assert!(!sentence.contains('\n'), "{sentence}");
    sentence
}

fn says(ended: &Ended, words: &[&str]) {
    for word in words {
        assert!(refusal(ended).contains(word), "“{word}” is missing in: {}", ended.err);
    }
}

fn names(home: &Home) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(home.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn a_backup_is_for_its_owner_alone_and_replaces_nothing_unasked() {
    let home = Home::empty();
    home.with_counters();
    let told = home.does(&["backup", "b"]);
    assert!(told.starts_with("b: ") && told.contains("0 answers (0 of them not sealed yet)"), "{told}");
    assert_eq!(home.path().join("b").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let before = std::fs::read(home.path().join("b")).unwrap();
    says(&home.run(&["backup", "b"]), &["b is there already", "--replace"]);
    assert_eq!(std::fs::read(home.path().join("b")).unwrap(), before);
    home.import("procedures", "code,name,field\n1.001,Cấp bản sao,\n");
    home.does(&["backup", "b", "--replace"]);
    assert_ne!(std::fs::read(home.path().join("b")).unwrap(), before);
    says(&home.run(&["backup", "no/such/folder"]), &["cannot write no/such/folder.partial"]);
    // What an interrupted backup left behind is no hindrance; what is no file is.
    std::fs::write(home.path().join("c.partial"), "half").unwrap();
    home.does(&["backup", "c"]);
    std::fs::create_dir(home.path().join("d.partial")).unwrap();
    says(&home.run(&["backup", "d"]), &["d.partial is in the way"]);
    std::fs::remove_dir(home.path().join("d.partial")).unwrap();
    assert!(!names(&home).iter().any(|name| name.ends_with(".partial")), "{:?}", names(&home));
}

#[test]
fn a_backup_holds_no_secret_key_and_no_time_of_day() {
    let home = Home::empty();
    home.with_counters();
    home.does(&["backup", "b"]);
    let bytes = std::fs::read(home.path().join("b")).unwrap();
    let keys = std::fs::read_to_string(home.path().join("thuocdo.keys")).unwrap();
    let secrets: Vec<&str> = keys.split('"').filter(|part| part.len() == 64).collect();
    assert_eq!(secrets.len(), 5);
    let header = String::from_utf8_lossy(&bytes).lines().nth(1).unwrap().to_owned();
    for secret in secrets {
        assert!(!bytes.windows(64).any(|window| window == secret.as_bytes()));
        assert!(!header.contains(&secret[..16]));
    }
    let header: serde_json::Value = serde_json::from_str(&header).unwrap();
    assert_eq!(header["made"].as_str().unwrap().len(), "2026-11-22".len());
}

#[test]
fn a_restore_needs_an_empty_database_and_says_what_to_do_about_the_keys() {
    let home = Home::empty();
    home.with_counters();
    home.does(&["backup", "b"]);
    says(&home.run(&["restore", "b"]), &["thuocdo.db is not empty", "--database", "move this one away"]);
    assert!(home.does(&["restore", "b", "--check"]).contains("whole, nothing was restored"));
    let other = home.does(&["restore", "b", "--database", "sqlite://new.db"]);
    assert!(other.contains("restored (0 answers") && other.contains("thuocdo.keys belongs to it"), "{other}");
    says(&home.run(&["restore", "b", "--database", "sqlite://new.db"]), &["new.db is not empty"]);
    says(&home.run(&["restore", "b", "--database", "sqlite://none/new.db"]), &["folder", "none/new.db"]);
    says(&home.run(&["restore", "nothing", "--database", "sqlite://x.db"]), &["cannot read nothing"]);
    std::fs::write(home.path().join("damaged"), "thuocdo-backup 1\n{}\n").unwrap();
    says(&home.run(&["restore", "damaged", "--database", "sqlite://x.db"]), &["damaged ends too early"]);
    assert!(!names(&home).iter().any(|name| name.starts_with("x.db")), "a refused restore leaves nothing behind");
    // Elsewhere there are no keys yet, and then other ones.
    let elsewhere = Home::empty();
    std::fs::copy(home.path().join("b"), elsewhere.path().join("b")).unwrap();
    let told = elsewhere.does(&["restore", "b"]);
    assert!(told.contains("keys: put the copy of the key file (mark "), "{told}");
    elsewhere.does(&["point", "list"]);
    let told = elsewhere.does(&["restore", "b", "--database", "sqlite://second.db"]);
    assert!(told.contains("is another key file (mark "), "{told}");
}

#[test]
fn a_backup_changes_nothing_and_needs_the_present_schema() {
    let home = Home::empty();
    says(&home.run(&["backup", "b"]), &["there is no file", "thuocdo.db"]);
    std::fs::write(home.path().join("thuocdo.db"), "").unwrap();
    says(&home.run(&["backup", "b"]), &["thuocdo.db holds no Thước Đo installation"]);
    assert!(!home.path().join("b").exists());
    std::fs::remove_file(home.path().join("thuocdo.db")).unwrap();
    home.with_counters();
    // Beside a running server, too.
    let server = home.serve();
    home.does(&["backup", "b"]);
    home.does(&["backup", "c"]);
    let [first, second] = ["b", "c"].map(|name| std::fs::read(home.path().join(name)).unwrap());
    assert_eq!(first, second, "reading leaves no trace");
    assert_eq!(server.stop(), Some(0), "{}", home.server_log());
}
