//! Official reports: the page they are taken from.

use crate::words::Day;

says! {
    MENU = "Báo cáo", "Reports";
    TITLE = "Báo cáo định kỳ", "Periodic reports";
    LEAD = "Bản Word theo thể thức Nghị định 30/2020/NĐ-CP và bảng Excel, lập từ cùng số liệu với các trang kết quả. Đây là dự thảo: số, ngày, chữ ký ghi ở hệ thống quản lý văn bản.",
        "A Word file in the official format (Decree 30/2020/NĐ-CP) and a workbook, made of the same figures as the pages of results. They are drafts: number, day and signature come in the system of documents.";
    UNIT = "Đơn vị", "Unit";
    YEAR = "Năm", "Year";
    KIND = "Loại báo cáo", "Report";
    SHOW = "Xem", "Show";
    FIRST_QUARTER = "Quý I", "First quarter";
    SIX_MONTHS = "6 tháng đầu năm", "First six months";
    THIRD_QUARTER = "Quý III", "Third quarter";
    NINE_MONTHS = "9 tháng", "First nine months";
    WHOLE_YEAR = "Năm", "Year";
    DEADLINES = "Lịch báo cáo của đơn vị", "When reports of the unit are due";
    DEADLINE = "Hạn gửi", "Due";
    SOURCE = "Căn cứ", "Where it is set";
    NO_DEADLINE = "chưa có hạn trong văn bản đã nhập", "no day is set in the documents that are known";
    PREVIEW = "Các câu chính", "Main sentences";
    WORD = "Tải bản Word (.docx)", "Download the Word file (.docx)";
    WORKBOOK = "Tải bảng Excel (.xlsx)", "Download the workbook (.xlsx)";
    NO_UNIT = "Không có đơn vị nào trong phạm vi của Ông/Bà.", "There is no unit in your scope.";
    NOT_BEGUN = "Kỳ này chưa bắt đầu nên chưa có gì để báo cáo.", "The period has not begun, so there is nothing to report.";
    ONLY_VIETNAMESE = "Báo cáo là văn bản hành chính nên chỉ có tiếng Việt.", "Reports are documents of the administration, in Vietnamese alone.";
    REMINDERS = "Hệ thống gửi thư nhắc 10 ngày và 2 ngày trước hạn cho người có quyền lập báo cáo.", "Whoever may write reports gets a letter ten days and two days before a report is due.";
}

sentences! {
    due_before(day: Day) = "trước ngày {day}", "before {day}";
    runs(last: Day, through: &str) = "Kỳ kết thúc ngày {last}; số liệu hiện tính đến {through}. Báo cáo gửi trước ngày đó phải ghi rõ, và bản tải về đã ghi.",
        "The period ends on {last}; figures are counted through {through}. A report that leaves before has to say so, and the files do.";
    through(day: Day) = "hết ngày {day}", "{day}";
}
