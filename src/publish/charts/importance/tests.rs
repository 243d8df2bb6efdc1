//! Tests of importance against performance; [`example`] shows how a page fills it.

use super::*;

fn item(label: &'static str, performance: f64, importance: f64, is_told: bool) -> ImportanceItem {
    ImportanceItem {
        label: label.into(),
        performance: (performance, (performance - 3.0, performance + 2.5)),
        importance: (importance, (importance - 0.09, importance + 0.08)),
        is_told,
    }
}

fn example() -> ImportancePlot {
    ImportancePlot {
        id: "uu-tien".into(),
        title: "Tiêu chí nào cần cải thiện trước".into(),
        description: "Mỗi điểm là một tiêu chí.".into(),
        mean_performance: 88.0,
        mean_importance: 0.48,
        items: vec![
            item("Thời gian chờ: 78,4%; mức liên hệ 0,64", 78.4, 0.64, true),
            item("Thái độ: 93,1%; mức liên hệ 0,47", 93.1, 0.47, false),
            item("Tiếp đón: 90,2%; mức liên hệ 0,35", 90.2, 0.35, true),
        ],
        words: ImportanceWords::of(Lang::Vi),
    }
}

#[test]
fn the_plot_says_that_association_is_no_cause_and_names_its_corners() {
    let svg = importance(&example()).into_string();
    assert!(svg.contains("không phải quan hệ nhân quả"), "{svg}");
    let flat = svg.replace("</text>", " ");
    for corner in ["Ưu tiên", "Giữ vững", "Theo dõi", "Có thể"] {
        assert!(flat.contains(corner), "{corner}");
    }
    assert_eq!(svg.matches(chart::CORNER_READING.get(Lang::Vi)).count(), 3, "in both drawings and below them");
    assert!(svg.contains(">0,40</text>") && !svg.contains(">0.40<"), "numbers as people read them");
}

#[test]
fn marks_that_cannot_be_told_are_broken_rings_and_every_mark_has_a_number_in_the_list() {
    let svg = importance(&example()).into_string();
    assert_eq!(svg.matches("stroke-width=\"3.5\"").count(), 2 * 2 + 1);
    assert_eq!(svg.matches("stroke-dasharray=\"3 2\"").count(), 2 + 1);
    for (at, item) in example().items.iter().enumerate() {
        assert!(svg.contains(&format!("<b class=\"ref\">{}</b> <span>{}</span>", at + 1, item.label)), "{svg}");
    }
    assert!(!svg.contains(" style="));
}

#[test]
fn odd_numbers_stay_within_the_area() {
    let mut plot = example();
    plot.items = vec![item("a", f64::NAN, f64::INFINITY, true), item("b", 250.0, -3.0, false)];
    let svg = importance(&plot).into_string();
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    let none = ImportancePlot { items: Vec::new(), ..example() };
    assert!(importance(&none).into_string().contains("</svg>"));
}
