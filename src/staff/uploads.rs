//! Files that somebody has uploaded and looked through, and not imported yet.

use anyhow::Context;

use super::{Office, Token};
use crate::store::uploads::{self as stored, Upload};
use crate::words::StaffId;

/// Keeps a file for a person, under a number nobody guesses; an earlier one of that person is forgotten.
pub async fn keep_upload(office: &Office<'_>, staff: StaffId, upload: Upload) -> anyhow::Result<Token> {
    let token = Token::random();
    let tx = office.db.begin().await.context("while taking the turn to write")?;
    stored::keep(&tx, office.province, &token.hash(), staff, upload, office.now)
        .await
        .context("while keeping an upload")?;
    tx.commit().await.context("while committing")?;
    Ok(token)
}

/// The file of this kind that a person uploaded under this number.
pub async fn find_upload(
    office: &Office<'_>,
    staff: StaffId,
    token: &Token,
    kind: &str,
) -> anyhow::Result<Option<Upload>> {
    let found = stored::find(office.db.reader(), office.province, &token.hash(), staff).await;
    Ok(found.context("while looking for an upload")?.filter(|upload| upload.kind == kind))
}

/// Forgets a file.
pub async fn forget_upload(office: &Office<'_>, token: &Token) -> anyhow::Result<()> {
    let tx = office.db.begin().await.context("while taking the turn to write")?;
    stored::forget(&tx, office.province, &token.hash()).await.context("while forgetting an upload")?;
    tx.commit().await.context("while committing")
}
