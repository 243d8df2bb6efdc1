//! One target; adding one, ending one.

use actix_web::HttpResponse;
use maud::{Markup, html};

use super::{PAGE, state, told, years};
use crate::registry::targets::{self, NewTarget, StoredTarget};
use crate::registry::{ActError, By};
use crate::text::Say;
use crate::text::date;
use crate::text::figure::measure::measure_name;
use crate::text::office::{self as common, targets as words};
use crate::text::search::sort_key;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::office::faults::choices;
use crate::web::office::typed::{self, outcome};
use crate::web::view::Wording;
use crate::web::view::office::{Field, Input, OfficeForm, facts};
use crate::words::{FieldId, Measure, Right};

const MEASURE: &str = "chi_so";
const UNIT: &str = "don_vi";
const FIELD: &str = "linh_vuc";
const YEAR_FROM: &str = "tu_nam";
const YEAR_TO: &str = "den_nam";
const VALUE: &str = "loai_so";
const COMPARISON: &str = "so_sanh";
const THRESHOLD: &str = "muc";
const CITATION: &str = "van_ban";
const ISSUER: &str = "co_quan";
/// The fields of the form, by the columns of a file of targets.
const FIELDS: &[(&str, &str)] = &[
    ("measure", MEASURE),
    ("unit", UNIT),
    ("field", FIELD),
    ("year_from", YEAR_FROM),
    ("year_to", YEAR_TO),
    ("value", VALUE),
    ("comparison", COMPARISON),
    ("threshold", THRESHOLD),
    ("citation", CITATION),
    ("issuer", ISSUER),
];

