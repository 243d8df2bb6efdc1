//! How many cases came in and how they were handled: a figure of its own, never put together with any share of satisfied
//! answers.

use anyhow::Context;

use crate::registry::Snapshot;
use crate::statistics::{Confidence, Count, Interval};
use crate::store::ConnectionTrait;
use crate::store::cases::{self, Alike};
use crate::text::cases as words;
use crate::text::number;
use crate::words::{CaseState, Day, Lang, Period, UnitId};

/// Below this number nothing is said of a group of cases but to those who see them singly.
pub const K: u64 = 10;

/// The cases of a unit and everything below it whose answers were given in a period, as they stand today. Those that hint at
/// bribery, and those that were passed on, stand apart: they are in none of the other numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CaseCounts {
    /// Answered by the last day.
    pub in_time: u64,
    /// Answered after it.
    pub late: u64,
    /// Being handled, before the last day is over.
    pub open_in_time: u64,
    /// Being handled, and overdue.
    pub open_late: u64,
    /// Nobody was charged with them yet: no deadline runs.
    pub unassigned: u64,
    /// Closed because they said too little.
    pub insufficient: u64,
    /// Passed on to the competent authority, hints among them.
    pub passed_on: u64,
    /// Hints that nobody took over yet.
    pub hints: u64,
}

/// How much whoever reads the counts sees besides them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// No single case of the unit.
    Others,
    /// The ordinary cases, one by one.
    Cases,
    /// Accusations, too.
    Accusations,
}

/// A share with its exact interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InTime {
    /// Answered in time, of those answered or overdue.
    pub share: f64,
    /// Clopper-Pearson, 95%.
    pub interval: Interval,
}

impl CaseCounts {
    /// Ordinary cases that came in.
    pub const fn received(&self) -> u64 {
        self.handled() + self.open_in_time + self.open_late + self.unassigned + self.insufficient
    }

    /// Answered.
    pub const fn handled(&self) -> u64 {
        self.in_time + self.late
    }

    /// Of which the last day is over, or which are answered before it.
    pub const fn due(&self) -> u64 {
        self.handled() + self.open_late
    }

    /// The share answered in time of those that are due (QĐ 766/QĐ-TTg, indicator 5.2); none where none is due, and none
    /// where the reader would learn of a group below [`K`], be it by taking one number from another.
    pub fn share_in_time(&self, eyes: Eyes) -> Option<InTime> {
        let due = self.due();
        let groups = [self.in_time, self.late, self.open_late, self.received() - due];
        if eyes == Eyes::Others && !(due >= K && groups.iter().all(|n| is_clear(*n))) {
            return None;
        }
        let count = Count::new(self.in_time, due).ok()?;
        Some(InTime { share: count.share()?, interval: count.clopper_pearson(Confidence::P95)? })
    }

    fn add(&mut self, alike: &Alike) {
        let n = u64::try_from(alike.n).unwrap_or(0);
        let place = match (alike.state, alike.hint) {
            (CaseState::PassedOn, _) => &mut self.passed_on,
            (_, true) => &mut self.hints,
            (CaseState::New, _) => &mut self.unassigned,
            (CaseState::InWork, _) if alike.late => &mut self.open_late,
            (CaseState::InWork, _) => &mut self.open_in_time,
            (CaseState::Answered, _) if alike.late => &mut self.late,
            (CaseState::Answered, _) => &mut self.in_time,
            (CaseState::Insufficient, _) => &mut self.insufficient,
        };
        *place += n;
    }
}

/// Whether a group is empty or large enough to be spoken of.
const fn is_clear(n: u64) -> bool {
    n == 0 || n >= K
}

/// The counts of a unit and everything below it, in a period. Units stand where they stood at its end.
pub async fn counts(
    db: &impl ConnectionTrait,
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
    today: Day,
) -> anyhow::Result<CaseCounts> {
    let alike = cases::counted(db, snapshot.province, period, today).await.context("while counting cases")?;
    let on = period.to.min(today);
    let mut counts = CaseCounts::default();
    for alike in alike.iter().filter(|alike| snapshot.directory.counted_path(alike.unit, on).contains(&unit)) {
        counts.add(alike);
    }
    Ok(counts)
}

