//! Faults of a file as a whole, of its header, and of lines that do not fit it.

use super::Digits;

says! {
    TOO_LARGE = "tệp lớn hơn 64 MiB; xin chia thành nhiều tệp, tệp nào cũng có dòng tên cột",
        "the file is larger than 64 MiB; cut it into several files, each with the header line";
    NOT_UTF8 = "tệp không phải UTF-8; xin lưu lại dưới dạng “CSV UTF-8”", "this is not UTF-8; save the file again as “CSV UTF-8”";
    TOO_MANY_LINES = "tệp có hơn 2.000.000 dòng; xin chia thành nhiều tệp",
        "the file has more than 2,000,000 lines; cut it into several files";
    OPEN_QUOTE = "thiếu dấu ngoặc kép đóng; thêm vào, và dấu ngoặc kép nằm trong giá trị thì viết hai lần",
        "a quotation mark is not closed; close it, and write a quotation mark inside a value twice";
    CONTROL_CHARACTER = "có ký tự điều khiển; xóa ký tự đó và gõ lại giá trị",
        "holds a control character; delete it and type the value again";
    NAMELESS_COLUMN = "có cột không có tên; đặt tên hoặc xóa cột", "a column has no name; name it or delete it";
    COLUMN_TWICE = "cột này có hai lần; xóa một cột", "this column stands twice; delete one of them";
    COLUMN_MISSING = "thiếu cột này; thêm vào dòng tên cột", "this column is missing; add it to the header line";
}

sentences! {
    unreadable(why: &str) = "không đọc được: {why}", "cannot be read: {why}";
    empty_file(columns: &str) = "tệp trống; dòng đầu phải ghi tên các cột: {columns}",
        "the file is empty; its first line names the columns: {columns}";
    values_and_columns(has: Digits, wants: Digits) = "có {has} giá trị, trong khi dòng đầu có {wants} cột; giá trị chứa dấu ngăn cách phải đặt trong ngoặc kép",
        "has {has} values where the header names {wants} columns; put a value that holds the separator between quotation marks";
    too_many_columns(most: Digits) = "dòng tên cột có hơn {most} cột; xóa bớt", "the header names more than {most} columns";
    no_such_column(columns: &str) = "không có cột này; các cột là: {columns}", "there is no such column; the columns are: {columns}";
}
