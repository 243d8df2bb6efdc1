//! Series that other bodies published: what a change may be called, why a series breaks, and why there is no interval.
//!
//! No sentence calls a change progress or decline: points and rank are told side by side, and neither has an interval.

use crate::text::number::decimal;
use crate::text::{Say, Shown};
use crate::words::{Lang, SeriesFrame, SeriesKind};

/// The public page.
pub const PAGE: &str = "/chuoi-so-lieu";
/// The page of the office.
pub const OFFICE_PAGE: &str = "/quan-tri/chuoi-so-lieu";

says! {
    TITLE = "Chuỗi số liệu của cơ quan khác", "Series of other bodies";
    MENU = "Chuỗi số liệu", "Series";
    LEAD = "Các con số dưới đây do cơ quan khác công bố, chép lại kèm nguồn. Không con số nào tính từ phiếu khảo sát của hệ thống này.",
        "The numbers below were published by other bodies and are repeated with their sources. None is computed from the forms of this system.";
    NOT_SIMULATED = "Riêng trang này không phải số liệu mô phỏng: đây là số thật đã công bố của những nơi được ghi tên.",
        "This page alone is not simulated: these are real published numbers of the places named.";
    NO_INTERVAL = "Cơ quan công bố không kèm khoảng tin cậy nên biểu đồ chỉ có điểm, không có khoảng; không biết thay đổi nào vượt sai số.",
        "They were published without confidence intervals, so the charts have points and no intervals; which change is beyond error is not known.";
    EMPTY = "Chưa có chuỗi số liệu nào được nhập.", "No series has been imported.";
    EMPTY_OFFICE = "Chưa có chuỗi số liệu nào. Tệp mẫu và hai chuỗi có nguồn nằm trong thư mục surveys/history của chương trình.",
        "There is no series yet. Sourced series that can be imported are in the folder surveys/history of the program.";
    POINTS = "Điểm (thang 100)", "Points (of 100)";
    PERCENT = "Tỷ lệ (%)", "Share (%)";
    RANK = "Thứ hạng (1 là cao nhất)", "Rank (1 is the highest)";
    HEAD_POINTS = "Điểm", "Points";
    HEAD_PERCENT = "Tỷ lệ", "Share";
    HEAD_RANK = "Thứ hạng", "Rank";
    HEAD_CHANGE = "Thay đổi", "Change";
    HEAD_RANK_CHANGE = "Thay đổi thứ hạng", "Change of rank";
    YEAR = "Năm", "Year";
    SOURCE = "Nguồn", "Source";
    NOTES = "Đọc các thay đổi", "Reading the changes";
    PLACE = "Nơi", "Place";
    PUBLISHED_BY = "Cơ quan công bố", "Published by";
    MEASURE = "Loại chỉ số", "Measure";
    FRAME = "Đối tượng được hỏi", "Who was asked";
    METHOD = "Phiếu, cách đo", "Questionnaire and method";
    USERS = "người đã sử dụng dịch vụ", "people who used the service";
    RESIDENTS = "người dân cư trú, chọn ngẫu nhiên", "residents drawn at random";
    UNKNOWN = "không nêu", "not stated";
    BREAK = "Ngắt chuỗi", "Break in the series";
    RANKS_DIFFER = "số nơi được xếp hạng đã thay đổi", "the number of places ranked changed";
    FRAME_DIFFERS = "đối tượng khảo sát đã thay đổi", "the people surveyed changed";
    METHOD_DIFFERS = "phiếu hỏi hoặc cách đo đã thay đổi", "the questionnaire or method changed";
    MEASURE_DIFFERS = "loại chỉ số khác nhau", "two different measures";
    SAME_PLACE = "không đổi bậc", "the rank did not change";
    OTHERWISE = "cách tính đã thay đổi", "the way of computing changed";
    BESIDE = "Hai chỉ số của cùng một nơi, cùng một năm", "Two measures of one place and year";
    DATA = "Tải số liệu", "Download the data";
    ALL_SERIES = "Tất cả chuỗi số liệu", "All series";
    PUBLIC = "Xem trang công khai", "See the public page";
    ENTER = "Nhập từ tệp", "Import a file";
    YEARS = "Các năm", "Years";
    CHART = "Biểu đồ", "Chart";
    LEGEND = "Giá trị đã công bố; nét nối chỉ giữa hai năm liền nhau, không vẽ qua chỗ ngắt chuỗi",
        "Published value; only neighbouring years are joined, and no line crosses a break";

    IMPORT = "Nhập chuỗi số liệu", "Import series";
    IMPORT_HOLDS = "Số do cơ quan khác công bố theo năm: mỗi dòng một số (điểm, tỷ lệ hoặc thứ hạng) kèm nguồn. Không nhập được số của phiếu khảo sát ở đây.",
        "Numbers that other bodies published by year: a line for each number (points, share or rank) with its source. Figures of the questionnaires are not imported here.";
    COLUMN_SERIES = "Mã chuỗi, nằm trong địa chỉ trang", "Code of the series, part of its address";
    COLUMN_YEAR = "Năm", "Year";
    COLUMN_KIND = "points (điểm thang 100), percent (tỷ lệ) hoặc rank (thứ hạng)", "points (of 100), percent or rank";
    COLUMN_VALUE = "Con số đúng như đã công bố, kể cả số chữ số thập phân; trống nếu chỉ công bố bằng lời",
        "The number as published, with its decimals; empty where only words were published";
    COLUMN_RANK_OF = "Xếp hạng trong bao nhiêu nơi; bắt buộc với rank", "How many were ranked; needed for a rank";
    COLUMN_PLACE = "Nơi được đo, ví dụ Lai Châu, toàn quốc", "Whom it speaks of, such as Lai Châu";
    COLUMN_MEASURE = "Loại chỉ số: counter, province, sipas, tt01, qd766, health, education hoặc par",
        "Measure: counter, province, sipas, tt01, qd766, health, education or par";
    COLUMN_PUBLISHER = "Cơ quan công bố hoặc thu thập", "Who published or collected it";
    COLUMN_FRAME = "users (người sử dụng dịch vụ) hoặc residents (người dân cư trú); trống nếu không nêu",
        "users or residents; empty where it is not stated";
    COLUMN_METHOD = "Phiếu, cách đo; đổi tên khi cách đo đổi, vì khác tên là ngắt chuỗi",
        "Questionnaire and method; give a new name where it changes, for another name breaks the series";
    COLUMN_NOTE_VI = "Lời thay cho con số hoặc kèm theo, tiếng Việt", "Words in place of the number or beside it, in Vietnamese";
    COLUMN_NOTE_EN = "Lời đó bằng tiếng Anh", "The same in English";
    COLUMN_CITATION = "Văn bản, trang tin nêu con số", "Where the number stands";
    COLUMN_BREAK_VI = "Lý do ngắt chuỗi trước năm này, tiếng Việt; trống nếu không ngắt", "Why the series breaks before this year, in Vietnamese; empty where it does not";
    COLUMN_BREAK_EN = "Lý do đó bằng tiếng Anh", "The same in English";

    NOT_OVER = "chưa bắt đầu; nhập khi năm đó đã có số công bố", "has not begun; import it when something was published";
    VALUE_OR_NOTE = "để trống mà cột note_vi cũng trống; điền con số, hoặc lời đã công bố", "is empty and so is note_vi; write the number, or the words that were published";
    BOTH_LANGUAGES = "điền cả hai ngôn ngữ, hoặc để trống cả hai", "write it in both languages, or in neither";
    RANK_OF_NEEDED = "thứ hạng phải ghi trong bao nhiêu nơi", "a rank needs the number of places ranked";
    RANK_OF_NOT = "chỉ dùng với thứ hạng; xin để trống", "belongs to ranks only; empty it";
    MINUTES_NOT = "phút chờ không phải là chuỗi được công bố; ghi loại chỉ số khác", "minutes are no published series; write another measure";
    POINTS_AND_PERCENT = "chuỗi đã có cả điểm lẫn tỷ lệ; đặt mã chuỗi riêng cho mỗi loại", "the series has points and per cent; give each a code of its own";
}

