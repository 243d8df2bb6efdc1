//! The record as others check it: proofs for citizens and witnesses, the verifier, the turning of its key, the witness.

mod proof;
pub mod rotation;
pub mod verify;
pub mod witness;

pub use proof::{can_promise, checkpoint_of, consistency, inclusion, promise};
