//! `/quan-tri/duyet/loai-phieu`: proposing to exclude the forms of whole days of one point and level.

use maud::{Markup, html};

use super::{DAY_FROM, DAY_TO, NOTE, REASON, page_of, reason, reasons, who};
use crate::decisions::{self, ExclusionProposal, NotDone};
use crate::text::figure::level::{channel, level_short};
use crate::text::office::{self as common, decisions as words};
use crate::web::office::desk::{Answer, Desk, Stop};
use crate::web::office::done::Done;
use crate::web::office::faults::{Faults, choices};
use crate::web::view::office::Input;
use crate::words::{Channel, DecisionKind, Level, PointId};

const PAGE: &str = "/quan-tri/duyet/loai-phieu";
const POINT: &str = "diem";
const LEVEL: &str = "muc";
const CHANNEL: &str = "hinh_thuc";

/// `GET`.
pub(in crate::web::office) async fn show(desk: Desk) -> Answer {
    let main = form(&desk, &Faults::default());
    Ok(desk.page(words::EXCLUDE_TITLE.get(desk.lang), &main))
}

/// `POST`.
pub(in crate::web::office) async fn send(desk: Desk) -> Answer {
    let mut faults = Faults::default();
    let point = point(&desk, &mut faults);
    let day_from = faults.day(&desk, DAY_FROM, words::DAY_FROM);
    let day_to = faults.day(&desk, DAY_TO, words::DAY_TO);
    let level = level(&desk, &mut faults);
    let channels = channels(&desk, &mut faults);
    let reason = reason(&desk, DecisionKind::Exclude, &mut faults);
    if let (Some(point), Some(day_from), Some(day_to), Some(level), Some(channels), Some(reason)) =
        (point, day_from, day_to, level, channels, reason)
    {
        let (note, channel) = (desk.fields.get(NOTE), channels.only());
        let proposal = ExclusionProposal { point, level, channel, day_from, day_to, reason, note };
        match decisions::propose_exclusion(desk.db(), desk.province(), &who(&desk), &proposal).await {
            Ok(id) => return Ok(desk.done(&page_of(id), Done::Proposed)),
            Err(NotDone::Fault(fault)) => return Err(Stop::Fault(fault)),
            Err(NotDone::Refused(refusals)) => refusals.iter().for_each(|refusal| faults.whole(refusal.say(desk.lang))),
        }
    }
    let main = form(&desk, &faults);
    Ok(desk.refused(words::EXCLUDE_TITLE.get(desk.lang), &main))
}

fn point(desk: &Desk, faults: &mut Faults) -> Option<PointId> {
    let found = desk.point(desk.fields.get(POINT)).ok().map(|(point, _)| point.point);
    if found.is_none() {
        faults.at(POINT, words::NO_POINT.get(desk.lang));
    }
    found
}

fn level(desk: &Desk, faults: &mut Faults) -> Option<Level> {
    let found = Level::parse(desk.fields.get(LEVEL)).ok();
    if found.is_none() {
        faults.at(LEVEL, words::NO_LEVEL.get(desk.lang));
    }
    found
}

/// Whose forms are meant.
enum Channels {
    All,
    One(Channel),
}

impl Channels {
    const fn only(&self) -> Option<Channel> {
        match self {
            Self::All => None,
            Self::One(channel) => Some(*channel),
        }
    }
}

/// One channel, or every channel where none is chosen.
fn channels(desk: &Desk, faults: &mut Faults) -> Option<Channels> {
    let entered = desk.fields.get(CHANNEL);
    if entered.is_empty() {
        return Some(Channels::All);
    }
    let found = Channel::parse(entered).ok().map(Channels::One);
    if found.is_none() {
        faults.at(CHANNEL, words::NO_CHANNEL.get(desk.lang));
    }
    found
}

fn form(desk: &Desk, faults: &Faults) -> Markup {
    let lang = desk.lang;
    let levels = Level::ALL.iter().map(|one| (one.word(), level_short(*one).get(lang)));
    let channels = Channel::ALL.iter().map(|one| (one.word(), channel(*one).get(lang)));
    let fields = vec![
        faults.field(desk, POINT, words::EXCLUDE_POINT, Input::Text, "").hint(words::POINT_HINT.get(lang)),
        faults.field(desk, LEVEL, words::LEVEL, Input::Radios(choices(None, levels)), ""),
        faults.field(
            desk,
            CHANNEL,
            words::CHANNEL,
            Input::Select(choices(Some(words::ANY_CHANNEL.get(lang)), channels)),
            "",
        ),
        faults.field(desk, DAY_FROM, words::DAY_FROM, Input::Date, ""),
        faults.field(desk, DAY_TO, words::DAY_TO, Input::Date, ""),
        faults.field(desk, REASON, words::REASON, Input::Radios(reasons(desk, DecisionKind::Exclude)), ""),
        faults.field(desk, NOTE, words::NOTE, Input::Area, "").optional(common::OPTIONAL.get(lang)),
    ];
    html! {
        h1 { (words::EXCLUDE_TITLE.get(lang)) }
        p { (words::EXCLUDE_LEAD.get(lang)) }
        p.note { (words::EXCLUDE_WHOLE_DAYS.get(lang)) }
        (faults.form(desk, PAGE, fields, words::PROPOSE_BUTTON).render())
    }
}
