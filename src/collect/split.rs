//! By which kinds of parts a block may be divided: never so that several kinds together single anybody out. Pure.
//!
//! Parts of one kind beside parts of another say more than each alone: of 24 forms, 12 of each field and 12 of each channel
//! may leave one form of this field by that channel. Everything that is shown of a block by parts is a sum of its *atoms*, the
//! forms that have the same parts of every kind by which it is divided. So it is divided by a kind only where every atom
//! still holds k forms.

use std::collections::BTreeMap;

use crate::store::counts::{Count, Series};
use crate::store::figures::{NOT_SPLIT, PartKind};

/// The parts of a form, one of each kind in the order of [`PartKind::ALL`].
pub type Atom = [i32; 3];

/// The atom of a series, with all kinds.
pub fn atom_of(series: &Series) -> Atom {
    PartKind::ALL.map(|kind| kind.part_of(series))
}

/// Forms that a cell counts; 0 of every count that is not one of forms.
pub fn forms_of(count: &Count) -> i64 {
    match count {
        Count::Item(0, tally) => tally.answered() + tally.blank,
        _ => 0,
    }
}

/// An atom as it looks where a block is divided by these kinds alone.
pub fn seen_by(atom: Atom, kinds: &[PartKind]) -> Atom {
    let mut places = PartKind::ALL.iter().zip(atom);
    std::array::from_fn(|_| {
        places.next().map_or(NOT_SPLIT, |(kind, part)| if kinds.contains(kind) { part } else { NOT_SPLIT })
    })
}

/// Whether each atom of these kinds holds k forms or none.
pub fn isolates_nobody<'a>(forms: impl IntoIterator<Item = (&'a Atom, &'a i64)>, kinds: &[PartKind], k: i64) -> bool {
    let mut atoms: BTreeMap<Atom, i64> = BTreeMap::new();
    for (atom, n) in forms {
        *atoms.entry(seen_by(*atom, kinds)).or_default() += n;
    }
    atoms.values().all(|n| *n == 0 || *n >= k)
}

/// The kinds by which a block of these forms is divided: one after the other in their order, each where it singles out
/// nobody beside those before it.
pub fn kinds_of(forms: &BTreeMap<Atom, i64>, k: i64) -> Vec<PartKind> {
    let mut accepted = Vec::new();
    for kind in PartKind::ALL {
        accepted.push(kind);
        if !isolates_nobody(forms, &accepted, k) {
            accepted.pop();
        }
    }
    accepted
}

#[cfg(test)]
mod tests {
    use super::*;

    const K: i64 = 10;

    fn of(forms: &[(Atom, i64)]) -> Vec<PartKind> {
        kinds_of(&forms.iter().copied().collect(), K)
    }

    #[test]
    fn a_kind_is_shown_where_each_of_its_parts_holds_k_or_none() {
        use PartKind::{Channel, DecidingUnit, Field};
        assert_eq!(of(&[([0, 1, 1], 12), ([0, 1, 2], 12)]), PartKind::ALL);
        assert_eq!(of(&[([0, 1, 1], 15), ([0, 1, 2], 9)]), [DecidingUnit, Field]);
        assert_eq!(of(&[([0, 1, 1], 20), ([0, 1, 2], 0)]), PartKind::ALL, "none is no part");
        assert_eq!(of(&[([7, 1, 1], 3), ([0, 1, 1], 21)]), [Field, Channel]);
    }

    #[test]
    fn two_kinds_that_single_somebody_out_together_are_not_both_shown() {
        use PartKind::{DecidingUnit, Field};
        let crossed = [([0, 1, 1], 11), ([0, 1, 2], 1), ([0, 2, 1], 1), ([0, 2, 2], 11)];
        assert_eq!(of(&crossed), [DecidingUnit, Field], "the channel would make an atom of one form");
        let aligned = [([0, 1, 1], 12), ([0, 2, 2], 12)];
        assert_eq!(of(&aligned), PartKind::ALL);
        let three = [([1, 1, 1], 10), ([1, 2, 2], 10), ([2, 1, 2], 10), ([2, 2, 1], 10)];
        assert_eq!(of(&three), PartKind::ALL, "four atoms of ten");
    }

    #[test]
    fn an_atom_hides_what_is_not_shown() {
        assert_eq!(seen_by([5, 6, 7], &[PartKind::Field]), [NOT_SPLIT, 6, NOT_SPLIT]);
        assert_eq!(seen_by([5, 6, 7], &PartKind::ALL), [5, 6, 7]);
    }

    proptest::proptest! {
        /// Whoever knows the parts of every kind that is shown, of one form, knows that at least nine others have the same.
        #[test]
        fn whoever_combines_parts_finds_nobody_alone(
            cells in proptest::collection::btree_map((0_i32..3, 0_i32..3, 0_i32..3), 0_i64..40, 1..27)
        ) {
            let forms: BTreeMap<Atom, i64> = cells.into_iter().map(|((a, b, c), n)| ([a, b, c], n)).collect();
            let kinds = kinds_of(&forms, K);
            for of in forms.iter().filter(|(_, n)| **n > 0).map(|(of, _)| of) {
                let alike = |other: &Atom| {
                    PartKind::ALL.iter().zip(of.iter().zip(other)).all(|(kind, (a, b))| a == b || !kinds.contains(kind))
                };
                let n: i64 = forms.iter().filter(|(other, _)| alike(other)).map(|(_, n)| n).sum();
                // A block holds k forms; where the drawn one does not, nothing divides it.
                if forms.values().sum::<i64>() >= K {
                    assert!(n >= K, "{of:?} is one of {n}");
                }
            }
        }
    }
}
