//! What the figures say: paragraphs on the headline, waiting and change. A verdict is told with its interval.

use super::LANG;
use crate::text::figure::standing::Outcome;
use crate::text::figure::verdict::{Bound, Threshold};
use crate::text::number::{about, as_written, count, decimal_beside, share, share_beside};

/// Answers needed are told up to this multiple of those already there.
const MOST_TIMES: u64 = 10;
/// Answers from which too few of them are no reason for an open conclusion.
const MANY: u64 = 1_000;

/// One target of the headline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held<'a> {
    /// The target.
    pub threshold: Threshold,
    /// The document it stands in.
    pub citation: &'a str,
    /// What may be concluded.
    pub outcome: Outcome,
    /// Further answers that would settle it.
    pub needed: Option<u64>,
}

/// The headline of a report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Headline<'a> {
    /// “Mức độ hài lòng của người dân, tổ chức về …”.
    pub subject: &'a str,
    /// Estimate and limits.
    pub estimate: (f64, f64, f64),
    /// Answers.
    pub n: u64,
    /// People there were, where known.
    pub users: Option<u64>,
    /// Targets in force; none = no conclusion.
    pub held: &'a [Held<'a>],
}

/// The headline: the estimate, its interval, and what it says of each target. What stands between two stars is bold.
pub fn headline(of: &Headline<'_>) -> String {
    let (estimate, low, high) = of.estimate;
    let beside = of.held.first().map(|held| held.threshold.value);
    let limit = |value| beside.map_or_else(|| share(LANG, value), |at| share_beside(LANG, value, at));
    let reached = of.held.first().is_some_and(|held| held.outcome == Outcome::Met);
    let verb = if reached { "ước tính đạt" } else { "ước tính" };
    let first =
        format!("{} {verb} {}, khoảng tin cậy 95% từ {} đến {}.", of.subject, limit(estimate), limit(low), limit(high));
    let told: Vec<String> = of.held.iter().map(|held| conclusion(of, held)).collect();
    if told.is_empty() {
        return format!("{first} Chưa có chỉ tiêu áp dụng trong kỳ nên không kết luận đạt hay chưa đạt.");
    }
    format!("{first} {}", told.join(" "))
}

fn conclusion(of: &Headline<'_>, held: &Held<'_>) -> String {
    let goal = held.threshold.shown(LANG);
    let plain = crate::text::number::Goal(held.threshold.value);
    let plain = crate::text::Shown::shown(&plain, LANG);
    let at = if held.citation.is_empty() { String::new() } else { format!(" tại {}", held.citation) };
    match (held.outcome, held.threshold.bound) {
        (Outcome::Met, bound) => {
            let all =
                if bound == Bound::AtLeast { format!("từ {plain} trở lên") } else { format!("trên {plain}") };
            format!("Toàn bộ khoảng tin cậy {all} nên có đủ cơ sở kết luận **đạt** chỉ tiêu {goal}{at}.")
        }
        (Outcome::NotMet, bound) => {
            let all = if bound == Bound::AtLeast {
                format!("thấp hơn {plain}")
            } else {
                format!("từ {plain} trở xuống")
            };
            format!("Toàn bộ khoảng tin cậy {all} nên kết luận **chưa đạt** chỉ tiêu {goal}{at}.")
        }
        (Outcome::Undetermined, _) => undetermined(of, held, &goal),
    }
}

fn undetermined(of: &Headline<'_>, held: &Held<'_>, goal: &str) -> String {
    let (estimate, ..) = of.estimate;
    let side = match estimate.total_cmp(&held.threshold.value) {
        std::cmp::Ordering::Greater => "cao hơn",
        std::cmp::Ordering::Less => "thấp hơn",
        std::cmp::Ordering::Equal => "bằng",
    };
    let needed = held.needed.filter(|needed| {
        estimate > held.threshold.value
            && *needed <= of.n.saturating_mul(MOST_TIMES)
            && of.users.is_none_or(|users| *needed <= users)
    });
    let open = "nên **chưa đủ cơ sở kết luận** đạt hay chưa đạt";
    match needed {
        Some(needed) => format!(
            "Giá trị ước tính {side} chỉ tiêu {goal}, nhưng do số phiếu còn ít {open}; nếu mức này giữ nguyên, cần thêm khoảng {} phiếu.",
            count(LANG, about(needed))
        ),
        None if of.n < MANY => {
            format!("Giá trị ước tính {side} chỉ tiêu {goal}, nhưng do số phiếu còn ít {open}.")
        }
        None => format!(
            "Giá trị ước tính {side} chỉ tiêu {goal}, nhưng khoảng tin cậy nằm ở cả hai phía của chỉ tiêu {open}; ước tính quá sát chỉ tiêu nên có thêm phiếu cũng khó kết luận."
        ),
    }
}

/// A mean waiting time of a report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waiting<'a> {
    /// Where: “tại Trung tâm Phục vụ hành chính công các cấp”.
    pub place: &'a str,
    /// Mean and limits, in minutes.
    pub mean: (f64, f64, f64),
    /// Minutes allowed, and what may be concluded; none without a target.
    pub limit: Option<(f64, Outcome)>,
}

