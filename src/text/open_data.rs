//! Open data: names and descriptions of the data sets, what their columns hold, under which licence they are given.

use crate::text::Say;
use crate::words::Day;

/// The page.
pub const PAGE: &str = "/du-lieu";
/// The catalogue for machines.
pub const CATALOGUE: &str = "/du-lieu/danh-muc.jsonld";
/// Address of the usual licence.
pub const LICENCE_ADDRESS: &str = "https://creativecommons.org/licenses/by/4.0/";

says! {
    TITLE = "Dữ liệu mở", "Open data";
    LEAD = "Mọi bộ dữ liệu công khai của hệ thống này, tải tự do. Địa chỉ của từng tệp không đổi; tệp CSV mở thẳng bằng phần mềm bảng tính.",
        "All public data sets of this system, free to download. The address of each file is stable; CSV files open in a spreadsheet as they are.";
    NO_ANSWERS = "Không bộ dữ liệu nào có phiếu trả lời riêng lẻ. Nhóm quá ít phiếu được che như trên các trang kết quả.",
        "No data set holds single answers. Groups with too few answers are masked as on the pages of results.";
    FOR_MACHINES = "Danh mục cho máy (DCAT, JSON-LD)", "Catalogue for machines (DCAT, JSON-LD)";
    LICENCE = "Giấy phép", "Licence";
    LICENCE_TEXT = "Được tự do sao chép, chia sẻ, sử dụng lại, kể cả cho mục đích thương mại, theo Nghị định số 47/2020/NĐ-CP; ghi nguồn theo giấy phép CC BY 4.0",
        "Free to copy, share and reuse, also commercially, under Decree 47/2020/NĐ-CP; name the source as CC BY 4.0 asks";
    FILES = "Tệp", "Files";
    COLUMNS = "Bảng mã: các cột", "Code book: the columns";
    COLUMN = "Cột", "Column";
    HOLDS = "Kiểu", "Type";
    MEANING = "Ý nghĩa", "Meaning";
    HOW_TO_CITE = "Cách ghi nguồn", "How to cite";
    ADDRESS = "Địa chỉ", "Address";
    SPAN = "Thời gian", "Time";
    METHOD = "Phương pháp", "Method";
    MORE = "Trang về cùng nội dung", "Page on the same matter";
    ALL = "Tất cả bộ dữ liệu", "All data sets";
    HOLDS_TEXT = "chữ", "text";
    HOLDS_NUMBER = "số, dấu chấm thập phân", "number, with a decimal dot";
    HOLDS_DAY = "ngày, như 2026-11-21", "day, as 2026-11-21";
    HOLDS_TRUTH = "true hoặc false", "true or false";
    GUARDED = "Ô chữ bắt đầu bằng =, +, - hoặc @ có dấu nháy đơn phía trước, để phần mềm bảng tính không tính như công thức.",
        "A text that begins with =, +, - or @ has an apostrophe before it, so that no spreadsheet computes it as a formula.";

    UNITS = "Đơn vị hành chính và lịch sử sắp xếp", "Units of administration and their history";
    UNITS_IS = "Các đơn vị được đo, đơn vị cấp trên, thời gian hoạt động và đơn vị kế tiếp; mỗi dòng là một giai đoạn của một đơn vị.",
        "The units measured, the units above them, when they existed and what succeeded them; a line for each stage of a unit.";
    FIELDS = "Lĩnh vực", "Fields";
    FIELDS_IS = "Tên các lĩnh vực dùng để tách kết quả.", "The fields by which figures are split.";
    FIELD_NAME = "Tên lĩnh vực", "Name of the field";
    PROCEDURES = "Thủ tục hành chính", "Administrative procedures";
    PROCEDURES_IS = "Mã, tên và lĩnh vực của các thủ tục.", "Code, name and field of the procedures.";
    TARGETS = "Chỉ tiêu đang và sắp áp dụng", "Targets in force and to come";
    TARGETS_IS = "Chỉ tiêu kèm văn bản đặt ra. Hai văn bản nói khác nhau thì có cả hai dòng.",
        "Targets with the documents that set them. Where two documents differ, both lines are there.";
    METHODS = "Phương pháp", "Methods";
    METHODS_IS = "Mọi cách tính mà kết quả trích dẫn: mã, nội dung, công thức, nguồn.", "Every method the figures cite: id, what it is, formula, sources.";
    METHOD_ID = "Mã, đồng thời là điểm neo ở trang Phương pháp", "Id, also the anchor on the page of methods";
    METHOD_TITLE_VI = "Tên, tiếng Việt", "Title in Vietnamese";
    METHOD_TITLE_EN = "Tên, tiếng Anh", "Title in English";
    METHOD_WHAT_VI = "Nội dung, tiếng Việt", "What it is, in Vietnamese";
    METHOD_WHAT_EN = "Nội dung, tiếng Anh", "What it is, in English";
    METHOD_FORMULA = "Công thức", "Formula";
    METHOD_SOURCES = "Nguồn, ngăn cách bằng dấu |", "Sources, separated by |";
    METHOD_WORDS = "Từ khác mà tệp kết quả dùng cho phương pháp này, ngăn cách bằng dấu |", "Other words by which result files name it, separated by |";
    SCHEMES = "Bộ công thức chỉ số", "Index schemes";
    SCHEMES_IS = "Cách các phần hợp thành chỉ số của từng văn bản, có phiên bản và thời gian hiệu lực.",
        "How parts become the index of each document, with version and validity.";
    SCHEME_CODE = "Mã", "Code";
    SCHEME_VERSION = "Phiên bản", "Version number";
    SCHEME_CITATION = "Văn bản quy định", "Document that sets it";
    SCHEME_FROM = "Ngày đầu có hiệu lực", "First day of validity";
    SCHEME_TO = "Ngày cuối; trống khi chưa có", "Last day; empty while none is known";
    SCHEME_MAXIMUM = "Điểm tối đa; 1 với tỷ lệ", "Most points; 1 for a share";
    SCHEME_SOURCED = "Công thức có nguồn xác nhận hay không", "Whether a source confirms the formula";
    MEASURE = "Loại chỉ số", "Measure";

    FIGURES = "Kết quả theo đơn vị", "Figures by unit";
    FIGURES_IS = "Danh sách các tệp kết quả của từng đơn vị: ước tính, khoảng tin cậy, số phiếu, chỉ tiêu, kết luận. Thêm ?ky=2026-q3 vào địa chỉ để lấy kỳ khác.",
        "The list of the result files of every unit: estimate, interval, answers, target, conclusion. Add ?ky=2026-q3 to an address for another period.";
    FIGURES_OF_ALL = "Kết quả của toàn tỉnh", "Figures of the whole province";
    FILE_UNIT = "Mã đơn vị", "Code of the unit";
    FILE_NAME = "Tên đơn vị", "Name of the unit";
    FILE_WHAT = "Nội dung tệp", "What the file holds";
    FILE_ADDRESS = "Địa chỉ tệp CSV", "Address of the CSV file";
    FILE_FIGURES = "Kết quả của đơn vị và các đơn vị trực thuộc", "Figures of the unit and of the units below";
    FILE_TREND = "Diễn biến theo tháng, quý", "Months and quarters";
    FILE_CRITERIA = "Tiêu chí của từng đơn vị trực thuộc", "Criteria of the units below";
    FILE_FIELDS = "Theo lĩnh vực", "By field";
    FILE_OFFICES = "Theo cơ quan giải quyết", "By deciding office";

    FIGURE_UNIT = "Mã đơn vị của con số", "Unit of the figure";
    FIGURE_FROM = "Ngày đầu của kỳ", "First day of the period";
    FIGURE_TO = "Ngày cuối của kỳ", "Last day of the period";
    FIGURE_EDITION = "Phiếu và phiên bản; xem bảng mã của phiếu", "Questionnaire and version; see its code book";
    FIGURE_FORMULA = "Cách gộp các tiêu chí", "How criteria are put together";
    FIGURE_LEVEL = "Nguồn A, B, C, D, hoặc headline (con số chính)", "Source A, B, C, D, or headline";
    FIGURE_WHAT = "Tiêu chí, yếu tố hoặc composite (chung)", "Criterion, factor or composite";
    FIGURE_N = "Số phiếu; <10 khi bị che", "Answers; <10 where masked";
    FIGURE_ESTIMATE = "Ước tính từ 0 đến 1; >=95% hoặc <=5% khi bị che", "Estimate from 0 to 1; >=95% or <=5% where masked";
    FIGURE_LOW = "Đầu dưới khoảng tin cậy 95%", "Lower end of the 95% interval";
    FIGURE_HIGH = "Đầu trên khoảng tin cậy 95%", "Upper end of the 95% interval";
    FIGURE_METHOD = "Cách tính khoảng, theo mã phương pháp", "Method of the interval, by its id";
    FIGURE_TARGET = "Chỉ tiêu; nhiều chỉ tiêu ngăn cách bằng dấu |", "Target; several separated by |";
    FIGURE_VERDICT = "Kết luận: met, not_met, undetermined, not_publishable", "Verdict: met, not_met, undetermined, not_publishable";
    FIGURE_PART_KIND = "Loại phần: field, deciding_unit, decided_by, unknown, not_split; trống là toàn bộ", "Kind of part: field, deciding_unit, decided_by, unknown, not_split; empty for the whole";
    FIGURE_PART = "Tên phần", "Name of the part";

    FORM_IS = "Bảng mã của phiếu: câu hỏi, thang trả lời, nhãn không áp dụng, yếu tố, câu hỏi đánh giá cơ quan nào.",
        "Code book of the questionnaire: questions, scales, labels of not applicable, factors, which office is rated.";
    FORM_EDITION = "Phiếu và phiên bản", "Questionnaire and version";
    FORM_HASH = "Mã băm SHA-256 của định nghĩa phiếu", "SHA-256 of the definition";
    FORM_ITEM = "Mã câu hỏi", "Code of the question";
    FORM_KIND = "rating (thang mức), choice (lựa chọn), number (số), comment (ý kiến)", "rating, choice, number or comment";
    FORM_FACTOR = "Yếu tố", "Factor";
    FORM_WORDING_VI = "Câu hỏi, tiếng Việt", "Wording in Vietnamese";
    FORM_WORDING_EN = "Câu hỏi, tiếng Anh; trống khi phiếu không có", "Wording in English; empty where there is none";
    FORM_LEVELS_VI = "Các mức hoặc lựa chọn, tiếng Việt, ngăn cách bằng dấu |", "Levels or options in Vietnamese, separated by |";
    FORM_LEVELS_EN = "Các mức hoặc lựa chọn, tiếng Anh", "Levels or options in English";
    FORM_SATISFIED = "Các mức tính là hài lòng, ngăn cách bằng dấu |", "Levels that count as satisfied, separated by |";
    FORM_NA_VI = "Nhãn không áp dụng, tiếng Việt", "Label of not applicable, in Vietnamese";
    FORM_NA_EN = "Nhãn không áp dụng, tiếng Anh", "Label of not applicable, in English";
    FORM_RATES = "Câu hỏi đánh giá cơ quan nào: receiving (tiếp nhận), deciding (giải quyết)", "Which office it rates: receiving or deciding";
    FORM_REQUIRED = "Có bắt buộc trả lời hay không", "Whether an answer is required";
    FORM_INDEX = "Có tính vào chỉ số chung hay không", "Whether it counts in the composite";
    FORM_SENSITIVE = "Có phải dữ liệu nhạy cảm hay không", "Whether it is sensitive";
    FORM_SOURCE = "Nguồn của câu chữ: F, T, M, X hoặc ghi chú", "Source of the wording: F, T, M, X or a note";

    SERIES_IS = "Số do cơ quan khác công bố theo năm, chép lại kèm nguồn; giấy phép là của bản chép này.",
        "Numbers another body published by year, repeated with their sources; the licence is that of this copy.";
    RECORD = "Sổ ghi phiếu: điểm kiểm và khóa", "The record: checkpoint and keys";
    RECORD_IS = "Điểm kiểm đã ký của sổ chỉ ghi thêm và khóa công khai, để ai cũng kiểm tra được sổ không bị sửa.",
        "The signed checkpoint of the record that only grows, and its public keys, so that anybody can check that it was not altered.";
    CHECKPOINT = "Điểm kiểm mới nhất", "Latest checkpoint";
    KEYS = "Khóa công khai", "Public keys";
    KEYWORD = "mức độ hài lòng", "satisfaction";
    KEYWORD_ADMINISTRATION = "dịch vụ hành chính công", "public administration";
    EVERY_LIVE = "theo ngày niêm phong", "with every sealed day";
    CATALOGUE_OF = "Danh mục dữ liệu mở về mức độ hài lòng của người dân, tổ chức", "Catalogue of open data on the satisfaction of people and organisations";
}

