//! `/quan-tri/duyet/{so}/khoi-phuc`: proposing to take an exclusion back.

use maud::{Markup, html};

use super::{NOTE, REASON, find, matter, page_of, reason, reasons, who};
use crate::decisions::{self, NotDone, RestorationProposal, Subject};
use crate::store::decisions::StoredDecision;
use crate::text::office::{self as common, decisions as words};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::office::faults::Faults;
use crate::web::view::office::Input;
use crate::words::{DecisionKind, DecisionState};

/// The exclusion of the address, if it was approved.
async fn exclusion(desk: &Desk) -> Result<(StoredDecision, Subject), Stop> {
    let decision = find(desk).await?;
    if decision.kind != DecisionKind::Exclude || decision.state != DecisionState::Approved {
        return Err(Stop::NotFound);
    }
    let subject = Subject::of(&decision)?;
    Ok((decision, subject))
}

/// `GET`.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let (decision, subject) = exclusion(&desk).await?;
    let main = form(&desk, &decision, &subject, &Faults::default());
    Ok(desk.page(words::RESTORE_TITLE.get(desk.lang), &main))
}

/// `POST`.
pub(in crate::web::office) async fn send(desk: Desk) -> Answer {
    let (decision, subject) = exclusion(&desk).await?;
    let mut faults = Faults::default();
    if let Some(reason) = reason(&desk, DecisionKind::Restore, &mut faults) {
        let proposal = RestorationProposal { exclusion: decision.id, reason, note: desk.fields.get(NOTE) };
        match decisions::propose_restoration(desk.db(), desk.province(), &who(&desk), &proposal).await {
            Ok(id) => return Ok(desk.done(&page_of(id), Done::Proposed)),
            Err(NotDone::Fault(fault)) => return Err(Stop::Fault(fault)),
            Err(NotDone::Refused(refusals)) => refusals.iter().for_each(|refusal| faults.whole(refusal.say(desk.lang))),
        }
    }
    let main = form(&desk, &decision, &subject, &faults);
    Ok(desk.refused(words::RESTORE_TITLE.get(desk.lang), &main))
}

fn form(desk: &Desk, decision: &StoredDecision, subject: &Subject, faults: &Faults) -> Markup {
    let lang = desk.lang;
    let fields = vec![
        faults.field(desk, REASON, words::REASON, Input::Radios(reasons(desk, DecisionKind::Restore)), ""),
        faults.field(desk, NOTE, words::NOTE, Input::Area, "").optional(common::OPTIONAL.get(lang)),
    ];
    let action = format!("{}/khoi-phuc", page_of(decision.id));
    html! {
        h1 { (words::RESTORE_TITLE.get(lang)) }
        p { (matter::line(desk, subject)) "." }
        p { (words::RESTORE_LEAD.get(lang)) }
        (faults.form(desk, &action, fields, words::PROPOSE_BUTTON).render())
    }
}
