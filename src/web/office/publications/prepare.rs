//! `/quan-tri/cong-bo/moi`: choosing, seeing what will be frozen and what is not shown, submitting.

use maud::{Markup, html};

use super::{NEW, page_of, say, who};
use crate::bundle::{Publication, State};
use crate::publications::{self, Below, Choice, NotDone};
use crate::text::office::{self as common, publications as words};
use crate::text::parts::measured_here;
use crate::text::{Say, capital, number};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::office::figures::choice::units;
use crate::web::office::units::list::language_kept;
use crate::web::results::period::Chosen;
use crate::web::view::finder::finder;
use crate::web::view::office::{Field, Input, OfficeForm, facts};
use crate::web::view::{Hidden, Wording};
use crate::words::{Lang, Measure, Right, UnitId};

const UNIT: &str = "don-vi";
const PERIOD: &str = "ky";
const MEASURE: &str = "loai";
const BELOW: &str = "ben-duoi";
const FIGURES: &str = "so-lieu";
const REASON: &str = "ly_do";
/// Withheld figures that are listed at most.
const MOST_LISTED: usize = 200;

const BELOWS: [(Below, &str, Say); 3] = [
    (Below::Next, "ke", words::BELOW_NEXT),
    (Below::All, "tat-ca", words::BELOW_ALL),
    (Below::Nothing, "khong", words::BELOW_NOTHING),
];
const PARTS: [(&str, Say); 3] =
    [("nguon", words::BY_SOURCE), ("linh-vuc", words::BY_FIELD), ("dien-bien", words::BY_QUARTER)];

/// What an address or a form chooses; `None` where it names no period.
fn choice(desk: &Desk, get: impl Fn(&str) -> Vec<String>) -> Result<Option<(Choice, Chosen)>, Stop> {
    let one = |name: &str| get(name).into_iter().next().unwrap_or_default();
    let Some(chosen) = Chosen::parse(&one(PERIOD)) else { return Ok(None) };
    let code = one(UNIT);
    let unit = match code.as_str() {
        "" => desk.tops().first().map(|top| top.unit).ok_or(Stop::NotFound)?,
        code => desk.unit(code)?.unit,
    };
    let period = chosen.period();
    let below = BELOWS.iter().find(|(_, word, _)| *word == one(BELOW)).map_or(Below::Next, |(below, ..)| *below);
    let parts = get(FIGURES);
    let has = |word: &str| parts.iter().any(|part| part == word);
    let choice = Choice {
        unit: unit.0,
        from: period.from.0,
        to: period.to.0,
        measure: Measure::parse(&one(MEASURE)).unwrap_or(Measure::Counter).code(),
        below,
        sources: has("nguon"),
        fields: has("linh-vuc"),
        series: has("dien-bien"),
    };
    Ok(Some((choice, chosen)))
}

/// `GET`.
pub(super) async fn show(desk: Desk) -> Answer {
    let query = crate::web::body::parse(desk.query().as_bytes()).unwrap_or_default();
    let get = |name: &str| -> Vec<String> {
        query.iter().filter(|(known, _)| known == name).map(|(_, value)| value.trim().to_owned()).collect()
    };
    let asked = choice(&desk, get)?;
    let below = if let Some((choice, chosen)) = &asked {
        preview(&desk, (choice, *chosen), &[]).await?
    } else {
        html! {}
    };
    Ok(desk.page(words::NEW.get(desk.lang), &page(&desk, asked.as_ref(), &below)))
}

/// `POST`.
pub(super) async fn send(desk: Desk) -> Answer {
    let get = |name: &str| -> Vec<String> { desk.fields.all(name).map(str::to_owned).collect() };
    let (choice, chosen) = choice(&desk, get)?.ok_or(Stop::NotFound)?;
    let (site, reason) = (desk.site().clone(), desk.fields.get(REASON).to_owned());
    let by = who(&desk, Right::PreparePublications);
    let came = publications::submit(desk.db(), desk.snapshot(), &site.figures, &by, &choice, &reason).await;
    match came {
        Ok((slug, version)) => Ok(desk.done(&page_of(&slug, version), Done::Proposed)),
        Err(NotDone::Fault(fault)) => Err(Stop::Fault(fault)),
        Err(NotDone::Refused(refusal)) => {
            let problems = [say(desk.lang, &refusal)];
            let below = preview(&desk, (&choice, chosen), &problems).await?;
            Ok(desk.refused(words::NEW.get(desk.lang), &page(&desk, Some(&(choice, chosen)), &below)))
        }
    }
}

