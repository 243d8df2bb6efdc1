//! A publication as a workbook: the figures with their names, the code book, the methods. Text is text; no cell is a formula.

use anyhow::Context;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use crate::bundle::{Frozen, Group, Publication, State};
use crate::questionnaire::{Edition, Item};
use crate::text::figure::level::level_short;
use crate::text::{Say, methods, publication as words};
use crate::words::{Lang, Level};

/// The workbook; `editions` are those of the publication by name.
pub fn workbook(publication: &Publication, editions: &[(String, Edition)], lang: Lang) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    // The same content is the same file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).context("a fixed day")?;
    book.set_properties(&DocProperties::new().set_title(&publication.title.vi).set_creation_datetime(&made));
    let head = Format::new().set_bold().set_text_wrap();
    figures(book.add_worksheet(), publication, editions, lang, &head)?;
    codebook(book.add_worksheet(), editions, lang, &head)?;
    method_card(book.add_worksheet(), publication, lang, &head)?;
    Ok(book.save_to_buffer()?)
}

fn heads(sheet: &mut Worksheet, row: u32, names: &[Say], lang: Lang, head: &Format) -> anyhow::Result<()> {
    for (column, name) in (0..).zip(names) {
        sheet.write_string_with_format(row, column, name.get(lang), head)?;
    }
    Ok(())
}

