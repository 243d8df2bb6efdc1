//! Words of the parts of a unit's page: over time, by field, by office, pooled, many units at once.

use super::number::Share;
use crate::words::{Day, Measure, Period, UnitGroup};

use super::Say;

says! {
    TREND_LEAD = "Dải và vạch là khoảng tin cậy 95%. Hai kỳ có khoảng chồng lên nhau nhiều thì chưa nói được là tăng hay giảm.",
        "Band and bars are 95% confidence intervals. Where those of two periods overlap widely, it cannot be said whether the figure rose or fell.";
    RUNNING = "kỳ đang diễn ra", "period still running";
    ROLLS = "Kỳ này trôi theo ngày và được xem lại nhiều lần, nên khoảng tin cậy rộng hơn khoảng của một kỳ đã đóng.",
        "This period moves on with the days and is looked at again and again, so its interval is wider than that of a closed period.";

    POOLED = "Số liệu gộp", "Pooled figures";
    POOLED_LEAD = "Riêng đơn vị này trong kỳ này chưa đủ phiếu để công bố. Các dòng dưới đây gộp nhiều kỳ hoặc nhiều đơn vị, không phải số liệu riêng của đơn vị trong kỳ.",
        "Alone and in this period the unit has too few answers to publish. The lines below pool several periods or several units; they are not the unit's own figures of the period.";
    IMPORTANCE = "Tầm quan trọng và mức độ hài lòng", "Importance and performance";
    IMPORTANCE_LEAD = "Mức liên hệ cho biết người hài lòng về tiêu chí này có thường hài lòng về các tiêu chí khác hay không. Đây là mối liên hệ, không phải quan hệ nhân quả. Hai vạch là trung bình của các tiêu chí.",
        "The association says whether those satisfied with this criterion tend to be satisfied with the others. It is an association, not cause and effect. The two lines are the means over the criteria.";
    IMPORTANCE_UNCLEAR = "Chưa phân biệt được với mức trung bình của các tiêu chí", "Not distinguishable from the mean of the criteria";
    HEAD_ASSOCIATION = "Mức liên hệ (0 đến 1)", "Association (0 to 1)";
    HEAD_CORNER = "Nên làm gì", "What to do";
    GROUPS = "Theo nhóm đơn vị (gộp)", "By group of units (pooled)";
    GROUPS_LEAD = "Phần lớn đơn vị riêng lẻ chưa đủ phiếu để kết luận trong một kỳ, nên xem các nhóm trước. Mỗi dòng gộp phiếu của mọi đơn vị trong nhóm.",
        "Most single units have too few answers for a conclusion in one period, so groups come first. Each line pools the answers of all units of the group.";
    RANKS = "Khoảng thứ hạng", "Range of ranks";
    RANKS_LEAD = "Không xếp hạng từng đơn vị: với mỗi đơn vị chỉ cho biết thứ hạng có thể nằm trong khoảng nào, đúng cho mọi đơn vị cùng lúc với độ tin cậy 95%.",
        "Units are not ranked: for each one the table says between which ranks it may stand, for all units at once with 95% confidence.";
    WHOLE_GROUP = "Cả nhóm (gộp)", "Whole group (pooled)";
    OTHER_FORMS = "Phiếu khác trong kỳ", "Other questionnaires in the period";
    OTHER_FORMS_LEAD = "Hai bản phiếu hỏi hoặc đếm khác nhau, nên số liệu đứng riêng: không cộng và không so sánh với nhau.",
        "These questionnaires ask or count differently, so their figures stand apart: not added up and not compared.";
    HEAD_QUESTIONNAIRE = "Phiếu", "Questionnaire";
    OTHER_MEASURES = "Loại chỉ số", "Measure";

    OFFICES = "Nơi tiếp nhận và cơ quan giải quyết", "Receiving office and deciding office";
    AS_RECEIVER = "Là nơi tiếp nhận", "As the receiving office";
    AS_DECIDER = "Là cơ quan giải quyết", "As the deciding office";
    AS_DECIDER_LEAD = "Hồ sơ do đơn vị này giải quyết, nhận ở bất cứ nơi nào trong tỉnh; chỉ gồm phiếu biết hồ sơ thuộc cơ quan nào.",
        "Applications this unit decided, received anywhere in the province; only answers that know which office decides.";
    DECIDED_BY_NOBODY = "Chưa có phiếu nào biết hồ sơ do đơn vị này giải quyết.", "No answer yet knows of an application decided by this unit.";
    DECIDERS = "Hồ sơ nhận tại đây, theo cơ quan giải quyết", "Applications received here, by deciding office";
    HEAD_DECIDER = "Cơ quan giải quyết", "Deciding office";
    UNKNOWN_DECIDER = "Không rõ cơ quan giải quyết", "Deciding office not known";
    UNKNOWN_FIELD = "Không rõ lĩnh vực", "Field not known";
    NOT_SPLIT = "Không tách, để không nhận ra người trả lời", "Not split, so that nobody who answered can be recognised";
    FIELDS_LEAD = "Lĩnh vực có chỉ tiêu riêng được xét theo chỉ tiêu đó.", "A field with a target of its own is held against that target.";

    VOLUME_LEAD = "Tỷ lệ trả lời thấp thì con số có thể lệch xa mức thật, dù khoảng tin cậy hẹp.",
        "Where the response ratio is low, the figure may be far from the true level, however narrow its interval.";
    SERVED_DOSSIERS = "Đã phục vụ (hồ sơ đã trả)", "Served (applications returned)";
    NOT_RECORDED = "chưa ghi nhận", "not recorded";

    FUNNEL_LEAD = "Đơn vị nằm trong phễu không phân biệt được với mức chung: chênh lệch có thể chỉ do ngẫu nhiên.",
        "Units inside the funnel cannot be told from the overall level: the difference may be chance alone.";
    FUNNEL_NONE = "Không có đơn vị nào.", "No unit.";
    SIPAS_HERE = "Mức độ hài lòng theo phiếu SIPAS (do tỉnh khảo sát)", "Satisfaction by the SIPAS questionnaire (surveyed by the province)";
    EVERYBODY_ASKED = "hỏi toàn bộ, không có sai số chọn mẫu", "everybody was asked, no sampling error";
    CONTENTS = "Trên trang này", "On this page";
    ALL_ALIKE = "Mọi người trả lời như nhau; chỉ công bố từ 95% trở lên hoặc từ 5% trở xuống",
        "Everybody answered alike; published only as 95% or more, or 5% or less";
    HEAT_MAP_LEAD = "Mỗi ô là tỷ lệ hài lòng về một tiêu chí tại một đơn vị.", "Each cell is the share satisfied with one criterion at one unit.";
}

