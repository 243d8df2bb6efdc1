//! Commands on survey files.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};

use super::{IndexFormat, say};
use crate::analysis::{Progress, analyse as run};

/// `thuocdo analyse`.
pub(super) async fn analyse(design: PathBuf, data: PathBuf, format: IndexFormat) -> anyhow::Result<()> {
    let progress = Arc::new(Progress::default());
    let watched = std::io::stderr().is_terminal().then(|| tokio::spawn(show(Arc::clone(&progress))));
    let work = tokio::task::spawn_blocking(move || run(&design, &data, &progress));
    let result = work.await.context("the analysis stopped")?;
    if let Some(watched) = watched {
        watched.abort();
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
    let report = result.map_err(|problems| anyhow!("{problems}"))?;
    let text = match format {
        IndexFormat::Table => report.table(),
        IndexFormat::Json => report.json(),
        IndexFormat::Csv => report.csv().context("while writing CSV")?,
    };
    say(text.as_bytes())
}

/// Shows on a terminal how far the work has come, once it takes longer than a moment.
async fn show(progress: Arc<Progress>) {
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let _ = write!(std::io::stderr(), "\r\x1b[K{}", progress.line());
    }
}
