//! In which language a page is asked for.

use actix_web::HttpRequest;

use crate::words::Lang;

/// The language named in the address (`?lang=en`); Vietnamese otherwise. A choice in the address needs no cookie.
pub(super) fn of(request: &HttpRequest) -> Lang {
    value(request.query_string()).unwrap_or(Lang::Vi)
}

/// The language named by a query string.
fn value(query: &str) -> Option<Lang> {
    query.split('&').find_map(|part| part.strip_prefix("lang=")).and_then(|word| Lang::parse(word).ok())
}

/// `path` in a language.
pub(super) fn address(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Vi => path.to_owned(),
        Lang::En => format!("{path}{}lang=en", if path.contains('?') { '&' } else { '?' }),
    }
}

/// The other language.
pub(super) const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Vi => Lang::En,
        Lang::En => Lang::Vi,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_language_is_vietnamese() {
        assert_eq!(value("a=b&lang=en"), Some(Lang::En));
        assert_eq!(value("lang=fr"), None);
        assert_eq!(value(""), None);
        assert_eq!(address("/x?ky=2026", Lang::En), "/x?ky=2026&lang=en");
    }
}
