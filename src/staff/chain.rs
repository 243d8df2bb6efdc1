//! The check of the staff log: a sequence of acts against each other and against the head of the chain. Pure.

use crate::record::{StaffEntry, StaffHead};

/// Hash before the first act.
const BEFORE_FIRST: [u8; 32] = StaffHead::START.hash;

/// What is wrong with a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainFault {
    /// The content of an act is not what its hash was made of.
    Altered,
    /// An act does not follow the one before it.
    Broken,
    /// There is no act of this number.
    Missing,
    /// The number was there before, or is none that an act may have.
    Repeated,
    /// The head knows acts from this number on, and they are gone.
    Cut,
    /// The head does not know this act, or there is no head at all.
    Beyond,
    /// The act of the head has another hash: it is the head of another chain.
    OtherHead,
}

/// The first fault of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("act number {seq} {}", .fault.words())]
pub struct ChainBreak {
    /// The first bad number.
    pub seq: i32,
    /// What is wrong.
    pub fault: ChainFault,
}

impl ChainFault {
    /// What is wrong, after “act number n”.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Altered => "was altered: its content does not have its hash",
            Self::Broken => "does not follow the act before it",
            Self::Missing => "is missing",
            Self::Repeated => "stands there twice or out of order",
            Self::Cut => "and what followed it was cut off",
            Self::Beyond => "is not known to the head of the chain",
            Self::OtherHead => "has another hash than the head says: the head belongs to another chain",
        }
    }
}

/// Checks a chain, act by act and in any number of pieces.
#[derive(Debug, Clone)]
pub struct ChainCheck {
    last: StaffHead,
    noted: Option<StaffHead>,
}

impl Default for ChainCheck {
    fn default() -> Self {
        Self::new(None)
    }
}

impl ChainCheck {
    /// Begins before the first act. A head that somebody noted earlier has to lie on the chain.
    pub const fn new(noted: Option<StaffHead>) -> Self {
        Self { last: StaffHead::START, noted }
    }

    /// The last act that was found good.
    pub const fn last(&self) -> StaffHead {
        self.last
    }

    /// The next act, or what is wrong with it.
    pub fn take(&mut self, entry: &StaffEntry) -> Result<(), ChainBreak> {
        let expected = self.last.seq.saturating_add(1);
        let broken = |seq, fault| Err(ChainBreak { seq, fault });
        if entry.seq < expected {
            return broken(entry.seq, ChainFault::Repeated);
        }
        if entry.seq > expected {
            return broken(expected, ChainFault::Missing);
        }
        if entry.prev != self.last.hash {
            return broken(entry.seq, ChainFault::Broken);
        }
        let hash = entry.hash_of_content();
        if entry.hash != hash {
            return broken(entry.seq, ChainFault::Altered);
        }
        if self.noted.is_some_and(|noted| noted.seq == entry.seq && noted.hash != hash) {
            return broken(entry.seq, ChainFault::OtherHead);
        }
        self.last = StaffHead { seq: entry.seq, hash };
        Ok(())
    }

    /// After the last act: whether a head noted earlier lies on the chain.
    pub fn end(&self) -> Result<StaffHead, ChainBreak> {
        match self.noted {
            Some(noted) if noted.seq > self.last.seq => {
                Err(ChainBreak { seq: self.last.seq.saturating_add(1), fault: ChainFault::Cut })
            }
            Some(StaffHead { seq: 0, hash }) if hash != BEFORE_FIRST => {
                Err(ChainBreak { seq: 0, fault: ChainFault::OtherHead })
            }
            _ => Ok(self.last),
        }
    }