/// What the counts say, in one or two sentences (wording of the quarterly report, complaints).
pub fn sentence(lang: Lang, counts: &CaseCounts, eyes: Eyes) -> String {
    let said = said(lang, counts, eyes);
    let passed_on = counts.passed_on;
    let is_told = passed_on >= K || (eyes == Eyes::Accusations && passed_on > 0);
    if is_told { format!("{said} {}", words::passed_on(lang, passed_on)) } else { said }
}

fn said(lang: Lang, counts: &CaseCounts, eyes: Eyes) -> String {
    let (received, handled) = (counts.received(), counts.handled());
    if received == 0 {
        return words::NOTHING.get(lang).to_owned();
    }
    if eyes == Eyes::Others && received < K {
        return words::few(lang, K);
    }
    let all =
        [counts.in_time, counts.late, counts.open_in_time, counts.open_late, counts.unassigned, counts.insufficient];
    let tells_all = eyes != Eyes::Others || all.iter().all(|n| is_clear(*n));
    let first = words::received(lang, received);
    let is_parted = tells_all || (is_clear(handled) && is_clear(received - handled));
    if !is_parted {
        return format!("{first}. {}", words::NO_PARTS.get(lang));
    }
    let mut parts = vec![handled_part(lang, counts, eyes)];
    if !tells_all {
        return format!("{first}; {}. {}", parts.concat(), words::NO_PARTS.get(lang));
    }
    let rest = [
        (counts.open_in_time, words::open_in_time as fn(Lang, u64) -> String),
        (counts.open_late, words::open_late),
        (counts.unassigned, words::unassigned),
        (counts.insufficient, words::insufficient),
    ];
    parts.extend(rest.into_iter().filter(|(n, _)| *n > 0).map(|(n, say)| say(lang, n)));
    format!("{first}; {}.", parts.join("; "))
}

