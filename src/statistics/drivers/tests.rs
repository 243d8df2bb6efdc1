//! The properties the measures promise.

use super::super::interval::Confidence;
use super::super::quality::Draws;
use super::*;
use proptest::prelude::*;

fn some(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().map(|value| Some(*value)).collect()
}

fn drivers(columns: &[Vec<f64>]) -> Items {
    Items::new(columns.iter().map(|column| some(column)).collect()).unwrap()
}

/// Columns of respondents in units: `strength` of each driver in the outcome, five-point answers.
fn survey(respondents: usize, strength: &[f64], seed: u64) -> (Vec<f64>, Vec<Vec<f64>>) {
    let mut draws = Draws::new(seed);
    let mut five = |shift: f64| (shift + f64::from(u32::try_from(draws.below(300)).unwrap()) / 100.0).round();
    let columns: Vec<Vec<f64>> = strength.iter().map(|_| (0..respondents).map(|_| five(1.0)).collect()).collect();
    let of = |row: usize| columns.iter().zip(strength).map(|(c, s)| s * c.get(row).unwrap()).sum::<f64>();
    let outcome = (0..respondents).map(|row| five(of(row))).collect();
    (outcome, columns)
}

#[test]
fn independent_drivers_have_their_own_squared_correlations() {
    // A full factorial: the outcome is 2 a + b, and c does nothing. All measures divide R² = 1 as 4 : 1 : 0.
    let bit = |shift: u32| (0..8_u32).map(|row| f64::from(row >> shift & 1)).collect::<Vec<_>>();
    let columns = [bit(0), bit(1), bit(2)];
    let outcome: Vec<f64> = (0..8_u32).map(|row| f64::from(2 * (row & 1) + (row >> 1 & 1))).collect();
    let data = DriverData::new(&some(&outcome), &drivers(&columns), None).unwrap();
    let found = associations(&data).unwrap();
    assert!((found.r_squared - 1.0).abs() < 1e-12);
    for (driver, expected) in found.drivers.iter().zip([0.8, 0.2, 0.0]) {
        for value in [driver.lmg, driver.share.unwrap(), driver.first, driver.last, driver.relative_weight] {
            assert!((value - expected).abs() < 1e-12, "{driver:?}");
        }
        assert!((driver.pearson.powi(2) - expected).abs() < 1e-12);
        assert!((driver.standardised_beta - driver.pearson).abs() < 1e-12);
    }
    let placed = importance_performance(&data, 1.0);
    let quadrants: Vec<Quadrant> = placed.iter().map(|one| one.quadrant).collect();
    assert_eq!(quadrants, [Quadrant::KeepUp, Quadrant::PerhapsTooMuch, Quadrant::PerhapsTooMuch]);
}

#[test]
fn what_cannot_be_decomposed_is_named() {
    let (outcome, columns) = survey(40, &[1.0, 0.5], 1);
    let of = |columns: &[Vec<f64>], weights: Option<&[f64]>| {
        DriverData::new(&some(&outcome), &drivers(columns), weights).err()
    };
    let [a, b] = columns.as_slice() else { panic!() };
    let sum: Vec<f64> = a.iter().zip(b).map(|(a, b)| a + b).collect();
    assert_eq!(of(&[a.clone(), b.clone(), sum], None), Some(DriversError::Collinear { driver: 2 }));
    assert_eq!(of(&[a.clone(), vec![3.0; 40]], None), Some(DriversError::DoesNotVary { driver: 1 }));
    assert_eq!(of(&vec![a.clone(); 13], None), Some(DriversError::TooManyDrivers { given: 13 }));
    assert_eq!(of(&columns, Some(&[1.0])), Some(DriversError::Lengths { given: 1, expected: 40 }));
    let few = Some(DriversError::TooFewRespondents { given: 0, least: 4 });
    assert_eq!(of(&columns, Some(&[0.0; 40])), few);
    assert_eq!(of(&columns, Some(&[-1.0; 40])), Some(DriversError::WeightUnusable { respondent: 0 }));
    let flat = DriverData::new(&vec![Some(1.0); 40], &drivers(&columns), None).err();
    assert_eq!(flat, Some(DriversError::OutcomeDoesNotVary));
    let strange = DriverData::new(&[Some(f64::NAN); 40], &drivers(&columns), None).err();
    assert_eq!(strange, Some(DriversError::AnswerUnusable { respondent: 0 }));
    let data = DriverData::new(&some(&outcome), &drivers(&columns), None).unwrap();
    let intervals =
        |units: Option<&[usize]>, replicates| lmg_intervals(&data, units, replicates, 1, Confidence::P95).err();
    assert_eq!(intervals(None, 99), Some(DriversError::Replicates { given: 99 }));
    assert_eq!(intervals(Some(&[1; 40]), 100), Some(DriversError::TooFewUnits { given: 1, least: 10 }));
    assert_eq!(intervals(Some(&[1]), 100), Some(DriversError::Lengths { given: 1, expected: 40 }));
}

