//! Honest and copied answers, made from a seed.

use super::super::{Draws, percent_match};
use super::*;

const ITEMS: usize = 22;

fn test() -> AlikeTest {
    AlikeTest { least_match: Share::new(0.85).unwrap(), permutations: 99, seed: 1 }
}

/// Something close to a standard normal: four bytes added.
fn bell(draws: &mut Draws) -> f64 {
    let sum: usize = (0..4).map(|_| draws.below(256)).sum();
    (size(sum) - 510.0) / 147.8
}

/// Answers of people to 22 five-point items that half depend on one factor; some 87 % are satisfied.
fn people(number: usize, draws: &mut Draws) -> Vec<[u8; ITEMS]> {
    let answer = |factor: f64, draws: &mut Draws| {
        let latent = factor * 0.5_f64.sqrt() + bell(draws) * 0.5_f64.sqrt();
        [-2.2, -1.7, -1.1, 0.4].iter().fold(1, |answer, cut| answer + u8::from(latent > *cut))
    };
    let person = |draws: &mut Draws| {
        let factor = bell(draws);
        [(); ITEMS].map(|()| answer(factor, draws))
    };
    (0..number).map(|_| person(draws)).collect()
}

fn items(rows: &[[u8; ITEMS]]) -> Items {
    let column = |item: usize| rows.iter().map(|row| row.get(item).map(|answer| f64::from(*answer))).collect();
    Items::new((0..ITEMS).map(column).collect()).unwrap()
}

#[test]
fn honest_answers_are_suspected_at_about_the_level_of_the_test() {
    let runs = 200;
    let (mut excess, mut anybody) = (0, 0);
    for seed in 0..runs {
        let rows = people(100, &mut Draws::new(seed));
        let interviewers: Vec<usize> = (0..100).map(|place| place % 5).collect();
        let found = near_duplicates(&items(&rows), &interviewers, None, test()).unwrap();
        excess += u64::from(found.p <= 0.05);
        anybody += u64::from(!found.candidates(0.05).is_empty());
    }
    // Of 200 runs a twentieth is 10, with a standard deviation of 3.1.
    assert!((2..=19).contains(&excess) && (2..=19).contains(&anybody), "{excess} and {anybody} of {runs}");
}

#[test]
fn a_fixed_match_and_the_items_alone_would_suspect_many_honest_people() {
    let rows = people(300, &mut Draws::new(5));
    let matches = percent_match(&items(&rows), None).unwrap();
    assert!(matches.share_above(0.85).unwrap() > 0.1, "{:?}", matches.share_above(0.85));
    let interviewers: Vec<usize> = (0..300).map(|place| place % 10).collect();
    let found = near_duplicates(&items(&rows), &interviewers, None, test()).unwrap();
    assert!(found.between.share().unwrap() > 20.0 * found.expected_by_items, "{found:?}");
}

#[test]
fn a_block_copied_by_one_interviewer_is_found_and_nobody_else() {
    let mut draws = Draws::new(11);
    let mut rows = people(400, &mut draws);
    // Respondents of interviewer 7 from the second on are the first with one answer changed.
    let copied: Vec<usize> = (0..8).map(|copy| 7 + 20 * copy).collect();
    let model = rows.get(7).copied().unwrap();
    for place in copied.iter().skip(1) {
        let row = rows.get_mut(*place).unwrap();
        *row = model;
        if let Some(answer) = row.get_mut(draws.below(ITEMS)) {
            *answer = 1 + *answer % 5;
        }
    }
    let interviewers: Vec<usize> = (0..400).map(|place| place % 20).collect();
    // Four units with five interviewers each, and no unit at all.
    let units: Vec<usize> = interviewers.iter().map(|interviewer| interviewer / 5).collect();
    for strata in [None, Some(units.as_slice())] {
        let found = near_duplicates(&items(&rows), &interviewers, strata, test()).unwrap();
        assert_eq!(found.candidates(0.05).iter().map(|one| one.interviewer).collect::<Vec<_>>(), [7]);
        let one = found.interviewers.get(7).unwrap();
        assert!(one.tally.alike >= 28 && one.expected < 10.0 && one.respondents == 20, "{one:?}");
        let listed: BTreeSet<usize> = one.pairs.iter().take(28).flat_map(|pair| [pair.first, pair.second]).collect();
        assert_eq!(listed, copied.iter().copied().collect());
        assert!(found.excess > 0.0 && found.p <= 0.02);
    }
}

