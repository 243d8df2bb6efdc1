//! Published series of real places, as reference: the demonstration province has none of its own.

use crate::registry::import::{Kind, Run, Source, Within, import_within};
use crate::store::Database;
use crate::words::Province;

const FILES: [(&str, &str); 3] = [
    ("lai-chau-par-index.csv", include_str!("../../surveys/history/lai-chau-par-index.csv")),
    ("sipas-toan-quoc.csv", include_str!("../../surveys/history/sipas-toan-quoc.csv")),
    ("quang-nam-2022.csv", include_str!("../../surveys/history/quang-nam-2022.csv")),
];

/// Imports the series that come with the program.
pub(super) async fn fill_series(db: &Database, province: Province, run: Run<'_>) -> anyhow::Result<()> {
    for (name, text) in FILES {
        let source = Source { name, bytes: text.as_bytes() };
        import_within(db, province, Kind::Series, &source, run, Within::ALL).await?;
    }
    Ok(())
}
