//! The pages of late dossiers: who reads which, the draft, and noting that it has left.

use std::io::{Cursor, Read};

use thuocdo::words::{Day, Moment, Role};

use super::{Served, day};
use crate::office::officer::Officer;
use crate::proof::query;
use crate::world::databases;

const PAGE: &str = "/quan-tri/qua-han";

impl Served {
    /// The page of a dossier.
    async fn page_of(&self, number: &str) -> String {
        let late = self.late().await;
        let found = late.iter().find(|one| one.number.as_deref() == Some(number)).unwrap();
        format!("{PAGE}/{:016x}", found.id)
    }

    /// One late dossier of either commune not returned, and one that was returned late in the first.
    fn with_late(&self, today: Day) {
        let (w, due) = (day(today, -14), day(today, -3));
        self.daily(&format!(
            "A-1,X1.Q1,,1.001193,,{w},{due},\nA-2,X1.Q2,,,,{w},{due},{}\nB-1,X2.Q1,,,,{w},{due},\nB-2,X1.Q1,X2,,,{w},{due},\n",
            day(today, -1)
        ));
    }
}

/// What a draft needs, with a day that may be left out.
fn draft(new_due: &str) -> Vec<(&str, &str)> {
    vec![
        ("kinh_gui", "Bà"),
        ("ten", "Nguyễn Thị Bí Mật <b>"),
        ("ly_do", "chờ xác nhận & đối chiếu"),
        ("bo_phan", "Bộ phận Tư pháp"),
        ("bien_phap", "bố trí thêm người"),
        ("ngay_moi", new_due),
        ("kenh", ""),
        ("dien_thoai", "0200 3 000 000"),
        ("chu_quan", ""),
        ("co_quan", "Ủy ban nhân dân Xã Một"),
        ("dia_danh", "Một"),
        ("nguoi_ky", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"),
        ("noi_nhan", "Như trên;\nLưu: VT."),
    ]
}

/// The main part of a Word file.
fn main_part(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_reads_what_the_own_unit_owes_and_nothing_of_another_by_any_address() {
    for world in databases().await {
        let served = Served::of(world);
        let today = Moment::now().day();
        served.with_late(today);
        let home = &served.home;
        let mut manager = Officer::hired(home, &served.server, "x1@thu.gov.vn", Role::UnitManager, "X1", "X1");
        let list = manager.page(PAGE);
        assert!(list.contains("A-1") && list.contains("A-2") && list.contains("Đăng ký khai sinh"), "{list}");
        assert!(!list.contains("B-1") && !list.contains("B-2"), "what another unit decides is its own: {list}");
        assert!(
            list.contains("Có 2 hồ sơ quá hạn; 0 hồ sơ (0,0%)") && list.contains("không có khoảng tin cậy"),
            "{list}"
        );
        assert!(list.find("A-1").unwrap() < list.find("A-2").unwrap() || list.contains("chưa trả"));
        let found = manager.page(&format!("{PAGE}?trang_thai=tra"));
        assert!(found.contains("A-2") && !found.contains(">A-1<"), "{found}");
        assert!(manager.page(&format!("{PAGE}?trang_thai=da")).contains("Không có hồ sơ nào"));
        let found = manager.page(&format!("{PAGE}?tim=a-1&trang=9"));
        assert!(found.contains(">A-1<") && !found.contains(">A-2<"), "{found}");
        for odd in ["%25", "_", "!", "'"] {
            assert!(!manager.page(&format!("{PAGE}?tim={odd}")).contains(">A-1<"), "{odd}");
        }
        for number in ["B-1", "B-2"] {
            let other = served.page_of(number).await;
            assert_eq!(manager.get(&other).status, 404, "{number}");
            for act in ["van-ban", "da-gui"] {
                let ahead = today.plus(5).iso();
                let form = [draft(&ahead).as_slice(), &sent("1/XL", today, today.plus(5))].concat();
                assert_eq!(manager.post(&format!("{other}/{act}"), &form).status, 404, "{number} {act}");
            }
        }
        assert!(served.late().await.iter().all(|one| one.drafted.is_none() && one.sent.is_none()));
        let mut whole = Officer::hired(home, &served.server, "vp@thu.gov.vn", Role::ProcedureControl, "", "P");
        let list = whole.page(PAGE);
        assert!(list.contains("Có 4 hồ sơ quá hạn") && list.contains("Trong đó 3 hồ sơ chưa trả"), "{list}");
        let mut leader = Officer::hired(home, &served.server, "ld@thu.gov.vn", Role::Leader, "", "P");
        assert_eq!(leader.get(PAGE).status, 403);
        served.end().await;
    }
}

/// The fields that note a document.
fn sent(number: &'static str, day: Day, new_due: Day) -> [(&'static str, &'static str); 3] {
    let leaked = |day: Day| -> &'static str { Box::leak(day.iso().into_boxed_str()) };
    [("so_van_ban", number), ("ngay_van_ban", leaked(day)), ("ngay_hen_moi", leaked(new_due))]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_downloaded_and_what_was_typed_is_stored_nowhere() {
    for world in databases().await {
        let served = Served::of(world);
        let today = Moment::now().day();
        served.with_late(today);
        let home = &served.home;
        let mut manager = Officer::hired(home, &served.server, "x1@thu.gov.vn", Role::UnitManager, "X1", "X1");
        let page = served.page_of("A-1").await;
        let shown = manager.page(&page);
        assert!(shown.contains("không tự gửi") && shown.contains("Xã Một"), "{shown}");
        let to = format!("{page}/van-ban");
        for (new_due, told) in [("", "chưa ghi"), (today.iso().as_str(), "ngày hẹn mới phải sau")] {
            let answer = manager.post(&to, &draft(new_due));
            assert_eq!(answer.status, 422, "{new_due}");
            let text = answer.text();
            assert!(text.contains("Nguyễn Thị Bí Mật &lt;b&gt;"), "what was typed comes back: {text}");
            assert!(text.contains(told) || new_due.is_empty(), "{text}");
        }
        let empty: Vec<(&str, &str)> = draft("").into_iter().map(|(name, _)| (name, "")).collect();
        let answer = manager.post(&to, &empty).text();
        assert_eq!(answer.matches("class=\"e\"").count(), 11, "every fault at once: {answer}");
        // A Sunday is a day like any other.
        let sunday = (1..8).map(|n| today.plus(n)).find(|day| day.weekday() == 7).unwrap();
        let answer = manager.post(&to, &draft(&sunday.iso()));
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.header("content-type").unwrap().contains("wordprocessingml"));
        assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"xin-loi-A-1.docx\""));
        let word = main_part(&answer.body);
        for text in ["Nguyễn Thị Bí Mật &lt;b&gt;", "ỦY BAN NHÂN DÂN XÃ MỘT", "thủ tục Đăng ký khai sinh, mã hồ sơ A-1"]
        {
            assert!(word.contains(text), "“{text}” is missing in {word}");
        }
        let late = served.late().await;
        assert_eq!((late[0].drafted, late[0].new_due, &late[0].sent), (Some(today), Some(sunday), &None));
        assert!(manager.page(PAGE).contains("đã soạn, chưa gửi"));
        // Nothing of the person is in the database, and the log does not know the number.
        let log = home.does(&["staff", "log"]);
        assert!(log.contains("draft apology") && !log.contains("A-1") && !log.contains("Bí Mật"), "{log}");
        let sql = "SELECT COALESCE(sent_number, '') FROM late_dossier WHERE sent_number IS NOT NULL";
        assert!(query(served.world.db.reader(), sql).await.is_empty());
        served.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_apology_is_noted_once_and_gives_one_new_day() {
    for world in databases().await {
        let served = Served::of(world);
        let today = Moment::now().day();
        served.with_late(today);
        let home = &served.home;
        let mut manager = Officer::hired(home, &served.server, "x1@thu.gov.vn", Role::UnitManager, "X1", "X1");
        let page = served.page_of("A-1").await;
        let to = format!("{page}/da-gui");
        let ahead = today.plus(5);
        for wrong in [
            sent("", today, ahead),
            sent("XL-UBND", today, ahead),
            sent("1/XL", today.plus(1), ahead),
            sent("1/XL", today.plus(-3), ahead),
            sent("1/XL", today, today),
        ] {
            assert_eq!(manager.post(&to, &wrong).status, 422, "{wrong:?}");
        }
        assert_eq!(manager.post(&to, &sent("12/XL-UBND", today, ahead)).status, 303);
        let shown = manager.page(&page);
        assert!(shown.contains("số 12/XL-UBND") && !shown.contains("van-ban"), "no second draft is offered: {shown}");
        let again = manager.post(&format!("{page}/van-ban"), &draft(&today.plus(9).iso()));
        assert_eq!(again.status, 422);
        assert_eq!(manager.post(&to, &sent("13/XL-UBND", today, today.plus(9))).status, 422);
        let late = served.late().await;
        assert_eq!((late[0].new_due, late[0].sent.as_ref().unwrap().number.as_str()), (Some(ahead), "12/XL-UBND"));
        // What was returned gets an apology without a new day.
        let returned = served.page_of("A-2").await;
        assert!(!manager.page(&returned).contains("ngay_moi"));
        let fields = sent("14/XL-UBND", today, ahead);
        assert_eq!(manager.post(&format!("{returned}/da-gui"), &fields[..2]).status, 303);
        let list = manager.page(PAGE);
        assert!(list.contains("2 hồ sơ (100,0%) đã có văn bản xin lỗi"), "{list}");
        let log = home.does(&["staff", "log"]);
        assert!(log.contains("note apology") && log.contains("12/XL-UBND") && !log.contains("A-1"), "{log}");
        served.end().await;
    }
}
