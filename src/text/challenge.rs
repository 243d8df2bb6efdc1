//! The small question that a point asks when it has received very many forms: easy for people, read aloud like any other.

use super::Say;

says! {
    ONE = "một", "one";
    TWO = "hai", "two";
    THREE = "ba", "three";
    FOUR = "bốn", "four";
    FIVE = "năm", "five";
    SIX = "sáu", "six";
    SEVEN = "bảy", "seven";
    EIGHT = "tám", "eight";
    NINE = "chín", "nine";

    HINT = "Câu hỏi này để biết phiếu do người gửi, không phải máy gửi tự động. Câu trả lời không được lưu lại.",
        "This question tells people from automatic senders. Its answer is not stored.";
    UNANSWERED = "Xin chọn một câu trả lời cho câu hỏi này.", "Please choose an answer to this question.";
    WRONG = "Câu trả lời vừa rồi chưa đúng. Xin trả lời câu hỏi mới này.",
        "That answer was not right. Please answer this new question.";
}

sentences! {
    largest(a: &str, b: &str, c: &str) = "Số nào lớn nhất: {a}, {b} hay {c}?", "Which number is the largest: {a}, {b} or {c}?";
    smallest(a: &str, b: &str, c: &str) = "Số nào nhỏ nhất: {a}, {b} hay {c}?", "Which number is the smallest: {a}, {b} or {c}?";
}

/// The numbers from one to nine, in words.
pub const NUMBERS: [Say; 9] = [ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, NINE];
