//! Faults of lines of the daily file of dossiers, and what came of it.

use super::{Digits, FileDay};

says! {
    NOT_A_NUMBER = "không phải là mã hồ sơ; ghi mã hồ sơ trên một dòng, tối đa 128 byte",
        "is no number of a dossier; write it on one line, at most 128 bytes";
    NOT_A_CONTACT = "không phải là địa chỉ thư điện tử hay số điện thoại; ghi ten@noi.vn hoặc 0912345678, hoặc để trống",
        "is neither an e-mail address nor a telephone number; write name@place.vn or 0912345678, or leave it empty";
    NOT_YES_OR_NO = "không phải là có hay không; ghi yes hoặc no", "is neither yes nor no; write yes or no";
    OWNER_WITHOUT_CONTACT = "nói về một liên hệ không có trong dòng; để trống hoặc ghi liên hệ",
        "speaks of a contact that is not there; leave it empty or give the contact";
    NOT_RETURNED_YET = "chưa trả kết quả nên chưa gửi lời mời", "not returned yet, so nobody is invited yet";
}

sentences! {
    no_procedure(code: &str) = "không có thủ tục mang mã {code}; nhập thủ tục trước, hoặc sửa mã",
        "there is no procedure {code}; import the procedures first, or mend the code";
    returned_before(received: FileDay, returned: FileDay) = "trả ngày {returned}, trước ngày nhận {received}; sửa lại ngày",
        "is returned on {returned}, before it was received on {received}; mend the day";
    in_the_future(day: FileDay) = "{day} chưa đến; sửa lại ngày", "{day} has not come yet; mend the day";
    same_dossier(line: Digits) = "dòng {line} có cùng mã hồ sơ và giai đoạn; mỗi hồ sơ ghi một dòng cho mỗi giai đoạn",
        "line {line} has the same number and stage; a dossier has one line for each stage";
    invited(n: Digits) = "{n} lời mời sẽ được gửi qua thư điện tử", "{n} invitations will be sent by e-mail";
    messages(n: Digits) = "{n} lời mời để gửi qua tin nhắn", "{n} invitations to be sent as messages";
    unreached(n: Digits) = "{n} hồ sơ có số điện thoại nhưng lời mời chưa có nơi gửi: dùng --messages TỆP để lấy tin nhắn",
        "{n} dossiers with a telephone number were not invited: --messages FILE writes the messages for it";
    no_mail(n: Digits) = "{n} hồ sơ có thư điện tử nhưng máy chủ chưa gửi thư được (xem mail trong cài đặt)",
        "{n} dossiers with an e-mail address were not invited: no letters leave here (see mail in the settings)";
    never(n: Digits) = "{n} hồ sơ khai tử, mai táng và tương tự: không phát mã, không mời",
        "{n} dossiers of deaths and funerals: no ticket and no invitation";
    late(n: Digits, new: Digits) = "{n} hồ sơ quá hạn, trong đó {new} hồ sơ mới: xem trang Hồ sơ quá hạn",
        "{n} late dossiers, {new} of them new: see the page of late dossiers";
    not_late(n: Digits) = "{n} hồ sơ không còn quá hạn theo tệp này: đã bỏ khỏi danh sách quá hạn", "{n} dossiers are not late by this file: taken off the list";
    late_too_old(n: Digits) = "{n} hồ sơ trả quá hạn từ lâu: không đưa vào danh sách quá hạn vì mã hồ sơ đã hết thời hạn lưu giữ",
        "{n} dossiers were returned late long ago: not listed, as the time in which their number may be kept is over";
    shared(n: Digits) = "{n} mã của liên hệ đứng ở nhiều hồ sơ: ghi là góp ý mở", "{n} tickets of contacts that stand with several dossiers: open feedback";
    not_the_owner(n: Digits) = "{n} mã gửi cho người nộp thay: ghi là góp ý mở", "{n} tickets that go to the submitter and not the owner: open feedback";
}
