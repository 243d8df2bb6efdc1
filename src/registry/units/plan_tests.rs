use super::*;
use crate::store::places::Point;
use crate::words::{FieldId, PointId, PointKind};

fn unit(unit: i32, code: &str, parent: Option<i32>, to: Option<i32>) -> UnitVersion {
    UnitVersion {
        unit: UnitId(unit),
        valid_from: Day(100),
        valid_to: to.map(Day),
        code: code.to_owned(),
        admin_code: None,
        name: code.to_owned(),
        kind: UnitKind::Commune,
        parent: parent.map(UnitId),
    }
}

/// A province with three communes, one of them ended, a site below the first, and a point of the second.
fn places() -> Places {
    let version = PointVersion {
        point: PointId(1),
        valid_from: Day(0),
        valid_to: None,
        unit: UnitId(3),
        name: "Q".to_owned(),
        questionnaire: "counter".to_owned(),
        field: FieldId::NONE,
        officers: 1,
    };
    Places {
        units: vec![
            unit(1, "P", None, None),
            unit(2, "A", Some(1), None),
            unit(3, "B", Some(1), None),
            unit(4, "OLD", Some(1), Some(200)),
            unit(5, "A.1", Some(2), None),
        ],
        points: vec![Point { point: PointId(1), code: "B.Q".to_owned(), kind: PointKind::Counter }],
        point_versions: vec![version],
        ..Places::default()
    }
}

const fn new(code: &'static str, parent: &'static str) -> NewUnit<'static> {
    NewUnit { code, name: "Xã Mới", kind: "commune", parent, admin_code: "" }
}

fn planned<T>(from: i32, act: impl FnOnce(&mut Plan<'_>) -> Result<T, UnitRefusal>) -> Result<Written, UnitRefusal> {
    let places = places();
    let mut plan = Plan::new(&places, Day(from));
    act(&mut plan)?;
    plan.written()
}

#[test]
fn a_new_unit_begins_on_its_day_below_one_that_exists() {
    let written = planned(300, |plan| plan.add(&new("N", "P"))).unwrap();
    let [version] = written.units.as_slice() else { panic!("{written:?}") };
    assert_eq!((version.unit, version.valid_from, version.parent), (UnitId(6), Day(300), Some(UnitId(1))));
    assert_eq!(planned(300, |plan| plan.add(&new("B", "P"))).unwrap_err(), UnitRefusal::Taken("B".to_owned()));
    assert_eq!(planned(300, |plan| plan.add(&new("OLD", "P"))).unwrap_err(), UnitRefusal::Taken("OLD".to_owned()));
    assert_eq!(planned(300, |plan| plan.add(&new("N", "X"))).unwrap_err(), UnitRefusal::Unknown("X".to_owned()));
    let not_alive = UnitRefusal::NotAlive { code: "OLD".to_owned(), day: Day(300) };
    assert_eq!(planned(300, |plan| plan.add(&new("N", "OLD"))).unwrap_err(), not_alive);
    let bad = NewUnit { code: "", name: "", kind: "village", parent: "", admin_code: "12" };
    let Err(UnitRefusal::Form(refused)) = planned(300, |plan| plan.add(&bad)) else { panic!("accepted") };
    let columns: Vec<_> = refused.problems.iter().filter_map(|problem| problem.column.as_deref()).collect();
    assert_eq!(columns, ["code", "name", "kind", "admin_code"]);
}

#[test]
fn a_change_begins_a_version_and_ends_the_one_before_on_its_eve() {
    let change = UnitChange { code: Some("B2"), name: Some("Phường B"), ..UnitChange::default() };
    let written = planned(300, |plan| plan.change("B", &change, Some(Day(400)))).unwrap();
    let days: Vec<_> = written.units.iter().map(|v| (v.code.as_str(), v.valid_from, v.valid_to)).collect();
    assert_eq!(days, [("B", Day(100), Some(Day(299))), ("B2", Day(300), None)]);
    let refused = |unit, change: &UnitChange<'_>, from| {
        planned(from, |plan| plan.change(unit, change, Some(Day(150)))).unwrap_err()
    };
    assert!(matches!(refused("B", &change, 99), UnitRefusal::BeforeFirst { first: Day(100), .. }));
    assert!(matches!(refused("OLD", &change, 300), UnitRefusal::NotAlive { .. }));
    let taken = UnitChange { code: Some("A"), ..UnitChange::default() };
    assert_eq!(refused("B", &taken, 300), UnitRefusal::Taken("A".to_owned()));
    let below_itself = UnitChange { parent: Some("A.1"), ..UnitChange::default() };
    assert!(matches!(refused("A", &below_itself, 300), UnitRefusal::Form(_)));
    let elsewhere = UnitChange { parent: Some("A"), ..UnitChange::default() };
    assert_eq!(refused("B", &elsewhere, 150), UnitRefusal::Sealed { through: Day(150) });
    assert!(planned(151, |plan| plan.change("B", &elsewhere, Some(Day(150)))).is_ok());
    assert!(planned(300, |plan| plan.change("B", &UnitChange::default(), None)).unwrap().units.is_empty());
}