sentences! {
    form_title(title: &str, edition: &str) = "Bảng mã phiếu: {title} ({edition})", "Code book: {title} ({edition})";
    form_hash(hash: &str) = "SHA-256 của định nghĩa: {hash}.", "SHA-256 of the definition: {hash}.";
    series_title(name: &str) = "Chuỗi số liệu – {name}", "Series – {name}";
    cite(publisher: &str, title: &str, address: &str, day: Day) = "{publisher}: {title}. {address} (tải ngày {day}).",
        "{publisher}: {title}. {address} (retrieved {day}).";
    from_on(day: Day) = "từ {day}", "from {day}";
    until(day: Day) = "đến hết {day}", "to the end of {day}";
    description(title: &str, province: &str) = "{title}, {province}: đo lường mức độ hài lòng của người dân, tổ chức, kèm khoảng tin cậy, số phiếu và cách tính.",
        "{title}, {province}: how satisfied people and organisations are, with confidence intervals, counts and methods.";
}

/// The result files of a unit: the name in the address, and what the file holds.
pub const UNIT_FILES: [(&str, Say); 5] = [
    ("so-lieu", FILE_FIGURES),
    ("dien-bien", FILE_TREND),
    ("tieu-chi", FILE_CRITERIA),
    ("linh-vuc", FILE_FIELDS),
    ("co-quan", FILE_OFFICES),
];

/// The columns of those files, in their order.
pub const FIGURE_COLUMNS: [(&str, Say); 17] = [
    ("unit", FIGURE_UNIT),
    ("name", FILE_NAME),
    ("from", FIGURE_FROM),
    ("to", FIGURE_TO),
    ("edition", FIGURE_EDITION),
    ("formula", FIGURE_FORMULA),
    ("level", FIGURE_LEVEL),
    ("what", FIGURE_WHAT),
    ("n", FIGURE_N),
    ("estimate", FIGURE_ESTIMATE),
    ("low", FIGURE_LOW),
    ("high", FIGURE_HIGH),
    ("method", FIGURE_METHOD),
    ("target", FIGURE_TARGET),
    ("verdict", FIGURE_VERDICT),
    ("part_kind", FIGURE_PART_KIND),
    ("part", FIGURE_PART),
];
