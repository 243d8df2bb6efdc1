//! The public pages: navigation, the province's page, a unit's page, the welcome of an empty installation, footers.

use crate::words::{Day, Lang};

use super::number::{Goal, Share};
use super::{Say, Shown};

says! {
    PRODUCT = "Thước Đo", "Thước Đo";
    TAGLINE = "Đo lường mức độ hài lòng của người dân, tổ chức", "How satisfied citizens and organisations are";
    SKIP = "Chuyển đến nội dung chính", "Skip to the main content";
    LANG_SWITCH = "English", "Tiếng Việt";
    LANG_LABEL = "Ngôn ngữ", "Language";
    MENU = "Trình đơn", "Menu";
    YOU_ARE_HERE = "Vị trí trang", "You are here";
    NAV_RESULTS = "Kết quả", "Results";
    NAV_UNITS = "Đơn vị", "Units";
    NAV_DATA = "Dữ liệu mở", "Open data";
    NAV_METHOD = "Phương pháp", "Method";
    NAV_RECEIPT = "Kiểm tra biên nhận", "Check a receipt";
    NAV_CONTACT = "Liên hệ", "Contact";
    NAV_PRIVACY = "Quyền riêng tư", "Privacy";
    NAV_PUBLICATIONS = "Công bố", "Publications";

    HOME_LEAD = "Mỗi con số kèm khoảng tin cậy, số phiếu và kết luận. Khi chưa đủ cơ sở, trang này nói là chưa đủ cơ sở.",
        "Every number comes with its confidence interval, its count and a conclusion. Where the evidence is not enough, this page says so.";
    HOME_HEADLINE = "Kết quả chung", "Overall result";
    HOME_UNITS = "Kết quả theo đơn vị", "Results by unit";
    HOME_DEPARTMENTS = "Sở, ban, ngành", "Departments";
    HOME_COMMUNES = "Xã, phường, đặc khu", "Communes, wards and special zones";
    HOME_OTHER_UNITS = "Đơn vị khác", "Other units";
    HOME_PUBLICATIONS = "Công bố mới nhất", "Latest publications";
    HOME_NO_PUBLICATION = "Chưa có công bố nào.", "Nothing is published yet.";
    HOME_NOT_LIVE = "Số liệu đang diễn biến không hiển thị tại đây. Xin xem các kỳ đã công bố.",
        "Figures still in progress are not shown here. Please see the published periods.";
    HOME_NO_DATA = "Chưa có phiếu nào được tính trong kỳ này.", "No answers are counted in this period yet.";
    SEARCH_UNIT = "Tìm đơn vị", "Find a unit";
    SEARCH_HINT = "Gõ có dấu hoặc không dấu, ví dụ suoi trong", "With or without marks, for example suoi trong";
    SEARCH_BUTTON = "Tìm", "Find";
    SEARCH_NOTHING = "Không tìm thấy đơn vị nào có tên này.", "No unit of this name was found.";

    UNIT_NO_POINT = "Đơn vị chưa có điểm khảo sát.", "The unit has no collection point yet.";
    UNIT_NO_ANSWERS = "Kỳ này chưa có phiếu nào. Không có phiếu không có nghĩa là 0%.",
        "No answers in this period yet. No answers does not mean 0%.";
    UNIT_CRITERIA = "Theo tiêu chí", "By criterion";
    UNIT_SOURCES = "Theo nguồn", "By source";
    UNIT_CHANNELS = "Theo kênh", "By channel";
    UNIT_FIELDS = "Theo lĩnh vực", "By field";
    UNIT_TREND = "Diễn biến", "Trend";
    UNIT_WAITING = "Thời gian chờ", "Waiting time";
    UNIT_OPEN = "Góp ý mở", "Open feedback";
    UNIT_VERDICT = "Kết luận", "Conclusion";
    UNIT_TARGETS = "Chỉ tiêu đang áp dụng", "Targets in force";
    UNIT_COMING_TARGETS = "Chỉ tiêu sắp áp dụng", "Targets to come";
    UNIT_PART_OF = "Thuộc", "Part of";
    UNIT_PARTS = "Đơn vị trực thuộc", "Units below";
    UNIT_HISTORY = "Lịch sử đơn vị", "History of the unit";
    UNIT_NO_LONGER = "Đơn vị này không còn hoạt động.", "This unit no longer exists.";
    UNIT_ROLLED_UP = "Gồm cả các đơn vị trực thuộc.", "Includes the units below.";
    OUT_OF_SCOPE = "ngoài phạm vi đo của tỉnh", "outside what the province measures";
    OUT_OF_SCOPE_NOTE = "Cơ quan ngành dọc đặt tại trung tâm được ghi nhận riêng, không tính vào số liệu của tỉnh.",
        "Line agencies at the centre are recorded apart and never counted in the province's figure.";
    RECEIVING = "Tính cho nơi tiếp nhận", "Counted for the office where the application was handed in";
    DECIDING = "Tính cho cơ quan giải quyết", "Counted for the office that decides";
    UNATTRIBUTED = "Chưa rõ cơ quan giải quyết", "Deciding office not known";
    GIVE_OPINION = "Góp ý về đơn vị này", "Give your opinion on this unit";

    TARGET_NONE = "Chưa có chỉ tiêu áp dụng", "No target in force";
    TARGET_CONTRADICTORY = "Chỉ tiêu mâu thuẫn giữa các văn bản", "Contradictory targets";
    TARGET_CONTRADICTORY_NOTE = "Các văn bản đưa ra chỉ tiêu khác nhau cho cùng nội dung. Tất cả được giữ và hiển thị; kết luận ghi riêng cho từng chỉ tiêu.",
        "Documents give different targets for the same matter. All are kept and shown; the conclusion is given for each.";
    TARGET_UNDECIDED = "Văn bản không nói rõ chỉ tiêu này đo bằng chỉ số nào nên không kết luận.",
        "The document does not say which measure this target is for, so no conclusion is drawn.";
    TARGET_INHERITED = "Chỉ tiêu của cấp trên, áp dụng khi đơn vị không có chỉ tiêu riêng.",
        "Target of the unit above, used where a unit has none of its own.";
    TARGET_RISES = "tăng so với kỳ trước", "rises on the period before";

    EMPTY_TITLE = "Hệ thống đã sẵn sàng", "The system is ready";
    EMPTY_LEAD = "Chưa có đơn vị nào. Ba bước để nhận phiếu đầu tiên:", "There are no units yet. Three steps to the first answer:";
    EMPTY_STEP_UNITS = "Nạp danh sách đơn vị", "Import the units";
    EMPTY_STEP_POINTS = "Nạp danh sách điểm khảo sát", "Import the collection points";
    EMPTY_STEP_QR = "In mã QR của từng điểm", "Print the QR of each point";
    EMPTY_TARGETS = "Nạp chỉ tiêu để có kết luận đạt hay chưa đạt", "Import the targets to get conclusions";
    EMPTY_DEMO = "Muốn xem thử với số liệu mô phỏng, chạy lệnh sau:", "To look around with simulated data, run:";
    EMPTY_ADMIN = "Đường dẫn dùng một lần cho quản trị viên đầu tiên được in ở cửa sổ dòng lệnh khi khởi động.",
        "The one-time link for the first administrator is printed in the terminal at the start.";

    PERIOD_LABEL = "Kỳ số liệu", "Period";
    PERIOD_CHOOSE = "Chọn kỳ", "Choose a period";
    PERIOD_SHOW = "Xem", "Show";
    PERIOD_RUNNING = "Kỳ đang diễn ra, số liệu còn thay đổi.", "The period is still running; figures will change.";
    PERIOD_BEFORE = "Kỳ trước", "Period before";
    PERIOD_AFTER = "Kỳ sau", "Period after";
    HISTORY = "Các kỳ trước", "Earlier periods";
    EMPTY_NO_ANSWERS = "Chưa có số liệu trong kỳ này", "No data in this period";
    EMPTY_FAULT = "Không tải được số liệu (sự cố)", "The data could not be loaded (fault)";

    RECEIPT_LEAD = "Mã biên nhận cho biết phiếu đã được tính hay chưa, không cho biết Ông/Bà đã trả lời thế nào.",
        "A receipt code shows whether a form was counted; it does not show what was answered.";
    RECEIPT_FORMAT = "Mã gồm 4 nhóm, mỗi nhóm 4 ký tự. Chữ hoa hay chữ thường đều được.",
        "The code has 4 groups of 4 characters. Capitals or small letters both do.";
    RECEIPT_BUTTON = "Kiểm tra", "Check";
    RECEIPT_MISSING = "Xin nhập mã biên nhận.", "Please enter the receipt code.";

    POSTER_LINK = "Áp phích mã QR để in", "QR poster to print";
    QR_LINK = "Tải mã QR", "Download the QR";
    FORM_LINK = "Mở phiếu đánh giá", "Open the form";

    SIMULATED_CODE = "mã mô phỏng", "simulated code";
    SIMULATED_CITATION = "(mô phỏng)", "(simulated)";
    SIMULATED_SIGNATURE = "(đã ký – mô phỏng)", "(signed – simulated)";

    FOOTER_PRIVACY = "Phiếu không ghi tên. Đơn vị có quá ít phiếu không hiển thị số liệu.",
        "Forms carry no name. Units with too few answers show no figures.";
    FOOTER_VERIFY = "Mọi con số đã công bố có thể tính lại từ dữ liệu mở.", "Every published number can be recomputed from the open data.";
    FOOTER_PETITION = "Muốn được trả lời về một việc cụ thể, mời Ông/Bà gửi phản ánh, kiến nghị tại dichvucong.gov.vn.",
        "For a reply about your case, please send a complaint or suggestion at dichvucong.gov.vn.";
}

