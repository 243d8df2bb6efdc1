//! Publications through the library, on every database: frozen as pages show them, the same bytes wherever they are made, and
//! every difference named.

mod altered;
mod frozen;

use std::io::Cursor;

use thuocdo::bundle::container::Reader;
use thuocdo::bundle::{Checked, Difference, Publication, verify};
use thuocdo::collect::{Submission, seal};
use thuocdo::publications::bundle::{self, Kind};
use thuocdo::publications::files::Site;
use thuocdo::publications::{self, Approving, Below, Choice, NotDone, Who};
use thuocdo::publish::Figures;
use thuocdo::questionnaire::Answer;
use thuocdo::store::publications as stored;
use thuocdo::words::{Day, Half, Level, Measure, Moment, PointId, Role, StaffId, UnitId};

use crate::proof::{Draws, POINTS};
use crate::world::World;

/// The first half-month with answers.
const FIRST: Half = Half(2026 * 24);
const SITE: Site<'static> = Site {
    base_url: "https://thu.example.gov.vn",
    publisher: "Tỉnh thử",
    licence: "free",
    licence_url: "https://creativecommons.org/licenses/by/4.0/",
};

/// What is published of half-months: everything there is.
fn choice(from: Half, to: Half) -> Choice {
    Choice {
        unit: 1,
        from: from.first().0,
        to: to.last().0,
        measure: Measure::Counter.code(),
        below: Below::All,
        sources: true,
        fields: true,
        series: true,
    }
}

fn who(staff: i32, unit: i32, role: Role, day: Day) -> Who<'static> {
    let by = if staff == 1 { "trinh@thu.gov.vn" } else { "duyet@thu.gov.vn" };
    let now = Moment::from_unix(Moment::at_end_of(day).unix() - 3_600);
    Who { staff: StaffId(staff), own_unit: UnitId(unit), role, by, now }
}

impl World {
    /// A half-month of answers at random points, levels and days, sealed at its end.
    async fn half_month(&self, half: Half, draws: &mut Draws, n: u64) {
        let edition = self.snapshot().await.editions.in_force("counter", half.first()).unwrap().clone();
        let days: Vec<Day> = (half.first().0..=half.last().0).map(Day).collect();
        for (at, day) in days.iter().enumerate() {
            let today = n / 14 + draws.below(3);
            let submissions: Vec<Submission> = (0..today)
                .map(|serial| {
                    let name = (u64::try_from(half.0).unwrap() * 100 + at as u64) * 10_000 + serial;
                    let form = self.form(&edition, name, *day);
                    let point = PointId(draws.pick(&POINTS).0);
                    let level = draws.pick(&[Level::A, Level::B, Level::B, Level::C, Level::D, Level::D]);
                    let kind = draws.below(4);
                    let mut answers = draws.sheet();
                    // Most people are satisfied, and hardly anybody has a result yet.
                    for answer in answers.iter_mut().take(3).filter(|_| kind > 0) {
                        *answer = Answer::Level(if kind == 1 { 4 } else { 5 });
                    }
                    Submission { day: Some(*day), point, level, answers, ..form }
                })
                .collect();
            self.stores(*day, &submissions).await;
        }
        let (last, today) = (half.last(), half.next().first());
        seal::seal_and_sign(&self.db, &self.keys, self.province, last, today).await.unwrap();
    }

    /// Submits and approves; name and version.
    async fn published(&self, choice: &Choice, day: Day, reason: &str) -> (String, i32) {
        let of = self.submitted(choice, day, reason).await.unwrap();
        self.approved((&of.0, of.1), day).await.unwrap();
        of
    }

    async fn submitted(&self, choice: &Choice, day: Day, reason: &str) -> Result<(String, i32), NotDone> {
        let snapshot = self.snapshot().await;
        let by = who(1, 3, Role::HomeAffairs, day);
        publications::submit(&self.db, &snapshot, &Figures::default(), &by, choice, reason).await
    }

    async fn approved(&self, of: (&str, i32), day: Day) -> Result<(), NotDone> {
        let snapshot = self.snapshot().await;
        let by = who(2, 2, Role::ProcedureControl, day);
        let approving = Approving {
            decision: "12/QĐ-UBND",
            decided: Some(day),
            release_at: by.now,
            submitted_role: Role::HomeAffairs,
        };
        publications::approve(&self.db, &snapshot, &self.keys, &SITE, &by, of, &approving).await
    }

    /// The bundle of a version.
    async fn bundle(&self, of: (&str, i32), kind: Kind) -> Vec<u8> {
        let versions = stored::versions(self.db.reader(), self.province, of.0).await.unwrap();
        let found = versions.into_iter().find(|one| one.version == of.1).unwrap();
        let contents = publications::contents(&self.db, self.province, of).await.unwrap().unwrap();
        let out = Cursor::new(Vec::new());
        let out = bundle::write(&self.db, self.province, &found, &contents, kind, out, |_, _| ()).await.unwrap();
        out.into_inner()
    }
}

fn checked(bytes: &[u8]) -> Result<Checked, Difference> {
    verify(Cursor::new(bytes.to_vec()), None, |_, _| ())
}

/// The files of a bundle.
fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = Reader::open(Cursor::new(bytes.to_vec())).unwrap();
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    names.into_iter().map(|name| (name.clone(), archive.whole(&name, u64::MAX).unwrap().unwrap())).collect()
}

fn content(bytes: &[u8]) -> Publication {
    let files = files(bytes);
    Publication::read(&files.iter().find(|(name, _)| name == "publication.json").unwrap().1).unwrap()
}
