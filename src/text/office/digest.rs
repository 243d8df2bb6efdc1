//! The weekly letter to whoever is in charge of units: how many, never what anybody answered.

use crate::words::Day;

says! {
    HEADING = "Thư tuần", "Weekly letter";
    SENT = "Mỗi sáng thứ Hai, Ông/Bà nhận một thư: tuần qua có bao nhiêu phiếu mới, việc nào cần xử lý. Thư không chứa nội dung phiếu hay điểm của riêng ai.",
        "Every Monday morning you get a letter: how many new answers the week brought, what is to be done. It holds no answers and no single scores.";
    NOT_SENT = "Ông/Bà đã tắt thư tuần.", "You have switched the weekly letter off.";
    STOP = "Tắt thư tuần", "Switch it off";
    WANT = "Nhận lại thư tuần", "Switch it on again";
    FEW = "tuần qua có dưới 10 phiếu mới được hiển thị.", "fewer than 10 new answers were shown in the past week.";
    NO_CONTENT = "Thư này không chứa nội dung phiếu.", "This letter holds no answers.";
}

sentences! {
    subject_cases(unit: &str, open: u64, soon: u64) = "[Thước Đo] {unit}: {open} phản ánh cần xử lý, {soon} sắp đến hạn",
        "[Thước Đo] {unit}: {open} complaints to handle, {soon} due soon";
    subject(unit: &str) = "[Thước Đo] {unit}: số liệu tuần", "[Thước Đo] {unit}: figures of the week";
    and_others(unit: &str, n: u64) = "{unit} và {n} đơn vị khác", "{unit} and {n} other units";
    dear(unit: &str) = "Kính gửi Ông/Bà phụ trách {unit},", "To whoever is in charge of {unit},";
    new_forms(n: u64) = "tuần qua có {n} phiếu mới.", "the past week brought {n} new answers.";
    shown_at(address: &str) = "Số liệu tuần hiển thị tại {address}", "The figures of the week are shown at {address}";
    cases(open: u64) = "Có {open} phản ánh cần xử lý.", "{open} complaints are to be handled.";
    cases_until(open: u64, day: Day) = "Có {open} phản ánh cần xử lý, việc sớm nhất hạn ngày {day}.",
        "{open} complaints are to be handled, the earliest by {day}.";
    alerts(n: u64, address: &str) = "Có {n} cảnh báo cần xem xét tại {address}", "{n} alerts are to be looked into at {address}";
    switch_off(address: &str) = "Nếu không muốn nhận thư này, mời Ông/Bà tắt tại {address}", "To get no such letters any more, switch them off at {address}";
}
