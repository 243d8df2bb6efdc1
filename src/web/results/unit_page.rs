//! The public page of a unit or of the province, put together from its parts.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::criteria::criteria;
use super::headline::{headline, shown_source};
use super::period::{Choice, Chosen};
use super::surroundings::Surroundings;
use super::{children, comparison, levels, moved, offices, pooled, target_list, trend, volume, waiting};
use crate::index::{PeriodState, RULE};
use crate::publish::UnitFigures;
use crate::registry::InstalledEdition;
use crate::text::figure::change::{Break, series_break};
use crate::text::figure::level::level_long;
use crate::text::figure::note::GLOSS;
use crate::text::figure::withheld::{Withheld, withheld};
use crate::text::parts::measured_here;
use crate::text::{chart, date, figures, parts, site, unit as unit_words};
use crate::web::language;
use crate::web::view::unit::{Criteria, Part, UnitPage, unit};
use crate::web::view::{Fold, Link, Wording};
use crate::words::{Day, Lang};

/// What every part of the page needs.
#[derive(Debug, Clone, Copy)]
pub(in crate::web) struct View<'a> {
    /// Language.
    pub lang: Lang,
    /// The figures.
    pub figures: &'a UnitFigures,
    /// The unit's past, future and points.
    pub around: &'a Surroundings,
    /// Period and measure in addresses.
    pub choice: Choice,
    /// Today.
    pub today: Day,
    /// Whether the data are a simulation.
    pub is_simulated: bool,
    /// Path of this page, without period and language.
    pub path: &'a str,
    /// Address of the data file.
    pub csv: &'a str,
    /// Where the page stands.
    pub place: Place<'a>,
}

/// Where a page stands, and with it the pages it leads to.
#[derive(Debug, Clone, Copy)]
pub(in crate::web) enum Place<'a> {
    /// Among the public pages.
    Public,
    /// In the office of somebody who sees the units of these codes.
    Office(&'a BTreeSet<String>),
    /// A publication: everything on it was frozen, and this is the file of its figures.
    Published(&'a str),
}

/// Address of the dashboards of the office.
pub(in crate::web) const DASHBOARD: &str = "/quan-tri/so-lieu";
/// Query of the unit of a dashboard.
pub(in crate::web) const UNIT: &str = "don-vi";

/// What a page of the office has besides.
#[derive(Debug, Default)]
pub(in crate::web) struct Extra {
    /// In place of the unit's name.
    pub title: Option<Wording>,
    /// Below the period: what may be chosen.
    pub controls: Markup,
    /// Before all other parts.
    pub first: Vec<Part<Markup>>,
    /// After all other parts.
    pub last: Vec<Part<Markup>>,
}

impl View<'_> {
    /// The page of another unit in the same period and language.
    pub(in crate::web) fn address_of(&self, code: &str) -> String {
        let path = match self.place {
            Place::Office(held) if held.contains(code) => dashboard_path("", code),
            _ => return language::address(&self.choice.public().address(&unit_path(code)), self.lang),
        };
        language::address(&self.choice.address(&path), self.lang)
    }

    /// The address of one of this page's data files.
    pub(in crate::web) fn csv_file(&self, file: &str) -> String {
        let code = &self.figures.unit.code;
        let path = match self.place {
            Place::Public => format!("{}/{file}.csv", unit_path(code)),
            Place::Office(_) => dashboard_path(&format!("/{file}.csv"), code),
            Place::Published(csv) => return csv.to_owned(),
        };
        language::address(&self.choice.address(&path), self.lang)
    }
}

/// Path of a unit's page.
pub(in crate::web) fn unit_path(code: &str) -> String {
    format!("/don-vi/{}", percent_encoding::utf8_percent_encode(code, PATH_SEGMENT))
}

/// Path of a unit's dashboard, or of one of its files.
pub(in crate::web) fn dashboard_path(file: &str, code: &str) -> String {
    format!("{DASHBOARD}{file}?{UNIT}={}", percent_encoding::utf8_percent_encode(code, PATH_SEGMENT))
}