sentences! {
    title(page: &str, province: &str) = "{page} – {province}", "{page} – {province}";
    results_of(unit: &str) = "Mức độ hài lòng tại {unit}", "Satisfaction at {unit}";
    as_of(day: Day) = "Số liệu đến hết ngày {day}.", "Figures to the end of {day}.";
    wait_for_k(n: u64, k: u64) = "Kỳ này mới có {n} phiếu. Số liệu hiển thị khi có ít nhất {k} phiếu mới, để không nhận ra người trả lời.",
        "Only {n} answers in this period so far. Figures are shown once at least {k} new answers have come in, so that nobody who answered can be recognised.";
    wait_for_some(k: u64) = "Số liệu hiển thị khi có ít nhất {k} phiếu mới, để không nhận ra người trả lời.",
        "Figures are shown once at least {k} new answers have come in, so that nobody who answered can be recognised.";
    target_cited(goal: &str, citation: &str) = "{goal} – {citation}", "{goal} – {citation}";
    target_conflict(list: &str) = "Hai văn bản đưa ra hai chỉ tiêu khác nhau cho cùng nội dung: {list}. Cả hai được giữ và hiển thị.",
        "Two documents give two different targets for the same matter: {list}. Both are kept and shown.";
    targets_conflict(list: &str) = "Các văn bản đưa ra những chỉ tiêu khác nhau cho cùng nội dung: {list}. Tất cả được giữ và hiển thị.",
        "Documents give different targets for the same matter: {list}. All are kept and shown.";
    target_from_year(goal: Goal, year: &str, citation: &str) = "Từ năm {year}: {goal} ({citation})", "From {year}: {goal} ({citation})";
    target_from_unit(unit: &str) = "Chỉ tiêu của {unit}, áp dụng khi đơn vị không có chỉ tiêu riêng.",
        "Target of {unit}, used where a unit has none of its own.";
    unit_until(day: Day) = "Đơn vị này hoạt động đến hết ngày {day}.", "This unit existed until the end of {day}.";
    unit_since(day: Day) = "Đơn vị này hoạt động từ ngày {day}.", "This unit has existed since {day}.";
    unit_now(unit: &str) = "Nay thuộc: {unit}.", "Now part of: {unit}.";
    unit_before(units: &str) = "Trước đây: {units}.", "Formerly: {units}.";
    response_ratio(ratio: Share, answered: u64, served: u64) = "Tỷ lệ trả lời {ratio} ({answered} phiếu trên {served} hồ sơ đã trả)",
        "Response ratio {ratio} ({answered} answers of {served} dossiers returned)";
    published_on(day: Day) = "Công bố ngày {day}", "Published on {day}";
    version(version: &str) = "Phiên bản {version}", "Version {version}";
    home_units_count(n: u64, points: u64) = "{n} đơn vị, {points} điểm khảo sát", "{n} unit(s), {points} collection point(s)";
    search_found(n: u64, query: &str) = "{n} đơn vị có tên gần với “{query}”", "{n} unit(s) with a name like “{query}”";
}

