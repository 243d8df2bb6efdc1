//! Opening cases: a bad rating with a comment becomes one by itself. Not in the transaction of the answer, but every minute,
//! and again before a day is sealed.

use anyhow::Context;

use crate::questionnaire::{decode, hints_at_bribery, is_discontent};
use crate::record::{CaseCode, Leaf};
use crate::registry::{Directory, Editions, Snapshot};
use crate::store::cases::{self, Candidate, NewCase};
use crate::store::{ConnectionTrait, Database, answers};
use crate::words::{Day, Province, UnitId};

/// Comments that are read at a time.
const AT_A_TIME: u16 = 2_048;

/// Opens the cases of the open days. Servers that do so at once open each case once; how many this one found.
pub async fn open_cases(db: &Database, snapshot: &Snapshot) -> anyhow::Result<usize> {
    let (province, reader) = (snapshot.province, db.reader());
    let found = look(reader, province, None, &snapshot.editions, &snapshot.directory).await?;
    if found.is_empty() {
        return Ok(0);
    }
    let tx = db.begin().await.context("while taking the turn to write")?;
    // Whoever seals meanwhile opens the same cases, and writes the table anew.
    answers::share_open_day(&tx).await.context("while waiting for the sealing of a day")?;
    cases::open(&tx, province, &found).await.context("while opening cases")?;
    tx.commit().await.context("while committing")?;
    Ok(found.len())
}

/// The same for the days that are about to be sealed, in that transaction: afterwards no comment of them is open.
pub(super) async fn open_before_sealing(
    tx: &impl ConnectionTrait,
    province: Province,
    through: Day,
    editions: &Editions,
    directory: &Directory,
) -> anyhow::Result<()> {
    let found = look(tx, province, Some(through), editions, directory).await?;
    cases::open(tx, province, &found).await.context("while opening cases")
}

/// Leaves nothing of the order in which cases opened in the files of the database. Pages of cases wait until the end of the
/// transaction.
pub(super) async fn shuffle(tx: &impl ConnectionTrait) -> anyhow::Result<()> {
    cases::shuffle(tx).await.context("while putting the cases in the order of their numbers")
}

/// The cases that are still to be opened, in the order of their leaves.
async fn look(
    db: &impl ConnectionTrait,
    province: Province,
    through: Option<Day>,
    editions: &Editions,
    directory: &Directory,
) -> anyhow::Result<Vec<NewCase>> {
    let mut found = Vec::new();
    let mut after: Option<(Day, Leaf)> = None;
    // Every turn reads on from the last key, hence it ends.
    loop {
        let page = cases::candidates(db, province, through, after, AT_A_TIME).await;
        let page = page.context("while looking for comments without a case")?;
        for candidate in &page {
            found.extend(case_of(candidate, editions, directory)?);
        }
        if page.len() < usize::from(AT_A_TIME) {
            return Ok(found);
        }
        after = page.last().map(|candidate| (candidate.day, candidate.leaf));
    }
}

/// The case of a comment, if its answer is discontent. An edition that came in meanwhile waits for the next minute.
fn case_of(candidate: &Candidate, editions: &Editions, directory: &Directory) -> anyhow::Result<Option<NewCase>> {
    let Some(installed) = editions.get(candidate.edition) else { return Ok(None) };
    let sheet = decode(&installed.edition, &candidate.answers).context("while reading a stored answer")?;
    let (day, leaf) = (candidate.day, candidate.leaf);
    Ok(is_discontent(&installed.edition, &sheet).then(|| NewCase {
        id: CaseCode::from_random(rand::random()),
        day,
        leaf,
        unit: directory.receiving_unit(candidate.point, day).unwrap_or(UnitId::NONE),
        hint: hints_at_bribery(&candidate.text),
    }))
}
