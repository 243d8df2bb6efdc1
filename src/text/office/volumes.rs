//! Volumes: how many applications were received and returned.

says! {
    TITLE = "Khối lượng hồ sơ", "Volumes";
    USE = "Số hồ sơ đã trả đứng cạnh số phiếu ở mọi trang kết quả, để biết trong số người đã được phục vụ có bao nhiêu người trả lời. Không có số này thì trang ghi “chưa ghi nhận”.",
        "Applications returned stand beside the number of answers on every page of results, so that readers see how many of those served have answered. Without it the page says “not recorded”.";
    SEARCH = "Lọc theo đơn vị hoặc điểm khảo sát", "Filter by unit or collection point";
    POINT = "Điểm khảo sát", "Collection point";
    POINT_CODE = "Mã điểm khảo sát", "Code of the collection point";
    UNIT = "Nơi tiếp nhận", "Receiving office";
    PERIOD = "Khoảng ngày", "Days";
    DECIDING = "Cơ quan giải quyết", "Deciding office";
    DECIDING_CODE = "Mã cơ quan giải quyết", "Code of the deciding office";
    NOT_SPLIT_HINT = "Để trống nếu không tách", "Leave empty if not told apart";
    NOT_SPLIT = "không tách", "not told apart";
    FROM = "Ngày đầu", "First day";
    TO = "Ngày cuối", "Last day";
    RECEIVED = "Đã nhận", "Received";
    RETURNED = "Đã trả", "Returned";
    LATE = "Trả quá hạn", "Returned late";
    ADD = "Ghi khối lượng", "Enter volumes";
    ADD_NOTE = "Ghi lại cùng điểm, cùng cơ quan giải quyết, lĩnh vực và ngày đầu thì số mới thay số cũ. Các khoảng ngày không được chồng lên nhau.",
        "Entering the same point, deciding office, field and first day again replaces the figures. Spans of days must not overlap.";
    UPLOAD = "Nhập từ tệp", "Import a file";
    EMPTY = "Chưa ghi khối lượng nào.", "No volumes are recorded yet.";
}
