//! What disputes change: the figure by tickets of the unit and month, for pages and for the office, and nothing else.

use thuocdo::collect::seal;
use thuocdo::publish::report::{self, Question};
use thuocdo::publish::{Figures, tallies};
use thuocdo::record::TicketHash;
use thuocdo::store::tickets::{self, StoredTicket};
use thuocdo::words::{
    Channel, Day, FieldId, Level, LevelReason, Measure, Period, PointId, ProcedureId, TicketStage, UnitId,
};

use crate::world::{World, databases};

const DAY: Day = Day(20_520);

fn ticket(n: u16, point: i32) -> StoredTicket {
    let mut hash = [0; 32];
    hash[..2].copy_from_slice(&n.to_be_bytes());
    StoredTicket {
        hash: TicketHash(hash),
        stage: TicketStage::Result,
        point: PointId(point),
        deciding_unit: UnitId::NONE,
        procedure: ProcedureId::NONE,
        field: FieldId::NONE,
        issued: DAY,
        expires: None,
        reason: LevelReason::None,
        invited: false,
    }
}

impl World {
    /// `n` answers by ticket, twelve of a drawn sample and twelve of open feedback at the first point, sealed.
    async fn with_tickets(&self, n: u16) {
        let edition = self.with_town().await;
        let mut forms = Vec::new();
        for name in 0..n + 24 {
            let mut form = self.form(&edition, u64::from(name), DAY);
            if name < n {
                (form.level, form.channel, form.ticket) = (Level::B, Channel::Slip, Some(ticket(name, 11).hash));
            } else if name < n + 12 {
                (form.level, form.channel) = (Level::A, Channel::Interviewer);
            }
            forms.push(form);
        }
        self.stores(DAY, &forms).await;
        seal::seal(&self.db, self.province, DAY, DAY.plus(40)).await.unwrap();
    }

    async fn disputes(&self, numbers: std::ops::Range<u16>) {
        let tx = self.db.begin().await.unwrap();
        for n in numbers {
            assert!(tickets::dispute(&tx, self.province, &ticket(n, 11), DAY.half()).await.unwrap());
            assert!(!tickets::dispute(&tx, self.province, &ticket(n, 11), DAY.half()).await.unwrap());
        }
        tx.commit().await.unwrap();
    }

    /// Forms that pages show of a unit, by level; and what the office sees.
    async fn shown(&self, unit: i32) -> (Vec<(Level, i64)>, Vec<(Level, i64)>) {
        let snapshot = self.snapshot().await;
        let half = DAY.half();
        let pages = tallies::for_pages(self.db.reader(), &snapshot, &[UnitId(unit)], None, (half, half)).await.unwrap();
        let period = Period { from: DAY.plus(-60), to: DAY.plus(30) };
        let office = tallies::for_office(&self.db, &snapshot, UnitId(unit), period).await.unwrap();
        let mut sums: Vec<(Level, i64)> = Vec::new();
        for (key, tally) in office {
            match sums.iter_mut().find(|(level, _)| *level == key.level) {
                Some((_, n)) => *n += tally.forms(),
                None => sums.push((key.level, tally.forms())),
            }
        }
        sums.sort_unstable();
        (pages.into_iter().map(|((_, _, level), tally)| (level, tally.forms())).collect(), sums)
    }
}

#[tokio::test]
async fn from_three_disputes_and_one_percent_the_drawn_sample_alone_speaks_for_the_month() {
    for world in databases().await {
        world.with_tickets(310).await;
        let all = vec![(Level::A, 12), (Level::B, 310), (Level::D, 12)];
        let without = vec![(Level::A, 12), (Level::D, 12)];
        for (disputed, expected) in [(0..2, &all), (2..3, &all), (3..4, &without)] {
            world.disputes(disputed.clone()).await;
            for unit in [4, 2, 1] {
                let (pages, office) = world.shown(unit).await;
                assert_eq!((&pages, &office), (expected, expected), "unit {unit} after {disputed:?}");
            }
        }
        // Three of 310 are less than one in a hundred, four are more: and the page says how many they are.
        let snapshot = world.snapshot().await;
        let period = Period { from: DAY.half().first(), to: DAY.half().last() };
        let month = snapshot.disputes.of(UnitId(4), period).next().unwrap();
        assert_eq!((month.disputes, month.spent), (4, 310));
        let asked = thuocdo::publish::figures::Asked::all(UnitId(4), period, None);
        let figures = Figures::default().of_unit(&world.db, &snapshot, asked, DAY.plus(40)).await.unwrap();
        assert_eq!(figures.disputed.len(), 1);
        let snapshot = world.snapshot().await;
        let question = Question { measure: Measure::Counter, unit: UnitId(4), from: None, to: None };
        let report = report::report(&world.db, &snapshot, &question, DAY.plus(40)).await.unwrap();
        assert!(report.table().contains("4 people"), "{}", report.table());
        world.close().await;
    }
}

#[tokio::test]
async fn a_dispute_somewhere_else_or_in_another_month_changes_nothing_here() {
    for world in databases().await {
        world.with_tickets(40).await;
        let tx = world.db.begin().await.unwrap();
        for n in 0..5 {
            tickets::dispute(&tx, world.province, &ticket(n, 15), DAY.half()).await.unwrap();
            tickets::dispute(&tx, world.province, &ticket(10 + n, 11), DAY.half().next().next()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let all = vec![(Level::A, 12), (Level::B, 40), (Level::D, 12)];
        assert_eq!(world.shown(4).await, (all.clone(), all.clone()));
        // The unit above both: five of forty are too many there.
        assert_eq!(world.shown(1).await.0, [(Level::A, 12), (Level::D, 12)]);
        world.close().await;
    }
}
