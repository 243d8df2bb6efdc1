//! Words that stand around the figures of a public page.

use crate::words::Day;

use super::Say;

says! {
    NEARLY_ALL = "từ 95% trở lên", "95% or more";
    NEARLY_NONE = "từ 5% trở xuống", "5% or less";
    AMONG_RESPONDENTS = "Con số này chỉ nói về những người đã trả lời.", "This figure speaks only of those who answered.";
    SIMULATED_AT_ONCE = "Bản mô phỏng hiển thị phiếu ngay khi gửi; bản thật chỉ hiển thị những ngày đã niêm phong.",
        "This demonstration shows answers at once; a real installation shows sealed days only.";
    BY_NAME = "Các đơn vị xếp theo tên, không xếp hạng.", "Units stand in order of their names and are not ranked.";
    SUM_IS_SATISFIED = "Số ở cuối mỗi dòng là tỷ lệ hài lòng: các mức được tính là hài lòng trên số phiếu có trả lời.",
        "The number at the end of each line is the share of the satisfied among those who answered the question.";
    GLOSS_TITLE = "Khoảng tin cậy 95% là gì?", "What is a 95% confidence interval?";
    MEAN_OF_ITEMS = "trung bình cộng các tiêu chí", "mean of the criteria";
    MEAN_OF_FACTORS = "trung bình cộng các yếu tố", "mean of the factors";
    POOLED_ANSWERS = "gộp tất cả câu trả lời", "all answers pooled";
    WEIGHTED = "trung bình các yếu tố có trọng số", "weighted mean of the factors";
}

sentences! {
    first_units(drawn: u64, all: u64) = "Trang này có {drawn} trong {all} đơn vị; tệp CSV có đủ.",
        "This page has {drawn} of {all} units; the CSV file has all of them.";
    before(day: Day) = "trước ngày {day}", "the time before {day}";
}

/// Stands in a cell without a number.
pub const NO_FIGURE: &str = "–";

/// How the composite is made of its criteria, by the word of the edition.
pub fn formula(word: &str) -> Say {
    match word {
        "mean_of_items" => MEAN_OF_ITEMS,
        "mean_of_factors" => MEAN_OF_FACTORS,
        "pooled_answers" => POOLED_ANSWERS,
        _ => WEIGHTED,
    }
}
