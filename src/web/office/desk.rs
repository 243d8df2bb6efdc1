//! What a page of the office has before it: who is there, what part of the province they see, what they sent.
//!
//! Only the guard makes a desk, and the registry is read through it: units and points outside the scope are not there.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::Markup;

use super::upload::File;
use super::{frame, guard};
use crate::registry::{Directory, OpenPoint, Snapshot};
use crate::staff::{Office, Signed};
use crate::store::Database;
use crate::store::places::{Point, PointVersion, UnitVersion};
use crate::web::body::BodyError;
use crate::web::site::Site;
use crate::web::view::Wording;
use crate::web::{body, language};
use crate::words::{Day, Lang, Moment, PointId, Province, Right, Scope, UnitId};

/// What a handler answers.
pub(super) type Answer = Result<HttpResponse, Stop>;

/// Why a page ends early.
#[derive(Debug)]
pub(super) enum Stop {
    /// Something failed.
    Fault(anyhow::Error),
    /// Nobody has signed in, or the session has ended.
    SignedOut,
    /// The person has no such right.
    Forbidden,
    /// The form was not sent by a page of ours.
    Foreign,
    /// There is no such thing, or it is outside the person's scope; nobody learns which.
    NotFound,
    /// The form cannot be read.
    Body(BodyError),
    /// This is the answer.
    Answer(Box<HttpResponse>),
}

impl<E: Into<anyhow::Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Fault(error.into())
    }
}

/// The fields of a form.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(super) fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// A field without blanks around it; empty if it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// A field as it was sent, for passwords.
    pub(super) fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Every value sent under a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// Everything that was sent.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }
}

/// The desk.
pub(super) struct Desk {
    request: HttpRequest,
    site: web::Data<Site>,
    snapshot: Arc<Snapshot>,
    token: String,
    /// Language.
    pub(super) lang: Lang,
    /// The present moment.
    pub(super) now: Moment,
    /// Who is there.
    pub(super) signed: Signed,
    /// The part of the province in which they have the right of this route.
    pub(super) scope: Scope,
    /// What they sent.
    pub(super) fields: Fields,
    /// The file they sent.
    pub(super) file: Option<File>,
}

impl Desk {
    pub(super) fn new(
        request: HttpRequest,
        site: web::Data<Site>,
        snapshot: Arc<Snapshot>,
        now: Moment,
        signed: Signed,
        scope: Scope,
        token: String,
    ) -> Self {
        let lang = language::of(&request);
        Self { request, site, snapshot, token, lang, now, signed, scope, fields: Fields::default(), file: None }
    }

    /// Today.
    pub(super) fn today(&self) -> Day {
        self.now.day()
    }

    /// What the forms of this session carry.
    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// A part of the address.
    pub(super) fn part(&self, name: &str) -> &str {
        self.request.match_info().get(name).unwrap_or_default()
    }

