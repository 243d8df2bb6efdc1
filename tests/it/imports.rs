//! Importing CSV files: all or nothing, every fault at once, and the same file twice is one file.

use std::fmt::Write as _;

use thuocdo::collect::{import, seal};
use thuocdo::registry::By;
use thuocdo::registry::import::{ImportError, Kind, Mode, Refused, Report, Run, Source};
use thuocdo::store::counts::{self, Count};
use thuocdo::words::{Day, Lang, Level, UnitId};

use crate::world::{World, databases};

const UNITS: &str = "code,name,kind,parent,valid_from,valid_to,successors,admin_code\n";
const POINTS: &str = "code,unit,name,kind,questionnaire,field,officers\n";
const ANSWERS: &str = "point,day,channel,level,serial,reception,waiting,attitude,time,quality,minutes,comment\n";

fn today() -> Day {
    Day::of(2026, 11, 20).unwrap()
}

impl World {
    async fn bring(&self, kind: Kind, text: &str, today: Day, mode: Mode) -> Result<Report, ImportError> {
        let source = Source { name: "file.csv", bytes: text.as_bytes() };
        import::import(&self.db, &self.keys, self.province, kind, &source, Run { today, mode, by: By::CommandLine })
            .await
    }

    async fn accepts(&self, kind: Kind, text: &str) -> Report {
        self.bring(kind, text, today(), Mode::Write).await.unwrap()
    }

    async fn refuses(&self, kind: Kind, text: &str) -> Refused {
        match self.bring(kind, text, today(), Mode::Write).await {
            Err(ImportError::Refused(refused)) => refused,
            other => panic!("{other:?}"),
        }
    }

    /// A province with two communes and a counter in each.
    async fn with_counters(&self) {
        self.accepts(
            Kind::Units,
            &format!("{UNITS}P,Tỉnh,province,,,,,\nX1,Xã Một,commune,P,,,,\nX2,Xã Hai,commune,P,,,,\n"),
        )
        .await;
        let points = format!("{POINTS}X1.Q1,X1,Quầy 1,counter,counter,Đất đai,2\nX2.Q1,X2,Quầy 1,counter,counter,,3\n");
        self.accepts(Kind::Points, &points).await;
    }

    /// Number of forms in the cells, by level.
    async fn forms(&self) -> [i64; 4] {
        let cells = counts::cells(self.db.reader(), self.province, Day(0), today()).await.unwrap();
        let mut forms = [0; 4];
        for (series, count) in cells {
            if let Count::Item(0, tally) = count {
                let level = Level::ALL.iter().position(|level| *level == series.level).unwrap();
                forms[level] += tally.answered() + tally.blank;
            }
        }
        forms
    }
}

fn counted(report: &Report) -> (usize, usize, usize, usize) {
    (report.rows, report.added, report.changed, report.unchanged)
}

fn notes(report: &Report) -> Vec<&str> {
    report.notes.iter().map(|note| note.get(Lang::En)).collect()
}

fn places(refused: &Refused) -> Vec<(u64, Option<&str>)> {
    refused.problems.iter().map(|problem| (problem.line, problem.column.as_deref())).collect()
}

#[tokio::test]
async fn three_bad_lines_of_a_thousand_are_all_told_and_nothing_is_changed() {
    for world in databases().await {
        let mut text = format!("{UNITS}P,Tỉnh,province,,,,,\n");
        for n in 3..=1_001 {
            match n {
                100 => writeln!(text, "X{n},Xã {n},village,P,,,,"),
                500 => writeln!(text, "X{n},Xã {n},commune,PP,,,,"),
                900 => writeln!(text, "X{n},Xã {n},commune,P,,"),
                _ => writeln!(text, "X{n},Xã {n},commune,P,,,,"),
            }
            .unwrap();
        }
        let before = world.snapshot().await.installation;
        let refused = world.refuses(Kind::Units, &text).await;
        assert_eq!(places(&refused), [(100, Some("kind")), (500, Some("parent")), (900, None)]);
        assert!(refused.to_string().starts_with("file.csv, line 100, column kind: “village” is not one of: country"));
        assert!(refused.to_string().ends_with("\nnothing was changed"));
        let told = refused.in_language(Lang::Vi);
        assert!(
            told.starts_with(
                "file.csv, dòng 100, cột kind: “village” không có trong danh sách; ghi một trong: country"
            )
        );
        assert!(told.contains("cột parent: không có đơn vị “PP” cả trong tệp này lẫn trong hệ thống"));
        assert!(refused.heading(Lang::Vi).starts_with("Tệp có 3 dòng lỗi nên chưa nhập dòng nào."));
        let after = world.snapshot().await;
        assert_eq!(after.installation, before);
        assert_eq!(after.directory.units().count(), 0);
        world.close().await;
    }
}

