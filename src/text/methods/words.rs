//! The fixed words of the page of methods.

says! {
    TITLE = "Phương pháp", "Method";
    CONTENTS = "Mục lục", "Contents";
    READING = "Đọc một con số", "How to read a figure";
    READING_INTERVAL = "Khoảng tin cậy là gì", "What the interval says";
    READING_MEASURES = "Các loại chỉ số", "The measures";
    READING_LEVELS = "Bốn mức tin cậy của nguồn", "Four trust levels";
    MEASURE = "Loại chỉ số", "Measure";
    MEASURE_IS = "Là gì", "What it is";
    MORE = "Công thức, nguồn, kiểm tra", "Formula, sources, checks";
    FORMULA = "Công thức", "Formula";
    EDGE = "Trường hợp đặc biệt", "At the ends";
    SOURCES = "Nguồn", "Sources";
    CHECKED = "Cách kiểm tra", "Checked";
    REFERENCE = "So với kết quả mẫu trong", "Against the expected values in";
    OWN_RULE = "quy tắc của phần mềm này", "a rule of this project";
    USED = "Sử dụng", "In use";
    USED_PAGES = "trang công khai và lệnh `thuocdo index`", "public pages and `thuocdo index`";
    USED_ANALYSE = "lệnh `thuocdo analyse`", "`thuocdo analyse`";
    USED_NOWHERE = "có trong thư viện và đã kiểm tra, chưa trang hay lệnh nào dùng", "in the library and tested; no page or command uses it yet";
    CITED_AS = "Tên trích dẫn", "Cited as";
    SPECIALISTS = "Bản đầy đủ bằng tiếng Anh cho người làm thống kê và kiểm tra: tệp docs/METHODOLOGY.md trong mã nguồn của phần mềm. Trang này và tệp ấy được lập từ cùng một danh mục.",
        "For specialists: docs/METHODOLOGY.md in the source of the program says the same. That page and this one are made from one catalogue.";
}
