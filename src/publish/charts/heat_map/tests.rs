//! Tests of the heat map; [`example`] shows how a page fills it.

use super::*;

fn value(percent: f64, label: &'static str, sign: Option<Mark>) -> HeatCell {
    HeatCell::Value { percent, label: label.into(), sign }
}

fn row(name: &'static str, cells: Vec<HeatCell>) -> HeatRow {
    HeatRow { name: name.into(), cells }
}

/// Two groups of units, five criteria, one cell that may not be published and one that nobody answered.
fn example() -> HeatMap {
    HeatMap {
        id: "tieu-chi-don-vi".into(),
        title: chart::HEAT_MAP.get(Lang::Vi).into(),
        columns: ["Đón tiếp", "Chờ", "Thái độ", "Thời gian", "Chất lượng"].map(Wording::from).to_vec(),
        groups: vec![
            HeatGroup {
                name: "Sở, ban, ngành".into(),
                rows: vec![row(
                    "Sở Tư pháp",
                    vec![
                        value(94.2, "94,2", Some(Mark::Met)),
                        value(81.0, "81,0", Some(Mark::NotMet)),
                        value(90.4, "90,4", None),
                        HeatCell::Withheld(0),
                        HeatCell::Withheld(1),
                    ],
                )],
            },
            HeatGroup {
                name: "".into(),
                rows: vec![row("Xã Dốc Mây", vec![value(72.5, "72,5", Some(Mark::NotMet)), HeatCell::Withheld(0)])],
            },
        ],
        reasons: vec!["Chưa đủ số liệu để công bố".into(), chart::EMPTY.get(Lang::Vi).into()],
        words: HeatWords::of(Lang::Vi),
    }
}

fn drawn(map: &HeatMap) -> String {
    heat_map(map).into_string()
}

#[test]
fn every_number_is_printed_upon_its_shade() {
    let html = drawn(&example());
    assert!(html.contains("<td class=\"k7\">90,4</td>") || html.contains("<td class=\"k6\">90,4</td>"), "{html}");
    assert!(html.contains(">72,5<svg role=\"img\" aria-label=\"Cả khoảng tin cậy nằm dưới chỉ tiêu\""));
    let shade = |number: &str| {
        let at = html.find(&format!("\">{number}")).unwrap();
        html[..at].rsplit("class=\"k").next().unwrap().parse::<u8>().unwrap()
    };
    assert!(shade("72,5") < shade("81,0") && shade("81,0") < shade("94,2"));
}

#[test]
fn a_withheld_cell_shows_a_dash_and_the_letter_of_its_reason() {
    let mut map = example();
    let html = drawn(&map);
    assert_eq!(html.matches("<td class=\"hatched\">–<sup>a</sup></td>").count(), 2);
    assert!(html.contains("<b class=\"ref\">– b</b> <span>Chưa có số liệu trong kỳ này</span>"));
    map.reasons.truncate(1);
    map.groups[0].rows[0].cells.truncate(4);
    let html = drawn(&map);
    assert_eq!(html.matches("<td class=\"hatched\">–</td>").count(), 2, "one reason needs no letter");
}

#[test]
fn rows_and_columns_have_heads_and_missing_cells_stay_empty() {
    let html = drawn(&example());
    assert_eq!(html.matches("scope=\"col\"").count(), 6);
    assert_eq!(html.matches("scope=\"row\"").count(), 2);
    assert_eq!(html.matches("scope=\"rowgroup\"").count(), 1, "an empty heading is none");
    assert_eq!(html.matches("<td></td>").count(), 3);
    assert!(html.contains("tabindex=\"0\" role=\"region\" aria-labelledby=\"tieu-chi-don-vi-1\""));
}

#[test]
fn many_columns_have_numbers_with_a_list_and_go_on_in_a_further_table() {
    let mut map = example();
    let html = drawn(&map);
    assert!(html.contains("<div class=\"narrow\"><ul class=\"key\"><li><b class=\"ref\">1</b> <span>Đón tiếp</span>"));
    assert!(html.contains("aria-label=\"2. Chờ\"><span class=\"narrow\">2</span><span class=\"wide\">Chờ</span>"));
    map.columns = (0..24).map(|n| Wording::from(format!("Tiêu chí {n}"))).collect();
    let html = drawn(&map);
    assert_eq!(html.matches("<table").count(), 3);
    assert!(html.contains("Tiêu chí × đơn vị (3/3)") && html.contains("aria-label=\"24. Tiêu chí 23\""));
    assert_eq!(html.matches("id=\"tieu-chi-don-vi-2\"").count(), 1);
    assert_eq!(html.matches("<span>Tiêu chí 23</span>").count(), 1, "once in the list");
    assert_eq!(html.matches("<span class=\"wide\">Tiêu chí ").count(), 24, "no column is lost");
    map.columns.truncate(3);
    assert!(!drawn(&map).contains("aria-label=\"1. "));
}

#[test]
fn broken_numbers_and_an_empty_map_still_draw() {
    let mut map = example();
    map.groups[0].rows[0].cells[0] = value(f64::NAN, "–", None);
    map.groups[0].rows[0].cells[1] = value(f64::INFINITY, "–", None);
    let html = drawn(&map);
    assert!(!html.contains("NaN") && !html.contains("inf") && html.contains("<td>–</td>"));
    map.groups.clear();
    assert!(!drawn(&map).contains("class=\"k1") && !drawn(&map).contains("<td"));
    map.columns.clear();
    assert_eq!(drawn(&map).matches("<table").count(), 1);
}

#[test]
fn words_stay_words_and_no_style_is_written_inline() {
    let mut map = example();
    map.columns[0] = "<b>".into();
    let html = drawn(&map);
    assert!(html.contains("&lt;b&gt;") && !html.contains("style="));
}
