//! Room for letters: which of several places is still free.

/// A rectangle in pixels: left, right, upper and lower edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Rect {
    /// A rectangle around a point.
    pub(super) const fn around(x: f64, y: f64, half_width: f64, half_height: f64) -> Self {
        Self { left: x - half_width, right: x + half_width, top: y - half_height, bottom: y + half_height }
    }

    fn covers(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn is_inside(&self, frame: &Self) -> bool {
        self.left >= frame.left && self.right <= frame.right && self.top >= frame.top && self.bottom <= frame.bottom
    }
}

/// Places that are taken within a frame.
#[derive(Debug, Clone)]
pub(super) struct Room {
    frame: Rect,
    taken: Vec<Rect>,
}

impl Room {
    /// An empty room.
    pub(super) const fn new(frame: Rect) -> Self {
        Self { frame, taken: Vec::new() }
    }

    /// Takes a place whether or not it is free.
    pub(super) fn take(&mut self, place: Rect) {
        self.taken.push(place);
    }

    /// Takes the first place that is free and inside the frame, and says which one it is.
    pub(super) fn take_first(&mut self, places: &[Rect]) -> Option<usize> {
        let is_free =
            |place: &Rect| place.is_inside(&self.frame) && !self.taken.iter().any(|taken| taken.covers(place));
        let chosen = places.iter().position(is_free)?;
        self.taken.extend(places.get(chosen));
        Some(chosen)
    }
}

/// Pixels a text of 13 px needs in a wide typeface.
pub(super) fn width(text: &str) -> f64 {
    let letter = |letter: char| match letter {
        'I' | 'l' | 'i' | 'j' | 't' | 'r' | 'f' | '/' | '.' | ',' | ' ' | '(' | ')' => 5.0,
        'm' | 'w' | 'M' | 'W' | 'Q' | '%' => 12.0,
        _ => 8.2,
    };
    text.chars().map(letter).sum()
}

/// Pixels between the base lines of two labels at an edge, at least.
const NEAREST: f64 = 14.0;

/// Labels of lines at an edge by their height, moved so that none covers another.
pub(super) fn spread(mut labels: Vec<(f64, &str)>) -> Vec<(f64, &str)> {
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lowest = f64::NEG_INFINITY;
    for (down, _) in &mut labels {
        *down = down.max(lowest + NEAREST);
        lowest = *down;
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_given_once_and_never_outside_the_frame() {
        let mut room = Room::new(Rect { left: 0.0, right: 100.0, top: 0.0, bottom: 50.0 });
        let (one, two, out) = (
            Rect::around(20.0, 20.0, 10.0, 5.0),
            Rect::around(60.0, 20.0, 10.0, 5.0),
            Rect::around(95.0, 20.0, 10.0, 5.0),
        );
        assert_eq!(room.take_first(&[out, one]), Some(1));
        assert_eq!(room.take_first(&[one, two]), Some(1));
        assert_eq!(room.take_first(&[one, two, out]), None);
        assert_eq!(room.take_first(&[Rect::around(f64::NAN, 20.0, 1.0, 1.0)]), None);
    }

    #[test]
    fn labels_at_an_edge_keep_their_order_and_their_distance() {
        let labels = spread(vec![(50.0, "90%"), (44.0, "91%"), (45.0, "92%"), (200.0, "70%")]);
        assert_eq!(labels, [(44.0, "91%"), (58.0, "92%"), (72.0, "90%"), (200.0, "70%")]);
    }

    #[test]
    fn slim_letters_need_less_room() {
        assert!(width("III/2026") < width("2026/2026"));
        assert!(width("").abs() < 1e-9);
    }
}
