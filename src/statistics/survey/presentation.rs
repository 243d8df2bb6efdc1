//! Whether a share from a survey is sure enough to be shown.

use super::super::interval::{Confidence, Interval};
use super::intervals::{DesignShare, IntervalMethod};

/// Thresholds of a presentation standard, as data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Effective rows below which nothing is shown.
    pub least_effective_rows: f64,
    /// Width of the interval up to which a share is shown whatever its size; 0 to 1.
    pub narrow: f64,
    /// Width from which a share is never shown; 0 to 1.
    pub wide: f64,
    /// Most width per share between these two.
    pub most_relative_width: f64,
    /// Degrees of freedom below which a shown share is marked for review.
    pub least_df: f64,
    /// Width per complement (1 − share) above which a shown share gets a footnote.
    pub complement_relative_width: f64,
}

/// Whether a share is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Presentation {
    /// It is.
    Show,
    /// Too few effective rows.
    SuppressN,
    /// The interval is too wide, or there is none (no degree of freedom).
    SuppressWidth,
    /// The interval is too wide for a share of this size.
    SuppressRelativeWidth,
}

impl Presentation {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::SuppressN => "suppress_n",
            Self::SuppressWidth => "suppress_width",
            Self::SuppressRelativeWidth => "suppress_relative_width",
        }
    }
}

/// What the rules say about a share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// Whether it is shown.
    pub presentation: Presentation,
    /// Shown, but from few degrees of freedom: somebody should look at it.
    pub review_df: bool,
    /// Shown, but 0 or 1: somebody should look at it.
    pub review_0_or_1: bool,
    /// Shown, but its complement is imprecise for its size.
    pub footnote_complement: bool,
    /// The 95 % interval the rules looked at ([`IntervalMethod::KornGraubardNchs`]); `None` without a degree of freedom.
    pub interval: Option<Interval>,
    /// The effective rows the rules looked at.
    pub effective_rows: f64,
}

impl Decision {
    /// Whether it is shown.
    pub fn shows(&self) -> bool {
        self.presentation == Presentation::Show
    }

    /// The words of the flags that are up.
    pub fn flags(&self) -> Vec<&'static str> {
        let flags = [
            (self.review_df, "review_df"),
            (self.review_0_or_1, "review_0_or_1"),
            (self.footnote_complement, "footnote_complement"),
        ];
        flags.into_iter().filter(|(up, _)| *up).map(|(_, word)| word).collect()
    }
}

impl Rules {
    /// National Center for Health Statistics data presentation standards for proportions (Parker et al. 2017, Vital and
    /// Health Statistics 2(175)).
    pub const NCHS_2017: Self = Self {
        least_effective_rows: 30.0,
        narrow: 0.05,
        wide: 0.30,
        most_relative_width: 1.30,
        least_df: 8.0,
        complement_relative_width: 1.30,
    };

    /// Applies the rules in the order of the standard: rows, small width, large width, width per share; then the flags.
    ///
    /// A share of 0 or 1 with enough rows is shown and marked. Without a degree of freedom there is no interval and
    /// nothing is shown.
    pub fn decide(&self, share: &DesignShare) -> Decision {
        let effective_rows = share.effective_rows();
        let interval = share.interval(IntervalMethod::KornGraubardNchs, Confidence::P95).ok();
        let at_end = share.share <= 0.0 || share.share >= 1.0;
        let width = interval.map(|interval| interval.width());
        let presentation = match width {
            _ if effective_rows.is_nan() || effective_rows < self.least_effective_rows => Presentation::SuppressN,
            None => Presentation::SuppressWidth,
            Some(width) if at_end || width <= self.narrow => Presentation::Show,
            Some(width) if width.is_nan() || width >= self.wide => Presentation::SuppressWidth,
            Some(width) if width / share.share > self.most_relative_width => Presentation::SuppressRelativeWidth,
            Some(_) => Presentation::Show,
        };
        let shown = presentation == Presentation::Show;
        let imprecise =
            |width: f64| width > self.narrow && width / (1.0 - share.share) > self.complement_relative_width;
        Decision {
            presentation,
            review_df: shown && share.df < self.least_df,
            review_0_or_1: shown && at_end,
            footnote_complement: shown && !at_end && width.is_some_and(imprecise),
            interval,
            effective_rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(share: f64, standard_error: f64, rows: u64, df: f64) -> Decision {
        Rules::NCHS_2017.decide(&DesignShare { share, variance: standard_error * standard_error, rows, df })
    }

    #[test]
    fn a_precise_share_is_shown_without_a_flag() {
        let decision = decide(0.85, 0.02, 1000, 60.0);
        assert!(decision.shows() && decision.flags().is_empty(), "{decision:?}");
    }

    #[test]
    fn few_effective_rows_come_first_and_a_wide_interval_second() {
        assert_eq!(decide(0.9, 0.01, 29, 60.0).presentation, Presentation::SuppressN);
        assert_eq!(decide(0.5, 0.08, 200, 3.0).presentation, Presentation::SuppressWidth);
        assert_eq!(decide(0.04, 0.03, 3000, 60.0).presentation, Presentation::SuppressRelativeWidth);
    }

    #[test]
    fn a_share_of_one_is_shown_for_review_and_one_from_a_single_unit_is_not() {
        assert_eq!(decide(1.0, 0.0, 45, 3.0).flags(), ["review_df", "review_0_or_1"]);
        assert_eq!(decide(1.0, 0.0, 45, 0.0).presentation, Presentation::SuppressWidth);
        assert_eq!(decide(0.9, 0.0, 45, 0.0).presentation, Presentation::SuppressWidth);
        assert_eq!(decide(0.9, 0.0, 0, 0.0).presentation, Presentation::SuppressN);
    }

    #[test]
    fn an_imprecise_complement_gets_a_footnote() {
        assert_eq!(decide(0.985, 0.01, 45, 60.0).flags(), ["footnote_complement"]);
    }
}
