//! `serve` and `demo`.

use anyhow::Context;

use super::{check, say};
use crate::app::{self, Data, Prepared};
use crate::config::Settings;
use crate::demo::filling;
use crate::publish::qr;
use crate::registry::Snapshot;
use crate::staff::{self, Office, Token};
use crate::store::Opening;
use crate::words::Moment;

/// Database of the demonstration when none is named.
const DEMO_DATABASE: &str = "sqlite://thuocdo-demo.db";

/// Serves until a signal ends it.
pub(super) async fn serve(settings: &Settings) -> anyhow::Result<()> {
    crate::telemetry::keep_messages_out();
    let prepared = app::prepare(settings, Opening::Create, Data::Real).await?;
    let file = prepared.db.file().map(ToOwned::to_owned);
    let first = first_link(&prepared).await?;
    let running = app::start(settings, prepared).await?;
    let base = base_of(settings, running.address);
    say(format!("Thước Đo: {base}  ({})\n", running.address).as_bytes())?;
    say(told(&base, first.as_ref()).as_bytes())?;
    say(check::at_start(settings, file.as_deref()).as_bytes())?;
    running.serve().await
}

/// Fills a database with the demonstration province and serves it.
pub(super) async fn demo(mut settings: Settings, no_serve: bool) -> anyhow::Result<()> {
    if settings.database == Settings::default().database {
        DEMO_DATABASE.clone_into(&mut settings.database);
    }
    let prepared = app::prepare(&settings, Opening::Create, Data::Simulated).await?;
    let progress = |text: &str| {
        // Progress is for whoever watches; if nobody does it is lost without harm.
        let _ = say(format!("{text}\n").as_bytes());
    };
    filling::fill(&prepared, Moment::now().day(), &progress).await.context("while filling the demonstration")?;
    if no_serve {
        return Ok(());
    }
    let shown = Shown::find(&prepared).await?;
    let first = first_link(&prepared).await?;
    crate::telemetry::keep_messages_out();
    let running = app::start(&settings, prepared).await?;
    let base = base_of(&settings, running.address);
    say(shown.guide(&base, &settings.database).as_bytes())?;
    say(qr::txt(&format!("{base}/q/{}", shown.code))?.as_bytes())?;
    say(b"\n")?;
    say(told(&base, first.as_ref()).as_bytes())?;
    running.serve().await
}

/// The one-time link of the first administrator, as long as there is none.
async fn first_link(prepared: &Prepared) -> anyhow::Result<Option<Token>> {
    let Prepared { db, province, keys } = prepared;
    staff::first_link(&Office { db, province: *province, keys, now: Moment::now(), letters: None }).await
}

fn told(base: &str, first: Option<&Token>) -> String {
    first.map_or_else(String::new, |token| {
        format!(
            "Quản trị viên đầu tiên, liên kết dùng một lần trong 24 giờ (first administrator, one-time link, 24 hours):\n\
             {base}/quan-tri/kich-hoat/{token}\n"
        )
    })
}

fn base_of(settings: &Settings, address: std::net::SocketAddr) -> String {
    settings.base_url.as_ref().map_or_else(|| format!("http://{address}"), |_| settings.base_url())
}

/// What to open first: the form of a counter and the result it leads to.
struct Shown {
    code: String,
    unit: String,
}

impl Shown {
    async fn find(prepared: &Prepared) -> anyhow::Result<Self> {
        let snapshot = Snapshot::load(&prepared.db, prepared.province).await?;
        let directory = &snapshot.directory;
        let today = Moment::now().day();
        let point =
            directory.point_by_code(filling::SHOWN_POINT).context("the demonstration has no counter to show")?;
        let code = directory.public_code(point).context("the counter has no code")?;
        let unit = directory.receiving_unit(point, today).and_then(|unit| directory.unit_on(unit, today));
        Ok(Self { code: code.to_owned(), unit: unit.map(|unit| unit.code.clone()).unwrap_or_default() })
    }

    fn guide(&self, base: &str, database: &str) -> String {
        let Self { code, unit } = self;
        format!(
            "\nTỉnh Minh Họa – số liệu mô phỏng (simulated data), {database}\n\n\
             Phiếu (form):       {base}/q/{code}\n\
             Kết quả (result):   {base}/don-vi/{unit}\n\
             Toàn tỉnh (all):    {base}/\n\
             Áp phích (poster):  {base}/q/{code}/ap-phich\n\n\
             Quét mã này để mở phiếu (scan to open the form):\n\n"
        )
    }
}
