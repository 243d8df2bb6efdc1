//! Masks personal numbers in a comment: telephones, identity numbers, dossier codes.
//!
//! People write them although the form asks them not to. Digits are read in groups with at most a few separators between,
//! so "0900 000 000", "090.000.0000" and "(+84) 900-000-000" are one number; in doubt a long number is masked. Years,
//! dates, minutes and prices stay readable. Numbers spelt in words are beyond it.

/// What stands in place of a number.
pub const MARK: &str = "•••";

/// A text without personal numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The text with marks.
    pub text: String,
    /// Whether anything was masked.
    pub found: bool,
}

/// Digits without anything between them.
struct Group {
    start: usize,
    end: usize,
    digits: String,
    /// Whether only separators stand between the group before and this one.
    linked: bool,
}

/// No number that is looked for has more digits in several groups.
const LONGEST: usize = 14;
/// From this length on an unbroken number is masked whatever it is.
const UNBROKEN: usize = 9;

/// Replaces personal numbers by `MARK`.
pub fn mask(text: &str) -> Masked {
    let chars: Vec<char> = text.chars().collect();
    let groups = groups(&chars);
    let mut out = String::with_capacity(text.len());
    let (mut next, mut group, mut found) = (0, 0, false);
    while group < groups.len() {
        if let Some((start, end, count)) = personal(&chars, &groups, group) {
            let start = start.max(next);
            out.extend(chars.iter().skip(next).take(start - next));
            out.push_str(MARK);
            (next, found) = (end, true);
            group += count;
        } else {
            group += if is_date(&chars, &groups, group) { 3 } else { 1 };
        }
    }
    out.extend(chars.iter().skip(next));
    Masked { text: out, found }
}

/// Decimal digits as keyboards of phones send them, plain or full-width.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10),
        _ => None,
    }
}

fn groups(chars: &[char]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        let Some(digit) = digit(*c) else { continue };
        match groups.last_mut() {
            Some(group) if group.end == at => {
                group.digits.push(digit);
                group.end = at + 1;
            }
            last => {
                let linked = last.is_some_and(|last| {
                    let gap = chars.get(last.end..at).unwrap_or_default();
                    gap.len() <= 3
                        && gap.iter().all(|c| matches!(c, ' ' | '\u{a0}' | '.' | '-' | '–' | '(' | ')' | '_'))
                });
                groups.push(Group { start: at, end: at + 1, digits: digit.to_string(), linked });
            }
        }
    }
    groups
}

/// The personal number that begins with this group: where it starts and ends, and how many groups it takes.
fn personal(chars: &[char], groups: &[Group], first: usize) -> Option<(usize, usize, usize)> {
    let head = groups.get(first)?;
    if is_date(chars, groups, first) {
        return None;
    }
    if let Some(end) = dossier_end(groups, first) {
        return Some((token_start(chars, head.start), end, 2));
    }
    let mut best = None;
    let mut all = String::new();
    for (taken, group) in groups.iter().skip(first).enumerate() {
        if taken > 0 && (!group.linked || all.len() + group.digits.len() > LONGEST) {
            break;
        }
        all.push_str(&group.digits);
        let priced = !all.starts_with('0') && is_price(chars, group.end);
        let threes = taken == 2 && groups.iter().skip(first).take(3).all(|g| g.digits.len() == 3);
        let unbroken = taken == 0 && all.len() >= UNBROKEN;
        if (is_telephone(&all) || (all.len() == 12 && all.starts_with('0')) || threes || unbroken) && !priced {
            best = Some((taken + 1, group.end));
        }
    }
    let (count, end) = best?;
    Some((number_start(chars, head.start), end, count))
}

/// Vietnamese numbers: 0 and nine digits, land lines 02 and nine; abroad 84 or 0084 in place of the 0, or before it.
fn is_telephone(digits: &str) -> bool {
    let abroad = digits.strip_prefix("0084").or_else(|| digits.strip_prefix("84"));
    let subscriber = match abroad {
        Some(rest) if digits.len() >= 11 => rest.strip_prefix('0').unwrap_or(rest),
        _ => digits.strip_prefix('0').unwrap_or(""),
    };
    match subscriber.as_bytes() {
        [b'2', rest @ ..] => (8..=9).contains(&rest.len()),
        [b'3'..=b'9', rest @ ..] => rest.len() == 8,
        _ => false,
    }
}

/// A dossier code ends in the day of receipt as six digits (yymmdd) and a running number: H98.12-261008-0975.
fn dossier_end(groups: &[Group], first: usize) -> Option<usize> {
    let (day, serial) = (groups.get(first)?, groups.get(first + 1)?);
    let month = day.digits.get(2..4)?.parse::<u8>().ok()?;
    let of_month = day.digits.get(4..6)?.parse::<u8>().ok()?;
    let is_day = day.digits.len() == 6 && (1..=12).contains(&month) && (1..=31).contains(&of_month);
    (is_day && serial.linked && (3..=6).contains(&serial.digits.len())).then_some(serial.end)
}

