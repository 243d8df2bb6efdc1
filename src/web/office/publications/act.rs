//! Approving, refusing, withdrawing, attaching the signed decision.

use super::show::{DECISION, DECISION_DAY, RELEASE_DAY, RELEASE_HOUR};
use super::{find, page_of, show, title, told, who};
use crate::publications::files::Site;
use crate::publications::{self, Approving, NotDone};
use crate::publish::open_data::Licence;
use crate::store::publications::StoredPublication;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::words::{Day, Lang, Moment, Right, Role};

/// Leads back to the page of the version, or shows it with what stood against the act.
pub(super) async fn finish(desk: &Desk, of: &StoredPublication, came: Result<(), NotDone>, done: Done) -> Answer {
    match came {
        Ok(()) => Ok(desk.done(&page_of(&of.slug, of.version), done)),
        Err(not_done) => {
            let problems = [told(desk.lang, not_done)?];
            let main = show::body(desk, of, &problems).await?;
            Ok(desk.refused(title(desk.lang, of).to_owned(), &main))
        }
    }
}

/// `POST …/duyet`.
pub(super) async fn approve(desk: Desk) -> Answer {
    let of = find(&desk).await?;
    let site = desk.site().clone();
    let root = desk.directory().root(desk.today()).map_or("", |root| root.name.as_str()).to_owned();
    let licence = Licence::of(site.settings.open_data_licence.as_deref());
    let terms = Site {
        base_url: &site.settings.base_url,
        publisher: &root,
        licence: licence.text.get(Lang::Vi),
        licence_url: licence.address.as_deref().unwrap_or_default(),
    };
    let approving = Approving {
        decision: desk.fields.get(DECISION),
        decided: Day::parse(desk.fields.get(DECISION_DAY)),
        release_at: release(&desk),
        submitted_role: submitted_role(&desk, &of).await?,
    };
    let by = who(&desk, Right::ApprovePublications);
    let at = (of.slug.as_str(), of.version);
    let came = publications::approve(desk.db(), desk.snapshot(), &site.keys, &terms, &by, at, &approving).await;
    finish(&desk, &of, came, Done::Approved).await
}

/// The hour that was entered; now where none was.
fn release(desk: &Desk) -> Moment {
    let Some(day) = Day::parse(desk.fields.get(RELEASE_DAY)) else { return desk.now };
    let hour: i64 = desk.fields.get(RELEASE_HOUR).parse().ok().filter(|hour| (0..24).contains(hour)).unwrap_or(0);
    Moment::from_unix(Moment::at_end_of(day.plus(-1)).unix() + hour * 3_600)
}

/// The role by which the version was submitted.
async fn submitted_role(desk: &Desk, of: &StoredPublication) -> Result<Role, Stop> {
    let grants = crate::store::staff::grants(desk.db().reader(), desk.province(), of.submitter).await?;
    let may = |role: &Role| role.may(Right::PreparePublications);
    Ok(grants.iter().map(|grant| grant.role).find(may).unwrap_or(Role::HomeAffairs))
}

/// `POST …/khong-duyet`.
pub(super) async fn refuse(desk: Desk) -> Answer {
    let of = find(&desk).await?;
    let by = who(&desk, Right::ApprovePublications);
    let came = publications::refuse(desk.db(), desk.snapshot(), &by, (&of.slug, of.version)).await;
    finish(&desk, &of, came, Done::Refused).await
}

/// `POST …/rut`.
pub(super) async fn withdraw(desk: Desk) -> Answer {
    let of = find(&desk).await?;
    let by = who(&desk, Right::PreparePublications);
    let came = publications::withdraw(desk.db(), desk.province(), &by, (&of.slug, of.version)).await;
    finish(&desk, &of, came, Done::Withdrawn).await
}

/// `POST …/van-ban`.
pub(super) async fn attach(mut desk: Desk) -> Answer {
    let of = find(&desk).await?;
    let bytes = desk.file.take().map(|file| file.bytes).unwrap_or_default();
    let by = who(&desk, Right::ApprovePublications);
    let came = publications::attach(desk.db(), desk.province(), &by, (&of.slug, of.version), bytes).await;
    finish(&desk, &of, came, Done::Saved).await
}
