//! Signing in, activating an account, a new password.

says! {
    TITLE = "Đăng nhập", "Sign in";
    LEAD = "Dành cho cán bộ được cấp tài khoản. Người dân gửi đánh giá không cần đăng nhập.",
        "For officials with an account. Citizens need no sign-in to give their opinion.";
    EMAIL = "Địa chỉ thư điện tử", "E-mail address";
    PASSWORD = "Mật khẩu", "Password";
    WRONG = "Địa chỉ, mật khẩu hoặc mã xác thực không đúng. Xin nhập lại.",
        "Address, password or one-time code is wrong. Please enter them again.";
    NOT_IN = "Chưa đăng nhập được:", "You are not signed in:";
    BUSY = "Nhiều người đang đăng nhập cùng lúc. Xin thử lại sau ít giây.", "Many people are signing in. Please try again in a few seconds.";
    FORGOTTEN = "Quên mật khẩu", "Forgotten password";
    FORGOTTEN_LEAD = "Nhập địa chỉ của tài khoản. Nếu có tài khoản, hệ thống gửi một liên kết để đặt mật khẩu mới.",
        "Enter the address of the account. If there is one, a link to a new password is sent.";
    FORGOTTEN_NO_MAIL = "Hệ thống chưa gửi được thư. Xin liên hệ người quản trị hệ thống để nhận liên kết đặt mật khẩu mới.",
        "The system cannot send mail yet. Please ask the system administrator for a link to a new password.";
    SEND_LINK = "Gửi liên kết", "Send the link";
    LINK_SENT = "Nếu địa chỉ này có tài khoản, một liên kết dùng một lần, có hiệu lực 60 phút, đã được gửi tới đó.",
        "If this address has an account, a one-time link valid for 60 minutes was sent to it.";

    ACTIVATE_TITLE = "Kích hoạt tài khoản", "Activate your account";
    ACTIVATE_FIRST = "Đây là tài khoản quản trị đầu tiên của hệ thống.", "This is the first administrator's account.";
    ACTIVATE_BUTTON = "Kích hoạt", "Activate";
    NAME = "Họ và tên", "Full name";
    NEW_PASSWORD = "Mật khẩu mới", "New password";
    NEW_PASSWORD_HINT = "Ít nhất 12 ký tự, nên từ 15. Một câu dễ nhớ là tốt nhất; không bắt buộc chữ hoa hay ký hiệu.",
        "At least 12 characters, better 15. A phrase you remember is best; capitals or signs are not required.";
    AGAIN = "Nhập lại mật khẩu", "The same password again";
    CODES_TITLE = "Ứng dụng xác thực", "Authenticator app";
    CODES_LEAD = "Cài một ứng dụng xác thực trên điện thoại, quét mã dưới đây, rồi nhập 6 số mà ứng dụng hiện ra.",
        "Install an authenticator app on your telephone, scan this code, and enter the 6 digits it shows.";
    CODES_QR = "Mã QR cho ứng dụng xác thực", "QR code for the authenticator app";
    CODES_HERE = "Ứng dụng ở ngay trên máy này", "The app is on this device";
    CODES_TYPED = "Không quét được thì nhập khóa này vào ứng dụng:", "If it cannot be scanned, type this key into the app:";
    LINK_BAD_TITLE = "Liên kết không còn dùng được", "This link can no longer be used";
    LINK_BAD = "Liên kết đã dùng rồi, đã hết hạn hoặc không đúng. Nếu tài khoản đã kích hoạt, xin đăng nhập như thường lệ; nếu chưa, xin đề nghị người quản trị hệ thống cấp liên kết mới.",
        "The link was used, has expired or is wrong. If the account is active, please sign in as usual; otherwise please ask the system administrator for a new one.";
    ACTIVATED_TITLE = "Tài khoản đã kích hoạt", "The account is active";
    RECOVERY_TITLE = "Mã dự phòng", "Recovery codes";
    RECOVERY_LEAD = "Mỗi mã dùng được một lần thay cho mã xác thực, khi mất điện thoại. Xin in hoặc chép ra giấy, cất nơi an toàn. Trang này chỉ hiện một lần.",
        "Each code can be used once in place of a one-time code, if the telephone is lost. Please print or copy them and keep them safe. They are shown only once.";
    TO_OFFICE = "Vào khu vực quản trị", "Go to the office";
    PASSWORD_TITLE = "Đặt mật khẩu mới", "Choose a new password";
    PASSWORD_DONE = "Đã đặt mật khẩu mới. Mọi phiên làm việc cũ đã kết thúc; xin đăng nhập lại.",
        "The new password is set. All earlier sessions have ended; please sign in again.";

    BAD_EMAIL = "Xin ghi một địa chỉ thư điện tử, ví dụ an@sonoivu.gov.vn.", "Please enter an e-mail address, such as an@example.gov.vn.";
    EMAIL_TAKEN = "Địa chỉ này đã có tài khoản.", "This address has an account already.";
    BAD_NAME = "Xin ghi họ và tên, tối đa 200 ký tự.", "Please enter a name of at most 200 characters.";
    SHORT = "Mật khẩu ngắn quá: cần ít nhất 12 ký tự.", "The password is too short: at least 12 characters are needed.";
    LONG = "Mật khẩu dài quá: tối đa 128 ký tự.", "The password is too long: at most 128 characters.";
    COMMON = "Mật khẩu này nằm trong số dễ đoán nhất. Xin chọn một câu khác.", "This password is among the first to be guessed. Please choose another phrase.";
    OWN = "Mật khẩu không được chỉ gồm tên hoặc địa chỉ của Ông/Bà. Xin chọn một câu khác.",
        "The password may not consist of your own name or address. Please choose another phrase.";
    DIFFERENT = "Hai lần nhập mật khẩu khác nhau. Xin nhập lại.", "The two passwords differ. Please enter them again.";

    MAIL_PASSWORD_SUBJECT = "Đặt mật khẩu mới cho tài khoản Thước Đo", "A new password for your Thước Đo account";
    MAIL_INVITE_SUBJECT = "Tài khoản Thước Đo của Ông/Bà", "Your Thước Đo account";
}

sentences! {
    activate_for(name: &str, email: &str) = "Tài khoản của {name}, {email}.", "Account of {name}, {email}.";
    mail_password(name: &str, link: &str) = "Kính gửi Ông/Bà {name},\n\nĐể đặt mật khẩu mới, xin mở liên kết sau trong 60 phút. Liên kết dùng được một lần và cần cả mã xác thực:\n{link}\n\nNếu Ông/Bà không yêu cầu, xin bỏ qua thư này.",
        "Dear {name},\n\nTo choose a new password please open this link within 60 minutes. It works once, and needs a one-time code as well:\n{link}\n\nIf you did not ask for it, please ignore this letter.";
    mail_invite(name: &str, link: &str) = "Kính gửi Ông/Bà {name},\n\nÔng/Bà được cấp tài khoản trên hệ thống đo lường sự hài lòng. Xin mở liên kết sau trong 3 ngày để kích hoạt; liên kết dùng được một lần:\n{link}\n\nXin không chuyển liên kết này cho người khác.",
        "Dear {name},\n\nYou have been given an account in the system that measures satisfaction. Please open this link within 3 days to activate it; it works once:\n{link}\n\nPlease do not pass the link on.";
}
