//! Collection points and the codes in their QRs.

use super::Say;
use crate::text::unit as kinds;
use crate::words::{Day, Lang, PointKind, RevokeReason};

says! {
    TITLE = "Điểm khảo sát, mã QR", "Collection points, QR codes";
    FIND = "Tìm theo tên, mã điểm hoặc mã QR", "Find by name, code or QR code";
    OF_UNIT = "Thuộc đơn vị", "Of the unit";
    OF_UNIT_HINT = "Mã đơn vị; cả các đơn vị trực thuộc", "Code of a unit; those below it as well";
    ALL_STATES = "Tất cả", "All";
    OPEN = "Đang mở", "Open";
    CLOSED = "Đã đóng", "Closed";
    NO_POINTS = "Chưa có điểm khảo sát nào trong phạm vi của Ông/Bà. Xin thêm từng điểm, hoặc nạp tệp points.csv.",
        "There are no collection points in your scope yet. Please add them one by one, or import a points.csv file.";

    POINT_CODE = "Mã điểm", "Code of the point";
    POINT_NAME = "Tên điểm", "Name of the point";
    UNIT = "Đơn vị", "Unit";
    KIND = "Loại điểm", "Kind of point";
    PUBLIC_CODE = "Mã QR", "QR code";
    NO_PUBLIC_CODE = "chưa có mã", "no code";
    QUESTIONNAIRE = "Phiếu", "Questionnaire";
    FIELD = "Lĩnh vực", "Field";
    EVERY_FIELD = "Mọi lĩnh vực", "Every field";
    OFFICERS = "Số cán bộ làm chung", "Officers who share it";
    ADDRESS = "Địa chỉ", "Address";
    LONE = "Chỉ một cán bộ làm việc tại quầy này, nên số liệu riêng của quầy không được công bố.",
        "Only one officer works at this counter, so figures of the counter alone are not published.";
    LONE_MARK = "số liệu riêng không công bố", "own figures not published";
    FORM = "Xem phiếu như người dân thấy", "See the form as people see it";
    POSTER = "In áp phích", "Print the poster";

    CODES = "Các mã QR", "QR codes";
    VALID = "Đang dùng", "Valid";
    NO_VALID_CODE = "Mọi mã QR của điểm này đã bị thu hồi: người dân chưa gửi phiếu tại đây được. Xin cấp mã mới rồi in áp phích mới.",
        "Every QR code of this point is revoked: people cannot answer here. Please make a new code and print a new poster.";
    SEVERAL_CODES = "Điểm này có nhiều mã đang dùng. Khi áp phích mới đã treo, xin thu hồi mã cũ.",
        "This point has several valid codes. Once the new poster hangs, please revoke the old code.";
    NEW_CODE = "Cấp mã QR mới", "Make a new QR code";
    NEW_CODE_NOTE = "Mã cũ vẫn dùng được cho đến khi bị thu hồi. Xin in và treo áp phích mới trước, rồi thu hồi mã cũ.",
        "The old code goes on working until it is revoked. Please print and hang the new poster first, then revoke the old code.";
    REVOKE = "Thu hồi mã QR", "Revoke a QR code";
    REVOKE_NOTE = "Từ ngày thu hồi, ai quét mã này sẽ thấy trang “Nơi này không còn nhận đánh giá”, với lời mời dùng mã QR mới tại quầy; không gửi được phiếu. Phiếu đã gửi bằng mã này vẫn được tính. Thu hồi rồi không dùng lại được.",
        "From that day, whoever scans this code sees the page “This place no longer takes ratings”, which asks them to use the new QR code at the counter; nothing can be sent. Answers sent with this code still count. A revoked code cannot be used again.";
    WHICH_CODE = "Mã cần thu hồi", "Code to revoke";
    REVOKE_FROM = "Thu hồi từ ngày", "Revoked from";
    REASON = "Lý do", "Reason";
    OLD = "Áp phích cũ, đã có áp phích mới thay thế", "Old poster, replaced by another one";
    FALSE_COPY = "Bản sao giả, hoặc treo sai nơi", "False copy, or hung in the wrong place";
    LOST = "Áp phích bị mất", "The poster is lost";
    FALSE_COPY_NOTE = "Nếu phiếu đã gửi nhầm nơi vì mã treo sai chỗ, việc chuyển phiếu cần hai người duyệt.",
        "Where answers went to the wrong place because of a code hung there, moving them takes two persons.";
    CHOOSE_CODE = "Xin chọn mã đang dùng của điểm này.", "Please choose a valid code of this point.";
    CHOOSE_REASON = "Xin chọn lý do.", "Please choose a reason.";

    ADD_TITLE = "Thêm điểm khảo sát", "Add a collection point";
    ADD_LEAD = "Điểm mở ngay và có mã QR riêng. Loại điểm không đổi được về sau.",
        "The point is open at once and has a QR code of its own. Its kind cannot be changed later.";
    CODE_HINT = "Chữ cái không dấu, chữ số, dấu chấm, gạch ngang; ví dụ H35.12.03.Q1", "Letters without marks, digits, dots, hyphens; for example H35.12.03.Q1";
    UNIT_HINT = "Mã đơn vị tiếp nhận, trong phạm vi của Ông/Bà", "Code of the unit that receives here, within your scope";
    NAME_HINT = "Người dân đọc tên này trên phiếu và áp phích; ví dụ Quầy số 3", "People read this on the form and the poster; for example Counter 3";
    FIELD_HINT = "Để trống nếu điểm phục vụ mọi lĩnh vực; tên mới sẽ thành lĩnh vực mới", "Empty if the point serves every field; a new name becomes a new field";
    OFFICERS_HINT = "Để trống là 1. Từ 2 người trở lên thì số liệu riêng của quầy mới được công bố.",
        "Empty means 1. Figures of the counter alone are published only where 2 or more share it.";
    CHANGE_TITLE = "Thay đổi từ một ngày", "Change from a day";
    CHANGE_NOTE = "Phiếu gửi trước ngày này vẫn thuộc tên, đơn vị, phiếu và lĩnh vực cũ. Mã QR không đổi.",
        "Answers sent before this day stay with the old name, unit, questionnaire and field. The QR code stays.";
    CHANGE_FROM = "Thay đổi có hiệu lực từ ngày", "The change takes effect on";
    CLOSE_TITLE = "Đóng điểm khảo sát", "Close the point";
    CLOSE_NOTE = "Từ ngày này, ai quét QR sẽ thấy trang “Nơi này không còn nhận đánh giá”. Phiếu đã nhận vẫn được tính.",
        "From this day, whoever scans the QR sees “This place no longer takes ratings”. Answers that were taken still count.";
    CLOSE_FROM = "Đóng từ ngày", "Closed from";
}

sentences! {
    found(n: u64) = "{n} điểm khảo sát.", "{n} collection point(s).";
    closed_since(day: Day) = "Đã đóng từ ngày {day}", "Closed from {day}";
    revoked_from(day: Day) = "Thu hồi từ ngày {day}", "Revoked from {day}";
    unit_ended(day: Day) = "Đơn vị không còn hoạt động sau ngày {day}", "Its unit ended on {day}";
    print_code(code: &str) = "In áp phích của mã {code}", "Print the poster of code {code}";
}

/// A kind of point as people read it.
pub fn kind(lang: Lang, kind: PointKind) -> &'static str {
    let say: Say = match kind {
        PointKind::Counter => kinds::POINT_COUNTER,
        PointKind::Kiosk => kinds::POINT_KIOSK,
        PointKind::Web => kinds::POINT_WEB,
    };
    say.get(lang)
}

/// Why a code is revoked.
pub fn reason(lang: Lang, reason: RevokeReason) -> &'static str {
    let say: Say = match reason {
        RevokeReason::Old => OLD,
        RevokeReason::FalseCopy => FALSE_COPY,
        RevokeReason::Lost => LOST,
    };
    say.get(lang)
}
