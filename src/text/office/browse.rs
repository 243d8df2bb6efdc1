//! Long lists: searching, and the way from page to page.

says! {
    PAGES = "Các trang", "Pages";
    NOTHING = "Không có mục nào khớp. Xin thử ít chữ hơn.", "Nothing matches. Please try fewer words.";
    ALL = "Xem tất cả", "See all";
    WITHOUT_MARKS = "Gõ có dấu hay không dấu đều được", "With or without marks";
}

sentences! {
    shown(from: u64, to: u64, all: u64) = "Đang xem {from}–{to} trong {all}.", "Showing {from}–{to} of {all}.";
    page(n: u64) = "Trang {n}", "Page {n}";
}
