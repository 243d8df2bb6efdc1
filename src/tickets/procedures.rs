//! Procedures after which nobody is asked for an opinion.

use crate::store::procedures::Procedure;
use crate::text::search::fold;

/// Codes of the national database: death registration, support for funeral costs (two procedures).
const CODES: [&str; 3] = ["1.000656", "1.001731", "1.014028"];
/// What the name of a comparable procedure holds, without marks.
const WORDS: [&str; 3] = ["khai tu", "mai tang", "tu tuat"];

/// Whether a procedure follows a death: nobody is invited then, and no ticket is made.
pub(super) fn follows_a_death(procedure: &Procedure) -> bool {
    let name = format!(" {} ", fold(&procedure.name));
    CODES.contains(&procedure.code.as_str()) || WORDS.iter().any(|word| name.contains(&format!(" {word} ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{FieldId, ProcedureId};

    #[test]
    fn nobody_is_invited_after_a_death() {
        let of = |code: &str, name: &str| {
            let (procedure, field) = (ProcedureId(1), FieldId::NONE);
            follows_a_death(&Procedure { procedure, code: code.to_owned(), name: name.to_owned(), field })
        };
        assert!(of("1.000656", "Đăng ký khai tử") && of("1.014028", "") && of("2.1", "Trợ cấp mai táng phí"));
        assert!(of("2.1", "Đăng ký lại KHAI TỬ") && of("2.2", "Hưởng chế độ tử tuất"));
        assert!(!of("1.001193", "Đăng ký khai sinh") && !of("2.3", "Chứng từ kế toán"));
    }
}
