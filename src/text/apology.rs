//! The words of the apology for a late result: the official form (Mẫu số 04, Thông tư 03/2025/TT-VPCP). It is a document of a
//! Vietnamese office, so it has one language.

use super::date;
use crate::words::{Day, Lang};

/// Title of the form.
pub const TITLE: [&str; 2] = ["VĂN BẢN XIN LỖI VÀ", "ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"];
/// Title where the result was returned, so that there is nothing to extend.
pub const TITLE_RETURNED: [&str; 1] = ["VĂN BẢN XIN LỖI"];
/// Number and sign, still open.
pub const NUMBER: &str = "Số: …………/…………";
/// The name of the state.
pub const STATE: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// Its motto.
pub const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
/// What the signer does.
pub const HOW: &str = "(ký, đóng dấu hoặc ký số)";
/// The word before the recipients.
pub const RECIPIENTS: &str = "Nơi nhận:";

/// To whom it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// A man.
    Mr,
    /// A woman.
    Mrs,
    /// An organisation.
    Organisation,
}

impl To {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Mr, Self::Mrs, Self::Organisation];

    /// The word before the name, which is its word in forms too.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mr => "Ông",
            Self::Mrs => "Bà",
            Self::Organisation => "Tổ chức",
        }
    }

    /// How it is spoken to.
    pub const fn spoken_to(self) -> &'static str {
        match self {
            Self::Mr => "Ông",
            Self::Mrs => "Bà",
            Self::Organisation => "Quý tổ chức",
        }
    }
}

/// Place and day, the day still open.
pub fn place_and_day(place: &str, year: i32) -> String {
    format!("{place}, ngày …… tháng …… năm {year}")
}

/// Whom it is written to.
pub fn addressed(to: To, name: &str) -> String {
    format!("Kính gửi: {} {name}", to.word())
}

/// What was handed in, and what was promised.
pub fn received(day: Day, receiving: &str, to: To, procedure: Option<&str>, number: &str, due: Day) -> String {
    let procedure = procedure.map_or_else(|| "thủ tục hành chính".to_owned(), |name| format!("thủ tục {name}"));
    format!(
        "{}, {receiving} tiếp nhận hồ sơ của {} đề nghị giải quyết {procedure}, mã hồ sơ {number}, hẹn trả kết quả {}.",
        super::capital(&date::long(Lang::Vi, day)),
        to.spoken_to(),
        date::long(Lang::Vi, due)
    )
}

/// Why it is late.
pub fn reason(returned: Option<Day>, reason: &str) -> String {
    match returned {
        None => format!("Đến nay hồ sơ chưa được giải quyết xong. Lý do: {reason}"),
        Some(day) => {
            format!("Kết quả đã được trả {}, chậm so với ngày hẹn. Lý do: {reason}", date::long(Lang::Vi, day))
        }
    }
}

/// The apology, the new day, who answers for it and what was done.
pub fn sorry(agency: &str, to: To, new_due: Option<Day>, responsible: &str, measure: &str) -> String {
    let new = new_due.map_or_else(String::new, |day| {
        format!(" và đề nghị gia hạn thời gian trả kết quả đến {}", date::long(Lang::Vi, day))
    });
    format!(
        "{agency} xin lỗi {} về sự chậm trễ này{new}. Trách nhiệm thuộc về {responsible}; {agency} đã {measure}",
        to.spoken_to()
    )
}

/// How the person will hear of the result, and whom to ask.
pub fn told(agency: &str, to: To, new_due: Option<Day>, channel: &str, phone: &str, responsible: &str) -> String {
    let you = to.spoken_to();
    let ask = format!("Mọi thắc mắc xin gọi {phone} (gặp {responsible}).");
    match new_due {
        None => ask,
        Some(_) => format!(
            "Khi có kết quả, {agency} sẽ báo cho {you} qua {channel}; {you} không phải đến hỏi trước ngày hẹn. {ask}"
        ),
    }
}

/// The last sentence.
pub fn closing(to: To) -> String {
    format!("Mong {} thông cảm./.", to.spoken_to())
}

/// Who usually gets it, one a line.
pub fn recipients(receiving: &str) -> String {
    format!("Như trên;\n{receiving} (để gửi);\nLưu: VT.")
}

/// The committee of a province.
pub fn committee(name: &str) -> String {
    let name = full(name);
    if name.to_lowercase().starts_with("ủy ban") { name } else { format!("Ủy ban nhân dân {name}") }
}

/// The name of an agency without its usual abbreviation.
pub fn full(name: &str) -> String {
    name.trim().strip_prefix("UBND ").map_or_else(|| name.trim().to_owned(), |rest| format!("Ủy ban nhân dân {rest}"))
}

/// The name of a place without the words of its committee and its kind.
pub fn place(name: &str) -> String {
    let mut rest = name.trim();
    for word in ["Ủy ban nhân dân ", "UBND ", "tỉnh ", "thành phố ", "xã ", "phường ", "đặc khu "] {
        let lower = rest.to_lowercase();
        if lower.starts_with(&word.to_lowercase()) {
            rest = rest.char_indices().nth(word.chars().count()).and_then(|(at, _)| rest.get(at..)).unwrap_or(rest);
        }
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_without_its_committee_and_kind() {
        assert_eq!(place("Ủy ban nhân dân xã Suối Trong"), "Suối Trong");
        assert_eq!(place("UBND phường Cầu Vồng"), "Cầu Vồng");
        assert_eq!(place("Tỉnh Minh Họa"), "Minh Họa");
        assert_eq!(place("Sở Nội vụ"), "Sở Nội vụ");
        for name in ["tỉnh Minh Họa", "UBND tỉnh Minh Họa", "Ủy ban nhân dân tỉnh Minh Họa"] {
            assert_eq!(committee(name), "Ủy ban nhân dân tỉnh Minh Họa");
        }
        assert_eq!(full("UBND xã Lúa Vàng"), "Ủy ban nhân dân xã Lúa Vàng");
    }
}
