//! Names of the units outside the limits: beside their marks where there is room, otherwise numbers with a list.

use super::super::room::{Rect, Room, width};
use super::{FunnelPlace, FunnelUnit};

/// Units that are named in one drawing at most; the table has all of them.
const MOST: usize = 30;
/// The share of the area a name may take.
const SHARE: f64 = 0.42;

/// A unit upon the area, in planned pixels.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) unit: &'a FunnelUnit,
    pub(super) x: f64,
    pub(super) y: f64,
}

/// A name or number beside its mark.
pub(super) struct Written<'a> {
    pub(super) of: Placed<'a>,
    /// The name, or the number it has in the list.
    pub(super) text: String,
    /// Whether the text is a number.
    pub(super) is_number: bool,
    pub(super) anchor: &'static str,
    /// From the mark to the beginning of the text's base line.
    pub(super) shift: (f64, f64),
}

/// Where a text may stand from its mark: anchor and shift.
const SIDES: [(&str, (f64, f64)); 8] = [
    ("start", (11.0, 4.5)),
    ("end", (-11.0, 4.5)),
    ("middle", (0.0, -12.0)),
    ("middle", (0.0, 20.0)),
    ("start", (7.0, -9.0)),
    ("end", (-7.0, -9.0)),
    ("start", (7.0, 17.0)),
    ("end", (-7.0, 17.0)),
];

/// Names and numbers so that none covers a mark or another; `area` is the width and height they have.
pub(super) fn names<'a>(units: &[Placed<'a>], area: (f64, f64)) -> Vec<Written<'a>> {
    let mut room = Room::new(Rect { left: -30.0, right: area.0 + 30.0, top: -12.0, bottom: area.1 });
    for one in units {
        let half = one.unit.place.half();
        room.take(Rect::around(one.x, one.y, half, half));
    }
    let mut written = Vec::new();
    let mut numbers = 0_usize;
    for one in units.iter().filter(|one| one.unit.place == FunnelPlace::Outside).take(MOST) {
        let name = one.unit.name.as_ref();
        let side = (width(name) <= area.0 * SHARE).then(|| side(&mut room, one, name)).flatten();
        let (text, is_number, side) = if let Some(side) = side {
            (name.to_owned(), false, side)
        } else {
            numbers += 1;
            let number = numbers.to_string();
            let side = side_of(&mut room, one, &number);
            (number, true, side)
        };
        let (anchor, shift) = side;
        written.push(Written { of: *one, text, is_number, anchor, shift });
    }
    written
}

type Side = (&'static str, (f64, f64));

/// The first side with room for the text, which is then taken.
fn side(room: &mut Room, one: &Placed<'_>, text: &str) -> Option<Side> {
    let wide = width(text);
    let boxes = SIDES.map(|(anchor, (x, y))| {
        let left = one.x + x
            - match anchor {
                "start" => 0.0,
                "end" => wide,
                _ => wide / 2.0,
            };
        Rect { left, right: left + wide, top: one.y + y - 11.0, bottom: one.y + y + 3.0 }
    });
    SIDES.get(room.take_first(&boxes)?).copied()
}

/// As [`side`]; a number that has no room stands at the right all the same.
fn side_of(room: &mut Room, one: &Placed<'_>, number: &str) -> Side {
    side(room, one, number).unwrap_or(SIDES[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(name: &'static str) -> FunnelUnit {
        FunnelUnit { name: name.into(), n: 1.0, percent: 1.0, label: "".into(), place: FunnelPlace::Outside }
    }

    #[test]
    fn a_name_stands_beside_its_mark_or_becomes_a_number() {
        let (short, long) = (unit("Xã A"), unit("Trung tâm Phục vụ hành chính công xã Suối Trong"));
        let at = |unit, x, y| Placed { unit, x, y };
        let written =
            names(&[at(&short, 100.0, 50.0), at(&long, 100.0, 150.0), at(&short, 249.0, 100.0)], (250.0, 250.0));
        let texts: Vec<_> = written.iter().map(|one| (one.text.as_str(), one.is_number, one.anchor)).collect();
        assert_eq!(texts, [("Xã A", false, "start"), ("1", true, "start"), ("Xã A", false, "end")]);
    }

    #[test]
    fn no_text_covers_another_while_there_is_room() {
        let one = unit("Xã Dốc Mây");
        let crowd: Vec<Placed<'_>> =
            (0..5).map(|n| Placed { unit: &one, x: 100.0, y: 60.0 + f64::from(n) * 9.0 }).collect();
        let written = names(&crowd, (250.0, 250.0));
        let lines: Vec<(f64, f64)> = written.iter().map(|w| (w.of.x + w.shift.0, w.of.y + w.shift.1)).collect();
        assert_eq!(written.len(), 5);
        for (place, line) in lines.iter().enumerate() {
            let is_free = |other: &(f64, f64)| (line.1 - other.1).abs() >= 13.9 || (line.0 - other.0).abs() > 8.0;
            assert!(lines[..place].iter().all(is_free), "{lines:?}");
        }
    }

    #[test]
    fn names_are_bounded() {
        let one = unit("Xã A");
        let crowd: Vec<Placed<'_>> = (0..300).map(|_| Placed { unit: &one, x: 100.0, y: 60.0 }).collect();
        assert_eq!(names(&crowd, (250.0, 250.0)).len(), MOST);
    }
}
