//! What is simulated: `tests/reference/simulations/stuffing.toml`.

use serde::Deserialize;

/// The file.
#[derive(Debug, Deserialize)]
pub(super) struct Plan {
    pub(super) runs: u64,
    pub(super) seed: u64,
    pub(super) k: u64,
    pub(super) unit: Vec<Units>,
    pub(super) attack: Attacks,
    pub(super) must: Must,
}

/// Honest units: every combination of size and truth is one kind of unit.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Units {
    pub(super) dossiers: Vec<u32>,
    pub(super) true_share: Vec<f64>,
    pub(super) counter_share: f64,
    pub(super) ticket_reaches_owner: f64,
    pub(super) response_b: [f64; 2],
    pub(super) response_d: [f64; 2],
    pub(super) response_a: f64,
    pub(super) invited_a: u32,
    pub(super) satisfied_respond_more: f64,
    pub(super) answers_per_day_peak: [f64; 2],
    pub(super) owner_opens_spent_ticket: f64,
    pub(super) mischief_dispute: f64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Attacks {
    repeated_scan: RepeatedScan,
    script: Script,
    self_filled: SelfFilled,
    padded_paper: PaddedPaper,
    selective_ticket: Selective,
}

#[derive(Debug, Deserialize)]
struct RepeatedScan {
    answers: Vec<u32>,
    level_given: u8,
    pause_seconds: [u32; 2],
}

#[derive(Debug, Deserialize)]
struct Script {
    answers: Vec<u32>,
    level_given: u8,
}

#[derive(Debug, Deserialize)]
struct SelfFilled {
    share_of_tickets: Vec<f64>,
    level_given: u8,
}

#[derive(Debug, Deserialize)]
struct PaddedPaper {
    forms: Vec<u32>,
    near_duplicate: f64,
}

#[derive(Debug, Deserialize)]
struct Selective {
    skip_dissatisfied: Vec<f64>,
}

#[derive(Debug, Deserialize)]
pub(in crate::signals) struct Must {
    pub(in crate::signals) headline_moved_by_scan_or_script: f64,
    pub(in crate::signals) level_b_moved_by_scan_or_script: f64,
    pub(in crate::signals) level_c_count_moved_by_scan_or_script: f64,
    pub(in crate::signals) self_filled_20_percent_of_600_flagged: f64,
    pub(in crate::signals) honest_unit_months_flagged_at_most: f64,
}

/// One way of stuffing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Attack {
    /// The counter's QR is scanned again and again.
    Scans { answers: u32, level: u8, pause: [u32; 2] },
    /// A program posts to the counter's QR.
    Script { answers: u32, level: u8 },
    /// Staff spend the tickets of citizens.
    SelfFilled { share: f64, level: u8 },
    /// Invented paper forms, some copied with a small change; with forms of five or of twenty questions.
    Paper { forms: u32, copied: f64, long: bool },
    /// Tickets go to those who look content.
    Selective { skip: f64 },
}

impl Attack {
    pub(super) fn name(self) -> String {
        match self {
            Self::Scans { answers, .. } => format!("repeated scans: {answers}"),
            Self::Script { answers, .. } => format!("script: {answers}"),
            Self::SelfFilled { share, .. } => format!("self-filled tickets: {:.0}%", share * 100.0),
            Self::Paper { forms, long, .. } => {
                format!("padded paper: {forms}{}", if long { ", long form" } else { "" })
            }
            Self::Selective { skip } => format!("selective tickets: {:.0}% skipped", skip * 100.0),
        }
    }

    /// How many runs it is worth: a hundred thousand answers say the same every time. A build for tests alone is slow: it does
    /// in full what is demanded, a part of the rest, and little of what sends hundreds of answers.
    pub(super) fn runs(self, of: u64, is_slow: bool) -> u64 {
        match self {
            Self::Scans { answers, .. } | Self::Script { answers, .. } if answers > 10_000 => of.div_ceil(50),
            Self::Scans { answers, .. } | Self::Script { answers, .. } if answers > 100 && is_slow => of.div_ceil(20),
            Self::SelfFilled { .. } => of,
            _ if is_slow => of.div_ceil(5),
            _ => of,
        }
    }
}

impl Plan {
    pub(super) fn read() -> Self {
        toml::from_str(include_str!("../../../reference/simulations/stuffing.toml")).unwrap()
    }

    /// The units, all of one kind of district.
    pub(super) fn units(&self) -> &Units {
        assert_eq!(self.unit.len(), 1);
        &self.unit[0]
    }

    /// Every attack but that on kiosks, of which there are none yet.
    pub(super) fn attacks(&self) -> Vec<Attack> {
        let Attacks { repeated_scan: scan, script, self_filled: own, padded_paper: paper, selective_ticket } =
            &self.attack;
        let scans = scan.answers.iter();
        let scans = scans.map(|n| Attack::Scans { answers: *n, level: scan.level_given, pause: scan.pause_seconds });
        let scripts = script.answers.iter().map(|n| Attack::Script { answers: *n, level: script.level_given });
        let own = own.share_of_tickets.iter().map(|share| Attack::SelfFilled { share: *share, level: own.level_given });
        let papers = [false, true].into_iter().flat_map(|long| {
            paper.forms.iter().map(move |n| Attack::Paper { forms: *n, copied: paper.near_duplicate, long })
        });
        let selective = selective_ticket.skip_dissatisfied.iter().map(|skip| Attack::Selective { skip: *skip });
        scans.chain(scripts).chain(own).chain(papers).chain(selective).collect()
    }
}
