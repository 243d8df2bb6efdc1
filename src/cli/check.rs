//! `check`: everything that can be wrong before the server starts, at once, each with what, where and how to mend it.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use super::say;
use crate::config::{KeyFile, MailRoute, Settings, open_to_others};
use crate::index::scheme;
use crate::mail::Mailer;
use crate::questionnaire::Edition;
use crate::registry::{Snapshot, editions};
use crate::staff::log;
use crate::store::condition::{self, Condition};
use crate::store::{Database, Opening, file_of, staff_log};
use crate::words::Province;

/// Largest index scheme that is read, in bytes.
const LARGEST_SCHEME: u64 = 1024 * 1024;

/// Most acts of staff whose chain is checked here: a second.
const MOST_ACTS: i32 = 100_000;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// Has to be mended before the server serves.
    Error,
    /// The server serves, but not as people expect.
    Warning,
    /// A choice that somebody should have made knowingly.
    Note,
}

/// What was found, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    weight: Weight,
    place: &'static str,
    text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = match self.weight {
            Weight::Error => "error",
            Weight::Warning => "warning",
            Weight::Note => "note",
        };
        writeln!(f, "{weight}: {}: {}", self.place, self.text)
    }
}

fn finding(weight: Weight, place: &'static str, text: impl Into<String>) -> Finding {
    Finding { weight, place, text: text.into() }
}

fn error(place: &'static str, text: impl Into<String>) -> Finding {
    finding(Weight::Error, place, text)
}

/// `thuocdo check`.
pub(super) async fn check(settings: &Settings) -> anyhow::Result<()> {
    let mut found = of_settings(settings);
    let mut summary = vec![if found.is_empty() { "settings: good" } else { "settings: see below" }.to_owned()];
    let (editions, line) = of_questionnaires(settings, &mut found);
    summary.extend(line);
    summary.extend(of_schemes(settings.surveys.as_deref(), &mut found));
    let line = of_database(settings, &editions, &mut found).await;
    let is_installed = line.is_some();
    summary.extend(line);
    summary.extend(of_keys(settings, file_of(&settings.database), is_installed, &mut found));
    summary.extend(of_mail(settings, &mut found));
    let (errors, others): (Vec<Finding>, Vec<Finding>) =
        found.into_iter().partition(|finding| finding.weight == Weight::Error);
    let told: Vec<String> = summary.iter().map(|line| format!("{line}\n")).collect();
    let others: Vec<String> = others.iter().map(ToString::to_string).collect();
    say((told.concat() + &others.concat()).as_bytes())?;
    if errors.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    bail!("check found {} to mend\n{}", lines.len(), lines.concat().trim_end());
}

/// What the server says once at its start.
pub(super) fn at_start(settings: &Settings, database: Option<&Path>) -> String {
    let mut found = of_settings(settings);
    let _summary = of_keys(settings, database, true, &mut found);
    let lines = found.iter().filter(|finding| finding.weight != Weight::Note).map(ToString::to_string);
    lines.collect::<Vec<_>>().concat()
}

fn of_settings(settings: &Settings) -> Vec<Finding> {
    let mut found = Vec::new();
    for doubt in settings.doubts() {
        let shown = settings.base_url.as_deref().unwrap_or("it");
        let what = if settings.base_url.is_some() { format!("{shown} {}", doubt.what()) } else { doubt.what().into() };
        found.push(finding(Weight::Warning, "base_url", format!("{what}; {}", doubt.mend())));
    }
    if settings.hotline.is_none() {
        found.push(finding(
            Weight::Warning,
            "hotline",
            "not set: people who need a reply are sent to the national portal alone; set it to a number that is answered",
        ));
    }
    if is_unencrypted(&settings.database) {
        found.push(finding(
            Weight::Warning,
            "database",
            "answers travel to another machine in the clear; add ?sslmode=verify-full to the URL",
        ));
    }
    if settings.public_live {
        found.push(finding(
            Weight::Note,
            "public_live",
            "current figures are shown to everybody as days are sealed, before anyone has approved them; set it to false \
             if they are to be seen after a decision alone",
        ));
    }
    found
}

