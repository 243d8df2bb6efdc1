//! `dossiers.csv`, the daily file: tickets are made and brought up to date, and links go where they may.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;

use super::CONTACT_DAYS;
use super::contact::Contact;
use super::message::{self, Message, MessageRefusal};
use super::rows::{self, COLUMNS, Known, Row};
use crate::collect::tickets::last_day;
use crate::late;
use crate::record::{Keys, Ticket, TicketHash, contact_hash};
use crate::registry::Directory;
use crate::registry::import::{self as csv, CsvFile, ImportError, Kind, Mode, Report, Run, Source};
use crate::store::invitations::{self, Invitation};
use crate::store::tickets::{self, StoredTicket};
use crate::store::{Database, DatabaseTransaction, places, procedures};
use crate::text::Both;
use crate::text::import::{digits, dossiers as say};
use crate::words::{LevelReason, Moment, Province};

/// Where links can go.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'a> {
    /// Whether letters leave here.
    pub letters: bool,
    /// Whether messages are handed out to whoever sends them; with the address of the pages and the telephone number in them.
    pub messages: Option<(&'a str, Option<&'a str>)>,
}

/// What came of a file: the report, and the messages to be sent by others. Nothing is committed before they are kept.
#[derive(Debug)]
pub struct Imported {
    /// The report.
    pub report: Report,
    /// Messages by contact.
    pub messages: Vec<Message>,
}

/// Imports the daily file. `keep` is given the messages before anything is committed, so that none is lost.
pub async fn dossiers(
    db: &Database,
    keys: &Keys,
    province: Province,
    source: &Source<'_>,
    run: Run<'_>,
    delivery: Delivery<'_>,
    keep: impl FnOnce(&[Message]) -> anyhow::Result<()>,
) -> Result<Imported, ImportError> {
    let file = CsvFile::read(source, &COLUMNS)?;
    let tx = csv::begin(db, province).await?;
    let found = places::all(&tx, province).await.context("while reading units and points")?;
    let directory = Directory::new(found);
    let known = procedures::all(&tx, province).await.context("while reading the procedures")?;
    let by_code = known.iter().map(|procedure| (procedure.code.as_str(), procedure)).collect();
    let mut problems = file.faults();
    let known = Known { directory: &directory, procedures: by_code, today: run.today };
    let rows = rows::read(&file, &known, &mut problems);
    if let Err(refused) = problems.into_result(source.name) {
        return Err(csv::refuse(tx, refused).await);
    }
    let act = Act { tx: &tx, keys, province, run, delivery, directory: &directory };
    let mut imported = act.take(&rows).await?;
    let lines = rows.iter().map(late_line);
    let late = late::take(&tx, province, &directory, lines, run.today).await?;
    imported.report.notes.extend(late_notes(late));
    if run.mode == Mode::Write && !imported.messages.is_empty() {
        keep(&imported.messages)?;
    }
    let details = format!(
        ", {} tickets new, {} changed, {} messages, {} late",
        imported.report.added,
        imported.report.changed,
        imported.messages.len(),
        late.late
    );
    csv::finish(tx, province, Kind::Dossiers, &file, &details, run).await?;
    Ok(imported)
}

/// What a line says of the time a dossier took.
fn late_line(row: &Row) -> late::Line {
    late::Line {
        number: row.number.clone(),
        point: row.point,
        deciding_unit: row.deciding_unit,
        procedure: row.procedure,
        received: row.received,
        due: row.due,
        returned: row.returned,
    }
}

fn late_notes(taken: late::Taken) -> Vec<Both> {
    let late::Taken { late, new, removed, too_old } = taken;
    let late = (late > 0).then(|| Both::of(|lang| say::late(lang, digits(late), digits(new))));
    let removed = (removed > 0).then(|| Both::of(|lang| say::not_late(lang, digits(removed))));
    let too_old = (too_old > 0).then(|| Both::of(|lang| say::late_too_old(lang, digits(too_old))));
    [late, removed, too_old].into_iter().flatten().collect()
}

