//! The slip with the one-time code of a dossier.

says! {
    TITLE = "In phiếu mời có mã riêng", "Print a slip with a personal code";
    MENU = "Phiếu mời", "Slips";
    LEAD = "Phiếu mời được đưa cho người dân cùng giấy tiếp nhận. Hồ sơ phải có trong tệp hồ sơ hằng ngày; mã được tính từ mã hồ sơ và không lưu cùng mã hồ sơ.",
        "The slip is handed to the person together with the official receipt. The application has to be in the daily file; the code is computed from its number and never stored with it.";
    HONEST = "Mã là của người dân. Cán bộ không được giữ hay trả lời thay: người dân mở mã đã bị dùng sẽ báo “Tôi chưa trả lời phiếu này”.",
        "The code belongs to the person. Staff may not keep it or answer with it: whoever opens a used code reports “I have not answered this form”.";
    DOSSIER = "Mã hồ sơ", "Number of the application";
    DOSSIER_HINT = "Ghi như trên giấy tiếp nhận, ví dụ H15.50.05.13-261008-0975", "As on the official receipt, for example H15.50.05.13-261008-0975";
    STAGE = "Lời mời về", "The invitation is about";
    RESULT = "Việc giải quyết hồ sơ (sau khi trả kết quả)", "How the application was handled (after the result)";
    RECEPTION = "Việc tiếp nhận hồ sơ", "How the application was received";
    LOOK = "Xem và in", "Look and print";
    NO_NUMBER = "Xin ghi mã hồ sơ trên một dòng, tối đa 128 ký tự.", "Please write the number of the application on one line, at most 128 characters.";
    NO_STAGE = "Xin chọn một trong hai.", "Please choose one of the two.";
    UNKNOWN = "Không có mã riêng của hồ sơ này trong phạm vi của Ông/Bà. Xin kiểm tra mã hồ sơ, hoặc chờ tệp hồ sơ của ngày được nhập. Hồ sơ khai tử, mai táng không có phiếu mời.",
        "There is no personal code of this application in your scope. Please check the number, or wait until the file of the day is imported. Applications after a death have no slip.";
    SPENT = "Mã của hồ sơ này đã được dùng hoặc không còn hiệu lực nên không in lại.", "The code of this application is used or no longer valid, so it is not printed again.";
    HOW = "Xin dùng lệnh in của trình duyệt, khổ A6, tỷ lệ 100%. Không lưu trang này.", "Please use the print command of the browser, A6, at 100%. Do not save this page.";
    QR_ALT = "Mã QR của phiếu mời", "QR code of the slip";
}
