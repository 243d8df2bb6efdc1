//! What may be wrong with an uploaded questionnaire.

use crate::questionnaire::{self, Edition, EditionRef, Unsound};
use crate::text::Both;
use crate::text::import::digits;
use crate::text::registry::editions as say;
use crate::words::Lang;

/// Why an uploaded questionnaire is not stored; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadRefusal {
    /// The file is too large.
    TooLarge {
        /// Its bytes.
        bytes: u64,
        /// Most bytes there may be.
        most: u64,
    },
    /// The file is not UTF-8.
    NotText {
        /// The first byte that is not.
        at: u64,
    },
    /// The definition has faults: all of them, by line. They name keys of the file and are told in English.
    Unsound(Unsound),
    /// The version is a number that cannot be stored.
    VersionTooHigh(EditionRef),
    /// The same version is stored with other contents.
    Changed(EditionRef),
}

impl UploadRefusal {
    /// What is wrong and how to mend it.
    pub fn told(&self, lang: Lang) -> String {
        match self {
            Self::TooLarge { bytes, most } => say::too_large(lang, *bytes, *most),
            Self::NotText { at } => say::not_text(lang, *at),
            Self::Unsound(unsound) => {
                let n = u64::try_from(unsound.problems.len()).unwrap_or(u64::MAX);
                say::unsound(lang, n, &unsound.lines().join("\n"))
            }
            Self::VersionTooHigh(name) => say::version_too_high(lang, digits(name.version), digits(i16::MAX)),
            Self::Changed(name) => say::changed(lang, &name.to_string()),
        }
    }

    /// The same in both languages.
    pub fn both(&self) -> Both {
        Both::of(|lang| self.told(lang))
    }
}

/// English, as the command line speaks.
impl std::fmt::Display for UploadRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told(Lang::En))
    }
}

impl std::error::Error for UploadRefusal {}

/// Reads an uploaded definition.
pub(super) fn read(toml: &[u8], most: u64) -> Result<Edition, UploadRefusal> {
    let bytes = u64::try_from(toml.len()).unwrap_or(u64::MAX);
    if bytes > most {
        return Err(UploadRefusal::TooLarge { bytes, most });
    }
    let text = std::str::from_utf8(toml)
        .map_err(|error| UploadRefusal::NotText { at: u64::try_from(error.valid_up_to()).unwrap_or(u64::MAX) })?;
    let edition = questionnaire::parse("toml", text).map_err(UploadRefusal::Unsound)?;
    match i16::try_from(edition.version()) {
        Ok(_) => Ok(edition),
        Err(_) => Err(UploadRefusal::VersionTooHigh(edition.name().clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTER: &str = include_str!("../../../surveys/counter-1.toml");

    #[test]
    fn every_fault_of_an_upload_is_told_in_both_languages() {
        assert!(read(COUNTER.as_bytes(), 1 << 18).is_ok());
        let large = read(COUNTER.as_bytes(), 10).unwrap_err();
        assert!(large.told(Lang::Vi).contains("lớn hơn mức 10 byte"));
        assert_eq!(read(b"a\xff", 10), Err(UploadRefusal::NotText { at: 1 }));
        let two =
            COUNTER.replacen("aggregation = ", "agregation = ", 1).replacen("\nversion = 1\n", "\nversion = 0\n", 1);
        let Err(UploadRefusal::Unsound(unsound)) = read(two.as_bytes(), 1 << 18) else { panic!("accepted") };
        assert!(unsound.problems.len() >= 2, "{unsound}");
    }
}