sentences! {
    corrected(day: Day) = "Từ ngày {day} phiếu được chữa câu chữ; cách đếm không đổi nên số liệu vẫn nối tiếp.",
        "On {day} the wording of the form was corrected; counting did not change, so the figures continue.";
    association(value: &str, low: &str, high: &str) = "{value} (khoảng tin cậy 95% từ {low} đến {high})", "{value} (95% confidence interval {low} to {high})";
    group_of(group: &str, units: u64) = "{group} ({units} đơn vị)", "{group} ({units} units)";
    only_field(field: &str) = "Chỉ các phiếu biết hồ sơ thuộc lĩnh vực {field}.", "Only answers that know that their application belongs to the field {field}.";
    only_level(level: &str) = "Chỉ nguồn: {level}.", "This source only: {level}.";
    pooled_time(period: Period) = "Riêng đơn vị này, gộp {period}", "This unit alone, pooled over {period}";
    pooled_group(units: u64, group: &str) = "Gộp {units} đơn vị cùng nhóm: {group}", "{units} units of its kind pooled: {group}";
    pooled_above(unit: &str) = "Toàn bộ {unit}", "All of {unit}";
    edition_named(title: &str, version: &str) = "{title}, bản {version}", "{title}, version {version}";
    target_of_field(field: &str) = "Lĩnh vực {field}", "Field {field}";
    overdispersed(factor: &str) = "Các đơn vị khác nhau nhiều hơn ngẫu nhiên (hệ số phân tán {factor}); giới hạn đã nới rộng theo hệ số này.",
        "Units differ by more than chance (dispersion factor {factor}); the limits are widened by it.";
    rolling(months: u64, last: Day) = "{months} tháng gần nhất, đến hết ngày {last}", "the last {months} months, to {last}";
    common_level(share: Share) = "Mức chung: {share}.", "Overall level: {share}.";
}

/// The name of a group of units.
pub const fn group(of: UnitGroup) -> Say {
    match of {
        UnitGroup::Departments => super::site::HOME_DEPARTMENTS,
        UnitGroup::Communes => super::site::HOME_COMMUNES,
        UnitGroup::Others => super::site::HOME_OTHER_UNITS,
        UnitGroup::LineAgencies => super::unit::LINE_AGENCY,
    }
}

/// The name of a measure over figures that the province collected itself: what the ministry publishes has another name.
pub const fn measured_here(measure: Measure) -> Say {
    match measure {
        Measure::Sipas => SIPAS_HERE,
        other => super::figure::measure::measure_name(other),
    }
}
