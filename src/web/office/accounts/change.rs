//! Acts on an account: what a person may do, who they are, new links, handing over, closing.

use super::{EMAIL, NAME, ROLE, SCOPE, find, page_of, person, read_grant, read_unit, told};
use crate::staff::{self, AccountRefusal};
use crate::store::sessions::LinkKind;
use crate::store::staff::Person;
use crate::text::Say;
use crate::text::office::accounts as words;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::words::{Grant, Role, UnitId};

/// Field that names the kind of a new link.
pub(super) const KIND: &str = "loai";
/// Field of a successor's name.
pub(super) const SUCCESSOR: &str = "ten_moi";

/// The page of a person again, with what is wrong.
async fn refuse(desk: &Desk, who: &Person, problem: Say) -> Answer {
    let found = staff::with_grants(&desk.office(), who.staff).await?.ok_or(Stop::NotFound)?;
    Ok(desk.refused(who.name.clone(), &person::body(desk, &found.0, &found.1, Some(problem))))
}

async fn finish(desk: &Desk, who: &Person, came: Result<(), AccountRefusal>, done: Done) -> Answer {
    match came {
        Ok(()) => Ok(desk.done(&page_of(who.staff), done)),
        Err(refusal) => refuse(desk, who, told(refusal).1).await,
    }
}

/// `POST /quan-tri/tai-khoan/{so}`: name and own unit.
pub(in crate::web::office) async fn change(desk: Desk) -> Answer {
    let (who, _) = find(&desk).await?;
    let unit = match read_unit(&desk) {
        Ok(unit) => unit,
        Err(problem) => return refuse(&desk, &who, problem).await,
    };
    let came = staff::change(&desk.office(), desk.actor(), who.staff, desk.fields.get(NAME), unit).await?;
    finish(&desk, &who, came, Done::Saved).await
}

/// `POST /quan-tri/tai-khoan/{so}/vai-tro`.
pub(in crate::web::office) async fn grant(desk: Desk) -> Answer {
    let (who, _) = find(&desk).await?;
    let grant = match read_grant(&desk) {
        Ok(grant) => grant,
        Err(errors) => {
            let problem = errors.role.or(errors.scope).unwrap_or(words::CHOOSE_ROLE);
            return refuse(&desk, &who, problem).await;
        }
    };
    let came = staff::grant(&desk.office(), desk.actor(), who.staff, grant).await?;
    finish(&desk, &who, came, Done::Added).await
}

/// `POST /quan-tri/tai-khoan/{so}/thu-hoi`.
pub(in crate::web::office) async fn withdraw(desk: Desk) -> Answer {
    let (who, grants) = find(&desk).await?;
    let named = Role::parse(desk.fields.get(ROLE)).ok().zip(desk.fields.get(SCOPE).parse().map(UnitId).ok());
    let grant = named.map(|(role, unit)| Grant { role, unit }).filter(|grant| grants.contains(grant));
    let Some(grant) = grant else { return refuse(&desk, &who, words::NO_GRANT).await };
    let came = staff::withdraw(&desk.office(), desk.actor(), who.staff, grant).await?;
    finish(&desk, &who, came, Done::Withdrawn).await
}

/// `POST /quan-tri/tai-khoan/{so}/lien-ket`.
pub(in crate::web::office) async fn link(desk: Desk) -> Answer {
    let (who, _) = find(&desk).await?;
    let (kind, lead) = match desk.fields.get(KIND) {
        "mat-khau" if who.activated.is_some() => (LinkKind::Password, words::PASSWORD_LINK_LEAD),
        "kich-hoat" => (LinkKind::Activate, words::LINK_LEAD),
        _ => return Err(Stop::NotFound),
    };
    match staff::new_link(&desk.office(), desk.actor(), who.staff, kind).await? {
        Ok(invited) => Ok(super::invite::link(&desk, &invited, lead)),
        Err(refusal) => refuse(&desk, &who, told(refusal).1).await,
    }
}

/// `POST /quan-tri/tai-khoan/{so}/ban-giao`. Whoever hands their own post over is signed out by it.
pub(in crate::web::office) async fn hand_over(desk: Desk) -> Answer {
    let (who, _) = find(&desk).await?;
    let (email, name) = (desk.fields.get(EMAIL), desk.fields.get(SUCCESSOR));
    match staff::hand_over(&desk.office(), desk.actor(), who.staff, email, name).await? {
        Ok(invited) => Ok(super::invite::link(&desk, &invited, words::LINK_LEAD)),
        Err(refusal) => refuse(&desk, &who, told(refusal).1).await,
    }
}

/// `POST /quan-tri/tai-khoan/{so}/dong`.
pub(in crate::web::office) async fn close(desk: Desk) -> Answer {
    let (who, _) = find(&desk).await?;
    let came = staff::close(&desk.office(), desk.actor(), who.staff).await?;
    finish(&desk, &who, came, Done::Closed).await
}
