//! The catalogue for machines: DCAT as JSON-LD, after DCAT-AP.

use serde_json::{Map, Value, json};

use super::{DataFile, DataSet, Licence};
use crate::text::form::DEMO_MARK;
use crate::text::open_data::{self as words, CATALOGUE_OF, LEAD, PAGE};
use crate::text::{Both, Say};
use crate::words::{Day, Lang};

/// Who gives the data, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publisher<'a> {
    /// Name.
    pub name: &'a str,
    /// Address people type, without a slash at the end.
    pub base: &'a str,
    /// Last day of a change.
    pub modified: Option<Day>,
}

/// The government theme of the European list that DCAT-AP asks for.
const THEME: &str = "http://publications.europa.eu/resource/authority/data-theme/GOVE";
const LANGUAGES: [&str; 2] = [
    "http://publications.europa.eu/resource/authority/language/VIE",
    "http://publications.europa.eu/resource/authority/language/ENG",
];
const FORMATS: &str = "https://www.iana.org/assignments/media-types/";

/// The whole catalogue.
pub fn catalogue(publisher: Publisher<'_>, licence: &Licence, sets: &[DataSet]) -> Value {
    let base = publisher.base;
    let mut whole = Map::new();
    let mut put = |name: &str, value: Value| whole.insert(name.to_owned(), value);
    put("@context", context());
    put("@id", json!(format!("{base}{PAGE}")));
    put("@type", json!("dcat:Catalog"));
    put("dct:title", both(&CATALOGUE_OF.into()));
    put("dct:description", both(&LEAD.into()));
    put("dct:publisher", agent(publisher));
    put("dct:license", licensed(base, licence));
    put("dct:language", LANGUAGES.iter().map(|language| json!({ "@id": language })).collect());
    put("dct:spatial", place(publisher.name));
    put("foaf:homepage", json!({ "@id": format!("{base}/") }));
    if let Some(modified) = publisher.modified {
        put("dct:modified", day(modified));
    }
    put("dcat:dataset", sets.iter().map(|set| data_set(publisher, licence, set)).collect());
    Value::Object(whole)
}

fn context() -> Value {
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}

fn data_set(publisher: Publisher<'_>, licence: &Licence, set: &DataSet) -> Value {
    let base = publisher.base;
    let address = format!("{base}{PAGE}/{}", set.id);
    let mut whole = Map::new();
    let mut put = |name: &str, value: Value| whole.insert(name.to_owned(), value);
    put("@id", json!(address));
    put("@type", json!("dcat:Dataset"));
    put("dct:identifier", json!(set.id));
    put("dct:title", both(&set.title));
    put("dct:description", both(&described(set)));
    put("dct:publisher", agent(publisher));
    put("dct:license", licensed(base, licence));
    put("dct:accessRights", json!({ "@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC" }));
    put("dcat:theme", json!({ "@id": THEME }));
    put("dcat:keyword", keywords());
    put("dcat:landingPage", json!({ "@id": address }));
    put("dct:spatial", place(set.place.as_deref().unwrap_or(publisher.name)));
    if set.span != (None, None) {
        put("dct:temporal", span(set.span));
    }
    if let Some(issued) = set.issued {
        put("dct:issued", day(issued));
    }
    if let Some(modified) = set.modified {
        put("dct:modified", day(modified));
    }
    if let Some(method) = &set.conforms_to {
        put("dct:conformsTo", json!({ "@id": format!("{base}{method}"), "@type": "dct:Standard" }));
    }
    if let Some(page) = &set.page {
        put("foaf:page", json!({ "@id": format!("{base}{page}"), "@type": "foaf:Document" }));
    }
    let files = set.files.iter().map(|file| distribution(base, licence, file, &address));
    put("dcat:distribution", files.collect());
    Value::Object(whole)
}

/// What a data set holds; that it is made up goes before.
fn described(set: &DataSet) -> Both {
    if !set.is_simulated {
        return set.description.clone();
    }
    Both::of(|lang| format!("{}. {}", DEMO_MARK.get(lang), set.description.get(lang)))
}