#[tokio::test]
async fn a_file_of_a_vietnamese_spreadsheet_says_the_same_as_a_plain_one() {
    for world in databases().await {
        world.accepts(Kind::Units, &format!("{UNITS}P,Tỉnh,province,,2020-01-01,,,01234\n")).await;
        let sheet = "\u{feff}Code;Name;Kind;Parent;Valid_from;Valid_to;Successors;Admin_code\r\n\
                     P;Ti\u{309}nh;province;;1/1/2020;;;01234\r\n;;;;;;;\r\n";
        assert_eq!(counted(&world.accepts(Kind::Units, sheet).await), (1, 0, 0, 1));
        world.close().await;
    }
}

#[tokio::test]
async fn importing_again_updates_by_code_and_keeps_absent_rows() {
    for world in databases().await {
        world.with_counters().await;
        let report =
            world.accepts(Kind::Units, &format!("{UNITS}X2,Xã Hai Mới,commune,P,,,,\nX3,Xã Ba,commune,P,,,,\n")).await;
        assert_eq!(counted(&report), (2, 1, 1, 0));
        let directory = world.snapshot().await.directory;
        let names: Vec<&str> = directory.units().map(|(_, versions)| versions[0].name.as_str()).collect();
        assert_eq!(names, ["Tỉnh", "Xã Một", "Xã Hai Mới", "Xã Ba"]);
        world.close().await;
    }
}

#[tokio::test]
async fn a_dry_run_reports_the_same_and_changes_nothing() {
    for world in databases().await {
        world.with_counters().await;
        let rows = format!("{ANSWERS}X1.Q1,2026-11-19,paper,D,1,5,5,5,5,5,,\n");
        let units = format!("{UNITS}X9,Xã Chín,commune,P,,,,\n");
        for (kind, text) in [(Kind::Units, units), (Kind::Responses, rows)] {
            let before = world.snapshot().await;
            let dry = world.bring(kind, &text, today(), Mode::DryRun).await.unwrap();
            assert_eq!(counted(&dry), (1, 1, 0, 0));
            assert_eq!(world.snapshot().await.installation, before.installation);
            assert_eq!(world.accepts(kind, &text).await, dry);
        }
        assert_eq!(world.forms().await, [0, 0, 0, 1]);
        world.close().await;
    }
}

#[tokio::test]
async fn a_new_version_of_a_unit_closes_the_earlier_one_on_its_eve() {
    for world in databases().await {
        world.with_counters().await;
        let again = format!("{UNITS}X1,Phường Một,ward,P,2026-07-01,,,\n");
        let report = world.accepts(Kind::Units, &again).await;
        assert_eq!((counted(&report), report.notes.len()), ((1, 1, 0, 0), 1));
        assert_eq!(counted(&world.accepts(Kind::Units, &again).await), (1, 0, 0, 1));
        let directory = world.snapshot().await.directory;
        let unit = directory.unit_by_code("X1").unwrap();
        let first = directory.unit_on(unit, Day::of(2026, 6, 30).unwrap()).unwrap();
        assert_eq!((first.name.as_str(), first.valid_to), ("Xã Một", Day::of(2026, 6, 30)));
        assert_eq!(directory.unit_on(unit, today()).unwrap().name, "Phường Một");
        world.close().await;
    }
}

