//! The paper: sections, paragraphs, tables and drawings in the order of the report.

use super::grid::Grid;
use super::issuer::Issuer;
use super::paragraphs::{self as said, spans};
use super::{Facts, annexes, charts, tables, targets};
use crate::documents::{Block, Document, Letters, Span};
use crate::text::reports::{filled_in, paper as words};
use crate::words::UnitKind;

/// The blocks of a paper, its tables and drawings numbered as they come.
struct Paper<'a> {
    facts: &'a Facts,
    blocks: Vec<Block>,
    tables: usize,
    charts: usize,
}

impl<'a> Paper<'a> {
    const fn of(facts: &'a Facts) -> Self {
        Self { facts, blocks: Vec::new(), tables: 0, charts: 0 }
    }

    fn section(&mut self, text: &str) {
        self.blocks.push(Block::Section(text.to_owned()));
    }

    fn say(&mut self, text: &str) {
        self.blocks.push(Block::Paragraph(spans(text)));
    }

    fn say_all(&mut self, texts: &[String]) {
        for text in texts {
            self.say(text);
        }
    }

    fn fill(&mut self, what: &str) {
        self.say(&filled_in(what));
    }

    fn table(&mut self, grid: &Grid) {
        self.tables += 1;
        self.blocks.push(Block::Table(grid.table(words::table(self.tables, &grid.name))));
        self.note(grid.note);
    }

    fn note(&mut self, note: &str) {
        if !note.is_empty() {
            self.blocks.push(Block::Note(note.to_owned()));
        }
    }

    fn chart(&mut self, draw: fn(&Facts, usize) -> anyhow::Result<Vec<Block>>, note: &str) -> anyhow::Result<()> {
        let drawn = draw(self.facts, self.charts + 1)?;
        if !drawn.is_empty() {
            self.charts += 1;
            self.blocks.extend(drawn);
            self.note(note);
        }
        Ok(())
    }
}

/// The report as a paper. That of a commune is short: its own tables and no annexes.
pub fn document(facts: &Facts) -> anyhow::Result<Document> {
    let issuer = Issuer::of(facts);
    let is_short = is_short(facts);
    let mut paper = Paper::of(facts);
    opening(&mut paper, &issuer);
    work(&mut paper, is_short);
    results(&mut paper, is_short)?;
    rest(&mut paper, is_short);
    closing(&mut paper, &issuer);
    if !is_short {
        paper.blocks.extend(annexes::blocks(facts));
    }
    Ok(Document {
        heading: issuer.heading(facts.today.year()),
        letters: if is_short { Letters::Small } else { Letters::Usual },
        blocks: paper.blocks,
    })
}

const fn is_short_kind(kind: UnitKind) -> bool {
    !matches!(kind, UnitKind::Province | UnitKind::Country | UnitKind::Department)
}

/// Whether the report has to be short: everything below departments.
fn is_short(facts: &Facts) -> bool {
    is_short_kind(facts.figures.unit.kind)
}

fn opening(paper: &mut Paper<'_>, issuer: &Issuer) {
    let facts = paper.facts;
    if facts.is_simulated {
        paper.blocks.push(Block::Centred(vec![Span::bold(words::SIMULATED)]));
    }
    paper.blocks.push(Block::Title(vec![words::TITLE.to_owned(), words::about(facts.kind, facts.year)]));
    paper.blocks.push(Block::Rule);
    paper.blocks.push(Block::Centred(vec![Span::plain(words::addressed(&[issuer.to]))]));
    let plan = facts.plan.as_deref();
    paper.say(&words::opening(plan, &issuer.name, facts.kind, facts.year, facts.period, facts.through));
}

fn work(paper: &mut Paper<'_>, is_short: bool) {
    let facts = paper.facts;
    paper.section(words::SECTIONS[0]);
    if is_short {
        paper.say(&[filled_in(words::FILL_WORK), said::scope(facts)].join(". "));
    } else {
        paper.section(words::OF_WORK[0]);
        paper.fill(words::FILL_WORK);
        paper.section(words::OF_WORK[1]);
        paper.say(&said::scope(facts));
    }
    paper.say(&said::sources(facts));
    paper.table(&tables::sources(facts));
    if !is_short {
        paper.section(words::OF_WORK[2]);
        paper.say(&said::quality(facts));
        paper.fill(words::FILL_SUPERVISION);
        paper.table(&tables::quality(facts));
    }
}

