//! Waiting time against the minutes a plan allows.

use crate::text::number::{OneDecimal, as_written, decimal_beside};
use crate::words::Lang;

use super::note::worded;
use super::standing::Outcome;

sentences! {
    in pub(super),

    mean(mean: &str, interval: &str, conclusion: &str) = "Thời gian chờ trung bình {mean} phút, {interval} phút: {conclusion}.",
        "Mean waiting time {mean} minutes, {interval} minutes: {conclusion}.";
    within(limit: &str) = "đạt yêu cầu không quá {limit} phút", "within the limit of {limit} minutes";
    unsure(limit: &str) = "chưa đủ cơ sở kết luận về yêu cầu không quá {limit} phút",
        "not enough evidence about the limit of {limit} minutes";
    beyond(limit: &str) = "vượt yêu cầu không quá {limit} phút", "beyond the limit of {limit} minutes";
    told(mean: OneDecimal, n: u64) = "Theo lời người góp ý (không đại diện), thời gian chờ trung bình {mean} phút ({n} lượt góp ý).",
        "As told in open feedback (not representative), the mean waiting time is {mean} minutes ({n} answers).";
}

/// A mean waiting time, in minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WaitingText {
    /// The mean.
    pub mean: f64,
    /// Lower limit of the 95% interval.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// Minutes allowed at most.
    pub limit: f64,
}

/// The verdict sentence of a waiting time.
pub fn waiting(lang: Lang, text: WaitingText, outcome: Outcome) -> String {
    let beside = |value| decimal_beside(lang, value, text.limit);
    let limit = as_written(lang, text.limit);
    let conclusion = match outcome {
        Outcome::Met => within(lang, &limit),
        Outcome::NotMet => beyond(lang, &limit),
        Outcome::Undetermined => unsure(lang, &limit),
    };
    mean(lang, &beside(text.mean), &worded(lang, &beside(text.low), &beside(text.high)), &conclusion)
}

/// The waiting time of open feedback: no interval, no verdict.
pub fn waiting_open(lang: Lang, minutes: f64, n: u64) -> String {
    told(lang, OneDecimal(minutes), n)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: WaitingText = WaitingText { mean: 18.4, low: 16.9, high: 19.9, limit: 25.0 };

    #[test]
    fn the_three_outcomes_are_told_apart() {
        assert_eq!(
            waiting(Lang::Vi, TEXT, Outcome::Met),
            "Thời gian chờ trung bình 18,4 phút, khoảng tin cậy 95% từ 16,9 đến 19,9 phút: đạt yêu cầu không quá 25 phút."
        );
        assert!(
            waiting(Lang::Vi, WaitingText { high: 25.02, ..TEXT }, Outcome::Undetermined)
                .ends_with("từ 16,9 đến 25,02 phút: chưa đủ cơ sở kết luận về yêu cầu không quá 25 phút.")
        );
        assert!(waiting(Lang::Vi, TEXT, Outcome::NotMet).ends_with(": vượt yêu cầu không quá 25 phút."));
    }

    #[test]
    fn open_feedback_says_whose_word_it_is() {
        assert_eq!(
            waiting_open(Lang::Vi, 18.4, 1204),
            "Theo lời người góp ý (không đại diện), thời gian chờ trung bình 18,4 phút (1.204 lượt góp ý)."
        );
    }
}
