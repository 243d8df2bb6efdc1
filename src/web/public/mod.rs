//! What everybody may read: the province, its units, the state of the server.

mod children;
mod criteria;
mod csv;
mod headline;
pub mod health;
pub mod home;
mod levels;
mod masking;
pub mod methods;
mod period;
pub mod privacy;
#[cfg(test)]
mod sample;
mod surroundings;
mod target_list;
pub mod unit;
mod unit_page;
pub mod units;
mod verdict_words;
mod waiting;
