//! Late applications: the list, the draft of an apology, and noting that it has left.

use crate::words::Day;

says! {
    MENU = "Hồ sơ quá hạn", "Late applications";
    TITLE = "Hồ sơ quá hạn và văn bản xin lỗi", "Late applications and apologies";
    LEAD = "Danh sách lấy từ tệp hồ sơ hằng ngày: hồ sơ đã quá ngày hẹn mà chưa trả, hoặc trả sau ngày hẹn. Cơ quan giải quyết xin lỗi bằng văn bản, nêu lý do; ngày hẹn mới chỉ được đưa ra một lần.",
        "The list comes from the daily file: applications past their due day and not returned, or returned after it. The office that decides apologises in writing and gives the reason; a new day is given once.";
    NEVER_SENT = "Hệ thống chỉ soạn dự thảo để Ông/Bà sửa và ký số; hệ thống không tự gửi cho người dân.",
        "The system only drafts a document for you to edit and sign; it never sends anything to people by itself.";
    FULL_COUNT = "Đây là số đếm toàn bộ hồ sơ trong tệp hằng ngày, không phải mẫu, nên không có khoảng tin cậy.",
        "This counts every application of the daily file, not a sample, so there is no confidence interval.";
    EMPTY = "Không có hồ sơ quá hạn nào trong phạm vi của Ông/Bà.", "There are no late applications in your scope.";
    NOTHING = "Không có hồ sơ nào theo điều kiện đã chọn.", "No application fits what was chosen.";
    STATE = "Hiển thị", "Show";
    ALL = "Tất cả", "All";
    WITHOUT = "Chưa có văn bản xin lỗi", "Without an apology";
    WITH = "Đã có văn bản xin lỗi", "With an apology";
    RETURNED_ONLY = "Đã trả kết quả", "Returned";
    SEARCH = "Mã hồ sơ, hoặc một phần của mã", "Number of the application, or part of it";
    SHOW = "Xem", "Show";
    NUMBER = "Mã hồ sơ", "Number";
    ERASED = "mã đã xóa theo thời hạn", "number erased in time";
    DECIDING = "Cơ quan giải quyết", "Deciding office";
    OWING = "Cơ quan phải xin lỗi", "Office that owes the apology";
    RECEIVING = "Nơi tiếp nhận", "Receiving place";
    PROCEDURE = "Thủ tục", "Procedure";
    NO_PROCEDURE = "không rõ", "not known";
    RECEIVED = "Ngày nhận", "Received";
    DUE = "Ngày hẹn trả", "Due";
    RETURNED = "Ngày trả", "Returned";
    NOT_RETURNED = "chưa trả", "not yet";
    LATE_BY = "Quá hạn", "Late by";
    APOLOGY = "Xin lỗi", "Apology";
    NO_APOLOGY = "chưa có", "none yet";
    DRAFTED = "đã soạn, chưa gửi", "drafted, not sent";
    NEW_DUE = "Ngày hẹn mới", "New day";
    BACK = "Danh sách hồ sơ quá hạn", "List of late applications";

    DRAFT = "Soạn văn bản xin lỗi (Word)", "Draft the apology (Word)";
    DRAFT_LEAD = "Mẫu số 04, Phụ lục I, Thông tư 03/2025/TT-VPCP. Điền rồi tải tệp Word về sửa, trình ký và gửi qua nơi tiếp nhận. Những điều điền dưới đây chỉ nằm trong tệp tải về; hệ thống không lưu, trừ ngày hẹn mới.",
        "Form 04, annex I, Circular 03/2025/TT-VPCP. Fill it in, download the Word file, edit it, have it signed, and send it through the receiving place. What you enter here goes into the file alone and is not stored, but for the new day.";
    TO = "Kính gửi", "Addressed to";
    NAME = "Họ tên, hoặc tên tổ chức", "Name of the person or organisation";
    NAME_HINT = "Chỉ ghi vào tệp Word, hệ thống không lưu", "Goes into the Word file alone and is not stored";
    REASON = "Lý do quá hạn", "Why it is late";
    RESPONSIBLE = "Bộ phận chịu trách nhiệm", "Part of the office that answers for it";
    MEASURE = "Biện pháp khắc phục", "What was done about it";
    MEASURE_HINT = "Viết tiếp sau chữ “đã”, ví dụ: bố trí thêm người xử lý hồ sơ tồn", "Continues after “has”, for example: put more people on what is waiting";
    NEW_DUE_HINT = "Sau hôm nay; chỉ được hẹn lại một lần", "After today; a new day is given once";
    CHANNEL = "Báo kết quả qua", "The result is told by";
    CHANNEL_USUAL = "điện thoại hoặc tin nhắn", "telephone or message";
    PHONE = "Số điện thoại để hỏi", "Telephone number for questions";
    ABOVE = "Cơ quan chủ quản", "Agency above";
    AGENCY = "Cơ quan giải quyết", "Agency that decides";
    PLACE = "Địa danh", "Place";
    SIGNER = "Chức danh người ký", "Title of the signer";
    SIGNER_HINT = "Mỗi dòng một phần, ví dụ KT. GIÁM ĐỐC rồi PHÓ GIÁM ĐỐC", "One part a line, for example KT. GIÁM ĐỐC, then PHÓ GIÁM ĐỐC";
    RECIPIENTS = "Nơi nhận", "Recipients";
    RECIPIENTS_HINT = "Mỗi dòng một nơi", "One a line";
    DOWNLOAD = "Tải dự thảo (Word)", "Download the draft (Word)";
    ASK_TO = "Xin chọn một trong ba.", "Please choose one of the three.";
    TOO_LONG = "dài quá 1.000 ký tự", "longer than 1,000 characters";

    SEND = "Ghi nhận đã gửi văn bản xin lỗi", "Note that the apology has left";
    SEND_LEAD = "Ghi sau khi văn bản đã ký và gửi cho người dân. Chỉ ghi được một lần.", "Note it after the signed document was sent to the person. It is noted once.";
    SENT_NUMBER = "Số, ký hiệu văn bản", "Number of the document";
    SENT_NUMBER_HINT = "Ví dụ 12/XL-UBND; không ghi họ tên", "For example 12/XL-UBND; no names";
    SENT_DAY = "Ngày văn bản", "Day of the document";
    NOTE = "Đã gửi văn bản xin lỗi", "The apology has left";
    IS_SENT = "Đã có văn bản xin lỗi", "An apology has left";
    FORGOTTEN = "Mã hồ sơ đã được xóa theo thời hạn lưu giữ, nên không soạn văn bản được nữa.",
        "The number was erased as its time had come, so no document can be drafted any more.";
}

sentences! {
    counted(all: u64, with: u64, share: &str) = "Có {all} hồ sơ quá hạn; {with} hồ sơ ({share}) đã có văn bản xin lỗi theo quy định.",
        "{all} application(s) are late; {with} of them ({share}) have had the apology that the rules ask for.";
    still(n: u64) = "Trong đó {n} hồ sơ chưa trả kết quả.", "{n} of them are not returned yet.";
    late_days(n: u64) = "{n} ngày", "{n} day(s)";
    sent(number: &str, day: Day) = "số {number}, ngày {day}", "no. {number}, {day}";
}
