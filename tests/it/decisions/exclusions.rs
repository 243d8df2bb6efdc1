//! Exclusions and restorations by two persons: who may, what they do to counts, figures, pages and receipts.

use std::collections::BTreeMap;

use thuocdo::collect::Submission;
use thuocdo::decisions::{self, ExclusionProposal, Refusal, RestorationProposal, TicketsProposal};
use thuocdo::publish::{cleaned, tallies};
use thuocdo::record::TicketHash;
use thuocdo::registry::tickets::UnitMonth;
use thuocdo::store::tickets::{self, StoredTicket};
use thuocdo::store::{Database, Opening};
use thuocdo::words::{
    Channel, Day, DecisionId, DecisionKind, DecisionReason, DecisionState, FieldId, Level, LevelReason, Measure,
    Period, PointId, ProcedureId, TicketStage, UnitId,
};

use super::acts::log;
use super::figures::forms;
use super::{DEPARTMENT, asked, day, first, morning, refusals, second, today, who};
use crate::proof::counts::recount::{self, Form, Rows};
use crate::proof::counts::{CELL_KEY, rows, rows_of};
use crate::proof::{Draws, POINTS, UNITS};
use crate::world::{World, databases};

pub(super) fn excluding(point: i32, level: Level, first: i32, last: i32) -> ExclusionProposal<'static> {
    ExclusionProposal {
        point: PointId(point),
        level,
        channel: None,
        day_from: day(first),
        day_to: day(last),
        reason: DecisionReason::Training,
        note: "Biên bản tập huấn ngày 02/3",
    }
}

pub(super) const fn restoring(exclusion: DecisionId) -> RestorationProposal<'static> {
    RestorationProposal { exclusion, reason: DecisionReason::Verified, note: "" }
}

impl World {
    pub(super) async fn excludes(&self, proposal: &ExclusionProposal<'_>) -> DecisionId {
        let id = decisions::propose_exclusion(&self.db, self.province, &first(), proposal).await.unwrap();
        decisions::approve(&self.db, self.province, &second(), id).await.unwrap();
        id
    }

    pub(super) async fn restores(&self, exclusion: DecisionId) -> DecisionId {
        let id =
            decisions::propose_restoration(&self.db, self.province, &first(), &restoring(exclusion)).await.unwrap();
        decisions::approve(&self.db, self.province, &second(), id).await.unwrap();
        id
    }

    async fn adjusted(&self, adj: i16) -> Rows {
        let mut found = rows(self, "cell", CELL_KEY, &format!("adj = {adj}")).await;
        found.retain(|_, counts| counts.iter().any(|n| *n != 0));
        found
    }
}

/// The level of the forms of `World::answered`.
const LEVEL: Level = Level::D;

