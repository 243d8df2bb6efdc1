//! Words of publications: their files and their pages.

use super::{date, figure};
use crate::words::{Lang, Measure, Period};

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
}
