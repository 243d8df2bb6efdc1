//! The tree against the reference values of certificate transparency and against the definition of RFC 6962.

use proptest::prelude::*;

use super::super::{sha256, unhex};
use super::*;

fn hash(text: &str) -> Hash {
    unhex(text).unwrap().try_into().unwrap()
}

/// The eight leaves of the reference tests of certificate transparency, hashed as leaves.
fn known_leaves() -> Vec<Hash> {
    let data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    data.iter().map(|text| sha256(&[&[0], &unhex(text).unwrap()])).collect()
}

const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const N10: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const N23: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const N47: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const N4: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const N67: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const N45: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

/// MTH of RFC 6962, section 2.1, word by word.
fn root_of(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => sha256(&[]),
        [leaf] => *leaf,
        _ => {
            let k = leaves.len().next_power_of_two() / 2;
            node(&root_of(&leaves[..k]), &root_of(&leaves[k..]))
        }
    }
}

/// PATH of RFC 6962, section 2.1.1.
fn path_of(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() < 2 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    let (mut path, sibling) = if m < left.len() {
        (path_of(m, left), root_of(right))
    } else {
        (path_of(m - left.len(), right), root_of(left))
    };
    path.push(sibling);
    path
}

/// SUBPROOF of RFC 6962, section 2.1.2.
fn subproof(m: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if m == leaves.len() {
        return if whole { Vec::new() } else { vec![root_of(leaves)] };
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    let (mut proof, last) = if m <= left.len() {
        (subproof(m, left, whole), root_of(right))
    } else {
        (subproof(m - left.len(), right, false), root_of(left))
    };
    proof.push(last);
    proof
}

/// The hashes of a proof, each range put together from its complete subtrees.
fn proof(leaves: &[Hash], ranges: &[Range]) -> Vec<Hash> {
    let subtree = |at: &Subtree| {
        let first = usize::try_from(at.index << at.level).unwrap();
        root_of(&leaves[first..first + (1 << at.level)])
    };
    let of = |range: &Range| fold(&subtrees(*range).iter().map(subtree).collect::<Vec<_>>());
    ranges.iter().map(of).collect()
}

fn peaks(leaves: &[Hash]) -> Peaks {
    let mut peaks = Peaks::default();
    for leaf in leaves {
        peaks.append(*leaf, |_, _| ());
    }
    peaks
}

#[test]
fn roots_are_those_of_the_reference() {
    let leaves = known_leaves();
    assert_eq!(peaks(&[]).root(), hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    for (n, root) in (1..).zip(ROOTS) {
        assert_eq!(peaks(&leaves[..n]).root(), hash(root), "{n} leaves");
    }
}

#[test]
fn inclusion_paths_are_those_of_the_reference() {
    let leaves = known_leaves();
    let known: [(u64, u64, &[&str]); 5] = [
        (0, 1, &[]),
        (0, 8, &[N10, N23, N47]),
        (5, 8, &[N4, N67, ROOTS[3]]),
        (2, 3, &[ROOTS[1]]),
        (1, 5, &[ROOTS[0], N23, N4]),
    ];
    for (index, size, path) in known {
        let path: Vec<Hash> = path.iter().map(|text| hash(text)).collect();
        assert_eq!(proof(&leaves, &inclusion_ranges(index, size).unwrap()), path, "{index} of {size}");
        let (root, leaf) = (hash(ROOTS[usize::try_from(size).unwrap() - 1]), leaves[usize::try_from(index).unwrap()]);
        assert!(includes(&root, size, index, &leaf, &path));
    }
}

#[test]
fn consistency_paths_are_those_of_the_reference() {
    let leaves = known_leaves();
    let known: [(u64, u64, &[&str]); 4] =
        [(1, 1, &[]), (1, 8, &[N10, N23, N47]), (6, 8, &[N45, N67, ROOTS[3]]), (2, 5, &[N23, N4])];
    for (old, new, path) in known {
        let path: Vec<Hash> = path.iter().map(|text| hash(text)).collect();
        assert_eq!(proof(&leaves, &consistency_ranges(old, new).unwrap()), path, "{old} to {new}");
        let root = |size: u64| hash(ROOTS[usize::try_from(size).unwrap() - 1]);
        assert!(is_consistent((old, &root(old)), (new, &root(new)), &path));
    }
}

#[test]
fn what_has_no_proof_gets_none() {
    assert_eq!((inclusion_ranges(3, 3), inclusion_ranges(0, 0)), (None, None));
    assert_eq!((consistency_ranges(0, 3), consistency_ranges(4, 3)), (None, None));
    let (a, b, empty) = ([1; 32], [2; 32], sha256(&[]));
    assert!(is_consistent((0, &empty), (9, &b), &[]) && !is_consistent((0, &a), (9, &b), &[]));
    assert!(!is_consistent((9, &a), (3, &b), &[]) && !is_consistent((4, &a), (4, &b), &[]));
    assert!(Peaks::read(3, &[0; 32]).is_none() && Peaks::read(2, &[0; 33]).is_none());
}

fn some_leaves(n: u16) -> Vec<Hash> {
    (0..n).map(|number| sha256(&[&number.to_be_bytes()])).collect()
}

proptest! {
    #[test]
    fn the_tree_is_the_one_the_standard_defines(n in 0_u16..300, at in 0_u16..300, old in 0_u16..300, bit in 0_usize..256) {
        let leaves = some_leaves(n);
        let whole = peaks(&leaves);
        let (size, root) = (u64::from(n), root_of(&leaves));
        prop_assert_eq!(whole.root(), root);
        prop_assert_eq!(Peaks::read(size, &whole.bytes()), Some(whole));
        if at < n {
            let path = path_of(usize::from(at), &leaves);
            prop_assert_eq!(&proof(&leaves, &inclusion_ranges(u64::from(at), size).unwrap()), &path);
            let leaf = leaves[usize::from(at)];
            prop_assert!(includes(&root, size, u64::from(at), &leaf, &path));
            let mut other = leaf;
            other[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!includes(&root, size, u64::from(at), &other, &path));
            for wrong in 0..path.len() {
                let mut path = path.clone();
                path[wrong][bit / 8] ^= 1 << (bit % 8);
                prop_assert!(!includes(&root, size, u64::from(at), &leaf, &path));
                prop_assert!(!includes(&root, size, u64::from(at), &leaf, &path[..wrong]));
            }
        }
        if 0 < old && old <= n {
            let (first, old) = (root_of(&leaves[..usize::from(old)]), u64::from(old));
            let path = subproof(usize::try_from(old).unwrap(), &leaves, true);
            prop_assert_eq!(&proof(&leaves, &consistency_ranges(old, size).unwrap()), &path);
            prop_assert!(is_consistent((old, &first), (size, &root), &path));
            let mut other = first;
            other[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!is_consistent((old, &other), (size, &root), &path));
            prop_assert!(old == size || !is_consistent((old, &first), (size, &other), &path));
        }
    }

    #[test]
    fn every_complete_subtree_is_told_once_with_its_root(n in 0_u16..700) {
        let leaves = some_leaves(n);
        let (mut peaks, mut told) = (Peaks::default(), std::collections::BTreeMap::new());
        for leaf in &leaves {
            peaks.append(*leaf, |at, hash| assert_eq!(told.insert(at, *hash), None));
        }
        let complete: usize = (1..10).map(|level| leaves.len() >> level).sum();
        prop_assert_eq!(told.len(), complete);
        for (at, hash) in told {
            let first = usize::try_from(at.index << at.level).unwrap();
            prop_assert_eq!(hash, root_of(&leaves[first..first + (1 << at.level)]));
        }
    }
}
