//! A file on its way to whoever asked for it, piece by piece.

use std::fs::File;
use std::io::{Seek, SeekFrom};

use actix_web::body::SizedStream;
use actix_web::http::header::CONTENT_ENCODING;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use futures_util::stream;
use tokio::io::AsyncReadExt;

/// Bytes that are sent at once.
const PIECE: usize = 64 * 1024;

/// Sends a file from its beginning, as it is: its length is told, and what is compressed already is not again.
pub(super) fn sent(mut answer: HttpResponseBuilder, mut file: File) -> anyhow::Result<HttpResponse> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(0))?;
    let pieces = stream::try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(piece), file)))
    });
    answer.insert_header((CONTENT_ENCODING, "identity"));
    Ok(answer.body(SizedStream::new(length, Box::pin(pieces))))
}
