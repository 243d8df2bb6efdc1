//! Refusals of acts on points and their codes.

use crate::text::import::FileDay;

sentences! {
    unknown(code: &str) = "Không có điểm khảo sát “{code}”; xin xem lại mã.", "There is no collection point “{code}”; mend the code.";
    taken(code: &str) = "Mã “{code}” đã là mã của điểm khảo sát khác; xin ghi mã khác.",
        "Code “{code}” belongs to another collection point; write another one.";
    changed_later(code: &str, day: FileDay) = "Điểm khảo sát {code} đã có thay đổi từ ngày {day}; xin chọn ngày sau đó.",
        "{code} was changed on {day}; choose a later day.";
    closed(code: &str, since: FileDay) = "Điểm khảo sát {code} đã đóng từ ngày {since}.", "{code} is closed from {since} on.";
    unit_not_alive(code: &str, day: FileDay) = "Đơn vị {code} không hoạt động vào ngày {day}; xin chọn đơn vị khác hoặc ngày khác.",
        "Unit {code} does not exist on {day}; choose another unit or another day.";
    no_code(code: &str) = "Không có mã QR “{code}”; xin xem lại từng ký tự.", "There is no public code “{code}”; check each character.";
    revoked(code: &str, day: FileDay) = "Mã QR {code} đã bị thu hồi từ ngày {day}.", "Public code {code} is revoked from {day} on.";
}

says! {
    NO_FREE_CODE = "Chưa tìm được mã QR trống; xin thử lại.", "No free public code was found; try again.";
}