/// What may stand in a path segment as it is: codes of units are made of letters, digits and points.
const PATH_SEGMENT: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// The main part of the page.
pub(in crate::web) fn render(view: &View<'_>, extra: Extra) -> Markup {
    let lang = view.lang;
    let figures = view.figures;
    let source = shown_source(view);
    let (mut drawn, mut listed) = (None, None);
    if let Some(part) = source.and_then(|source| criteria(view, source)) {
        match part.chart {
            Some(chart) => {
                let content = Criteria { chart, data: part.data };
                drawn = Some(Part { title: part.title, lead: Some(part.lead), content });
            }
            None => listed = Some((part.title, part.lead, part.data)),
        }
    }
    let page = UnitPage {
        above: figures
            .above
            .iter()
            .rev()
            .map(|unit| Link { label: unit.name.clone().into(), href: view.address_of(&unit.code).into() })
            .collect(),
        above_name: site::UNIT_PART_OF.get(lang).into(),
        title: extra.title.unwrap_or_else(|| figures.unit.name.clone().into()),
        period: crate::text::capital(&period(view)).into(),
        elsewhere: elsewhere(view),
        controls: extra.controls,
        first: extra.first,
        last: extra.last,
        remarks: remarks(view),
        headline: headline(view),
        moved: moved::moved(view),
        contents: parts::CONTENTS.get(lang).into(),
        pooled: pooled::pooled(view),
        others: pooled::others(view),
        trend: trend::trends(view),
        volume: volume::volume(view),
        offices: offices::offices(view),
        fields: offices::fields(view),
        comparison: comparison::comparison(view),
        targets: target_list::targets(view),
        levels: levels::levels(view),
        level_sentences: levels::differences(view),
        criteria: drawn,
        children: children::children(view),
        waiting: source.and_then(|source| waiting::waiting(view, source)),
        attribution: Vec::new(),
        gloss: Fold { summary: figures::GLOSS_TITLE.get(lang).into(), paragraphs: vec![GLOSS.get(lang).into()] },
        caption: caption(view),
        downloads: vec![Link { label: chart::LINK_CSV.get(lang).into(), href: view.csv.to_owned().into() }],
    };
    html! {
        (unit(&page))
        @if let Some((title, lead, data)) = &listed {
            section { h2 { (title) } p { (lead) } (data.table.render()) }
        }
        @if matches!(view.place, Place::Public) {
            (points(view))
            (crate::web::public::cases::link(lang, &figures.unit.code))
        }
    }
}

/// The period with its days; one that rolls by its length, too.
fn period(view: &View<'_>) -> String {
    let days = date::period(view.lang, view.figures.period);
    match view.choice.period {
        Some(rolling @ Chosen::Rolling(..)) => format!("{} ({days})", rolling.label(view.lang)),
        _ => days,
    }
}

/// Other periods, then the units that came after.
fn elsewhere(view: &View<'_>) -> Vec<Link> {
    let lang = view.lang;
    let after = view.around.successors.iter().map(|unit| Link {
        label: site::unit_now(lang, &unit.name).trim_end_matches('.').to_owned().into(),
        href: view.address_of(&unit.code).into(),
    });
    // The office chooses by its own form.
    if matches!(view.place, Place::Office(_) | Place::Published(_)) {
        return after.collect();
    }
    let now = view.choice.period.unwrap_or_else(|| Chosen::year_of(view.figures.period.to));
    let periods = now.others(view.today).into_iter().map(|other| Link {
        label: crate::text::capital(&other.label(lang)).into(),
        href: language::address(&view.choice.in_period(other).address(view.path), lang).into(),
    });
    let measures =
        view.figures.measures.iter().filter(|measure| **measure != view.figures.measure).map(|measure| Link {
            label: format!("{}: {}", parts::OTHER_MEASURES.get(lang), measured_here(*measure).get(lang)).into(),
            href: language::address(&view.choice.of_measure(*measure).address(view.path), lang).into(),
        });
    after.chain(periods).chain(measures).collect()
}

/// What the reader has to know before the figure.
fn remarks(view: &View<'_>) -> Vec<Wording> {
    let lang = view.lang;
    let figures = view.figures;
    let mut remarks: Vec<String> = Vec::new();
    if figures.is_line_agency() {
        remarks.push(format!(
            "{}. {}",
            crate::text::capital(site::OUT_OF_SCOPE.get(lang)),
            site::OUT_OF_SCOPE_NOTE.get(lang)
        ));
    }
    if let Some(last) = view.around.ended {
        remarks.push(format!("{} {}", site::UNIT_NO_LONGER.get(lang), site::unit_until(lang, last)));
    }
    let began = view.around.began.filter(|first| figures.period.from.plus(-366) < *first);
    if let Some(first) = began.filter(|_| !view.around.predecessors.is_empty()) {
        let before = site::unit_before(lang, &view.around.predecessors.join(", "));
        remarks.push(format!("{} {before}", series_break(lang, Break::Reorganised(first))));
    }
    let is_succeeded = |edition: &InstalledEdition| {
        figures.others.iter().any(|other| other.edition.edition.code() == edition.edition.code())
    };
    if let Some(edition) = figures.edition.as_ref().filter(|edition| is_succeeded(edition)) {
        let since = figures::before(lang, edition.first_day);
        remarks.push(series_break(lang, Break::Questionnaire(&since)));
    }
    remarks.extend(figures.disputed.iter().map(|one| {
        let n = u64::try_from(one.disputes).unwrap_or(u64::MAX);
        withheld(lang, Withheld::Disputed { month: one.first_day(), n, share: one.share() }).to_string()
    }));
    remarks.extend(figures.corrected.map(|day| parts::corrected(lang, day)));
    if figures.state == PeriodState::Rolling {
        remarks.push(parts::ROLLS.get(lang).to_owned());
    }
    if let Some(field) = &figures.field_name {
        remarks.push(parts::only_field(lang, field));
    }
    if let Some(level) = figures.only.level {
        remarks.push(parts::only_level(lang, level_long(level).get(lang)));
    }
    let mut running = Vec::new();
    if figures.state == PeriodState::Running {
        running.push(site::PERIOD_RUNNING.get(lang).to_owned());
    }
    running.extend(figures.counted_through.map(|day| site::as_of(lang, day)));
    if view.is_simulated && figures.state == PeriodState::Running {
        running.push(figures::SIMULATED_AT_ONCE.get(lang).to_owned());
    }
    if !running.is_empty() {
        remarks.push(running.join(" "));
    }
    remarks.into_iter().map(Into::into).collect()
}

