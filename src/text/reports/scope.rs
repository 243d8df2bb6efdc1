//! What was asked, whom, where and how: paragraphs on the scope, the sources, open feedback and the limits of a report.

use super::{LANG, MISSING, filled_in};
use crate::text::number::{count, decimal_beside, share};
use crate::words::{Day, Period};

/// Scope of a report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scope<'a> {
    /// “quý III/2026”.
    pub name: &'a str,
    /// Its days.
    pub period: Period,
    /// The last day that is counted, where the period is not counted to its end.
    pub through: Option<Day>,
    /// Who reports.
    pub agency: &'a str,
    /// Collection points.
    pub points: u64,
    /// Offices that have one.
    pub offices: u64,
    /// Dossiers returned, where known.
    pub dossiers: Option<u64>,
    /// Forms; none where there are too few to be told.
    pub forms: Option<u64>,
}

/// “Trong quý III/2026 (từ ngày …”: the first paragraph.
pub fn scope(of: &Scope<'_>) -> String {
    let day = |day| crate::text::date::short(LANG, day);
    let (from, to) = (day(of.period.from), day(of.period.to));
    let where_at = match of.offices {
        0 | 1 => format!("{} điểm khảo sát", count(LANG, of.points)),
        n => format!("{} điểm khảo sát của {} cơ quan, đơn vị", count(LANG, of.points), count(LANG, n)),
    };
    let first = format!(
        "Trong {} (từ ngày {from} đến ngày {to}), {} tổ chức lấy ý kiến đánh giá của người dân, tổ chức về việc tiếp nhận và giải quyết thủ tục hành chính tại {where_at}.",
        of.name, of.agency
    );
    let through = of.through.map(|last| format!(" Số liệu tính đến hết ngày {}.", day(last))).unwrap_or_default();
    format!("{first} {}{through}", volume(of))
}

fn volume(of: &Scope<'_>) -> String {
    match (of.dossiers, of.forms) {
        (Some(dossiers), Some(forms)) if dossiers > 0 => format!(
            "Tổng số hồ sơ đã trả kết quả trong kỳ là {}; số phiếu thu được là {}, bằng {} số hồ sơ.",
            count(LANG, dossiers),
            count(LANG, forms),
            share(LANG, ratio(forms, dossiers))
        ),
        (Some(dossiers), None) if dossiers > 0 => {
            format!("Tổng số hồ sơ đã trả kết quả trong kỳ là {}; {TOO_FEW}.", count(LANG, dossiers))
        }
        (_, Some(forms)) => {
            format!("Số phiếu thu được là {}. {MISSING} số hồ sơ đã trả kết quả trong kỳ.", count(LANG, forms))
        }
        (_, None) => format!("{}. {MISSING} số hồ sơ đã trả kết quả trong kỳ.", crate::text::capital(TOO_FEW)),
    }
}

const TOO_FEW: &str = "chưa có phiếu hoặc có dưới 10 phiếu nên không nêu số phiếu";

#[expect(clippy::cast_precision_loss, reason = "printed with one decimal")]
fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

/// A source of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub name: &'static str,
    /// Its forms.
    pub forms: u64,
    /// Whether conclusions rest on it.
    pub concludes: bool,
}

/// Names of the sources A to D.
pub const SOURCES: [&str; 4] = ["mẫu chọn ngẫu nhiên", "mã riêng theo hồ sơ", "tại chỗ có xác nhận", "góp ý mở"];
const NUMBERS: [&str; 5] = ["không", "một", "hai", "ba", "bốn"];

/// “Phiếu được thu từ bốn nguồn, tính riêng: …”.
pub fn sources(of: &[Source]) -> String {
    if of.is_empty() {
        return format!("{MISSING} nguồn thu phiếu trong kỳ: chưa có nguồn nào có từ 10 phiếu trở lên.");
    }
    let number = NUMBERS.get(of.len()).copied().unwrap_or("các");
    let each: Vec<String> = of.iter().map(|one| format!("{} {} phiếu", one.name, count(LANG, one.forms))).collect();
    let (lead, apart) = if of.len() == 1 { ("một", ":") } else { (number, ", tính riêng:") };
    format!("Phiếu được thu từ {lead} nguồn{apart} {}. {}", each.join("; "), conclusions(of))
}

