//! The counters of the province and whom they serve.
//!
//! The lists repeat the codes and fields of `surveys/demonstration/points.csv`; a test holds the two together.

use super::province::DecidingUnit;
use super::situations;
use crate::words::Day;

/// A counter.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Counter {
    /// Code of the point.
    pub(crate) code: &'static str,
    /// The one field it serves; empty where it serves several.
    pub(crate) field: &'static str,
    /// Deciding units whose dossiers it takes.
    pub(crate) serves: &'static [&'static str],
}

impl Counter {
    /// Code of the kiosk in the same room; the land branches have none.
    pub(crate) fn kiosk(&self) -> Option<String> {
        let (room, _) = self.code.rsplit_once(".Q")?;
        (!room.starts_with("MH.CN")).then(|| format!("{room}.K1"))
    }
}

const fn counter(code: &'static str, field: &'static str, serves: &'static [&'static str]) -> Counter {
    Counter { code, field, serves }
}

/// The counters open for a unit on a day.
pub(crate) fn counters_of(unit: &DecidingUnit, day: Day) -> Vec<&'static Counter> {
    let serving = COUNTERS.iter().filter(|counter| counter.serves.contains(&unit.code));
    serving.filter(|counter| situations::is_open(counter.code, day)).collect()
}

/// Those a dossier of a field may go to: the field's own, else the general ones, else any.
pub(crate) fn counters_for<'a>(open: &[&'a Counter], field: &str) -> Vec<(&'a Counter, f64)> {
    let with = |wanted: &str| -> Vec<(&'a Counter, f64)> {
        open.iter().filter(|counter| counter.field == wanted).map(|counter| (*counter, 1.0)).collect()
    };
    let mut found = if field.is_empty() { Vec::new() } else { with(field) };
    if found.is_empty() {
        found = with("");
    }
    if found.is_empty() {
        found = open.iter().map(|counter| (*counter, 1.0)).collect();
    }
    found
}

