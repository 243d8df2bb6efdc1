//! An honest month of a unit, and a stuffed one. Answers follow the stated model of the demonstration; what is noticed of them
//! goes through the rules of the program.
//!
//! The plan is silent on what honest answers look like from outside. Assumed here, and different from unit to unit: up to 4%
//! come from a device that has answered before (families, one who has several applications), up to 10% at the counter are
//! pressed by staff, for up to one application in ten, and at most 60, a paper form is keyed in; one honest person in 500 is quicker than five seconds, the
//! others take 20 seconds to 3 minutes. A counter QR serves 500 applications a month. Staff who stuff use two devices and take
//! half a minute to ten minutes from one form to the next.

use std::collections::BTreeMap;
use std::net::IpAddr;

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use thuocdo::collect::alike::Keyed;
use thuocdo::collect::arrivals::{Arrival, Arrivals};
use thuocdo::index::signals::{Tickets, UnitMonth};
use thuocdo::questionnaire::{Answer, Edition, FLAG_ALL_EQUAL, flags};
use thuocdo::statistics::Estimated;
use thuocdo::store::signals::Marks;
use thuocdo::words::{Day, EditionNumber, Mark, Moment, PointId};

use super::plan::{Attack, Units};

/// Effects of the five criteria.
const CRITERIA: [f64; 5] = [0.25, -0.40, 0.35, -0.25, 0.05];
/// Limits of the levels.
const LIMITS: [f64; 4] = [-3.9, -2.4, 0.0, 4.4];
/// Spread between persons, and by how much it draws shares towards the middle.
const PERSONS: f64 = 2.4;
const DRAWN_IN: f64 = 1.73;
/// Kindness at the counter.
const AT_COUNTER: f64 = 0.2;
/// Questions of a long paper form.
const LONG: usize = 20;
/// Working days of the month, hours and first hour of work.
const DAYS: u32 = 21;
const SECONDS: u32 = 27_000;
const FIRST_SECOND: i64 = 27_000;
const MONDAY: Day = Day(20_521);

pub(super) struct Unit {
    pub(super) dossiers: u32,
    effect: f64,
    response_b: f64,
    response_d: f64,
    repeats: f64,
    helped: f64,
    papers: u32,
}

impl Unit {
    pub(super) fn of(plan: &Units, dossiers: u32, share: f64, draws: &mut ChaCha8Rng) -> Self {
        let between = |[low, high]: [f64; 2], draws: &mut ChaCha8Rng| draws.random_range(low..high);
        Self {
            dossiers,
            effect: DRAWN_IN * (share / (1.0 - share)).ln(),
            response_b: between(plan.response_b, draws),
            response_d: between(plan.response_d, draws),
            repeats: draws.random_range(0.0..0.04),
            helped: draws.random_range(0.0..0.10),
            papers: draws.random_range(0..=60.min(dossiers / 10)),
        }
    }
}

fn normal(draws: &mut impl Rng) -> f64 {
    let (one, two): (f64, f64) = (1.0 - draws.random::<f64>(), draws.random());
    (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * two).cos()
}

fn levels(effect: f64, questions: usize, draws: &mut impl Rng) -> Vec<u8> {
    let person = PERSONS * normal(draws);
    let level = |criterion: f64, draws: &mut dyn FnMut() -> f64| {
        let (eta, v) = (effect + criterion + person, draws());
        1 + u8::try_from(LIMITS.iter().filter(|limit| v > 1.0 / (1.0 + (eta - *limit).exp())).count()).unwrap()
    };
    let mut uniform = || draws.random::<f64>();
    (0..questions).map(|n| level(CRITERIA[n % CRITERIA.len()], &mut uniform)).collect()
}

/// Whether most of what somebody answered is satisfied.
fn is_content(levels: &[u8]) -> bool {
    2 * levels.iter().filter(|level| **level >= 4).count() > levels.len()
}

/// Somebody who responds: the content have higher odds. Most do not, and nothing has to be drawn of these.
struct Response {
    content: f64,
    other: f64,
}

impl Response {
    fn of(rate: f64, more: f64) -> Self {
        let odds = rate / (1.0 - rate);
        Self { content: odds * more / (1.0 + odds * more), other: rate }
    }

    /// Whether somebody responds whose odds are those of the content; of these [`Self::does`] says who really does.
    fn may(&self, draws: &mut impl Rng) -> bool {
        draws.random_bool(self.content)
    }

