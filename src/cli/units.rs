//! Commands on units: list, rename, merge, split.

use clap::Subcommand;

use super::data::existing;
use super::{read_day, say};
use crate::config::Settings;
use crate::registry::By;
use crate::registry::units::{self, Merging, Points, Splitting, Successor, UnitChange};
use crate::words::{Day, Moment};

#[derive(Debug, Subcommand)]
pub(super) enum UnitAct {
    /// Code, kind, unit above and name of every unit there is today
    #[command(after_help = "Example:\n  thuocdo unit list")]
    List,
    /// Gives a unit another name from a day on; before it the unit keeps its old one
    #[command(after_help = "Example:\n  thuocdo unit rename MH.X01 --name \"Phường Suối Trong\" --from 2026-07-01")]
    Rename {
        /// Code of the unit
        code: String,
        /// The new name
        #[arg(long, value_name = "NAME")]
        name: String,
        /// First day of the new name
        #[arg(long, value_name = "DATE", value_parser = read_day)]
        from: Day,
    },
    /// Merges units into one that is there; the old ones end on the eve of the day
    #[command(
        after_help = "Example:\n  thuocdo unit merge MH.X01 MH.X02 --into MH.X09 --from 2026-07-01 --citation \"Nghị quyết 12/NQ-HĐND\""
    )]
    Merge {
        /// Codes of the units that end
        #[arg(required = true, value_name = "OLD")]
        old: Vec<String>,
        /// Code of the unit that takes over
        #[arg(long, value_name = "CODE")]
        into: String,
        /// First day of the new order
        #[arg(long, value_name = "DATE", value_parser = read_day)]
        from: Day,
        /// Document that says so
        #[arg(long, value_name = "TEXT")]
        citation: String,
        /// The points of the old units go to the new one; otherwise their QR leads to a page that names it
        #[arg(long)]
        move_points: bool,
    },
    /// Splits a unit into several that are there; the old one ends on the eve of the day
    #[command(
        after_help = "Example:\n  thuocdo unit split MH.X01 --into MH.X11 MH.X12 --from 2026-07-01 --citation \"Nghị quyết 12/NQ-HĐND\""
    )]
    Split {
        /// Code of the unit that ends
        old: String,
        /// Codes of the units that take over
        #[arg(long, required = true, num_args = 1.., value_name = "CODE")]
        into: Vec<String>,
        /// First day of the new order
        #[arg(long, value_name = "DATE", value_parser = read_day)]
        from: Day,
        /// Document that says so
        #[arg(long, value_name = "TEXT")]
        citation: String,
    },
}

/// `thuocdo unit`.
pub(super) async fn act(settings: &Settings, act: UnitAct) -> anyhow::Result<()> {
    let (prepared, snapshot) = existing(settings).await?;
    let (db, province) = (&prepared.db, prepared.province);
    let told = match &act {
        UnitAct::List => {
            let lines = units::listed(&snapshot.directory, Moment::now().day());
            lines.into_iter().map(|line| format!("{}\n", line.join("\t"))).collect::<Vec<_>>().concat()
        }
        UnitAct::Rename { code, name, from } => {
            let change = UnitChange { name: Some(name), ..UnitChange::default() };
            units::change(db, province, code, &change, *from, By::CommandLine).await?;
            format!("{code} is named {} from {}\n", name.trim(), from.iso())
        }
        UnitAct::Merge { old, into, from, citation, move_points } => {
            let codes: Vec<&str> = old.iter().map(String::as_str).collect();
            let points = if *move_points { Points::Move } else { Points::Stay };
            let merging = Merging { units: &codes, into: Successor::Known(into), from: *from, citation, points };
            units::merge(db, province, &merging, By::CommandLine).await?;
            format!("{} merged into {into} from {}\n", codes.join(", "), from.iso())
        }
        UnitAct::Split { old, into, from, citation } => {
            let successors: Vec<Successor<'_>> = into.iter().map(|code| Successor::Known(code)).collect();
            let splitting = Splitting { unit: old, into: &successors, from: *from, citation };
            units::split(db, province, &splitting, By::CommandLine).await?;
            format!("{old} is split into {} from {}\n", into.join(", "), from.iso())
        }
    };
    say(told.as_bytes())?;
    Ok(prepared.db.close().await?)
}