#[tokio::test]
async fn what_cannot_be_excluded_or_restored_is_refused_with_every_reason() {
    for world in databases().await {
        let edition = world.with_department().await;
        for on in [2, 3, 4] {
            world.answered(&edition, 11, on, 12).await;
        }
        thuocdo::collect::seal::seal(&world.db, world.province, day(4), day(5)).await.unwrap();
        let (db, p) = (&world.db, world.province);
        let propose = async |proposal: ExclusionProposal<'_>| {
            refusals(decisions::propose_exclusion(db, p, &first(), &proposal).await)
        };
        assert_eq!(propose(excluding(11, LEVEL, 2, 2)).await, [Refusal::NotOver(today().plus(1))], "not sealed");
        world.seals().await;
        let reason = DecisionReason::WrongPlace;
        let worst = ExclusionProposal { reason, ..excluding(11, LEVEL, 3, 2) };
        assert_eq!(propose(worst).await, [Refusal::OtherReason, Refusal::EndsBeforeItBegins]);
        assert_eq!(propose(excluding(11, LEVEL, 2, 500)).await, [Refusal::TooManyDays(366)]);
        assert_eq!(propose(excluding(77, LEVEL, 2, 2)).await, [Refusal::UnknownPoint(PointId(77))]);
        assert_eq!(propose(excluding(11, LEVEL, 5, 6)).await, [Refusal::NothingToExclude]);
        assert_eq!(propose(excluding(11, Level::B, 2, 2)).await, [Refusal::NothingToExclude], "another level");
        let air = ExclusionProposal { channel: Some(Channel::Interviewer), ..excluding(11, LEVEL, 2, 2) };
        assert_eq!(propose(air).await, [Refusal::NothingToExclude], "another channel");
        // The same answers are counted away once: whatever comes second is refused.
        let moved = world.moves(&asked(11, 15, 2, 2)).await;
        let one = |on| Period { from: day(on), to: day(on) };
        assert_eq!(propose(excluding(11, LEVEL, 1, 3)).await, [Refusal::Overlaps(moved, one(2))]);
        let out = world.excludes(&excluding(11, LEVEL, 3, 3)).await;
        assert_eq!(propose(excluding(11, LEVEL, 3, 4)).await, [Refusal::OverlapsExclusion(out, one(3))]);
        let refused = decisions::propose_move(db, p, &first(), &asked(11, 13, 3, 4)).await;
        assert_eq!(refusals(refused), [Refusal::OverlapsExclusion(out, one(3))]);
        // Only an exclusion that holds is taken back, and once.
        let restore = async |id| refusals(decisions::propose_restoration(db, p, &first(), &restoring(id)).await);
        for id in [moved, DecisionId(99)] {
            assert_eq!(restore(id).await, [Refusal::NotExcluded(id)]);
        }
        let [back, twice] = [
            decisions::propose_restoration(db, p, &first(), &restoring(out)).await.unwrap(),
            decisions::propose_restoration(db, p, &first(), &restoring(out)).await.unwrap(),
        ];
        decisions::approve(db, p, &second(), back).await.unwrap();
        assert_eq!(refusals(decisions::approve(db, p, &second(), twice).await), [Refusal::NotExcluded(out)]);
        assert_eq!(restore(out).await, [Refusal::NotExcluded(out)]);
        decisions::propose_move(db, p, &first(), &asked(11, 13, 3, 3)).await.unwrap();
        let told: Vec<(String, String)> = log(&world).await.into_iter().map(|(_, act, object)| (act, object)).collect();
        let exclusion = "decision 2: Q11, level D, any channel, 2025-03-03 (training)".to_owned();
        assert!(told.contains(&("approve exclude".to_owned(), exclusion)), "{told:?}");
        assert!(
            told.contains(&("approve restore".to_owned(), "decision 3: exclusion 2 (verified)".to_owned())),
            "{told:?}"
        );
        world.close().await;
    }
}

