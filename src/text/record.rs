//! The page of the record: what it is, its latest checkpoint, its keys, how to check it.

use crate::words::Day;

/// Address of the page.
pub const PAGE: &str = "/so-ghi";

says! {
    TITLE = "Sổ ghi phiếu", "The record of forms";
    LEAD = "Mỗi đêm, các phiếu của ngày vừa hết được niêm phong vào một cuốn sổ chỉ ghi thêm, không xóa, không sửa. Sau mỗi lần ghi, hệ thống ký một điểm kiểm: con số phiếu và một mã tính từ toàn bộ cuốn sổ. Bớt, thêm hay sửa một phiếu thì mã không còn khớp.",
        "Every night the forms of the day that has ended are sealed into a record that is only ever added to: nothing is removed or changed. Each time the system signs a checkpoint: the number of forms and a code computed from the whole record. If a form is removed, added or altered, the code no longer matches.";
    NO_CONTENT = "Sổ và điểm kiểm không cho biết ai đã trả lời hay trả lời thế nào.", "Neither the record nor a checkpoint tells who answered, or what.";
    LATEST = "Điểm kiểm mới nhất", "Latest checkpoint";
    NONE = "Chưa có ngày nào được niêm phong.", "No day has been sealed yet.";
    KEYS = "Khóa ký điểm kiểm", "Keys that sign checkpoints";
    KEYS_LEAD = "Khóa sau được khóa trước ký xác nhận. Ai muốn tự kiểm tra thì chép lại khóa đầu tiên.",
        "Each key is endorsed by the one before it. Whoever wants to check copies the first key.";
    NO_KEY = "Chưa có khóa: khóa được tạo cùng điểm kiểm đầu tiên.", "There is no key yet: it is made with the first checkpoint.";
    CHECK = "Cách kiểm tra", "How to check";
    CHECK_RECEIPT = "Người đã gửi phiếu: nhập mã biên nhận ở trang kiểm tra phiếu, tải giấy xác nhận rồi chạy lệnh sau. Lệnh chạy không cần mạng.",
        "Whoever sent a form: enter the receipt code on the page for sent forms, download the proof file and run the command below. It needs no network.";
    CHECK_WITNESS = "Cơ quan giám sát, báo chí, bất kỳ ai: chạy lệnh sau mỗi ngày. Lệnh nhớ điểm kiểm đã thấy và báo ngay nếu sổ bị bớt hoặc bị viết lại.",
        "Supervising bodies, the press, anybody: run the command below every day. It remembers the checkpoint it saw and tells at once if the record was cut or rewritten.";
    CHECK_AUDITOR = "Thanh tra, trên máy chủ: lệnh sau tính lại mọi phiếu, mọi số đếm và chỉ ra từng chỗ sai.",
        "Inspectors, on the server: the command below computes every form and every count again and names each fault.";
    FILES = "Tệp cho máy", "Files for machines";
    FILE_CHECKPOINT = "điểm kiểm mới nhất", "latest checkpoint";
    FILE_KEYS = "các khóa", "keys";
    FILE_CONSISTENCY = "bằng chứng sổ chỉ được ghi thêm, từ điểm kiểm này đến điểm kiểm sau", "proof that the record only grew, from one checkpoint to a later one";
    TO_RECEIPT = "Kiểm tra phiếu đã gửi", "Check a sent form";
    PROMISE = "Tải giấy hẹn niêm phong (tệp)", "Download the promise to seal it (file)";
    LINK = "Sổ ghi phiếu", "Record of forms";
}

sentences! {
    latest(forms: u64, day: Day) = "{forms} phiếu, niêm phong đến hết ngày {day}.", "{forms} forms, sealed through {day}.";
}