/// Whether a PostgreSQL URL leads to another machine and asks for no encryption.
fn is_unencrypted(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let host = address.rsplit('@').next().unwrap_or_default().split('/').next().unwrap_or_default();
    let near = host.is_empty()
        || host.starts_with('%')
        || ["localhost", "127.", "[::1]"].iter().any(|near| host.starts_with(near))
        || query.contains("host=/");
    let safe = ["require", "verify-ca", "verify-full"];
    let asked = query.split('&').find_map(|part| part.strip_prefix("sslmode=").or(part.strip_prefix("ssl-mode=")));
    scheme.starts_with("postgres") && !near && !asked.is_some_and(|mode| safe.contains(&mode))
}

fn of_questionnaires(settings: &Settings, found: &mut Vec<Finding>) -> (Vec<Edition>, Option<String>) {
    match editions::looked_through(settings.surveys.as_deref()) {
        Ok((editions, problems)) => {
            let lines = problems.iter().flat_map(|problem| problem.lines());
            found.extend(lines.map(|line| error("surveys", line)));
            let sound = if problems.is_empty() { "all sound" } else { "others are not sound" };
            let unsettled = editions.iter().filter(|edition| edition.unsettled() > 0).map(|edition| {
                let (n, name, all) = (edition.unsettled(), edition.name(), edition.items().len());
                format!(
                    "\n  {name}: the wording of {n} of {all} questions has no published source; compare it with the \
                     official paper"
                )
            });
            let unsettled: Vec<String> = unsettled.collect();
            let line = format!("questionnaires: {} editions, {sound}{}", editions.len(), unsettled.concat());
            (editions, Some(line))
        }
        Err(problem) => {
            found.push(error("surveys", format!("{problem:#}")));
            (Vec::new(), None)
        }
    }
}

/// Index schemes: those of the program and those in the folder `schemes` beside the province's own questionnaires.
fn of_schemes(folder: Option<&Path>, found: &mut Vec<Finding>) -> Option<String> {
    let own = match own_schemes(folder) {
        Ok(own) => own,
        Err(problem) => {
            found.push(error("surveys", format!("{problem:#}")));
            return None;
        }
    };
    match scheme::available(&own) {
        Ok(known) => Some(format!("index schemes: {}, all sound", known.len())),
        Err(unsound) => {
            let lines = unsound.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
            found.extend(lines.lines().map(|line| error("surveys", line)));
            None
        }
    }
}

fn own_schemes(folder: Option<&Path>) -> anyhow::Result<Vec<(String, String)>> {
    let mut own = Vec::new();
    let folder = folder.map(|folder| folder.join("schemes")).filter(|folder| folder.is_dir());
    for file in folder.iter().flat_map(fs::read_dir).flatten() {
        let path = file.context("while reading the folder of schemes")?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let size = fs::metadata(&path).with_context(|| format!("cannot read {}", path.display()))?.len();
            if size > LARGEST_SCHEME {
                bail!("{} has {size} bytes; at most {LARGEST_SCHEME} are read", path.display());
            }
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            own.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text));
        }
    }
    own.sort();
    Ok(own)
}

/// The database; its line where there is an installation.
async fn of_database(settings: &Settings, available: &[Edition], found: &mut Vec<Finding>) -> Option<String> {
    let condition = match condition::look(&settings.database).await {
        Ok(condition) => condition,
        Err(problem) => {
            let text = problem.to_string();
            found.push(error("database", text.strip_prefix("database: ").unwrap_or(&text)));
            return None;
        }
    };
    found.extend(of_condition(&condition));
    let file = file_of(&settings.database);
    if let Some((file, mode)) = file.and_then(|file| Some((file, open_to_others(file)?))) {
        let text = format!("others than its owner may read {} (mode {mode:04o}); chmod 600 it", file.display());
        found.push(finding(Weight::Warning, "database", text));
    }
    if !condition.pending.is_empty() {
        return Some(format!("database: {} migrations behind", condition.pending.len()));
    }
    match installed(settings, available).await {
        Ok((line, changed, broken)) => {
            found.extend(changed.into_iter().map(|sentence| error("surveys", sentence)));
            found.extend(broken.map(|sentence| error("staff log", sentence)));
            Some(line)
        }
        Err(problem) => {
            found.push(error("database", format!("{problem:#}")));
            None
        }
    }
}

