//! Figures of other systems: what each measures, who made it, and why none has an interval.

pub mod indicators;

use crate::text::Say;
use crate::words::{Collector, Period};

says! {
    MENU = "Chỉ số khác", "Other measures";
    TITLE = "Các chỉ số khác, không so sánh trực tiếp", "Other measures, not compared directly";
    LEAD = "Đây là số liệu do hệ thống khác hoặc cơ quan khác thu thập, đặt cạnh để đối chiếu cách đo. Không con số nào ở đây tính từ phiếu khảo sát.",
        "These figures were collected by other systems or offices and stand here for their own sake. None of them comes from the questionnaires.";
    PORTAL = "Lượt thích, không thích trên Cổng Dịch vụ công quốc gia", "Likes and dislikes on the National Public Service Portal";
    PORTAL_LINE = "Ai cũng có thể bấm và bấm bao nhiêu lần không rõ; không phải là mức độ hài lòng.",
        "Anybody can press, and how often is not known; this is no measure of satisfaction.";
    COLLECTED_BY = "Ai thu thập", "Collected by";
    BY_PORTAL = "Cổng Dịch vụ công quốc gia", "National Public Service Portal";
    BY_QD766 = "Cổng Dịch vụ công quốc gia, từ hệ thống hồ sơ và hệ thống phản ánh, kiến nghị",
        "National Public Service Portal, from the systems of dossiers and complaints";
    BY_TT01 = "Cơ quan tự chấm; cơ quan kiểm soát thủ tục hành chính thẩm định", "The agency rates itself; the office of procedure control appraises";
    PERIOD = "Kỳ", "Period";
    UNIT = "Đơn vị", "Unit";
    UNIT_HINT = "Mã đơn vị, ví dụ trong trang Đơn vị", "Code of the unit, as on the page of units";
    SHOW = "Xem", "Show";
    INPUTS = "Số liệu đầu vào", "Inputs";
    RESULT = "Kết quả", "Result";
    VALUE = "Giá trị", "Value";
    POINTS = "Điểm", "Points";
    ITEM = "Nội dung", "Item";
    EMPTY = "Chưa có số liệu của hệ thống khác cho đơn vị này.", "No figures of other systems are recorded for this unit.";
    ENTER = "Nhập từ tệp", "Import a file";
    UNITS_WITH = "Các đơn vị có số liệu", "Units with figures";

    NO_INTERVAL_COUNT = "Đếm toàn bộ hồ sơ, phản ánh trong kỳ, không phải mẫu, nên không có khoảng tin cậy.",
        "All dossiers and complaints of the period are counted, no sample is drawn, so there is no confidence interval.";
    NO_INTERVAL_POINTS = "Điểm do người chấm cho, không phải ước tính từ mẫu, nên không có khoảng tin cậy.",
        "The points are given by a person and estimated from no sample, so there is no confidence interval.";
    NO_INTERVAL_FORMS = "Tỷ lệ của các phiếu đã gom, không rõ chọn phiếu thế nào, nên không tính khoảng tin cậy.",
        "The shares are those of the forms gathered; how these were chosen is not known, so no confidence interval is computed.";
    NO_INTERVAL_CLICKS = "Lượt bấm không phải mẫu của ai, nên không có khoảng tin cậy.", "Clicks are a sample of nobody, so there is no confidence interval.";

    RATE_5_2 = "5.2 Phản ánh, kiến nghị xử lý đúng hạn", "5.2 Complaints handled in time";
    RATE_5_3 = "5.3 Hài lòng trong xử lý phản ánh, kiến nghị", "5.3 Satisfaction with the handling of complaints";
    RATE_5_4 = "5.4 Hài lòng trong tiếp nhận, giải quyết thủ tục (766)", "5.4 Satisfaction with procedures (766)";
    IN_TIME = "Riêng tỷ lệ hồ sơ đúng hạn", "Share of dossiers in time alone";
    GROUP_5 = "Nhóm 5, mức độ hài lòng", "Group 5, satisfaction";
    TOTAL_766 = "Tổng điểm 766", "Total of 766";
    TOTAL_SELF = "Tổng điểm tự chấm", "Total of own points";
    TOTAL_APPRAISED = "Tổng điểm thẩm định", "Total of appraised points";
    BAND = "Xếp loại theo điểm thẩm định", "Rating by appraised points";
    NOT_APPLICABLE = "không áp dụng (mẫu số bằng 0)", "not applicable (nothing to divide by)";
    NOT_KNOWN = "chưa đủ số liệu", "not enough figures";
    PUBLISHED = "điểm đã công bố", "as published";
    COMPUTED = "tính từ số liệu đầu vào", "computed from the inputs";
    HOW_5_4 = "5.4 = 100% − (% hồ sơ trễ hạn + % hồ sơ có phản ánh hoặc không thích); từ 90% được điểm tối đa, dưới 90% thì tỷ lệ × điểm tối đa / 90%.",
        "5.4 = 100% − (% late + % with a complaint or dislike); from 90% the maximum, below 90% the rate × maximum / 90%.";
    UNSOURCED = "Cách đổi tỷ lệ 5.2, 5.3 ra điểm chưa có nguồn chắc chắn: tạm lấy tỷ lệ × điểm tối đa. Nếu có điểm đã công bố thì nhập điểm.",
        "How the rates 5.2 and 5.3 become points is not established: rate × maximum for now. Import published points where there are any.";

    IMPORT = "Nhập chỉ số của hệ thống khác", "Import figures of other systems";
    IMPORT_HOLDS = "Số liệu của Cổng Dịch vụ công, chỉ số 766 và Thông tư 01/2018: mỗi dòng một đơn vị trong một khoảng ngày, mỗi cột một số. Bỏ các cột không dùng; ô trống giữ số cũ, dấu “-” xóa số cũ.",
        "Figures of the portal, of index 766 and of Circular 01/2018: a line for each unit and span of days, a column for each number. Leave out columns you do not use; an empty cell keeps what is stored, “-” takes it away.";
    COLUMN_UNIT = "Mã đơn vị", "Code of the unit";
    COLUMN_FROM = "Ngày đầu", "First day";
    COLUMN_TO = "Ngày cuối", "Last day";
    NO_NUMBERS = "không có số nào; điền ít nhất một cột", "has no number; fill at least one column";
    NOT_OVER = "chưa đến; nhập khi khoảng ngày đã qua", "has not come yet; import it when the days are over";
    SHARES_SUM = "ba tỷ lệ hài lòng phải cộng lại bằng 100%", "the three shares have to sum to 100%";
}

