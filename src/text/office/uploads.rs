//! Uploading tables: what a file holds, what is wrong with it, what it would change.

use crate::text::{Say, history, measures};
use crate::words::Indicator;

says! {
    TITLE = "Nhập từ tệp", "Import from files";
    LEAD = "Mỗi tệp được kiểm tra trước và chưa ghi gì; Ông/Bà xem lại rồi mới bấm nhập.",
        "Every file is checked first and nothing is written; you look it through before you import it.";
    UNITS = "Nhập đơn vị", "Import units";
    POINTS = "Nhập điểm khảo sát", "Import collection points";
    PROCEDURES = "Nhập thủ tục", "Import procedures";
    TARGETS = "Nhập chỉ tiêu", "Import targets";
    VOLUMES = "Nhập khối lượng hồ sơ", "Import volumes";
    UNITS_HOLD = "Đơn vị, đơn vị cấp trên và lịch sử sắp xếp.", "Units, the units above them, and their history.";
    POINTS_HOLD = "Điểm khảo sát của từng đơn vị. Điểm mới được cấp mã QR ngay.", "Collection points of each unit. New ones get a QR code at once.";
    PROCEDURES_HOLD = "Thủ tục hành chính theo lĩnh vực.", "Administrative procedures by field.";
    TARGETS_HOLD = "Chỉ tiêu kèm văn bản. Hai văn bản khác nhau thì giữ cả hai.", "Targets with their documents. Where two documents differ, both are kept.";
    VOLUMES_HOLD = "Số hồ sơ nhận, trả, quá hạn của từng điểm trong từng khoảng ngày.", "Applications received, returned and late, by point and span of days.";
    NONE_ALLOWED = "Ông/Bà chưa được phân quyền nhập tệp nào.", "You are not authorised to import any file.";
    WHOLE_ONLY = "Tệp đơn vị có thể đổi cây đơn vị của cả tỉnh, nên chỉ người có phạm vi cả tỉnh được nhập. Từng đơn vị thì sửa ở trang Đơn vị.",
        "A file of units can change the tree of the whole province, so only people whose scope is the whole province import it. Single units are changed on the page of units.";
    IN_SCOPE = "Chỉ nhập được dòng thuộc phạm vi của Ông/Bà; dòng khác bị báo lỗi.",
        "Only lines in your scope can be imported; others are told as faults.";
    COLUMNS = "Các cột của tệp", "Columns of the file";
    COLUMN = "Cột", "Column";
    MEANING = "Ý nghĩa", "Meaning";
    NEEDED = "Bắt buộc", "Required";
    YES = "có", "yes";
    NO = "không", "no";
    EXAMPLE = "Ví dụ", "Example";
    FORMAT = "Tệp CSV mã hóa UTF-8, ngăn cách bằng dấu phẩy hoặc chấm phẩy, dòng đầu ghi tên cột. Nhập lại thì cập nhật theo mã; dòng không có trong tệp giữ nguyên.",
        "A CSV file in UTF-8, with commas or semicolons, names of columns in the first line. Importing again updates by code; lines that are not in the file stay.";
    TEMPLATE = "Tải tệp mẫu (CSV)", "Download a template (CSV)";
    FILE = "Tệp cần nhập", "File to import";
    FILE_HINT = "Tối đa 16 MB", "At most 16 MB";
    CHECK = "Kiểm tra tệp", "Check the file";
    NO_FILE = "Xin chọn một tệp.", "Please choose a file.";
    LINE = "Dòng", "Line";
    FAULT = "Lỗi và cách sửa", "What is wrong and how to mend it";
    FAULTS = "Các dòng lỗi", "Bad lines";
    WHOLE_LINE = "cả dòng", "whole line";
    PREVIEW = "Xem trước", "Preview";
    NOTHING_YET = "Chưa ghi gì. Xin xem lại rồi bấm nhập.", "Nothing is written yet. Please look it through, then import.";
    NOTHING_NEW = "Tệp không có gì mới so với hệ thống.", "The file says nothing new.";
    ROWS = "Số dòng", "Lines";
    ADDED = "Thêm mới", "New";
    CHANGED = "Thay đổi", "Changed";
    UNCHANGED = "Giữ nguyên", "Unchanged";
    READINGS = "Xin lưu ý", "Please note";
    FIRST_LINES = "Những dòng đầu", "First lines";
    ANOTHER = "Chọn tệp khác", "Choose another file";

    UNIT_CODE = "Mã đơn vị, không đổi qua các lần sắp xếp", "Code of the unit";
    UNIT_NAME = "Tên đầy đủ", "Full name";
    UNIT_KIND = "Loại: country, province, department, office, branch, commune, ward, special_zone, district, town, centre, site, line, body",
        "Kind: country, province, department, office, branch, commune, ward, special_zone, district, town, centre, site, line or body";
    UNIT_PARENT = "Mã đơn vị cấp trên; trống nếu đứng đầu", "Code of the unit above; empty at the top";
    UNIT_FROM = "Ngày bắt đầu của tên và vị trí này", "First day of this name and place";
    UNIT_TO = "Ngày cuối; trống nếu còn hoạt động", "Last day; empty while it exists";
    UNIT_SUCCESSORS = "Mã các đơn vị kế tiếp, ngăn bằng dấu |", "Codes of its successors, separated by |";
    UNIT_ADMIN = "Mã hành chính năm chữ số", "Administrative code of five digits";
    POINT_CODE = "Mã điểm khảo sát", "Code of the collection point";
    POINT_UNIT = "Mã đơn vị tiếp nhận", "Code of the receiving unit";
    POINT_NAME = "Tên người dân đọc trên phiếu, ví dụ Quầy 3", "Name people read on the form, such as Counter 3";
    POINT_KIND = "Loại: counter (quầy), kiosk (máy tại sảnh), web (đường dẫn)", "Kind: counter, kiosk or web";
    POINT_FORM = "Mã phiếu khảo sát, ví dụ counter", "Code of the questionnaire, such as counter";
    POINT_FIELD = "Lĩnh vực, nếu điểm chỉ phục vụ một lĩnh vực", "Field, where the point serves one only";
    POINT_OFFICERS = "Số cán bộ dùng chung điểm; một người thì số liệu của điểm không công bố riêng", "How many officers share it; figures of a point of one are not published apart";
    PROCEDURE_CODE = "Mã thủ tục trong cơ sở dữ liệu quốc gia", "Code in the national database";
    PROCEDURE_NAME = "Tên thủ tục", "Name of the procedure";
    PROCEDURE_FIELD = "Lĩnh vực; tên mới thì lập lĩnh vực mới", "Field; a new name makes a new field";
    TARGET_MEASURE = "Loại chỉ số, ngăn bằng dấu |: counter, province, sipas, tt01, qd766, health, education, par, minutes; trống nếu văn bản không nói rõ",
        "Measures separated by |: counter, province, sipas, tt01, qd766, health, education, par, minutes; empty where the document does not say";
    TARGET_FIELD = "Lĩnh vực; trống là mọi lĩnh vực", "Field; empty for all";
    TARGET_UNIT = "Mã đơn vị được giao", "Code of the unit it is set for";
    TARGET_FROM = "Năm đầu", "First year";
    TARGET_TO = "Năm cuối; trống nếu đến khi có văn bản khác", "Last year; empty until further notice";
    TARGET_THRESHOLD = "Mức, ví dụ 90% hoặc 0,9; 25 với số phút", "Threshold, such as 90% or 0.9; 25 for minutes";
    TARGET_VALUE = "percent (tỷ lệ), minutes (phút), points (điểm)", "percent, minutes or points";
    TARGET_COMPARISON = ">=, >, <=, hoặc rises (năm sau cao hơn năm trước)", ">=, >, <=, or rises (above the year before)";
    TARGET_CITATION = "Văn bản, số, ngày, chỗ ghi chỉ tiêu", "Document, number, date and place";
    TARGET_ISSUER = "Cơ quan ban hành", "Who issued it";
    VOLUME_POINT = "Mã điểm khảo sát nhận hồ sơ", "Code of the receiving point";
    VOLUME_DECIDING = "Mã cơ quan giải quyết; trống nếu không tách", "Code of the deciding unit; empty if not told apart";
    VOLUME_FIELD = "Lĩnh vực; trống nếu không tách", "Field; empty if not told apart";
    VOLUME_FROM = "Ngày đầu", "First day";
    VOLUME_TO = "Ngày cuối", "Last day";
    VOLUME_RECEIVED = "Số hồ sơ đã nhận", "Applications received";
    VOLUME_RETURNED = "Số hồ sơ đã trả", "Applications returned";
    VOLUME_LATE = "Trong đó trả quá hạn", "Late ones among them";
}

