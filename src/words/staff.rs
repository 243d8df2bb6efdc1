//! Who may do what: roles, rights, and the part of the unit tree a person sees.
//!
//! The table of rights stands here once; the guard of the office pages, the menu and the tests read it.

use super::{UnitId, UnknownWord};

kinds! {
    /// What a person does in the system.
    Role {
        /// Quản trị hệ thống: accounts and set-up; never decides about answers.
        Administrator = 1, "administrator";
        /// Chủ trì đo lường (Sở Nội vụ).
        HomeAffairs = 2, "home_affairs";
        /// Kiểm soát thủ tục hành chính (Văn phòng UBND tỉnh).
        ProcedureControl = 3, "procedure_control";
        /// Lãnh đạo: reads.
        Leader = 4, "leader";
        /// Phụ trách đơn vị.
        UnitManager = 5, "unit_manager";
        /// Điều tra viên.
        Interviewer = 6, "interviewer";
        /// Nhập số liệu.
        DataEntry = 7, "data_entry";
        /// Giám sát (Mặt trận Tổ quốc Việt Nam).
        Supervisor = 8, "supervisor";
        /// Kiểm tra, thanh tra.
        Auditor = 9, "auditor";
    }
}

kinds! {
    /// What a page of the office lets a person do. Every route of the office names one.
    Right {
        /// The first page and one's own account.
        Own = 1, "own";
        /// Read units, points, procedures, volumes, targets and questionnaires.
        Read = 2, "read";
        /// Units: add, rename, merge, split, close.
        ChangeUnits = 3, "change_units";
        /// Points: add, change, close; new codes and revoked ones.
        ChangePoints = 4, "change_points";
        /// Print posters.
        Print = 5, "print";
        /// Fields and procedures.
        ChangeProcedures = 6, "change_procedures";
        /// How many dossiers were received and returned.
        ChangeVolumes = 7, "change_volumes";
        /// Targets.
        ChangeTargets = 8, "change_targets";
        /// Questionnaires of the province.
        ChangeQuestionnaires = 9, "change_questionnaires";
        /// Read what two persons decide.
        ReadDecisions = 10, "read_decisions";
        /// Propose what two persons decide.
        Propose = 11, "propose";
        /// Approve or refuse what somebody else proposed.
        Approve = 12, "approve";
        /// Read accounts.
        ReadAccounts = 13, "read_accounts";
        /// Accounts: add, grant, withdraw, close, hand over.
        ChangeAccounts = 14, "change_accounts";
        /// Read the staff log of the whole province.
        ReadLog = 15, "read_log";
        /// Take the staff log away as a file.
        ExportLog = 16, "export_log";
        /// Read the signals of units that are not one's own.
        ReadSignals = 17, "read_signals";
        /// Read the figures of one's scope with what belongs to them: charts, other measures, alerts.
        ReadFigures = 18, "read_figures";
        /// Read complaints that came in with forms: the text from above the rated unit, the task where it was assigned.
        ReadCases = 19, "read_cases";
        /// Complaints: assign, answer, pass on, close.
        HandleCases = 20, "handle_cases";
        /// Read and handle what hints at bribery.
        ReadAccusations = 21, "read_accusations";
        /// Late dossiers: read them, draft an apology, note that it was sent.
        DraftApologies = 22, "draft_apologies";
        /// Figures of other systems: enter them.
        ChangeMeasures = 23, "change_measures";
        /// Read publications that are being prepared, and those that are out.
        ReadPublications = 24, "read_publications";
        /// Publications: prepare, submit, take back (Sở trình).
        PreparePublications = 25, "prepare_publications";
        /// Publications and files for auditors: approve or refuse what somebody else submitted (UBND duyệt).
        ApprovePublications = 26, "approve_publications";
        /// Ask for the records behind a publication, to check it in full.
        TakeRecords = 27, "take_records";
        /// Official reports of one's scope, as Word files and workbooks.
        WriteReports = 28, "write_reports";
        /// Answers of one's scope as a file, under the rules for small numbers.
        ExportResponses = 29, "export_responses";
    }
}

