//! Acts on the registry as pages and commands do them: one transaction each, noted in the staff log, or refused whole.

use thuocdo::registry::import::{ImportError, Kind, Mode, Run, Source};
use thuocdo::registry::points::{self, NewPoint, PointChange, PointRefusal};
use thuocdo::registry::procedures::{self, FieldRefusal, NewProcedure};
use thuocdo::registry::targets::{self, NewTarget, TargetRefusal};
use thuocdo::registry::units::{self, Merging, NewUnit, Points, Splitting, Successor, UnitChange, UnitRefusal};
use thuocdo::registry::volumes::{self, NewVolume};
use thuocdo::registry::{ActError, By, CodeLeadsTo};
use thuocdo::words::{Day, Lang, RevokeReason, SuccessionKind};

use crate::world::{World, databases};

const BY: By<'static> = By::Person("lan");

fn day(month: u8, day: u8) -> Day {
    Day::of(2026, month, day).unwrap()
}

impl World {
    async fn set_up(&self) {
        let run = Run { today: day(1, 1), mode: Mode::Write, by: By::CommandLine };
        for (kind, text) in [
            (
                Kind::Units,
                "code,name,kind,parent\nP,Tỉnh,province,\nA,Xã A,commune,P\nB,Xã B,commune,P\nC,Xã C,commune,P\n",
            ),
            (
                Kind::Points,
                "code,unit,name,kind,questionnaire,field\nA.Q,A,Quầy,counter,counter,Đất đai\nB.Q,B,Quầy,counter,counter,\n",
            ),
        ] {
            let source = Source { name: "f.csv", bytes: text.as_bytes() };
            thuocdo::collect::import::import(&self.db, &self.keys, self.province, kind, &source, run).await.unwrap();
        }
    }

    /// The last acts of the staff log, newest first: who, what, on what.
    async fn log(&self, acts: u64) -> Vec<(String, String, String)> {
        use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
        let rows = entity::staff_log::Entity::find().order_by_desc(entity::staff_log::Column::Seq).limit(acts);
        let rows = rows.all(self.db.reader()).await.unwrap();
        rows.into_iter().map(|row| (row.actor, row.act, row.object)).collect()
    }

    async fn revision(&self) -> i64 {
        self.snapshot().await.installation.revision
    }
}

