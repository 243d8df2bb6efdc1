//! Words of publications: their files and their pages.

use super::{date, figure};
use crate::words::{Day, Lang, Measure, Period};

/// Address of the list.
pub const PAGE: &str = "/cong-bo";

/// The title of a publication: measure, unit, period with its dates.
pub fn title_of(lang: Lang, measure: i16, unit: &str, period: Period) -> String {
    let name = Measure::from_code(measure).map_or("", |measure| figure::measure_name(measure).get(lang));
    let period = date::period(lang, period);
    format!("{name} – {unit}, {period}")
}

says! {
    README_HEAD = "Tệp công bố của Thước Đo. Bất kỳ ai cũng kiểm tra lại được, không cần máy chủ.",
        "A publication of Thước Đo. Anybody can check it again, without a server.";
    README_VERIFY = "Kiểm tra toàn bộ (chữ ký, mã kiểm tra của từng tệp, sổ ghi phiếu, mọi con số):",
        "Check everything (signatures, the hash of each file, the record of forms, every figure):";
    README_R = "Tính lại các con số bằng R, không cần gói nào:", "Compute the figures again with R, without any package:";
    README_CONTENT = "nội dung được khóa: con số, khoảng tin cậy, kết luận, tổng theo khối",
        "the frozen content: figures, intervals, verdicts, block sums";
    README_APPROVAL = "ai trình, ai duyệt, theo văn bản nào, công bố từ lúc nào; có chữ ký", "who submitted and approved, by which decision, public from when; signed";
    README_FIGURES = "các con số, mỗi dòng một số (mở được bằng bảng tính)", "the figures, one a line (opens in a spreadsheet)";
    README_CODEBOOK = "bảng mã: câu hỏi, thang đo, trọng số", "code book: questions, scales, weights";
    README_METHODS = "cách tính", "methods";
    README_QUESTIONNAIRES = "phiếu khảo sát", "the questionnaires";
    README_RECORD = "sổ ghi phiếu: điểm kiểm có chữ ký, khóa công khai, mã của từng phiếu (không cho biết nội dung)",
        "the record of forms: signed checkpoint, public keys, the hash of each form (which tells nothing of its content)";
    README_STATE = "Cột state: shown = có số; suppressed = chưa đủ số liệu để hiển thị; at_least95, at_most5 = gần như mọi người trả lời giống nhau.",
        "Column state: shown = published; suppressed = too few to be shown; at_least95, at_most5 = nearly everybody answered alike.";
    README_PERIOD = "Kỳ", "Period";
    README_KEY = "Khóa công khai đầu tiên của sổ ghi phiếu (so với khóa trên trang /so-ghi):", "First public key of the record (compare with the one on the page /so-ghi):";

    FROZEN_SET = "Số liệu đã khóa và ký: con số, khoảng tin cậy, kết luận, phiếu khảo sát, cách tính và tệp để bất kỳ ai tính lại.", "Frozen and signed figures: estimates, intervals, verdicts, the questionnaire, the methods, and a bundle with which anybody computes them again.";
    TITLE = "Số liệu đã công bố", "Published figures";
    LEAD = "Số liệu trong danh sách này đã được khóa và ký: một cơ quan trình, một cơ quan khác duyệt bằng văn bản. Bất kỳ ai cũng tải về và tính lại được. Muốn sửa phải công bố bản mới kèm lý do; bản cũ vẫn xem được.",
        "The figures of this list are frozen and signed: one office submitted them, another approved them by a decision. Anybody can download them and compute them again. A correction is a new version with its reason; the old one stays readable.";
    NOTHING = "Chưa có số liệu nào được công bố. Số liệu đang hình thành xem ở trang kết quả.", "Nothing has been published yet. Figures in the making are on the page of results.";
    LATEST = "Công bố mới nhất", "Latest publications";
    ALL = "Xem tất cả số liệu đã công bố", "All published figures";
    BACK = "Danh sách số liệu đã công bố", "List of published figures";
    FROZEN = "Số liệu trên trang này đã được khóa khi trình, không thay đổi theo phiếu đến sau.", "The figures on this page were frozen when they were submitted; later forms do not change them.";
    COL_TITLE = "Nội dung", "Title";
    COL_RELEASED = "Ngày công bố", "Published on";
    COL_DECISION = "Văn bản phê duyệt", "Decision";
    COL_VERSION = "Bản", "Version";
    CHECK = "Tải về và tính lại", "Download and compute again";
    CHECK_LEAD = "Tệp kiểm tra chứa các con số, phiếu khảo sát, cách tính, tổng theo khối và mã của từng phiếu. Lệnh sau kiểm tra toàn bộ mà không cần mạng; một con số bị sửa thì lệnh chỉ ra ngay chỗ sửa.",
        "The bundle holds the figures, the questionnaire, the methods, the block sums and the hash of each form. The command below checks all of it without a network; if a figure was changed it names the place.";
    CHECK_R = "Trong tệp có chương trình R ngắn tính lại các con số chính.", "A short R script in the bundle computes the main figures again.";
    FILE_ZIP = "Tệp kiểm tra (zip)", "Bundle (zip)";
    FILE_CSV = "Bảng số liệu (csv)", "Figures (csv)";
    FILE_XLSX = "Bảng tính (xlsx)", "Workbook (xlsx)";
    FILE_JSON = "Nội dung đã khóa (json)", "Frozen content (json)";
    FILE_PDF = "Văn bản phê duyệt có chữ ký (pdf)", "Signed decision (pdf)";
    SIGNED = "Ai trình, ai duyệt", "Who submitted and approved";
    HASH = "Mã của nội dung (SHA-256)", "Hash of the content (SHA-256)";
    RECORD_STATE = "Sổ ghi phiếu lúc tính", "State of the record";
    DECISIONS = "Quyết định về phiếu trong kỳ", "Decisions about forms of the period";
    VERSIONS = "Các bản", "Versions";
    SERIES = "Các kỳ đã công bố", "Published periods";
    SHEET_FIGURES = "Số liệu", "Figures";
    SHEET_CODEBOOK = "Bảng mã", "Code book";
    SHEET_METHOD = "Cách tính", "Methods";
    COL_UNIT = "Đơn vị", "Unit";
    COL_SOURCE = "Nguồn", "Source";
    COL_WHAT = "Nội dung đo", "Measured";
    COL_N = "Số phiếu", "Forms";
    COL_ESTIMATE = "Ước tính", "Estimate";
    COL_LOW = "Cận dưới 95%", "Lower limit 95%";
    COL_HIGH = "Cận trên 95%", "Upper limit 95%";
    COL_STATE = "Tình trạng", "State";
    COL_VERDICT = "Kết luận", "Verdict";
    COL_PERIOD = "Kỳ", "Period";
    COL_FIELD = "Lĩnh vực", "Field";
    STATE_SHOWN = "có số liệu", "published";
    STATE_SUPPRESSED = "không hiển thị: dưới 10 phiếu, hoặc từ đó tính ra được số dưới 10", "not shown: fewer than 10 forms, or such a number could be found out from it";
    STATE_ALL = "từ 95% trở lên", "95% or more";
    STATE_NONE = "từ 5% trở xuống", "5% or less";
    STATE_NO_INTERVAL = "không có khoảng tin cậy", "no interval";
    COMPOSITE = "Chung", "Overall";
}

