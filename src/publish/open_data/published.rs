//! Publications as data sets: each name once, with the files of its latest version.

use super::{DataFile, DataSet, Media};
use crate::text::publication::{self as words, PAGE};
use crate::text::{Both, methods};
use crate::words::{Day, Lang};

/// The latest public version of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedSet {
    /// Name in the address.
    pub slug: String,
    /// Title in Vietnamese and English.
    pub title: (String, String),
    /// Day of its release.
    pub released: Day,
    /// First and last day it speaks of.
    pub span: (Day, Day),
}

/// The data set of a publication.
pub(super) fn published(of: &PublishedSet) -> DataSet {
    let title = Both::of(|lang| match lang {
        Lang::Vi => of.title.0.clone(),
        Lang::En => of.title.1.clone(),
    });
    let files = [
        ("csv", Media::Csv, words::FILE_CSV),
        ("json", Media::Json, words::FILE_JSON),
        ("xlsx", Media::Workbook, words::FILE_XLSX),
        ("zip", Media::Zip, words::FILE_ZIP),
    ];
    let file = |(end, media, label): (&str, Media, crate::text::Say)| DataFile {
        path: format!("{PAGE}/{}.{end}", of.slug),
        media,
        title: Both::of(|lang| format!("{} ({})", title.get(lang), media.name())),
        label: label.into(),
    };
    DataSet {
        id: format!("cong-bo-{}", of.slug),
        description: words::FROZEN_SET.into(),
        columns: Vec::new(),
        files: files.map(file).to_vec(),
        place: None,
        span: (Some(of.span.0), Some(of.span.1)),
        issued: Some(of.released),
        modified: Some(of.released),
        conforms_to: Some(methods::PAGE.to_owned()),
        page: Some(format!("{PAGE}/{}", of.slug)),
        is_simulated: false,
        title,
    }
}