sentences! {
    import_rows(n: u64) = "Nhập {n} dòng", "Import {n} line(s)";
    more(n: u64) = "và {n} lỗi nữa, hiện ra khi các lỗi trên đã sửa.", "and {n} more, shown once these are mended.";
    checked(name: &str, n: u64) = "Tệp {name} có {n} dòng, không dòng nào lỗi.", "File {name} has {n} line(s), none of them bad.";
}

/// A line of units.
pub const UNITS_EXAMPLE: &str = "MH.ST,Ủy ban nhân dân xã Suối Trong,commune,MH,2025-07-01,,,01234";
/// A line of points.
pub const POINTS_EXAMPLE: &str = "MH.ST.Q1,MH.ST,Quầy 1,counter,counter,Đất đai,2";
/// A line of procedures.
pub const PROCEDURES_EXAMPLE: &str = "1.000656,Đăng ký khai tử,Hộ tịch";
/// A line of targets.
pub const TARGETS_EXAMPLE: &str =
    "counter|province,,MH,2026,,90%,percent,>=,\"Kế hoạch số 12/KH-UBND ngày 05/02/2026, mục II.1\",UBND tỉnh";
/// A line of volumes.
pub const VOLUMES_EXAMPLE: &str = "MH.ST.Q1,,Đất đai,15/6/2026,14/7/2026,412,398,6";