/// The public menu, in order, with addresses.
pub const NAVIGATION: [(&str, Say); 4] =
    [("/", NAV_RESULTS), ("/du-lieu", NAV_DATA), ("/phuong-phap", NAV_METHOD), ("/bien-nhan", NAV_RECEIPT)];

/// The answers that stand on an empty installation: what to run, in order.
pub const EMPTY_STEPS: [(Say, &str); 3] = [
    (EMPTY_STEP_UNITS, "thuocdo import units units.csv"),
    (EMPTY_STEP_POINTS, "thuocdo import points points.csv"),
    (EMPTY_STEP_QR, "thuocdo qr MÃ-ĐIỂM --format svg -o qr.svg"),
];

/// One of several contradictory targets: the threshold as written, and the document.
#[derive(Debug, Clone, Copy)]
pub struct CitedTarget<'a> {
    /// Between 0 and 1.
    pub value: f64,
    /// The document that sets it.
    pub citation: &'a str,
}

/// The sentence on contradictory targets, with all of them.
pub fn contradiction(lang: Lang, targets: &[CitedTarget<'_>]) -> String {
    let list = targets
        .iter()
        .map(|target| target_cited(lang, &Goal(target.value).shown(lang), target.citation))
        .collect::<Vec<_>>()
        .join(if targets.iter().any(|target| target.citation.contains(',')) { "; " } else { ", " });
    if targets.len() == 2 { target_conflict(lang, &list) } else { targets_conflict(lang, &list) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictory_targets_are_all_listed_with_their_documents() {
        let targets =
            [CitedTarget { value: 0.9, citation: "văn bản 1" }, CitedTarget { value: 0.85, citation: "văn bản 2" }];
        assert_eq!(
            contradiction(Lang::Vi, &targets),
            "Hai văn bản đưa ra hai chỉ tiêu khác nhau cho cùng nội dung: 90% – văn bản 1, 85% – văn bản 2. Cả hai được giữ và hiển thị."
        );
        let with_comma = [CitedTarget { citation: "KH 15, mục II", ..targets[0] }, targets[1], targets[1]];
        assert!(contradiction(Lang::Vi, &with_comma).contains("KH 15, mục II; 85%"));
    }

    #[test]
    fn few_answers_wait_for_more() {
        assert_eq!(
            wait_for_k(Lang::Vi, 3, 10),
            "Kỳ này mới có 3 phiếu. Số liệu hiển thị khi có ít nhất 10 phiếu mới, để không nhận ra người trả lời."
        );
    }

    #[test]
    fn a_year_is_not_a_number_with_thousands() {
        assert_eq!(target_from_year(Lang::Vi, Goal(0.95), "2030", "KH 15"), "Từ năm 2030: 95% (KH 15)");
    }
}
