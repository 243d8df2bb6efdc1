//! What everybody may read: the province, its units, the state of the server.

pub mod cases;
pub mod health;
pub mod home;
pub mod methods;
pub mod privacy;
pub mod published;
pub mod record;
pub mod unit;
pub mod units;
