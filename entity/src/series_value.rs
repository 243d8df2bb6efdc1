//! A number that another body published for a year.

use sea_orm::entity::prelude::*;

/// A number that another body published for a year.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "series_value")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Code of the series.
    #[sea_orm(primary_key, auto_increment = false)]
    pub series: String,
    /// Year.
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i16,
    /// Points, per cent or rank.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: i16,
    /// The number, in ten-thousandths; none where only words were published.
    pub value: Option<i64>,
    /// Decimals it was published with.
    pub decimals: i16,
    /// How many were ranked.
    pub rank_of: Option<i32>,
    /// Whom it speaks of.
    pub place: String,
    /// Which of the satisfaction numbers.
    pub measure: i16,
    /// Who published it.
    pub publisher: String,
    /// Users or residents.
    pub frame: Option<i16>,
    /// Questionnaire and method.
    pub method: String,
    /// Where it stands.
    pub citation: String,
    /// Words in place of the number or beside it, in Vietnamese.
    pub note_vi: Option<String>,
    /// The same in English.
    pub note_en: Option<String>,
    /// Why the series breaks before this year, in Vietnamese.
    pub break_vi: Option<String>,
    /// The same in English.
    pub break_en: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
