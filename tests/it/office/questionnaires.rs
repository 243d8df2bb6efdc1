//! Questionnaires: the list, a trial that stores nothing, and the upload of another one.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use thuocdo::store::schema;
use thuocdo::words::Role;

use super::officer::Officer;
use crate::program::form::hidden;
use crate::program::{Home, Server};
use crate::world::databases;

const COUNTER: &str = include_str!("../../../surveys/counter-1.toml");

fn at_work(role: Role) -> (Home, Server, Officer) {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve();
    let officer = Officer::hired(&home, &server, "an@minhhoa.gov.vn", role, "", "P");
    (home, server, officer)
}

/// The questions of a form, as the page holds them.
fn questions(page: &str) -> &str {
    let from = page.find("<h2 class=\"lead\"").unwrap_or_else(|| panic!("no questions in {page}"));
    &page[from..page.find("</form>").unwrap()]
}

async fn rows_of_every_table(url: &str) -> BTreeMap<String, i64> {
    let db = sea_orm::Database::connect(url).await.unwrap();
    let mut found = BTreeMap::new();
    for table in schema::tables().unwrap() {
        let sql = format!("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM {}", table.name);
        let backend: DbBackend = db.get_database_backend();
        let row = db.query_one_raw(Statement::from_string(backend, sql)).await.unwrap().unwrap();
        found.insert(table.name.clone(), row.try_get_by_index::<i64>(0).unwrap());
    }
    db.close().await.unwrap();
    found
}