/// “Thời gian chờ trung bình tại …”.
pub fn waiting(of: &Waiting<'_>) -> String {
    let (mean, low, high) = of.mean;
    let at = of.limit.map_or(0.0, |(limit, _)| limit);
    let minutes = |value| decimal_beside(LANG, value, at);
    let concluded = of.limit.map(|(limit, outcome)| {
        let word = match outcome {
            Outcome::Met => "đạt",
            Outcome::Undetermined => "chưa đủ cơ sở kết luận đạt",
            Outcome::NotMet => "vượt",
        };
        format!(", {word} yêu cầu không quá {} phút", as_written(LANG, limit))
    });
    format!(
        "Thời gian chờ trung bình {} là {} phút/lượt giao dịch (khoảng tin cậy 95% từ {} đến {} phút){}.",
        of.place,
        minutes(mean),
        minutes(low),
        minutes(high),
        concluded.unwrap_or_else(|| "; chưa có yêu cầu áp dụng trong kỳ".to_owned())
    )
}

/// A change, new minus old, with its limits.
pub type Change = (f64, f64, f64);

/// “có tăng 2,3 điểm phần trăm”: the interval decides.
fn moved((estimate, low, high): Change) -> Option<(&'static str, String)> {
    let points = |value: f64| decimal_beside(LANG, value * 100.0, 0.0);
    if low > 0.0 {
        Some(("tăng", points(estimate)))
    } else if high < 0.0 {
        Some(("giảm", points(-estimate)))
    } else {
        None
    }
}

/// The change since another period; `before` is a break: nothing is compared with the time before that day.
pub fn change(since: &str, change: Option<Change>, reorganised: Option<&str>) -> String {
    let told = change.map(|change| match moved(change) {
        Some((verb, points)) => {
            format!("So với {since}, mức độ hài lòng {verb} {points} điểm phần trăm, có ý nghĩa thống kê.")
        }
        None => format!("So với {since}, mức độ hài lòng thay đổi trong phạm vi sai số."),
    });
    let broken = reorganised.map(|day| format!("Không so sánh với trước ngày {day} do sắp xếp đơn vị hành chính."));
    let parts: Vec<String> = told.into_iter().chain(broken).collect();
    if parts.is_empty() { format!("Chưa có số liệu về {since} để so sánh.") } else { parts.join(" ") }
}

/// A criterion with its share as it is written, which may be a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion<'a> {
    /// Its name.
    pub name: &'a str,
    /// “93,5%”.
    pub share: &'a str,
}

