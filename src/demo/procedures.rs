//! What the units handle: procedures, their fields, their terms, and how many of each.

use super::province::{DecidingUnit, Mix};

/// How many of a procedure come to whom.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Share {
    /// Percent of the dossiers of a commune of the lowland, of the upland.
    Commune(f64, f64),
    /// Percent of the dossiers of a land office.
    Land(f64),
    /// Dossiers a month at this unit.
    Monthly(&'static str, f64),
}

/// Whether the applicant is invited to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asking {
    /// A part of the applicants is invited.
    Invited,
    /// Never: after a death nobody is asked how content he was.
    Silent,
}

/// A procedure.
#[derive(Debug)]
pub(crate) struct Procedure {
    /// Code in the national database of procedures.
    pub(crate) code: &'static str,
    /// Field.
    pub(crate) field: &'static str,
    /// Term in working days; 0 = within the day. A value of the demonstration, not law.
    pub(crate) term: u8,
    /// Whether applicants are invited.
    pub(crate) asking: Asking,
    shares: &'static [Share],
}

const fn p(code: &'static str, field: &'static str, term: u8, shares: &'static [Share]) -> Procedure {
    Procedure { code, field, term, asking: Asking::Invited, shares }
}

const fn silent(code: &'static str, field: &'static str, term: u8, shares: &'static [Share]) -> Procedure {
    Procedure { code, field, term, asking: Asking::Silent, shares }
}

use Share::{Commune, Land, Monthly};

/// All procedures: code, field, term, shares.
pub(crate) static PROCEDURES: [Procedure; 43] = [
    p("2.000815", "Chứng thực", 0, &[Commune(46.0, 34.0)]),
    p("2.000884", "Chứng thực", 0, &[Commune(7.0, 6.0)]),
    p("2.001035", "Chứng thực", 2, &[Commune(4.0, 3.0)]),
    p("1.001193", "Hộ tịch", 0, &[Commune(5.0, 10.0)]),
    p("1.004884", "Hộ tịch", 5, &[Commune(1.0, 3.0)]),
    p("1.000894", "Hộ tịch", 0, &[Commune(2.0, 3.0)]),
    silent("1.000656", "Hộ tịch", 0, &[Commune(3.0, 3.0)]),
    p("1.004873", "Hộ tịch", 3, &[Commune(5.0, 4.0)]),
    p("2.000635", "Hộ tịch", 0, &[Commune(7.0, 9.0), Monthly("MH.STP", 20.0)]),
    p("1.001612", "Hộ kinh doanh", 3, &[Commune(3.0, 1.0)]),
    p("2.000720", "Hộ kinh doanh", 3, &[Commune(2.0, 1.0)]),
    p("1.013225", "Xây dựng", 15, &[Commune(3.0, 1.0)]),
    p("1.013949", "Đất đai", 15, &[Commune(3.0, 3.0)]),
    p("1.012812", "Đất đai", 30, &[Commune(1.0, 0.0)]),
    p("1.001776", "Bảo trợ xã hội", 10, &[Commune(3.0, 6.0)]),
    p("1.014027", "Bảo trợ xã hội", 10, &[Commune(2.0, 4.0)]),
    p("1.001699", "Bảo trợ xã hội", 25, &[Commune(1.0, 2.0)]),
    silent("1.001731", "Bảo trợ xã hội", 3, &[Commune(1.0, 2.0)]),
    p("1.011607", "Giảm nghèo", 15, &[Commune(0.0, 4.0)]),
    p("1.010833", "Người có công", 3, &[Commune(1.0, 1.0)]),
    p("1.013831", "Đất đai", 8, &[Land(52.0)]),
    p("1.012783", "Đất đai", 10, &[Land(18.0)]),
    p("1.012784", "Đất đai", 12, &[Land(14.0)]),
    p("1.013833", "Đất đai", 5, &[Land(10.0)]),
    p("1.012786", "Đất đai", 10, &[Land(3.0)]),
    p("1.012785", "Đất đai", 20, &[Land(3.0)]),
    p("2.001583", "Doanh nghiệp", 3, &[Monthly("MH.STC", 150.0)]),
    p("2.001199", "Doanh nghiệp", 3, &[Monthly("MH.STC", 95.0)]),
    p("2.002041", "Doanh nghiệp", 3, &[Monthly("MH.STC", 480.0)]),
    p("1.009645", "Đầu tư", 35, &[Monthly("MH.STC", 20.0), Monthly("MH.BQLKCN", 30.0)]),
    p("2.002288", "Đường bộ", 2, &[Monthly("MH.SXD", 980.0)]),
    p("1.000703", "Đường bộ", 5, &[Monthly("MH.SXD", 60.0)]),
    p("1.013237", "Xây dựng", 14, &[Monthly("MH.SXD", 240.0)]),
    p("1.012290", "Khám bệnh, chữa bệnh", 15, &[Monthly("MH.SYT", 620.0)]),
    p("1.014076", "Dược phẩm", 20, &[Monthly("MH.SYT", 370.0)]),
    p("1.013855", "An toàn thực phẩm", 15, &[Monthly("MH.SYT", 300.0)]),
    p("2.000033", "Xúc tiến thương mại", 0, &[Monthly("MH.SCT", 300.0)]),
    p("2.000591", "An toàn thực phẩm", 15, &[Monthly("MH.SCT", 120.0)]),
    p("3.000465", "Văn bằng, chứng chỉ", 0, &[Monthly("MH.SGDDT", 200.0)]),
    p("1.014199", "Việc làm", 10, &[Monthly("MH.SNV", 180.0), Monthly("MH.BQLKCN", 460.0)]),
    p("1.010801", "Người có công", 20, &[Monthly("MH.SNV", 440.0)]),
    p("1.004623", "Du lịch", 10, &[Monthly("MH.SVHTTDL", 90.0)]),
    p("1.004222", "Cư trú", 7, &[]),
];

/// The weighted mix a unit draws its dossiers from; `None` is "thủ tục khác".
pub(crate) fn mix_of(unit: &DecidingUnit) -> Vec<(Option<&'static Procedure>, f64)> {
    let mut mix = Vec::new();
    for procedure in &PROCEDURES {
        for share in procedure.shares {
            let weight = match (*share, unit.mix) {
                (Commune(low, _), Mix::Lowland) => low,
                (Commune(_, up), Mix::Upland) => up,
                (Land(percent), Mix::Land) => percent,
                (Monthly(code, count), _) if code == unit.code => count,
                _ => continue,
            };
            mix.push((Some(procedure), weight));
        }
    }
    if unit.mix == Mix::Department {
        let named: f64 = mix.iter().map(|(_, weight)| weight).sum();
        mix.push((None, (unit.dossiers - named).max(0.0)));
    }
    mix
}

#[cfg(test)]
mod tests {
    use super::super::province::UNITS;
    use super::*;

    #[test]
    fn the_shares_of_communes_and_land_offices_are_whole() {
        for unit in UNITS.iter().filter(|unit| unit.mix != Mix::Department) {
            let total: f64 = mix_of(unit).iter().map(|(_, weight)| weight).sum();
            assert!((total - 100.0).abs() < 1e-9, "{} {total}", unit.code);
        }
    }

    #[test]
    fn no_department_has_more_named_dossiers_than_dossiers() {
        for unit in UNITS.iter().filter(|unit| unit.mix == Mix::Department) {
            let total: f64 = mix_of(unit).iter().map(|(_, weight)| weight).sum();
            assert!((total - unit.dossiers).abs() < 1e-9, "{} {total}", unit.code);
        }
    }
}
