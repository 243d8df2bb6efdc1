//! Tests of the trend; [`example`] shows how a page fills it.

use super::*;

fn figure(label: &'static str, estimate: f64, low: f64, high: f64) -> TrendPeriod {
    let figure = TrendFigure::Figure {
        estimate,
        low,
        high,
        mark: Mark::Undetermined,
        label: format!("{estimate}%").into(),
        answers: "500".into(),
    };
    TrendPeriod { label: label.into(), figure, open: None, is_running: false }
}

fn gap(label: &'static str, words: &'static str) -> TrendPeriod {
    TrendPeriod { label: label.into(), figure: TrendFigure::Gap(words.into()), open: None, is_running: false }
}

/// Five quarters with a gap, a break, open feedback, a target that rose, and the last quarter still running.
fn example() -> Trend {
    let mut last = figure("Quý I/2027", 91.6, 88.8, 93.9);
    last.is_running = true;
    last.open = Some(TrendOpen { estimate: 95.1, label: "95,1%".into() });
    Trend {
        id: "dien-bien".into(),
        title: chart::TREND_QUARTERS.get(Lang::Vi).into(),
        description: "Mức độ hài lòng của năm quý, có khoảng tin cậy 95%.".into(),
        axis: chart::AXIS_SATISFACTION.get(Lang::Vi).into(),
        periods: vec![
            figure("Quý I/2026", 84.0, 80.1, 87.3),
            figure("Quý II/2026", 86.2, 83.0, 88.9),
            gap("Quý III/2026", "Chưa đủ số liệu để công bố"),
            figure("Quý IV/2026", 88.6, 86.1, 90.7),
            last,
        ],
        targets: vec![TrendTarget {
            label: "Chỉ tiêu của tỉnh (KH 15/KH-UBND ngày 12/01/2026)".into(),
            steps: vec![
                TargetStep { from: 0, to: 2, at: 85.0, short: "85%".into() },
                TargetStep { from: 3, to: 4, at: 90.0, short: "90%".into() },
            ],
        }],
        breaks: vec![TrendBreak {
            before: 1, reason: chart::series_break(Lang::Vi, "phiếu hỏi đã thay đổi").into()
        }],
        words: TrendWords::of(Lang::Vi),
    }
}

fn drawn(chart: &Trend) -> String {
    trend(chart).into_string()
}

#[test]
fn lines_and_bands_stop_at_gaps_and_breaks() {
    let mut chart = example();
    let svg = drawn(&chart);
    // Of five periods only the last two stand together: once narrow, once wide; the band in the legend is a rectangle.
    assert_eq!(svg.matches("<polygon class=\"band\"").count(), 2);
    assert_eq!(svg.matches("<polyline class=\"run\"").count(), 2);
    chart.breaks.clear();
    let svg = drawn(&chart);
    assert_eq!(svg.matches("<polygon class=\"band\"").count(), 4, "without the break the first two join too");
    chart.breaks.push(TrendBreak { before: 4, reason: "x".into() });
    assert_eq!(drawn(&chart).matches("<polygon class=\"band\"").count(), 2);
}

#[test]
fn every_figure_has_whiskers_and_its_sign() {
    let svg = drawn(&example());
    let figures = svg.matches("stroke-width=\"1.5\"></line>").count();
    assert_eq!(figures, 2 * 4 * 3, "a stem and two ends of four figures, narrow and wide");
    assert!(svg.contains("<title>Quý IV/2026: 88.6% (500)</title>"));
}

#[test]
fn a_gap_says_why_and_a_break_says_why() {
    let mut chart = example();
    chart.periods.extend([
        gap("1", "Kỳ này chưa có phiếu nào."),
        gap("2", "Chưa đủ số liệu để công bố"),
        gap("3", "Chưa đủ số liệu để công bố"),
        gap("4", "Chưa đủ số liệu để công bố"),
    ]);
    let svg = drawn(&chart);
    assert!(svg.contains("<b class=\"ref\">①</b> <span>Ngắt chuỗi: phiếu hỏi đã thay đổi</span>"));
    assert!(svg.contains("<b class=\"ref\">a</b> <span>Quý III/2026, 2 – 4: Chưa đủ số liệu để công bố</span>"));
    assert!(svg.contains("<b class=\"ref\">b</b> <span>1: Kỳ này chưa có phiếu nào.</span>"));
    assert_eq!(svg.matches(">b</text>").count(), 2, "the letter stands in both drawings");
}

