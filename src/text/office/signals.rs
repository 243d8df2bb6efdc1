//! Signals of units: what they are called, what they mean, what to look at. Never a verdict.

use crate::text::number::Share;

says! {
    TITLE = "Tín hiệu cần xem", "Signals";
    LEAD = "Bên cạnh chỉ số, hệ thống đếm những dấu hiệu thường đi cùng việc nhập hộ hoặc nhập khống phiếu. Một tín hiệu chỉ cho biết nên xem ở đâu. Không phiếu nào bị xóa và không con số nào thay đổi vì tín hiệu.",
        "Beside the index, the system counts marks that often come with answers given on behalf of citizens or made up. A signal only says where to look. No answer is deleted and no figure changes because of one.";
    NOT_A_VERDICT = "Đây là tín hiệu để xem nguyên nhân, chưa phải kết luận.", "This is a signal to look for the reason, not a conclusion.";
    FROM_OUTSIDE = "Người xem phải ở ngoài đơn vị: trang này không có đơn vị nơi Ông/Bà công tác, và các đơn vị cấp dưới, cấp trên của nơi đó (trừ tỉnh).",
        "Whoever looks comes from outside the unit: this page does not show the unit you work in, nor those below and above it (but for the province).";
    NO_OWN_UNIT = "Tài khoản của Ông/Bà chưa ghi đơn vị công tác, nên chưa biết Ông/Bà ở ngoài đơn vị nào. Đề nghị người quản trị hệ thống ghi đơn vị công tác.",
        "Your account does not say which unit you work in, so nobody knows which units you are outside of. Please ask the system administrator to enter it.";
    NO_MONTH = "Chưa có tháng nào kết thúc và được niêm phong. Tín hiệu của một tháng có từ ngày mùng 2 tháng sau.",
        "No month is over and sealed yet. The signals of a month are there from the 2nd of the next.";
    NOTHING = "Tháng này chưa có số liệu của đơn vị nào trong phạm vi của Ông/Bà.", "There is nothing of any unit in your scope in this month.";
    NOT_FOUND = "Không có đơn vị nào khớp.", "No unit matches.";
    ONLY_ENDED = "Chỉ xem được tháng đã kết thúc, để không so sánh ngày này với ngày khác. Số dưới 10 không hiện.",
        "Only months that are over are shown, so that no day can be compared with another. Numbers below 10 are not shown.";
    MONTH = "Tháng", "Month";
    SEARCH = "Tên hoặc mã đơn vị", "Name or code of the unit";
    SHOW = "Xem", "Show";
    UNIT = "Đơn vị", "Unit";
    TOGETHER = "Mức chung", "Together";
    WHERE = "Tín hiệu cần xem xét", "To be looked into";
    NONE = "không có", "none";
    ALL_UNITS = "Tất cả đơn vị", "All units";
    SIGNAL = "Tín hiệu", "Signal";
    CLASS = "Mức", "Class";
    NUMBER = "Số liệu", "Number";
    MEANING = "Nghĩa là gì, xem ở đâu", "What it means, where to look";
    OWN_POINTS = "Số đếm là của các điểm khảo sát thuộc chính đơn vị này, không gồm đơn vị cấp dưới. Chênh lệch B và A lấy từ kết quả đã công bố của đơn vị.",
        "Counts are those of this unit’s own collection points, without the units below it. The difference between B and A comes from the unit’s published results.";

    LOOK = "Cần xem xét", "To be looked into";
    GOOD = "Tín hiệu thuận", "Good signal";
    UNCLEAR = "Chưa rõ tín hiệu", "No clear signal";
    TOO_FEW = "Chưa đủ 30 phiếu để báo tín hiệu", "Fewer than 30 answers: too few for a signal";
    UNKNOWN = "Chưa có số liệu", "Nothing recorded";

    REACH = "Số phiếu so với số hồ sơ đã trả", "Answers for each application returned";
    GAP = "Phiếu theo mã hồ sơ (B) so với mẫu ngẫu nhiên (A)", "By ticket (B) against the random sample (A)";
    DISPUTES = "Người dân báo chưa trả lời phiếu mang mã của họ", "People who say they have not answered under their ticket";
    REPEAT_DEVICE = "Một máy gửi nhiều phiếu tại một điểm trong ngày", "One device, several answers at a point in a day";
    SOON_AFTER = "Phiếu đến trong vòng 30 giây sau phiếu trước", "Within 30 seconds of the answer before";
    QUICK = "Phiếu gửi sau khi mở dưới 5 giây", "Sent less than 5 seconds after opening";
    STRAIGHT = "Mọi câu chọn cùng một mức", "All levels alike";
    ALIKE = "Phiếu nhập từ giấy gần giống nhau", "Paper forms that are nearly the same";
    STAFF_HELPED = "Cán bộ bấm hộ", "Pressed by staff";
    EXCLUDED = "Phiếu bị loại", "Excluded answers";
    LATE = "Phiếu giấy nhập sau khi kỳ đã kết thúc", "Paper forms keyed in after the half-month was over";

    REACH_HOW = "Nhiều phiếu khác thường so với đơn vị cùng loại. Có thể do vận động tốt, hoặc do phiếu không phải của người làm hồ sơ. Xem: cách mời trả lời tại quầy, khối lượng hồ sơ đã ghi đủ chưa.",
        "Unusually many answers compared with units of the same kind: good invitations, or answers of people without an application. Look at: how people are asked, whether all applications were recorded.";
    GAP_HOW = "Phiếu theo mã hồ sơ hài lòng hơn hẳn mẫu ngẫu nhiên. Xem: mã có được đưa cho mọi người không, hay chỉ cho người có vẻ hài lòng; ai đã dùng mã.",
        "Answers by ticket are far more content than the random sample. Look at: whether everybody gets a ticket, or only those who look content; who spent the tickets.";
    DISPUTES_HOW = "Có người mở mã của mình thì thấy mã đã dùng. Xem: ai giữ phiếu mã trước khi đến tay người dân, đường gửi mã.",
        "People open their ticket and find it spent. Look at: who holds tickets before they reach people, how they are sent.";
    REPEAT_DEVICE_HOW = "Có thể là người nhà dùng chung điện thoại, mạng dùng chung của cơ quan, hoặc một người gửi nhiều phiếu. Xem: máy dùng chung tại quầy, mạng không dây của trung tâm.",
        "Families share telephones and offices share networks; or one person sends many answers. Look at: shared devices at the counter, the centre’s wireless network.";
    SOON_AFTER_HOW = "Lúc đông người thì phiếu đến dồn. Nếu không đông, có thể có người quét mã liên tục. Xem: giờ cao điểm của quầy.",
        "Answers crowd when many people wait. If they do not, somebody may scan again and again. Look at: rush hours of the counter.";
    QUICK_HOW = "Không ai đọc và trả lời xong phiếu trong 5 giây; thường do chương trình gửi tự động hoặc bấm liên tục. Xem: mã QR có bị chép ra ngoài không.",
        "Nobody reads and answers a form in 5 seconds; mostly a program, or somebody who presses again and again. Look at: whether the QR code was copied elsewhere.";
    STRAIGHT_HOW = "Người hài lòng cũng hay chọn một mức cho mọi câu; cao hơn hẳn đơn vị cùng loại mới là tín hiệu. Xem cùng các tín hiệu khác.",
        "Content people often choose one level throughout; only far more of it than at similar units is a signal. Look at it together with the others.";
    ALIKE_HOW = "Phiếu giấy giống phiếu ngay trước, chỉ khác một vài câu, có thể do chép lại. Xem: đối chiếu bản giấy với bản nhập.",
        "Paper forms like the one just before but for an answer or two may be copies. Look at: the paper forms beside what was keyed in.";
    STAFF_HELPED_HOW = "Giúp người dân bấm phiếu không sai, nhưng người được giúp khó nói thật. Xem: có tình nguyện viên hoặc máy tại sảnh thay cho cán bộ không.",
        "Helping people is no fault, but who is helped does not speak freely. Look at: whether volunteers or a kiosk could help instead of staff.";
    EXCLUDED_HOW = "Phiếu do hai người quyết định loại, có lý do. Xem: quyết định ở trang việc cần hai người duyệt.",
        "Answers that two persons excluded for a stated reason. Look at: the decisions on the page of two-person decisions.";
    LATE_HOW = "Phiếu giấy nhập muộn dễ thất lạc hoặc bị chọn lọc. Xem: lịch nhập phiếu, nơi giữ phiếu.",
        "Paper forms keyed in late get lost or picked over easily. Look at: when forms are keyed in, where they are kept.";
}

sentences! {
    share_of(share: Share, marked: u64, of: u64) = "{share} ({marked} trên {of} phiếu)", "{share} ({marked} of {of} answers)";
    below(k: u64, of: u64) = "dưới {k} trên {of} phiếu", "fewer than {k} of {of} answers";
    nearly_all(k: u64, of: u64) = "gần toàn bộ {of} phiếu, chỉ trừ chưa đến {k} phiếu", "all but fewer than {k} of {of} answers";
    reach(share: Share, answers: u64, returned: u64) = "{share} ({answers} phiếu trên {returned} hồ sơ)", "{share} ({answers} answers for {returned} applications)";
    gap(points: &str, low: &str, high: &str) = "B trừ A: {points} điểm phần trăm (khoảng tin cậy 95% từ {low} đến {high})", "B minus A: {points} percentage points (95% confidence interval {low} to {high})";
    usual(share: Share) = "mức giữa của đơn vị cùng loại {share}", "middle of similar units {share}";
}
