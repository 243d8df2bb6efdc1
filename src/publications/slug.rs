//! What a publication is called: its name in the address and its title, made of what was chosen.

use super::freeze::Choice;
use crate::bundle::Both;
use crate::registry::Snapshot;
use crate::text::publication as words;
use crate::words::{Day, Lang, Measure, Period, UnitId};

fn parts(snapshot: &Snapshot, choice: &Choice) -> (Period, String, String) {
    let period = Period { from: Day(choice.from), to: Day(choice.to) };
    let unit = snapshot.directory.unit_on(UnitId(choice.unit), period.to);
    let (code, name) = unit.map_or_else(Default::default, |unit| (unit.code.clone(), unit.name.clone()));
    (period, code, name)
}

/// The name in the address: the same choice of unit, period and measure has the same name, so that what follows is a
/// correction.
pub fn slug_of(snapshot: &Snapshot, choice: &Choice) -> String {
    let (period, code, _) = parts(snapshot, choice);
    let measure = Measure::from_code(choice.measure).map_or("", Measure::word);
    let text = format!("{measure}-{code}-{}-{}", period.from.iso(), period.to.iso()).to_lowercase();
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// The title.
pub(super) fn title_of(snapshot: &Snapshot, choice: &Choice) -> Both {
    let (period, _, name) = parts(snapshot, choice);
    let of = |lang: Lang| words::title_of(lang, choice.measure, &name, period);
    Both { vi: of(Lang::Vi), en: of(Lang::En) }
}
