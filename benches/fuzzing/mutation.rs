//! Changes to bytes that files suffer, by accident or not.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// What is put in between, whatever the file.
pub(super) const TOKENS: [&str; 64] = [
    "\"",
    "\"\"",
    "'",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\u{feff}",
    "\0",
    "NA",
    "nan",
    "NaN",
    "inf",
    "-inf",
    "-1",
    "0",
    "-0",
    "1e308",
    "1e400",
    "-1e308",
    "1e-320",
    "0.1",
    "99999999999999999999",
    "9223372036854775807",
    "9223372036854775808",
    "1_000",
    "0x10",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    "#",
    "true",
    "false",
    " ",
    "é",
    "e\u{301}",
    "Đạt",
    "\u{202e}",
    "\u{1f600}",
    "composite",
    "c1",
    "stratum",
    "weight = ",
    "1,5",
    "5.0",
    "05",
    "+4",
    "1e0",
    "6",
    "[]",
    "{}",
    "\"\\u0000\"",
    "\"\"\"",
    "'''",
    "1979-05-27",
    "\\",
    "..",
    "a.b",
    "",
];

pub(super) fn pick<T: Copy>(random: &mut ChaCha8Rng, from: &[T]) -> Option<T> {
    if from.is_empty() { None } else { from.get(random.random_range(0..from.len())).copied() }
}

pub(super) fn chance(random: &mut ChaCha8Rng, share: f64) -> bool {
    random.random::<f64>() < share
}

/// One to four changes.
pub(super) fn mutate(bytes: &mut Vec<u8>, random: &mut ChaCha8Rng) {
    for _ in 0..random.random_range(1..=4) {
        let at = random.random_range(0..=bytes.len());
        let end = (at + random.random_range(0..=12)).min(bytes.len());
        match random.random_range(0..12) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let copy = bytes.get(at..end).unwrap_or_default().to_vec();
                drop(bytes.splice(at..at, copy));
            }
            2 => {
                let times = random.random_range(1..=2_000);
                let copy = bytes.get(at..(at + 1).min(bytes.len())).unwrap_or_default().repeat(times);
                drop(bytes.splice(at..at, copy));
            }
            3 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.random_range(0..8);
                }
            }
            4 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = random.random();
                }
            }
            5 => bytes.truncate(at),
            6 | 7 => lines(bytes, random),
            _ => {
                let token = pick(random, &TOKENS).unwrap_or_default();
                let end = if chance(random, 0.5) { end } else { at };
                drop(bytes.splice(at..end, token.bytes()));
            }
        }
    }
}

/// Doubles, drops or swaps whole lines.
fn lines(bytes: &mut Vec<u8>, random: &mut ChaCha8Rng) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let (one, other) = (random.random_range(0..lines.len()), random.random_range(0..lines.len()));
    match random.random_range(0..3) {
        0 => lines.swap(one, other),
        1 => drop(lines.remove(one)),
        _ => {
            let copy = lines.get(one).cloned().unwrap_or_default();
            lines.insert(other, copy);
        }
    }
    *bytes = lines.concat();
}
