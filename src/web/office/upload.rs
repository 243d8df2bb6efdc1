//! Reading a form with a file, within bounds.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;

use super::desk::{Fields, Stop};
use crate::web::body::BodyError;

/// Largest file, in bytes.
pub(super) const LARGEST: usize = 16 * 1024 * 1024;
/// Most parts of a form.
const MOST_PARTS: usize = 50;
/// Largest field that is no file, in bytes.
const LARGEST_FIELD: usize = 64 * 1024;
/// Longest name of a file.
const LONGEST_NAME: usize = 200;

/// A file that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    /// Its name, without a folder.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// Reads the fields and the file of a form.
pub(super) async fn read(request: &HttpRequest, payload: web::Payload) -> Result<(Fields, Option<File>), Stop> {
    let damaged = || Stop::Body(BodyError::Damaged);
    let mut parts = Multipart::new(request.headers(), payload.into_inner());
    let (mut fields, mut file) = (Vec::new(), None);
    let mut count = 0;
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(|_cut_off| damaged())?;
        count += 1;
        if count > MOST_PARTS {
            return Err(damaged());
        }
        let about = part.content_disposition();
        let name = about.and_then(|about| about.get_name()).ok_or_else(damaged)?.to_owned();
        let file_name = about.and_then(|about| about.get_filename()).map(plain_name);
        let most = if file_name.is_some() { LARGEST } else { LARGEST_FIELD };
        let mut bytes = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(|_cut_off| damaged())?;
            if bytes.len() + chunk.len() > most {
                return Err(Stop::Body(BodyError::TooLarge));
            }
            bytes.extend_from_slice(&chunk);
        }
        match file_name {
            Some(name) if !name.is_empty() || !bytes.is_empty() => file = Some(File { name, bytes }),
            Some(_nothing_chosen) => {}
            None => fields.push((name, String::from_utf8(bytes).map_err(|_not_utf8| damaged())?)),
        }
    }
    Ok((Fields::new(fields), file))
}

/// The last part of a name, without anything that steers a terminal or a page.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_folder_and_no_control_characters() {
        assert_eq!(plain_name("../../etc/đơn vị.csv"), "đơn vị.csv");
        assert_eq!(plain_name("C:\\a\\b\n.csv"), "b.csv");
        assert_eq!(plain_name(&"x".repeat(500)).len(), LONGEST_NAME);
    }
}
