//! The citizen's form: place, privacy, questions, one button.
//!
//! `novalidate`, because every rule is answered by the server on send, in the person's language, with everything filled
//! in; a browser's own bubble speaks the telephone's language and vanishes.

use maud::{Markup, html};

use super::question::Question;
use super::{Fold, Hidden, Wording, hidden};

/// Everything the form shows.
#[derive(Debug, Clone)]
pub struct CitizenForm {
    /// Where it is sent.
    pub action: Wording,
    /// Heading of the page.
    pub title: Wording,
    /// Counter and centre.
    pub place: Wording,
    /// What to do when the place is wrong.
    pub wrong_place: Option<Wording>,
    /// The sentence on privacy; in sight on the first screen, never folded away.
    pub privacy: Option<Wording>,
    /// That answering is voluntary, behind a line that opens.
    pub voluntary: Option<Fold>,
    /// A message above the questions: a newer version, too many who send.
    pub notice: Option<Wording>,
    /// What was wrong with the form sent before.
    pub errors: Option<ErrorSummary>,
    /// Which part of a long questionnaire this is.
    pub progress: Option<Progress>,
    /// The words all ratings continue.
    pub lead: Option<Wording>,
    /// Fields the person does not see.
    pub hidden: Vec<Hidden>,
    /// The questions in order.
    pub questions: Vec<Question>,
    /// A question against floods, just above the button that sends.
    pub check: Option<Question>,
    /// A way back in a long questionnaire.
    pub back: Option<Turn>,
    /// The way to the next part; the last part has none and is sent.
    pub next: Option<Turn>,
    /// Words of the button that sends the form.
    pub send: Wording,
}

/// How far a long questionnaire has come.
#[derive(Debug, Clone)]
pub struct Progress {
    /// "Phần 2 trên 6".
    pub label: Wording,
    /// This part, from 1.
    pub part: usize,
    /// How many parts there are.
    pub parts: usize,
    /// Title of the part.
    pub title: Wording,
}

/// A button that leads to another part; it carries along what has been entered.
#[derive(Debug, Clone)]
pub struct Turn {
    /// Name of the button's field.
    pub name: Wording,
    /// Its value.
    pub value: Wording,
    /// What is read.
    pub label: Wording,
}

/// What was wrong, on top of the form; takes the focus and links to each field.
#[derive(Debug, Clone)]
pub struct ErrorSummary {
    /// What happened and how many places need a look.
    pub title: Wording,
    /// The places.
    pub items: Vec<ErrorItem>,
}

/// One place that needs a look.
#[derive(Debug, Clone)]
pub struct ErrorItem {
    /// Code of the item it stands at; `None` where it concerns the whole form.
    pub anchor: Option<Wording>,
    /// The same words as at the field.
    pub text: Wording,
}

impl CitizenForm {
    fn is_grid(&self) -> bool {
        self.lead.is_some() && self.progress.is_some() && self.questions.iter().all(Question::is_choice)
    }
}

impl Progress {
    fn render(&self) -> Markup {
        html! {
            p.part {
                span { (self.label) }
                progress value=(self.part) max=(self.parts) aria-label=(self.label) {}
            }
            h2 { (self.title) }
        }
    }
}