/// All counters but those of line agencies.
pub(crate) static COUNTERS: [Counter; 102] = [
    // MH.TT.1
    counter("MH.TT.1.Q01", "Đất đai", &["MH.VPDK"]),
    counter("MH.TT.1.Q02", "Đất đai", &["MH.VPDK"]),
    counter("MH.TT.1.Q03", "Đất đai", &["MH.VPDK"]),
    counter("MH.TT.1.Q04", "Đất đai", &["MH.VPDK"]),
    counter("MH.TT.1.Q05", "", &["MH.SNNMT"]),
    counter("MH.TT.1.Q06", "", &["MH.SXD"]),
    counter("MH.TT.1.Q07", "", &["MH.SXD"]),
    counter("MH.TT.1.Q08", "", &["MH.SYT"]),
    counter("MH.TT.1.Q09", "", &["MH.SYT"]),
    counter("MH.TT.1.Q10", "", &["MH.SGDDT"]),
    counter("MH.TT.1.Q11", "", &["MH.SNV"]),
    counter("MH.TT.1.Q12", "", &["MH.SNV"]),
    counter("MH.TT.1.Q13", "", &["MH.STC"]),
    counter("MH.TT.1.Q14", "", &["MH.SCT"]),
    counter("MH.TT.1.Q15", "", &["MH.STP", "MH.SVHTTDL"]),
    counter("MH.TT.1.Q16", "", &["MH.SKHCN", "MH.SDTTG"]),
    counter("MH.TT.1.Q17", "", &["MH.BQLKCN"]),
    counter("MH.TT.1.Q18", "", &["MH.VP"]),
    // MH.TT.2
    counter("MH.TT.2.Q01", "Đất đai", &["MH.VPDK"]),
    counter("MH.TT.2.Q02", "Đất đai", &["MH.VPDK"]),
    counter("MH.TT.2.Q03", "", &["MH.SXD"]),
    counter("MH.TT.2.Q04", "", &["MH.SYT"]),
    counter("MH.TT.2.Q05", "", &["MH.SNNMT"]),
    counter("MH.TT.2.Q06", "", &["MH.SNV", "MH.STC", "MH.SCT"]),
    // MH.TT.3
    counter("MH.TT.3.Q01", "Đất đai", &["MH.VPDK"]),
    counter("MH.TT.3.Q02", "Đất đai", &["MH.VPDK"]),
    counter("MH.TT.3.Q03", "", &["MH.SXD"]),
    counter("MH.TT.3.Q04", "", &["MH.SYT"]),
    counter("MH.TT.3.Q05", "", &["MH.SNNMT"]),
    counter("MH.TT.3.Q06", "", &["MH.SGDDT"]),
    // MH.CN1
    counter("MH.CN1.Q01", "Đất đai", &["MH.CN1"]),
    counter("MH.CN1.Q02", "Đất đai", &["MH.CN1"]),
    counter("MH.CN1.Q03", "Đất đai", &["MH.CN1"]),
    counter("MH.CN1.Q04", "Đất đai", &["MH.CN1"]),
    // MH.CN2
    counter("MH.CN2.Q01", "Đất đai", &["MH.CN2"]),
    counter("MH.CN2.Q02", "Đất đai", &["MH.CN2"]),
    counter("MH.CN2.Q03", "Đất đai", &["MH.CN2"]),
    // MH.P01
    counter("MH.P01.Q01", "Chứng thực", &["MH.P01"]),
    counter("MH.P01.Q02", "Chứng thực", &["MH.P01"]),
    counter("MH.P01.Q03", "Chứng thực", &["MH.P01"]),
    counter("MH.P01.Q04", "Hộ tịch", &["MH.P01"]),
    counter("MH.P01.Q05", "Hộ tịch", &["MH.P01"]),
    counter("MH.P01.Q06", "Đất đai", &["MH.P01"]),
    counter("MH.P01.Q07", "Xây dựng", &["MH.P01"]),
    counter("MH.P01.Q08", "Bảo trợ xã hội", &["MH.P01"]),
    counter("MH.P01.Q09", "", &["MH.P01"]),
    counter("MH.P01.Q10", "Chứng thực", &["MH.P01"]),
    // MH.P02
    counter("MH.P02.Q01", "Chứng thực", &["MH.P02"]),
    counter("MH.P02.Q02", "Chứng thực", &["MH.P02"]),
    counter("MH.P02.Q03", "Hộ tịch", &["MH.P02"]),
    counter("MH.P02.Q04", "Hộ tịch", &["MH.P02"]),
    counter("MH.P02.Q05", "Đất đai", &["MH.P02"]),
    counter("MH.P02.Q06", "Xây dựng", &["MH.P02"]),
    counter("MH.P02.Q07", "Bảo trợ xã hội", &["MH.P02"]),
    counter("MH.P02.Q08", "", &["MH.P02"]),
    // MH.P03
    counter("MH.P03.Q01", "Chứng thực", &["MH.P03"]),
    counter("MH.P03.Q02", "Chứng thực", &["MH.P03"]),
    counter("MH.P03.Q03", "Hộ tịch", &["MH.P03"]),
    counter("MH.P03.Q04", "Bảo trợ xã hội", &["MH.P03"]),
    counter("MH.P03.Q05", "", &["MH.P03"]),
    counter("MH.P03.Q06", "", &["MH.P03"]),
    // MH.X01
    counter("MH.X01.Q01", "Chứng thực", &["MH.X01"]),
    counter("MH.X01.Q02", "Chứng thực", &["MH.X01"]),
    counter("MH.X01.Q03", "Chứng thực", &["MH.X01"]),
    counter("MH.X01.Q04", "Hộ tịch", &["MH.X01"]),
    counter("MH.X01.Q05", "Hộ tịch", &["MH.X01"]),
    counter("MH.X01.Q06", "Đất đai", &["MH.X01"]),
    counter("MH.X01.Q07", "Bảo trợ xã hội", &["MH.X01"]),
    counter("MH.X01.Q08", "", &["MH.X01"]),
    counter("MH.X01.Q09", "", &["MH.X01"]),
    // MH.X02
    counter("MH.X02.Q01", "Chứng thực", &["MH.X02"]),
    counter("MH.X02.Q02", "Chứng thực", &["MH.X02"]),
    counter("MH.X02.Q03", "Hộ tịch", &["MH.X02"]),
    counter("MH.X02.Q04", "Đất đai", &["MH.X02"]),
    counter("MH.X02.Q05", "Bảo trợ xã hội", &["MH.X02"]),
    counter("MH.X02.Q06", "", &["MH.X02"]),
    // MH.X03
    counter("MH.X03.Q01", "Chứng thực", &["MH.X03"]),
    counter("MH.X03.Q02", "Chứng thực", &["MH.X03"]),
    counter("MH.X03.Q03", "Hộ tịch", &["MH.X03"]),
    counter("MH.X03.Q04", "Bảo trợ xã hội", &["MH.X03"]),
    counter("MH.X03.Q05", "", &["MH.X03"]),
    // MH.X04
    counter("MH.X04.Q01", "Chứng thực", &["MH.X04"]),
    counter("MH.X04.Q02", "Hộ tịch", &["MH.X04"]),
    counter("MH.X04.Q03", "Bảo trợ xã hội", &["MH.X04"]),
    counter("MH.X04.Q04", "", &["MH.X04"]),
    counter("MH.X04.Q05", "", &["MH.X04"]),
    // MH.X05
    counter("MH.X05.Q01", "Chứng thực", &["MH.X05"]),
    counter("MH.X05.Q02", "Hộ tịch", &["MH.X05"]),
    counter("MH.X05.Q03", "Bảo trợ xã hội", &["MH.X05"]),
    counter("MH.X05.Q04", "", &["MH.X05"]),
    // MH.X06
    counter("MH.X06.Q01", "Chứng thực", &["MH.X06"]),
    counter("MH.X06.Q02", "Hộ tịch", &["MH.X06"]),
    counter("MH.X06.Q03", "Bảo trợ xã hội", &["MH.X06"]),
    counter("MH.X06.Q04", "", &["MH.X06"]),
    // MH.X07
    counter("MH.X07.Q01", "Chứng thực", &["MH.X07"]),
    counter("MH.X07.Q02", "Hộ tịch", &["MH.X07"]),
    counter("MH.X07.Q03", "", &["MH.X07"]),
    // MH.X08
    counter("MH.X08.Q01", "Chứng thực", &["MH.X08"]),
    counter("MH.X08.Q02", "Hộ tịch", &["MH.X08"]),
    counter("MH.X08.Q03", "", &["MH.X08"]),
    // MH.DK1
    counter("MH.DK1.Q01", "", &["MH.DK1"]),
    counter("MH.DK1.Q02", "", &["MH.DK1"]),
];
