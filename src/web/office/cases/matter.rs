//! What lists and pages of cases and accusations say alike.

use maud::{Markup, html};

use crate::store::cases::Listed;
use crate::text::cases as words;
use crate::text::office::cases as page;
use crate::web::office::desk::Desk;
use crate::words::{CaseState, Day, Lang};

/// Signs of a text that a list shows.
const SHORT: usize = 120;

/// How far a case has come.
pub(in crate::web::office) fn state(desk: &Desk, case: &Listed) -> String {
    let (lang, is_late) = (desk.lang, case.is_late(desk.today()));
    let state = words::state(case.state, is_late).get(lang);
    let is_overdue = is_late && case.state == CaseState::InWork;
    if is_overdue { format!("{state}, {}", words::OVERDUE.get(lang)) } else { state.to_owned() }
}

/// How long it waits, by when it has to be answered, or when it ended.
pub(in crate::web::office) fn when(lang: Lang, case: &Listed, today: Day) -> String {
    match (case.state, case.due, case.ended) {
        (CaseState::New, ..) => page::waited(lang, days_between(case.day, today)),
        (CaseState::InWork, Some(due), _) => page::before(lang, due),
        (_, _, Some(ended)) => page::ended_on(lang, ended),
        _ => "–".to_owned(),
    }
}

/// Whole days from one day to another.
pub(in crate::web::office) fn days_between(from: Day, to: Day) -> u64 {
    u64::try_from(to.0 - from.0).unwrap_or(0)
}

/// The beginning of a text.
pub(in crate::web::office) fn short(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    let cut: String = line.chars().take(SHORT).collect();
    if cut.len() < line.len() { format!("{}…", cut.trim_end()) } else { cut }
}

/// A text with its lines.
pub(in crate::web::office) fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.lines().enumerate() { @if at > 0 { br; } (line) } }
}

/// What stood against an act.
pub(in crate::web::office) fn refused(lang: Lang, problems: &[String]) -> Markup {
    html! {
        @if !problems.is_empty() {
            div.summary role="alert" {
                p { strong { (page::NOT_DONE.get(lang)) } }
                ul { @for problem in problems { li { (problem) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_shows_the_beginning_of_a_text_in_one_line() {
        assert_eq!(short("Ghế ngồi ít,\n người già  phải đứng."), "Ghế ngồi ít, người già phải đứng.");
        let long = short(&"dài ".repeat(60));
        assert!(long.ends_with('…') && long.chars().count() <= SHORT + 1, "{long}");
    }
}
