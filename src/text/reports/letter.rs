//! The letter before a report is due: which report, until when, where to take it from. No figure of anybody.

use super::LANG;
use crate::text::date;
use crate::words::Day;

/// Letters of a unit's name that stand in a subject.
const LONGEST: usize = 120;

/// A report that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Whose.
    pub unit: String,
    /// “quý III năm 2026”.
    pub report: String,
    /// The day before which it has to be there.
    pub before: Day,
    /// Where the day stands.
    pub source: String,
    /// The last day of its period.
    pub ends: Day,
    /// Address of the page.
    pub address: String,
}

/// The subject.
pub fn subject(of: &[Due]) -> String {
    let Some(first) = of.first() else { return String::new() };
    let unit: String = first.unit.chars().take(LONGEST).collect();
    let others = match of.len() {
        0 | 1 => String::new(),
        n => format!(" và {} báo cáo khác", n - 1),
    };
    format!("[Thước Đo] {unit}: báo cáo {} trước ngày {}{others}", first.report, date::short(LANG, first.before))
}

/// The text.
pub fn text(of: &[Due], switch_off: &str) -> String {
    let mut lines = vec!["Kính gửi Ông/Bà,\n".to_owned()];
    for due in of {
        lines.push(format!(
            "{}: báo cáo {} cần gửi trước ngày {} ({}).\n",
            due.unit,
            due.report,
            date::short(LANG, due.before),
            due.source
        ));
        if due.ends >= due.before {
            lines.push(format!(
                "Kỳ báo cáo kết thúc ngày {}, sau hạn gửi; bản tải về ghi rõ số liệu tính đến ngày nào.\n",
                date::short(LANG, due.ends)
            ));
        }
        lines.push(format!("Xem trước và tải bản Word, Excel tại {}\n", due.address));
    }
    lines.push("Thư này không chứa số liệu.\n".to_owned());
    lines.push(format!("Nếu không muốn nhận thư nhắc, mời Ông/Bà tắt thư tại {switch_off}\n"));
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_names_report_day_source_and_page_and_holds_no_figure() {
        let due = Due {
            unit: "Xã Suối Trong".to_owned(),
            report: "quý III năm 2026".to_owned(),
            before: Day::of(2026, 9, 10).unwrap(),
            source: "Kế hoạch của huyện".to_owned(),
            ends: Day::of(2026, 9, 14).unwrap(),
            address: "https://do.vn/quan-tri/bao-cao?don-vi=MH.1&nam=2026&ky=quy-3".to_owned(),
        };
        assert_eq!(
            subject(std::slice::from_ref(&due)),
            "[Thước Đo] Xã Suối Trong: báo cáo quý III năm 2026 trước ngày 10/9/2026"
        );
        let told = text(std::slice::from_ref(&due), "https://do.vn/quan-tri/toi");
        assert!(told.contains("Kỳ báo cáo kết thúc ngày 14/9/2026, sau hạn gửi"), "{told}");
        assert!(told.contains("ky=quy-3\n") && told.contains("không chứa số liệu") && !told.contains('%'), "{told}");
        let second = Due { unit: "x".repeat(300), ..due.clone() };
        assert!(subject(&[second, due]).ends_with(" và 1 báo cáo khác"));
        assert_eq!(subject(&[]), "");
    }
}
