//! What is stored of a form, field by field, and how long it is kept.

use crate::text::Say;
use crate::words::Lang;

says! {
    TITLE = "Hệ thống lưu gì khi Ông/Bà gửi phiếu", "What is stored when you send a form";
    HEAD_WHAT = "Mục", "Item";
    HEAD_HOW = "Lưu thế nào", "How it is stored";
    HEAD_KEPT = "Giữ bao lâu", "For how long";

    ANSWERS = "Các mức đã chọn, số phút chờ", "Levels chosen, minutes waited";
    ANSWERS_HOW = "Đúng như đã gửi, kể cả câu bỏ trống", "As sent, questions left open included";
    COMMENT = "Lời góp ý", "Comment";
    COMMENT_HOW = "Ở bảng riêng, sau khi đã che số điện thoại, số căn cước, mã hồ sơ",
        "In a table of its own, after telephone, identity and application numbers were masked";
    DAY = "Ngày gửi", "Day of sending";
    DAY_HOW = "Chỉ ngày, không có giờ", "The day only, no time";
    PLACE = "Nơi đánh giá", "Place that is rated";
    PLACE_HOW = "Tỉnh và quầy; cơ quan giải quyết, thủ tục, lĩnh vực nếu biết", "Province and counter; deciding office, procedure and field where known";
    EDITION = "Bản của phiếu hỏi", "Version of the questionnaire";
    EDITION_HOW = "Số của bản, để biết câu hỏi lúc đó", "Its number, to know what was asked";
    CHANNEL = "Cách gửi", "Way of sending";
    CHANNEL_HOW = "Mã QR, đường dẫn hay giấy; mức tin cậy A, B, C, D và lý do nếu bị hạ mức",
        "QR, link or paper; level of trust A, B, C, D, and the reason where it was lowered";
    HELPER = "Có ai bấm giúp", "Whether someone helped";
    HELPER_HOW = "Chỉ khi phiếu có hỏi", "Only where the form asks";
    MARKS = "Dấu của phiếu", "Marks of the form";
    MARKS_HOW = "Các câu chọn giống hệt nhau, hay chỉ trả lời một câu", "All levels alike, or only one question answered";
    WAVE = "Đợt khảo sát, địa bàn", "Survey wave, area";
    WAVE_HOW = "Phiếu tại quầy để trống", "Empty for forms of a counter";
    SEAL = "Mã niêm phong", "Sealing code";
    SEAL_HOW = "Dãy ký tự tính từ phiếu và một số ngẫu nhiên, để lộ ra nếu phiếu bị sửa; nhìn mã không biết câu trả lời",
        "Characters computed from the form and a random number, so that a change would show; the code does not tell the answers";
    COMMENT_SEAL = "Mã niêm phong của lời góp ý", "Sealing code of the comment";
    COMMENT_SEAL_HOW = "Xóa lời góp ý thì số ngẫu nhiên đi kèm cũng bị xóa, mã không còn nói gì",
        "When a comment is erased its random number goes too, and the code says nothing any more";
    ERASED = "Ngày xóa lời góp ý", "Day a comment was erased";
    ERASED_HOW = "Chỉ có khi đã xóa", "Only where it was erased";
    FORM_KEY = "Mã chống gửi hai lần", "Code against sending twice";
    FORM_KEY_HOW = "Chỉ giữ dạng đã mã hóa một chiều, với ngày mở và ngày gửi; không nằm cùng câu trả lời",
        "Only as a one-way hash, with the days of opening and sending; not beside the answers";

    TICKET = "Mã riêng của hồ sơ", "Personal code of an application";
    TICKET_HOW = "Chỉ giữ dạng đã mã hóa một chiều: mã dùng cho nơi nào, thủ tục nào, đến ngày nào, vì sao bị hạ mức, đã mời hay chưa. Không có số hồ sơ, không nằm cùng câu trả lời",
        "Only as a one-way hash: which place and procedure it is for, until when, why its level was lowered, whether an invitation was sent. No application number, and not beside the answers";
    SPENT = "Mã đã dùng", "Codes that were used";
    SPENT_HOW = "Chỉ dạng mã hóa một chiều, không ngày, không nối với phiếu nào", "The one-way hash alone, without a day, joined with no form";
    DISPUTE = "Báo “Tôi chưa trả lời phiếu này”", "“I have not answered this form”";
    DISPUTE_HOW = "Mã đã mã hóa một chiều, nơi tiếp nhận, nửa tháng; không tên, không câu trả lời",
        "The one-way hash, the receiving place, the half-month; no name and no answer";
    INVITATION = "Liên hệ để gửi lời mời", "Contact for an invitation";
    INVITATION_HOW = "Địa chỉ thư điện tử bị xóa ngay khi thư đi, không vào bản sao lưu; số điện thoại không được lưu. Dấu mã hóa của liên hệ được giữ để nhận ra một liên hệ đứng ở nhiều hồ sơ",
        "An e-mail address is erased as soon as the letter left and is in no backup; telephone numbers are not stored. A keyed hash of the contact is kept to notice one that stands with several applications";

    CASE = "Phản ánh, mở từ phiếu có mức không hài lòng kèm lời góp ý", "Case, opened by a form with a dissatisfied rating and a comment";
    CASE_HOW = "Mã ngẫu nhiên, ngày gửi, mã niêm phong của phiếu (lời góp ý không được chép lại), nơi bị phản ánh, tình trạng, dấu hiệu tiêu cực, phân loại, đơn vị xử lý, nội dung khái quát và câu trả lời do cán bộ viết, các ngày và quý xử lý",
        "A random number, the day of sending, the form’s sealing code (the comment is not copied), the rated office, the state, a hint at misconduct, the class, the office charged, the description and the answer in general words that officials write, the days and the quarter of handling";
    LATE = "Hồ sơ quá hạn", "Late applications";
    LATE_HOW = "Nơi tiếp nhận và cơ quan giải quyết, thủ tục, các ngày nhận, hẹn, trả, số và ngày văn bản xin lỗi, để người dân được xin lỗi; không tên, không liên hệ, không nối với phiếu nào. Thời hạn tính từ ngày trả kết quả hoặc lần cuối hồ sơ có trong tệp hằng ngày",
        "Receiving and deciding office, procedure, the days of receipt, due and return, number and day of the apology, so that people get one; no name, no contact, joined with no form. Counted from the return, or from the last daily file that named it";
    LATE_NUMBER = "Mã hồ sơ của hồ sơ quá hạn", "Number of a late application";
    LATE_NUMBER_HOW = "Để soạn văn bản xin lỗi. Thời hạn tính từ ngày trả kết quả, hoặc từ khi đã xin lỗi và không tệp hằng ngày nào nhắc đến nữa",
        "To draft the apology. Counted from the return, or from the apology once no daily file names it any more";

    COUNTS = "Từ các phiếu, hệ thống cộng sẵn số đếm cho từng nơi. Số đếm không dẫn ngược về phiếu nào.",
        "From the forms the system adds up counts for each place. Counts do not lead back to a form.";
    DECISIONS = "Khi mã QR bị treo nhầm chỗ, hai người ngoài các đơn vị được đánh giá có thể quyết định tính phiếu của cả ngày cho đúng nơi. Hệ thống lưu quyết định đó: các điểm, các ngày, lý do, ghi chú, các đơn vị liên quan, hai người và thời điểm. Theo cách đó, toàn bộ phiếu của cả ngày ở một điểm khảo sát có thể bị loại khỏi số liệu sau rà soát (ví dụ ngày tập huấn), được khôi phục, hoặc kết quả theo mã hồ sơ của một tháng được tính lại. Phiếu không bị sửa, không bị xóa. Mẫu phiếu mới mà cơ quan tải lên cũng do hai người quyết định và được lưu cùng chỗ.",
        "Where a QR code hung in the wrong place, two persons from outside the rated units may decide to count the forms of whole days where they belong. The system stores that decision: the points, the days, the reason, a note, the units concerned, the two persons and the times. In the same way all forms of whole days of a collection point may be excluded from the cleaned figures (those of a training, for example) or restored, and the figure by dossier codes of a month may be let count again. No form is changed or deleted. A new questionnaire that an office uploads is decided by two persons as well and stored in the same place.";
    FOR_EVER = "Lâu dài, không có tên", "For good, without a name";
    UNTIL_ERASED = "Đến khi bị xóa theo yêu cầu", "Until erased on request";
}

