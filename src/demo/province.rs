//! The deciding units of the province, with what is true about each: the numbers of the demonstration's own table.

/// Which mix of procedures a unit handles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mix {
    /// Commune of the lowland.
    Lowland,
    /// Commune of the upland.
    Upland,
    /// Land registration.
    Land,
    /// A department: the counts that name it, the rest without a procedure.
    Department,
}

/// Whether staff ask satisfied people to scan the counter's QR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Steering {
    /// Whoever wants scans.
    Honest,
    /// Content people are asked.
    Steered,
}

/// A unit that decides dossiers, and what is true about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DecidingUnit {
    /// Code in `units.csv`.
    pub(crate) code: &'static str,
    /// Dossiers returned in a mean month.
    pub(crate) dossiers: f64,
    /// Share handed in at a counter; the rest online or by post.
    pub(crate) counter_share: f64,
    /// Share returned late.
    pub(crate) late_share: f64,
    /// Mean wait in minutes.
    pub(crate) wait: f64,
    /// Unit effect of the model.
    pub(crate) effect: f64,
    /// Field effect of the model.
    pub(crate) field_effect: f64,
    /// Whether staff steer.
    pub(crate) steering: Steering,
    /// What it handles.
    pub(crate) mix: Mix,
}

type Row = (&'static str, f64, f64, f64, f64, f64, f64, Steering, Mix);

const fn unit(row: Row) -> DecidingUnit {
    let (code, dossiers, counter_percent, late_percent, wait, effect, field_effect, steering, mix) = row;
    DecidingUnit {
        code,
        dossiers,
        counter_share: counter_percent / 100.0,
        late_share: late_percent / 100.0,
        wait,
        effect,
        field_effect,
        steering,
        mix,
    }
}

use Mix::{Department, Land, Lowland, Upland};
use Steering::{Honest, Steered};

/// All deciding units: code, dossiers a month, % at a counter, % late, wait, unit effect, field effect, steering, mix.
#[expect(clippy::approx_constant, reason = "3.14 is the effect of two units, not a circle's number")]
pub(crate) static UNITS: [DecidingUnit; 28] = [
    unit(("MH.VP", 54.0, 60.0, 3.0, 9.0, 3.72, 0.0, Honest, Department)),
    unit(("MH.SNV", 620.0, 15.0, 22.0, 12.0, 3.29, 0.0, Honest, Department)),
    unit(("MH.STC", 745.0, 6.0, 10.0, 10.0, 3.64, -0.3, Honest, Department)),
    unit(("MH.SXD", 1380.0, 30.0, 6.0, 12.0, 3.50, -0.4, Steered, Department)),
    unit(("MH.SNNMT", 420.0, 35.0, 16.0, 14.0, 2.94, -0.5, Honest, Department)),
    unit(("MH.VPDK", 3200.0, 55.0, 24.0, 22.0, 2.69, -1.0, Honest, Land)),
    unit(("MH.CN1", 6900.0, 80.0, 34.0, 31.0, 2.33, -1.2, Honest, Land)),
    unit(("MH.CN2", 4600.0, 82.0, 27.0, 26.0, 2.55, -1.2, Steered, Land)),
    unit(("MH.SYT", 1290.0, 30.0, 12.0, 12.0, 3.14, -0.3, Honest, Department)),
    unit(("MH.SGDDT", 280.0, 45.0, 8.0, 9.0, 3.64, 0.0, Steered, Department)),
    unit(("MH.SCT", 420.0, 12.0, 14.0, 9.0, 3.36, -0.2, Honest, Department)),
    unit(("MH.STP", 34.0, 55.0, 5.0, 9.0, 3.60, 0.0, Honest, Department)),
    unit(("MH.SVHTTDL", 90.0, 25.0, 3.0, 8.0, 3.72, 0.0, Honest, Department)),
    unit(("MH.SKHCN", 147.0, 15.0, 7.0, 8.0, 3.62, 0.0, Honest, Department)),
    unit(("MH.SDTTG", 5.0, 60.0, 15.0, 8.0, 3.43, 0.0, Honest, Department)),
    unit(("MH.BQLKCN", 490.0, 8.0, 9.0, 7.0, 4.04, -0.2, Honest, Department)),
    unit(("MH.P01", 2180.0, 62.0, 13.0, 27.0, 2.91, 0.0, Steered, Lowland)),
    unit(("MH.P02", 1560.0, 60.0, 10.0, 21.0, 3.14, 0.0, Honest, Lowland)),
    unit(("MH.P03", 1020.0, 64.0, 7.0, 15.0, 3.40, 0.0, Steered, Lowland)),
    unit(("MH.X01", 1880.0, 70.0, 14.0, 24.0, 2.76, 0.0, Honest, Lowland)),
    unit(("MH.X02", 1150.0, 72.0, 9.0, 17.0, 3.19, 0.0, Steered, Lowland)),
    unit(("MH.X03", 860.0, 76.0, 6.0, 13.0, 3.51, 0.0, Honest, Lowland)),
    unit(("MH.X04", 740.0, 78.0, 5.0, 12.0, 3.63, 0.0, Honest, Upland)),
    unit(("MH.X05", 610.0, 82.0, 6.0, 11.0, 3.63, 0.0, Honest, Upland)),
    unit(("MH.X06", 470.0, 90.0, 3.0, 9.0, 4.08, 0.0, Honest, Upland)),
    unit(("MH.X07", 330.0, 92.0, 3.0, 8.0, 4.27, 0.0, Steered, Upland)),
    unit(("MH.X08", 230.0, 94.0, 2.0, 7.0, 4.47, 0.0, Honest, Upland)),
    unit(("MH.DK1", 180.0, 85.0, 4.0, 8.0, 3.90, 0.0, Honest, Lowland)),
];

/// A line agency of the centre of government at a centre. Outside the province's measure: it has no deciding unit here,
/// only open feedback. The numbers are assumptions of the demonstration.
pub(crate) static LINE: DecidingUnit = unit(("line", 160.0, 100.0, 6.0, 14.0, 3.36, 0.0, Honest, Department));

/// Counters of the line agencies.
pub(crate) static LINE_COUNTERS: [&str; 19] = [
    "MH.TT.CA.Q01",
    "MH.P01.CA.Q01",
    "MH.P01.THUE.Q01",
    "MH.P01.BHXH.Q01",
    "MH.P02.CA.Q01",
    "MH.P02.THUE.Q01",
    "MH.P02.BHXH.Q01",
    "MH.P03.CA.Q01",
    "MH.P03.THUE.Q01",
    "MH.P03.BHXH.Q01",
    "MH.X01.CA.Q01",
    "MH.X02.CA.Q01",
    "MH.X03.CA.Q01",
    "MH.X04.CA.Q01",
    "MH.X05.CA.Q01",
    "MH.X06.CA.Q01",
    "MH.X07.CA.Q01",
    "MH.X08.CA.Q01",
    "MH.DK1.CA.Q01",
];

/// The unit with this code.
pub(crate) fn unit_named(code: &str) -> Option<&'static DecidingUnit> {
    UNITS.iter().find(|unit| unit.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_units_return_31_885_dossiers_a_month() {
        let total: f64 = UNITS.iter().map(|unit| unit.dossiers).sum();
        assert!((total - 31_885.0).abs() < 1e-9);
        let centre: f64 = UNITS.iter().filter(|u| u.mix == Department || u.code == "MH.VPDK").map(|u| u.dossiers).sum();
        assert!((centre - 9_175.0).abs() < 1e-9);
    }
}
