//! What is shipped beside the program keeps up with it.

use std::collections::BTreeSet;
use std::path::Path;

use thuocdo::config::{Overrides, Settings};

fn shipped(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Every setting the program knows.
fn settings() -> BTreeSet<String> {
    let known = serde_json::to_value(Settings::default()).unwrap();
    known.as_object().unwrap().keys().cloned().collect()
}

/// A line of the sample that sets something, with the mark of a comment taken away.
fn setting(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix("# ").unwrap_or(line);
    let (name, value) = line.split_once(" = ")?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    is_name.then_some((name, value))
}

#[test]
fn the_sample_explains_every_setting_and_nothing_else() {
    let sample = shipped("packaging/thuocdo.toml");
    let lines: Vec<&str> = sample.lines().collect();
    let named: Vec<&str> = lines.iter().filter_map(|line| setting(line)).map(|(name, _)| name).collect();
    assert_eq!(named.iter().map(ToString::to_string).collect::<BTreeSet<_>>(), settings());
    assert_eq!(named.len(), settings().len(), "a setting stands there twice");
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| setting(line).is_some()) {
        assert!(
            at > 0 && lines[at - 1].starts_with("# ") && setting(lines[at - 1]).is_none(),
            "nothing explains {line}"
        );
    }
    // As it is, and with every example taken at its word, the program reads it.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.toml");
    let everything: Vec<String> =
        lines.iter().filter_map(|line| setting(line)).map(|(name, value)| format!("{name} = {value}\n")).collect();
    for text in [sample.clone(), everything.concat()] {
        std::fs::write(&file, text).unwrap();
        let read = Settings::load(Some(&file), &Overrides::default()).unwrap();
        let usual = Settings { database: read.database.clone(), ..Settings::default() };
        assert_eq!(read == usual, !std::fs::read_to_string(&file).unwrap().contains("\nhotline"));
    }
}

#[test]
fn the_documents_name_every_setting_with_its_variable() {
    for document in ["README.md", "docs/OPERATIONS.md"] {
        let text = shipped(document);
        for name in settings() {
            let row = format!("| `{name}` | `THUOCDO_{}` |", name.to_uppercase());
            assert!(text.contains(&row), "{document} has no row {row}");
        }
    }
}

#[test]
fn the_proxy_logs_nothing_that_tells_who_came_when() {
    let conf = shipped("packaging/nginx.conf");
    let format = conf.lines().find(|line| line.starts_with("log_format thuocdo ")).unwrap();
    assert_eq!(format, "log_format thuocdo '$status $request_method';");
    for line in conf.lines().map(str::trim) {
        if line.starts_with("access_log") {
            assert!(line == "access_log off;" || line.ends_with(" thuocdo if=$thuocdo_failed;"), "{line}");
        }
        assert!(!line.starts_with("error_log") || line.ends_with(" crit;"), "{line}");
        assert!(!line.starts_with("limit_req_zone") || line.contains("$binary_remote_addr$uri"), "{line}");
    }
}

#[test]
fn the_service_may_do_little_and_has_time_to_end() {
    let unit = shipped("packaging/thuocdo.service");
    let value = |name: &str| unit.lines().find_map(|line| line.strip_prefix(&format!("{name}="))).unwrap_or("absent");
    for (name, wanted) in [
        ("User", "thuocdo"),
        ("ProtectSystem", "strict"),
        ("StateDirectory", "thuocdo"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
        ("MemoryDenyWriteExecute", "yes"),
        ("PrivateTmp", "yes"),
        ("UMask", "0077"),
        ("LimitCORE", "0"),
        ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"),
    ] {
        assert_eq!(value(name), wanted, "{name}");
    }
    // The drain as it is set, half a second, 15 for what is in flight, 15 for what waits.
    let needed = u64::from(Settings::default().drain_seconds) + 1 + 15 + 15;
    assert!(value("TimeoutStopSec").parse::<u64>().unwrap() > needed);
    let image = shipped("packaging/Dockerfile");
    assert!(image.contains("\nUSER 10001:10001\n") && image.contains("\nHEALTHCHECK ") && image.contains("--locked"));
}
