//! What everybody may read: the province, its units, the state of the server.

pub mod cases;
mod data_file;
pub mod health;
pub mod home;
pub mod methods;
pub mod privacy;
pub mod record;
pub mod series;
pub mod unit;
pub mod units;