    /// A value of the query.
    pub(super) fn asked(&self, name: &str) -> String {
        let fields = body::parse(self.request.query_string().as_bytes()).unwrap_or_default();
        fields
            .into_iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.trim().to_owned())
            .unwrap_or_default()
    }

    /// The query of the address as it stands there.
    pub(super) fn query(&self) -> &str {
        self.request.query_string()
    }

    /// The path of the page.
    pub(super) fn path(&self) -> &str {
        self.request.path()
    }

    /// The address people type.
    pub(super) fn base_url(&self) -> &str {
        &self.site.settings.base_url
    }

    /// Settings, keys and the rest of the house, for what the scope does not concern.
    pub(super) fn site(&self) -> &web::Data<Site> {
        &self.site
    }

    /// The database, for acts.
    pub(super) fn db(&self) -> &Database {
        &self.site.db
    }

    /// The province.
    pub(super) fn province(&self) -> Province {
        self.snapshot.province
    }

    /// What the acts of the room `staff` need.
    pub(super) fn office(&self) -> Office<'_> {
        guard::office(&self.site, self.now)
    }

    /// The person as the staff log names them.
    pub(super) fn actor(&self) -> crate::staff::Actor<'_> {
        crate::staff::Actor { staff: self.signed.person.staff, name: &self.signed.person.email }
    }

    /// Whether the person has another right anywhere: for links and buttons.
    pub(super) fn may(&self, right: Right) -> bool {
        self.scope_of(right).is_some()
    }

    /// Where the person has another right.
    pub(super) fn scope_of(&self, right: Right) -> Option<Scope> {
        let root = self.snapshot.directory.root(self.today()).map(|root| root.unit);
        Scope::of(&self.signed.grants, right, root)
    }

    /// Whether the scope of this route holds a unit, today or as it was when it ended.
    pub(super) fn holds(&self, unit: UnitId) -> bool {
        self.scope.holds(&self.snapshot.directory.path(unit, self.today()))
    }

    /// The unit of a code in the scope.
    pub(super) fn unit(&self, code: &str) -> Result<&UnitVersion, Stop> {
        let unit = self.snapshot.directory.unit_by_code(code).filter(|unit| self.holds(*unit));
        unit.and_then(|unit| self.snapshot.directory.unit_on(unit, self.today())).ok_or(Stop::NotFound)
    }

    /// The unit of a number in the scope.
    pub(super) fn unit_of(&self, unit: UnitId) -> Option<&UnitVersion> {
        self.holds(unit).then(|| self.snapshot.directory.unit_on(unit, self.today())).flatten()
    }

    /// Every unit of the scope with all its versions, by number.
    pub(super) fn units(&self) -> impl Iterator<Item = (UnitId, &[UnitVersion])> {
        self.snapshot.directory.units().filter(|(unit, _)| self.holds(*unit))
    }

    /// The codes of the units in which the person has a right today.
    pub(super) fn codes(&self, right: Right) -> BTreeSet<String> {
        let Some(scope) = self.scope_of(right) else { return BTreeSet::new() };
        let (directory, today) = (&self.snapshot.directory, self.today());
        let units = directory.units().map(|(unit, _)| unit).filter(|unit| scope.holds(&directory.path(*unit, today)));
        units.filter_map(|unit| directory.unit_on(unit, today)).map(|unit| unit.code.clone()).collect()
    }

    /// The units in which the person has a right today; `None` where it is the whole province.
    pub(super) fn units_with(&self, right: Right) -> Option<Vec<UnitId>> {
        let Some(scope) = self.scope_of(right) else { return Some(Vec::new()) };
        let (directory, today) = (&self.snapshot.directory, self.today());
        let held = directory.units().map(|(unit, _)| unit).filter(|unit| scope.holds(&directory.path(*unit, today)));
        (!scope.is_whole()).then(|| held.collect())
    }

    /// A unit of the scope and everything below it.
    pub(super) fn subtree(&self, unit: UnitId) -> Vec<UnitId> {
        let (directory, today) = (&self.snapshot.directory, self.today());
        let below = directory.units().map(|(unit, _)| unit).filter(|own| self.holds(*own));
        below.filter(|own| directory.path(*own, today).contains(&unit)).collect()
    }

    /// The units just below a unit of the scope, today.
    pub(super) fn children(&self, unit: UnitId) -> Vec<&UnitVersion> {
        if self.holds(unit) { self.snapshot.directory.children(unit, self.today()) } else { Vec::new() }
    }

    /// The units at the top of the scope, today.
    pub(super) fn tops(&self) -> Vec<&UnitVersion> {
        let directory = &self.snapshot.directory;
        match self.scope.tops() {
            None => directory.root(self.today()).into_iter().collect(),
            Some(tops) => tops.iter().filter_map(|unit| directory.unit_on(*unit, self.today())).collect(),
        }
    }

    /// The point of a code in the scope, with all its versions.
    pub(super) fn point(&self, code: &str) -> Result<(&Point, &[PointVersion]), Stop> {
        let directory = &self.snapshot.directory;
        let point = directory.point_by_code(code).filter(|point| self.holds_point(*point));
        point.and_then(|point| directory.point(point)).ok_or(Stop::NotFound)
    }

    /// Whether the scope holds the unit of a point.
    pub(super) fn holds_point(&self, point: PointId) -> bool {
        self.snapshot.directory.receiving_unit(point, self.today()).is_some_and(|unit| self.holds(unit))
    }

    /// The points of the scope with all their versions, by code.
    pub(super) fn points(&self) -> Vec<(&Point, &[PointVersion])> {
        let points = self.snapshot.directory.points().into_iter();
        let mut points: Vec<_> = points.filter(|(point, _)| self.holds_point(point.point)).collect();
        points.sort_by(|a, b| a.0.code.cmp(&b.0.code));
        points
    }

    /// The open points of a unit of the scope itself.
    pub(super) fn points_of(&self, unit: UnitId) -> Vec<OpenPoint<'_>> {
        if self.holds(unit) { self.snapshot.directory.points_of(unit, self.today()) } else { Vec::new() }
    }

    /// How many units and open points a scope holds today.
    pub(super) fn counts(&self, scope: Option<&Scope>) -> (u64, u64) {
        let (Some(scope), directory, today) = (scope, &self.snapshot.directory, self.today()) else { return (0, 0) };
        let held = directory.units().map(|(unit, _)| unit).filter(|unit| directory.is_alive(*unit, today));
        let held: Vec<UnitId> = held.filter(|unit| scope.holds(&directory.path(*unit, today))).collect();
        let points: usize = held.iter().map(|unit| directory.points_of(*unit, today).len()).sum();
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        (count(held.len()), count(points))
    }

    /// The name of the part of the province below a unit.
    pub(super) fn scope_name(&self, unit: UnitId) -> String {
        if unit == UnitId::NONE {
            return crate::text::office::WHOLE_PROVINCE.get(self.lang).to_owned();
        }
        self.unit_name(unit)
    }

    /// The name of any unit, as those read it who are named with it.
    pub(super) fn unit_name(&self, unit: UnitId) -> String {
        let unit = self.snapshot.directory.unit_on(unit, self.today());
        unit.map_or_else(|| crate::text::office::account::NO_UNIT.get(self.lang).to_owned(), |unit| unit.name.clone())
    }

    /// The whole registry, for those who see the whole province; names of fields, questionnaires, targets for everybody.
    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Units and points of everybody; for names only.
    pub(super) fn directory(&self) -> &Directory {
        &self.snapshot.directory
    }

    /// The page around what a handler made.
    pub(super) fn page(&self, title: impl Into<Wording>, main: &Markup) -> HttpResponse {
        self.answer(StatusCode::OK, title, main)
    }

    /// The page of a form that came back with errors.
    pub(super) fn refused(&self, title: impl Into<Wording>, main: &Markup) -> HttpResponse {
        let prefix = crate::text::form::ERR_TITLE_PREFIX.get(self.lang);
        self.answer(StatusCode::UNPROCESSABLE_ENTITY, format!("{prefix} {}", title.into()), main)
    }

    fn answer(&self, status: StatusCode, title: impl Into<Wording>, main: &Markup) -> HttpResponse {
        let mut answer = frame::respond(self, title.into(), status, main);
        guard::own_referrer(&mut answer);
        answer
    }

    /// After an act: back to a page, which says what was done.
    pub(super) fn done(&self, path: &str, done: super::done::Done) -> HttpResponse {
        let joint = if path.contains('?') { '&' } else { '?' };
        let to = language::address(&format!("{path}{joint}xong={}", done.word()), self.lang);
        HttpResponse::SeeOther().insert_header((LOCATION, to)).finish()
    }
}