fn page(desk: &Desk, asked: Option<&(Choice, Chosen)>, below: &Markup) -> Markup {
    let lang = desk.lang;
    html! {
        h1 { (words::NEW.get(lang)) }
        p { (words::LEAD.get(lang)) }
        (chooser(desk, asked))
        (below)
    }
}

fn chooser(desk: &Desk, asked: Option<&(Choice, Chosen)>) -> Markup {
    let lang = desk.lang;
    let unit = asked.map(|(choice, _)| UnitId(choice.unit)).or_else(|| desk.tops().first().map(|top| top.unit));
    let code = unit.and_then(|unit| desk.unit_of(unit)).map_or("", |unit| unit.code.as_str());
    let over = Chosen::offered(desk.today())
        .concat()
        .into_iter()
        .filter(|chosen| !matches!(chosen, Chosen::Rolling(..)) && chosen.period().to < desk.today());
    let periods: Vec<(Wording, Wording)> =
        over.map(|chosen| (chosen.word().into(), capital(&chosen.label(lang)).into())).collect();
    let measures =
        [Measure::Counter, Measure::Province, Measure::Sipas, Measure::Health, Measure::Education, Measure::Par];
    let measures = measures.map(|one| (one.word().into(), measured_here(one).get(lang).into())).to_vec();
    let picks = |options: &[(&'static str, Say)]| -> Vec<(Wording, Wording)> {
        options.iter().map(|(word, say)| ((*word).into(), say.get(lang).into())).collect()
    };
    let belows: Vec<(&'static str, Say)> = BELOWS.iter().map(|(_, word, say)| (*word, *say)).collect();
    let chosen_parts = asked.map_or_else(
        || "nguon|dien-bien".to_owned(),
        |(choice, _)| {
            let parts = [(choice.sources, "nguon"), (choice.fields, "linh-vuc"), (choice.series, "dien-bien")];
            parts.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect::<Vec<_>>().join("|")
        },
    );
    let below = asked.map_or(Below::Next, |(choice, _)| choice.below);
    let below = BELOWS.iter().find(|(known, ..)| *known == below).map_or("ke", |(_, word, _)| *word);
    let measure = asked.and_then(|(choice, _)| Measure::from_code(choice.measure)).unwrap_or(Measure::Counter);
    let fields = vec![
        Field::new(UNIT, words::UNIT.get(lang), Input::Select(units(desk))).value(code.to_owned()),
        Field::new(PERIOD, words::PERIOD.get(lang), Input::Select(periods))
            .value(asked.map_or_else(String::new, |(_, chosen)| chosen.word())),
        Field::new(MEASURE, words::MEASURE.get(lang), Input::Select(measures)).value(measure.word()),
        Field::new(BELOW, words::BELOW.get(lang), Input::Select(picks(&belows))).value(below),
        Field::new(FIGURES, words::FIGURES.get(lang), Input::Several(picks(&PARTS))).value(chosen_parts),
    ];
    html! {
        section {
            h2 { (words::CHOOSE.get(lang)) }
            (finder(&desk.to(NEW), &language_kept(lang), &fields, words::PREVIEW.get(lang)))
        }
    }
}

/// What would be frozen, and the form that submits it; or why nothing can be.
async fn preview(desk: &Desk, (choice, chosen): (&Choice, Chosen), problems: &[String]) -> Result<Markup, Stop> {
    let lang = desk.lang;
    let site = desk.site().clone();
    let found = publications::preview(desk.db(), desk.snapshot(), &site.figures, choice, desk.today()).await;
    let publication = match found {
        Ok(publication) => publication,
        Err(NotDone::Fault(fault)) => return Err(Stop::Fault(fault)),
        Err(NotDone::Refused(refusal)) => {
            return Ok(html! { div.summary role="alert" { p { (say(lang, &refusal)) } } });
        }
    };
    Ok(html! {
        section {
            h2 { (words::FROZEN.get(lang)) }
            p { strong { (if lang == Lang::Vi { &publication.title.vi } else { &publication.title.en }) } }
            (facts(&summary(lang, &publication)))
        }
        section { h2 { (words::WITHHELD.get(lang)) } (withheld(lang, &publication)) }
        (form(desk, (choice, chosen), problems))
    })
}

fn summary(lang: Lang, of: &Publication) -> Vec<(Wording, Markup)> {
    let figures = || of.groups.iter().flat_map(|group| &group.figures);
    let shown = figures().filter(|one| one.state == State::Shown).count();
    let count = |n: usize| number::count(lang, u64::try_from(n).unwrap_or(0));
    let top = of.groups.first().and_then(|group| group.figures.first());
    let headline = top.and_then(|one| {
        let share = |text: &str| text.parse::<f64>().ok().map(|value| number::share(lang, value));
        let (low, high) = one.interval.as_ref()?;
        Some(format!("{} ({} – {})", share(one.estimate.as_deref()?)?, share(low)?, share(high)?))
    });
    vec![
        (words::UNITS.get(lang).into(), html! { (count(of.units.len())) }),
        (words::SHOWN.get(lang).into(), html! { (count(shown)) }),
        (words::WITHHELD.get(lang).into(), html! { (count(figures().count() - shown)) }),
        (words::HEADLINE.get(lang).into(), html! { (headline.unwrap_or_else(|| "–".to_owned())) }),
    ]
}

fn withheld(lang: Lang, of: &Publication) -> Markup {
    let cells: Vec<(&str, &str, &str)> = of
        .groups
        .iter()
        .flat_map(|group| group.figures.iter().map(move |one| (group, one)))
        .filter(|(_, one)| one.state != State::Shown)
        .map(|(group, one)| {
            let unit = of.unit(&group.unit).map_or(group.unit.as_str(), |unit| unit.name.as_str());
            (unit, group.source.as_str(), one.what.as_str())
        })
        .collect();
    html! {
        @if cells.is_empty() {
            p { (words::NONE_WITHHELD.get(lang)) }
        } @else {
            p { (words::WITHHELD_LEAD.get(lang)) }
            details {
                summary { (number::count(lang, u64::try_from(cells.len()).unwrap_or(0))) }
                ul { @for (unit, source, what) in cells.iter().take(MOST_LISTED) { li { (unit) " · " (source) " · " (what) } } }
            }
        }
    }
}

fn form(desk: &Desk, (choice, chosen): (&Choice, Chosen), problems: &[String]) -> Markup {
    let lang = desk.lang;
    let unit = desk.unit_of(UnitId(choice.unit)).map_or("", |unit| unit.code.as_str());
    let word = chosen.word();
    let below = BELOWS.iter().find(|(known, ..)| *known == choice.below).map_or("ke", |(_, word, _)| *word);
    let measure = Measure::from_code(choice.measure).map_or("", Measure::word);
    let mut hidden = desk.hidden();
    let mut keep = |name: &'static str, value: &str| {
        hidden.push(Hidden { name: name.into(), value: value.to_owned().into() });
    };
    for (name, value) in [(UNIT, unit), (PERIOD, word.as_str()), (MEASURE, measure), (BELOW, below)] {
        keep(name, value);
    }
    let parts = [(choice.sources, "nguon"), (choice.fields, "linh-vuc"), (choice.series, "dien-bien")];
    for (_, part) in parts.iter().filter(|(is, _)| *is) {
        keep(FIGURES, part);
    }
    let form = OfficeForm {
        action: desk.to(NEW).into(),
        hidden,
        fields: vec![
            Field::new(REASON, words::REASON.get(lang), Input::Area)
                .hint(words::REASON_HINT.get(lang))
                .optional(common::OPTIONAL.get(lang))
                .value(desk.fields.get(REASON).to_owned()),
        ],
        button: words::SUBMIT.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        problems: problems.iter().map(|problem| problem.clone().into()).collect(),
        ..OfficeForm::default()
    };
    html! { section { p.note { (words::FREEZE_NOTICE.get(lang)) } (form.render()) } }
}
