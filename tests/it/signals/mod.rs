//! Signals: what is counted of answers beside what they say, and what stuffing does to figures and signals.

mod figures;
mod marks;
mod stuffing;
