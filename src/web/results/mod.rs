//! Figures as people read them: the parts that the public page of a unit and the dashboard of the office are put together
//! from. Both show the same numbers, because they come from here.

mod cells;
mod census;
mod children;
mod comparison;
mod criteria;
pub(in crate::web) mod csv;
mod funnel;
mod headline;
pub(in crate::web) mod importance;
mod levels;
pub(in crate::web) mod many;
mod moved;
mod offices;
pub(in crate::web) mod period;
mod pooled;
#[cfg(test)]
mod sample;
pub(in crate::web) mod surroundings;
pub(in crate::web) mod target_list;
mod trend;
pub(in crate::web) mod unit_page;
#[cfg(test)]
mod verdict_tests;
mod volume;
mod waiting;

use crate::publish::verdicts as verdict_words;
