//! Indices that are points: TT 01/2018, QĐ 766, PAR INDEX.

use super::{counts, part, points, scheme, scheme_of_points, share, value};
use crate::index::scheme::{Absence, Covariances, Given, Item, Lack, Refusal, Scheme, Warning, parse};

const PAR: &str = include_str!("../../../../surveys/schemes/par_index_2022-1.toml");

fn band(scheme: &Scheme, value: f64) -> &str {
    scheme.band(value).map_or("none", |band| band.label.vi.as_str())
}

const NINE: [&str; 9] =
    ["total_time", "agency_time", "contacts", "agencies", "one_stop", "publicity", "attitude", "response", "online"];

#[test]
fn the_edges_of_the_eighteen_points_belong_to_the_upper_band() {
    let rating = scheme("tt01_2018");
    let found = [15.0, 14.99, 12.0, 9.0, 6.0, 5.99].map(|value| band(&rating, value));
    assert_eq!(found, ["Xuất sắc", "Tốt", "Tốt", "Khá", "Trung bình", "Yếu"]);
    assert_eq!([18.0, 0.0, 18.1, -0.1].map(|value| band(&rating, value)), ["Xuất sắc", "Yếu", "none", "none"]);
    assert_eq!(band(&rating, f64::NAN), "none");
    assert_eq!(band(&rating, 14.999_999), "Tốt", "nothing is rounded before it is compared");
}

#[test]
fn nine_indicators_that_make_fifteen_are_excellent_however_they_are_added() {
    let rating = scheme("tt01_2018");
    // In binary these decimals add up to 14.999999999999998.
    let awarded = [1.7, 1.7, 1.7, 1.7, 1.7, 1.7, 1.7, 1.7, 1.4];
    let items: Vec<Item> = NINE.iter().zip(awarded).map(|(code, given)| points(code, given)).collect();
    let found = rating.evaluate(&items, None).unwrap();
    assert_eq!(found.band.as_deref(), Some("excellent"));
    assert_eq!(found.unsourced, ["band excellent"]);
    let items: Vec<Item> = NINE.iter().map(|code| points(code, if *code == "online" { 1.39 } else { 1.7 })).collect();
    assert_eq!(rating.evaluate(&items, None).unwrap().band.as_deref(), Some("good"));
    let found = rating.evaluate(&items[..8], None).unwrap();
    assert_eq!((found.value, found.band), (None, None));
    assert_eq!(found.refusal, Some(Refusal::Missing { component: "online".to_owned() }));
    assert!(rating.evaluate(&[points("online", 2.01)], None).is_err());
    assert!(rating.evaluate(&[share("online", 0.5)], None).is_err(), "its points are awarded, not computed");
}

#[test]
fn the_satisfaction_of_procedures_in_decision_766_is_full_from_ninety_per_cent() {
    let index = scheme("qd766_2022");
    let scored = |late, complained, whole| {
        let given = Given::Complement { late, complained, whole };
        part(&index.evaluate(&[Item::of("procedures_satisfied", given)], None).unwrap(), "procedures_satisfied")
    };
    for (late, complained, expected) in [(10, 9, 5.4), (6, 4, 6.0), (2, 1, 6.0), (100, 0, 0.0)] {
        let found = scored(late, complained, 100).value.unwrap();
        assert!((found - expected).abs() < 1e-12, "{late} late, {complained} complained: {found}");
    }
    let none = scored(0, 0, 0);
    assert_eq!((none.value, none.lack), (None, Some(Lack::Absent(Absence::NotApplicable))));
    let given = Given::Share { share: 0.81, n: None };
    let found = index.evaluate(&[Item::of("procedures_satisfied", given)], None).unwrap();
    assert!((part(&found, "procedures_satisfied").value.unwrap() - 5.4).abs() < 1e-12);
    let both = Item::of("procedures_satisfied", Given::Complement { late: 60, complained: 50, whole: 100 });
    let found = index.evaluate(&[both], None).unwrap();
    assert!(part(&found, "procedures_satisfied").value.unwrap().abs() < 1e-12);
    assert!(matches!(found.warnings.as_slice(), [Warning::BelowZero { .. }]));
}

