use super::*;
use crate::store::places::Point;
use crate::words::{FieldId, PointId, PointKind, UnitId};

fn version(from: i32, to: Option<i32>) -> PointVersion {
    PointVersion {
        point: PointId(1),
        valid_from: Day(from),
        valid_to: to.map(Day),
        unit: UnitId(1),
        name: "Quầy".to_owned(),
        questionnaire: "counter".to_owned(),
        field: FieldId::NONE,
        officers: 1,
    }
}

#[test]
fn a_version_follows_the_one_before_and_overlaps_none() {
    let after = |from| PointVersion { name: "Quầy 2".to_owned(), ..version(from, None) };
    let days = |versions: Result<Vec<PointVersion>, _>| {
        versions.map(|all| all.iter().map(|v| (v.valid_from.0, v.valid_to.map(|d| d.0))).collect::<Vec<_>>())
    };
    let of = |before: PointVersion, from| days(continued("Q", &[before], after(from)));
    assert_eq!(of(version(0, None), 100).unwrap(), [(0, Some(99)), (100, None)]);
    assert_eq!(of(version(100, None), 100).unwrap(), [(100, None)]);
    assert!(matches!(of(version(101, None), 100), Err(PointRefusal::ChangedLater { day: Day(101), .. })));
    assert!(matches!(of(version(0, Some(99)), 100), Err(PointRefusal::Closed { since: Day(100), .. })));
    assert!(closing("Q", &[version(100, None)], Day(100)).is_err());
    assert_eq!(closing("Q", &[version(0, None)], Day(100)).unwrap()[0].valid_to, Some(Day(99)));
}

#[test]
fn a_code_is_revoked_once_or_earlier() {
    let public = PublicCode::from_random(7).to_string();
    let mut places = Places {
        points: vec![Point { point: PointId(1), code: "Q".to_owned(), kind: PointKind::Counter }],
        codes: vec![PointCode { code: public.clone(), point: PointId(1), revoked: None }],
        ..Places::default()
    };
    let expected = (public.clone(), "Q".to_owned());
    assert_eq!(revocable(&places, &public.to_lowercase(), Day(100)), Ok(expected.clone()));
    places.codes[0].revoked = Some(Day(100));
    assert!(matches!(revocable(&places, &public, Day(100)), Err(PointRefusal::Revoked { day: Day(100), .. })));
    assert_eq!(revocable(&places, &public, Day(99)), Ok(expected));
    let other = PublicCode::from_random(8).to_string();
    assert_eq!(revocable(&places, &other, Day(99)), Err(PointRefusal::NoCode(other)));
    assert_eq!(revocable(&places, "x", Day(99)), Err(PointRefusal::NoCode("x".to_owned())));
}