fn results(paper: &mut Paper<'_>, is_short: bool) -> anyhow::Result<()> {
    let facts = paper.facts;
    paper.section(words::SECTIONS[1]);
    if is_short {
        short_results(paper);
        return Ok(());
    }
    let [overall, criteria, fields, units, waiting, change, open, others] = words::OF_RESULTS;
    paper.section(overall);
    paper.say(&said::headline(facts));
    paper.chart(charts::levels, words::NOTE_CHART)?;
    paper.table(&targets::of_headline(facts));
    paper.section(criteria);
    paper.say(&said::criteria(facts));
    paper.chart(charts::criteria, "")?;
    paper.section(fields);
    paper.say(&said::fields(facts));
    paper.table(&tables::fields(facts));
    paper.section(units);
    paper.say(&said::units(facts));
    paper.chart(charts::units, words::NOTE_CHART)?;
    paper.table(&tables::units(facts, false));
    paper.section(waiting);
    paper.say_all(&said::waiting(facts));
    paper.section(change);
    paper.say(&said::change(facts));
    paper.chart(charts::trend, words::NOTE_TREND)?;
    paper.section(open);
    paper.say(&said::open(facts));
    paper.section(others);
    other_measures(paper);
    if facts.kind == words::Kind::Year {
        paper.section(&words::of_targets(facts.year));
        paper.say(&said::headline(facts));
        // Numbers one to seven are taken: cases and late dossiers follow as six and seven.
        let grid = targets::of_year(facts);
        paper.blocks.push(Block::Table(grid.table(words::table(8, &grid.name))));
        paper.note(grid.note);
        paper.section(words::OF_OTHERS);
        paper.fill(words::FILL_OTHERS);
        paper.say(crate::text::figure::SIDE_BY_SIDE.vi);
    }
    Ok(())
}

/// What a commune says of its results, in the fewest words.
fn short_results(paper: &mut Paper<'_>) {
    let facts = paper.facts;
    paper.say(&said::headline(facts));
    paper.say(&said::criteria(facts));
    let mut grid = tables::criteria(facts, false);
    // What stands below the first table holds for this one.
    grid.note = "";
    paper.table(&grid);
    let waiting = said::waiting(facts).join(" ");
    paper.say(&[waiting, said::change(facts)].join(" "));
    paper.say(&said::open(facts));
    paper.say_all(&said::others(facts));
}

/// Figures of other systems: each in a table of its own, under its own name.
fn other_measures(paper: &mut Paper<'_>) {
    let facts = paper.facts;
    paper.say_all(&said::others(facts));
    for grid in targets::others(facts) {
        paper.blocks.push(Block::Table(grid.table(grid.name.clone())));
        paper.note(grid.note);
    }
}

fn rest(paper: &mut Paper<'_>, is_short: bool) {
    let facts = paper.facts;
    paper.section(words::SECTIONS[2]);
    if is_short {
        short_rest(paper);
    } else {
        paper.section(words::OF_CASES[0]);
        paper.say(&said::cases(facts));
        paper.fill(words::FILL_CASES);
        paper.table(&tables::cases(facts));
        paper.section(words::OF_CASES[1]);
        paper.say(&said::late(facts));
        paper.table(&tables::late(facts));
        paper.section(words::SECTIONS[3]);
        paper.section(words::OF_JUDGEMENT[0]);
        paper.fill(words::FILL_ACHIEVED);
        paper.section(words::OF_JUDGEMENT[1]);
        paper.say(&said::limits(facts));
    }
    paper.section(words::SECTIONS[4]);
    paper.fill(words::FILL_TASKS);
    paper.section(words::SECTIONS[5]);
    paper.say(&said::proposals(facts));
}

/// Complaints, late results and judgement in one paragraph each.
fn short_rest(paper: &mut Paper<'_>) {
    let facts = paper.facts;
    paper.say(&[said::cases(facts), filled_in(words::FILL_CASES), said::late(facts)].join(" "));
    paper.section(words::SECTIONS[3]);
    paper.say(&[filled_in(words::FILL_ACHIEVED), said::limits(facts)].join(" "));
}

fn closing(paper: &mut Paper<'_>, issuer: &Issuer) {
    let facts = paper.facts;
    paper.say(&words::closing(&issuer.name, facts.kind, facts.year));
    let copies = issuer.copies.lines().map(|line| format!("- {line}"));
    paper.blocks.push(Block::Signature {
        recipients: std::iter::once(words::RECIPIENTS.to_owned()).chain(copies).collect(),
        signer: issuer.signer.lines().map(str::to_owned).collect(),
        how: words::HOW.to_owned(),
    });
}
