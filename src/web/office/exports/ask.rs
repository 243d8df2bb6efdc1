//! What is to be exported, how much it is, and what a file holds.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::PAGE;
use crate::export::{Asked, Format, State, editions_of};
use crate::registry::InstalledEdition;
use crate::store::places::UnitVersion;
use crate::text::figure::level::level_long;
use crate::text::office::exports as words;
use crate::text::{Say, capital};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::figures::units;
use crate::web::office::units::list::language_kept;
use crate::web::results::period::Chosen;
use crate::web::view::finder::finder;
use crate::web::view::office::{Field, Input, OfficeForm};
use crate::web::view::{Hidden, Wording};
use crate::words::{EditionNumber, Level};

/// What somebody chose.
pub(super) struct Choice {
    pub(super) unit: UnitVersion,
    pub(super) period: Chosen,
    pub(super) level: Option<Level>,
    pub(super) edition: Option<EditionNumber>,
}

impl Choice {
    /// What was chosen, read by name; `None` for a scope without units. A unit outside the scope is not there.
    pub(super) fn of(desk: &Desk, read: impl Fn(&str) -> String) -> Result<Option<Self>, Stop> {
        let code = read("don-vi");
        let unit = if code.is_empty() {
            let Some(first) = desk.tops().into_iter().next() else { return Ok(None) };
            first.clone()
        } else {
            desk.unit(&code)?.clone()
        };
        let period = Chosen::of_query(&format!("ky={}", read("ky"))).unwrap_or_else(|| Chosen::year_of(desk.today()));
        let level = Level::parse(&read("nguon")).ok();
        let edition = read("phieu").parse().ok().map(EditionNumber);
        let edition = edition.filter(|number| desk.snapshot().editions.get(*number).is_some());
        Ok(Some(Self { unit, period, level, edition }))
    }

    /// The editions with answers in the period, and the one that is meant: the chosen one, or the one with most answers.
    pub(super) async fn found(
        &self,
        desk: &Desk,
    ) -> Result<(BTreeMap<EditionNumber, u64>, Option<(EditionNumber, u64)>), Stop> {
        let (reader, period) = (desk.db().reader(), self.period.period());
        let found = editions_of(reader, desk.snapshot(), self.unit.unit, period, self.level).await?;
        let most = found.iter().max_by_key(|(_, rows)| **rows).map(|(number, _)| *number);
        let meant = self.edition.or(most);
        let rows = meant.map(|number| (number, found.get(&number).copied().unwrap_or(0)));
        Ok((found, rows))
    }

    /// The same for a plan.
    pub(super) const fn asked(&self, period: crate::words::Period, edition: EditionNumber) -> Asked {
        Asked { unit: self.unit.unit, period, edition, level: self.level }
    }

    fn hidden(&self, desk: &Desk, edition: EditionNumber) -> Vec<Hidden> {
        let mut hidden = desk.hidden();
        let mut keep = |name: &'static str, value: String| {
            hidden.push(Hidden { name: name.into(), value: value.into() });
        };
        keep("don-vi", self.unit.code.clone());
        keep("ky", self.period.word());
        keep("phieu", edition.0.to_string());
        keep("nguon", self.level.map_or("", Level::word).to_owned());
        hidden
    }
}

/// `GET /quan-tri/xuat-du-lieu`.
pub(super) async fn show(desk: Desk) -> Answer {
    page(&desk, Choice::of(&desk, |name| desk.asked(name))?, StatusCode::OK, None).await
}

/// The page, with what is wrong with the order where it was refused.
pub(super) async fn page(desk: &Desk, choice: Option<Choice>, status: StatusCode, wrong: Option<Say>) -> Answer {
    let lang = desk.lang;
    let title = words::TITLE.get(lang);
    let Some(choice) = choice else {
        return Ok(desk.page(title, &html! { h1 { (title) } p.note { (words::NO_UNIT.get(lang)) } }));
    };
    let (found, meant) = choice.found(desk).await?;
    let main = html! {
        h1 { (title) }
        p { (words::LEAD.get(lang)) }
        ul {
            @for say in [words::HOLDS, words::CHOICES, words::HOLDS_NOT, words::KEEP] { li { (say.get(lang)) } }
        }
        h2 { (words::CHOOSE.get(lang)) }
        (chooser(desk, &choice))
        h2 { (words::FOUND.get(lang)) }
        @match meant.filter(|(_, rows)| *rows > 0) {
            Some((edition, rows)) => (order(desk, &choice, (edition, rows), wrong)),
            None => p.note { (words::NO_ROWS.get(lang)) },
        }
        @if found.len() > 1 || (meant.is_some_and(|(_, rows)| rows == 0) && !found.is_empty()) {
            p { (words::IN_PERIOD.get(lang)) }
            ul { @for (number, rows) in &found { li { (words::edition_rows(lang, &edition_name(desk, *number), *rows)) } } }
        }
        (own_files(desk))
    };
    Ok(if status == StatusCode::OK { desk.page(title, &main) } else { desk.refused(title, &main) })
}