#[test]
fn the_groups_of_decision_766_make_a_hundred_points() {
    let index = scheme("qd766_2022");
    let maxima: Vec<f64> =
        index.components().iter().filter(|c| c.depth == 1 && !c.beside).filter_map(|c| c.maximum).collect();
    assert_eq!(maxima, [18.0, 20.0, 22.0, 22.0, 18.0]);
    let items = [
        points("openness", 15.5),
        points("progress", 18.0),
        points("digital_files", 20.25),
        points("online_service", 11.0),
        points("online_payment", 8.5),
        share("complaints_on_time", 1.0),
        counts("complaints_satisfied", 45, 50),
        Item::of("procedures_satisfied", Given::Complement { late: 10, complained: 9, whole: 100 }),
    ];
    let found = index.evaluate(&items, None).unwrap();
    assert!((part(&found, "satisfaction").value.unwrap() - (6.0 + 5.4 + 5.4)).abs() < 1e-12);
    assert!((found.value.unwrap() - (15.5 + 18.0 + 20.25 + 19.5 + 16.8)).abs() < 1e-12);
    assert_eq!(part(&found, "online").depth, 1);
    assert_eq!(part(&found, "online_payment").depth, 2);
    assert!(found.unsourced.contains(&"complaints_on_time".to_owned()));
    let mut without = items.clone();
    without[7] = Item::of("procedures_satisfied", Given::Complement { late: 0, complained: 0, whole: 0 });
    let found = index.evaluate(&without, None).unwrap();
    assert_eq!(found.refusal, Some(Refusal::Missing { component: "procedures_satisfied".to_owned() }));
    assert_eq!(found.missing, [("procedures_satisfied".to_owned(), Absence::NotApplicable)]);
}

#[test]
fn the_bands_of_the_par_index_hold_their_lower_edges() {
    let par = scheme("par_index_2022");
    let found = [100.0, 90.0, 89.99, 80.0, 79.99, 70.0, 69.99, 0.0].map(|value| band(&par, value));
    assert_eq!(found, ["Nhóm A", "Nhóm A", "Nhóm B", "Nhóm B", "Nhóm C", "Nhóm C", "Nhóm D", "Nhóm D"]);
    assert_eq!([96.17, 88.37].map(|value| band(&par, value)), ["Nhóm A", "Nhóm B"]);
}

#[test]
fn sipas_enters_the_par_index_as_ten_points_and_unknown_option_values_are_not_made_up() {
    let par = scheme("par_index_2022");
    let answers = Item::of("questions", Given::Options(vec![0.6, 0.3, 0.1]));
    let found = par.evaluate(&[points("reviewed", 60.0), share("sipas", 0.8394), answers.clone()], None).unwrap();
    assert!((part(&found, "sipas").value.unwrap() - 8.394).abs() < 1e-12);
    assert_eq!(found.refusal, Some(Refusal::NotEstablished { component: "questions".to_owned() }));
    let items = [points("reviewed", 60.0), share("sipas", 0.8394), points("questions", 18.5)];
    let variance = Covariances::new(vec!["sipas".to_owned()], vec![vec![1e-4]]).unwrap();
    let found = par.evaluate(&items, Some(&variance)).unwrap();
    assert!((found.value.unwrap() - 86.894).abs() < 1e-12);
    assert_eq!(found.band.as_deref(), Some("b"));
    assert!((found.variance.unwrap() - 0.01).abs() < 1e-15, "awarded points have no sampling error");
    let own = PAR.replacen("conversion = \"options\"", "conversion = { options = [1.0, 0.5, 0.0] }", 1);
    let own = parse("own.toml", &own).unwrap();
    let found = own.evaluate(&[points("reviewed", 60.0), share("sipas", 0.8394), answers], None).unwrap();
    assert!((part(&found, "questions").value.unwrap() - 22.0 * 0.75).abs() < 1e-12);
}

#[test]
fn option_shares_that_do_not_make_a_whole_are_warned_of_or_refused() {
    let index = scheme_of_points("refuse", &[(2.0, "{ options = [1.0, 0.5, 0.0] }")]);
    let given = |shares: &[f64]| index.evaluate(&[Item::of("p0", Given::Options(shares.to_vec()))], None);
    let found = given(&[0.5078, 0.4324, 0.0589]).unwrap();
    assert!((found.value.unwrap() - 2.0 * (0.5078 + 0.2162)).abs() < 1e-12);
    assert!(matches!(found.warnings.as_slice(), [Warning::DoesNotSum { total, .. }] if (total - 0.9991).abs() < 1e-12));
    assert!(given(&[0.9006, 0.0898, 0.0096]).unwrap().warnings.is_empty());
    assert!(given(&[0.5, 0.4]).is_err() && given(&[0.5, 0.3, 0.1]).is_err() && given(&[1.2, -0.2, 0.0]).is_err());
}

#[test]
fn where_a_part_may_leave_the_rest_is_scaled_to_the_maximum() {
    let index = scheme_of_points("leave", &[(2.0, "\"awarded\""), (6.0, "\"share_times_max\"")]);
    assert!((value(&index, &[points("p0", 1.0), share("p1", 0.9)]) - 6.4).abs() < 1e-12);
    assert!((value(&index, &[share("p1", 0.9)]) - 7.2).abs() < 1e-12);
    let found = index.evaluate(&[Item::of("p0", Given::NotApplicable), share("p1", 0.9)], None).unwrap();
    assert_eq!((found.missing_rule.word(), found.warnings), ("leave", vec![Warning::ScaledUp]));
    assert_eq!(found.coefficients, Some(vec![("p1".to_owned(), 8.0)]));
}