    fn does(&self, levels: &[u8], draws: &mut impl Rng) -> bool {
        is_content(levels) || draws.random_bool(self.other / self.content)
    }
}

/// A sheet of the counter form: a few blanks, no time and quality at the counter, minutes by half of them.
fn sheet(levels: &[u8], at_counter: bool, draws: &mut impl Rng) -> Vec<Answer> {
    let mut answers: Vec<Answer> = levels
        .iter()
        .enumerate()
        .map(|(n, level)| {
            if draws.random_bool(0.015) {
                Answer::Blank
            } else if at_counter && n >= 3 && draws.random_bool(0.55) {
                Answer::NotApplicable
            } else {
                Answer::Level(*level)
            }
        })
        .collect();
    let minutes = 5 * draws.random_range(1..9_u16);
    answers.push(if draws.random_bool(0.55) { Answer::Number(minutes) } else { Answer::Blank });
    answers
}

/// Somebody at the counter or at home.
struct Sent {
    day: u32,
    second: u32,
    device: u32,
    /// Seconds from opening to sending; `None` for a program that opens no form.
    took: Option<u32>,
}

/// A month as it comes together.
pub(super) struct Month<'a> {
    plan: &'a Units,
    edition: &'a Edition,
    draws: ChaCha8Rng,
    sent: Vec<Sent>,
    devices: u32,
    marks: BTreeMap<Mark, u64>,
    tickets: Vec<f64>,
    sample: Vec<f64>,
    spent: u64,
    disputed: u64,
    paper: Keyed,
    long_paper: Keyed,
}

/// A month with its signals; the second with paper forms of twenty questions instead of five.
pub(super) struct Simulated {
    pub(super) short: UnitMonth,
    pub(super) long: UnitMonth,
}

impl<'a> Month<'a> {
    /// A month of a unit, with or without an attack.
    pub(super) fn of(
        plan: &'a Units,
        edition: &'a Edition,
        unit: &Unit,
        attack: Option<Attack>,
        seed: u64,
    ) -> Simulated {
        let mut month = Self {
            plan,
            edition,
            draws: ChaCha8Rng::seed_from_u64(seed),
            sent: Vec::new(),
            devices: 0,
            marks: BTreeMap::new(),
            tickets: Vec::new(),
            sample: Vec::new(),
            spent: 0,
            disputed: 0,
            paper: Keyed::default(),
            long_paper: Keyed::default(),
        };
        month.tickets(unit, attack);
        month.counter(unit);
        month.sample(unit);
        for _ in 0..unit.papers {
            month.honest_paper(unit);
        }
        match attack {
            Some(Attack::Scans { answers, level, pause }) => month.scans(answers, level, pause),
            Some(Attack::Script { answers, level }) => month.script(answers, level),
            Some(Attack::Paper { forms, copied, .. }) => month.padded(forms, copied),
            Some(Attack::SelfFilled { .. } | Attack::Selective { .. }) | None => {}
        }
        month.noticed(unit)
    }

    fn count(&mut self, mark: Mark) {
        *self.marks.entry(mark).or_default() += 1;
    }

    /// An answer that is stored, with what it shows of itself.
    fn stored(&mut self, answers: &[Answer]) {
        self.count(Mark::Answered);
        if flags(self.edition, answers) & FLAG_ALL_EQUAL != 0 {
            self.count(Mark::Straight);
        }
    }

    /// A working day: more on Mondays, fewer on Fridays.
    fn day(&mut self) -> u32 {
        let [monday, friday] = self.plan.answers_per_day_peak;
        loop {
            let day = self.draws.random_range(0..DAYS);
            let weight = match day % 5 {
                0 => monday,
                4 => friday,
                _ => 1.0,
            };
            if self.draws.random_bool(weight / monday) {
                return day / 5 * 7 + day % 5;
            }
        }
    }

    /// An honest answer sent through the web.
    fn sends(&mut self, unit: &Unit) {
        let is_repeat = self.devices > 0 && self.draws.random_bool(unit.repeats);
        let took = if self.draws.random_bool(0.002) { 3 } else { self.draws.random_range(20..180) };
        let (mut day, second) = (self.day(), self.draws.random_range(0..SECONDS));
        let device = if is_repeat {
            // Somebody who answered a moment ago hands the telephone on.
            self.sent.last().map_or(0, |before| {
                day = before.day;
                before.device
            })
        } else {
            self.devices += 1;
            self.devices
        };
        self.sent.push(Sent { day, second, device, took: Some(took) });
    }

