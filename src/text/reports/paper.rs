//! What stands around the paragraphs of a report: heading, sections, captions, heads of tables, annexes.

pub use super::tables::*;

use super::LANG;
use crate::text::date::long;
use crate::words::{Day, Period};

/// A kind of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The first quarter.
    FirstQuarter,
    /// Six months.
    SixMonths,
    /// The third quarter alone.
    ThirdQuarter,
    /// Nine months, which some offices send in place of the third quarter.
    NineMonths,
    /// The year.
    Year,
}

impl Kind {
    /// All of them, in the order of the year.
    pub const ALL: [Self; 5] = [Self::FirstQuarter, Self::SixMonths, Self::ThirdQuarter, Self::NineMonths, Self::Year];

    /// The word in addresses and names of files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FirstQuarter => "quy-1",
            Self::SixMonths => "6-thang",
            Self::ThirdQuarter => "quy-3",
            Self::NineMonths => "9-thang",
            Self::Year => "nam",
        }
    }

    /// Its name in a title: “quý III năm 2026”.
    pub fn titled(self, year: i32) -> String {
        match self {
            Self::FirstQuarter => format!("quý I năm {year}"),
            Self::SixMonths => format!("6 tháng đầu năm {year}"),
            Self::ThirdQuarter => format!("quý III năm {year}"),
            Self::NineMonths => format!("9 tháng năm {year}"),
            Self::Year => format!("năm {year}"),
        }
    }

    /// Its name in a sentence: “quý III/2026”.
    pub fn named(self, year: i32) -> String {
        match self {
            Self::FirstQuarter => format!("quý I/{year}"),
            Self::ThirdQuarter => format!("quý III/{year}"),
            other => other.titled(year),
        }
    }
}

/// The name of the state.
pub const STATE: &str = crate::text::apology::STATE;
/// Its motto.
pub const MOTTO: &str = crate::text::apology::MOTTO;
/// What the signer does.
pub const HOW: &str = crate::text::apology::HOW;
/// Title of every report.
pub const TITLE: &str = "BÁO CÁO";
/// What every report is about.
pub const SUBJECT: &str = "Mức độ hài lòng của người dân, tổ chức về giải quyết thủ tục hành chính";
/// The office that reports for a province.
pub const HOME_AFFAIRS: &str = "Sở Nội vụ";
/// Its sign.
pub const HOME_AFFAIRS_SIGN: &str = "BC-SNV";
/// The sign of a committee.
pub const COMMITTEE_SIGN: &str = "BC-UBND";
/// The sign of any other office.
pub const OTHER_SIGN: &str = "BC-……";

/// Number and sign, the number still open.
pub fn number(sign: &str) -> String {
    format!("Số: ……/{sign}")
}

/// What a report is about.
pub fn about(kind: Kind, year: i32) -> String {
    format!(
        "Kết quả đo lường mức độ hài lòng của người dân, tổ chức về giải quyết thủ tục hành chính {}",
        kind.titled(year)
    )
}

/// Whom it is written to.
pub fn addressed(to: &[&str]) -> String {
    format!("Kính gửi: {}", to.join("; "))
}

/// The committee of the province, and the ministry, as recipients.
pub const TO_PROVINCE: &str = "Ủy ban nhân dân tỉnh";

/// The first sentence.
pub fn opening(
    plan: Option<&str>,
    agency: &str,
    kind: Kind,
    year: i32,
    period: Period,
    through: Option<Day>,
) -> String {
    let plan = plan.map_or_else(|| super::filled_in("văn bản giao nhiệm vụ"), str::to_owned);
    let day = |day| crate::text::date::short(LANG, day);
    let days = match through {
        None => format!("số liệu từ ngày {} đến ngày {}", day(period.from), day(period.to)),
        Some(last) => format!(
            "kỳ từ ngày {} đến ngày {}, số liệu tính đến hết ngày {}",
            day(period.from),
            day(period.to),
            day(last)
        ),
    };
    format!("Thực hiện {plan}, {agency} báo cáo kết quả {} ({days}) như sau:", kind.titled(year))
}

/// The last sentence.
pub fn closing(agency: &str, kind: Kind, year: i32) -> String {
    format!(
        "Trên đây là báo cáo kết quả đo lường mức độ hài lòng của người dân, tổ chức về giải quyết thủ tục hành chính {}, {agency} kính báo cáo./.",
        kind.titled(year)
    )
}

