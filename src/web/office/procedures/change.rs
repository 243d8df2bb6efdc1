//! Adding and renaming procedures, renaming fields.

use actix_web::HttpResponse;
use maud::html;

use super::PAGE;
use crate::registry::procedures::{self, FieldRefusal, NewProcedure, Procedure};
use crate::registry::{ActError, By};
use crate::text::office::{self as common, procedures as words};
use crate::text::search::sort_key;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::office::faults::choices;
use crate::web::office::typed::{outcome, told};
use crate::web::view::office::{Field, Input, OfficeForm};
use crate::words::FieldId;

const CODE: &str = "ma";
const NAME: &str = "ten";
const FIELD: &str = "linh_vuc";
const NEW_FIELD: &str = "linh_vuc_moi";
/// The fields of the form, by the columns of a file of procedures.
const FIELDS: &[(&str, &str)] = &[("code", CODE), ("name", NAME), ("field", NEW_FIELD)];

/// What a form of a procedure holds.
struct Entered<'a> {
    code: &'a str,
    name: &'a str,
    field: &'a str,
    new_field: &'a str,
}

impl<'a> Entered<'a> {
    fn of(desk: &'a Desk, code: &'a str) -> Self {
        let get = |name| desk.fields.get(name);
        Self { code, name: get(NAME), field: get(FIELD), new_field: get(NEW_FIELD) }
    }

    /// The field by name: the new one, if one is written.
    const fn field(&self) -> &'a str {
        if self.new_field.is_empty() { self.field } else { self.new_field }
    }
}

/// The form; a procedure that exists keeps its code.
fn form(desk: &Desk, entered: &Entered<'_>, is_new: bool) -> OfficeForm {
    let lang = desk.lang;
    let mut known: Vec<(FieldId, &str)> = desk.directory().fields().collect();
    known.sort_by_cached_key(|(_, name)| sort_key(name));
    let known = choices(
        Some(words::NO_FIELD.get(lang)),
        known.iter().map(|(_, name)| ((*name).to_owned(), (*name).to_owned())),
    );
    let text =
        |name, say: crate::text::Say, value: &str| Field::new(name, say.get(lang), Input::Text).value(value.to_owned());
    let mut fields = vec![
        text(NAME, words::NAME, entered.name),
        Field::new(FIELD, words::FIELD.get(lang), Input::Select(known)).value(entered.field.to_owned()),
        text(NEW_FIELD, words::NEW_FIELD, entered.new_field)
            .hint(words::NEW_FIELD_HINT.get(lang))
            .optional(common::OPTIONAL.get(lang)),
    ];
    if is_new {
        fields.insert(0, text(CODE, words::CODE, entered.code).hint(words::CODE_HINT.get(lang)));
    }
    OfficeForm {
        action: if is_new { desk.to(PAGE) } else { desk.to(desk.path()) }.into(),
        hidden: desk.hidden(),
        fields,
        button: if is_new { words::ADD } else { common::SAVE }.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        ..OfficeForm::default()
    }
}

fn page(desk: &Desk, is_new: bool, form: &OfficeForm, code: &str) -> HttpResponse {
    let title = if is_new { words::ADD } else { words::CHANGE }.get(desk.lang);
    let main = html! {
        h1 { (title) @if !is_new { " " (code) } }
        (form.render())
    };
    if form.is_refused() { desk.refused(title, &main) } else { desk.page(title, &main) }
}

/// `GET /quan-tri/thu-tuc/them`.
pub(super) async fn show_add(desk: Desk) -> Answer {
    let form = form(&desk, &Entered::of(&desk, ""), true);
    Ok(page(&desk, true, &form, ""))
}

/// `GET /quan-tri/thu-tuc/ma/{ma}`.
pub(super) async fn show_change(desk: Desk) -> Answer {
    let known = find(&desk).await?;
    let field = desk.directory().field_name(known.field).unwrap_or_default();
    let entered = Entered { code: &known.code, name: &known.name, field, new_field: "" };
    Ok(page(&desk, false, &form(&desk, &entered, false), &known.code))
}

