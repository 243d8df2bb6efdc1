//! Role × scope × route, generated from the table of routes: who is let in where, and that a refusal writes nothing.

use sea_orm::ConnectionTrait;
use thuocdo::web::{OfficeRoute, office_table};
use thuocdo::words::{Right, Role};

use super::officer::Officer;
use crate::program::Home;
use crate::program::form::field;
use crate::world::{World, databases};

/// Who may do what, written down a second time: a change of the table in the code has to be made here as well.
const RIGHTS: [(Role, &str); 9] = [
    (
        Role::Administrator,
        "own read change_units change_points print change_procedures read_accounts change_accounts read_log export_log",
    ),
    (
        Role::HomeAffairs,
        "own read change_units change_points print change_procedures change_volumes change_targets change_questionnaires \
         read_decisions propose approve read_signals read_figures read_cases handle_cases draft_apologies \
          change_measures read_publications prepare_publications write_reports export_responses",
    ),
    (
        Role::ProcedureControl,
        "own read print change_procedures change_volumes read_decisions propose approve read_signals read_figures \
         read_cases handle_cases draft_apologies change_measures read_publications approve_publications \
          write_reports export_responses",
    ),
    (Role::Leader, "own read read_decisions read_signals read_figures read_cases read_publications write_reports"),
    (
        Role::UnitManager,
        "own read print change_volumes read_decisions read_figures read_cases handle_cases draft_apologies \
         write_reports export_responses",
    ),
    (Role::Interviewer, "own"),
    (Role::DataEntry, "own read change_volumes"),
    (Role::Supervisor, "own read read_decisions read_signals read_figures read_publications"),
    (
        Role::Auditor,
        "own read read_decisions read_accounts read_log export_log read_signals read_figures read_accusations \
         read_publications take_records export_responses",
    ),
];

/// Rights that only a scope of the whole province gives.
const FOR_THE_WHOLE: [Right; 10] = [
    Right::ChangeProcedures,
    Right::ChangeTargets,
    Right::ChangeQuestionnaires,
    Right::ReadLog,
    Right::ExportLog,
    Right::ChangeMeasures,
    Right::ReadPublications,
    Right::PreparePublications,
    Right::ApprovePublications,
    Right::TakeRecords,
];

fn may(role: Role, right: Right, is_whole: bool) -> bool {
    let rights = RIGHTS.iter().find(|(known, _)| *known == role).unwrap().1;
    rights.split_whitespace().any(|word| word == right.word()) && (is_whole || !FOR_THE_WHOLE.contains(&right))
}

/// The address with things that are not there: whoever is let in finds nothing, and nothing happens.
fn address(path: &str) -> String {
    path.split('/')
        .map(|part| match part {
            "{so}" | "{ban}" => "999999",
            "{tep}.csv" => "KHONG-CO.csv",
            part if part.starts_with('{') => "KHONG-CO",
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

async fn log_lines(world: &World) -> i64 {
    let row = world.db.reader().query_one_raw(sea_orm::Statement::from_string(
        world.db.reader().get_database_backend(),
        "SELECT COUNT(*) FROM staff_log",
    ));
    row.await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// Routes in an order in which a person can walk them all: what signs out, or ends sessions, comes last.
fn walk() -> Vec<OfficeRoute> {
    let mut routes = office_table();
    routes.sort_by_key(|(_, path, ..)| path.ends_with("/dang-xuat"));
    routes
}

fn ask(officer: &mut Officer, (verb, path, ..): OfficeRoute, token: &str) -> u16 {
    let path = address(path);
    match verb {
        "GET" => officer.get(&path).status,
        "FILE" => officer.post_file_with(token, &path, &[], "x.csv", b"code,name\n").status,
        _ => officer.send(&path, &[field("ma_bieu_mau", token)], &[]).status,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_reaches_what_its_rights_open_in_its_scope_and_nothing_else() {
    for world in databases().await {
        let home = Home::with(&world.url, &world.keys);
        home.with_counters();
        let server = home.serve();
        let routes = walk();
        assert!(routes.len() >= 25, "{} routes", routes.len());
        for (role, _) in RIGHTS {
            for scope in ["P", "X1"] {
                let email = format!("{}.{}@thu.gov.vn", role.word(), scope.to_lowercase());
                let mut officer = Officer::hired(&home, &server, &email, role, "X1", scope);
                let token = officer.token();
                let before = log_lines(&world).await;
                let mut refused = 0;
                for route in &routes {
                    let (verb, path, right, _) = *route;
                    let allowed = may(role, right, scope == "P");
                    let at = || format!("{verb} {path} as {role} in {scope}");
                    if !allowed {
                        assert_eq!(ask(&mut officer, *route, &token), 403, "{}", at());
                        refused += 1;
                    }
                }
                assert_eq!(log_lines(&world).await, before, "a refusal of {role} in {scope} has written something");
                for route in &routes {
                    let (verb, path, right, _) = *route;
                    if may(role, right, scope == "P") {
                        let status = ask(&mut officer, *route, &token);
                        let is_fine = matches!(status, 200 | 303 | 404 | 410 | 422);
                        assert!(is_fine, "{status}: {verb} {path} as {role} in {scope}");
                    }
                }
                assert!(
                    refused > 0 || role == Role::HomeAffairs || role == Role::Administrator,
                    "{role} may do everything"
                );
            }
        }
        assert_eq!(server.stop(), Some(0));
        assert_eq!(home.server_log(), "");
        world.close().await;
    }
}

#[test]
fn nobody_comes_in_without_a_session() {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve();
    let mut nobody = Officer::new(&server);
    for cookie in [None, Some("0".repeat(64)), Some("x".to_owned())] {
        nobody.cookie = cookie;
        for route in walk() {
            let status = ask(&mut nobody, route, "");
            assert_eq!(status, if route.0 == "GET" { 303 } else { 401 }, "{route:?}");
        }
    }
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn the_rights_of_the_roles_are_those_written_down_here() {
    for (role, rights) in RIGHTS {
        let coded: Vec<&str> = role.rights().iter().map(|right| right.word()).collect();
        assert_eq!(coded.join(" "), rights.split_whitespace().collect::<Vec<_>>().join(" "), "{role}");
    }
    for right in Right::ALL {
        assert_eq!(right.is_for_the_whole(), FOR_THE_WHOLE.contains(right), "{right}");
    }
    assert_eq!(RIGHTS.len(), Role::ALL.len());
}

#[test]
fn whatever_writes_is_sent_by_post_and_what_weighs_most_asks_for_a_code_again() {
    for (verb, path, right, step_up) in office_table() {
        assert!(verb != "GET" || !step_up, "{path}: a page that is read cannot ask for a code");
        let weighs = matches!(right, Right::Approve | Right::ExportLog);
        assert!(!weighs || step_up, "{verb} {path}");
    }
}