impl Role {
    /// What this role may do within its scope.
    #[expect(clippy::too_many_lines, reason = "one table, one right a line")]
    pub const fn rights(self) -> &'static [Right] {
        use Right as R;
        match self {
            Self::Administrator => &[
                R::Own,
                R::Read,
                R::ChangeUnits,
                R::ChangePoints,
                R::Print,
                R::ChangeProcedures,
                R::ReadAccounts,
                R::ChangeAccounts,
                R::ReadLog,
                R::ExportLog,
            ],
            Self::HomeAffairs => &[
                R::Own,
                R::Read,
                R::ChangeUnits,
                R::ChangePoints,
                R::Print,
                R::ChangeProcedures,
                R::ChangeVolumes,
                R::ChangeTargets,
                R::ChangeQuestionnaires,
                R::ReadDecisions,
                R::Propose,
                R::Approve,
                R::ReadSignals,
                R::ReadFigures,
                R::ReadCases,
                R::HandleCases,
                R::DraftApologies,
                R::ChangeMeasures,
                R::ReadPublications,
                R::PreparePublications,
                R::WriteReports,
                R::ExportResponses,
            ],
            Self::ProcedureControl => &[
                R::Own,
                R::Read,
                R::Print,
                R::ChangeProcedures,
                R::ChangeVolumes,
                R::ReadDecisions,
                R::Propose,
                R::Approve,
                R::ReadSignals,
                R::ReadFigures,
                R::ReadCases,
                R::HandleCases,
                R::DraftApologies,
                R::ChangeMeasures,
                R::ReadPublications,
                R::ApprovePublications,
                R::WriteReports,
                R::ExportResponses,
            ],
            Self::UnitManager => &[
                R::Own,
                R::Read,
                R::Print,
                R::ChangeVolumes,
                R::ReadDecisions,
                R::ReadFigures,
                R::ReadCases,
                R::HandleCases,
                R::DraftApologies,
                R::WriteReports,
                R::ExportResponses,
            ],
            Self::DataEntry => &[R::Own, R::Read, R::ChangeVolumes],
            Self::Leader => &[
                R::Own,
                R::Read,
                R::ReadDecisions,
                R::ReadSignals,
                R::ReadFigures,
                R::ReadCases,
                R::ReadPublications,
                R::WriteReports,
            ],
            Self::Supervisor => {
                &[R::Own, R::Read, R::ReadDecisions, R::ReadSignals, R::ReadFigures, R::ReadPublications]
            }
            Self::Interviewer => &[R::Own],
            Self::Auditor => &[
                R::Own,
                R::Read,
                R::ReadDecisions,
                R::ReadAccounts,
                R::ReadLog,
                R::ExportLog,
                R::ReadSignals,
                R::ReadFigures,
                R::ReadAccusations,
                R::ReadPublications,
                R::TakeRecords,
                R::ExportResponses,
            ],
        }
    }

    /// Whether this role may do it within its scope.
    pub fn may(self, right: Right) -> bool {
        self.rights().contains(&right)
    }
}

impl Right {
    /// Whether it concerns the province as a whole: only a scope that holds all of it gives such a right.
    pub const fn is_for_the_whole(self) -> bool {
        matches!(
            self,
            Self::ChangeProcedures
                | Self::ChangeTargets
                | Self::ChangeQuestionnaires
                | Self::ReadLog
                | Self::ExportLog
                | Self::ChangeMeasures
                | Self::ReadPublications
                | Self::PreparePublications
                | Self::ApprovePublications
                | Self::TakeRecords
        )
    }
}

/// A role within a part of the unit tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grant {
    /// What the person does.
    pub role: Role,
    /// The unit at the top of the part; [`UnitId::NONE`] for the whole province.
    pub unit: UnitId,
}