#[test]
fn the_list_tells_what_each_questionnaire_is_and_where_it_is_used() {
    let (_home, _server, mut an) = at_work(Role::Leader);
    let page = an.page("/quan-tri/phieu");
    for told in
        ["Phiếu đánh giá chất lượng phục vụ", "sipas_2017", "Khảo sát tại nơi tiếp nhận", "A, B", "từ đầu", "bản đầu"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(page.contains("<td class=\"n\" role=\"cell\" data-name=\"Điểm đang dùng: \">3</td>"), "{page}");
    assert!(an.page("/quan-tri/phieu?lang=en").contains("Rate the service you received"));
    assert_eq!(an.get("/quan-tri/phieu/tai-len").status, 403, "a leader reads");
    for unknown in ["/quan-tri/phieu/counter/9", "/quan-tri/phieu/counter/x", "/quan-tri/phieu/none/1"] {
        assert_eq!(an.get(unknown).status, 404, "{unknown}");
    }
}

#[test]
fn the_trial_is_the_very_form_a_citizen_gets_in_both_languages() {
    let (home, server, mut an) = at_work(Role::Leader);
    let code = home.public_code("X1.Q1");
    for lang in ["", "?lang=en"] {
        let public = server.client().get(&format!("/q/{code}{lang}")).unwrap().text();
        let trial = an.page(&format!("/quan-tri/phieu/counter/1{lang}"));
        assert_eq!(questions(&trial), questions(&public));
        assert!(!trial.contains("_khoa"), "a trial has no key of a real form");
    }
    assert!(an.page("/quan-tri/phieu/counter/1").contains("Bản xem thử: không lưu gì."));
    let bad = [("attitude", "9"), ("minutes", "x")];
    let refused = an.post("/quan-tri/phieu/counter/1/thu", &bad);
    let text = refused.text();
    assert!(refused.status == 422 && text.contains("Phiếu chưa gửi được. Xin xem lại 2 chỗ sau:"), "{text}");
    assert!(text.contains("<title>Lỗi: ") && text.contains("Bản xem thử: không lưu gì."), "{text}");
    let nothing = an.post("/quan-tri/phieu/counter/1/thu", &[]);
    assert!(nothing.status == 422 && nothing.text().contains("Xin trả lời ít nhất một câu."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_shows_what_would_be_stored_and_stores_nothing_in_any_table() {
    for world in databases().await {
        let home = Home::with(&world.url, &world.keys);
        home.with_counters();
        let server = home.serve();
        let mut an = Officer::hired(&home, &server, "an@minhhoa.gov.vn", Role::HomeAffairs, "", "P");
        an.page("/quan-tri");
        let before = rows_of_every_table(&world.url).await;
        let answers = [
            ("reception", "4"),
            ("waiting", "na"),
            ("attitude", "4"),
            ("time", "4"),
            ("minutes", "15"),
            ("comment", "Xin gọi lại 0912 345 678 nhé"),
        ];
        let result = an.post("/quan-tri/phieu/counter/1/thu", &answers);
        let text = result.text();
        assert_eq!(result.status, 200, "{text}");
        for told in [
            "4 – Hài lòng",
            "không áp dụng",
            "bỏ trống",
            ">15<",
            "Mọi câu chấm cùng một mức",
            "Phiếu thử này không được lưu.",
        ] {
            assert!(text.contains(told), "{told}: {text}");
        }
        assert!(
            !text.contains("0912") && text.contains("Xin gọi lại") && text.contains("được che trước khi lưu"),
            "{text}"
        );
        let english = an.post("/quan-tri/phieu/counter/1/thu?lang=en", &[("reception", "5")]).text();
        assert!(english.contains("5: Very satisfied") && english.contains("One item only was answered"), "{english}");
        let routed = an.post("/quan-tri/phieu/sipas_policy_service/1/thu", &[("b8_4", "2")]);
        assert!(routed.status == 200 && routed.text().contains("không hỏi, do câu trả lời trước"), "{}", routed.text());
        // A long form is walked part by part.
        let second = an.post("/quan-tri/phieu/sipas_2017/1/thu", &[("c01", "2"), ("_tiep", "access")]);
        let text = second.text();
        assert!(second.status == 200 && text.contains("Thủ tục hành chính") && text.contains("Phần 2 trên"), "{text}");
        assert!(hidden(&text).contains(&("c01".to_owned(), "2".to_owned())), "what was entered goes along");
        let back = an.post("/quan-tri/phieu/sipas_2017/1/thu", &[("c01", "2"), ("_lui", "procedure")]);
        assert!(back.status == 200 && back.text().contains("Phần 1 trên"));
        assert_eq!(an.post("/quan-tri/phieu/sipas_2017/1/thu", &[("_tiep", "nowhere")]).status, 403);
        assert_eq!(rows_of_every_table(&world.url).await, before);
        assert_eq!(server.stop(), Some(0));
        assert_eq!(home.server_log(), "");
        world.close().await;
    }
}

#[test]
fn every_fault_of_an_uploaded_questionnaire_is_told_with_its_line() {
    let (_home, _server, mut an) = at_work(Role::HomeAffairs);
    let two = COUNTER.replacen("aggregation = ", "agregation = ", 1).replacen("\nversion = 1\n", "\nversion = 0\n", 1);
    let refused = an.post_file("/quan-tri/phieu/tai-len", &[], "phieu.toml", two.as_bytes());
    let text = refused.text();
    assert!(refused.status == 422 && text.contains("nên phiếu chưa được nhận"), "{text}");
    assert!(text.contains("agregation") && text.contains("<th scope=\"row\" role=\"rowheader\">7</th>"), "{text}");
    let changed = COUNTER.replacen("Nơi đón tiếp", "Chỗ đón tiếp", 1);
    let refused = an.post_file("/quan-tri/phieu/tai-len", &[], "phieu.toml", changed.as_bytes());
    assert!(
        refused.status == 422 && refused.text().contains("Phiếu counter-1 đã có trong hệ thống với nội dung khác"),
        "{}",
        refused.text()
    );
    let same = an.post_file("/quan-tri/phieu/tai-len", &[], "phieu.toml", COUNTER.as_bytes());
    assert!(same.status == 200 && same.text().contains("không cần đưa vào dùng lần nữa"), "{}", same.text());
    let binary = an.post_file("/quan-tri/phieu/tai-len", &[], "phieu.toml", b"a\xff");
    assert!(binary.status == 422 && binary.text().contains("không phải UTF-8"));
    assert!(an.post_file("/quan-tri/phieu/tai-len", &[], "", b"").text().contains("Xin chọn một tệp."));
}

/// The next version of the questionnaire of counters, with one word changed.
fn next() -> String {
    let head = "\nversion = 2\nsucceeds = { code = \"counter\", version = 1 }\ncomparable = true\n";
    COUNTER.replacen("\nversion = 1\n", head, 1).replacen("Nơi đón tiếp", "Chỗ đón tiếp", 1)
}

/// Uploads it; the number of the kept file.
fn uploaded(officer: &mut Officer) -> String {
    let checked = officer.post_file("/quan-tri/phieu/tai-len", &[], "counter-2.toml", next().as_bytes());
    let text = checked.text();
    assert_eq!(checked.status, 200, "{text}");
    assert!(text.contains("counter bản 2") && text.contains("counter bản 1, số liệu nối tiếp"), "{text}");
    hidden(&text).into_iter().find(|(name, _)| name == "so_tep").unwrap().1
}

/// Proposes it; the page to which this leads.
fn proposed(officer: &mut Officer) -> String {
    let number = uploaded(officer);
    let done = officer.post("/quan-tri/phieu/tai-len/trinh", &[("so_tep", &number)]);
    assert_eq!(done.status, 303, "{}", done.text());
    done.header("location").unwrap().split('?').next().unwrap().to_owned()
}

fn is_in_use(officer: &mut Officer) -> bool {
    officer.page("/quan-tri/phieu").contains("/quan-tri/phieu/counter/2")
}

#[test]
fn a_sound_questionnaire_is_tried_first_and_only_proposed_by_whoever_uploaded_it() {
    let (home, server, mut an) = at_work(Role::HomeAffairs);
    let number = uploaded(&mut an);
    let trial = format!("/quan-tri/phieu/tai-len/xem/{number}");
    assert!(an.page(&trial).contains("Chỗ đón tiếp"));
    let tried = an.post(&format!("{trial}/thu"), &[("reception", "3")]);
    assert!(tried.status == 200 && tried.text().contains("3 – Bình thường"), "{}", tried.text());
    let mut binh = Officer::hired(&home, &server, "binh@minhhoa.gov.vn", Role::HomeAffairs, "", "P");
    assert_eq!(binh.get(&trial).status, 404, "somebody else's file is not there");
    assert_eq!(binh.post("/quan-tri/phieu/tai-len/trinh", &[("so_tep", &number)]).status, 404);
    let alone = an.post_with_code("/quan-tri/phieu/tai-len/ghi", &[("so_tep", &number)]);
    assert!([404, 405].contains(&alone.status), "nobody puts it into use alone: {}", alone.status);
    let done = an.post("/quan-tri/phieu/tai-len/trinh", &[("so_tep", &number)]);
    let leads_to = Some("/quan-tri/duyet/1?xong=trinh");
    assert_eq!((done.status, done.header("location")), (303, leads_to), "{}", done.text());
    assert_eq!(an.get(&trial).status, 404, "the kept file is forgotten");
    assert!(!is_in_use(&mut an), "looking, trying and proposing change nothing");
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_uploaded_questionnaire_is_in_force_only_after_another_person_has_approved_it() {
    for world in databases().await {
        let home = Home::with(&world.url, &world.keys);
        home.with_counters();
        let server = home.serve();
        let hired = |name: &str, role, scope| Officer::hired(&home, &server, name, role, "", scope);
        let mut an = hired("an@minhhoa.gov.vn", Role::HomeAffairs, "P");
        let mut binh = hired("binh@minhhoa.gov.vn", Role::ProcedureControl, "P");
        let mut lan = hired("lan@x1.gov.vn", Role::HomeAffairs, "X1");
        let mut leader = hired("lanh.dao@minhhoa.gov.vn", Role::Leader, "P");
        let page = proposed(&mut an);
        // Whoever sees a part of the province sees nothing of it; who reads all of it, reads it and decides nothing.
        assert!(!lan.page("/quan-tri/duyet").contains(&page));
        for act in ["phe-duyet", "khong-duyet", "rut"] {
            assert_eq!(lan.post_with_code(&format!("{page}/{act}"), &[]).status, 404, "{act}");
        }
        assert_eq!(lan.get(&page).status, 404);
        assert!(leader.page("/quan-tri/duyet").contains("counter bản 2 · "));
        assert!(!leader.page(&page).contains("phe-duyet"));
        assert_eq!(leader.post_with_code(&format!("{page}/phe-duyet"), &[]).status, 403);
        // Whoever proposed is told who decides, and cannot do it.
        let text = an.page(&page);
        assert!(text.contains("Cần một người thứ hai có phạm vi toàn tỉnh") && !text.contains("phe-duyet"), "{text}");
        let alone = an.post_with_code(&format!("{page}/phe-duyet"), &[]);
        assert!(alone.status == 422 && alone.text().contains("Cần một người thứ hai có phạm vi toàn tỉnh"));
        assert!(!is_in_use(&mut an));
        let text = binh.page(&page);
        for told in ["counter-2.toml", "counter bản 2", "Khảo sát tại nơi tiếp nhận", "Chỗ đón tiếp", "Toàn tỉnh"]
        {
            assert!(text.contains(told), "{told}: {text}");
        }
        assert!(!text.contains("/quan-tri/phieu/tai-len"), "the file of the other is not linked");
        assert!(binh.page(&format!("{page}?lang=en")).contains("a new questionnaire or a new version of one"));
        let done = binh.post_with_code(&format!("{page}/phe-duyet"), &[]);
        assert_eq!(done.header("location"), Some(&*format!("{page}?xong=duyet")), "{}", done.text());
        assert!(is_in_use(&mut an));
        let code = home.public_code("X1.Q1");
        assert!(server.client().get(&format!("/q/{code}")).unwrap().text().contains("Chỗ đón tiếp"));
        let log = home.does(&["staff", "log"]);
        assert!(log.contains("propose edition") && log.contains("approve edition"), "{log}");
        assert_eq!(server.stop(), Some(0));
        assert_eq!(home.server_log(), "");
        world.close().await;
    }
}

#[test]
fn a_proposed_questionnaire_that_cannot_be_used_any_more_is_not_approved() {
    let (home, server, mut an) = at_work(Role::HomeAffairs);
    let mut binh = Officer::hired(&home, &server, "binh@minhhoa.gov.vn", Role::HomeAffairs, "", "P");
    let pages = [proposed(&mut an), proposed(&mut an), proposed(&mut an)];
    let refused = binh.post_with_code(&format!("{}/khong-duyet", pages[0]), &[]);
    assert_eq!(refused.header("location"), Some(&*format!("{}?xong=khong-duyet", pages[0])));
    assert!(!is_in_use(&mut an));
    assert_eq!(binh.post(&format!("{}/phe-duyet", pages[1]), &[]).status, 303);
    let late = binh.post(&format!("{}/phe-duyet", pages[2]), &[]);
    let text = late.text();
    assert!(late.status == 422 && text.contains("Phiếu counter-2 đã có trong hệ thống"), "{text}");
    assert!(text.contains("Chờ phê duyệt"), "it stays proposed: {text}");
    let withdrawn = an.post(&format!("{}/rut", pages[2]), &[]);
    assert_eq!((withdrawn.status, server.stop()), (303, Some(0)));
    assert_eq!(home.server_log(), "");
}
