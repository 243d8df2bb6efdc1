//! What two persons decided about the form of a receipt: that it counts elsewhere, or that it is not counted.

use anyhow::Context;

use crate::record::Receipt;
use crate::registry::Snapshot;
use crate::store::answers;
use crate::text::{decision, refusal as words};
use crate::web::site::Site;
use crate::web::view::Wording;
use crate::words::{Channel, Day, Lang, Level, PointId};

/// Where the form came in.
type Source = (PointId, Level, Channel);

/// Adds what was decided to what the receipt's page says. A form that is excluded is told to be so, in place of the words that
/// it counts; one that was taken back counts as usual.
pub(super) async fn tell(
    sentences: &mut Vec<Wording>,
    site: &Site,
    snapshot: &Snapshot,
    receipt: &Receipt,
    lang: Lang,
) -> anyhow::Result<()> {
    let day = receipt.day();
    let is_moved = snapshot.moves.iter().any(|known| known.moved.days.contains(day));
    let mut in_force = snapshot.exclusions.iter().filter(|known| known.is_in_force());
    if !is_moved && !in_force.any(|known| known.exclusion.days.contains(day)) {
        return Ok(());
    }
    let source = answers::source_of(site.db.reader(), snapshot.province, receipt)
        .await
        .context("while looking for the point of a receipt")?;
    let Some(source) = source else { return Ok(()) };
    if let Some(told) = excluded(snapshot, source, day, lang) {
        *sentences = vec![told.into()];
    }
    sentences.extend(moved(snapshot, source, day, lang).map(Wording::from));
    Ok(())
}

/// Why the form is not counted.
fn excluded(snapshot: &Snapshot, source: Source, day: Day, lang: Lang) -> Option<String> {
    let takes = |known: &&crate::registry::exclusions::ApprovedExclusion| {
        known.is_in_force() && known.exclusion.takes(source, day)
    };
    let known = snapshot.exclusions.iter().find(takes)?;
    Some(words::receipt_excluded(lang, decision::reason(known.reason).get(lang), known.decided))
}

/// Where the form counts instead.
fn moved(snapshot: &Snapshot, (point, ..): Source, day: Day, lang: Lang) -> Option<String> {
    let known = snapshot.moves.iter().find(|known| known.moved.takes(point, day))?;
    let to = snapshot.directory.point_on(known.moved.to, day)?;
    let unit = snapshot.directory.unit_on(to.unit, day).map_or("", |unit| unit.name.as_str());
    Some(words::receipt_moved(lang, &format!("{}, {unit}", to.name)))
}