/// The part of the unit tree in which somebody holds a right. It can be made from grants alone, so whoever has one has
/// been let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    tops: Vec<UnitId>,
}

impl Scope {
    /// Where these grants give a right; `None` where none of them does. `root` is the unit at the top of the province. One's
    /// own account is there without any grant, with nothing else to see.
    pub fn of(grants: &[Grant], right: Right, root: Option<UnitId>) -> Option<Self> {
        if right == Right::Own && grants.is_empty() {
            return Some(Self { tops: Vec::new() });
        }
        let whole = |unit: UnitId| unit == UnitId::NONE || Some(unit) == root;
        let mut tops: Vec<UnitId> = grants
            .iter()
            .filter(|grant| grant.role.may(right) && (whole(grant.unit) || !right.is_for_the_whole()))
            .map(|grant| if whole(grant.unit) { UnitId::NONE } else { grant.unit })
            .collect();
        tops.sort_unstable();
        tops.dedup();
        (!tops.is_empty()).then_some(Self { tops })
    }

    /// Whether it is the whole province.
    pub fn is_whole(&self) -> bool {
        self.tops.contains(&UnitId::NONE)
    }

    /// Whether it holds a unit, given with its ancestors.
    pub fn holds(&self, path: &[UnitId]) -> bool {
        self.is_whole() || path.iter().any(|unit| self.tops.contains(unit))
    }

    /// The units at the top; `None` where it is the whole province.
    pub fn tops(&self) -> Option<&[UnitId]> {
        if self.is_whole() { None } else { Some(&self.tops) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(role: Role, unit: i32) -> Grant {
        Grant { role, unit: UnitId(unit) }
    }

    #[test]
    fn a_scope_is_what_the_grants_of_the_right_hold_and_nothing_more() {
        let grants = [grant(Role::UnitManager, 7), grant(Role::Leader, 3)];
        let print = Scope::of(&grants, Right::Print, Some(UnitId(1))).unwrap();
        assert!(print.holds(&[UnitId(9), UnitId(7), UnitId(1)]));
        assert!(!print.holds(&[UnitId(4), UnitId(3), UnitId(1)]), "a leader prints nothing");
        let read = Scope::of(&grants, Right::Read, Some(UnitId(1))).unwrap();
        assert!(read.holds(&[UnitId(4), UnitId(3), UnitId(1)]) && !read.holds(&[UnitId(1)]));
        assert_eq!(Scope::of(&grants, Right::Approve, Some(UnitId(1))), None);
    }

    #[test]
    fn what_concerns_the_whole_province_is_given_by_a_scope_of_all_of_it_alone() {
        let commune = [grant(Role::HomeAffairs, 7)];
        assert_eq!(Scope::of(&commune, Right::ChangeTargets, Some(UnitId(1))), None);
        for whole in [0, 1] {
            let scope = Scope::of(&[grant(Role::HomeAffairs, whole)], Right::ChangeTargets, Some(UnitId(1))).unwrap();
            assert!(scope.is_whole() && scope.holds(&[UnitId(5)]) && scope.tops().is_none());
        }
    }

    #[test]
    fn without_a_grant_there_is_ones_own_account_and_nothing_to_see() {
        let own = Scope::of(&[], Right::Own, Some(UnitId(1))).unwrap();
        assert!(!own.is_whole() && !own.holds(&[UnitId(1)]) && own.tops() == Some(&[][..]));
        assert_eq!(Scope::of(&[], Right::Read, Some(UnitId(1))), None);
    }

    #[test]
    fn who_makes_accounts_never_decides_about_answers() {
        for role in Role::ALL.iter().filter(|role| role.may(Right::ChangeAccounts)) {
            assert!(!role.may(Right::Propose) && !role.may(Right::Approve), "{role}");
        }
        for role in Role::ALL {
            assert!(role.may(Right::Own));
        }
    }
}
