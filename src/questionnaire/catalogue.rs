//! The editions that come with the program.

use super::{Edition, Unsound, parse};

/// Every file of `surveys/` that holds an edition. A new edition is one more line.
const FILES: &[(&str, &str)] = &[
    ("surveys/counter-1.toml", include_str!("../../surveys/counter-1.toml")),
    ("surveys/sipas_2017-1.toml", include_str!("../../surveys/sipas_2017-1.toml")),
    ("surveys/sipas_policy_service-1.toml", include_str!("../../surveys/sipas_policy_service-1.toml")),
    ("surveys/health_3869_inpatient-1.toml", include_str!("../../surveys/health_3869_inpatient-1.toml")),
    ("surveys/health_3869_outpatient-1.toml", include_str!("../../surveys/health_3869_outpatient-1.toml")),
];

/// The editions embedded in the program, in the order of the list.
pub fn embedded() -> Result<Vec<Edition>, Unsound> {
    FILES.iter().map(|(file, text)| parse(file, text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::EditionRef;

    #[test]
    fn every_file_is_named_for_its_edition_and_stands_once() {
        let editions = embedded().unwrap();
        let names: Vec<&EditionRef> = editions.iter().map(Edition::name).collect();
        for (edition, (file, _)) in editions.iter().zip(FILES) {
            assert_eq!(*file, format!("surveys/{}.toml", edition.name()));
            assert_eq!(names.iter().filter(|name| **name == edition.name()).count(), 1);
            assert!(edition.succeeds().is_none_or(|before| names.contains(&before)), "{file}");
        }
    }
}
