//! Why something is not done about a late dossier.

use crate::words::Day;

says! {
    ONCE = "đã có văn bản xin lỗi; ngày hẹn mới chỉ được đưa ra một lần", "an apology has left already; a new day is given once";
    FORGOTTEN = "mã hồ sơ đã được xóa theo thời hạn lưu giữ nên không soạn văn bản được nữa",
        "the number of the application was erased as its time had come; no document can be drafted any more";
    RETURNED_ALREADY = "kết quả đã trả nên không hẹn ngày mới; để trống ô này", "the result was returned, so there is no new day; leave it empty";
    NO_NEW_DUE = "cần ngày hẹn trả kết quả mới", "the new day of the result is missing";
    NOT_TO_COME = "ngày hẹn mới phải sau ngày của văn bản", "the new day must lie after the day of the document";
    NOT_A_NUMBER = "ghi số, ký hiệu văn bản như 12/XL-UBND, tối đa 40 ký tự", "write the number of the document such as 12/XL-UBND, at most 40 characters";
}

sentences! {
    not_its_day(due: Day) = "ngày văn bản phải sau ngày hẹn trả {due} và không sau hôm nay",
        "the day of the document must lie after the due day {due} and not after today";
}