/// Title and version of an edition.
fn edition_name(desk: &Desk, number: EditionNumber) -> String {
    let name = |one: &InstalledEdition| format!("{} ({})", one.edition.title().get(desk.lang), one.edition.name());
    desk.snapshot().editions.get(number).map(|one| name(one)).unwrap_or_default()
}

fn chooser(desk: &Desk, choice: &Choice) -> Markup {
    let lang = desk.lang;
    let offered = Chosen::offered(desk.today()).concat();
    let own = (!offered.contains(&choice.period)).then_some(choice.period);
    let periods = own.into_iter().chain(offered);
    let periods = periods.map(|one| (one.word().into(), capital(&one.label(lang)).into())).collect();
    let first = |say: Say| (Wording::from(""), Wording::from(say.get(lang)));
    let all = desk.snapshot().editions.iter();
    let editions = all.map(|one| (one.number.0.to_string().into(), edition_name(desk, one.number).into()));
    let editions = [first(words::MOST_ROWS)].into_iter().chain(editions).collect();
    let levels = Level::ALL.iter().map(|level| (level.word().into(), level_long(*level).get(lang).into()));
    let levels = [first(words::EVERY_LEVEL)].into_iter().chain(levels).collect();
    let chosen = choice.edition.map_or_else(String::new, |number| number.0.to_string());
    let fields = [
        Field::new("don-vi", words::UNIT.get(lang), Input::Select(units(desk))).value(choice.unit.code.clone()),
        Field::new("ky", words::PERIOD.get(lang), Input::Select(periods)).value(choice.period.word()),
        Field::new("phieu", words::EDITION.get(lang), Input::Select(editions)).value(chosen),
        Field::new("nguon", words::LEVEL.get(lang), Input::Select(levels)).value(choice.level.map_or("", Level::word)),
    ];
    finder(&desk.to(PAGE), &language_kept(lang), &fields, words::COUNT.get(lang))
}

fn order(desk: &Desk, choice: &Choice, (edition, rows): (EditionNumber, u64), wrong: Option<Say>) -> Markup {
    let lang = desk.lang;
    let formats = Format::ALL.into_iter().map(|format| {
        let say = match format {
            Format::Xlsx => words::FORMAT_XLSX,
            Format::Csv => words::FORMAT_CSV,
            Format::Sav => words::FORMAT_SAV,
            Format::Json => words::FORMAT_JSON,
        };
        (format.word().into(), say.get(lang).into())
    });
    let form = OfficeForm {
        action: desk.to(PAGE).into(),
        hidden: choice.hidden(desk, edition),
        fields: vec![
            Field::new("dinh-dang", words::FORMAT.get(lang), Input::Radios(formats.collect()))
                .value(Format::Xlsx.word())
                .error(wrong.filter(|say| *say == words::WRONG_FORMAT).map(|say| say.get(lang).into())),
        ],
        button: words::START.get(lang).into(),
        errors: words::NOT_STARTED.get(lang).into(),
        problems: wrong.filter(|say| *say != words::WRONG_FORMAT).map(|say| say.get(lang).into()).into_iter().collect(),
        ..OfficeForm::default()
    };
    html! {
        p { strong { (words::edition_rows(lang, &edition_name(desk, edition), rows)) } }
        (form.render())
    }
}

fn own_files(desk: &Desk) -> Markup {
    let lang = desk.lang;
    let files = desk.site().exports.of(desk.signed.person.staff);
    let state = |state: State| match state {
        State::Waiting => words::WAITING_SHORT,
        State::Running => words::RUNNING_SHORT,
        State::Ready(_) => words::READY_SHORT,
        State::Failed => words::FAILED_SHORT,
    };
    html! {
        @if !files.is_empty() {
            h2 { (words::OWN.get(lang)) }
            ul {
                @for file in &files {
                    li { a href=(desk.to(&format!("{PAGE}/{}", file.id))) { (words::file_line(lang, &file.name, state(file.state).get(lang))) } }
                }
            }
        }
    }
}
