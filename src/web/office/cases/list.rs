//! `GET /quan-tri/phan-anh`: the cases the person sees, with filters that stand in the address.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{PAGE, Scopes, matter, page_of, sight};
use crate::cases::counts::{self, Eyes};
use crate::cases::{self, Sight};
use crate::record::CaseCode;
use crate::store::cases::{Listed, comments, tasks};
use crate::text::cases as case_words;
use crate::text::office::cases as words;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::faults::choices;
use crate::web::office::pager::Pager;
use crate::web::office::units::list::language_kept;
use crate::web::view::Wording;
use crate::web::view::finder::finder;
use crate::web::view::office::{Field, Input};
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{CaseId, CaseState, Day, Period, Right, UnitId};

/// Fields of the address.
const STATE: &str = "tinh_trang";
const UNIT: &str = "don_vi";
const LATE: &str = "qua_han";
/// Word of all states; no word is those that have not ended.
const ALL: &str = "all";

const OPEN: [CaseState; 2] = [CaseState::New, CaseState::InWork];
/// States an ordinary case can have.
const STATES: [CaseState; 4] = [CaseState::New, CaseState::InWork, CaseState::Answered, CaseState::Insufficient];

/// What the address asks for.
struct Asked {
    state: String,
    unit: String,
    late: bool,
}

impl Asked {
    fn of(desk: &Desk) -> Self {
        Self { state: desk.asked(STATE), unit: desk.asked(UNIT), late: !desk.asked(LATE).is_empty() }
    }

    fn states(&self) -> Vec<CaseState> {
        match self.state.as_str() {
            ALL => STATES.to_vec(),
            word => STATES.iter().find(|state| state.word() == word).map_or(OPEN.to_vec(), |state| vec![*state]),
        }
    }
}

/// A case with as much of it as the person sees.
type Seen = (Listed, Sight);

/// The page.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let (asked, scopes) = (Asked::of(&desk), Scopes::of(&desk));
    let unit = if asked.unit.is_empty() { None } else { desk.unit(&asked.unit).ok().map(|unit| unit.unit) };
    let is_unknown = unit.is_none() && !asked.unit.is_empty();
    let open = of_states(&desk, &scopes, &OPEN).await?;
    let mut shown = of_states(&desk, &scopes, &asked.states()).await?;
    shown.retain(|(case, _)| is_asked_for(&desk, &asked, unit, case));
    shown.sort_by_key(|(case, _)| order(case));
    let main = html! {
        h1 { (words::NAV.get(lang)) }
        p { (words::LEAD.get(lang)) }
        p { strong { (words::RULE.get(lang)) } }
        @if desk.signed.person.own_unit == UnitId::NONE { p.note { (words::NO_OWN_UNIT.get(lang)) } }
        (summary(&desk, &open))
        (of_quarter(&desk, unit).await?)
        (choice(&desk, &asked))
        @if is_unknown { p.note role="status" { (words::NO_SUCH_UNIT.get(lang)) } }
        @else { (listed(&desk, &asked, &shown).await?) }
        p.h { (words::ONLY_WORKING_DAYS.get(lang)) }
    };
    Ok(desk.page(words::NAV.get(lang), &main))
}

/// The cases of some states that the person sees.
async fn of_states(desk: &Desk, scopes: &Scopes, states: &[CaseState]) -> Result<Vec<Seen>, Stop> {
    let all = cases::list(desk.db().reader(), desk.province(), states, false).await?;
    Ok(all.into_iter().filter_map(|case| Some((case, sight(desk, scopes, &case)?))).collect())
}

fn is_asked_for(desk: &Desk, asked: &Asked, unit: Option<UnitId>, case: &Listed) -> bool {
    let is_there = unit.is_none_or(|unit| desk.directory().path(case.unit, desk.today()).contains(&unit));
    is_there && (!asked.late || case.is_late(desk.today()))
}

