//! `POST /quan-tri/qua-han/{so}/van-ban`: the draft as a Word file. What was typed goes into it and nowhere else.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use super::{page_of, show, unit_code};
use crate::documents;
use crate::late::apology::{self, LONGEST, Named, Typed};
use crate::late::{self, ActRefusal, Draft, LateDossier};
use crate::registry::By;
use crate::text::apology::{To, committee, full, place, recipients};
use crate::text::import::values::EMPTY;
use crate::text::office::{self as common, late as words};
use crate::text::{Both, Say};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::faults::{Faults, choices, entered_day};
use crate::web::view::office::{Field, Input, OfficeForm};
use crate::words::{Lang, UnitKind};

const TO: &str = "kinh_gui";
const NAME: &str = "ten";
const REASON: &str = "ly_do";
const RESPONSIBLE: &str = "bo_phan";
const MEASURE: &str = "bien_phap";
const NEW_DUE: &str = "ngay_moi";
const CHANNEL: &str = "kenh";
const PHONE: &str = "dien_thoai";
const ABOVE: &str = "chu_quan";
const AGENCY: &str = "co_quan";
const PLACE: &str = "dia_danh";
const SIGNER: &str = "nguoi_ky";
const RECIPIENTS: &str = "noi_nhan";
/// What has to be typed.
const NEEDED: [(&str, Say); 9] = [
    (NAME, words::NAME),
    (REASON, words::REASON),
    (RESPONSIBLE, words::RESPONSIBLE),
    (MEASURE, words::MEASURE),
    (PHONE, words::PHONE),
    (AGENCY, words::AGENCY),
    (PLACE, words::PLACE),
    (SIGNER, words::SIGNER),
    (RECIPIENTS, words::RECIPIENTS),
];

/// The file.
pub(in crate::web::office) async fn download(desk: Desk) -> Answer {
    let dossier = super::dossier(&desk).await?;
    let mut faults = Faults::default();
    let to = To::ALL.into_iter().find(|to| to.word() == desk.fields.get(TO));
    if to.is_none() {
        faults.at(TO, words::ASK_TO.get(desk.lang));
    }
    checked(&desk, &mut faults);
    let is_owed = dossier.returned.is_none();
    let new_due = if is_owed { faults.day(&desk, NEW_DUE, words::NEW_DUE) } else { None };
    let Some(to) = to.filter(|_| faults.is_empty()) else { return refused(&desk, &dossier, &faults).await };
    let (code, by) = (unit_code(&desk, &dossier), By::Person(&desk.signed.person.email));
    let act = (dossier.id, Draft { new_due });
    match late::drafted(desk.db(), desk.province(), act, &code, (desk.today(), by)).await {
        Ok(dossier) => file(&desk, &dossier, to, new_due).await,
        Err(refusal) => {
            noted(&desk, &mut faults, NEW_DUE, words::NEW_DUE, refusal)?;
            refused(&desk, &dossier, &faults).await
        }
    }
}

fn checked(desk: &Desk, faults: &mut Faults) {
    for (field, label) in NEEDED {
        if desk.fields.get(field).is_empty() {
            faults.value(desk.lang, field, label, &EMPTY.into());
        }
    }
    for (field, label) in NEEDED.into_iter().chain([(ABOVE, words::ABOVE), (CHANNEL, words::CHANNEL)]) {
        if desk.fields.get(field).chars().count() > LONGEST {
            faults.value(desk.lang, field, label, &words::TOO_LONG.into());
        }
    }
}

async fn refused(desk: &Desk, dossier: &LateDossier, faults: &Faults) -> Answer {
    let main = show::body(desk, dossier, faults, &Faults::default()).await?;
    Ok(desk.refused(show::title(desk, dossier), &main))
}

/// What an act refused, at the field it is about.
pub(super) fn noted(
    desk: &Desk,
    faults: &mut Faults,
    day: &'static str,
    label: Say,
    why: ActRefusal,
) -> Result<(), Stop> {
    let sentence = |told: &Both| format!("{}.", crate::text::capital(told.get(desk.lang)));
    match why {
        ActRefusal::Fault(fault) => return Err(fault.into()),
        ActRefusal::Unknown => return Err(Stop::NotFound),
        ActRefusal::NewDue(told) => faults.value(desk.lang, day, label, &told),
        ActRefusal::Again(told) | ActRefusal::Forgotten(told) | ActRefusal::Number(told) | ActRefusal::Day(told) => {
            faults.whole(sentence(&told));
        }
    }
    Ok(())
}

