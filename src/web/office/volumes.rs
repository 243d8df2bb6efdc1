//! `/quan-tri/khoi-luong`: how many applications were received and returned.

use actix_web::HttpResponse;
use maud::html;

use super::browse::Browse;
use super::desk::{Answer, Desk};
use super::done::Done;
use super::faults::choices;
use super::pager::ROWS;
use super::route::{Route, get, post};
use super::typed::{outcome, told};
use crate::registry::By;
use crate::registry::import::Within;
use crate::registry::volumes::{self, NewVolume, Slice, Volume};
use crate::store::places::{Point, PointVersion};
use crate::text::date;
use crate::text::number::count;
use crate::text::office::{self as common, volumes as words};
use crate::text::search::sort_key;
use crate::web::view::Wording;
use crate::web::view::office::{Field, Input, OfficeForm};
use crate::web::view::table::{Cell, Row, Table};
use crate::words::{FieldId, PointId, Right as R, UnitId};

const PAGE: &str = "/quan-tri/khoi-luong";
const POINT: &str = "diem";
const DECIDING: &str = "co_quan";
const FIELD: &str = "linh_vuc";
const FROM: &str = "tu_ngay";
const TO: &str = "den_ngay";
const RECEIVED: &str = "da_nhan";
const RETURNED: &str = "da_tra";
const LATE: &str = "qua_han";
/// The fields of the form, by the columns of a file of volumes.
const FIELDS: &[(&str, &str)] = &[
    ("point", POINT),
    ("deciding_unit", DECIDING),
    ("field", FIELD),
    ("from", FROM),
    ("to", TO),
    ("received", RECEIVED),
    ("returned", RETURNED),
    ("late", LATE),
];

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PAGE, R::Read, show),
        post(PAGE, R::ChangeVolumes, put),
        get("/quan-tri/khoi-luong/them", R::ChangeVolumes, show_form),
    ]
}

/// `GET /quan-tri/khoi-luong`.
async fn show(desk: Desk) -> Answer {
    let lang = desk.lang;
    let browse = Browse::of(&desk);
    let points = wanted_points(&desk, &browse);
    let real = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let slice = Slice { after: real(browse.pager(usize::MAX).range().start), most: real(ROWS) };
    let (volumes, all) = volumes::latest(desk.db(), desk.province(), points.as_deref(), slice).await?;
    let all = usize::try_from(all).unwrap_or(usize::MAX);
    let main = html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::USE.get(lang)) }
        @if desk.may(R::ChangeVolumes) { p {
            a.button href=(desk.to("/quan-tri/khoi-luong/them")) { (words::ADD.get(lang)) } " "
            a href=(desk.to("/quan-tri/nhap/khoi-luong")) { (words::UPLOAD.get(lang)) }
        } }
        (browse.search(&desk, words::SEARCH))
        @if all == 0 { (browse.nothing(lang, words::EMPTY)) } @else { (table(&desk, &volumes).render()) }
        (browse.pages(&desk, all))
    };
    Ok(desk.page(words::TITLE.get(lang), &main))
}

/// The points of the scope that are searched for, by their own names and those of every unit above; `None` = all there are.
fn wanted_points(desk: &Desk, browse: &Browse) -> Option<Vec<PointId>> {
    if desk.scope.is_whole() && !browse.searches() {
        return None;
    }
    let text = |point: &Point, versions: &[PointVersion]| {
        let mut words = vec![point.code.clone()];
        words.extend(versions.iter().map(|version| version.name.clone()));
        let unit = desk.directory().receiving_unit(point.point, desk.today());
        let path = unit.map(|unit| desk.directory().path(unit, desk.today())).unwrap_or_default();
        let units = path.iter().filter_map(|unit| desk.directory().unit_on(*unit, desk.today()));
        words.extend(units.flat_map(|unit| [unit.code.clone(), unit.name.clone()]));
        words.join(" ")
    };
    let points = desk.points().into_iter();
    let points = points.filter(|(point, versions)| !browse.searches() || browse.wanted.is_in(&text(point, versions)));
    Some(points.map(|(point, _)| point.point).collect())
}