/// New ones that wait longest, then what has to be answered next, then what ended last. Among equals random numbers decide.
fn order(case: &Listed) -> (i16, i32, CaseId) {
    let day = match case.state {
        CaseState::New => case.day.0,
        CaseState::InWork => case.due.map_or(i32::MAX, |due| due.0),
        _ => case.ended.map_or(0, |ended| -ended.0),
    };
    (case.state.code(), day, case.id)
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// How many there are of what the person sees, and by when the next has to be answered.
fn summary(desk: &Desk, open: &[Seen]) -> Markup {
    let (lang, today) = (desk.lang, desk.today());
    let new = open.iter().filter(|(case, _)| case.state == CaseState::New).count();
    let late = open.iter().filter(|(case, _)| case.is_late(today)).count();
    let to_do = open.iter().filter(|(_, sight)| *sight == Sight::Task).filter_map(|(case, _)| case.due);
    let next: Option<Day> = to_do.filter(|due| *due >= today).min();
    html! {
        @if let Some(next) = next { p.note { (words::new_before(lang, next)) } }
        p role="status" { (words::seen(lang, count(new), count(open.len() - new), count(late))) }
    }
}

/// What came in this quarter and how it was handled, for the unit asked for or the first of the scope.
async fn of_quarter(desk: &Desk, asked: Option<UnitId>) -> Result<Markup, Stop> {
    let (lang, today) = (desk.lang, desk.today());
    let Some(unit) = asked.or_else(|| desk.tops().first().map(|unit| unit.unit)) else { return Ok(html! {}) };
    let (year, quarter) = Period::quarter_of(today);
    let Some(period) = Period::reporting_quarter(year, quarter) else { return Ok(html! {}) };
    let counts = counts::counts(desk.db().reader(), desk.snapshot(), unit, period, today).await?;
    let eyes = eyes(desk, unit);
    Ok(html! {
        p { strong { (words::QUARTER.get(lang)) ", " (desk.unit_name(unit)) "." } " " (counts::sentence(lang, &counts, eyes)) }
    })
}

/// How much somebody may be told of the counts of a unit: whoever may not read cases there, works in the unit or below it does
/// not see all of its cases.
pub(in crate::web::office) fn eyes(desk: &Desk, unit: UnitId) -> Eyes {
    let today = desk.today();
    let own = desk.directory().path(desk.signed.person.own_unit, today);
    let is_known = desk.directory().unit_on(desk.signed.person.own_unit, today).is_some();
    let reads = desk.scope_of(Right::ReadCases);
    let may = reads.is_some_and(|scope| scope.holds(&desk.directory().path(unit, today)));
    if may && is_known && !own.contains(&unit) { Eyes::Cases } else { Eyes::Others }
}

fn choice(desk: &Desk, asked: &Asked) -> Markup {
    let lang = desk.lang;
    let states = STATES.iter().map(|state| (state.word(), case_words::state(*state, false).get(lang)));
    let states = choices(Some(words::OPEN.get(lang)), states.chain([(ALL, words::ALL.get(lang))]));
    let late = choices(Some(words::ALL.get(lang)), [("1", words::LATE_ONLY.get(lang))].into_iter());
    let fields = [
        Field::new(STATE, words::STATE.get(lang), Input::Select(states)).value(asked.state.clone()),
        Field::new(UNIT, words::UNIT_FILTER.get(lang), Input::Text).value(asked.unit.clone()),
        Field::new(LATE, words::WHEN.get(lang), Input::Select(late)).value(if asked.late { "1" } else { "" }),
    ];
    finder(PAGE, &language_kept(lang), &fields, words::SHOW.get(lang))
}

async fn listed(desk: &Desk, asked: &Asked, shown: &[Seen]) -> Result<Markup, Stop> {
    let lang = desk.lang;
    let pager = Pager::new(&desk.asked("trang"), shown.len());
    let page = shown.get(pager.range()).unwrap_or_default();
    let texts = texts(desk, page).await?;
    let row = |(case, _): &Seen| Row {
        name: CaseCode::of(case.id).to_string().into(),
        href: Some(desk.to(&page_of(case.id)).into()),
        cells: vec![
            Cell::Words(desk.unit_name(case.unit).into()),
            Cell::Words(matter::state(desk, case).into()),
            Cell::Words(matter::when(lang, case, desk.today()).into()),
            Cell::Words(texts.get(&case.id).cloned().unwrap_or_else(|| words::ERASED.get(lang).to_owned()).into()),
        ],
    };
    let head = [words::CODE, words::UNIT, words::STATE, words::WHEN, words::CONTENT];
    let table = Table {
        caption: words::NAV.get(lang).into(),
        head: head.map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: page.iter().map(row).collect(),
    };
    let late = if asked.late { "1" } else { "" };
    Ok(html! {
        @if page.is_empty() { p.note { (words::NOTHING.get(lang)) } } @else { (table.render()) }
        (pager.links(desk, PAGE, &[(STATE, &asked.state), (UNIT, &asked.unit), (LATE, late)]))
    })
}

/// The beginning of the comment, or of the task, whichever the person sees.
async fn texts(desk: &Desk, page: &[Seen]) -> Result<BTreeMap<CaseId, String>, Stop> {
    let of = |wanted: Sight| -> Vec<CaseId> {
        page.iter().filter(|(_, sight)| *sight == wanted).map(|(case, _)| case.id).collect()
    };
    let (reader, province) = (desk.db().reader(), desk.province());
    let mut texts = comments(reader, province, &of(Sight::Comment)).await?;
    texts.extend(tasks(reader, province, &of(Sight::Task)).await?);
    Ok(texts.into_iter().map(|(id, text)| (id, matter::short(&text))).collect())
}