/// One import under way.
struct Act<'a> {
    tx: &'a DatabaseTransaction,
    keys: &'a Keys,
    province: Province,
    run: Run<'a>,
    delivery: Delivery<'a>,
    directory: &'a Directory,
}

/// How many of what.
#[derive(Debug, Default)]
struct Counts {
    invited: usize,
    unreached: usize,
    no_mail: usize,
    never: usize,
    shared: usize,
    not_the_owner: usize,
}

impl Act<'_> {
    async fn take(&self, rows: &[Row]) -> Result<Imported, ImportError> {
        let of = |row: &Row| Ticket::of(self.keys, self.province, &row.number, row.stage);
        let rows: Vec<(&Row, Ticket)> = rows.iter().map(|row| (row, of(row))).collect();
        let hashes: BTreeSet<TicketHash> = rows.iter().map(|(_, ticket)| ticket.hash()).collect();
        let known = tickets::known(self.tx, self.province, &hashes).await.context("while reading tickets")?;
        let spent = tickets::spent_of(self.tx, self.province, &hashes).await.context("while reading spent tickets")?;
        let shared = self.shared(&rows).await?;
        let mut counts = Counts { shared: shared.values().map(BTreeSet::len).sum(), ..Counts::default() };
        let (mut report, mut put) = (Report { rows: rows.len(), ..Report::default() }, Vec::new());
        let (mut queued, mut noted, mut messages) = (Vec::new(), Vec::new(), Vec::new());
        for (row, ticket) in &rows {
            let hash = ticket.hash();
            let before = known.get(&hash);
            if row.follows_a_death {
                counts.never += 1;
                put.extend(before.map(|before| StoredTicket { reason: LevelReason::Withdrawn, ..*before }));
                continue;
            }
            counts.not_the_owner += usize::from(row.is_of_another && row.contact.is_some());
            let mut stored = self.stored(row, hash, before, shared.values().any(|all| all.contains(&hash)));
            if let Some(contact) = &row.contact {
                let contact_hash = contact_hash(self.keys, self.province, contact.text());
                let is_open = !stored.invited && !spent.contains(&hash) && stored.reason != LevelReason::Withdrawn;
                let is_time = stored.expires.is_some() && self.run.today <= last_day(&stored);
                let mut row = self.row(hash, contact_hash);
                if is_open
                    && is_time
                    && self.deliver(contact, ticket, &stored, (&mut row, &mut messages), &mut counts)?
                {
                    stored.invited = true;
                    queued.push(row);
                } else {
                    noted.push(row);
                }
            }
            match before {
                None => report.added += 1,
                Some(before) if *before == stored => report.unchanged += 1,
                Some(_) => report.changed += 1,
            }
            put.push(stored);
        }
        tickets::put(self.tx, self.province, &put).await.context("while storing tickets")?;
        invitations::put(self.tx, self.province, &queued).await.context("while storing invitations")?;
        invitations::add(self.tx, self.province, &noted).await.context("while storing contacts")?;
        for all in shared.values() {
            let lowered = tickets::lower(self.tx, self.province, all, LevelReason::SharedContact).await;
            lowered.context("while lowering tickets of a shared contact")?;
        }
        report.notes = notes(&counts, messages.len());
        Ok(Imported { report, messages })
    }

    /// The ticket as it is to be stored. A level once lowered stays lowered; the day of issue stays.
    fn stored(&self, row: &Row, hash: TicketHash, before: Option<&StoredTicket>, is_shared: bool) -> StoredTicket {
        let lowered = before.map(|before| before.reason).filter(|reason| *reason != LevelReason::None);
        let reason = match lowered {
            Some(reason) => reason,
            None if row.is_of_another => LevelReason::NotTheOwner,
            None if is_shared => LevelReason::SharedContact,
            None => LevelReason::None,
        };
        StoredTicket {
            hash,
            stage: row.stage,
            point: row.point,
            deciding_unit: row.deciding_unit,
            procedure: row.procedure,
            field: row.field,
            issued: before.map_or(self.run.today, |before| before.issued),
            expires: row.expires.or(before.and_then(|before| before.expires)),
            reason,
            invited: before.is_some_and(|before| before.invited),
        }
    }

    fn row(&self, hash: TicketHash, contact: [u8; 32]) -> Invitation {
        let delete_on = self.run.today.plus(CONTACT_DAYS);
        Invitation { hash, contact, address: None, sealed: None, not_before: Moment::now(), delete_on }
    }

    /// Lets a link go where it can; whether it did.
    fn deliver(
        &self,
        contact: &Contact,
        ticket: &Ticket,
        stored: &StoredTicket,
        (row, messages): (&mut Invitation, &mut Vec<Message>),
        counts: &mut Counts,
    ) -> Result<bool, ImportError> {
        match contact {
            Contact::Mail(address) if self.delivery.letters => {
                row.address = Some(address.clone());
                row.sealed = Some(ticket.sealed(self.keys, rand::random()).to_vec());
                counts.invited += 1;
                return Ok(true);
            }
            Contact::Mail(_) if self.delivery.messages.is_none() => counts.no_mail += 1,
            _ if self.delivery.messages.is_none() => counts.unreached += 1,
            _ => {}
        }
        let Some((base_url, hotline)) = self.delivery.messages else { return Ok(false) };
        let province = self.directory.root(self.run.today).map_or("", |unit| unit.name.as_str());
        let link = format!("{base_url}/p/{}", ticket.code());
        let written = message::written(contact, &link, province, (stored.stage, hotline));
        messages.push(written.map_err(|refusal: MessageRefusal| anyhow::anyhow!("{refusal}"))?);
        Ok(true)
    }

    /// The contacts of the file that stand with several dossiers, here or in the last days, with their tickets.
    async fn shared(&self, rows: &[(&Row, Ticket)]) -> Result<BTreeMap<[u8; 32], BTreeSet<TicketHash>>, ImportError> {
        let mut of: BTreeMap<[u8; 32], BTreeSet<TicketHash>> = BTreeMap::new();
        for (row, ticket) in rows.iter().filter(|(row, _)| !row.follows_a_death) {
            if let Some(contact) = &row.contact {
                let contact = contact_hash(self.keys, self.province, contact.text());
                of.entry(contact).or_default().insert(ticket.hash());
            }
        }
        let contacts: BTreeSet<[u8; 32]> = of.keys().copied().collect();
        let before = invitations::of_contacts(self.tx, self.province, &contacts).await;
        for (contact, hashes) in before.context("while reading the contacts of the last days")? {
            of.entry(contact).or_default().extend(hashes);
        }
        // The tickets of two stages of one dossier go to one person: a dossier is shared where one stage has several.
        let all: BTreeSet<TicketHash> = of.values().flatten().copied().collect();
        let mut stages: BTreeMap<TicketHash, i16> =
            rows.iter().map(|(row, ticket)| (ticket.hash(), row.stage.code())).collect();
        let known = tickets::known(self.tx, self.province, &all).await.context("while reading tickets")?;
        stages.extend(known.values().map(|ticket| (ticket.hash, ticket.stage.code())));
        of.retain(|_, hashes| {
            let mut counts: BTreeMap<Option<i16>, usize> = BTreeMap::new();
            for hash in hashes.iter() {
                *counts.entry(stages.get(hash).copied()).or_default() += 1;
            }
            counts.values().any(|count| *count > 1)
        });
        Ok(of)
    }
}

fn notes(counts: &Counts, messages: usize) -> Vec<Both> {
    [
        (counts.invited, say::invited as fn(_, _) -> String),
        (messages, say::messages),
        (counts.unreached, say::unreached),
        (counts.no_mail, say::no_mail),
        (counts.never, say::never),
        (counts.shared, say::shared),
        (counts.not_the_owner, say::not_the_owner),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, say)| Both::of(|lang| say(lang, digits(n))))
    .collect()
}
