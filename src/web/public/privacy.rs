//! `/quyen-rieng-tu`: what is stored of a form, who sees it and for how long.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::unit::revalidated;
use crate::cases;
use crate::collect::seal;
use crate::questionnaire::mask;
use crate::text::Say;
use crate::text::privacy::stored::KeptDays;
use crate::text::privacy::{self as words, stored};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::respondent::{form, refusals};
use crate::web::site::Site;
use crate::web::view::page::Layout;
use crate::words::{Lang, Moment};
use crate::{late, tickets};

/// What the program does, as the page tells it.
#[derive(Debug, Clone, Copy)]
struct Facts<'a> {
    lang: Lang,
    /// Least number of forms a figure grows by.
    k: u64,
    /// For how many days is kept what is forgotten.
    kept: KeptDays,
    /// Minutes the receipt cookie lives.
    cookie_minutes: u64,
    /// Name of that cookie.
    cookie: &'a str,
    /// Who runs this installation, where units are known.
    office: Option<&'a str>,
    /// Whom to call.
    hotline: Option<&'a str>,
    /// Whether the data are simulated.
    is_simulated: bool,
}

/// `GET /quyen-rieng-tu`.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let lang = language::of(&request);
    let snapshot = match site.registry.get().await {
        Ok(snapshot) => snapshot,
        Err(error) => return refusals::fault(lang, &error),
    };
    let days = |days: i32| u64::try_from(days).unwrap_or_default();
    let main = body(&Facts {
        lang,
        k: u64::try_from(seal::K).unwrap_or_default(),
        kept: KeptDays {
            keys: days(seal::KEY_DAYS),
            contacts: days(tickets::CONTACT_DAYS),
            cases: days(cases::KEPT_DAYS),
            late: days(late::ROW_DAYS),
            late_numbers: days(late::NUMBER_DAYS),
        },
        cookie_minutes: u64::try_from(form::RECEIPT_LIVES.whole_minutes()).unwrap_or_default(),
        cookie: form::receipt_cookie(&site),
        office: snapshot.directory.root(Moment::now().day()).map(|root| root.name.as_str()),
        hotline: site.settings.hotline.as_deref(),
        is_simulated: snapshot.installation.simulated,
    });
    let title = words::TITLE.get(lang).into();
    let frame = Frame { lang, title, layout: Layout::Public, path: words::PAGE, both_languages: true };
    revalidated(respond(Some(&snapshot), frame, StatusCode::OK, &main))
}

fn body(facts: &Facts<'_>) -> Markup {
    let (lang, k) = (facts.lang, facts.k);
    let say = |text: Say| text.get(lang);
    html! {
        h1 { (say(words::TITLE)) }
        p { (say(words::LEAD)) }
        section {
            h2 { (say(words::SHORT)) }
            ul {
                li { (say(words::SHORT_NO_NAME)) }
                li { (say(words::SHORT_STAFF)) }
                li { (words::short_few(lang, k)) }
                li { (say(words::SHORT_ERASE)) }
                li { (say(words::SHORT_VOLUNTARY)) }
            }
        }
        section {
            h2 { (say(stored::TITLE)) }
            (what_is_stored(facts))
            p { (say(stored::COUNTS)) " " (say(stored::DECISIONS)) }
        }
        section {
            h2 { (say(words::NOT_STORED)) }
            ul { @for text in words::NEVER { li { (say(text)) } } }
            p { (say(words::NETWORK)) }
        }
        section {
            h2 { (say(words::WHERE)) }
            p { (words::where_kept(lang, office(facts))) " " (say(words::WHERE_NOWHERE_ELSE)) " " (say(words::WHERE_LETTERS)) }
        }
        section {
            h2 { (say(words::WHO)) }
            (who_sees(lang))
            div.method {
                h3 { (say(words::ADMIN)) }
                p { (say(words::ADMIN_OPEN_DAY)) }
                p { (say(words::ADMIN_COPIES)) }
            }
        }
        section {
            h2 { (say(words::FEW)) }
            p { (words::few_blocks(lang, k)) }
            p { (words::few_differences(lang, k)) " " (say(words::FEW_CELLS)) }
            @if facts.is_simulated { p.note { (say(words::FEW_SIMULATED)) } }
        }
        (comments(facts))
        section {
            h2 { (say(words::COOKIE)) }
            p { (words::cookie_receipt(lang, facts.cookie, facts.cookie_minutes)) " " (say(words::COOKIE_LANGUAGE)) }
        }
        section {
            h2 { (say(words::LAW)) }
            p { (say(words::LAW_WHICH)) }
            p { (say(words::LAW_HOW)) }
        }
    }
}

