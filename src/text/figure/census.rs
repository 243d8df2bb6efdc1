//! Verdicts where everybody was asked: no sampling error, but people who did not answer.

use crate::text::number::{share, share_beside};
use crate::text::{Say, Sentence};
use crate::words::Lang;

use super::standing::Outcome;
use super::verdict::{Threshold, lead_met, lead_not_met, lead_undetermined};

says! {
    UNANIMOUS_SATISFIED = "Toàn bộ người trả lời đều hài lòng; để bảo vệ người trả lời, kết quả ghi là từ 95% trở lên.",
        "Everybody who answered is satisfied; to protect those who answered, the result is given as 95% or more.";
    UNANIMOUS_DISSATISFIED = "Không có người trả lời nào hài lòng; để bảo vệ người trả lời, kết quả ghi là từ 5% trở xuống.",
        "Nobody who answered is satisfied; to protect those who answered, the result is given as 5% or less.";
    NO_SAMPLING_ERROR = "Đây là kết quả hỏi toàn bộ, không có sai số chọn mẫu.",
        "Everybody was asked, so there is no sampling error.";
}

sentences! {
    in pub(super),

    everybody(people: u64, satisfied: u64, share: &str, required: u64) = "Đã hỏi toàn bộ {people} người thuộc diện khảo sát; {satisfied} người ({share}) hài lòng, yêu cầu tối thiểu là {required} người.",
        "All {people} people concerned were asked; {satisfied} ({share}) are satisfied, at least {required} are required.";
    some_missing(answered: u64, people: u64, satisfied: u64, missing: u64, low: &str, high: &str) = "Đã có {answered} trong {people} người trả lời, {satisfied} người hài lòng. Dù {missing} người còn lại trả lời thế nào, tỷ lệ hài lòng của cả nhóm cũng nằm trong khoảng từ {low} đến {high}.",
        "{answered} of {people} people answered, {satisfied} are satisfied. Whatever the remaining {missing} answer, the share satisfied of the whole group lies between {low} and {high}.";
    everybody_index(people: u64, share: &str) = "Đã hỏi toàn bộ {people} người thuộc diện khảo sát; mức độ hài lòng {share}.",
        "All {people} people concerned were asked; satisfaction is {share}.";
    some_missing_index(answered: u64, people: u64, missing: u64, low: &str, high: &str) = "Đã có {answered} trong {people} người trả lời. Dù {missing} người còn lại trả lời thế nào, mức độ hài lòng của cả nhóm cũng nằm trong khoảng từ {low} đến {high}.",
        "{answered} of {people} people answered. Whatever the remaining {missing} answer, satisfaction of the whole group lies between {low} and {high}.";
}

/// An index of several questions in a group in which everybody was asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CensusIndex {
    /// People of the group.
    pub people: u64,
    /// Those who answered.
    pub answered: u64,
    /// Where the index of the whole group lies, 0 to 1; both ends alike where everybody answered.
    pub limits: (f64, f64),
}

/// The sentence of such an index, with its verdict where there is a target.
pub fn census_index(lang: Lang, index: CensusIndex, verdict: Option<(Threshold, Outcome)>) -> Sentence {
    let lead = verdict.map_or_else(String::new, |(target, outcome)| {
        let goal = target.shown(lang);
        match outcome {
            Outcome::Met => lead_met(lang, &goal),
            Outcome::NotMet => lead_not_met(lang, &goal),
            Outcome::Undetermined => lead_undetermined(lang, &goal),
        }
    });
    let beside = |value: f64| verdict.map_or_else(|| share(lang, value), |(t, _)| share_beside(lang, value, t.value));
    let missing = index.people.saturating_sub(index.answered);
    let rest = if missing == 0 {
        let told = everybody_index(lang, index.people, &beside(index.limits.0));
        format!("{told} {}", NO_SAMPLING_ERROR.get(lang))
    } else {
        let (low, high) = (beside(index.limits.0), beside(index.limits.1));
        some_missing_index(lang, index.answered, index.people, missing, &low, &high)
    };
    Sentence::new(lead, rest)
}

/// A small group in which everybody was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CensusText {
    /// People of the group.
    pub people: u64,
    /// Those who answered.
    pub answered: u64,
    /// Those who are satisfied.
    pub satisfied: u64,
    /// Satisfied people the target asks for.
    pub required: u64,
}

