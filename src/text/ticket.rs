//! One-time tickets: the slip, the letter, the message.

use crate::words::Day;

says! {
    SMS_RESULT = "mời Ông/Bà đánh giá việc giải quyết hồ sơ", "invites you to rate how your application was handled";
    SMS_RECEPTION = "mời Ông/Bà đánh giá việc tiếp nhận hồ sơ", "invites you to rate how your application was received";
    SMS_END = "Không hỏi OTP, không thu tiền.", "No OTP asked, no money taken.";
    MAIL_SUBJECT = "Mời Ông/Bà đánh giá việc giải quyết hồ sơ", "Please rate how your application was handled";
    SLIP_TITLE = "PHIẾU MỜI ĐÁNH GIÁ – dùng một lần", "INVITATION TO RATE – works once";
    SLIP_LEAD_RESULT = "Sau khi nhận kết quả, mời Ông/Bà cho biết ý kiến về việc giải quyết hồ sơ.",
        "After you have received the result, please tell us how your application was handled.";
    SLIP_LEAD_RECEPTION = "Mời Ông/Bà cho biết ý kiến về việc tiếp nhận hồ sơ.",
        "Please tell us how your application was received.";
    SLIP_OWN = "Mã này của riêng Ông/Bà, không ghi tên. Xin không đưa cho người khác.",
        "This code is yours alone and holds no name. Please do not give it to anybody else.";
    SLIP_UNTIL_RESULT = "Dùng được đến hết 30 ngày sau ngày trả kết quả.", "It works until 30 days after the result is returned.";
    SLIP_UNTIL_RECEPTION = "Dùng được đến hết 30 ngày sau ngày nhận hồ sơ.", "It works until 30 days after the application was received.";
    SLIP_SPENT = "Nếu mở ra thấy “mã đã dùng” mà Ông/Bà chưa trả lời, xin bấm “Tôi chưa trả lời phiếu này”.",
        "If it says “already used” and you have not answered, please press “I have not answered this form”.";
    SLIP_NO_OTP = "Không cần đăng nhập · không hỏi OTP · không thu tiền", "No sign-in · no OTP · no money";
}

sentences! {
    slip_phone(hotline: &str) = "Hỏi đáp: {hotline}", "Questions: {hotline}";
    slip_address(address: &str) = "Không quét được? Gõ địa chỉ: {address}", "Cannot scan? Type the address: {address}";
    mail_result(place: &str, day: Day) = "Hồ sơ của Ông/Bà tại {place} đã có kết quả ngày {day}. Mời Ông/Bà dành 15 giây cho biết ý kiến.",
        "The result of your application at {place} was returned on {day}. Please take 15 seconds to tell us your opinion.";
    mail_reception(place: &str, day: Day) = "Ông/Bà đã nộp hồ sơ tại {place} ngày {day}. Mời Ông/Bà dành 15 giây cho biết ý kiến về việc tiếp nhận.",
        "You handed in an application at {place} on {day}. Please take 15 seconds to tell us how it was received.";
    mail_hotline(hotline: &str) = "Để kiểm tra thư này là thật, xin gọi {hotline}.", "To check that this letter is true, call {hotline}.";
    mail_body(begin: &str, link: &str, last: Day, check: &str) = "Kính gửi Ông/Bà,\n\n{begin}\n\nTrả lời tại: {link}\nMã dùng một lần, đến hết ngày {last}. Đường dẫn này của riêng Ông/Bà; xin không chuyển tiếp.\n\nPhiếu không ghi tên. Chúng tôi không hỏi mã OTP, mật khẩu hay tài khoản ngân hàng, không thu tiền.{check}\n\nTrân trọng cảm ơn Ông/Bà.",
        "Dear Sir or Madam,\n\n{begin}\n\nAnswer at: {link}\nThe code works once, until {last}. This link is yours alone; please do not forward it.\n\nThe form has no name. We ask for no OTP, password or bank account, and take no money.{check}\n\nThank you.";
}
