//! Identifiers. Each is its own type, so that a unit is never passed where a point is meant.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub $inner);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// A province: the first part of every key, so that a nation is many provinces side by side.
    Province(i16)
);
id!(
    /// A node of the unit tree (đơn vị). 0 stands for "not known" where an answer has no deciding unit.
    UnitId(i32)
);
id!(
    /// A collection point (điểm khảo sát).
    PointId(i32)
);
id!(
    /// An administrative procedure (thủ tục hành chính); 0 where it is not known.
    ProcedureId(i32)
);
id!(
    /// A field of administration (lĩnh vực): đất đai, xây dựng, …; 0 where it is not known.
    FieldId(i16)
);
id!(
    /// An edition of a questionnaire as this installation numbers it.
    EditionNumber(i16)
);

id!(
    /// A person with an account (cán bộ được cấp tài khoản); 0 where the program itself acts.
    StaffId(i32)
);
id!(
    /// A decision of two persons.
    DecisionId(i32)
);
id!(
    /// A case (phản ánh, kiến nghị): 40 random bits, so that its number tells nothing about when it opened.
    CaseId(i64)
);

impl UnitId {
    /// No unit: a counter QR does not know which office decides.
    pub const NONE: Self = Self(0);
}

impl FieldId {
    /// No field known.
    pub const NONE: Self = Self(0);
}

impl ProcedureId {
    /// No procedure known.
    pub const NONE: Self = Self(0);
}