fn of_condition(condition: &Condition) -> Vec<Finding> {
    let Condition { pending, unknown, missing_guards, excess_rights, damage } = condition;
    let mut found: Vec<Finding> =
        damage.iter().map(|line| error("database", format!("{line}; restore a backup"))).collect();
    if !pending.is_empty() {
        let text = format!("the next start adds {} to the schema; make a backup first", pending.join(", "));
        found.push(finding(Weight::Warning, "database", text));
    }
    if !unknown.is_empty() {
        let text = format!("a later version of the program has been at work ({}); install it", unknown.join(", "));
        found.push(error("database", text));
    }
    if !missing_guards.is_empty() {
        let text = format!(
            "the guards {} are missing: what they guard can be changed; find out who removed them, and restore a backup",
            missing_guards.join(", ")
        );
        found.push(error("database", text));
    }
    if !excess_rights.is_empty() {
        let text = format!("the role thuocdo_app may do {}; revoke it as the owner", excess_rights.join(", "));
        found.push(error("database", text));
    }
    found
}

/// The line of the installation, the editions that were changed after use, and what is wrong with the staff log.
async fn installed(
    settings: &Settings,
    available: &[Edition],
) -> anyhow::Result<(String, Vec<String>, Option<String>)> {
    let db = Database::open(&settings.database, Opening::Existing).await?;
    let snapshot = Snapshot::load(&db, settings.province()).await?;
    let record = super::record::state_line(&db, settings).await?;
    let (log, broken) = of_staff_log(&db, settings.province()).await?;
    db.close().await?;
    let (points, units) = (snapshot.directory.points().len(), snapshot.directory.units().count());
    let kind = if snapshot.installation.simulated { "simulated" } else { "real" };
    let sealed = snapshot.installation.sealed_through;
    let sealed = sealed.map_or_else(|| "nothing sealed yet".to_owned(), |day| format!("sealed through {}", day.iso()));
    let line = format!(
        "database: {kind}, {units} units, {points} points, {sealed}, schema up to date, guards in place\n{record}\nstaff log: {log}"
    );
    Ok((line, editions::changed_after_use(&snapshot.editions, available), broken))
}

/// The staff log in words, and its first fault.
async fn of_staff_log(db: &Database, province: Province) -> anyhow::Result<(String, Option<String>)> {
    let acts = staff_log::head(db.reader(), province).await?.map_or(0, |head| head.seq);
    if acts > MOST_ACTS {
        return Ok((format!("{acts} acts; check them with thuocdo staff log --verify"), None));
    }
    let verdict = log::verify(db, province, None).await?;
    Ok(match verdict.broken {
        None => (format!("{} acts, the chain is whole", verdict.good.seq), None),
        Some(broken) => {
            let told = format!("{broken}; find out who changed it, and compare it with a backup or an exported file");
            ("see below".to_owned(), Some(told))
        }
    })
}

/// How letters leave.
fn of_mail(settings: &Settings, found: &mut Vec<Finding>) -> Option<String> {
    match (settings.mail_route(), Mailer::of(settings)) {
        (Ok(Some(route)), Ok(_)) => {
            if matches!(route, MailRoute::Directory(_)) {
                let text = "letters go into files and to nobody; name a mail server";
                found.push(finding(Weight::Warning, "mail", text));
            }
            Some(format!("mail: {route}"))
        }
        (_, Err(problem)) => {
            let text = format!("{problem:#}");
            let text = text.strip_prefix("settings: ").unwrap_or(&text);
            found.push(error("mail", text.strip_prefix("mail: ").unwrap_or(text)));
            None
        }
        _ => Some("mail: not set; no letters leave".to_owned()),
    }
}

