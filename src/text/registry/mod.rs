//! Why something about units, points, fields, targets and questionnaires is not done as it was asked.

pub mod editions;
pub mod fields;
pub mod points;
pub mod targets;
pub mod units;

use super::import::FileDay;

sentences! {
    sealed(through: FileDay) = "Số liệu đến hết ngày {through} đã được tính và công bố nên không đổi được nơi tính; xin chọn ngày sau đó.",
        "Answers through {through} are counted and published, so where they count cannot change; choose a later day.";
}
