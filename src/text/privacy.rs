//! `/quyen-rieng-tu`: what is kept of a form, where, for how long, and who sees it. Short sentences for citizens.
//!
//! What the program sets (days, minutes, the least number of forms) comes in from outside, so that the page says what the
//! program does. The table of what is stored names the columns it speaks of; a test holds it against the tables.

pub mod stored;

use super::Say;

/// Path of the page.
pub const PAGE: &str = "/quyen-rieng-tu";

says! {
    TITLE = "Quyền riêng tư", "Privacy";
    LEAD = "Trang này nói hệ thống lưu gì khi Ông/Bà gửi phiếu, không lưu gì, giữ bao lâu và ai xem được.",
        "This page says what the system stores when you send a form, what it does not store, for how long, and who can see it.";

    SHORT = "Nói ngắn gọn", "In short";
    SHORT_NO_NAME = "Phiếu không có tên. Hệ thống không biết Ông/Bà là ai và không lưu giờ gửi.",
        "Forms carry no name. The system does not know who you are and does not store the time of day.";
    SHORT_STAFF = "Cán bộ tại quầy không xem được câu trả lời của từng người.",
        "Counter staff cannot see any individual answer.";
    SHORT_VOLUNTARY = "Trả lời là tự nguyện. Trả lời hay không, trả lời thế nào đều không ảnh hưởng đến hồ sơ.",
        "Answering is voluntary. Whether and what you answer does not affect your application.";
    SHORT_ERASE = "Lời góp ý có thể được xóa khi Ông/Bà yêu cầu.", "Your comment can be erased if you ask for it.";

    NOT_STORED = "Hệ thống không lưu gì", "What is not stored";
    NOT_NAME = "Họ tên, ngày sinh, số điện thoại, thư điện tử, số căn cước", "Name, date of birth, telephone, e-mail, identity number";
    NOT_DOSSIER = "Mã hồ sơ (phiếu từ mã QR tại quầy không biết hồ sơ nào)", "Number of your application (a form from a counter's QR does not know it)";
    NOT_DEVICE = "Loại máy, trình duyệt, địa chỉ mạng, vị trí", "Device, browser, network address, position";
    NOT_TIME = "Giờ gửi và thứ tự gửi; chỉ lưu ngày", "Time of day and order of sending; only the day is stored";
    NOT_TRACKED = "Dấu vết theo dõi: trang không đếm người xem, không tải gì từ nơi khác",
        "Traces: these pages count no visitors and load nothing from elsewhere";
    NETWORK = "Khi gửi phiếu, máy của Ông/Bà phải nối với máy chủ, nên máy chủ biết địa chỉ mạng trong lúc nối. Hệ thống không ghi lại địa chỉ đó. Để thấy khi một máy gửi nhiều phiếu, bộ nhớ giữ một mã rút gọn của địa chỉ và tên trình duyệt, không tính ngược lại được, không gắn với phiếu và bị xóa lúc nửa đêm; chỉ còn số đếm theo điểm và nửa tháng. Thiết bị mạng của cơ quan đứng trước hệ thống có thể ghi; hướng dẫn vận hành yêu cầu không ghi địa chỉ và trang đã mở.",
        "To send a form, your device has to connect to the server, which knows its network address meanwhile. The system does not write it down. To notice when one device sends many forms, its memory holds a short code of the address and the browser’s name, which cannot be turned back, belongs to no form and is erased at midnight; only counts by collection point and half-month remain. Network equipment in front of the system could; the operating rules ask that it record neither addresses nor pages.";

    WHERE = "Lưu ở đâu", "Where it is stored";
    WHERE_NOWHERE_ELSE = "Hệ thống không tự gửi dữ liệu cho nơi nào khác.", "The system by itself sends data nowhere else.";

    WHERE_LETTERS = "Thư hệ thống gửi cho cán bộ, nếu có, chỉ nói về công việc của cán bộ đó, không chứa câu trả lời hay lời góp ý; thư chờ gửi bị xóa khi đã gửi xong.",
        "Letters the system sends to staff, if any, are about their own work and hold no answers or comments; a letter that waits is erased once it is sent.";

    WHO = "Ai xem được gì", "Who can see what";
    WHO_HEAD = "Người xem", "Who";
    WHO_SEES = "Xem được", "Can see";
    WHO_SEES_NOT = "Không xem được", "Cannot see";
    WHO_ALL = "Mọi người", "Everybody";
    WHO_ALL_SEES = "Kết quả chung, khi đã đủ số phiếu", "Overall results, once there are enough forms";
    WHO_ALL_NOT = "Từng phiếu, lời góp ý", "Single forms, comments";
    WHO_STAFF = "Cán bộ tại quầy, lãnh đạo cơ quan", "Counter staff, heads of the office";
    WHO_STAFF_SEES = "Như mọi người, và nội dung khái quát của phản ánh được giao xử lý", "The same as everybody, and cases they are charged with, in general words";
    WHO_STAFF_NOT = "Từng phiếu, lời góp ý", "Single forms, comments";
    WHO_ABOVE = "Cấp trên của nơi bị phản ánh, không phải nơi đó và đơn vị trực thuộc", "The level above the rated office, not the office itself nor what is below it";
    WHO_ABOVE_SEES = "Lời góp ý đã che số của phiếu có mức không hài lòng, và đã chờ bao nhiêu ngày", "The comment, with numbers masked, of a form with a dissatisfied rating, and for how many days it waits";
    WHO_ABOVE_NOT = "Các mức đã chọn, quầy, cách gửi, phiếu là của ai", "The levels chosen, the counter, the way of sending, whose form it is";
    WHO_INSPECTOR = "Cán bộ thanh tra ở ngoài nơi bị phản ánh", "Inspectors from outside the rated office";
    WHO_INSPECTOR_SEES = "Lời góp ý có dấu hiệu đòi tiền, nhũng nhiễu, và phản ánh được chuyển đến. Nơi bị phản ánh và cấp trên không thấy lời góp ý có dấu hiệu đó",
        "Comments that hint at bribery or harassment, and cases that were passed on. Neither the rated office nor the level above sees comments with such a hint";
    WHO_INSPECTOR_NOT = "Các mức đã chọn, quầy, phiếu là của ai", "The levels chosen, the counter, whose form it is";
    WHO_RECEIPT = "Người có mã biên nhận", "Whoever has the receipt code";
    WHO_RECEIPT_SEES = "Phiếu đã nhận và đã niêm phong hay chưa", "Whether the form was received and sealed";
    WHO_RECEIPT_NOT = "Câu trả lời, lời góp ý", "The answers, the comment";
    WHO_ADMIN = "Người quản trị máy chủ", "Whoever administers the server";
    WHO_ADMIN_SEES = "Đọc được cơ sở dữ liệu: từng phiếu không tên và lời góp ý", "Can read the database: single forms without names, and comments";
    WHO_ADMIN_NOT = "Phiếu là của ai", "Whose form it is";

    ADMIN = "Người quản trị máy chủ có thể thấy gì", "What the administrator of the server could see";
    ADMIN_OPEN_DAY = "Phiếu của ngày hôm nay chưa niêm phong. Trong ngày đó, người quản trị nếu mở tệp dữ liệu trên máy chủ có thể đoán được thứ tự gửi. Sau nửa đêm, hệ thống niêm phong: xếp phiếu theo mã ngẫu nhiên, thứ tự gửi không còn trong sổ.",
        "The forms of the current day are not sealed yet. During that day an administrator who opens the data files on the server could guess the order of sending. After midnight the system seals the day: forms are put in order of their random codes, and the record no longer holds the order of sending.";
    ADMIN_COPIES = "Bản sao của máy chủ làm giữa ngày có thể còn giữ thứ tự. Hướng dẫn vận hành yêu cầu không sao giữa ngày, hoặc giữ bản sao kín như dữ liệu gốc.",
        "A copy of the server made during the day may keep the order. The operating rules ask not to make one, or to guard it like the data itself.";

    FEW = "Kết quả chỉ hiện khi đủ phiếu", "Results are shown only with enough forms";
    FEW_SIMULATED = "Trang này đang chạy số liệu mô phỏng, không có người thật, nên kết quả hiện ngay từ phiếu đầu.",
        "This installation runs on simulated data, with nobody behind it, so results are shown from the first form on.";
    FEW_CELLS = "Khi mọi người cùng trả lời giống nhau, trang chỉ ghi “từ 95% trở lên” hoặc “từ 5% trở xuống”.",
        "Where everybody answers alike, pages only say “95% or more” or “5% or less”.";

    RECEIPT = "Mã biên nhận", "The receipt code";
    RECEIPT_WHAT = "Gửi xong, Ông/Bà nhận một mã 16 ký tự. Mã gồm ngày gửi và một phần mã niêm phong của phiếu, không chứa câu trả lời. Dùng mã để xem phiếu đã được tính hay chưa.",
        "After sending you get a code of 16 characters. It holds the day and a part of the form's sealing code, and no answer. With it you can see whether the form was counted.";
    RECEIPT_KEEP = "Xin giữ mã cho riêng mình. Không ai được đòi Ông/Bà đưa mã. Không giữ mã cũng không sao.",
        "Please keep the code to yourself. Nobody may ask you for it. You do not have to keep it.";

    MASKING = "Số trong lời góp ý được che", "Numbers in comments are masked";
    MASKING_WHAT = "Trước khi lưu, hệ thống che số điện thoại, số căn cước và mã hồ sơ trong lời góp ý. Ví dụ:",
        "Before storing, the system masks telephone, identity and application numbers in comments. For example:";
    MASKING_WRITTEN = "Ông/Bà viết", "You write";
    MASKING_STORED = "Hệ thống lưu", "The system stores";
    MASKING_EXAMPLE = "Xin gọi lại số 0900 000 000, hồ sơ H98.12-261008-0975.", "Please call 0900 000 000, application H98.12-261008-0975.";
    MASKING_LIMIT = "Hệ thống không nhận ra tên người và số viết bằng chữ. Xin đừng ghi những điều đó.",
        "The system does not recognise names, or numbers written in words. Please do not write them.";

    ERASE = "Muốn xóa lời góp ý", "To have a comment erased";
    ERASE_CODE = "Đọc mã biên nhận. Không cần nói tên, không cần nói đã viết gì.", "Give the receipt code. You need not say your name or what you wrote.";
    ERASE_DONE = "Cơ quan xóa hẳn chữ của lời góp ý. Nhật ký chỉ ghi là có một lời góp ý của ngày đó đã được xóa.",
        "The office erases the text of the comment for good. The log only says that a comment of that day was erased.";
    ERASE_STAYS = "Các mức đã chọn vẫn còn. Chúng không có tên, không ai biết là của ai, và sổ đã niêm phong thì không rút được phiếu nào ra, kể cả phiếu chê.",
        "The ratings stay. They carry no name, nobody knows whose they are, and no form can be taken out of the sealed record, least of all a critical one.";
    ERASE_CASE = "Nếu lời góp ý đã mở một phản ánh, nội dung khái quát và câu trả lời do cán bộ viết vẫn công khai.",
        "If the comment opened a case, what officials wrote about it in general words stays public.";
    ERASE_NO_CODE = "Không có mã thì không ai tìm được lời góp ý nào là của Ông/Bà.",
        "Without the code nobody can find which comment is yours.";
    ERASE_BACKUP = "Bản sao lưu làm trước đó còn chữ ấy cho đến khi bản sao bị hủy.",
        "Backups made before still hold the text until they are destroyed.";
    ERASE_ADMIN = "Ai quản trị máy chủ thì nhờ mã này tìm được đúng phiếu, nên chỉ đưa mã khi Ông/Bà muốn xóa.",
        "Whoever administers the server can find the form by this code, so give it only if you want the comment erased.";
    ERASE_OFFICE_ANY = "cơ quan quản lý hệ thống này", "the office that runs this system";

    LAW = "Căn cứ pháp luật", "Legal basis";
    LAW_WHICH = "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, có hiệu lực từ ngày 01/01/2026, và Nghị định số 356/2025/NĐ-CP. Luật áp dụng cho cả cơ quan nhà nước.",
        "Law on personal data protection No. 91/2025/QH15, in force since 1 January 2026, and Decree No. 356/2025/NĐ-CP. The law applies to state agencies too.";
    LAW_HOW = "Các mức Ông/Bà chọn không cho biết Ông/Bà là ai. Lời góp ý có thể chứa điều riêng tư, nên được che số, giữ riêng và xóa khi có yêu cầu.",
        "The levels you choose do not tell who you are. A comment may hold something personal, so numbers are masked, it is kept apart, and it is erased on request.";

    COOKIE = "Cookie", "Cookies";
    COOKIE_LANGUAGE = "Ngôn ngữ đã chọn nằm ở địa chỉ trang, không dùng cookie. Người gửi phiếu không nhận cookie nào khác; cán bộ đăng nhập để làm việc có một cookie phiên làm việc.",
        "The language you chose stands in the address, not in a cookie. Whoever sends a form gets no other cookie; staff who sign in to work get one for their session.";
}

