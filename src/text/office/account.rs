//! One's own account, and the first page of the office.

says! {
    TITLE = "Tài khoản của tôi", "My account";
    ROLES = "Vai trò và phạm vi", "Roles and scope";
    OWN_UNIT = "Đơn vị công tác", "Own unit";
    NO_UNIT = "Chưa ghi", "Not recorded";
    SESSIONS = "Phiên làm việc", "Sessions";
    BEGAN = "Bắt đầu", "Began";
    SEEN = "Dùng lần cuối", "Last used";
    THIS_ONE = "Phiên này", "This session";
    END = "Kết thúc", "End";
    END_OTHERS = "Kết thúc mọi phiên khác", "End all other sessions";
    RECOVERY = "Mã dự phòng", "Recovery codes";
    RENEW = "Lập mã dự phòng mới", "Make new recovery codes";
    RENEW_NOTE = "Khi lập mã mới, các mã cũ hết hiệu lực ngay.", "New codes make the old ones void at once.";
    SET_UP = "Các trang", "Pages";
    PUBLIC_PAGES = "Trang công khai", "Public pages";
    NO_ROLE = "Tài khoản chưa được giao vai trò nào.", "This account has no role yet.";
    NO_UNITS_YET = "Hệ thống chưa có đơn vị nào. Xin nhập tệp đơn vị trước, rồi đến tệp điểm khảo sát.",
        "There are no units yet. Please import the file of units first, then the file of collection points.";
    ROLE = "Vai trò", "Role";
    SCOPE = "Phạm vi", "Scope";
}

sentences! {
    recovery_left(n: u64) = "Còn {n} mã chưa dùng.", "{n} codes are left.";
    proposals_wait(n: u64) = "{n} đề xuất đang chờ một người thứ hai quyết định", "{n} proposals wait for a second person to decide";
    greeting(name: &str) = "Kính chào Ông/Bà {name}", "Welcome, {name}";
    counts(units: u64, points: u64) = "{units} đơn vị, {points} điểm khảo sát đang hoạt động trong phạm vi của Ông/Bà.",
        "{units} units and {points} open collection points in your scope.";
}
