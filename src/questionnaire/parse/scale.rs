//! Scales: `[[scales]]` with their levels.

use super::reader::{At, Part, Reader};
use super::{Codes, Rule, code};
use crate::questionnaire::{Scale, ScaleLevel};
use std::sync::Arc;

/// Reads all scales; those that are wrong are refused and left out.
pub(super) fn read_scales(reader: &mut Reader, root: Part<'_>) -> Vec<At<Arc<Scale>>> {
    let parts = reader.tables(root, "scales", "a scale");
    reader.need(root, "scales", (!parts.is_empty()).then_some(()));
    let mut codes = Codes::default();
    parts.into_iter().filter_map(|part| read_scale(reader, part, &mut codes)).collect()
}

fn read_scale(reader: &mut Reader, part: Part<'_>, codes: &mut Codes) -> Option<At<Arc<Scale>>> {
    reader.check_keys(part, &["code", "satisfied", "levels"]);
    let code = code(reader, part).filter(|found| codes.add(reader, found));
    let levels = read_levels(reader, part);
    let satisfied = reader.levels(part, "satisfied");
    let satisfied = reader.need(part, "satisfied", satisfied);
    let mut scale = Scale { code: code?.value, levels, satisfied: Vec::new() };
    scale.satisfied = read_satisfied(reader, &scale, satisfied?);
    Some(At { value: Arc::new(scale), at: part.at })
}

fn read_levels(reader: &mut Reader, part: Part<'_>) -> Vec<ScaleLevel> {
    let parts = reader.tables(part, "levels", "a level");
    reader.need(part, "levels", (!parts.is_empty()).then_some(()));
    let mut levels: Vec<ScaleLevel> = Vec::new();
    let mut complete = true;
    for part in parts {
        reader.check_keys(part, &["level", "label"]);
        let number = reader.number(part, "level", 1, 7);
        let number = reader.need(part, "level", number).and_then(|n| u8::try_from(n).ok());
        let label = reader.localized(part, "label");
        let label = reader.need(part, "label", label);
        let (Some(level), Some(label)) = (number, label) else {
            complete = false;
            continue;
        };
        if levels.iter().any(|l| l.level == level) {
            reader.refuse(
                Rule::LevelDefinedTwice,
                part.place("level"),
                format!("level {level} stands twice in this scale; number each level once"),
            );
            complete = false;
        } else {
            levels.push(ScaleLevel { level, label });
        }
    }
    levels.sort_by_key(|l| l.level);
    if complete && levels.len() < 2 && part.table.contains_key("levels") {
        reader.refuse(
            Rule::TooFewLevels,
            part.at,
            "a scale of fewer than two levels asks nothing; give it 2 to 7 levels",
        );
    }
    if let Some(missing) = (1..).zip(&levels).find(|(n, l)| *n != l.level).map(|(n, _): (u8, _)| n).filter(|_| complete)
    {
        reader.refuse(
            Rule::LevelGap,
            part.at,
            format!("level {missing} is missing in this scale; number the levels 1, 2, 3 without a gap"),
        );
    }
    levels
}

/// The satisfied levels: some levels of the scale, but not all.
pub(super) fn read_satisfied(reader: &mut Reader, scale: &Scale, found: At<Vec<u8>>) -> Vec<u8> {
    for level in found.value.iter().filter(|level| !scale.has(**level)) {
        let what = format!("“satisfied” lists level {level}, which scale “{}” does not have; take it out", scale.code);
        reader.refuse(Rule::SatisfiedNotInScale, found.at, what);
    }
    if found.value.is_empty() {
        reader.refuse(
            Rule::NobodySatisfied,
            found.at,
            "“satisfied” is empty, so nobody could be satisfied; list at least one level",
        );
    } else if scale.levels.iter().all(|l| found.value.contains(&l.level)) && !scale.levels.is_empty() {
        reader.refuse(
            Rule::EverybodySatisfied,
            found.at,
            "“satisfied” lists every level, so everybody would be satisfied; leave some out",
        );
    }
    found.value
}
