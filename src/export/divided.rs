//! What of an answer's surroundings may stand in its row: never so much that fewer than k rows of a block look alike.
//!
//! The deciding unit, the field and the channel are divided exactly as in the figures; choices, which say who somebody is,
//! follow under the same rule. Pure.

use std::collections::HashMap;

/// Which kinds of parts may be shown of the forms of one block: one after the other in their order, each only where every
/// combination with those before it holds k forms. `part` tells the part of a form, by its place, of a kind.
pub(super) fn shown(forms: usize, kinds: usize, part: impl Fn(usize, usize) -> i32, k: i64) -> Vec<bool> {
    let mut group: Vec<u32> = vec![0; forms];
    let mut shown = Vec::with_capacity(kinds);
    for kind in 0..kinds {
        let mut numbers: HashMap<(u32, i32), u32> = HashMap::new();
        let mut sizes: Vec<i64> = Vec::new();
        let finer: Vec<u32> = group
            .iter()
            .enumerate()
            .map(|(form, group)| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                let number = *numbers.entry((*group, part(form, kind))).or_insert(next);
                let at = usize::try_from(number).unwrap_or(usize::MAX);
                if at >= sizes.len() {
                    sizes.push(0);
                }
                if let Some(size) = sizes.get_mut(at) {
                    *size += 1;
                }
                number
            })
            .collect();
        let may_be = sizes.iter().all(|size| *size >= k);
        if may_be {
            group = finer;
        }
        shown.push(may_be);
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::collect::split::kinds_of;
    use crate::store::figures::PartKind;

    fn of(forms: &[(Vec<i32>, usize)]) -> Vec<bool> {
        let all: Vec<&[i32]> = forms.iter().flat_map(|(form, n)| std::iter::repeat_n(form.as_slice(), *n)).collect();
        shown(all.len(), all.first().map_or(0, |form| form.len()), |form, kind| all[form][kind], 10)
    }

    #[test]
    fn a_choice_is_shown_where_each_combination_holds_ten() {
        assert_eq!(of(&[(vec![1, 1], 12), (vec![1, 2], 12)]), [true, true]);
        assert_eq!(of(&[(vec![1, 1], 12), (vec![1, 2], 9)]), [true, false]);
        assert_eq!(of(&[(vec![1, 1], 11), (vec![2, 1], 11), (vec![2, 2], 1), (vec![1, 2], 1)]), [true, false]);
        assert_eq!(of(&[]), [] as [bool; 0]);
    }

    proptest::proptest! {
        #[test]
        fn parts_are_divided_as_in_the_figures(
            cells in proptest::collection::btree_map((0_i32..3, 0_i32..3, 0_i32..3), 1_i64..30, 1..20)
        ) {
            let atoms: BTreeMap<[i32; 3], i64> = cells.iter().map(|((a, b, c), n)| ([*a, *b, *c], *n)).collect();
            let kinds = kinds_of(&atoms, 10);
            let forms: Vec<(Vec<i32>, usize)> =
                atoms.iter().map(|(atom, n)| (atom.to_vec(), usize::try_from(*n).unwrap())).collect();
            let expected: Vec<bool> = PartKind::ALL.iter().map(|kind| kinds.contains(kind)).collect();
            assert_eq!(of(&forms), expected);
        }

        #[test]
        fn whoever_reads_all_that_is_shown_of_a_row_finds_ten_alike(
            forms in proptest::collection::vec(proptest::collection::vec(0_i32..3, 5), 10..200)
        ) {
            let shown = shown(forms.len(), 5, |form, kind| forms[form][kind], 10);
            let seen = |form: &[i32]| -> Vec<i32> { form.iter().zip(&shown).filter(|(_, s)| **s).map(|(v, _)| *v).collect() };
            let mut alike: BTreeMap<Vec<i32>, usize> = BTreeMap::new();
            for form in &forms {
                *alike.entry(seen(form)).or_default() += 1;
            }
            assert!(alike.values().all(|n| *n >= 10));
        }
    }
}
