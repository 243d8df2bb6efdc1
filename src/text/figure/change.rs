//! Change between periods, breaks of a series, groups instead of a league table.

use crate::text::number::{decimal, decimal_beside};
use crate::text::{Say, capital};
use crate::words::{Day, Lang};

use super::note::worded;

says! {
    ABOVE = "Cao hơn mức chung", "Above the overall level";
    INDISTINCT = "Không phân biệt được với mức chung", "Not distinguishable from the overall level";
    BELOW = "Thấp hơn mức chung", "Below the overall level";
    BREAK_QUESTIONNAIRE = "phiếu hỏi", "the questionnaire";
    BREAK_POPULATION = "đối tượng khảo sát", "the people surveyed";
    BREAK_MODE = "cách thu thập", "the way of collecting";
    WITHIN_ERROR = "Các đơn vị trong cùng nhóm không xếp thứ tự hơn kém.", "Units of one group are not ranked among each other.";
}

sentences! {
    in pub(super),

    rose(points: &str, since: &str, interval: &str) = "Tăng {points} điểm phần trăm so với {since} ({interval}): có tăng.",
        "Up {points} percentage points on {since} ({interval}): an increase.";
    fell(points: &str, since: &str, interval: &str) = "Giảm {points} điểm phần trăm so với {since} ({interval}): có giảm.",
        "Down {points} percentage points on {since} ({interval}): a decrease.";
    unclear(points: &str, since: &str, interval: &str) = "Chênh {points} điểm phần trăm so với {since} ({interval}): chưa thể nói là tăng hay giảm.",
        "A difference of {points} percentage points to {since} ({interval}): it cannot be said whether it rose or fell.";
    reorganised(day: Day) = "Không so sánh với trước ngày {day}: đơn vị đã được sắp xếp lại.",
        "Not compared with the time before {day}: the unit was reorganised.";
    changed(since: &str, what: &str) = "Không so sánh với {since}: {what} đã thay đổi.",
        "Not compared with {since}: {what} changed.";
    within_ranks(first: u64, last: u64, units: u64) = "Thứ hạng có thể nằm trong khoảng từ {first} đến {last} trong {units} đơn vị.",
        "The rank may lie anywhere from {first} to {last} among {units} units.";
    points_rank(points: &str, ranks: &str) = "{points} nhưng {ranks}: không đủ để gọi là cải thiện hay thụt lùi.",
        "{points}, but {ranks}: not enough to speak of progress or decline.";
}

/// A change of a share, new minus old.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangeText<'a> {
    /// The change, −1 to 1.
    pub change: f64,
    /// Lower limit of its 95% interval.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// What it is compared with: “đợt năm 2025”.
    pub since: &'a str,
}

/// Where a unit stands towards the overall level, instead of a rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Its interval lies above.
    Above,
    /// Cannot be told apart.
    Indistinct,
    /// Its interval lies below.
    Below,
}

impl Group {
    /// The name of the group.
    pub const fn label(self) -> Say {
        match self {
            Self::Above => ABOVE,
            Self::Indistinct => INDISTINCT,
            Self::Below => BELOW,
        }
    }
}

