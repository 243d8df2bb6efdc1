//! Faults of lines of answers that were collected elsewhere.

use super::{Digits, FileDay};

says! {
    NO_ANSWER = "chưa trả lời tiêu chí nào; điền ít nhất một tiêu chí hoặc bỏ dòng này",
        "has no answer; fill in at least one criterion or take the line out";
    SERIAL_CHANGED = "phiếu có số sê-ri này của điểm khảo sát này đã được nhập với nội dung khác, và phiếu đã lưu thì không sửa; bỏ dòng này, hoặc nếu là phiếu khác thì ghi số sê-ri riêng",
        "a form of this serial and point was imported before with other contents, and an answer once stored is not changed; take the line out, or give a new form a serial of its own";
    HAS_TO_BE_ANSWERED = "để trống, trong khi tiêu chí này phải được trả lời", "is empty, and this criterion has to be answered";
    UNREADABLE = "không đọc được; sửa lại hoặc để trống", "cannot be read; mend it or leave it empty";
    OR_NA = ", na hoặc 9 nếu “không áp dụng”", ", na or 9 for “not applicable”";
    OR_NA_ALONE = ", riêng na hoặc 9 nếu “không áp dụng”", ", na or 9 alone for “not applicable”";
    OR_SEVERAL = ", nhiều lựa chọn thì ghi như 1|3", ", several as 1|3";
}

sentences! {
    moved(decision: u64, first: FileDay) = "quyết định {decision} đã chuyển hoặc loại phiếu của điểm này trong nửa tháng từ {first}; xin ghi phiếu theo ngày nhập",
        "decision {decision} moved or excluded answers of this point in the half-month from {first}; enter the form under the day on which it is keyed in";
    published(first: FileDay, last: FileDay) = "nửa tháng từ {first} đến {last} của điểm khảo sát và mức tin cậy này đã được công bố; ghi phiếu vào ngày nhập liệu",
        "the half-month from {first} to {last} of this point and level is already published; enter the form under the day on which it is keyed in";
    new_answers(level: &str, n: Digits) = "mức {level}: {n} phiếu mới", "level {level}: {n} new answers";
    no_such_criterion(required: &str, criteria: &str) = "không phiếu nào của các điểm khảo sát này có tiêu chí ấy; các cột là: {required}, serial, {criteria}",
        "no questionnaire of these points has such a criterion; the columns are: {required}, serial, {criteria}";
    same_serial(line: Digits) = "dòng {line} có cùng số sê-ri và điểm khảo sát; phiếu nào cũng có số sê-ri riêng",
        "line {line} has the same serial and point; every form has a serial of its own";
    not_yet(day: FileDay) = "{day} chưa đến; sửa lại ngày", "{day} has not come yet; mend the day";
    too_early(day: FileDay, first: FileDay) = "{day} trước {first}; sửa lại ngày", "{day} is before {first}; mend the day";
    closed_after(last: FileDay) = "điểm khảo sát đã đóng sau ngày {last}; sửa lại ngày hoặc điểm khảo sát",
        "the point was closed after {last}; mend the day or the point";
    not_stored(questionnaire: &str) = "phiếu “{questionnaire}” của điểm khảo sát chưa có trong hệ thống", "its questionnaire “{questionnaire}” is not stored";
    not_a_level(levels: &str, na: &str) = "không phải là một mức; ghi {levels}{na}, hoặc để trống", "is not a level; write {levels}{na}, or nothing";
    not_an_option(options: &str, several: &str, na: &str) = "không phải là một lựa chọn; ghi {options}{several}{na}, hoặc để trống",
        "is not an option; write {options}{several}{na}, or nothing";
    number_outside(min: Digits, max: Digits) = "không phải là số nguyên từ {min} đến {max}; sửa lại hoặc để trống",
        "is not a whole number from {min} to {max}; mend it or leave it empty";
    over_long(over: Digits) = "dài quá {over} ký tự; rút ngắn lại", "is {over} characters too long; shorten it";
    not_asked(questionnaire: &str) = "phiếu {questionnaire} của điểm khảo sát này không có tiêu chí ấy; để trống",
        "questionnaire {questionnaire} of this point has no such criterion; leave it empty";
}
