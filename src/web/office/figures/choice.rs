//! What a dashboard is asked for, and the form that asks.

use maud::{Markup, html};

use crate::publish::figures::{self, Only};
use crate::registry::Directory;
use crate::store::places::UnitVersion;
use crate::text::figure::level::level_long;
use crate::text::parts::{group as group_name, measured_here};
use crate::text::{capital, office::figures as words};
use crate::web::office::desk::{Desk, Stop};
use crate::web::office::units::list::language_kept;
use crate::web::results::period::{Choice, Chosen};
use crate::web::results::unit_page::{DASHBOARD, UNIT, dashboard_path};
use crate::web::view::Wording;
use crate::web::view::finder::finder;
use crate::web::view::office::{Field, Input};
use crate::words::{FieldId, Level, Measure, UnitGroup};

/// Letters of a code in the name of a file.
const LONGEST_CODE: usize = 64;

/// The groups of units that may be chosen, with the word in the address.
const GROUPS: [(UnitGroup, &str); 3] =
    [(UnitGroup::Departments, "so"), (UnitGroup::Communes, "xa"), (UnitGroup::Others, "khac")];

/// What is asked for: a unit of the scope, and what the address chooses.
pub(super) struct Asked {
    /// The unit.
    pub(super) unit: UnitVersion,
    /// Period, measure, source, field.
    pub(super) choice: Choice,
    /// Units of one kind alone.
    pub(super) group: Option<UnitGroup>,
    period: Chosen,
}

impl Asked {
    /// What the address asks for: the unit at the top of the scope where it names none; `None` for a scope without units.
    pub(super) fn of(desk: &Desk) -> Result<Option<Self>, Stop> {
        let code = desk.asked(UNIT);
        let unit = if code.is_empty() {
            let Some(first) = desk.tops().into_iter().next() else { return Ok(None) };
            first.clone()
        } else {
            desk.unit(&code)?.clone()
        };
        let mut choice = Choice::of_office(desk.query());
        choice.field = choice.field.filter(|field| desk.directory().field_name(*field).is_some());
        let word = desk.asked("nhom");
        let group = GROUPS.into_iter().find(|(_, known)| *known == word).map(|(group, _)| group);
        let last = unit.valid_to.map_or(desk.today(), |last| last.min(desk.today()));
        let period = choice.period.unwrap_or_else(|| Chosen::year_of(last));
        Ok(Some(Self { unit, choice, group, period }))
    }

    /// The same as the room of figures is asked.
    pub(super) fn figures(&self) -> figures::Asked {
        figures::Asked {
            unit: self.unit.unit,
            period: self.period.period(),
            measure: self.choice.measure,
            only: Only { level: self.choice.level, field: self.choice.field },
            rolls: matches!(self.period, Chosen::Rolling(..)),
        }
    }

    /// The period as it stands in an address.
    pub(super) fn period_word(&self) -> String {
        self.period.word()
    }

    /// The code as a part of a file's name.
    pub(super) fn plain_code(&self) -> String {
        let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
        self.unit.code.chars().map(|sign| if is_plain(sign) { sign } else { '-' }).take(LONGEST_CODE).collect()
    }

    /// The address of the page with everything that is chosen.
    pub(super) fn address(&self) -> String {
        let choice = Choice { period: Some(self.period), ..self.choice };
        let mut address = choice.address(&dashboard_path("", &self.unit.code));
        if let Some((_, word)) = GROUPS.iter().find(|(group, _)| Some(*group) == self.group) {
            address.push_str("&nhom=");
            address.push_str(word);
        }
        address
    }
}

/// The form. Everything is sent by GET, so that the address of what is shown can be handed on.
pub(super) fn form(desk: &Desk, asked: &Asked, measures: &[Measure]) -> Markup {
    let lang = desk.lang;
    let choice = &asked.choice;
    let mut fields = vec![
        Field::new(UNIT, words::UNIT.get(lang), Input::Select(units(desk))).value(asked.unit.code.clone()),
        Field::new("ky", words::PERIOD.get(lang), Input::Select(periods(desk, asked))).value(asked.period.word()),
    ];
    if measures.len() > 1 || choice.measure.is_some() {
        let named = measures.iter().map(|measure| (measure.word().into(), measured_here(*measure).get(lang).into()));
        let options = any(words::USUAL_MEASURE.get(lang), named);
        fields.push(
            Field::new("loai", words::MEASURE.get(lang), Input::Select(options))
                .value(choice.measure.map_or("", |measure| measure.word())),
        );
    }
    let levels = Level::ALL.iter().map(|level| (level.word().into(), level_long(*level).get(lang).into()));
    fields.push(
        Field::new("nguon", words::SOURCE.get(lang), Input::Select(any(words::EVERY_SOURCE.get(lang), levels)))
            .value(choice.level.map_or("", |level| level.word())),
    );
    let of_fields = fields_of(desk.directory());
    if !of_fields.is_empty() {
        let chosen = choice.field.map_or_else(String::new, |field| field.0.to_string());
        let options = any(words::EVERY_FIELD.get(lang), of_fields.into_iter());
        fields.push(Field::new("linh-vuc", words::FIELD.get(lang), Input::Select(options)).value(chosen));
    }
    let groups = GROUPS.iter().map(|(group, word)| ((*word).into(), group_name(*group).get(lang).into()));
    let chosen = GROUPS.iter().find(|(group, _)| Some(*group) == asked.group).map_or("", |(_, word)| *word);
    fields.push(
        Field::new("nhom", words::GROUP.get(lang), Input::Select(any(words::EVERY_GROUP.get(lang), groups)))
            .value(chosen),
    );
    html! {
        details.choose open[choice.period.is_none()] {
            summary { (words::FILTER.get(lang)) }
            (finder(&desk.to(DASHBOARD), &language_kept(lang), &fields, words::SHOW.get(lang)))
        }
    }
}

/// Options after one that chooses nothing.
fn any(all: &'static str, options: impl Iterator<Item = (Wording, Wording)>) -> Vec<(Wording, Wording)> {
    [("".into(), all.into())].into_iter().chain(options).collect()
}

/// The units of the scope in the order of the tree, those below indented.
pub(in crate::web::office) fn units(desk: &Desk) -> Vec<(Wording, Wording)> {
    let mut options = Vec::new();
    let mut waiting: Vec<(&UnitVersion, usize)> = desk.tops().into_iter().rev().map(|unit| (unit, 0)).collect();
    while let Some((unit, depth)) = waiting.pop() {
        let name = format!("{}{}", "– ".repeat(depth), unit.name);
        options.push((unit.code.clone().into(), name.into()));
        let mut below = desk.children(unit.unit);
        below.sort_by_cached_key(|child| (child.kind.group(), crate::text::search::sort_key(&child.name)));
        waiting.extend(below.into_iter().rev().map(|child| (child, depth + 1)));
    }
    options
}

fn periods(desk: &Desk, asked: &Asked) -> Vec<(Wording, Wording)> {
    let offered = Chosen::offered(desk.today()).concat();
    let own = (!offered.contains(&asked.period)).then_some(asked.period);
    let all = own.into_iter().chain(offered);
    all.map(|chosen| (chosen.word().into(), capital(&chosen.label(desk.lang)).into())).collect()
}

fn fields_of(directory: &Directory) -> Vec<(Wording, Wording)> {
    let mut fields: Vec<(FieldId, &str)> = directory.fields().collect();
    fields.sort_by_cached_key(|(_, name)| crate::text::search::sort_key(name));
    fields.into_iter().map(|(field, name)| (field.0.to_string().into(), name.to_owned().into())).collect()
}
