//! Series of one index over time, and where they break.
//!
//! Two figures continue each other only where the same questions were put in the same way to people found in the same way,
//! and computed by the same scheme. A change of any of these ends a run; so does a break somebody declares with a reason.
//! No trend, change or mean is computed across a break, and there is no way to ask for one.

use super::component::Bilingual;
use super::definition::{DeclaredBreak, SchemeRef};
use crate::words::{Measure, Period};

/// How the people behind a figure were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// Drawn with known probability.
    Probability,
    /// They chose to answer.
    OptIn,
    /// Everybody was asked.
    Everybody,
    /// Nobody was asked: dossiers and complaints were counted.
    Records,
}

impl Selection {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Probability => "probability",
            Self::OptIn => "opt_in",
            Self::Everybody => "everybody",
            Self::Records => "records",
        }
    }
}

/// One figure of a series with everything its comparability hangs on.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesPoint {
    /// Period it speaks of.
    pub period: Period,
    /// How people call the period, such as 2022 or quý I/2026.
    pub label: String,
    /// The figure, unrounded.
    pub value: f64,
    /// Which of the satisfaction numbers.
    pub measure: Measure,
    /// The scheme that made it.
    pub scheme: SchemeRef,
    /// The edition of the questionnaire. One that only corrects a typing error keeps the name of the one it continues.
    pub questionnaire: String,
    /// How people answered: at home with an interviewer, by QR, by post.
    pub mode: String,
    /// Of whom the frame consists: users of a procedure, residents.
    pub frame: String,
    /// How they were found.
    pub selection: Selection,
}

/// Why two figures do not continue each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Two different satisfaction numbers.
    #[error("two measures, {before} and {after}: they count different things")]
    Measure {
        /// Of the first.
        before: Measure,
        /// Of the second.
        after: Measure,
    },
    /// People who chose to answer against people who were drawn, and the like.
    #[error("people were found in two ways, {} and {}", before.word(), after.word())]
    Selection {
        /// Of the first.
        before: Selection,
        /// Of the second.
        after: Selection,
    },
    /// Another scheme or version.
    #[error("two schemes, {before} and {after}")]
    Scheme {
        /// Of the first.
        before: SchemeRef,
        /// Of the second.
        after: SchemeRef,
    },
    /// Other questions.
    #[error("two questionnaires, {before} and {after}")]
    Questionnaire {
        /// Of the first.
        before: String,
        /// Of the second.
        after: String,
    },
    /// Another way to answer.
    #[error("people answered in two ways, {before} and {after}")]
    Mode {
        /// Of the first.
        before: String,
        /// Of the second.
        after: String,
    },
    /// Other people.
    #[error("two frames, {before} and {after}")]
    Frame {
        /// Of the first.
        before: String,
        /// Of the second.
        after: String,
    },
    /// A declared break between them.
    #[error("{}", reason.en)]
    Declared {
        /// Why.
        reason: Bilingual,
    },
}

/// Whether two figures may be compared, apart from breaks declared between them: all reasons why not.
///
/// Figures of two measures never are, whatever else they share, nor are voluntary answers with a drawn sample.
pub fn comparable(a: &SeriesPoint, b: &SeriesPoint) -> Result<(), Vec<Reason>> {
    let mut reasons = Vec::new();
    if a.measure != b.measure {
        reasons.push(Reason::Measure { before: a.measure, after: b.measure });
    }
    if a.selection != b.selection {
        reasons.push(Reason::Selection { before: a.selection, after: b.selection });
    }
    if a.scheme != b.scheme {
        reasons.push(Reason::Scheme { before: a.scheme.clone(), after: b.scheme.clone() });
    }
    let mut differ = |before: &String, after: &String, reason: fn(String, String) -> Reason| {
        if before != after {
            reasons.push(reason(before.clone(), after.clone()));
        }
    };
    differ(&a.questionnaire, &b.questionnaire, |before, after| Reason::Questionnaire { before, after });
    differ(&a.mode, &b.mode, |before, after| Reason::Mode { before, after });
    differ(&a.frame, &b.frame, |before, after| Reason::Frame { before, after });
    if reasons.is_empty() { Ok(()) } else { Err(reasons) }
}

/// A stretch of a series without a break.
#[derive(Debug, Clone, PartialEq)]
pub struct Run<'a> {
    /// Its figures, in the order of time.
    pub points: &'a [SeriesPoint],
    /// Why it does not continue the run before; empty for the first.
    pub broken: Vec<Reason>,
}

/// Figures in the order of time, with the breaks declared for them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    points: Vec<SeriesPoint>,
    breaks: Vec<DeclaredBreak>,
}

impl Series {
    /// A series; it is put in the order of time.
    pub fn new(mut points: Vec<SeriesPoint>, breaks: Vec<DeclaredBreak>) -> Self {
        points.sort_by_key(|point| (point.period.from, point.period.to));
        Self { points, breaks }
    }

    /// The figures in the order of time.
    pub fn points(&self) -> &[SeriesPoint] {
        &self.points
    }

    /// Whether two figures may be compared, declared breaks of their measures included: all reasons why not.
    ///
    /// A break lies between them where it begins after the first day of the earlier and not after that of the later.
    pub fn comparable(&self, a: &SeriesPoint, b: &SeriesPoint) -> Result<(), Vec<Reason>> {
        let mut reasons = comparable(a, b).err().unwrap_or_default();
        let (first, last) = (a.period.from.min(b.period.from), a.period.from.max(b.period.from));
        let between = |declared: &&DeclaredBreak| {
            [a.measure, b.measure].contains(&declared.measure) && first < declared.from && declared.from <= last
        };
        let declared = self.breaks.iter().filter(between);
        reasons.extend(declared.map(|declared| Reason::Declared { reason: declared.reason.clone() }));
        if reasons.is_empty() { Ok(()) } else { Err(reasons) }
    }

    /// The runs: each ends where a break stands between neighbours.
    pub fn runs(&self) -> Vec<Run<'_>> {
        let mut runs = Vec::new();
        let (mut rest, mut broken) = (self.points.as_slice(), Vec::new());
        while !rest.is_empty() {
            let breaks = rest.windows(2).enumerate().find_map(|(at, pair)| match pair {
                [a, b] => self.comparable(a, b).err().map(|reasons| (at + 1, reasons)),
                _ => None,
            });
            let (length, reasons) = breaks.unwrap_or((rest.len(), Vec::new()));
            let (points, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            runs.push(Run { points, broken: std::mem::replace(&mut broken, reasons) });
            rest = after;
        }
        runs
    }

    /// Second figure less first; refused with all reasons where they may not be compared.
    pub fn change(&self, a: &SeriesPoint, b: &SeriesPoint) -> Result<f64, Vec<Reason>> {
        self.comparable(a, b).map(|()| b.value - a.value)
    }

    /// Plain mean of figures; refused with all reasons unless every two of them may be compared. `None` for no figure.
    pub fn mean(&self, points: &[&SeriesPoint]) -> Result<Option<f64>, Vec<Reason>> {
        let mut reasons: Vec<Reason> = Vec::new();
        for (at, a) in points.iter().enumerate() {
            for b in points.iter().skip(at + 1) {
                let more = self.comparable(a, b).err().unwrap_or_default();
                for reason in more {
                    if !reasons.contains(&reason) {
                        reasons.push(reason);
                    }
                }
            }
        }
        if !reasons.is_empty() {
            return Err(reasons);
        }
        let n: f64 = points.iter().map(|_| 1.0).sum();
        Ok((n > 0.0).then(|| points.iter().map(|point| point.value).sum::<f64>() / n))
    }
}
