//! `/quan-tri/duyet/tinh-lai`: proposing that the figure by dossier codes of a unit-month counts again.

use maud::{Markup, html};

use super::{NOTE, REASON, page_of, reason, reasons, who};
use crate::decisions::{self, NotDone, TicketsProposal};
use crate::registry::tickets::UnitMonth;
use crate::text::office::{self as common, decisions as words};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::office::faults::Faults;
use crate::web::view::office::Input;
use crate::words::{DecisionKind, UnitId};

const PAGE: &str = "/quan-tri/duyet/tinh-lai";
const UNIT: &str = "don_vi";
const MONTH: &str = "thang";

/// `GET`.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let main = form(&desk, &Faults::default());
    Ok(desk.page(words::TICKETS_TITLE.get(desk.lang), &main))
}

/// `POST`.
pub(in crate::web::office) async fn send(desk: Desk) -> Answer {
    let mut faults = Faults::default();
    let of = unit_month(&desk, &mut faults);
    let reason = reason(&desk, DecisionKind::Tickets, &mut faults);
    if let (Some(of), Some(reason)) = (of, reason) {
        let proposal = TicketsProposal { of, reason, note: desk.fields.get(NOTE) };
        match decisions::propose_tickets(desk.db(), desk.province(), &who(&desk), &proposal).await {
            Ok(id) => return Ok(desk.done(&page_of(id), Done::Proposed)),
            Err(NotDone::Fault(fault)) => return Err(Stop::Fault(fault)),
            Err(NotDone::Refused(refusals)) => refusals.iter().for_each(|refusal| faults.whole(refusal.say(desk.lang))),
        }
    }
    let main = form(&desk, &faults);
    Ok(desk.refused(words::TICKETS_TITLE.get(desk.lang), &main))
}

/// The unit and the month that were entered, or what is wrong with each.
fn unit_month(desk: &Desk, faults: &mut Faults) -> Option<UnitMonth> {
    let unit = desk.unit(desk.fields.get(UNIT)).ok().map(|unit| unit.unit);
    if unit.is_none() {
        faults.at(UNIT, words::NO_UNIT.get(desk.lang));
    }
    let month = month(desk.fields.get(MONTH));
    if month.is_none() {
        faults.at(MONTH, words::NO_MONTH.get(desk.lang));
    }
    unit.zip(month).map(|(unit, month)| UnitMonth { unit, ..month })
}

/// A month written `03/2026`, `3/2026` or `2026-03`.
fn month(entered: &str) -> Option<UnitMonth> {
    let word = match entered.trim().split_once('/') {
        Some((month, year)) => format!("{year}-{month:0>2}"),
        None => entered.trim().to_owned(),
    };
    UnitMonth::of(UnitId::NONE, &word)
}

fn form(desk: &Desk, faults: &Faults) -> Markup {
    let lang = desk.lang;
    let fields = vec![
        faults.field(desk, UNIT, words::UNIT, Input::Text, ""),
        faults.field(desk, MONTH, words::MONTH, Input::Text, "").hint(words::MONTH_HINT.get(lang)),
        faults.field(desk, REASON, words::REASON, Input::Radios(reasons(desk, DecisionKind::Tickets)), ""),
        faults.field(desk, NOTE, words::NOTE, Input::Area, "").optional(common::OPTIONAL.get(lang)),
    ];
    html! {
        h1 { (words::TICKETS_TITLE.get(lang)) }
        p { (words::TICKETS_LEAD.get(lang)) }
        (faults.form(desk, PAGE, fields, words::PROPOSE_BUTTON).render())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_as_people_write_it() {
        for entered in ["03/2026", "3/2026", "2026-03", " 3/2026 "] {
            assert_eq!(month(entered).map(|of| of.month_word()), Some("2026-03".to_owned()), "{entered}");
        }
        for bad in ["", "13/2026", "2026", "tháng 3", "1/2/2026"] {
            assert_eq!(month(bad), None, "{bad}");
        }
    }
}