fn refusal<T: std::fmt::Debug, R: std::fmt::Debug>(result: Result<T, ActError<R>>) -> R {
    match result {
        Err(ActError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn columns<T: std::fmt::Debug>(result: Result<T, ImportError>) -> Vec<String> {
    match result {
        Err(ImportError::Refused(refused)) => refused.problems.into_iter().filter_map(|p| p.column).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_unit_is_added_renamed_and_closed_and_each_act_is_noted() {
    for world in databases().await {
        world.set_up().await;
        let before = world.revision().await;
        let new = NewUnit { code: "D", name: "Xã D", kind: "commune", parent: "P", admin_code: "01234" };
        units::add(&world.db, world.province, &new, day(3, 1), BY).await.unwrap();
        let change = UnitChange { name: Some("Phường D"), kind: Some("ward"), ..UnitChange::default() };
        units::change(&world.db, world.province, "D", &change, day(6, 1), BY).await.unwrap();
        units::close(&world.db, world.province, "D", day(9, 1), BY).await.unwrap();
        let directory = world.snapshot().await.directory;
        let unit = directory.unit_by_code("D").unwrap();
        let name = |on| directory.unit_on(unit, on).map(|version| version.name.as_str());
        assert_eq!((name(day(5, 31)), name(day(6, 1))), (Some("Xã D"), Some("Phường D")));
        assert!(directory.is_alive(unit, day(8, 31)) && !directory.is_alive(unit, day(9, 1)));
        assert_eq!(world.revision().await, before + 3);
        let log = world.log(3).await;
        assert_eq!(log[0], ("lan".to_owned(), "close unit".to_owned(), "D from 2026-09-01".to_owned()));
        assert_eq!((log[1].1.as_str(), log[2].1.as_str()), ("change unit", "add unit"));
        let refused = refusal(units::close(&world.db, world.province, "P", day(9, 1), BY).await);
        assert_eq!(refused.told(Lang::En), "Units below P still exist: A, B, C. Reorganise them first.");
        assert_eq!(world.revision().await, before + 3);
        world.close().await;
    }
}

#[tokio::test]
async fn merged_units_lead_to_their_successor_and_their_points_stay_or_move() {
    for world in databases().await {
        world.set_up().await;
        let before = world.snapshot().await.directory;
        let code = |point: &str| before.public_code(before.point_by_code(point).unwrap()).unwrap().to_owned();
        let new = NewUnit { code: "AC", name: "Xã A C", kind: "commune", parent: "P", admin_code: "" };
        let merging = Merging {
            units: &["A", "C"],
            into: Successor::New(new),
            from: day(7, 1),
            citation: "Nghị quyết 12/NQ-HĐND",
            points: Points::Stay,
        };
        units::merge(&world.db, world.province, &merging, BY).await.unwrap();
        let moving = Merging { units: &["B"], into: Successor::Known("AC"), points: Points::Move, ..merging };
        units::merge(&world.db, world.province, &moving, BY).await.unwrap();
        let directory = world.snapshot().await.directory;
        let Some(CodeLeadsTo::Merged { old, new }) = directory.follow(&code("A.Q"), day(7, 1)) else {
            panic!("not merged")
        };
        assert_eq!((old.code.as_str(), new[0].code.as_str()), ("A", "AC"));
        let unit = |on| match directory.follow(&code("B.Q"), on) {
            Some(CodeLeadsTo::Point(open)) => open.unit.code.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!((unit(day(6, 30)), unit(day(7, 1))), ("B".to_owned(), "AC".to_owned()));
        let stored = thuocdo::store::places::all(world.db.reader(), world.province).await.unwrap().successions;
        assert_eq!(stored.len(), 3);
        assert!(stored.iter().all(|s| s.kind == SuccessionKind::Merge && s.day == day(7, 1)));
        assert_eq!(stored[0].citation.as_deref(), Some("Nghị quyết 12/NQ-HĐND"));
        let refused = refusal(units::merge(&world.db, world.province, &moving, BY).await);
        assert!(matches!(refused, UnitRefusal::NotAlive { .. }), "{refused:?}");
        world.close().await;
    }
}

#[tokio::test]
async fn a_split_unit_names_all_its_successors() {
    for world in databases().await {
        world.set_up().await;
        let new = NewUnit { code: "A2", name: "Xã A Hai", kind: "commune", parent: "P", admin_code: "" };
        let into = [Successor::Known("C"), Successor::New(new)];
        let splitting = Splitting { unit: "A", into: &into, from: day(7, 1), citation: "Nghị quyết 13/NQ-HĐND" };
        assert_eq!(units::split(&world.db, world.province, &splitting, BY).await.unwrap().len(), 2);
        let directory = world.snapshot().await.directory;
        let old = directory.unit_by_code("A").unwrap();
        let codes: Vec<&str> = directory.successors_on(old, day(7, 1)).iter().map(|v| v.code.as_str()).collect();
        assert_eq!(codes, ["C", "A2"]);
        world.close().await;
    }
}

#[tokio::test]
async fn points_that_are_published_do_not_change_their_unit_in_the_past() {
    for world in databases().await {
        world.set_up().await;
        thuocdo::collect::seal::seal(&world.db, world.province, day(6, 30), day(7, 1)).await.unwrap();
        let change = PointChange { unit: Some("C"), ..PointChange::default() };
        let (db, p) = (&world.db, world.province);
        let refused = refusal(points::change(db, p, "A.Q", &change, day(6, 30), BY).await);
        assert_eq!(refused, PointRefusal::Sealed { through: day(6, 30) });
        points::change(db, p, "A.Q", &change, day(7, 1), BY).await.unwrap();
        let directory = world.snapshot().await.directory;
        let point = directory.point_by_code("A.Q").unwrap();
        assert_eq!(directory.receiving_unit(point, day(6, 30)), directory.unit_by_code("A"));
        assert_eq!(directory.receiving_unit(point, day(7, 1)), directory.unit_by_code("C"));
        let merging = Merging {
            units: &["B"],
            into: Successor::Known("C"),
            from: day(6, 1),
            citation: "NQ",
            points: Points::Move,
        };
        let refused = refusal(units::merge(db, p, &merging, BY).await);
        assert_eq!(refused, UnitRefusal::Sealed { through: day(6, 30) });
        let parent = UnitChange { parent: Some("C"), ..UnitChange::default() };
        let refused = refusal(units::change(db, p, "B", &parent, day(6, 1), BY).await);
        assert_eq!(refused, UnitRefusal::Sealed { through: day(6, 30) });
        world.close().await;
    }
}

#[tokio::test]
async fn a_point_is_added_and_changed_with_the_words_of_its_file() {
    for world in databases().await {
        world.set_up().await;
        let (db, p) = (&world.db, world.province);
        let new = NewPoint {
            code: "C.Q",
            unit: "C",
            name: "Quầy một",
            kind: "counter",
            questionnaire: "counter",
            field: "Hộ tịch",
            officers: "",
        };
        let public = points::add(db, p, &new, day(3, 1), BY).await.unwrap();
        assert_eq!(refusal(points::add(db, p, &new, day(3, 1), BY).await), PointRefusal::Taken("C.Q".to_owned()));
        let bad = NewPoint { code: "N", unit: "X", kind: "desk", questionnaire: "none", officers: "0", ..new };
        let PointRefusal::Form(refused) = refusal(points::add(db, p, &bad, day(3, 1), BY).await) else {
            panic!("accepted")
        };
        let told: Vec<_> = refused.problems.iter().filter_map(|problem| problem.column.as_deref()).collect();
        assert_eq!(told, ["unit", "kind", "questionnaire", "officers"]);
        assert_eq!(refused.problems[0].what(Lang::Vi), "không có đơn vị “X”; nhập đơn vị trước");
        let change = PointChange { name: Some("Quầy hai"), field: Some(""), ..PointChange::default() };
        points::change(db, p, "C.Q", &change, day(4, 1), BY).await.unwrap();
        points::close(db, p, "C.Q", day(5, 1), BY).await.unwrap();
        let directory = world.snapshot().await.directory;
        let point = directory.point_by_code("C.Q").unwrap();
        let version = |on| directory.point_on(point, on).map(|v| (v.name.as_str(), directory.field_name(v.field)));
        assert_eq!(version(day(3, 31)), Some(("Quầy một", Some("Hộ tịch"))));
        assert_eq!(version(day(4, 1)), Some(("Quầy hai", None)));
        assert_eq!(directory.follow(&public, day(5, 1)), Some(CodeLeadsTo::Closed { since: day(5, 1) }));
        assert_eq!(world.log(1).await[0].2, "C.Q from 2026-05-01");
        let refused = refusal(points::change(db, p, "C.Q", &change, day(6, 1), BY).await);
        assert!(matches!(refused, PointRefusal::Closed { .. }));
        let empty = NewPoint { code: "", unit: "", name: "", kind: "", questionnaire: "", field: "", officers: "" };
        assert!(matches!(refusal(points::add(db, p, &empty, day(3, 1), BY).await), PointRefusal::Form(_)));
        world.close().await;
    }
}

#[tokio::test]
async fn a_new_code_leads_to_the_point_and_a_revoked_one_to_the_closed_page() {
    for world in databases().await {
        world.set_up().await;
        let (db, p) = (&world.db, world.province);
        let directory = world.snapshot().await.directory;
        let point = directory.point_by_code("A.Q").unwrap();
        let old = directory.public_code(point).unwrap().to_owned();
        let new = points::new_code(db, p, "A.Q", BY).await.unwrap();
        assert_eq!(points::revoke_code(db, p, &old, day(5, 1), RevokeReason::FalseCopy, BY).await.unwrap(), "A.Q");
        let directory = world.snapshot().await.directory;
        assert_eq!(directory.follow(&old, day(5, 1)), Some(CodeLeadsTo::Closed { since: day(5, 1) }));
        assert!(matches!(directory.follow(&new, day(5, 1)), Some(CodeLeadsTo::Point(_))));
        assert_eq!(directory.codes_of(point), [(new.as_str(), None), (old.as_str(), Some(day(5, 1)))]);
        assert_eq!(directory.public_code(point), Some(new.as_str()));
        assert_eq!(world.log(1).await[0].2, format!("A.Q {old} from 2026-05-01: false_copy"));
        let again = points::revoke_code(db, p, &old, day(5, 2), RevokeReason::Old, BY).await;
        assert!(matches!(refusal(again), PointRefusal::Revoked { .. }));
        world.close().await;
    }
}

#[tokio::test]
async fn procedures_fields_and_volumes_are_put_one_by_one() {
    for world in databases().await {
        world.set_up().await;
        let (db, p) = (&world.db, world.province);
        let procedure = NewProcedure { code: "1.001", name: "Cấp giấy", field: "Xây dựng" };
        assert_eq!(procedures::put(db, p, &procedure, BY).await.unwrap().added, 1);
        let renamed = NewProcedure { name: "Cấp lại giấy", ..procedure };
        assert_eq!(procedures::put(db, p, &renamed, BY).await.unwrap().changed, 1);
        let bad = NewProcedure { code: "a b", name: "", field: "" };
        assert_eq!(columns(procedures::put(db, p, &bad, BY).await), ["code", "name"]);
        procedures::rename_field(db, p, "Xây dựng", "Xây dựng, quy hoạch", BY).await.unwrap();
        let taken = procedures::rename_field(db, p, "Xây dựng, quy hoạch", "Đất đai", BY).await;
        assert_eq!(refusal(taken), FieldRefusal::Taken("Đất đai".to_owned()));
        assert!(world.snapshot().await.directory.field_by_name("Xây dựng, quy hoạch").is_some());
        let volume = NewVolume {
            point: "A.Q",
            deciding_unit: "",
            field: "",
            from: "1/3/2026",
            to: "31/3/2026",
            received: "100",
            returned: "90",
            late: "5",
        };
        assert_eq!(volumes::put(db, p, &volume, BY).await.unwrap().added, 1);
        let corrected = NewVolume { late: "6", ..volume };
        assert_eq!(volumes::put(db, p, &corrected, BY).await.unwrap().changed, 1);
        let overlapping = NewVolume { from: "15/3/2026", to: "14/4/2026", ..volume };
        assert_eq!(columns(volumes::put(db, p, &overlapping, BY).await), ["from"]);
        let too_late = NewVolume { late: "91", ..volume };
        assert_eq!(columns(volumes::put(db, p, &too_late, BY).await), ["late"]);
        assert_eq!(world.log(1).await[0].1, "put volume");
        world.close().await;
    }
}

#[tokio::test]
async fn a_target_that_is_ended_is_kept_and_no_longer_in_force() {
    for world in databases().await {
        world.set_up().await;
        let (db, p) = (&world.db, world.province);
        let target = NewTarget {
            measure: "counter",
            field: "",
            unit: "A",
            year_from: "2026",
            year_to: "",
            threshold: "0,9",
            value: "percent",
            comparison: ">=",
            citation: "KH 1",
            issuer: "UBND",
        };
        let report = targets::add(db, p, &target, day(1, 2), BY).await.unwrap();
        assert_eq!((report.added, report.notes[0].get(Lang::Vi)), (1, "chỉ tiêu 0,9 được hiểu là 90% (dòng 2)"));
        let other = NewTarget { threshold: "85%", citation: "KH 2", ..target };
        targets::add(db, p, &other, day(1, 2), BY).await.unwrap();
        let stored = targets::all(db, p).await.unwrap();
        assert_eq!(targets::contradictions(&stored, day(3, 1)).len(), 1);
        targets::end(db, p, stored[0].id, day(2, 1), BY).await.unwrap();
        let stored = targets::all(db, p).await.unwrap();
        assert_eq!((stored.len(), stored[0].ended), (2, Some(day(2, 1))));
        assert_eq!(targets::contradictions(&stored, day(3, 1)), []);
        let in_force = world.snapshot().await.targets;
        assert_eq!(in_force.iter().map(|t| t.citation.as_str()).collect::<Vec<_>>(), ["KH 2"]);
        let again = targets::end(db, p, stored[0].id, day(2, 1), BY).await;
        assert_eq!(refusal(again), TargetRefusal::Unknown(stored[0].id));
        assert_eq!(targets::add(db, p, &target, day(2, 2), BY).await.unwrap().added, 1);
        let bad = NewTarget { threshold: "1", comparison: "~", ..target };
        assert_eq!(columns(targets::add(db, p, &bad, day(2, 2), BY).await), ["comparison"]);
        world.close().await;
    }
}
