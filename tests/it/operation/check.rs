//! `thuocdo check`: every finding at once, on a line of its own, and the server says the same once at its start.

use sea_orm::ConnectionTrait;

use crate::program::{Ended, Home};
use crate::world::databases;

const GOOD: &str = "base_url = \"https://hailong.example.gov.vn\"\nhotline = \"1022\"\npublic_live = false\n";

fn with_settings(home: &Home, settings: &str) -> Ended {
    std::fs::write(home.path().join("t.toml"), settings).unwrap();
    home.run(&["check", "--config", "t.toml"])
}

fn lines<'a>(text: &'a str, weight: &str) -> Vec<&'a str> {
    text.lines().filter(|line| line.starts_with(weight)).collect()
}

#[test]
fn a_good_installation_has_nothing_to_mend_and_is_not_changed() {
    let home = Home::empty();
    home.with_counters();
    let before = std::fs::metadata(home.path().join("thuocdo.db")).unwrap().modified().unwrap();
    let good = with_settings(&home, GOOD);
    assert_eq!((good.code, good.err.as_str()), (Some(0), ""));
    let editions = format!("questionnaires: {} editions, all sound", thuocdo::questionnaire::embedded().unwrap().len());
    for line in ["settings: good", &editions, "keys: ", "database: real, 3 units, 3 points"] {
        assert!(good.out.lines().any(|known| known.starts_with(line)), "{line} is missing in {}", good.out);
    }
    for weight in ["error", "warning", "note"] {
        assert_eq!(lines(&good.out, weight), [""; 0]);
    }
    assert_eq!(std::fs::metadata(home.path().join("thuocdo.db")).unwrap().modified().unwrap(), before);
}

#[test]
fn every_doubtful_setting_is_a_warning_with_a_way_to_mend_it() {
    let home = Home::empty();
    home.with_counters();
    let without = |name: &str| GOOD.lines().filter(|line| !line.starts_with(name)).collect::<Vec<_>>().join("\n");
    let address = |url: &str| without("base_url") + &format!("\nbase_url = \"{url}\"\n");
    for (settings, weight, words) in [
        (without("base_url"), "warning: base_url:", &["not set", "set base_url to"][..]),
        (without("hotline"), "warning: hotline:", &["not set", "set it to a number"]),
        (without("public_live"), "note: public_live:", &["current figures", "set it to false"]),
        (
            address("https://127.0.0.1:8080"),
            "warning: base_url:",
            &["https://127.0.0.1:8080 leads every telephone to itself"],
        ),
        (address("https://192.168.1.5"), "warning: base_url:", &["inside one network only"]),
        (address("https://203.0.113.7"), "warning: base_url:", &["is a number"]),
        (address("http://hailong.example.gov.vn"), "warning: base_url:", &["not encrypted", "TLS"]),
    ] {
        let told = with_settings(&home, &settings);
        assert_eq!((told.code, told.err.as_str()), (Some(0), ""), "{settings}");
        let lines = lines(&told.out, weight);
        let [line] = lines[..] else { panic!("{settings}: {}", told.out) };
        for word in words {
            assert!(line.contains(word), "“{word}” is missing in {line}");
        }
    }
    let both = with_settings(&home, &address("http://10.0.0.5:8080"));
    assert_eq!(lines(&both.out, "warning: base_url:").len(), 2, "{}", both.out);
}

#[test]
fn everything_wrong_is_told_at_once() {
    let home = Home::empty();
    home.with_counters();
    let surveys = home.path().join("phieu");
    std::fs::create_dir_all(surveys.join("schemes")).unwrap();
    for file in ["a.toml", "b.toml", "schemes/c.toml"] {
        std::fs::write(surveys.join(file), "nothing = 1\n").unwrap();
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let keys = home.path().join("thuocdo.keys");
        std::fs::set_permissions(keys, std::fs::Permissions::from_mode(0o644)).unwrap();
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let database = home.path().join("thuocdo.db");
        assert_eq!(
            std::fs::metadata(&database).unwrap().permissions().mode() & 0o777,
            0o600,
            "made for its owner alone"
        );
        std::fs::set_permissions(&database, std::fs::Permissions::from_mode(0o640)).unwrap();
    }
    let told = with_settings(&home, "surveys = \"phieu\"\n");
    assert!(told.out.contains("warning: database: others than its owner may read"), "{}", told.out);
    assert_eq!(told.code, Some(1));
    for words in ["a.toml", "b.toml", "c.toml", "others than its owner may use", "(mode 0644); chmod 600 it"] {
        let found = lines(&told.err, "error: ").iter().any(|line| line.contains(words));
        assert!(found, "“{words}” is missing in\n{}", told.err);
    }
    assert!(told.out.contains("warning: base_url:") && told.out.contains("database: real"), "{}", told.out);
    std::fs::remove_file(home.path().join("thuocdo.keys")).unwrap();
    let lost = with_settings(&home, GOOD);
    assert!(lost.code == Some(1) && lost.err.contains("is missing; put the copy back"), "{}", lost.err);
    assert!(!home.path().join("thuocdo.keys").exists(), "check makes no keys");
}

