//! Figures of other systems as people read them; the pages of results and those of the office show the same blocks.

use crate::index::official::{Qd766, Rated, Tt01};
use crate::publish::other_measures::{OtherMeasure, Reading};
use crate::text::measures::{self as words, indicators::indicator};
use crate::text::{Say, date, number};
use crate::web::view::Wording;
use crate::web::view::measures::MeasureBlock;
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{Indicator, Lang, Period, Written};

/// Most points of the rating of Circular 01/2018.
const TT01_MOST: f64 = 18.0;
/// Most points of Decision 766, and of its group 5.
const QD766_MOST: (f64, f64) = (100.0, 18.0);

/// The blocks of some measures.
pub(in crate::web) fn blocks(lang: Lang, measures: &[OtherMeasure]) -> Vec<MeasureBlock> {
    measures.iter().map(|measure| block(lang, measure)).collect()
}

fn block(lang: Lang, measure: &OtherMeasure) -> MeasureBlock {
    let name = words::name(measure.collector).get(lang);
    let fact = |say: Say, text: String| (Wording::from(say.get(lang)), Wording::from(text));
    MeasureBlock {
        name: name.into(),
        line: words::line(measure.collector).get(lang).into(),
        facts: vec![
            fact(words::COLLECTED_BY, words::collected_by(measure.collector).get(lang).to_owned()),
            fact(words::PERIOD, crate::text::capital(&date::period(lang, measure.period))),
        ],
        results: results(lang, name, &measure.reading),
        notes: notes(lang, measure),
        inputs: (words::INPUTS.get(lang).into(), inputs(lang, measure)),
    }
}

/// Why there is no interval, how it is computed, and the sentence of the report.
fn notes(lang: Lang, measure: &OtherMeasure) -> Vec<Wording> {
    let mut notes: Vec<Wording> = Vec::new();
    let mut say = |say: Say| notes.push(say.get(lang).into());
    match &measure.reading {
        Reading::Portal => say(words::NO_INTERVAL_CLICKS),
        Reading::Qd766(found) => {
            say(words::NO_INTERVAL_COUNT);
            say(words::HOW_5_4);
            let computed = |rated: &Rated| rated.points.is_some() && !rated.is_published;
            if computed(&found.on_time) || computed(&found.satisfied) {
                say(words::UNSOURCED);
            }
            notes.extend(report(lang, found, measure.period).map(Wording::from));
        }
        Reading::Tt01(..) => {
            say(words::NO_INTERVAL_POINTS);
            if measure.inputs.contains_key(&Indicator::Tt01Satisfied) {
                say(words::NO_INTERVAL_FORMS);
            }
        }
    }
    notes
}

/// The paragraph of a report about index 766.
fn report(lang: Lang, found: &Qd766, period: Period) -> Option<String> {
    Some(words::qd766(lang, &number::share(lang, found.procedures.rate?), period))
}

fn results(lang: Lang, name: &str, reading: &Reading) -> Option<Table> {
    let rows = match reading {
        Reading::Portal => return None,
        Reading::Qd766(found) => rows_766(lang, found),
        Reading::Tt01(found, band) => rows_tt01(lang, found, band.as_ref()),
    };
    let with_points = matches!(reading, Reading::Qd766(_));
    let head =
        if with_points { vec![words::ITEM, words::VALUE, words::POINTS] } else { vec![words::ITEM, words::POINTS] };
    Some(Table {
        caption: format!("{name}: {}", words::RESULT.get(lang).to_lowercase()).into(),
        head: head.into_iter().map(|say| say.get(lang).into()).collect(),
        rows,
    })
}

fn rows_766(lang: Lang, found: &Qd766) -> Vec<Row> {
    let dash = || Cell::Words(words::NOT_KNOWN.get(lang).into());
    let rated = |name: Say, rated: &Rated| Row {
        name: name.get(lang).into(),
        href: None,
        cells: if rated.not_applicable && !rated.is_published {
            vec![Cell::Span(words::NOT_APPLICABLE.get(lang).into())]
        } else {
            vec![rated.rate.map_or_else(dash, |rate| Cell::Number(percent(lang, rate).into())), points(lang, rated)]
        },
    };
    let whole = |name: Say, value: Option<f64>, most: f64| Row {
        name: name.get(lang).into(),
        href: None,
        cells: vec![
            Cell::Words("".into()),
            value.map_or_else(dash, |value| Cell::Number(of_most(lang, value, most).into())),
        ],
    };
    let mut rows = vec![
        rated(words::RATE_5_2, &found.on_time),
        rated(words::RATE_5_3, &found.satisfied),
        rated(words::RATE_5_4, &found.procedures),
    ];
    if let Some(rate) = found.in_time {
        let cells = vec![Cell::Number(percent(lang, rate).into()), Cell::Words("".into())];
        rows.push(Row { name: words::IN_TIME.get(lang).into(), href: None, cells });
    }
    rows.push(whole(words::GROUP_5, found.group, QD766_MOST.1));
    rows.push(whole(words::TOTAL_766, found.total, QD766_MOST.0));
    rows
}

fn points(lang: Lang, rated: &Rated) -> Cell {
    let how = if rated.is_published { words::PUBLISHED } else { words::COMPUTED }.get(lang);
    match rated.points {
        Some(points) => Cell::Number(format!("{} ({how})", of_most(lang, points, rated.maximum)).into()),
        None => Cell::Words(words::NOT_KNOWN.get(lang).into()),
    }
}

fn rows_tt01(lang: Lang, found: &Tt01, band: Option<&(String, String)>) -> Vec<Row> {
    let known = |value: Option<f64>| {
        value.map_or_else(
            || Cell::Words(words::NOT_KNOWN.get(lang).into()),
            |value| Cell::Number(of_most(lang, value, TT01_MOST).into()),
        )
    };
    let row = |name: Say, cell| Row { name: name.get(lang).into(), href: None, cells: vec![cell] };
    let band = band.map(|(vi, en)| if lang == Lang::Vi { vi } else { en }.clone());
    vec![
        row(words::TOTAL_SELF, known(found.own)),
        row(words::TOTAL_APPRAISED, known(found.appraised)),
        row(words::BAND, Cell::Words(band.unwrap_or_else(|| words::NOT_KNOWN.get(lang).to_owned()).into())),
    ]
}

fn inputs(lang: Lang, measure: &OtherMeasure) -> Table {
    let rows = measure.inputs.keys().filter_map(|of| {
        let value = measure.input(*of)?;
        let text = match of.written() {
            Written::Count => number::decimal(lang, value, 0),
            Written::Points(most) => format!("{}/{most}", number::as_written(lang, value)),
            Written::PerCent => number::share(lang, value / 100.0),
        };
        Some(Row { name: indicator(*of).get(lang).into(), href: None, cells: vec![Cell::Number(text.into())] })
    });
    let head = [words::ITEM, words::VALUE].map(|say| Wording::from(say.get(lang))).to_vec();
    let name = words::name(measure.collector).get(lang);
    let caption = format!("{name}: {}", words::INPUTS.get(lang).to_lowercase()).into();
    Table { caption, head, rows: rows.collect() }
}

/// A rate with two decimals, as the rule of Decision 766 has it.
fn percent(lang: Lang, rate: f64) -> String {
    format!("{}%", number::decimal(lang, rate * 100.0, 2))
}

fn of_most(lang: Lang, points: f64, most: f64) -> String {
    words::of_most(lang, &number::decimal(lang, points, 2), &number::as_written(lang, most))
}
