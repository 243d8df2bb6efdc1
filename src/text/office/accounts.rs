//! Accounts of others.

says! {
    TITLE = "Tài khoản, phân quyền", "Accounts, roles";
    ACTIVE = "Đang dùng", "Active";
    INVITED = "Chờ kích hoạt", "Invited";
    LEFT = "Đã đóng", "Closed";
    STATE = "Tình trạng", "State";
    INVITE_TITLE = "Cấp tài khoản mới", "New account";
    INVITE_BUTTON = "Cấp tài khoản", "Make the account";
    ROLE_LABEL = "Vai trò", "Role";
    SCOPE_LABEL = "Phạm vi", "Scope";
    SCOPE_HINT = "Mã đơn vị đứng đầu phạm vi; để trống là cả tỉnh", "Code of the unit at the top of the scope; empty for the whole province";
    UNIT_HINT = "Mã đơn vị nơi người này làm việc; người này không duyệt việc của đơn vị mình", "Code of the unit this person works in; they never approve for it";
    LINK_TITLE = "Liên kết kích hoạt", "Activation link";
    LINK_LEAD = "Xin trao liên kết này tận tay người nhận. Liên kết chỉ hiện một lần, dùng được một lần, trong 3 ngày.",
        "Please hand this link to the person. It is shown once, works once, and is good for 3 days.";
    LINK_MAILED = "Liên kết cũng đã được gửi tới địa chỉ của người nhận.", "The link was also sent to the person's address.";
    PASSWORD_LINK_LEAD = "Xin trao liên kết này tận tay người nhận. Liên kết chỉ hiện một lần, dùng được một lần, trong 60 phút, và cần cả mã xác thực.",
        "Please hand this link to the person. It is shown once, works once, is good for 60 minutes, and needs a one-time code as well.";
    GRANT_TITLE = "Giao thêm vai trò", "Give another role";
    GRANT_BUTTON = "Giao vai trò", "Give the role";
    WITHDRAW = "Thu hồi", "Withdraw";
    CHANGE_TITLE = "Họ tên, đơn vị công tác", "Name, own unit";
    LINKS_TITLE = "Liên kết mới", "New link";
    NEW_ACTIVATION = "Kích hoạt lại", "Activate anew";
    NEW_ACTIVATION_NOTE = "Khi mất cả mật khẩu và mã dự phòng: gặp người đó để chắc chắn đúng người, rồi trao liên kết.",
        "When password and recovery codes are both lost: meet the person to be sure who they are, then hand over the link.";
    NEW_PASSWORD = "Liên kết đặt mật khẩu", "Link to a new password";
    HAND_OVER_TITLE = "Bàn giao vị trí", "Hand the post over";
    HAND_OVER_NOTE = "Người mới nhận nguyên đơn vị công tác, vai trò và phạm vi; tài khoản cũ đóng ngay.",
        "The new person gets the same unit, roles and scope; the old account closes at once.";
    HAND_OVER_BUTTON = "Bàn giao", "Hand over";
    NEW_EMAIL = "Địa chỉ thư của người mới", "E-mail of the new person";
    NEW_NAME = "Họ và tên người mới", "Name of the new person";
    CLOSE_TITLE = "Đóng tài khoản", "Close the account";
    CLOSE_NOTE = "Người này bị đăng xuất ngay. Việc đã làm vẫn còn trong nhật ký.", "The person is signed out at once. What they did stays in the log.";
    CLOSE_BUTTON = "Đóng tài khoản", "Close the account";
    CLOSED_NOTE = "Tài khoản này đã đóng.", "This account is closed.";
    OWN_NOTE = "Không ai tự đổi quyền của chính mình. Việc này cần một người quản trị khác.",
        "Nobody changes their own rights. Another administrator has to do it.";
    MADE = "Ngày cấp", "Made";
    NO_UNIT_OF_CODE = "Không có đơn vị nào mang mã này trong phạm vi của Ông/Bà.", "There is no unit of this code in your scope.";
    CHOOSE_ROLE = "Xin chọn một vai trò.", "Please choose a role.";
    LAST_ADMINISTRATOR = "Đây là người quản trị cuối cùng. Xin cấp tài khoản quản trị khác trước.",
        "This is the last administrator. Please make another one first.";
    UNKNOWN = "Tài khoản này không còn.", "This account is gone.";
    NO_GRANT = "Vai trò này đã được thu hồi.", "This role was withdrawn already.";
}
