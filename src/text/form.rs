//! The citizen's form: its sentences, questions, scale, buttons and errors.
//!
//! The scale is the ministry's order, dissatisfied first. Each question has its own not-applicable label, because many
//! people stand at the counter before they have any result.

use crate::words::{Helper, Lang};

use super::Say;

says! {
    TITLE = "Phiếu đánh giá chất lượng phục vụ", "Rate the service you received";
    WRONG_PLACE = "Không đúng nơi Ông/Bà vừa đến? Xin báo cho chúng tôi ở ô ý kiến bên dưới.",
        "Not the place you visited? Please tell us in the comment box.";
    PRIVACY = "Phiếu không ghi tên, không hỏi số điện thoại hay số định danh. Cán bộ tại quầy không xem được câu trả lời của từng người.",
        "This form has no name and asks for no phone or identity number. Counter staff cannot see any individual answer.";
    WRONG_PLACE_LATER = "Không đúng nơi Ông/Bà vừa đến? Xin báo cho chúng tôi ở ô ý kiến cuối phiếu.",
        "Not the place you visited? Please tell us in the comment box at the end.";
    VOLUNTARY_LONG = "Ông/Bà trả lời tự nguyện, câu nào không muốn trả lời thì để trống. Trả lời thế nào cũng không ảnh hưởng đến hồ sơ.",
        "Answering is voluntary; leave empty whatever you do not wish to answer. Your answer does not affect your application.";
    VOLUNTARY = "Ông/Bà trả lời tự nguyện, mất khoảng 15 giây. Trả lời thế nào cũng không ảnh hưởng đến hồ sơ.",
        "Answering is voluntary and takes about 15 seconds. Your answer does not affect your application.";
    LEAD = "Ông/Bà hài lòng ở mức nào về:", "How satisfied are you with:";

    Q_RECEPTION = "Nơi đón tiếp", "The place where you were received";
    Q_RECEPTION_HINT = "Chỗ ngồi chờ, bảng hướng dẫn, trang thiết bị, vệ sinh", "Seats, signs, equipment, cleanliness";
    Q_WAITING = "Thời gian chờ đến lượt", "The time you waited for your turn";
    Q_ATTITUDE = "Thái độ phục vụ của cán bộ", "The attitude of the staff";
    Q_ATTITUDE_HINT = "Lịch sự, lắng nghe, hướng dẫn rõ ràng", "Polite, listened, explained clearly";
    Q_TIME = "Thời gian giải quyết hồ sơ", "The time taken to process your application";
    Q_TIME_HINT = "So với ngày hẹn trả kết quả", "Compared with the date promised";
    Q_QUALITY = "Chất lượng giải quyết hồ sơ", "The quality of the result";
    Q_QUALITY_HINT = "Đầy đủ, chính xác, đúng quy định, kể cả khi hồ sơ bị từ chối",
        "Complete, correct, lawful, also if the application was refused";

    SCALE_1 = "Rất không hài lòng", "Very dissatisfied";
    SCALE_2 = "Không hài lòng", "Dissatisfied";
    SCALE_3 = "Bình thường", "Neutral";
    SCALE_4 = "Hài lòng", "Satisfied";
    SCALE_5 = "Rất hài lòng", "Very satisfied";

    NA_NO_OPINION = "Không có ý kiến", "No opinion";
    NA_NO_COUNTER = "Tôi không đến quầy", "I did not come to a counter";
    NA_NO_RESULT = "Tôi chưa nhận kết quả", "I have no result yet";

    Q_MINUTES = "Ông/Bà chờ khoảng bao nhiêu phút thì đến lượt?", "About how many minutes did you wait for your turn?";
    Q_MINUTES_HINT = "Ghi số phút, ví dụ 10. Không nhớ thì để trống.",
        "Minutes, for example 10. Leave empty if you do not remember.";
    Q_MINUTES_UNIT = "phút", "minutes";
    Q_HELPER = "Có ai bấm giúp Ông/Bà không?", "Did someone press for you?";
    HELPER_NONE = "Không", "No";
    HELPER_FAMILY = "Người nhà, người đi cùng", "Family or companion";
    HELPER_VOLUNTEER = "Tình nguyện viên", "Volunteer";
    HELPER_STAFF = "Cán bộ", "Staff";
    Q_COMMENT = "Theo Ông/Bà, điều gì cần làm tốt hơn?", "What should be done better?";
    OPTIONAL = "(không bắt buộc)", "(optional)";
    Q_COMMENT_WARN = "Xin không ghi họ tên, số điện thoại, số căn cước, mã hồ sơ của Ông/Bà hay của người khác.",
        "Please do not write names, phone or identity numbers or dossier codes, yours or anyone else's.";
    Q_COMMENT_NOT_PETITION_NO_HOTLINE = "Ô này không phải nơi nhận đơn. Muốn được cơ quan trả lời, mời Ông/Bà gửi phản ánh, kiến nghị tại dichvucong.gov.vn.",
        "This box is not for petitions. If you would like a reply, please send a complaint or suggestion at dichvucong.gov.vn.";

    BUTTON_SEND = "Gửi đánh giá", "Send";
    BUTTON_SENDING = "Đang gửi…", "Sending…";
    BUTTON_NEXT = "Tiếp", "Next";
    BUTTON_BACK = "Quay lại", "Back";
    LANG_SWITCH = "English", "Tiếng Việt";
    DEMO_MARK = "SỐ LIỆU MÔ PHỎNG – không phải của cơ quan nào", "SIMULATED DATA – belongs to no real office";

    ERR_TITLE_PREFIX = "Lỗi:", "Error:";
    ERR_NOTHING = "Xin trả lời ít nhất một câu.", "Please answer at least one question.";
    ERR_MINUTES = "Số phút chờ: xin ghi một số từ 0 đến 600, hoặc để trống.",
        "Minutes waited: a number from 0 to 600, or leave empty.";
    ERR_PERSONAL = "Ý kiến có vẻ chứa số điện thoại, số căn cước hoặc mã hồ sơ. Phần đó sẽ được che trước khi lưu.",
        "The comment seems to contain a phone, identity or dossier number. It will be masked before it is stored.";
    ERR_VERSION = "Phiếu đã có bản mới. Câu trả lời của Ông/Bà được giữ lại bên dưới, xin kiểm tra rồi gửi lại.",
        "The form has a newer version. Your answers are kept below; please check and send again.";
    ERR_CHANGED_BODY = "Phiếu này đã gửi trước đó với nội dung khác. Phiếu đã gửi không sửa được.",
        "This form was already sent with other answers. A sent form cannot be changed.";
    ERR_BUSY = "Hệ thống đang có nhiều người gửi. Phiếu chưa được ghi nhận; xin bấm gửi lại sau ít phút.",
        "The system is busy. Your form is not stored yet; please send it again in a few minutes.";
    ERR_UNAVAILABLE = "Chưa ghi nhận được phiếu vì sự cố kỹ thuật. Câu trả lời vẫn còn trên trang này; xin bấm gửi lại, hoặc dùng phiếu giấy tại quầy.",
        "The form could not be stored because of a technical fault. Your answers are still on this page; please send again, or use a paper form at the counter.";
    ERR_OFFLINE = "Không có kết nối mạng. Phiếu chưa được gửi.", "No connection. The form has not been sent.";
    ERR_NOT_FOUND = "Không tìm thấy trang này. Xin kiểm tra lại mã hoặc quét lại mã QR.",
        "Page not found. Please check the code or scan again.";
    ERR_CHALLENGE = "Nơi này vừa nhận rất nhiều phiếu. Xin trả lời thêm câu hỏi nhỏ dưới đây, rồi bấm gửi.",
        "This place has just received very many forms. Please answer the small question below, then send.";
}

