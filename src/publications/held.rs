//! Published versions held in memory: they never change, so they are read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use anyhow::Context;

use super::thaw::thaw;
use crate::bundle::{Approval, Publication};
use crate::publish::UnitFigures;
use crate::record::Note;
use crate::registry::Snapshot;
use crate::store::Database;
use crate::store::publications::{self as stored, StoredPublication};

/// Versions held at most; beyond it everything is forgotten and read again.
const MOST_HELD: usize = 200;

/// A version with everything its page shows.
#[derive(Debug)]
pub struct Published {
    /// The content.
    pub publication: Publication,
    /// The content as figures.
    pub figures: UnitFigures,
    /// Who approved it.
    pub approval: Approval,
    /// The canonical bytes.
    pub canonical: Vec<u8>,
}

/// The versions, by name.
#[derive(Debug, Default)]
pub struct HeldPublications {
    versions: Mutex<HashMap<(String, i32), Arc<Published>>>,
    lists: Mutex<Option<(i64, Arc<Vec<StoredPublication>>)>>,
}

impl HeldPublications {
    /// All versions that were ever submitted, the latest first; read again when something was approved.
    pub async fn list(&self, db: &Database, snapshot: &Snapshot) -> anyhow::Result<Arc<Vec<StoredPublication>>> {
        let revision = snapshot.installation.revision;
        let held = self.lists.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        if let Some((_, list)) = held.filter(|(known, _)| *known == revision) {
            return Ok(list);
        }
        let list = stored::list(db.reader(), snapshot.province).await.context("while reading the publications")?;
        let list = Arc::new(list);
        *self.lists.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some((revision, list.clone()));
        Ok(list)
    }

    /// An approved version; `None` where there is none.
    pub async fn version(
        &self,
        db: &Database,
        snapshot: &Snapshot,
        (slug, version): (&str, i32),
    ) -> anyhow::Result<Option<Arc<Published>>> {
        let key = (slug.to_owned(), version);
        if let Some(held) = self.versions.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(&key) {
            return Ok(Some(held.clone()));
        }
        let found = stored::contents(db.reader(), snapshot.province, slug, version).await;
        let Some(contents) = found.context("while reading a publication")? else { return Ok(None) };
        let Some(approval) = contents.approval else { return Ok(None) };
        let publication = Publication::read(&contents.canonical).context("while reading a publication")?;
        let figures = thaw(snapshot, &publication).context("the publication names what is not there")?;
        let approval = Note::parse(&approval).and_then(|note| Approval::parse(note.text()));
        let approval = approval.context("the approval cannot be read")?;
        let published = Arc::new(Published { publication, figures, approval, canonical: contents.canonical });
        let mut held = self.versions.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if held.len() >= MOST_HELD {
            held.clear();
        }
        held.insert(key, published.clone());
        Ok(Some(published))
    }
}
