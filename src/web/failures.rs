//! A bucket of failures: whoever asks for many tickets that do not exist is told to wait. Tickets that exist are looked up all
//! the same, so that three hundred people behind one address never wait for one who guesses.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Failures of one address that are answered in words within a window.
const MOST: u32 = 60;
/// The window.
const WINDOW: Duration = Duration::from_mins(1);
/// Addresses that are told apart; with more the window begins anew for all.
const MOST_ADDRESSES: usize = 10_000;

/// Failures by address, in memory alone and under a key that nobody knows; it holds a minute.
#[derive(Debug)]
pub struct Failures {
    key: RandomState,
    window: Mutex<(Instant, HashMap<u64, u32>)>,
}

impl Default for Failures {
    fn default() -> Self {
        Self { key: RandomState::new(), window: Mutex::new((Instant::now(), HashMap::new())) }
    }
}

impl Failures {
    /// Notes a failure; whether there were too many. An address of IPv6 stands for its network of 64 bits.
    pub fn note(&self, address: Option<IpAddr>) -> bool {
        let name = match address {
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                self.key.hash_one([a, b, c, d])
            }
            other => self.key.hash_one(other),
        };
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if window.0.elapsed() >= WINDOW || window.1.len() >= MOST_ADDRESSES {
            *window = (Instant::now(), HashMap::new());
        }
        let count = window.1.entry(name).or_default();
        *count = count.saturating_add(1);
        *count > MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixty_first_failure_of_an_address_is_too_many_and_others_do_not_wait() {
        let failures = Failures::default();
        let address = |text: &str| Some(text.parse().unwrap());
        assert!((0..60).all(|_| !failures.note(address("192.0.2.1"))));
        assert!(failures.note(address("192.0.2.1")));
        assert!(!failures.note(address("192.0.2.2")) && !failures.note(None));
        assert!((0..60).all(|n| !failures.note(address(&format!("2001:db8::{n:x}")))));
        assert!(failures.note(address("2001:db8::ffff")) && !failures.note(address("2001:db8:0:1::1")));
    }
}
