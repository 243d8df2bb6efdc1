//! Names of the measures. Five different numbers are called “mức độ hài lòng”; each is printed with its own name and
//! one line on what it is.

use crate::text::Say;
use crate::words::{Lang, Measure};

says! {
    SIPAS = "Chỉ số hài lòng SIPAS (Bộ Nội vụ công bố)", "SIPAS satisfaction index (published by the Ministry of Home Affairs)";
    SIPAS_LINE = "Khảo sát người dân chọn ngẫu nhiên trên cả nước, mỗi năm một lần.",
        "Survey of citizens drawn at random in the whole country, once a year.";
    PROVINCE = "Đo lường hài lòng của tỉnh", "The province's own satisfaction survey";
    PROVINCE_LINE = "Khảo sát mẫu do tỉnh tổ chức.", "Sample survey run by the province.";
    COUNTER = "Khảo sát tại nơi tiếp nhận", "Survey where applications are handed in";
    COUNTER_LINE = "Người đến giao dịch trả lời; xem nguồn A, B, C, D.", "Answered by people who used the service; see sources A, B, C, D.";
    TT01 = "Đánh giá việc giải quyết thủ tục hành chính (thang 18 điểm)", "Rating of administrative procedures (18 points)";
    TT01_LINE = "Chấm theo 9 chỉ số, có tự chấm và thẩm định.", "Scored on 9 indicators, by the office itself and by a review.";
    QD766 = "Chỉ số 766: hồ sơ đúng hạn, không bị phản ánh", "Index 766: dossiers in time and without complaint";
    QD766_LINE = "Tính từ hồ sơ và phản ánh trên Cổng Dịch vụ công quốc gia, không hỏi ý kiến người dân.",
        "Computed from dossiers and complaints on the national portal; nobody is asked.";
    HEALTH = "Hài lòng người bệnh", "Satisfaction of patients";
    HEALTH_LINE = "Theo phương pháp của Bộ Y tế.", "By the method of the Ministry of Health.";
    EDUCATION = "Hài lòng về giáo dục công", "Satisfaction with public education";
    EDUCATION_LINE = "Theo phương pháp của Bộ Giáo dục và Đào tạo.", "By the method of the Ministry of Education and Training.";
    PAR = "Chỉ số cải cách hành chính (PAR INDEX)", "Public administration reform index (PAR INDEX)";
    PAR_LINE = "Gồm điểm thẩm định và điều tra xã hội học.", "From reviewed scores and sociological surveys.";
    MINUTES = "Thời gian chờ trung bình", "Mean waiting time";
    MINUTES_LINE = "Theo số phút người trả lời ghi.", "From the minutes given by those who answered.";

    SATISFACTION = "Mức độ hài lòng", "Satisfaction";
    SATISFACTION_LINE = "Tỷ lệ trả lời “Hài lòng” hoặc “Rất hài lòng”.", "Share answering “Satisfied” or “Very satisfied”.";
    COUNTER_SUBJECT = "Mức độ hài lòng về giải quyết thủ tục hành chính", "Satisfaction with administrative procedures";
    SERVICE_SUBJECT = "Mức độ hài lòng đối với sự phục vụ của cơ quan hành chính nhà nước",
        "Satisfaction with the service of state administration";
    SIDE_BY_SIDE = "Hai con số đo hai việc khác nhau, do hai cơ quan thu thập, không cộng và không so sánh với nhau.",
        "The two numbers measure two different things, collected by two offices; they are neither added nor compared.";
}

/// The name to print.
pub const fn measure_name(measure: Measure) -> Say {
    match measure {
        Measure::Counter => COUNTER,
        Measure::Province => PROVINCE,
        Measure::Sipas => SIPAS,
        Measure::Tt01 => TT01,
        Measure::Qd766 => QD766,
        Measure::Health => HEALTH,
        Measure::Education => EDUCATION,
        Measure::Par => PAR,
        Measure::Minutes => MINUTES,
    }
}

/// The line under the name.
pub const fn measure_line(measure: Measure) -> Say {
    match measure {
        Measure::Counter => COUNTER_LINE,
        Measure::Province => PROVINCE_LINE,
        Measure::Sipas => SIPAS_LINE,
        Measure::Tt01 => TT01_LINE,
        Measure::Qd766 => QD766_LINE,
        Measure::Health => HEALTH_LINE,
        Measure::Education => EDUCATION_LINE,
        Measure::Par => PAR_LINE,
        Measure::Minutes => MINUTES_LINE,
    }
}

/// “Mức độ hài lòng về {…}”, the subject of a sentence about a figure. Without a thing it is the bare noun.
pub fn satisfaction_with(lang: Lang, thing: &str) -> String {
    match (thing.trim(), lang) {
        ("", _) => SATISFACTION.get(lang).to_owned(),
        (thing, Lang::Vi) => format!("Mức độ hài lòng về {thing}"),
        (thing, Lang::En) => format!("Satisfaction with {thing}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_measures_share_a_name_or_a_line() {
        for (place, one) in Measure::ALL.iter().enumerate() {
            for other in &Measure::ALL[..place] {
                assert_ne!(measure_name(*one), measure_name(*other));
                assert_ne!(measure_line(*one), measure_line(*other));
            }
        }
    }

    #[test]
    fn the_subject_names_what_people_are_satisfied_with() {
        assert_eq!(satisfaction_with(Lang::Vi, "giải quyết thủ tục hành chính"), COUNTER_SUBJECT.vi);
        assert_eq!(satisfaction_with(Lang::Vi, ""), "Mức độ hài lòng");
    }
}
