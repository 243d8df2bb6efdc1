//! The command line: what it refuses in one sentence, and what it prints.

use serde_json::Value;

use crate::program::{Ended, Home, ended};

/// One clear sentence on standard error, nothing on standard output, exit code 1.
fn refusal(ended: &Ended) -> &str {
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""), "{}", ended.err);
    let sentence = ended.err.strip_prefix("thuocdo: ").expect("the program names itself");
    let sentence = sentence.strip_suffix('\n').expect("a line");
    assert!(!sentence.is_empty() && !sentence.contains('\n'), "{sentence}");
    sentence
}

fn says(ended: &Ended, words: &[&str]) {
    let sentence = refusal(ended);
    for word in words {
        assert!(sentence.contains(word), "“{word}” is missing in: {sentence}");
    }
}

#[test]
fn a_missing_database_is_named_with_the_way_to_make_it() {
    let home = Home::empty();
    for command in [&["point", "list"][..], &["index", "--measure", "counter"], &["seal"], &["qr", "X"]] {
        says(&home.run(command), &["there is no file", "thuocdo.db", "start `thuocdo` once", "--database"]);
    }
    says(&home.run(&["seal", "--database", "mysql://x"]), &["“mysql://x” is not a database URL", "sqlite://FILE"]);
    says(&home.run(&["serve", "--database", "sqlite:///nowhere/at/all.db"]), &["folder", "/nowhere/at/all.db"]);
    says(
        &home.run(&["seal", "--database", "postgres://u:secret@127.0.0.1:1/x"]),
        &["cannot open postgres://u:…@127.0.0.1"],
    );
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "a refused command leaves nothing behind");
}

#[test]
fn an_unknown_setting_stops_every_command() {
    let home = Home::empty();
    std::fs::write(home.path().join("thuocdo.toml"), "hotlin = \"1022\"\n").unwrap();
    says(&home.run(&["serve"]), &["settings:", "hotlin"]);
    std::fs::write(home.path().join("thuocdo.toml"), "listen = \"everywhere\"\n").unwrap();
    says(&home.run(&["serve"]), &["settings:", "listen"]);
    std::fs::remove_file(home.path().join("thuocdo.toml")).unwrap();
    says(&home.run(&["serve", "--config", "other.toml"]), &["settings: cannot read other.toml"]);
    says(&ended(home.command(&["serve"]).env("THUOCDO_HOTLIN", "1")), &["settings:", "hotlin"]);
    says(&ended(home.command(&["serve"]).env("THUOCDO_PUBLIC_LIVE", "maybe")), &["settings:", "public_live"]);
    says(&home.run(&["serve", "--base-url", "haihuoc.gov.vn"]), &["base_url “haihuoc.gov.vn”", "https://"]);
}

#[test]
fn one_embedded_database_has_one_server() {
    let home = Home::empty();
    let server = home.serve();
    says(&home.run(&["serve", "--listen", "127.0.0.1:0"]), &["another server already runs on", "thuocdo.db"]);
    let other = Home::empty();
    let address = server.address.to_string();
    says(&other.run(&["serve", "--listen", &address]), &["cannot listen on", &address, "--listen"]);
    // Commands work beside it, and the server stops cleanly and can be started again.
    home.with_counters();
    assert_eq!(server.stop(), Some(0), "{}", home.server_log());
    assert_eq!(home.serve().stop(), Some(0));
}

#[test]
fn what_cannot_be_written_is_named() {
    let home = Home::empty();
    home.with_counters();
    says(&home.run(&["qr", "X1.Q1", "-o", "no/such/folder.svg"]), &["cannot write no/such/folder.svg"]);
    // A folder stands where the database should be written.
    std::fs::create_dir(home.path().join("taken.db")).unwrap();
    says(&home.run(&["serve", "--database", "sqlite://taken.db"]), &["database: cannot open taken.db"]);
    let mut command = home.command(&["serve", "--database", "sqlite://new.db"]);
    says(&ended(command.env("THUOCDO_KEYS", "no/such/keys")), &["keys: no/such/keys"]);
}

