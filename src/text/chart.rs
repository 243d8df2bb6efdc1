//! Words in charts and tables: axes, legends, heads, captions.

use crate::words::{Lang, Period};

use super::number::Goal;
use super::{Say, Shown, date};

says! {
    AXIS_SATISFACTION = "Mức độ hài lòng (%)", "Satisfaction (%)";
    AXIS_ANSWERS = "Số phiếu", "Answers";
    AXIS_COUNT = "Số lượng", "Number";
    AXIS_DOSSIERS = "Số hồ sơ đã trả", "Dossiers returned";
    AXIS_MINUTES = "Phút", "Minutes";
    AXIS_MONTH = "Tháng", "Month";
    AXIS_QUARTER = "Quý", "Quarter";
    ESTIMATE = "Ước tính", "Estimate";
    INTERVAL = "Khoảng tin cậy 95%", "95% confidence interval";
    BAND = "Dải: khoảng tin cậy 95%", "Band: 95% confidence interval";
    RUNNING = "Kỳ chưa kết thúc, số liệu còn thay đổi", "The period still runs, its figure may change";
    TREND = "Diễn biến theo tháng", "Trend by month";
    TREND_QUARTERS = "Diễn biến theo quý", "Trend by quarter";
    FOREST = "So sánh các đơn vị với chỉ tiêu", "Units compared with the target";
    FUNNEL = "Đơn vị và số phiếu: trong phễu là dao động ngẫu nhiên", "Units and answers: inside the funnel is chance";
    FUNNEL_95 = "Giới hạn 95%", "95% limit";
    FUNNEL_998 = "Giới hạn 99,8%", "99.8% limit";
    FUNNEL_INSIDE = "Không phân biệt được với mức chung", "Not distinguishable from the overall level";
    FUNNEL_BETWEEN = "Giữa giới hạn 95% và 99,8%", "Between the 95% and the 99.8% limit";
    FUNNEL_OUTSIDE = "Ngoài giới hạn 99,8%: cao hơn hoặc thấp hơn mức chung", "Beyond the 99.8% limit: above or below the overall level";
    FUNNEL_READING = "Đơn vị nằm trong phễu không phân biệt được với mức chung: chênh lệch ở đó có thể chỉ là dao động ngẫu nhiên.",
        "Units inside the funnel cannot be told apart from the overall level: the differences there may be chance alone.";
    UNEVEN = "khoảng cách trên trục không đều", "steps along the axis are not equal";
    OVERALL = "Mức chung", "Overall level";
    ANSWER_SHARES = "Cơ cấu câu trả lời", "Answers by level";
    NOT_APPLICABLE = "Không áp dụng", "Not applicable";
    BREAK = "Ngắt chuỗi", "Break in the series";
    BLANK = "Bỏ trống", "Left open";
    HEAT_MAP = "Tiêu chí × đơn vị", "Criteria × units";
    WHOLLY_ABOVE = "Cả khoảng tin cậy từ chỉ tiêu trở lên", "The whole interval reaches the target";
    WHOLLY_BELOW = "Cả khoảng tin cậy nằm dưới chỉ tiêu", "The whole interval lies below the target";
    HATCHED = "ô gạch chéo: chưa đủ số liệu", "hatched: too little data";
    IMPORTANCE = "Mức liên hệ với hài lòng chung (không phải quan hệ nhân quả)", "Association with overall satisfaction (not cause and effect)";
    PERFORMANCE = "Mức độ hài lòng", "Satisfaction";
    CORNER_FIRST = "Ưu tiên cải thiện", "Improve first";
    CORNER_KEEP = "Giữ vững", "Keep";
    CORNER_WATCH = "Theo dõi", "Watch";
    CORNER_LESS = "Có thể giảm ưu tiên", "Less urgent";
    CORNER_TOLD = "Cả hai khoảng tin cậy tách khỏi mức trung bình", "Both intervals clear the means";
    CORNER_NOT_TOLD = "Chưa phân biệt được", "Cannot be told yet";
    CORNER_MEANS = "Trung bình của các tiêu chí", "Mean of the items";
    CORNER_READING = "Góc chỉ so các tiêu chí với nhau, không so với chỉ tiêu; tiêu chí có vòng nét đứt chưa phân biệt được thuộc góc nào.",
        "Corners compare the items with each other, not with a target; it cannot be told in which corner an item with a broken ring lies.";
    VOLUME = "Đã phục vụ, đã mời, đã trả lời", "Served, invited, answered";
    SERVED = "Đã phục vụ", "Served";
    OFFERED = "Đã mời", "Invited";
    ANSWERED = "Đã trả lời", "Answered";
    RESPONSE_RATIO = "Tỷ lệ trả lời", "Response ratio";
    FIELD_ASSIGNED = "Đã giao", "Assigned";
    FIELD_CONTACTED = "Đã tiếp xúc", "Contacted";
    FIELD_COMPLETE = "Hoàn thành", "Completed";
    FIELD_REFUSED = "Từ chối", "Refused";
    FIELD_NO_CONTACT = "Không gặp", "Not met in person";
    FIELD_REPLACED = "Thay thế", "Replaced";
    FIELD_RECHECK = "Phúc tra", "Re-check";

    HEAD_UNIT = "Đơn vị", "Unit";
    HEAD_ANSWERS = "Số phiếu", "Answers";
    HEAD_ESTIMATE = "Ước tính", "Estimate";
    HEAD_INTERVAL = "Khoảng tin cậy 95%", "95% confidence interval";
    HEAD_TARGET = "Chỉ tiêu", "Target";
    HEAD_VERDICT = "Kết luận", "Conclusion";
    HEAD_RESPONSE = "Tỷ lệ trả lời", "Response ratio";
    HEAD_CRITERION = "Tiêu chí", "Criterion";
    HEAD_LEVEL = "Nguồn", "Source";
    HEAD_CHANNEL = "Kênh", "Channel";
    HEAD_FIELD = "Lĩnh vực", "Field";
    HEAD_PERIOD = "Kỳ", "Period";
    HEAD_CITATION = "Văn bản", "Document";

    LINK_TABLE = "Xem bảng số liệu", "Show the table";
    LINK_CSV = "Tải CSV", "Download CSV";
    LINK_EXCEL = "Tải Excel", "Download Excel";
    LINK_METHOD = "Cách tính", "Method";
    EMPTY = "Chưa có số liệu trong kỳ này", "No data in this period";
    FAILED = "Không tải được số liệu (sự cố)", "The data could not be loaded (fault)";
}