sentences! {
    rank_shown(rank: u64, of: u64) = "{rank}/{of}", "{rank} of {of}";
    points_shown(value: &str) = "{value} điểm", "{value} points";
    points_step(value: &str) = "{value} điểm", "{value} points";
    percent_step(value: &str) = "{value} điểm phần trăm", "{value} percentage points";
    up_places(n: u64) = "tăng {n} bậc", "up {n} place(s)";
    down_places(n: u64) = "giảm {n} bậc", "down {n} place(s)";
    opposite(span: &str, level: &str, rank: &str) = "{span}: {level}, {rank}: hai số đo đi ngược nhau nên không kết luận tốt lên hay kém đi.",
        "{span}: {level}, {rank}: the two measures go opposite ways, so neither a rise nor a decline is concluded.";
    alike(span: &str, level: &str, rank: &str) = "{span}: {level}, {rank}: hai số đo cùng chiều; không có khoảng tin cậy nên không biết thay đổi có vượt sai số hay không.",
        "{span}: {level}, {rank}: both measures go the same way; no interval is known, so it is not known whether this is beyond error.";
    unmoved(span: &str, level: &str, rank: &str) = "{span}: {level}, {rank}: có số đo không đổi và không có khoảng tin cậy nên không kết luận tốt lên hay kém đi.",
        "{span}: {level}, {rank}: one measure did not move and no interval is known, so neither a rise nor a decline is concluded.";
    level_alone(span: &str, level: &str) = "{span}: {level}; chỉ có một số đo và không có khoảng tin cậy nên không kết luận tốt lên hay kém đi.",
        "{span}: {level}; there is one measure alone and no interval, so neither a rise nor a decline is concluded.";
    rank_alone(span: &str, rank: &str) = "{span}: {rank}; thứ hạng còn tùy các nơi khác, nên một mình nó không cho biết tốt lên hay kém đi.",
        "{span}: {rank}; a rank depends on the other places, so by itself it tells neither a rise nor a decline.";
    not_comparable(span: &str, reasons: &str) = "{span}: không so sánh được: {reasons}.", "{span}: not comparable: {reasons}.";
    beside_title(place: &str, year: &str) = "{place}, năm {year}", "{place}, {year}";
    description(title: &str, first: &str, last: &str) = "{title}, từ năm {first} đến năm {last}. Cùng số liệu ở bảng bên dưới.",
        "{title}, {first} to {last}. The same numbers stand in the table below.";
    span(from: &str, to: &str) = "{from}→{to}", "{from} to {to}";

    not_a_year(value: &str) = "{value} không phải là năm từ 1990 đến nay; ghi bốn chữ số, ví dụ 2024", "{value} is no year from 1990 on; write four digits, such as 2024";
    not_a_rank(value: &str) = "{value} không phải là thứ hạng; ghi một số nguyên từ 1 đến rank_of", "{value} is no rank; write a whole number from 1 to rank_of";
    not_a_level(value: &str) = "{value} không phải là số từ 0 đến 100 với nhiều nhất bốn chữ số thập phân; ghi như 80,08", "{value} is no number from 0 to 100 with at most four decimals; write it like 80.08";
    same_key(line: &str) = "dòng {line} có cùng chuỗi, năm và loại số; xóa một trong hai dòng", "line {line} has the same series, year and kind; delete one of them";
    of_another(what: &str, line: &str) = "khác với {what}; một chuỗi chỉ có một nơi và một loại chỉ số, đặt mã khác ({line})",
        "differs from {what}; a series has one place and one measure, give this one a code of its own ({line})";
    in_line(line: &str) = "dòng {line}", "line {line}";
    too_many(most: &str) = "hệ thống giữ nhiều nhất {most} số của các chuỗi; bớt dòng", "at most {most} values of series are kept; write fewer lines";
}

