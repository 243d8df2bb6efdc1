//! Open feedback (level D): shown, never a verdict.

use crate::text::Sentence;
use crate::text::number::{Goal, Points, Share, decimal_beside, share, share_beside};
use crate::words::{Day, Lang};

use super::note::worded;

says! {
    in pub(super),

    LEAD = "Góp ý mở:", "Open feedback:";
    UNCLEAR = "Chưa rõ tín hiệu.", "No clear signal.";
    TOO_FEW = "Chưa đủ 30 phiếu để báo tín hiệu.", "Fewer than 30 answers: too few for a signal.";
    SILENT_LEAVE = "Chênh lệch này thường do người không hài lòng ít trả lời tại quầy.",
        "The usual reason is that dissatisfied people answer less often at the counter.";
}

sentences! {
    in pub(super),

    figure(share: Share, n: u64) = "{share} trong {n} phiếu tự nguyện là hài lòng hoặc rất hài lòng. Đây không phải mẫu đại diện, không dùng để kết luận đạt hay chưa đạt chỉ tiêu.",
        "{share} of {n} voluntary answers are satisfied or very satisfied. This is not a representative sample and says nothing about whether the target is met.";
    reach(ratio: Share, n: u64, dossiers: u64) = "Số phiếu bằng {ratio} số hồ sơ trả tại quầy trong kỳ ({n} trên {dossiers}).",
        "The answers amount to {ratio} of the dossiers returned at the counter in the period ({n} of {dossiers}).";
    even(goal: Goal, share: Share) = "Để chỉ tiêu {goal} thực sự đạt, ít nhất {share} số người không trả lời cũng phải hài lòng.",
        "For the target of {goal} really to be met, at least {share} of those who did not answer would have to be satisfied too.";
    even_never(goal: Goal) = "Chỉ tiêu {goal} không thể đạt, kể cả khi mọi người không trả lời đều hài lòng.",
        "The target of {goal} cannot be met even if everybody who did not answer is satisfied.";
    even_always(goal: Goal) = "Chỉ tiêu {goal} đạt dù những người không trả lời hài lòng hay không.",
        "The target of {goal} is met whether or not those who did not answer are satisfied.";
    daily(low: &str, high: &str) = "Khoảng theo dõi (được phép xem hằng ngày): từ {low} đến {high}.",
        "Monitoring interval (may be looked at every day): from {low} to {high}.";
    good(goal: Goal) = "Tín hiệu thuận: góp ý trong kỳ cao hơn {goal}.", "Good signal: feedback of the period is above {goal}.";
    bad(since: Day, goal: Goal) = "Cần xem xét: từ ngày {since}, góp ý tại quầy thấp hơn {goal}. Đây là tín hiệu để đơn vị xem nguyên nhân, chưa phải kết luận.",
        "To be looked into: since {since}, feedback at the counter is below {goal}. This is a signal for the unit to look for the reason, not a conclusion.";
    higher(points: Points, interval: &str) = "Góp ý tại quầy cao hơn mẫu chọn ngẫu nhiên {points} điểm phần trăm ({interval}).",
        "Feedback at the counter is {points} percentage points above the random sample ({interval}).";
    lower(points: Points, interval: &str) = "Góp ý tại quầy thấp hơn mẫu chọn ngẫu nhiên {points} điểm phần trăm ({interval}).",
        "Feedback at the counter is {points} percentage points below the random sample ({interval}).";
    no_difference(interval: &str) = "Chưa thấy chênh lệch giữa góp ý tại quầy và mẫu chọn ngẫu nhiên ({interval}).",
        "No difference to be seen between feedback at the counter and the random sample ({interval}).";
}

/// What the sequence of open feedback shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Signal {
    /// Above the threshold.
    Good,
    /// Neither.
    Unclear,
    /// Below the threshold since a day.
    Bad {
        /// The first day of the period or of the drop.
        since: Day,
    },
    /// Fewer than 30 answers.
    TooFew,
}

/// The share of open feedback, with the words that it is no sample.
pub fn open_figure(lang: Lang, share: f64, n: u64) -> Sentence {
    Sentence::new(LEAD.get(lang), figure(lang, Share(share), n))
}

/// How many answered of those who could have; `None` without dossiers.
pub fn open_reach(lang: Lang, n: u64, dossiers: u64) -> Option<String> {
    #[expect(clippy::cast_precision_loss, reason = "printed with one decimal")]
    let ratio = n as f64 / dossiers as f64;
    (dossiers > 0).then(|| reach(lang, Share(ratio), n, dossiers))
}

/// How satisfied the silent would have to be: `(T − r·p) / (1 − r)`, computed by the caller.
pub fn break_even(lang: Lang, target: f64, needed: f64) -> String {
    if needed > 1.0 {
        even_never(lang, Goal(target))
    } else if needed <= 0.0 {
        even_always(lang, Goal(target))
    } else {
        even(lang, Goal(target), Share(needed))
    }
}