/// A line of figures of other systems: dossiers, late ones, those with a complaint; everything else empty.
pub const MEASURES_EXAMPLE: &str = "MH,01/7/2026,30/9/2026,,,464494,61478,130,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,";

/// A line of a series.
pub const SERIES_EXAMPLE: &str =
    "sipas-toan-quoc,2023,percent,\"82,66\",,toàn quốc,sipas,Bộ Nội vụ,residents,,,,en.vietnamplus.vn 284704,,";

/// The columns of figures of other systems.
const MEASURE_COLUMNS: [(&str, Say); 3 + Indicator::ALL.len()] = {
    let mut columns = [("unit", measures::COLUMN_UNIT); 3 + Indicator::ALL.len()];
    columns[1] = ("from", measures::COLUMN_FROM);
    columns[2] = ("to", measures::COLUMN_TO);
    let mut at = 0;
    while at < Indicator::ALL.len() {
        let one = Indicator::ALL[at];
        columns[at + 3] = (one.word(), measures::indicators::indicator(one));
        at += 1;
    }
    columns
};

/// What the columns of a file mean, by the word of its kind, in the order of the example.
pub const fn columns(kind: &str) -> &'static [(&'static str, Say)] {
    match kind.as_bytes() {
        b"units" => &[
            ("code", UNIT_CODE),
            ("name", UNIT_NAME),
            ("kind", UNIT_KIND),
            ("parent", UNIT_PARENT),
            ("valid_from", UNIT_FROM),
            ("valid_to", UNIT_TO),
            ("successors", UNIT_SUCCESSORS),
            ("admin_code", UNIT_ADMIN),
        ],
        b"points" => &[
            ("code", POINT_CODE),
            ("unit", POINT_UNIT),
            ("name", POINT_NAME),
            ("kind", POINT_KIND),
            ("questionnaire", POINT_FORM),
            ("field", POINT_FIELD),
            ("officers", POINT_OFFICERS),
        ],
        b"procedures" => &[("code", PROCEDURE_CODE), ("name", PROCEDURE_NAME), ("field", PROCEDURE_FIELD)],
        b"targets" => &[
            ("measure", TARGET_MEASURE),
            ("field", TARGET_FIELD),
            ("unit", TARGET_UNIT),
            ("year_from", TARGET_FROM),
            ("year_to", TARGET_TO),
            ("threshold", TARGET_THRESHOLD),
            ("value", TARGET_VALUE),
            ("comparison", TARGET_COMPARISON),
            ("citation", TARGET_CITATION),
            ("issuer", TARGET_ISSUER),
        ],
        b"volumes" => &[
            ("point", VOLUME_POINT),
            ("deciding_unit", VOLUME_DECIDING),
            ("field", VOLUME_FIELD),
            ("from", VOLUME_FROM),
            ("to", VOLUME_TO),
            ("received", VOLUME_RECEIVED),
            ("returned", VOLUME_RETURNED),
            ("late", VOLUME_LATE),
        ],
        b"measures" => &MEASURE_COLUMNS,
        b"series" => &[
            ("series", history::COLUMN_SERIES),
            ("year", history::COLUMN_YEAR),
            ("kind", history::COLUMN_KIND),
            ("value", history::COLUMN_VALUE),
            ("rank_of", history::COLUMN_RANK_OF),
            ("place", history::COLUMN_PLACE),
            ("measure", history::COLUMN_MEASURE),
            ("publisher", history::COLUMN_PUBLISHER),
            ("frame", history::COLUMN_FRAME),
            ("method", history::COLUMN_METHOD),
            ("note_vi", history::COLUMN_NOTE_VI),
            ("note_en", history::COLUMN_NOTE_EN),
            ("citation", history::COLUMN_CITATION),
            ("break_vi", history::COLUMN_BREAK_VI),
            ("break_en", history::COLUMN_BREAK_EN),
        ],
        _ => &[],
    }
}
