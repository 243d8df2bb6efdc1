//! Legends and notes as lists beside a drawing, so that they wrap at every width and are read out.

use maud::{Markup, html};

use super::{Mark, Wording};

/// One entry: what is drawn, and what it means.
pub(super) struct Entry {
    swatch: Swatch,
    words: Wording,
}

enum Swatch {
    /// A small drawing around the origin, so many pixels wide and 18 high.
    Drawn(u32, Markup),
    /// A number or letter that also stands in the drawing.
    Letter(Wording),
    /// Nothing: the words head those that follow.
    None,
}

impl Entry {
    /// An entry with a small drawing around the origin, 18 pixels high and `width` wide.
    pub(super) fn drawn(width: u32, drawing: Markup, words: impl Into<Wording>) -> Self {
        Self { swatch: Swatch::Drawn(width, drawing), words: words.into() }
    }

    /// An entry with the sign of a verdict.
    pub(super) fn mark(mark: Mark, words: impl Into<Wording>) -> Self {
        let drawing = html! { g class=(mark.class()) { (mark.shape()) } };
        Self::drawn(18, drawing, words)
    }

    /// Words alone, before those they head.
    pub(super) fn plain(words: impl Into<Wording>) -> Self {
        Self { swatch: Swatch::None, words: words.into() }
    }

    /// An entry with a number or letter.
    pub(super) fn letter(letter: impl Into<Wording>, words: impl Into<Wording>) -> Self {
        Self { swatch: Swatch::Letter(letter.into()), words: words.into() }
    }

    /// The entry as a line of text.
    pub(super) fn line(&self) -> String {
        match &self.swatch {
            Swatch::Letter(letter) => format!("{letter} {}", self.words),
            Swatch::Drawn(..) | Swatch::None => self.words.to_string(),
        }
    }
}

/// The legend above a drawing: entries side by side.
pub(super) fn legend(entries: &[Entry]) -> Markup {
    list("key", entries)
}

/// The notes below a drawing: one sentence a line.
pub(super) fn notes(entries: &[Entry]) -> Markup {
    list("key notes", entries)
}

fn list(class: &str, entries: &[Entry]) -> Markup {
    html! {
        @if !entries.is_empty() {
            ul class=(class) {
                @for entry in entries {
                    li {
                        @match &entry.swatch {
                            Swatch::Drawn(width, drawing) => svg.sign aria-hidden="true" focusable="false" width=(width)
                                height="18" viewBox={ "-" (f64::from(*width) / 2.0) " -9 " (width) " 18" } { (drawing) },
                            Swatch::Letter(letter) => b.ref { (letter) },
                            Swatch::None => {},
                        }
                        " " span { (entry.words) }
                    }
                }
            }
        }
    }
}

/// The letter of a note, by its place: a … z, then numbers.
pub(super) fn letter(place: usize) -> String {
    match u8::try_from(place) {
        Ok(place) if place < 26 => char::from(b'a' + place).to_string(),
        _ => (place + 1).to_string(),
    }
}

/// The number of a note in a ring, by its place: ① … ⑳, then plain.
pub(super) fn ringed(place: usize) -> String {
    u32::try_from(place)
        .ok()
        .filter(|place| *place < 20)
        .and_then(|place| char::from_u32(0x2460 + place))
        .map_or_else(|| format!("({})", place + 1), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_ringed_numbers_do_not_run_out() {
        assert_eq!([letter(0), letter(25), letter(26)], ["a", "z", "27"]);
        assert_eq!([ringed(0), ringed(19), ringed(20)], ["①", "⑳", "(21)"]);
    }

    #[test]
    fn a_legend_without_entries_is_nothing_and_words_stay_words() {
        assert_eq!(legend(&[]).into_string(), "");
        let list = notes(&[Entry::letter("a", "<b>")]).into_string();
        assert_eq!(list, "<ul class=\"key notes\"><li><b class=\"ref\">a</b> <span>&lt;b&gt;</span></li></ul>");
    }
}
