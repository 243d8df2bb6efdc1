//! Figures of other systems, each in a block of its own with its name, who collected it, and why it has no interval.

use maud::{Markup, html};

use super::Wording;
use super::office::facts;
use super::table::Table;

/// One measure.
#[derive(Debug, Clone)]
pub struct MeasureBlock {
    /// Its name.
    pub name: Wording,
    /// The line under it: what it measures.
    pub line: Wording,
    /// Who collected it and in which days.
    pub facts: Vec<(Wording, Wording)>,
    /// What follows from the inputs by its own rules.
    pub results: Option<Table>,
    /// Sentences to read with it: how it is computed, why it has no interval.
    pub notes: Vec<Wording>,
    /// The numbers as they were entered; behind a line that opens where something follows from them.
    pub inputs: (Wording, Table),
}

/// The blocks under the sentence that keeps them apart.
pub fn measures(apart: &str, blocks: &[MeasureBlock]) -> Markup {
    html! {
        @if !blocks.is_empty() { p.note { (apart) } }
        @for block in blocks {
            section.measure {
                h2 { (block.name) }
                p.h { (block.line) }
                (facts(&block.facts.iter().map(|(name, value)| (name.clone(), html! { (value) })).collect::<Vec<_>>()))
                @if let Some(results) = &block.results { (results.render()) }
                @for note in &block.notes { p.h { (note) } }
                @if block.results.is_none() { (block.inputs.1.render()) }
                @else { details { summary { (block.inputs.0) } (block.inputs.1.render()) } }
            }
        }
    }
}

/// A measure that stands beside another of the same place.
#[derive(Debug, Clone)]
pub struct Aside {
    /// Its name.
    pub name: Wording,
    /// The line under it.
    pub line: Wording,
    /// What it says.
    pub value: Wording,
    /// Words beside it; may be empty.
    pub note: Wording,
    /// Who collected it, of whom, where it stands.
    pub facts: Vec<(Wording, Wording)>,
}

/// Measures beside each other, each in a frame of its own.
pub fn aside(blocks: &[Aside]) -> Markup {
    html! {
        div.beside {
            @for block in blocks {
                div {
                    h4 { (block.name) }
                    p.h { (block.line) }
                    p.said { (block.value) }
                    @if !block.note.is_empty() { p.h { (block.note) } }
                    dl { @for (name, what) in &block.facts { dt { (name) } dd { (what) } } }
                }
            }
        }
    }
}
