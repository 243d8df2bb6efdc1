//! `/quan-tri/diem`: the collection points of the scope, and the codes in their QRs.

pub(super) mod add;
pub(super) mod change;
pub(super) mod codes;
pub(super) mod list;
pub(super) mod point;

use std::collections::BTreeMap;

use super::desk::Desk;
use super::faults::{Column, Faults};
use crate::registry::points::PointRefusal;
use crate::store::places::PointVersion;
use crate::text::office::{points as words, units as unit_words};
use crate::web::view::Wording;
use crate::words::{Day, Lang};

/// Address of the list.
const LIST: &str = "/quan-tri/diem";

/// Fields of the forms.
const CODE: &str = "ma";
const UNIT: &str = "don_vi";
const NAME: &str = "ten";
const KIND: &str = "loai";
const QUESTIONNAIRE: &str = "phieu";
const FIELD: &str = "linh_vuc";
const OFFICERS: &str = "can_bo";

/// The values of a point in the words of files.
const COLUMNS: [Column; 7] = [
    ("code", CODE, words::POINT_CODE),
    ("unit", UNIT, words::UNIT),
    ("name", NAME, words::POINT_NAME),
    ("kind", KIND, words::KIND),
    ("questionnaire", QUESTIONNAIRE, words::QUESTIONNAIRE),
    ("field", FIELD, words::FIELD),
    ("officers", OFFICERS, words::OFFICERS),
];

/// The address of a point's page.
fn page_of(code: &str) -> String {
    format!("{LIST}/{code}")
}

/// Whether a point takes answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Closed(Day),
    /// Its unit has ended; the last day.
    UnitEnded(Day),
}

impl State {
    fn of(desk: &Desk, version: &PointVersion) -> Self {
        let today = desk.today();
        let unit = desk.directory().unit_on(version.unit, today);
        match (version.valid_to, unit.and_then(|unit| unit.valid_to)) {
            (Some(last), _) if last < today => Self::Closed(last.plus(1)),
            (_, Some(last)) if last < today => Self::UnitEnded(last),
            _ => Self::Open,
        }
    }

    fn told(self, lang: Lang) -> String {
        match self {
            Self::Open => words::OPEN.get(lang).to_owned(),
            Self::Closed(since) => words::closed_since(lang, since),
            Self::UnitEnded(last) => words::unit_ended(lang, last),
        }
    }
}

/// The unit that was entered has to lie in the scope.
fn unit<'a>(desk: &'a Desk, faults: &mut Faults) -> &'a str {
    let code = desk.fields.get(UNIT);
    if !code.is_empty() && desk.unit(code).is_err() {
        faults.at(UNIT, unit_words::NOT_IN_SCOPE.get(desk.lang));
    }
    code
}

/// Notes a refusal where it belongs; `day` is the field of the day.
fn tell(faults: &mut Faults, lang: Lang, refusal: &PointRefusal, day: &'static str) {
    use PointRefusal as R;
    match refusal {
        R::Form(refused) => faults.typed(lang, refused, &COLUMNS),
        R::Taken(_) => faults.at(CODE, refusal.told(lang)),
        R::ChangedLater { .. } | R::Sealed { .. } => faults.at(day, refusal.told(lang)),
        R::UnitNotAlive { .. } => faults.at(UNIT, refusal.told(lang)),
        R::Unknown(_) | R::Closed { .. } | R::NoCode(_) | R::Revoked { .. } | R::NoFreeCode => {
            faults.whole(refusal.told(lang));
        }
    }
}

/// The questionnaires to choose from, by their titles today.
fn questionnaires(desk: &Desk) -> Vec<(Wording, Wording)> {
    let editions = &desk.snapshot().editions;
    let codes = editions.iter().map(|installed| installed.edition.code().to_owned());
    let titles = codes.map(|code| (code.clone(), title(desk, &code)));
    let known: BTreeMap<String, String> = titles.collect();
    known.into_iter().map(|(code, title)| (code.into(), title.into())).collect()
}

/// The title of a questionnaire with its code.
fn title(desk: &Desk, code: &str) -> String {
    let edition = desk.snapshot().editions.in_force(code, desk.today());
    edition
        .map_or_else(|| code.to_owned(), |installed| format!("{} ({code})", installed.edition.title().get(desk.lang)))
}
