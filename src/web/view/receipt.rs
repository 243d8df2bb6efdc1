//! Checking a receipt: the code is sent by POST, so that it stands in no address and no history.

use maud::{Markup, html};

use super::form::{ErrorItem, ErrorSummary, summary};
use super::notice::Action;
use super::question::{Keys, Line};
use super::{Hidden, Link, Wording, hidden, links};

/// The page on which a code is entered.
#[derive(Debug, Clone)]
pub struct ReceiptEntry {
    /// Where it is sent.
    pub action: Wording,
    /// The heading.
    pub title: Wording,
    /// Name of the field.
    pub field: Wording,
    /// Question at the field.
    pub label: Wording,
    /// How the code looks.
    pub hint: Option<Wording>,
    /// What was entered before.
    pub entered: Wording,
    /// What is wrong with it: heading of the summary and the words at the field.
    pub error: Option<(Wording, Wording)>,
    /// Fields the person does not see.
    pub hidden: Vec<Hidden>,
    /// Words of the button.
    pub button: Wording,
}

/// What became of an answer.
#[derive(Debug, Clone)]
pub struct ReceiptResult {
    /// The heading.
    pub title: Wording,
    /// The code that was asked for.
    pub code: Wording,
    /// What became of it, sentence by sentence.
    pub sentences: Vec<Wording>,
    /// The proof file, which is asked for by POST.
    pub proof: Option<Action>,
    /// Whatever else can be had.
    pub links: Vec<Link>,
}

/// The entry as the main part of a page.
pub fn receipt_entry(entry: &ReceiptEntry) -> Markup {
    let line = Line {
        code: entry.field.clone(),
        label: entry.label.clone(),
        optional: None,
        hint: entry.hint.clone(),
        unit: None,
        keys: Keys::Code,
        entered: entry.entered.clone(),
        error: entry.error.as_ref().map(|(_, text)| text.clone()),
    };
    html! {
        @if let Some((title, text)) = &entry.error {
            (summary(&ErrorSummary {
                title: title.clone(),
                items: vec![ErrorItem { anchor: Some(entry.field.clone()), text: text.clone() }],
            }))
        }
        h1 { (entry.title) }
        form method="post" action=(entry.action) accept-charset="utf-8" autocomplete="off" novalidate {
            (hidden(&entry.hidden))
            (line.render())
            div.send { button type="submit" { (entry.button) } }
        }
    }
}

/// The result as the main part of a page.
pub fn receipt_result(result: &ReceiptResult) -> Markup {
    html! {
        h1 { (result.title) }
        div.receipt { p.code { (result.code) } }
        @for text in &result.sentences { p { (text) } }
        @if let Some(proof) = &result.proof { div.send { (proof.render()) } }
        (links(&result.links))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_travels_in_the_body_and_never_in_the_address() {
        let html = receipt_entry(&ReceiptEntry {
            action: "/bien-nhan".into(),
            title: "Kiểm tra phiếu đã gửi".into(),
            field: "ma".into(),
            label: "Nhập mã biên nhận".into(),
            hint: None,
            entered: "7KQM".into(),
            error: Some(("Lỗi".into(), "Không tìm thấy mã này.".into())),
            hidden: Vec::new(),
            button: "Kiểm tra".into(),
        })
        .into_string();
        assert!(html.contains("method=\"post\"") && !html.contains("method=\"get\""));
        assert!(html.contains("value=\"7KQM\"") && html.contains("href=\"#ma\""));
        assert_eq!(html.matches("Không tìm thấy mã này.").count(), 2);
    }
}
