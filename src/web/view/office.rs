//! Parts of office pages: forms, facts, notes. Plain HTML that works without scripts.

use maud::{Markup, html};

use super::form::{ErrorItem, ErrorSummary, summary};
use super::{Hidden, Wording, hidden};

/// A form of the office.
#[derive(Debug, Clone, Default)]
pub struct OfficeForm {
    /// Where it is sent.
    pub action: Wording,
    /// Fields the person does not see; the form token among them.
    pub hidden: Vec<Hidden>,
    /// The fields in order.
    pub fields: Vec<Field>,
    /// Whether a file goes with it.
    pub has_file: bool,
    /// Words of the button.
    pub button: Wording,
    /// Whether the act ends something for somebody.
    pub is_grave: bool,
    /// Heading of the summary of errors; shown where a field has one.
    pub errors: Wording,
    /// What is wrong with the form as a whole.
    pub problems: Vec<Wording>,
}

/// A field with its label.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name of the field, and its id.
    pub name: Wording,
    /// What is asked.
    pub label: Wording,
    /// A line that explains it.
    pub hint: Option<Wording>,
    /// "(không bắt buộc)".
    pub optional: Option<Wording>,
    /// What was entered before.
    pub value: Wording,
    /// What is wrong with it.
    pub error: Option<Wording>,
    /// How it is entered.
    pub input: Input,
}

