//! Commands on comments.

use anyhow::bail;

use super::say;
use crate::app::{self, Data};
use crate::collect::erase::{self, Erased};
use crate::config::Settings;
use crate::record::Receipt;
use crate::store::Opening;
use crate::words::Moment;

/// `thuocdo comment erase`.
pub(super) async fn erase(settings: &Settings, code: &str) -> anyhow::Result<()> {
    let Ok(receipt) = Receipt::parse(code) else {
        bail!("“{code}” is no receipt code: 16 characters, without I, L, O and U; read it again from the receipt")
    };
    let prepared = app::prepare(settings, Opening::Existing, Data::Real).await?;
    let done = erase::comment(&prepared.db, prepared.province, &receipt, Moment::now()).await?;
    match done {
        Erased::Erased => say("the comment is erased; the ratings of the form stay\n".as_bytes())?,
        Erased::NoComment => bail!("the form of this receipt holds no comment, or it was erased before"),
        Erased::Unknown => bail!("no form has this receipt code; read it again from the receipt"),
    }
    Ok(prepared.db.close().await?)
}
