//! Commands that keep the data: `backup`, `restore`, `erase-comment`.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail};

use super::say;
use crate::app::{self, Data};
use crate::backup::{self, Header, Order, Progress};
use crate::collect::erase;
use crate::config::Settings;
use crate::record::{Receipt, ReceiptRefusal, hex};
use crate::store::{Database, Opening, file_of};
use crate::words::Moment;

/// `thuocdo backup`.
pub(super) async fn backup(settings: &Settings, file: &Path, replace: bool) -> anyhow::Result<()> {
    let db = Database::open(&settings.database, Opening::Unchanged).await?;
    let keys = settings.keys_if_there(db.file())?.map(|keys| keys.mark());
    let order = Order { file, replace, keys, today: Moment::now().day() };
    let began = Instant::now();
    let watched = Watched::begin();
    let saved = backup::save(&db, &order, &watched.progress).await;
    watched.end();
    let saved = saved?;
    let text = format!(
        "{}: {} bytes, {}, in {:.1} s\nsha256 {}\n",
        file.display(),
        saved.bytes,
        contents(&saved.header),
        began.elapsed().as_secs_f64(),
        hex(&saved.digest)
    );
    say(text.as_bytes())?;
    Ok(db.close().await?)
}

/// `thuocdo restore`.
pub(super) async fn restore(settings: &Settings, file: &Path, check: bool) -> anyhow::Result<()> {
    let began = Instant::now();
    let watched = Watched::begin();
    let restored = if check {
        backup::check(file, &watched.progress)
    } else {
        let (now, url) = (Moment::now(), settings.database.as_str());
        backup::restore(url, file, settings.province(), now, &watched.progress).await
    };
    watched.end();
    let restored = restored?;
    let seconds = began.elapsed().as_secs_f64();
    let header = &restored.header;
    let done = if check { "whole, nothing was restored" } else { "restored" };
    let text = format!(
        "{}: {done} ({}), in {seconds:.1} s\nsha256 {}\nwritten on {} by thuocdo {}\n",
        file.display(),
        contents(header),
        hex(&restored.digest),
        header.made,
        header.program
    );
    say(text.as_bytes())?;
    if !check {
        say(key_advice(settings, header)?.as_bytes())?;
    }
    Ok(())
}

/// How much a backup holds.
fn contents(header: &Header) -> String {
    let open = header.rows_of("response_open");
    format!("{} answers ({open} of them not sealed yet), {} rows", header.answers(), header.rows())
}

/// What to do about the key file, which is in no backup.
fn key_advice(settings: &Settings, header: &Header) -> anyhow::Result<String> {
    let database = file_of(&settings.database);
    let file = settings.key_file(database);
    let there = settings.keys_if_there(database)?.map(|keys| keys.mark());
    let file = file.display();
    Ok(match (&header.keys, there) {
        (Some(of_backup), Some(there)) if *of_backup == there => format!("keys: {file} belongs to it\n"),
        (Some(of_backup), Some(there)) => format!(
            "keys: {file} is another key file (mark {there}, the backup was made with {of_backup}); put the copy of the right \
             one in its place before the first start\n"
        ),
        (Some(of_backup), None) => format!(
            "keys: put the copy of the key file (mark {of_backup}) at {file} before the first start; without it a new one is \
             made, and forms that are open in browsers have to be opened again\n"
        ),
        (None, _) => format!("keys: the backup does not say which key file belongs to it; {file} will be used\n"),
    })
}

/// `thuocdo erase-comment`.
pub(super) async fn erase_comment(settings: &Settings, receipt: &str) -> anyhow::Result<()> {
    let receipt = Receipt::parse(receipt).map_err(|refusal| match refusal {
        ReceiptRefusal::Malformed => {
            anyhow!("“{receipt}” is no receipt: it has 16 letters and digits, as XXXX-XXXX-XXXX-XXXX")
        }
        ReceiptRefusal::Mistyped => anyhow!("one character of “{receipt}” is not as on the receipt; compare them"),
    })?;
    let prepared = app::prepare(settings, Opening::Existing, Data::Real).await?;
    let erased = erase::erase_comment(&prepared.db, prepared.province, &receipt, Moment::now()).await?;
    let done = match erased.before {
        Some(day) => format!("the comment of {receipt} had been erased on {} already\n", day.iso()),
        None => format!("the comment of {receipt} is erased; its answer stays\n"),
    };
    say(done.as_bytes())?;
    prepared.db.close().await.context("while closing the database")?;
    if !erased.is_wiped {
        bail!(
            "the text is in no table any more, but the files of the database may still hold it, because somebody (a backup?) \
             is reading what was there before; run the command again when that is done"
        );
    }
    Ok(())
}

/// Progress that is shown on a terminal, and nowhere else.
struct Watched {
    progress: Arc<Progress>,
    task: Option<tokio::task::JoinHandle<()>>,
}

impl Watched {
    fn begin() -> Self {
        let progress = Arc::new(Progress::default());
        let task = std::io::stderr().is_terminal().then(|| tokio::spawn(show(Arc::clone(&progress))));
        Self { progress, task }
    }

    fn end(self) {
        if let Some(task) = self.task {
            task.abort();
            // If standard error is gone nobody watches.
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

async fn show(progress: Arc<Progress>) {
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let _ = write!(std::io::stderr(), "\r\x1b[K{}", progress.line());
    }
}
