//! The answers of a day: every returned dossier is a user who may answer by ticket, at the kiosk or by the counter's QR.

use super::comments::comment_of;
use super::dossiers::{Door, Dossier, Punctuality, dossiers_of, share_of_month};
use super::draws::{Draws, Purpose};
use super::model::{INVITED, Rated, User, Way, sheet};
use super::procedures::Asking;
use super::province::{DecidingUnit, LINE, LINE_COUNTERS, UNITS, unit_named};
use super::situations::{self, Circumstance};
use crate::words::{Channel, Day, Helper, Level};

/// Users tried until one answers where a situation asks for an answer.
const TRIES: u32 = 1_000;

/// One simulated answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedAnswer {
    /// Code of the collection point.
    pub point: String,
    /// The day it is stored.
    pub day: Day,
    /// How it came in.
    pub channel: Channel,
    /// Trust level: B, C or D.
    pub level: Level,
    /// Code of the deciding unit; known at level B only.
    pub deciding_unit: Option<String>,
    /// Code of the procedure; known at level B only, and there not of "thủ tục khác".
    pub procedure: Option<String>,
    /// Reception, waiting, attitude, time, quality (`CRITERIA`).
    pub levels: [Rated; 5],
    /// Minutes waited, as reported.
    pub minutes: Option<u16>,
    /// The comment.
    pub comment: Option<&'static str>,
    /// Who pressed for the person.
    pub helper: Helper,
}

/// The answers of a day with what is special about each. Equal on every run.
pub fn answers_with_circumstances(day: Day) -> Vec<(Circumstance, SimulatedAnswer)> {
    let mut all = Vec::new();
    for unit in &UNITS {
        all.extend(answers_at(unit, day));
    }
    all.extend(kept_in_kiosk(day));
    if share_of_month(day) > 0.0 {
        for counter in LINE_COUNTERS {
            all.extend(answers_at_line_agency(counter, day));
        }
    }
    if situations::burst_on(day) {
        let (point, count) = situations::BURST;
        let answer = flattering(point.to_owned(), day, Way::CounterQr);
        all.extend((0..count).map(|_| (Circumstance::Burst, answer.clone())));
    }
    all
}

fn answers_at(unit: &'static DecidingUnit, day: Day) -> Vec<(Circumstance, SimulatedAnswer)> {
    if let Some(count) = situations::answers_fixed(unit, day) {
        return (0..count).filter_map(|n| one_answer(unit, day, n)).map(|a| (Circumstance::Ordinary, a)).collect();
    }
    let line_down =
        unit.code == situations::LINE_DOWN && (situations::line_is_down(day) || !situations::kept_days(day).is_empty());
    let mut all = answers_given(unit, day);
    all.retain(|(_, answer)| !(line_down && answer.channel == Channel::Kiosk));
    all
}

/// The answers given at a unit on a day, whenever they arrive.
fn answers_given(unit: &DecidingUnit, day: Day) -> Vec<(Circumstance, SimulatedAnswer)> {
    let mut draws = Draws::of(unit.code, day, Purpose::Answers);
    let mut all = Vec::new();
    for dossier in dossiers_of(unit, day) {
        let user = User::draw(unit, day, dossier.punctuality, &mut draws);
        all.extend(by_ticket(unit, day, &dossier, &user, &mut draws));
        let Door::Counter(counter) = dossier.door else { continue };
        if let Some(kiosk) = counter.kiosk()
            && user.answers(unit, Way::Kiosk, &mut draws)
        {
            all.push((Circumstance::Ordinary, answer(unit, day, kiosk, Way::Kiosk, &user, &mut draws)));
        }
        if user.answers(unit, Way::CounterQr, &mut draws) {
            let wrong = situations::qr_is_shared(day) && counter.code == situations::SHARED_QR.1;
            let (circumstance, point) = if wrong {
                (Circumstance::UnderWrongCode, situations::SHARED_QR.0)
            } else {
                (Circumstance::Ordinary, counter.code)
            };
            all.push((circumstance, answer(unit, day, point.to_owned(), Way::CounterQr, &user, &mut draws)));
        }
    }
    all
}

