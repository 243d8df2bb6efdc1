//! The words of the letter.

use super::CaseWork;
use crate::registry::Snapshot;
use crate::text::office::{OFFICE_PAGE, digest as words};
use crate::words::{Day, Lang, Scope};

/// Letters of a unit's name that stand in a subject.
const LONGEST: usize = 120;
/// New forms below which no number is given.
const FEWEST: u64 = 10;
/// Language of letters to offices.
const LANG: Lang = Lang::Vi;

/// What the letter of a person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Name of the unit, or of the first of several.
    pub unit: String,
    /// Forms that became visible in the week.
    pub forms: u64,
    /// Alerts at the last moment; `None` before the first.
    pub alerts: Option<u64>,
    /// Complaints, where they are counted.
    pub work: Option<CaseWork>,
    /// Address of the pages.
    pub base_url: String,
}

impl Letter {
    /// The subject.
    pub fn subject(&self) -> String {
        let unit: String = self.unit.chars().take(LONGEST).collect();
        match self.work {
            Some(work) => words::subject_cases(LANG, unit.as_str(), work.open, work.due_soon),
            None => words::subject(LANG, unit.as_str()),
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        let page = |path: &str| format!("{}{path}", self.base_url);
        let forms =
            if self.forms < FEWEST { words::FEW.get(LANG).to_owned() } else { words::new_forms(LANG, self.forms) };
        let work = self.work.filter(|work| work.open > 0).map(|work| match work.earliest_due {
            Some(day) => words::cases_until(LANG, work.open, day),
            None => words::cases(LANG, work.open),
        });
        let alerts = self.alerts.filter(|n| *n > 0);
        let alerts = alerts.map(|n| words::alerts(LANG, n, page("/quan-tri/canh-bao").as_str()));
        let head = format!("{} {forms}", words::dear(LANG, self.unit.as_str()));
        let lines = [
            Some(head),
            Some(words::shown_at(LANG, page(OFFICE_PAGE).as_str())),
            work,
            alerts,
            Some(words::NO_CONTENT.get(LANG).to_owned()),
            Some(words::switch_off(LANG, page("/quan-tri/toi").as_str())),
        ];
        let lines: Vec<String> = lines.into_iter().flatten().map(|line| format!("{line}\n")).collect();
        lines.concat()
    }
}

/// What a scope is called: its unit, or the first of several.
pub(super) fn name_of(snapshot: &Snapshot, scope: &Scope, day: Day) -> String {
    let tops = match scope.tops() {
        None => snapshot.directory.root(day).into_iter().collect(),
        Some(tops) => tops.iter().filter_map(|unit| snapshot.directory.unit_on(*unit, day)).collect::<Vec<_>>(),
    };
    match tops.split_first() {
        None => String::new(),
        Some((only, [])) => only.name.clone(),
        Some((first, others)) => {
            words::and_others(LANG, first.name.as_str(), u64::try_from(others.len()).unwrap_or(u64::MAX))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(forms: u64, work: Option<CaseWork>) -> Letter {
        Letter {
            unit: "Xã Suối Trong".to_owned(), forms, alerts: Some(1), work, base_url: "https://do.vn".to_owned()
        }
    }

    #[test]
    fn the_letter_says_how_many_and_until_when_and_nothing_of_anybody() {
        let work = CaseWork { open: 2, due_soon: 1, earliest_due: Day::of(2026, 11, 27) };
        let found = letter(37, Some(work));
        assert_eq!(found.subject(), "[Thước Đo] Xã Suối Trong: 2 phản ánh cần xử lý, 1 sắp đến hạn");
        assert_eq!(
            found.text(),
            "Kính gửi Ông/Bà phụ trách Xã Suối Trong, tuần qua có 37 phiếu mới.\n\
             Số liệu tuần hiển thị tại https://do.vn/quan-tri\n\
             Có 2 phản ánh cần xử lý, việc sớm nhất hạn ngày 27/11/2026.\n\
             Có 1 cảnh báo cần xem xét tại https://do.vn/quan-tri/canh-bao\n\
             Thư này không chứa nội dung phiếu.\n\
             Nếu không muốn nhận thư này, mời Ông/Bà tắt tại https://do.vn/quan-tri/toi\n"
        );
    }

    #[test]
    fn what_is_not_known_or_below_ten_is_no_number() {
        let found = letter(9, None);
        assert_eq!(found.subject(), "[Thước Đo] Xã Suối Trong: số liệu tuần");
        assert!(found.text().contains("dưới 10 phiếu mới") && !found.text().contains("phản ánh"), "{}", found.text());
        let none = letter(12, Some(CaseWork { open: 0, due_soon: 0, earliest_due: None }));
        assert!(none.text().contains("12 phiếu mới") && !none.text().contains("phản ánh cần xử lý"));
        let long = Letter { unit: "x".repeat(300), ..letter(12, None) };
        assert!(long.subject().chars().count() < 200, "a subject has its bound");
    }
}
