//! Long lists: searching, and the way from page to page.

says! {
    BEFORE = "Trang trước", "Previous page";
    AFTER = "Trang sau", "Next page";
    PAGES = "Các trang", "Pages";
    NOTHING = "Không có mục nào khớp. Xin thử ít chữ hơn.", "Nothing matches. Please try fewer words.";
    ALL = "Xem tất cả", "See all";
    WITHOUT_MARKS = "Gõ có dấu hay không dấu đều được", "With or without marks";
}

sentences! {
    page_of(page: u64, pages: u64, n: u64) = "Trang {page} trên {pages} ({n} mục)", "Page {page} of {pages} ({n} entries)";
}
