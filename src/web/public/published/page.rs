//! The page of a version: the figures as they were frozen, in the shape of a unit's page, and how to check them.

use maud::{Markup, html};

use super::{Asked, path_of, title_of};
use crate::bundle::{Act, State};
use crate::registry::Snapshot;
use crate::text::publication as words;
use crate::text::{date, decision as decision_words, office};
use crate::web::language;
use crate::web::results::period::Choice;
use crate::web::results::surroundings::Surroundings;
use crate::web::results::unit_page::{self, Extra, Place, View};
use crate::web::site::Site;
use crate::web::view::unit::Part;
use crate::words::{Day, DecisionReason, Lang, Moment};

/// The main part of the page.
pub(super) fn body(lang: Lang, site: &Site, asked: &Asked) -> Markup {
    let path = format!("{}/{}", path_of(&asked.stored.slug), asked.stored.version);
    let csv = format!("{path}.csv");
    let collector = asked.snapshot.directory.root(Moment::now().day()).map(|root| root.name.clone());
    let around = Surroundings { collector: collector.unwrap_or_default(), has_points: true, ..Surroundings::default() };
    let view = View {
        lang,
        figures: &asked.published.figures,
        around: &around,
        choice: Choice::default(),
        today: Moment::now().day(),
        is_simulated: asked.published.publication.simulated,
        path: &path,
        csv: &csv,
        place: Place::Published(&csv),
    };
    let extra = Extra {
        title: Some(title_of(lang, &asked.stored).to_owned().into()),
        controls: standing(lang, asked),
        first: Vec::new(),
        last: [Some(check(lang, site, asked, &path)), decided(lang, asked), versions(lang, asked)]
            .into_iter()
            .flatten()
            .collect(),
    };
    html! {
        p.links { a href=(language::address(words::PAGE, lang)) { (words::BACK.get(lang)) } }
        (unit_page::render(&view, extra))
    }
}

fn number(n: i32) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// What the version is: since when it is public, what it corrects, and what corrected it.
fn standing(lang: Lang, asked: &Asked) -> Markup {
    let approval = &asked.published.approval;
    let of = &asked.published.publication;
    let newest = asked.versions.first().filter(|newest| newest.version > asked.stored.version);
    let at = date::moment(lang, approval.released);
    let withheld = of.groups.iter().flat_map(|group| &group.figures).filter(|one| one.state != State::Shown).count();
    html! {
        @if let Some(newest) = newest {
            p.note {
                strong {
                    a href=(language::address(&path_of(&newest.slug), lang)) { (words::replaced(lang, number(newest.version))) }
                }
                @if let Some(reason) = &newest.reason { " " (reason) }
            }
        }
        p { (words::released(lang, &at, &approval.decision, approval.decided)) " " (words::FROZEN.get(lang)) }
        @if let Some(reason) = &of.reason {
            p.note { (words::corrects(lang, number(asked.stored.version) - 1, reason)) }
        }
        @if withheld > 0 {
            p { (words::withheld_cells(lang, u64::try_from(withheld).unwrap_or(0), of.fewest)) }
        }
    }
}

fn check(lang: Lang, site: &Site, asked: &Asked, path: &str) -> Part<Markup> {
    let approval = &asked.published.approval;
    let of = &asked.published.publication;
    let act = |act: &Act| (office::role(lang, act.role), unit_name(&asked.snapshot, &act.unit));
    let (submitted, approved) = (act(&approval.submitted), act(&approval.approved));
    let files = [
        (".zip", words::FILE_ZIP),
        (".csv", words::FILE_CSV),
        (".xlsx", words::FILE_XLSX),
        (".json", words::FILE_JSON),
    ];
    let state = of.checkpoint.as_ref().map(|state| {
        let day = Day::parse(&state.through).map_or_else(String::new, |day| date::short(lang, day));
        words::record_state(lang, state.size, &day)
    });
    let content = html! {
        ul {
            @for (ending, what) in files { li { a href=(format!("{path}{ending}")) { (what.get(lang)) } } }
            @if asked.stored.has_document { li { a href=(format!("{path}/van-ban.pdf")) { (words::FILE_PDF.get(lang)) } } }
        }
        p.formula { code { "thuocdo verify " (asked.stored.slug) "-" (asked.stored.version) ".zip" } }
        p { (words::CHECK_R.get(lang)) }
        dl.facts {
            dt { (words::SIGNED.get(lang)) }
            dd {
                (words::submitted(lang, submitted.0, &submitted.1)) " "
                (words::approved(lang, approved.0, &approved.1))
            }
            dt { (words::HASH.get(lang)) } dd { code { (approval.content) } }
            @if let Some(state) = state {
                dt { (words::RECORD_STATE.get(lang)) }
                dd { (state) " " a href=(language::address(crate::text::record::PAGE, lang)) { (site.settings.base_url) (crate::text::record::PAGE) } }
            }
        }
    };
    Part { title: words::CHECK.get(lang).into(), lead: Some(words::CHECK_LEAD.get(lang).into()), content }
}

fn unit_name(snapshot: &Snapshot, code: &str) -> String {
    let unit = snapshot.directory.unit_by_code(code);
    let named = unit.and_then(|unit| snapshot.directory.unit_on(unit, Moment::now().day()));
    named.map_or_else(|| code.to_owned(), |unit| unit.name.clone())
}

/// Decisions about forms of the period.
fn decided(lang: Lang, asked: &Asked) -> Option<Part<Markup>> {
    let of = &asked.published.publication.decisions;
    let reason = |word: &str| DecisionReason::parse(word).ok().map(|reason| decision_words::reason(reason).get(lang));
    (!of.is_empty()).then(|| Part {
        title: words::DECISIONS.get(lang).into(),
        lead: None,
        content: html! {
            ul {
                @for one in of {
                    li { (words::decision_line(lang, number(one.id))) @if let Some(reason) = reason(&one.reason) { ": " (reason) } }
                }
            }
        },
    })
}

/// The versions, where there are several.
fn versions(lang: Lang, asked: &Asked) -> Option<Part<Markup>> {
    (asked.versions.len() > 1).then(|| Part {
        title: words::VERSIONS.get(lang).into(),
        lead: None,
        content: html! {
            ul {
                @for one in &asked.versions {
                    li {
                        a href=(language::address(&format!("{}/{}", path_of(&one.slug), one.version), lang)) {
                            (crate::text::capital(&words::version(lang, number(one.version))))
                        }
                        @if let Some(at) = one.release_at { ", " (date::short(lang, at.day())) }
                        @if let Some(reason) = &one.reason { ": " (reason) }
                    }
                }
            }
        },
    })
}
