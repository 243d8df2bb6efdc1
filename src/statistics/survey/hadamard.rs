//! Hadamard matrices for balanced half samples.
#![expect(clippy::indexing_slicing, reason = "square matrices, indexed below their order")]

/// A matrix of at least this order with orthogonal rows, the first all true (true stands for +1): by doubling (Sylvester
/// 1867) or from quadratic residues modulo a prime (Paley 1933), whichever order comes first.
pub(super) fn at_least(order: usize) -> Vec<Vec<bool>> {
    let mut order = order.max(4).next_multiple_of(4);
    loop {
        if let Some(matrix) = of(order) {
            return matrix;
        }
        order += 4;
    }
}

fn of(order: usize) -> Option<Vec<Vec<bool>>> {
    if order == 1 {
        return Some(vec![vec![true]]);
    }
    if order % 2 == 1 {
        return None;
    }
    if let Some(half) = of(order / 2).filter(|half| half.len() < 3 || half.len().is_multiple_of(4)) {
        return Some(doubled(&half));
    }
    (order.is_multiple_of(4) && is_prime(order - 1)).then(|| paley(order - 1))
}

fn doubled(half: &[Vec<bool>]) -> Vec<Vec<bool>> {
    let upper = half.iter().map(|row| [row.as_slice(), row].concat());
    let lower = half.iter().map(|row| row.iter().copied().chain(row.iter().map(|entry| !entry)).collect());
    upper.chain(lower).collect()
}

/// Entry (i, j) inside the border is −1 where i + j is a square modulo the prime or 0.
fn paley(prime: usize) -> Vec<Vec<bool>> {
    let mut square = vec![false; prime];
    for number in 0..prime {
        square[number * number % prime] = true;
    }
    let mut matrix = vec![vec![true; prime + 1]; prime + 1];
    for row in 0..prime {
        for column in 0..prime {
            matrix[row + 1][column + 1] = !square[(row + column) % prime];
        }
    }
    matrix
}

fn is_prime(number: usize) -> bool {
    number > 1 && (2..=number.isqrt()).all(|divisor| !number.is_multiple_of(divisor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_orthogonal_and_the_order_is_near_what_was_asked() {
        for wanted in 1..=130 {
            let matrix = at_least(wanted);
            assert!(matrix.len() >= wanted && matrix.len() < wanted + 16, "{wanted}: {}", matrix.len());
            assert!(matrix[0].iter().all(|entry| *entry));
            for (index, first) in matrix.iter().enumerate() {
                for second in &matrix[index + 1..] {
                    let agree = first.iter().zip(second).filter(|(a, b)| a == b).count();
                    assert_eq!(2 * agree, matrix.len());
                }
            }
        }
    }
}
