//! A mistake of the program ends one answer and not the process, and its message stays out of the log: messages quote the
//! text they stumbled over, and that may be what a person wrote.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::pin::pin;
use std::task::Poll;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A task panicked; the place in the sources, where it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panicked(pub Option<String>);

/// From now on a panic is told by its place in the sources alone. For servers; commands speak to whoever typed them.
pub fn keep_messages_out() {
    set_hook(Box::new(|panic| {
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line()));
        if IS_GUARDED.get() {
            PLACE.set(place);
        } else {
            tracing::error!(place, "a task of the program panicked");
        }
    }));
}

/// Runs a future to its end or to its panic.
pub async fn guarded<F: Future>(future: F) -> Result<F::Output, Panicked> {
    let mut future = pin!(future);
    std::future::poll_fn(|context| {
        IS_GUARDED.set(true);
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)));
        IS_GUARDED.set(false);
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Err(_message) => Poll::Ready(Err(Panicked(PLACE.take()))),
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_ends_one_future_and_nothing_else() {
        assert_eq!(guarded(async { 7 }).await, Ok(7));
        let late = async {
            tokio::task::yield_now().await;
            panic!("a test of panics")
        };
        let ended: Result<(), Panicked> = guarded(late).await;
        assert!(ended.is_err());
        assert_eq!(guarded(async { 8 }).await, Ok(8));
    }
}
