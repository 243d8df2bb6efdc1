//! Published series of other bodies: what their numbers are and of whom they speak.

use super::UnknownWord;

kinds! {
    /// What a published number of a series is. Points, per cent and ranks never share an axis.
    SeriesKind {
        /// Points of 100.
        Points = 1, "points";
        /// Per cent.
        Percent = 2, "percent";
        /// A rank; 1 is the first.
        Rank = 3, "rank";
    }
}

kinds! {
    /// Of whom a published number speaks.
    SeriesFrame {
        /// People who had used the service.
        Users = 1, "users";
        /// Residents, whether they had used it or not.
        Residents = 2, "residents";
    }
}
