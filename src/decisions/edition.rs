//! Putting an uploaded questionnaire into use. It concerns the province as a whole: no unit is rated by it.

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use crate::questionnaire::Edition;
use crate::registry::Editions;
use crate::registry::editions::{self, UploadRefusal};
use crate::store::ConnectionTrait;
use crate::words::Day;

/// Longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// A questionnaire as it was uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionFile {
    /// Name of the file.
    pub name: String,
    /// The definition.
    pub toml: String,
}

/// What somebody proposes to put into use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditionProposal<'a> {
    /// Name of the file.
    pub name: &'a str,
    /// The file, at most 256 kB.
    pub toml: &'a [u8],
    /// What else there is to say about it.
    pub note: &'a str,
}

impl EditionFile {
    /// The canonical text: the same file is the same text, everywhere.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the canonical text.
    pub(super) fn parse(text: &str) -> anyhow::Result<Self> {
        serde_json::from_str(text).context("while reading the questionnaire of a decision")
    }

    /// The questionnaire of the file, or everything that is wrong with it.
    pub fn edition(&self) -> Result<Edition, UploadRefusal> {
        editions::read_uploaded(self.toml.as_bytes())
    }

    /// Code and version, or the name of a file that is none any more, with its hash.
    pub(super) fn told(&self) -> String {
        let name = self.edition().map_or_else(|_unsound| self.name.clone(), |edition| edition.name().to_string());
        let digest = crate::record::sha256(&[self.toml.as_bytes()]).map(|byte| format!("{byte:02x}")).concat();
        format!("{name} sha256 {digest}")
    }
}

/// The file that is proposed, if it holds a sound questionnaire.
pub(super) fn asked(proposal: &EditionProposal<'_>) -> Result<EditionFile, Vec<Refusal>> {
    editions::read_uploaded(proposal.toml).map_err(|refusal| vec![Refusal::Edition(refusal)])?;
    let name = proposal.name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    Ok(EditionFile { name, toml: String::from_utf8_lossy(proposal.toml).into_owned() })
}

/// Everything that stands against putting it into use now.
pub(super) async fn against(tx: &impl ConnectionTrait, file: &EditionFile) -> anyhow::Result<Vec<Refusal>> {
    let known = Editions::load(tx).await?;
    Ok(match editions::look_at(&known, file.toml.as_bytes()) {
        Ok((_, true)) => Vec::new(),
        Ok((edition, false)) => vec![Refusal::EditionThere(edition.name().clone())],
        Err(refusal) => vec![Refusal::Edition(refusal)],
    })
}

/// Puts it into use like those that came with the program: in force from `today` on.
pub(super) async fn execute(tx: &impl ConnectionTrait, file: &EditionFile, today: Day) -> anyhow::Result<()> {
    let edition = file.edition().context("in a questionnaire that was found sound")?;
    editions::install_in(tx, &[edition], today).await.map(|_added| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTER: &str = include_str!("../../surveys/counter-1.toml");

    #[test]
    fn a_file_is_one_text_and_the_text_is_the_file() {
        let file = EditionFile { name: "a.toml".to_owned(), toml: "x = \"y\"\n".to_owned() };
        let text = r#"{"name":"a.toml","toml":"x = \"y\"\n"}"#;
        assert_eq!(file.text(), text);
        assert_eq!(EditionFile::parse(text).unwrap(), file);
        for bad in ["", "{}", r#"{"name":"a","toml":"","x":1}"#] {
            assert!(EditionFile::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn only_a_sound_file_is_proposed_and_its_name_is_plain() {
        let name = format!("a\n{}", "x".repeat(500));
        let proposal = EditionProposal { name: &name, toml: COUNTER.as_bytes(), note: "" };
        let file = asked(&proposal).unwrap();
        assert_eq!((file.name.len(), file.name.contains('\n'), file.toml.as_str()), (200, false, COUNTER));
        assert!(file.told().starts_with("counter-1 sha256 "), "{}", file.told());
        let unsound = EditionFile { toml: "code = 1".to_owned(), ..file };
        assert!(unsound.told().starts_with("axx"), "{}", unsound.told());
        for bad in [&b"a\xff"[..], b"code = 1"] {
            assert!(matches!(
                asked(&EditionProposal { toml: bad, ..proposal }).unwrap_err()[..],
                [Refusal::Edition(_)]
            ));
        }
    }
}
