//! The CSV imports of the registry: units, points, procedures, targets, volumes, figures of other systems, series of other
//! bodies.
//!
//! An import is all or nothing. The file is read and checked whole, against what is stored, inside the transaction that
//! writes it; every bad line is told at once, with its number and how to mend it. Importing again updates by code, and rows
//! that are absent from the file stay as they are.

mod act;
mod csv_file;
mod fields;
mod measures;
mod points;
mod procedures;
mod refusal;
mod series;
mod targets;
mod threshold;
mod typed;
mod unit_history;
mod units;
mod values;
mod volumes;
mod within;

pub(in crate::registry) use act::give_back;
pub use act::{Mode, Report, Run, begin, finish, refuse};
pub use csv_file::{Columns, CsvFile, Line, OtherColumns, Source};
pub(in crate::registry) use fields::{Fields, LONGEST as LONGEST_FIELD};
pub use points::points;
pub(in crate::registry) use points::{COLUMNS as POINT_COLUMNS, free_code, points_in, read_rows as read_points};
pub use procedures::procedures;
pub(in crate::registry) use procedures::{COLUMNS as PROCEDURE_COLUMNS, procedures_in};
pub use refusal::{ImportError, Problem, Problems, Refused};
pub use targets::targets;
pub(in crate::registry) use targets::{COLUMNS as TARGET_COLUMNS, targets_in};
pub(in crate::registry) use typed::typed;
pub(in crate::registry) use unit_history::UnitHistory;
pub use units::units;
pub(in crate::registry) use units::{LONGEST_NAME as LONGEST_UNIT_NAME, read_admin_code};
pub(in crate::registry) use values::cleaned;
pub use values::{code, day, text, word};
pub(in crate::registry) use volumes::{COLUMNS as VOLUME_COLUMNS, volumes_in};
pub use within::Within;

use crate::store::Database;
use crate::words::{Province, UnknownWord};

/// Imports a file of the registry in a part of the province.
pub async fn import_within(
    db: &Database,
    province: Province,
    kind: Kind,
    source: &Source<'_>,
    run: Run<'_>,
    within: Within<'_>,
) -> Result<Report, ImportError> {
    match kind {
        Kind::Units => units::units(db, province, source, run).await,
        Kind::Points => points::points_within(db, province, source, run, within).await,
        Kind::Procedures => procedures::procedures(db, province, source, run).await,
        Kind::Targets => targets::targets(db, province, source, run).await,
        Kind::Volumes => volumes::volumes(db, province, source, run, within).await,
        Kind::Measures => measures::measures(db, province, source, run).await,
        Kind::Series => series::series(db, province, source, run).await,
        Kind::Dossiers | Kind::Responses => {
            Err(anyhow::anyhow!("this kind of file is imported by the room that stores what it holds").into())
        }
    }
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Units with their history.
    Units,
    /// Collection points.
    Points,
    /// Administrative procedures.
    Procedures,
    /// Targets with their citations.
    Targets,
    /// Dossiers received and returned.
    Volumes,
    /// Figures of other systems.
    Measures,
    /// Series that other bodies published.
    Series,
    /// Dossiers, for their tickets.
    Dossiers,
    /// Answers of forms.
    Responses,
}

impl Kind {
    /// All of them, in the order in which a new installation needs them.
    pub const ALL: &'static [Self] = &[
        Self::Units,
        Self::Points,
        Self::Procedures,
        Self::Targets,
        Self::Volumes,
        Self::Measures,
        Self::Series,
        Self::Dossiers,
        Self::Responses,
    ];

    /// The word on the command line and in the staff log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Points => "points",
            Self::Procedures => "procedures",
            Self::Targets => "targets",
            Self::Volumes => "volumes",
            Self::Measures => "measures",
            Self::Series => "series",
            Self::Dossiers => "dossiers",
            Self::Responses => "responses",
        }
    }

    /// The columns of a file of the registry; answers have columns of their own.
    pub const fn columns(self) -> Option<&'static Columns> {
        match self {
            Self::Units => Some(&units::COLUMNS),
            Self::Points => Some(&POINT_COLUMNS),
            Self::Procedures => Some(&PROCEDURE_COLUMNS),
            Self::Targets => Some(&TARGET_COLUMNS),
            Self::Volumes => Some(&VOLUME_COLUMNS),
            Self::Measures => Some(&measures::COLUMNS),
            Self::Series => Some(&series::COLUMNS),
            Self::Dossiers | Self::Responses => None,
        }
    }

    /// Reads the word on the command line.
    pub fn parse(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word.trim()).ok_or_else(|| UnknownWord {
            word: word.to_owned(),
            allowed: Self::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", "),
        })
    }
}