#[tokio::test]
async fn the_rated_unit_and_whoever_stands_above_it_neither_excludes_nor_restores() {
    for world in databases().await {
        let edition = world.with_department().await;
        world.answered(&edition, 11, 2, 12).await;
        world.seals().await;
        let (db, p) = (&world.db, world.province);
        let near = |staff, unit| who(staff, unit, morning(today()));
        let proposal = excluding(11, LEVEL, 2, 2);
        for (unit, refusal) in
            [(4, Refusal::OwnUnit), (2, Refusal::OwnUnit), (1, Refusal::OwnUnit), (0, Refusal::OwnUnitUnknown)]
        {
            let told = refusals(decisions::propose_exclusion(db, p, &near(1, unit), &proposal).await);
            assert_eq!(told, [refusal], "unit {unit}");
        }
        let id = decisions::propose_exclusion(db, p, &first(), &proposal).await.unwrap();
        let decide = async |id| {
            for (staff, unit, refused) in [
                (1, DEPARTMENT, Refusal::Proposer(DecisionKind::Exclude)),
                (2, 4, Refusal::OwnUnit),
                (2, 2, Refusal::OwnUnit),
                (2, 1, Refusal::OwnUnit),
            ] {
                let told = refusals(decisions::approve(db, p, &near(staff, unit), id).await);
                match (&refused, &told[..]) {
                    (Refusal::Proposer(_), [Refusal::Proposer(_)]) => {}
                    _ => assert_eq!(told, [refused], "{staff} of {unit}"),
                }
            }
        };
        decide(id).await;
        assert!(world.adjusted(1).await.is_empty());
        decisions::approve(db, p, &second(), id).await.unwrap();
        let refused = decisions::propose_restoration(db, p, &near(1, 4), &restoring(id)).await;
        assert_eq!(refusals(refused), [Refusal::OwnUnit]);
        let back = decisions::propose_restoration(db, p, &first(), &restoring(id)).await.unwrap();
        let stored = decisions::get(db.reader(), p, back).await.unwrap().unwrap();
        assert_eq!(stored.rated, [UnitId(4)]);
        decide(back).await;
        // The unit of the point is rated by the dossier codes of the month as well.
        world.is_disputed(&[11], Day::of(2025, 3, 20).unwrap()).await;
        let month = UnitMonth::of(UnitId(4), "2025-03").unwrap();
        let again = TicketsProposal { of: month, reason: DecisionReason::FamilyAnswered, note: "" };
        let refused = decisions::propose_tickets(db, p, &near(1, 2), &again).await;
        assert_eq!(refusals(refused), [Refusal::OwnUnit]);
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_six_approvers_at_once_one_excludes_and_one_restores() {
    for world in databases().await {
        let edition = world.with_department().await;
        world.answered(&edition, 11, 2, 12).await;
        world.seals().await;
        let other = Database::open(&world.url, Opening::Existing).await.unwrap();
        let race = async |id: DecisionId| {
            let approve = |staff: i32| {
                let (db, p) = (if staff % 2 == 0 { world.db.clone() } else { other.clone() }, world.province);
                tokio::spawn(
                    async move { decisions::approve(&db, p, &who(staff, DEPARTMENT, morning(today())), id).await },
                )
            };
            let tasks: Vec<_> = (2..8).map(approve).collect();
            let mut done = 0;
            for task in tasks {
                match task.await.unwrap() {
                    Ok(()) => done += 1,
                    refused => assert_eq!(refusals(refused), [Refusal::Decided(DecisionState::Approved)]),
                }
            }
            done
        };
        let proposal = excluding(11, LEVEL, 2, 2);
        let id = decisions::propose_exclusion(&world.db, world.province, &first(), &proposal).await.unwrap();
        assert_eq!(race(id).await, 1);
        assert_eq!(forms(&world, 1).await.values().copied().collect::<Vec<_>>(), [12, 12, 12], "once, in 4, 2 and 1");
        let back = decisions::propose_restoration(&world.db, world.province, &first(), &restoring(id)).await.unwrap();
        assert_eq!(race(back).await, 1);
        assert!(forms(&world, 1).await.values().all(|n| *n == 0) && world.adjusted(1).await.is_empty(), "once");
        other.close().await.unwrap();
        world.close().await;
    }
}

#[tokio::test]
async fn a_unit_month_counts_again_once_two_persons_say_so() {
    for world in databases().await {
        world.with_department().await;
        let (db, p) = (&world.db, world.province);
        let of = |unit, month| UnitMonth::of(UnitId(unit), month).unwrap();
        let reason = DecisionReason::DisputesSettled;
        let propose =
            async |of| decisions::propose_tickets(db, p, &first(), &TicketsProposal { of, reason, note: "" }).await;
        let next = Refusal::MonthNotOver(Period::calendar_month(2025, 5).unwrap().from);
        assert_eq!(refusals(propose(of(4, "2025-04")).await), [next]);
        assert_eq!(refusals(propose(of(4, "2019-04")).await), [Refusal::UnitNotThere]);
        let wrong = TicketsProposal { of: of(4, "2025-03"), reason: DecisionReason::Training, note: "" };
        assert_eq!(refusals(decisions::propose_tickets(db, p, &first(), &wrong).await), [Refusal::OtherReason]);
        assert_eq!(refusals(propose(of(4, "2025-03")).await), [Refusal::NotDisputed]);
        world.is_disputed(&[11, 13], Day::of(2025, 3, 20).unwrap()).await;
        let id = propose(of(4, "2025-03")).await.unwrap();
        assert!(world.snapshot().await.tickets.is_empty());
        let (unit, days) = (UnitId(4), of(4, "2025-03").days());
        assert_eq!(world.snapshot().await.disputes.of(unit, days).count(), 1);
        decisions::approve(db, p, &second(), id).await.unwrap();
        assert_eq!(world.snapshot().await.disputes.of(unit, days).count(), 0, "it counts again");
        let known = world.snapshot().await.tickets;
        assert_eq!((known.len(), known[0].id, known[0].of, known[0].reason), (1, id, of(4, "2025-03"), reason));
        assert_eq!(refusals(propose(of(4, "2025-03")).await), [Refusal::CountsAgain(id)]);
        propose(of(5, "2025-03")).await.unwrap();
        world.close().await;
    }
}

impl World {
    /// Three people say at each of these points that they have not answered.
    async fn is_disputed(&self, points: &[i32], day: Day) {
        let tx = self.db.begin().await.unwrap();
        for (at, point) in points.iter().flat_map(|point| [point; 3]).enumerate() {
            let ticket = StoredTicket {
                hash: TicketHash([u8::try_from(at).unwrap(); 32]),
                stage: TicketStage::Result,
                point: PointId(*point),
                deciding_unit: UnitId::NONE,
                procedure: ProcedureId::NONE,
                field: FieldId::NONE,
                issued: day,
                expires: None,
                reason: LevelReason::None,
                invited: false,
            };
            assert!(tickets::dispute(&tx, self.province, &ticket, day.half()).await.unwrap());
        }
        tx.commit().await.unwrap();
    }
}

/// Days on which forms come in: three half-months.
const DAYS: i32 = 31;

async fn with_forms(world: &World, draws: &mut Draws) -> Vec<Form> {
    let edition = world.with_department().await;
    let mut forms = Vec::new();
    for on in (1..=DAYS).map(day) {
        let batch: Vec<Submission> = (0..draws.below(30))
            .map(|serial| {
                let mut form = world.form(&edition, u64::try_from(on.0).unwrap() * 100 + serial, on);
                form.point = PointId(draws.pick(&[11, 11, 12, 13, 14, 15, 16, 18]));
                form.deciding_unit = UnitId(draws.pick(&[0, 0, 3]));
                form.field = FieldId(draws.pick(&[1, 1, 2]));
                form.channel = draws.pick(&[Channel::CounterQr, Channel::Paper]);
                form.level = draws.pick(&[Level::B, Level::D, Level::D]);
                form.answers = draws.sheet();
                form
            })
            .collect();
        world.stores(on, &batch).await;
        forms.extend(batch.iter().map(|form| Form::of(form, on)));
    }
    forms
}

fn takes(of: &ExclusionProposal<'_>, form: &Form) -> bool {
    form.point == of.point
        && form.level == of.level.code()
        && of.channel.is_none_or(|channel| channel.code() == form.channel)
        && of.day_from <= form.day
        && form.day <= of.day_to
}

#[tokio::test]
async fn cells_and_the_office_s_sums_are_what_a_recount_without_the_excluded_forms_gives() {
    for world in databases().await {
        let mut draws = Draws::of(9);
        let forms = with_forms(&world, &mut draws).await;
        world.seals().await;
        let mut held: Vec<(DecisionId, ExclusionProposal<'static>)> = Vec::new();
        let (mut decided, mut restored) = (0, 0);
        while decided < 14 {
            let begins = 1 + i32::try_from(draws.below(29)).unwrap();
            let ends = (begins + i32::try_from(draws.below(9)).unwrap()).min(DAYS);
            let level = draws.pick(&[Level::B, Level::D]);
            let channel = draws.pick(&[None, None, Some(Channel::Paper), Some(Channel::CounterQr)]);
            let proposal = ExclusionProposal { channel, ..excluding(draws.pick(&POINTS).0, level, begins, ends) };
            let Ok(id) = decisions::propose_exclusion(&world.db, world.province, &first(), &proposal).await else {
                continue;
            };
            decisions::approve(&world.db, world.province, &second(), id).await.unwrap();
            held.push((id, proposal));
            decided += 1;
            if draws.below(3) == 0 {
                let (id, _) = held.swap_remove(usize::try_from(draws.below(held.len() as u64)).unwrap());
                world.restores(id).await;
                restored += 1;
            }
        }
        let is_out = |form: &Form| held.iter().any(|(_, of)| takes(of, form));
        let (out, left): (Vec<Form>, Vec<Form>) = forms.iter().cloned().partition(is_out);
        assert!(out.len() > 30 && restored > 1, "{} forms out, {restored} restored", out.len());
        assert_eq!(rows(&world, "cell", CELL_KEY, "adj = 0").await, recount::cells(&forms), "raw cells stay");
        assert_eq!(world.adjusted(1).await, recount::cells(&out), "what is excluded now, and nothing of what was");
        let snapshot = world.snapshot().await;
        let mut changed = 0;
        for (unit, ..) in UNITS {
            for _ in 0..5 {
                let begins = day(i32::try_from(draws.below(30)).unwrap());
                let period = Period::new(begins, begins.plus(i32::try_from(draws.below(30)).unwrap())).unwrap();
                let raw = tallies::for_office(&world.db, &snapshot, UnitId(unit), period).await.unwrap();
                let of = (UnitId(unit), period);
                let found = cleaned::cleaned(&world.db, &snapshot, of, Measure::Counter, &raw).await.unwrap();
                let mut rows = Rows::new();
                for (key, tally) in found.as_ref().unwrap_or(&raw) {
                    rows_of(tally, &[key.level.code(), key.channel.code(), key.field.0].map(i64::from), &mut rows);
                }
                assert_eq!(rows, recount::office(&left, unit, period), "unit {unit}");
                changed += usize::from(found.is_some());
            }
        }
        assert!(changed > 5, "{changed} questions had excluded forms in them");
        println!("{} forms, {} excluded by {} decisions, {restored} restored", forms.len(), out.len(), held.len());
        world.close().await;
    }
}

#[tokio::test]
async fn a_restoration_gives_back_exactly_what_was_taken_and_its_cut_stays() {
    for world in databases().await {
        let edition = world.with_department().await;
        for (on, n) in [(2, 10), (3, 1), (4, 10)] {
            world.answered(&edition, 11, on, n).await;
        }
        // One block of 21 forms.
        world.seals().await;
        let raw = forms(&world, 0).await;
        let one = world.excludes(&excluding(11, LEVEL, 2, 2)).await;
        let of_unit = |forms: &BTreeMap<(i64, i64, i64), i64>, unit| {
            forms.iter().filter(|(key, _)| key.0 == unit).map(|(_, n)| n).sum::<i64>()
        };
        let excluded = forms(&world, 1).await;
        assert_eq!([1, 2, 4, 3].map(|unit| of_unit(&excluded, unit)), [10, 10, 10, 0]);
        world.restores(one).await;
        let given_back = forms(&world, 1).await;
        assert!(given_back.values().all(|n| *n == 0) && forms(&world, 0).await == raw, "{given_back:?}");
        // Eleven would leave, ten did before: the figures keep to the first cut, the cells do not.
        world.excludes(&excluding(11, LEVEL, 2, 3)).await;
        assert_eq!(of_unit(&forms(&world, 1).await, 4), 10);
        let cells: i64 = world
            .adjusted(1)
            .await
            .iter()
            .filter(|(key, _)| key[6] == 0)
            .map(|(_, n)| n[..9].iter().sum::<i64>())
            .sum();
        assert_eq!(cells, 11);
        world.close().await;
    }
}
