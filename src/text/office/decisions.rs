//! What two persons decide.

says! {
    TITLE = "Việc cần hai người duyệt", "Two-person decisions";
    LEAD = "Một người đề xuất, một người khác ngoài đơn vị được đánh giá phê duyệt. Việc chung của toàn tỉnh do người có phạm vi toàn tỉnh phê duyệt. Đề xuất hết hạn sau 14 ngày.",
        "One person proposes, another from outside the rated unit approves. What concerns the whole province is approved by somebody whose scope is all of it. A proposal expires after 14 days.";
    NOTHING = "Chưa có đề xuất nào trong phạm vi của Ông/Bà.", "There is no proposal in your scope yet.";
    PROPOSE_TITLE = "Chuyển phiếu do treo nhầm mã QR", "Move forms of a wrongly hung QR";
    PROPOSE_LEAD = "Dùng khi mã QR của một điểm bị treo ở điểm khác. Toàn bộ phiếu của những ngày này được tính cho điểm đúng; phiếu gốc và số liệu gốc vẫn giữ nguyên và vẫn hiển thị.",
        "For a QR code that hung at another point. All forms of these days are counted for the right point; the forms and the raw figures stay as they are and stay visible.";
    EXCLUDE_TITLE = "Loại phiếu", "Exclude forms";
    EXCLUDE_LEAD = "Dùng khi phiếu của những ngày này không phải là ý kiến thật của người dân. Phiếu vẫn được lưu, không bị xóa; số liệu gốc vẫn giữ nguyên và vẫn hiển thị, số liệu sau khi loại đứng bên cạnh.",
        "For days whose forms are not the true opinion of citizens. The forms are kept, not deleted; raw figures stay as they are and stay visible, and the cleaned ones stand beside them.";
    EXCLUDE_WHOLE_DAYS = "Chỉ loại được toàn bộ phiếu của một điểm, một mức và cả ngày, không chọn từng phiếu và không theo nội dung trả lời.",
        "Only all forms of one point, one level and whole days can be excluded: never single ones, and never by what was answered.";
    EXCLUDE_POINT = "Điểm khảo sát (mã)", "Collection point (code)";
    LEVEL = "Mức tin cậy của phiếu", "Trust level of the forms";
    CHANNEL = "Hình thức trả lời", "Channel";
    ANY_CHANNEL = "Mọi hình thức", "Every channel";
    NO_LEVEL = "Xin chọn một mức.", "Please choose a level.";
    NO_CHANNEL = "Xin chọn một hình thức trong danh sách.", "Please choose a channel of the list.";
    RESTORE_TITLE = "Đề xuất khôi phục", "Propose to restore";
    RESTORE_LEAD = "Khi được phê duyệt, các phiếu này được tính như thường. Quyết định loại và quyết định khôi phục đều vẫn hiển thị.",
        "Once approved, these forms count as usual. The decision to exclude and the one to restore both stay visible.";
    RESTORED = "Đã khôi phục ngày", "Taken back on";
    TICKETS_TITLE = "Tính lại kết quả theo mã hồ sơ", "Count the figure by dossier codes again";
    TICKETS_LEAD = "Dùng khi kết quả theo mã hồ sơ của một tháng bị tạm gác vì có nhiều người báo chưa trả lời, và việc đó đã được xác minh xong.",
        "For a month whose figure by dossier codes was set aside because several people said they had not answered, once this has been looked into.";
    UNIT = "Đơn vị (mã)", "Unit (code)";
    MONTH = "Tháng", "Month";
    MONTH_HINT = "Ví dụ 03/2026", "Such as 03/2026";
    NO_UNIT = "Không có đơn vị nào mang mã này trong phạm vi của Ông/Bà.", "There is no unit of this code in your scope.";
    NO_MONTH = "Xin ghi tháng và năm, ví dụ 03/2026.", "Please enter month and year, such as 03/2026.";
    FROM = "Phiếu đang tính cho điểm (mã)", "Forms are counted for point (code)";
    TO = "Cần chuyển về điểm (mã)", "They belong to point (code)";
    POINT_HINT = "Mã điểm như trong danh sách điểm khảo sát", "The code as in the list of collection points";
    DAY_FROM = "Từ ngày", "From";
    DAY_TO = "Đến hết ngày", "To the end of";
    REASON = "Lý do", "Reason";
    NOTE = "Ghi chú: ai phát hiện, phát hiện thế nào", "Note: who found it, and how";
    NOTE_GIVEN = "Ghi chú", "Note";
    PROPOSE_BUTTON = "Trình phê duyệt", "Propose";
    NO_POINT = "Không có điểm khảo sát nào mang mã này trong phạm vi của Ông/Bà.", "There is no collection point of this code in your scope.";
    NO_DAY = "Xin ghi một ngày, ví dụ 05/11/2026.", "Please enter a date, such as 05/11/2026.";
    NO_REASON = "Xin chọn một lý do.", "Please choose a reason.";
    MATTER = "Nội dung", "Matter";
    STATE = "Tình trạng", "State";
    PROPOSER = "Người đề xuất", "Proposed by";
    PROPOSED_AT = "Đề xuất lúc", "Proposed at";
    EXPIRES = "Hết hạn", "Expires";
    DECIDER = "Người quyết định", "Decided by";
    DECIDED_AT = "Quyết định lúc", "Decided at";
    UNITS = "Đơn vị được đánh giá", "Rated units";
    SCOPE = "Phạm vi", "Scope";
    LOG_LINE = "Dòng nhật ký", "Line of the staff log";
    APPROVE = "Phê duyệt", "Approve";
    APPROVE_NOTE = "Khi phê duyệt, số liệu được tính lại ngay. Việc này không hoàn tác được; muốn sửa phải có đề xuất mới.",
        "On approval the figures change at once. This cannot be undone; a correction needs a new proposal.";
    APPROVE_EXCLUSION_NOTE = "Khi phê duyệt, số liệu sau rà soát được tính lại ngay; số liệu gốc không đổi. Quyết định không sửa được, chỉ khôi phục được bằng một quyết định khác.",
        "On approval the cleaned figures change at once; raw ones do not. The decision cannot be changed, only taken back by another decision.";
    APPROVE_TICKETS_NOTE = "Khi phê duyệt, kết quả theo mã hồ sơ của tháng này được tính lại; số phiếu không đổi.",
        "On approval the figure by dossier codes of this month counts again; no number of forms changes.";
    APPROVE_EDITION_NOTE = "Bản đã đưa vào dùng không sửa và không gỡ được; muốn đổi phải trình bản kế tiếp.",
        "One that was put into use is neither changed nor taken away; a change is proposed as the next version.";
    FILE = "Tệp", "File";
    FAULTS = "Phiếu này hiện không đưa vào dùng được", "It cannot be put into use as it is";
    REFUSE = "Không phê duyệt", "Do not approve";
    WITHDRAW = "Rút đề xuất", "Withdraw the proposal";
    NOT_DONE = "Chưa thực hiện được:", "This was not done:";
}

sentences! {
    number(id: u64) = "Đề xuất số {id}", "Proposal {id}";
}
