//! The frame of the office: the menu of what a person may open, who is there, and the way out.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use maud::{Markup, html};

use super::desk::Desk;
use super::done::Done;
use crate::registry::Snapshot;
use crate::text::{Say, form, office as words, site};
use crate::web::view::office::{button, done};
use crate::web::view::page::{Layout, Shell, Switch, page};
use crate::web::view::{Hidden, Link, Wording};
use crate::web::{assets, language};
use crate::words::{Lang, Moment, Right};

/// The pages of the menu, with the right each asks for.
pub(super) const MENU: [(&str, Say, Right); 24] = [
    ("/quan-tri", words::NAV_OVERVIEW, Right::Own),
    ("/quan-tri/so-lieu", words::figures::MENU, Right::ReadFigures),
    (words::REPORTS_PAGE, words::reports::MENU, Right::WriteReports),
    ("/quan-tri/canh-bao", words::NAV_ALERTS, Right::ReadFigures),
    ("/quan-tri/phan-anh", words::cases::NAV, Right::ReadCases),
    ("/quan-tri/to-cao", words::cases::NAV_ACCUSATIONS, Right::ReadAccusations),
    ("/quan-tri/qua-han", words::late::MENU, Right::DraftApologies),
    ("/quan-tri/chi-so-khac", crate::text::measures::MENU, Right::ReadFigures),
    (crate::text::history::OFFICE_PAGE, crate::text::history::MENU, Right::ReadFigures),
    (super::publications::PAGE, words::publications::MENU, Right::ReadPublications),
    ("/quan-tri/xuat-du-lieu", words::exports::MENU, Right::ExportResponses),
    ("/quan-tri/duyet", words::NAV_DECISIONS, Right::ReadDecisions),
    ("/quan-tri/tin-hieu", words::NAV_SIGNALS, Right::ReadSignals),
    ("/quan-tri/don-vi", words::NAV_UNITS, Right::Read),
    ("/quan-tri/diem", words::NAV_POINTS, Right::Read),
    ("/quan-tri/phieu-moi", words::slips::MENU, Right::Print),
    ("/quan-tri/thu-tuc", words::NAV_PROCEDURES, Right::Read),
    ("/quan-tri/khoi-luong", words::NAV_VOLUMES, Right::Read),
    ("/quan-tri/chi-tieu", words::NAV_TARGETS, Right::Read),
    ("/quan-tri/phieu", words::NAV_QUESTIONNAIRES, Right::Read),
    ("/quan-tri/tai-khoan", words::NAV_ACCOUNTS, Right::ReadAccounts),
    ("/quan-tri/nhat-ky", words::NAV_LOG, Right::ReadLog),
    ("/quan-tri/toi", words::NAV_OWN, Right::Own),
    ("/", words::account::PUBLIC_PAGES, Right::Own),
];

/// The whole page of somebody who has signed in.
pub(super) fn respond(desk: &Desk, title: Wording, status: StatusCode, main: &Markup) -> HttpResponse {
    let lang = desk.lang;
    let menu = MENU
        .iter()
        .filter(|(_, _, right)| desk.may(*right))
        .map(|(path, label, _)| Link { label: label.get(lang).into(), href: language::address(path, lang).into() });
    let is_below = |path: &str| desk.path().strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
    let is_here = |path: &&str| desk.path() == *path || (*path != words::OFFICE_PAGE && *path != "/" && is_below(path));
    let here = MENU.iter().map(|(path, _, _)| *path).rfind(is_here).unwrap_or_default();
    let said = Done::of(&desk.asked("xong")).map(|what| done(what.say().get(lang)));
    let main = html! {
        div.who {
            span { (words::signed_in_as(lang, desk.signed.person.name.as_str())) }
            (button(&language::address("/quan-tri/dang-xuat", lang), &desk.hidden(), words::SIGN_OUT.get(lang), false))
        }
        @if let Some(said) = said { (said) }
        (main)
    };
    let mut shell = shell(Some(desk.snapshot()), lang, title, desk.path());
    shell.menu = menu.collect();
    shell.here = language::address(here, lang).into();
    answer(status, &shell, &main)
}

/// A page of the office before signing in.
pub(super) fn outside(
    snapshot: Option<&Snapshot>,
    lang: Lang,
    title: Wording,
    status: StatusCode,
    main: &Markup,
    path: &str,
) -> HttpResponse {
    let mut shell = shell(snapshot, lang, title, path);
    shell.layout = Layout::Form;
    answer(status, &shell, main)
}

fn answer(status: StatusCode, shell: &Shell, main: &Markup) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .body(page(shell, main).into_string())
}

fn shell(snapshot: Option<&Snapshot>, lang: Lang, title: Wording, path: &str) -> Shell {
    let today = Moment::now().day();
    let province = snapshot.and_then(|s| s.directory.root(today)).map(|root| root.name.clone());
    let title = match &province {
        Some(province) => site::title(lang, &title, province).into(),
        None => title,
    };
    Shell {
        lang,
        title,
        stylesheet: assets::office_stylesheet().into(),
        scripts: Vec::new(),
        layout: Layout::Office,
        found: None,
        skip: site::SKIP.get(lang).into(),
        product: words::OFFICE.get(lang).into(),
        province: province.map_or_else(|| site::PRODUCT.get(lang).into(), Into::into),
        home: Some(language::address(words::OFFICE_PAGE, lang).into()),
        switch: (!path.is_empty()).then(|| Switch {
            lang: language::other(lang),
            label: form::LANG_SWITCH.get(lang).into(),
            href: language::address(path, language::other(lang)).into(),
        }),
        menu: Vec::new(),
        menu_name: words::MENU.get(lang).into(),
        here: Wording::default(),
        demo: snapshot.filter(|s| s.installation.simulated).map(|_| form::DEMO_MARK.get(lang).into()),
        foot: Vec::new(),
        foot_lines: Vec::new(),
    }
}

impl Desk {
    /// The hidden fields every form of this session carries.
    pub(super) fn hidden(&self) -> Vec<Hidden> {
        vec![Hidden { name: super::guard::TOKEN_FIELD.into(), value: self.token().to_owned().into() }]
    }

    /// An address of the office in the language of the page.
    pub(super) fn to(&self, path: &str) -> String {
        language::address(path, self.lang)
    }
}
