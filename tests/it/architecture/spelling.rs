//! How Vietnamese is written in everything people read: composed letters, tones where state documents put them, "Ông/Bà",
//! no raised voice. And where it is written: in the room `text` and in the questionnaires, nowhere else.

use unicode_normalization::is_nfc;

use super::source::Source;

/// Rooms that may hold Vietnamese words, each with its reason.
const WITH_WORDS: &[(&str, &str)] = &[
    ("text", "the words people read stand here"),
    ("demo", "the demonstration province makes up comments of citizens"),
    ("cli", "the guide of the demonstration speaks both languages at once"),
    ("questionnaire", "masking of comments reads currencies"),
];
/// The product's name is the same everywhere.
const PRODUCT: &str = "Thước Đo";
/// The one sentence that raises its voice, in both languages.
const THANKS: [&str; 2] = ["Cảm ơn Ông/Bà!", "Thank you!"];
/// Words of address that state offices do not use, and syllables with i where state documents write y.
const WRONG: &[&str] = &["bạn", "nhân viên", "vui lòng", "quý khách", "kì", "kí", "lí", "mĩ", "quí", "tỉ"];

/// Whether a letter belongs to Vietnamese and to no English word.
fn is_vietnamese(letter: char) -> bool {
    let mark = |c: char| "ăâđêôơưĂÂĐÊÔƠƯàáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝĩũĨŨ".contains(c);
    mark(letter) || ('\u{1ea0}'..='\u{1ef9}').contains(&letter)
}

/// Vietnamese words in the code of rooms that are to take them from `text`.
pub(super) fn words_outside_text(source: &Source) -> Vec<String> {
    let is_test = source.modules.iter().any(|module| module == "tests");
    if is_test || WITH_WORDS.iter().any(|(room, _)| *room == source.room()) {
        return Vec::new();
    }
    let text = source.text.replace(PRODUCT, &" ".repeat(PRODUCT.len()));
    let mut complaints: Vec<String> = text
        .char_indices()
        .filter(|(_, letter)| is_vietnamese(*letter))
        .map(|(at, _)| format!("{}: Vietnamese words belong into src/text", source.place(at)))
        .collect();
    complaints.dedup();
    complaints
}

/// The contents of the strings of a source, line by line as in the source.
pub(super) fn strings(source: &Source) -> String {
    let kept = source.text.char_indices().map(|(at, letter)| {
        let is_string = source.code.as_bytes().get(at) == Some(&b' ');
        if is_string || letter == '\n' { letter } else { ' ' }
    });
    kept.collect()
}

/// What is wrong with the Vietnamese of a text.
pub(crate) fn misspelt(path: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let place = format!("{path}:{}", number + 1);
        if !is_nfc(line) {
            complaints.push(format!("{place}: letters are not composed (Unicode NFC)"));
        }
        let lower = line.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        // The forms of the Ministry of Health ask about "nhân viên y tế": that is its own wording.
        let spaced = format!(" {} ", words.join(" ")).replace(" nhân viên y tế ", " ");
        // “Bạn bè” are friends, not the reader.
        let spaced = spaced.replace(" bạn bè ", " ");
        for wrong in WRONG.iter().filter(|wrong| spaced.contains(&format!(" {wrong} "))) {
            complaints.push(format!("{place}: “{wrong}” is not how state offices write"));
        }
        let misplaced = words.iter().filter(|word| is_tone_misplaced(word));
        complaints.extend(misplaced.map(|word| format!("{place}: “{word}”: write hòa, thủy, hóa; hoàn, huỳnh")));
        if THANKS.iter().fold(line.to_owned(), |line, thanks| line.replace(thanks, "")).contains('!')
            && line.chars().any(is_vietnamese)
        {
            complaints.push(format!("{place}: only “{}” raises its voice", THANKS[0]));
        }
    }
    complaints
}

/// Whether a syllable bears its tone where the newer style has it (hoà, thuỷ), or on the first vowel although letters
/// follow (hòan, hùynh).
fn is_tone_misplaced(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let tone = |toned: &str, at: usize| letters.get(at).is_some_and(|letter| toned.contains(*letter));
    letters.iter().enumerate().any(|(at, letter)| {
        let ends = at + 2 == letters.len();
        // In “quý” the u belongs to the consonant.
        let is_own_vowel = at == 0 || letters.get(at - 1) != Some(&'q');
        match letter {
            'o' => ends && tone("àáảãạèéẻẽẹ", at + 1),
            'u' => ends && is_own_vowel && tone("ỳýỷỹỵ", at + 1),
            'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' => !ends && tone("ae", at + 1),
            'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' => !ends && tone("y", at + 1),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_stand_on_the_first_vowel_of_an_open_syllable() {
        for right in ["hòa", "hóa", "thủy", "ủy", "khỏe", "hoàn", "khoảng", "thoát", "huỳnh", "quý", "quỹ", "loại"]
        {
            assert!(!is_tone_misplaced(right), "{right}");
        }
        for wrong in ["hoà", "hoá", "thuỷ", "uỷ", "khoẻ", "hòan", "khỏang", "hùynh", "loà", "xoè"] {
            assert!(is_tone_misplaced(wrong), "{wrong}");
        }
    }

    #[test]
    fn every_fault_of_a_line_is_told_with_its_place() {
        let told = |text: &str| misspelt("a.rs", text).len();
        assert_eq!(told("Mời Ông/Bà chọn một mức. Cảm ơn Ông/Bà!"), 0);
        assert_eq!(told("Bạn vui lòng chờ!"), 3);
        assert_eq!(told("Xin cha\u{300}o"), 1);
        assert_eq!(told("lý do, kỳ này, tỷ lệ, ký tên"), 0);
        assert_eq!(misspelt("a.rs", "\nlí do"), ["a.rs:2: “lí” is not how state offices write"]);
        assert_eq!(told("assert!(x != y)"), 0);
    }

    #[test]
    fn vietnamese_outside_its_rooms_is_told_and_comments_are_not() {
        let told = |path, code| words_outside_text(&Source::new(path, code));
        assert_eq!(
            told("src/web/a.rs", "\nlet s = \"Gửi\";"),
            ["src/web/a.rs:2: Vietnamese words belong into src/text"]
        );
        assert_eq!(told("src/publish/a.rs", "match c { 'đ' => 1 }").len(), 1);
        assert!(told("src/web/a.rs", "// Gửi\nlet s = \"Send\"; let p = \"Thước Đo\";").is_empty());
        assert!(told("src/web/a.rs", "#[cfg(test)]\nmod tests {\n let s = \"Gửi\";\n}").is_empty());
        assert!(told("src/text/a.rs", "let s = \"Gửi\";").is_empty());
    }

    #[test]
    fn only_the_contents_of_strings_are_read_as_words() {
        let source = Source::new("src/text/a.rs", "let hoà = 1; // thuỷ\nf!(\"hóa {x}\", 'đ');");
        assert_eq!(misspelt("a", &strings(&source)), [""; 0]);
        let source = Source::new("src/text/a.rs", "// x\nlet a = \"hoá\";");
        assert_eq!(misspelt("a", &strings(&source)).len(), 1);
    }
}
