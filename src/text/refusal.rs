//! What comes after sending, and what a closed door says: thanks, receipts, refusals, pages for what went wrong.
//!
//! A refusal is no error: each has a title, says what happened and what the person can do.

use crate::words::{Day, Lang};

use super::Say;

says! {
    THANKS_TITLE = "Cảm ơn Ông/Bà!", "Thank you!";
    THANKS_BODY = "Phiếu đã được ghi nhận. Ông/Bà không phải làm gì thêm.", "Your form is stored. There is nothing more to do.";
    THANKS_RECEIPT_LABEL = "Mã biên nhận", "Receipt code";
    THANKS_RECEIPT_SAVE = "Có thể chụp màn hình để giữ mã. Không giữ mã cũng không sao.",
        "You may take a screenshot to keep the code. You do not have to keep it.";
    THANKS_AGAIN = "Phiếu này đã được ghi nhận trước đó. Gửi lại không làm tăng số phiếu.",
        "This form had already been stored. Sending again does not count twice.";
    THANKS_CLOSE = "Ông/Bà có thể đóng trang này.", "You may close this page.";
    THANKS_GONE = "Mã biên nhận chỉ hiện một lần ngay sau khi gửi. Phiếu vẫn được ghi nhận.",
        "The receipt code is shown only once, right after sending. The form is stored all the same.";

    RECEIPT_TITLE = "Kiểm tra phiếu đã gửi", "Check a sent form";
    RECEIPT_FIELD = "Nhập mã biên nhận", "Enter the receipt code";
    RECEIPT_RECEIVED = "Đã nhận. Phiếu sẽ được niêm phong vào sổ khi hết ngày.",
        "Received. It will be sealed in the record when the day has ended.";
    RECEIPT_LEVEL_D = "Phiếu được tính vào phần góp ý mở.", "It is counted as open feedback.";
    RECEIPT_UNKNOWN = "Không tìm thấy mã này. Xin kiểm tra lại từng ký tự; không có chữ I, L, O, U trong mã.",
        "Code not found. Please check each character; the letters I, L, O, U are not used.";
    RECEIPT_PROOF = "Tải giấy xác nhận (tệp) để tự kiểm tra", "Download the proof file";

    CLOSED_TITLE = "Nơi này không còn nhận đánh giá", "This place no longer takes ratings";
    MERGED_TITLE = "Đơn vị đã được sắp xếp lại", "The unit has been reorganised";
    WAVE_EARLY_TITLE = "Đợt khảo sát chưa bắt đầu", "The survey has not started";
    WAVE_OVER_TITLE = "Đợt khảo sát đã kết thúc", "The survey has ended";
    TICKET_EXPIRED_TITLE = "Mã riêng đã hết hạn", "The personal code has expired";
    TICKET_EXPIRED_BUTTON = "Vẫn góp ý", "Answer anyway";
    TICKET_USED_TITLE = "Mã riêng đã được dùng", "The personal code has been used";
    TICKET_USED = "Mã riêng này đã được dùng một lần. Mỗi mã chỉ dùng được một lần.",
        "This personal code has already been used. Each code works once.";
    TICKET_USED_MINE = "Nếu chính Ông/Bà đã trả lời: xin cảm ơn, không cần làm gì thêm.",
        "If it was you: thank you, nothing more to do.";
    TICKET_USED_NOT_MINE = "Tôi chưa trả lời phiếu này", "I have not answered this form";
    TICKET_OPEN_FORM = "Góp ý mở tại đây", "Give open feedback here";
    TICKET_UNKNOWN_OPEN = "Không có mã riêng, Ông/Bà vẫn góp ý được bằng mã QR dán tại quầy.",
        "Without a personal code you can still give your opinion with the QR code at the counter.";
    TICKET_UNKNOWN_UNITS = "Tìm cơ quan", "Find the office";
    TICKET_UNKNOWN_TITLE = "Không tìm thấy mã", "Code not found";
    TICKET_UNKNOWN = "Mã không đúng. Xin quét lại mã QR hoặc kiểm tra đường dẫn trong tin nhắn.",
        "This code is not right. Please scan again or check the link in the message.";
    TICKET_VOID_TITLE = "Mã không còn hiệu lực", "The code is no longer valid";
    TICKET_VOID = "Mã này không còn hiệu lực vì hồ sơ đã được đính chính. Ông/Bà vẫn có thể góp ý mở.",
        "This code is no longer valid because the application was corrected. You may still give open feedback.";
    QUOTA_TITLE = "Nhóm này đã đủ số phiếu", "This group is complete";
    QUOTA_BODY = "Nhóm này đã đủ số phiếu cần thiết. Cảm ơn Ông/Bà.", "This group already has the answers it needs. Thank you.";
    DISPUTE_TITLE = "Báo: tôi chưa trả lời phiếu này", "Report: I have not answered";
    DISPUTE_BODY = "Khi bấm xác nhận, hệ thống ghi nhận rằng mã của Ông/Bà đã bị người khác dùng. Không cần ghi tên. Cơ quan ngoài đơn vị được đánh giá sẽ xem xét.",
        "If you confirm, the system records that someone else used your code. No name is needed. An office outside the rated unit will look into it.";
    DISPUTE_CONFIRM = "Xác nhận, tôi chưa trả lời", "Confirm: I have not answered";
    DISPUTE_CANCEL = "Không, tôi nhớ ra đã trả lời", "No, I remember answering";
    DISPUTE_DONE = "Đã ghi nhận. Cảm ơn Ông/Bà đã báo. Phiếu mang mã này được đánh dấu để xem xét.",
        "Recorded. Thank you for telling us. The form sent under this code is marked for review.";
    DISPUTE_ANSWER = "Ông/Bà muốn tự trả lời không? Phiếu sẽ được ghi là góp ý mở.",
        "Would you like to answer yourself? The form will be kept as open feedback.";

    NOT_FOUND_TITLE = "Không tìm thấy trang", "Page not found";
    UNKNOWN_POINT_TITLE = "Không tìm thấy nơi này", "Place not found";
    METHOD_TITLE = "Thao tác không dùng được tại địa chỉ này", "This action does not work at this address";
    METHOD_BODY = "Địa chỉ này không nhận thao tác vừa gửi. Xin mở lại trang từ mã QR hoặc từ trang đầu.",
        "This address does not take what was sent. Please open the page again from the QR code or from the first page.";
    TOO_LARGE_TITLE = "Nội dung gửi quá lớn", "Too much was sent";
    TOO_LARGE_BODY = "Phiếu chưa được ghi nhận vì nội dung gửi quá lớn. Xin quay lại, rút ngắn ý kiến rồi gửi lại.",
        "The form is not stored because too much was sent. Please go back, shorten the comment and send again.";
    UNAVAILABLE_TITLE = "Hệ thống tạm thời gián đoạn", "The system is not available for the moment";
    UNAVAILABLE_BODY = "Trang này tạm thời không mở được. Xin thử lại sau ít phút.",
        "This page cannot be opened for the moment. Please try again in a few minutes.";
    BUSY_TITLE = "Đang có nhiều người gửi", "Many people are sending";
    FAULT_TITLE = "Có sự cố kỹ thuật", "A technical fault";
    FAULT_BODY = "Trang này không mở được vì sự cố kỹ thuật. Lỗi không phải do Ông/Bà. Xin thử lại sau ít phút.",
        "This page could not be opened because of a technical fault. It is not your doing. Please try again in a few minutes.";
    DAMAGED_TITLE = "Phiếu gửi lên không đọc được", "The form sent could not be read";
    DAMAGED_BODY = "Phiếu chưa được ghi nhận vì nội dung gửi lên bị thiếu hoặc hỏng. Xin mở lại phiếu rồi trả lời lại.",
        "The form is not stored because what was sent is incomplete or damaged. Please open the form again and answer once more.";
    CHANGED_BODY_TITLE = "Phiếu này đã được gửi", "This form was already sent";
    FORM_KEY_TITLE = "Cần mở lại phiếu", "Please open the form again";
    FORM_KEY_BODY = "Phiếu chưa được ghi nhận vì trang này mở đã lâu hoặc được mở từ nơi khác. Xin mở lại phiếu rồi trả lời lại.",
        "The form is not stored because this page was opened long ago or somewhere else. Please open the form again and answer once more.";
    OPEN_AGAIN = "Mở lại phiếu", "Open the form again";
    TRY_AGAIN = "Thử lại", "Try again";
    TO_FIRST_PAGE = "Về trang đầu", "To the first page";
}