/// Why a series is not continued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break<'a> {
    /// The unit was merged, split or renamed on a day.
    Reorganised(Day),
    /// Another questionnaire than in the period named.
    Questionnaire(&'a str),
    /// Other people were asked.
    Population(&'a str),
    /// Collected in another way.
    Mode(&'a str),
}

/// Up, down, or not to be said: the interval decides.
pub fn change(lang: Lang, text: &ChangeText<'_>) -> String {
    let beside_zero = |value: f64| decimal_beside(lang, value * 100.0, 0.0);
    let interval = |low: f64, high: f64| worded(lang, &beside_zero(low), &beside_zero(high));
    if text.low > 0.0 {
        rose(lang, &beside_zero(text.change), text.since, &interval(text.low, text.high))
    } else if text.high < 0.0 {
        fell(lang, &beside_zero(-text.change), text.since, &interval(-text.high, -text.low))
    } else {
        unclear(lang, &decimal(lang, text.change * 100.0, 1), text.since, &interval(text.low, text.high))
    }
}

/// Why the series breaks.
pub fn series_break(lang: Lang, why: Break<'_>) -> String {
    match why {
        Break::Reorganised(day) => reorganised(lang, day),
        Break::Questionnaire(since) => changed(lang, since, BREAK_QUESTIONNAIRE.get(lang)),
        Break::Population(since) => changed(lang, since, BREAK_POPULATION.get(lang)),
        Break::Mode(since) => changed(lang, since, BREAK_MODE.get(lang)),
    }
}

/// Points up and rank down, or the other way round. `points` is the change of the score, `ranks` the places gained
/// (negative: lost).
pub fn points_and_rank(lang: Lang, points: f64, ranks: i32) -> String {
    let score = decimal(lang, points.abs(), 2);
    let places = u64::from(ranks.unsigned_abs());
    let (up, gained) = (points >= 0.0, ranks >= 0);
    let (points, ranks) = match lang {
        Lang::Vi => {
            let verb = |rises| if rises { "tăng" } else { "giảm" };
            (format!("điểm {} {score}", verb(up)), format!("thứ hạng {} {places} bậc", verb(gained)))
        }
        Lang::En => {
            let verb = |rises| if rises { "rose" } else { "fell" };
            (format!("the score {} by {score}", verb(up)), format!("the rank {} by {places}", verb(gained)))
        }
    };
    points_rank(lang, &capital(&points), &ranks)
}

/// The ranks a unit may have.
pub fn rank_set(lang: Lang, first: u64, last: u64, units: u64) -> String {
    within_ranks(lang, first, last, units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(change: f64, low: f64, high: f64) -> String {
        super::change(Lang::Vi, &ChangeText { change, low, high, since: "đợt năm 2025" })
    }

    #[test]
    fn the_interval_of_the_change_decides_what_is_said() {
        assert_eq!(
            told(0.023, 0.004, 0.042),
            "Tăng 2,3 điểm phần trăm so với đợt năm 2025 (khoảng tin cậy 95% từ 0,4 đến 4,2): có tăng."
        );
        assert_eq!(
            told(-0.031, -0.052, -0.010),
            "Giảm 3,1 điểm phần trăm so với đợt năm 2025 (khoảng tin cậy 95% từ 1,0 đến 5,2): có giảm."
        );
        assert_eq!(
            told(0.008, -0.011, 0.027),
            "Chênh 0,8 điểm phần trăm so với đợt năm 2025 (khoảng tin cậy 95% từ −1,1 đến 2,7): chưa thể nói là tăng hay giảm."
        );
    }

    #[test]
    fn a_limit_that_differs_from_zero_is_not_rounded_to_zero() {
        assert!(told(0.02, 0.0004, 0.04).contains("từ 0,04 đến 4,0): có tăng"));
    }

    #[test]
    fn breaks_say_what_changed() {
        let day = Day::of(2025, 7, 1).unwrap();
        assert_eq!(
            series_break(Lang::Vi, Break::Reorganised(day)),
            "Không so sánh với trước ngày 01/7/2025: đơn vị đã được sắp xếp lại."
        );
        assert_eq!(series_break(Lang::Vi, Break::Mode("2025")), "Không so sánh với 2025: cách thu thập đã thay đổi.");
    }

    #[test]
    fn ranks_are_told_with_their_uncertainty() {
        assert_eq!(
            points_and_rank(Lang::Vi, 2.37, -6),
            "Điểm tăng 2,37 nhưng thứ hạng giảm 6 bậc: không đủ để gọi là cải thiện hay thụt lùi."
        );
        assert_eq!(rank_set(Lang::Vi, 4, 19, 27), "Thứ hạng có thể nằm trong khoảng từ 4 đến 19 trong 27 đơn vị.");
    }
}
