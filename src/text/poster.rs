//! The poster with the QR of a collection point (A5, A6, A4; black and white must do).

use crate::words::{Day, Lang};

use super::Say;

says! {
    HEADLINE = "ÔNG/BÀ THẤY PHỤC VỤ HÔM NAY THẾ NÀO?", "HOW WAS THE SERVICE TODAY?";
    INVITATION = "Xin cho biết ý kiến – 15 giây", "Please tell us – 15 seconds";
    ENGLISH_LINE = "How was the service today? Scan, 15 seconds, no name.", "How was the service today? Scan, 15 seconds, no name.";
    STEP_CAMERA = "Mở camera hoặc Zalo", "Open the camera or Zalo";
    STEP_SCAN = "Quét mã", "Scan the code";
    STEP_SEND = "Chọn và gửi", "Choose and send";
    OR_KIOSK_OR_PAPER = "hoặc dùng máy tại sảnh, hoặc phiếu giấy trong hòm phiếu.",
        "or use the device in the hall, or a paper form and the ballot box.";
    NO_NAME = "Không ghi tên, không cần đăng nhập, không hỏi mã OTP, không thu tiền.",
        "No name, no sign-in, no OTP code, no payment.";
    ANSWER_YOURSELF = "Xin tự mình trả lời. Cán bộ không được trả lời thay Ông/Bà.",
        "Please answer yourself. Staff may not answer for you.";
    STAMP_PLACE = "(chỗ đóng dấu treo của Trung tâm)", "(place for the stamp of the centre)";
    NEED_REPLY_NO_HOTLINE = "Cần được trả lời về một việc cụ thể: gửi phản ánh, kiến nghị tại dichvucong.gov.vn",
        "Need a reply about your case: send a complaint or suggestion at dichvucong.gov.vn";
    QR_ALT = "Mã QR mở phiếu đánh giá", "QR code that opens the form";
    PAGE_TITLE = "Áp phích mã QR", "QR poster";
    PRINT = "In áp phích", "Print the poster";
    PRINT_NOTE = "In khổ A5, A6 hoặc A4; in đen trắng vẫn quét được. Chừa góc dưới bên phải để đóng dấu.",
        "Print on A5, A6 or A4; black and white scans too. Leave the lower right corner for the stamp.";
}

sentences! {
    not_yet(address: &str) = "CHƯA NÊN IN. Mã QR này dẫn tới {address}: điện thoại của người dân có thể không mở được, hoặc nội dung gửi đi không được mã hóa. Xin báo bộ phận kỹ thuật đặt base_url thành địa chỉ https công khai, rồi mở lại trang này. Dòng này chỉ hiện trên màn hình, không in ra giấy.",
        "DO NOT PRINT YET. This QR code leads to {address}: people's telephones may not open it, or what they send is not encrypted. Please ask whoever runs the server to set base_url to the public https address, then open this page again. This line is shown on the screen only and is not printed.";
    cannot_scan(address: &str) = "Không quét được? Gõ địa chỉ: {address}", "Cannot scan? Type the address: {address}";
    true_address(start: &str) = "Địa chỉ đúng luôn bắt đầu bằng {start}", "The right address always begins with {start}";
    results_at(address: &str) = "Kết quả được công bố tại {address}", "Results are published at {address}";
    need_reply(hotline: &str) = "Cần được trả lời về một việc cụ thể: gọi {hotline} hoặc gửi phản ánh, kiến nghị tại dichvucong.gov.vn",
        "Need a reply about your case: call {hotline} or send a complaint or suggestion at dichvucong.gov.vn";
    printed(code: &str, date: Day) = "{code} · in ngày {date}", "{code} · printed {date}";
}

/// The three steps under the code.
pub const STEPS: [Say; 3] = [STEP_CAMERA, STEP_SCAN, STEP_SEND];

/// The line for people who need a reply, with the hotline where there is one.
pub fn reply_line(lang: Lang, hotline: Option<&str>) -> String {
    match hotline {
        Some(hotline) => need_reply(lang, hotline),
        None => NEED_REPLY_NO_HOTLINE.get(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_foot_says_which_point_and_when_printed() {
        let day = Day::of(2026, 11, 21).unwrap();
        assert_eq!(printed(Lang::Vi, "7K3F-9QHD", day), "7K3F-9QHD · in ngày 21/11/2026");
        assert_eq!(
            reply_line(Lang::Vi, Some("1022")),
            "Cần được trả lời về một việc cụ thể: gọi 1022 hoặc gửi phản ánh, kiến nghị tại dichvucong.gov.vn"
        );
    }

    #[test]
    fn three_numbered_steps_lead_from_the_poster_to_the_form() {
        assert_eq!(STEPS.map(|step| step.vi).join(" · "), "Mở camera hoặc Zalo · Quét mã · Chọn và gửi");
    }
}
