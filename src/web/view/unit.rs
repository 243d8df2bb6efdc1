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
    /// What may be chosen, where the page has more than links for it.
    pub controls: Markup,
    /// Parts before all others.
    pub first: Vec<Part<Markup>>,
    /// Parts after all others.
    pub last: Vec<Part<Markup>>,
    /// Breaks of the series, reorganisation, reservations.
    pub remarks: Vec<Wording>,
    /// The figure.
    pub headline: Headline,
    /// Forms that were moved because a QR hung in the wrong place.
    pub moved: Option<Part<Markup>>,
    /// Name of the list of the page's sections.
    pub contents: Wording,
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

/// A section of the page: heading, a sentence below it, content.
struct Section<'a> {
    title: &'a Wording,
    lead: Option<&'a Wording>,
    content: Markup,
}

impl<'a> Section<'a> {
    fn of<T>(part: &'a Part<T>, content: impl FnOnce(&'a T) -> Markup) -> Self {
        Self { title: &part.title, lead: part.lead.as_ref(), content: content(&part.content) }
    }
}

/// The page's main part.
pub fn unit(page: &UnitPage) -> Markup {
    let sections = sections(page);
    html! {
        (above(page))
        h1 { (page.title) }
        p.place { (page.period) }
        (links(&page.elsewhere))
        (page.controls)
        @for text in &page.remarks { p.note { (text) } }
        (page.headline.render())
        @if sections.len() > 3 {
            details.contents {
                summary { (page.contents) }
                ul {
                    @for (place, section) in sections.iter().enumerate() {
                        li { a href={ "#muc-" (place + 1) } { (section.title) } }
                    }
                }
            }
        }
        @for (place, section) in sections.iter().enumerate() {
            section {
                h2 id={ "muc-" (place + 1) } { (section.title) }
                @if let Some(lead) = section.lead { p { (lead) } }
                (section.content)
            }
        }
        section.caption {
            (page.gloss.render())
            @for text in &page.attribution { p { (text) } }
            @for text in &page.caption { p { (text) } }
            (links(&page.downloads))
        }
    }
}

fn sections(page: &UnitPage) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    sections.extend(page.first.iter().map(|part| Section::of(part, Clone::clone)));
    sections.extend(page.moved.iter().map(|part| Section::of(part, Clone::clone)));
    sections.extend(page.pooled.iter().chain(&page.others).map(|part| Section::of(part, Table::render)));
    sections.push(Section::of(&page.targets, |entries| targets(entries)));
    sections.push(Section::of(&page.levels, |blocks| trust_levels(blocks, &page.level_sentences)));
    sections.extend(page.volume.iter().map(|part| Section::of(part, Table::render)));
    sections.extend(page.trend.iter().map(|part| Section::of(part, Clone::clone)));
    sections.extend(
        page.criteria
            .iter()
            .map(|part| Section::of(part, |criteria| html! { (levels(&criteria.chart)) (criteria.data.render()) })),
    );
    sections.extend(page.offices.iter().chain(&page.fields).map(|part| Section::of(part, Clone::clone)));
    sections.extend(
        page.children
            .iter()
            .map(|part| Section::of(part, |children| html! { (forest(&children.plot)) (children.data.render()) })),
    );
    sections.extend(page.comparison.iter().map(|part| Section::of(part, Clone::clone)));
    sections.extend(
        page.waiting
            .iter()
            .map(|part| Section::of(part, |sentences| html! { @for text in sentences { p { (text) } } })),
    );
    sections.extend(page.last.iter().map(|part| Section::of(part, Clone::clone)));
    sections
}

fn above(page: &UnitPage) -> Markup {
    html! {
        @if !page.above.is_empty() {
            nav.above aria-label=(page.above_name) { ol { @for link in &page.above { li { (link.render()) } } } }
        }
    }
}

fn targets(entries: &[TargetEntry]) -> Markup {
    html! { @if !entries.is_empty() { ul.targets { @for entry in entries { (entry.render()) } } } }
}

fn trust_levels(blocks: &[LevelBlock], sentences: &[Wording]) -> Markup {
    html! {
        @if !blocks.is_empty() { ul.cards { @for block in blocks { (block.render()) } } }
        @for text in sentences { p { (text) } }
    }
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
            controls: Markup::default(),
            first: Vec::new(),
            last: Vec::new(),
            remarks: Vec::new(),
            headline: Headline::Empty {
                name: "Mức độ hài lòng".into(),
                sentences: vec!["Kỳ này chưa có phiếu nào.".into()],
            },
            moved: None,
            contents: "Trên trang này".into(),
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