async fn file(desk: &Desk, dossier: &LateDossier, to: To, new_due: Option<crate::words::Day>) -> Answer {
    let procedures = late::procedure_names(desk.db(), desk.province(), std::slice::from_ref(dossier)).await?;
    let receiving = full(&show::receiving(desk, dossier));
    let named = Named { receiving: &receiving, procedure: procedures.get(&dossier.procedure).map(String::as_str) };
    let get = |field| desk.fields.get(field);
    let usual = words::CHANNEL_USUAL.get(Lang::Vi);
    let typed = Typed {
        to,
        name: get(NAME),
        reason: get(REASON),
        responsible: get(RESPONSIBLE),
        measure: get(MEASURE),
        new_due,
        channel: if get(CHANNEL).is_empty() { usual } else { get(CHANNEL) },
        phone: get(PHONE),
        above: get(ABOVE),
        agency: get(AGENCY),
        place: get(PLACE),
        signer: get(SIGNER),
        recipients: get(RECIPIENTS),
    };
    let bytes = documents::docx(&apology::draft(dossier, named, &typed, desk.today()))?;
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' || c == '-' { c } else { '-' };
    let number: String = dossier.number.as_deref().unwrap_or_default().chars().map(plain).collect();
    let answer = HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, documents::MEDIA_TYPE))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"xin-loi-{number}.docx\"")))
        .body(bytes);
    Ok(answer)
}

/// The form, filled with what is known of the office.
pub(super) fn form(desk: &Desk, dossier: &LateDossier, faults: &Faults) -> OfficeForm {
    let lang = desk.lang;
    let (above, place) = around(desk, dossier);
    let usual = recipients(&full(&show::receiving(desk, dossier)));
    let to = Input::Radios(choices(None, To::ALL.into_iter().map(|to| (to.word(), to.word()))));
    let line = |name, say, there: &str| faults.field(desk, name, say, Input::Text, there);
    let area = |name, say, there: &str| faults.field(desk, name, say, Input::Area, there);
    let optional = common::OPTIONAL.get(lang);
    let mut fields: Vec<Field> = vec![
        faults.field(desk, TO, words::TO, to, ""),
        line(NAME, words::NAME, "").hint(words::NAME_HINT.get(lang)),
        area(REASON, words::REASON, ""),
        line(RESPONSIBLE, words::RESPONSIBLE, ""),
        area(MEASURE, words::MEASURE, "").hint(words::MEASURE_HINT.get(lang)),
    ];
    if dossier.returned.is_none() {
        let there = dossier.new_due.map(entered_day).unwrap_or_default();
        let day = faults.field(desk, NEW_DUE, words::NEW_DUE, Input::Date, &there);
        fields.push(day.hint(words::NEW_DUE_HINT.get(lang)));
        fields.push(line(CHANNEL, words::CHANNEL, words::CHANNEL_USUAL.get(Lang::Vi)).optional(optional));
    }
    fields.extend([
        line(PHONE, words::PHONE, ""),
        line(ABOVE, words::ABOVE, &above).optional(optional),
        line(AGENCY, words::AGENCY, &full(&desk.unit_name(dossier.unit))),
        line(PLACE, words::PLACE, &place),
        area(SIGNER, words::SIGNER, "").hint(words::SIGNER_HINT.get(lang)),
        area(RECIPIENTS, words::RECIPIENTS, &usual).hint(words::RECIPIENTS_HINT.get(lang)),
    ]);
    faults.form(desk, &format!("{}/van-ban", page_of(dossier.id)), fields, words::DOWNLOAD)
}

/// The agency above that a heading names, and the place: a commune's committee stands alone, all others have one above.
fn around(desk: &Desk, dossier: &LateDossier) -> (String, String) {
    let (directory, today) = (desk.directory(), desk.today());
    let path = directory.path(dossier.unit, today);
    let version = |unit| directory.unit_on(unit, today);
    let stands_alone =
        |kind| matches!(kind, UnitKind::Commune | UnitKind::Ward | UnitKind::SpecialZone | UnitKind::Province);
    let alone = version(dossier.unit).is_some_and(|unit| stands_alone(unit.kind));
    let above = path.get(1).and_then(|unit| version(*unit)).filter(|_| !alone);
    let named = path.iter().filter_map(|unit| version(*unit)).find(|unit| stands_alone(unit.kind));
    let above = above
        .map(|unit| if unit.kind == UnitKind::Province { committee(&unit.name) } else { full(&unit.name) })
        .unwrap_or_default();
    (above, named.map(|unit| place(&unit.name)).unwrap_or_default())
}
