//! Cases in the office: the list, one case and its acts, and accusations.

says! {
    NAV = "Phản ánh, kiến nghị", "Complaints, suggestions";
    NAV_ACCUSATIONS = "Tố cáo, tiêu cực", "Accusations, misconduct";
    LEAD = "Phiếu có mức không hài lòng kèm lời góp ý tự mở một phản ánh. Lời góp ý do cấp trên đọc; đơn vị bị phản ánh chỉ nhận nội dung khái quát.",
        "A form with a dissatisfied rating and a comment opens a case by itself. The comment is read from above; the rated unit gets a description in general words only.";
    NO_OWN_UNIT = "Tài khoản của Ông/Bà chưa ghi đơn vị công tác, nên chưa đọc được lời góp ý. Đề nghị người quản trị hệ thống ghi đơn vị công tác.",
        "Your account does not say which unit you work in, so you cannot read comments yet. Please ask the system administrator to enter it.";
    RULE = "Nội dung tố cáo, tiêu cực: không chuyển về đơn vị bị phản ánh; chuyển Thanh tra tỉnh hoặc cơ quan có thẩm quyền.",
        "Accusations and misconduct never go to the rated unit: pass them on to the provincial inspectorate or the competent authority.";
    NOTHING = "Không có phản ánh nào khớp.", "No case matches.";
    STATE = "Tình trạng", "State";
    UNIT = "Đơn vị bị phản ánh", "Rated unit";
    UNIT_FILTER = "Đơn vị (mã), gồm cả cấp dưới", "Unit (code), with those below it";
    NO_SUCH_UNIT = "Không có đơn vị nào mang mã này trong phạm vi của Ông/Bà.", "There is no unit of this code in your scope.";
    LATE_ONLY = "Chỉ quá hạn", "Late only";
    SHOW = "Xem", "Show";
    OPEN = "Chưa kết thúc", "Not ended";
    ALL = "Tất cả", "All";
    CODE = "Mã", "Code";
    WHEN = "Thời hạn", "Deadline";
    CONTENT = "Nội dung", "Content";
    COMMENT = "Lời góp ý (số điện thoại, số giấy tờ đã được che)", "Comment (telephone and document numbers masked)";
    ERASED = "Lời góp ý đã được xóa theo yêu cầu.", "The comment was erased on request.";
    CLASS = "Phân loại", "Class";
    CHARGED = "Đơn vị xử lý", "Unit charged";
    TASK = "Nội dung khái quát", "General description";
    REPLY = "Trả lời đã công khai", "Published answer";
    RELEASED = "Ngày giao", "Charged on";
    REFUSE_BY = "Từ chối vì không đủ thông tin: đến hết ngày", "Refuse for too little information by";
    CLOSE_BY = "Kết thúc vì không đủ thông tin, muộn nhất", "Close for too little information, at the latest";
    ANSWER_BY = "Trả lời trước hết ngày", "Answer by";
    ENDED = "Ngày kết thúc", "Ended on";
    WAITED = "Chờ giao", "Waiting";
    ONLY_WORKING_DAYS = "Thời hạn tính theo ngày làm việc, thứ Hai đến thứ Sáu, từ ngày giao; chưa trừ ngày nghỉ lễ.",
        "Deadlines are counted in working days, Monday to Friday, from the day of charging; public holidays are not left out.";
    ASSIGN = "Giao xử lý", "Charge a unit";
    ASSIGN_AGAIN = "Giao lại, sửa nội dung khái quát", "Charge another unit, change the description";
    ASSIGN_UNIT = "Đơn vị xử lý (mã)", "Unit (code)";
    TASK_HINT = "Đơn vị xử lý và mọi người sẽ đọc nội dung này. Không chép lời người viết, không ghi ngày, giờ, tên, việc riêng, hay điều gì cho biết ai đã viết.",
        "The unit and everybody will read this. Do not copy the words of whoever wrote, nor days, times, names, personal matters or anything that tells who it was.";
    ANSWER = "Trả lời", "Answer";
    ANSWER_HINT = "Câu trả lời được công khai ngay khi lưu, và không sửa được. Nói cơ quan đã làm gì, viết khái quát, không đoán hay nhắc đến người viết.",
        "The answer is public as soon as it is saved, and cannot be changed. Say what was done, in general words; do not guess at or mention whoever wrote.";
    ANSWER_BUTTON = "Lưu và công khai", "Save and publish";
    ELSEWHERE = "Việc khác", "Other acts";
    PASS_ON = "Chuyển cơ quan có thẩm quyền", "Pass on to the competent authority";
    PASS_ON_NOTE = "Sau khi chuyển, chỉ cán bộ kiểm tra, thanh tra ngoài đơn vị còn thấy phản ánh này.",
        "Afterwards only inspectors from outside the unit see the case.";
    CLOSE = "Kết thúc: không đủ thông tin", "Close: too little information";
    CLOSE_NOTE = "Phiếu không ghi tên nên không hỏi thêm được người viết.", "Forms carry no name, so nobody can be asked for more.";
    NO_CLASS = "Xin chọn một loại.", "Please choose a class.";
    NOT_DONE = "Chưa thực hiện được:", "This was not done:";
    ALL_CASES = "Tất cả phản ánh", "All cases";
    QUARTER = "Quý này", "This quarter";

    ACCUSATIONS_LEAD = "Lời góp ý có dấu hiệu đòi, nhận tiền hoặc nhũng nhiễu, và phản ánh được chuyển đến. Chỉ cán bộ kiểm tra, thanh tra ngoài đơn vị bị phản ánh đọc được trang này; đơn vị và cấp trên của đơn vị không biết là có.",
        "Comments that hint at bribery or harassment, and cases that were passed on. Only inspectors from outside the rated unit read this page; neither the unit nor the level above knows that they exist.";
    ACCUSATIONS_NO_OWN_UNIT = "Tài khoản của Ông/Bà chưa ghi đơn vị công tác, nên chưa biết Ông/Bà ở ngoài đơn vị nào.",
        "Your account does not say which unit you work in, so nobody knows which units you are outside of.";
    ACCUSATIONS_NOTHING = "Không có nội dung nào.", "There is nothing.";
    ALL_ACCUSATIONS = "Tất cả nội dung", "All of them";
    TAKE_OVER = "Nhận, chuyển cơ quan có thẩm quyền", "Take over for the competent authority";
    TAKE_OVER_NOTE = "Ghi nhận đã chuyển cơ quan có thẩm quyền theo quy định.", "Notes that it was passed on as the rules say.";
    GIVE_BACK = "Không phải tố cáo, trả về phản ánh thường", "No accusation: give it back";
    GIVE_BACK_NOTE = "Hệ thống chỉ nhận ra từ ngữ nên có thể nhầm. Sau khi trả về, cấp trên của đơn vị đọc được lời góp ý như mọi phản ánh khác.",
        "The system knows words only and may be wrong. Once given back, the level above the unit reads the comment as that of any other case.";
}

sentences! {
    case_title(code: &str) = "Phản ánh {code}", "Case {code}";
    accusation(code: &str) = "Nội dung {code}", "Matter {code}";
    waited(days: u64) = "đã chờ {days} ngày", "waiting for {days} days";
    before(day: crate::words::Day) = "trước hết ngày {day}", "by {day}";
    ended_on(day: crate::words::Day) = "ngày {day}", "on {day}";
    new_before(day: crate::words::Day) = "Có phản ánh mới cần xử lý trước ngày {day}.", "There are cases to be handled before {day}.";
    seen(new: u64, in_work: u64, late: u64) = "Đang xem được: mới {new}, đang xử lý {in_work}, trong đó quá hạn {late}.",
        "You see: {new} new, {in_work} being handled, {late} of them late.";
}
