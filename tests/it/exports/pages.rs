//! The pages: a code is asked for, the file is made and taken once, and nobody has what is another's.

use std::time::Duration;

use thuocdo::words::{Day, Moment, Role};

use super::read;
use crate::office::officer::Officer;
use crate::program::Home;
use crate::program::form::field;
use crate::world::{World, databases};

const PAGE: &str = "/quan-tri/xuat-du-lieu";

/// A day of the month before this one, of its first half.
fn last_month() -> Day {
    let today = Moment::now().day();
    let last = today.plus(-i32::from(today.day_of_month()));
    Day::of(last.year(), last.month(), 10).unwrap()
}

/// The word of that month in an address.
fn month() -> String {
    let day = last_month();
    format!("{:04}-lich-t{:02}", day.year(), day.month())
}

/// Two communes with sealed forms of the level B and D; 12 of a third point stay out.
fn filled(world: &World) -> Home {
    let home = Home::with(&world.url, &world.keys);
    home.import(
        "units",
        "code,name,kind,parent\nP,Tỉnh Thử,province,\nSNV,Sở Nội vụ,department,P\nX1,Xã Một,commune,P\nX2,Xã Hai,commune,P\n",
    );
    home.import(
        "points",
        "code,unit,name,kind,questionnaire,field,officers\nX1.Q1,X1,Quầy 1,counter,counter,,2\nX2.Q1,X2,Quầy 1,counter,counter,,2\n",
    );
    let day = last_month().iso();
    let forms: Vec<String> = (1..=2)
        .flat_map(|unit| {
            let day = day.clone();
            (0..60).map(move |n| {
                let level = if n % 3 == 0 { "D" } else { "B" };
                format!("X{unit}.Q1,{day},paper,{level},{unit}-{n},{},4,na,{},4\n", 1 + n % 5, 3 + n % 3)
            })
        })
        .collect();
    home.import(
        "responses",
        &format!("point,day,channel,level,serial,reception,waiting,attitude,time,quality\n{}", forms.concat()),
    );
    home.does(&["seal"]);
    home
}