    /// After the last act: whether it is the very head that is kept beside the chain.
    pub fn end_at(&self, head: Option<(i32, &[u8])>) -> Result<StaffHead, ChainBreak> {
        let (seq, hash) = head.unwrap_or((0, &BEFORE_FIRST));
        let next = |seq: i32| seq.saturating_add(1);
        if seq > self.last.seq {
            return Err(ChainBreak { seq: next(self.last.seq), fault: ChainFault::Cut });
        }
        if seq < self.last.seq {
            return Err(ChainBreak { seq: next(seq.max(0)), fault: ChainFault::Beyond });
        }
        if hash != self.last.hash {
            return Err(ChainBreak { seq, fault: ChainFault::OtherHead });
        }
        self.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::unhex;
    use crate::words::Moment;

    fn chain(acts: i32) -> Vec<StaffEntry> {
        let mut prev = BEFORE_FIRST;
        (1..=acts)
            .map(|seq| {
                let at = Moment::from_unix(1_795_000_000 + i64::from(seq));
                let entry = StaffEntry::after(&prev, seq, at, "cli", "import units", &format!("tệp {seq}"));
                prev = entry.hash_of_content();
                entry
            })
            .collect()
    }

    fn checked(entries: &[StaffEntry], noted: Option<StaffHead>) -> Result<StaffHead, ChainBreak> {
        let mut check = ChainCheck::new(noted);
        entries.iter().try_for_each(|entry| check.take(entry))?;
        check.end()
    }

    fn head(entry: &StaffEntry) -> StaffHead {
        StaffHead { seq: entry.seq, hash: entry.hash.clone().try_into().unwrap() }
    }

    #[test]
    fn a_whole_chain_is_good_and_every_earlier_head_lies_on_it() {
        let chain = chain(30);
        assert_eq!(checked(&[], None), Ok(StaffHead::START));
        assert_eq!(checked(&chain, None), Ok(head(&chain[29])));
        for entry in &chain {
            assert_eq!(checked(&chain, Some(head(entry))), Ok(head(&chain[29])));
        }
        assert_eq!(checked(&chain, Some(StaffHead::START)), Ok(head(&chain[29])));
    }

    #[test]
    fn every_fault_is_told_from_every_other_and_placed() {
        let good = chain(9);
        let broken = |entries: &[StaffEntry]| checked(entries, None).unwrap_err();
        let of = |seq, fault| ChainBreak { seq, fault };
        let changes: [fn(&mut StaffEntry); 5] = [
            |entry| entry.at = Moment::from_unix(0),
            |entry| entry.actor.push('x'),
            |entry| entry.act.clear(),
            |entry| entry.object.insert(0, ' '),
            |entry| entry.hash[31] ^= 1,
        ];
        for change in changes {
            let mut bad = good.clone();
            change(&mut bad[4]);
            assert_eq!(broken(&bad), of(5, ChainFault::Altered));
        }
        // What is moved from one text to the next is an alteration, too.
        let mut moved = good.clone();
        (moved[4].actor, moved[4].act) = ("cliimport".to_owned(), " units".to_owned());
        assert_eq!(broken(&moved), of(5, ChainFault::Altered));
        let mut bad = good.clone();
        bad[4].prev.pop();
        assert_eq!(broken(&bad), of(5, ChainFault::Broken));
        let mut bad = good.clone();
        bad.remove(4);
        assert_eq!(broken(&bad), of(5, ChainFault::Missing));
        let mut bad = good.clone();
        bad.insert(5, good[4].clone());
        assert_eq!(broken(&bad), of(5, ChainFault::Repeated));
        let mut bad = good.clone();
        bad[4].seq = -3;
        assert_eq!(broken(&bad), of(-3, ChainFault::Repeated));
    }

    #[test]
    fn the_head_beside_the_chain_misses_a_tail_and_knows_no_other() {
        let good = chain(9);
        let mut check = ChainCheck::default();
        good[..6].iter().try_for_each(|entry| check.take(entry)).unwrap();
        let of = |seq, fault| Err(ChainBreak { seq, fault });
        let at = |seq: i32, entry: &StaffEntry| check.end_at(Some((seq, &entry.hash)));
        assert_eq!(at(6, &good[5]), Ok(head(&good[5])));
        assert_eq!(at(9, &good[8]), of(7, ChainFault::Cut));
        assert_eq!(at(4, &good[3]), of(5, ChainFault::Beyond));
        assert_eq!(at(-4, &good[3]), of(1, ChainFault::Beyond));
        assert_eq!(at(6, &good[4]), of(6, ChainFault::OtherHead));
        assert_eq!(check.end_at(None), of(1, ChainFault::Beyond));
        assert_eq!(ChainCheck::default().end_at(None), Ok(StaffHead::START));
        assert_eq!(checked(&good[..6], Some(head(&good[8]))), of(7, ChainFault::Cut));
        let other = StaffHead { seq: 3, ..head(&good[3]) };
        assert_eq!(checked(&good, Some(other)), of(3, ChainFault::OtherHead));
    }

    #[test]
    fn a_head_is_read_as_it_is_written() {
        let head = head(&chain(3)[2]);
        assert_eq!(StaffHead::parse(&head.to_string()), Some(head));
        assert_eq!(StaffHead::parse(&format!(" {head}\n")), Some(head));
        let text = head.to_string();
        for bad in ["", "3", "3:", ":", "x:00", &text[..text.len() - 1], &text[..text.len() - 2], &format!("-{text}")] {
            assert_eq!(StaffHead::parse(bad), None, "{bad}");
        }
        assert_eq!(unhex("00fF"), Some(vec![0, 255]));
        assert_eq!(unhex("0é"), None);
    }
}