#[test]
fn a_missing_database_and_one_of_something_else_are_errors() {
    let home = Home::empty();
    let missing = with_settings(&home, GOOD);
    assert!(missing.code == Some(1) && missing.err.contains("error: database: there is no file"), "{}", missing.err);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1, "check leaves nothing behind but what was there");
    std::fs::write(home.path().join("thuocdo.db"), "x".repeat(5_000)).unwrap();
    let other = with_settings(&home, GOOD);
    assert!(other.code == Some(1) && other.err.contains("error: database: cannot open"), "{}", other.err);
    std::fs::write(home.path().join("thuocdo.db"), "").unwrap();
    let empty = with_settings(&home, GOOD);
    assert!(empty.code == Some(1) && empty.err.contains("holds no Thước Đo installation"), "{}", empty.err);
}

#[tokio::test]
async fn removed_guards_and_a_foreign_schema_are_found_on_every_database() {
    for world in databases().await {
        world.db.clone().close().await.unwrap();
        let home = Home::with(&world.url, &world.keys);
        assert_eq!(with_settings(&home, GOOD).code, Some(0));
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        let is_postgres = owner.get_database_backend() == sea_orm::DbBackend::Postgres;
        let drop =
            if is_postgres { "DROP TRIGGER response_no_delete ON response" } else { "DROP TRIGGER response_no_delete" };
        owner.execute_unprepared(drop).await.unwrap();
        let unguarded = with_settings(&home, GOOD);
        assert_eq!(unguarded.code, Some(1));
        assert!(unguarded.err.contains("the guards response_no_delete are missing"), "{}", unguarded.err);
        if is_postgres {
            owner.execute_unprepared("GRANT UPDATE ON response TO thuocdo_app").await.unwrap();
            let told = with_settings(&home, GOOD).err;
            assert!(told.contains("thuocdo_app may do UPDATE on response; revoke it"), "{told}");
        }
        let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 1)";
        owner.execute_unprepared(later).await.unwrap();
        let told = with_settings(&home, GOOD).err;
        assert!(told.contains("a later version of the program has been at work (m9999_later)"), "{told}");
        let behind = "DELETE FROM seaql_migrations WHERE version LIKE 'm0006%' OR version LIKE 'm9999%'";
        owner.execute_unprepared(behind).await.unwrap();
        let told = with_settings(&home, GOOD);
        assert!(told.out.contains("warning: database: the next start adds m0006"), "{}{}", told.out, told.err);
        owner.close().await.unwrap();
        world.close().await;
    }
}

#[test]
fn the_server_warns_once_and_a_doubtful_poster_says_so_on_the_screen() {
    let home = Home::empty();
    home.with_counters();
    let poster = format!("/q/{}/ap-phich", home.public_code("X1.Q1"));
    let server = home.serve();
    let page = server.client().get(&poster).unwrap().text();
    assert!(page.contains("<p class=\"unprinted\"") && page.contains("CHƯA NÊN IN"), "{page}");
    let printed = server.printed();
    for word in ["warning: base_url: not set", "warning: hotline: not set"] {
        assert_eq!(printed.iter().filter(|line| line.starts_with(word)).count(), 1, "{printed:?}");
    }
    assert_eq!(server.stop(), Some(0));
    let good = [("THUOCDO_BASE_URL", "https://hailong.example.gov.vn"), ("THUOCDO_HOTLINE", "02281022")];
    let server = home.serve_with(&good);
    let answer = server.client().get(&poster).unwrap();
    assert!(!answer.text().contains("unprinted") && answer.text().contains("gọi 02281022"));
    assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000; includeSubDomains"));
    let printed = server.printed();
    assert!(!printed.iter().any(|line| line.contains("warning")), "{printed:?}");
    assert_eq!(server.stop(), Some(0));
}