#[test]
fn an_unknown_point_or_unit_is_named() {
    let home = Home::empty();
    home.with_counters();
    says(&home.run(&["qr", "X9.Q9"]), &["there is no collection point “X9.Q9”", "thuocdo point list"]);
    says(&home.run(&["point", "close", "X9.Q9"]), &["there is no collection point “X9.Q9”"]);
    says(&home.run(&["index", "--measure", "counter", "--unit", "X9"]), &["there is no unit “X9”"]);
    says(&home.run(&["index", "--measure", "happiness"]), &["--measure", "happiness", "counter"]);
    let turned = ["index", "--measure", "counter", "--from", "2026-02-01", "--to", "2026-01-01"];
    says(&home.run(&turned), &["ends (2026-01-01) before it begins (2026-02-01)"]);
    says(&home.run(&["seal", "--through", "2999-01-01"]), &["day 2999-01-01 has not ended"]);
}

#[test]
fn a_broken_questionnaire_stops_the_start_with_file_line_and_reason() {
    let home = Home::empty();
    home.with_counters();
    let folder = home.path().join("phieu");
    std::fs::create_dir(&folder).unwrap();
    let good = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/surveys/counter-1.toml")).unwrap();
    let own = good.replace("code = \"counter\"", "code = \"own\"");
    std::fs::write(folder.join("own-1.toml"), &own).unwrap();
    std::fs::write(home.path().join("t.toml"), format!("surveys = {:?}\n", folder.display().to_string())).unwrap();
    let sound = home.does(&["check", "--config", "t.toml"]);
    let editions = thuocdo::questionnaire::embedded().unwrap().len() + 1;
    assert!(sound.contains(&format!("questionnaires: {editions} editions, all sound")), "{sound}");
    let unsettled = "health_3869_inpatient-1: the wording of 7 of 8 questions has no published source";
    assert!(sound.contains(unsettled) && !sound.contains("own-1: the wording"), "{sound}");
    std::fs::write(folder.join("own-2.toml"), own.replacen("max = 600", "max = 600\nmaxx = 1", 1)).unwrap();
    for command in ["check", "serve"] {
        let refused = home.run(&[command, "--config", "t.toml", "--listen", "127.0.0.1:0"]);
        assert_eq!(refused.code, Some(1), "{}", refused.err);
        assert!(refused.err.contains("own-2.toml, line ") && refused.err.contains("maxx"), "{}", refused.err);
    }
}

#[test]
fn a_bad_import_names_every_line_and_changes_nothing() {
    let home = Home::empty();
    home.with_counters();
    says(&home.run(&["import", "units", "missing.csv"]), &["cannot read missing.csv"]);
    let before = home.does(&["point", "list"]);
    let mut text = String::from("code,unit,name,kind,questionnaire\n");
    for line in 2..=1_001 {
        let row = match line {
            17 => format!("N{line},X7,Quầy,counter,counter\n"),
            500 => format!("N{line},X1,Quầy,desk,counter\n"),
            999 => format!("N{line},X1,,counter,counter\n"),
            _ => format!("N{line},X1,Quầy {line},counter,counter\n"),
        };
        text.push_str(&row);
    }
    std::fs::write(home.path().join("many.csv"), text).unwrap();
    let refused = home.run(&["import", "points", "many.csv"]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(1), ""));
    let lines: Vec<&str> = refused.err.lines().collect();
    let [first, second, third, last] = lines[..] else { panic!("{}", refused.err) };
    assert!(first.starts_with("thuocdo: many.csv, line 17, column unit: there is no unit “X7”"), "{first}");
    assert!(second.starts_with("many.csv, line 500, column kind: “desk”"), "{second}");
    assert!(third.starts_with("many.csv, line 999, column name: "), "{third}");
    assert_eq!(last, "nothing was changed");
    assert_eq!(home.does(&["point", "list"]), before);
}

