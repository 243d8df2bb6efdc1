//! What is wrong with a typed form, at its fields: its faults are told by the columns of the file it belongs to.

use crate::registry::import::{ImportError, Refused};
use crate::web::office::desk::Stop;
use crate::web::view::Wording;
use crate::web::view::office::OfficeForm;
use crate::words::Lang;

/// The faults of a form, or the report of what was done; a fault of the machine ends the page.
pub(super) fn outcome<T>(came: Result<T, ImportError>) -> Result<Result<T, Refused>, Stop> {
    match came {
        Ok(done) => Ok(Ok(done)),
        Err(ImportError::Refused(refused)) => Ok(Err(refused)),
        Err(ImportError::Fault(fault)) => Err(Stop::Fault(fault)),
    }
}

/// The same form with every fault at its field; `fields` names the field of each column. A fault of no field stands on top.
pub(super) fn told(mut form: OfficeForm, refused: &Refused, fields: &[(&str, &str)], lang: Lang) -> OfficeForm {
    for problem in &refused.problems {
        let named = problem.column.as_deref().and_then(|column| fields.iter().find(|(known, _)| *known == column));
        let what = problem.what(lang);
        let field = named.and_then(|(_, name)| form.fields.iter_mut().find(|field| field.name == *name));
        match field {
            Some(field) => {
                let told = field.error.take().map_or_else(
                    || Wording::from(format!("{}: {what}", field.label)),
                    |before| format!("{before}; {what}").into(),
                );
                field.error = Some(told);
            }
            None => form.problems.push(what.to_owned().into()),
        }
    }
    form
}