#[tokio::test]
async fn circles_overlaps_and_successors_without_a_last_day_are_refused() {
    for world in databases().await {
        world.with_counters().await;
        let refused = |rows: &'static str| {
            let world = &world;
            async move {
                let refused = world.refuses(Kind::Units, &format!("{UNITS}{rows}")).await;
                places(&refused).into_iter().map(|(line, column)| (line, column.map(str::to_owned))).collect::<Vec<_>>()
            }
        };
        assert_eq!(refused("P,Tỉnh,province,X1,,,,\n").await, [(2, Some("parent".to_owned()))]);
        assert_eq!(refused("Y,Y,commune,Y,,,,\n").await, [(2, Some("parent".to_owned()))]);
        assert_eq!(refused("Y,Y,commune,P,2020-01-01,2021-12-31,,\nY,Y,ward,P,2021-06-01,,,\n").await, [(3, None)]);
        assert_eq!(refused("Y,Y,commune,P,,,X1,\n").await, [(2, Some("successors".to_owned()))]);
        assert_eq!(refused("Y,Y,commune,P,2022-01-01,2021-01-01,,\n").await, [(2, Some("valid_to".to_owned()))]);
        assert_eq!(refused("Y,Y,commune,P,,,,1234\n").await, [(2, Some("admin_code".to_owned()))]);
        assert_eq!(refused("Y,Y,commune,P,,,,\nY,Z,commune,P,,,,\n").await, [(3, Some("code".to_owned()))]);
        world.close().await;
    }
}

#[tokio::test]
async fn a_point_that_moves_begins_a_new_version_and_keeps_its_code() {
    for world in databases().await {
        world.with_counters().await;
        let before = world.snapshot().await.directory;
        let point = before.point_by_code("X1.Q1").unwrap();
        let moved = format!("{POINTS}X1.Q1,X2,Quầy 9,counter,counter,Đất đai,2\n");
        assert_eq!(counted(&world.accepts(Kind::Points, &moved).await), (1, 0, 1, 0));
        assert_eq!(counted(&world.accepts(Kind::Points, &moved).await), (1, 0, 0, 1));
        let after = world.snapshot().await.directory;
        let unit = |day| after.receiving_unit(point, day);
        assert_eq!((unit(today().plus(-1)), unit(today())), (before.unit_by_code("X1"), before.unit_by_code("X2")));
        assert!(after.public_code(point).is_some());
        assert_eq!(after.public_code(point), before.public_code(point));
        // A file without the columns says nothing about field and officers.
        let renamed = "code,unit,name,kind,questionnaire\nX1.Q1,X2,Quầy Mười,counter,counter\n";
        assert_eq!(counted(&world.accepts(Kind::Points, renamed).await), (1, 0, 1, 0));
        let directory = world.snapshot().await.directory;
        let version = directory.point_on(point, today()).unwrap();
        assert_eq!((version.name.as_str(), version.officers), ("Quầy Mười", 2));
        assert_eq!(directory.field_name(version.field), Some("Đất đai"));
        let bad = format!("{POINTS}X1.Q1,X2,Quầy,web,counter,,\nN,X9,,counter,sipas,,501\n");
        let refused = world.refuses(Kind::Points, &bad).await;
        let expected = [
            (2, Some("kind")),
            (3, Some("unit")),
            (3, Some("name")),
            (3, Some("questionnaire")),
            (3, Some("officers")),
        ];
        assert_eq!(places(&refused), expected);
        world.close().await;
    }
}

