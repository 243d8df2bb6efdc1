//! The draft of an apology: what is known of the dossier, and what an officer typed. The draft is made and forgotten.

use super::LateDossier;
use crate::documents::{Block, Document, Heading, Letters, Span};
use crate::text::apology::{self as words, To};
use crate::words::Day;

/// Longest text of a field, in signs.
pub const LONGEST: usize = 1_000;

/// What an officer typed. Nothing of it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed<'a> {
    /// Whom it is written to.
    pub to: To,
    /// Name of the person or organisation.
    pub name: &'a str,
    /// Why it is late.
    pub reason: &'a str,
    /// The part of the office that answers for it.
    pub responsible: &'a str,
    /// What was done about it.
    pub measure: &'a str,
    /// New day of the result; none where it was returned.
    pub new_due: Option<Day>,
    /// How the person will hear of the result.
    pub channel: &'a str,
    /// Telephone number for questions.
    pub phone: &'a str,
    /// The agency above the one that decides; empty = none.
    pub above: &'a str,
    /// The agency that decides.
    pub agency: &'a str,
    /// Place of the document.
    pub place: &'a str,
    /// Title of the signer, in lines.
    pub signer: &'a str,
    /// Recipients, one a line.
    pub recipients: &'a str,
}

/// Names of what the dossier has as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// The receiving unit.
    pub receiving: &'a str,
    /// The procedure, where known.
    pub procedure: Option<&'a str>,
}

/// The draft.
pub fn draft(dossier: &LateDossier, named: Named<'_>, typed: &Typed<'_>, today: Day) -> Document {
    let Typed { to, agency, new_due, .. } = *typed;
    let number = dossier.number.as_deref().unwrap_or_default();
    let paragraph = |text: String| Block::Paragraph(vec![Span::plain(text)]);
    let title: &[&str] = if dossier.returned.is_some() { &words::TITLE_RETURNED } else { &words::TITLE };
    let lines = |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let recipients: Vec<String> = lines(typed.recipients);
    let recipients = recipients.into_iter().map(|line| format!("- {}", line.trim_start_matches('-').trim_start()));
    let received = words::received(dossier.received, named.receiving, to, named.procedure, number, dossier.due);
    Document {
        heading: Heading {
            above: (!typed.above.is_empty()).then(|| typed.above.to_uppercase()),
            agency: agency.to_uppercase(),
            number: words::NUMBER.to_owned(),
            state: words::STATE.to_owned(),
            motto: words::MOTTO.to_owned(),
            place_and_day: words::place_and_day(typed.place, today.year()),
        },
        letters: Letters::Usual,
        blocks: vec![
            Block::Title(title.iter().map(|line| (*line).to_owned()).collect()),
            Block::Centred(vec![Span::plain(words::addressed(to, typed.name))]),
            paragraph(received),
            paragraph(ended(&words::reason(dossier.returned, typed.reason))),
            paragraph(ended(&words::sorry(agency, to, new_due, typed.responsible, typed.measure))),
            paragraph(words::told(agency, to, new_due, typed.channel, typed.phone, typed.responsible)),
            paragraph(words::closing(to)),
            Block::Signature {
                recipients: std::iter::once(words::RECIPIENTS.to_owned()).chain(recipients).collect(),
                signer: lines(&typed.signer.to_uppercase()),
                how: words::HOW.to_owned(),
            },
        ],
    }
}

/// A sentence with one full stop at its end.
fn ended(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::docx;
    use crate::words::{PointId, ProcedureId, UnitId};

    fn dossier(returned: Option<Day>) -> LateDossier {
        LateDossier {
            id: 1,
            number: Some("H15.50-1".to_owned()),
            point: PointId(1),
            deciding_unit: UnitId(1),
            unit: UnitId(1),
            procedure: ProcedureId(1),
            received: Day::of(2026, 1, 5).unwrap(),
            due: Day::of(2026, 2, 5).unwrap(),
            returned,
            seen: Day::of(2026, 2, 9).unwrap(),
            drafted: None,
            new_due: None,
            sent: None,
        }
    }

    fn typed(new_due: Option<Day>) -> Typed<'static> {
        Typed {
            to: To::Mrs,
            name: "Nguyễn Thị Lan",
            reason: "chờ xác nhận của cơ quan thuế",
            responsible: "Phòng Đất đai",
            measure: "bố trí thêm người.",
            new_due,
            channel: "tin nhắn",
            phone: "0200 3 000 000",
            above: "Ủy ban nhân dân tỉnh Minh Họa",
            agency: "Sở Nông nghiệp và Môi trường",
            place: "Minh Họa",
            signer: "KT. Giám đốc\nPhó giám đốc",
            recipients: "Như trên;\n- Lưu: VT.",
        }
    }

    fn texts(document: &Document) -> String {
        format!("{document:?}")
    }

    #[test]
    fn the_draft_has_the_form_of_the_circular_with_what_is_known_and_what_was_typed() {
        let named = Named {
            receiving: "Trung tâm Phục vụ hành chính công tỉnh", procedure: Some("Cấp sổ đỏ")
        };
        let today = Day::of(2026, 2, 9).unwrap();
        let draft_of = |returned, new_due| draft(&dossier(returned), named, &typed(new_due), today);
        let found = texts(&draft_of(None, Day::of(2026, 2, 28)));
        for text in [
            "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
            "Minh Họa, ngày …… tháng …… năm 2026",
            "ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
            "Kính gửi: Bà Nguyễn Thị Lan",
            "Ngày 05 tháng 01 năm 2026, Trung tâm Phục vụ hành chính công tỉnh tiếp nhận hồ sơ của Bà đề nghị giải quyết thủ tục \
             Cấp sổ đỏ, mã hồ sơ H15.50-1, hẹn trả kết quả ngày 05 tháng 02 năm 2026.",
            "Lý do: chờ xác nhận của cơ quan thuế.",
            "xin lỗi Bà về sự chậm trễ này và đề nghị gia hạn thời gian trả kết quả đến ngày 28 tháng 02 năm 2026.",
            "Trách nhiệm thuộc về Phòng Đất đai; Sở Nông nghiệp và Môi trường đã bố trí thêm người.\"",
            "Bà không phải đến hỏi trước ngày hẹn. Mọi thắc mắc xin gọi 0200 3 000 000 (gặp Phòng Đất đai).",
            "Mong Bà thông cảm./.",
            "\"KT. GIÁM ĐỐC\", \"PHÓ GIÁM ĐỐC\"",
            "\"Nơi nhận:\", \"- Như trên;\", \"- Lưu: VT.\"",
        ] {
            assert!(found.contains(text), "“{text}” is missing in {found}");
        }
        let returned = texts(&draft_of(Day::of(2026, 2, 8), None));
        assert!(returned.contains("Kết quả đã được trả ngày 08 tháng 02 năm 2026, chậm so với ngày hẹn."));
        assert!(!returned.contains("GIA HẠN") && !returned.contains("gia hạn"), "{returned}");
        assert!(docx(&draft_of(None, Day::of(2026, 2, 28))).unwrap().starts_with(b"PK"));
    }
}
