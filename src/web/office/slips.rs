//! `/quan-tri/phieu-moi`: the slip of a dossier that the daily file named. Nobody makes a dossier up here.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::desk::{Answer, Desk};
use super::faults::{Faults, choices};
use crate::record::Ticket;
use crate::registry::By;
use crate::store::tickets::StoredTicket;
use crate::text::office::{self as common, slips as words};
use crate::text::{form, poster, ticket as slip_words};
use crate::tickets::{self, IssueRefusal};
use crate::web::frame::{self, Frame};
use crate::web::posters;
use crate::web::view::office::Input;
use crate::web::view::page::Layout;
use crate::web::view::slip::{Slip, slip};
use crate::words::{Lang, TicketStage};

pub(super) const PAGE: &str = "/quan-tri/phieu-moi";
const DOSSIER: &str = "ho_so";
const STAGE: &str = "giai_doan";

/// `GET /quan-tri/phieu-moi`.
pub(super) async fn show(desk: Desk) -> Answer {
    Ok(desk.page(words::TITLE.get(desk.lang), &asking(&desk, &Faults::default())))
}

/// `POST /quan-tri/phieu-moi`: the slip itself. The number of the dossier stands in no address.
pub(super) async fn print(desk: Desk) -> Answer {
    let dossier = desk.fields.get(DOSSIER);
    let Ok(stage) = TicketStage::parse(desk.fields.get(STAGE)) else {
        return Ok(refused(&desk, STAGE, words::NO_STAGE));
    };
    let (keys, by) = (&desk.site().keys, By::Person(&desk.signed.person.email));
    let may = |ticket: &StoredTicket| desk.holds_point(ticket.point);
    let printed = tickets::reprint(desk.db(), keys, desk.province(), (dossier, stage), may, (desk.today(), by)).await;
    match printed {
        Ok(issued) => sheet(&desk, &issued.ticket, stage),
        Err(IssueRefusal::Fault(error)) => Err(error.into()),
        Err(IssueRefusal::Dossier) => Ok(refused(&desk, DOSSIER, words::NO_NUMBER)),
        Err(IssueRefusal::Spent | IssueRefusal::Withdrawn) => Ok(refused(&desk, DOSSIER, words::SPENT)),
        Err(_unknown) => Ok(refused(&desk, DOSSIER, words::UNKNOWN)),
    }
}

fn refused(desk: &Desk, field: &'static str, what: crate::text::Say) -> HttpResponse {
    let mut faults = Faults::default();
    faults.at(field, what.get(desk.lang));
    desk.refused(words::TITLE.get(desk.lang), &asking(desk, &faults))
}

fn asking(desk: &Desk, faults: &Faults) -> Markup {
    let lang = desk.lang;
    let stages = [(TicketStage::Result, words::RESULT), (TicketStage::Reception, words::RECEPTION)];
    let stages = stages.map(|(stage, say)| (stage.word(), say.get(lang)));
    let mut dossier = faults.field(desk, DOSSIER, words::DOSSIER, Input::Text, "");
    dossier.hint = Some(words::DOSSIER_HINT.get(lang).into());
    let radios = Input::Radios(choices(None, stages.into_iter()));
    let stage = faults.field(desk, STAGE, words::STAGE, radios, TicketStage::Result.word());
    html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        p.note { (words::HONEST.get(lang)) }
        (faults.form(desk, PAGE, vec![dossier, stage], words::LOOK).render())
    }
}

/// The page that is printed. The slip speaks Vietnamese.
fn sheet(desk: &Desk, ticket: &Ticket, stage: TicketStage) -> Answer {
    let (lang, vi) = (desk.lang, Lang::Vi);
    let settings = &desk.site().settings;
    let address = format!("{}/p/{}", settings.base_url, ticket.code());
    let short = address.trim_start_matches("https://").trim_start_matches("http://").to_owned();
    let (lead, until) = match stage {
        TicketStage::Result => (slip_words::SLIP_LEAD_RESULT, slip_words::SLIP_UNTIL_RESULT),
        TicketStage::Reception => (slip_words::SLIP_LEAD_RECEPTION, slip_words::SLIP_UNTIL_RECEPTION),
    };
    let phone = settings.hotline.as_deref().map(|hotline| slip_words::slip_phone(vi, hotline));
    let foot: Vec<String> = [Some(slip_words::SLIP_NO_OTP.get(vi).to_owned()), phone].into_iter().flatten().collect();
    let content = Slip {
        not_yet: settings.is_doubtful.then(|| poster::not_yet(lang, &settings.base_url).into()),
        demo: desk.snapshot().installation.simulated.then(|| form::DEMO_MARK.get(vi).into()),
        title: slip_words::SLIP_TITLE.get(vi).into(),
        lead: lead.get(vi).into(),
        qr: posters::drawn(&address)?,
        qr_name: words::QR_ALT.get(vi).into(),
        address: slip_words::slip_address(vi, &short).into(),
        lines: [slip_words::SLIP_OWN, until, slip_words::SLIP_SPENT].map(|say| say.get(vi).into()).into(),
        foot: foot.join(" · ").into(),
    };
    let main = html! {
        div.links {
            p { (words::HOW.get(lang)) }
            p { a href=(desk.to(PAGE)) { (common::BACK.get(lang)) } }
        }
        (slip(&content))
    };
    let frame =
        Frame { lang, title: words::TITLE.get(lang).into(), layout: Layout::Sheet, path: PAGE, both_languages: false };
    Ok(frame::respond(Some(desk.snapshot()), frame, StatusCode::OK, &main))
}