fn conclusions(of: &[Source]) -> String {
    let concluding: Vec<&Source> = of.iter().filter(|one| one.concludes).collect();
    let open = if of.iter().all(|one| one.concludes) {
        ""
    } else {
        "; góp ý mở dùng để phát hiện vấn đề, không dùng để kết luận"
    };
    let are_first = of.iter().take(concluding.len()).all(|one| one.concludes);
    match concluding.as_slice() {
        [] => {
            "Chưa có nguồn nào dùng để kết luận về chỉ tiêu; góp ý mở dùng để phát hiện vấn đề, không dùng để kết luận."
                .to_owned()
        }
        [_] if are_first && of.len() > 1 => format!("Kết luận về chỉ tiêu chỉ dựa trên nguồn đầu{open}."),
        all if are_first && of.len() > all.len() => {
            let number = NUMBERS.get(all.len()).copied().unwrap_or("các");
            format!("Kết luận về chỉ tiêu chỉ dựa trên {number} nguồn đầu{open}.")
        }
        all => {
            let names: Vec<&str> = all.iter().map(|one| one.name).collect();
            format!("Kết luận về chỉ tiêu chỉ dựa trên {}{open}.", names.join(", "))
        }
    }
}

/// Open feedback of a report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Open {
    /// Share of satisfied answers.
    pub share: f64,
    /// Answers.
    pub n: u64,
    /// Against the drawn sample: the difference and its interval, where there is one.
    pub against: Option<(f64, f64, f64)>,
    /// The answers as a part of the dossiers.
    pub reach: Option<f64>,
}

/// Under half of the dossiers is “chỉ”.
const FEW_OF_THEM: f64 = 0.5;

/// “Góp ý mở tại quầy: …”.
pub fn open(of: &Open) -> String {
    let points = |value: f64| decimal_beside(LANG, value * 100.0, 0.0);
    let against = match of.against {
        Some((estimate, low, _)) if low > 0.0 => {
            format!(", cao hơn mẫu chọn ngẫu nhiên {} điểm phần trăm", points(estimate))
        }
        Some((estimate, _, high)) if high < 0.0 => {
            format!(", thấp hơn mẫu chọn ngẫu nhiên {} điểm phần trăm", points(-estimate))
        }
        Some(_) => ", chưa thấy khác mẫu chọn ngẫu nhiên".to_owned(),
        None => String::new(),
    };
    let reach = match of.reach {
        Some(reach) => {
            let only = if reach < FEW_OF_THEM { "chỉ bằng" } else { "bằng" };
            format!("Số phiếu {only} {} số hồ sơ trả tại quầy và", share(LANG, reach))
        }
        None => "Phiếu".to_owned(),
    };
    format!(
        "Góp ý mở tại quầy: {} trong {} phiếu là hài lòng hoặc rất hài lòng{against}. {reach} do người dân tự nguyện gửi, nên con số này không đại diện cho tất cả người đến giao dịch.",
        share(LANG, of.share),
        count(LANG, of.n)
    )
}

/// What limits a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Those who hand in online answer less than those who come; said only where it is known.
    pub online_less: bool,
    /// The figures are of those who answered, and of no drawn sample.
    pub no_sample: bool,
    /// Units with fewer than ten forms.
    pub few: u64,
    /// Line agencies are not counted.
    pub without_line_agencies: bool,
}

/// “Hạn chế: …”; a marked place where nothing is known.
pub fn limits(of: Limits) -> String {
    let mut parts = Vec::new();
    if of.online_less {
        parts.push("người nộp hồ sơ qua mạng trả lời ít hơn người đến trực tiếp".to_owned());
    }
    if of.no_sample {
        parts.push("con số tính trên những người đã trả lời, không phải mẫu chọn ngẫu nhiên".to_owned());
    }
    if of.few > 0 {
        parts.push(format!("{} đơn vị có dưới 10 phiếu", count(LANG, of.few)));
    }
    if of.without_line_agencies {
        parts.push(
            "kết quả chưa gồm các cơ quan ngành dọc đặt tại Trung tâm (công an, thuế, bảo hiểm xã hội)".to_owned(),
        );
    }
    if parts.is_empty() {
        return format!("Hạn chế: {}", filled_in("hạn chế của số liệu và nguyên nhân"));
    }
    format!("Hạn chế: {}.", parts.join("; "))
}

/// What was noticed of the quality of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quality<'a> {
    /// What is counted: “điểm khảo sát”, “đơn vị”.
    pub what: &'a str,
    /// How many have a signal.
    pub noticed: u64,
    /// Which signals.
    pub signals: &'a [String],
    /// How many were looked into, where it is known.
    pub looked_into: Option<u64>,
    /// Forms that were excluded; none where there are too few to be told.
    pub excluded: Option<u64>,
}

