//! `/quan-tri/tin-hieu`: signals of units, for people from outside of them.

mod list;
mod unit;

use std::sync::Arc;

use super::desk::{Desk, Stop};
use super::route::{Route, get};
use crate::decisions::may_look_at;
use crate::index::signals::{Class, Signal};
use crate::publish::signals::{self, UnitSignals};
use crate::text::Say;
use crate::text::office::signals as words;
use crate::words::{Period, Right as R, UnitId};

const PAGE: &str = "/quan-tri/tin-hieu";
/// Query of the month: `2026-10`.
const MONTH: &str = "thang";
/// Months back that may be chosen.
const MONTHS: usize = 24;

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![get(PAGE, R::ReadSignals, list::show), get("/quan-tri/tin-hieu/{ma}", R::ReadSignals, unit::show)]
}

/// The month of the address, and all that may be chosen, the latest first.
struct Months {
    shown: Period,
    all: Vec<Period>,
}

/// How a month stands in an address.
fn written(month: Period) -> String {
    format!("{:04}-{:02}", month.from.year(), month.from.month())
}

impl Months {
    /// The month asked for, or the last one that is over; `None` while none is over.
    async fn of(desk: &Desk) -> anyhow::Result<Option<Self>> {
        let Some(last) = signals::last_month(desk.db(), desk.snapshot()).await? else { return Ok(None) };
        let before = |month: &Period| {
            let day = month.from.plus(-1);
            Period::calendar_month(day.year(), day.month())
        };
        let all: Vec<Period> = std::iter::successors(Some(last), before).take(MONTHS).collect();
        let asked = desk.asked(MONTH);
        let shown = all.iter().copied().find(|month| written(*month) == asked).unwrap_or(last);
        Ok(Some(Self { shown, all }))
    }
}

/// Whether the person comes from outside a unit.
pub(super) fn looks_from_outside(desk: &Desk, unit: UnitId, month: Period) -> bool {
    let who = super::decisions::who(desk);
    may_look_at(who.person, unit, desk.directory(), month, desk.today())
}

/// The signals of all units; who may see which of them is for the page to say.
async fn of_month(desk: &Desk, month: Period) -> Result<Arc<Vec<UnitSignals>>, Stop> {
    Ok(desk.site().signals.of_month(desk.db(), desk.snapshot(), month, desk.today()).await?)
}

/// What the signals of a unit say together in the last month that is over, where the person may look at it: the month, and
/// the class where anything is recorded.
pub(super) async fn of_unit(desk: &Desk, unit: UnitId) -> Result<Option<(Period, Option<Say>)>, Stop> {
    let reads = desk.scope_of(R::ReadSignals);
    let holds = reads.is_some_and(|scope| scope.holds(&desk.directory().path(unit, desk.today())));
    let Some(month) = signals::last_month(desk.db(), desk.snapshot()).await? else { return Ok(None) };
    if !holds || desk.signed.person.own_unit == UnitId::NONE || !looks_from_outside(desk, unit, month) {
        return Ok(None);
    }
    let found = of_month(desk, month).await?;
    let own = found.iter().find(|signals| signals.unit.unit == unit);
    Ok(Some((month, own.map(|signals| class(signals.class())))))
}

/// Address of the signals of a unit.
pub(super) fn page_of(code: &str) -> String {
    format!("{PAGE}/{}", percent_encoding::utf8_percent_encode(code, percent_encoding::NON_ALPHANUMERIC))
}

/// The class in words.
const fn class(class: Class) -> Say {
    match class {
        Class::Look => words::LOOK,
        Class::Good => words::GOOD,
        Class::Unclear => words::UNCLEAR,
        Class::TooFew => words::TOO_FEW,
        Class::Unknown => words::UNKNOWN,
    }
}

/// What a signal is called, and what it means.
pub(super) const fn signal(signal: Signal) -> (Say, Say) {
    match signal {
        Signal::Reach => (words::REACH, words::REACH_HOW),
        Signal::Gap => (words::GAP, words::GAP_HOW),
        Signal::Disputes => (words::DISPUTES, words::DISPUTES_HOW),
        Signal::RepeatDevice => (words::REPEAT_DEVICE, words::REPEAT_DEVICE_HOW),
        Signal::SoonAfter => (words::SOON_AFTER, words::SOON_AFTER_HOW),
        Signal::Quick => (words::QUICK, words::QUICK_HOW),
        Signal::Straight => (words::STRAIGHT, words::STRAIGHT_HOW),
        Signal::Alike => (words::ALIKE, words::ALIKE_HOW),
        Signal::StaffHelped => (words::STAFF_HELPED, words::STAFF_HELPED_HOW),
        Signal::Excluded => (words::EXCLUDED, words::EXCLUDED_HOW),
        Signal::Late => (words::LATE, words::LATE_HOW),
    }
}