/// The verdict sentence of a census. Unanimity is told by [`UNANIMOUS_SATISFIED`] instead, which the caller decides:
/// it is a rule of disclosure.
pub fn census(lang: Lang, group: CensusText, target: Threshold, outcome: Outcome) -> Sentence {
    let goal = target.shown(lang);
    let lead = match outcome {
        Outcome::Met => lead_met(lang, &goal),
        Outcome::NotMet => lead_not_met(lang, &goal),
        Outcome::Undetermined => lead_undetermined(lang, &goal),
    };
    let missing = group.people.saturating_sub(group.answered);
    let of_all = |satisfied: u64| share(lang, ratio(satisfied, group.people));
    if missing > 0 {
        let high = of_all(group.satisfied + missing);
        let rest =
            some_missing(lang, group.answered, group.people, group.satisfied, missing, &of_all(group.satisfied), &high);
        return Sentence::new(lead, rest);
    }
    let mut rest = everybody(lang, group.people, group.satisfied, &of_all(group.satisfied), group.required);
    if outcome == Outcome::Met {
        rest = format!("{rest} {}", NO_SAMPLING_ERROR.get(lang));
    }
    Sentence::new(lead, rest)
}

/// The words of unanimity, if the group is unanimous.
pub const fn unanimity(group: CensusText) -> Option<Say> {
    match group.satisfied {
        _ if group.answered == 0 => None,
        0 => Some(UNANIMOUS_DISSATISFIED),
        all if all == group.answered => Some(UNANIMOUS_SATISFIED),
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "people of a census are counted in hundreds")]
fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const NINETY: Threshold = Threshold::at_least(0.90);
    const GROUP: CensusText = CensusText { people: 45, answered: 45, satisfied: 41, required: 41 };

    #[test]
    fn a_complete_census_has_no_sampling_error() {
        assert_eq!(
            census(Lang::Vi, GROUP, NINETY, Outcome::Met).to_string(),
            "Đạt chỉ tiêu 90%. Đã hỏi toàn bộ 45 người thuộc diện khảo sát; 41 người (91,1%) hài lòng, yêu cầu tối thiểu là 41 người. Đây là kết quả hỏi toàn bộ, không có sai số chọn mẫu."
        );
        let missed = CensusText { satisfied: 39, ..GROUP };
        assert_eq!(
            census(Lang::Vi, missed, NINETY, Outcome::NotMet).to_string(),
            "Chưa đạt chỉ tiêu 90%. Đã hỏi toàn bộ 45 người thuộc diện khảo sát; 39 người (86,7%) hài lòng, yêu cầu tối thiểu là 41 người."
        );
    }

    #[test]
    fn people_who_did_not_answer_bound_the_share() {
        let partial = CensusText { answered: 41, satisfied: 39, ..GROUP };
        assert_eq!(
            census(Lang::Vi, partial, NINETY, Outcome::Undetermined).to_string(),
            "Chưa đủ cơ sở kết luận về chỉ tiêu 90%. Đã có 41 trong 45 người trả lời, 39 người hài lòng. Dù 4 người còn lại trả lời thế nào, tỷ lệ hài lòng của cả nhóm cũng nằm trong khoảng từ 86,7% đến 95,6%."
        );
    }

    #[test]
    fn an_index_of_several_questions_speaks_of_the_group_and_not_of_persons() {
        let index = CensusIndex { people: 45, answered: 45, limits: (0.911, 0.911) };
        assert_eq!(
            census_index(Lang::Vi, index, Some((NINETY, Outcome::Met))).to_string(),
            "Đạt chỉ tiêu 90%. Đã hỏi toàn bộ 45 người thuộc diện khảo sát; mức độ hài lòng 91,1%. Đây là kết quả hỏi toàn bộ, không có sai số chọn mẫu."
        );
        let partial = CensusIndex { answered: 41, limits: (0.867, 0.956), ..index };
        assert_eq!(
            census_index(Lang::Vi, partial, None).to_string(),
            "Đã có 41 trong 45 người trả lời. Dù 4 người còn lại trả lời thế nào, mức độ hài lòng của cả nhóm cũng nằm trong khoảng từ 86,7% đến 95,6%."
        );
    }

    #[test]
    fn unanimity_is_masked() {
        let all = unanimity(CensusText { satisfied: 45, ..GROUP }).unwrap();
        assert!(all.vi.ends_with("kết quả ghi là từ 95% trở lên."));
        assert_eq!(unanimity(GROUP), None);
        assert_eq!(unanimity(CensusText { answered: 0, satisfied: 0, ..GROUP }), None);
    }
}