/// Of whom a number speaks.
pub const fn frame(frame: Option<SeriesFrame>) -> Say {
    match frame {
        Some(SeriesFrame::Users) => USERS,
        Some(SeriesFrame::Residents) => RESIDENTS,
        None => UNKNOWN,
    }
}

/// A number with the decimals it was published with: “66,46 điểm”, “80,08%”.
pub fn shown(lang: Lang, kind: SeriesKind, value: f64, decimals: u8) -> String {
    let number = decimal(lang, value, decimals.into());
    match kind {
        SeriesKind::Points => points_shown(lang, &number),
        SeriesKind::Percent => format!("{number}%"),
        SeriesKind::Rank => number,
    }
}

/// A change of points or of a share, from one year to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelChange {
    /// Points or per cent.
    pub kind: SeriesKind,
    /// The year before.
    pub since: i16,
    /// Later value less the earlier one.
    pub by: f64,
    /// Decimals of both.
    pub decimals: u8,
}

/// A change of a rank, from one year to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankChange {
    /// The year before.
    pub since: i16,
    /// Places gained; negative: lost.
    pub gained: i64,
}

/// What changed up to a year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changed {
    /// The year.
    pub year: i16,
    /// Points or share; `None` where it is not known or may not be compared.
    pub level: Option<LevelChange>,
    /// Rank; the same.
    pub rank: Option<RankChange>,
    /// The last year before a break, and its reasons in words.
    pub broken: Option<(i16, Vec<String>)>,
}