#[test]
fn intervals_hold_the_parts_repeat_with_the_seed_and_widen_when_units_are_drawn() {
    let (outcome, columns) = survey(400, &[1.0, 0.6, 0.0], 3);
    // Twenty units whose people all answer as the first of them does.
    let unit = |place: usize| place / 20;
    let copied = |column: &Vec<f64>| -> Vec<f64> { (0..400).map(|row| *column.get(unit(row)).unwrap()).collect() };
    let columns: Vec<Vec<f64>> = columns.iter().map(copied).collect();
    let data = DriverData::new(&some(&copied(&outcome)), &drivers(&columns), None).unwrap();
    let units: Vec<usize> = (0..400).map(unit).collect();
    let alone = lmg_intervals(&data, None, 200, 7, Confidence::P95).unwrap();
    let together = lmg_intervals(&data, Some(&units), 200, 7, Confidence::P95).unwrap();
    assert_eq!(alone, lmg_intervals(&data, None, 200, 7, Confidence::P95).unwrap());
    assert_eq!((alone.units, together.units), (400, 20));
    let found = associations(&data).unwrap();
    for ((driver, alone), together) in found.drivers.iter().zip(&alone.lmg).zip(&together.lmg) {
        assert!(alone.low - 0.02 < driver.lmg && driver.lmg < alone.high + 0.02, "{driver:?} {alone:?}");
        assert!(together.width() > 2.0 * alone.width() || driver.lmg < 0.05, "{alone:?} {together:?}");
    }
}

#[test]
fn twelve_drivers_are_divided_up() {
    let strength: Vec<f64> = (0..12).map(|driver| f64::from(driver) / 10.0).collect();
    let (outcome, columns) = survey(500, &strength, 8);
    let data = DriverData::new(&some(&outcome), &drivers(&columns), None).unwrap();
    let found = associations(&data).unwrap();
    let sum: f64 = found.drivers.iter().map(|driver| driver.lmg).sum();
    assert!((sum - found.r_squared).abs() < 1e-12);
    assert!(found.drivers.last().unwrap().lmg > found.drivers.first().unwrap().lmg);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn the_parts_add_up_to_r_squared_and_lie_between_nothing_and_the_largest_growth(
        rows in prop::collection::vec((prop::array::uniform4(1_u8..=5), 1_u8..=5, 0.1_f64..9.0), 7..60), weighted: bool,
    ) {
        let columns: Vec<Vec<f64>> =
            (0..4).map(|item| rows.iter().map(|row| f64::from(*row.0.get(item).unwrap())).collect()).collect();
        let outcome: Vec<f64> = rows.iter().map(|row| f64::from(row.1)).collect();
        let weights: Vec<f64> = rows.iter().map(|row| row.2).collect();
        let weights = weighted.then_some(weights.as_slice());
        if let Ok(data) = DriverData::new(&some(&outcome), &drivers(&columns), weights) {
            let found = associations(&data).unwrap();
            let sum = |part: fn(&Association) -> f64| found.drivers.iter().map(part).sum::<f64>();
            prop_assert!((sum(|driver| driver.lmg) - found.r_squared).abs() < 1e-9);
            prop_assert!((sum(|driver| driver.relative_weight) - found.r_squared).abs() < 1e-7);
            let betas: f64 = found.drivers.iter().map(|driver| driver.standardised_beta * driver.pearson).sum();
            prop_assert!((betas - found.r_squared).abs() < 1e-7);
            prop_assert!(found.drivers.iter().all(|driver| driver.lmg >= 0.0));
            prop_assert!(found.drivers.iter().all(|driver| driver.last <= driver.lmg * 4.0 + 1e-12));
            prop_assert!(found.drivers.iter().all(|driver| driver.first <= driver.lmg * 4.0 + 1e-12));
            prop_assert!(found.drivers.iter().all(|driver| driver.spearman.abs() <= 1.0 + 1e-12));
        }
    }
}
