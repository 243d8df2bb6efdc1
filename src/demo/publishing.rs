//! Publications of the demonstration: the last two quarters that are over, the later one corrected once.

use anyhow::{anyhow, bail};

use crate::app::Prepared;
use crate::publications::files::Site;
use crate::publications::{self, Approving, Below, Choice, NotDone, Refusal, Who};
use crate::publish::Figures;
use crate::registry::Snapshot;
use crate::words::{Day, Measure, Moment, Period, Role, StaffId};

const SITE: Site<'static> = Site {
    base_url: "https://minhhoa.example.gov.vn",
    publisher: "Ủy ban nhân dân tỉnh Minh Họa (mô phỏng)",
    licence: "CC BY 4.0",
    licence_url: crate::text::open_data::LICENCE_ADDRESS,
};

/// Publishes what is not published yet.
pub(super) async fn publish(prepared: &Prepared, today: Day) -> anyhow::Result<()> {
    let snapshot = Snapshot::load(&prepared.db, prepared.province).await?;
    let figures = Figures::default();
    let quarters: Vec<Period> = [120, 30].iter().filter_map(|days| last_quarter(today.plus(-days))).collect();
    for (at, quarter) in quarters.iter().enumerate() {
        let whole = choice(&snapshot, *quarter)?;
        let is_last = at + 1 == quarters.len();
        // The first version of the later quarter leaves the sources out; the second brings them.
        let versions =
            if is_last { vec![(Choice { sources: false, ..whole }, ""), (whole, REASON)] } else { vec![(whole, "")] };
        for (choice, reason) in versions {
            if !one(prepared, &snapshot, &figures, &choice, reason, today).await? {
                break;
            }
        }
    }
    Ok(())
}

const REASON: &str = "Bổ sung số liệu theo từng nguồn A, B, C, D (mô phỏng).";

/// The last reporting quarter that was over on a day.
fn last_quarter(day: Day) -> Option<Period> {
    let (year, quarter) = Period::quarter_of(day);
    let (year, quarter) = if quarter > 1 { (year, quarter - 1) } else { (year - 1, 4) };
    Period::reporting_quarter(year, quarter)
}

fn choice(snapshot: &Snapshot, period: Period) -> anyhow::Result<Choice> {
    let root = snapshot.directory.root(period.to).ok_or_else(|| anyhow!("the province has no top"))?;
    Ok(Choice {
        unit: root.unit.0,
        from: period.from.0,
        to: period.to.0,
        measure: Measure::Counter.code(),
        below: Below::Next,
        sources: true,
        fields: true,
        series: true,
    })
}

/// Submits and approves; `false` where nothing of it can be published, or it is published already.
async fn one(
    prepared: &Prepared,
    snapshot: &Snapshot,
    figures: &Figures,
    choice: &Choice,
    reason: &str,
    today: Day,
) -> anyhow::Result<bool> {
    let unit = |code: &str| snapshot.directory.unit_by_code(code).ok_or_else(|| anyhow!("no unit {code}"));
    let now = Moment::at_end_of(today.plus(-1));
    let home_affairs =
        Who {
            staff: StaffId(-1), own_unit: unit("MH.SNV")?, role: Role::HomeAffairs, by: "so-noi-vu (mô phỏng)", now
        };
    let submitted = publications::submit(&prepared.db, snapshot, figures, &home_affairs, choice, reason).await;
    let (slug, version) = match submitted {
        Ok(of) => of,
        Err(NotDone::Refused(Refusal::NotFrozen(_) | Refusal::NeedsReason | Refusal::Unchanged)) => return Ok(false),
        Err(NotDone::Refused(other)) => bail!("the demonstration cannot be published: {other:?}"),
        Err(NotDone::Fault(fault)) => return Err(fault),
    };
    let committee = Who {
        staff: StaffId(-2),
        own_unit: unit("MH.VP")?,
        role: Role::ProcedureControl,
        by: "van-phong-ubnd (mô phỏng)",
        now,
    };
    let approving = Approving {
        decision: "2015/QĐ-UBND (mô phỏng)",
        decided: Some(now.day()),
        release_at: now,
        submitted_role: Role::HomeAffairs,
    };
    let of = (slug.as_str(), version);
    match publications::approve(&prepared.db, snapshot, &prepared.keys, &SITE, &committee, of, &approving).await {
        Ok(()) => Ok(true),
        Err(NotDone::Refused(other)) => bail!("the demonstration cannot be approved: {other:?}"),
        Err(NotDone::Fault(fault)) => Err(fault),
    }
}
