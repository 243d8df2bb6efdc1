//! Tests of the funnel plot; [`example`] shows how a page fills it.

use super::*;
use crate::text::number;

fn unit(name: &'static str, n: f64, percent: f64, place: FunnelPlace) -> FunnelUnit {
    FunnelUnit { name: name.into(), n, percent, label: format!("{percent}% ({n} phiếu)").into(), place }
}

/// Limits around 88% by the normal curve; whoever computes them for a page uses exact ones.
fn limits(n: f64) -> FunnelLimits {
    let spread = 100.0 * (0.88_f64 * 0.12 / n).sqrt();
    let around = |z: f64| ((88.0 - z * spread).max(0.0), (88.0 + z * spread).min(100.0));
    FunnelLimits { n, inner: around(1.96), outer: around(3.09) }
}

/// Five units, one of them below all limits, and a target of 90%.
fn example() -> Funnel {
    let units = vec![
        unit("Sở Tư pháp", 688.0, 89.2, FunnelPlace::Inside),
        unit("Xã Dốc Mây", 180.0, 71.3, FunnelPlace::Outside),
        unit("Xã Đồng Mận", 45.0, 82.2, FunnelPlace::Inside),
        unit("Phường Bến Cũ", 320.0, 92.8, FunnelPlace::Between),
        unit("Sở Xây dựng", 612.0, 87.4, FunnelPlace::Inside),
    ];
    let tick = |n: u32| FunnelTick { n: n.into(), label: number::count(Lang::Vi, n.into()).into() };
    Funnel {
        id: "pheu".into(),
        title: chart::FUNNEL.get(Lang::Vi).into(),
        description: "Mỗi điểm là một đơn vị.".into(),
        axis: chart::AXIS_SATISFACTION.get(Lang::Vi).into(),
        centre: TargetLine { at: 88.0, short: "88,0%".into(), label: "Mức chung 88,0%".into() },
        target: Some(TargetLine { at: 90.0, short: "90%".into(), label: "Chỉ tiêu 90% (KH 15/KH-UBND)".into() }),
        limits: (1..=60).map(|step| limits(f64::from(step * step) / 4.0 + 5.0)).collect(),
        ticks: count_ticks(units.iter().map(|unit| unit.n)).into_iter().map(tick).collect(),
        units,
        words: FunnelWords::of(Lang::Vi),
    }
}

fn drawn(plot: &Funnel) -> String {
    funnel(plot).into_string()
}

#[test]
fn the_description_says_that_units_inside_cannot_be_told_apart() {
    let svg = drawn(&example());
    let reading = chart::FUNNEL_READING.get(Lang::Vi);
    assert!(reading.contains("không phân biệt được với mức chung"));
    assert_eq!(svg.matches(&format!("Mỗi điểm là một đơn vị. {reading}</desc>")).count(), 2);
    assert_eq!(svg.matches(&format!("<span>{reading}</span>")).count(), 1, "and everybody can read it");
}

#[test]
fn each_place_has_a_shape_of_its_own_and_only_units_outside_are_named() {
    let svg = drawn(&example());
    assert_eq!(svg.matches("r=\"3.5\"").count(), 2 * 3 + 1);
    assert_eq!(svg.matches("M0-6L6").count(), 2 + 1);
    assert_eq!(svg.matches("M0-7.5L7.5").count(), 2 + 1);
    assert_eq!(svg.matches(">Xã Dốc Mây</text>").count(), 2);
    assert!(!svg.contains(">Phường Bến Cũ</text>"));
    assert_eq!(svg.matches("<title>Phường Bến Cũ: 92.8% (320 phiếu)</title>").count(), 2);
}

#[test]
fn a_name_without_room_becomes_a_number_with_a_list() {
    let mut plot = example();
    plot.units[1].name = "Trung tâm Phục vụ hành chính công xã Suối Trong và vùng phụ cận".into();
    let svg = drawn(&plot);
    assert_eq!(svg.matches(">1</text>").count(), 2);
    assert_eq!(svg.matches("<b class=\"ref\">1</b> <span>Trung tâm Phục vụ").count(), 2);
}

#[test]
fn the_legend_names_lines_limits_and_places() {
    let mut plot = example();
    let svg = drawn(&plot);
    for words in ["Mức chung 88,0%", "Giới hạn 95%", "Giới hạn 99,8%", "KH 15/KH-UBND"] {
        assert_eq!(
            svg.matches(&format!("<span>{words}")).count() + svg.matches(&format!("({words}")).count(),
            1,
            "{words}"
        );
    }
    plot.target = None;
    plot.limits.truncate(1);
    let svg = drawn(&plot);
    assert!(!svg.contains("KH 15") && !svg.contains("<span>Giới hạn 95%</span>") && !svg.contains("<polygon"));
}

#[test]
fn very_many_units_go_on_in_a_further_drawing() {
    let mut plot = example();
    plot.units = (0..600).map(|_| unit("Xã", 50.0, 88.0, FunnelPlace::Inside)).collect();
    let svg = drawn(&plot);
    assert_eq!(svg.matches("<svg class=\"chart\"").count(), 6);
    assert_eq!(svg.matches("<title>Xã: ").count(), 1_200);
    for id in ["id=\"pheu-1-t\"", "id=\"pheu-3-t\"", "id=\"pheu-w-2-d\""] {
        assert_eq!(svg.matches(id).count(), 1, "{id}");
    }
}

#[test]
fn broken_numbers_no_units_and_a_single_one_still_draw() {
    let mut plot = example();
    plot.units.push(unit("x", f64::NAN, 80.0, FunnelPlace::Outside));
    plot.units.push(unit("x", 0.0, 80.0, FunnelPlace::Outside));
    plot.units.push(unit("x", 30.0, f64::INFINITY, FunnelPlace::Outside));
    plot.limits.push(FunnelLimits { n: f64::NAN, inner: (f64::NAN, 1.0), outer: (f64::INFINITY, 2.0) });
    plot.limits.push(FunnelLimits { n: 20.0, inner: (f64::NAN, 1.0), outer: (f64::INFINITY, 2.0) });
    plot.ticks.push(FunnelTick { n: f64::NAN, label: "?".into() });
    plot.centre.at = f64::NAN;
    let svg = drawn(&plot);
    assert!(
        !svg.contains("\"NaN") && !svg.contains(",NaN") && !svg.contains("\"inf") && !svg.contains(",inf"),
        "{svg}"
    );
    assert!(!svg.contains(">x</text>") && !svg.contains(">?<"));
    for units in [Vec::new(), vec![unit("x", 30.0, 80.0, FunnelPlace::Outside)]] {
        plot.units = units;
        assert_eq!(drawn(&plot).matches("role=\"img\"").count(), 2);
    }
}

#[test]
fn words_stay_words_and_no_style_is_written_inline() {
    let mut plot = example();
    plot.units[1].name = "<b>".into();
    let svg = drawn(&plot);
    assert!(svg.contains("&lt;b&gt;") && !svg.contains("<b>") && !svg.contains("style="));
}
