//! Objects of others: fifty of a neighbouring commune and fifty of another province in the same database, asked for by
//! every address that names an object.

use std::fmt::Write;
use std::ops::Range;

use thuocdo::record::CaseCode;
use thuocdo::web::{OfficeRoute, office_table};
use thuocdo::words::{CaseId, Role};

use super::officer::Officer;
use crate::program::Home;
use crate::program::form::field;

/// Objects of each kind in a subtree.
const UNITS: usize = 25;
const POINTS: usize = 25;

/// A commune with units and points below it, as two files.
fn commune(name: &str) -> (String, String) {
    let units = (0..UNITS).map(|n| format!("{name}.U{n},Bộ phận bí mật {name} {n},centre,{name}\n"));
    let points = (0..POINTS).map(|n| format!("{name}.Q{n},{name}.U{n},Quầy bí mật {name} {n},counter,counter,,2\n"));
    (units.collect(), points.collect())
}

fn fill(home: &Home, province: &str, communes: &[&str]) {
    let setting = [("THUOCDO_PROVINCE", province)];
    let top = format!("P{province}");
    let mut units = format!("code,name,kind,parent\n{top},Tỉnh {province},province,\n");
    let mut points = "code,unit,name,kind,questionnaire,field,officers\n".to_owned();
    for name in communes {
        let (own_units, own_points) = commune(name);
        write!(units, "{name},Xã {name},commune,{top}\n{own_units}").unwrap();
        points.push_str(&own_points);
    }
    home.import_with("units", &units, &setting);
    home.import_with("points", &points, &setting);
    for name in communes {
        cases(home, province, name);
    }
}

/// Numbers of the cases of a commune.
fn numbers(commune: &str) -> Range<i64> {
    let first = i64::from(commune.as_bytes()[0]) * 1_000;
    first..first + 10
}

/// A case of each unit, in work and passed on in turn.
fn cases(home: &Home, province: &str, name: &str) {
    for (at, id) in numbers(name).enumerate() {
        let (state, unit) = (if at % 2 == 0 { 2 } else { 4 }, format!("{name}.U{at}"));
        let number = format!("(SELECT unit FROM unit_version WHERE p = {province} AND code = '{unit}')");
        home.sql(&format!(
            "INSERT INTO complaint (p, id, day, leaf, unit, state, hint, assigned_unit, task, released_day, due_day)
             VALUES ({province}, {id}, 20000, x'{id:08x}', {number}, {state}, FALSE, {number}, 'Việc bí mật {name}', 20001, 20020)"
        ));
    }
}

/// What the place holder of an address may be filled with: the objects of a subtree.
fn objects(path: &str, commune: &str, person: &str) -> Vec<String> {
    let placed = |prefix: &str| path.starts_with(prefix) && path[prefix.len()..].starts_with("/{");
    if path.starts_with("/quan-tri/so-lieu/") {
        // The place holder is the name of a file; units stand in the query and are asked for in `figures`.
        Vec::new()
    } else if placed("/quan-tri/don-vi") || placed("/quan-tri/tin-hieu") {
        (0..UNITS).map(|n| format!("{commune}.U{n}")).chain([commune.to_owned()]).collect()
    } else if placed("/quan-tri/diem") {
        (0..POINTS).map(|n| format!("{commune}.Q{n}")).collect()
    } else if placed("/quan-tri/tai-khoan") {
        vec![person.to_owned()]
    } else if placed("/quan-tri/phan-anh") || placed("/quan-tri/to-cao") {
        numbers(commune).map(|id| CaseCode::of(CaseId(id)).to_string()).collect()
    } else if path.starts_with("/quan-tri/cong-bo/") {
        // Publications concern the whole province: who does not see all of it is refused at the door.
        Vec::new()
    } else if placed("/quan-tri/xuat-du-lieu") {
        // Files have random numbers: those of others are asked for in `exports`.
        Vec::new()
    } else if placed("/quan-tri/qua-han") {
        // Late dossiers have random keys: those of others are asked for in `late`.
        Vec::new()
    } else if placed("/quan-tri/duyet") {
        // Decisions are asked for by those who have no part in them in `decisions`.
        Vec::new()
    } else if ["phieu", "nhap", "chi-so-khac", "chi-tieu", "thu-tuc"]
        .iter()
        .any(|page| path.starts_with(&format!("/quan-tri/{page}/")))
    {
        // Questionnaires, kinds of files, targets, fields and procedures belong to the whole province.
        Vec::new()
    } else {
        panic!("{path} names an object this sweep does not know: add it here")
    }
}

