//! How the page of a unit tells of forms that were excluded or moved.

use crate::words::Day;

says! {
    TITLE = "Phiếu được chuyển về đúng điểm khảo sát", "Forms moved to the right collection point";
    TITLE_EXCLUDED = "Phiếu bị loại hoặc được chuyển sau rà soát", "Forms excluded or moved after a review";
    LEAD = "Con số và kết luận ở đầu trang là số liệu gốc, như khi phiếu được gửi. Phần này đặt số liệu gốc cạnh số liệu sau khi chuyển.",
        "The figure and the conclusion at the top are raw, as the forms came in. Here the raw figures stand beside those after the move.";
    LEAD_EXCLUDED = "Con số và kết luận ở đầu trang là số liệu gốc, như khi phiếu được gửi. Phần này đặt số liệu gốc cạnh số liệu sau khi loại, chuyển phiếu.",
        "The figure and the conclusion at the top are raw, as the forms came in. Here the raw figures stand beside those after exclusions and moves.";
    HEAD_COUNTED = "Số liệu", "Figures";
    RAW = "Số liệu gốc", "Raw";
    CLEANED = "Sau khi chuyển", "After the move";
    CLEANED_EXCLUDED = "Sau khi loại, chuyển", "After exclusions and moves";
    RUNNING = "Kỳ đang diễn ra: kết luận chỉ dựa trên số liệu gốc.", "The period still runs: conclusions rest on raw figures alone.";
}

sentences! {
    out(n: u64) = "{n} phiếu ghi nhận tại đơn vị này trong kỳ được chuyển về nơi đúng.",
        "{n} answers recorded at this unit in the period were moved to where they belong.";
    into(n: u64) = "{n} phiếu ghi nhận ở nơi khác trong kỳ được chuyển về đơn vị này.",
        "{n} answers recorded elsewhere in the period were moved to this unit.";
    excluded(n: u64) = "{n} phiếu trong kỳ không được tính trong số liệu sau rà soát.",
        "{n} answers of the period do not count in the cleaned figures.";
    which_excluded(point: &str, what: &str, first: Day, last: Day) = "Loại phiếu của {point} ({what}), từ ngày {first} đến hết ngày {last}.",
        "Excluded: forms of {point} ({what}), from {first} to the end of {last}.";
    taken_back(day: Day) = "Đã khôi phục ngày {day} theo quyết định của hai người khác nhau; các phiếu này được tính như thường.",
        "Taken back on {day} by two persons; these forms count as usual.";
    few_excluded(k: u64) = "Số phiếu bị loại hoặc được chuyển dưới {k} phiếu, hoặc không tách riêng được mà không để lộ người trả lời, nên chỉ hiển thị số liệu gốc.",
        "Fewer than {k} answers were excluded or moved, or they cannot be told apart without revealing who answered, so only raw figures are shown.";
    few(k: u64) = "Số phiếu được chuyển dưới {k} phiếu, hoặc không tách riêng được mà không để lộ người trả lời, nên chỉ hiển thị số liệu gốc.",
        "Fewer than {k} answers were moved, or they cannot be told apart without revealing who answered, so only raw figures are shown.";
    which(from: &str, to: &str, first: Day, last: Day) = "Từ {from} về {to}, phiếu từ ngày {first} đến hết ngày {last}.",
        "From {from} to {to}, forms from {first} to the end of {last}.";
    why(reason: &str) = "Lý do: {reason}.", "Reason: {reason}.";
    by_two(day: Day) = "Một người đề xuất, một người khác phê duyệt ngày {day}; cả hai ở ngoài các đơn vị được đánh giá. Phiếu không bị sửa, không bị xóa.",
        "One person proposed it and another approved it on {day}; both are from outside the rated units. No form was changed or deleted.";
}
