//! The witness signs what only grew, and refuses everything else.

use super::*;
use crate::record::StaffHead;
use crate::record::tree::{Peaks, consistency_ranges, fold, subtrees};
use crate::words::Day;

const ORIGIN: &str = "thuocdo/1/0a";

fn signer(seed: u8) -> Signer {
    Signer::new(ORIGIN, &Secret::new([seed; 32])).unwrap()
}

fn leaves(n: u8, salt: u8) -> Vec<Hash> {
    (0..n).map(|number| sha256(&[&[number, salt]])).collect()
}

fn root(leaves: &[Hash]) -> Hash {
    let mut peaks = Peaks::default();
    for leaf in leaves {
        peaks.append(*leaf, |_, _| ());
    }
    peaks.root()
}

fn checkpoint(leaves: &[Hash], seq: i32) -> Checkpoint {
    let size = u64::try_from(leaves.len()).unwrap();
    let staff_log = StaffHead { seq, hash: [u8::try_from(seq).unwrap(); 32] };
    Checkpoint { origin: ORIGIN.to_owned(), size, root: root(leaves), before: 0, through: Day(20_000), staff_log }
}

fn seen(of: &Checkpoint, old: u64, leaves: &[Hash], by: &Signer) -> Seen {
    let hash = |range: &(u64, u64)| {
        let at = |n: u64| usize::try_from(n).unwrap();
        let parts: Vec<Hash> = subtrees(*range)
            .iter()
            .map(|sub| root(&leaves[at(sub.index << sub.level)..at((sub.index + 1) << sub.level)]))
            .collect();
        fold(&parts)
    };
    let proof = consistency_ranges(old, of.size).map(|ranges| ranges.iter().map(hash).collect());
    let first = KeyRow { id: 1, vkey: signer(1).key().to_string(), first_size: 1, endorsement: String::new() };
    Seen { note: by.sign(&of.text()), keys: vec![first], proof }
}

#[test]
fn what_grew_is_good_and_everything_else_is_refused_by_its_name() {
    let (old, new) = (leaves(5, 0), leaves(12, 0));
    let (before, now) = (checkpoint(&old, 3), checkpoint(&new, 4));
    let judged = |seen: &Seen| judge(Some(&before), Some(signer(1).key()), seen).map(|(_, read)| read);
    assert_eq!(judged(&seen(&now, 5, &new, &signer(1))), Ok(now.clone()));
    assert_eq!(judged(&seen(&before, 5, &old, &signer(1))), Ok(before.clone()));
    let back = checkpoint(&old[..4], 3);
    assert_eq!(judged(&seen(&back, 5, &old, &signer(1))), Err(Refusal::RolledBack(5, 4)));
    let fork = checkpoint(&leaves(5, 1), 3);
    assert_eq!(judged(&seen(&fork, 5, &old, &signer(1))), Err(Refusal::Forked(5)));
    let other = leaves(12, 1);
    assert_eq!(judged(&seen(&checkpoint(&other, 4), 5, &other, &signer(1))), Err(Refusal::Rewritten(5, 12)));
    let silent = Seen { proof: None, ..seen(&now, 5, &new, &signer(1)) };
    assert_eq!(judged(&silent), Err(Refusal::Rewritten(5, 12)));
    assert_eq!(judged(&seen(&checkpoint(&new, 2), 5, &new, &signer(1))), Err(Refusal::StaffLog(3, 2)));
    assert_eq!(judged(&seen(&now, 5, &new, &signer(2))), Err(Refusal::NotSigned));
    let pinned = judge(None, Some(signer(2).key()), &seen(&now, 5, &new, &signer(1)));
    assert_eq!(pinned.map(|(_, read)| read), Err(Refusal::Keys(KeyFault::NotPinned)));
}

#[test]
fn the_state_is_read_as_it_is_written() {
    let note = signer(1).sign(&checkpoint(&leaves(3, 0), 1).text());
    for (pinned, note) in [(None, String::new()), (Some(signer(1).key().clone()), note)] {
        let state = State { secret: Secret::new([7; 32]), pinned, note };
        assert_eq!(State::parse(&state.write()), Some(state));
    }
    for bad in ["", "secret 00\n\n", "x\n\n"] {
        assert_eq!(State::parse(bad), None);
    }
}
