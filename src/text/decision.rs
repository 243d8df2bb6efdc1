//! Decisions of two persons: their names and reasons, why one is refused, and how a unit's page tells of moved forms.

pub mod moved;

use crate::words::{Day, DecisionKind, DecisionReason, DecisionState};

use super::Say;

says! {
    MOVE = "Chuyển phiếu về đúng điểm khảo sát", "Move forms to the right collection point";

    EDITION = "Đưa phiếu khảo sát vào dùng", "Put a questionnaire into use";

    EXCLUDE = "Loại phiếu khỏi số liệu sau rà soát", "Exclude forms from the cleaned figures";
    RESTORE = "Khôi phục phiếu đã loại", "Restore excluded forms";
    TICKETS = "Tính lại kết quả theo mã hồ sơ", "Count the figure by dossier codes again";

    WRONG_PLACE = "mã QR bị treo nhầm chỗ", "the QR code hung in the wrong place";
    EXCHANGED = "mã QR của hai điểm bị đổi cho nhau", "the QR codes of two points were exchanged";
    LEFT_BEHIND = "quầy đã dời đi nhưng mã QR còn ở chỗ cũ", "the counter moved and its QR code stayed behind";
    QUESTIONNAIRE = "bộ phiếu mới hoặc bản mới của bộ phiếu", "a new questionnaire or a new version of one";

    TRAINING = "phiếu tập huấn hoặc chạy thử thiết bị", "forms of a training or of a test of the equipment";
    SCRIPT = "có tín hiệu gửi tự động hoặc quét mã lặp lại nhiều lần", "signals of a script or of repeated scans";
    FILLED_BY_STAFF = "phiếu giấy do công chức, viên chức điền thay", "paper forms filled in by staff";
    PRESSURE = "người dân phải trả lời dưới sức ép", "citizens answered under pressure";
    DOUBLE_ENTRY = "một tệp hoặc một tập phiếu giấy bị nhập hai lần", "a file or a batch of paper forms was entered twice";
    EXCLUDED_WRONGLY = "quyết định loại ghi nhầm điểm, mức hoặc ngày", "the exclusion named a wrong point, level or day";
    VERIFIED = "đã xác minh lại: phiếu do người dân trả lời", "looked into again: citizens gave these answers";
    COMPLAINT = "theo kết luận kiểm tra hoặc kết quả giải quyết khiếu nại", "an inspection or the answer to a complaint says so";
    FAMILY_ANSWERED = "đã xác minh: người nhà hoặc người được ủy quyền đã trả lời", "looked into: family or somebody with authority had answered";
    ANSWERED_THEMSELVES = "đã xác minh: người báo đã tự trả lời trước đó", "looked into: those who disputed had answered before";
    DISPUTES_SETTLED = "đã xác minh: báo nhầm, hoặc đã khắc phục nguyên nhân", "looked into: sent by mistake, or the cause is mended";

    PROPOSED = "Chờ phê duyệt", "Waiting for approval";
    APPROVED = "Đã phê duyệt", "Approved";
    REFUSED = "Không phê duyệt", "Not approved";
    WITHDRAWN = "Đã rút đề xuất", "Withdrawn";
    EXPIRED = "Quá hạn, chưa ai quyết định", "Expired undecided";

    SECOND_PERSON = "Cần một người thứ hai, ngoài đơn vị được đánh giá, phê duyệt.",
        "A second person from outside the rated unit has to approve.";
    SECOND_PERSON_WHOLE = "Cần một người thứ hai có phạm vi toàn tỉnh phê duyệt.",
        "A second person whose scope is the whole province has to approve.";
    OTHER_REASON = "Lý do này không dành cho việc này. Xin chọn một lý do trong danh sách.",
        "This reason is one for something else. Please choose one of the list.";
    OWN_UNIT = "Đây là đơn vị của Ông/Bà, hoặc trực thuộc đơn vị của Ông/Bà, nên Ông/Bà không được đề xuất hay quyết định. Đề nghị chuyển một người ngoài đơn vị.",
        "This is your own unit, or part of it, so you may neither propose nor decide. Please pass it to someone outside the unit.";
    OWN_UNIT_UNKNOWN = "Chưa biết Ông/Bà công tác ở đơn vị nào nên chưa thể đề xuất hay quyết định. Đề nghị quản trị viên ghi đơn vị công tác của Ông/Bà.",
        "The unit you work in is not known, so you can neither propose nor decide. Please ask an administrator to enter it.";
    NOT_THE_PROPOSER = "Chỉ người đề xuất mới rút được đề xuất.", "Only the person who proposed can withdraw.";
    SAME_POINT = "Điểm đi và điểm đến là một. Xin chọn hai điểm khác nhau.", "Both points are the same. Please choose two.";
    ENDS_BEFORE = "Ngày cuối đứng trước ngày đầu. Xin sửa lại hai ngày.", "The last day is before the first. Please mend the days.";
    NOTHING_THERE = "Điểm đi không có phiếu nào trong các ngày này. Xin kiểm tra lại điểm và ngày.",
        "The first point has no form on these days. Please check the point and the days.";
    NOTHING_TO_EXCLUDE = "Điểm này không có phiếu nào ở mức và hình thức đó trong các ngày này. Xin kiểm tra lại.",
        "The point has no form of this level and channel on these days. Please check.";
    UNIT_NOT_THERE = "Tháng đó đơn vị này chưa có hoặc đã kết thúc hoạt động. Xin kiểm tra lại đơn vị và tháng.",
        "The unit did not exist in that month. Please check the unit and the month.";
    NOT_DISPUTED = "Kết quả theo mã hồ sơ của đơn vị trong tháng này không bị tạm gác vì tranh chấp, nên không có gì để tính lại.",
        "The figure by dossier codes of this unit and month is not set aside because of disputes, so there is nothing to let count again.";
    TO_NOT_THERE = "Điểm đến không hoạt động trong các ngày này và hôm nay cũng không. Xin chọn điểm khác.",
        "The second point was not open on all of these days and is not open today. Please choose another.";
}

