//! The slip with a one-time code: A6, handed out with the official receipt, legible in black and white.

use maud::{Markup, html};

use super::Wording;

/// What a slip shows. No name, no number of the dossier.
#[derive(Debug, Clone)]
pub struct Slip {
    /// Why it should not be printed yet; on the screen only.
    pub not_yet: Option<Wording>,
    /// The mark of simulated data.
    pub demo: Option<Wording>,
    /// The heading.
    pub title: Wording,
    /// What it asks for.
    pub lead: Wording,
    /// The code as SVG.
    pub qr: Markup,
    /// What the code is, for who cannot see it.
    pub qr_name: Wording,
    /// The address to type.
    pub address: Wording,
    /// What is promised and asked, line by line.
    pub lines: Vec<Wording>,
    /// The last line.
    pub foot: Wording,
}

/// The slip.
pub fn slip(slip: &Slip) -> Markup {
    html! {
        @if let Some(not_yet) = &slip.not_yet { p.unprinted role="alert" { (not_yet) } }
        article.poster.a6.slip {
            @if let Some(demo) = &slip.demo { p.demo { strong { (demo) } } }
            h1 { (slip.title) }
            p.invite { (slip.lead) }
            div.qr role="img" aria-label=(slip.qr_name) { (slip.qr) }
            p.typed { (slip.address) }
            ul { @for line in &slip.lines { li { (line) } } }
            p.foot { (slip.foot) }
        }
    }
}