#[tokio::test]
async fn the_targets_of_the_plans_are_all_stored_and_contradictions_are_kept() {
    let files = [
        include_str!("../../surveys/targets/quoc-gia.csv"),
        include_str!("../../surveys/targets/lai-chau-2017.csv"),
        include_str!("../../surveys/targets/lai-chau-so-gtvt-2021.csv"),
        include_str!("../../surveys/targets/lam-dong-2021.csv"),
        include_str!("../../surveys/targets/son-duong-2021.csv"),
        include_str!("../../surveys/targets/tuyen-quang-so-khdt-2023.csv"),
    ];
    for world in databases().await {
        world.accepts(Kind::Units, include_str!("../../surveys/targets/units.csv")).await;
        let mut added = 0;
        for file in files {
            added += world.accepts(Kind::Targets, file).await.added;
        }
        let snapshot = world.snapshot().await;
        assert_eq!((added, snapshot.targets.len()), (30, 30));
        let department = snapshot.directory.unit_by_code("TQU.SKHDT").unwrap();
        let shares: Vec<u64> = snapshot
            .targets
            .iter()
            .filter(|target| target.unit == department && target.measures.is_empty())
            .filter_map(|target| target.threshold.map(f64::to_bits))
            .collect();
        assert_eq!(shares, [0.95_f64.to_bits(), 0.85_f64.to_bits()]);
        for file in files {
            let report = world.accepts(Kind::Targets, file).await;
            assert_eq!((report.added, report.unchanged), (0, report.rows));
        }
        world.close().await;
    }
}

#[tokio::test]
async fn a_threshold_is_told_as_it_was_read_and_an_ambiguous_one_is_refused() {
    let header = "measure;field;unit;year_from;year_to;threshold;value;comparison;citation;issuer\n";
    for world in databases().await {
        world.with_counters().await;
        let report = world.accepts(Kind::Targets, &format!("{header}counter;;P;2026;;0,9;percent;≥;KH 1;UBND\n")).await;
        assert_eq!(notes(&report), ["threshold 0,9 read as 90% (line 2)"]);
        let bad = "counter;;P;2026;;1;percent;>=;KH 1;UBND\n\
                   counter;;P;2026;2025;90;percent;>=;KH 1;UBND\n\
                   par;;P;2026;;90;points;rises;KH 1;UBND\n\
                   counter;;P;1999;;;percent;>=;;UBND\n";
        let refused = world.refuses(Kind::Targets, &format!("{header}{bad}")).await;
        let expected = [
            (2, Some("threshold")),
            (3, Some("year_to")),
            (4, Some("threshold")),
            (5, Some("year_from")),
            (5, Some("citation")),
            (5, Some("threshold")),
        ];
        assert_eq!(places(&refused), expected);
        world.close().await;
    }
}

#[tokio::test]
async fn the_demonstration_province_is_imported_whole_and_again_without_change() {
    let files = [
        (Kind::Units, include_str!("../../surveys/demonstration/units.csv")),
        (Kind::Points, include_str!("../../surveys/demonstration/points.csv")),
        (Kind::Procedures, include_str!("../../surveys/demonstration/procedures.csv")),
        (Kind::Targets, include_str!("../../surveys/demonstration/targets.csv")),
    ];
    for world in databases().await {
        for (kind, text) in files {
            let report = world.accepts(kind, text).await;
            assert_eq!((report.added, report.rows), (text.lines().count() - 1, text.lines().count() - 1), "{kind:?}");
        }
        for (kind, text) in files {
            let report = world.accepts(kind, text).await;
            assert_eq!((report.added, report.changed, report.unchanged), (0, 0, report.rows), "{kind:?}");
        }
        let directory = world.snapshot().await.directory;
        let old = directory.unit_by_code("MH-CU.SXD").unwrap();
        let successors: Vec<&str> = directory.successors_on(old, today()).iter().map(|u| u.code.as_str()).collect();
        assert_eq!(successors, ["MH.SXD"]);
        world.close().await;
    }
}

