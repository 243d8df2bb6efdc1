//! How the page of a unit tells of forms that were moved.

use crate::words::Day;

says! {
    TITLE = "Phiếu được chuyển về đúng điểm khảo sát", "Forms moved to the right collection point";
    LEAD = "Con số và kết luận ở đầu trang là số liệu gốc, như khi phiếu được gửi. Phần này đặt số liệu gốc cạnh số liệu sau khi chuyển.",
        "The figure and the conclusion at the top are raw, as the forms came in. Here the raw figures stand beside those after the move.";
    HEAD_COUNTED = "Số liệu", "Figures";
    RAW = "Số liệu gốc", "Raw";
    CLEANED = "Sau khi chuyển", "After the move";
    RUNNING = "Kỳ đang diễn ra: kết luận chỉ dựa trên số liệu gốc.", "The period still runs: conclusions rest on raw figures alone.";
}

sentences! {
    out(n: u64) = "{n} phiếu ghi nhận tại đơn vị này trong kỳ được chuyển về nơi đúng.",
        "{n} answers recorded at this unit in the period were moved to where they belong.";
    into(n: u64) = "{n} phiếu ghi nhận ở nơi khác trong kỳ được chuyển về đơn vị này.",
        "{n} answers recorded elsewhere in the period were moved to this unit.";
    few(k: u64) = "Số phiếu được chuyển dưới {k} phiếu, hoặc không tách riêng được mà không để lộ người trả lời, nên chỉ hiển thị số liệu gốc.",
        "Fewer than {k} answers were moved, or they cannot be told apart without revealing who answered, so only raw figures are shown.";
    which(from: &str, to: &str, first: Day, last: Day) = "Từ {from} về {to}, phiếu từ ngày {first} đến hết ngày {last}.",
        "From {from} to {to}, forms from {first} to the end of {last}.";
    why(reason: &str) = "Lý do: {reason}.", "Reason: {reason}.";
    by_two(day: Day) = "Một người đề xuất, một người khác phê duyệt ngày {day}; cả hai ở ngoài các đơn vị được đánh giá. Phiếu không bị sửa, không bị xóa.",
        "One person proposed it and another approved it on {day}; both are from outside the rated units. No form was changed or deleted.";
}
