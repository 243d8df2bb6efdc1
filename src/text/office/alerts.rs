//! Alerts of counters and units at fixed moments: what they say, how sure they are. Signals, never verdicts.

use crate::text::number::{Goal, Share};
use crate::text::{Say, figure};
use crate::words::{Day, Lang, Level};

says! {
    TITLE = "Cảnh báo", "Alerts";
    LEAD = "Vào ngày 14 và ngày cuối tháng, hệ thống so góp ý từ đầu quý của từng quầy và từng đơn vị với chỉ tiêu đang áp dụng. Không xem theo từng phiếu.",
        "On the 14th and on the last day of the month, the system holds the feedback of each counter and each unit since the beginning of the quarter against the target in force. It does not look at every answer.";
    NOT_A_VERDICT = "Cảnh báo là tín hiệu để đơn vị xem nguyên nhân, chưa phải kết luận đạt hay chưa đạt chỉ tiêu.",
        "An alert is a signal for the unit to look for the reason, not a conclusion that a target is met or missed.";
    ERROR = "Nếu không nơi nào thực sự thấp hơn chỉ tiêu thì trong cả năm, khả năng có dù chỉ một cảnh báo không quá 5%.",
        "If no place is really below its target, the chance of even one alert in a whole year is at most 5%.";
    NO_LOOK = "Chưa có lần xem nào: lần đầu là khi nửa tháng đầu tiên kết thúc và được niêm phong.",
        "Nothing was looked at yet: the first time is when a half-month is over and sealed.";
    NOBODY = "Chưa có quầy hay đơn vị nào trong phạm vi của Ông/Bà đủ điều kiện để xem: cần có phiếu được hiển thị trong quý và chỉ tiêu đang áp dụng.",
        "No counter or unit in your scope could be looked at: it takes answers shown in the quarter and a target in force.";
    NOT_FOUND = "Không có quầy hay đơn vị nào khớp.", "No counter or unit matches.";
    NO_ALERT = "Lần này không có cảnh báo nào trong phạm vi của Ông/Bà.", "This time there is no alert in your scope.";
    NO_EARLIER = "Trong năm chưa có cảnh báo nào trước đó.", "There was no earlier alert this year.";
    EARLIER = "Cảnh báo trước đó trong năm", "Earlier alerts of the year";
    EVERY_NODE = "Tất cả nơi được xem", "Everything looked at";
    ALERTS_ONLY = "Chỉ nơi cần xem xét", "Those to be looked into";
    SHOWN = "Hiển thị", "Show";
    SEARCH = "Tên hoặc mã đơn vị, tên quầy", "Name or code of the unit, name of the counter";
    SHOW = "Xem", "Show";
    WHERE = "Quầy hoặc đơn vị", "Counter or unit";
    SIGNAL = "Tín hiệu", "Signal";
    LOWEST = "Tiêu chí thấp nhất", "Lowest item";
    LEVEL = "Nguồn", "Source";
    MOMENT = "Tính đến ngày", "As of";
    OWN_RULE = "Chỉ quầy có từ hai cán bộ trở lên được xem riêng; quầy khác tính gộp theo đơn vị. Chỉ dùng số liệu đã được phép hiển thị, số dưới 10 không ghi.",
        "Only counters shared by at least two officers are looked at alone; others together by unit. Only figures that may be shown are used; numbers below 10 are not given.";

    B_NAME = "phiếu theo mã hồ sơ", "feedback by ticket";
    C_NAME = "phiếu tại chỗ", "feedback on the spot";
    D_NAME = "góp ý tại quầy", "feedback at the counter";
}

sentences! {
    looked(day: Day, nodes: u64, alerts: u64) = "Tính đến ngày {day}: đã xem {nodes} quầy và đơn vị trong phạm vi của Ông/Bà, {alerts} nơi cần xem xét.",
        "As of {day}: {nodes} counters and units of your scope were looked at, {alerts} of them are to be looked into.";
    found_within(fallen: Goal, nodes: u64, median: u64, most: u64) = "Với {nodes} quầy và đơn vị toàn tỉnh, một tiêu chí giảm xuống còn {fallen} so với chỉ tiêu 90% thường được phát hiện sau khoảng {median} phiếu trong quý, và 95 trên 100 trường hợp sau {most} phiếu.",
        "Among {nodes} counters and units of the province, an item that fell to {fallen} against a target of 90% is mostly found after about {median} answers in the quarter, and in 95 of 100 cases after {most}.";
    below(since: Day, what: &str, goal: Goal) = "Cần xem xét: từ ngày {since}, {what} thấp hơn {goal}. Đây là tín hiệu để đơn vị xem nguyên nhân, chưa phải kết luận.",
        "To be looked into: since {since}, {what} is below {goal}. This is a signal for the unit to look for the reason, not a conclusion.";
    share_of(share: Share, satisfied: u64, answered: u64) = "{share} ({satisfied} trên {answered} phiếu)", "{share} ({satisfied} of {answered} answers)";
    few_unsatisfied(answered: u64) = "gần toàn bộ {answered} phiếu hài lòng", "nearly all of {answered} answers satisfied";
    few_satisfied(k: u64, answered: u64) = "dưới {k} trên {answered} phiếu hài lòng", "fewer than {k} of {answered} answers satisfied";
    together(unit: &str) = "{unit}: các điểm khảo sát tính gộp", "{unit}: collection points taken together";
}

/// What the answers of a level are called within a sentence.
pub const fn what(level: Level) -> Say {
    match level {
        Level::B => B_NAME,
        Level::C => C_NAME,
        Level::A | Level::D => D_NAME,
    }
}

/// What a mark says: since which day, of which answers, below which target.
pub fn marked(lang: Lang, level: Level, since: Day, target: f64) -> String {
    if level == Level::D {
        return figure::signal(lang, figure::Signal::Bad { since }, target);
    }
    below(lang, since, what(level).get(lang), Goal(target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_of_which_answers_it_is() {
        let since = Day::of(2026, 10, 14).unwrap();
        assert_eq!(
            marked(Lang::Vi, Level::D, since, 0.9),
            "Cần xem xét: từ ngày 14/10/2026, góp ý tại quầy thấp hơn 90%. Đây là tín hiệu để đơn vị xem nguyên nhân, chưa phải kết luận."
        );
        assert!(marked(Lang::Vi, Level::B, since, 0.85).contains("phiếu theo mã hồ sơ thấp hơn 85%"));
        assert!(marked(Lang::En, Level::C, since, 0.9).contains("feedback on the spot is below 90%"));
    }
}
