//! Verdicts of a sample against a target.

use crate::text::number::{Goal, about, share, share_beside};
use crate::text::{Sentence, Shown, capital};
use crate::words::Lang;

use super::note::{answers, confidence_interval, interval_beside};

/// Answers needed are printed only up to this multiple of those already there.
const MOST_TIMES: u64 = 10;
/// Below this many answers, an interval of [`VERY_WIDE`] or more is told as “very few” (judgement: the interval says
/// nothing a reader can use, and more answers are the plain remedy).
const FEW: u64 = 100;
/// Twenty percentage points.
const VERY_WIDE: f64 = 0.20;

says! {
    in pub(super),

    LEAD_FEW = "Chưa đủ cơ sở kết luận.", "Not enough evidence.";
    TOO_CLOSE = "Ước tính quá sát chỉ tiêu nên có thêm phiếu cũng khó kết luận; nên xem các tiêu chí thấp nhất để cải thiện.",
        "The estimate is so close to the target that more answers would hardly settle it; better look at the lowest criteria and improve them.";
}

sentences! {
    in pub(super),

    lead_met(goal: &str) = "Đạt chỉ tiêu {goal}.", "Target of {goal} met.";
    lead_not_met(goal: &str) = "Chưa đạt chỉ tiêu {goal}.", "Target of {goal} not met.";
    lead_undetermined_above(goal: &str) = "Chưa đủ cơ sở kết luận đạt chỉ tiêu {goal}.",
        "Not enough evidence that the target of {goal} is met.";
    lead_undetermined(goal: &str) = "Chưa đủ cơ sở kết luận về chỉ tiêu {goal}.",
        "Not enough evidence about the target of {goal}.";
    estimated(subject: &str, estimate: &str, interval: &str) = "{subject} ước tính {estimate}, {interval}",
        "{subject} is estimated at {estimate}, {interval}";
    all_at_least(goal: &str) = "toàn bộ từ {goal} trở lên", "all of it at or above {goal}";
    all_above(goal: &str) = "toàn bộ trên {goal}", "all of it above {goal}";
    all_below(goal: &str) = "toàn bộ dưới {goal}", "all of it below {goal}";
    all_at_most(goal: &str) = "toàn bộ từ {goal} trở xuống", "all of it at or below {goal}";
    some_below(goal: &str) = "còn chứa cả giá trị dưới {goal}", "which still contains values below {goal}";
    some_at_most(goal: &str) = "còn chứa cả giá trị từ {goal} trở xuống", "which still contains values at or below {goal}";
    more_answers(n: u64) = "Nếu mức này giữ nguyên, cần thêm khoảng {n} phiếu nữa để kết luận.",
        "If this level stays the same, about {n} more answers are needed to conclude.";
    very_few(answers: &str, estimate: &str, low: &str, high: &str) = "Mới có {answers}: ước tính {estimate} nhưng khoảng tin cậy 95% rất rộng, từ {low} đến {high}.",
        "Only {answers} so far: the estimate is {estimate}, but the 95% confidence interval is very wide, from {low} to {high}.";
    by_estimate(estimate: &str, sign: &str, goal: Goal) = "Theo giá trị ước tính, không xét sai số: {estimate} {sign} {goal}.",
        "By the estimate alone, without regard to error: {estimate} {sign} {goal}.";
}

/// Which side of a threshold meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// “≥ 90%”, the rule.
    AtLeast,
    /// “> 90%”.
    Above,
}

/// A target for a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// Between 0 and 1.
    pub value: f64,
    /// Whether the threshold itself meets it.
    pub bound: Bound,
}

impl Threshold {
    /// The usual target: at least this share.
    pub const fn at_least(value: f64) -> Self {
        Self { value, bound: Bound::AtLeast }
    }

    /// As it stands after “chỉ tiêu”: “90%”, “trên 90%”.
    pub fn shown(self, lang: Lang) -> String {
        let goal = Goal(self.value).shown(lang);
        match (self.bound, lang) {
            (Bound::AtLeast, _) => goal,
            (Bound::Above, Lang::Vi) => format!("trên {goal}"),
            (Bound::Above, Lang::En) => format!("more than {goal}"),
        }
    }

    /// With its sign, for tables: “≥ 90%”.
    pub fn with_sign(self, lang: Lang) -> String {
        let sign = match self.bound {
            Bound::AtLeast => "≥",
            Bound::Above => ">",
        };
        format!("{sign} {}", Goal(self.value).shown(lang))
    }
}

/// A share as it is told: what it is of, and its numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareText<'a> {
    /// “Mức độ hài lòng về …”, in the language of the sentence ([`super::satisfaction_with`]).
    pub subject: &'a str,
    /// The estimate, 0 to 1.
    pub estimate: f64,
    /// Lower limit of the 95% interval.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// Answers.
    pub n: u64,
}

