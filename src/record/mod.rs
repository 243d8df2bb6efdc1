//! The record of answers, so small that one person can audit it in a day: leaf, receipt, form key, tree, checkpoints. Pure.
//!
//! It knows bytes and days. It must not know the database, the web, or what an answer means.

mod case_code;
mod checkpoint;
mod crockford;
mod form_key;
mod keys;
mod leaf;
mod note;
mod proof;
mod public_code;
mod receipt;
mod staff_chain;
mod ticket;
pub mod tree;

pub use case_code::CaseCode;
pub use checkpoint::{Checkpoint, KeyFault, KeyRow, Keyring, origin_of};
pub use form_key::{FormKey, FormKeyRefusal, OpenedForm};
pub use keys::{Keys, Secret, hex};
pub use leaf::{Comment, Leaf, Record, comment_commitment};
pub use note::{Note, NoteKey, Signer, from_base64, to_base64};
pub use proof::{FileFault, Inclusion, LARGEST_PROOF, ReceiptFile, Shown, promise, read_keys, write_keys};
pub use public_code::PublicCode;
pub use receipt::{Receipt, ReceiptRefusal};
pub use staff_chain::{StaffEntry, StaffHead, unhex};
pub use ticket::{LONGEST_DOSSIER, Ticket, TicketHash, contact_hash, dossier_number};

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// SHA-256 of the parts one after another.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

/// HMAC-SHA-256 of the parts one after another.
pub fn hmac_sha256(key: &Secret, parts: &[&[u8]]) -> [u8; 32] {
    // A key of any length is valid for HMAC; the empty one stands in for a failure that cannot happen.
    let mut mac = Hmac::<Sha256>::new_from_slice(key.bytes())
        .unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()));
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