/// The interval that may be looked at every day, beside the threshold where there is one.
pub fn daily_interval(lang: Lang, low: f64, high: f64, threshold: Option<f64>) -> String {
    let limit = |value| threshold.map_or_else(|| share(lang, value), |t| share_beside(lang, value, t));
    daily(lang, &limit(low), &limit(high))
}

/// The sentence of a signal towards a threshold.
pub fn signal(lang: Lang, signal: Signal, threshold: f64) -> String {
    match signal {
        Signal::Good => good(lang, Goal(threshold)),
        Signal::Unclear => UNCLEAR.get(lang).to_owned(),
        Signal::Bad { since } => bad(lang, since, Goal(threshold)),
        Signal::TooFew => TOO_FEW.get(lang).to_owned(),
    }
}

/// Counter feedback minus random sample, with its interval. The usual reason is given only where the difference is
/// sure and has the usual direction.
pub fn counter_against_sample(lang: Lang, difference: f64, low: f64, high: f64) -> String {
    let beside_zero = |value: f64| decimal_beside(lang, value * 100.0, 0.0);
    let interval = |low, high| worded(lang, &beside_zero(low), &beside_zero(high));
    if low > 0.0 {
        format!("{} {}", higher(lang, Points(difference), &interval(low, high)), SILENT_LEAVE.get(lang))
    } else if high < 0.0 {
        lower(lang, Points(-difference), &interval(-high, -low))
    } else {
        no_difference(lang, &interval(low, high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_feedback_says_that_it_is_no_sample() {
        assert_eq!(
            open_figure(Lang::Vi, 0.937, 4120).to_string(),
            "Góp ý mở: 93,7% trong 4.120 phiếu tự nguyện là hài lòng hoặc rất hài lòng. Đây không phải mẫu đại diện, không dùng để kết luận đạt hay chưa đạt chỉ tiêu."
        );
        assert_eq!(
            open_reach(Lang::Vi, 4120, 51_500).unwrap(),
            "Số phiếu bằng 8,0% số hồ sơ trả tại quầy trong kỳ (4.120 trên 51.500)."
        );
        assert_eq!(open_reach(Lang::Vi, 4120, 0), None);
    }

    #[test]
    fn the_silent_would_have_to_be_satisfied_too() {
        let needed = (0.9 - 0.08 * 0.937) / (1.0 - 0.08);
        assert_eq!(
            break_even(Lang::Vi, 0.9, needed),
            "Để chỉ tiêu 90% thực sự đạt, ít nhất 89,7% số người không trả lời cũng phải hài lòng."
        );
        assert!(break_even(Lang::Vi, 0.9, 1.2).contains("không thể đạt"));
        assert!(break_even(Lang::Vi, 0.9, -0.1).contains("đạt dù"));
    }

    #[test]
    fn the_daily_interval_says_that_it_may_be_watched() {
        assert_eq!(
            daily_interval(Lang::Vi, 0.912, 0.953, Some(0.9)),
            "Khoảng theo dõi (được phép xem hằng ngày): từ 91,2% đến 95,3%."
        );
        assert!(daily_interval(Lang::Vi, 0.8997, 0.953, Some(0.9)).contains("89,97%"));
    }

    #[test]
    fn signals_are_words_and_no_verdicts() {
        assert_eq!(signal(Lang::Vi, Signal::Good, 0.9), "Tín hiệu thuận: góp ý trong kỳ cao hơn 90%.");
        assert_eq!(
            signal(Lang::Vi, Signal::Bad { since: Day::of(2026, 10, 5).unwrap() }, 0.9),
            "Cần xem xét: từ ngày 05/10/2026, góp ý tại quầy thấp hơn 90%. Đây là tín hiệu để đơn vị xem nguyên nhân, chưa phải kết luận."
        );
        assert_eq!(signal(Lang::Vi, Signal::Unclear, 0.9), "Chưa rõ tín hiệu.");
        assert_eq!(signal(Lang::Vi, Signal::TooFew, 0.9), "Chưa đủ 30 phiếu để báo tín hiệu.");
    }

    #[test]
    fn the_usual_reason_is_given_only_for_the_usual_difference() {
        assert_eq!(
            counter_against_sample(Lang::Vi, 0.112, 0.089, 0.135),
            "Góp ý tại quầy cao hơn mẫu chọn ngẫu nhiên 11,2 điểm phần trăm (khoảng tin cậy 95% từ 8,9 đến 13,5). Chênh lệch này thường do người không hài lòng ít trả lời tại quầy."
        );
        assert!(counter_against_sample(Lang::Vi, -0.05, -0.08, -0.02).starts_with("Góp ý tại quầy thấp hơn"));
        assert!(!counter_against_sample(Lang::Vi, 0.01, -0.02, 0.04).contains("thường do"));
    }
}
