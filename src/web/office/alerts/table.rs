//! Alerts of counters and units as a table, wherever they are shown.

use crate::index::alerts::Sign;
use crate::publish::alerts::{Alert, Item};
use crate::text::figure::{self, Signal, level_short};
use crate::text::number::Share;
use crate::text::office::alerts as words;
use crate::text::{Say, date};
use crate::web::view::Wording;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::Lang;

/// Answers of either kind below which no number is shown.
const FEWEST: u64 = 10;

/// The table; `href` says where the name of an alert leads.
pub(in crate::web) fn table(
    lang: Lang,
    caption: Wording,
    alerts: &[Alert],
    href: impl Fn(&Alert) -> Option<String>,
) -> Table {
    let row = |alert: &Alert| Row {
        name: name(lang, alert).into(),
        href: href(alert).map(Wording::from),
        cells: vec![
            Cell::Words(sentence(lang, alert).into()),
            Cell::Words(alert.item.as_ref().map_or_else(|| "–".to_owned(), |item| lowest(lang, item)).into()),
            Cell::Words(level_short(alert.level).get(lang).into()),
            Cell::Words(date::short(lang, alert.day).into()),
        ],
    };
    let head: [Say; 5] = [words::WHERE, words::SIGNAL, words::LOWEST, words::LEVEL, words::MOMENT];
    Table {
        caption,
        head: head.map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: alerts.iter().map(row).collect(),
    }
}

/// The counter with its unit, or the unit with what is taken together.
pub(in crate::web) fn name(lang: Lang, alert: &Alert) -> String {
    match &alert.point {
        Some(point) => format!("{point}, {}", alert.unit.name),
        None => words::together(lang, &alert.unit.name),
    }
}

/// What is found, in a sentence.
pub(in crate::web) fn sentence(lang: Lang, alert: &Alert) -> String {
    let signal = match alert.sign {
        Sign::Look => return words::marked(lang, alert.level, alert.since.unwrap_or(alert.day), alert.target),
        Sign::Good => Signal::Good,
        Sign::Unclear => Signal::Unclear,
        Sign::TooFew => Signal::TooFew,
    };
    figure::signal(lang, signal, alert.target)
}

/// The lowest item with its number; neither part of it is shown below ten.
pub(in crate::web) fn lowest(lang: Lang, item: &Item) -> String {
    let Item { satisfied, answered, .. } = *item;
    let number = if answered < FEWEST {
        return item.name(lang).to_owned();
    } else if satisfied < FEWEST {
        words::few_satisfied(lang, FEWEST, answered)
    } else if answered.saturating_sub(satisfied) < FEWEST {
        words::few_unsatisfied(lang, answered)
    } else {
        words::share_of(lang, part(satisfied, answered), satisfied, answered)
    };
    format!("{}: {number}", item.name(lang))
}

fn part(n: u64, of: u64) -> Share {
    let real = |n: u64| u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
    Share(real(n) / real(of).max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_below_ten_is_a_number() {
        let told = |satisfied, answered| {
            let item = Item { vi: "Thái độ".to_owned(), en: "Attitude".to_owned(), satisfied, answered };
            lowest(Lang::Vi, &item)
        };
        assert_eq!(told(30, 40), "Thái độ: 75,0% (30 trên 40 phiếu)");
        assert_eq!(told(31, 40), "Thái độ: gần toàn bộ 40 phiếu hài lòng");
        assert_eq!(told(40, 40), "Thái độ: gần toàn bộ 40 phiếu hài lòng");
        assert_eq!(told(9, 40), "Thái độ: dưới 10 trên 40 phiếu hài lòng");
        assert_eq!(told(3, 9), "Thái độ");
    }
}