/// A change of points or a share with its sign and unit: “+2,37 điểm”.
pub fn level_step(lang: Lang, change: LevelChange) -> String {
    let places = usize::from(change.decimals);
    let number = decimal(lang, change.by, places);
    let rises = change.by > 0.0 && number.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let signed = if rises { format!("+{number}") } else { number };
    match change.kind {
        SeriesKind::Percent => percent_step(lang, &signed),
        SeriesKind::Points | SeriesKind::Rank => points_step(lang, &signed),
    }
}

/// A change of a rank: “giảm 6 bậc”.
pub fn rank_step(lang: Lang, change: RankChange) -> String {
    let places = change.gained.unsigned_abs();
    match change.gained {
        0 => SAME_PLACE.get(lang).to_owned(),
        gained if gained > 0 => up_places(lang, places),
        _ => down_places(lang, places),
    }
}

/// What may be said of a year against the one before: what each measure did, whether they agree, and no more.
pub fn change_sentence(lang: Lang, changed: &Changed) -> Option<String> {
    let to = changed.year.to_string();
    let from = |since: i16| span(lang, &since.to_string(), &to);
    if let Some((since, reasons)) = &changed.broken {
        return Some(not_comparable(lang, &from(*since), &reasons.join("; ")));
    }
    let level = changed.level.map(|change| (change, level_step(lang, change)));
    let rank = changed.rank.map(|change| (change, rank_step(lang, change)));
    Some(match (level, rank) {
        (Some((level, up)), Some((rank, places))) if level.since == rank.since => {
            let span = from(level.since);
            match direction(level) * rank.gained.signum() {
                1 => alike(lang, &span, &up, &places),
                -1 => opposite(lang, &span, &up, &places),
                _ => unmoved(lang, &span, &up, &places),
            }
        }
        (Some((level, up)), Some((rank, places))) => {
            let level = level_alone(lang, &from(level.since), &up);
            format!("{level} {}", rank_alone(lang, &from(rank.since), &places))
        }
        (Some((level, up)), None) => level_alone(lang, &from(level.since), &up),
        (None, Some((rank, places))) => rank_alone(lang, &from(rank.since), &places),
        (None, None) => return None,
    })
}

/// Which way a level went, as far as its printed decimals tell.
fn direction(change: LevelChange) -> i64 {
    let printed = decimal(Lang::En, change.by, change.decimals.into());
    if !printed.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        0
    } else if change.by > 0.0 {
        1
    } else {
        -1
    }
}

