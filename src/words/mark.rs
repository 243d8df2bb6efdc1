//! What is counted of answers beside what they say: marks of one bit each, and the answers they are shares of.

use super::UnknownWord;

kinds! {
    /// A mark, or the answers that marks are shares of. Kept as counts of a point and half-month, never on an answer.
    Mark {
        /// Answers whose days were sealed.
        Answered = 1, "answered";
        /// Of these: all levels equal.
        Straight = 2, "straight";
        /// Of these: pressed by staff for somebody else.
        StaffHelped = 3, "staff_helped";
        /// Answers that came in through the web, while this was being watched.
        Watched = 4, "watched";
        /// Of these: from a device that had answered at this point before on that day.
        RepeatDevice = 5, "repeat_device";
        /// Of these: within half a minute of the answer before at this point.
        SoonAfter = 6, "soon_after";
        /// Of these: sent less than five seconds after the form was opened.
        Quick = 7, "quick";
        /// Answers that were keyed in from a file.
        Keyed = 8, "keyed";
        /// Of these: nearly the same as one shortly before in the same file, of the same point.
        Alike = 9, "alike";
        /// Of these: keyed in after the half-month in which they were given.
        Late = 10, "late";
    }
}