sentences! {
    place(counter: &str, centre: &str) = "{counter} · {centre}", "{counter} · {centre}";
    comment_not_petition(hotline: &str) = "Ô này không phải nơi nhận đơn. Muốn được cơ quan trả lời, mời Ông/Bà gửi phản ánh, kiến nghị tại dichvucong.gov.vn hoặc gọi {hotline}.",
        "This box is not for petitions. If you would like a reply, please send a complaint or suggestion at dichvucong.gov.vn or call {hotline}.";
    err_summary(n: u64) = "Phiếu chưa gửi được. Xin xem lại {n} chỗ sau:", "The form was not sent. Please check {n} item(s):";
    err_missing(question: &str, not_applicable: &str) = "{question}: xin chọn một mức, hoặc chọn “{not_applicable}”.",
        "{question}: please choose one level, or “{not_applicable}”.";
    err_missing_level(question: &str) = "{question}: xin chọn một mức.", "{question}: please choose one level.";
    err_two(question: &str) = "{question}: xin chỉ chọn một mức.", "{question}: please choose one level only.";
    err_also_na(question: &str, not_applicable: &str) = "{question}: xin chọn các mục, hoặc chỉ chọn “{not_applicable}”.",
        "{question}: please choose options, or “{not_applicable}” alone.";
    err_level(question: &str) = "{question}: câu trả lời gửi lên không hợp lệ, xin chọn lại.",
        "{question}: the answer received is not valid, please choose again.";
    err_number(question: &str, low: u64, high: u64) = "{question}: xin ghi một số từ {low} đến {high}, hoặc để trống.",
        "{question}: a number from {low} to {high}, or leave empty.";
    err_comment_long(max: u64, over: u64) = "Ý kiến dài quá {max} ký tự, xin rút ngắn (thừa {over} ký tự).",
        "The comment is over {max} characters; please shorten it by {over}.";
    progress(part: u64, parts: u64) = "Phần {part} trên {parts}", "Part {part} of {parts}";
}

