//! Integration tests in one binary: it is linked once.

// Clippy takes helpers of tests for tests only under this mark.
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod statistics;
#[cfg(test)]
mod world;
