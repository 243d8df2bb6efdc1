//! The listening socket when the server stops: newcomers wait outside, whoever has entered is served.
//!
//! A connection that the kernel has accepted and the program has not yet is reset when the socket closes, with the form
//! that may already have been sent on it. So newcomers are turned away first, silently: they knock again a second later,
//! and meet the next server or a refusal. Whoever is through the door by then is served before it closes.

use std::net::TcpListener;
use std::time::Duration;

/// How long those who were half through the door may take to enter and to be heard.
const SETTLING: Duration = Duration::from_millis(500);

/// A second hold on the listening socket.
#[derive(Debug)]
pub(super) struct Door(TcpListener);

impl Door {
    /// The door of a listener.
    pub(super) fn of(listener: &TcpListener) -> std::io::Result<Self> {
        listener.try_clone().map(Self)
    }

    /// Turns newcomers away and waits until those inside have been heard. Where the system knows no such thing, nothing is
    /// lost but the connections of that very moment.
    pub(super) async fn shut(self) {
        match turn_newcomers_away(&self.0) {
            Ok(()) => tokio::time::sleep(SETTLING).await,
            Err(error) => tracing::debug!(%error, "newcomers are not turned away before the listener closes"),
        }
    }
}

/// A filter of four steps: of the packets to the listening socket only those pass that belong to a connection begun.
#[cfg(target_os = "linux")]
fn turn_newcomers_away(listener: &TcpListener) -> std::io::Result<()> {
    use socket2::{SockFilter, SockRef};
    const LOAD_BYTE: u16 = 0x30;
    const JUMP_IF_SET: u16 = 0x45;
    const RETURN: u16 = 0x06;
    /// Place of the flags in the header of TCP.
    const FLAGS: u32 = 13;
    /// Set in every packet but the first of a connection.
    const ACKNOWLEDGES: u32 = 0x10;
    SockRef::from(listener).attach_filter(&[
        SockFilter::new(LOAD_BYTE, 0, 0, FLAGS),
        SockFilter::new(JUMP_IF_SET, 0, 1, ACKNOWLEDGES),
        SockFilter::new(RETURN, 0, 0, u32::MAX),
        SockFilter::new(RETURN, 0, 0, 0),
    ])
}

#[cfg(not(target_os = "linux"))]
fn turn_newcomers_away(_listener: &TcpListener) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn newcomers_wait_and_those_inside_are_heard() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connect = |wait| TcpStream::connect_timeout(&address, Duration::from_millis(wait));
        let mut early = connect(1_000).unwrap();
        turn_newcomers_away(&listener).unwrap();
        assert_eq!(connect(300).unwrap_err().kind(), std::io::ErrorKind::TimedOut);
        // The connection that was waiting in the kernel is there, and speaks.
        early.write_all(b"form").unwrap();
        let (mut taken, _) = listener.accept().unwrap();
        let mut heard = [0; 4];
        taken.read_exact(&mut heard).unwrap();
        taken.write_all(b"thanks").unwrap();
        drop(taken);
        let mut answer = String::new();
        early.read_to_string(&mut answer).unwrap();
        assert_eq!((&heard, answer.as_str()), (b"form", "thanks"));
        drop(listener);
        assert_eq!(connect(1_000).unwrap_err().kind(), std::io::ErrorKind::ConnectionRefused);
    }
}
