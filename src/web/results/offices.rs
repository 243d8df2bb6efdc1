//! The two offices of a dossier apart, and the fields of administration.

use maud::{Markup, html};

use super::cells::{HEADS, figure_cells};
use super::csv::File;
use super::headline::shown_source;
use super::unit_page::View;
use crate::index::{Estimate, What};
use crate::publish::figures::{PartFigures, PartName};
use crate::questionnaire::{Edition, Rates};
use crate::text::figure::note::{ATTRIBUTION, ATTRIBUTION_UNKNOWN};
use crate::text::{Say, chart, parts, site};
use crate::web::view::table::{Cell, Row, Table};
use crate::web::view::unit::Part;
use crate::web::view::{Link, Wording, links};

/// What the unit is rated for as the receiving and as the deciding office, side by side.
pub(super) fn offices(view: &View<'_>) -> Option<Part<Markup>> {
    let lang = view.lang;
    let edition = &view.figures.edition.as_ref()?.edition;
    // A form that rates no deciding office, or everybody of a group, tells nothing of two offices.
    let rates_both = edition.ratings().any(|(_, rating)| rating.rates == Rates::Deciding);
    let source = shown_source(view).filter(|_| rates_both)?;
    let received = criteria_table(view, edition, &source.estimates, Rates::Receiving, parts::AS_RECEIVER)?;
    // At the top every office that decides is a part of the province.
    let is_top = view.figures.above.is_empty();
    let decided = match &view.figures.decided {
        Some(part) => Some(part.estimates.as_slice()),
        None => is_top.then_some(source.estimates.as_slice()),
    };
    let decided =
        decided.and_then(|estimates| criteria_table(view, edition, estimates, Rates::Deciding, parts::AS_DECIDER));
    let deciders = deciders(view, edition);
    let content = html! {
        h3 { (parts::AS_RECEIVER.get(lang)) }
        (received.render())
        h3 { (parts::AS_DECIDER.get(lang)) }
        @match &decided {
            Some(table) => {
                @if !is_top { p.h { (parts::AS_DECIDER_LEAD.get(lang)) } }
                (table.render())
            }
            None => p { (parts::DECIDED_BY_NOBODY.get(lang)) },
        }
        @if let Some(table) = &deciders {
            h3 { (parts::DECIDERS.get(lang)) }
            (table.render())
        }
        p.h { (ATTRIBUTION_UNKNOWN.get(lang)) }
        (links(&[csv(view, File::Offices)]))
    };
    Some(Part { title: parts::OFFICES.get(lang).into(), lead: Some(ATTRIBUTION.get(lang).into()), content })
}

/// A data file of the page.
pub(super) fn csv(view: &View<'_>, file: File) -> Link {
    Link { label: chart::LINK_CSV.get(view.lang).into(), href: view.csv_file(file.word()).into() }
}

/// The criteria that rate one of the two offices.
fn criteria_table(
    view: &View<'_>,
    edition: &Edition,
    estimates: &[Estimate],
    rates: Rates,
    caption: Say,
) -> Option<Table> {
    let lang = view.lang;
    let of_office = edition.ratings().filter(|(_, rating)| rating.rates == rates);
    let rows: Vec<Row> = of_office
        .map(|(_, rating)| {
            let estimate = item(estimates, &rating.code);
            let cells = figure_cells(lang, estimate, view.figures.is_line_agency());
            Row { name: rating.label.get(lang).to_owned().into(), href: None, cells }
        })
        .collect();
    let head = [chart::HEAD_CRITERION].into_iter().chain(HEADS).map(|say| say.get(lang).into()).collect();
    (!rows.is_empty()).then(|| Table { caption: caption.get(lang).into(), head, rows })
}

fn item<'a>(estimates: &'a [Estimate], code: &str) -> Option<&'a Estimate> {
    estimates.iter().find(|estimate| matches!(&estimate.what, What::Item(of) if of == code))
}

/// Who decided what was received here: each office with the criteria that rate it.
fn deciders(view: &View<'_>, edition: &Edition) -> Option<Table> {
    let lang = view.lang;
    let rated: Vec<_> = edition.ratings().filter(|(_, rating)| rating.rates == Rates::Deciding).collect();
    if rated.is_empty() || view.figures.deciders.is_empty() {
        return None;
    }
    let mut head: Vec<Wording> = vec![parts::HEAD_DECIDER.get(lang).into()];
    head.extend(rated.iter().map(|(_, rating)| Wording::from(rating.label.get(lang).to_owned())));
    let rows = view.figures.deciders.iter().map(|part| {
        let (name, href) = name_of(view, &part.part);
        let of = |code: &str| Cell::Number(super::cells::in_line(lang, item(&part.estimates, code)));
        Row { name, href, cells: rated.iter().map(|(_, rating)| of(&rating.code)).collect() }
    });
    Some(Table { caption: parts::DECIDERS.get(lang).into(), rows: rows.collect(), head })
}

fn name_of(view: &View<'_>, part: &PartName) -> (Wording, Option<Wording>) {
    let lang = view.lang;
    match part {
        PartName::Field(_, name) => (name.clone().into(), None),
        PartName::Decider(unit) => (unit.name.clone().into(), Some(view.address_of(&unit.code).into())),
        PartName::Unknown => (parts::UNKNOWN_DECIDER.get(lang).into(), None),
        PartName::NotSplit => (parts::NOT_SPLIT.get(lang).into(), None),
    }
}

/// By field, each against its own target.
pub(super) fn fields(view: &View<'_>) -> Option<Part<Markup>> {
    let lang = view.lang;
    let rows: Vec<Row> = view.figures.fields.iter().map(|part| field_row(view, part)).collect();
    if rows.is_empty() {
        return None;
    }
    let head = [
        chart::HEAD_FIELD,
        chart::HEAD_ANSWERS,
        chart::HEAD_ESTIMATE,
        chart::HEAD_INTERVAL,
        chart::HEAD_VERDICT,
        chart::HEAD_TARGET,
    ];
    let head = head.map(|say| say.get(lang).into()).to_vec();
    let table = Table { caption: site::UNIT_FIELDS.get(lang).into(), head, rows };
    let content = html! { (table.render()) (links(&[csv(view, File::Fields)])) };
    Some(Part { title: site::UNIT_FIELDS.get(lang).into(), lead: Some(parts::FIELDS_LEAD.get(lang).into()), content })
}

fn field_row(view: &View<'_>, part: &PartFigures) -> Row {
    let lang = view.lang;
    let name = match &part.part {
        PartName::Unknown => parts::UNKNOWN_FIELD.get(lang).into(),
        other => name_of(view, other).0,
    };
    let is_line_agency = view.figures.is_line_agency();
    let mut cells = figure_cells(lang, part.estimates.first(), is_line_agency);
    let goals = super::verdict_words::thresholds(&part.targets.current);
    let goals: Vec<String> = goals.iter().filter(|_| !is_line_agency).map(|one| one.with_sign(lang)).collect();
    let goals = if goals.is_empty() { crate::text::figures::NO_FIGURE.to_owned() } else { goals.join(" ≠ ") };
    cells.push(Cell::Number(goals.into()));
    Row { name, href: None, cells }
}
