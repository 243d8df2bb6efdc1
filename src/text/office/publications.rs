//! Publications as they are prepared, submitted and approved.

says! {
    MENU = "Công bố", "Publications";
    LEAD = "Số liệu của một kỳ đã kết thúc được khóa khi trình; một người khác, của cơ quan khác, duyệt theo văn bản. Đã công bố thì không sửa được, chỉ công bố bản mới kèm lý do.",
        "The figures of a period that has ended are frozen when they are submitted; another person, of another office, approves them by a decision. What is published is never changed; only a new version with its reason can follow.";
    NEW = "Chuẩn bị công bố", "Prepare a publication";
    NOTHING = "Chưa có bản nào được trình.", "Nothing was submitted yet.";
    COL_STATE = "Tình trạng", "State";
    STATE_SUBMITTED = "Đã trình", "Submitted";
    STATE_APPROVED = "Đã duyệt", "Approved";
    STATE_PUBLISHED = "Đã công bố", "Published";
    STATE_REFUSED = "Không duyệt", "Refused";
    STATE_WITHDRAWN = "Đã rút", "Withdrawn";
    CHOOSE = "Chọn nội dung công bố", "Choose what to publish";
    UNIT = "Đơn vị", "Unit";
    PERIOD = "Kỳ", "Period";
    MEASURE = "Chỉ số", "Measure";
    BELOW = "Đơn vị bên dưới", "Units below";
    BELOW_NOTHING = "Không", "None";
    BELOW_NEXT = "Các đơn vị trực thuộc", "Those next below";
    BELOW_ALL = "Tất cả đơn vị bên dưới", "All of them";
    FIGURES = "Số liệu kèm theo", "Figures";
    BY_SOURCE = "Từng nguồn A, B, C, D", "Each source A, B, C, D";
    BY_FIELD = "Theo lĩnh vực", "By field";
    BY_QUARTER = "Diễn biến theo quý", "By quarter";
    PREVIEW = "Xem trước", "Preview";
    FROZEN = "Sẽ được khóa", "What will be frozen";
    FREEZE_NOTICE = "Sau khi công bố, số liệu được khóa. Muốn sửa phải công bố bản mới kèm lý do; bản cũ vẫn xem được.",
        "Once published, figures are frozen. To correct them a new version has to be published with its reason; the old one stays readable.";
    WITHHELD = "Không hiển thị", "Not shown";
    WITHHELD_LEAD = "Những con số này có dưới 10 phiếu, hoặc từ đó tính ra được con số như vậy, hoặc gần như mọi người trả lời giống nhau.",
        "These figures are of fewer than 10 forms, or such a number could be found out from them, or nearly everybody answered alike.";
    NONE_WITHHELD = "Mọi con số đều hiển thị được.", "Every figure can be shown.";
    UNITS = "Số đơn vị", "Units";
    SHOWN = "Con số hiển thị", "Figures shown";
    HEADLINE = "Mức độ hài lòng chung", "Overall satisfaction";
    REASON = "Lý do sửa bản đã công bố", "Why the published version is corrected";
    REASON_HINT = "Chỉ cần khi kỳ này đã công bố. Lý do đứng trên trang công bố.", "Only where this period was published before. The reason stands on the page.";
    SUBMIT = "Trình công bố", "Submit";
    PUBLIC_PAGE = "Xem trang công bố", "Public page";
    SUBMITTED_BY = "Người trình", "Submitted by";
    SUBMITTED_AT = "Trình lúc", "Submitted at";
    DECIDED_BY = "Người duyệt", "Decided by";
    DECIDED_AT = "Lúc", "At";
    DECISION = "Số văn bản phê duyệt", "Number of the decision";
    DECISION_HINT = "Ví dụ 2015/QĐ-UBND", "Such as 2015/QĐ-UBND";
    DECISION_DAY = "Ngày văn bản", "Date of the decision";
    RELEASE_DAY = "Công khai từ ngày", "Public from";
    RELEASE_HOUR = "Giờ", "Hour";
    RELEASE_HINT = "Để trống: công khai ngay. Chưa công khai trước giờ này.", "Empty: public at once. Not public before this hour.";
    EMBARGO = "Chưa công khai trước giờ đã định.", "Not public before the stated hour.";
    APPROVE = "Duyệt công bố", "Approve";
    REFUSE = "Không duyệt", "Refuse";
    WITHDRAW = "Rút lại", "Withdraw";
    SECOND_PERSON = "Cần một người thứ hai, ngoài đơn vị được đánh giá, phê duyệt.", "A second person from outside the rated unit has to approve.";
    HASH = "Mã của nội dung", "Hash of the content";
    ATTACH = "Đính kèm văn bản có chữ ký (pdf)", "Attach the signed decision (pdf)";
    ATTACH_BUTTON = "Đính kèm", "Attach";
    ATTACHED = "Văn bản có chữ ký đã được đính kèm.", "The signed decision is attached.";
    RECORDS = "Tệp kiểm tra có đủ phiếu, cho thanh tra", "Bundle with all records, for auditors";
    RECORDS_LEAD = "Tệp này chứa từng phiếu của kỳ (không có tên, không có giờ, không có lời góp ý). Thanh tra đề nghị, một người của cơ quan khác đồng ý, rồi người đề nghị tải về. Mỗi bước được ghi nhật ký.",
        "This file holds each form of the period (no name, no time of day, no comment). An auditor asks, somebody of another office allows it, then whoever asked downloads it. Each step stands in the log.";
    ASK_REASON = "Mục đích kiểm tra", "What it is needed for";
    ASK = "Đề nghị cấp tệp", "Ask for the file";
    ALLOW = "Đồng ý", "Allow";
    DENY = "Không đồng ý", "Refuse";
    DOWNLOAD = "Tải tệp kiểm tra", "Download the bundle";
    REQUEST_ASKED = "chờ đồng ý", "waiting";
    REQUEST_ALLOWED = "đã đồng ý", "allowed";
    REQUEST_REFUSED = "không đồng ý", "refused";
    NOT_DONE = "Chưa thực hiện được:", "This was not done:";
    NO_UNIT = "Đơn vị không tồn tại trong kỳ này.", "The unit did not exist in this period.";
    NO_PERIOD = "Kỳ phải gồm trọn các nửa tháng.", "The period has to consist of whole half-months.";
    NO_FIGURES = "Kỳ này chưa có số liệu nào đủ phiếu để công bố.", "There are no figures of this period with enough forms.";
    TOO_MANY = "Quá nhiều đơn vị trong một bản công bố; xin chọn ít đơn vị hơn.", "Too many units for one publication; choose fewer.";
    NOT_SIGNED = "Sổ ghi phiếu chưa có điểm kiểm ký cho kỳ này; xin chờ lần niêm phong đêm nay.", "No checkpoint is signed over this period yet; wait for the sealing of tonight.";
    WAITING = "Kỳ này đã có một bản đang chờ duyệt.", "A version of this period waits for approval.";
    NEEDS_REASON = "Kỳ này đã công bố. Muốn công bố bản mới, xin ghi lý do.", "This period was published. To publish a new version, give the reason.";
    UNCHANGED = "Bản mới không khác gì bản đã công bố.", "The new version does not differ from the published one.";
    WORDS = "Phần ghi còn trống hoặc quá dài (tối đa 1.000 ký tự).", "The text is empty or too long (at most 1,000 characters).";
    UNKNOWN = "Không có bản này.", "There is no such version.";
    DECIDED = "Bản này đã được quyết định trước đó.", "This version was decided already.";
    SAME_PERSON = "Người trình không tự duyệt, người duyệt không tự trình.", "Whoever submitted does not approve, and the other way round.";
    SAME_UNIT = "Người duyệt phải thuộc cơ quan khác với người trình.", "Whoever approves has to work in another office than whoever submitted.";
    OWN_UNIT = "Đây là đơn vị của Ông/Bà nên Ông/Bà không được duyệt công bố.", "This is your own unit, so you may not approve.";
    OWN_UNIT_UNKNOWN = "Chưa biết Ông/Bà làm việc ở đơn vị nào; đề nghị quản trị hệ thống ghi đơn vị của Ông/Bà.", "Your own unit is not known; ask an administrator to enter it.";
    NO_DECISION = "Xin ghi số và ngày của văn bản phê duyệt (ngày không sau hôm nay).", "Enter number and date of the decision (not after today).";
    RELEASE_TOO_FAR = "Giờ công khai cách hôm nay quá một năm.", "The hour of release is more than a year ahead.";
    NO_KEY = "Máy chủ không giữ khóa ký đang dùng của sổ ghi phiếu, nên chưa ký được.", "The server does not hold the key of the record in use, so nothing can be signed.";
    NO_DOCUMENT = "Tệp phải là PDF, tối đa 10 MB.", "The file has to be a PDF of at most 10 MB.";
    NOT_ATTACHED = "Bản này đã có văn bản đính kèm, hoặc chưa được duyệt.", "This version has a document already, or is not approved.";
}

sentences! {
    not_over(day: crate::words::Day) = "Kỳ này chưa kết thúc, hoặc ngày {day} chưa được niêm phong.", "The period is not over, or {day} is not sealed yet.";
}
