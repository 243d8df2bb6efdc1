//! `POST /quan-tri/qua-han/{so}/da-gui`: an officer says that the signed apology has left.

use super::draft::noted;
use super::{page_of, show, unit_code};
use crate::late::{self, ActRefusal, LateDossier, NewSent};
use crate::registry::By;
use crate::text::office::late as words;
use crate::web::office::desk::{Answer, Desk};
use crate::web::office::done::Done;
use crate::web::office::faults::{Faults, entered_day};
use crate::web::view::office::{Input, OfficeForm};

const NUMBER: &str = "so_van_ban";
const DAY: &str = "ngay_van_ban";
const NEW_DUE: &str = "ngay_hen_moi";

/// Notes it.
pub(in crate::web::office) async fn note(desk: Desk) -> Answer {
    let dossier = super::dossier(&desk).await?;
    let mut faults = Faults::default();
    let day = faults.day(&desk, DAY, words::SENT_DAY);
    let is_owed = dossier.returned.is_none();
    let new_due = if is_owed { faults.day(&desk, NEW_DUE, words::NEW_DUE) } else { None };
    if let Some(day) = day.filter(|_| faults.is_empty()) {
        let new = NewSent { number: desk.fields.get(NUMBER), day, new_due };
        let (code, by) = (unit_code(&desk, &dossier), By::Person(&desk.signed.person.email));
        match late::note_sent(desk.db(), desk.province(), (dossier.id, &new), &code, (desk.today(), by)).await {
            Ok(_dossier) => return Ok(desk.done(&page_of(dossier.id), Done::Saved)),
            Err(ActRefusal::Number(told)) => faults.value(desk.lang, NUMBER, words::SENT_NUMBER, &told),
            Err(ActRefusal::Day(told)) => faults.value(desk.lang, DAY, words::SENT_DAY, &told),
            Err(refusal) => noted(&desk, &mut faults, NEW_DUE, words::NEW_DUE, refusal)?,
        }
    }
    let main = show::body(&desk, &dossier, &Faults::default(), &faults).await?;
    Ok(desk.refused(show::title(&desk, &dossier), &main))
}

/// The form.
pub(super) fn form(desk: &Desk, dossier: &LateDossier, faults: &Faults) -> OfficeForm {
    let lang = desk.lang;
    let there = dossier.new_due.map(entered_day).unwrap_or_default();
    let mut fields = vec![
        faults.field(desk, NUMBER, words::SENT_NUMBER, Input::Text, "").hint(words::SENT_NUMBER_HINT.get(lang)),
        faults.field(desk, DAY, words::SENT_DAY, Input::Date, ""),
    ];
    if dossier.returned.is_none() {
        fields.push(faults.field(desk, NEW_DUE, words::NEW_DUE, Input::Date, &there));
    }
    faults.form(desk, &format!("{}/da-gui", page_of(dossier.id)), fields, words::NOTE)
}