sentences! {
    thanks_receipt(code: &str) = "Mã biên nhận: {code}", "Receipt code: {code}";
    thanks_receipt_use(address: &str) = "Dùng mã này tại {address}/bien-nhan để xem phiếu đã được tính vào kết quả hay chưa. Mã không cho biết Ông/Bà đã trả lời thế nào, nên không ai có thể yêu cầu Ông/Bà cho xem câu trả lời.",
        "Use this code at {address}/bien-nhan to see whether your form was counted. It does not show what you answered, so nobody can ask you to show your answers.";
    thanks_next(address: &str, code: &str, k: u64) = "Kết quả chung được công bố tại {address}/don-vi/{code}, sớm nhất sau khi có đủ {k} phiếu mới.",
        "Overall results are published at {address}/don-vi/{code}, at the earliest once {k} new forms have come in.";
    receipt_sealed(date: Day, checkpoint: u64) = "Đã niêm phong trong sổ ngày {date}, điểm kiểm {checkpoint}. Phiếu được tính vào kết quả.",
        "Sealed in the record of {date}, checkpoint {checkpoint}. It is counted.";
    receipt_sealed_open(date: Day, checkpoint: u64) = "Đã niêm phong trong sổ ngày {date}, điểm kiểm {checkpoint}. Phiếu được tính vào phần góp ý mở.",
        "Sealed in the record of {date}, checkpoint {checkpoint}. It is counted as open feedback.";
    receipt_in_record(date: Day) = "Đã niêm phong trong sổ ngày {date}. Phiếu được tính vào kết quả.",
        "Sealed in the record of {date}. It is counted.";
    receipt_in_record_open(date: Day) = "Đã niêm phong trong sổ ngày {date}. Phiếu được tính vào phần góp ý mở.",
        "Sealed in the record of {date}. It is counted as open feedback.";
    receipt_excluded(reason: &str, date: Day) = "Phiếu không được tính. Lý do: {reason}. Một người đề xuất, một người khác ngoài đơn vị được đánh giá phê duyệt ngày {date}. Phiếu vẫn được lưu, không bị xóa.",
        "Not counted. Reason: {reason}. Proposed by one person and approved on {date} by another from outside the rated unit. The form is kept, not deleted.";
    receipt_moved(point: &str) = "Phiếu được chuyển đúng về {point} vì mã QR bị treo nhầm chỗ.",
        "The form was moved to {point} because the QR code hung in the wrong place.";
    closed(date: Day, address: &str) = "Điểm khảo sát đã đóng từ ngày {date}. Mời Ông/Bà dùng mã QR mới tại quầy, hoặc góp ý tại {address}.",
        "This place was closed on {date}. Please use the new QR code at the counter, or give your opinion at {address}.";
    merged(old: &str, new: &str, link: &str) = "{old} nay thuộc {new}. Mời Ông/Bà đánh giá tại đây: {link}.",
        "{old} is now part of {new}. Please rate it here: {link}.";
    wave_early(date: Day) = "Đợt khảo sát bắt đầu ngày {date}. Mời Ông/Bà quay lại sau.",
        "The survey starts on {date}. Please come back then.";
    wave_over(date: Day, address: &str) = "Đợt khảo sát đã kết thúc ngày {date}. Cảm ơn Ông/Bà đã quan tâm. Kết quả sẽ được công bố tại {address}.",
        "The survey ended on {date}. Thank you for your interest. The results will be published at {address}.";
    ticket_expired(date: Day) = "Mã riêng này đã hết hạn ngày {date}. Ông/Bà vẫn có thể góp ý: phiếu sẽ được ghi là góp ý mở.",
        "This personal code expired on {date}. You may still answer: the form will be kept as open feedback.";
    fault_number(number: &str) = "Nếu báo cho bộ phận kỹ thuật, xin cho biết mã sự cố {number}.",
        "If you report it, please give the fault number {number}.";
    optout_done(channel: &str) = "Chúng tôi sẽ không gửi thêm lời mời nào đến {channel} này trong đợt khảo sát.",
        "We will send no more invitations to this {channel} during this survey.";
}

