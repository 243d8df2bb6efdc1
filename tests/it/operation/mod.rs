//! Running the program: how it ends, what it checks, what it tells of itself, and what it never tells.

mod canary;
mod check;
mod ending;
mod monitoring;
mod packaging;
mod signals;

use std::net::TcpListener;

/// An address on this machine that nobody listens on at the moment.
fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}
