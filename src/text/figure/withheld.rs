//! Why a number is not shown. Not shown is never zero.

use crate::text::Sentence;
use crate::text::number::OneDecimal;
use crate::words::{Day, Lang};

says! {
    in pub(super),

    LEAD_NOT_YET = "Chưa công bố:", "Not published yet:";
    WIDE = "khoảng tin cậy rộng quá 30 điểm phần trăm, con số không đủ tin cậy.",
        "the confidence interval is wider than 30 percentage points, the number is not reliable enough.";
    LEAD_HIDDEN = "Không hiển thị", "Not shown";
    PROTECTS = "để không suy ra được số liệu của đơn vị khác trong cùng bảng.",
        "so that the figures of another unit in the same table cannot be worked out.";
    LEAD_TICKETS = "Chưa công bố kết quả theo mã hồ sơ:", "Results by dossier code are not published:";
    NO_DATA = "Kỳ này chưa có phiếu nào. Không có phiếu không có nghĩa là 0%.",
        "No answers in this period yet. No answers does not mean 0%.";
}

sentences! {
    in pub(super),

    few_merged(k: u64, parent: &str) = "kỳ này có dưới {k} phiếu. Số liệu được gộp vào {parent} để không nhận ra người trả lời.",
        "fewer than {k} answers in this period. They are counted in {parent}, so that nobody who answered can be recognised.";
    few_alone(k: u64) = "kỳ này có dưới {k} phiếu, để không nhận ra người trả lời.",
        "fewer than {k} answers in this period, so that nobody who answered can be recognised.";
    disputed(month: &str, n: u64, percent: OneDecimal) = "trong tháng {month} có {n} người báo chưa trả lời phiếu mang mã của họ ({percent}% số mã đã dùng). Tháng này chỉ dùng kết quả mẫu chọn ngẫu nhiên.",
        "in {month}, {n} people reported that they had not answered the form sent under their code ({percent}% of the codes used). For this month only the results of the random sample are used.";
}

/// Why a figure is withheld.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Withheld<'a> {
    /// Fewer than k answers.
    Few {
        /// The smallest number shown.
        k: u64,
        /// The unit whose figure counts them, if there is one above.
        parent: Option<&'a str>,
    },
    /// The interval is wider than 30 points.
    Wide,
    /// Showing it would reveal another cell.
    Protects,
    /// Too many people say that somebody else used their ticket.
    Disputed {
        /// Any day of the month.
        month: Day,
        /// People who reported.
        n: u64,
        /// Their share of the tickets used, 0 to 1.
        share: f64,
    },
    /// No answers at all.
    NoData,
}

/// The sentence that says why.
pub fn withheld(lang: Lang, why: Withheld<'_>) -> Sentence {
    match why {
        Withheld::Few { k, parent } => {
            let rest = match parent {
                Some(parent) => few_merged(lang, k, parent),
                None => few_alone(lang, k),
            };
            Sentence::new(LEAD_NOT_YET.get(lang), rest)
        }
        Withheld::Wide => Sentence::new(LEAD_NOT_YET.get(lang), WIDE.get(lang)),
        Withheld::Protects => Sentence::new(LEAD_HIDDEN.get(lang), PROTECTS.get(lang)),
        Withheld::Disputed { month, n, share } => {
            let month = crate::text::date::month(lang, month);
            let month = month.strip_prefix("tháng ").unwrap_or(&month);
            Sentence::new(LEAD_TICKETS.get(lang), disputed(lang, month, n, OneDecimal(share * 100.0)))
        }
        Withheld::NoData => Sentence::new("", NO_DATA.get(lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(why: Withheld<'_>) -> String {
        withheld(Lang::Vi, why).to_string()
    }

    #[test]
    fn each_reason_has_its_sentence() {
        assert_eq!(
            told(Withheld::Few { k: 10, parent: Some("UBND tỉnh Minh Họa") }),
            "Chưa công bố: kỳ này có dưới 10 phiếu. Số liệu được gộp vào UBND tỉnh Minh Họa để không nhận ra người trả lời."
        );
        assert_eq!(
            told(Withheld::Wide),
            "Chưa công bố: khoảng tin cậy rộng quá 30 điểm phần trăm, con số không đủ tin cậy."
        );
        assert_eq!(
            told(Withheld::Protects),
            "Không hiển thị để không suy ra được số liệu của đơn vị khác trong cùng bảng."
        );
        assert_eq!(told(Withheld::NoData), "Kỳ này chưa có phiếu nào. Không có phiếu không có nghĩa là 0%.");
    }

    #[test]
    fn disputed_tickets_name_the_month_and_the_share() {
        let month = Day::of(2026, 10, 3).unwrap();
        assert_eq!(
            told(Withheld::Disputed { month, n: 5, share: 0.018 }),
            "Chưa công bố kết quả theo mã hồ sơ: trong tháng 10/2026 có 5 người báo chưa trả lời phiếu mang mã của họ (1,8% số mã đã dùng). Tháng này chỉ dùng kết quả mẫu chọn ngẫu nhiên."
        );
    }

    #[test]
    fn a_unit_with_nothing_above_promises_no_merging() {
        assert!(!told(Withheld::Few { k: 10, parent: None }).contains("gộp"));
    }
}
