//! A plain page of one message: thanks, refusals, nothing found, busy.

use maud::{Markup, html};

use super::{Fold, Hidden, Link, Wording, hidden};

/// What a message page shows.
#[derive(Debug, Clone)]
pub struct Notice {
    /// What kind of message it is.
    pub tone: Tone,
    /// The heading.
    pub title: Wording,
    /// The message, paragraph by paragraph.
    pub paragraphs: Vec<Wording>,
    /// The receipt code, in large letters.
    pub receipt: Option<ReceiptCode>,
    /// What can be done next.
    pub actions: Vec<Action>,
    /// More, behind lines that open.
    pub folds: Vec<Fold>,
}

/// What kind of message a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Information.
    Plain,
    /// Something was done.
    Done,
    /// Something was not done.
    Refused,
}

/// A receipt code with the words around it.
#[derive(Debug, Clone)]
pub struct ReceiptCode {
    /// "Mã biên nhận".
    pub label: Wording,
    /// The code in groups of four.
    pub code: Wording,
    /// What it is for, and that nobody has to keep it.
    pub remarks: Vec<Wording>,
}

/// What can be done next.
#[derive(Debug, Clone)]
pub enum Action {
    /// Go somewhere.
    Link(Link),
    /// Send something: every act that writes is sent by POST.
    Post {
        /// Where it is sent.
        action: Wording,
        /// Fields the person does not see.
        hidden: Vec<Hidden>,
        /// Words of the button.
        label: Wording,
    },
    /// Take a file away. The code it is made for comes by POST, so that it stands in no address; nobody has to.
    File {
        /// Where it is asked for.
        action: Wording,
        /// Fields the person does not see.
        hidden: Vec<Hidden>,
        /// Words of the button.
        label: Wording,
    },
}

/// The message as the main part of a page.
pub fn notice(notice: &Notice) -> Markup {
    html! {
        div class=(match notice.tone { Tone::Plain => "notice", Tone::Done => "notice done", Tone::Refused => "notice refused" }) {
            h1 { (notice.title) }
            @for text in &notice.paragraphs { p { (text) } }
        }
        @if let Some(receipt) = &notice.receipt {
            div.receipt {
                p { (receipt.label) }
                p.code { (receipt.code) }
                @for text in &receipt.remarks { p.h { (text) } }
            }
        }
        @for fold in &notice.folds { (fold.render()) }
        @if !notice.actions.is_empty() {
            div.send { @for action in &notice.actions { (action.render()) } }
        }
    }
}

impl Action {
    pub(super) fn render(&self) -> Markup {
        match self {
            Self::Link(link) => html! { a.button href=(link.href) { (link.label) } },
            Self::Post { action, hidden, label } => posted(action, hidden, label, None),
            Self::File { action, hidden, label } => posted(action, hidden, label, Some("plain")),
        }
    }
}

fn posted(action: &Wording, fields: &[Hidden], label: &Wording, class: Option<&'static str>) -> Markup {
    html! {
        form method="post" action=(action) accept-charset="utf-8" {
            (hidden(fields))
            button class=[class] type="submit" { (label) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_that_writes_is_a_button_and_never_a_link() {
        let html = notice(&Notice {
            tone: Tone::Refused,
            title: "Mã riêng này đã được dùng".into(),
            paragraphs: vec!["Mỗi mã chỉ dùng được một lần.".into()],
            receipt: None,
            actions: vec![Action::Post {
                action: "/p/x/chua".into(),
                hidden: vec![Hidden { name: "khoa".into(), value: "1".into() }],
                label: "Tôi chưa trả lời phiếu này".into(),
            }],
            folds: Vec::new(),
        })
        .into_string();
        assert!(html.contains("<form method=\"post\" action=\"/p/x/chua\""));
        assert!(!html.contains("<a "));
    }
}