#[test]
fn wrong_usage_ends_with_2_and_help_has_examples() {
    let home = Home::empty();
    for wrong in [
        &["frobnicate"][..],
        &["index"],
        &["import", "everything", "x.csv"],
        &["index", "--measure", "counter", "--from", "yesterday"],
        &["serve", "--listen", "here"],
        &["qr", "X", "--format", "gif"],
        &["point"],
    ] {
        let ended = home.run(wrong);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{wrong:?}");
        assert!(!ended.err.is_empty());
    }
    let commands = [&[][..], &["serve"], &["demo"], &["import"], &["point"], &["point", "list"], &["point", "close"]];
    for command in commands.into_iter().chain([&["qr"][..], &["index"], &["seal"]]) {
        let help = home.does(&[command, &["--help"]].concat());
        assert!(
            help.contains("Example") && help.contains("\n  thuocdo"),
            "no example in the help of {command:?}:\n{help}"
        );
    }
}

#[test]
fn points_are_listed_with_their_addresses() {
    let home = Home::empty();
    home.with_counters();
    let list = home.does(&["point", "list", "--base-url", "https://thu.example.vn/"]);
    let rows: Vec<Vec<&str>> = list.lines().map(|line| line.split('\t').collect()).collect();
    let of = |row: usize| [rows[row][0], rows[row][1], rows[row][2]];
    assert_eq!(rows.len(), 3);
    assert_eq!(
        [of(0), of(1), of(2)],
        [["X1.Q1", "X1", "Quầy 1"], ["X1.Q2", "X1", "Quầy 2"], ["X2.Q1", "X2", "Quầy 1"]]
    );
    let code = rows[0][3].strip_prefix("https://thu.example.vn/q/").unwrap();
    assert!(code.len() == 9 && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()), "{code}");
}

#[test]
fn a_qr_is_drawn_as_text_and_picture() {
    let home = Home::empty();
    home.with_counters();
    let code = home.public_code("X1.Q1");
    let txt = home.does(&["qr", "X1.Q1", "--base-url", "https://thu.example.vn"]);
    assert!(txt.trim_end().ends_with(&format!("https://thu.example.vn/q/{code}")), "{txt}");
    let svg = home.does(&["qr", &code, "--format", "svg"]);
    assert!(svg.starts_with("<svg") || svg.starts_with("<?xml"), "{svg}");
    assert_eq!(home.does(&["qr", "X1.Q1", "--format", "png", "-o", "q.png"]), "");
    assert!(std::fs::read(home.path().join("q.png")).unwrap().starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!(home.does(&["qr", "X1.Q1", "--format", "svg", "-o", "q.svg"]), "");
    assert_eq!(std::fs::read_to_string(home.path().join("q.svg")).unwrap(), svg);
}

#[test]
fn the_index_as_json_has_the_shape_of_the_contract() {
    let home = Home::empty();
    home.with_counters();
    let rows: Vec<String> = (0..40)
        .map(|n| format!("X1.Q1,2026-01-{:02},paper,{},s{n},{},,,,\n", n % 28 + 1, ["B", "D"][n % 2], n % 5 + 1))
        .collect();
    let told = home.import(
        "responses",
        &format!("point,day,channel,level,serial,reception,waiting,attitude,time,quality\n{}", rows.concat()),
    );
    assert!(told.starts_with("responses.csv: 40 lines, 40 added, 0 changed, 0 unchanged"), "{told}");
    let asked = ["index", "--measure", "counter", "--unit", "X1", "--from", "2026-01-01", "--to", "2026-01-31"];
    let json = home.does(&[&asked[..], &["--format", "json"]].concat());
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["index"]["measure"], "counter");
    assert_eq!((&json["index"]["unit"], &json["index"]["from"]), (&"X1".into(), &"2026-01-01".into()));
    assert_eq!(json["index"]["to"], "2026-01-31");
    let estimates = json["estimates"].as_array().unwrap();
    let names = ["measure", "statistic", "domain", "estimate", "se", "df", "deff", "n", "n_effective", "intervals"];
    for estimate in estimates {
        for name in names.iter().chain(&["verdicts", "warnings", "level", "basis", "verdict"]) {
            assert!(estimate.get(*name).is_some(), "{name} is missing in {estimate}");
        }
        assert!(["A", "B", "C", "D", "headline"].contains(&estimate["level"].as_str().unwrap()));
        if estimate["level"] == "D" {
            assert!(estimate["verdict"].is_null(), "no verdict at level D");
        }
    }
    let share = |level: &str| {
        let wanted = |e: &&Value| {
            e["level"] == level && e["measure"] == "reception" && e["statistic"] == "share" && e["domain"].is_null()
        };
        estimates.iter().find(wanted).unwrap_or_else(|| panic!("no share at {level}")).clone()
    };
    // Even lines are B: levels 1, 3, 5, 2, 4 in turn, so that 8 of 20 are satisfied; the odd ones likewise.
    for level in ["B", "D", "headline"] {
        assert_eq!((share(level)["n"].as_u64(), share(level)["estimate"].as_f64()), (Some(20), Some(0.4)), "{level}");
    }
    let table = home.does(&asked);
    assert!(table.starts_with("counter X1 2026-01-01 – 2026-01-31\n") && table.contains("reception"), "{table}");
    let csv = home.does(&[&asked[..], &["--format", "csv"]].concat());
    assert!(csv.starts_with("\u{feff}edition,measure,statistic,level,basis,domain,n,"), "{csv}");
}

