//! Cases (phản ánh, kiến nghị): their states, what stands against an act, how many were handled in time, and the page on
//! which everybody reads the answers.

use super::Say;
use super::number::Share;
use crate::words::{CaseClass, CaseState};

/// The last part of the address of a unit's answered cases.
pub const PART: &str = "phan-anh";

says! {
    NEW = "Mới", "New";
    IN_WORK = "Đang xử lý", "Being handled";
    OVERDUE = "quá hạn", "overdue";
    ANSWERED = "Đã trả lời", "Answered";
    ANSWERED_LATE = "Trả lời quá hạn", "Answered late";
    PASSED_ON = "Chuyển cơ quan có thẩm quyền", "Passed on to the competent authority";
    INSUFFICIENT = "Không đủ thông tin", "Too little information";
    RULES = "Quy định, thủ tục", "Rules, procedures";
    CONDUCT = "Hành vi cán bộ", "Conduct of officials";

    UNKNOWN = "Không có phản ánh này trong phạm vi của Ông/Bà.", "There is no such case in your scope.";
    NOT_CHARGED = "Phản ánh chưa được giao cho đơn vị nào nên chưa trả lời được.", "Nobody was charged with the case yet, so it cannot be answered.";
    NO_TASK = "Xin ghi nội dung khái quát để đơn vị biết phải làm gì.", "Please describe in general words what the unit is to do.";
    NO_UNIT = "Không có đơn vị nào mang mã này đang hoạt động trong phạm vi của Ông/Bà.", "No unit of this code works in your scope.";
    NO_ANSWER = "Xin ghi nội dung trả lời.", "Please write the answer.";

    LINK = "Phản ánh, kiến nghị đã trả lời", "Complaints and suggestions answered";
    PUBLIC_LEAD = "Đây là những phản ánh, kiến nghị người dân ghi trên phiếu, viết lại ở dạng khái quát, và câu trả lời của cơ quan. Phiếu không ghi tên nên không thể trả lời riêng từng người.",
        "These are complaints and suggestions from forms, put in general words, with the answers of the office. Forms carry no name, so nobody can be answered in person.";
    PUBLIC_ORDER = "Chỉ ghi theo quý trả lời, không ghi ngày, quầy hay cách gửi; trong mỗi quý xếp ngẫu nhiên.",
        "They stand by the quarter of the answer, without day, counter or way of sending, and in random order within a quarter.";
    PUBLIC_NONE = "Chưa có phản ánh, kiến nghị nào được trả lời.", "No complaint or suggestion has been answered yet.";
    TASK = "Phản ánh", "Complaint";
    REPLY = "Trả lời", "Answer";
    PAGES = "Trang", "Pages";
    BACK = "Kết quả của đơn vị", "Results of the unit";

    NOTHING = "Trong kỳ không có phản ánh, kiến nghị nào qua phiếu.", "No complaint or suggestion came in with forms.";
    NO_PARTS = "Có nhóm dưới 10 trường hợp nên không nêu chi tiết.", "Some groups hold fewer than 10 cases, so no details are given.";
}

sentences! {
    ended(state: &str) = "Phản ánh này đã chuyển trạng thái (“{state}”), nên việc này không làm được nữa. Xin tải lại trang.",
        "The case is “{state}” by now, so this can no longer be done. Please load the page again.";
    too_long(over: u64) = "Nội dung dài quá, xin rút ngắn (thừa {over} ký tự).", "The text is too long; please shorten it by {over} characters.";
    repeats(words: u64) = "Nội dung lặp lại từ {words} từ liền nhau của lời góp ý. Xin viết khái quát bằng lời khác, để không ai nhận ra người viết.",
        "The text repeats {words} or more words of the comment in a row. Please put it in other, general words, so that nobody is recognised.";
    too_late_to_close(day: crate::words::Day) = "Chỉ kết thúc vì không đủ thông tin được đến hết ngày {day}. Nay phải trả lời.",
        "It could be closed for too little information until {day}. Now it has to be answered.";

    heading(unit: &str) = "Phản ánh, kiến nghị đã trả lời: {unit}", "Complaints and suggestions answered: {unit}";
    how_many(n: u64) = "Đã trả lời {n} phản ánh, kiến nghị.", "{n} answered.";

    few(k: u64) = "Trong kỳ có dưới {k} phản ánh, kiến nghị qua phiếu nên không nêu chi tiết.",
        "Fewer than {k} complaints and suggestions came in with forms, so no details are given.";
    received(n: u64) = "Trong kỳ tiếp nhận {n} phản ánh, kiến nghị qua phiếu", "{n} complaints and suggestions came in with forms";
    handled(n: u64) = "đã xử lý {n}", "{n} were handled";
    in_time(n: u64, share: &str) = "trong đó đúng hạn {n} ({share})", "of which {n} in time ({share})";
    of_handled(share: Share, low: Share, high: Share) = "{share} số đã xử lý, khoảng tin cậy 95% từ {low} đến {high}",
        "{share} of those handled, 95% confidence interval {low} to {high}";
    of_due(share: Share, low: Share, high: Share) = "{share} số đã xử lý hoặc đã quá hạn, khoảng tin cậy 95% từ {low} đến {high}",
        "{share} of those handled or overdue, 95% confidence interval {low} to {high}";
    open_in_time(n: u64) = "đang xử lý trong hạn {n}", "{n} are being handled within the deadline";
    open_late(n: u64) = "quá hạn chưa trả lời {n}", "{n} are overdue";
    unassigned(n: u64) = "chưa giao xử lý {n}", "{n} nobody was charged with yet";
    insufficient(n: u64) = "không đủ thông tin {n}", "{n} say too little";
    passed_on(n: u64) = "{n} nội dung có dấu hiệu tiêu cực đã chuyển cơ quan có thẩm quyền.", "{n} that hint at misconduct were passed on to the competent authority.";
}

/// A state as people read it.
pub const fn state(state: CaseState, is_late: bool) -> Say {
    match state {
        CaseState::New => NEW,
        CaseState::InWork => IN_WORK,
        CaseState::Answered if is_late => ANSWERED_LATE,
        CaseState::Answered => ANSWERED,
        CaseState::PassedOn => PASSED_ON,
        CaseState::Insufficient => INSUFFICIENT,
    }
}

/// A class as people read it.
pub const fn class(class: CaseClass) -> Say {
    match class {
        CaseClass::Rules => RULES,
        CaseClass::Conduct => CONDUCT,
    }
}
