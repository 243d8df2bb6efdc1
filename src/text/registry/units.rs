//! Refusals of acts on units.

use crate::text::import::{Digits, FileDay};

says! {
    NOBODY = "Chưa ghi đơn vị nào; xin chọn ít nhất một đơn vị ở mỗi bên.", "No unit is named; name at least one on each side.";
}

sentences! {
    unknown(code: &str) = "Không có đơn vị “{code}”; xin xem lại mã.", "There is no unit “{code}”; mend the code.";
    taken(code: &str) = "Mã “{code}” đã là mã của đơn vị khác; xin ghi mã khác.",
        "Code “{code}” belongs to another unit; write another one.";
    before_first(code: &str, first: FileDay) = "Đơn vị {code} có từ ngày {first}; xin chọn ngày sau đó.",
        "Unit {code} exists from {first} on; choose a later day.";
    changed_later(code: &str, day: FileDay) = "Đơn vị {code} đã có thay đổi từ ngày {day}; xin chọn ngày đó hoặc ngày sau đó.",
        "Unit {code} changes on {day} already; choose that day or a later one.";
    not_alive(code: &str, day: FileDay) = "Đơn vị {code} không hoạt động vào ngày {day}; xin chọn đơn vị khác hoặc ngày khác.",
        "Unit {code} does not exist on {day}; choose another unit or another day.";
    itself(code: &str) = "Đơn vị {code} đứng ở cả hai bên; xin bỏ ở một bên.", "Unit {code} stands on both sides; take it out of one.";
    too_many(most: Digits) = "Mỗi lần chỉ sắp xếp được nhiều nhất {most} đơn vị; xin chia thành nhiều lần.",
        "At most {most} units are reorganised at once; do it in several steps.";
    still_below(code: &str, below: &str) = "Trực thuộc {code} còn đơn vị đang hoạt động: {below}. Xin sắp xếp các đơn vị đó trước.",
        "Units below {code} still exist: {below}. Reorganise them first.";
    one_of_many(code: &str) = "“{code}” được ghi hai lần; xin bỏ một lần.", "“{code}” is named twice; take one out.";
}
