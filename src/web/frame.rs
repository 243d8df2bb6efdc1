//! The frame around every page of this installation: names, menu, language switch, the mark of simulated data.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use maud::Markup;

use super::view::page::{Found, Layout, Shell, Switch, page};
use super::view::{Link, Wording};
use super::{assets, language};
use crate::registry::Snapshot;
use crate::text::{form, open_data, privacy, record, refusal, site as words, unit_list};
use crate::words::{Lang, Moment};

/// What differs from page to page.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    /// Language.
    pub lang: Lang,
    /// Title of the page.
    pub title: Wording,
    /// How it is set.
    pub layout: Layout,
    /// Its path, without the language.
    pub path: &'a str,
    /// Whether it can be had in the other language under the same address.
    pub both_languages: bool,
}

/// The whole page as an answer.
pub(super) fn respond(
    snapshot: Option<&Snapshot>,
    frame: Frame<'_>,
    status: StatusCode,
    main: &Markup,
) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .body(page(&shell(snapshot, frame, status), main).into_string())
}

fn shell(snapshot: Option<&Snapshot>, frame: Frame<'_>, status: StatusCode) -> Shell {
    let lang = frame.lang;
    let today = Moment::now().day();
    let province = snapshot.and_then(|s| s.directory.root(today)).map(|root| root.name.clone());
    let is_page = frame.layout == Layout::Public && status == StatusCode::OK;
    let found = is_page.then(|| Found {
        canonical: language::address(frame.path, lang).into(),
        description: {
            let province = province.as_deref().unwrap_or(words::PRODUCT.get(lang));
            open_data::description(lang, &frame.title, province).into()
        },
        catalogue: frame.path.starts_with(open_data::PAGE).then(|| open_data::CATALOGUE.into()),
    });
    let title = match &province {
        Some(province) => words::title(lang, &frame.title, province).into(),
        None => frame.title,
    };
    let link = |path: &'static str, label: &'static str| Link {
        label: label.into(),
        href: language::address(path, lang).into(),
    };
    let public = frame.layout == Layout::Public;
    Shell {
        lang,
        title,
        // Sheets are printed by staff.
        stylesheet: match frame.layout {
            Layout::Sheet => assets::office_stylesheet(),
            _ => assets::stylesheet(),
        }
        .into(),
        scripts: Vec::new(),
        layout: frame.layout,
        found,
        skip: words::SKIP.get(lang).into(),
        product: words::PRODUCT.get(lang).into(),
        province: province.map_or_else(|| words::TAGLINE.get(lang).into(), Into::into),
        home: public.then(|| language::address("/", lang).into()),
        switch: frame.both_languages.then(|| Switch {
            lang: language::other(lang),
            label: form::LANG_SWITCH.get(lang).into(),
            href: language::address(frame.path, language::other(lang)).into(),
        }),
        menu: if public {
            vec![
                link("/", words::NAV_RESULTS.get(lang)),
                link(unit_list::PAGE, words::NAV_UNITS.get(lang)),
                link(open_data::PAGE, words::NAV_DATA.get(lang)),
                link("/phuong-phap", words::NAV_METHOD.get(lang)),
                link("/bien-nhan", words::NAV_RECEIPT.get(lang)),
            ]
        } else {
            Vec::new()
        },
        menu_name: words::MENU.get(lang).into(),
        here: language::address(frame.path.split('?').next().unwrap_or_default(), lang).into(),
        demo: snapshot.filter(|s| s.installation.simulated).map(|_| form::DEMO_MARK.get(lang).into()),
        foot: if frame.layout == Layout::Form && frame.path != "/bien-nhan" {
            vec![link(privacy::PAGE, words::NAV_PRIVACY.get(lang))]
        } else {
            vec![
                link("/", refusal::TO_FIRST_PAGE.get(lang)),
                link(unit_list::PAGE, words::NAV_UNITS.get(lang)),
                link(record::PAGE, record::LINK.get(lang)),
                link(privacy::PAGE, words::NAV_PRIVACY.get(lang)),
            ]
        },
        foot_lines: if public {
            vec![words::FOOTER_PRIVACY.get(lang).into(), words::FOOTER_PETITION.get(lang).into()]
        } else {
            Vec::new()
        },
    }
}
