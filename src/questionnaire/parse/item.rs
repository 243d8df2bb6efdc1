//! Items: `[[items]]`, one reader per kind of question.

use super::choice::read_choice;
use super::page::{Asking, read_condition};
use super::reader::{At, Part, Reader};
use super::scale::read_satisfied;
use super::{Codes, Rule, code};
use crate::questionnaire::{Asked, Comment, Item, Number, Rates, Rating, Scale};
use std::sync::Arc;

/// More questions than this nobody answers.
const MAX_ITEMS: usize = 200;
/// Columns of `responses.csv` that stand before the criteria, and the name of the composite in every output.
const RESERVED: &[&str] = &["point", "day", "channel", "level", "serial", "composite"];
const MAX_NUMBER: u16 = 60_000;
const MAX_COMMENT: u16 = 5_000;
const DEFAULT_COMMENT: u16 = 1_000;

/// Keys of every item.
pub(super) const COMMON: [&str; 6] = ["code", "kind", "label", "hint", "show_if", "source"];

/// The items that are sound, with where the condition of each stands.
#[derive(Default)]
pub(super) struct Items {
    /// The items in their order.
    pub(super) list: Vec<At<Item>>,
    /// For each of them, where its condition stands.
    pub(super) askings: Vec<Option<Asking>>,
}

/// Reads all items; those that are wrong are refused and left out.
pub(super) fn read_items(reader: &mut Reader, root: Part<'_>, scales: &[At<Arc<Scale>>], codes: &mut Codes) -> Items {
    let parts = reader.tables(root, "items", "an item");
    reader.need(root, "items", (!parts.is_empty()).then_some(()));
    if let Some(over) = parts.get(MAX_ITEMS) {
        let what = format!("this is item {} of {}; keep at most {MAX_ITEMS}", MAX_ITEMS + 1, parts.len());
        reader.refuse(Rule::TooManyItems, over.at, what);
    }
    let mut items = Items::default();
    for part in parts {
        let (item, asking) = read_item(reader, part, scales, codes);
        if item.as_ref().is_some_and(Item::is_comment) && items.list.iter().any(|i| i.value.is_comment()) {
            reader.refuse(Rule::SecondComment, part.at, "a form has one comment only; remove this one");
        }
        if let Some(value) = item {
            items.list.push(At { value, at: part.at });
            items.askings.push(asking);
        }
    }
    items
}

fn read_item(
    reader: &mut Reader,
    part: Part<'_>,
    scales: &[At<Arc<Scale>>],
    codes: &mut Codes,
) -> (Option<Item>, Option<Asking>) {
    let code = code(reader, part).filter(|found| codes.add(reader, found));
    if let Some(found) = code.as_ref().filter(|found| RESERVED.contains(&found.value.as_str())) {
        reader.refuse(Rule::ReservedCode, found.at, format!("the code “{}” is reserved; choose another", found.value));
    }
    let code = code.map(|found| found.value);
    let kind = reader.string(part, "kind");
    let Some(kind) = reader.need(part, "kind", kind) else { return (None, None) };
    let asking = read_condition(reader, part);
    let source = reader.plain(part, "source");
    let asked = Asked { show_if: asking.as_ref().map(|asking| asking.condition.clone()), source };
    let item = match kind.value {
        "rating" => read_rating(reader, part, code, scales, asked).map(Item::Rating),
        "choice" => read_choice(reader, part, code, false, asked).map(Item::Choice),
        "choices" => read_choice(reader, part, code, true, asked).map(Item::Choice),
        "number" => read_number(reader, part, code, asked).map(Item::Number),
        "comment" => read_comment(reader, part, code, asked).map(Item::Comment),
        other => {
            let what = format!("there is no kind “{other}”; allowed are rating, choice, choices, number, comment");
            reader.refuse(Rule::UnknownKind, kind.at, what);
            None
        }
    };
    (item, asking)
}

/// Refuses keys that are neither common to all items nor this kind's own.
pub(super) fn check_keys(reader: &mut Reader, part: Part<'_>, own: &[&str]) {
    reader.check_keys(part, &[&COMMON, own].concat());
}

fn read_rating(
    reader: &mut Reader,
    part: Part<'_>,
    code: Option<String>,
    scales: &[At<Arc<Scale>>],
    asked: Asked,
) -> Option<Rating> {
    check_keys(reader, part, &["scale", "satisfied", "rates", "not_applicable", "required", "beside"]);
    let label = reader.localized(part, "label");
    let label = reader.need(part, "label", label);
    let hint = reader.localized(part, "hint");
    let not_applicable = reader.localized(part, "not_applicable");
    let required = reader.boolean(part, "required");
    let beside = reader.boolean(part, "beside");
    let rates = reader.string(part, "rates");
    let rates = reader.need(part, "rates", rates).and_then(|found| match found.value {
        "receiving" => Some(Rates::Receiving),
        "deciding" => Some(Rates::Deciding),
        other => {
            reader.refuse(
                Rule::UnknownRates,
                found.at,
                format!("“rates” is “{other}”; allowed are receiving, deciding"),
            );
            None
        }
    });
    let named = reader.string(part, "scale");
    let named = reader.need(part, "scale", named)?;
    let own = reader.levels(part, "satisfied");
    let Some(scale) = scales.iter().map(|s| &s.value).find(|scale| scale.code == named.value) else {
        let what = format!("there is no sound scale “{}”; define it under [[scales]]", named.value);
        reader.refuse(Rule::UnknownScale, named.at, what);
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
        beside,
        asked,
    })
}

fn read_number(reader: &mut Reader, part: Part<'_>, code: Option<String>, asked: Asked) -> Option<Number> {
    check_keys(reader, part, &["unit", "min", "max"]);
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
        let what = format!("“min” is {min} and “max” is {max}; exchange them, the least cannot exceed the greatest");
        reader.refuse(Rule::LimitsOutOfOrder, part.place("min"), what);
    }
    Some(Number { code: code?, label: label?, hint, unit, min, max, asked })
}

fn read_comment(reader: &mut Reader, part: Part<'_>, code: Option<String>, asked: Asked) -> Option<Comment> {
    reader.check_keys(part, &["code", "kind", "label", "warn", "max_chars", "show_if", "source"]);
    let label = reader.localized(part, "label");
    let label = reader.need(part, "label", label);
    let warn = reader.localized(part, "warn");
    let max_chars = reader.number(part, "max_chars", 1, MAX_COMMENT).unwrap_or(DEFAULT_COMMENT);
    Some(Comment { code: code?, label: label?, warn, max_chars, asked })
}
