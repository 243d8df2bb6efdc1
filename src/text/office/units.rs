//! Units: their tree, their history, and what becomes of them.

use super::Say;
use crate::text::unit as kinds;
use crate::words::{Day, Lang, SuccessionKind, UnitKind};

says! {
    TITLE = "Đơn vị", "Units";
    LEAD = "Cây đơn vị trong phạm vi của Ông/Bà vào một ngày.", "The tree of units in your scope on a day.";
    DAY = "Vào ngày", "On the day";
    FIND = "Tìm theo tên, mã hoặc mã hành chính", "Find by name, code or administrative code";
    FIND_HINT = "Gõ có dấu hay không dấu đều được.", "With or without marks.";
    SHOW_ALL = "Xem tất cả", "Show all";
    ALIVE = "Đang hoạt động", "Existing";
    COMING = "Sẽ hoạt động", "To begin";
    ENDED = "Không còn hoạt động", "No longer existing";
    NO_UNITS = "Chưa có đơn vị nào trong phạm vi của Ông/Bà. Xin thêm từng đơn vị, hoặc nạp tệp units.csv.",
        "There are no units in your scope yet. Please add them one by one, or import a units.csv file.";
    BAD_DAY = "Ngày này không có; đang xem ngày hôm nay.", "There is no such day; today is shown.";

    CODE = "Mã định danh", "Code";
    NAME = "Tên", "Name";
    KIND = "Loại", "Kind";
    PARENT = "Đơn vị cấp trên", "Unit above";
    ADMIN_CODE = "Mã hành chính", "Administrative code";
    STATE = "Tình trạng", "State";
    FROM = "Từ ngày", "From";
    TOP_LEVEL = "Không có (đứng đầu cây)", "None (top of the tree)";
    BELOW = "Đơn vị trực thuộc", "Units below";
    POINTS = "Điểm khảo sát", "Collection points";
    NO_POINTS = "Đơn vị này chưa có điểm khảo sát đang mở.", "This unit has no open collection point.";
    ALL_POINTS = "Điểm khảo sát của đơn vị và các đơn vị trực thuộc", "Collection points of the unit and those below it";
    POSTERS = "In áp phích", "Print posters";
    PUBLIC_PAGE = "Trang công khai của đơn vị", "Public page of the unit";
    HISTORY = "Quá trình", "History";
    VERSIONS = "Các thời kỳ", "Versions";
    DAYS = "Thời gian", "Days";
    PREDECESSORS = "Tiếp nhận từ", "Took over from";
    SUCCESSORS = "Được tiếp nhận bởi", "Taken over by";
    SUCCESSOR = "kế tiếp", "successor";
    MERGE = "sáp nhập, hợp nhất", "merger";
    SPLIT = "chia, tách", "split";
    TOP_NOTE = "Đây là đơn vị đứng đầu phạm vi của Ông/Bà. Tên, cấp trên và việc đóng đơn vị này do người có phạm vi rộng hơn quyết định.",
        "This unit is at the top of your scope. Its name, the unit above it and its closing are for somebody with a wider scope.";

    ADD_TITLE = "Thêm đơn vị", "Add a unit";
    ADD_LEAD = "Đơn vị được thêm có hiệu lực từ ngày ghi bên dưới. Nếu đơn vị thay thế đơn vị khác, xin dùng trang sáp nhập hoặc chia tách để giữ liên hệ giữa cũ và mới.",
        "The unit exists from the day given below. If it replaces others, please use the page for mergers or splits, so that old and new stay connected.";
    CODE_HINT = "Chữ cái không dấu, chữ số, dấu chấm, gạch ngang; ví dụ H35.12.03", "Letters without marks, digits, dots, hyphens; for example H35.12.03";
    PARENT_HINT = "Mã đơn vị cấp trên, trong phạm vi của Ông/Bà", "Code of the unit above, within your scope";
    ADMIN_CODE_HINT = "Năm chữ số; chỉ xã, phường, đặc khu, tỉnh mới có", "Five digits; communes, wards, special zones and provinces have one";
    CHANGE_TITLE = "Đổi tên hoặc thay đổi từ một ngày", "Rename or change from a day";
    CHANGE_NOTE = "Trước ngày này đơn vị giữ nguyên tên, loại, cấp trên cũ; số liệu cũ không đổi.",
        "Before this day the unit keeps its old name, kind and unit above; earlier figures stay.";
    CHANGE_FROM = "Thay đổi có hiệu lực từ ngày", "The change takes effect on";
    CLOSE_TITLE = "Đóng đơn vị", "Close the unit";
    CLOSE_NOTE = "Chỉ đóng khi không có đơn vị nào tiếp nhận. Từ ngày này, ai quét QR của đơn vị sẽ thấy trang báo nơi này không còn nhận đánh giá. Số liệu đã có vẫn giữ nguyên.",
        "Close only where no unit takes over. From this day, whoever scans a QR of the unit sees that this place no longer takes ratings. Figures that exist stay.";
    CLOSE_FROM = "Không còn hoạt động từ ngày", "No longer exists from";
    NOTHING_NEW = "Chưa có gì khác so với hiện tại.", "Nothing differs from what there is.";
    NOT_IN_SCOPE = "Không có đơn vị nào mang mã này trong phạm vi của Ông/Bà.", "There is no unit of this code in your scope.";
    PARENT_WANTED = "Xin ghi đơn vị cấp trên trong phạm vi của Ông/Bà.", "Please give a unit above within your scope.";

    MERGE_TITLE = "Sáp nhập đơn vị", "Merge units";
    MERGE_LEAD = "Nhiều đơn vị kết thúc và một đơn vị tiếp nhận. Trang sau cho xem trước đầy đủ; chưa có gì thay đổi trước khi Ông/Bà xác nhận.",
        "Several units end and one takes over. The next page shows everything first; nothing changes before you confirm.";
    OLD_UNITS = "Các đơn vị kết thúc", "Units that end";
    OLD_UNITS_HINT = "Mỗi dòng một mã. Đơn vị trực thuộc cũng phải được ghi ở đây hoặc được sắp xếp trước.",
        "One code a line. Units below them have to be listed here too, or be reorganised first.";
    TAKES_OVER = "Đơn vị tiếp nhận", "Unit that takes over";
    KNOWN = "Đơn vị đã có", "A unit that is there";
    NEW = "Đơn vị mới, thành lập từ ngày này", "A new unit, which begins on this day";
    TAKER_CODE = "Mã đơn vị tiếp nhận", "Code of the unit that takes over";
    NEW_ONLY = "Chỉ ghi khi là đơn vị mới", "For a new unit only";
    REORDER_FROM = "Có hiệu lực từ ngày", "Takes effect on";
    CITATION = "Văn bản", "Document";
    CITATION_HINT = "Số, ngày, cơ quan ban hành; ví dụ Nghị quyết 12/NQ-HĐND ngày 21/11/2026",
        "Number, day and issuer; for example Nghị quyết 12/NQ-HĐND, 21/11/2026";
    POINTS_OF_OLD = "Điểm khảo sát của các đơn vị kết thúc", "Collection points of the units that end";
    POINTS_MOVE = "Chuyển sang đơn vị tiếp nhận: QR cũ dùng tiếp được, phiếu tính cho đơn vị tiếp nhận",
        "They go to the unit that takes over: old QR codes go on working, answers count for it";
    POINTS_STAY = "Dừng cùng đơn vị cũ: QR cũ dẫn tới trang báo đơn vị đã được sắp xếp lại",
        "They end with the old units: old QR codes lead to the page that names the new unit";
    LOOK = "Xem trước", "Look at it first";
    SPLIT_TITLE = "Chia tách đơn vị", "Split a unit";
    SPLIT_LEAD = "Một đơn vị kết thúc và nhiều đơn vị tiếp nhận. Trang sau cho xem trước đầy đủ; chưa có gì thay đổi trước khi Ông/Bà xác nhận.",
        "One unit ends and several take over. The next page shows everything first; nothing changes before you confirm.";
    OLD_UNIT = "Mã đơn vị kết thúc", "Code of the unit that ends";
    TAKERS = "Các đơn vị tiếp nhận", "Units that take over";
    TAKERS_HINT = "Mỗi dòng một đơn vị. Đơn vị đã có: chỉ ghi mã. Đơn vị mới: mã; tên; mã hành chính (nếu có), cách nhau bằng dấu chấm phẩy.",
        "One a line. A unit that is there: its code alone. A new one: code; name; administrative code (if any), with semicolons between.";
    NEW_KIND = "Loại của các đơn vị mới", "Kind of the new units";
    NEW_PARENT = "Đơn vị cấp trên của các đơn vị mới", "Unit above the new units";
    AS_OLD = "Như đơn vị kết thúc", "As the unit that ends";
    TOO_MANY_PARTS = "có quá nhiều phần; ghi: mã; tên; mã hành chính", "has too many parts; write: code; name; administrative code";
    CHOOSE_TAKER = "Xin chọn đơn vị đã có hoặc đơn vị mới.", "Please choose a unit that is there, or a new one.";
    CHOOSE_POINTS = "Xin chọn các điểm khảo sát chuyển đi hay dừng lại.", "Please choose whether the collection points go or end.";
    LIST_UNITS = "Xin ghi ít nhất một mã đơn vị.", "Please write at least one code.";

    PREVIEW_TITLE = "Xem trước", "Preview";
    PREVIEW_LEAD = "Chưa có gì thay đổi. Khi Ông/Bà xác nhận, những việc sau được thực hiện cùng lúc:",
        "Nothing has changed yet. When you confirm, the following is done at once:";
    PREVIEW_AGAIN = "Danh mục đã thay đổi từ lúc Ông/Bà xem trước. Xin xem lại rồi xác nhận.",
        "The registry has changed since you looked. Please look again and confirm.";
    ENDS = "Kết thúc", "These end";
    BEGINS = "Thành lập mới", "These begin";
    TAKE_OVER = "Tiếp nhận", "These take over";
    OLD_QR = "Khi người dân quét mã QR cũ", "When people scan an old QR code";
    NO_OPEN_POINTS = "Các đơn vị kết thúc không có điểm khảo sát nào đang mở.", "The units that end have no open collection point.";
    FIGURES_STAY = "Số liệu đã có vẫn thuộc đơn vị cũ và vẫn xem được.", "Figures that exist stay with the old units and stay visible.";
    CONFIRM = "Xác nhận thực hiện", "Confirm and do it";
    EDIT = "Sửa lại", "Change something";

    COUNTRY = "quốc gia", "country";
    OFFICE = "văn phòng", "office";
    SITE = "cơ sở của trung tâm", "site of a centre";
    BODY = "đơn vị khác", "other body";
    ALWAYS = "từ khi có dữ liệu", "since there are data";
}

