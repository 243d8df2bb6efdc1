//! The office: what people with an account read. Texts of one page stand in a file of their own.

pub mod account;
pub mod accounts;
pub mod alerts;
pub mod browse;
pub mod cases;
pub mod decisions;
pub mod digest;
pub mod exports;
pub mod figures;
pub mod late;
pub mod log;
pub mod points;
pub mod posters;
pub mod procedures;
pub mod publications;
pub mod questionnaires;
pub mod reports;
pub mod sign_in;
pub mod signals;
pub mod slips;
pub mod targets;
pub mod units;
pub mod uploads;
pub mod volumes;

use super::Say;
use crate::words::{Lang, Role};

/// First page of the office.
pub const OFFICE_PAGE: &str = "/quan-tri";
/// Where reports are taken from.
pub const REPORTS_PAGE: &str = "/quan-tri/bao-cao";
/// Where people sign in.
pub const SIGN_IN_PAGE: &str = "/quan-tri/dang-nhap";

says! {
    OFFICE = "Khu vực quản trị", "Office";
    MENU = "Trang quản trị", "Office pages";
    NAV_OVERVIEW = "Tổng quan", "Overview";
    NAV_UNITS = "Đơn vị", "Units";
    NAV_POINTS = "Điểm khảo sát, mã QR", "Collection points, QR codes";
    NAV_PROCEDURES = "Lĩnh vực, thủ tục", "Fields, procedures";
    NAV_VOLUMES = "Khối lượng hồ sơ", "Volumes";
    NAV_TARGETS = "Chỉ tiêu", "Targets";
    NAV_QUESTIONNAIRES = "Phiếu khảo sát", "Questionnaires";
    NAV_DECISIONS = "Việc cần hai người duyệt", "Two-person decisions";
    NAV_ALERTS = "Cảnh báo", "Alerts";
    NAV_SIGNALS = "Tín hiệu", "Signals";
    NAV_ACCOUNTS = "Tài khoản, phân quyền", "Accounts, roles";
    NAV_LOG = "Nhật ký", "Staff log";
    NAV_OWN = "Tài khoản của tôi", "My account";
    SIGN_OUT = "Đăng xuất", "Sign out";

    ADMINISTRATOR = "Quản trị hệ thống", "System administration";
    HOME_AFFAIRS = "Chủ trì đo lường (Sở Nội vụ)", "Lead of measurement (Department of Home Affairs)";
    PROCEDURE_CONTROL = "Kiểm soát thủ tục hành chính (Văn phòng UBND tỉnh)",
        "Procedure control (Office of the Provincial People's Committee)";
    LEADER = "Lãnh đạo", "Leader";
    UNIT_MANAGER = "Phụ trách đơn vị", "Unit manager";
    INTERVIEWER = "Điều tra viên", "Interviewer";
    DATA_ENTRY = "Nhập số liệu", "Data entry";
    SUPERVISOR = "Giám sát (Mặt trận Tổ quốc Việt Nam và các tổ chức thành viên)",
        "Supervision (Vietnam Fatherland Front and its members)";
    AUDITOR = "Kiểm tra, thanh tra", "Inspection, audit";
    WHOLE_PROVINCE = "Toàn tỉnh", "Whole province";

    SESSION_ENDED = "Phiên làm việc đã hết hạn", "Your session has ended";
    SESSION_END = "Phiên làm việc đã hết hạn sau 30 phút không thao tác. Xin đăng nhập lại.",
        "Your session ended after 30 minutes without activity. Please sign in again.";
    FORBIDDEN_TITLE = "Ông/Bà chưa được phân quyền việc này", "You are not authorised for this";
    FORBIDDEN = "Nếu cần làm việc này, đề nghị người quản trị hệ thống phân quyền.",
        "If you need to do this, please ask the system administrator for the role.";
    FOREIGN_TITLE = "Biểu mẫu chưa được nhận", "The form was not accepted";
    FOREIGN = "Biểu mẫu không được gửi từ trang của hệ thống hoặc đã cũ, nên chưa có gì thay đổi. Xin mở lại trang rồi gửi lại.",
        "The form did not come from a page of this system, or is out of date; nothing was changed. Please open the page again and send it again.";
    DAMAGED = "Biểu mẫu đến không đầy đủ, nên chưa có gì thay đổi. Xin mở lại trang rồi gửi lại.",
        "The form arrived incomplete; nothing was changed. Please open the page again and send it again.";
    NOT_FOUND_TITLE = "Không tìm thấy", "Not found";
    NOT_FOUND = "Mục này không có, hoặc nằm ngoài phạm vi được phân quyền của Ông/Bà.",
        "There is no such entry, or it is outside the scope you are authorised for.";
    TOO_LARGE_TITLE = "Tệp quá lớn", "The file is too large";
    TOO_LARGE = "Mỗi tệp tối đa 16 MB. Xin chia nhỏ tệp rồi tải lên lại.", "A file may have at most 16 MB. Please split it and upload it again.";

    DONE_SAVED = "Đã lưu.", "Saved.";
    DONE_ADDED = "Đã thêm.", "Added.";
    DONE_CLOSED = "Đã đóng.", "Closed.";
    DONE_WITHDRAWN = "Đã thu hồi.", "Withdrawn.";
    DONE_PROPOSED = "Đã trình. Cần một người thứ hai, ngoài đơn vị được đánh giá, phê duyệt.",
        "Proposed. A second person from outside the rated unit has to approve.";
    DONE_APPROVED = "Đã duyệt và thực hiện.", "Approved and carried out.";
    DONE_REFUSED = "Đã ghi nhận không duyệt.", "Recorded as not approved.";

    STEP_UP_TITLE = "Xác thực lại", "Confirm it is you";
    STEP_UP = "Việc này cần mã xác thực mới. Nội dung đã nhập được giữ lại.",
        "This needs a new one-time code. What you entered is kept.";
    CODE = "Mã xác thực", "One-time code";
    CODE_HINT = "6 số trong ứng dụng xác thực, hoặc một mã dự phòng trên giấy", "6 digits from the authenticator app, or a recovery code on paper";
    CODE_WRONG = "Mã không đúng hoặc đã dùng rồi. Xin chờ mã mới rồi nhập lại.",
        "The code is wrong or was used already. Please wait for a new one and enter it.";
    CONTINUE = "Tiếp tục", "Continue";
    BACK = "Quay lại", "Back";
    SAVE = "Lưu", "Save";
    ADD = "Thêm", "Add";
    SEARCH = "Tìm", "Search";
    OPTIONAL = "(không bắt buộc)", "(optional)";
    ERRORS = "Chưa lưu được. Xin xem lại những chỗ sau:", "Not saved. Please check the following:";
    NONE = "Không có", "None";
    CHOOSE = "Xin chọn", "Please choose";
}

sentences! {
    wait(seconds: u64) = "Đã thử sai nhiều lần. Xin thử lại sau {seconds} giây.", "Too many wrong attempts. Please try again in {seconds} seconds.";
    signed_in_as(name: &str) = "{name} đang làm việc", "Signed in: {name}";
}

/// A role as people read it.
pub fn role(lang: Lang, role: Role) -> &'static str {
    let say: Say = match role {
        Role::Administrator => ADMINISTRATOR,
        Role::HomeAffairs => HOME_AFFAIRS,
        Role::ProcedureControl => PROCEDURE_CONTROL,
        Role::Leader => LEADER,
        Role::UnitManager => UNIT_MANAGER,
        Role::Interviewer => INTERVIEWER,
        Role::DataEntry => DATA_ENTRY,
        Role::Supervisor => SUPERVISOR,
        Role::Auditor => AUDITOR,
    };
    say.get(lang)
}
