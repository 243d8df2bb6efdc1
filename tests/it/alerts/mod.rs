//! Alerts at fixed moments: what they promise, what they read, and what stays of them.

mod looks;
mod simulation;
