//! Integration tests in one binary: it is linked once.

// Clippy takes helpers of tests for tests only under this mark.
#[cfg(test)]
mod alerts;
#[cfg(test)]
mod analysis;
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod budget;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod door;
#[cfg(test)]
mod editions;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod history;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod keeping;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod late;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod malformed;
#[cfg(test)]
mod measures;
#[cfg(test)]
mod methodology;
#[cfg(test)]
mod office;
#[cfg(test)]
mod open_data;
#[cfg(test)]
mod operation;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod power;
#[cfg(test)]
mod program;
#[cfg(test)]
mod proof;
#[cfg(test)]
mod public_pages;
#[cfg(test)]
#[cfg(test)]
mod publications;
#[cfg(test)]
mod record;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod setting_up;
#[cfg(test)]
mod signals;
#[cfg(test)]
mod situations;
#[cfg(test)]
mod staff_log;
#[cfg(test)]
mod statistics;
#[cfg(test)]
mod tickets;
#[cfg(test)]
mod world;