/// A page that says why something did not go: its title and its one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorPage {
    /// Title and heading.
    pub title: Say,
    /// What happened and what to do.
    pub body: Say,
}

/// The form came back incomplete or damaged (400). The page offers [`OPEN_AGAIN`].
pub const DAMAGED: ErrorPage = ErrorPage { title: DAMAGED_TITLE, body: DAMAGED_BODY };
/// The form's key is missing, foreign or too old (400). The page offers [`OPEN_AGAIN`].
pub const FORM_KEY: ErrorPage = ErrorPage { title: FORM_KEY_TITLE, body: FORM_KEY_BODY };
/// The system refuses for a moment because the queue is full (503).
pub const BUSY: ErrorPage = ErrorPage { title: BUSY_TITLE, body: super::form::ERR_BUSY };
/// A form could not be stored (503).
pub const NOT_STORED: ErrorPage = ErrorPage { title: UNAVAILABLE_TITLE, body: super::form::ERR_UNAVAILABLE };

/// The page for an HTTP status. Every 5xx but 503 has the same opaque words; unknown 4xx read as a damaged request.
pub const fn error_page(status: u16) -> ErrorPage {
    match status {
        403 => FORM_KEY,
        404 | 410 => ErrorPage { title: NOT_FOUND_TITLE, body: super::form::ERR_NOT_FOUND },
        405 => ErrorPage { title: METHOD_TITLE, body: METHOD_BODY },
        413 => ErrorPage { title: TOO_LARGE_TITLE, body: TOO_LARGE_BODY },
        429 => BUSY,
        503 => ErrorPage { title: UNAVAILABLE_TITLE, body: UNAVAILABLE_BODY },
        500..=599 => ErrorPage { title: FAULT_TITLE, body: FAULT_BODY },
        _ => DAMAGED,
    }
}

