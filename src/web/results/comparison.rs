//! Many units at once: the funnel, and criteria by units.

use maud::{Markup, html};

use super::children::in_order;
use super::csv::File;
use super::funnel::funnel;
use super::offices::csv;
use super::unit_page::View;
use super::verdict_words::{held, standing};
use crate::index::{Estimate, What};
use crate::publish::charts::{HeatCell, HeatGroup, HeatMap, HeatRow, HeatWords, Mark, heat_map};
use crate::publish::figures::ChildFigures;
use crate::publish::visible::{Visible, visible};
use crate::text::figure::standing::Standing;
use crate::text::number::decimal;
use crate::text::{chart, parts};
use crate::web::view::links;
use crate::web::view::unit::Part;
use crate::words::UnitKind;

/// Units that are drawn at most.
const MOST_ROWS: usize = 200;
/// Criteria that are drawn at most.
const MOST_COLUMNS: usize = 24;

/// The funnel, then criteria by units.
pub(super) fn comparison(view: &View<'_>) -> Vec<Part<Markup>> {
    funnel(view).into_iter().chain(criteria_by_unit(view)).collect()
}

/// Places of the reasons of withheld cells.
const TOO_FEW: usize = 0;
const NO_ANSWERS: usize = 1;
const ALL_ALIKE: usize = 2;

fn criteria_by_unit(view: &View<'_>) -> Option<Part<Markup>> {
    let lang = view.lang;
    let edition = &view.figures.edition.as_ref()?.edition;
    let rated: Vec<_> = edition.ratings().take(MOST_COLUMNS).collect();
    let measured = in_order(&view.figures.children).into_iter().filter(|child| child.unit.kind != UnitKind::Line);
    let units: Vec<&ChildFigures> = measured.take(MOST_ROWS).collect();
    if units.len() < 2 || rated.len() < 2 || units.iter().all(|child| child.items.is_empty()) {
        return None;
    }
    let mut groups: Vec<HeatGroup> = Vec::new();
    let mut last = None;
    for child in &units {
        let group = child.unit.kind.group();
        if last != Some(group) {
            groups.push(HeatGroup { name: parts::group(group).get(lang).into(), rows: Vec::new() });
            last = Some(group);
        }
        let cells = rated.iter().map(|(_, rating)| cell(view, item(child, &rating.code))).collect();
        if let Some(group) = groups.last_mut() {
            group.rows.push(HeatRow { name: child.unit.name.clone().into(), cells });
        }
    }
    if let [only] = groups.as_mut_slice() {
        only.name = "".into();
    }
    let map = HeatMap {
        id: "o".into(),
        title: chart::HEAT_MAP.get(lang).into(),
        columns: rated.iter().map(|(_, rating)| rating.label.get(lang).to_owned().into()).collect(),
        groups,
        reasons: vec![
            Standing::NotPublishable.label().get(lang).into(),
            chart::EMPTY.get(lang).into(),
            parts::ALL_ALIKE.get(lang).into(),
        ],
        words: HeatWords::of(lang),
    };
    let lead = parts::HEAT_MAP_LEAD.get(lang).into();
    let content = html! { (heat_map(&map)) (links(&[csv(view, File::Criteria)])) };
    Some(Part { title: chart::HEAT_MAP.get(lang).into(), lead: Some(lead), content })
}

fn item<'a>(child: &'a ChildFigures, code: &str) -> Option<&'a Estimate> {
    child.items.iter().find(|estimate| matches!(&estimate.what, What::Item(of) if of == code))
}

fn cell(view: &View<'_>, estimate: Option<&Estimate>) -> HeatCell {
    let Some(estimate) = estimate else { return HeatCell::Withheld(NO_ANSWERS) };
    match visible(estimate) {
        Visible::Nothing => HeatCell::Withheld(NO_ANSWERS),
        Visible::Few | Visible::NoInterval => HeatCell::Withheld(TOO_FEW),
        Visible::Masked(_) => HeatCell::Withheld(ALL_ALIKE),
        Visible::Shown { estimate: value, .. } => {
            let held = held(estimate, view.figures.is_line_agency());
            let sign = match standing(estimate, &held) {
                Standing::Met => Some(Mark::Met),
                Standing::NotMet => Some(Mark::NotMet),
                _ => None,
            };
            HeatCell::Value { percent: value * 100.0, label: decimal(view.lang, value * 100.0, 1).into(), sign }
        }
    }
}