#[test]
fn units_and_codes_are_changed_by_commands_that_say_what_they_did() {
    let home = Home::empty();
    home.with_counters();
    let day = |month: u8| format!("2030-0{month}-01");
    let list = home.does(&["unit", "list"]);
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines.iter().any(|line| line.starts_with("X1\tcommune\t")), "{list}");
    let renamed = home.does(&["unit", "rename", "X1", "--name", "Phường Một", "--from", &day(1)]);
    assert_eq!(renamed, "X1 is named Phường Một from 2030-01-01\n");
    says(&home.run(&["unit", "rename", "X9", "--name", "X", "--from", &day(1)]), &["There is no unit “X9”"]);
    let merge = ["unit", "merge", "X1", "--into", "X2", "--from", &day(7), "--citation", "NQ 1"];
    assert_eq!(home.does(&merge), "X1 merged into X2 from 2030-07-01\n");
    says(&home.run(&["unit", "split", "X2", "--into", "X2", "--from", &day(8), "--citation", "NQ 2"]), &["both sides"]);

    let old = home.public_code("X1.Q1");
    let told = home.does(&["point", "new-code", "X1.Q1", "--base-url", "https://thu.example.vn"]);
    let new = told.trim_end().rsplit('/').next().unwrap();
    assert_eq!(told, format!("X1.Q1 has the new code {new}: https://thu.example.vn/q/{new}\n"));
    for code in [old.as_str(), new] {
        let picture = home.does(&["qr", code, "--base-url", "https://thu.example.vn"]);
        assert!(picture.ends_with(&format!("https://thu.example.vn/q/{code}\n")), "{picture}");
    }
    let revoked = home.does(&["point", "revoke", &old, "--reason", "false_copy", "--from", &day(1)]);
    assert_eq!(revoked, format!("{old} of X1.Q1 is revoked from 2030-01-01\n"));
    assert_eq!(home.public_code("X1.Q1"), new);
    says(
        &home.run(&["point", "revoke", &old, "--reason", "old", "--from", &day(2)]),
        &["is revoked from 2030-01-01 on"],
    );
}