/// The receipt, what is masked in a comment, and how a comment is erased.
fn comments(facts: &Facts<'_>) -> Markup {
    let lang = facts.lang;
    let say = |text: Say| text.get(lang);
    let call = match facts.hotline {
        Some(hotline) => words::erase_call(lang, hotline, office(facts)),
        None => words::erase_go(lang, office(facts)),
    };
    html! {
        section {
            h2 { (say(words::RECEIPT)) }
            p { (say(words::RECEIPT_WHAT)) }
            p { (say(words::RECEIPT_KEEP)) }
            p { a href=(language::address("/bien-nhan", lang)) { (say(crate::text::site::NAV_RECEIPT)) } }
        }
        section {
            h2 { (say(words::MASKING)) }
            p { (say(words::MASKING_WHAT)) }
            p.note {
                (say(words::MASKING_WRITTEN)) ": “" (say(words::MASKING_EXAMPLE)) "”" br;
                (say(words::MASKING_STORED)) ": “" (mask(say(words::MASKING_EXAMPLE)).text) "”"
            }
            p { (say(words::MASKING_LIMIT)) }
        }
        section {
            h2 { (say(words::ERASE)) }
            ol {
                li { (call) }
                li { (say(words::ERASE_CODE)) }
                li { (say(words::ERASE_DONE)) }
            }
            @for text in [words::ERASE_STAYS, words::ERASE_CASE, words::ERASE_NO_CODE, words::ERASE_ADMIN, words::ERASE_BACKUP] {
                p { (say(text)) }
            }
        }
    }
}

fn office<'a>(facts: &Facts<'a>) -> &'a str {
    facts.office.unwrap_or(words::ERASE_OFFICE_ANY.get(facts.lang))
}

fn what_is_stored(facts: &Facts<'_>) -> Markup {
    let lang = facts.lang;
    let row = |stored: &stored::Stored| {
        [stored.what.get(lang).to_owned(), stored.how.get(lang).to_owned(), stored.kept.shown(lang, facts.kept)]
    };
    let rows: Vec<[String; 3]> = stored::STORED.iter().map(row).collect();
    let head = [stored::HEAD_WHAT, stored::HEAD_HOW, stored::HEAD_KEPT].map(|text| text.get(lang));
    stacked(stored::TITLE.get(lang), head, &rows)
}

fn who_sees(lang: Lang) -> Markup {
    let head = [words::WHO_HEAD, words::WHO_SEES, words::WHO_SEES_NOT].map(|text| text.get(lang));
    let rows = words::READERS.map(|row| row.map(|text| text.get(lang).to_owned()));
    stacked(words::WHO.get(lang), head, &rows)
}

/// A table of sentences. On a phone its rows stand one below the other, each cell behind the name of its column; the
/// roles keep it a table for screen readers there, too.
fn stacked(caption: &str, head: [&str; 3], rows: &[[String; 3]]) -> Markup {
    html! {
        table.stack.bare role="table" {
            caption { (caption) }
            thead role="rowgroup" { tr role="row" { @for name in head { th scope="col" role="columnheader" { (name) } } } }
            tbody role="rowgroup" {
                @for [name, cells @ ..] in rows {
                    tr role="row" {
                        th scope="row" role="rowheader" { (name) }
                        @for (text, column) in cells.iter().zip(head.iter().skip(1)) {
                            td role="cell" data-name=(format!("{column}: ")) { (text) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::figures::{NEARLY_ALL, NEARLY_NONE};

    fn facts(lang: Lang) -> Facts<'static> {
        Facts {
            lang,
            k: 17,
            kept: KeptDays { keys: 43, contacts: 44, cases: 45, late: 46, late_numbers: 47 },
            cookie_minutes: 19,
            cookie: "__Host-bien-nhan",
            office: Some("UBND tỉnh <Thử>"),
            hotline: Some("1022"),
            is_simulated: false,
        }
    }

    #[test]
    fn every_figure_of_the_page_is_the_programs_own() {
        for lang in [Lang::Vi, Lang::En] {
            let page = body(&facts(lang)).into_string();
            assert!(
                page.matches("17").count() >= 4 && page.contains("43") && page.contains("45") && page.contains("19"),
                "{page}"
            );
            // No sentence may name the usual figures by itself.
            for usual in ["10 phiếu", "10 new", "30 ngày", "30 days", "10 phút", "10 minutes"] {
                assert!(!page.contains(usual), "“{usual}” is written into a sentence");
            }
        }
    }

    #[test]
    fn the_example_of_a_comment_is_masked_by_the_program_itself() {
        for lang in [Lang::Vi, Lang::En] {
            let page = body(&facts(lang)).into_string();
            assert_eq!(page.matches("0900 000 000").count(), 1, "{page}");
            assert_eq!(page.matches("H98.12-261008-0975").count(), 1, "{page}");
            assert_eq!(page.matches("•••").count(), 2, "{page}");
        }
    }

    #[test]
    fn bounds_are_quoted_as_the_figures_say_them() {
        for lang in [Lang::Vi, Lang::En] {
            for bound in [NEARLY_ALL, NEARLY_NONE] {
                let quoted = format!("“{}”", bound.get(lang));
                assert!(words::FEW_CELLS.get(lang).contains(&quoted), "{quoted}");
            }
        }
    }

    #[test]
    fn whom_to_ask_is_named_and_a_simulation_says_that_it_is_one() {
        let page = body(&facts(Lang::Vi)).into_string();
        assert!(page.contains("Gọi 1022 hoặc đến UBND tỉnh &lt;Thử&gt;."), "{page}");
        assert!(!page.contains(words::FEW_SIMULATED.vi));
        let bare = Facts { office: None, hotline: None, is_simulated: true, ..facts(Lang::Vi) };
        let page = body(&bare).into_string();
        assert!(page.contains(words::ERASE_OFFICE_ANY.vi) && page.contains(words::FEW_SIMULATED.vi), "{page}");
    }
}