fn figures(
    sheet: &mut Worksheet,
    publication: &Publication,
    editions: &[(String, Edition)],
    lang: Lang,
    head: &Format,
) -> anyhow::Result<()> {
    sheet.set_name(words::SHEET_FIGURES.get(lang))?;
    let title = if lang == Lang::Vi { &publication.title.vi } else { &publication.title.en };
    sheet.write_string_with_format(0, 0, title, &Format::new().set_bold())?;
    let columns = [
        words::COL_UNIT,
        words::COL_PERIOD,
        words::COL_FIELD,
        words::COL_SOURCE,
        words::COL_WHAT,
        words::COL_N,
        words::COL_ESTIMATE,
        words::COL_LOW,
        words::COL_HIGH,
        words::COL_STATE,
        words::COL_VERDICT,
    ];
    heads(sheet, 2, &columns, lang, head)?;
    for (column, width) in (0..).zip([38.0, 24.0, 18.0, 20.0, 34.0, 9.0, 10.0, 10.0, 10.0, 26.0, 30.0]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(3, 1)?;
    let rows = publication.groups.iter().flat_map(|group| group.figures.iter().map(move |figure| (group, figure)));
    for (row, (group, figure)) in (3_u32..).zip(rows) {
        line(sheet, row, (publication, editions, lang), group, figure)?;
    }
    Ok(())
}

fn line(
    sheet: &mut Worksheet,
    row: u32,
    (publication, editions, lang): (&Publication, &[(String, Edition)], Lang),
    group: &Group,
    figure: &Frozen,
) -> anyhow::Result<()> {
    let unit = publication.unit(&group.unit).map_or(group.unit.as_str(), |unit| unit.name.as_str());
    let (from, to) = group.period.clone().unwrap_or_else(|| (publication.from.clone(), publication.to.clone()));
    let field = group.field.and_then(|id| publication.fields.iter().find(|field| field.id == id));
    let source = match Level::parse(&group.source) {
        Ok(level) => level_short(level).get(lang),
        Err(_headline) => words::COMPOSITE.get(lang),
    };
    let edition = editions.iter().find(|(name, _)| *name == group.run).map(|(_, edition)| edition);
    let texts = [unit, &format!("{from} – {to}"), field.map_or("", |field| &field.name), source];
    for (column, text) in (0..).zip(texts) {
        sheet.write_string(row, column, text)?;
    }
    sheet.write_string(row, 4, name_of(edition, figure, lang))?;
    if let Some(n) = figure.n {
        sheet.write_number(row, 5, count(n))?;
    }
    let shape = Format::new().set_num_format(if figure.statistic == "share" { "0.0%" } else { "0.0" });
    let (low, high) = figure.interval.clone().map_or((None, None), |(low, high)| (Some(low), Some(high)));
    for (column, text) in (6..).zip([figure.estimate.clone(), low, high]) {
        if let Some(number) = text.and_then(|text| text.parse::<f64>().ok()) {
            sheet.write_number_with_format(row, column, number, &shape)?;
        }
    }
    sheet.write_string(row, 9, state(figure.state).get(lang))?;
    let verdicts: Vec<String> = figure
        .verdicts
        .iter()
        .filter_map(|of| {
            let target = publication.targets.get(of.target)?;
            Some(format!("{} {}: {}", target.comparison, target.threshold, of.verdict.as_deref()?))
        })
        .collect();
    sheet.write_string(row, 10, verdicts.join("; "))?;
    Ok(())
}

fn name_of(edition: Option<&Edition>, figure: &Frozen, lang: Lang) -> String {
    if figure.kind == "composite" {
        return words::COMPOSITE.get(lang).to_owned();
    }
    let label = match edition.and_then(|edition| edition.item(&figure.what)) {
        Some(Item::Rating(rating)) => Some(&rating.label),
        Some(Item::Number(number)) => Some(&number.label),
        _ => None,
    };
    label.map_or_else(|| figure.what.clone(), |label| label.get(lang).to_owned())
}

const fn state(state: State) -> Say {
    match state {
        State::Shown => words::STATE_SHOWN,
        State::Suppressed => words::STATE_SUPPRESSED,
        State::AtLeast95 => words::STATE_ALL,
        State::AtMost5 => words::STATE_NONE,
        State::NoInterval => words::STATE_NO_INTERVAL,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers lie far below 2^53")]
fn count(n: u64) -> f64 {
    n as f64
}

fn codebook(sheet: &mut Worksheet, editions: &[(String, Edition)], lang: Lang, head: &Format) -> anyhow::Result<()> {
    sheet.set_name(words::SHEET_CODEBOOK.get(lang))?;
    let mut row = 0;
    for (name, edition) in editions {
        sheet.write_string_with_format(row, 0, format!("{name}: {}", edition.title().get(lang)), head)?;
        row += 1;
        for item in edition.items() {
            let (label, levels) = match item {
                Item::Rating(rating) => {
                    let levels = rating.scale.levels.iter();
                    let levels = levels.map(|level| format!("{} = {}", level.level, level.label.get(lang)));
                    (&rating.label, levels.collect::<Vec<_>>().join("; "))
                }
                Item::Number(number) => (&number.label, format!("{}–{}", number.min, number.max)),
                Item::Choice(_) | Item::Comment(_) => continue,
            };
            for (column, text) in (0..).zip([item.code(), label.get(lang), &levels]) {
                sheet.write_string(row, column, text)?;
            }
            row += 1;
        }
        row += 1;
    }
    sheet.set_column_width(1, 60)?;
    sheet.set_column_width(2, 90)?;
    Ok(())
}

fn method_card(sheet: &mut Worksheet, publication: &Publication, lang: Lang, head: &Format) -> anyhow::Result<()> {
    sheet.set_name(words::SHEET_METHOD.get(lang))?;
    sheet.set_column_width(0, 40)?;
    sheet.set_column_width(1, 110)?;
    let wrapped = Format::new().set_text_wrap();
    let mut row = 0;
    for method in publication.methods.iter().filter_map(|of| methods::find(&of.id)) {
        sheet.write_string_with_format(row, 0, format!("{} ({})", method.title.get(lang), method.id), head)?;
        sheet.write_string_with_format(row, 1, method.what.get(lang), &wrapped)?;
        row += 1;
        if let Some(formula) = &method.formula {
            sheet.write_string_with_format(row, 1, formula.get(lang), &wrapped)?;
            row += 1;
        }
    }
    for (name, text) in [
        ("thuocdo", publication.software.clone()),
        (words::HASH.get(lang), publication.hash()),
        (words::RECORD_STATE.get(lang), publication.checkpoint.as_ref().map_or_else(String::new, |of| of.root.clone())),
    ] {
        sheet.write_string(row, 0, name)?;
        sheet.write_string(row, 1, text)?;
        row += 1;
    }
    Ok(())
}
