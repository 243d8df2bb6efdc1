//! `/don-vi`: the list of units and the search in it.

/// Path of the page.
pub const PAGE: &str = "/don-vi";
/// Name of the search field in the address.
pub const FIELD: &str = "tim";

says! {
    TITLE = "Đơn vị", "Units";
    LEAD = "Chọn một đơn vị để xem mức độ hài lòng của người dân, tổ chức tại đó.",
        "Choose a unit to see how satisfied people and organisations are there.";
    SEARCH = "Tìm đơn vị theo tên hoặc mã", "Find a unit by name or code";
    SEARCH_HINT = "Gõ có dấu hay không dấu đều được, ví dụ suoi trong. Tên cũ trước khi sắp xếp cũng tìm được.",
        "With or without marks, for example suoi trong. Names from before a reorganisation are found, too.";
    BUTTON = "Tìm", "Find";
    ALL = "Xem tất cả đơn vị", "See all units";
    GROUPS = "Các nhóm đơn vị", "Groups of units";

    PROVINCES = "Tỉnh, thành phố", "Province";
    DEPARTMENTS = "Sở, ban, ngành", "Departments";
    COMMUNES = "Xã, phường, đặc khu", "Communes, wards and special zones";
    CENTRES = "Trung tâm Phục vụ hành chính công", "Public administration service centres";
    BRANCHES = "Văn phòng, chi nhánh trực thuộc", "Offices and branches below departments";
    LINES = "Cơ quan ngành dọc, không tính vào số liệu của tỉnh", "Line agencies, not counted in the province's figures";
    OTHERS = "Đơn vị khác", "Other units";
    FORMER = "Đơn vị đã sắp xếp lại", "Reorganised units";

    NOW_PART_OF = "nay thuộc", "now part of";
    NO_LONGER = "không còn hoạt động", "no longer exists";
    NOTHING_ADVICE = "Xin thử gõ ít chữ hơn, chỉ tên riêng, ví dụ “Suối Trong” thay cho “Ủy ban nhân dân xã Suối Trong”; hoặc xem tất cả đơn vị.",
        "Please try fewer words, the proper name alone, for example “Suối Trong” instead of “Ủy ban nhân dân xã Suối Trong”; or see all units.";
    EMPTY = "Chưa có đơn vị nào. Danh sách hiện ra khi cơ quan quản lý hệ thống nạp danh sách đơn vị.",
        "There are no units yet. The list appears once the office that runs the system has imported its units.";
}

sentences! {
    count(n: u64) = "{n} đơn vị", "{n} unit(s)";
    found(n: u64, query: &str) = "Tìm thấy {n} đơn vị có tên hoặc mã gần với “{query}”.", "{n} unit(s) found with a name or code like “{query}”.";
    found_none(query: &str) = "Không tìm thấy đơn vị nào có tên hoặc mã gần với “{query}”.", "No unit was found with a name or code like “{query}”.";
    more(n: u64) = "Còn {n} đơn vị nữa không hiện hết. Xin gõ thêm chữ để tìm.", "{n} more unit(s) are not shown. Please type more words.";
    formerly(name: &str) = "trước đây: {name}", "formerly {name}";
}
