//! Fields and procedures.

says! {
    TITLE = "Lĩnh vực, thủ tục", "Fields, procedures";
    FIELDS = "Lĩnh vực", "Fields";
    FIELD = "Lĩnh vực", "Field";
    PROCEDURES = "Thủ tục", "Procedures";
    NUMBER = "Số thủ tục", "Procedures";
    CODE = "Mã thủ tục", "Code";
    CODE_HINT = "Như trong cơ sở dữ liệu quốc gia, ví dụ 1.000656", "As in the national database, such as 1.000656";
    NAME = "Tên thủ tục", "Name";
    NEW_FIELD = "Lĩnh vực mới", "New field";
    NEW_FIELD_HINT = "Chỉ ghi khi lĩnh vực chưa có trong danh sách trên", "Only where the list above does not have it";
    NO_FIELD = "Chưa xếp lĩnh vực", "No field";
    ADD = "Thêm thủ tục", "Add a procedure";
    CHANGE = "Sửa thủ tục", "Change the procedure";
    RENAME_FIELD = "Đổi tên lĩnh vực", "Rename the field";
    NEW_NAME = "Tên mới", "New name";
    RENAME_NOTE = "Vẫn là lĩnh vực đó: tên mới hiện ở mọi nơi, kể cả số liệu của những kỳ trước.",
        "It stays the same field: the new name is shown everywhere, figures of earlier periods included.";
    SEARCH = "Tìm thủ tục theo mã, tên, lĩnh vực", "Find a procedure by code, name or field";
    UPLOAD = "Nhập từ tệp", "Import a file";
    EMPTY = "Chưa có thủ tục nào. Thêm từng thủ tục hoặc nhập từ tệp.", "There are no procedures yet. Add one, or import a file.";
    NO_FIELDS = "Chưa có lĩnh vực nào. Lĩnh vực có khi thêm thủ tục hoặc điểm khảo sát của lĩnh vực đó.",
        "There are no fields yet. A field comes with its first procedure or collection point.";
}

sentences! {
    code_taken(code: &str) = "Đã có thủ tục mang mã “{code}”; xin mở thủ tục đó để sửa.", "There is a procedure of code “{code}” already; please open it to change it.";
}