/// A rank as people read it: “59/63”.
pub fn rank(lang: Lang, rank: u64, of: Option<u64>) -> String {
    of.map_or_else(|| rank.shown(lang), |of| rank_shown(lang, rank, of))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn level(by: f64) -> LevelChange {
        LevelChange { kind: SeriesKind::Points, since: 2014, by, decimals: 2 }
    }

    fn said(by: f64, gained: i64) -> String {
        let rank = Some(RankChange { since: 2014, gained });
        change_sentence(Lang::Vi, &Changed { year: 2015, level: Some(level(by)), rank, broken: None }).unwrap()
    }

    #[test]
    fn points_up_and_rank_down_are_told_and_nothing_is_concluded() {
        assert_eq!(
            said(2.37, -6),
            "2014→2015: +2,37 điểm, giảm 6 bậc: hai số đo đi ngược nhau nên không kết luận tốt lên hay kém đi."
        );
        assert!(said(-2.37, 6).contains("−2,37 điểm, tăng 6 bậc: hai số đo đi ngược nhau"));
    }

    #[test]
    fn where_both_agree_it_says_so_and_that_no_interval_is_known() {
        assert_eq!(
            said(13.58, 10),
            "2014→2015: +13,58 điểm, tăng 10 bậc: hai số đo cùng chiều; không có khoảng tin cậy nên không biết thay đổi có vượt sai số hay không."
        );
        assert!(said(0.0, 3).contains("có số đo không đổi") && said(1.0, 0).contains("không đổi bậc"));
        assert!(said(0.001, 3).contains("có số đo không đổi"), "a change below the printed decimals is none");
    }

    #[test]
    fn a_break_is_told_with_its_reason_and_no_number() {
        let broken = Some((2020, vec![FRAME_DIFFERS.vi.to_owned()]));
        let told = change_sentence(Lang::Vi, &Changed { year: 2022, broken, ..Changed::default() }).unwrap();
        assert_eq!(told, "2020→2022: không so sánh được: đối tượng khảo sát đã thay đổi.");
        assert_eq!(change_sentence(Lang::Vi, &Changed::default()), None);
    }

    #[test]
    fn numbers_keep_the_decimals_they_were_published_with() {
        assert_eq!(shown(Lang::Vi, SeriesKind::Points, 66.46, 2), "66,46 điểm");
        assert_eq!(shown(Lang::Vi, SeriesKind::Percent, 80.08, 2), "80,08%");
        assert_eq!(shown(Lang::Vi, SeriesKind::Percent, 81.0, 0), "81%");
        assert_eq!(rank(Lang::Vi, 59, Some(63)), "59/63");
        assert_eq!(
            level_step(Lang::Vi, LevelChange { kind: SeriesKind::Percent, decimals: 0, ..level(4.0) }),
            "+4 điểm phần trăm"
        );
    }

    proptest! {
        #[test]
        fn no_sentence_speaks_of_progress_and_only_agreement_is_called_the_same_way(
            by in proptest::option::of(-100.0_f64..100.0),
            gained in proptest::option::of(-62_i32..62),
            (since, other) in (2000_i16..2010, 2000_i16..2010),
            is_vi in any::<bool>(),
        ) {
            let lang = if is_vi { Lang::Vi } else { Lang::En };
            let changed = Changed {
                year: 2015,
                level: by.map(|by| LevelChange { since, ..level(by) }),
                rank: gained.map(|gained| RankChange { since: other, gained: gained.into() }),
                broken: None,
            };
            let told = change_sentence(lang, &changed).unwrap_or_default();
            for word in ["tốt hơn", "tiến bộ", "cải thiện", "kém hơn", "thụt lùi", "improve", "better", "progress", "worse"] {
                prop_assert!(!told.contains(word), "{word} in {told}");
            }
            let agree = by.zip(gained).is_some_and(|(by, gained)| since == other && by * f64::from(gained) > 0.0);
            let says_alike = told.contains("cùng chiều") || told.contains("the same way");
            prop_assert!(!says_alike || agree, "{told}");
        }
    }
}
