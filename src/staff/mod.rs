//! People with accounts: how they are invited, prove who they are, and what their sessions let them do.
//!
//! The rules (passwords, one-time codes, back-off) are pure; the acts load, decide and remember, each in one transaction
//! with its line in the staff log.

mod accounts;
mod activation;
mod backoff;
mod chain;
mod codes;
mod letters;
pub mod log;
mod password;
mod session;
mod sign_in;
mod token;
mod uploads;

pub use accounts::{
    AccountRefusal, Actor, Invitation, Invited, change, close, grant, hand_over, invite, list, new_link, with_grants,
    withdraw,
};
pub use activation::{
    Activated, ActivationRefusal, Choice, FoundLink, activate, choose_password, first_link, is_name, look_at_link,
};
pub use backoff::wait_after;
pub use chain::{ChainBreak, ChainCheck, ChainFault};
pub use codes::{RECOVERY_CODES, new_recovery_codes, secret_base32, setup_address};
pub use letters::forgotten;
pub use password::{Busy, Hasher, LONGEST, SHORTEST, Weakness, weakness};
pub use session::{
    IDLE_SECONDS, LONGEST_SECONDS, STEP_UP_SECONDS, Signed, StepUp, end, end_others, forget, form_token, recovery_left,
    renew_recovery, resume, sessions, step_up,
};
pub use sign_in::{Opened, SignIn, SignInRefusal, sign_in};
pub use token::Token;
pub use uploads::{find_upload, forget_upload, keep_upload};

use anyhow::Context;

use crate::record::Keys;
use crate::store::{ConnectionTrait, Database, staff_log};
use crate::words::{Moment, Province};

/// What every act needs.
#[derive(Debug, Clone, Copy)]
pub struct Office<'a> {
    /// Database.
    pub db: &'a Database,
    /// Province.
    pub province: Province,
    /// Secret keys.
    pub keys: &'a Keys,
    /// The present moment.
    pub now: Moment,
    /// Where letters can leave: the address that links in them begin with.
    pub letters: Option<&'a str>,
}

impl Office<'_> {
    async fn note(&self, tx: &impl ConnectionTrait, actor: &str, act: &str, object: &str) -> anyhow::Result<()> {
        staff_log::append(tx, self.province, self.now, actor, act, object).await.context("while writing the staff log")
    }
}

/// An address as it is compared: without blanks around it, in lower case.
pub fn email_of(entered: &str) -> String {
    entered.trim().to_lowercase()
}

/// Whether something can be an address: one @, a name before it, a host with a dot behind it, nothing that breaks a header.
pub fn is_email(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._%+-'".contains(c);
    let Some((name, host)) = text.split_once('@') else { return false };
    let named = !name.is_empty() && name.len() <= 64 && name.chars().all(plain);
    let label = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    named && host.len() <= 190 && host.contains('.') && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_plain_and_breaks_no_header() {
        for good in ["an@sonoivu.minhhoa.gov.vn", "a.b+c@x.vn", "o'neil@x-y.vn"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "an",
            "an@",
            "@x.vn",
            "an@x",
            "a n@x.vn",
            "an@x..vn",
            "an@x.vn\r\nBcc: b@x.vn",
            "an@x.vn@y.vn",
            "<an@x.vn>",
        ] {
            assert!(!is_email(bad), "{bad:?}");
        }
        assert_eq!(email_of("  An@X.VN "), "an@x.vn");
    }
}