/// How a field is entered.
#[derive(Debug, Clone)]
pub enum Input {
    /// A line of text.
    Text,
    /// An e-mail address, which password managers take for the name of the account.
    Email,
    /// A password that exists.
    Password,
    /// A password that is new.
    NewPassword,
    /// A one-time code.
    Code,
    /// A date.
    Date,
    /// A whole number.
    Number,
    /// Several lines.
    Area,
    /// One of some values, with the words people read.
    Select(Vec<(Wording, Wording)>),
    /// One of some values, all in sight.
    Radios(Vec<(Wording, Wording)>),
    /// Several of some values, all in sight; the entered ones are separated by `|`.
    Several(Vec<(Wording, Wording)>),
    /// Yes or nothing; the label stands beside the box.
    Check,
    /// A file; which kinds are offered.
    File(&'static str),
}

impl Field {
    /// A line of text that has to be filled in.
    pub fn new(name: impl Into<Wording>, label: impl Into<Wording>, input: Input) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            optional: None,
            value: Wording::default(),
            error: None,
            input,
        }
    }

    /// The same with an explanation.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Wording>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, which may stay empty.
    #[must_use]
    pub fn optional(mut self, words: impl Into<Wording>) -> Self {
        self.optional = Some(words.into());
        self
    }

    /// The same with what was entered.
    #[must_use]
    pub fn value(mut self, value: impl Into<Wording>) -> Self {
        self.value = value.into();
        self
    }

    /// The same with what is wrong.
    #[must_use]
    pub fn error(mut self, error: Option<Wording>) -> Self {
        self.error = error;
        self
    }

    pub(super) fn render(&self) -> Markup {
        match &self.input {
            Input::Radios(options) => return self.picks("radio", options, |value| *value == self.value),
            Input::Several(options) => {
                return self.picks("checkbox", options, |value| self.value.split('|').any(|one| one == value.as_ref()));
            }
            _ => {}
        }
        if matches!(self.input, Input::Check) {
            return html! {
                div.f.check.bad[self.error.is_some()] {
                    label { input type="checkbox" id=(self.name) name=(self.name) value="1" checked[!self.value.is_empty()]
                        aria-describedby=[self.described()]; " " (self.label) }
                    (self.notes())
                }
            };
        }
        html! {
            div.f.bad[self.error.is_some()] {
                label for=(self.name) { (self.label) @if let Some(words) = &self.optional { " " small { (words) } } }
                (self.notes())
                (self.input())
            }
        }
    }

    fn picks(&self, kind: &str, options: &[(Wording, Wording)], is_entered: impl Fn(&Wording) -> bool) -> Markup {
        html! {
            fieldset.f.bad[self.error.is_some()] aria-describedby=[self.described()] {
                legend { (self.label) @if let Some(words) = &self.optional { " " small { (words) } } }
                (self.notes())
                @for ((value, label), id) in options.iter().zip(std::iter::once(Some(&self.name)).chain(std::iter::repeat(None))) {
                    label.pick { input type=(kind) name=(self.name) value=(value) id=[id] checked[is_entered(value)]; span { (label) } }
                }
            }
        }
    }

    fn notes(&self) -> Markup {
        html! {
            @if let Some(hint) = &self.hint { p.h id={ (self.name) "-h" } { (hint) } }
            @if let Some(error) = &self.error { p.e id={ (self.name) "-e" } { (error) } }
        }
    }

    fn described(&self) -> Option<String> {
        let mut ids = Vec::new();
        if self.hint.is_some() {
            ids.push(format!("{}-h", self.name));
        }
        if self.error.is_some() {
            ids.push(format!("{}-e", self.name));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn input(&self) -> Markup {
        let (name, value, described) = (&self.name, &self.value, self.described());
        let invalid = self.error.as_ref().map(|_| "true");
        let line = |kind: &str, complete: &str, mode: Option<&str>| {
            html! {
                input type=(kind) id=(name) name=(name) value=(value) autocomplete=(complete) inputmode=[mode]
                    aria-invalid=[invalid] aria-describedby=[described.as_deref()];
            }
        };
        match &self.input {
            Input::Text => line("text", "off", None),
            Input::Email => line("email", "username", Some("email")),
            // What was entered does not come back: a page is kept by browsers.
            Input::Password => html! {
                input type="password" id=(name) name=(name) autocomplete="current-password" aria-invalid=[invalid]
                    aria-describedby=[described];
            },
            Input::NewPassword => html! {
                input type="password" id=(name) name=(name) autocomplete="new-password" aria-invalid=[invalid]
                    aria-describedby=[described];
            },
            Input::Code => html! {
                input type="text" id=(name) name=(name) autocomplete="one-time-code" autocapitalize="off" spellcheck="false"
                    size="20" aria-invalid=[invalid] aria-describedby=[described];
            },
            Input::Date => line("date", "off", None),
            Input::Number => line("text", "off", Some("numeric")),
            Input::Area => html! {
                textarea id=(name) name=(name) rows="4" aria-invalid=[invalid] aria-describedby=[described] { (value) }
            },
            Input::Select(options) => html! {
                select id=(name) name=(name) aria-invalid=[invalid] aria-describedby=[described] {
                    @for (option, label) in options { option value=(option) selected[option == value] { (label) } }
                }
            },
            Input::File(accept) => html! {
                input type="file" id=(name) name=(name) accept=(accept) aria-invalid=[invalid] aria-describedby=[described];
            },
            Input::Radios(_) | Input::Several(_) | Input::Check => html! {},
        }
    }
}

impl OfficeForm {
    /// Whether anything is wrong with it.
    pub fn is_refused(&self) -> bool {
        !self.problems.is_empty() || self.fields.iter().any(|field| field.error.is_some())
    }

    /// The form with its summary of errors.
    pub fn render(&self) -> Markup {
        let at_fields = self.fields.iter().filter_map(|field| {
            let text = field.error.clone()?;
            Some(ErrorItem { anchor: Some(field.name.clone()), text })
        });
        let whole = self.problems.iter().map(|text| ErrorItem { anchor: None, text: text.clone() });
        html! {
            @if self.is_refused() {
                (summary(&ErrorSummary { title: self.errors.clone(), items: whole.chain(at_fields).collect() }))
            }
            form.office method="post" action=(self.action) accept-charset="utf-8" novalidate
                enctype=[self.has_file.then_some("multipart/form-data")] {
                (hidden(&self.hidden))
                @for field in &self.fields { (field.render()) }
                p.do { button.grave[self.is_grave] type="submit" { (self.button) } }
            }
        }
    }
}

/// What is known of something, name by name.
pub fn facts(facts: &[(Wording, Markup)]) -> Markup {
    html! { dl.facts { @for (name, what) in facts { div { dt { (name) } dd { (what) } } } } }
}

/// A line that says what was done.
pub fn done(text: &str) -> Markup {
    html! { p.note.done role="status" { (text) } }
}

/// A form that is one button.
pub fn button(action: &str, fields: &[Hidden], label: &str, is_grave: bool) -> Markup {
    html! {
        form.one method="post" action=(action) accept-charset="utf-8" {
            (hidden(fields))
            button.small.grave[is_grave] type="submit" { (label) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_comes_back_with_a_page() {
        for input in [Input::Password, Input::NewPassword, Input::Code] {
            let field = Field::new("mat_khau", "Mật khẩu", input).value("bí mật của tôi");
            assert!(!field.render().into_string().contains("bí mật"));
        }
        assert!(Field::new("ten", "Tên", Input::Text).value("Lan").render().into_string().contains("value=\"Lan\""));
    }

    #[test]
    fn errors_stand_on_top_and_at_their_fields() {
        let form = OfficeForm {
            errors: "Chưa lưu được".into(),
            fields: vec![Field::new("ma", "Mã", Input::Text).hint("Như trong tệp").error(Some("Mã đã có.".into()))],
            ..OfficeForm::default()
        };
        let html = form.render().into_string();
        assert_eq!(html.matches("Mã đã có.").count(), 2);
        assert!(html.contains("href=\"#ma\"") && html.contains("aria-describedby=\"ma-h ma-e\""));
    }
}
