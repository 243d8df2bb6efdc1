//! Bands: which one a value lies in.

use super::definition::{Band, Scheme};

/// A value this little below a limit is at the limit: it is the trace of adding decimal numbers in binary (1.1 + 2.2 is
/// not 3.3), far below any unit of points. Nothing is rounded: 14.99 stays below 15.
const BINARY: f64 = 1e-9;

impl Scheme {
    /// The band of an unrounded value; `None` where the scheme has no bands, or outside 0 to the maximum.
    ///
    /// A band holds its lower limit and not its upper; the highest holds the maximum.
    pub fn band(&self, value: f64) -> Option<&Band> {
        let edge = BINARY * self.maximum().max(1.0);
        if !(-edge..=self.maximum() + edge).contains(&value) {
            return None;
        }
        self.bands().iter().find(|band| value + edge >= band.from)
    }
}