#[test]
fn the_legend_names_what_occurs_and_nothing_else() {
    let svg = drawn(&example());
    for words in ["Dải: khoảng tin cậy 95%", "Chưa đủ cơ sở kết luận", "Góp ý mở", "Kỳ chưa kết thúc", "KH 15/KH-UBND"]
    {
        assert_eq!(svg.matches(words).count(), 1, "{words}");
    }
    assert!(!svg.contains("Chưa đạt"));
    let mut plain = example();
    plain.periods.truncate(2);
    let svg = drawn(&plain);
    assert!(!svg.contains("Góp ý mở") && !svg.contains("Kỳ chưa kết thúc"));
}

#[test]
fn a_period_that_still_runs_has_a_ring_and_a_dashed_line() {
    let svg = drawn(&example());
    assert_eq!(svg.matches("stroke-dasharray=\"3 2.5\"").count(), 3, "legend, narrow, wide");
    let mut closed = example();
    closed.periods[4].is_running = false;
    let svg = drawn(&closed);
    assert!(!svg.contains("stroke-dasharray=\"3 2.5\"") && !svg.contains("stroke-dasharray=\"5 4\""));
}

#[test]
fn a_target_rises_in_a_step_and_both_values_are_named() {
    let svg = drawn(&example());
    assert_eq!(svg.matches(">85%<").count(), 2);
    assert_eq!(svg.matches(">90%<").count(), 2);
    let risers = svg.matches("polyline class=\"target\"").count();
    assert_eq!(risers, 4, "two steps, narrow and wide");
}

#[test]
fn a_long_series_goes_on_in_further_drawings_and_loses_no_period() {
    let mut chart = example();
    chart.breaks.clear();
    chart.periods = (0..45).map(|_| figure("6/2026", 91.0, 88.0, 93.0)).collect();
    let svg = drawn(&chart);
    assert_eq!(svg.matches("<svg class=\"chart\"").count(), 3 + 2);
    assert_eq!(svg.matches("<title>6/2026: ").count(), 2 * 45);
    for id in ["id=\"dien-bien-1-t\"", "id=\"dien-bien-3-t\"", "id=\"dien-bien-w-2-t\""] {
        assert_eq!(svg.matches(id).count(), 1, "{id}");
    }
}

#[test]
fn broken_numbers_no_periods_and_a_single_one_still_draw() {
    let mut chart = example();
    chart.periods = vec![
        figure("1", f64::NAN, f64::NAN, f64::NAN),
        figure("2", 91.0, f64::NEG_INFINITY, f64::INFINITY),
        figure("3", f64::INFINITY, 1.0, 2.0),
    ];
    chart.periods[0].open = Some(TrendOpen { estimate: f64::NAN, label: "x".into() });
    chart.targets[0].steps = vec![
        TargetStep { from: 2, to: 1, at: 90.0, short: "x".into() },
        TargetStep { from: 0, to: usize::MAX, at: f64::NAN, short: "x".into() },
        TargetStep { from: usize::MAX, to: usize::MAX, at: 20.0, short: "x".into() },
    ];
    chart.breaks[0].before = usize::MAX;
    let svg = drawn(&chart);
    assert!(
        !svg.contains("\"NaN") && !svg.contains(",NaN") && !svg.contains("\"inf") && !svg.contains(",inf"),
        "{svg}"
    );
    for periods in [Vec::new(), vec![figure("1", 91.0, 88.0, 93.0)]] {
        chart.periods = periods;
        assert_eq!(drawn(&chart).matches("role=\"img\"").count(), 2);
    }
}

#[test]
fn words_stay_words_and_no_style_is_written_inline() {
    let mut chart = example();
    chart.breaks[0].reason = "<b>".into();
    chart.periods[0].label = "<i>".into();
    let svg = drawn(&chart);
    assert!(svg.contains("&lt;b&gt;") && svg.contains("&lt;i&gt;") && !svg.contains("<i>") && !svg.contains("style="));
}
