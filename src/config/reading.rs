//! From the merged sources to settings, with everything that is wrong named at once.

use figment::providers::{Env, Serialized};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};

use super::Settings;

/// The environment `THUOCDO_…`. A setting that is a text is taken as it is written: 0912 is a number to call.
pub(super) struct Environment;

impl Provider for Environment {
    fn metadata(&self) -> Metadata {
        Metadata::named("the environment THUOCDO_…")
    }

    fn data(&self) -> figment::error::Result<Map<Profile, Dict>> {
        let known = serde_json::to_value(Settings::default()).unwrap_or_default();
        let value = |name: &str, text: String| match known.get(name) {
            // Whatever is no number or yes and no is a text, in quotes or not.
            Some(kind) if kind.is_number() || kind.is_boolean() => {
                text.parse().unwrap_or_else(|never: std::convert::Infallible| match never {})
            }
            _ => Value::from(text),
        };
        let given = Env::prefixed("THUOCDO_");
        let dict = given.iter().map(|(name, text)| {
            let name = name.to_string();
            let value = value(&name, text);
            (name, value)
        });
        Ok(Profile::Default.collect(dict.collect()))
    }
}

/// The settings, or one line that names every bad one.
pub(super) fn read(figment: &Figment) -> Result<Settings, String> {
    figment.extract().map_err(|error| {
        let problems = problems(figment);
        if problems.is_empty() { sentence(&error) } else { problems.join("; ") }
    })
}

/// What is wrong with each setting, taken alone.
fn problems(figment: &Figment) -> Vec<String> {
    let Ok(given) = figment.extract::<Dict>() else { return Vec::new() };
    let mut problems = Vec::new();
    for (name, value) in given {
        let alone = Figment::from(Serialized::defaults(Settings::default())).merge(Serialized::default(&name, value));
        if let Err(mut error) = alone.extract::<Settings>() {
            error.metadata = figment.find_metadata(&name).cloned();
            if error.path.is_empty() {
                error.path = vec![name];
            }
            problems.push(sentence(&error));
        }
    }
    problems
}

/// What figment has to say, in one line that names the setting and where it stands.
fn sentence(error: &figment::Error) -> String {
    let setting = error.path.join(".");
    let source = error.metadata.as_ref().map(|metadata| metadata.name.to_string()).unwrap_or_default();
    let place = match (setting.is_empty(), source.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!(" (in {source})"),
        (false, true) => format!(" (setting {setting})"),
        (false, false) => format!(" (setting {setting} in {source})"),
    };
    format!("{}{place}", error.kind)
}
