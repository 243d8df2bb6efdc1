//! Reading the body of a posted form: strictly, with bounds, every name and value valid UTF-8.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;
use percent_encoding::percent_decode;

/// Largest body, in bytes: the longest comment, percent-encoded, fits several times.
const LARGEST: usize = 64 * 1024;
/// Most fields of a form.
const MOST_FIELDS: usize = 1_000;

/// Why a body cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyError {
    /// Larger than a form can be.
    TooLarge,
    /// Not a form, or cut off, or not UTF-8.
    Damaged,
}

/// The fields of a posted form in the order in which they came.
pub(super) async fn fields(request: &HttpRequest, mut body: web::Payload) -> Result<Vec<(String, String)>, BodyError> {
    let is_form =
        request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
            value.split(';').next().unwrap_or_default().trim() == "application/x-www-form-urlencoded"
        });
    let mut bytes = web::BytesMut::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_cut_off| BodyError::Damaged)?;
        if bytes.len() + chunk.len() > LARGEST {
            return Err(BodyError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    if is_form { parse(&bytes) } else { Err(BodyError::Damaged) }
}

/// The fields of a form or a query.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<(String, String)>, BodyError> {
    let mut fields = Vec::new();
    for part in bytes.split(|byte| *byte == b'&').filter(|part| !part.is_empty()) {
        if fields.len() == MOST_FIELDS {
            return Err(BodyError::Damaged);
        }
        let at = part.iter().position(|byte| *byte == b'=').unwrap_or(part.len());
        let (name, value) = part.split_at(at);
        fields.push((decode(name)?, decode(value.get(1..).unwrap_or_default())?));
    }
    Ok(fields)
}

fn decode(bytes: &[u8]) -> Result<String, BodyError> {
    let spaced: Vec<u8> = bytes.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let text = percent_decode(&spaced).decode_utf8().map_err(|_not_utf8| BodyError::Damaged)?;
    if text.contains('\0') { Err(BodyError::Damaged) } else { Ok(text.into_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_decoded_in_order_and_may_repeat() {
        let fields = parse("a=1&b=x+y%20%C4%91&a=2&&c".as_bytes()).unwrap();
        let expected = [("a", "1"), ("b", "x y đ"), ("a", "2"), ("c", "")];
        assert_eq!(fields, expected.map(|(n, v)| (n.to_owned(), v.to_owned())));
    }

    #[test]
    fn broken_utf8_and_nul_are_damaged() {
        assert_eq!(parse(b"a=%FF"), Err(BodyError::Damaged));
        assert_eq!(parse(b"a=\xC3"), Err(BodyError::Damaged));
        assert_eq!(parse(b"a=%00"), Err(BodyError::Damaged));
        assert_eq!(parse("&a=1".repeat(MOST_FIELDS + 1).as_bytes()), Err(BodyError::Damaged));
    }
}
