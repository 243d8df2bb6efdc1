//! Exports of answers: the page that asks, the code book of a file, and what a file holds and does not.

pub mod book;
pub mod refused;

says! {
    MENU = "Xuất dữ liệu", "Export data";
    TITLE = "Xuất dữ liệu phiếu", "Export answers";
    LEAD = "Mỗi dòng là một phiếu đã niêm phong và đã tính vào số liệu, nên số dòng bằng đúng số phiếu trên các trang số liệu.",
        "Each row is a sealed answer that counts in the figures, so the number of rows is just the number of answers on the pages of figures.";
    HOLDS = "Có trong tệp: đơn vị, nửa tháng, mẫu phiếu, mức tin cậy; kênh, lĩnh vực và cơ quan giải quyết ở nhóm phiếu nào đủ lớn để tách; câu trả lời từng câu hỏi; trọng số và tầng.",
        "In the file: unit, half-month, questionnaire, trust level; channel, field and deciding office where a group of answers is large enough to be divided; the answer to each question; weight and stratum.";
    HOLDS_NOT = "Không có trong tệp: lời góp ý, ngày trả lời, điểm khảo sát, thủ tục, mã biên nhận, người hỗ trợ, câu hỏi nhạy cảm. Thứ tự dòng không cho biết ai trả lời trước.",
        "Not in the file: comments, the day of an answer, the collection point, the procedure, receipts, who helped, sensitive questions. The order of rows does not tell who answered first.";
    CHOICES = "Câu hỏi chọn phương án (giới tính, độ tuổi…) chỉ ghi ở nhóm phiếu mà mỗi cách trả lời có đủ 10 phiếu giống nhau; chỗ khác ghi là không tách.",
        "Questions of choice (sex, age group, …) are written only in groups of answers where each combination has at least 10 answers; elsewhere they are marked as not divided.";
    KEEP = "Tệp chứa câu trả lời của từng phiếu: chỉ dùng cho công việc, không đăng công khai, xóa khi xong việc.",
        "The file holds the answers of single forms: use it for work alone, do not publish it, delete it when done.";
    CHOOSE = "Chọn dữ liệu", "Choose data";
    UNIT = "Đơn vị, gồm cả cấp dưới", "Unit, with everything below it";
    PERIOD = "Kỳ (các nửa tháng trọn vẹn)", "Period (whole half-months)";
    EDITION = "Mẫu phiếu", "Questionnaire";
    MOST_ROWS = "Mẫu phiếu có nhiều phiếu nhất trong kỳ", "The questionnaire with most answers in the period";
    LEVEL = "Nguồn", "Source";
    EVERY_LEVEL = "Tất cả nguồn", "All sources";
    FORMAT = "Định dạng tệp", "Format of the file";
    FORMAT_XLSX = "Excel (.xlsx), kèm bảng mã", "Excel (.xlsx), with a code book";
    FORMAT_CSV = "CSV (.csv), mở bằng phần mềm bảng tính", "CSV (.csv), for spreadsheets";
    FORMAT_SAV = "SPSS (.sav), kèm nhãn", "SPSS (.sav), with labels";
    FORMAT_JSON = "JSON (.json), cho lập trình", "JSON (.json), for programs";
    COUNT = "Xem số phiếu", "Count the answers";
    START = "Lập tệp", "Make the file";
    FOUND = "Số phiếu sẽ xuất", "Answers to export";
    NO_UNIT = "Chưa có đơn vị nào trong phạm vi của Ông/Bà.", "There is no unit in your scope yet.";
    NO_ROWS = "Kỳ này chưa có phiếu nào của đơn vị đã vào số liệu. Số liệu chỉ tăng theo từng nhóm đủ 10 phiếu của những ngày đã niêm phong.",
        "No answer of the unit counts in the figures of this period yet. Figures grow by groups of at least 10 answers of sealed days only.";
    IN_PERIOD = "Các mẫu phiếu có phiếu trong kỳ", "Questionnaires with answers in the period";
    NOT_STARTED = "Chưa lập được tệp. Xin xem lại những chỗ sau:", "The file was not begun. Please check the following:";
    WRONG_FORMAT = "Chọn một định dạng tệp trong danh sách.", "Choose a format from the list.";
    BUSY = "Máy chủ đang lập hoặc giữ đủ 20 tệp. Chờ vài phút rồi thử lại.", "The server is making or keeping 20 files already. Wait some minutes and try again.";
    TOO_MANY = "Ông/Bà đang có 5 tệp chưa tải hoặc đang lập. Tải bớt về, hoặc chờ 15 phút để tệp cũ tự xóa.",
        "You have 5 files that are being made or wait to be taken. Take some of them, or wait 15 minutes until old ones are removed.";
    OWN = "Tệp của Ông/Bà", "Your files";
    JOB_TITLE = "Tệp dữ liệu phiếu", "File of answers";
    WAITING = "Đang chờ đến lượt. Trang này tự tải lại.", "Waiting for its turn. This page reloads itself.";
    RUNNING = "Đang lập tệp. Trang này tự tải lại.", "The file is being made. This page reloads itself.";
    READY = "Tệp đã sẵn sàng. Tệp bị xóa ngay sau khi tải xong, muộn nhất là sau 15 phút.",
        "The file is ready. It is removed as soon as it was taken, after 15 minutes at the latest.";
    FAILED = "Không lập được tệp. Thử lại; nếu vẫn không được, báo người quản trị hệ thống xem nhật ký máy chủ.",
        "The file could not be made. Try again; if it fails again, tell the system administrator to look at the server's log.";
    WAITING_SHORT = "đang chờ", "waiting";
    RUNNING_SHORT = "đang lập", "being made";
    READY_SHORT = "sẵn sàng", "ready";
    FAILED_SHORT = "không lập được", "failed";
    DOWNLOAD = "Tải tệp về", "Take the file";
    ONE_SERVER = "Nếu tỉnh chạy nhiều máy chủ, tệp chỉ nằm trên máy đã lập ra nó.",
        "Where a province runs several servers, the file lies on the one that made it.";
    AGAIN = "Xuất dữ liệu khác", "Export other data";
    PROGRESS = "Tiến độ", "Progress";
}

sentences! {
    written(done: u64, all: u64) = "đã ghi {done} trên {all} phiếu", "{done} of {all} answers written";
    rows(n: u64) = "{n} phiếu", "{n} answers";
    edition_rows(edition: &str, n: u64) = "{edition}: {n} phiếu", "{edition}: {n} answers";
    file_line(name: &str, state: &str) = "{name}: {state}", "{name} ({state})";
}
