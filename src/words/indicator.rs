//! Numbers that other systems make: which there are, who made them, and in what they are written.

use super::{Measure, UnknownWord};

kinds! {
    /// A number of another system, for a unit and a span of days. The word is the column of the file.
    Indicator {
        /// Likes on the portal.
        PortalLikes = 101, "portal_likes";
        /// Dislikes on the portal.
        PortalDislikes = 102, "portal_dislikes";
        /// Dossiers handled.
        Qd766Dossiers = 201, "qd766_dossiers";
        /// Late ones among them.
        Qd766Late = 202, "qd766_late";
        /// Those among them with a complaint or a dislike.
        Qd766Complained = 203, "qd766_complained";
        /// Complaints within competence.
        Qd766Complaints = 204, "qd766_complaints";
        /// Complaints handled in time.
        Qd766ComplaintsOnTime = 205, "qd766_complaints_on_time";
        /// Complaints whose answer was found unsatisfying, that came again, or were answered late.
        Qd766ComplaintsDissatisfied = 206, "qd766_complaints_dissatisfied";
        /// Complaints about rules and procedures.
        Qd766ComplaintsRules = 207, "qd766_complaints_rules";
        /// Complaints about conduct of staff.
        Qd766ComplaintsStaff = 208, "qd766_complaints_staff";
        /// Published points of group 1, openness.
        Qd766PointsOpenness = 211, "qd766_points_openness";
        /// Published points of group 2, progress and results.
        Qd766PointsProgress = 212, "qd766_points_progress";
        /// Published points of group 3, digitised files.
        Qd766PointsDigitalFiles = 213, "qd766_points_digital_files";
        /// Published points of group 4, online services.
        Qd766PointsOnlineService = 214, "qd766_points_online_service";
        /// Published points of group 4, online payment.
        Qd766PointsOnlinePayment = 215, "qd766_points_online_payment";
        /// Published points of 5.2.
        Qd766PointsOnTime = 216, "qd766_points_complaints_on_time";
        /// Published points of 5.3.
        Qd766PointsSatisfied = 217, "qd766_points_complaints_satisfied";
        /// Published points of 5.4.
        Qd766PointsProcedures = 218, "qd766_points_procedures_satisfied";
        /// Points the agency gave itself for indicator 1.
        Tt01Self1 = 301, "tt01_self_1";
        /// Points the agency gave itself for indicator 2.
        Tt01Self2 = 302, "tt01_self_2";
        /// Points the agency gave itself for indicator 3.
        Tt01Self3 = 303, "tt01_self_3";
        /// Points the agency gave itself for indicator 4.
        Tt01Self4 = 304, "tt01_self_4";
        /// Points the agency gave itself for indicator 5.
        Tt01Self5 = 305, "tt01_self_5";
        /// Points the agency gave itself for indicator 6.
        Tt01Self6 = 306, "tt01_self_6";
        /// Points the agency gave itself for indicator 7.
        Tt01Self7 = 307, "tt01_self_7";
        /// Points the agency gave itself for indicator 8.
        Tt01Self8 = 308, "tt01_self_8";
        /// Points the agency gave itself for indicator 9.
        Tt01Self9 = 309, "tt01_self_9";
        /// Points the agency was given by whoever appraised it for indicator 1.
        Tt01Appraised1 = 311, "tt01_appraised_1";
        /// Points the agency was given by whoever appraised it for indicator 2.
        Tt01Appraised2 = 312, "tt01_appraised_2";
        /// Points the agency was given by whoever appraised it for indicator 3.
        Tt01Appraised3 = 313, "tt01_appraised_3";
        /// Points the agency was given by whoever appraised it for indicator 4.
        Tt01Appraised4 = 314, "tt01_appraised_4";
        /// Points the agency was given by whoever appraised it for indicator 5.
        Tt01Appraised5 = 315, "tt01_appraised_5";
        /// Points the agency was given by whoever appraised it for indicator 6.
        Tt01Appraised6 = 316, "tt01_appraised_6";
        /// Points the agency was given by whoever appraised it for indicator 7.
        Tt01Appraised7 = 317, "tt01_appraised_7";
        /// Points the agency was given by whoever appraised it for indicator 8.
        Tt01Appraised8 = 318, "tt01_appraised_8";
        /// Points the agency was given by whoever appraised it for indicator 9.
        Tt01Appraised9 = 319, "tt01_appraised_9";
        /// Evaluation forms.
        Tt01Forms = 321, "tt01_forms";
        /// Share of forms that are dissatisfied, in per cent.
        Tt01Dissatisfied = 322, "tt01_dissatisfied";
        /// Share of forms that are satisfied, in per cent.
        Tt01Satisfied = 323, "tt01_satisfied";
        /// Share of forms that are very satisfied, in per cent.
        Tt01VerySatisfied = 324, "tt01_very_satisfied";
    }
}

kinds! {
    /// Who made a number.
    Collector {
        /// Likes and dislikes on the National Public Service Portal.
        Portal = 1, "portal";
        /// The index of Decision 766, from dossiers and complaints.
        Qd766 = 2, "qd766";
        /// The rating by the form of Circular 01/2018: the agency itself, and who appraised it.
        Tt01 = 3, "tt01";
    }
}

/// In what a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A whole number.
    Count,
    /// Points up to so many.
    Points(i64),
    /// Per cent, up to 100.
    PerCent,
}

/// Parts of one: numbers are kept in ten-thousandths.
pub const PARTS: i64 = 10_000;

impl Indicator {
    /// Who makes it.
    pub const fn collector(self) -> Collector {
        match self.code() {
            ..200 => Collector::Portal,
            200..300 => Collector::Qd766,
            _ => Collector::Tt01,
        }
    }

    /// In what it is written.
    pub const fn written(self) -> Written {
        match self {
            Self::Qd766PointsOpenness => Written::Points(18),
            Self::Qd766PointsProgress => Written::Points(20),
            Self::Qd766PointsDigitalFiles => Written::Points(22),
            Self::Qd766PointsOnlineService => Written::Points(12),
            Self::Qd766PointsOnlinePayment => Written::Points(10),
            Self::Qd766PointsOnTime | Self::Qd766PointsSatisfied | Self::Qd766PointsProcedures => Written::Points(6),
            Self::Tt01Dissatisfied | Self::Tt01Satisfied | Self::Tt01VerySatisfied => Written::PerCent,
            _ if self.code() > 300 && self.code() < 320 => Written::Points(2),
            _ => Written::Count,
        }
    }
}

impl Collector {
    /// Which of the satisfaction numbers it makes; the portal's own likes are none of them.
    pub const fn measure(self) -> Option<Measure> {
        match self {
            Self::Portal => None,
            Self::Qd766 => Some(Measure::Qd766),
            Self::Tt01 => Some(Measure::Tt01),
        }
    }
}
