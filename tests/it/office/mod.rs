//! The office: accounts, sessions, roles, and the pages of set-up, as people with a browser and an authenticator meet them.

pub(crate) mod officer;
mod points;
mod posters;
mod signing_in;
mod units;
