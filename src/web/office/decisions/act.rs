//! Approving, refusing and withdrawing a proposal.

use super::{find, page_of, show, who};
use crate::decisions::{self, NotDone};
use crate::store::decisions::StoredDecision;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;

async fn finish(desk: &Desk, decision: &StoredDecision, came: Result<(), NotDone>, done: Done) -> Answer {
    match came {
        Ok(()) => Ok(desk.done(&page_of(decision.id), done)),
        Err(NotDone::Fault(fault)) => Err(Stop::Fault(fault)),
        Err(NotDone::Refused(refusals)) => {
            let problems: Vec<String> = refusals.iter().map(|refusal| refusal.say(desk.lang)).collect();
            let main = show::body(desk, decision, &problems).await?;
            Ok(desk.refused(show::title(desk, decision), &main))
        }
    }
}

/// `POST /quan-tri/duyet/{so}/phe-duyet`.
pub(in crate::web::office) async fn approve(desk: Desk) -> Answer {
    let decision = find(&desk).await?;
    let came = decisions::approve(desk.db(), desk.province(), &who(&desk), decision.id).await;
    finish(&desk, &decision, came, Done::Approved).await
}

/// `POST /quan-tri/duyet/{so}/khong-duyet`.
pub(in crate::web::office) async fn refuse(desk: Desk) -> Answer {
    let decision = find(&desk).await?;
    let came = decisions::refuse(desk.db(), desk.province(), &who(&desk), decision.id).await;
    finish(&desk, &decision, came, Done::Refused).await
}

/// `POST /quan-tri/duyet/{so}/rut`.
pub(in crate::web::office) async fn withdraw(desk: Desk) -> Answer {
    let decision = find(&desk).await?;
    let came = decisions::withdraw(desk.db(), desk.province(), &who(&desk), decision.id).await;
    finish(&desk, &decision, came, Done::Withdrawn).await
}
