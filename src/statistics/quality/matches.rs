//! Respondents with the same or nearly the same answers.

use std::collections::BTreeMap;

use super::items::size;
use super::packed::{Packed, check_pairs, members};
use super::{Items, QualityError};

/// For each respondent, how much the most similar other one agrees.
#[derive(Clone, Debug, PartialEq)]
pub struct PercentMatch {
    /// The largest share of items answered alike, a missing answer being like a missing one; `None` for a respondent
    /// without another one to compare with.
    pub maxima: Vec<Option<f64>>,
}

impl PercentMatch {
    /// The share of the respondents compared whose best match is above `level`; `None` if nobody was compared.
    pub fn share_above(&self, level: f64) -> Option<f64> {
        let compared: Vec<f64> = self.maxima.iter().flatten().copied().collect();
        let above = compared.iter().filter(|share| **share > level).count();
        (!compared.is_empty()).then(|| size(above) / size(compared.len()))
    }
}

/// The percent match of Kuriakose & Robbins (2016, Statistical Journal of the IAOS 32): each respondent's largest share
/// of identical answers with any other one of the same group (`groups`: a label for each respondent, such as the
/// commune; without them all are compared).
///
/// Their fixed limit of 85 % says nothing here: of honest synthetic answers to 22 five-point items a tenth exceed it
/// among 300 people and a half among 10,000.
/// [`super::near_duplicates`] sets the matches against a null. Refused beyond [`super::MAX_PAIRS`] pairs.
pub fn percent_match(items: &Items, groups: Option<&[usize]>) -> Result<PercentMatch, QualityError> {
    let groups = members(items.respondents(), groups)?;
    check_pairs(&groups)?;
    let packed = Packed::new(items)?;
    let mut maxima = vec![None; items.respondents()];
    for group in groups.iter().filter(|group| group.len() > 1) {
        let mut fewest = vec![u32::MAX; group.len()];
        packed.group(group).each_row_of_differences(|place, differences| {
            let Some((own, later)) = fewest.get_mut(place..).and_then(<[u32]>::split_first_mut) else { return };
            for (other, difference) in later.iter_mut().zip(differences) {
                *other = (*other).min(*difference);
                *own = (*own).min(*difference);
            }
        });
        for (respondent, fewest) in group.iter().zip(fewest) {
            if let Some(maximum) = maxima.get_mut(*respondent) {
                let alike = size(packed.items()) - f64::from(fewest);
                *maximum = Some(alike / size(packed.items()));
            }
        }
    }
    Ok(PercentMatch { maxima })
}

/// Groups of respondents who answered every item alike, a missing answer being like a missing one.
///
/// Each group holds two or more places, counted from 0, in order; groups come in the order of their first member.
/// Respondents without any answer are passed over: they are empty, not copied. Takes n log n steps.
pub fn exact_duplicates(items: &Items) -> Result<Vec<Vec<usize>>, QualityError> {
    let packed = Packed::new(items)?;
    let mut rows = BTreeMap::<Vec<u128>, Vec<usize>>::new();
    for respondent in (0..items.respondents()).filter(|&respondent| packed.has_answer(respondent)) {
        rows.entry(packed.row(respondent).collect()).or_default().push(respondent);
    }
    let mut groups: Vec<Vec<usize>> = rows.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_unstable();
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(rows: &[[Option<f64>; 4]]) -> Items {
        let column = |item: usize| rows.iter().map(|row| row.get(item).copied().flatten()).collect();
        Items::new((0..4).map(column).collect()).unwrap()
    }

    #[test]
    fn a_missing_answer_is_like_a_missing_one_only() {
        let found = percent_match(
            &items(&[
                [Some(4.0), Some(4.0), None, Some(5.0)],
                [Some(4.0), Some(3.0), None, Some(5.0)],
                [Some(1.0), Some(1.0), Some(1.0), Some(5.0)],
            ]),
            None,
        );
        let found = found.unwrap();
        assert_eq!(found.maxima, [Some(0.75), Some(0.75), Some(0.25)]);
        assert!((found.share_above(0.5).unwrap() - 2.0 / 3.0).abs() < 1e-15);
        assert!(found.share_above(0.75).unwrap().abs() < 1e-15);
    }

    #[test]
    fn respondents_alone_in_their_group_have_no_match() {
        let rows = items(&[[Some(4.0); 4], [Some(4.0); 4], [Some(4.0); 4]]);
        let found = percent_match(&rows, Some(&[1, 2, 2])).unwrap();
        assert_eq!(found.maxima, [None, Some(1.0), Some(1.0)]);
        let alone = percent_match(&rows, Some(&[1, 2, 3])).unwrap();
        assert_eq!(alone.share_above(0.5), None);
        assert_eq!(percent_match(&rows, Some(&[1])), Err(QualityError::Lengths { given: 1, expected: 3 }));
        assert_eq!(percent_match(&items(&[]), None).unwrap().maxima, []);
    }

    #[test]
    fn duplicates_come_in_groups_and_empty_rows_are_none() {
        let [a, b] = [[Some(4.0), None, Some(5.0), Some(5.0)], [Some(4.0), Some(4.0), Some(5.0), Some(5.0)]];
        let found = exact_duplicates(&items(&[[None; 4], b, a, b, [None; 4], a, b])).unwrap();
        assert_eq!(found, [vec![1, 3, 6], vec![2, 5]]);
    }
}
