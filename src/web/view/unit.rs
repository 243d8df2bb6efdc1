//! The public page of a unit or of the province: one measure, one period, everything that belongs beside it.

use maud::{Markup, html};

use super::figure::{Headline, LevelBlock, TargetEntry};
use super::table::{Data, Table};
use super::{Fold, Link, Wording, links};
use crate::publish::charts::{Forest, LevelsChart, forest, levels};

/// What the page shows, from above.
#[derive(Debug, Clone)]
pub struct UnitPage {
    /// The units above this one.
    pub above: Vec<Link>,
    /// Name of that list for screen readers.
    pub above_name: Wording,
    /// Name of the unit.
    pub title: Wording,
    /// The period with its two days.
    pub period: Wording,
    /// Other periods and measures of the same unit.
    pub elsewhere: Vec<Link>,
    /// Breaks of the series, reorganisation, reservations.
    pub remarks: Vec<Wording>,
    /// The figure.
    pub headline: Headline,
    /// Wider views, where the unit alone has too few answers.
    pub pooled: Option<Part<Table>>,
    /// Other questionnaires of the period, never added up.
    pub others: Option<Part<Table>>,
    /// The figure over time.
    pub trend: Vec<Part<Markup>>,
    /// Served, offered, answered.
    pub volume: Option<Part<Table>>,
    /// Receiving and deciding office apart.
    pub offices: Option<Part<Markup>>,
    /// By field of administration.
    pub fields: Option<Part<Markup>>,
    /// Many units at once: funnel, criteria by units.
    pub comparison: Vec<Part<Markup>>,
    /// The targets in force, with a heading.
    pub targets: Part<Vec<TargetEntry>>,
    /// One block for each trust level.
    pub levels: Part<Vec<LevelBlock>>,
    /// Sentences that compare the levels, below the blocks.
    pub level_sentences: Vec<Wording>,
    /// The criteria.
    pub criteria: Option<Part<Criteria>>,
    /// The units below this one.
    pub children: Option<Part<Children>>,
    /// Waiting time, sentence by sentence.
    pub waiting: Option<Part<Vec<Wording>>>,
    /// Which criteria count for which of the two offices.
    pub attribution: Vec<Wording>,
    /// What an interval is, in plain words; once on a page.
    pub gloss: Fold,
    /// Source, period, questionnaire, method.
    pub caption: Vec<Wording>,
    /// Data files and the page on the method.
    pub downloads: Vec<Link>,
}

/// A part of the page under its own heading.
#[derive(Debug, Clone)]
pub struct Part<T> {
    /// The heading.
    pub title: Wording,
    /// A sentence below it.
    pub lead: Option<Wording>,
    /// What the part holds.
    pub content: T,
}

/// The criteria: the answers and the table of estimates.
#[derive(Debug, Clone)]
pub struct Criteria {
    /// Shares of the five levels.
    pub chart: LevelsChart,
    /// The table: answered, estimate, interval, verdict, shares.
    pub data: Data,
}

/// The units below: the plot and its table.
#[derive(Debug, Clone)]
pub struct Children {
    /// The plot.
    pub plot: Forest,
    /// Its table.
    pub data: Data,
}

/// The page's main part.
pub fn unit(page: &UnitPage) -> Markup {
    html! {
        (above(page))
        h1 { (page.title) }
        p.place { (page.period) }
        (links(&page.elsewhere))
        @for text in &page.remarks { p.note { (text) } }
        (page.headline.render())
        (table(page.pooled.as_ref()))
        (table(page.others.as_ref()))
        (targets(&page.targets))
        (trust_levels(page))
        (table(page.volume.as_ref()))
        @for part in &page.trend { (section(part, &part.content)) }
        @if let Some(part) = &page.criteria {
            (section(part, &html! { (levels(&part.content.chart)) (part.content.data.render()) }))
        }
        @for part in page.offices.iter().chain(&page.fields) { (section(part, &part.content)) }
        @if let Some(part) = &page.children {
            (section(part, &html! { (forest(&part.content.plot)) (part.content.data.render()) }))
        }
        @for part in &page.comparison { (section(part, &part.content)) }
        @if let Some(part) = &page.waiting {
            (section(part, &html! { @for text in &part.content { p { (text) } } }))
        }
        section.caption {
            (page.gloss.render())
            @for text in &page.attribution { p { (text) } }
            @for text in &page.caption { p { (text) } }
            (links(&page.downloads))
        }
    }
}

fn table(part: Option<&Part<Table>>) -> Markup {
    html! { @if let Some(part) = part { (section(part, &part.content.render())) } }
}

fn section<T>(part: &Part<T>, content: &Markup) -> Markup {
    html! {
        section {
            h2 { (part.title) }
            @if let Some(lead) = &part.lead { p { (lead) } }
            (content)
        }
    }
}

fn above(page: &UnitPage) -> Markup {
    html! {
        @if !page.above.is_empty() {
            nav.above aria-label=(page.above_name) { ol { @for link in &page.above { li { (link.render()) } } } }
        }
    }
}

fn targets(part: &Part<Vec<TargetEntry>>) -> Markup {
    section(
        part,
        &html! { @if !part.content.is_empty() { ul.targets { @for entry in &part.content { (entry.render()) } } } },
    )
}

fn trust_levels(page: &UnitPage) -> Markup {
    let content = html! {
        @if !page.levels.content.is_empty() {
            ul.cards { @for block in &page.levels.content { (block.render()) } }
        }
        @for text in &page.level_sentences { p { (text) } }
    };
    section(&page.levels, &content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_without_answers_says_so_and_shows_no_number() {
        let page = UnitPage {
            above: Vec::new(),
            above_name: "Đơn vị cấp trên".into(),
            title: "Sở A".into(),
            period: "quý III/2026".into(),
            elsewhere: Vec::new(),
            remarks: Vec::new(),
            headline: Headline::Empty {
                name: "Mức độ hài lòng".into(),
                sentences: vec!["Kỳ này chưa có phiếu nào.".into()],
            },
            pooled: None,
            others: None,
            trend: Vec::new(),
            volume: None,
            offices: None,
            fields: None,
            comparison: Vec::new(),
            targets: Part {
                title: "Chỉ tiêu".into(), lead: Some("Chưa có chỉ tiêu".into()), content: Vec::new()
            },
            levels: Part { title: "Nguồn".into(), lead: None, content: Vec::new() },
            level_sentences: Vec::new(),
            criteria: None,
            children: None,
            waiting: None,
            attribution: Vec::new(),
            gloss: Fold {
                summary: "Khoảng tin cậy là gì?".into(), paragraphs: vec!["Chỉ một phần…".into()]
            },
            caption: vec!["Nguồn: Sở Nội vụ.".into()],
            downloads: Vec::new(),
        };
        let html = unit(&page).into_string();
        assert!(html.contains("Kỳ này chưa có phiếu nào.") && !html.contains('%') && !html.contains("<svg"));
    }
}