/// How many were handled, and how many of them in time.
fn handled_part(lang: Lang, counts: &CaseCounts, eyes: Eyes) -> String {
    let handled = words::handled(lang, counts.handled());
    match counts.share_in_time(eyes) {
        Some(InTime { share, interval }) if counts.handled() > 0 => {
            let of = if counts.open_late == 0 { words::of_handled } else { words::of_due };
            let share = of(lang, number::Share(share), number::Share(interval.low), number::Share(interval.high));
            format!("{handled}, {}", words::in_time(lang, counts.in_time, &share))
        }
        _ => handled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the wording: 46 came in, 41 were handled, 38 in time, 5 are open.
    const EXAMPLE: CaseCounts = CaseCounts {
        in_time: 38,
        late: 3,
        open_in_time: 5,
        open_late: 0,
        unassigned: 0,
        insufficient: 0,
        passed_on: 2,
        hints: 0,
    };

    #[test]
    fn whoever_sees_the_cases_reads_the_whole_sentence() {
        assert_eq!(
            sentence(Lang::Vi, &EXAMPLE, Eyes::Accusations),
            "Trong kỳ tiếp nhận 46 phản ánh, kiến nghị qua phiếu; đã xử lý 41, trong đó đúng hạn 38 (92,7% số đã xử lý, \
             khoảng tin cậy 95% từ 80,1% đến 98,5%); đang xử lý trong hạn 5. 2 nội dung có dấu hiệu tiêu cực đã chuyển cơ \
             quan có thẩm quyền."
        );
        let english = sentence(Lang::En, &EXAMPLE, Eyes::Cases);
        assert!(english.contains("41 were handled, of which 38 in time (92.7% of those handled"), "{english}");
        assert!(!english.contains("competent"), "two accusations are told to those alone who see them");
    }

    #[test]
    fn groups_below_ten_are_told_to_nobody_else_in_no_share_and_no_part() {
        let said = sentence(Lang::Vi, &EXAMPLE, Eyes::Others);
        assert_eq!(
            said,
            "Trong kỳ tiếp nhận 46 phản ánh, kiến nghị qua phiếu. Có nhóm dưới 10 trường hợp nên không nêu chi tiết."
        );
        assert_eq!(EXAMPLE.share_in_time(Eyes::Others), None, "38 of 41 tells of 3");
        let large = CaseCounts { late: 12, open_in_time: 10, passed_on: 11, ..EXAMPLE };
        let said = sentence(Lang::Vi, &large, Eyes::Others);
        assert!(said.contains("đã xử lý 50, trong đó đúng hạn 38 (76,0%") && said.ends_with("thẩm quyền."), "{said}");
        let partly = CaseCounts { open_in_time: 9, unassigned: 2, ..large };
        let said = sentence(Lang::Vi, &partly, Eyes::Others);
        assert!(said.contains("tiếp nhận 61") && said.contains("đã xử lý 50, trong đó đúng hạn 38"), "{said}");
        assert!(said.contains("Có nhóm dưới 10") && !said.contains("trong hạn 9"), "{said}");
        let nine_late = CaseCounts { in_time: 134, late: 9, open_late: 4, open_in_time: 81, ..CaseCounts::default() };
        let said = sentence(Lang::Vi, &nine_late, Eyes::Others);
        assert!(said.contains("đã xử lý 143.") && !said.contains("134") && !said.contains('%'), "143 less 134: {said}");
        let few = CaseCounts { in_time: 9, ..CaseCounts::default() };
        assert_eq!(
            sentence(Lang::Vi, &few, Eyes::Others),
            "Trong kỳ có dưới 10 phản ánh, kiến nghị qua phiếu nên không nêu chi tiết."
        );
        assert_eq!(sentence(Lang::Vi, &CaseCounts::default(), Eyes::Others), words::NOTHING.vi);
        let hints = CaseCounts { passed_on: 9, hints: 9, ..CaseCounts::default() };
        for eyes in [Eyes::Others, Eyes::Cases] {
            assert_eq!(sentence(Lang::Vi, &hints, eyes), words::NOTHING.vi, "hints are in no number");
        }
    }

    #[test]
    fn what_is_overdue_and_not_answered_counts_against_the_share() {
        let counts = CaseCounts { open_late: 10, in_time: 30, ..CaseCounts::default() };
        let share = counts.share_in_time(Eyes::Others).unwrap();
        assert!((share.share - 0.75).abs() < 1e-12);
        // Limits at which the binomial sums of 30 of 40 leave 2.5% on either side.
        assert!((share.interval.low - 0.588_038_0).abs() < 1e-6 && (share.interval.high - 0.873_085_2).abs() < 1e-6);
        let said = sentence(Lang::Vi, &counts, Eyes::Others);
        assert!(
            said.contains("75,0% số đã xử lý hoặc đã quá hạn") && said.contains("quá hạn chưa trả lời 10"),
            "{said}"
        );
        assert_eq!(CaseCounts::default().share_in_time(Eyes::Cases), None);
    }

    #[test]
    fn hints_and_what_was_passed_on_are_in_no_other_number() {
        let mut counts = CaseCounts::default();
        for state in CaseState::ALL {
            for hint in [false, true] {
                counts.add(&Alike { unit: UnitId(1), state: *state, hint, late: false, n: 1 });
            }
        }
        assert_eq!((counts.received(), counts.passed_on, counts.hints), (4, 2, 4));
    }

    proptest::proptest! {
        #[test]
        fn nobody_else_reads_a_number_below_ten(parts in proptest::array::uniform8(0u64..25)) {
            let [in_time, late, open_in_time, open_late, unassigned, insufficient, passed_on, hints] = parts;
            let counts =
                CaseCounts { in_time, late, open_in_time, open_late, unassigned, insufficient, passed_on, hints };
            let said = sentence(Lang::Vi, &counts, Eyes::Others);
            // Shares have a percent sign and are no counts.
            let words = said.split([' ', ';', '(', ')']).map(|word| word.trim_end_matches(['.', ',']));
            let plain: Vec<u64> = words.filter_map(|word| word.parse().ok()).collect();
            proptest::prop_assert!(plain.iter().all(|n| *n >= K || *n == 0), "{said}");
            let clear = |groups: &[u64]| groups.iter().all(|n| is_clear(*n));
            if said.contains("đã xử lý") {
                proptest::prop_assert!(clear(&[counts.handled(), counts.received() - counts.handled()]), "{said}");
            }
            if said.contains("đúng hạn") {
                let rest = counts.received() - counts.due();
                proptest::prop_assert!(clear(&[in_time, late, open_late, rest]), "{said}");
            }
        }
    }
}
