//! The pages: who reads what under which address, the acts with what they refuse, and what everybody reads.

use sea_orm::ConnectionTrait;
use thuocdo::words::{Moment, Role};

use super::{BRIBERY, LATE_RESULT};
use crate::office::officer::Officer;
use crate::program::{Home, Server};
use crate::proof::query;
use crate::world::{World, databases};

const LIST: &str = "/quan-tri/phan-anh";
const ACCUSATIONS: &str = "/quan-tri/to-cao";
const OTHER: &str = "Ghế ngồi ít, người già phải đứng mỏi.";
const THIRD: &str = "Nộp trên mạng khó quá.";
const TASK: &str = "Trả kết quả chậm và không báo trước.";

/// The town with complaints of today at unit 4, which is in commune 2; unit 3 is its neighbour.
struct Town<'a> {
    world: &'a World,
    home: Home,
    server: Server,
}

impl<'a> Town<'a> {
    async fn with(world: &'a World, comments: &[&str]) -> Self {
        let edition = world.with_town().await;
        let today = Moment::now().day();
        let complain = |(name, comment): (u64, &&str)| world.complains(&edition, name, today, 1, Some(comment));
        let forms: Vec<_> = (1..).zip(comments).map(complain).collect();
        world.takes(today, &forms).await;
        world.opens().await;
        let home = Home::with(&world.url, &world.keys);
        let server = home.serve();
        Self { world, home, server }
    }

    fn hire(&self, email: &str, role: Role, unit: &str, scope: &str) -> Officer {
        Officer::hired(&self.home, &self.server, email, role, unit, scope)
    }

    /// Home Affairs of the province, who work in the neighbour.
    fn above(&self) -> Officer {
        self.hire("an@minhhoa.gov.vn", Role::HomeAffairs, "U3", "U1")
    }

    async fn page(&self, comment: &str) -> String {
        format!("{LIST}/{}", self.world.code(comment).await)
    }

    async fn accusation(&self, comment: &str) -> String {
        format!("{ACCUSATIONS}/{}", self.world.code(comment).await)
    }

    /// Everything that is in work was so 40 days ago.
    async fn lets_days_pass(&self) {
        let owner = sea_orm::Database::connect(&self.world.url).await.unwrap();
        let sql = "UPDATE complaint SET released_day = released_day - 40, due_day = due_day - 40 WHERE state = 2";
        owner.execute_unprepared(sql).await.unwrap();
        owner.close().await.unwrap();
    }

    fn end(self) {
        assert_eq!(self.server.stop(), Some(0));
        assert_eq!(self.home.server_log(), "");
    }
}

const ACTS: [&str; 4] = ["giao", "tra-loi", "chuyen", "ket-thuc"];

