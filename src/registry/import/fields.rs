//! Names of fields (lĩnh vực) in files: known ones are found, new ones get a number.

use std::collections::HashMap;

use super::values::optional_text;
use crate::store::places::Field;
use crate::text::Both;
use crate::text::import::rows as say;
use crate::words::FieldId;

/// Longest name of a field.
pub(in crate::registry) const LONGEST: usize = 200;

/// Fields by name.
#[derive(Debug, Default)]
pub(in crate::registry) struct Fields {
    known: HashMap<String, FieldId>,
    highest: i16,
    /// Fields that are not stored yet.
    pub(in crate::registry) new: Vec<Field>,
}

impl Fields {
    /// The stored fields.
    pub(in crate::registry) fn new(stored: &[Field]) -> Self {
        Self {
            known: stored.iter().map(|field| (field.name.clone(), field.field)).collect(),
            highest: stored.iter().map(|field| field.field.0).max().unwrap_or(0),
            new: Vec::new(),
        }
    }

    /// The number of a field that has to be known; no name is no field.
    pub(in crate::registry) fn known(&self, name: &str) -> Result<FieldId, Both> {
        match optional_text(name, LONGEST)? {
            None => Ok(FieldId::NONE),
            Some(name) => self.known.get(&name).copied().ok_or_else(|| Both::of(|lang| say::no_field(lang, &name))),
        }
    }

    /// The number of a field, a new one if its name is new; no name is no field.
    pub(in crate::registry) fn known_or_new(&mut self, name: &str) -> Result<FieldId, Both> {
        let Some(name) = optional_text(name, LONGEST)? else { return Ok(FieldId::NONE) };
        if let Some(field) = self.known.get(&name) {
            return Ok(*field);
        }
        self.highest = self.highest.checked_add(1).ok_or(say::TOO_MANY_FIELDS)?;
        let field = FieldId(self.highest);
        self.known.insert(name.clone(), field);
        self.new.push(Field { field, name });
        Ok(field)
    }
}
