//! The units below around their common level: a funnel and three groups instead of a league table.

use maud::{Markup, html};

use super::cells::in_line;
use super::children::in_order;
use super::csv::File;
use super::offices::csv;
use super::unit_page::View;
use super::verdict_words::thresholds;
use crate::publish::charts::{
    Funnel, FunnelLimits, FunnelPlace, FunnelTick, FunnelUnit, FunnelWords, TargetLine, count_ticks, funnel as draw,
};
use crate::publish::figures::{ChildFigures, FunnelFigures, FunnelPoint};
use crate::publish::visible::{Visible, visible};
use crate::statistics::units::Standing;
use crate::text::figure::change::{Group, WITHIN_ERROR};
use crate::text::number::{Goal, Share, count, decimal, share};
use crate::text::{chart, parts};
use crate::web::view::unit::Part;
use crate::web::view::{Wording, links};

/// A factor from which the units are said to differ by more than chance.
const NOTICED: f64 = 1.05;

/// The funnel, where there are units enough for one.
pub(super) fn funnel(view: &View<'_>) -> Option<Part<Markup>> {
    let lang = view.lang;
    let figures = view.figures.funnel.as_ref()?;
    let listed: Vec<(&ChildFigures, &FunnelPoint)> = in_order(&view.figures.children)
        .into_iter()
        .filter_map(|child| Some((child, figures.units.iter().find(|point| point.unit == child.unit.unit)?)))
        // A bound that stands in place of a share must not be drawn as that share.
        .filter(|(child, _)| {
            child.headline.as_ref().is_some_and(|estimate| matches!(visible(estimate), Visible::Shown { .. }))
        })
        .collect();
    let spread = (figures.factor >= NOTICED).then(|| parts::overdispersed(lang, &decimal(lang, figures.factor, 1)));
    let content = html! {
        p { (parts::common_level(lang, Share(figures.common))) @if let Some(spread) = &spread { " " (spread) } }
        (draw(&drawing(view, figures, &listed)))
        @for (group, standing) in GROUPS {
            h3 { (group.label().get(lang)) }
            (names(view, &listed, standing))
        }
        p.h { (WITHIN_ERROR.get(lang)) }
        (links(&[csv(view, File::Figures)]))
    };
    let lead = parts::FUNNEL_LEAD.get(lang).into();
    Some(Part { title: chart::FUNNEL.get(lang).into(), lead: Some(lead), content })
}

const GROUPS: [(Group, Standing); 3] = [
    (Group::Above, Standing::Above),
    (Group::Indistinct, Standing::Indistinguishable),
    (Group::Below, Standing::Below),
];

fn names(view: &View<'_>, listed: &[(&ChildFigures, &FunnelPoint)], standing: Standing) -> Markup {
    let own: Vec<&ChildFigures> =
        listed.iter().filter(|(_, point)| point.standing == standing).map(|(child, _)| *child).collect();
    html! {
        @if own.is_empty() { p { (parts::FUNNEL_NONE.get(view.lang)) } }
        @else {
            ul.names {
                @for child in own {
                    li {
                        a href=(view.address_of(&child.unit.code)) { (child.unit.name) }
                        ": " (in_line(view.lang, child.headline.as_ref()))
                    }
                }
            }
        }
    }
}

fn drawing(view: &View<'_>, figures: &FunnelFigures, listed: &[(&ChildFigures, &FunnelPoint)]) -> Funnel {
    let lang = view.lang;
    let percent = |(low, high): (f64, f64)| (low * 100.0, high * 100.0);
    let limits = figures.limits.iter().map(|at| FunnelLimits {
        n: at.answers,
        inner: percent(at.inner),
        outer: percent(at.outer),
    });
    let tick = |n: u32| FunnelTick { n: n.into(), label: count(lang, n.into()).into() };
    let common = share(lang, figures.common);
    let target = thresholds(&view.figures.targets.current).first().map(|threshold| TargetLine {
        at: threshold.value * 100.0,
        short: threshold.shown(lang).into(),
        label: chart::target_line_plain(lang, Goal(threshold.value)).into(),
    });
    Funnel {
        id: "pheu".into(),
        title: chart::FUNNEL.get(lang).into(),
        description: parts::common_level(lang, Share(figures.common)).into(),
        axis: chart::AXIS_SATISFACTION.get(lang).into(),
        centre: TargetLine {
            at: figures.common * 100.0,
            label: format!("{} {common}", chart::OVERALL.get(lang)).into(),
            short: common.into(),
        },
        target,
        limits: limits.collect(),
        ticks: count_ticks(listed.iter().map(|(_, point)| point.answers)).into_iter().map(tick).collect(),
        units: listed.iter().map(|(child, point)| unit(view, child, point)).collect(),
        words: FunnelWords::of(lang),
    }
}

fn unit(view: &View<'_>, child: &ChildFigures, point: &FunnelPoint) -> FunnelUnit {
    let place = match (point.standing, point.is_far) {
        (Standing::Indistinguishable, _) => FunnelPlace::Inside,
        (_, false) => FunnelPlace::Between,
        (_, true) => FunnelPlace::Outside,
    };
    let label: Wording = in_line(view.lang, child.headline.as_ref());
    FunnelUnit { name: child.unit.name.clone().into(), n: point.answers, percent: point.share * 100.0, label, place }
}
