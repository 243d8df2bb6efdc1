//! Planted situations, so that every page has something to show. Months are calendar months of every year.
//!
//! Not here: the change of the questionnaire in July (only one edition exists), and what concerns targets or waves.

use super::dossiers::next_working_day;
use super::province::DecidingUnit;
use crate::words::{Day, Half};

/// Why an answer is not an ordinary one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Circumstance {
    /// An ordinary answer.
    Ordinary,
    /// A citizen's ticket spent by staff: all 5, one after another within 30 seconds, after five in the afternoon.
    FilledByStaff,
    /// Kept in the kiosk while the line was down; stands under the day it arrived.
    ArrivedLate,
    /// Given at the counter whose desk showed its neighbour's QR; the answer stands under the neighbour.
    UnderWrongCode,
    /// One of 400 posts within ten minutes.
    Burst,
}

/// The commune whose staff spend citizens' tickets from August on.
pub(crate) const SELF_FILLING: &str = "MH.X02";
/// Share of the tickets issued there that staff spend.
pub(crate) const SELF_FILLED: f64 = 0.20;
/// The commune with almost no answers in February and none in March.
const SPARSE: &str = "MH.X05";
/// The unit whose kiosk loses its line from 5 to 18 October.
pub(crate) const LINE_DOWN: &str = "MH.DK1";
/// The counter whose QR hung at two desks from 4 to 24 May, and the counter that showed it.
pub(crate) const SHARED_QR: (&str, &str) = ("MH.X03.Q01", "MH.X03.Q02");
/// The counter that opens in September and shortens the wait.
const NEW_COUNTER: &str = "MH.P01.Q10";
/// The counter that a script posts to in June, and how often.
pub(crate) const BURST: (&str, u32) = ("MH.P02.Q01", 400);

/// Whether a counter is open on a day.
pub(crate) fn is_open(counter: &str, day: Day) -> bool {
    counter != NEW_COUNTER || day.month() >= 9
}

/// The mean wait at a unit: one more counter takes Cầu Vồng from 27 to 19 minutes.
pub(crate) fn wait_of(unit: &DecidingUnit, day: Day) -> f64 {
    if unit.code == "MH.P01" && day.month() >= 9 { 19.0 } else { unit.wait }
}

/// Whether staff spend tickets of a unit on a day.
pub(crate) fn staff_fill(unit: &DecidingUnit, day: Day) -> bool {
    unit.code == SELF_FILLING && day.month() >= 8
}

/// How many answers a unit has on a day, where the situation and not the model decides: Gió Ngàn gets one on each of
/// three days of February and none in March.
pub(crate) fn answers_fixed(unit: &DecidingUnit, day: Day) -> Option<u32> {
    if unit.code != SPARSE || !(2..=3).contains(&day.month()) {
        return None;
    }
    let day_of = |wanted| Day::of(day.year(), 2, wanted).map(next_working_day);
    Some(u32::from([3, 10, 24].into_iter().any(|wanted| day_of(wanted) == Some(day))))
}

/// Whether the kiosk of Hòn Sóng has no line.
pub(crate) fn line_is_down(day: Day) -> bool {
    day.month() == 10 && (5..=18).contains(&day.day_of_month())
}

/// The days whose kiosk answers arrive on `day`: those of the outage, on the first working day after it.
pub(crate) fn kept_days(day: Day) -> Vec<Day> {
    let back = Day::of(day.year(), 10, 19).map(next_working_day);
    if back != Some(day) {
        return Vec::new();
    }
    (5..=18).filter_map(|n| Day::of(day.year(), 10, n)).collect()
}

/// Whether the second desk of Suối Trong shows the first one's QR.
pub(crate) fn qr_is_shared(day: Day) -> bool {
    day.month() == 5 && (4..=24).contains(&day.day_of_month())
}

/// Whether the script posts on a day: the first working day from 10 June on.
pub(crate) fn burst_on(day: Day) -> bool {
    Day::of(day.year(), 6, 10).map(next_working_day) == Some(day)
}

/// Disputes of a half-month: citizens of Cầu Ván find their tickets spent, six times from August to October.
/// Point code and number.
pub fn disputes_of(half: Half) -> Option<(&'static str, u32)> {
    (8..=10).contains(&half.first().month()).then_some(("MH.X02.Q01", 1))
}
