//! A form as a client without a browser sees it: it sends back the fields it was given.

use std::io::Result;

use super::http::{Answer, Client};

/// An opened form with its hidden fields.
#[derive(Debug, Clone)]
pub(crate) struct OpenForm {
    pub(crate) path: String,
    pub(crate) hidden: Vec<(String, String)>,
}

/// The name of the hidden key.
pub(crate) const KEY: &str = "_khoa";
/// The name of the hidden edition.
pub(crate) const EDITION: &str = "_ban";
/// The name of the hidden language.
pub(crate) const LANGUAGE: &str = "_ngon_ngu";

/// A field.
pub(crate) fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

impl OpenForm {
    /// Opens the form of a public code.
    pub(crate) fn open(client: &mut Client, code: &str) -> Result<Self> {
        let path = format!("/q/{code}");
        let page = client.get(&path)?;
        assert_eq!(page.status, 200);
        Ok(Self { path, hidden: hidden(&page.text()) })
    }

    /// A hidden field.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.hidden.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The same form with another value in a hidden field; `None` leaves the field out.
    pub(crate) fn but(&self, name: &str, value: Option<&str>) -> Self {
        let mut hidden: Vec<(String, String)> =
            self.hidden.iter().filter(|(known, _)| known != name).cloned().collect();
        hidden.extend(value.map(|value| field(name, value)));
        Self { hidden, ..self.clone() }
    }

    /// What is sent with these answers.
    pub(crate) fn filled(&self, answers: &[(&str, &str)]) -> Vec<(String, String)> {
        self.hidden.iter().cloned().chain(answers.iter().map(|(name, value)| field(name, value))).collect()
    }

    /// Sends the form with these answers.
    pub(crate) fn send(&self, client: &mut Client, answers: &[(&str, &str)]) -> Result<Answer> {
        client.post(&self.path, &self.filled(answers))
    }
}

/// The hidden fields of a page.
pub(crate) fn hidden(page: &str) -> Vec<(String, String)> {
    let value = |tag: &str, name: &str| {
        let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
        rest.split('"').next().map(str::to_owned)
    };
    page.split("<input")
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap_or_default())
        .filter(|tag| tag.contains("type=\"hidden\""))
        .filter_map(|tag| Some((value(tag, "name")?, value(tag, "value")?)))
        .collect()
}