fn distribution(base: &str, licence: &Licence, file: &DataFile, page: &str) -> Value {
    json!({
        "@id": format!("{base}{}#tep", file.path),
        "@type": "dcat:Distribution",
        "dct:title": both(&file.title),
        "dcat:accessURL": { "@id": page },
        "dcat:downloadURL": { "@id": format!("{base}{}", file.path) },
        "dcat:mediaType": { "@id": format!("{FORMATS}{}", file.media.media_type()), "@type": "dct:MediaType" },
        "dct:license": licensed(base, licence),
    })
}

fn both(text: &Both) -> Value {
    json!([
        { "@value": text.get(Lang::Vi), "@language": "vi" },
        { "@value": text.get(Lang::En), "@language": "en" },
    ])
}

fn keywords() -> Value {
    let of = |say: Say| [(say.vi, "vi"), (say.en, "en")];
    let words = [words::KEYWORD, words::KEYWORD_ADMINISTRATION].into_iter().flat_map(of);
    words.map(|(word, lang)| json!({ "@value": word, "@language": lang })).collect()
}

fn agent(publisher: Publisher<'_>) -> Value {
    json!({ "@id": format!("{}/#co-quan", publisher.base), "@type": "foaf:Agent", "foaf:name": publisher.name })
}

/// The licence by its address, or by the place on the page that tells it.
fn licensed(base: &str, licence: &Licence) -> Value {
    let here = format!("{base}{PAGE}#giay-phep");
    let address = licence.address.as_deref().unwrap_or(&here);
    json!({ "@id": address, "@type": "dct:LicenseDocument", "rdfs:label": both(&licence.text) })
}

fn place(name: &str) -> Value {
    json!({ "@type": "dct:Location", "skos:prefLabel": { "@value": name, "@language": "vi" } })
}

fn day(day: Day) -> Value {
    json!({ "@value": day.iso(), "@type": "xsd:date" })
}

fn span((first, last): (Option<Day>, Option<Day>)) -> Value {
    let mut span = Map::new();
    span.insert("@type".to_owned(), json!("dct:PeriodOfTime"));
    let ends = [("dcat:startDate", first), ("dcat:endDate", last)];
    span.extend(ends.into_iter().filter_map(|(name, end)| Some((name.to_owned(), day(end?)))));
    Value::Object(span)
}

#[cfg(test)]
mod tests {
    use super::super::Media;
    use super::*;

    fn one(is_simulated: bool) -> DataSet {
        let title = || Both::of(|lang| format!("tên {}", lang.word()));
        DataSet {
            id: "x".to_owned(),
            title: title(),
            description: title(),
            columns: Vec::new(),
            files: vec![DataFile { path: "/x.csv".to_owned(), media: Media::Csv, title: title(), label: title() }],
            place: None,
            span: (None, Day::of(2026, 9, 14)),
            issued: None,
            modified: None,
            conforms_to: Some("/phuong-phap".to_owned()),
            page: None,
            is_simulated,
        }
    }

    fn written(set: DataSet) -> Value {
        let publisher = Publisher { name: "UBND tỉnh", base: "https://x.vn", modified: None };
        catalogue(publisher, &Licence::of(None), &[set])
    }

    #[test]
    fn a_data_set_has_address_licence_time_method_and_file() {
        let whole = written(one(false));
        let set = &whole["dcat:dataset"][0];
        assert_eq!(set["@id"], "https://x.vn/du-lieu/x");
        assert_eq!(set["dct:conformsTo"]["@id"], "https://x.vn/phuong-phap");
        assert_eq!(set["dct:temporal"]["dcat:endDate"]["@value"], "2026-09-14");
        assert!(set["dct:temporal"]["dcat:startDate"].is_null() && set["dct:issued"].is_null());
        let file = &set["dcat:distribution"][0];
        assert_eq!(file["dcat:downloadURL"]["@id"], "https://x.vn/x.csv");
        assert_eq!(file["dct:license"]["@id"], words::LICENCE_ADDRESS);
    }

    #[test]
    fn what_is_made_up_says_so_in_both_languages() {
        let told = written(one(true))["dcat:dataset"][0]["dct:description"].to_string();
        assert!(told.contains(DEMO_MARK.vi) && told.contains(DEMO_MARK.en), "{told}");
        assert!(!written(one(false)).to_string().contains(DEMO_MARK.vi));
    }
}
