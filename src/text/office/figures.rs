//! Dashboards: what may be chosen, and what stands beside the figures.

says! {
    MENU = "Số liệu", "Figures";
    TITLE = "Số liệu", "Figures";
    FILTER = "Chọn số liệu", "Choose figures";
    UNIT = "Đơn vị", "Unit";
    PERIOD = "Kỳ", "Period";
    MEASURE = "Loại chỉ số", "Measure";
    SOURCE = "Nguồn", "Source";
    EVERY_SOURCE = "Tất cả nguồn, nhìn riêng từng nguồn", "All sources, each on its own";
    FIELD = "Lĩnh vực", "Field";
    EVERY_FIELD = "Tất cả lĩnh vực", "All fields";
    GROUP = "Nhóm đơn vị", "Group of units";
    GROUP_ONLY = "Nhóm đã chọn chỉ lọc phần so sánh các đơn vị và số liệu gộp theo nhóm; con số đầu trang vẫn là của toàn đơn vị.",
        "The group narrows the comparison of units and the pooled figures; the figure at the top is still that of the whole unit.";
    EVERY_GROUP = "Tất cả nhóm", "All groups";
    USUAL_MEASURE = "Loại chỉ số có số liệu trong kỳ", "The measure with answers in the period";
    SHOW = "Xem số liệu", "Show";
    SEND = "Gửi trang này cho đồng nghiệp", "Send this view to a colleague";
    ADDRESS = "Đường dẫn của trang với các lựa chọn này", "Address of this page with these choices";
    SEND_HINT = "Đường dẫn không chứa số liệu. Người nhận phải đăng nhập và chỉ xem được đơn vị trong phạm vi của mình.",
        "The address holds no figures. Whoever opens it has to sign in and sees units of their own scope only.";
    BY_MAIL = "Mở thư điện tử với đường dẫn này", "Open a letter with this address";
    UP_TO = "Số liệu chỉ gồm những ngày đã niêm phong, muộn nhất là hôm qua, và chỉ tăng theo từng nhóm đủ 10 phiếu: không ai nhận ra câu trả lời của từng người.",
        "Figures hold sealed days only, yesterday at the latest, and grow by groups of at least 10 answers: nobody can recognise a single answer.";
    NO_UNIT = "Chưa có đơn vị nào trong phạm vi của Ông/Bà.", "There is no unit in your scope yet.";
    SIGNALS = "Tín hiệu về chất lượng dữ liệu", "Signals on the quality of the data";
    SIGNALS_NONE = "Tháng gần nhất chưa có số liệu để xét tín hiệu của đơn vị này.", "In the last month there is nothing to look for signals of this unit in.";
    SIGNALS_LINK = "Xem từng tín hiệu", "Show each signal";
    ALERTS_NONE = "Lần xét gần nhất không có cảnh báo nào về đơn vị này và cấp dưới.", "At the last moment there was no alert about this unit and those below it.";
    ALERTS_ALL = "Xem mọi cảnh báo", "All alerts";
    CASES = "Phản ánh, kiến nghị", "Complaints, suggestions";
    CASES_LINK = "Xem danh sách phản ánh", "List of cases";
    LATE = "Hồ sơ quá hạn", "Late applications";
    LATE_LINK = "Xem danh sách hồ sơ quá hạn", "List of late applications";
    OTHERS = "Chỉ số khác, không so sánh trực tiếp", "Other measures, not compared directly";
    OTHERS_LINK = "Xem các kỳ khác", "Other periods";
    TO_DO = "Việc cần làm", "To do";
    NOTHING_TO_DO = "Hiện không có việc nào chờ Ông/Bà.", "Nothing waits for you now.";
    SUBJECT = "Số liệu mức độ hài lòng", "Satisfaction figures";
}

sentences! {
    cases_wait(open: u64, late: u64) = "{open} phản ánh chờ Ông/Bà xử lý, {late} đã quá hạn", "{open} cases wait for you, {late} of them are late";
    alerts_marked(units: u64) = "{units} cảnh báo ở lần xét gần nhất", "{units} alerts at the last moment";
    without_apology(dossiers: u64) = "{dossiers} hồ sơ quá hạn chưa có văn bản xin lỗi", "{dossiers} late applications without an apology";
    signals_of(month: &str, class: &str) = "Trong {month}: {class}.", "In {month}: {class}.";
}
