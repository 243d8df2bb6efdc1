//! Closed lists: trust levels, channels, measures, who helped, languages.

/// A word that stands in none of the closed lists.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{word}” is not one of: {allowed}")]
pub struct UnknownWord {
    /// What was written.
    pub word: String,
    /// What may be written.
    pub allowed: String,
}

macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $word:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The number under which it is stored. Never changes.
            pub const fn code(self) -> i16 {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The one with this stored number.
            pub const fn from_code(code: i16) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The word used in files and addresses.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Reads the word used in files and addresses.
            pub fn parse(word: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|k| k.word() == word.trim()).ok_or_else(|| UnknownWord {
                    word: word.to_owned(),
                    allowed: Self::ALL.iter().map(|k| k.word()).collect::<Vec<_>>().join(", "),
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

kinds! {
    /// What proves that an answer comes from a citizen who used the service. Set by the server, never by a form field.
    Level {
        /// Drawn sample: known selection probability.
        A = 1, "A";
        /// One-time ticket of a dossier.
        B = 2, "B";
        /// Proof of presence: enrolled kiosk, rotating code, sealed ballot box.
        C = 3, "C";
        /// Open feedback: nothing proves it.
        D = 4, "D";
    }
}

kinds! {
    /// How an answer came in (kênh).
    Channel {
        /// Printed QR of a counter.
        CounterQr = 1, "counter_qr";
        /// Web link of a unit.
        WebLink = 2, "web_link";
        /// Personal slip or one-time link of a dossier.
        Slip = 3, "slip";
        /// Letter, e-mail or message of a drawn sample.
        Invitation = 4, "invitation";
        /// Kiosk of a collection point.
        Kiosk = 5, "kiosk";
        /// Interviewer at the door.
        Interviewer = 6, "interviewer";
        /// Telephone (tổng đài).
        Telephone = 7, "telephone";
        /// Sealed ballot box.
        BallotBox = 8, "ballot_box";
        /// Paper form.
        Paper = 9, "paper";
    }
}

kinds! {
    /// Which of the several "satisfaction" numbers a figure is (domain facts, section 3). Figures of two measures are
    /// never averaged, compared or drawn on one axis.
    Measure {
        /// Counter feedback.
        Counter = 1, "counter";
        /// The province's own wave.
        Province = 2, "province";
        /// National SIPAS.
        Sipas = 3, "sipas";
        /// Rating of TT 01/2018/TT-VPCP, 18 points.
        Tt01 = 4, "tt01";
        /// QĐ 766/QĐ-TTg, from dossiers and complaints.
        Qd766 = 5, "qd766";
        /// Public health services.
        Health = 6, "health";
        /// Public education.
        Education = 7, "education";
        /// PAR INDEX.
        Par = 8, "par";
        /// Mean waiting time.
        Minutes = 9, "minutes";
    }
}

kinds! {
    /// Who pressed for the person; recorded, not punished.
    Helper {
        /// Nobody, or not asked.
        None = 0, "none";
        /// Family or companion.
        Family = 1, "family";
        /// Volunteer.
        Volunteer = 2, "volunteer";
        /// Staff.
        Staff = 3, "staff";
    }
}

kinds! {
    /// The stage of a dossier a one-time ticket is for.
    TicketStage {
        /// The dossier was received (tiếp nhận).
        Reception = 1, "reception";
        /// The result was returned (trả kết quả).
        Result = 2, "result";
    }
}

kinds! {
    /// Why an answer has a lower level than its channel could give. It stands in the record, so its numbers never change.
    LevelReason {
        /// It was not lowered.
        None = 0, "none";
        /// The ticket was presented after its last day.
        Expired = 1, "expired";
        /// The contact to which the ticket was sent stands with several dossiers.
        SharedContact = 2, "shared_contact";
        /// The contact is the submitter's and not the owner's.
        NotTheOwner = 3, "not_the_owner";
        /// The dossier was corrected, and its ticket withdrawn.
        Withdrawn = 4, "withdrawn";
    }
}

kinds! {
    /// What a unit is.
    UnitKind {
        /// The country, root of national targets.
        Country = 1, "country";
        /// Tỉnh, thành phố.
        Province = 2, "province";
        /// Sở, ban, ngành.
        Department = 3, "department";
        /// Văn phòng.
        Office = 4, "office";
        /// Chi nhánh.
        Branch = 5, "branch";
        /// Xã.
        Commune = 6, "commune";
        /// Phường.
        Ward = 7, "ward";
        /// Đặc khu.
        SpecialZone = 8, "special_zone";
        /// Quận, huyện, thị xã; abolished on 1 July 2025.
        District = 9, "district";
        /// Thị trấn.
        Town = 10, "town";
        /// Trung tâm phục vụ hành chính công.
        Centre = 11, "centre";
        /// One of several sites of a centre.
        Site = 12, "site";
        /// Line agency of the centre of government: shown apart, never counted in the province's figure.
        Line = 13, "line";
        /// Any other body (ban quản lý, hội đồng, …).
        Body = 14, "body";
    }
}

/// Kinds of units that stand together, and whose figures may be pooled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitGroup {
    /// Departments, offices and bodies of a province.
    Departments,
    /// Communes, wards and special zones; districts and towns while there were any.
    Communes,
    /// Centres, their sites, branches and whatever else.
    Others,
    /// Line agencies: apart, never held against the province's target.
    LineAgencies,
}

impl UnitKind {
    /// The units it stands with.
    pub const fn group(self) -> UnitGroup {
        match self {
            Self::Department | Self::Office | Self::Body => UnitGroup::Departments,
            Self::Commune | Self::Ward | Self::SpecialZone | Self::District | Self::Town => UnitGroup::Communes,
            Self::Line => UnitGroup::LineAgencies,
            Self::Country | Self::Province | Self::Branch | Self::Centre | Self::Site => UnitGroup::Others,
        }
    }
}

kinds! {
    /// How one unit came to take over from another.
    SuccessionKind {
        /// Named as successor, without more being known.
        Successor = 1, "successor";
        /// Several units became one (sáp nhập, hợp nhất).
        Merge = 2, "merge";
        /// One unit became several (chia, tách).
        Split = 3, "split";
    }
}

kinds! {
    /// Why a public code is revoked.
    RevokeReason {
        /// Another poster took its place.
        Old = 1, "old";
        /// Somebody hung up a copy that leads elsewhere, or hung this one where it does not belong.
        FalseCopy = 2, "false_copy";
        /// The poster is lost.
        Lost = 3, "lost";
    }
}

kinds! {
    /// What a collection point is.
    PointKind {
        /// Quầy.
        Counter = 1, "counter";
        /// Máy tại sảnh.
        Kiosk = 2, "kiosk";
        /// Đường dẫn trên mạng.
        Web = 3, "web";
    }
}

kinds! {
    /// Languages the product is complete in.
    Lang {
        /// Vietnamese, the source language.
        Vi = 1, "vi";
        /// English.
        En = 2, "en";
    }
}

kinds! {
    /// What two persons decide on.
    DecisionKind {
        /// The answers of whole days at one point belong to another, because its QR hung there.
        Move = 1, "move";
        /// A questionnaire that somebody uploaded is put into use.
        Edition = 2, "edition";
        /// The answers of whole days of one point and level do not count in the cleaned figures.
        Exclude = 3, "exclude";
        /// An exclusion is taken back.
        Restore = 4, "restore";
        /// The figure by dossier codes of a unit-month, set aside because of disputes, counts again.
        Tickets = 5, "tickets";
    }
}

kinds! {
    /// How far a case (phản ánh, kiến nghị) has come. That an answer came late is computed from the days, not stored.
    CaseState {
        /// Nobody was charged with it.
        New = 1, "new";
        /// A unit was charged with it: its deadlines run.
        InWork = 2, "in_work";
        /// The unit has answered, in public.
        Answered = 3, "answered";
        /// It was passed on to the competent authority.
        PassedOn = 4, "passed_on";
        /// It says too little to act on.
        Insufficient = 5, "insufficient";
    }
}

kinds! {
    /// What a case is about (QĐ 766/QĐ-TTg, indicator 5.1).
    CaseClass {
        /// Rules and procedures (quy định, thủ tục).
        Rules = 1, "rules";
        /// The conduct of officials (hành vi cán bộ).
        Conduct = 2, "conduct";
    }
}

kinds! {
    /// What became of a proposal. One that is still proposed after its last day has expired: that is computed, not stored.
    DecisionState {
        /// Waits for the second person.
        Proposed = 1, "proposed";
        /// The second person agreed, and it was done.
        Approved = 2, "approved";
        /// The second person did not agree.
        Refused = 3, "refused";
        /// The first person took it back.
        Withdrawn = 4, "withdrawn";
    }
}

kinds! {
    /// Why, from a closed list.
    DecisionReason {
        /// The QR of one point hung at another.
        WrongPlace = 1, "wrong_place";
        /// The QRs of two points were exchanged.
        Exchanged = 2, "exchanged";
        /// The counter moved, its QR stayed behind.
        LeftBehind = 3, "left_behind";
        /// A questionnaire is new, or the next version of one.
        Questionnaire = 4, "questionnaire";
        /// Forms of a training, or of a test of the equipment.
        Training = 5, "training";
        /// Signals show a script, or the same persons again and again.
        Script = 6, "script";
        /// Forms filled in by staff in place of citizens.
        FilledByStaff = 7, "filled_by_staff";
        /// Answers given under pressure.
        Pressure = 8, "pressure";
        /// The same file or paper was entered twice.
        DoubleEntry = 9, "double_entry";
        /// The exclusion named a wrong point, level or day.
        ExcludedWrongly = 10, "excluded_wrongly";
        /// Looked into again: citizens gave these answers.
        Verified = 11, "verified";
        /// An inspection or the answer to a complaint says so.
        Complaint = 12, "complaint";
        /// Looked into: somebody of the family or with authority had answered.
        FamilyAnswered = 13, "family_answered";
        /// Looked into: the citizens had answered themselves.
        AnsweredThemselves = 14, "answered_themselves";
        /// Looked into: the dispute was sent by mistake, or the cause is mended.
        DisputesSettled = 15, "disputes_settled";
    }
}

impl DecisionKind {
    /// The reasons there may be for it.
    pub const fn reasons(self) -> &'static [DecisionReason] {
        use DecisionReason as R;
        match self {
            Self::Move => &[R::WrongPlace, R::Exchanged, R::LeftBehind],
            Self::Edition => &[R::Questionnaire],
            Self::Exclude => &[R::Training, R::Script, R::FilledByStaff, R::Pressure, R::DoubleEntry],
            Self::Restore => &[R::ExcludedWrongly, R::Verified, R::Complaint],
            Self::Tickets => &[R::FamilyAnswered, R::AnsweredThemselves, R::DisputesSettled],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_one_of_exactly_one_kind() {
        for reason in DecisionReason::ALL {
            assert_eq!(DecisionKind::ALL.iter().filter(|kind| kind.reasons().contains(reason)).count(), 1, "{reason}");
        }
    }

    #[test]
    fn words_and_numbers_name_the_same_thing() {
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.word()).as_ref(), Ok(channel));
            assert_eq!(Channel::from_code(channel.code()), Some(*channel));
        }
        let refused = Level::parse("E").unwrap_err();
        assert_eq!(refused.to_string(), "“E” is not one of: A, B, C, D");
    }
}
