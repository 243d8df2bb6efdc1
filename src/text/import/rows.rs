//! Faults of lines of units, points, procedures, targets and volumes, and what a person should know of what was read.

use super::{Digits, FileDay};

says! {
    TOO_MANY_FIELDS = "có hơn 32.767 lĩnh vực; bớt tên lĩnh vực", "there are more than 32,767 fields; write fewer names";
    NO_FREE_CODE = "chưa tìm được mã QR trống; xin nhập lại tệp", "no free public code was found; import the file again";
    SUCCESSOR_WITHOUT_END = "đơn vị có đơn vị kế tiếp thì phải có ngày cuối; điền valid_to",
        "a unit with successors has a last day; fill valid_to in";
    SUCCEEDS_ITSELF = "đơn vị không thể kế tiếp chính mình; ghi đơn vị khác hoặc để trống",
        "a unit does not succeed itself; name another or none";
    UNDER = "thuộc", "under";
    STORED_SPAN = "một khoảng đã lưu", "a stored span";
}

sentences! {
    no_unit(code: &str) = "không có đơn vị “{code}”; nhập đơn vị trước", "there is no unit “{code}”; import the units first";
    no_unit_here(code: &str) = "không có đơn vị “{code}” cả trong tệp này lẫn trong hệ thống; thêm dòng của đơn vị hoặc sửa mã",
        "there is no unit “{code}”, neither in this file nor stored; add its line or mend the code";
    no_point(code: &str) = "không có điểm khảo sát “{code}”; nhập điểm khảo sát trước", "there is no point “{code}”; import the points first";
    unit_outside(code: &str) = "đơn vị “{code}” nằm ngoài phạm vi được phân quyền của Ông/Bà; bỏ dòng này hoặc sửa mã",
        "unit “{code}” is outside your scope; take the line out or mend the code";
    point_outside(code: &str) = "điểm khảo sát “{code}” nằm ngoài phạm vi được phân quyền của Ông/Bà; bỏ dòng này hoặc sửa mã",
        "point “{code}” is outside your scope; take the line out or mend the code";
    no_field(name: &str) = "không có lĩnh vực “{name}”; nhập thủ tục hoặc điểm khảo sát của lĩnh vực trước",
        "there is no field “{name}”; import the procedures or points of the field first";
    no_questionnaire(name: &str, known: &str) = "không có phiếu “{name}”; các phiếu là: {known}",
        "there is no questionnaire “{name}”; the questionnaires are: {known}";
    twice(code: &str, line: Digits) = "“{code}” đã có ở dòng {line}; xóa một trong hai dòng",
        "“{code}” stands in line {line} already; delete one of them";
    keeps_kind(code: &str, kind: &str) = "“{code}” có loại {kind}, và điểm khảo sát không đổi loại; đặt mã khác cho điểm mới",
        "“{code}” is a {kind}, and a point keeps its kind; give the new point a code of its own";
    reopened(code: &str, day: FileDay) = "điểm khảo sát {code} đã đóng nay mở lại từ {day}",
        "point {code} was closed and is open again from {day}";

    year_before(to: Digits, from: Digits) = "{to} trước year_from {from}; đổi chỗ hai năm", "{to} is before year_from {from}; exchange them";
    read_as(written: &str, taken: &str, line: Digits) = "chỉ tiêu {written} được hiểu là {taken} (dòng {line})",
        "threshold {written} read as {taken} (line {line})";
    read_as_several(written: &str, taken: &str, lines: &str) = "chỉ tiêu {written} được hiểu là {taken} (các dòng {lines})",
        "threshold {written} read as {taken} (lines {lines})";
    read_as_many(written: &str, taken: &str, lines: &str, more: Digits) = "chỉ tiêu {written} được hiểu là {taken} (các dòng {lines} và {more} dòng nữa)",
        "threshold {written} read as {taken} (lines {lines} and {more} more)";

    to_before_from(to: FileDay) = "{to} trước cột from; đổi chỗ hai ngày", "{to} is before “from”; exchange them";
    span_too_long(most: Digits) = "dài hơn {most} ngày; chia thành các khoảng ngắn hơn",
        "the span is longer than {most} days; cut it into shorter ones";
    late_above_returned(late: Digits, returned: Digits) = "{late} hồ sơ quá hạn trong {returned} hồ sơ đã trả; hồ sơ quá hạn là một phần của hồ sơ đã trả",
        "{late} late of {returned} returned; late dossiers are part of the returned ones";
    same_first_day(line: Digits) = "dòng {line} bắt đầu cùng ngày; xóa một trong hai dòng",
        "line {line} begins on the same day; delete one of them";
    in_line(line: Digits) = "dòng {line}", "line {line}";
    counted_twice(from: FileDay, to: FileDay, other: &str) = "các ngày từ {from} đến {to} đã được tính trong {other}; các khoảng phải nối tiếp nhau",
        "the days {from} to {to} are counted in {other} as well; let the spans follow each other";

    valid_to_before(to: FileDay, from: FileDay) = "{to} trước valid_from {from}; đổi chỗ hai ngày",
        "{to} is before valid_from {from}; exchange them";
    too_many_successors(most: Digits) = "ghi hơn {most} đơn vị; bớt đi", "names more than {most} units";
    described_twice(line: Digits, code: &str) = "dòng {line} đã mô tả “{code}” từ cùng ngày; xóa một trong hai dòng",
        "line {line} describes “{code}” from the same day already; delete one of them";
    ended_earlier(code: &str, day: FileDay) = "bản trước của {code} kết thúc ngày {day}", "the earlier version of {code} ends on {day}";
    overlapping(code: &str, last: FileDay, next: FileDay) = "một bản của “{code}” kéo dài đến {last} mà bản sau bắt đầu từ {next}; các bản phải nối tiếp nhau",
        "a version of “{code}” runs to {last} and the next one begins on {next}; let them follow each other";
    circle(codes: &str) = "đơn vị cấp trên đi vòng: {codes}; sửa một trong các đơn vị đó",
        "the parents go round in a circle: {codes}; mend one of them";
    too_deep(most: Digits) = "nằm sâu hơn {most} cấp; đặt lên cao hơn", "stands more than {most} units deep; place it higher";
}