sentences! {
    unknown_decision(id: &str) = "Không có quyết định số {id}.", "There is no decision {id}.";
    expired_on(day: Day) = "Đề xuất đã hết hạn ngày {day}. Xin đề xuất lại.", "The proposal expired on {day}. Please propose it again.";
    decided_already(state: &str) = "Đề xuất này đã được giải quyết: {state}.", "This proposal is closed already: {state}.";
    note_too_long(most: u64) = "Ghi chú dài quá {most} ký tự. Xin rút ngắn.", "The note is longer than {most} characters. Please shorten it.";
    unknown_point(point: &str) = "Không có điểm khảo sát số {point}.", "There is no collection point {point}.";
    too_long(most: u64) = "Mỗi lần chỉ chuyển hoặc loại được phiếu của nhiều nhất {most} ngày. Xin chia ra.",
        "At most {most} days can be moved or excluded at once. Please split it.";
    overlaps_exclusion(id: &str, first: Day, last: Day) = "Quyết định số {id} đã loại phiếu của điểm này từ ngày {first} đến ngày {last}. Xin chọn ngày khác, hoặc đề xuất khôi phục trước.",
        "Decision {id} has excluded forms of this point from {first} to {last}. Please choose other days, or propose to restore them first.";
    not_excluded(id: &str) = "Quyết định số {id} không loại phiếu nào, hoặc đã được khôi phục.", "Decision {id} excludes nothing, or was taken back already.";
    month_not_over(day: Day) = "Tháng này chưa hết. Làm được từ ngày {day}.", "The month is not over. It can be done from {day}.";
    counts_again(id: &str) = "Quyết định số {id} đã cho tính lại tháng này của đơn vị.", "Decision {id} lets this month of the unit count already.";
    not_over(day: Day) = "Kỳ nửa tháng của các ngày này chưa niêm phong hết, hoặc còn phiếu nhập muộn chờ niêm phong. Làm được từ ngày {day}.",
        "The half-months of these days are not sealed to their end, or forms entered late still wait. It can be done from {day}.";
    overlaps(id: &str, first: Day, last: Day) = "Quyết định số {id} đã chuyển phiếu của điểm này từ ngày {first} đến ngày {last}. Xin chọn ngày khác.",
        "Decision {id} has moved the forms of this point from {first} to {last}. Please choose other days.";
    edition_there(name: &str) = "Phiếu {name} đã có trong hệ thống với đúng nội dung này, không cần đưa vào dùng lần nữa.",
        "Questionnaire {name} is stored with the same contents already; there is nothing to put into use.";
}

/// What is decided on.
pub const fn kind(of: DecisionKind) -> Say {
    match of {
        DecisionKind::Move => MOVE,
        DecisionKind::Edition => EDITION,
        DecisionKind::Exclude => EXCLUDE,
        DecisionKind::Restore => RESTORE,
        DecisionKind::Tickets => TICKETS,
    }
}

/// That whoever proposed does not decide, and who does.
pub const fn second_person(of: DecisionKind) -> Say {
    match of {
        DecisionKind::Move | DecisionKind::Exclude | DecisionKind::Restore | DecisionKind::Tickets => SECOND_PERSON,
        DecisionKind::Edition => SECOND_PERSON_WHOLE,
    }
}

/// Why.
pub const fn reason(of: DecisionReason) -> Say {
    match of {
        DecisionReason::WrongPlace => WRONG_PLACE,
        DecisionReason::Exchanged => EXCHANGED,
        DecisionReason::LeftBehind => LEFT_BEHIND,
        DecisionReason::Questionnaire => QUESTIONNAIRE,
        DecisionReason::Training => TRAINING,
        DecisionReason::Script => SCRIPT,
        DecisionReason::FilledByStaff => FILLED_BY_STAFF,
        DecisionReason::Pressure => PRESSURE,
        DecisionReason::DoubleEntry => DOUBLE_ENTRY,
        DecisionReason::ExcludedWrongly => EXCLUDED_WRONGLY,
        DecisionReason::Verified => VERIFIED,
        DecisionReason::Complaint => COMPLAINT,
        DecisionReason::FamilyAnswered => FAMILY_ANSWERED,
        DecisionReason::AnsweredThemselves => ANSWERED_THEMSELVES,
        DecisionReason::DisputesSettled => DISPUTES_SETTLED,
    }
}

/// What became of a proposal.
pub const fn state(of: DecisionState) -> Say {
    match of {
        DecisionState::Proposed => PROPOSED,
        DecisionState::Approved => APPROVED,
        DecisionState::Refused => REFUSED,
        DecisionState::Withdrawn => WITHDRAWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_refusal_says_what_to_do_about_it() {
        let day = Day::of(2026, 11, 1).unwrap();
        assert!(not_over(Lang::Vi, day).ends_with("Làm được từ ngày 01/11/2026."));
        assert_eq!(moved::by_two(Lang::En, day).matches("1 Nov 2026").count(), 1);
        assert!(overlaps(Lang::En, "3", day, day.plus(2)).starts_with("Decision 3 has moved the forms"));
    }
}
