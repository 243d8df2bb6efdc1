//! The computed examples of the wording, to the letter.

use super::*;

const SUBJECT: &str = "mức độ hài lòng về giải quyết thủ tục hành chính";
const NINETY: Threshold = Threshold::at_least(0.90);

fn figure(estimate: f64, low: f64, high: f64, n: u64) -> ShareText<'static> {
    ShareText { subject: SUBJECT, estimate, low, high, n }
}

fn undetermined(needed: u64) -> Finding {
    Finding::Undetermined { needed: Some(needed), users: None }
}

#[test]
fn met_says_that_the_whole_interval_lies_above() {
    let told = verdict(Lang::Vi, &figure(0.932, 0.910, 0.949, 688), NINETY, Finding::Met);
    assert_eq!(told.lead, "Đạt chỉ tiêu 90%.");
    assert_eq!(
        told.rest,
        "Mức độ hài lòng về giải quyết thủ tục hành chính ước tính 93,2%, khoảng tin cậy 95% từ 91,0% đến 94,9%, toàn bộ từ 90% trở lên (688 phiếu)."
    );
}

#[test]
fn not_met_says_that_the_whole_interval_lies_below() {
    let told = verdict(Lang::Vi, &figure(0.858, 0.836, 0.877, 1180), NINETY, Finding::NotMet);
    assert_eq!(
        told.to_string(),
        "Chưa đạt chỉ tiêu 90%. Mức độ hài lòng về giải quyết thủ tục hành chính ước tính 85,8%, khoảng tin cậy 95% từ 83,6% đến 87,7%, toàn bộ dưới 90% (1.180 phiếu)."
    );
}

#[test]
fn undetermined_above_says_how_many_more_answers_would_settle_it() {
    let told = verdict(Lang::Vi, &figure(0.916, 0.888, 0.939, 500), NINETY, undetermined(851));
    assert_eq!(told.lead, "Chưa đủ cơ sở kết luận đạt chỉ tiêu 90%.");
    assert_eq!(
        told.rest,
        "Mức độ hài lòng về giải quyết thủ tục hành chính ước tính 91,6%, khoảng tin cậy 95% từ 88,8% đến 93,9%, còn chứa cả giá trị dưới 90% (500 phiếu). Nếu mức này giữ nguyên, cần thêm khoảng 850 phiếu nữa để kết luận."
    );
}

#[test]
fn undetermined_at_or_below_points_to_the_lowest_criteria() {
    let told = verdict(Lang::Vi, &figure(0.896, 0.864, 0.922, 460), NINETY, undetermined(12));
    assert_eq!(told.lead, "Chưa đủ cơ sở kết luận về chỉ tiêu 90%.");
    assert_eq!(
        told.rest,
        "Mức độ hài lòng về giải quyết thủ tục hành chính ước tính 89,6%, khoảng tin cậy 95% từ 86,4% đến 92,2% (460 phiếu). Ước tính quá sát chỉ tiêu nên có thêm phiếu cũng khó kết luận; nên xem các tiêu chí thấp nhất để cải thiện."
    );
}

#[test]
fn very_few_answers_are_told_by_the_width_of_their_interval() {
    let told = verdict(Lang::Vi, &figure(0.9, 0.735, 0.979, 30), NINETY, undetermined(5));
    assert_eq!(
        told.to_string(),
        "Chưa đủ cơ sở kết luận. Mới có 30 phiếu: ước tính 90,0% nhưng khoảng tin cậy 95% rất rộng, từ 73,5% đến 97,9%."
    );
}

#[test]
fn a_number_of_answers_nobody_could_collect_is_not_printed() {
    let close = figure(0.9005, 0.871, 0.924, 500);
    for finding in [
        undetermined(5001),
        Finding::Undetermined { needed: None, users: None },
        Finding::Undetermined { needed: Some(900), users: Some(899) },
    ] {
        let told = verdict(Lang::Vi, &close, NINETY, finding).to_string();
        assert!(told.contains("Ước tính quá sát chỉ tiêu"), "{told}");
        assert!(!told.contains("cần thêm"), "{told}");
    }
    let told = verdict(Lang::Vi, &close, NINETY, Finding::Undetermined { needed: Some(900), users: Some(900) });
    assert!(told.rest.contains("cần thêm khoảng 900 phiếu nữa"), "{told}");
    assert!(verdict(Lang::Vi, &close, NINETY, undetermined(5000)).rest.contains("5.000"));
}

#[test]
fn no_limit_is_rounded_onto_the_target() {
    let told = verdict(Lang::Vi, &figure(0.92, 0.8996, 0.939, 900), NINETY, undetermined(40));
    assert!(told.rest.contains("từ 89,96% đến 93,9%"), "{told}");
    let told = verdict(Lang::Vi, &figure(0.88, 0.85, 0.8998, 900), NINETY, Finding::NotMet);
    assert!(told.rest.contains("từ 85,0% đến 89,98%, toàn bộ dưới 90%"), "{told}");
}

#[test]
fn without_a_target_nothing_is_concluded() {
    assert_eq!(
        without_target(Lang::Vi, &figure(0.916, 0.888, 0.939, 500)),
        "Mức độ hài lòng về giải quyết thủ tục hành chính ước tính 91,6%, khoảng tin cậy 95% từ 88,8% đến 93,9% (500 phiếu)."
    );
}

#[test]
fn several_targets_share_one_sentence() {
    let targets = [(Threshold::at_least(0.85), Finding::Met), (NINETY, undetermined(850))];
    assert_eq!(several(Lang::Vi, &targets), "Đạt chỉ tiêu 85%; chưa đủ cơ sở kết luận về chỉ tiêu 90%.");
    assert_eq!(several(Lang::En, &targets), "Target of 85% met; not enough evidence about the target of 90%.");
    assert_eq!(several(Lang::Vi, &[]), "");
}

#[test]
fn the_administrative_reading_compares_the_estimate_alone() {
    assert_eq!(
        administrative_reading(Lang::Vi, 0.916, NINETY),
        "Theo giá trị ước tính, không xét sai số: 91,6% ≥ 90%."
    );
    assert!(administrative_reading(Lang::Vi, 0.896, NINETY).ends_with("89,6% < 90%."));
    assert!(administrative_reading(Lang::Vi, 0.8997, NINETY).ends_with("89,97% < 90%."));
    let above = Threshold { value: 0.90, bound: Bound::Above };
    assert!(administrative_reading(Lang::Vi, 0.90, above).ends_with("90,0% ≤ 90%."));
}

#[test]
fn a_target_that_must_be_exceeded_says_so() {
    let above = Threshold { value: 0.90, bound: Bound::Above };
    let told = verdict(Lang::Vi, &figure(0.932, 0.910, 0.949, 688), above, Finding::Met).to_string();
    assert!(told.starts_with("Đạt chỉ tiêu trên 90%."), "{told}");
    assert!(told.contains("toàn bộ trên 90% (688"), "{told}");
    assert_eq!(above.with_sign(Lang::Vi), "> 90%");
}

#[test]
fn the_english_sentence_says_the_same() {
    let english = ShareText { subject: "satisfaction with procedures", ..figure(0.916, 0.888, 0.939, 1500) };
    assert_eq!(
        verdict(Lang::En, &english, NINETY, undetermined(851)).to_string(),
        "Not enough evidence that the target of 90% is met. Satisfaction with procedures is estimated at 91.6%, 95% confidence interval from 88.8% to 93.9%, which still contains values below 90% (1,500 answers). If this level stays the same, about 850 more answers are needed to conclude."
    );
}
