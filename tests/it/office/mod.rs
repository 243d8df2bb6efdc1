//! The office: accounts, sessions, roles, and the pages of set-up, as people with a browser and an authenticator meet them.

mod alerts;
mod attacks;
mod decisions;
mod escaping;
mod exclusions;
mod figures;
mod imports;
mod letters;
mod lists;
mod matrix;
pub(crate) mod officer;
mod points;
mod posters;
mod publications;
mod questionnaires;
mod secrets;
mod signals;
mod signing_in;
mod slips;
mod sweep;
mod units;