/// “Có 7 điểm khảo sát có tín hiệu cần xem xét (…)”.
pub fn quality(of: &Quality<'_>) -> String {
    let excluded = of.excluded.map_or_else(|| "dưới 10".to_owned(), |n| count(LANG, n));
    let told = match of.noticed {
        0 => format!("Không có {} nào có tín hiệu cần xem xét; loại {excluded} phiếu.", of.what),
        n => {
            let signals = if of.signals.is_empty() { String::new() } else { format!(" ({})", of.signals.join("; ")) };
            let looked = match of.looked_into {
                Some(n) => format!("đã xem xét {}", count(LANG, n)),
                None => filled_in("số đã xem xét"),
            };
            format!(
                "Có {} {} có tín hiệu cần xem xét{signals}; {looked}, loại {excluded} phiếu.",
                count(LANG, n),
                of.what
            )
        }
    };
    format!("{told} Kết quả trước và sau khi loại phiếu được công bố cùng nhau.")
}

/// “Có 6.412 hồ sơ trả quá hạn (6,7%); …”.
pub fn late(all: u64, with_apology: u64, dossiers: Option<u64>) -> String {
    const K: u64 = 10;
    if all == 0 {
        return format!("{MISSING} hồ sơ trả quá hạn trong kỳ: hệ thống chưa ghi hồ sơ quá hạn nào.");
    }
    if all < K {
        return "Có dưới 10 hồ sơ trả quá hạn nên không nêu chi tiết.".to_owned();
    }
    let part = dossiers
        .filter(|dossiers| *dossiers >= all)
        .map(|dossiers| format!(" ({})", share(LANG, ratio(all, dossiers))))
        .unwrap_or_default();
    let with = match with_apology {
        0 => "chưa có hồ sơ nào có văn bản xin lỗi".to_owned(),
        n if n < K => "dưới 10 hồ sơ đã có văn bản xin lỗi theo quy định".to_owned(),
        n => format!("{} hồ sơ ({}) đã có văn bản xin lỗi theo quy định", count(LANG, n), share(LANG, ratio(n, all))),
    };
    format!("Có {} hồ sơ trả quá hạn{part}; {with}.", count(LANG, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Scope<'static> {
        Scope {
            name: "quý III/2026",
            period: Period::reporting_quarter(2026, 3).unwrap(),
            through: None,
            agency: "Sở Nội vụ",
            points: 102,
            offices: 27,
            dossiers: Some(95_480),
            forms: Some(9_716),
        }
    }

    #[test]
    fn the_scope_is_told_with_what_is_known_of_it() {
        assert_eq!(
            scope(&example()),
            "Trong quý III/2026 (từ ngày 15/6/2026 đến ngày 14/9/2026), Sở Nội vụ tổ chức lấy ý kiến đánh giá của người dân, tổ chức về việc tiếp nhận và giải quyết thủ tục hành chính tại 102 điểm khảo sát của 27 cơ quan, đơn vị. Tổng số hồ sơ đã trả kết quả trong kỳ là 95.480; số phiếu thu được là 9.716, bằng 10,2% số hồ sơ."
        );
        let told = scope(&Scope { dossiers: None, through: Day::of(2026, 8, 31), ..example() });
        assert!(told.ends_with("Số phiếu thu được là 9.716. Chưa có số liệu về số hồ sơ đã trả kết quả trong kỳ. Số liệu tính đến hết ngày 31/8/2026."), "{told}");
        let told = scope(&Scope { forms: None, offices: 1, ..example() });
        assert!(
            told.contains("tại 102 điểm khảo sát. ") && told.contains("dưới 10 phiếu") && !told.contains('%'),
            "{told}"
        );
        assert!(!scope(&Scope { forms: None, dossiers: None, ..example() }).contains(" 0"), "unknown is not zero");
    }

    fn source(at: usize, forms: u64, concludes: bool) -> Source {
        Source { name: SOURCES[at], forms, concludes }
    }

    #[test]
    fn the_sources_stand_apart_and_conclusions_name_theirs() {
        let all = [source(0, 1_180, true), source(1, 2_946, true), source(2, 1_470, false), source(3, 4_120, false)];
        assert_eq!(
            sources(&all),
            "Phiếu được thu từ bốn nguồn, tính riêng: mẫu chọn ngẫu nhiên 1.180 phiếu; mã riêng theo hồ sơ 2.946 phiếu; tại chỗ có xác nhận 1.470 phiếu; góp ý mở 4.120 phiếu. Kết luận về chỉ tiêu chỉ dựa trên hai nguồn đầu; góp ý mở dùng để phát hiện vấn đề, không dùng để kết luận."
        );
        let told = sources(&[source(0, 30, false), source(1, 40, true), source(3, 50, false)]);
        assert!(told.contains("từ ba nguồn") && told.contains("chỉ dựa trên mã riêng theo hồ sơ; góp ý mở"), "{told}");
        assert!(sources(&[source(3, 50, false)]).contains("Chưa có nguồn nào dùng để kết luận"));
        assert!(sources(&[]).starts_with("Chưa có số liệu về"));
    }

    #[test]
    fn open_feedback_is_told_as_what_it_is() {
        let of = Open { share: 0.937, n: 4_120, against: Some((0.112, 0.089, 0.135)), reach: Some(0.08) };
        assert_eq!(
            open(&of),
            "Góp ý mở tại quầy: 93,7% trong 4.120 phiếu là hài lòng hoặc rất hài lòng, cao hơn mẫu chọn ngẫu nhiên 11,2 điểm phần trăm. Số phiếu chỉ bằng 8,0% số hồ sơ trả tại quầy và do người dân tự nguyện gửi, nên con số này không đại diện cho tất cả người đến giao dịch."
        );
        assert!(
            open(&Open { against: Some((-0.05, -0.08, -0.02)), ..of })
                .contains("thấp hơn mẫu chọn ngẫu nhiên 5,0 điểm")
        );
        assert!(open(&Open { against: Some((0.01, -0.02, 0.04)), ..of }).contains("chưa thấy khác"));
        let alone = open(&Open { against: None, reach: None, ..of });
        assert!(alone.contains("rất hài lòng. Phiếu do người dân tự nguyện gửi"), "{alone}");
    }

    #[test]
    fn limits_name_what_is_known_and_leave_a_place_otherwise() {
        let all = Limits { online_less: true, no_sample: false, few: 3, without_line_agencies: true };
        assert_eq!(
            limits(all),
            "Hạn chế: người nộp hồ sơ qua mạng trả lời ít hơn người đến trực tiếp; 3 đơn vị có dưới 10 phiếu; kết quả chưa gồm các cơ quan ngành dọc đặt tại Trung tâm (công an, thuế, bảo hiểm xã hội)."
        );
        assert_eq!(limits(Limits::default()), "Hạn chế: [Đơn vị bổ sung hạn chế của số liệu và nguyên nhân]");
    }

    #[test]
    fn quality_tells_signals_what_was_looked_into_and_what_was_excluded() {
        let signals = ["phiếu dồn trong thời gian ngắn".to_owned(), "báo chưa trả lời".to_owned()];
        let of =
            Quality {
                what: "điểm khảo sát", noticed: 7, signals: &signals, looked_into: Some(5), excluded: Some(0)
            };
        assert_eq!(
            quality(&of),
            "Có 7 điểm khảo sát có tín hiệu cần xem xét (phiếu dồn trong thời gian ngắn; báo chưa trả lời); đã xem xét 5, loại 0 phiếu. Kết quả trước và sau khi loại phiếu được công bố cùng nhau."
        );
        let unknown = quality(&Quality { looked_into: None, excluded: None, ..of.clone() });
        assert!(unknown.contains("[Đơn vị bổ sung số đã xem xét], loại dưới 10 phiếu"), "{unknown}");
        assert!(quality(&Quality { noticed: 0, ..of }).starts_with("Không có điểm khảo sát nào"));
    }

    #[test]
    fn late_results_are_counted_unless_they_are_few() {
        assert_eq!(
            late(6_412, 5_980, Some(95_480)),
            "Có 6.412 hồ sơ trả quá hạn (6,7%); 5.980 hồ sơ (93,3%) đã có văn bản xin lỗi theo quy định."
        );
        assert_eq!(late(12, 0, None), "Có 12 hồ sơ trả quá hạn; chưa có hồ sơ nào có văn bản xin lỗi.");
        assert!(late(12, 3, None).contains("dưới 10 hồ sơ đã có") && late(9, 9, None).contains("dưới 10"));
        assert!(late(0, 0, Some(5)).starts_with("Chưa có số liệu về hồ sơ trả quá hạn"));
    }
}
