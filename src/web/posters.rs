//! The posters of collection points, worded and drawn: one at the public address of a point, many in one print of the office.

use maud::{Markup, PreEscaped};

use super::site::PublicSettings;
use super::view::poster::{Poster, Size};
use crate::publish::qr;
use crate::registry::{OpenPoint, Snapshot};
use crate::text::{form, poster as words};
use crate::words::{Day, Lang};

/// The address in the QR of a public code.
pub fn address(base_url: &str, code: &str) -> String {
    format!("{base_url}/q/{code}")
}

/// The QR of an address as a drawing.
pub fn drawn(address: &str) -> anyhow::Result<Markup> {
    // The drawing comes from our own QR writer and holds numbers alone.
    Ok(PreEscaped(qr::svg(address)?))
}

/// The poster of an open point with one of its codes. It speaks Vietnamese, with one English line.
pub fn of(
    settings: &PublicSettings,
    snapshot: &Snapshot,
    code: &str,
    point: OpenPoint<'_>,
    size: Size,
    today: Day,
) -> anyhow::Result<Poster> {
    let lang = Lang::Vi;
    let base = &settings.base_url;
    let address = address(base, code);
    let short = address.trim_start_matches("https://").trim_start_matches("http://").to_owned();
    let results = format!("{base}/don-vi/{}", point.unit.code);
    Ok(Poster {
        not_yet: settings.is_doubtful.then(|| words::not_yet(lang, base).into()),
        size,
        demo: snapshot.installation.simulated.then(|| form::DEMO_MARK.get(lang).into()),
        centre: point.unit.name.to_uppercase().into(),
        counter: Some(point.version.name.clone().into()),
        headline: words::HEADLINE.get(lang).into(),
        invitation: words::INVITATION.get(lang).into(),
        english: Some(words::ENGLISH_LINE.get(Lang::En).into()),
        qr: drawn(&address)?,
        qr_name: words::QR_ALT.get(lang).into(),
        steps: words::STEPS.iter().map(|step| step.get(lang).into()).collect(),
        typed: words::cannot_scan(lang, "").trim_end().to_owned().into(),
        address: short.into(),
        other_ways: words::OR_KIOSK_OR_PAPER.get(lang).into(),
        promises: vec![
            words::NO_NAME.get(lang).into(),
            words::ANSWER_YOURSELF.get(lang).into(),
            words::true_address(lang, base).into(),
            words::results_at(lang, &results).into(),
        ],
        reply: words::reply_line(lang, settings.hotline.as_deref()).into(),
        foot: words::printed(lang, &point.point.code, today).into(),
        stamp: words::STAMP_PLACE.get(lang).into(),
    })
}