#[tokio::test]
async fn volumes_are_replaced_by_their_first_day_and_their_faults_are_told() {
    let header = "point,deciding_unit,field,from,to,received,returned,late\n";
    for world in databases().await {
        world.with_counters().await;
        let row =
            format!("{header}X1.Q1,,,2026-10-01,2026-10-31,100,90,5\nX1.Q1,X2,Đất đai,2026-10-01,2026-10-31,9,9,0\n");
        assert_eq!(world.accepts(Kind::Volumes, &row).await.rows, 2);
        world.accepts(Kind::Volumes, &row).await;
        let october =
            thuocdo::words::Period::new(Day::of(2026, 10, 1).unwrap(), Day::of(2026, 10, 31).unwrap()).unwrap();
        let returned =
            thuocdo::store::volumes::returned_by_point(world.db.reader(), world.province, None, october).await.unwrap();
        assert_eq!(returned.iter().map(|(_, _, n)| *n).collect::<Vec<_>>(), [99]);
        let bad = "X9,,,2026-10-01,2026-10-31,1,1,0\n\
                   X1.Q1,,Không có,2026-10-01,2026-09-30,1,1,0\n\
                   X2.Q1,,,2025-01-01,2026-10-31,1,1,0\n\
                   X2.Q1,,,2026-10-01,2026-10-31,1.234,1,2\n";
        let refused = world.refuses(Kind::Volumes, &format!("{header}{bad}")).await;
        let expected = [
            (2, Some("point")),
            (3, Some("field")),
            (3, Some("to")),
            (4, Some("to")),
            (5, Some("received")),
            (5, Some("late")),
        ];
        assert_eq!(places(&refused), expected);
        world.close().await;
    }
}

#[tokio::test]
async fn answers_are_stored_exactly_once_however_often_they_are_imported() {
    for world in databases().await {
        world.with_counters().await;
        let mut text = ANSWERS.to_owned();
        for n in 0..300 {
            let level = ["B", "C", "D"][n % 3];
            let serial = if n % 4 == 0 { String::new() } else { format!("S{n}") };
            let (point, day, reception) = (n % 2 + 1, n % 19 + 1, n % 5 + 1);
            writeln!(text, "X{point}.Q1,2026-11-{day:02},paper,{level},{serial},{reception},na,9,,4,10,").unwrap();
        }
        let report = world.accepts(Kind::Responses, &text).await;
        assert_eq!(counted(&report), (300, 300, 0, 0));
        assert_eq!(
            notes(&report),
            ["level B: 100 new answers", "level C: 100 new answers", "level D: 100 new answers"]
        );
        assert_eq!(counted(&world.accepts(Kind::Responses, &text).await), (300, 0, 0, 300));
        assert_eq!(world.forms().await, [0, 100, 100, 100]);
        // The same forms in another file are known by their serials; those without are forms of another file.
        let other = text.replace('\n', "\r\n");
        assert_eq!(counted(&world.accepts(Kind::Responses, &other).await), (300, 75, 0, 225));
        world.close().await;
    }
}

#[tokio::test]
async fn answers_are_counted_item_by_item_in_the_cells_of_their_level() {
    for world in databases().await {
        world.with_counters().await;
        let rows = "X1.Q1,2026-11-19,slip,B,1,5,na,9,,1,10,Tốt\nX1.Q1,2026-11-19,slip,B,2,4,3,9,,1,,\n";
        world.accepts(Kind::Responses, &format!("{ANSWERS}{rows}")).await;
        let cells = counts::cells(world.db.reader(), world.province, Day(0), today()).await.unwrap();
        let field = world.snapshot().await.directory.field_by_name("Đất đai");
        let mut items = Vec::new();
        for (series, count) in cells {
            assert_eq!((series.level, series.deciding_unit), (Level::B, UnitId::NONE));
            assert_eq!((series.day, Some(series.field)), (today().plus(-1), field));
            if let Count::Item(item @ 1.., tally) = count {
                items.push((item, tally.levels, tally.not_applicable, tally.blank, tally.sum));
            }
        }
        let expected = [
            (1, [0, 0, 0, 1, 1, 0, 0], 0, 0, 0),
            (2, [0, 0, 1, 0, 0, 0, 0], 1, 0, 0),
            (3, [0; 7], 2, 0, 0),
            (4, [0; 7], 0, 2, 0),
            (5, [2, 0, 0, 0, 0, 0, 0], 0, 0, 0),
        ];
        assert_eq!(items[..5], expected);
        world.close().await;
    }
}