fn assigned(unit: &'static str) -> [(&'static str, &'static str); 3] {
    [("phan_loai", "rules"), ("don_vi", unit), ("noi_dung", TASK)]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rated_unit_reads_nothing_by_any_address_and_the_level_above_reads_at_once() {
    for world in databases().await {
        let town = Town::with(&world, &[LATE_RESULT, BRIBERY]).await;
        let (page, hint) = (town.page(LATE_RESULT).await, town.page(BRIBERY).await);
        let code = world.code(LATE_RESULT).await;
        let reads = [("an@thu.vn", Role::HomeAffairs, "U3", "U1"), ("binh@thu.vn", Role::UnitManager, "U2", "U2")];
        for (email, role, unit, scope) in reads {
            let mut officer = town.hire(email, role, unit, scope);
            let list = officer.page(LIST);
            assert!(list.contains(&code) && list.contains("Hẹn ngày 15 mà"), "{list}");
            assert!(list.contains("đã chờ 0 ngày") && list.contains("mới 1, đang xử lý 0"), "{list}");
            assert!(officer.page(&page).contains(LATE_RESULT), "{email}");
            assert!(!list.contains(&world.code(BRIBERY).await) && officer.get(&hint).status == 404, "{email}");
        }
        let blind = [
            ("chi@thu.vn", Role::UnitManager, "U4", "U4"),
            ("dung@thu.vn", Role::HomeAffairs, "U4", "U1"),
            ("em@thu.vn", Role::Leader, "U4", "U2"),
            ("giang@thu.vn", Role::UnitManager, "U3", "U3"),
            ("ha@thu.vn", Role::HomeAffairs, "", "U1"),
        ];
        for (email, role, unit, scope) in blind {
            let mut officer = town.hire(email, role, unit, scope);
            let all = format!("{LIST}?tinh_trang=all");
            for list in [LIST, all.as_str()] {
                let list = officer.page(list);
                assert!(!list.contains("PA-") && !list.contains("Hẹn ngày"), "{email}: {list}");
            }
            for case in [&page, &hint] {
                assert_eq!(officer.get(case).status, 404, "{email}");
                for act in ACTS.iter().filter(|_| role != Role::Leader) {
                    let answer = officer.post(&format!("{case}/{act}"), &assigned("U4"));
                    assert_eq!(answer.status, 404, "{email} {act}");
                }
            }
        }
        town.end();
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_charged_in_general_words_answers_and_everybody_reads_it() {
    for world in databases().await {
        let town = Town::with(&world, &[LATE_RESULT, OTHER, THIRD]).await;
        let page = town.page(LATE_RESULT).await;
        let mut above = town.above();
        let mut rated = town.hire("chi@x4.gov.vn", Role::UnitManager, "U4", "U4");

        // Everything that is wrong is said at once, at its field, and nothing is done.
        let assign = format!("{page}/giao");
        let faulty = above.post(&assign, &[("phan_loai", "x"), ("don_vi", "KHONG"), ("noi_dung", "")]);
        let text = faulty.text();
        assert_eq!(faulty.status, 422, "{text}");
        for fault in ["Xin chọn một loại.", "Không có đơn vị nào mang mã này", "Xin ghi nội dung khái quát"]
        {
            assert!(text.contains(fault), "{fault} in {text}");
        }
        let copied = format!("Dân viết: {}", LATE_RESULT.to_lowercase());
        let fields = [("phan_loai", "rules"), ("don_vi", "U4"), ("noi_dung", copied.as_str())];
        let repeated = above.post(&assign, &fields);
        assert!(repeated.status == 422 && repeated.text().contains("lặp lại từ 6 từ"), "{}", repeated.text());
        assert_eq!(rated.get(&page).status, 404, "not charged yet");
        assert_eq!(above.post(&format!("{page}/tra-loi"), &[("tra_loi", "Đã sửa.")]).status, 422, "nobody was charged");

        assert_eq!(above.post(&assign, &assigned("U4")).status, 303);
        for seen in [rated.page(LIST), rated.page(&page)] {
            assert!(seen.contains(TASK) && !seen.contains("Hẹn ngày") && !seen.contains("đã chờ"), "{seen}");
        }
        assert!(rated.page(LIST).contains("Có phản ánh mới cần xử lý trước ngày"));
        assert!(!rated.page(&page).contains("noi_dung") && rated.page(&page).contains("tra_loi"));
        for act in ["giao", "chuyen", "ket-thuc"] {
            assert_eq!(rated.post(&format!("{page}/{act}"), &assigned("U4")).status, 404, "{act}");
        }
        assert_eq!(rated.post(&format!("{page}/tra-loi"), &[("tra_loi", " ")]).status, 422);
        let answer = "Đã xin lỗi và báo trước khi chậm. Hỏi thêm: 0900 000 000";
        assert_eq!(rated.post(&format!("{page}/tra-loi"), &[("tra_loi", answer)]).status, 303);
        let again = above.post(&format!("{page}/tra-loi"), &[("tra_loi", "Khác.")]);
        assert!(again.status == 422 && again.text().contains("đã chuyển trạng thái"), "{}", again.text());
        assert!(
            rated.page(&page).contains("Đã trả lời")
                && rated.page(&format!("{LIST}?tinh_trang=answered")).contains("PA-")
        );

        // The same in public, in general words, for the unit and those above it.
        let mut client = town.server.client();
        for unit in ["U4", "U2", "U1"] {
            let public = client.get(&format!("/don-vi/{unit}/phan-anh")).unwrap().text();
            assert!(public.contains(TASK) && public.contains("Hỏi thêm: •••"), "{unit}: {public}");
            assert!(!public.contains("PA-") && !public.contains("Hẹn ngày") && public.contains("Quý "), "{public}");
            assert!(!public.contains(&thuocdo::text::date::short(thuocdo::words::Lang::Vi, Moment::now().day())));
        }
        let english = client.get("/don-vi/U4/phan-anh?lang=en").unwrap().text();
        assert!(english.contains("1 answered."), "{english}");
        let neighbour = client.get("/don-vi/U3/phan-anh").unwrap().text();
        assert!(neighbour.contains("Chưa có phản ánh, kiến nghị nào được trả lời."), "{neighbour}");
        assert!(client.get("/don-vi/U4").unwrap().text().contains("/don-vi/U4/phan-anh"));
        assert_eq!(client.get("/don-vi/KHONG/phan-anh").unwrap().status, 404);

        // Late is said to be late, and counts against the share.
        let late = town.page(OTHER).await;
        assert_eq!(above.post(&format!("{late}/giao"), &assigned("U4")).status, 303);
        town.lets_days_pass().await;
        assert!(rated.page(&format!("{LIST}?qua_han=1")).contains("PA-"));
        let closing = above.post(&format!("{late}/ket-thuc"), &[]);
        assert!(closing.status == 422 && closing.text().contains("Nay phải trả lời"), "{}", closing.text());
        assert_eq!(rated.post(&format!("{late}/tra-loi"), &[("tra_loi", "Đã kê thêm ghế.")]).status, 303);
        assert!(above.page(&late).contains("Trả lời quá hạn"));
        let third = town.page(THIRD).await;
        assert_eq!(above.post(&format!("{third}/ket-thuc"), &[]).status, 303);
        assert!(above.page(&third).contains("Không đủ thông tin"));
        let counted = above.page(&format!("{LIST}?don_vi=U4"));
        let whole = "tiếp nhận 3 phản ánh, kiến nghị qua phiếu; đã xử lý 2, trong đó đúng hạn 1 (50,0% số đã xử lý";
        assert!(counted.contains(whole) && counted.contains("không đủ thông tin 1"), "{counted}");
        assert!(rated.page(LIST).contains("Trong kỳ có dưới 10 phản ánh"), "whoever does not see them all");

        // The staff log names the case and tells nothing of what it says.
        let log = query(world.db.reader(), "SELECT act, object FROM staff_log ORDER BY seq").await;
        let lines: Vec<String> = log
            .iter()
            .map(|row| {
                format!("{} {}", row.try_get_by_index::<String>(0).unwrap(), row.try_get_by_index::<String>(1).unwrap())
            })
            .collect();
        let code = page.rsplit('/').next().unwrap();
        assert!(lines.contains(&format!("assign case {code} to U4 (rules)")), "{lines:?}");
        assert!(lines.contains(&format!("answer case {code}")), "{lines:?}");
        assert!(!lines.iter().any(|line| line.contains("chậm") || line.contains("Hẹn")), "{lines:?}");
        town.end();
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hint_of_bribery_and_what_is_passed_on_is_there_for_the_auditor_from_outside_alone() {
    for world in databases().await {
        let town = Town::with(&world, &[LATE_RESULT, BRIBERY, "đòi phong bì"]).await;
        let (ordinary, hint) = (town.page(LATE_RESULT).await, town.accusation(BRIBERY).await);
        let honest = town.accusation("đòi phong bì").await;
        let mut above = town.above();
        let mut auditor = town.hire("tra@thanhtra.gov.vn", Role::Auditor, "U3", "U1");
        assert_eq!((above.get(ACCUSATIONS).status, above.get(&hint).status), (403, 403));
        assert_eq!((auditor.get(LIST).status, auditor.get(&ordinary).status), (403, 403));
        let list = auditor.page(ACCUSATIONS);
        assert!(list.matches("PA-").count() >= 2 && !list.contains(&world.code(LATE_RESULT).await), "{list}");
        assert!(auditor.page(&hint).contains(BRIBERY) && auditor.page(&hint).contains("không chuyển về đơn vị"));
        assert_eq!(auditor.get(&format!("{ACCUSATIONS}/{}", world.code(LATE_RESULT).await)).status, 404);
        for (email, unit, scope) in
            [("t4@thanhtra.vn", "U4", "U1"), ("t3@thanhtra.vn", "U3", "U3"), ("t0@thanhtra.vn", "", "U1")]
        {
            let mut other = town.hire(email, Role::Auditor, unit, scope);
            assert!(!other.page(ACCUSATIONS).contains("PA-"), "{email}");
            assert_eq!(other.get(&hint).status, 404, "{email}");
            assert_eq!(other.post(&format!("{hint}/nhan"), &[]).status, 404, "{email}");
        }

        assert_eq!(auditor.post(&format!("{hint}/nhan"), &[]).status, 303);
        assert!(auditor.page(&hint).contains("Chuyển cơ quan có thẩm quyền"));
        assert_eq!(auditor.post(&format!("{hint}/tra-ve"), &[]).status, 422, "once");
        let given_back = town.page("đòi phong bì").await;
        assert_eq!(above.get(&given_back).status, 404);
        assert_eq!(auditor.post(&format!("{honest}/tra-ve"), &[]).status, 303);
        assert_eq!((auditor.get(&honest).status, above.get(&given_back).status), (404, 200));

        assert_eq!(above.post(&format!("{ordinary}/chuyen"), &[]).status, 303);
        let passed_on = town.accusation(LATE_RESULT).await;
        assert_eq!((above.get(&ordinary).status, auditor.get(&passed_on).status), (404, 200));
        assert!(!above.page(&format!("{LIST}?tinh_trang=all")).contains(&world.code(LATE_RESULT).await));
        town.end();
        world.close().await;
    }
}