fn by_ticket(
    unit: &DecidingUnit,
    day: Day,
    dossier: &Dossier,
    user: &User,
    draws: &mut Draws,
) -> Option<(Circumstance, SimulatedAnswer)> {
    let silent = dossier.procedure.is_some_and(|procedure| procedure.asking == Asking::Silent);
    if silent || !draws.chance(INVITED) {
        return None;
    }
    let point = dossier.door.point(unit);
    let (circumstance, given) = if situations::staff_fill(unit, day) && draws.chance(situations::SELF_FILLED) {
        (Circumstance::FilledByStaff, flattering(point, day, Way::Ticket))
    } else if user.answers(unit, Way::Ticket, draws) {
        (Circumstance::Ordinary, answer(unit, day, point, Way::Ticket, user, draws))
    } else {
        return None;
    };
    let known = SimulatedAnswer {
        deciding_unit: Some(unit.code.to_owned()),
        procedure: dossier.procedure.map(|procedure| procedure.code.to_owned()),
        // Who handed in online did not wait.
        minutes: given.minutes.filter(|_| dossier.door != Door::Web),
        ..given
    };
    Some((circumstance, known))
}

/// What the kiosk kept while the line was down. It empties its queue on the first day after; that day has no others.
fn kept_in_kiosk(day: Day) -> Vec<(Circumstance, SimulatedAnswer)> {
    let Some(unit) = unit_named(situations::LINE_DOWN) else { return Vec::new() };
    let given = situations::kept_days(day).into_iter().flat_map(|given| answers_given(unit, given));
    let kept = given.filter(|(_, answer)| answer.channel == Channel::Kiosk);
    kept.map(|(_, answer)| (Circumstance::ArrivedLate, SimulatedAnswer { day, ..answer })).collect()
}

fn answers_at_line_agency(counter: &str, day: Day) -> Vec<(Circumstance, SimulatedAnswer)> {
    let mut draws = Draws::of(counter, day, Purpose::Answers);
    let visits = draws.count(LINE.dossiers * share_of_month(day));
    let mut all = Vec::new();
    for _ in 0..visits {
        let user = user_of(&LINE, day, &mut draws);
        if user.answers(&LINE, Way::CounterQr, &mut draws) {
            let given = answer(&LINE, day, counter.to_owned(), Way::CounterQr, &user, &mut draws);
            all.push((Circumstance::Ordinary, given));
        }
    }
    all
}

fn user_of(unit: &DecidingUnit, day: Day, draws: &mut Draws) -> User {
    let late = if draws.chance(unit.late_share) { Punctuality::Late } else { Punctuality::InTime };
    User::draw(unit, day, late, draws)
}

/// An answer by ticket at the unit's web link from the first user who gives one.
fn one_answer(unit: &DecidingUnit, day: Day, number: u32) -> Option<SimulatedAnswer> {
    let mut draws = Draws::of(unit.code, day.plus(i32::try_from(number).ok()?), Purpose::Situations);
    let mut users = (0..TRIES).map(|_| {
        let user = user_of(unit, day, &mut draws);
        user.answers(unit, Way::Ticket, &mut draws).then_some(user)
    });
    let user = users.find_map(|user| user)?;
    let given = answer(unit, day, Door::Web.point(unit), Way::Ticket, &user, &mut draws);
    Some(SimulatedAnswer { deciding_unit: Some(unit.code.to_owned()), minutes: None, ..given })
}

fn answer(unit: &DecidingUnit, day: Day, point: String, way: Way, user: &User, draws: &mut Draws) -> SimulatedAnswer {
    let levels = user.levels(unit, way, draws);
    let levels = sheet(levels, way, draws);
    let minutes = user.reported_minutes(draws);
    let comment = comment_of(unit, &levels, draws);
    let helper = if way == Way::Kiosk { helper(draws) } else { Helper::None };
    SimulatedAnswer { levels, minutes, comment, helper, ..blank(point, day, way) }
}

/// An answer that praises everything.
fn flattering(point: String, day: Day, way: Way) -> SimulatedAnswer {
    SimulatedAnswer { levels: [Rated::Level(5); 5], ..blank(point, day, way) }
}

fn blank(point: String, day: Day, way: Way) -> SimulatedAnswer {
    let (channel, level) = match way {
        Way::Ticket => (Channel::Slip, Level::B),
        Way::Kiosk => (Channel::Kiosk, Level::C),
        Way::CounterQr => (Channel::CounterQr, Level::D),
    };
    SimulatedAnswer {
        point,
        day,
        channel,
        level,
        deciding_unit: None,
        procedure: None,
        levels: [Rated::Blank; 5],
        minutes: None,
        comment: None,
        helper: Helper::None,
    }
}

/// Who pressed at a kiosk: somebody did for 18% of the people.
fn helper(draws: &mut Draws) -> Helper {
    let who = [(Helper::None, 82.0), (Helper::Family, 8.0), (Helper::Volunteer, 7.0), (Helper::Staff, 3.0)];
    draws.pick(&who).unwrap_or(Helper::None)
}
