//! Refusals of uploaded questionnaires.

use crate::text::import::Digits;

sentences! {
    too_large(bytes: u64, most: u64) = "Tệp có {bytes} byte, lớn hơn mức {most} byte; xin rút gọn phiếu.",
        "The file has {bytes} bytes, more than {most}; shorten the questionnaire.";
    not_text(at: u64) = "Tệp không phải UTF-8 (từ byte {at}); xin lưu lại dưới dạng UTF-8.",
        "The file is not UTF-8 (from byte {at} on); save it again as UTF-8.";
    unsound(n: u64, lines: &str) = "Tệp có {n} lỗi nên phiếu chưa được nhận. Sửa các dòng sau rồi tải lên lại:\n{lines}",
        "The file has {n} fault(s), so the questionnaire was not taken. Mend these lines and upload it again:\n{lines}";
    unsound_heading(n: u64) = "Tệp có {n} lỗi nên phiếu chưa được nhận. Sửa các dòng sau rồi tải lên lại:",
        "The file has {n} fault(s), so the questionnaire was not taken. Mend these lines and upload it again:";
    changed(name: &str) = "Phiếu {name} đã có trong hệ thống với nội dung khác, và phiếu đã dùng thì không sửa; xin đặt số bản mới kế tiếp bản này.",
        "Questionnaire {name} is stored with other contents, and one that is in use is not changed; give the change a new version that succeeds it.";
    version_too_high(version: Digits, most: Digits) = "Số bản {version} lớn hơn {most}; xin ghi số nhỏ hơn.",
        "Version {version} is above {most}; write a smaller number.";
}
