//! The frame of every page: head, header, main part, footer.

use maud::{DOCTYPE, Markup, html};

use super::{Link, Wording};
use crate::words::Lang;

/// What stands around the main part of a page.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Language of the page.
    pub lang: Lang,
    /// The whole title, with "Lỗi: " in front when the page came back with errors.
    pub title: Wording,
    /// Address of the stylesheet, with the hash in its name.
    pub stylesheet: Wording,
    /// Addresses of scripts that make the page more comfortable; it works without them.
    pub scripts: Vec<Wording>,
    /// How wide and how large the page is set.
    pub layout: Layout,
    /// What a search engine reads; nothing on pages that are not for it.
    pub found: Option<Found>,
    /// First stop for the keyboard, such as "Đến nội dung chính".
    pub skip: Wording,
    /// Name of the product.
    pub product: Wording,
    /// Name of the province, the larger of the two.
    pub province: Wording,
    /// Where the province's name leads; a form leads nowhere, so that nobody loses answers.
    pub home: Option<Wording>,
    /// The same page in the other language.
    pub switch: Option<Switch>,
    /// Links of the menu; the one whose address is `here` is marked.
    pub menu: Vec<Link>,
    /// Name of the menu for screen readers.
    pub menu_name: Wording,
    /// Address of this page, as the menu writes it.
    pub here: Wording,
    /// The mark of simulated data.
    pub demo: Option<Wording>,
    /// Links at the foot.
    pub foot: Vec<Link>,
    /// Lines at the foot: who runs this, whom to call.
    pub foot_lines: Vec<Wording>,
}

/// What a search engine reads of a page.
#[derive(Debug, Clone)]
pub struct Found {
    /// The one address of the page in this language.
    pub canonical: Wording,
    /// What the page is about.
    pub description: Wording,
    /// The catalogue of open data, where the page is a part of it.
    pub catalogue: Option<Wording>,
}

/// The same page in another language.
#[derive(Debug, Clone)]
pub struct Switch {
    /// The language it leads to.
    pub lang: Lang,
    /// That language's own name.
    pub label: Wording,
    /// Where it leads.
    pub href: Wording,
}

/// How wide and how large a page is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A narrow column: forms and messages.
    Form,
    /// A wide column: figures and tables.
    Public,
    /// A wide column: the office.
    Office,
    /// Large letters and tiles for a screen that is touched.
    Kiosk,
    /// Sheets to print: the frame is not printed.
    Sheet,
}

impl Layout {
    const fn class(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Public => "public",
            Self::Office => "public office",
            Self::Kiosk => "form kiosk",
            Self::Sheet => "sheet",
        }
    }
}

/// The icon travels inside the page, so that no third request is made: a ruler, for the name of the product.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath \
                    fill='%230b4650' d='M0 3h16v10h-2V9h-2v4h-3V7H7v6H4V9H2v4H0z'/%3E%3C/svg%3E";

/// The whole page around `main`.
pub fn page(shell: &Shell, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(shell.lang.word()) class=(shell.layout.class()) {
            head {
                meta charset="utf-8";
                title { (shell.title) }
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="color-scheme" content="light dark";
                @if let Some(found) = &shell.found {
                    meta name="description" content=(found.description);
                    link rel="canonical" href=(found.canonical);
                    @if let Some(catalogue) = &found.catalogue {
                        link rel="alternate" type="application/ld+json" href=(catalogue);
                    }
                }
                link rel="icon" href=(ICON);
                link rel="stylesheet" href=(shell.stylesheet);
                @for script in &shell.scripts { script src=(script) defer {} }
            }
            body {
                a.skip href="#main" { (shell.skip) }
                (header(shell))
                main id="main" { (main) }
                (footer(shell))
            }
        }
    }
}

fn header(shell: &Shell) -> Markup {
    html! {
        header {
            div.bar {
                p.name {
                    span { (shell.product) }
                    @if let Some(home) = &shell.home { a href=(home) { (shell.province) } }
                    @else { b { (shell.province) } }
                }
                @if let Some(switch) = &shell.switch {
                    a.lang lang=(switch.lang.word()) hreflang=(switch.lang.word()) href=(switch.href) { (switch.label) }
                }
            }
            @if !shell.menu.is_empty() {
                nav aria-label=(shell.menu_name) {
                    ul.bar {
                        @for link in &shell.menu {
                            li { a href=(link.href) aria-current=[(link.href == shell.here).then_some("page")] { (link.label) } }
                        }
                    }
                }
            }
            @if let Some(demo) = &shell.demo { p.demo { strong { (demo) } } }
        }
    }
}

fn footer(shell: &Shell) -> Markup {
    html! {
        @if !(shell.foot.is_empty() && shell.foot_lines.is_empty()) {
            footer {
                @if !shell.foot.is_empty() { ul { @for link in &shell.foot { li { (link.render()) } } } }
                @for line in &shell.foot_lines { p { (line) } }
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn shell() -> Shell {
        Shell {
            lang: Lang::Vi,
            title: "Phiếu <đánh giá>".into(),
            stylesheet: "/static/app.css".into(),
            scripts: Vec::new(),
            layout: Layout::Form,
            found: None,
            skip: "Đến nội dung chính".into(),
            product: "Thước Đo".into(),
            province: "Tỉnh Minh Họa".into(),
            home: None,
            switch: Some(Switch { lang: Lang::En, label: "English".into(), href: "?lang=en".into() }),
            menu: vec![Link { label: "Kết quả".into(), href: "/".into() }],
            menu_name: "Trang công khai".into(),
            here: "/".into(),
            demo: Some("SỐ LIỆU MÔ PHỎNG".into()),
            foot: Vec::new(),
            foot_lines: Vec::new(),
        }
    }

    #[test]
    fn a_page_names_its_language_and_escapes_what_it_is_given() {
        let page = page(&shell(), &html! { p { "x" } }).into_string();
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"vi\" class=\"form\">"));
        assert!(page.contains("<title>Phiếu &lt;đánh giá&gt;</title>"));
        assert!(page.contains("lang=\"en\" hreflang=\"en\""));
        assert!(page.contains("aria-current=\"page\""));
        assert!(page.contains("SỐ LIỆU MÔ PHỎNG"));
    }

    #[test]
    fn a_page_makes_one_further_request_and_has_no_inline_style() {
        let page = page(&shell(), &html! {}).into_string();
        assert_eq!(page.matches("<link rel=\"stylesheet\"").count(), 1);
        assert!(!page.contains("<script") && !page.contains("style=") && !page.contains("<style"));
        assert!(page.contains("rel=\"icon\" href=\"data:"));
    }
}