sentences! {
    days(n: u64) = "{n} ngày", "{n} days";
    case_days(n: u64) = "Đã trả lời: công khai lâu dài. Kết thúc mà không trả lời: xóa sau {n} ngày", "Answered: public for good. Ended without an answer: removed after {n} days";
}

/// How long something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// As long as the record: answers are never removed.
    ForGood,
    /// Until somebody asks to have it erased.
    UntilErased,
    /// As many days as form keys are kept.
    KeyDays,
    /// As many days as the trace of a contact is kept.
    ContactDays,
    /// For good once it was answered; as many days as other cases are kept.
    CaseDays,
    /// As many days as a late dossier is kept.
    LateDays,
    /// As many days as its number is kept.
    LateNumberDays,
}

impl Kept {
    /// In words; the days are what the program really does.
    pub fn shown(self, lang: Lang, kept: KeptDays) -> String {
        match self {
            Self::ForGood => FOR_EVER.get(lang).to_owned(),
            Self::UntilErased => UNTIL_ERASED.get(lang).to_owned(),
            Self::KeyDays => days(lang, kept.keys),
            Self::ContactDays => days(lang, kept.contacts),
            Self::CaseDays => case_days(lang, kept.cases),
            Self::LateDays => days(lang, kept.late),
            Self::LateNumberDays => days(lang, kept.late_numbers),
        }
    }
}