    /// Tickets of all dossiers: of owners, of submitters (which count as open feedback), and of staff.
    fn tickets(&mut self, unit: &Unit, attack: Option<Attack>) {
        let response = Response::of(unit.response_b, self.plan.satisfied_respond_more);
        for _ in 0..unit.dossiers {
            let reaches = self.draws.random_bool(self.plan.ticket_reaches_owner);
            if let Some(Attack::SelfFilled { share, level }) = attack
                && self.draws.random_bool(share)
            {
                self.staff_answers(level, reaches);
                continue;
            }
            if !response.may(&mut self.draws) {
                continue;
            }
            let given = levels(unit.effect, CRITERIA.len(), &mut self.draws);
            let skip = if let Some(Attack::Selective { skip }) = attack { skip } else { 0.0 };
            if !is_content(&given) && self.draws.random_bool(skip) || !response.does(&given, &mut self.draws) {
                continue;
            }
            let answers = sheet(&given, false, &mut self.draws);
            self.stored(&answers);
            self.sends(unit);
            if reaches {
                self.spends(&given);
                self.disputed += u64::from(self.draws.random_bool(self.plan.mischief_dispute));
            }
        }
    }

    fn spends(&mut self, given: &[u8]) {
        self.spent += 1;
        let satisfied = u32::try_from(given.iter().filter(|level| **level >= 4).count()).unwrap();
        self.tickets.push(f64::from(satisfied) / f64::from(u32::try_from(given.len()).unwrap()));
    }

    fn staff_answers(&mut self, level: u8, reaches: bool) {
        let mut answers = vec![Answer::Level(level); CRITERIA.len()];
        answers.push(Answer::Blank);
        self.stored(&answers);
        self.spends(&[level; CRITERIA.len()]);
        self.disputed += u64::from(reaches && self.draws.random_bool(self.plan.owner_opens_spent_ticket));
        let (day, second) = (self.day(), self.draws.random_range(0..SECONDS));
        let (device, took) = (u32::MAX - self.draws.random_range(0..2), self.draws.random_range(6..60));
        self.sent.push(Sent { day, second, device, took: Some(took) });
    }

    fn counter(&mut self, unit: &Unit) {
        let response = Response::of(unit.response_d, self.plan.satisfied_respond_more);
        for _ in 0..unit.dossiers {
            if !response.may(&mut self.draws) || !self.draws.random_bool(self.plan.counter_share) {
                continue;
            }
            let given = levels(unit.effect + AT_COUNTER, CRITERIA.len(), &mut self.draws);
            if response.does(&given, &mut self.draws) {
                let answers = sheet(&given, true, &mut self.draws);
                self.stored(&answers);
                self.sends(unit);
                if self.draws.random_bool(unit.helped) {
                    self.count(Mark::StaffHelped);
                }
            }
        }
    }

    /// The drawn sample of twelve months.
    fn sample(&mut self, unit: &Unit) {
        let response = Response::of(self.plan.response_a, self.plan.satisfied_respond_more);
        for _ in 0..self.plan.invited_a {
            if !response.may(&mut self.draws) {
                continue;
            }
            let given = levels(unit.effect, CRITERIA.len(), &mut self.draws);
            if response.does(&given, &mut self.draws) {
                let satisfied = u32::try_from(given.iter().filter(|level| **level >= 4).count()).unwrap();
                self.sample.push(f64::from(satisfied) / 5.0);
            }
        }
    }

    fn honest_paper(&mut self, unit: &Unit) {
        let short = levels(unit.effect + AT_COUNTER, CRITERIA.len(), &mut self.draws);
        let short = sheet(&short, true, &mut self.draws);
        let long = levels(unit.effect + AT_COUNTER, LONG, &mut self.draws);
        self.keys(&short, &long.into_iter().map(Answer::Level).collect::<Vec<_>>());
    }

    fn keys(&mut self, short: &[Answer], long: &[Answer]) {
        self.stored(short);
        let of = (PointId(1), EditionNumber(1));
        let is_straight = flags(self.edition, short) & FLAG_ALL_EQUAL != 0;
        self.paper.count(of, (MONDAY, MONDAY), short, is_straight);
        self.long_paper.count(of, (MONDAY, MONDAY), long, long.iter().all(|level| *level == long[0]));
    }

