//! The check values stated with the model.

use super::super::draws::Purpose;
use super::super::province::{Mix, UNITS};
use super::*;

/// Users simulated where all of them are looked at.
const USERS: u32 = 30_000;
/// Users simulated where few of them answer.
const OFFERED: u32 = 150_000;

/// A unit with 86% true, 7% late, 14 minutes.
fn checked(steering: Steering) -> DecidingUnit {
    DecidingUnit {
        code: "check",
        dossiers: 0.0,
        counter_share: 1.0,
        late_share: 0.07,
        wait: 14.0,
        effect: 3.40,
        field_effect: 0.0,
        steering,
        mix: Mix::Department,
    }
}

/// Levels of all users, or of those who answer on a way.
fn simulate(unit: &DecidingUnit, way: Option<Way>) -> Vec<[u8; 5]> {
    let mut draws = Draws::of(unit.code, Day(1), Purpose::Answers);
    let mut all = Vec::new();
    for _ in 0..if way.is_some() { OFFERED } else { USERS } {
        let late = if draws.chance(unit.late_share) { Punctuality::Late } else { Punctuality::InTime };
        let user = User::draw(unit, Day(0), late, &mut draws);
        match way {
            Some(way) if user.answers(unit, way, &mut draws) => all.push(user.levels(unit, way, &mut draws)),
            None => all.push(user.levels(unit, Way::Ticket, &mut draws)),
            Some(_) => {}
        }
    }
    all
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

/// Percent satisfied, mean of the criteria.
fn satisfied(answers: &[[u8; 5]]) -> f64 {
    let yes: usize = answers.iter().map(|a| a.iter().filter(|level| **level >= 4).count()).sum();
    20.0 * count(yes) / count(answers.len())
}

fn near(what: &str, found: f64, stated: f64, within: f64) {
    assert!((found - stated).abs() <= within, "{what}: {found:.2}, stated {stated}");
}

#[test]
fn all_users_have_the_stated_levels() {
    let all = simulate(&checked(Steering::Honest), None);
    near("true", satisfied(&all), 86.0, 0.5);
    for (level, stated) in (1..=5).zip([1.1, 2.2, 10.7, 50.5, 35.5]) {
        let found: usize = all.iter().map(|a| a.iter().map(|l| usize::from(*l == level)).sum::<usize>()).sum();
        near("level", 20.0 * count(found) / count(all.len()), stated, 0.8);
    }
    let equal = all.iter().filter(|a| a.iter().all(|level| *level == a[0])).count();
    near("all equal", 100.0 * count(equal) / count(all.len()), 22.0, 1.0);
    let best = all.iter().filter(|a| a.iter().all(|level| *level == 5)).count();
    near("all very satisfied", 100.0 * count(best) / count(all.len()), 11.0, 1.0);
}

#[test]
fn two_criteria_agree_as_stated() {
    let all = simulate(&checked(Steering::Honest), None);
    let n = count(all.len());
    let share = |yes: &dyn Fn(&[u8; 5]) -> bool| count(all.iter().filter(|a| yes(a)).count()) / n;
    let mut correlations = Vec::new();
    for i in 0..5 {
        for j in 0..i {
            let (p, q) = (share(&|a| a[i] >= 4), share(&|a| a[j] >= 4));
            let both = share(&|a| a[i] >= 4 && a[j] >= 4);
            correlations.push((both - p * q) / (p * (1.0 - p) * q * (1.0 - q)).sqrt());
        }
    }
    near("correlation", correlations.iter().sum::<f64>() / 10.0, 0.37, 0.02);
}

#[test]
fn those_who_answer_are_as_many_and_as_content_as_stated() {
    for (steering, way, ratio, shown, within) in [
        (Steering::Honest, Way::Ticket, 8.8, 83.0, 1.0),
        (Steering::Honest, Way::Kiosk, 10.0, 90.0, 0.8),
        (Steering::Honest, Way::CounterQr, 5.5, 89.0, 1.2),
        (Steering::Steered, Way::CounterQr, 37.6, 98.0, 0.4),
    ] {
        let answers = simulate(&checked(steering), Some(way));
        near("percent answering", 100.0 * count(answers.len()) / f64::from(OFFERED), ratio, 0.45);
        near("percent satisfied", satisfied(&answers), shown, within);
    }
}

#[test]
fn every_unit_is_as_good_as_its_table_says() {
    // True share of the table, in the order of the units.
    let stated = [
        89.0, 84.0, 87.0, 86.0, 80.0, 74.0, 67.0, 71.0, 83.0, 88.0, 85.0, 88.0, 89.0, 88.0, 86.0, 90.0, 80.0, 83.0,
        86.0, 79.0, 84.0, 87.0, 88.0, 88.0, 91.0, 92.0, 93.0, 90.0,
    ];
    for (unit, stated) in UNITS.iter().zip(stated) {
        near(unit.code, satisfied(&simulate(unit, None)), stated, 0.9);
    }
}
