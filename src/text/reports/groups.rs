//! Many fields and many units at once, and what is proposed.

use super::{LANG, filled_in};
use crate::text::number::{count, share};

/// How the fields stand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fields {
    /// That meet their target.
    pub met: u64,
    /// That do not: name, estimate and limits.
    pub missed: Vec<(String, (f64, f64, f64))>,
    /// Without a conclusion.
    pub open: u64,
    /// Without a target, or with contradictory ones.
    pub without_target: u64,
    /// With too little to be told.
    pub few: u64,
}

/// “Theo lĩnh vực: …”.
pub fn fields(of: &Fields) -> String {
    let mut parts = Vec::new();
    let mut part = |n: u64, words: &str| {
        if n > 0 {
            parts.push(format!("{} lĩnh vực {words}", count(LANG, n)));
        }
    };
    part(of.met, "có đủ cơ sở kết luận đạt");
    let missed = u64::try_from(of.missed.len()).unwrap_or(u64::MAX);
    let named: Vec<String> = of.missed.iter().map(|(name, figure)| named(name, *figure)).collect();
    part(missed, &format!("chưa đạt ({})", named.join("; ")));
    part(of.open, "chưa đủ cơ sở kết luận");
    part(of.without_target, "chưa có chỉ tiêu áp dụng");
    part(of.few, "chưa đủ số liệu để công bố");
    if parts.is_empty() {
        return "Chưa có số liệu về từng lĩnh vực trong kỳ.".to_owned();
    }
    format!("Theo lĩnh vực: {}.", parts.join("; "))
}

fn named(name: &str, (estimate, low, high): (f64, f64, f64)) -> String {
    let share = |value| share(LANG, value);
    format!("{}: {}, từ {} đến {}", super::small(name), share(estimate), share(low), share(high))
}

/// How the units stand towards the common level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Units {
    /// Above it.
    pub above: u64,
    /// Below it.
    pub below: u64,
    /// Not to be told apart.
    pub alike: u64,
    /// With too little to be told.
    pub few: u64,
}

/// “Theo đơn vị: …”; `whole` is what the common level is of: “tỉnh”.
pub fn units(of: Units, whole: &str) -> String {
    if of.above + of.below + of.alike == 0 {
        return match of.few {
            0 => "Chưa có số liệu về từng đơn vị trong kỳ.".to_owned(),
            n => format!("Theo đơn vị: {} đơn vị chưa đủ số liệu để so sánh với mức chung.", count(LANG, n)),
        };
    }
    let parts = [
        (of.above, format!("cao hơn mức chung của {whole}")),
        (of.below, "thấp hơn".to_owned()),
        (of.alike, "không phân biệt được với mức chung".to_owned()),
        (of.few, "chưa đủ số liệu".to_owned()),
    ];
    let told: Vec<String> = parts.iter().map(|(n, words)| format!("{} đơn vị {words}", count(LANG, *n))).collect();
    let most = if of.alike >= of.above.max(of.below) { "phần lớn" } else { "nhiều" };
    format!(
        "Theo đơn vị: {}. Báo cáo không xếp hạng từng đơn vị vì {most} chênh lệch nằm trong sai số.",
        told.join(", ")
    )
}

/// One proposal: who looks through which procedure, where which criterion is lowest. What is not known stays open.
pub fn review(agency: Option<&str>, process: Option<&str>, criterion: &str) -> String {
    let agency = agency.map_or_else(|| filled_in("tên cơ quan"), str::to_owned);
    let process = process.map_or_else(|| filled_in("tên quy trình"), super::small);
    format!("{agency} rà soát quy trình nội bộ {process}, nơi {} được đánh giá thấp nhất", super::small(criterion))
}

/// One proposal about the fields that miss their targets.
pub fn improve(fields: &[String]) -> String {
    let names: Vec<String> = fields.iter().map(|name| super::small(name)).collect();
    let agency = filled_in("tên cơ quan");
    format!("{agency} nâng mức độ hài lòng của lĩnh vực hiện chưa đạt chỉ tiêu: {}", names.join(", "))
}

/// “Đề nghị: (1) …; (2) …; (3) …”: the last one stays open.
pub fn proposals(of: &[String]) -> String {
    let own = of.iter().enumerate().map(|(at, text)| format!("({}) {text}", at + 1));
    let open = format!("({}) {}", of.len() + 1, filled_in("đề xuất khác"));
    let all: Vec<String> = own.chain([open]).collect();
    format!("Đề nghị: {}.", all.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_counted_and_those_that_miss_are_named() {
        let of = Fields {
            met: 12,
            missed: vec![("Đất đai".to_owned(), (0.714, 0.689, 0.738)), ("Xây dựng".to_owned(), (0.8, 0.78, 0.82))],
            open: 5,
            without_target: 0,
            few: 4,
        };
        assert_eq!(
            fields(&of),
            "Theo lĩnh vực: 12 lĩnh vực có đủ cơ sở kết luận đạt; 2 lĩnh vực chưa đạt (đất đai: 71,4%, từ 68,9% đến 73,8%; xây dựng: 80,0%, từ 78,0% đến 82,0%); 5 lĩnh vực chưa đủ cơ sở kết luận; 4 lĩnh vực chưa đủ số liệu để công bố."
        );
        assert_eq!(fields(&Fields::default()), "Chưa có số liệu về từng lĩnh vực trong kỳ.");
    }

    #[test]
    fn units_stand_in_groups_and_in_no_order() {
        assert_eq!(
            units(Units { above: 9, below: 4, alike: 11, few: 3 }, "tỉnh"),
            "Theo đơn vị: 9 đơn vị cao hơn mức chung của tỉnh, 4 đơn vị thấp hơn, 11 đơn vị không phân biệt được với mức chung, 3 đơn vị chưa đủ số liệu. Báo cáo không xếp hạng từng đơn vị vì phần lớn chênh lệch nằm trong sai số."
        );
        let clear = units(Units { above: 9, below: 4, alike: 8, few: 3 }, "tỉnh");
        assert!(clear.ends_with("vì nhiều chênh lệch nằm trong sai số."), "most are not within their error: {clear}");
        assert!(units(Units { few: 3, ..Units::default() }, "tỉnh").contains("3 đơn vị chưa đủ số liệu"));
        assert!(units(Units::default(), "tỉnh").starts_with("Chưa có số liệu"));
    }

    #[test]
    fn proposals_are_prefilled_where_a_rule_gives_them() {
        let first =
            review(Some("Sở Nông nghiệp và Môi trường"), Some("Đăng ký biến động đất đai"), "Thời gian giải quyết");
        let second = "UBND phường Cầu Vồng bố trí thêm quầy giờ cao điểm".to_owned();
        assert_eq!(
            proposals(&[first, second]),
            "Đề nghị: (1) Sở Nông nghiệp và Môi trường rà soát quy trình nội bộ đăng ký biến động đất đai, nơi thời gian giải quyết được đánh giá thấp nhất; (2) UBND phường Cầu Vồng bố trí thêm quầy giờ cao điểm; (3) [Đơn vị bổ sung đề xuất khác]."
        );
        assert!(review(None, None, "Chờ").starts_with("[Đơn vị bổ sung tên cơ quan] rà soát"));
        assert!(
            improve(&["Đất đai".to_owned(), "Hộ tịch".to_owned()]).ends_with("chưa đạt chỉ tiêu: đất đai, hộ tịch")
        );
    }
}