    /// Invented forms of content people; copies differ in one answer.
    fn padded(&mut self, forms: u32, copied: f64) {
        let mut last: Option<(Vec<Answer>, Vec<Answer>)> = None;
        for _ in 0..forms {
            let level = |draws: &mut ChaCha8Rng| Answer::Level(draws.random_range(4..=5));
            let is_copy = self.draws.random_bool(copied);
            let (short, long) = if let Some((mut short, mut long)) = last.take().filter(|_| is_copy) {
                let (one, other) = (self.draws.random_range(0..CRITERIA.len()), self.draws.random_range(0..LONG));
                short[one] = level(&mut self.draws);
                long[other] = level(&mut self.draws);
                (short, long)
            } else {
                let mut short: Vec<Answer> = CRITERIA.iter().map(|_| level(&mut self.draws)).collect();
                short.push(Answer::Blank);
                (short, (0..LONG).map(|_| level(&mut self.draws)).collect())
            };
            self.keys(&short, &long);
            last = Some((short, long));
        }
    }

    fn straight(&mut self, level: u8) {
        let mut answers = vec![Answer::Level(level); CRITERIA.len()];
        answers.push(Answer::Blank);
        self.stored(&answers);
    }

    /// One telephone, from the first morning on until all is done, nights included if need be.
    fn scans(&mut self, answers: u32, level: u8, [low, high]: [u32; 2]) {
        let mut second = 0;
        for _ in 0..answers {
            self.straight(level);
            second += self.draws.random_range(low..=high);
            let took = Some(self.draws.random_range(3..=20));
            self.sent.push(Sent { day: second / 57_600, second: second % 57_600, device: u32::MAX, took });
        }
    }

    fn script(&mut self, answers: u32, level: u8) {
        for n in 0..answers {
            self.straight(level);
            let (day, second) = (self.day(), self.draws.random_range(0..SECONDS));
            self.sent.push(Sent { day, second, device: u32::MAX / 2 + n, took: None });
        }
    }

    /// Everything through the rules of the program, in the order in which it came.
    fn noticed(mut self, unit: &Unit) -> Simulated {
        self.sent.sort_by_key(|sent| (sent.day, sent.second));
        let arrivals = Arrivals::default();
        let points = 1 + unit.dossiers / 500;
        for sent in &self.sent {
            let day = MONDAY.plus(i32::try_from(sent.day).unwrap());
            let now = Moment::at_end_of(day.plus(-1)).unix() + FIRST_SECOND + i64::from(sent.second);
            let opened = sent.took.map(|took| Moment::from_unix(now - i64::from(took)));
            let address = IpAddr::from(sent.device.to_be_bytes());
            // A device stays at its counter, and so does whoever stuffs.
            let point = PointId(i32::try_from(sent.device % points).unwrap());
            let device = Some((address, b"a browser".as_slice()));
            arrivals.notice(Arrival { point, device, opened, now: Moment::from_unix(now) }, [7; 32]);
        }
        let add = |into: &mut BTreeMap<Mark, u64>, marks: &Marks| {
            for ((_, _, mark), n) in marks {
                *into.entry(*mark).or_default() += u64::try_from(*n).unwrap();
            }
        };
        add(&mut self.marks, &arrivals.take(Day(i32::MAX)));
        let month = |paper: &Keyed| {
            let mut marks = self.marks.clone();
            add(&mut marks, &paper.marks);
            UnitMonth {
                marks,
                returned: Some(unit.dossiers.into()),
                excluded: 0,
                sample: estimated(&self.sample),
                tickets: estimated(&self.tickets),
                disputes: Some(Tickets { spent: self.spent, disputed: self.disputed }),
            }
        };
        Simulated { short: month(&self.paper), long: month(&self.long_paper) }
    }
}

/// The mean of shares of persons; `None` below ten, where the program shows none.
fn estimated(shares: &[f64]) -> Option<Estimated> {
    let n = f64::from(u32::try_from(shares.len()).unwrap());
    let value = shares.iter().sum::<f64>() / n;
    let variance = shares.iter().map(|share| (share - value).powi(2)).sum::<f64>() / (n - 1.0);
    (shares.len() >= 10).then(|| Estimated { value, se: (variance / n).sqrt(), df: n - 1.0 })
}
