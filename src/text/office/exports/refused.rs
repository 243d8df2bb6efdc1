//! Why an export is refused.

use crate::words::Day;

says! {
    NONE = "Kỳ và đơn vị này không có phiếu nào đã vào số liệu.", "No answer of this unit and period counts in the figures.";
    NO_LEVEL = "Nguồn là một trong A, B, C, D.", "A level is one of A, B, C, D.";
}

sentences! {
    not_whole(from: Day, to: Day, first: Day, last: Day) = "Kỳ từ {from} đến {to} không gồm các nửa tháng trọn vẹn (từ ngày 1 đến 14, từ ngày 15 đến cuối tháng). Dùng từ {first} đến {last}.",
        "The period from {from} to {to} is not made of whole half-months (the 1st to the 14th, the 15th to the end of a month); take {first} to {last}.";
    backwards(from: Day, to: Day) = "Kỳ kết thúc ({to}) trước khi bắt đầu ({from}).", "The period ends ({to}) before it begins ({from}).";
    too_long(years: u64) = "Kỳ dài quá {years} năm; chia thành nhiều tệp.", "The period is longer than {years} years; divide it into several files.";
    no_edition(name: &str) = "Không có mẫu phiếu “{name}”.", "There is no questionnaire “{name}”.";
    several(names: &str) = "Kỳ này có nhiều mẫu phiếu; chọn một trong: {names}.", "The period has several questionnaires; name one of: {names}.";
    no_unit(code: &str) = "Không có đơn vị “{code}”.", "There is no unit “{code}”; import the units first, or mend the code.";
}
