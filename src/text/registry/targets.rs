//! Refusals of acts on targets.

use crate::text::import::Digits;

sentences! {
    unknown(id: Digits) = "Không có chỉ tiêu số {id} đang hiệu lực; có thể chỉ tiêu đã được kết thúc.",
        "No target number {id} is in force; it may have been ended already.";
}
