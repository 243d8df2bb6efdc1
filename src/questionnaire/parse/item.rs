//! Items: `[[items]]`, one reader per kind of question.

use super::reader::{At, Part, Reader};
use super::scale::read_satisfied;
use super::{Codes, code};
use crate::questionnaire::{Comment, Item, Number, Rates, Rating, Scale};
use std::sync::Arc;

/// More questions than this nobody answers.
const MAX_ITEMS: usize = 200;
/// Columns of `responses.csv` that stand before the criteria, and the name of the composite in every output.
const RESERVED: &[&str] = &["point", "day", "channel", "level", "serial", "composite"];
const MAX_NUMBER: u16 = 60_000;
const MAX_COMMENT: u16 = 5_000;
const DEFAULT_COMMENT: u16 = 1_000;

/// Reads all items; those that are wrong are refused and left out.
pub(super) fn read_items(
    reader: &mut Reader,
    root: Part<'_>,
    scales: &[At<Arc<Scale>>],
    codes: &mut Codes,
) -> Vec<At<Item>> {
    let parts = reader.tables(root, "items", "an item");
    reader.need(root, "items", (!parts.is_empty()).then_some(()));
    if let Some(over) = parts.get(MAX_ITEMS) {
        reader.refuse(over.at, format!("this is item {} of {}; keep at most {MAX_ITEMS}", MAX_ITEMS + 1, parts.len()));
    }
    let mut items: Vec<At<Item>> = Vec::new();
    for part in parts {
        let item = read_item(reader, part, scales, codes);
        if item.as_ref().is_some_and(Item::is_comment) && items.iter().any(|i| i.value.is_comment()) {
            reader.refuse(part.at, "a form has one comment only; remove this one");
        }
        items.extend(item.map(|value| At { value, at: part.at }));
    }
    items
}

fn read_item(reader: &mut Reader, part: Part<'_>, scales: &[At<Arc<Scale>>], codes: &mut Codes) -> Option<Item> {
    let code = code(reader, part).filter(|found| codes.add(reader, found));
    if let Some(found) = code.as_ref().filter(|found| RESERVED.contains(&found.value.as_str())) {
        reader.refuse(found.at, format!("the code “{}” is reserved; choose another", found.value));
    }
    let code = code.map(|found| found.value);
    let kind = reader.string(part, "kind");
    let kind = reader.need(part, "kind", kind)?;
    match kind.value {
        "rating" => read_rating(reader, part, code, scales).map(Item::Rating),
        "number" => read_number(reader, part, code).map(Item::Number),
        "comment" => read_comment(reader, part, code).map(Item::Comment),
        other => {
            reader.refuse(kind.at, format!("there is no kind “{other}”; allowed are rating, number, comment"));
            None
        }
    }
}

fn read_rating(reader: &mut Reader, part: Part<'_>, code: Option<String>, scales: &[At<Arc<Scale>>]) -> Option<Rating> {
    reader.check_keys(
        part,
        &["code", "kind", "label", "hint", "scale", "satisfied", "rates", "not_applicable", "required"],
    );
    let label = reader.localized(part, "label");
    let label = reader.need(part, "label", label);
    let hint = reader.localized(part, "hint");
    let not_applicable = reader.localized(part, "not_applicable");
    let required = reader.boolean(part, "required");
    let rates = reader.string(part, "rates");
    let rates = reader.need(part, "rates", rates).and_then(|found| match found.value {
        "receiving" => Some(Rates::Receiving),
        "deciding" => Some(Rates::Deciding),
        other => {
            reader.refuse(found.at, format!("“rates” is “{other}”; allowed are receiving, deciding"));
            None
        }
    });
    let named = reader.string(part, "scale");
    let named = reader.need(part, "scale", named)?;
    let own = reader.levels(part, "satisfied");
    let Some(scale) = scales.iter().map(|s| &s.value).find(|scale| scale.code == named.value) else {
        reader.refuse(named.at, format!("there is no sound scale “{}”; define it under [[scales]]", named.value));
        return None;
    };
    let satisfied = match own {
        Some(own) => read_satisfied(reader, scale, own),
        None => scale.satisfied.clone(),
    };
    Some(Rating {
        code: code?,
        label: label?,
        hint,
        scale: Arc::clone(scale),
        satisfied,
        rates: rates?,
        not_applicable,
        required,
    })
}

fn read_number(reader: &mut Reader, part: Part<'_>, code: Option<String>) -> Option<Number> {
    reader.check_keys(part, &["code", "kind", "label", "hint", "unit", "min", "max"]);
    let label = reader.localized(part, "label");
    let label = reader.need(part, "label", label);
    let hint = reader.localized(part, "hint");
    let unit = reader.localized(part, "unit");
    let min = reader.number(part, "min", 0, MAX_NUMBER);
    let min = reader.need(part, "min", min);
    let max = reader.number(part, "max", 0, MAX_NUMBER);
    let max = reader.need(part, "max", max);
    let (min, max) = (min?, max?);
    if min > max {
        reader.refuse(
            part.place("min"),
            format!("“min” is {min} and “max” is {max}; the least cannot exceed the greatest"),
        );
    }
    Some(Number { code: code?, label: label?, hint, unit, min, max })
}

fn read_comment(reader: &mut Reader, part: Part<'_>, code: Option<String>) -> Option<Comment> {
    reader.check_keys(part, &["code", "kind", "label", "warn", "max_chars"]);
    let label = reader.localized(part, "label");
    let label = reader.need(part, "label", label);
    let warn = reader.localized(part, "warn");
    let max_chars = reader.number(part, "max_chars", 1, MAX_COMMENT).unwrap_or(DEFAULT_COMMENT);
    Some(Comment { code: code?, label: label?, warn, max_chars })
}
