//! Questionnaires: the list, the trial, the upload.

use crate::words::Day;

says! {
    TITLE = "Phiếu khảo sát", "Questionnaires";
    LEAD = "Mỗi phiếu có mã và số bản. Bản đã dùng không sửa; muốn đổi thì tải lên bản kế tiếp.",
        "Every questionnaire has a code and a version. One that is in use is not changed; a change is a new version.";
    QUESTIONNAIRE = "Phiếu", "Questionnaire";
    CODE = "Mã", "Code";
    VERSION = "Bản", "Version";
    MEASURE = "Loại chỉ số", "Measure";
    FIRST_DAY = "Dùng từ", "First day";
    BEGINNING = "từ đầu", "the beginning";
    LEVELS = "Nguồn tính vào con số chính", "Sources of the headline figure";
    HISTORY = "Tiếp nối", "Continues";
    FIRST_VERSION = "bản đầu", "first version";
    POINTS = "Điểm đang dùng", "Points in use";
    UPLOAD = "Tải phiếu lên", "Upload a questionnaire";
    UPLOAD_LEAD = "Tệp TOML mô tả phiếu. Tệp được kiểm tra trước và chưa ghi gì; Ông/Bà làm thử phiếu rồi trình một người khác phê duyệt.",
        "A TOML file that describes the form. It is checked first and nothing is written; you try the form, and somebody else approves it.";
    FILE = "Tệp phiếu (.toml)", "Questionnaire file (.toml)";
    FILE_HINT = "Tối đa 256 kB", "At most 256 kB";
    CHECK = "Kiểm tra phiếu", "Check the questionnaire";
    FAULTS = "Các lỗi của phiếu", "Faults of the questionnaire";
    FAULTS_NOTE = "Phần giải thích viết bằng tiếng Anh, kèm tên khóa trong tệp.", "Faults name the keys of the file.";
    SOUND = "Phiếu không có lỗi.", "The questionnaire is sound.";
    SAME = "Phiếu này đã có trong hệ thống với đúng nội dung ấy; không cần đưa vào dùng lần nữa.",
        "This questionnaire is stored with the same contents already; there is nothing to do.";
    NUMBER_OF_ITEMS = "Số câu", "Items";
    LANGUAGES = "Ngôn ngữ", "Languages";
    TRY = "Xem và làm thử phiếu này", "Look at this form and try it";
    FIRST_QUESTIONS = "Các câu đầu", "First questions";
    INSTALL_NEW = "Phiếu mới: người dân chỉ gặp phiếu khi có điểm khảo sát được giao phiếu này.",
        "A new questionnaire: people meet it only where a collection point is given it.";
    INSTALL_NEXT = "Từ ngày được phê duyệt, mọi điểm khảo sát đang dùng phiếu này hiện bản mới; bản cũ và các câu trả lời của nó giữ nguyên.",
        "From the day of approval on every collection point with this questionnaire shows the new version; the old one and its answers stay.";
    PROPOSE_NOTE = "Một người khác có phạm vi toàn tỉnh phê duyệt trong 14 ngày; cả hai việc được ghi vào nhật ký.",
        "Somebody else whose scope is the whole province approves within 14 days; both acts are noted in the staff log.";

    BANNER = "Bản xem thử: không lưu gì.", "Trial: nothing is stored.";
    TO_LIST = "Trở lại danh sách phiếu", "Back to the questionnaires";
    SAMPLE_POINT = "Quầy thử", "Sample counter";
    SAMPLE_UNIT = "Đơn vị thử", "Sample office";
    RESULT = "Kết quả làm thử", "Result of the trial";
    RESULT_LEAD = "Nếu là phiếu thật, hệ thống sẽ lưu đúng những điều dưới đây, không kèm tên, địa chỉ hay giờ. Phiếu thử này không được lưu.",
        "Had this been a real form, exactly this would be stored, without name, address or time of day. This trial was not stored.";
    QUESTION = "Câu hỏi", "Question";
    STORED = "Được lưu là", "Stored as";
    BLANK = "bỏ trống", "left blank";
    NOT_APPLICABLE = "không áp dụng", "not applicable";
    NOT_ASKED = "không hỏi, do câu trả lời trước", "not asked, by an earlier answer";
    COMMENT = "Ý kiến, lưu riêng với các câu trả lời", "Comment, kept apart from the answers";
    NO_COMMENT = "Không có ý kiến.", "No comment.";
    MASKED = "Số điện thoại, số căn cước hoặc mã hồ sơ trong ý kiến được che trước khi lưu.",
        "Phone, identity or dossier numbers in the comment are masked before it is stored.";
    MARKS = "Dấu hiệu ghi kèm phiếu", "Marks kept with the answer";
    ALL_EQUAL = "Mọi câu chấm cùng một mức", "All ratings are equal";
    ONE_ITEM = "Chỉ trả lời một câu", "One item only was answered";
    NO_MARKS = "Không có dấu hiệu nào.", "No marks.";
    AGAIN = "Làm thử lần nữa", "Try again";
}

sentences! {
    comparable(name: &str) = "{name}, số liệu nối tiếp", "{name}, figures go on";
    not_comparable(name: &str) = "{name}, số liệu đứng riêng", "{name}, figures stand apart";
    from_day(day: Day) = "{day}", "from {day}";
    answered(value: &str, label: &str) = "{value} – {label}", "{value}: {label}";
    named(code: &str, version: &str) = "{code} bản {version}", "{code} version {version}";
}