sentences! {
    open_points(n: u64) = "{n} điểm khảo sát đang mở", "{n} open collection point(s)";
    found(n: u64, asked: &str) = "{n} đơn vị khớp với “{asked}”.", "{n} unit(s) match “{asked}”.";
    since(day: Day) = "từ {day}", "from {day}";
    between(from: Day, to: Day) = "từ {from} đến {to}", "{from} to {to}";
    until(day: Day) = "đến {day}", "until {day}";
    begins_on(day: Day) = "bắt đầu hoạt động từ ngày {day}", "begins on {day}";
    ended_on(day: Day) = "không còn hoạt động sau ngày {day}", "ended on {day}";
    now_part_of(names: &str) = "nay thuộc {names}", "now part of {names}";
    last_day(unit: &str, day: Day) = "{unit}: ngày cuối là {day}", "{unit}: last day {day}";
    first_day(unit: &str, day: Day) = "{unit}: từ ngày {day}", "{unit}: from {day}";
    taken(on: Day, how: &str) = "ngày {on}, {how}", "{on}, {how}";
    points_move(n: u64, to: &str) = "{n} điểm khảo sát chuyển sang {to}: QR cũ tiếp tục mở phiếu, và phiếu từ ngày đó tính cho đơn vị này.",
        "{n} collection point(s) go to {to}: their QR codes go on opening the form, and answers from that day on count for it.";
    points_stay(n: u64, to: &str) = "{n} điểm khảo sát dừng nhận phiếu: ai quét QR cũ sẽ thấy trang “Đơn vị đã được sắp xếp lại” với tên {to}.",
        "{n} collection point(s) stop: whoever scans an old QR code sees the page “The unit has been reorganised” with the name of {to}.";
    line_is_wrong(line: u64, what: &str) = "Dòng {line}: {what}.", "Line {line}: {what}.";
    not_yours(codes: &str) = "Không có trong phạm vi của Ông/Bà: {codes}.", "Not in your scope: {codes}.";
    top_of_scope(codes: &str) = "Đứng đầu phạm vi của Ông/Bà nên cần người có phạm vi rộng hơn: {codes}.",
        "At the top of your scope, so somebody with a wider scope is needed: {codes}.";
}

