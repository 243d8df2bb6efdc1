//! Targets with their documents.

use crate::words::Day;

says! {
    TITLE = "Chỉ tiêu", "Targets";
    TARGET = "Mức chỉ tiêu", "Target";
    UNIT = "Đơn vị", "Unit";
    UNIT_CODE = "Mã đơn vị được giao", "Code of the unit it is set for";
    YEARS = "Thời kỳ", "Years";
    CITATION = "Văn bản", "Document";
    CITATION_HINT = "Tên, số, ngày văn bản và chỗ ghi chỉ tiêu", "Name, number and date of the document, and the place in it";
    ISSUER = "Cơ quan ban hành", "Issued by";
    STATE = "Tình trạng", "State";
    SEARCH = "Tìm theo đơn vị, văn bản, cơ quan ban hành", "Find by unit, document or issuer";
    MEASURE = "Đo bằng chỉ số nào", "Which measure it is for";
    MEASURE_HINT = "Chọn một hay nhiều; không chọn gì nếu văn bản không nói rõ", "One or several; none where the document does not say";
    UNDECIDED = "Văn bản không nói rõ chỉ số nào", "The document does not say which measure";
    FIELD = "Lĩnh vực", "Field";
    ALL_FIELDS = "Mọi lĩnh vực", "All fields";
    YEAR_FROM = "Từ năm", "From year";
    YEAR_TO = "Đến năm", "To year";
    YEAR_TO_HINT = "Để trống nếu áp dụng đến khi có văn bản khác", "Empty until another document replaces it";
    VALUE = "Loại số", "Kind of number";
    PERCENT = "Tỷ lệ (%)", "Share (%)";
    MINUTES = "Số phút", "Minutes";
    POINTS = "Điểm theo thang", "Points of a scheme";
    COMPARISON = "Phải đạt", "Has to be";
    AT_LEAST = "từ mức này trở lên (≥)", "at least (≥)";
    MORE_THAN = "trên mức này (>)", "more than (>)";
    AT_MOST = "không quá mức này (≤)", "at most (≤)";
    RISES = "năm sau cao hơn năm trước", "above the year before";
    THRESHOLD = "Mức", "Threshold";
    THRESHOLD_HINT = "Ví dụ 90% hoặc 0,9; số phút ghi 25. Để trống nếu chỉ yêu cầu năm sau cao hơn năm trước",
        "Such as 90% or 0.9; minutes as 25. Empty where it only has to rise";
    ADD = "Thêm chỉ tiêu", "Add a target";
    UPLOAD = "Nhập từ tệp", "Import a file";
    EMPTY = "Chưa có chỉ tiêu nào. Không có chỉ tiêu thì trang kết quả không kết luận đạt hay chưa đạt.",
        "There are no targets yet. Without a target, pages of results draw no conclusion.";
    CONTRADICTIONS = "Chỉ tiêu mâu thuẫn", "Contradictory targets";
    KNOWN = "Chỉ tiêu này đã có, đúng từng cột; chưa thêm gì.", "This target is there already, column by column; nothing was added.";
    IN_FORCE = "Đang hiệu lực", "In force";
    TO_COME = "Sắp tới", "To come";
    PAST = "Đã hết kỳ", "Its years have passed";
    REPLACED = "Đã có chỉ tiêu mới hơn", "Replaced by a later one";
    ENTERED = "Ngày nhập", "Entered";
    END = "Kết thúc chỉ tiêu", "End this target";
    END_QUESTION = "Từ hôm nay các trang kết quả không còn so với chỉ tiêu này và kết luận theo nó không còn hiện ra. Chỉ tiêu vẫn lưu cùng văn bản; muốn dùng lại phải thêm mới. Ông/Bà có chắc muốn kết thúc?",
        "From today on, pages of results are no longer held against this target, and conclusions by it disappear. It stays on record with its document; to use it again it has to be added anew. Are you sure you want to end it?";
}

sentences! {
    years(from: &str, to: &str) = "từ năm {from} đến năm {to}", "{from} to {to}";
    years_on(from: &str) = "từ năm {from}", "from {from} on";
    ended_on(day: Day) = "Đã kết thúc ngày {day}", "Ended on {day}";
    issued(citation: &str, issuer: &str) = "{citation} – {issuer} ban hành", "{citation} – issued by {issuer}";
}
