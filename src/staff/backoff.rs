//! How long nobody is heard under an address after failed sign-ins.

use crate::store::staff::Failures;
use crate::words::Moment;

/// Failures that cost nothing: people mistype.
const FREE: i32 = 3;
/// Longest wait, in seconds: long for a machine, bearable for a person whom somebody wants to keep out.
const LONGEST: i64 = 15 * 60;
/// Seconds after which failures are forgotten.
pub(super) const FORGIVEN_AFTER: i64 = 60 * 60;

/// Seconds that still have to pass; none if the person is heard. After three failures 2 s, then 4 s, 8 s, … up to 15
/// minutes.
pub fn wait_after(failures: Option<Failures>, now: Moment) -> Option<u64> {
    let Failures { n, last } = failures?;
    let passed = now.unix() - last.unix();
    if n < FREE || passed >= FORGIVEN_AFTER {
        return None;
    }
    let doubled = u32::try_from(n - FREE + 1).unwrap_or(u32::MAX);
    let wait = 2_i64.checked_pow(doubled.min(20)).unwrap_or(LONGEST).min(LONGEST);
    u64::try_from(wait - passed).ok().filter(|left| *left > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_from_the_third_failure_to_a_quarter_of_an_hour() {
        let now = Moment::from_unix(1_000_000);
        let wait = |n, ago: i64| wait_after(Some(Failures { n, last: Moment::from_unix(now.unix() - ago) }), now);
        assert_eq!([wait(1, 0), wait(2, 0)], [None, None]);
        assert_eq!([wait(3, 0), wait(4, 0), wait(7, 0)], [Some(2), Some(4), Some(32)]);
        assert_eq!([wait(30, 0), wait(i32::MAX, 0)], [Some(900), Some(900)]);
        assert_eq!([wait(4, 3), wait(4, 4), wait(30, 3_600)], [Some(1), None, None]);
        assert_eq!(wait_after(None, now), None);
    }
}