/// Waits until a file is ready.
fn ready(officer: &mut Officer, job: &str) -> String {
    for _ in 0..600 {
        let answer = officer.get(job);
        let page = answer.text();
        if page.contains("Tệp đã sẵn sàng") {
            return page;
        }
        assert!(page.contains("đã ghi") && answer.header("refresh").is_some(), "{page}");
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{job} is never ready");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_made_after_a_code_and_taken_once_by_its_owner_alone() {
    for world in databases().await {
        let home = filled(&world);
        let server = home.serve();
        let mut an = Officer::hired(&home, &server, "an@thu.gov.vn", Role::HomeAffairs, "SNV", "P");
        let mut binh = Officer::hired(&home, &server, "binh@thu.gov.vn", Role::UnitManager, "X1", "X1");
        let month = month();
        let page = an.page(&format!("{PAGE}?don-vi=P&ky={month}"));
        assert!(page.contains("120 phiếu") && page.contains("Không có trong tệp"), "{page}");
        assert!(an.page(&format!("{PAGE}?don-vi=P&ky={month}&nguon=D")).contains("40 phiếu"));

        let order = |format: &'static str| -> Vec<(&'static str, &'static str)> {
            vec![("don-vi", "X1"), ("phieu", ""), ("nguon", "B"), ("dinh-dang", format)]
        };
        let with = |fields: &[(&'static str, &'static str)], month: &'static str| {
            let mut all = fields.to_vec();
            all.push(("ky", month));
            all
        };
        let month: &'static str = Box::leak(month.into_boxed_str());
        // An activation counts as a code shown; an officer who signed in long ago is asked.
        for format in ["csv", "json", "xlsx", "sav"] {
            let answer = binh.post_with_code(PAGE, &with(&order(format), month));
            assert_eq!(answer.status, 303, "{}", answer.text());
            let job = answer.header("location").unwrap().to_owned();
            let page = ready(&mut binh, &job);
            assert!(page.contains("40 trên 40 phiếu"), "{page}");
            assert_eq!(an.get(&job).status, 404, "the file of somebody else");
            assert_eq!(an.post(&format!("{job}/tai-ve"), &[]).status, 404);
            assert!(binh.page(PAGE).contains(&format!("-counter-1.{format}")));
            let token = binh.token();
            let file = binh.send(&format!("{job}/tai-ve"), &[field("ma_bieu_mau", &token)], &[]);
            assert_eq!(file.status, 200);
            assert_eq!(file.header("cache-control"), Some("no-store"));
            assert_eq!(file.header("content-length"), Some(file.body.len().to_string().as_str()));
            let name = file.header("content-disposition").unwrap();
            assert!(name.contains("thuocdo-X1-") && name.ends_with(&format!("counter-1.{format}\"")), "{name}");
            match format {
                "csv" => {
                    let rows = read(&file.body);
                    assert_eq!(rows.len(), 40);
                    assert!(
                        rows.iter().all(|row| row["don_vi"] == "X1" && row["muc"] == "B" && row["attitude"] == "na")
                    );
                }
                "json" => {
                    let json: serde_json::Value = serde_json::from_slice(&file.body).unwrap();
                    assert_eq!(json["rows"].as_array().unwrap().len(), 40);
                    assert_eq!(json["meta"]["rows"], 40);
                }
                "xlsx" => assert!(file.body.starts_with(b"PK")),
                _ => assert!(file.body.starts_with(b"$FL2")),
            }
            assert_eq!(binh.get(&job).status, 404, "once it was taken it is gone");
        }
        // What lies outside the scope is not there.
        assert_eq!(binh.get(&format!("{PAGE}?don-vi=X2&ky={month}")).status, 404);
        let foreign = with(&[("don-vi", "X2"), ("phieu", ""), ("nguon", ""), ("dinh-dang", "csv")], month);
        assert_eq!(binh.post_with_code(PAGE, &foreign).status, 404);
        assert_eq!(binh.post_with_code(PAGE, &with(&order("exe"), month)).status, 422);
        let empty = with(&[("don-vi", "X1"), ("phieu", ""), ("nguon", "A"), ("dinh-dang", "csv")], month);
        assert_eq!(binh.post_with_code(PAGE, &empty).status, 422);

        let log = home.does(&["staff", "log"]);
        let lines: Vec<&str> = log.lines().filter(|line| line.contains("export responses")).collect();
        assert_eq!(lines.len(), 4, "{log}");
        assert!(
            lines.iter().all(|line| line.contains("binh@thu.gov.vn")
                && line.contains("X1,")
                && line.contains("counter-1")
                && line.contains("40 answers")),
            "{log}"
        );
        assert_eq!(server.stop(), Some(0));
        assert_eq!(home.server_log(), "");
        if let Some(database) = world.db.file() {
            assert!(!database.with_extension("db.exports").exists(), "the folder is gone with the server");
        }
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_asked_for_again_and_five_files_of_a_person_are_enough() {
    for world in databases().await {
        let home = filled(&world);
        let server = home.serve();
        let mut an = Officer::hired(&home, &server, "an@thu.gov.vn", Role::HomeAffairs, "SNV", "P");
        let month = month();
        let fields = [("don-vi", "P"), ("ky", month.as_str()), ("phieu", ""), ("nguon", ""), ("dinh-dang", "csv")];
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        sea_orm::ConnectionTrait::execute_unprepared(&owner, "UPDATE staff_session SET confirmed = 0").await.unwrap();
        owner.close().await.unwrap();
        let asked = an.post(PAGE, &fields);
        assert!(asked.status != 303 && asked.text().contains("ma_xac_thuc"), "{}", asked.text());
        for _ in 0..5 {
            assert_eq!(an.post_with_code(PAGE, &fields).status, 303);
        }
        let sixth = an.post(PAGE, &fields);
        assert_eq!(sixth.status, 422);
        assert!(sixth.text().contains("5 tệp"), "{}", sixth.text());
        let mut thanh = Officer::hired(&home, &server, "thanh@thu.gov.vn", Role::Leader, "P", "P");
        assert_eq!(thanh.get(PAGE).status, 403);
        assert_eq!(server.stop(), Some(0));
        world.close().await;
    }
}
