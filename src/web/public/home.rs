//! `/`: the province's public page, or what to do first.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::unit::{Place, revalidated, show_unit};
use crate::text::site as words;
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::respondent::refusals;
use crate::web::site::Site;
use crate::web::view::page::Layout;
use crate::words::{Lang, Moment};

/// The command that fills an empty installation with a simulation.
const DEMO: &str = "thuocdo demo";

/// `GET /`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let lang = language::of(&request);
    let snapshot = match site.registry.get().await {
        Ok(snapshot) => snapshot,
        Err(error) => return refusals::fault(lang, &error),
    };
    let root = snapshot.directory.root(Moment::now().day()).map(|root| root.unit);
    if let Some(root) = root {
        return show_unit(&request, &site, &snapshot, root, Place::Home).await;
    }
    let title = words::EMPTY_TITLE.get(lang).into();
    let frame = Frame { lang, title, layout: Layout::Public, path: "/", both_languages: true };
    revalidated(respond(Some(&snapshot), frame, StatusCode::OK, &welcome(lang)))
}

/// An empty installation: three commands to the first answer.
fn welcome(lang: Lang) -> Markup {
    html! {
        h1 { (words::EMPTY_TITLE.get(lang)) }
        p { (words::EMPTY_LEAD.get(lang)) }
        ol { @for (step, command) in words::EMPTY_STEPS { li { (step.get(lang)) ": " code { (command) } } } }
        p { (words::EMPTY_TARGETS.get(lang)) ": " code { "thuocdo import targets targets.csv" } }
        p { (words::EMPTY_DEMO.get(lang)) " " code { (DEMO) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_installation_says_what_to_do_first() {
        let text = welcome(Lang::Vi).into_string();
        let steps = ["thuocdo import units", "thuocdo import points", "thuocdo demo"];
        assert!(steps.iter().all(|step| text.contains(step)), "{text}");
    }
}