fn picks(of: &[(&'static str, Say)], desk: &Desk) -> Vec<(Wording, Wording)> {
    of.iter().map(|(word, say)| ((*word).into(), say.get(desk.lang).into())).collect()
}

/// The measures that were picked, as a file names them.
fn measures(desk: &Desk) -> String {
    desk.fields.all(MEASURE).collect::<Vec<_>>().join("|")
}

fn form(desk: &Desk) -> OfficeForm {
    let lang = desk.lang;
    let mut known: Vec<(FieldId, &str)> = desk.directory().fields().collect();
    known.sort_by_cached_key(|(_, name)| sort_key(name));
    let known = choices(
        Some(words::ALL_FIELDS.get(lang)),
        known.iter().map(|(_, name)| ((*name).to_owned(), (*name).to_owned())),
    );
    let named: Vec<_> = Measure::ALL.iter().map(|measure| (measure.word(), measure_name(*measure))).collect();
    let values = [("percent", words::PERCENT), ("minutes", words::MINUTES), ("points", words::POINTS)];
    let comparisons =
        [(">=", words::AT_LEAST), (">", words::MORE_THAN), ("<=", words::AT_MOST), ("rises", words::RISES)];
    let field = |name: &'static str, say: Say, input: Input| {
        Field::new(name, say.get(lang), input).value(desk.fields.get(name).to_owned())
    };
    let (text, optional) = (Input::Text, common::OPTIONAL.get(lang));
    OfficeForm {
        action: desk.to(PAGE).into(),
        hidden: desk.hidden(),
        fields: vec![
            field(UNIT, words::UNIT_CODE, text.clone()),
            field(MEASURE, words::MEASURE, Input::Several(picks(&named, desk)))
                .hint(words::MEASURE_HINT.get(lang))
                .value(measures(desk)),
            field(FIELD, words::FIELD, Input::Select(known)),
            field(VALUE, words::VALUE, Input::Select(picks(&values, desk))),
            field(COMPARISON, words::COMPARISON, Input::Select(picks(&comparisons, desk))),
            field(THRESHOLD, words::THRESHOLD, text.clone()).hint(words::THRESHOLD_HINT.get(lang)),
            field(YEAR_FROM, words::YEAR_FROM, Input::Number),
            field(YEAR_TO, words::YEAR_TO, Input::Number).hint(words::YEAR_TO_HINT.get(lang)).optional(optional),
            field(CITATION, words::CITATION, Input::Area).hint(words::CITATION_HINT.get(lang)),
            field(ISSUER, words::ISSUER, text),
        ],
        button: words::ADD.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        ..OfficeForm::default()
    }
}

fn page(desk: &Desk, form: &OfficeForm) -> HttpResponse {
    let title = words::ADD.get(desk.lang);
    let main = html! { h1 { (title) } (form.render()) };
    if form.is_refused() { desk.refused(title, &main) } else { desk.page(title, &main) }
}

/// `GET /quan-tri/chi-tieu/them`.
pub(super) async fn show_add(desk: Desk) -> Answer {
    Ok(page(&desk, &form(&desk)))
}

/// `POST /quan-tri/chi-tieu`.
pub(super) async fn add(desk: Desk) -> Answer {
    let get = |name| desk.fields.get(name);
    // A citation is pasted from a document; it is kept on one line.
    let citation = get(CITATION).split_whitespace().collect::<Vec<_>>().join(" ");
    let new = NewTarget {
        measure: &measures(&desk),
        field: get(FIELD),
        unit: get(UNIT),
        year_from: get(YEAR_FROM),
        year_to: get(YEAR_TO),
        threshold: get(THRESHOLD),
        value: get(VALUE),
        comparison: get(COMPARISON),
        citation: &citation,
        issuer: get(ISSUER),
    };
    let by = By::Person(&desk.signed.person.email);
    match outcome(targets::add(desk.db(), desk.province(), &new, desk.today(), by).await)? {
        Ok(report) if report.added == 0 => {
            let mut form = form(&desk);
            form.problems.push(words::KNOWN.get(desk.lang).into());
            Ok(page(&desk, &form))
        }
        Ok(_report) => Ok(desk.done(PAGE, Done::Added)),
        Err(refused) => Ok(page(&desk, &typed::told(form(&desk), &refused, FIELDS, desk.lang))),
    }
}

/// `GET /quan-tri/chi-tieu/{so}`.
pub(super) async fn show(desk: Desk) -> Answer {
    let all = targets::all(desk.db(), desk.province()).await?;
    let target = number(&desk).and_then(|id| all.iter().find(|target| target.id == id)).ok_or(Stop::NotFound)?;
    Ok(desk.page(words::TITLE.get(desk.lang), &body(&desk, target, &all, None)))
}

fn number(desk: &Desk) -> Option<i32> {
    desk.part("so").parse().ok()
}

fn body(desk: &Desk, target: &StoredTarget, all: &[StoredTarget], problem: Option<String>) -> Markup {
    let lang = desk.lang;
    let fact = |say: Say, what: String| (Wording::from(say.get(lang)), html! { (what) });
    html! {
        h1 { (words::TITLE.get(lang)) ": " (desk.unit_name(target.target.unit)) }
        @if let Some(problem) = problem { div.summary role="alert" { p { (problem) } } }
        (facts(&[
            fact(words::TARGET, told(desk, target)),
            fact(words::YEARS, years(lang, target)),
            fact(words::CITATION, target.target.citation.clone()),
            fact(words::ISSUER, target.target.issuer.clone()),
            fact(words::STATE, state(lang, targets::standing(target, all, desk.today()))),
            fact(words::ENTERED, date::short(lang, target.entered)),
        ]))
        @if target.ended.is_none() && desk.may(Right::ChangeTargets) {
            h2 { (words::END.get(lang)) }
            p { (words::END_QUESTION.get(lang)) }
            (end_form(desk, target))
        }
    }
}

fn end_form(desk: &Desk, target: &StoredTarget) -> Markup {
    let form = OfficeForm {
        action: desk.to(&format!("{PAGE}/{}/ket-thuc", target.id)).into(),
        hidden: desk.hidden(),
        button: words::END.get(desk.lang).into(),
        is_grave: true,
        ..OfficeForm::default()
    };
    form.render()
}

/// `POST /quan-tri/chi-tieu/{so}/ket-thuc`.
pub(super) async fn end(desk: Desk) -> Answer {
    let all = targets::all(desk.db(), desk.province()).await?;
    let target = number(&desk).and_then(|id| all.iter().find(|target| target.id == id)).ok_or(Stop::NotFound)?;
    let by = By::Person(&desk.signed.person.email);
    match targets::end(desk.db(), desk.province(), target.id, desk.today(), by).await {
        Ok(()) => Ok(desk.done(PAGE, Done::Closed)),
        Err(ActError::Refused(refusal)) => {
            let main = body(&desk, target, &all, Some(refusal.told(desk.lang)));
            Ok(desk.refused(words::TITLE.get(desk.lang), &main))
        }
        Err(ActError::Fault(fault)) => Err(Stop::Fault(fault)),
    }
}
