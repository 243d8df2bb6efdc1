//! Choices: one or several of a few options.

use super::Rule;
use super::item::check_keys;
use super::reader::{Part, Reader};
use crate::questionnaire::{Asked, Choice, ChoiceOption};

pub(super) fn read_choice(
    reader: &mut Reader,
    part: Part<'_>,
    code: Option<String>,
    several: bool,
    asked: Asked,
) -> Option<Choice> {
    check_keys(reader, part, &["options", "not_applicable", "required", "sensitive"]);
    let label = reader.localized(part, "label");
    let label = reader.need(part, "label", label);
    let hint = reader.localized(part, "hint");
    let not_applicable = reader.localized(part, "not_applicable");
    let required = reader.boolean(part, "required");
    let sensitive = reader.boolean(part, "sensitive");
    if required && sensitive {
        let what = "a sensitive question may not be required: everybody may pass it over; take “required” away";
        reader.refuse(Rule::SensitiveRequired, part.place("required"), what);
    }
    let options = read_options(reader, part);
    Some(Choice { code: code?, label: label?, hint, several, options, not_applicable, required, sensitive, asked })
}

fn read_options(reader: &mut Reader, part: Part<'_>) -> Vec<ChoiceOption> {
    let parts = reader.tables(part, "options", "an option");
    reader.need(part, "options", (!parts.is_empty()).then_some(()));
    let given = parts.len();
    let mut options: Vec<ChoiceOption> = Vec::new();
    for part in parts {
        reader.check_keys(part, &["code", "label"]);
        let number = reader.number(part, "code", 1, 7);
        let number = reader.need(part, "code", number).and_then(|n| u8::try_from(n).ok());
        let label = reader.localized(part, "label");
        let label = reader.need(part, "label", label);
        let (Some(number), Some(label)) = (number, label) else { continue };
        if options.iter().any(|option| option.number == number) {
            let what = format!("option {number} stands twice in this question; number each option once");
            reader.refuse(Rule::OptionTwice, part.place("code"), what);
        } else {
            options.push(ChoiceOption { number, label });
        }
    }
    options.sort_by_key(|option| option.number);
    let at = part.place("options");
    if part.table.contains_key("options") && !(2..=7).contains(&given) {
        reader.refuse(Rule::OptionCount, at, format!("a question of {given} options; give it 2 to 7"));
    } else if options.len() == given
        && let Some((missing, _)) = (1..).zip(&options).find(|(n, option)| *n != option.number)
    {
        let what = format!("option {missing} is missing; number the options 1, 2, 3 without a gap");
        reader.refuse(Rule::OptionGap, at, what);
    }
    options
}
