//! What the signals of the last month say together of the unit, for those who may look at it.

use maud::{Markup, html};

use crate::publish::UnitFigures;
use crate::text::date;
use crate::text::office::figures as words;
use crate::web::office::desk::{Desk, Stop};
use crate::web::office::signals;
use crate::web::view::unit::Part;
use crate::words::Right;

/// The part; none for those who may not look at this unit.
pub(super) async fn signals(desk: &Desk, figures: &UnitFigures) -> Result<Option<Part<Markup>>, Stop> {
    let lang = desk.lang;
    let unit = figures.unit.unit;
    if !desk.may(Right::ReadSignals) {
        return Ok(None);
    }
    let Some((month, found)) = signals::of_unit(desk, unit).await? else { return Ok(None) };
    let content = html! {
        @match found {
            Some(class) => {
                p { (words::signals_of(lang, &date::month(lang, month.from), &class.get(lang).to_lowercase())) }
                p { a href=(desk.to(&signals::page_of(&figures.unit.code))) { (words::SIGNALS_LINK.get(lang)) } }
            }
            None => p { (words::SIGNALS_NONE.get(lang)) }
        }
    };
    Ok(Some(Part { title: words::SIGNALS.get(lang).into(), lead: None, content }))
}
