//! Names, heads and lines of the tables and drawings of a report.

/// Names of tables and annexes.
pub const SOURCES: &str = "Số phiếu và mức độ hài lòng theo nguồn";
/// The second table.
pub const QUALITY: &str = "Kết quả trước và sau khi loại, chuyển phiếu";
/// In place of the rows of the second table.
pub const NOTHING_MOVED: &str = "Không có phiếu bị loại hoặc chuyển với số lượng từ 10 trở lên";
/// The third table.
pub const TARGETS: &str = "Mức độ hài lòng chung so với chỉ tiêu";
/// The fourth table.
pub const FIELDS: &str = "Mức độ hài lòng theo lĩnh vực";
/// The fifth table.
pub const UNITS: &str = "Mức độ hài lòng theo cơ quan, đơn vị";
/// The sixth table.
pub const CASES: &str = "Phản ánh, kiến nghị qua phiếu";
/// The seventh table.
pub const LATE: &str = "Hồ sơ trả quá hạn và văn bản xin lỗi";
/// The eighth table, in the report of a year.
pub const ALL_TARGETS: &str = "Các chỉ tiêu trong năm và kết quả";
/// A table of criteria.
pub const CRITERIA: &str = "Mức độ hài lòng theo yếu tố và tiêu chí";
/// The first drawing.
pub const CHART_LEVELS: &str = "Mức độ hài lòng chung và theo nguồn";
/// The second drawing.
pub const CHART_CRITERIA: &str = "Cơ cấu câu trả lời theo tiêu chí";
/// The third drawing.
pub const CHART_UNITS: &str = "So sánh các đơn vị với chỉ tiêu";
/// The fourth drawing.
pub const CHART_TREND: &str = "Diễn biến theo quý";

/// Names of the annexes.
pub const ANNEXES: [&str; 6] = [
    "Số liệu theo đơn vị",
    "Số liệu theo lĩnh vực",
    "Số liệu theo tiêu chí",
    "Số liệu theo nguồn A, B, C, D",
    "Cách tính và phiên bản",
    "Địa chỉ dữ liệu mở và mã kiểm tra",
];

/// What is counted.
pub const HEAD_WHAT: &str = "Nội dung";
/// How many.
pub const HEAD_COUNT: &str = "Số lượng";
/// By the estimate alone.
pub const HEAD_BY_ESTIMATE: &str = "Theo ước tính, không xét sai số";
/// Dossiers.
pub const HEAD_DOSSIERS: &str = "Hồ sơ đã trả";
/// The order in a table.
pub const HEAD_ORDER: &str = "TT";
/// Towards the common level.
pub const HEAD_GROUP: &str = "So với mức chung";
/// A value.
pub const HEAD_VALUE: &str = "Giá trị";
/// Points.
pub const HEAD_POINTS: &str = "Điểm";
/// Points an agency gave itself, and appraised ones.
pub const HEAD_SELF: &str = "Điểm tự chấm";
/// Appraised points.
pub const HEAD_APPRAISED: &str = "Điểm thẩm định";
/// Most points.
pub const HEAD_MOST: &str = "Điểm tối đa";
/// A code.
pub const HEAD_CODE: &str = "Mã";
/// What a code means.
pub const HEAD_MEANING: &str = "Nghĩa";
/// In place of a row.
pub const NO_ROWS: &str = "Chưa có số liệu";
/// In place of a small number.
pub const FEW: &str = "dưới 10";
/// All of them.
pub const ALL: &str = "Chung";
/// What is not compared.
pub const OUTSIDE: &str = "Ngoài phạm vi đo của tỉnh";

/// Lines of the sixth table.
pub const CASE_LINES: [&str; 7] = [
    "Tiếp nhận",
    "Đã xử lý",
    "Trong đó đúng hạn",
    "Đang xử lý trong hạn",
    "Quá hạn chưa trả lời",
    "Chưa giao xử lý",
    "Không đủ thông tin",
];
/// Lines of the seventh table.
pub const LATE_LINES: [&str; 3] = ["Hồ sơ trả quá hạn", "Đã có văn bản xin lỗi", "Chưa có văn bản xin lỗi"];

/// What stands below tables.
pub const NOTE_INTERVAL: &str = "95%: khoảng tin cậy 95%. “–”: chưa đủ số liệu (dưới 10 phiếu), không có nghĩa là 0%.";
/// What stands below a drawing.
pub const NOTE_CHART: &str =
    "Vạch ngang: khoảng tin cậy 95%. ● đạt · ▼ chưa đạt · ◐ chưa đủ cơ sở kết luận · ○ góp ý mở, không đại diện.";
/// What stands below the drawing over time.
pub const NOTE_TREND: &str = "Dải và vạch: khoảng tin cậy 95%. Hàng số dưới trục: số phiếu. ● đạt · ▼ chưa đạt · ◐ chưa đủ cơ sở kết luận · ○ góp ý mở.";
/// What stands below the table of cases.
pub const NOTE_CASES: &str = "Nhóm dưới 10 trường hợp không nêu số cụ thể, để không nhận ra người phản ánh.";
/// Forms of a table.
pub const NOTE_TT01: &str =
    "Số liệu tự chấm và thẩm định; không tính từ phiếu khảo sát, không so sánh với các số liệu trên.";
/// The factor as one.
pub const WHOLE_FACTOR: &str = "Cả yếu tố";
/// The headline in tables.
pub const ALL_FORMS: &str = "Chung các lĩnh vực";
/// Waiting time in tables.
pub const MINUTES: &str = "Thời gian chờ trung bình (phút)";
/// A sum.
pub const TOTAL: &str = "Tổng cộng";
/// The nine indicators of the agency form of Circular 01/2018/TT-VPCP.
pub const NINE: [&str; 9] = [
    "Tổng thời gian giải quyết thủ tục hành chính so với quy định của pháp luật",
    "Thời gian thực hiện của từng cơ quan, đơn vị tham gia giải quyết (kể cả đơn vị phối hợp)",
    "Số lần phải liên hệ với nơi tiếp nhận hồ sơ để hoàn thiện hồ sơ thủ tục hành chính (kể cả liên hệ theo hình thức trực tuyến)",
    "Số lượng cơ quan, đơn vị, tổ chức phải liên hệ để hoàn thiện hồ sơ thủ tục hành chính (kể cả liên hệ theo hình thức trực tuyến)",
    "Thực hiện tổ chức tiếp nhận hồ sơ, giải quyết, trả kết quả tại Bộ phận Một cửa",
    "Công khai các thủ tục hành chính",
    "Thái độ của cán bộ, công chức, viên chức khi hướng dẫn lập hồ sơ, tiếp nhận hồ sơ và giải quyết thủ tục hành chính",
    "Tiếp thu, giải trình đối với các ý kiến phản ánh, kiến nghị của tổ chức, cá nhân",
    "Tiến độ và chất lượng cung cấp dịch vụ công trực tuyến của cơ quan có thẩm quyền",
];