/// A date such as 15.10.2026 or 15-10-2026, which would otherwise grow into a number with the time after it.
fn is_date(chars: &[char], groups: &[Group], first: usize) -> bool {
    let Some([day, month, year, ..]) = groups.get(first..) else { return false };
    let within = |group: &Group, max: u8| group.digits.len() <= 2 && group.digits.parse().is_ok_and(|n: u8| n <= max);
    let (one, two) = (chars.get(day.end..month.start), chars.get(month.end..year.start));
    within(day, 31)
        && within(month, 12)
        && year.digits.len() == 4
        && (year.digits.starts_with("19") || year.digits.starts_with("20"))
        && one == two
        && matches!(one, Some(['.' | '-']))
}

/// Whether a currency follows.
fn is_price(chars: &[char], end: usize) -> bool {
    let word: String = chars.iter().skip(end).skip_while(|c| **c == ' ').take_while(|c| c.is_alphabetic()).collect();
    matches!(
        word.to_lowercase().as_str(),
        "đ" | "đồng" | "dong" | "vnd" | "vnđ" | "nghìn" | "ngàn" | "triệu" | "tỷ" | "tỉ"
    )
}

/// The plus sign and bracket before a telephone number belong to it.
fn number_start(chars: &[char], start: usize) -> usize {
    let before = chars.get(..start).unwrap_or_default();
    start - before.iter().rev().take(2).take_while(|c| matches!(c, '+' | '(')).count()
}

/// Where the word begins that the dossier code is the end of.
fn token_start(chars: &[char], start: usize) -> usize {
    let before = chars.get(..start).unwrap_or_default();
    let part = before.iter().rev().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).count();
    start - part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        mask(text).text
    }

    #[test]
    fn the_comments_of_the_demonstration_lose_their_numbers_and_nothing_else() {
        assert_eq!(masked("Gọi lại cho tôi số 0900 000 000"), "Gọi lại cho tôi số •••");
        assert_eq!(
            masked("Căn cước của tôi 000000000000, mã hồ sơ H98.12-261008-0975"),
            "Căn cước của tôi •••, mã hồ sơ •••"
        );
        for text in [
            "Cán bộ hướng dẫn tận tình, xin cảm ơn.",
            "cho lau qua, 2 tieng moi toi luot",
            "Ghế ngồi ít, người già phải đứng.",
            "Hẹn ngày 15 mà ngày 28 mới có, không ai báo.",
            "Phải đi lại 3 lần vì hướng dẫn không đủ giấy tờ.",
            "Đề nghị làm thêm sáng thứ bảy.",
            "Máy lấy số hỏng, ai đến trước chen trước.",
            "Nộp trên mạng khó quá, phải nhờ con.",
            "Có người gợi ý bồi dưỡng để làm nhanh.",
            "Tốt",
            ".",
            "Biển chỉ dẫn tiếng dân tộc chưa có.",
        ] {
            assert_eq!(mask(text), Masked { text: text.to_owned(), found: false });
        }
    }

    #[test]
    fn telephones_are_masked_however_they_are_grouped() {
        for number in [
            "0900000000",
            "090.000.0000",
            "090 000 0000",
            "0900-000-000",
            "+84900000000",
            "+84 900 000 000",
            "(+84) 900 000 000",
            "(090) 000 0000",
            "0 9 0 0 0 0 0 0 0 0",
            "84900000000",
            "0084 900 000 000",
            "0263 3000 000",
            "024.3000.0000",
            "900 000 000",
            "０９００ ０００ ０００",
            "090 - 000 - 0000",
        ] {
            assert_eq!(masked(&format!("số {number}, cảm ơn")), "số •••, cảm ơn", "{number}");
        }
    }

    #[test]
    fn identity_numbers_and_dossier_codes_are_masked() {
        for number in [
            "001000000000",
            "001 000 000 000",
            "001.000.000.000",
            "100000000",
            "100 000 000",
            "H98-261008-0975",
            "h98.12.34-261008-0975",
            "000.00.12.H98-261008-0975",
            "261008-0975",
        ] {
            assert_eq!(masked(&format!("mã {number}.")), "mã •••.", "{number}");
        }
    }

    #[test]
    fn a_number_after_another_one_is_found_too() {
        assert_eq!(masked("chờ 8 0900 000 000"), "chờ 8 •••");
        assert_eq!(masked("15.10.2026 0900000000"), "15.10.2026 •••");
        assert_eq!(masked("0900000000 0911111111"), "••• •••");
    }

    #[test]
    fn years_minutes_dates_and_prices_stay_readable() {
        for text in [
            "năm 2026",
            "từ 2019 đến 2026",
            "2019 2020 2021",
            "chờ 10 phút",
            "15/10/2026",
            "15-10-2026",
            "05.10.2026 08:30",
            "ngày 05-10-2026 10 giờ 30",
            "50.000 đồng",
            "1.250.000 đồng",
            "150.000.000 đồng",
            "100000000 đ",
            "8h30 đến 11h00",
            "tổng đài 1900 1234",
            "gọi 113",
            "5 10 15 20 25",
            "thông tư 01/2018/TT-VPCP",
            "8.30 - 11.30",
        ] {
            assert_eq!(mask(text), Masked { text: text.to_owned(), found: false });
        }
    }

    proptest::proptest! {
        #[test]
        fn masking_twice_changes_nothing_more(text in "[0-9 .H+()\\-đa]{0,60}") {
            let once = mask(&text);
            let twice = mask(&once.text);
            proptest::prop_assert_eq!(&once.text, &twice.text);
            proptest::prop_assert!(!twice.found);
        }
    }
}