sentences! {
    where_kept(office: &str) = "Trong cơ sở dữ liệu trên máy chủ của {office} hoặc của đơn vị được giao vận hành.",
        "In a database on the server of {office}, or of whoever was charged with running it.";
    short_few(k: u64) = "Kết quả chỉ hiện khi có ít nhất {k} phiếu mới.", "Results are shown only once there are at least {k} new forms.";
    few_blocks(k: u64) = "Số liệu của một nơi chỉ thay đổi khi nơi đó có thêm ít nhất {k} phiếu mới, tính theo ngày trọn. Chưa đủ {k} phiếu khi hết nửa tháng thì cộng vào cơ quan cấp trên; vẫn chưa đủ thì không hiện.",
        "The figures of a place change only when it has at least {k} new forms, counted by whole days. What is below {k} when a half-month ends is added to the office above; what is still too few is not shown.";
    few_differences(k: u64) = "Nhờ vậy, so hai con số với nhau cũng không tách ra được nhóm dưới {k} phiếu.",
        "So comparing two figures does not single out fewer than {k} forms either.";
    erase_call(hotline: &str, office: &str) = "Gọi {hotline} hoặc đến {office}.", "Call {hotline}, or go to {office}.";
    erase_go(office: &str) = "Liên hệ {office}.", "Get in touch with {office}.";
    cookie_receipt(name: &str, minutes: u64) = "Chỉ có một cookie, tên là “{name}”, đặt sau khi gửi phiếu để hiện mã biên nhận trên trang cảm ơn. Cookie này hết hạn sau {minutes} phút.",
        "There is one cookie, called “{name}”, set after sending so that the thank-you page can show the receipt code. It expires after {minutes} minutes.";
}

/// What is not stored, line by line.
pub const NEVER: [Say; 5] = [NOT_NAME, NOT_DOSSIER, NOT_DEVICE, NOT_TIME, NOT_TRACKED];

/// Who sees what and does not see what.
pub const READERS: [[Say; 3]; 6] = [
    [WHO_ALL, WHO_ALL_SEES, WHO_ALL_NOT],
    [WHO_STAFF, WHO_STAFF_SEES, WHO_STAFF_NOT],
    [WHO_ABOVE, WHO_ABOVE_SEES, WHO_ABOVE_NOT],
    [WHO_INSPECTOR, WHO_INSPECTOR_SEES, WHO_INSPECTOR_NOT],
    [WHO_RECEIPT, WHO_RECEIPT_SEES, WHO_RECEIPT_NOT],
    [WHO_ADMIN, WHO_ADMIN_SEES, WHO_ADMIN_NOT],
];