fn of_keys(
    settings: &Settings,
    database: Option<&Path>,
    is_installed: bool,
    found: &mut Vec<Finding>,
) -> Option<String> {
    let file = settings.key_file(database).display().to_string();
    match settings.look_at_keys(database) {
        Ok(KeyFile::Good) => return Some(format!("keys: {file}, readable by its owner alone")),
        Ok(KeyFile::Missing) if is_installed => found.push(error(
            "keys",
            format!(
                "{file} is missing; put the copy back, or the next start makes new ones and open forms are refused"
            ),
        )),
        Ok(KeyFile::Missing) => found.push(finding(Weight::Note, "keys", format!("{file} is made at the first start"))),
        Ok(KeyFile::OpenToOthers(mode)) => {
            let text = format!("others than its owner may use {file} (mode {mode:04o}); chmod 600 it");
            found.push(error("keys", text));
        }
        Err(problem) => {
            let text = problem.to_string();
            found.push(error("keys", text.strip_prefix("keys: ").unwrap_or(&text)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(settings: &Settings) -> Vec<(Weight, &'static str)> {
        of_settings(settings).iter().map(|finding| (finding.weight, finding.place)).collect()
    }

    #[test]
    fn a_well_set_installation_is_warned_of_nothing() {
        let good = Settings {
            base_url: Some("https://hailong.example.gov.vn".to_owned()),
            hotline: Some("1022".to_owned()),
            public_live: false,
            ..Settings::default()
        };
        assert_eq!(places(&good), []);
        let live = Settings { public_live: true, ..good.clone() };
        assert_eq!(places(&live), [(Weight::Note, "public_live")]);
        let silent = Settings { hotline: None, ..good.clone() };
        assert_eq!(places(&silent), [(Weight::Warning, "hotline")]);
        let unset = Settings { base_url: None, ..good.clone() };
        assert_eq!(places(&unset), [(Weight::Warning, "base_url")]);
        let number = Settings { base_url: Some("http://203.0.113.7".to_owned()), ..good };
        assert_eq!(places(&number), [(Weight::Warning, "base_url"), (Weight::Warning, "base_url")]);
    }

    #[test]
    fn a_database_elsewhere_has_to_be_spoken_to_in_secret() {
        for open in ["postgres://u:p@db.example/t", "postgresql://10.0.0.7:5432/t?sslmode=prefer"] {
            assert!(is_unencrypted(open), "{open}");
        }
        for safe in [
            "postgres://u:p@db.example/t?sslmode=verify-full",
            "postgres://u:p@localhost/t",
            "postgres://u:p@127.0.0.1:5433/t",
            "postgres://u:p@%2Frun%2Fpostgresql/t",
            "postgres:///t?host=/run/postgresql",
            "sqlite://thuocdo.db",
        ] {
            assert!(!is_unencrypted(safe), "{safe}");
        }
    }

    #[test]
    fn every_fault_of_a_database_is_an_error_but_an_old_schema() {
        let good = Condition {
            pending: Vec::new(),
            unknown: Vec::new(),
            missing_guards: Vec::new(),
            excess_rights: Vec::new(),
            damage: Vec::new(),
        };
        assert_eq!(of_condition(&good), []);
        let one = || vec!["x".to_owned()];
        let old = of_condition(&Condition { pending: one(), ..good.clone() });
        assert_eq!((old[0].weight, old.len()), (Weight::Warning, 1));
        let bad = Condition { unknown: one(), missing_guards: one(), excess_rights: one(), damage: one(), ..good };
        let bad = of_condition(&bad);
        assert!(bad.len() == 4 && bad.iter().all(|finding| finding.weight == Weight::Error), "{bad:?}");
    }
}
