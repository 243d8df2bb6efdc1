//! Letters that pages of the office send, where the installation can send any.

use super::desk::Desk;

/// Whether letters can be sent.
pub(super) fn is_possible(_desk: &Desk) -> bool {
    false
}
