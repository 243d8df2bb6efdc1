//! A file that was sent: first looked through, then imported.

use maud::{Markup, html};

use super::{IMPORTED, UPLOAD, about, may_import, page, paths_of, within};
use crate::registry::By;
use crate::registry::import::{CsvFile, ImportError, Kind, Mode, Refused, Report, Run, Source, import_within};
use crate::staff::{self, Token};
use crate::store::uploads::Upload;
use crate::text::office::uploads as words;
use crate::web::office::account::with;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::view::Wording;
use crate::web::view::office::{button, facts};
use crate::web::view::table::{Cell, Row, Table};

/// Lines shown before an import.
const LINES_SHOWN: usize = 5;

/// `POST /quan-tri/nhap/…`: every fault at once, or what the file would change. Nothing is written but the file itself.
pub(super) async fn check(mut desk: Desk, kind: Kind) -> Answer {
    let title = about(kind).0.get(desk.lang);
    let sent = desk.file.take().filter(|file| !file.bytes.is_empty());
    let problem = if may_import(&desk, kind) { words::NO_FILE } else { words::WHOLE_ONLY };
    let Some(file) = sent.filter(|_| may_import(&desk, kind)) else {
        return Ok(desk.refused(title, &page::body(&desk, kind, None, Some(problem))));
    };
    let source = Source { name: &file.name, bytes: &file.bytes };
    match run(&desk, kind, &source, Mode::DryRun).await {
        Ok(report) => {
            let first = first_lines(kind, &source);
            let upload = Upload { kind: kind.word().to_owned(), name: file.name, content: file.bytes };
            let name = upload.name.clone();
            let token = staff::keep_upload(&desk.office(), desk.signed.person.staff, upload).await?;
            Ok(desk.page(title, &preview(&desk, kind, &name, &report, &first, &token)))
        }
        Err(ImportError::Refused(refused)) => Ok(desk.refused(title, &faults(&desk, kind, &refused))),
        Err(ImportError::Fault(fault)) => Err(Stop::Fault(fault)),
    }
}

/// `POST /quan-tri/nhap/…/ghi`: the file that was looked through.
pub(super) async fn import(desk: Desk, kind: Kind) -> Answer {
    let title = about(kind).0.get(desk.lang);
    let token = Token::parse(desk.fields.get(UPLOAD)).filter(|_| may_import(&desk, kind)).ok_or(Stop::NotFound)?;
    let found = staff::find_upload(&desk.office(), desk.signed.person.staff, &token, kind.word()).await?;
    let file = found.ok_or(Stop::NotFound)?;
    let source = Source { name: &file.name, bytes: &file.content };
    match run(&desk, kind, &source, Mode::Write).await {
        Ok(report) => {
            staff::forget_upload(&desk.office(), &token).await?;
            let back = format!("{}?{IMPORTED}={}", paths_of(kind).page, report.rows);
            Ok(desk.done(&back, Done::Saved))
        }
        Err(ImportError::Refused(refused)) => Ok(desk.refused(title, &faults(&desk, kind, &refused))),
        Err(ImportError::Fault(fault)) => Err(Stop::Fault(fault)),
    }
}

async fn run(desk: &Desk, kind: Kind, source: &Source<'_>, mode: Mode) -> Result<Report, ImportError> {
    let run = Run { today: desk.today(), mode, by: By::Person(&desk.signed.person.email) };
    import_within(desk.db(), desk.province(), kind, source, run, within(desk)).await
}

/// The page of a file with faults: all of them, and the form again.
fn faults(desk: &Desk, kind: Kind, refused: &Refused) -> Markup {
    let lang = desk.lang;
    let rows = refused.problems.iter().map(|problem| {
        let column = problem.column.clone().map_or_else(|| words::WHOLE_LINE.get(lang).into(), Wording::from);
        Row {
            name: problem.line.to_string().into(),
            href: None,
            cells: vec![Cell::Words(column), Cell::Words(problem.what(lang).to_owned().into())],
        }
    });
    let table = Table {
        caption: words::FAULTS.get(lang).into(),
        head: [words::LINE, words::COLUMN, words::FAULT].map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: rows.collect(),
    };
    html! {
        div.summary role="alert" { p { strong { (refused.file) } } p { (refused.heading(lang)) } }
        (table.render())
        @if refused.more > 0 { p.note { (words::more(lang, refused.more)) } }
        (page::body(desk, kind, None, None))
    }
}

/// The first lines of a file as they were read, below their columns.
struct FirstLines {
    columns: Vec<String>,
    lines: Vec<Vec<String>>,
}

fn first_lines(kind: Kind, source: &Source<'_>) -> FirstLines {
    let file = kind.columns().and_then(|columns| CsvFile::read(source, columns).ok());
    let Some(file) = file else { return FirstLines { columns: Vec::new(), lines: Vec::new() } };
    let lines = file.lines().take(LINES_SHOWN);
    let lines = lines.map(|line| line.values().map(|(_, value)| value.to_owned()).collect()).collect();
    FirstLines { columns: file.columns().to_vec(), lines }
}

fn preview(desk: &Desk, kind: Kind, name: &str, report: &Report, first: &FirstLines, token: &Token) -> Markup {
    let lang = desk.lang;
    let real = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let shown = |n: usize| crate::text::number::count(lang, real(n));
    let fact = |say: crate::text::Say, n: usize| (Wording::from(say.get(lang)), html! { (shown(n)) });
    let paths = paths_of(kind);
    html! {
        h1 { (about(kind).0.get(lang)) ": " (words::PREVIEW.get(lang)) }
        p { (words::checked(lang, name, real(report.rows))) " " (words::NOTHING_YET.get(lang)) }
        @if report.added + report.changed == 0 { p.note { (words::NOTHING_NEW.get(lang)) } }
        (facts(&[
            fact(words::ROWS, report.rows),
            fact(words::ADDED, report.added),
            fact(words::CHANGED, report.changed),
            fact(words::UNCHANGED, report.unchanged),
        ]))
        @if !report.notes.is_empty() {
            h2 { (words::READINGS.get(lang)) }
            ul { @for note in &report.notes { li { (note.get(lang)) } } }
        }
        (button(&desk.to(paths.import), &with(desk.hidden(), UPLOAD, token.to_string()), &words::import_rows(lang, real(report.rows)), false))
        p { a href=(desk.to(paths.page)) { (words::ANOTHER.get(lang)) } }
        (table(words::FIRST_LINES.get(lang), first).render())
    }
}

fn table(caption: &'static str, first: &FirstLines) -> Table {
    let row = |values: &Vec<String>| Row {
        name: values.first().cloned().unwrap_or_default().into(),
        href: None,
        cells: values.iter().skip(1).map(|value| Cell::Words(value.clone().into())).collect(),
    };
    Table {
        caption: caption.into(),
        head: first.columns.iter().map(|column| column.clone().into()).collect(),
        rows: first.lines.iter().map(row).collect(),
    }
}
