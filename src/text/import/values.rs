//! Faults of single values, and how to write them.

use super::Digits;

says! {
    EMPTY = "để trống; xin điền vào", "is empty; fill it in";
    NOT_ONE_LINE = "có ngắt dòng hoặc dấu tab; viết giá trị trên một dòng",
        "holds a line break or a tabulator; write the value on one line";
    EMPTY_CODE = "để trống; dòng nào cũng phải có mã", "is empty; every row has a code";
    NOT_ADMIN_CODE = "không phải mã hành chính; ghi đủ năm chữ số, kể cả số 0 ở đầu, hoặc để trống",
        "is not an administrative code; write its five digits, leading zeros included, or leave it empty";
    RISES_HAS_NONE = "chỉ tiêu năm sau cao hơn năm trước thì không có mức; xin để trống",
        "a target that rises from year to year has no threshold; empty it";
}

sentences! {
    too_long(length: Digits, longest: Digits) = "dài {length} ký tự; rút ngắn còn nhiều nhất {longest}",
        "has {length} characters; shorten it to at most {longest}";
    not_a_code(value: &str, longest: Digits) = "{value} không phải là mã; mã có nhiều nhất {longest} ký tự gồm chữ cái không dấu A–Z, a–z, chữ số, “.”, “_”, “-”",
        "{value} is not a code; write at most {longest} of the letters A to Z, a to z, digits, “.”, “_”, “-”";
    not_a_day(value: &str) = "{value} không phải là ngày; ghi 2026-11-21 hoặc 21/11/2026",
        "{value} is not a day; write 2026-11-21 or 21/11/2026";
    not_in_list(value: &str, allowed: &str) = "{value} không có trong danh sách; ghi một trong: {allowed}",
        "{value} is not one of: {allowed}";
    not_whole(value: &str, least: Digits, most: Digits) = "{value} không phải là số nguyên từ {least} đến {most}",
        "{value} is not a whole number from {least} to {most}";
    grouped(value: &str, least: Digits, most: Digits) = "{value} không phải là số nguyên từ {least} đến {most}; ghi liền, không có dấu chấm, dấu phẩy, khoảng trống, ví dụ 1234",
        "{value} is not a whole number from {least} to {most}; write it without dots, commas or spaces, such as 1234";
    not_a_number(value: &str, of: &str) = "{value} không phải là số {of}; ghi như 25 hoặc 18,5",
        "{value} is not a number of {of}; write it like 25 or 18,5";
    not_a_share(value: &str) = "{value} không phải là tỷ lệ; ghi như 90%", "{value} is not a share; write it like 90%";
    share_outside(value: &str) = "{value} không phải là tỷ lệ trên 0% và đến 100%", "{value} is not a share above 0% and up to 100%";
    one_or_hundred(value: &str) = "{value} có thể hiểu là 100% hoặc 1%; ghi rõ 100% hoặc 1%",
        "{value} may mean 100% or 1%; write 100% or 1%";
    threshold_wanted(comparison: &str) = "để trống; chỉ tiêu {comparison} phải có mức", "is empty; a target with {comparison} needs a threshold";
}