sentences! {
    qd766(rate: &str, period: Period) = "Chỉ số “hài lòng trong tiếp nhận, giải quyết thủ tục hành chính” theo Quyết định số 766/QĐ-TTg của {period} là {rate}. Chỉ số đó tính từ hồ sơ quá hạn và phản ánh trên Cổng Dịch vụ công quốc gia, không phải từ phiếu khảo sát, nên không so sánh với các số liệu trên.",
        "By Decision 766/QĐ-TTg the index “satisfaction with receiving and handling procedures” of {period} is {rate}. It is computed from late dossiers and complaints on the national portal, not from questionnaires, and is not compared with the figures above.";
    of_most(points: &str, most: &str) = "{points}/{most} điểm", "{points} of {most} points";
    whole_wanted(whole: &str) = "cần có cột {whole} của cùng đơn vị và khoảng ngày", "needs {whole} of the same unit and days";
    above_whole(part: &str, whole: &str) = "{part} nhiều hơn {whole}; sửa một trong hai số", "{part} is more than {whole}; mend one of them";
    not_points(value: &str, most: &str) = "{value} không phải là điểm từ 0 đến {most}; ghi như 1,75", "{value} is no number of points from 0 to {most}; write it like 1.75";
    not_per_cent(value: &str) = "{value} không phải là phần trăm từ 0 đến 100; ghi như 86,7%", "{value} is no percentage from 0 to 100; write it like 86.7%";
    same_span(line: &str) = "dòng {line} có cùng đơn vị và khoảng ngày; gộp hai dòng", "line {line} has the same unit and days; make them one";
}

/// The name of what a collector measures, where it is one of the satisfaction numbers; otherwise of what it counts.
pub const fn name(collector: Collector) -> Say {
    match collector.measure() {
        Some(measure) => crate::text::figure::measure::measure_name(measure),
        None => PORTAL,
    }
}

/// The line under the name.
pub const fn line(collector: Collector) -> Say {
    match collector.measure() {
        Some(measure) => crate::text::figure::measure::measure_line(measure),
        None => PORTAL_LINE,
    }
}

/// Who collected it.
pub const fn collected_by(collector: Collector) -> Say {
    match collector {
        Collector::Portal => BY_PORTAL,
        Collector::Qd766 => BY_QD766,
        Collector::Tt01 => BY_TT01,
    }
}