fn table(desk: &Desk, volumes: &[Volume]) -> Table {
    let lang = desk.lang;
    let directory = desk.directory();
    let whole = |n: i64| Cell::Number(count(lang, u64::try_from(n).unwrap_or(0)).into());
    let row = |volume: &Volume| {
        let version = directory.point_on(volume.point, volume.period.to);
        let code = directory.point(volume.point).map(|(point, _)| point.code.clone()).unwrap_or_default();
        let name = version.map(|version| version.name.clone()).unwrap_or_default();
        let not_split = || words::NOT_SPLIT.get(lang).to_owned();
        let deciding =
            if volume.deciding_unit == UnitId::NONE { not_split() } else { desk.unit_name(volume.deciding_unit) };
        Row {
            name: format!("{name} ({code})").into(),
            href: None,
            cells: vec![
                Cell::Words(version.map(|version| desk.unit_name(version.unit)).unwrap_or_default().into()),
                Cell::Words(date::span(lang, volume.period).into()),
                Cell::Words(deciding.into()),
                Cell::Words(directory.field_name(volume.field).map_or_else(not_split, str::to_owned).into()),
                whole(volume.received),
                whole(volume.returned),
                whole(volume.late),
            ],
        }
    };
    let head = [
        words::POINT,
        words::UNIT,
        words::PERIOD,
        words::DECIDING,
        common::procedures::FIELD,
        words::RECEIVED,
        words::RETURNED,
        words::LATE,
    ];
    Table {
        caption: words::TITLE.get(lang).into(),
        head: head.map(|say| Wording::from(say.get(lang))).to_vec(),
        rows: volumes.iter().map(row).collect(),
    }
}

fn form(desk: &Desk) -> OfficeForm {
    let lang = desk.lang;
    let mut known: Vec<(FieldId, &str)> = desk.directory().fields().collect();
    known.sort_by_cached_key(|(_, name)| sort_key(name));
    let known = choices(
        Some(words::NOT_SPLIT.get(lang)),
        known.iter().map(|(_, name)| ((*name).to_owned(), (*name).to_owned())),
    );
    let field = |name: &'static str, say: crate::text::Say, input: Input| {
        Field::new(name, say.get(lang), input).value(desk.fields.get(name).to_owned())
    };
    let optional = common::OPTIONAL.get(lang);
    OfficeForm {
        action: desk.to(PAGE).into(),
        hidden: desk.hidden(),
        fields: vec![
            field(POINT, words::POINT_CODE, Input::Text),
            field(DECIDING, words::DECIDING_CODE, Input::Text).hint(words::NOT_SPLIT_HINT.get(lang)).optional(optional),
            field(FIELD, common::procedures::FIELD, Input::Select(known)).optional(optional),
            field(FROM, words::FROM, Input::Date),
            field(TO, words::TO, Input::Date),
            field(RECEIVED, words::RECEIVED, Input::Number),
            field(RETURNED, words::RETURNED, Input::Number),
            field(LATE, words::LATE, Input::Number),
        ],
        button: common::SAVE.get(lang).into(),
        errors: common::ERRORS.get(lang).into(),
        ..OfficeForm::default()
    }
}

fn page(desk: &Desk, form: &OfficeForm) -> HttpResponse {
    let title = words::ADD.get(desk.lang);
    let main = html! {
        h1 { (title) }
        p { (words::ADD_NOTE.get(desk.lang)) }
        (form.render())
    };
    if form.is_refused() { desk.refused(title, &main) } else { desk.page(title, &main) }
}

/// `GET /quan-tri/khoi-luong/them`.
async fn show_form(desk: Desk) -> Answer {
    Ok(page(&desk, &form(&desk)))
}

/// `POST /quan-tri/khoi-luong`.
async fn put(desk: Desk) -> Answer {
    let get = |name| desk.fields.get(name);
    let new = NewVolume {
        point: get(POINT),
        deciding_unit: get(DECIDING),
        field: get(FIELD),
        from: get(FROM),
        to: get(TO),
        received: get(RECEIVED),
        returned: get(RETURNED),
        late: get(LATE),
    };
    let (within, by) = (Within::scope(&desk.scope), By::Person(&desk.signed.person.email));
    match outcome(volumes::put_within(desk.db(), desk.province(), &new, desk.today(), within, by).await)? {
        Ok(_report) => Ok(desk.done(PAGE, Done::Saved)),
        Err(refused) => Ok(page(&desk, &told(form(&desk), &refused, FIELDS, desk.lang))),
    }
}