/// Sections, in their order.
pub const SECTIONS: [&str; 6] = [
    "I. TÌNH HÌNH TRIỂN KHAI",
    "II. KẾT QUẢ",
    "III. PHẢN ÁNH, KIẾN NGHỊ VÀ XIN LỖI",
    "IV. ĐÁNH GIÁ CHUNG",
    "V. NHIỆM VỤ TRỌNG TÂM KỲ TỚI",
    "VI. KIẾN NGHỊ, ĐỀ XUẤT",
];
/// Parts of the first section.
pub const OF_WORK: [&str; 3] = [
    "1. Công tác chỉ đạo, hướng dẫn",
    "2. Điểm khảo sát, hình thức thu thập, số hồ sơ và số phiếu",
    "3. Chất lượng dữ liệu, giám sát và phúc tra",
];
/// Parts of the second section; the last two stand in the report of a year.
pub const OF_RESULTS: [&str; 8] = [
    "1. Mức độ hài lòng chung và so với chỉ tiêu",
    "2. Theo tiêu chí",
    "3. Theo lĩnh vực",
    "4. Theo cơ quan, đơn vị",
    "5. Thời gian chờ",
    "6. So với kỳ trước",
    "7. Góp ý mở tại quầy",
    "8. Các chỉ số khác trong kỳ, không so sánh trực tiếp",
];

/// The ninth part of the results of a year.
pub fn of_targets(year: i32) -> String {
    format!("9. Kết quả thực hiện chỉ tiêu năm {year}")
}

/// The tenth part of the results of a year.
pub const OF_OTHERS: &str = "10. So sánh với các chỉ số do cơ quan khác công bố (SIPAS, PAPI)";
/// Parts of the third section.
pub const OF_CASES: [&str; 2] = ["1. Tiếp nhận, xử lý phản ánh, kiến nghị", "2. Hồ sơ quá hạn và văn bản xin lỗi"];
/// Parts of the fourth section.
pub const OF_JUDGEMENT: [&str; 2] = ["1. Kết quả đạt được", "2. Tồn tại, hạn chế và nguyên nhân"];

/// What the officer adds under “Công tác chỉ đạo”.
pub const FILL_WORK: &str = "văn bản chỉ đạo, hướng dẫn trong kỳ";
/// What the officer adds on supervision.
pub const FILL_SUPERVISION: &str = "kết quả giám sát, phúc tra";
/// What the officer adds under “Kết quả đạt được”.
pub const FILL_ACHIEVED: &str = "kết quả đạt được";
/// What the officer adds under the tasks to come.
pub const FILL_TASKS: &str = "nhiệm vụ trọng tâm kỳ tới";
/// What the officer adds on complaints.
pub const FILL_CASES: &str = "nội dung phản ánh chủ yếu";
/// What the officer adds on other indices.
pub const FILL_OTHERS: &str = "số liệu SIPAS, PAPI của năm, kèm nguồn";
/// Nothing of other systems is known.
pub const NO_OTHERS: &str = "Chưa có số liệu về các chỉ số khác trong kỳ.";
/// No headline: neither figure nor conclusion.
pub const NO_HEADLINE: &str = "Chưa có số liệu về mức độ hài lòng để công bố: kỳ này chưa có phiếu hoặc có dưới 10 phiếu của các nguồn dùng để kết luận; không có nghĩa là 0%.";
/// No waiting time.
pub const NO_WAITING: &str = "Chưa có số liệu về thời gian chờ trong kỳ.";
/// No open feedback.
pub const NO_OPEN: &str = "Chưa có số liệu về góp ý mở trong kỳ: chưa có phiếu hoặc có dưới 10 phiếu.";
/// No criteria.
pub const NO_CRITERIA: &str = "Chưa có số liệu về từng tiêu chí trong kỳ.";
/// Line agencies stand outside.
pub const LINE_AGENCY: &str =
    "Đơn vị là cơ quan ngành dọc, ngoài phạm vi đo của tỉnh: không xét theo chỉ tiêu của tỉnh.";
/// Signals are for those who may read them.
pub const NO_SIGNALS: &str = "Chưa có số liệu về tín hiệu chất lượng của các tháng trong kỳ.";

/// A census: everybody was asked.
pub fn census(subject: &str, share: &str, n: &str) -> String {
    format!("{subject} là {share}, tính trên toàn bộ người thuộc diện khảo sát đã trả lời ({n}).")
}

/// A headline that is masked.
pub fn masked(subject: &str, bound: &str, n: &str) -> String {
    format!("{subject}: {bound} ({n}). Để bảo vệ người trả lời, báo cáo không ghi con số cụ thể.")
}

/// The caption of a table.
pub fn table(number: usize, name: &str) -> String {
    format!("Bảng {number}. {name}")
}

/// The caption of a drawing; `part` where it goes on.
pub fn chart(number: usize, name: &str, part: Option<(usize, usize)>) -> String {
    match part {
        Some((part, of)) => format!("Biểu đồ {number}. {name} ({part}/{of})"),
        None => format!("Biểu đồ {number}. {name}"),
    }
}

