//! Thước Đo ("the yardstick") measures how satisfied people and businesses are with the public administration of a
//! Vietnamese province, and says how sure it is.
//!
//! The rooms stand in the order in which data flow: words that everyone shares, pure rules and numbers, what is
//! remembered, the acts that join them, and what speaks with people. `docs/ARCHITECTURE.md` says who may use whom.

pub mod documents;
pub mod text;
pub mod tickets;
pub mod words;

pub mod bundle;
pub mod index;
pub mod questionnaire;
pub mod record;
pub mod statistics;

pub mod store;

pub mod audit;
pub mod backup;
pub mod cases;
pub mod collect;
pub mod decisions;
pub mod export;
pub mod late;
pub mod publications;
pub mod publish;
pub mod registry;
pub mod staff;

pub mod analysis;

pub mod config;
pub mod digest;
pub mod mail;
pub mod reports;
pub mod telemetry;
pub mod web;

pub mod app;
pub mod cli;
pub mod demo;
pub mod schedule;