/// What the index found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The whole interval meets the target.
    Met,
    /// The whole interval misses it.
    NotMet,
    /// The interval lies on both sides.
    Undetermined {
        /// Further answers that would settle it if the estimate stayed; `None` if no number would.
        needed: Option<u64>,
        /// Users of the period, where known: nobody can ask more people than there were.
        users: Option<u64>,
    },
}

/// The verdict sentence.
pub fn verdict(lang: Lang, figure: &ShareText<'_>, target: Threshold, finding: Finding) -> Sentence {
    let goal = target.shown(lang);
    let bare = Goal(target.value).shown(lang);
    match finding {
        Finding::Met => {
            let all = match target.bound {
                Bound::AtLeast => all_at_least(lang, &bare),
                Bound::Above => all_above(lang, &bare),
            };
            Sentence::new(lead_met(lang, &goal), body(lang, figure, target, Some(&all)))
        }
        Finding::NotMet => {
            let all = match target.bound {
                Bound::AtLeast => all_below(lang, &bare),
                Bound::Above => all_at_most(lang, &bare),
            };
            Sentence::new(lead_not_met(lang, &goal), body(lang, figure, target, Some(&all)))
        }
        Finding::Undetermined { .. } if is_very_few(figure) => {
            let beside = |value| share_beside(lang, value, target.value);
            let answers = answers(lang, figure.n);
            let rest = very_few(lang, &answers, &beside(figure.estimate), &beside(figure.low), &beside(figure.high));
            Sentence::new(LEAD_FEW.get(lang), rest)
        }
        Finding::Undetermined { needed, users } if figure.estimate > target.value => {
            let some = match target.bound {
                Bound::AtLeast => some_below(lang, &bare),
                Bound::Above => some_at_most(lang, &bare),
            };
            let outlook = match needed.filter(|n| is_worth_asking(*n, figure.n, users)) {
                Some(n) => more_answers(lang, about(n)),
                None => TOO_CLOSE.get(lang).to_owned(),
            };
            let body = body(lang, figure, target, Some(&some));
            Sentence::new(lead_undetermined_above(lang, &goal), format!("{body} {outlook}"))
        }
        Finding::Undetermined { .. } => {
            let body = body(lang, figure, target, None);
            Sentence::new(lead_undetermined(lang, &goal), format!("{body} {}", TOO_CLOSE.get(lang)))
        }
    }
}

/// A figure towards which no target stands: its numbers and nothing concluded.
pub fn without_target(lang: Lang, figure: &ShareText<'_>) -> String {
    let interval = confidence_interval(lang, figure.low, figure.high);
    let told = estimated(lang, &capital(figure.subject), &share(lang, figure.estimate), &interval);
    format!("{told} ({}).", answers(lang, figure.n))
}

/// Several targets at once: “Đạt chỉ tiêu 85%; chưa đủ cơ sở kết luận về chỉ tiêu 90%.”
pub fn several(lang: Lang, targets: &[(Threshold, Finding)]) -> String {
    let parts: Vec<String> = targets
        .iter()
        .enumerate()
        .map(|(place, (target, finding))| {
            let goal = target.shown(lang);
            let lead = match finding {
                Finding::Met => lead_met(lang, &goal),
                Finding::NotMet => lead_not_met(lang, &goal),
                Finding::Undetermined { .. } => lead_undetermined(lang, &goal),
            };
            let lead = lead.trim_end_matches('.');
            if place == 0 { lead.to_owned() } else { small(lead) }
        })
        .collect();
    if parts.is_empty() { String::new() } else { parts.join("; ") + "." }
}

/// The administrative reading, always beside the verdict and never instead of it.
pub fn administrative_reading(lang: Lang, estimate: f64, target: Threshold) -> String {
    let sign = match target.bound {
        Bound::AtLeast if estimate >= target.value => "≥",
        Bound::AtLeast => "<",
        Bound::Above if estimate > target.value => ">",
        Bound::Above => "≤",
    };
    by_estimate(lang, &share_beside(lang, estimate, target.value), sign, Goal(target.value))
}

/// Whether a number of further answers may be printed: within ten times the answers there are, and within the users.
fn is_worth_asking(needed: u64, n: u64, users: Option<u64>) -> bool {
    needed > 0 && needed <= n.saturating_mul(MOST_TIMES) && users.is_none_or(|users| needed <= users)
}

fn is_very_few(figure: &ShareText<'_>) -> bool {
    figure.n < FEW && figure.high - figure.low >= VERY_WIDE
}

fn body(lang: Lang, figure: &ShareText<'_>, target: Threshold, remark: Option<&str>) -> String {
    let mut interval = interval_beside(lang, figure.low, figure.high, target.value);
    if let Some(remark) = remark {
        interval = format!("{interval}, {remark}");
    }
    let estimate = share_beside(lang, figure.estimate, target.value);
    let told = estimated(lang, &capital(figure.subject), &estimate, &interval);
    format!("{told} ({}).", answers(lang, figure.n))
}

fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
#[path = "verdict_tests.rs"]
mod tests;
