//! The people who work here: what they did.

pub mod log;