#[test]
fn a_version_that_begins_later_is_not_overlapped() {
    let mut places = places();
    places.units.push(UnitVersion { valid_from: Day(500), ..unit(3, "B", Some(1), None) });
    let mut plan = Plan::new(&places, Day(300));
    let change = UnitChange { name: Some("B3"), ..UnitChange::default() };
    let refused = plan.change("B", &change, None).unwrap_err();
    assert_eq!(refused, UnitRefusal::ChangedLater { code: "B".to_owned(), day: Day(500) });
    assert!(matches!(plan.end(&["B"]).unwrap_err(), UnitRefusal::ChangedLater { .. }));
}

#[test]
fn merged_units_end_on_the_eve_and_name_their_successor() {
    let into = [Successor::New(new("AB", "P"))];
    let merged = |plan: &mut Plan<'_>| plan.reorganise(&["A.1", "B"], &into, SuccessionKind::Merge, "NQ 1");
    let written = planned(300, |plan| {
        let successors = merged(plan)?;
        plan.move_points(successors[0], Some(Day(299)))
    })
    .unwrap();
    let ends: Vec<_> = written.units.iter().map(|v| (v.code.as_str(), v.valid_to)).collect();
    assert_eq!(ends, [("B", Some(Day(299))), ("A.1", Some(Day(299))), ("AB", None)]);
    let pairs: Vec<_> = written.successions.iter().map(|s| (s.from.0, s.to.0, s.day, s.kind)).collect();
    assert_eq!(pairs, [(5, 6, Day(300), SuccessionKind::Merge), (3, 6, Day(300), SuccessionKind::Merge)]);
    let moved: Vec<_> = written.points.iter().map(|v| (v.unit.0, v.valid_from, v.valid_to)).collect();
    assert_eq!(moved, [(3, Day(0), Some(Day(299))), (6, Day(300), None)]);
    let sealed = planned(300, |plan| {
        let successors = merged(plan)?;
        plan.move_points(successors[0], Some(Day(300)))
    });
    assert_eq!(sealed.unwrap_err(), UnitRefusal::Sealed { through: Day(300) });
}

#[test]
fn a_reorganisation_that_cannot_be_is_refused_with_its_reason() {
    let refused = |units: &[&str], into: &[Successor<'_>], citation: &str| {
        planned(300, |plan| plan.reorganise(units, into, SuccessionKind::Split, citation)).unwrap_err()
    };
    let known = [Successor::Known("B")];
    assert_eq!(refused(&["B"], &known, "NQ"), UnitRefusal::Itself("B".to_owned()));
    assert_eq!(refused(&["A.1", "A.1"], &known, "NQ"), UnitRefusal::Twice("A.1".to_owned()));
    assert_eq!(refused(&["A.1"], &[known[0], known[0]], "NQ"), UnitRefusal::Twice("B".to_owned()));
    assert_eq!(refused(&["X"], &known, "NQ"), UnitRefusal::Unknown("X".to_owned()));
    assert_eq!(refused(&[], &known, "NQ"), UnitRefusal::Nobody);
    assert_eq!(refused(&["B"], &[], "NQ"), UnitRefusal::Nobody);
    assert!(matches!(refused(&["A.1"], &[Successor::Known("OLD")], "NQ"), UnitRefusal::NotAlive { .. }));
    assert!(matches!(refused(&["A.1"], &known, " "), UnitRefusal::Form(_)));
    let below = UnitRefusal::StillBelow { code: "A".to_owned(), below: vec!["A.1".to_owned()] };
    assert_eq!(refused(&["A"], &known, "NQ"), below);
    let many = vec!["A"; MOST_AT_ONCE];
    assert_eq!(refused(&many, &known, "NQ"), UnitRefusal::TooMany { most: MOST_AT_ONCE });
    for lang in crate::words::Lang::ALL {
        assert!(below.told(*lang).contains("A.1"));
    }
}
