//! Who writes a report: heading, recipients and signer follow from what the unit is.

use super::Facts;
use super::calendar::Level;
use crate::documents::Heading;
use crate::text::apology::{committee, full, place};
use crate::text::reports::paper as words;
use crate::words::UnitKind;

/// Who writes a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Issuer {
    /// Its name in sentences.
    pub name: String,
    /// Agency above and agency, in lines.
    heading: (Option<String>, String),
    sign: &'static str,
    place: String,
    /// Whom it is written to.
    pub to: &'static str,
    /// Recipients of copies, one a line.
    pub copies: &'static str,
    /// Title of the signer, in lines.
    pub signer: &'static str,
}

impl Issuer {
    pub(super) fn of(facts: &Facts) -> Self {
        let unit = &facts.figures.unit;
        let above = facts.figures.above.iter().find(|above| above.kind == UnitKind::Province);
        let stands_alone = matches!(unit.kind, UnitKind::Commune | UnitKind::Ward | UnitKind::SpecialZone);
        let seat = if stands_alone || unit.kind == UnitKind::Province { Some(unit) } else { above };
        let seat = seat.map(|unit| place(&unit.name)).unwrap_or_default();
        match Level::of(unit.kind) {
            Level::Province => Self {
                name: words::HOME_AFFAIRS.to_owned(),
                heading: (Some(lines(&committee(&unit.name))), words::HOME_AFFAIRS.to_uppercase()),
                sign: words::HOME_AFFAIRS_SIGN,
                place: seat,
                to: words::TO_PROVINCE,
                copies: words::COPIES_PROVINCE,
                signer: words::SIGNER_DEPARTMENT,
            },
            Level::Commune => Self {
                name: committee_of(&unit.name),
                heading: (None, lines(&committee_of(&unit.name))),
                sign: words::COMMITTEE_SIGN,
                place: seat,
                to: words::TO_PROVINCE,
                copies: words::COPIES,
                signer: words::SIGNER_COMMITTEE,
            },
            Level::Department => Self {
                name: full(&unit.name),
                heading: (above.map(|above| lines(&committee(&above.name))), full(&unit.name).to_uppercase()),
                sign: words::OTHER_SIGN,
                place: seat,
                to: words::TO_PROVINCE,
                copies: words::COPIES,
                signer: if unit.kind == UnitKind::Department { words::SIGNER_DEPARTMENT } else { words::SIGNER_OTHER },
            },
        }
    }

    /// The heading of the paper.
    pub(super) fn heading(&self, year: i32) -> Heading {
        Heading {
            above: self.heading.0.clone(),
            agency: self.heading.1.clone(),
            number: words::number(self.sign),
            state: words::STATE.to_owned(),
            motto: words::MOTTO.to_owned(),
            place_and_day: words::place_and_day(&self.place, year),
        }
    }
}

/// The committee of a commune: “Ủy ban nhân dân xã Suối Trong”.
fn committee_of(name: &str) -> String {
    let name = committee(name);
    // Kinds of places are written small behind the committee.
    let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
    if let Some(kind) = words.get_mut(4) {
        *kind = crate::text::reports::small(kind);
    }
    words.join(" ")
}

/// A committee in capitals on two lines, as papers have it.
fn lines(committee: &str) -> String {
    let words: Vec<&str> = committee.split(' ').collect();
    let (first, rest) = words.split_at(words.len().min(4));
    let both = [first.join(" "), rest.join(" ")];
    let both: Vec<String> = both.iter().filter(|line| !line.is_empty()).map(|line| line.to_uppercase()).collect();
    both.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_committee_stands_on_two_lines_and_names_its_place_small() {
        assert_eq!(committee_of("Xã Suối Trong"), "Ủy ban nhân dân xã Suối Trong");
        assert_eq!(committee_of("UBND phường Cầu Vồng"), "Ủy ban nhân dân phường Cầu Vồng");
        assert_eq!(lines("Ủy ban nhân dân xã Suối Trong"), "ỦY BAN NHÂN DÂN\nXÃ SUỐI TRONG");
        assert_eq!(lines("Sở Nội vụ"), "SỞ NỘI VỤ");
    }
}