/// What stands on the page of a closed point.
pub fn closed_body(lang: Lang, date: Option<Day>, address: &str) -> String {
    match (date, lang) {
        (Some(date), _) => closed(lang, date, address),
        (None, Lang::Vi) => {
            format!("Điểm khảo sát đã đóng. Mời Ông/Bà dùng mã QR mới tại quầy, hoặc góp ý tại {address}.")
        }
        (None, Lang::En) => {
            format!(
                "This place is closed. Please use the new QR code at the counter, or give your opinion at {address}."
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_carry_dates_and_addresses_in_official_shape() {
        let day = Day::of(2026, 7, 1).unwrap();
        assert_eq!(
            closed_body(Lang::Vi, Some(day), "thuocdo.gov.vn"),
            "Điểm khảo sát đã đóng từ ngày 01/7/2026. Mời Ông/Bà dùng mã QR mới tại quầy, hoặc góp ý tại thuocdo.gov.vn."
        );
        assert_eq!(
            receipt_sealed(Lang::Vi, day, 1234),
            "Đã niêm phong trong sổ ngày 01/7/2026, điểm kiểm 1.234. Phiếu được tính vào kết quả."
        );
        assert_eq!(
            thanks_next(Lang::En, "https://a.vn", "MH.X01", 10),
            "Overall results are published at https://a.vn/don-vi/MH.X01, at the earliest once 10 new forms have come in."
        );
    }

    #[test]
    fn every_status_has_a_page_of_its_own() {
        let titles = [400, 404, 405, 413, 429, 500, 503].map(|status| error_page(status).title.vi);
        for (place, title) in titles.iter().enumerate() {
            assert!(!titles[..place].contains(title), "{title} twice");
        }
        assert_eq!(error_page(418), DAMAGED);
        assert_eq!(error_page(502), error_page(500));
    }
}