/// The five levels, dissatisfied first.
pub const SCALE: [Say; 5] = [SCALE_1, SCALE_2, SCALE_3, SCALE_4, SCALE_5];

/// The sentence that sends petitions elsewhere, with the hotline where there is one.
pub fn not_petition(lang: Lang, hotline: Option<&str>) -> String {
    match hotline {
        Some(hotline) => comment_not_petition(lang, hotline),
        None => Q_COMMENT_NOT_PETITION_NO_HOTLINE.get(lang).to_owned(),
    }
}

/// What a question left open is told, with the not-applicable label where the question has one.
pub fn missing(lang: Lang, question: &str, not_applicable: Option<&str>) -> String {
    match not_applicable {
        Some(label) => err_missing(lang, question, label),
        None => err_missing_level(lang, question),
    }
}

/// The answers to “Có ai bấm giúp Ông/Bà không?”.
pub const fn helper(helper: Helper) -> Say {
    match helper {
        Helper::None => HELPER_NONE,
        Helper::Family => HELPER_FAMILY,
        Helper::Volunteer => HELPER_VOLUNTEER,
        Helper::Staff => HELPER_STAFF,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_question_and_the_way_out() {
        assert_eq!(
            missing(Lang::Vi, Q_TIME.vi, Some(NA_NO_RESULT.vi)),
            "Thời gian giải quyết hồ sơ: xin chọn một mức, hoặc chọn “Tôi chưa nhận kết quả”."
        );
        assert_eq!(
            missing(Lang::En, Q_TIME.en, None),
            "The time taken to process your application: please choose one level."
        );
        assert_eq!(
            err_comment_long(Lang::Vi, 1000, 1234),
            "Ý kiến dài quá 1.000 ký tự, xin rút ngắn (thừa 1.234 ký tự)."
        );
        assert_eq!(err_summary(Lang::Vi, 2), "Phiếu chưa gửi được. Xin xem lại 2 chỗ sau:");
    }

    #[test]
    fn a_place_without_hotline_names_none() {
        assert!(not_petition(Lang::Vi, Some("1022")).ends_with("hoặc gọi 1022."));
        assert!(not_petition(Lang::Vi, None).ends_with("tại dichvucong.gov.vn."));
    }

    #[test]
    fn each_language_is_offered_in_its_own_name() {
        assert_eq!(LANG_SWITCH.get(Lang::Vi), "English");
        assert_eq!(LANG_SWITCH.get(Lang::En), "Tiếng Việt");
    }
}
