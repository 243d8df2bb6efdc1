//! What is published: frozen when it is submitted, decided once, never changed.

use sea_orm::entity::prelude::*;

/// A version of a publication.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publication")]
pub struct Model {
    /// Province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub p: i16,
    /// Name in the address.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub slug: String,
    /// Version, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// Title in Vietnamese.
    #[sea_orm(column_type = "Text")]
    pub title_vi: String,
    /// Title in English.
    #[sea_orm(column_type = "Text")]
    pub title_en: String,
    /// What was chosen.
    #[sea_orm(column_type = "Text")]
    pub choice: String,
    /// Why an earlier version is corrected.
    #[sea_orm(column_type = "Text")]
    pub reason: Option<String>,
    /// Canonical content.
    pub canonical: Vec<u8>,
    /// The single blocks behind it, for auditors.
    pub evidence: Vec<u8>,
    /// Checkpoint of the record it was computed from.
    pub checkpoint_size: i64,
    /// Who submitted.
    pub submitter: i32,
    /// When.
    pub submitted_at: i64,
    /// Line of the staff log.
    pub submit_line: i32,
    /// submitted, approved, refused or withdrawn.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Who decided, or took it back.
    pub decider: Option<i32>,
    /// When.
    pub decided_at: Option<i64>,
    /// Line of the staff log.
    pub decide_line: Option<i32>,
    /// Number of the decision.
    #[sea_orm(column_type = "Text")]
    pub decision: Option<String>,
    /// Its date.
    pub decision_day: Option<i32>,
    /// From when it is public.
    pub release_at: Option<i64>,
    /// The signed approval.
    #[sea_orm(column_type = "Text")]
    pub approval: Option<String>,
    /// Its hash.
    #[sea_orm(column_type = "Text")]
    pub approval_hash: Option<String>,
    /// The files that the approval commits to, as an archive.
    pub files: Option<Vec<u8>>,
    /// The signed decision as PDF.
    pub document: Option<Vec<u8>>,
}

impl ActiveModelBehavior for ActiveModel {}
