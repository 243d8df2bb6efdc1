//! Printing posters.

says! {
    TITLE = "In áp phích mã QR", "Print QR posters";
    LEAD = "Chọn một đơn vị để in áp phích của mọi điểm khảo sát đang mở của đơn vị và các đơn vị trực thuộc, hoặc chọn một điểm.",
        "Choose a unit to print the posters of every open point of the unit and those below it, or one point.";
    UNIT = "Đơn vị", "Unit";
    UNIT_HINT = "Mã đơn vị", "Code of the unit";
    POINT = "Hoặc một điểm khảo sát", "Or one collection point";
    POINT_HINT = "Mã điểm; nếu ghi thì chỉ in điểm này", "Code of the point; if given, this one alone is printed";
    NO_UNIT = "Không chọn đơn vị", "No unit";
    SIZE = "Khổ giấy", "Sheet";
    A4 = "A4, treo ở cửa", "A4, for the door";
    A5 = "A5, treo tại quầy", "A5, for the counter";
    A6 = "A6, giá để bàn", "A6, for the stand on the desk";
    COPIES = "Số bản mỗi điểm", "Copies of each";
    LOOK = "Xem và in", "Look and print";
    CHOOSE = "Xin chọn một đơn vị hoặc một điểm khảo sát trong phạm vi của Ông/Bà.", "Please choose a unit or a point in your scope.";
    CHOOSE_SIZE = "Xin chọn khổ giấy A4, A5 hoặc A6.", "Please choose A4, A5 or A6.";
    BAD_COPIES = "Xin ghi số bản từ 1 đến 20.", "Please write a number of copies from 1 to 20.";
    NOTHING = "Không có điểm khảo sát nào đang mở và có mã QR để in.", "There is no open point with a QR code to print.";
    ERRORS = "Chưa in được. Xin xem lại những chỗ sau:", "Nothing to print yet. Please check the following:";
    BY_PARTS = "In từng phần", "By parts";
    NO_CODE = "Mã QR này không phải mã đang dùng của điểm, nên không in được.", "This QR code is not a valid code of the point, so it is not printed.";
    HOW = "Xin dùng lệnh in của trình duyệt, tỷ lệ 100%, không lề. Góc dưới bên phải chừa để đóng dấu treo.",
        "Please use the print command of the browser, at 100%, without margins. The lower right corner is left for the stamp.";
}

sentences! {
    number(n: u64, size: &str) = "{n} áp phích khổ {size}, mỗi tờ một áp phích.", "{n} poster(s) of size {size}, one a sheet.";
    too_many(n: u64, most: u64) = "Lần in này có {n} áp phích; mỗi lần in được nhiều nhất {most}. Xin in từng phần.",
        "This print has {n} posters; at most {most} are printed at once. Please print by parts.";
    choice(name: &str, code: &str, n: u64) = "{name} ({code}) – {n} điểm", "{name} ({code}) – {n} point(s)";
    left_out(codes: &str) = "Chưa in được vì không còn mã QR đang dùng: {codes}.", "Not printed, as no valid QR code is left: {codes}.";
}
