//! What everybody may read: the province, its units, the state of the server.

pub mod cases;
pub mod crawlers;
mod data_file;
pub mod health;
pub mod home;
pub mod methods;
pub mod open_data;
pub mod privacy;
pub mod published;
pub mod record;
pub mod series;
pub mod unit;
pub mod units;
