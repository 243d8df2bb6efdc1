//! The office: accounts, sessions, roles, and the pages of set-up, as people with a browser and an authenticator meet them.

mod imports;
mod lists;
pub(crate) mod officer;
mod questionnaires;
mod signing_in;