async fn find(desk: &Desk) -> Result<Procedure, Stop> {
    let all = procedures::all(desk.db(), desk.province()).await?;
    all.into_iter().find(|procedure| procedure.code == desk.part("ma")).ok_or(Stop::NotFound)
}

/// `POST /quan-tri/thu-tuc`.
pub(super) async fn add(desk: Desk) -> Answer {
    let entered = Entered::of(&desk, desk.fields.get(CODE));
    let all = procedures::all(desk.db(), desk.province()).await?;
    if all.iter().any(|procedure| procedure.code == entered.code) {
        let mut form = form(&desk, &entered, true);
        if let Some(field) = form.fields.first_mut() {
            field.error = Some(words::code_taken(desk.lang, entered.code).into());
        }
        return Ok(page(&desk, true, &form, ""));
    }
    put(&desk, &entered, true).await
}

/// `POST /quan-tri/thu-tuc/ma/{ma}`.
pub(super) async fn change(desk: Desk) -> Answer {
    let known = find(&desk).await?;
    put(&desk, &Entered::of(&desk, &known.code), false).await
}

async fn put(desk: &Desk, entered: &Entered<'_>, is_new: bool) -> Answer {
    let new = NewProcedure { code: entered.code, name: entered.name, field: entered.field() };
    let by = By::Person(&desk.signed.person.email);
    match outcome(procedures::put(desk.db(), desk.province(), &new, by).await)? {
        Ok(_report) => Ok(desk.done(PAGE, if is_new { Done::Added } else { Done::Saved })),
        Err(refused) => {
            let form = told(form(desk, entered, is_new), &refused, FIELDS, desk.lang);
            Ok(page(desk, is_new, &form, entered.code))
        }
    }
}

fn field_of(desk: &Desk) -> Result<&str, Stop> {
    let field = desk.part("so").parse().map(FieldId).map_err(|_no_number| Stop::NotFound)?;
    desk.directory().field_name(field).ok_or(Stop::NotFound)
}

fn rename_page(desk: &Desk, name: &str, entered: &str, problem: Option<String>) -> HttpResponse {
    let lang = desk.lang;
    let form = OfficeForm {
        action: desk.to(desk.path()).into(),
        hidden: desk.hidden(),
        fields: vec![
            Field::new(NAME, words::NEW_NAME.get(lang), Input::Text)
                .value(entered.to_owned())
                .error(problem.map(Into::into)),
        ],
        button: common::SAVE.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        ..OfficeForm::default()
    };
    let title = words::RENAME_FIELD.get(lang);
    let main = html! {
        h1 { (title) ": " (name) }
        p { (words::RENAME_NOTE.get(lang)) }
        (form.render())
    };
    if form.is_refused() { desk.refused(title, &main) } else { desk.page(title, &main) }
}

/// `GET /quan-tri/thu-tuc/linh-vuc/{so}`.
pub(super) async fn show_rename(desk: Desk) -> Answer {
    let name = field_of(&desk)?;
    Ok(rename_page(&desk, name, name, None))
}

/// `POST /quan-tri/thu-tuc/linh-vuc/{so}`.
pub(super) async fn rename(desk: Desk) -> Answer {
    let (name, entered) = (field_of(&desk)?, desk.fields.get(NAME));
    let by = By::Person(&desk.signed.person.email);
    match procedures::rename_field(desk.db(), desk.province(), name, entered, by).await {
        Ok(()) => Ok(desk.done(PAGE, Done::Saved)),
        Err(ActError::Fault(fault)) => Err(Stop::Fault(fault)),
        Err(ActError::Refused(refusal)) => {
            let told = match &refusal {
                FieldRefusal::Form(refused) => {
                    refused.problems.iter().map(|problem| problem.what(desk.lang)).collect::<Vec<_>>().join("; ")
                }
                FieldRefusal::Unknown(_) | FieldRefusal::Taken(_) => refusal.told(desk.lang),
            };
            Ok(rename_page(&desk, name, entered, Some(format!("{}: {told}", words::NEW_NAME.get(desk.lang)))))
        }
    }
}
