//! `/quan-tri/don-vi`: the units of the scope and their history; adding, changing, merging, splitting, closing them.

pub(super) mod add;
pub(super) mod change;
pub(super) mod list;
pub(super) mod merge;
mod preview;
pub(super) mod split;
pub(super) mod unit;

use super::desk::Desk;
use super::faults::{Column, Faults, choices};
use crate::registry::units::UnitRefusal;
use crate::store::places::UnitVersion;
use crate::text::office as common;
use crate::text::office::units as words;
use crate::web::view::Wording;
use crate::words::{Lang, Right, Scope, UnitId, UnitKind};

/// Address of the list.
const LIST: &str = "/quan-tri/don-vi";

/// Fields of the forms.
const UNITS: &str = "don_vi";
const CODE: &str = "ma";
const NAME: &str = "ten";
const KIND: &str = "loai";
const PARENT: &str = "cap_tren";
const ADMIN_CODE: &str = "ma_hanh_chinh";
const FROM: &str = "tu_ngay";
const CITATION: &str = "can_cu";

/// The values of one unit in the words of files.
const COLUMNS: [Column; 6] = [
    ("code", CODE, words::CODE),
    ("name", NAME, words::NAME),
    ("kind", KIND, words::KIND),
    ("parent", PARENT, words::PARENT),
    ("admin_code", ADMIN_CODE, words::ADMIN_CODE),
    ("citation", CITATION, words::CITATION),
];

/// The address of a unit's page.
pub(super) fn page_of(code: &str) -> String {
    format!("{LIST}/{code}")
}

/// Whether a scope holds what stands above a unit, so that its name, its place and its end are for this person to change.
fn is_below(desk: &Desk, scope: &Scope, unit: UnitId) -> bool {
    let path = desk.directory().path(unit, desk.today());
    scope.is_whole() || path.get(1..).is_some_and(|above| scope.holds(above))
}

/// Whether the person may change a unit.
fn may_change(desk: &Desk, unit: UnitId) -> bool {
    desk.scope_of(Right::ChangeUnits).is_some_and(|scope| is_below(desk, &scope, unit))
}

/// The latest version of a unit.
fn latest(desk: &Desk, unit: UnitId) -> Option<&UnitVersion> {
    desk.units().find(|(known, _)| *known == unit).and_then(|(_, versions)| versions.last())
}

/// The code of a unit today; empty for none.
fn code_of(desk: &Desk, unit: Option<UnitId>) -> String {
    let unit = unit.and_then(|unit| desk.directory().unit_on(unit, desk.today()));
    unit.map(|unit| unit.code.clone()).unwrap_or_default()
}

/// The unit above that was entered, which has to lie in the scope; only who sees the whole province may leave it empty.
fn parent<'a>(desk: &'a Desk, faults: &mut Faults) -> Option<&'a str> {
    match desk.fields.get(PARENT) {
        "" if desk.scope.is_whole() => Some(""),
        "" => {
            faults.at(PARENT, words::PARENT_WANTED.get(desk.lang));
            None
        }
        code if desk.unit(code).is_ok() => Some(code),
        _ => {
            faults.at(PARENT, words::NOT_IN_SCOPE.get(desk.lang));
            None
        }
    }
}

/// Notes a refusal where it belongs; `list` is the field in which units are named, `day` the one of the day.
fn tell(faults: &mut Faults, lang: Lang, refusal: &UnitRefusal, list: &'static str, day: &'static str) {
    use UnitRefusal as R;
    match refusal {
        R::Form(refused) => faults.typed(lang, refused, &COLUMNS),
        R::Taken(_) => faults.at(CODE, refusal.told(lang)),
        R::BeforeFirst { .. } | R::ChangedLater { .. } | R::Sealed { .. } => faults.at(day, refusal.told(lang)),
        R::Itself(_) | R::Twice(_) | R::Nobody | R::TooMany { .. } | R::StillBelow { .. } => {
            faults.at(list, refusal.told(lang));
        }
        R::Unknown(_) | R::NotAlive { .. } | R::Point(_) => faults.whole(refusal.told(lang)),
    }
}

/// The kinds of units to choose from.
fn kinds(lang: Lang, first: Option<&'static str>) -> Vec<(Wording, Wording)> {
    let first = first.unwrap_or_else(|| common::CHOOSE.get(lang));
    choices(Some(first), UnitKind::ALL.iter().map(|kind| (kind.word(), words::kind(lang, *kind))))
}
