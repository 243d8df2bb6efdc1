//! The interval in words, its plain gloss, and whom each criterion rates.

use crate::text::capital;
use crate::text::number::{count, share, share_beside};
use crate::words::Lang;

says! {
    INTERVAL = "Khoảng tin cậy 95%", "95% confidence interval";
    GLOSS = "Chỉ một phần người dân trả lời nên con số có sai số. Khoảng tin cậy 95% cho biết mức thật có thể nằm ở đâu: nếu làm lại cuộc khảo sát nhiều lần theo cùng một cách, khoảng 95 trong 100 khoảng tính được sẽ chứa mức thật. Sai số này chưa gồm ảnh hưởng của việc có người không trả lời.",
        "Only some of the people answered, so the number has an error. The 95% confidence interval says where the true level may lie: if the survey were repeated many times in the same way, about 95 of 100 intervals computed would contain the true level. This error does not include the effect of people who did not answer.";
    NO_MARGIN = "Độ chính xác của các phiếu nhận được; không phải sai số cho toàn bộ người dân.",
        "Precision of the answers received; not a margin of error for all citizens.";
    ATTRIBUTION = "Nơi đón tiếp, thời gian chờ, thái độ phục vụ: tính cho nơi tiếp nhận. Thời gian giải quyết, chất lượng giải quyết: tính cho cơ quan giải quyết.",
        "Reception, waiting time, attitude: counted for the office where the application was handed in. Processing time, quality of the result: counted for the office that decides.";
    ATTRIBUTION_UNKNOWN = "Phiếu tại quầy không biết hồ sơ thuộc cơ quan nào nên chỉ tính cho nơi tiếp nhận.",
        "A form from a counter does not know which office decides, so it counts only for the office where the application was handed in.";
}

sentences! {
    few_or_none(k: u64) = "Kỳ này chưa có phiếu hoặc có dưới {k} phiếu nên không có số liệu; không có nghĩa là 0%.",
        "No answers in this period, or fewer than {k}, hence no figure; that does not mean 0%.";
}

/// “500 phiếu”, “500 answers”.
pub fn answers(lang: Lang, n: u64) -> String {
    let number = count(lang, n);
    match (lang, n) {
        (Lang::Vi, _) => number + " phiếu",
        (Lang::En, 1) => number + " answer",
        (Lang::En, _) => number + " answers",
    }
}

/// “khoảng tin cậy 95% từ 88,8% đến 93,9%”.
pub fn confidence_interval(lang: Lang, low: f64, high: f64) -> String {
    worded(lang, &share(lang, low), &share(lang, high))
}

/// The interval for a table cell: “từ 88,8% đến 93,9%”, no limit rounded onto the threshold it stands beside.
pub fn from_to(lang: Lang, low: f64, high: f64, threshold: Option<f64>) -> String {
    let limit = |value| threshold.map_or_else(|| share(lang, value), |t| share_beside(lang, value, t));
    let (low, high) = (limit(low), limit(high));
    match lang {
        Lang::Vi => format!("từ {low} đến {high}"),
        Lang::En => format!("from {low} to {high}"),
    }
}

/// One line under a chart or chip: “Từ 88,8% đến 93,9% (500 phiếu)”.
pub fn brief(lang: Lang, low: f64, high: f64, n: u64, threshold: Option<f64>) -> String {
    format!("{} ({})", capital(&from_to(lang, low, high, threshold)), answers(lang, n))
}

/// The interval beside a threshold: no limit is rounded onto it.
pub(super) fn interval_beside(lang: Lang, low: f64, high: f64, threshold: f64) -> String {
    worded(lang, &share_beside(lang, low, threshold), &share_beside(lang, high, threshold))
}

/// The interval of limits that are already text.
pub(super) fn worded(lang: Lang, low: &str, high: &str) -> String {
    match lang {
        Lang::Vi => format!("khoảng tin cậy 95% từ {low} đến {high}"),
        Lang::En => format!("95% confidence interval from {low} to {high}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_answer_is_singular_in_english() {
        assert_eq!(answers(Lang::En, 1), "1 answer");
        assert_eq!(answers(Lang::En, 4120), "4,120 answers");
        assert_eq!(answers(Lang::Vi, 4120), "4.120 phiếu");
    }

    #[test]
    fn the_interval_is_told_from_to() {
        assert_eq!(confidence_interval(Lang::Vi, 0.888, 0.939), "khoảng tin cậy 95% từ 88,8% đến 93,9%");
        assert_eq!(brief(Lang::Vi, 0.888, 0.939, 500, Some(0.9)), "Từ 88,8% đến 93,9% (500 phiếu)");
        assert_eq!(from_to(Lang::En, 0.8996, 0.939, Some(0.9)), "from 89.96% to 93.9%");
        assert_eq!(from_to(Lang::En, 0.8996, 0.939, None), "from 90.0% to 93.9%");
    }
}