/// A kind of unit as people read it.
pub fn kind(lang: Lang, kind: UnitKind) -> &'static str {
    let say: Say = match kind {
        UnitKind::Country => COUNTRY,
        UnitKind::Province => kinds::PROVINCE,
        UnitKind::Department => kinds::DEPARTMENT,
        UnitKind::Office => OFFICE,
        UnitKind::Branch => kinds::BRANCH,
        UnitKind::Commune => kinds::COMMUNE,
        UnitKind::Ward => kinds::WARD,
        UnitKind::SpecialZone => kinds::SPECIAL_ZONE,
        UnitKind::District => kinds::DISTRICT,
        UnitKind::Town => kinds::TOWN,
        UnitKind::Centre => kinds::SERVICE_CENTRE,
        UnitKind::Site => SITE,
        UnitKind::Line => kinds::LINE_AGENCY,
        UnitKind::Body => BODY,
    };
    say.get(lang)
}

/// How one unit took over from another.
pub fn succession(lang: Lang, kind: SuccessionKind) -> &'static str {
    let say: Say = match kind {
        SuccessionKind::Successor => SUCCESSOR,
        SuccessionKind::Merge => MERGE,
        SuccessionKind::Split => SPLIT,
    };
    say.get(lang)
}

/// The days of a version; those that were before anybody counted have no beginning.
pub fn span(lang: Lang, from: Day, to: Option<Day>) -> String {
    match (from > Day(0), to) {
        (true, Some(to)) => between(lang, from, to),
        (true, None) => since(lang, from),
        (false, Some(to)) => until(lang, to),
        (false, None) => ALWAYS.get(lang).to_owned(),
    }
}