/// Source, period, questionnaire, formula and rule.
fn caption(view: &View<'_>) -> Vec<Wording> {
    let lang = view.lang;
    let collector = view.around.collector.as_str();
    let Some(installed) = &view.figures.edition else {
        return vec![format!("{} {}", chart::source(lang, collector), chart::period(lang, view.figures.period)).into()];
    };
    let edition = &installed.edition;
    let formula = figures::formula(edition.aggregation().word()).get(lang);
    let parts = chart::Caption {
        collector,
        period: view.figures.period,
        questionnaire: (edition.title().get(lang), &edition.version().to_string()),
        method: (formula, RULE),
    };
    vec![chart::caption(lang, &parts).into()]
}

/// The unit's own points: each with its form and its poster.
fn points(view: &View<'_>) -> Markup {
    let lang = view.lang;
    html! {
        @if !view.around.points.is_empty() {
            section {
                h2 { (unit_words::POINTS.get(lang)) }
                ul {
                    @for point in &view.around.points {
                        li {
                            (point.name) ": "
                            a href=(language::address(&format!("/q/{}", point.code), lang)) { (site::FORM_LINK.get(lang)) }
                            " · "
                            a href=(format!("/q/{}/ap-phich", point.code)) { (site::POSTER_LINK.get(lang)) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, Given};
    use super::*;
    use crate::words::{Level, UnitKind};

    #[test]
    fn the_page_holds_figure_criteria_children_and_method() {
        let mut figures =
            sample::figures(&[Given(Level::B, 470, 500), Given(Level::D, 990, 1_000)], PeriodState::Running);
        figures.children = vec![sample::child(1, "Xã A", UnitKind::Commune, (450, 500), (990, 1_000))];
        let text = render(&sample::view(&figures), Extra::default()).into_string();
        for part in
            ["94,0%", "Theo tiêu chí", "Xã A", "Theo nguồn", "≥ 90%", "nơi tiếp nhận", "verdict-1", "so-lieu.csv"]
        {
            assert!(text.contains(part), "{part} is missing");
        }
        assert!(text.contains("/don-vi/MH.1"), "{text}");
    }

    #[test]
    fn a_unit_of_a_line_agency_is_marked_and_not_judged() {
        let mut figures = sample::figures(&[Given(Level::B, 300, 500)], PeriodState::Closed);
        figures.unit.kind = UnitKind::Line;
        let text = render(&sample::view(&figures), Extra::default()).into_string();
        assert!(text.contains("Ngoài phạm vi đo của tỉnh") && !text.contains("Chưa đạt chỉ tiêu"));
    }

    #[test]
    fn a_unit_that_no_longer_exists_leads_to_its_successors() {
        let figures = sample::figures(&[], PeriodState::Closed);
        let around = Surroundings {
            ended: Day::of(2026, 6, 30),
            successors: vec![sample::unit(9, "Xã Mới", UnitKind::Commune)],
            ..Surroundings::default()
        };
        let view = View { around: &around, ..sample::view(&figures) };
        let text = render(&view, Extra::default()).into_string();
        assert!(text.contains("không còn hoạt động") && text.contains("/don-vi/MH.9") && text.contains("Xã Mới"));
    }

    #[test]
    fn addresses_keep_period_and_language() {
        let figures = sample::figures(&[], PeriodState::Closed);
        let view = View { lang: Lang::En, choice: Choice::of_query("ky=2026-q3"), ..sample::view(&figures) };
        assert_eq!(view.address_of("MH.X 5"), "/don-vi/MH.X%205?ky=2026-q3&lang=en");
    }
}
