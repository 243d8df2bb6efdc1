//! The staff log.

use crate::words::Lang;

says! {
    TITLE = "Nhật ký", "Staff log";
    LEAD = "Mọi việc cán bộ làm trên hệ thống, theo thứ tự thời gian. Mỗi dòng mang mã của dòng trước, nên sửa, xóa hay chèn dòng đều lộ ra.",
        "Everything staff did in the system, in the order of time. Each line carries the code of the one before, so that changing, deleting or inserting a line shows.";
    NUMBER = "Số", "No.";
    AT = "Lúc", "At";
    ACTOR = "Người làm", "Who";
    ACT = "Việc", "Act";
    OBJECT = "Đối tượng", "On what";
    FILTER = "Lọc theo người hoặc việc", "Filter by person or act";
    OLDER = "Cũ hơn", "Older";
    NEWEST = "Mới nhất", "Newest";
    NOTHING = "Không có dòng nào.", "There are no lines.";
    CHECK = "Kiểm tra toàn bộ chuỗi", "Check the whole chain";
    EXPORT = "Tải toàn bộ nhật ký (CSV)", "Take the whole log away (CSV)";
    HEAD = "Mã đầu chuỗi hôm nay. Chép lại mã này thì về sau biết được nhật ký có bị cắt hay thay không.",
        "Code of the end of the chain today. Whoever notes it down can tell later whether the log was cut or replaced.";
    FAULT_ALTERED = "nội dung đã bị sửa", "its content was altered";
    FAULT_LOOSE = "không nối với dòng trước", "it does not follow the line before it";
    FAULT_MISSING = "dòng này bị mất", "the line is missing";
    FAULT_REPEATED = "số dòng bị lặp hoặc sai thứ tự", "its number stands twice or out of order";
    FAULT_CUT = "phần từ dòng này trở đi bị cắt", "the lines from here on were cut off";
    FAULT_BEYOND = "mã đầu chuỗi không biết dòng này", "the end of the chain does not know this line";
    FAULT_OTHER = "mã đầu chuỗi thuộc một nhật ký khác", "the end of the chain belongs to another log";
    BROKEN = "Nhật ký không còn nguyên vẹn.", "The log is not intact.";
    COMMAND_LINE = "Dòng lệnh trên máy chủ", "Command line of the server";
}

sentences! {
    whole(n: u64) = "Chuỗi nguyên vẹn: {n} dòng, từ dòng đầu đến dòng cuối.", "The chain is whole: {n} lines, from the first to the last.";
    broken_at(n: u64, fault: &str) = "Sai lệch đầu tiên ở dòng {n}: {fault}.", "The first fault is at line {n}: {fault}.";
}

/// Words of the log for acts, by the word it stores: administrative Vietnamese, or the stored word where it is nothing to
/// translate.
pub fn act(lang: Lang, stored: &str) -> String {
    let known = ACTS.iter().find(|(word, _)| *word == stored).filter(|_| lang == Lang::Vi);
    known.map_or_else(|| stored.to_owned(), |(_, vietnamese)| (*vietnamese).to_owned())
}

const ACTS: [(&str, &str); 64] = [
    ("submit publication", "Trình công bố"),
    ("approve publication", "Duyệt công bố"),
    ("refuse publication", "Không duyệt công bố"),
    ("withdraw publication", "Rút bản trình công bố"),
    ("attach document", "Đính kèm văn bản phê duyệt"),
    ("ask for records", "Đề nghị cấp tệp phiếu cho thanh tra"),
    ("allow records", "Đồng ý cấp tệp phiếu"),
    ("refuse records", "Không đồng ý cấp tệp phiếu"),
    ("take records", "Tải tệp phiếu cho thanh tra"),
    ("sign in", "Đăng nhập"),
    ("sign-in failed", "Đăng nhập sai nhiều lần"),
    ("end session", "Kết thúc phiên"),
    ("end other sessions", "Kết thúc các phiên khác"),
    ("renew recovery codes", "Lập mã dự phòng mới"),
    ("first administrator", "Lập quản trị viên đầu tiên"),
    ("activate account", "Kích hoạt tài khoản"),
    ("new password", "Đặt mật khẩu mới"),
    ("forgotten password", "Yêu cầu đặt lại mật khẩu"),
    ("invite", "Cấp tài khoản"),
    ("change account", "Sửa tài khoản"),
    ("grant", "Giao vai trò"),
    ("withdraw", "Thu hồi vai trò"),
    ("close account", "Đóng tài khoản"),
    ("hand over", "Bàn giao vị trí"),
    ("link to a new password", "Cấp liên kết đặt mật khẩu"),
    ("link to activate", "Cấp liên kết kích hoạt"),
    ("export log", "Tải nhật ký"),
    ("export responses", "Xuất dữ liệu phiếu"),
    ("import units", "Nhập tệp đơn vị"),
    ("import points", "Nhập tệp điểm khảo sát"),
    ("import procedures", "Nhập tệp thủ tục"),
    ("import targets", "Nhập tệp chỉ tiêu"),
    ("import volumes", "Nhập tệp khối lượng"),
    ("import responses", "Nhập tệp phiếu"),
    ("close point", "Đóng điểm khảo sát"),
    ("new code", "Cấp mã QR mới"),
    ("revoke code", "Thu hồi mã QR"),
    ("propose move", "Đề xuất chuyển phiếu"),
    ("approve move", "Duyệt chuyển phiếu"),
    ("refuse move", "Không duyệt chuyển phiếu"),
    ("withdraw move", "Rút đề xuất chuyển phiếu"),
    ("propose edition", "Đề xuất đưa phiếu khảo sát vào dùng"),
    ("approve edition", "Duyệt đưa phiếu khảo sát vào dùng"),
    ("refuse edition", "Không duyệt đưa phiếu khảo sát vào dùng"),
    ("withdraw edition", "Rút đề xuất đưa phiếu khảo sát vào dùng"),
    ("erase comment", "Xóa lời góp ý"),
    ("add unit", "Thêm đơn vị"),
    ("change unit", "Sửa đơn vị"),
    ("merge units", "Sáp nhập đơn vị"),
    ("split unit", "Chia tách đơn vị"),
    ("close unit", "Đóng đơn vị"),
    ("add point", "Thêm điểm khảo sát"),
    ("change point", "Sửa điểm khảo sát"),
    ("put procedure", "Ghi thủ tục"),
    ("rename field", "Đổi tên lĩnh vực"),
    ("put volume", "Ghi khối lượng"),
    ("add target", "Thêm chỉ tiêu"),
    ("end target", "Kết thúc chỉ tiêu"),
    ("assign case", "Giao xử lý phản ánh"),
    ("answer case", "Trả lời phản ánh"),
    ("pass on case", "Chuyển phản ánh cho cơ quan có thẩm quyền"),
    ("close case", "Kết thúc phản ánh vì không đủ thông tin"),
    ("take over case", "Nhận phản ánh cho cơ quan có thẩm quyền"),
    ("give back case", "Trả về phản ánh thường"),
];
