//! Importance and performance beside each other.

use super::super::quality::size;
use super::DriverData;
use super::lmg::Decomposition;

/// Where a driver stands between importance and performance (Martilla & James 1977, Journal of Marketing 41).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quadrant {
    /// Goes strongly with the outcome, and many are satisfied: keep it up.
    KeepUp,
    /// Goes strongly with the outcome, and few are satisfied: look here first.
    LookHereFirst,
    /// Goes weakly with the outcome, and few are satisfied: can wait.
    CanWait,
    /// Goes weakly with the outcome, and many are satisfied: perhaps more than is needed.
    PerhapsTooMuch,
}

/// A driver's importance and performance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The (weighted) share of respondents whose answer reaches the level, among those who answered everything.
    pub performance: f64,
    /// Its part of R² (LMG).
    pub importance: f64,
    /// Where that puts it.
    pub quadrant: Quadrant,
}

/// Each driver's share of answers from `satisfied_from` on (4 for the upper two of five) against its part of R².
///
/// The lines are the means over the drivers, so that a quadrant compares the drivers with each other, not with a target;
/// a driver on a line counts as above it. With a single driver that is [`Quadrant::KeepUp`].
pub fn importance_performance(data: &DriverData, satisfied_from: f64) -> Vec<Placed> {
    let k = data.drivers();
    let found = Decomposition::new(&data.correlations);
    let equal = vec![1.0; data.respondents()];
    let weights = data.weights.as_deref().unwrap_or(&equal);
    let all: f64 = weights.iter().sum();
    let performance = |column: &Vec<f64>| {
        let reached = column.iter().zip(weights).filter(|(value, _)| **value >= satisfied_from);
        reached.map(|(_, weight)| weight).sum::<f64>() / all
    };
    let placed: Vec<(f64, f64)> =
        (0..k).zip(&data.columns).map(|(driver, column)| (performance(column), found.lmg(driver))).collect();
    let (performances, importances) = placed.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    // Rounding of the means moves nobody across a line.
    let reaches = |value: f64, total: f64| value >= total / size(k) * (1.0 - 1e-12);
    let place = |(performance, importance): (f64, f64)| Placed {
        performance,
        importance,
        quadrant: match (reaches(importance, importances), reaches(performance, performances)) {
            (true, true) => Quadrant::KeepUp,
            (true, false) => Quadrant::LookHereFirst,
            (false, false) => Quadrant::CanWait,
            (false, true) => Quadrant::PerhapsTooMuch,
        },
    };
    placed.into_iter().map(place).collect()
}
