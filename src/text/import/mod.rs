//! What an import says of a file: every fault with how to mend it, and what was read how.
//!
//! Days and numbers stand as files have them: the reader is to find them again in the file, or to write them into it.

pub mod answers;
pub mod dossiers;
pub mod file;
pub mod rows;
pub mod values;

use super::{Shown, date};
use crate::words::{Day, Lang};

/// A day as files have it: 21/11/2026 in Vietnamese, 2026-11-21 in English; imports read both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileDay(pub Day);

/// A whole number as files have it, without marks between the thousands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digits(String);

impl Shown for FileDay {
    fn shown(&self, lang: Lang) -> String {
        match lang {
            Lang::Vi => date::short(lang, self.0),
            Lang::En => self.0.iso(),
        }
    }
}

impl Shown for Digits {
    fn shown(&self, _: Lang) -> String {
        self.0.clone()
    }
}

/// A number as files have it.
pub fn digits(number: impl std::fmt::Display) -> Digits {
    Digits(number.to_string())
}

says! {
    NOTHING_CHANGED = "chưa thay đổi gì", "nothing was changed";
}

sentences! {
    refused(n: u64) = "Tệp có {n} dòng lỗi nên chưa nhập dòng nào. Sửa các dòng sau rồi nhập lại:",
        "The file has {n} bad line(s), so no line was imported. Mend these lines and import it again:";
    refused_more(n: u64) = "Tệp có hơn {n} dòng lỗi nên chưa nhập dòng nào. Sửa các dòng sau rồi nhập lại:",
        "The file has more than {n} bad lines, so no line was imported. Mend these lines and import it again:";
    done(n: u64) = "Đã nhập {n} dòng.", "{n} line(s) were imported.";
    at_line(file: &str, line: Digits, what: &str) = "{file}, dòng {line}: {what}", "{file}, line {line}: {what}";
    at_column(file: &str, line: Digits, column: &str, what: &str) = "{file}, dòng {line}, cột {column}: {what}",
        "{file}, line {line}, column {column}: {what}";
    more_problems(file: &str, n: Digits) = "{file}: và {n} lỗi nữa trong cùng tệp", "{file}: and {n} more problems of the same file";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_stand_as_files_have_them() {
        let day = FileDay(Day::of(2026, 2, 5).unwrap());
        assert_eq!((day.shown(Lang::Vi), day.shown(Lang::En)), ("05/02/2026".to_owned(), "2026-02-05".to_owned()));
        assert_eq!(digits(1_234).shown(Lang::Vi), "1234");
        assert_eq!(done(Lang::Vi, 1_234), "Đã nhập 1.234 dòng.");
    }
}
