//! Acts on procedures and fields.

use anyhow::Context;

use super::act::{self, ActError};
use super::import::{
    ImportError, LONGEST_FIELD, PROCEDURE_COLUMNS, Problems, Refused, Report, cleaned, give_back, procedures_in, text,
    typed,
};
use super::{By, Directory};
use crate::store::places::Field;
use crate::store::{Database, places, procedures as stored};
use crate::text::Both;
use crate::text::registry::fields as say;
use crate::words::{FieldId, Lang, Province};

pub use crate::store::procedures::Procedure;

/// A procedure as it is typed in.
#[derive(Debug, Clone, Copy)]
pub struct NewProcedure<'a> {
    /// Code in the national database.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// Name of its field, known or new; empty = none.
    pub field: &'a str,
}

/// Why a field is not renamed; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldRefusal {
    /// The new name cannot be taken.
    Form(Refused),
    /// No field has this name.
    Unknown(String),
    /// Another field has the new name.
    Taken(String),
}

impl FieldRefusal {
    /// What is wrong and how to mend it.
    pub fn told(&self, lang: Lang) -> String {
        match self {
            Self::Form(refused) => refused.in_language(lang),
            Self::Unknown(name) => say::unknown(lang, name),
            Self::Taken(name) => say::taken(lang, name),
        }
    }

    /// The same in both languages.
    pub fn both(&self) -> Both {
        Both::of(|lang| self.told(lang))
    }
}

/// English, as the command line speaks.
impl std::fmt::Display for FieldRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told(Lang::En))
    }
}

impl std::error::Error for FieldRefusal {}

/// All procedures, by number.
pub async fn all(db: &Database, province: Province) -> anyhow::Result<Vec<Procedure>> {
    stored::all(db.reader(), province).await.context("while reading the procedures")
}

/// Adds a procedure, or gives the one of this code another name and field.
pub async fn put(db: &Database, province: Province, new: &NewProcedure<'_>, by: By<'_>) -> Result<Report, ImportError> {
    let file = typed(&PROCEDURE_COLUMNS, &[("code", new.code), ("name", new.name), ("field", new.field)])?;
    let tx = act::begin(db).await?;
    match procedures_in(&tx, province, &file).await {
        Ok(report) => {
            act::finish(tx, province, by, "put procedure", new.code.trim()).await?;
            Ok(report)
        }
        Err(error) => Err(give_back(tx, error).await),
    }
}

/// Gives a field another name, everywhere and for all time: it is the same field.
pub async fn rename_field(
    db: &Database,
    province: Province,
    field: &str,
    name: &str,
    by: By<'_>,
) -> Result<(), ActError<FieldRefusal>> {
    let tx = act::begin(db).await?;
    let places = places::all(&tx, province).await.context("while reading the fields")?;
    let (field, name) = (cleaned(field), cleaned(name));
    match renamed(&Directory::new(places), &field, &name) {
        Ok(new) => {
            places::rename_field(&tx, province, &new).await.context("while renaming the field")?;
            let object = format!("{} from “{}” to “{}”", new.field, field, new.name);
            Ok(act::finish(tx, province, by, "rename field", &object).await?)
        }
        Err(refusal) => Err(act::refuse(tx, refusal).await),
    }
}

fn renamed(directory: &Directory, field: &str, name: &str) -> Result<Field, FieldRefusal> {
    let mut problems = Problems::default();
    let read = problems.keep(1, "name", text(name, LONGEST_FIELD));
    problems.into_result("").map_err(FieldRefusal::Form)?;
    let unknown = || FieldRefusal::Unknown(field.to_owned());
    let id: FieldId = directory.field_by_name(field).ok_or_else(unknown)?;
    let name = read.ok_or_else(unknown)?;
    match directory.field_by_name(&name) {
        Some(other) if other != id => Err(FieldRefusal::Taken(name)),
        _ => Ok(Field { field: id, name }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::places::Places;

    #[test]
    fn a_field_takes_a_name_that_no_other_has() {
        let field = |number, name: &str| Field { field: FieldId(number), name: name.to_owned() };
        let fields = vec![field(1, "Đất đai"), field(2, "Xây dựng")];
        let directory = Directory::new(Places { fields, ..Places::default() });
        assert_eq!(renamed(&directory, "Đất đai", "Đất đai, nhà ở"), Ok(field(1, "Đất đai, nhà ở")));
        assert_eq!(renamed(&directory, "Đất đai", "Đất đai"), Ok(field(1, "Đất đai")));
        let taken = renamed(&directory, "Đất đai", "Xây dựng").unwrap_err();
        assert_eq!(taken.told(Lang::Vi), "Đã có lĩnh vực “Xây dựng”; xin ghi tên khác.");
        assert_eq!(renamed(&directory, "Y tế", "Y"), Err(FieldRefusal::Unknown("Y tế".to_owned())));
        assert!(matches!(renamed(&directory, "Đất đai", ""), Err(FieldRefusal::Form(_))));
    }
}
