//! Words that only the public pages of figures need.

use crate::text::Say;
use crate::text::number::count;
use crate::words::{Day, Lang};

/// What stands in place of a share that would tell how everybody answered.
pub(super) const NEARLY_ALL: Say = Say { vi: "từ 95% trở lên", en: "95% or more" };
/// The same at the other end.
pub(super) const NEARLY_NONE: Say = Say { vi: "từ 5% trở xuống", en: "5% or less" };
/// About whom answers without a drawn sample speak.
pub(super) const AMONG_RESPONDENTS: Say = Say {
    vi: "Con số này chỉ nói về những người đã trả lời.",
    en: "This figure speaks only of those who answered.",
};
/// A running period may be looked at every day.
pub(super) const SIMULATED_AT_ONCE: Say = Say {
    vi: "Bản mô phỏng hiển thị phiếu ngay khi gửi; bản thật chỉ hiển thị những ngày đã niêm phong.",
    en: "This demonstration shows answers at once; a real installation shows sealed days only.",
};
/// Order of the units below.
pub(super) const BY_NAME: Say = Say {
    vi: "Các đơn vị xếp theo tên, không xếp hạng.",
    en: "Units stand in order of their names and are not ranked.",
};
/// What the shares at the end of the criteria's lines are.
pub(super) const SUM_IS_SATISFIED: Say = Say {
    vi: "Số ở cuối mỗi dòng là tỷ lệ hài lòng: các mức được tính là hài lòng trên số phiếu có trả lời.",
    en: "The number at the end of each line is the share of the satisfied among those who answered the question.",
};
/// Stands in a cell without a number.
pub(super) const NO_FIGURE: &str = "–";

/// Only a part of the units is drawn.
pub(super) fn first_units(lang: Lang, drawn: u64, all: u64) -> String {
    let (drawn, all) = (count(lang, drawn), count(lang, all));
    match lang {
        Lang::Vi => format!("Trang này có {drawn} trong {all} đơn vị; tệp CSV có đủ."),
        Lang::En => format!("This page has {drawn} of {all} units; the CSV file has all of them."),
    }
}

/// “trước ngày 01/7/2026”, what a series is not compared with.
pub(super) fn before(lang: Lang, day: Day) -> String {
    let day = crate::text::date::short(lang, day);
    match lang {
        Lang::Vi => format!("trước ngày {day}"),
        Lang::En => format!("the time before {day}"),
    }
}

/// How the composite is made of its criteria, by the word of the edition.
pub(super) fn formula(word: &str) -> Say {
    match word {
        "mean_of_items" => Say { vi: "trung bình cộng các tiêu chí", en: "mean of the criteria" },
        "mean_of_factors" => Say { vi: "trung bình cộng các yếu tố", en: "mean of the factors" },
        "pooled_answers" => Say { vi: "gộp tất cả câu trả lời", en: "all answers pooled" },
        _ => Say { vi: "trung bình các yếu tố có trọng số", en: "weighted mean of the factors" },
    }
}