/// The form as the main part of a page.
pub fn citizen_form(form: &CitizenForm) -> Markup {
    html! {
        @if let Some(errors) = &form.errors { (summary(errors)) }
        h1 { (form.title) }
        p.place { (form.place) }
        @if let Some(text) = &form.wrong_place { p.h { (text) } }
        @if let Some(text) = &form.privacy { p.privacy { (text) } }
        @if let Some(fold) = &form.voluntary { (fold.render()) }
        @if let Some(notice) = &form.notice { p.note role="status" { (notice) } }
        @if let Some(progress) = &form.progress { (progress.render()) }
        form method="post" action=(form.action) accept-charset="utf-8" autocomplete="off" novalidate {
            (hidden(&form.hidden))
            @if let Some(lead) = &form.lead { h2.lead #dan { (lead) } }
            // Questions of one kind under one lead read as one question.
            div role=[form.is_grid().then_some("group")] aria-labelledby=[form.is_grid().then_some("dan")] {
                @for question in &form.questions { (question.render()) }
            }
            @if let Some(check) = &form.check { (check.render()) }
            // The first button is the one a press of Enter means.
            div.send {
                @match &form.next {
                    Some(next) => button type="submit" name=(next.name) value=(next.value) { (next.label) },
                    None => button type="submit" { (form.send) },
                }
                @if let Some(back) = &form.back {
                    button.plain type="submit" name=(back.name) value=(back.value) { (back.label) }
                }
            }
        }
    }
}

/// The summary of errors. `autofocus` moves the focus without a script.
pub(crate) fn summary(errors: &ErrorSummary) -> Markup {
    html! {
        div.summary role="alert" tabindex="-1" autofocus {
            p { strong { (errors.title) } }
            ul {
                @for item in &errors.items {
                    li {
                        @if let Some(anchor) = &item.anchor { a href={ "#" (anchor) } { (item.text) } }
                        @else { (item.text) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::view::page::{page, tests::shell};
    use crate::web::view::question::{Answer, Choice, Comment, Look};

    fn rating(code: &'static str, entered: Option<&'static str>, error: Option<&'static str>) -> Question {
        let labels = ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"];
        Question::Choice(Choice {
            code: code.into(),
            legend: "Thái độ phục vụ của cán bộ".into(),
            hint: Some("Lịch sự, lắng nghe, hướng dẫn rõ ràng".into()),
            several: false,
            optional: None,
            look: Look::Scale,
            answers: (1..=5)
                .zip(labels)
                .map(|(value, label)| Answer { value: value.to_string().into(), label: label.into() })
                .collect(),
            not_applicable: Some("Không có ý kiến".into()),
            entered: entered.map(Into::into).into_iter().collect(),
            error: error.map(Into::into),
        })
    }

    fn form(questions: Vec<Question>) -> CitizenForm {
        CitizenForm {
            action: "/q/K7M4Q2".into(),
            title: "Phiếu đánh giá".into(),
            place: "Quầy số 3".into(),
            wrong_place: None,
            privacy: Some("Phiếu không ghi tên.".into()),
            voluntary: None,
            notice: None,
            errors: None,
            progress: None,
            lead: Some("Ông/Bà hài lòng ở mức nào về:".into()),
            hidden: vec![Hidden { name: "khoa".into(), value: "\"><script>".into() }],
            questions,
            check: None,
            back: None,
            next: None,
            send: "Gửi đánh giá".into(),
        }
    }

    #[test]
    fn nothing_is_selected_before_the_person_selects_it() {
        let html = citizen_form(&form(vec![rating("attitude", None, None)])).into_string();
        assert!(!html.contains("checked"));
        assert_eq!(html.matches("type=\"radio\" name=\"attitude\"").count(), 6);
        assert!(html.contains("value=\"na\""));
    }

    #[test]
    fn a_page_that_comes_back_keeps_what_was_entered_and_leads_to_the_error() {
        let comment = Question::Comment(Comment {
            code: "comment".into(),
            label: "Điều gì".into(),
            optional: None,
            warning: "Xin không ghi họ tên".into(),
            not_petition: None,
            entered: "</textarea><script>".into(),
            error: None,
        });
        let mut form =
            form(vec![rating("attitude", Some("4"), None), rating("waiting", None, Some("xin chọn")), comment]);
        form.errors = Some(ErrorSummary {
            title: "Phiếu chưa gửi được.".into(),
            items: vec![ErrorItem { anchor: Some("waiting".into()), text: "xin chọn".into() }],
        });
        let html = citizen_form(&form).into_string();
        assert!(html.contains("name=\"attitude\" value=\"4\" checked"));
        assert_eq!(html.matches(" checked").count(), 1);
        assert!(html.contains("href=\"#waiting\"") && html.contains("id=\"waiting\""));
        assert!(html.contains("role=\"alert\" tabindex=\"-1\" autofocus"));
        assert!(html.contains("aria-describedby=\"waiting-h waiting-e\""));
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;") && !html.contains("<script"));
    }

    #[test]
    fn the_counter_form_of_five_ratings_stays_light() {
        let questions = ["a", "b", "c", "d", "e"].map(|code| rating(code, None, None)).to_vec();
        let html = page(&shell(), &citizen_form(&form(questions))).into_string();
        assert!(html.len() < 12_000, "{} bytes", html.len());
    }
}