#[test]
fn ten_thousand_respondents_are_compared_in_one_stratum() {
    let rows = people(10_000, &mut Draws::new(3));
    let interviewers: Vec<usize> = (0..10_000).map(|place| place % 100).collect();
    let found = near_duplicates(&items(&rows), &interviewers, None, test()).unwrap();
    assert_eq!(found.within.pairs + found.between.pairs, 49_995_000);
    assert_eq!(found.interviewers.len(), 100);
}

#[test]
fn tallies_add_up_and_the_same_seed_gives_the_same_result() {
    let rows = people(60, &mut Draws::new(2));
    let interviewers: Vec<usize> = (0..60).map(|place| 40 + place % 4).collect();
    let strata: Vec<usize> = (0..60).map(|place| if place < 50 { 1 } else { 2 + place % 4 }).collect();
    let run = || near_duplicates(&items(&rows), &interviewers, Some(&strata), test()).unwrap();
    let found = run();
    assert_eq!(found, run());
    // The last ten are in strata of one interviewer each.
    assert_eq!((found.respondents, found.left_out), (50, 10));
    assert_eq!(found.within.pairs + found.between.pairs, 50 * 49 / 2);
    let own: u64 = found.interviewers.iter().map(|one| one.tally.alike).sum();
    assert_eq!(own, found.within.alike);
    assert_eq!(found.interviewers.iter().map(|one| one.interviewer).collect::<Vec<_>>(), [40, 41, 42, 43]);
}

#[test]
fn what_cannot_be_compared_is_named() {
    let rows = people(6, &mut Draws::new(2));
    let items = items(&rows);
    let of = |interviewers: &[usize], strata: Option<&[usize]>, permutations| {
        near_duplicates(&items, interviewers, strata, AlikeTest { permutations, ..test() }).err()
    };
    let out = |given| Some(QualityError::Repetitions { given, least: 99, most: 9_999 });
    assert_eq!(of(&[1, 1, 1, 2, 2, 2], None, 98), out(98));
    assert_eq!(of(&[1, 1, 1, 2, 2, 2], None, 10_000), out(10_000));
    assert_eq!(of(&[1], None, 99), Some(QualityError::Lengths { given: 1, expected: 6 }));
    assert_eq!(of(&[1; 6], Some(&[1]), 99), Some(QualityError::Lengths { given: 1, expected: 6 }));
    assert_eq!(of(&[1; 6], None, 99), Some(QualityError::NothingToCompare));
    assert_eq!(of(&[1, 1, 1, 2, 2, 2], Some(&[5, 5, 5, 6, 6, 6]), 99), Some(QualityError::NothingToCompare));
    assert_eq!(of(&[1, 2, 3, 4, 5, 6], None, 99), Some(QualityError::NothingToCompare));
    assert_eq!(of(&[1, 1, 1, 2, 2, 2], None, 99), None);
    // Five hundred equal answers have 124,750 similar pairs, and 9,999 permutations leave room for 100,000.
    let equal = Items::new(vec![vec![Some(4.0); 500]; 5]).unwrap();
    let interviewers: Vec<usize> = (0..500).map(|place| place % 2).collect();
    let refused = near_duplicates(&equal, &interviewers, None, AlikeTest { permutations: 9_999, ..test() });
    assert_eq!(refused, Err(QualityError::TooMuchWork { steps: 124_750, limit: 100_000 }));
}

#[test]
fn the_expectation_of_the_items_alone_is_the_mean_over_permutations_within_items() {
    let rows = people(40, &mut Draws::new(9));
    let least_match = Share::new(0.5).unwrap();
    let packed = Packed::new(&items(&rows)).unwrap();
    let all = [(0..40).collect::<Vec<usize>>()];
    let exact = expected_by_items(&packed, &all, least_match);
    let mut draws = Draws::new(4);
    let (runs, mut alike) = (2_000, 0);
    for _ in 0..runs {
        let mut columns = items(&rows).columns().to_vec();
        for column in &mut columns {
            draws.shuffle(column);
        }
        let packed = Packed::new(&Items::new(columns).unwrap()).unwrap();
        alike += similar_pairs(&packed, &all, least_match, 780).unwrap().len();
    }
    let simulated = size(alike) / (size(runs) * 780.0);
    assert!((simulated / exact - 1.0).abs() < 0.02, "{simulated} {exact}");
}
