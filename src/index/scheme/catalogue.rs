//! The schemes that come with the program, and a province's own.

use super::definition::Scheme;
use super::parse::parse;
use crate::questionnaire::{Problem, Unsound};
use crate::words::Day;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$((
            concat!("surveys/schemes/", $name, ".toml"),
            include_str!(concat!("../../../surveys/schemes/", $name, ".toml")),
        )),+]
    };
}

/// Every file of `surveys/schemes/`. A new scheme, or a new version of one, is one more line.
const FILES: &[(&str, &str)] = files![
    "sipas_2017-1",
    "sipas_policy_service-1",
    "tt01_2018-1",
    "qd766_2022-1",
    "par_index_2022-1",
    "health_3869_inpatient-1",
    "health_3869_outpatient-1",
    "education_3476-1",
];

/// The schemes embedded in the program, in the order of the list.
pub fn embedded() -> Result<Vec<Scheme>, Unsound> {
    FILES.iter().map(|(file, text)| parse(file, text)).collect()
}

/// The schemes of the program and those of a province, given as names and texts of their files.
///
/// Tells what is wrong with all files at once. A scheme that stands in two files is refused: which of them made a figure
/// could not be said.
pub fn available(own: &[(String, String)]) -> Result<Vec<Scheme>, Vec<Unsound>> {
    let own = own.iter().map(|(file, text)| (file.as_str(), text.as_str()));
    let (mut schemes, mut unsound) = (Vec::<Scheme>::new(), Vec::new());
    for (file, text) in FILES.iter().copied().chain(own) {
        match parse(file, text) {
            Ok(scheme) if schemes.iter().any(|other| other.name() == scheme.name()) => {
                let what =
                    format!("the scheme {} stands in an earlier file; give this one a new version", scheme.name());
                unsound.push(Unsound { file: file.to_owned(), problems: vec![Problem { line: 1, what }] });
            }
            Ok(scheme) => schemes.push(scheme),
            Err(problems) => unsound.push(problems),
        }
    }
    if unsound.is_empty() { Ok(schemes) } else { Err(unsound) }
}

/// The scheme of a code that is valid on a day: its highest version.
pub fn in_force<'a>(schemes: &'a [Scheme], code: &str, day: Day) -> Option<&'a Scheme> {
    let valid = schemes.iter().filter(|scheme| scheme.name().code == code && scheme.is_valid_on(day));
    valid.max_by_key(|scheme| scheme.name().version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_named_for_its_scheme_and_stands_once() {
        let schemes = embedded().unwrap();
        for (scheme, (file, _)) in schemes.iter().zip(FILES) {
            assert_eq!(*file, format!("surveys/schemes/{}.toml", scheme.name()));
            assert_eq!(schemes.iter().filter(|other| other.name() == scheme.name()).count(), 1);
        }
    }

    #[test]
    fn a_provinces_own_schemes_join_those_of_the_program_unless_they_take_a_name() {
        let text = FILES.iter().find(|(file, _)| file.contains("tt01")).unwrap().1;
        let own = |text: String| vec![("own/tt01.toml".to_owned(), text)];
        let schemes = available(&own(text.replacen("version = 1", "version = 2", 1))).unwrap();
        assert_eq!(schemes.len(), FILES.len() + 1);
        let day = |year| Day::of(year, 7, 1).unwrap();
        assert_eq!(in_force(&schemes, "tt01_2018", day(2020)).map(|scheme| scheme.name().version), Some(2));
        assert_eq!(in_force(&schemes, "tt01_2018", day(2017)), None);
        let refused = available(&own(text.to_owned())).unwrap_err();
        assert!(refused.first().unwrap().to_string().contains("tt01_2018-1 stands in an earlier file"), "{refused:?}");
        let both = vec![("a".to_owned(), "code = 1".to_owned()), ("b".to_owned(), "x".to_owned())];
        assert_eq!(available(&both).unwrap_err().len(), 2);
    }
}