/// The highest and the lowest criterion, and how one of them moved.
pub fn criteria(best: Criterion<'_>, worst: Option<Criterion<'_>>, change: Option<(&str, Change)>) -> String {
    let name = |one: Criterion<'_>| format!("{} ({})", super::small(one.name), one.share);
    let first = match worst {
        Some(worst) => format!("Tiêu chí được đánh giá cao nhất là {}, thấp nhất là {}.", name(best), name(worst)),
        None => format!("Tiêu chí có đủ số liệu để công bố: {}.", name(best)),
    };
    let Some((of, change)) = change else { return first };
    let told = match moved(change) {
        Some((verb, points)) => format!("có {verb} {points} điểm phần trăm"),
        None => "chưa thể nói là tăng hay giảm".to_owned(),
    };
    format!("{first} So với kỳ trước, {} {told}.", super::small(of))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBJECT: &str = "Mức độ hài lòng của người dân, tổ chức về giải quyết thủ tục hành chính";

    fn told(estimate: (f64, f64, f64), n: u64, outcome: Outcome, needed: Option<u64>) -> String {
        let held =
            [Held { threshold: Threshold::at_least(0.9), citation: "Kế hoạch số 15/KH-UBND", outcome, needed }];
        headline(&Headline { subject: SUBJECT, estimate, n, users: Some(5_000), held: &held })
    }

    #[test]
    fn a_target_that_is_met_or_missed_is_told_with_the_whole_interval() {
        assert_eq!(
            told((0.932, 0.910, 0.949), 688, Outcome::Met, None),
            format!(
                "{SUBJECT} ước tính đạt 93,2%, khoảng tin cậy 95% từ 91,0% đến 94,9%. Toàn bộ khoảng tin cậy từ 90% trở lên nên có đủ cơ sở kết luận **đạt** chỉ tiêu 90% tại Kế hoạch số 15/KH-UBND."
            )
        );
        assert_eq!(
            told((0.858, 0.836, 0.877), 1_180, Outcome::NotMet, None),
            format!(
                "{SUBJECT} ước tính 85,8%, khoảng tin cậy 95% từ 83,6% đến 87,7%. Toàn bộ khoảng tin cậy thấp hơn 90% nên kết luận **chưa đạt** chỉ tiêu 90% tại Kế hoạch số 15/KH-UBND."
            )
        );
    }

    #[test]
    fn an_open_conclusion_tells_the_side_and_how_many_more_would_settle_it() {
        assert_eq!(
            told((0.916, 0.888, 0.939), 500, Outcome::Undetermined, Some(851)),
            format!(
                "{SUBJECT} ước tính 91,6%, khoảng tin cậy 95% từ 88,8% đến 93,9%. Giá trị ước tính cao hơn chỉ tiêu 90%, nhưng do số phiếu còn ít nên **chưa đủ cơ sở kết luận** đạt hay chưa đạt; nếu mức này giữ nguyên, cần thêm khoảng 850 phiếu."
            )
        );
        let below = told((0.896, 0.864, 0.922), 460, Outcome::Undetermined, None);
        assert!(below.contains("thấp hơn chỉ tiêu 90%") && below.ends_with("đạt hay chưa đạt."), "{below}");
        let beyond = told((0.905, 0.888, 0.939), 500, Outcome::Undetermined, Some(6_000));
        assert!(!beyond.contains("cần thêm"), "more than there were people: {beyond}");
        let many = told((0.9001, 0.8996, 0.9006), 90_000, Outcome::Undetermined, None);
        assert!(many.contains("quá sát chỉ tiêu") && many.contains("từ 89,96%") && !many.contains("còn ít"), "{many}");
        let none = headline(&Headline { subject: SUBJECT, estimate: (0.9, 0.8, 0.95), n: 90, users: None, held: &[] });
        assert!(none.ends_with("không kết luận đạt hay chưa đạt."), "{none}");
    }

    #[test]
    fn a_target_above_a_share_is_not_met_by_the_share_itself() {
        let threshold = Threshold { value: 0.8, bound: Bound::Above };
        let held = [Held { threshold, citation: "", outcome: Outcome::Met, needed: None }];
        let told = headline(&Headline { subject: "X", estimate: (0.9, 0.85, 0.95), n: 90, users: None, held: &held });
        assert!(told.contains("Toàn bộ khoảng tin cậy trên 80% nên") && told.ends_with("chỉ tiêu trên 80%."), "{told}");
    }

    #[test]
    fn waiting_is_held_against_the_minutes_allowed() {
        let of = |outcome| Waiting {
            place: "tại Trung tâm Phục vụ hành chính công các cấp",
            mean: (18.4, 16.9, 19.9),
            limit: Some((25.0, outcome)),
        };
        assert_eq!(
            waiting(&of(Outcome::Met)),
            "Thời gian chờ trung bình tại Trung tâm Phục vụ hành chính công các cấp là 18,4 phút/lượt giao dịch (khoảng tin cậy 95% từ 16,9 đến 19,9 phút), đạt yêu cầu không quá 25 phút."
        );
        assert!(waiting(&of(Outcome::Undetermined)).contains("chưa đủ cơ sở kết luận đạt yêu cầu"));
        assert!(waiting(&of(Outcome::NotMet)).contains("), vượt yêu cầu"));
        assert!(waiting(&Waiting { limit: None, ..of(Outcome::Met) }).ends_with("chưa có yêu cầu áp dụng trong kỳ."));
    }

    #[test]
    fn a_change_is_one_only_where_its_interval_says_so() {
        assert_eq!(
            change("quý II/2026", Some((0.023, 0.004, 0.042)), None),
            "So với quý II/2026, mức độ hài lòng tăng 2,3 điểm phần trăm, có ý nghĩa thống kê."
        );
        assert!(change("quý II/2026", Some((-0.023, -0.042, -0.004)), None).contains("giảm 2,3 điểm"));
        assert_eq!(
            change("quý II/2026", Some((0.008, -0.011, 0.027)), Some("01/7/2025")),
            "So với quý II/2026, mức độ hài lòng thay đổi trong phạm vi sai số. Không so sánh với trước ngày 01/7/2025 do sắp xếp đơn vị hành chính."
        );
        assert_eq!(change("quý II/2026", None, None), "Chưa có số liệu về quý II/2026 để so sánh.");
    }

    #[test]
    fn criteria_are_named_with_their_share_and_their_change() {
        let best = Criterion { name: "Thái độ phục vụ", share: "93,5%" };
        let worst = Criterion { name: "Thời gian giải quyết", share: "78,2%" };
        assert_eq!(
            criteria(best, Some(worst), Some(("Thời gian chờ", (0.023, 0.004, 0.042)))),
            "Tiêu chí được đánh giá cao nhất là thái độ phục vụ (93,5%), thấp nhất là thời gian giải quyết (78,2%). So với kỳ trước, thời gian chờ có tăng 2,3 điểm phần trăm."
        );
        assert!(criteria(best, Some(worst), Some(("x", (0.0, -0.1, 0.1)))).ends_with("chưa thể nói là tăng hay giảm."));
        assert!(
            criteria(best, Some(worst), Some(("x", (-0.1, -0.2, -0.05)))).ends_with("có giảm 10,0 điểm phần trăm.")
        );
        assert!(criteria(best, None, None).starts_with("Tiêu chí có đủ số liệu để công bố: thái độ"));
    }
}
