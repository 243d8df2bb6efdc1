//! The routes of the office. A handler takes a [`Desk`], and only the guard makes one: a page without a right does not
//! compile.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::guard::{Any, Get, Head};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::desk::{Answer, Desk};
use super::guard;
use crate::web::respondent::refusals;
use crate::web::site::Site;
use crate::words::Right;

/// How a route is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::web) enum Verb {
    /// Read; writes nothing.
    Get,
    /// A form.
    Post,
    /// A form with a file.
    PostFile,
}

/// What a route asks of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) struct Needs {
    /// The right.
    pub(in crate::web) right: Right,
    /// Whether a one-time code has to have been shown just now.
    pub(in crate::web) step_up: bool,
}

type Handler = Arc<dyn Fn(Desk) -> Pin<Box<dyn Future<Output = Answer>>> + Send + Sync>;

/// A route of the office.
#[derive(Clone)]
pub(in crate::web) struct Route {
    /// How it is asked.
    pub(in crate::web) verb: Verb,
    /// Its address.
    pub(in crate::web) path: &'static str,
    /// What it asks of a person.
    pub(in crate::web) needs: Needs,
    handler: Handler,
}

fn route<F, Fut>(verb: Verb, path: &'static str, right: Right, handler: F) -> Route
where
    F: Fn(Desk) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Answer> + 'static,
{
    let handler: Handler = Arc::new(move |desk| Box::pin(handler(desk)));
    Route { verb, path, needs: Needs { right, step_up: false }, handler }
}

/// A page.
pub(super) fn get<F, Fut>(path: &'static str, right: Right, handler: F) -> Route
where
    F: Fn(Desk) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Answer> + 'static,
{
    route(Verb::Get, path, right, handler)
}

/// An act.
pub(super) fn post<F, Fut>(path: &'static str, right: Right, handler: F) -> Route
where
    F: Fn(Desk) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Answer> + 'static,
{
    route(Verb::Post, path, right, handler)
}

/// An act with a file.
pub(super) fn post_file<F, Fut>(path: &'static str, right: Right, handler: F) -> Route
where
    F: Fn(Desk) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Answer> + 'static,
{
    route(Verb::PostFile, path, right, handler)
}

impl Route {
    /// The same, for a person who has just shown a one-time code.
    pub(super) fn after_code(mut self) -> Self {
        self.needs.step_up = true;
        self
    }
}

/// Puts the routes into the URL map, those of one address together.
pub(super) fn register(config: &mut ServiceConfig, routes: Vec<Route>) {
    let mut by_path: BTreeMap<&'static str, Vec<Route>> = BTreeMap::new();
    // Registered in the order of the table: an address without a place holder comes before the one that would take it.
    let mut order: Vec<&'static str> = Vec::new();
    for route in routes {
        let known = by_path.entry(route.path).or_default();
        if known.is_empty() {
            order.push(route.path);
        }
        known.push(route);
    }
    for path in order {
        let mut resource = web::resource(path).default_service(web::to(refusals::wrong_method));
        for Route { verb, needs, handler, .. } in by_path.remove(path).unwrap_or_default() {
            let asked = match verb {
                Verb::Get => web::route().guard(Any(Get()).or(Head())),
                Verb::Post | Verb::PostFile => web::post(),
            };
            resource = resource.route(asked.to(move |request, site, body| {
                let handler = handler.clone();
                answer(request, site, body, verb, needs, handler)
            }));
        }
        config.service(resource);
    }
}

async fn answer(
    request: HttpRequest,
    site: web::Data<Site>,
    body: web::Payload,
    verb: Verb,
    needs: Needs,
    handler: Handler,
) -> HttpResponse {
    match guard::admit(request.clone(), site.clone(), body, verb, needs).await {
        Ok(desk) => match handler(desk).await {
            Ok(answer) => answer,
            Err(stop) => guard::stop(&request, &site, stop).await,
        },
        Err(stop) => guard::stop(&request, &site, stop).await,
    }
}
