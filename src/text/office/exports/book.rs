//! The code book and the notes of a file of answers.

use crate::words::Day;

says! {
    DATA = "Dữ liệu", "Data";
    CODES = "Bảng mã", "Code book";
    NOTES = "Ghi chú", "Notes";
    UNIT = "Đơn vị mà phiếu được tính", "Unit for which the answer counts";
    FROM = "Ngày đầu của nửa tháng", "First day of the half-month";
    TO = "Ngày cuối của nửa tháng", "Last day of the half-month";
    EDITION = "Mẫu phiếu và phiên bản", "Questionnaire and version";
    LEVEL = "Mức tin cậy của nguồn", "Trust level of the source";
    CHANNEL = "Kênh thu thập", "Channel";
    FIELD = "Lĩnh vực", "Field";
    DECIDER = "Cơ quan giải quyết hồ sơ", "Office that decides the dossier";
    WEIGHT = "Trọng số", "Weight";
    STRATUM = "Tầng (mã đơn vị)", "Stratum (code of the unit)";
    UNKNOWN = "Không rõ", "Not known";
    CHOSEN = "Có chọn", "Chosen";
    NOT_CHOSEN = "Không chọn", "Not chosen";
    BLANK = "Không trả lời", "No answer";
    NOT_APPLICABLE = "Không áp dụng", "Not applicable";
    NOT_ASKED = "Không được hỏi câu này", "Not asked this question";
    NOT_SPLIT = "Không tách (nhóm nhỏ)", "Not divided (small group)";
    NAME = "Tên cột", "Column";
    LABEL = "Nội dung", "Content";
    SCALE = "Thang đo", "Measure level";
    VALUE = "Giá trị trong tệp", "Value in the file";
    CODE = "Mã trong tệp SPSS", "Code in the SPSS file";
    MEANING = "Ý nghĩa", "Meaning";
    MISSING = "Giá trị khuyết", "Missing value";
    EMPTY = "(trống)", "(empty)";
    NOMINAL = "định danh", "nominal";
    ORDINAL = "thứ bậc", "ordinal";
    NUMERIC = "số", "scale";
    YES = "có", "yes";
    SOURCE = "Nguồn", "Source";
    PROVINCE = "Nơi thu thập", "Collected by";
    FORM = "Mẫu phiếu", "Questionnaire";
    PERIOD = "Kỳ", "Period";
    ROWS = "Số phiếu", "Answers";
    LEVELS = "Mức tin cậy", "Trust levels";
    EVERY_LEVEL = "Tất cả", "All";
    MADE = "Ngày lập tệp", "Made on";
    RULE = "Quy tắc", "Rule";
    METHOD = "Cách tính", "Method";
    SIMULATED = "Số liệu mô phỏng, không có người trả lời thật.", "Simulated data; nobody is behind the answers.";
    RULE_ROWS = "Chỉ gồm phiếu đã niêm phong và đã tính vào số liệu theo nhóm đủ 10 phiếu; số dòng bằng số phiếu trên trang số liệu của đơn vị trong kỳ. Phiếu của mã hồ sơ bị để ra ngoài do khiếu nại không có trong tệp.",
        "Sealed answers alone that count in the figures, by groups of at least 10; the number of rows is that of the unit's page of figures for the period. Answers by dossier codes that are set aside because of disputes are left out.";
    RULE_PARTS = "Kênh, lĩnh vực, cơ quan giải quyết và câu hỏi chọn phương án chỉ ghi ở nhóm phiếu mà mỗi tổ hợp có đủ 10 phiếu; chỗ khác là không tách.",
        "Channel, field, deciding office and questions of choice are written only in groups where each combination has at least 10 answers; elsewhere they are not divided.";
    RULE_LEFT_OUT = "Không có lời góp ý, ngày trả lời, điểm khảo sát, thủ tục, biên nhận, câu hỏi nhạy cảm. Dòng xếp theo nửa tháng, đơn vị, nguồn rồi theo chính nội dung trả lời.",
        "No comment, day, collection point, procedure, receipt or sensitive question. Rows stand by half-month, unit, source, and then by what was answered.";
    RULE_RAW = "Số thô: phiếu chuyển điểm hoặc bị loại theo quyết định của hai người vẫn có trong tệp, như trong con số đứng đầu trang.",
        "Raw answers: those that two persons moved to another point or excluded are in the file, as they are in the figure at the top of a page.";
    METHOD_WEIGHT = "Trọng số của phiếu góp ý bằng 1; tầng là đơn vị. Khoảng tin cậy cần tính theo từng nguồn: không gộp nguồn chọn mẫu với góp ý mở.",
        "The weight of feedback is 1; the stratum is the unit. Intervals belong to one source each: do not pool a drawn sample with open feedback.";
}

sentences! {
    option(question: &str, answer: &str) = "{question} – {answer}", "{question}: {answer}";
    disputed(unit: &str, first: Day) = "{unit}: số liệu theo mã hồ sơ của tháng bắt đầu {first} bị để ra ngoài ở trang của đơn vị này do khiếu nại.",
        "{unit}: the figure by dossier codes of the month from {first} is set aside on the page of this unit because of disputes.";
}
