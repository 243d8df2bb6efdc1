//! When the figure by dossier codes of a unit-month may count again. Pure: everything it depends on is given.

use super::refusal::Refusal;
use crate::registry::Directory;
use crate::registry::decided::Decided;
use crate::registry::tickets::UnitMonth;
use crate::words::{Day, DecisionKind, DecisionReason};

/// What somebody proposes to count again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketsProposal<'a> {
    /// The unit and the month.
    pub of: UnitMonth,
    /// Why.
    pub reason: DecisionReason,
    /// What else there is to say about it.
    pub note: &'a str,
}

/// The unit-month that is proposed.
pub(super) fn asked(proposal: &TicketsProposal<'_>) -> Result<UnitMonth, Vec<Refusal>> {
    let is_one = DecisionKind::Tickets.reasons().contains(&proposal.reason);
    if is_one { Ok(proposal.of) } else { Err(vec![Refusal::OtherReason]) }
}

/// Everything that stands against it now.
pub(super) fn against(
    of: &UnitMonth,
    directory: &Directory,
    decided: &Decided,
    (is_disputed, today): (bool, Day),
) -> Vec<Refusal> {
    let days = of.days();
    let mut refusals = Vec::new();
    if ![days.from, days.to].into_iter().any(|day| directory.is_alive(of.unit, day)) {
        refusals.push(Refusal::UnitNotThere);
    }
    if today <= days.to {
        refusals.push(Refusal::MonthNotOver(days.to.plus(1)));
    }
    let known = decided.tickets.iter().find(|known| known.of == *of);
    refusals.extend(known.map(|known| Refusal::CountsAgain(known.id)));
    // Nothing is decided beforehand: there has to be something to look into.
    if refusals.is_empty() && !is_disputed {
        refusals.push(Refusal::NotDisputed);
    }
    refusals
}
