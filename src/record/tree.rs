//! The Merkle tree of RFC 6962 over the leaves of the answers: appending, roots, and the proofs of RFC 9162, section 2.1.
//!
//! A leaf is a leaf hash of RFC 6962 as it is (`SHA-256(0x00 ‖ record ‖ salt)`); a node is `SHA-256(0x01 ‖ left ‖ right)`.

use super::sha256;

/// A node of the tree.
pub type Hash = [u8; 32];

/// The node above two.
pub fn node(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], left, right])
}

/// A complete subtree: `2^level` leaves from leaf `index · 2^level` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subtree {
    /// Height; 0 is a leaf.
    pub level: u8,
    /// Place among those of its height, from 0.
    pub index: u64,
}

/// The root of hashes that stand side by side, largest subtree first; that of the empty tree for none.
pub fn fold(hashes: &[Hash]) -> Hash {
    let mut from_right = hashes.iter().rev();
    from_right.next().map_or_else(|| sha256(&[]), |last| from_right.fold(*last, |right, left| node(left, &right)))
}

/// A tree of which only its largest complete subtrees are kept: enough to append and to know the root.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Peaks {
    size: u64,
    hashes: Vec<Hash>,
}

impl Peaks {
    /// Reads what [`Peaks::bytes`] wrote; `None` if it does not belong to a tree of this size.
    pub fn read(size: u64, bytes: &[u8]) -> Option<Self> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        let expected = usize::try_from(size.count_ones()).ok()?;
        (hashes.len() == expected && rest.is_empty()).then(|| Self { size, hashes: hashes.to_vec() })
    }

    /// The hashes one after another, largest subtree first.
    pub fn bytes(&self) -> Vec<u8> {
        self.hashes.concat()
    }

    /// Number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root.
    pub fn root(&self) -> Hash {
        fold(&self.hashes)
    }

    /// Appends a leaf and tells of every subtree that it completes, lowest first.
    pub fn append(&mut self, leaf: Hash, mut completed: impl FnMut(Subtree, &Hash)) {
        let (mut hash, mut at) = (leaf, Subtree { level: 0, index: self.size });
        // As many steps as the number of leaves has ones at its end: at most 64.
        while at.index % 2 == 1 {
            let Some(left) = self.hashes.pop() else { break };
            hash = node(&left, &hash);
            at = Subtree { level: at.level + 1, index: at.index / 2 };
            completed(at, &hash);
        }
        self.hashes.push(hash);
        self.size += 1;
    }
}

/// Leaves `from..to`, whose root is one hash of a proof.
pub type Range = (u64, u64);

/// The complete subtrees of a range, largest first: [`fold`] over their hashes is its root.
pub fn subtrees((mut from, to): Range) -> Vec<Subtree> {
    let mut found = Vec::new();
    while from < to {
        let level = from.trailing_zeros().min((to - from).ilog2()).min(63);
        found.push(Subtree { level: u8::try_from(level).unwrap_or(0), index: from >> level });
        from += 1 << level;
    }
    found
}

/// Largest power of two below `n`, for n > 1.
const fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// The ranges whose roots prove that a leaf stands at `index` in a tree of `size` leaves, in the order of the proof; `None`
/// if it does not.
pub fn inclusion_ranges(index: u64, size: u64) -> Option<Vec<Range>> {
    let (mut from, mut to, mut ranges) = (0, size, Vec::new());
    if index >= size {
        return None;
    }
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            ranges.push((middle, to));
            to = middle;
        } else {
            ranges.push((from, middle));
            from = middle;
        }
    }
    ranges.reverse();
    Some(ranges)
}

/// The ranges whose roots prove that a tree of `old` leaves is the beginning of one of `new` leaves, in the order of the
/// proof; `None` if `old` is 0 or above `new`.
pub fn consistency_ranges(old: u64, new: u64) -> Option<Vec<Range>> {
    let (mut from, mut to, mut ranges) = (0, new, Vec::new());
    if old == 0 || old > new {
        return None;
    }
    while old < to {
        let middle = from + split(to - from);
        if old <= middle {
            ranges.push((middle, to));
            to = middle;
        } else {
            ranges.push((from, middle));
            from = middle;
        }
    }
    if from > 0 {
        ranges.push((from, to));
    }
    ranges.reverse();
    Some(ranges)
}

/// Whether the proof shows that the leaf stands at `index` in the tree of `size` leaves with this root (RFC 9162, 2.1.3.2).
pub fn includes(root: &Hash, size: u64, index: u64, leaf: &Hash, proof: &[Hash]) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for step in proof {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            hash = node(step, &hash);
            let shift = if at % 2 == 1 { 0 } else { at.trailing_zeros().min(63) };
            (at, last) = (at >> shift, last >> shift);
        } else {
            hash = node(&hash, step);
        }
        (at, last) = (at / 2, last / 2);
    }
    last == 0 && hash == *root
}

/// Whether the proof shows that the tree of `old` leaves is the beginning of that of `new` leaves (RFC 9162, 2.1.4.2).
pub fn is_consistent((old, old_root): (u64, &Hash), (new, new_root): (u64, &Hash), proof: &[Hash]) -> bool {
    if old == 0 || old >= new {
        return old <= new
            && proof.is_empty()
            && if old == new { old_root == new_root } else { *old_root == fold(&[]) };
    }
    let (mut steps, mut at, mut last) = (proof.iter(), old - 1, new - 1);
    let shift = at.trailing_ones();
    (at, last) = (at >> shift, last >> shift);
    let first = if old.is_power_of_two() { Some(old_root) } else { steps.next() };
    let Some(first) = first else { return false };
    let (mut before, mut now) = (*first, *first);
    for step in steps {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            before = node(step, &before);
            now = node(step, &now);
            let shift = if at % 2 == 1 { 0 } else { at.trailing_zeros().min(63) };
            (at, last) = (at >> shift, last >> shift);
        } else {
            now = node(&now, step);
        }
        (at, last) = (at / 2, last / 2);
    }
    last == 0 && before == *old_root && now == *new_root
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
