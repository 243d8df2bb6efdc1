//! The approval: what two persons put their names of office to, signed by the record's key.

use crate::record::{hex, sha256};
use crate::words::{Day, Moment, Role};

const HEAD: &str = "thuocdo publication v1";
/// Longest number of a decision.
pub const LONGEST_NUMBER: usize = 120;

/// Who did something: no name, the role and the unit, with the line of the staff log that holds the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Role.
    pub role: Role,
    /// Code of the unit the person works in.
    pub unit: String,
    /// Line of the staff log.
    pub line: i32,
}

/// What is approved, by which decision, by whom, and from when it is public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The installation.
    pub origin: String,
    /// Name in the address.
    pub slug: String,
    /// Version.
    pub version: u32,
    /// SHA-256 of the canonical content, in hexadecimal.
    pub content: String,
    /// SHA-256 of the list of files.
    pub files: String,
    /// Hash of the approval before this one, of whatever publication; none for the first.
    pub previous: Option<String>,
    /// Number of the decision.
    pub decision: String,
    /// Its date.
    pub decided: Day,
    /// Who submitted.
    pub submitted: Act,
    /// Who approved.
    pub approved: Act,
    /// From when it is public.
    pub released: Moment,
}

impl Approval {
    /// The text that is signed.
    pub fn text(&self) -> String {
        let act = |act: &Act| format!("{} {} line {}", act.role.word(), act.unit, act.line);
        let previous = self.previous.as_deref().unwrap_or("none");
        format!(
            "{}\n{HEAD}\n{} version {}\ncontent {}\nfiles {}\nprevious {previous}\ndecision {} of {}\nsubmitted {}\n\
             approved {}\nreleased {}\n",
            self.origin,
            self.slug,
            self.version,
            self.content,
            self.files,
            self.decision,
            self.decided.iso(),
            act(&self.submitted),
            act(&self.approved),
            self.released.unix()
        )
    }

    /// Reads such a text; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let origin = lines.next()?.to_owned();
        lines.next().filter(|line| *line == HEAD)?;
        let (slug, version) = lines.next()?.split_once(" version ")?;
        let content = lines.next()?.strip_prefix("content ")?.to_owned();
        let files = lines.next()?.strip_prefix("files ")?.to_owned();
        let previous = lines.next()?.strip_prefix("previous ")?;
        let (decision, decided) = lines.next()?.strip_prefix("decision ")?.rsplit_once(" of ")?;
        let act = |line: &str| {
            let mut parts = line.split(' ');
            let act = Act {
                role: Role::parse(parts.next()?).ok()?,
                unit: parts.next()?.to_owned(),
                line: parts.nth(1)?.parse().ok()?,
            };
            Some(act)
        };
        let read = Self {
            origin,
            slug: slug.to_owned(),
            version: version.parse().ok()?,
            content,
            files,
            previous: (previous != "none").then(|| previous.to_owned()),
            decision: decision.to_owned(),
            decided: Day::parse(decided)?,
            submitted: act(lines.next()?.strip_prefix("submitted ")?)?,
            approved: act(lines.next()?.strip_prefix("approved ")?)?,
            released: Moment::from_unix(lines.next()?.strip_prefix("released ")?.parse().ok()?),
        };
        // There is one way to write it.
        (read.text() == text).then_some(read)
    }

    /// The hash by which the next approval names this one.
    pub fn hash(&self) -> String {
        hex(&sha256(&[self.text().as_bytes()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_way_to_write_an_approval() {
        let act = |line| Act { role: Role::HomeAffairs, unit: "MH.SNV".to_owned(), line };
        let approval = Approval {
            origin: "thuocdo/1/0a".to_owned(),
            slug: "quy-3-2026".to_owned(),
            version: 2,
            content: "c".repeat(64),
            files: "f".repeat(64),
            previous: None,
            decision: "12/QĐ-UBND of the province".to_owned(),
            decided: Day::parse("2026-10-05").unwrap(),
            submitted: act(7),
            approved: act(9),
            released: Moment::from_unix(1_791_000_000),
        };
        assert_eq!(Approval::parse(&approval.text()), Some(approval.clone()));
        assert_ne!(Approval { version: 3, ..approval.clone() }.hash(), approval.hash());
        for bad in ["", "x\n", &approval.text().replace("version 2", "version 02"), &format!("{}\n", approval.text())] {
            assert_eq!(Approval::parse(bad), None, "{bad}");
        }
    }
}
