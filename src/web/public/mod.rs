//! What everybody may read: the province, its units, the state of the server.

pub mod cases;
mod cells;
mod census;
mod children;
mod comparison;
mod criteria;
mod csv;
mod funnel;
mod headline;
pub mod health;
pub mod home;
mod levels;
mod masking;
pub mod methods;
mod moved;
mod offices;
mod period;
mod pooled;
pub mod privacy;
pub mod record;
#[cfg(test)]
mod sample;
mod surroundings;
pub(in crate::web) mod target_list;
mod trend;
pub mod unit;
mod unit_page;
pub mod units;
mod verdict_words;
mod volume;
mod waiting;