sentences! {
    released(at: &str, decision: &str, decided: Day) = "Công bố từ {at}, theo {decision} ngày {decided}.", "Public from {at}, by {decision} of {decided}.";
    submitted(role: &str, unit: &str) = "Trình: {role}, đơn vị {unit}.", "Submitted: {role}, unit {unit}.";
    approved(role: &str, unit: &str) = "Duyệt: {role}, đơn vị {unit}.", "Approved: {role}, unit {unit}.";
    replaced(version: u64) = "Bản này đã được thay thế bởi bản {version}.", "This version was replaced by version {version}.";
    corrects(version: u64, reason: &str) = "Bản này sửa bản {version}. Lý do: {reason}", "This version corrects version {version}. Reason: {reason}";
    version(n: u64) = "bản {n}", "version {n}";
    withheld_cells(n: u64, k: u64) = "{n} con số không hiển thị vì có dưới {k} phiếu, vì từ đó tính ra được con số như vậy, hoặc vì gần như mọi người trả lời giống nhau.",
        "{n} figure(s) are not shown: of fewer than {k} forms, because such a number could be found out from them, or because nearly everybody answered alike.";
    record_state(size: u64, day: &str) = "{size} phiếu, niêm phong đến hết ngày {day}.", "{size} forms, sealed through {day}.";
    decision_line(id: u64) = "Quyết định số {id}", "Decision {id}";
}
