//! Verdicts of whole figures.

use super::sample;
use crate::index::{PeriodState, Source, Target};
use crate::publish::charts::Mark;
use crate::publish::verdicts::{brief, held, mark, standing};
use crate::text::figure::standing::Standing;
use crate::words::{Lang, Level};

fn told(satisfied: u64, n: u64, source: Source, targets: &[f64]) -> (Standing, String) {
    let targets: Vec<Target> = targets.iter().map(|threshold| sample::target(*threshold)).collect();
    let estimate = sample::judged((satisfied, n), source, &targets, PeriodState::Closed);
    let held = held(&estimate, false);
    (standing(&estimate, &held), brief(Lang::Vi, &estimate, &held))
}

#[test]
fn each_verdict_has_its_label_and_sign() {
    let of = |satisfied, n| told(satisfied, n, Source::Headline, &[0.90]);
    assert_eq!(of(480, 500), (Standing::Met, "Đạt".to_owned()));
    assert_eq!(of(400, 500), (Standing::NotMet, "Chưa đạt".to_owned()));
    assert_eq!(of(455, 500), (Standing::Undetermined, "Chưa đủ cơ sở kết luận".to_owned()));
    assert_eq!(of(8, 9), (Standing::NotPublishable, "Chưa đủ số liệu để công bố".to_owned()));
    assert_eq!(mark(of(480, 500).0), Mark::Met);
    assert_eq!(mark(of(400, 500).0), Mark::NotMet);
}

#[test]
fn open_feedback_carries_no_verdict_however_good_it_is() {
    let (standing, label) = told(990, 1_000, Source::Level(Level::D), &[0.90]);
    assert_eq!((standing, label.as_str()), (Standing::Open, "Góp ý mở, không đại diện"));
    assert_eq!(mark(standing), Mark::Open);
}

#[test]
fn without_a_target_nothing_is_concluded() {
    assert_eq!(told(480, 500, Source::Headline, &[]).0, Standing::NoTarget);
}

#[test]
fn contradictory_targets_are_both_concluded_upon() {
    let (standing, text) = told(465, 500, Source::Headline, &[0.85, 0.93]);
    assert_eq!(standing, Standing::Contradictory);
    assert_eq!(text, "Đạt chỉ tiêu 85%; chưa đủ cơ sở kết luận về chỉ tiêu 93%.");
}

#[test]
fn a_target_that_two_documents_repeat_counts_once() {
    assert_eq!(told(480, 500, Source::Headline, &[0.90, 0.90]).0, Standing::Met);
}

#[test]
fn the_targets_of_the_province_do_not_judge_a_line_agency() {
    let targets = [sample::target(0.90)];
    let estimate = sample::judged((480, 500), Source::Headline, &targets, PeriodState::Closed);
    assert_eq!(standing(&estimate, &held(&estimate, true)), Standing::NoTarget);
}
