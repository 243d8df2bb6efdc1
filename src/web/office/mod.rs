//! The office: what people with an account set up, read and decide. One table of routes; every handler gets a desk, and
//! only the guard makes one.

mod account;
mod accounts;
mod accusations;
mod activation;
mod again;
mod alerts;
mod browse;
mod cases;
mod decisions;
mod desk;
mod done;
mod exports;
mod faults;
mod figures;
mod forgotten;
mod frame;
mod guard;
mod imports;
mod late;
mod log;
mod others;
mod overview;
mod pager;
mod points;
mod posters;
mod procedures;
mod publications;
mod questionnaires;
mod reports;
mod route;
mod series;
mod sign_in;
mod signals;
mod slips;
mod targets;
mod to_do;
mod typed;
mod units;
mod upload;
mod volumes;

use actix_web::web::{self, ServiceConfig};

use self::route::{Route, get, post, register};

pub(in crate::web) use self::route::Verb;
use crate::text::office::{OFFICE_PAGE, SIGN_IN_PAGE};
use crate::web::page;
use crate::words::Right as R;

/// Every route of the office that asks for a session, with the right it asks for. An address without a place holder
/// stands before the one that would take it.
pub(in crate::web) fn table() -> Vec<Route> {
    let mut table = vec![
        get(OFFICE_PAGE, R::Own, overview::show),
        post("/quan-tri/dang-xuat", R::Own, sign_in::out),
        get("/quan-tri/toi", R::Own, account::show),
        post("/quan-tri/toi/phien", R::Own, account::end_session),
        post("/quan-tri/toi/phien-khac", R::Own, account::end_others),
        post("/quan-tri/toi/thu-tuan", R::Own, account::want_digest),
        post("/quan-tri/toi/ma-du-phong", R::Own, account::renew_recovery).after_code(),
        get("/quan-tri/duyet", R::ReadDecisions, decisions::list::show),
        get("/quan-tri/duyet/chuyen-phieu", R::Propose, decisions::propose::show),
        post("/quan-tri/duyet/chuyen-phieu", R::Propose, decisions::propose::send),
        get("/quan-tri/duyet/loai-phieu", R::Propose, decisions::exclude::show),
        post("/quan-tri/duyet/loai-phieu", R::Propose, decisions::exclude::send),
        get("/quan-tri/duyet/tinh-lai", R::Propose, decisions::tickets::show),
        post("/quan-tri/duyet/tinh-lai", R::Propose, decisions::tickets::send),
        get("/quan-tri/duyet/{so}", R::ReadDecisions, decisions::show::show),
        get("/quan-tri/duyet/{so}/khoi-phuc", R::Propose, decisions::restore::show),
        post("/quan-tri/duyet/{so}/khoi-phuc", R::Propose, decisions::restore::send),
        post("/quan-tri/duyet/{so}/phe-duyet", R::Approve, decisions::act::approve).after_code(),
        post("/quan-tri/duyet/{so}/khong-duyet", R::Approve, decisions::act::refuse).after_code(),
        post("/quan-tri/duyet/{so}/rut", R::Propose, decisions::act::withdraw),
        get("/quan-tri/nhat-ky", R::ReadLog, log::show),
        post("/quan-tri/nhat-ky/tai-ve", R::ExportLog, log::export).after_code(),
        get("/quan-tri/don-vi", R::Read, units::list::show),
        get("/quan-tri/don-vi/them", R::ChangeUnits, units::add::show),
        post("/quan-tri/don-vi/them", R::ChangeUnits, units::add::send),
        get("/quan-tri/don-vi/sap-nhap", R::ChangeUnits, units::merge::show),
        post("/quan-tri/don-vi/sap-nhap", R::ChangeUnits, units::merge::send),
        get("/quan-tri/don-vi/chia-tach", R::ChangeUnits, units::split::show),
        post("/quan-tri/don-vi/chia-tach", R::ChangeUnits, units::split::send),
        get("/quan-tri/don-vi/{ma}", R::Read, units::unit::show),
        post("/quan-tri/don-vi/{ma}", R::ChangeUnits, units::change::change),
        post("/quan-tri/don-vi/{ma}/dong", R::ChangeUnits, units::change::close),
        get("/quan-tri/diem", R::Read, points::list::show),
        get("/quan-tri/diem/them", R::ChangePoints, points::add::show),
        post("/quan-tri/diem/them", R::ChangePoints, points::add::send),
        get("/quan-tri/diem/{ma}", R::Read, points::point::show),
        post("/quan-tri/diem/{ma}", R::ChangePoints, points::change::change),
        post("/quan-tri/diem/{ma}/dong", R::ChangePoints, points::change::close),
        post("/quan-tri/diem/{ma}/ma-moi", R::ChangePoints, points::codes::new),
        post("/quan-tri/diem/{ma}/thu-hoi", R::ChangePoints, points::codes::revoke),
        get("/quan-tri/ap-phich", R::Print, posters::show),
        get("/quan-tri/ap-phich/in", R::Print, posters::print),
        get(slips::PAGE, R::Print, slips::show),
        post(slips::PAGE, R::Print, slips::print),
        get("/quan-tri/tai-khoan", R::ReadAccounts, accounts::list::show),
        post("/quan-tri/tai-khoan", R::ChangeAccounts, accounts::invite::send).after_code(),
        get("/quan-tri/tai-khoan/them", R::ChangeAccounts, accounts::invite::show),
        get("/quan-tri/tai-khoan/{so}", R::ReadAccounts, accounts::person::show),
        post("/quan-tri/tai-khoan/{so}", R::ChangeAccounts, accounts::change::change),
        post("/quan-tri/tai-khoan/{so}/vai-tro", R::ChangeAccounts, accounts::change::grant).after_code(),
        post("/quan-tri/tai-khoan/{so}/thu-hoi", R::ChangeAccounts, accounts::change::withdraw),
        post("/quan-tri/tai-khoan/{so}/lien-ket", R::ChangeAccounts, accounts::change::link).after_code(),
        post("/quan-tri/tai-khoan/{so}/ban-giao", R::ChangeAccounts, accounts::change::hand_over).after_code(),
        post("/quan-tri/tai-khoan/{so}/dong", R::ChangeAccounts, accounts::change::close).after_code(),
    ];
    table.extend(figures::routes());
    table.extend(accusations::routes());
    table.extend(cases::routes());
    table.extend(exports::routes());
    table.push(alerts::route());
    table.extend(imports::routes());
    table.extend(late::routes());
    table.extend(others::routes());
    table.extend(series::routes());
    table.extend(procedures::routes());
    table.extend(publications::routes());
    table.extend(questionnaires::routes());
    table.extend(reports::routes());
    table.extend(signals::routes());
    table.extend(targets::routes());
    table.extend(volumes::routes());
    table
}

/// The URL map of the office. The pages before signing in are these, and no others.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(page(SIGN_IN_PAGE, sign_in::show).route(web::post().to(sign_in::send)))
        .service(page(forgotten::PAGE, forgotten::show).route(web::post().to(forgotten::send)))
        .service(page("/quan-tri/kich-hoat/{lien_ket}", activation::show).route(web::post().to(activation::send)));
    register(config, table());
}
