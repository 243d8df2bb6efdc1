//! Hints of bribery or harassment in a comment: such a one never goes to the rated unit.
//!
//! A list of words is all it is. People write with marks or without, so a word is looked for as it is spelt and, where the
//! plain letters can hardly mean something else, without marks: "nhung nhieu" is mostly "nhưng nhiều", and counts only
//! behind "bi" or "gay". In doubt a comment is a hint: whoever reads hints can give it back.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words longer than this are none of the list.
const LONGEST: usize = 24;

/// When a phrase in plain letters counts.
#[derive(Debug, Clone, Copy)]
enum Plain {
    /// Always.
    Always,
    /// Behind one of these words only.
    After(&'static [&'static str]),
}

use Plain::{After, Always};

/// A phrase as it is spelt, when it counts in plain letters, and the words which, coming next, make it harmless.
type Phrase = (&'static str, Plain, &'static [&'static str]);

const PHRASES: [Phrase; 30] = [
    ("lót tay", Always, &[]),
    ("đút lót", Always, &[]),
    ("bôi trơn", Always, &[]),
    ("vòi vĩnh", Always, &[]),
    ("vòi tiền", After(&["bi", "con", "hay", "bo"]), &[]),
    ("đòi tiền", After(&["bi", "con", "bo", "gi"]), &["le", "phi", "thua"]),
    ("xin tiền", After(&["bi", "con", "bo", "gi"]), &["le", "phi", "thua"]),
    ("moi tiền", After(&["bi", "con", "bo", "de"]), &[]),
    ("ăn tiền", Always, &[]),
    ("làm tiền", Always, &["trien", "bo", "do", "hanh", "de"]),
    ("đưa tiền", Always, &["le", "phi", "thua", "thoi", "nop", "dong"]),
    ("kẹp tiền", Always, &[]),
    ("tiền trà nước", Always, &[]),
    ("tiền cà phê", Always, &[]),
    ("phong bì", Always, &BOUND_UP),
    ("hối lộ", After(&["doi", "nhan", "an", "dua", "phai", "vu"]), &[]),
    ("quà cáp", After(&["bieu", "doi", "tang", "bang", "co"]), &["xa", "tinh", "tren", "duoi"]),
    ("chung chi", After(&["phai", "doi", "bat", "tien"]), &["tin", "hanh", "nghe", "ngoai", "quy"]),
    ("nhũng nhiễu", After(&["bi", "gay", "sach", "doi"]), &[]),
    ("sách nhiễu", After(&["bi", "gay", "hach", "doi"]), &[]),
    ("hạch sách", Always, &[]),
    ("hoạnh họe", Always, &[]),
    ("tham nhũng", Always, &[]),
    ("tham ô", After(&["bo", "su"]), &[]),
    ("mãi lộ", Always, &[]),
    ("chạy chọt", Always, &[]),
    ("ăn chặn", Always, &[]),
    ("quấy rối", After(&["bi"]), &[]),
    ("gạ gẫm", Always, &[]),
    ("gạ tình", Always, &[]),
];

/// What comes behind an envelope that is one, and behind "phòng bị …" in plain letters.
const BOUND_UP: [&str; 20] = [
    "thu", "gui", "ho", "dung", "cua", "buu", "khoa", "dong", "nong", "chat", "dot", "hong", "hep", "toi", "on", "ban",
    "cu", "mat", "ngap", "rach",
];

/// "Bồi dưỡng" is training as well. It is money where one of the first stands shortly before it, or of the second behind it …
const ASKED_FOR: [&str; 6] = ["goi y", "doi", "phai", "xin", "ep", "cho tien"];
const IN_RETURN: [&str; 9] =
    ["de lam", "de duoc", "de nhanh", "cho nhanh", "moi lam", "moi duoc", "moi giai quyet", "thi", "tien"];
/// … unless one of these is near.
const TRAINING: [&str; 17] = [
    "nghiep vu",
    "kien thuc",
    "ky nang",
    "chuyen mon",
    "ly luan",
    "nang luc",
    "trinh do",
    "thuong xuyen",
    "doc hai",
    "hien vat",
    "suc khoe",
    "che do",
    "lop",
    "khoa",
    "tap huan",
    "dao tao",
    "nguoi dan ve",
];

/// What denies what follows; a condition behind it takes the denial back: "không phong bì là không xong".
const DENIALS: [&str; 6] = ["khong", "ko", "k", "chang", "chua", "khoi"];
const CONDITIONS: [&str; 6] = ["thi", "la", "khong", "ko", "lam", "moi"];

/// A word as it was written and in plain letters, both in lower case.
struct Word {
    written: String,
    plain: String,
}

/// Whether a comment hints at bribery or harassment.
pub fn hints_at_bribery(text: &str) -> bool {
    let words = words(text);
    let has_marks = words.iter().any(|word| word.written != word.plain);
    let listed = PHRASES.iter().any(|phrase| (0..words.len()).any(|at| is_there(&words, at, phrase, has_marks)));
    listed || (0..words.len()).any(|at| is_money(&words, at))
}

fn words(text: &str) -> Vec<Word> {
    let written: String = text.nfc().flat_map(char::to_lowercase).collect();
    let parts = written.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.filter(|part| part.chars().count() <= LONGEST).map(word).collect()
}

fn word(written: &str) -> Word {
    let plain = written.nfd().filter(|sign| !is_combining_mark(*sign)).map(|sign| if sign == 'đ' { 'd' } else { sign });
    Word { written: written.to_owned(), plain: plain.collect() }
}

/// Whether a phrase begins at this word and counts there.
fn is_there(words: &[Word], at: usize, (phrase, plain, harmless): &Phrase, has_marks: bool) -> bool {
    let spelt: Vec<Word> = phrase.split(' ').map(word).collect();
    let Some(found) = words.get(at..at + spelt.len()) else { return false };
    if found.iter().zip(&spelt).any(|(found, spelt)| found.plain != spelt.plain) {
        return false;
    }
    let is_spelt = has_marks && found.iter().zip(&spelt).all(|(found, spelt)| found.written == spelt.written);
    let is_plain = found.iter().all(|found| found.written == found.plain);
    let before = at.checked_sub(1).and_then(|before| words.get(before)).map(|word| word.plain.as_str());
    let counts = match plain {
        _ if is_spelt => true,
        Always => is_plain,
        After(words) => is_plain && before.is_some_and(|before| words.contains(&before)),
    };
    let next = words.get(at + spelt.len()).map(|word| word.plain.as_str());
    counts && !next.is_some_and(|next| harmless.contains(&next)) && !is_denied(words, at, spelt.len())
}

/// Whether it is said that there was none of it.
fn is_denied(words: &[Word], at: usize, length: usize) -> bool {
    let is_one_of = |word: &Word, list: &[&str]| list.contains(&word.plain.as_str());
    let before = words.get(at.saturating_sub(2)..at).unwrap_or_default();
    let behind = words.get(at + length..(at + length + 4).min(words.len())).unwrap_or_default();
    before.iter().any(|word| is_one_of(word, &DENIALS)) && !behind.iter().any(|word| is_one_of(word, &CONDITIONS))
}

/// Whether "bồi dưỡng" begins at this word and means money.
fn is_money(words: &[Word], at: usize) -> bool {
    let is = |at: usize, spelt: &str, plain: &str| {
        words.get(at).is_some_and(|word| word.written == spelt || word.written == plain)
    };
    if !is(at, "bồi", "boi") || !is(at + 1, "dưỡng", "duong") {
        return false;
    }
    let near = |from: usize, to: usize| -> String {
        let words = words.get(from.min(words.len())..to.min(words.len())).unwrap_or_default();
        let plain: Vec<&str> = words.iter().map(|word| word.plain.as_str()).collect();
        format!(" {} ", plain.join(" "))
    };
    let holds = |text: &str, list: &[&str]| list.iter().any(|phrase| text.contains(&format!(" {phrase} ")));
    let (before, behind) = (near(at.saturating_sub(4), at), near(at + 2, at + 7));
    if holds(&before, &TRAINING) || holds(&behind, &TRAINING) {
        return false;
    }
    holds(&near(at.saturating_sub(3), at), &ASKED_FOR) || holds(&behind, &IN_RETURN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_found_with_marks_and_without() {
        for text in [
            "Có người gợi ý bồi dưỡng để làm nhanh.",
            "co nguoi goi y boi duong de lam nhanh",
            "Phải có phong bì mới được việc",
            "phai co phong bi moi duoc viec",
            "Cán bộ NHŨNG NHIỄU, vòi vĩnh",
            "bi nhung nhieu",
            "can bo voi vinh",
            "Không phong bì là không xong",
            "không bồi dưỡng thì không làm",
            "đòi hối lộ",
            "can bo nhan hoi lo",
            "tiền lót tay 500 nghìn",
            "phai lot tay",
            "Muốn nhanh phải chung chi.",
            "muon nhanh phai chung chi",
            "bắt đưa tiền riêng",
            "dua tien moi lam",
            "họ làm tiền người dân",
            "biếu quà cáp",
            "phai bieu qua cap",
            "hạch sách dân",
            "bị quấy rối",
            "xin tiền cà phê",
        ] {
            assert!(hints_at_bribery(text), "{text}");
        }
    }

    #[test]
    fn honest_sentences_are_none() {
        for text in [
            "Cán bộ được bồi dưỡng nghiệp vụ",
            "can bo can duoc boi duong nghiep vu",
            "Cần mở lớp bồi dưỡng cho cán bộ",
            "Phải bồi dưỡng thêm kỹ năng giao tiếp",
            "Cấp chứng chỉ quá lâu",
            "cap chung chi hanh nghe qua lau",
            "Làm tốt nhưng nhiều người phải chờ",
            "tot nhung nhieu nguoi phai cho",
            "Phòng bị khóa, không ai trực",
            "phong bi khoa khong ai truc",
            "Phong bì gửi qua bưu điện bị rách",
            "Hồ sơ phải thông qua cấp xã rồi cấp tỉnh",
            "ho so qua cap tren lau",
            "Tôi hơi lo vì hồ sơ chậm",
            "toi hoi lo vi ho so cham",
            "Máy không nhận, phải đưa tiền lệ phí hai lần",
            "Cán bộ không vòi vĩnh, chỉ chậm thôi",
            "Không có quà cáp gì, vẫn phải chờ lâu",
            "Đổi tiền lẻ khó",
            "doi tien le kho",
            "Phải quay lại ba lần",
            "Tiến độ chậm, việc làm tiến triển ít",
            "Sách nhiều mà không ai hướng dẫn",
            "Tốt",
            ".",
            "",
            "cho lau qua, 2 tieng moi toi luot",
            "Hẹn ngày 15 mà ngày 28 mới có, không ai báo.",
            "Gọi lại cho tôi số •••",
        ] {
            assert!(!hints_at_bribery(text), "{text}");
        }
    }

    #[test]
    fn marks_may_be_composed_or_not() {
        let text: String = "đòi phong bì".nfd().collect();
        assert!(hints_at_bribery(&text));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,80}") {
            let _ = hints_at_bribery(&text);
        }
    }
}