sentences! {
    target_line(goal: Goal, citation: &str) = "Chỉ tiêu {goal} ({citation})", "Target {goal} ({citation})";
    target_line_plain(goal: Goal) = "Chỉ tiêu {goal}", "Target {goal}";
    trend_by(unit_of_time: &str) = "Diễn biến theo {unit_of_time}", "Trend by {unit_of_time}";
    series_break(reason: &str) = "Ngắt chuỗi: {reason}", "Break in the series: {reason}";
    source(collector: &str) = "Nguồn: {collector}.", "Source: {collector}.";
    period(period: Period) = "Kỳ: {period}.", "Period: {period}.";
    questionnaire(name: &str, version: &str) = "Phiếu: {name}, bản {version}.", "Questionnaire: {name}, version {version}.";
    method(formula: &str, version: &str) = "Cách tính: {formula}, bản {version}.", "Method: {formula}, version {version}.";
}

/// The heads of a table of units, in order.
pub const TABLE_HEADS: [Say; 7] =
    [HEAD_UNIT, HEAD_ANSWERS, HEAD_ESTIMATE, HEAD_INTERVAL, HEAD_TARGET, HEAD_VERDICT, HEAD_RESPONSE];

/// What a caption says: who collected, when, with which form, by which formula.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// Who collected.
    pub collector: &'a str,
    /// The period.
    pub period: Period,
    /// Name and version of the questionnaire.
    pub questionnaire: (&'a str, &'a str),
    /// Name and version of the formula.
    pub method: (&'a str, &'a str),
}

/// The caption under a chart or table.
pub fn caption(lang: Lang, parts: &Caption<'_>) -> String {
    [
        source(lang, parts.collector),
        period(lang, parts.period),
        questionnaire(lang, parts.questionnaire.0, parts.questionnaire.1),
        method(lang, parts.method.0, parts.method.1),
    ]
    .join(" ")
}

/// A short name of a period on an axis: “III/2026”, “6/2026”, or the first day.
pub fn tick(lang: Lang, period: Period) -> String {
    let name = date::name(lang, period).unwrap_or_else(|| period.from.shown(lang));
    ["quý ", "tháng ", "năm ", "quarter ", "year "]
        .into_iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .map_or_else(|| name.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_seven_heads_in_order() {
        assert_eq!(
            TABLE_HEADS.map(|head| head.vi).join(" · "),
            "Đơn vị · Số phiếu · Ước tính · Khoảng tin cậy 95% · Chỉ tiêu · Kết luận · Tỷ lệ trả lời"
        );
    }

    #[test]
    fn a_caption_says_who_when_what_and_how() {
        let parts = Caption {
            collector: "Sở Nội vụ",
            period: Period::reporting_quarter(2026, 3).unwrap(),
            questionnaire: ("Khảo sát tại nơi tiếp nhận", "2"),
            method: ("trung bình các tiêu chí", "1"),
        };
        assert_eq!(
            caption(Lang::Vi, &parts),
            "Nguồn: Sở Nội vụ. Kỳ: quý III/2026 (từ 15/6/2026 đến 14/9/2026). Phiếu: Khảo sát tại nơi tiếp nhận, bản 2. Cách tính: trung bình các tiêu chí, bản 1."
        );
    }

    #[test]
    fn ticks_are_short() {
        assert_eq!(tick(Lang::Vi, Period::reporting_quarter(2026, 3).unwrap()), "III/2026");
        assert_eq!(tick(Lang::Vi, Period::reporting_year(2026)), "2026");
        assert_eq!(tick(Lang::En, Period::reporting_quarter(2026, 3).unwrap()), "III/2026");
    }

    #[test]
    fn the_target_line_cites_its_document() {
        assert_eq!(
            target_line(Lang::Vi, Goal(0.9), "KH 15/KH-UBND ngày 12/01/2026"),
            "Chỉ tiêu 90% (KH 15/KH-UBND ngày 12/01/2026)"
        );
    }
}