/// For how many days the program keeps what it forgets.
#[derive(Debug, Clone, Copy)]
pub struct KeptDays {
    /// Those of cases that ended without an answer.
    pub cases: u64,
    /// Form keys.
    pub keys: u64,
    /// The last trace of a contact.
    pub contacts: u64,
    /// Late dossiers.
    pub late: u64,
    /// Numbers of late dossiers.
    pub late_numbers: u64,
}

/// One thing that is stored.
#[derive(Debug, Clone, Copy)]
pub struct Stored {
    /// What it is.
    pub what: Say,
    /// How it is stored.
    pub how: Say,
    /// For how long.
    pub kept: Kept,
    /// The columns it stands in, each with its table.
    pub columns: &'static [&'static str],
}

const fn stored(what: Say, how: Say, kept: Kept, columns: &'static [&'static str]) -> Stored {
    Stored { what, how, kept, columns }
}

/// Everything that is stored of a form.
pub const STORED: [Stored; 20] = [
    stored(ANSWERS, ANSWERS_HOW, Kept::ForGood, &["response.answers"]),
    stored(COMMENT, COMMENT_HOW, Kept::UntilErased, &["comment.text"]),
    stored(DAY, DAY_HOW, Kept::ForGood, &["response.day", "comment.day"]),
    stored(
        PLACE,
        PLACE_HOW,
        Kept::ForGood,
        &[
            "response.p",
            "comment.p",
            "response.point",
            "response.deciding_unit",
            "response.procedure",
            "response.field",
        ],
    ),
    stored(EDITION, EDITION_HOW, Kept::ForGood, &["response.format", "response.edition"]),
    stored(CHANNEL, CHANNEL_HOW, Kept::ForGood, &["response.channel", "response.level", "response.reason"]),
    stored(HELPER, HELPER_HOW, Kept::ForGood, &["response.helper"]),
    stored(MARKS, MARKS_HOW, Kept::ForGood, &["response.flags"]),
    stored(WAVE, WAVE_HOW, Kept::ForGood, &["response.wave", "response.place"]),
    stored(SEAL, SEAL_HOW, Kept::ForGood, &["response.leaf", "comment.leaf", "response.salt"]),
    stored(COMMENT_SEAL, COMMENT_SEAL_HOW, Kept::ForGood, &["response.comment_hash", "comment.salt"]),
    stored(ERASED, ERASED_HOW, Kept::ForGood, &["comment.erased"]),
    stored(
        FORM_KEY,
        FORM_KEY_HOW,
        Kept::KeyDays,
        &["idempotency.p", "idempotency.opened_day", "idempotency.key_hash", "idempotency.stored_day"],
    ),
    stored(
        TICKET,
        TICKET_HOW,
        Kept::ForGood,
        &[
            "ticket.p",
            "ticket.hash",
            "ticket.stage",
            "ticket.point",
            "ticket.deciding_unit",
            "ticket.procedure",
            "ticket.field",
            "ticket.issued_day",
            "ticket.expires_day",
            "ticket.reason",
            "ticket.invited",
        ],
    ),
    stored(SPENT, SPENT_HOW, Kept::ForGood, &["ticket_spent.p", "ticket_spent.hash"]),
    stored(DISPUTE, DISPUTE_HOW, Kept::ForGood, &["dispute.p", "dispute.ticket_hash", "dispute.point", "dispute.half"]),
    stored(
        INVITATION,
        INVITATION_HOW,
        Kept::ContactDays,
        &[
            "invitation.p",
            "invitation.hash",
            "invitation.contact_hash",
            "invitation.address",
            "invitation.sealed",
            "invitation.not_before",
            "invitation.attempts",
            "invitation.delete_on",
        ],
    ),
    stored(
        CASE,
        CASE_HOW,
        Kept::CaseDays,
        &[
            "complaint.id",
            "complaint.p",
            "complaint.day",
            "complaint.leaf",
            "complaint.unit",
            "complaint.state",
            "complaint.hint",
            "complaint.class",
            "complaint.assigned_unit",
            "complaint.task",
            "complaint.released_day",
            "complaint.due_day",
            "complaint.answer",
            "complaint.ended_day",
            "complaint.quarter",
        ],
    ),
    stored(LATE_NUMBER, LATE_NUMBER_HOW, Kept::LateNumberDays, &["late_dossier.number"]),
    stored(
        LATE,
        LATE_HOW,
        Kept::LateDays,
        &[
            "late_dossier.p",
            "late_dossier.id",
            "late_dossier.point",
            "late_dossier.deciding_unit",
            "late_dossier.unit",
            "late_dossier.procedure",
            "late_dossier.received",
            "late_dossier.due",
            "late_dossier.returned",
            "late_dossier.seen_day",
            "late_dossier.drafted_day",
            "late_dossier.new_due",
            "late_dossier.sent_day",
            "late_dossier.sent_number",
            "late_dossier.noted_day",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The columns of a table, from the source that describes it.
    fn columns(table: &str, source: &'static str) -> Vec<String> {
        source
            .lines()
            .filter_map(|line| line.trim().strip_prefix("pub "))
            .filter_map(|line| line.split_once(": "))
            .map(|(name, _)| format!("{table}.{name}"))
            .collect()
    }

    #[test]
    fn every_column_of_a_stored_form_is_explained_and_no_other() {
        let tables = [
            ("response", include_str!("../../../entity/src/response.rs")),
            ("comment", include_str!("../../../entity/src/comment.rs")),
            ("idempotency", include_str!("../../../entity/src/idempotency.rs")),
            ("ticket", include_str!("../../../entity/src/ticket.rs")),
            ("ticket_spent", include_str!("../../../entity/src/ticket_spent.rs")),
            ("dispute", include_str!("../../../entity/src/dispute.rs")),
            ("invitation", include_str!("../../../entity/src/invitation.rs")),
            ("complaint", include_str!("../../../entity/src/complaint.rs")),
            ("late_dossier", include_str!("../../../entity/src/late_dossier.rs")),
        ];
        let there: Vec<String> = tables.into_iter().flat_map(|(table, source)| columns(table, source)).collect();
        let explained: Vec<&str> = STORED.iter().flat_map(|stored| stored.columns).copied().collect();
        assert!(there.len() > 25, "{there:?}");
        let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
        assert_eq!(explained.len(), explained.iter().collect::<BTreeSet<_>>().len(), "a column stands twice");
        assert_eq!(explained.into_iter().collect::<BTreeSet<_>>(), there);
    }

    #[test]
    fn the_open_tables_hold_what_the_sealed_ones_hold() {
        let pairs = [
            (include_str!("../../../entity/src/response.rs"), include_str!("../../../entity/src/response_open.rs")),
            (include_str!("../../../entity/src/comment.rs"), include_str!("../../../entity/src/comment_open.rs")),
            (
                include_str!("../../../entity/src/ticket_spent.rs"),
                include_str!("../../../entity/src/ticket_spent_open.rs"),
            ),
        ];
        for (sealed, open) in pairs {
            assert_eq!(columns("t", sealed), columns("t", open));
        }
    }
}