fn ask(officer: &mut Officer, (verb, path, ..): OfficeRoute, object: &str, token: &str) -> (u16, String) {
    let path: Vec<&str> = path.split('/').map(|part| if part.starts_with('{') { object } else { part }).collect();
    let path = path.join("/");
    let answer = match verb {
        "GET" => officer.get(&path),
        _ => officer.send(&path, &[field("ma_bieu_mau", token)], &[]),
    };
    (answer.status, answer.text())
}

#[test]
fn nothing_of_another_commune_or_province_is_there_under_any_address() {
    let home = Home::empty();
    fill(&home, "1", &["A", "B"]);
    fill(&home, "2", &["C"]);
    let server = home.serve_with(&[("THUOCDO_PROVINCE", "1")]);
    let neighbour = Officer::hired(&home, &server, "b@thu.gov.vn", Role::Administrator, "B", "B");
    let mut seen = 0;
    for role in [Role::Administrator, Role::HomeAffairs, Role::UnitManager, Role::Auditor] {
        let email = format!("{}@thu.gov.vn", role.word());
        let mut officer = Officer::hired(&home, &server, &email, role, "A", "A");
        let token = officer.token();
        for route in office_table().into_iter().filter(|(_, path, ..)| path.contains('{')) {
            let own = ask(&mut officer, route, "KHONG-CO", &token);
            for (commune, person) in [("B", "1"), ("C", "77")] {
                for object in objects(route.1, commune, person) {
                    let (status, text) = ask(&mut officer, route, &object, &token);
                    assert_eq!(status, own.0, "{} {} of {object} as {role}", route.0, route.1);
                    assert!(!text.contains("bí mật"), "{} {} tells of {object}", route.0, route.1);
                    seen += 1;
                }
            }
        }
        for list in [
            "/quan-tri/don-vi",
            "/quan-tri/diem",
            "/quan-tri/khoi-luong",
            "/quan-tri/tai-khoan",
            "/quan-tri/ap-phich",
            "/quan-tri/phan-anh",
            "/quan-tri/to-cao",
        ] {
            let text = officer.get(list).text();
            for foreign in ["bí mật B", "bí mật C", "b@thu.gov.vn"] {
                assert!(!text.contains(foreign), "{list} tells {role} of {foreign}");
            }
        }
    }
    assert!(seen >= 300, "only {seen} objects were asked for");
    drop(neighbour);
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[test]
fn a_session_of_one_province_opens_nothing_in_another() {
    let home = Home::empty();
    fill(&home, "1", &["A"]);
    fill(&home, "2", &["C"]);
    let server = home.serve_with(&[("THUOCDO_PROVINCE", "1")]);
    let mut officer = Officer::hired(&home, &server, "a@thu.gov.vn", Role::Administrator, "", "P1");
    assert_eq!(officer.get("/quan-tri").status, 200);
    let cookie = officer.cookie.clone();
    assert_eq!(server.stop(), Some(0));
    let other = home.serve_with(&[("THUOCDO_PROVINCE", "2")]);
    let mut there = Officer::new(&other);
    there.cookie = cookie;
    assert_eq!(there.get("/quan-tri").status, 303);
    assert_eq!(other.stop(), Some(0));
}