#[tokio::test]
async fn a_form_whose_contents_changed_is_refused_and_the_rest_of_its_file_with_it() {
    for world in databases().await {
        world.with_counters().await;
        let file = |rows: &str| format!("{ANSWERS}{rows}");
        world.accepts(Kind::Responses, &file("X1.Q1,2026-11-19,paper,D,1,5,,,,,,\n")).await;
        let rows = "X1.Q1,2026-11-19,paper,D,1,1,,,,,,\nX1.Q1,2026-11-19,paper,D,2,5,,,,,,\n";
        assert_eq!(places(&world.refuses(Kind::Responses, &file(rows)).await), [(2, Some("serial"))]);
        assert_eq!(world.forms().await, [0, 0, 0, 1]);
        // The same serial at another point is another form.
        world.accepts(Kind::Responses, &file("X2.Q1,2026-11-19,paper,D,1,1,,,,,,\n")).await;
        assert_eq!(world.forms().await, [0, 0, 0, 2]);
        world.close().await;
    }
}

#[tokio::test]
async fn every_fault_of_a_file_of_answers_is_told() {
    for world in databases().await {
        world.with_counters().await;
        let rows = "X9.Q1,2026-11-19,paper,D,,5,,,,,,\n\
                    X1.Q1,2026-11-21,paper,D,,5,,,,,,\n\
                    X1.Q1,1999-12-31,paper,D,,5,,,,,,\n\
                    X1.Q1,2026-11-19,fax,E,,6,,,,,700,\n\
                    X1.Q1,2026-11-19,paper,D,,,,,,,,\n\
                    X1.Q1,2026-11-19,paper,D,S1,5,,,,,,\n\
                    X1.Q1,2026-11-19,paper,D,S1,5,,,,,,\n";
        let refused = world.refuses(Kind::Responses, &format!("{ANSWERS}{rows}")).await;
        let expected = [
            (2, Some("point")),
            (3, Some("day")),
            (4, Some("day")),
            (5, Some("channel")),
            (5, Some("level")),
            (5, Some("reception")),
            (5, Some("minutes")),
            (6, None),
            (8, Some("serial")),
        ];
        assert_eq!(places(&refused), expected);
        let column = "point,day,channel,level,receptoin\nX1.Q1,2026-11-19,paper,D,5\n";
        let refused = world.refuses(Kind::Responses, column).await;
        assert_eq!(places(&refused)[0], (1, Some("receptoin")));
        world.close().await;
    }
}

#[tokio::test]
async fn a_published_half_month_takes_no_more_answers_but_knows_those_it_has() {
    for world in databases().await {
        world.with_counters().await;
        let mut text = ANSWERS.to_owned();
        for n in 0..12 {
            writeln!(text, "X1.Q1,2026-09-0{},paper,B,S{n},5,,,,,,Gọi 0900 000 000", n % 5 + 1).unwrap();
        }
        world.accepts(Kind::Responses, &text).await;
        // The day of sealing is so late that the keys of the forms are forgotten.
        let sealed = seal::seal(&world.db, world.province, today().plus(-1), today()).await.unwrap();
        assert_eq!((sealed.answers, sealed.blocks), (12, 1));
        assert_eq!(counted(&world.accepts(Kind::Responses, &text).await), (12, 0, 0, 12));
        let late = format!("{ANSWERS}X1.Q1,2026-09-03,paper,B,late,5,,,,,,\n");
        let refused = world.refuses(Kind::Responses, &late).await;
        assert_eq!(places(&refused), [(2, Some("day"))]);
        assert!(refused.to_string().contains("the half-month from 2026-09-01 to 2026-09-14"));
        // Another level of the same days is not published yet.
        world.accepts(Kind::Responses, &late.replace(",B,", ",C,")).await;
        assert_eq!(world.forms().await, [0, 12, 1, 0]);
        world.close().await;
    }
}
