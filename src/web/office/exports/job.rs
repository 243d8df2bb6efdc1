//! How far a file has come, and taking it.

use std::io::Read;

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue,
};
use actix_web::web::Bytes;
use futures_util::stream;
use maud::{Markup, html};

use super::PAGE;
use crate::export::{Handed, Jobs, State, Status};
use crate::text::office::exports as words;
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::view::office::button;

/// Seconds after which a page that shows progress asks again.
const AGAIN: HeaderValue = HeaderValue::from_static("2");
const REFRESH: HeaderName = HeaderName::from_static("refresh");
/// Bytes sent at a time.
const PIECE: usize = 64 * 1024;

/// `GET /quan-tri/xuat-du-lieu/{so}`.
pub(super) async fn show(desk: Desk) -> Answer {
    let status = desk.site().exports.status(desk.signed.person.staff, desk.part("so")).ok_or(Stop::NotFound)?;
    let lang = desk.lang;
    let main = html! {
        h1 { (words::JOB_TITLE.get(lang)) }
        p { code { (status.name) } }
        (progress(&desk, &status))
        p { (words::ONE_SERVER.get(lang)) }
        p.links { a href=(desk.to(PAGE)) { (words::AGAIN.get(lang)) } }
    };
    let mut answer = desk.page(words::JOB_TITLE.get(lang), &main);
    if matches!(status.state, State::Waiting | State::Running) {
        answer.headers_mut().insert(REFRESH, AGAIN);
    }
    Ok(answer)
}

fn progress(desk: &Desk, status: &Status) -> Markup {
    let lang = desk.lang;
    let Status { done, all, .. } = status;
    let bar = html! {
        p role="status" {
            label for="tien-do" { (words::PROGRESS.get(lang)) } " "
            progress id="tien-do" value=(done) max=(all) {}
            " " (words::written(lang, *done, *all))
        }
    };
    match status.state {
        State::Waiting => html! { p.note { (words::WAITING.get(lang)) } (bar) },
        State::Running => html! { p.note { (words::RUNNING.get(lang)) } (bar) },
        State::Failed => html! { p.note role="alert" { (words::FAILED.get(lang)) } },
        State::Ready(_) => html! {
            p.note.done role="status" { (words::READY.get(lang)) }
            p { (words::written(lang, *done, *all)) }
            (button(&desk.to(&format!("{PAGE}/{}/tai-ve", status.id)), &desk.hidden(), words::DOWNLOAD.get(lang), false))
        },
    }
}

/// `POST /quan-tri/xuat-du-lieu/{so}/tai-ve`: once the whole file was sent it is removed.
pub(super) async fn download(desk: Desk) -> Answer {
    let jobs = desk.site().exports.clone();
    let id = desk.part("so").to_owned();
    let handed = jobs.hand(desk.signed.person.staff, &id)?.ok_or(Stop::NotFound)?;
    let Handed { file, length, name, format } = handed;
    let sending = Sending { file, left: length, jobs, id };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, format.content_type()))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        // As it is: its length is told, and a workbook is compressed already.
        .insert_header((CONTENT_ENCODING, "identity"))
        .body(SizedStream::new(length, stream::unfold(sending, Sending::piece))))
}

/// A file on its way.
struct Sending {
    file: std::fs::File,
    left: u64,
    jobs: Jobs,
    id: String,
}

impl Sending {
    async fn piece(mut self) -> Option<(Result<Bytes, std::io::Error>, Self)> {
        if self.left == 0 {
            return None;
        }
        let read = actix_web::web::block(move || {
            let mut piece = vec![0; PIECE];
            let read = self.file.read(&mut piece);
            (self, read.map(|length| piece.into_iter().take(length).collect::<Vec<u8>>()))
        });
        let Ok((mut sending, read)) = read.await else { return None };
        let piece = match read {
            Ok(piece) if piece.is_empty() => Err(std::io::ErrorKind::UnexpectedEof.into()),
            read => read,
        };
        let length = piece.as_ref().map_or(0, |piece| u64::try_from(piece.len()).unwrap_or(0));
        sending.left = if piece.is_err() { 0 } else { sending.left.saturating_sub(length) };
        if piece.is_ok() && sending.left == 0 {
            sending.jobs.forget(&sending.id);
        }
        Some((piece.map(Bytes::from), sending))
    }
}