/// The heading of an annex.
pub fn annex(number: usize, name: &str) -> String {
    format!("Phụ lục {number}. {name}")
}

/// Recipients of a report of the province.
pub const COPIES_PROVINCE: &str = "Như trên;\nVăn phòng UBND tỉnh (kiểm soát thủ tục hành chính);\nLưu: VT.";
/// Recipients of any other report.
pub const COPIES: &str = "Như trên;\nSở Nội vụ (số liệu);\nLưu: VT.";
/// The word before them.
pub const RECIPIENTS: &str = crate::text::apology::RECIPIENTS;

/// Who signs for a committee.
pub const SIGNER_COMMITTEE: &str = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH";
/// Who signs for a department.
pub const SIGNER_DEPARTMENT: &str = "GIÁM ĐỐC";
/// Who signs elsewhere.
pub const SIGNER_OTHER: &str = "THỦ TRƯỞNG ĐƠN VỊ";

/// Lines of the card of methods.
pub const METHOD_LINES: [&str; 9] = [
    "Đơn vị",
    "Kỳ báo cáo",
    "Số liệu tính đến",
    "Phiếu khảo sát",
    "Dấu băm của phiếu",
    "Cách tổng hợp",
    "Cách tính khoảng tin cậy",
    "Phần mềm",
    "Ngày lập",
];
/// The period still runs.
pub const STILL_RUNS: &str = "kỳ chưa kết thúc";
/// Where the methods stand.
pub const METHODS_AT: &str = "Mô tả từng phương pháp";
/// Where the figures stand.
pub const FIGURES_AT: &str = "Trang kết quả";
/// Where the record stands.
pub const RECORD_AT: &str = "Nhật ký công khai và mã kiểm tra";
/// Where the data stand.
pub const DATA_AT: &str = "Số liệu dạng CSV";
/// Names of sheets.
pub const SHEET_CODES: &str = "Bảng mã";
/// The card of methods as a sheet.
pub const SHEET_METHOD: &str = "Cách tính";
/// No text of a whole number of places.
pub const NOT_SPLIT: &str = "Chưa tách (dưới 10 phiếu)";
/// Answers that do not know theirs.
pub const UNKNOWN: &str = "Không rõ";

/// Place and day, the day still open.
pub fn place_and_day(place: &str, year: i32) -> String {
    crate::text::apology::place_and_day(place, year)
}

/// “ngày 05 tháng 02 năm 2026”.
pub fn on(day: Day) -> String {
    long(LANG, day)
}

/// Where waiting is told of.
pub fn at(unit: Option<&str>) -> String {
    unit.map_or_else(|| "tại Trung tâm Phục vụ hành chính công các cấp".to_owned(), |unit| format!("tại {unit}"))
}

/// What a signal is called in a report, and how many months it was seen in.
pub fn months(name: &str, n: usize) -> String {
    if n > 1 { format!("{name}, {n} tháng") } else { name.to_owned() }
}

/// The simulated data are no data.
pub const SIMULATED: &str = "SỐ LIỆU MÔ PHỎNG – KHÔNG PHẢI KẾT QUẢ THẬT";
/// The lower limit of an interval.
pub const HEAD_LOW: &str = "95%: từ";
/// The upper limit.
pub const HEAD_HIGH: &str = "95%: đến";
/// The period before, where it has no name.
pub const BEFORE: &str = "kỳ trước";
/// What signals are counted of.
pub const UNIT_WORD: &str = "đơn vị";

/// What the common level is of.
pub const fn whole(is_province: bool) -> &'static str {
    if is_province { "tỉnh" } else { "đơn vị" }
}

/// The quality of data where signals are not told.
pub fn no_signals(excluded: Option<u64>) -> String {
    let excluded = match excluded {
        Some(0) => "Trong kỳ không loại phiếu nào.".to_owned(),
        Some(n) => format!("Trong kỳ loại {} phiếu.", crate::text::number::count(LANG, n)),
        None => "Trong kỳ loại dưới 10 phiếu.".to_owned(),
    };
    format!("{NO_SIGNALS} {excluded} Kết quả trước và sau khi loại phiếu được công bố cùng nhau.")
}
/// Minutes at most, in a table.
pub fn at_most(minutes: &str) -> String {
    format!("≤ {minutes} phút")
}

/// The tab of a numbered table.
pub fn tab(number: usize) -> String {
    format!("Bảng {number}")
}

/// The tab of figures of another system.
pub const fn tab_of(collector: crate::words::Collector) -> &'static str {
    match collector {
        crate::words::Collector::Portal => "Cổng DVC quốc gia",
        crate::words::Collector::Qd766 => "Chỉ số 766",
        crate::words::Collector::Tt01 => "Thang 18 điểm",
    }
}
