//! How many forms a point takes in a while before it asks a question: in memory alone, forgotten at a restart.
//!
//! Only forms that are stored are counted. Whoever sends forms without answering the question costs the people at the point
//! nothing but that question.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::words::PointId;

/// The window. A counter serves one person in three minutes or more, so that a hall of thirty counters behind one QR, where
/// everybody answers, stays below the usual 60 forms of a window; a script is above it in seconds.
const WINDOW: Duration = Duration::from_mins(5);
/// So many budgets are stored within a window with the question answered; after that a point waits for the next window.
const MOST_BUDGETS: u32 = 10;
/// Points that are told apart. They come from the register, never from a request; with more the window begins anew for all.
const MOST_POINTS: usize = 20_000;

/// What a form meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// It may be stored, and has been counted.
    Free,
    /// It may be stored once the question has been answered.
    Question,
    /// It has to wait.
    Queue,
}

/// Forms stored within the window of each point.
pub struct Budget {
    /// Forms of a window before a question is asked; 0: never.
    forms: u32,
    points: Mutex<Points>,
}

struct Points {
    swept: Instant,
    /// When the window of a point began, and how many forms it has taken since.
    windows: HashMap<PointId, (Instant, u32)>,
}

impl Budget {
    /// A budget of so many forms at one point within five minutes; 0: no question is ever asked.
    pub fn of(forms: u32) -> Self {
        Self { forms, points: Mutex::new(Points { swept: Instant::now(), windows: HashMap::new() }) }
    }

    /// Takes a place for a form, if there is one.
    pub(super) fn enter(&self, point: PointId, has_answered: bool, now: Instant) -> Way {
        if self.forms == 0 {
            return Way::Free;
        }
        let mut points = self.points();
        points.forget(now);
        let window = points.windows.entry(point).or_insert((now, 0));
        if now.saturating_duration_since(window.0) >= WINDOW {
            *window = (now, 0);
        }
        if window.1 >= self.forms.saturating_mul(MOST_BUDGETS) {
            return Way::Queue;
        }
        if window.1 >= self.forms && !has_answered {
            return Way::Question;
        }
        window.1 = window.1.saturating_add(1);
        Way::Free
    }

    /// Gives back the place of a form that was not stored, or had been stored before.
    pub(super) fn give_back(&self, point: PointId) {
        if let Some(window) = self.points().windows.get_mut(&point) {
            window.1 = window.1.saturating_sub(1);
        }
    }

    fn points(&self) -> MutexGuard<'_, Points> {
        self.points.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Points {
    /// Forgets windows that have ended, once in a window.
    fn forget(&mut self, now: Instant) {
        let is_full = self.windows.len() >= MOST_POINTS;
        if is_full || now.saturating_duration_since(self.swept) >= WINDOW {
            self.swept = now;
            self.windows.retain(|_, (began, _)| now.saturating_duration_since(*began) < WINDOW);
            if self.windows.len() >= MOST_POINTS {
                self.windows.clear();
            }
        }
    }
}

impl std::fmt::Debug for Budget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Budget(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINT: PointId = PointId(3);

    /// What so many forms meet one after another.
    fn ways(budget: &Budget, forms: usize, has_answered: bool, now: Instant) -> Vec<Way> {
        (0..forms).map(|_| budget.enter(POINT, has_answered, now)).collect()
    }

    #[test]
    fn a_point_over_its_budget_asks_then_waits_and_begins_anew_with_the_next_window() {
        let (budget, now) = (Budget::of(60), Instant::now());
        assert_eq!(ways(&budget, 60, false, now), [Way::Free; 60]);
        assert_eq!(ways(&budget, 1_000, false, now), [Way::Question; 1_000], "what is asked is not counted");
        assert_eq!(budget.enter(PointId(4), false, now), Way::Free, "another point");
        assert_eq!(ways(&budget, 540, true, now), [Way::Free; 540]);
        for has_answered in [true, false] {
            assert_eq!(budget.enter(POINT, has_answered, now), Way::Queue);
        }
        let last = now + WINDOW.checked_sub(Duration::from_millis(1)).unwrap();
        assert_eq!(budget.enter(POINT, true, last), Way::Queue);
        assert_eq!(ways(&budget, 60, false, now + WINDOW), [Way::Free; 60]);
        assert_eq!(budget.enter(POINT, false, now + WINDOW), Way::Question);
    }

    #[test]
    fn a_form_that_was_not_stored_gives_its_place_back() {
        let (budget, now) = (Budget::of(2), Instant::now());
        for _ in 0..100 {
            assert_eq!(budget.enter(POINT, false, now), Way::Free);
            budget.give_back(POINT);
        }
        budget.give_back(POINT);
        budget.give_back(PointId(9));
        assert_eq!(ways(&budget, 3, false, now), [Way::Free, Way::Free, Way::Question]);
    }

    #[test]
    fn without_a_budget_nobody_is_asked() {
        let budget = Budget::of(0);
        assert!(ways(&budget, 10_000, false, Instant::now()).iter().all(|way| *way == Way::Free));
        assert!(budget.points().windows.is_empty());
    }

    #[test]
    fn memory_has_a_bound_and_forgets_what_is_over() {
        let (budget, now) = (Budget::of(1), Instant::now());
        for n in 0..=MOST_POINTS {
            budget.enter(PointId(i32::try_from(n).unwrap()), false, now);
            assert!(budget.points().windows.len() <= MOST_POINTS);
        }
        budget.enter(POINT, false, now + WINDOW);
        assert_eq!(budget.points().windows.len(), 1);
        assert_eq!(format!("{budget:?}"), "Budget(…)");
    }
}
