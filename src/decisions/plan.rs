//! Which blocks of a point a move takes along in the figures. Pure.
//!
//! A figure is a sum of blocks, and whoever reads figures may add and subtract them. So a move may cut a block only into
//! pieces that hold at least k answers each, or none; where the block is shown divided by kinds of parts, so must every atom
//! of those kinds in every piece ([`split`]). What cannot be cut so stays unmoved in the figures.

use std::collections::{BTreeMap, BTreeSet};

use crate::collect::split::{self, Atom};
use crate::store::blocks::{Block, Node};
use crate::store::counts::{Count, Series};
use crate::store::figures::PartKind;
use crate::words::{Day, EditionNumber, Level, Period, PointId};

/// Days of one block that are moved together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The block.
    pub block: Block,
    /// Days with answers of it.
    pub days: BTreeSet<Day>,
}

/// Forms of one day by what they have in common.
type Forms = BTreeMap<Atom, i64>;

type Stream = (EditionNumber, Level);

/// The pieces that the last of these moves of a point takes; those before it were approved before it.
pub(super) fn pieces(
    point: PointId,
    moves: &[Period],
    blocks: &[Block],
    cells: &[(Series, Count)],
    k: i64,
) -> Vec<Piece> {
    let Some((last, earlier)) = moves.split_last() else { return Vec::new() };
    let forms = forms_by_day(point, cells);
    let mut own: Vec<&Block> = blocks.iter().filter(|block| block.node == Node::Point(point)).collect();
    own.sort_by_key(|block| (block.edition, block.level, block.half, block.number));
    let mut found = Vec::new();
    let mut before: Option<&Block> = None;
    for block in own {
        let same =
            |other: &&Block| (other.edition, other.level, other.half) == (block.edition, block.level, block.half);
        let first = before.filter(same).map_or(block.half.first(), |other| other.through.plus(1));
        before = Some(block);
        let Some(days) = forms.get(&(block.edition, block.level)) else { continue };
        let days: BTreeMap<Day, &Forms> = days.range(first..=block.through).map(|(day, of)| (*day, of)).collect();
        if days.values().flat_map(|of| of.values()).sum::<i64>() != block.n {
            continue;
        }
        let cut = Cut { kinds: shown_kinds(&days, k), days, k };
        let mut rest: BTreeSet<Day> = cut.days.keys().copied().collect();
        for range in earlier {
            cut.take(&mut rest, *range);
        }
        let taken = cut.take(&mut rest, *last);
        found.extend((!taken.is_empty()).then_some(Piece { block: *block, days: taken }));
    }
    found
}

fn forms_by_day(point: PointId, cells: &[(Series, Count)]) -> BTreeMap<Stream, BTreeMap<Day, Forms>> {
    let mut forms: BTreeMap<Stream, BTreeMap<Day, Forms>> = BTreeMap::new();
    for (series, count) in cells.iter().filter(|(series, _)| series.point == point) {
        if matches!(count, Count::Item(0, _)) {
            let of = forms.entry((series.edition, series.level)).or_default().entry(series.day).or_default();
            *of.entry(split::atom_of(series)).or_default() += split::forms_of(count);
        }
    }
    forms
}

/// The kinds of parts by which a block is shown divided.
fn shown_kinds(days: &BTreeMap<Day, &Forms>, k: i64) -> Vec<PartKind> {
    let mut sums = Forms::new();
    for (atom, n) in days.values().flat_map(|of| of.iter()) {
        *sums.entry(*atom).or_default() += n;
    }
    split::kinds_of(&sums, k)
}

/// A block that moves cut.
struct Cut<'a> {
    days: BTreeMap<Day, &'a Forms>,
    kinds: Vec<PartKind>,
    k: i64,
}

impl Cut<'_> {
    /// Takes the days of a range out of what is left of the block, if neither side would isolate anybody.
    fn take(&self, rest: &mut BTreeSet<Day>, range: Period) -> BTreeSet<Day> {
        let (taken, left): (BTreeSet<Day>, BTreeSet<Day>) = rest.iter().partition(|day| range.contains(**day));
        if taken.is_empty() || !self.isolates_nobody(&taken) || !self.isolates_nobody(&left) {
            return BTreeSet::new();
        }
        *rest = left;
        taken
    }

    fn isolates_nobody(&self, days: &BTreeSet<Day>) -> bool {
        let forms = days.iter().filter_map(|day| self.days.get(day)).flat_map(|of| of.iter());
        split::isolates_nobody(forms, &self.kinds, self.k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::ItemTally;
    use crate::words::{Channel, FieldId, Half, UnitId};

    const POINT: PointId = PointId(1);

    fn half() -> Half {
        Day::of(2026, 3, 1).unwrap().half()
    }

    fn day(number: i32) -> Day {
        half().first().plus(number - 1)
    }

    fn period(from: i32, to: i32) -> Period {
        Period { from: day(from), to: day(to) }
    }

    fn block(number: i16, through: i32, n: i64) -> Block {
        let (edition, level) = (EditionNumber(1), Level::D);
        Block { node: Node::Point(POINT), edition, level, half: half(), number, through: day(through), n }
    }

    fn forms(on: i32, channel: Channel, n: i64) -> (Series, Count) {
        of_field(on, channel, 0, n)
    }

    fn of_field(on: i32, channel: Channel, field: i16, n: i64) -> (Series, Count) {
        let series = Series {
            day: day(on),
            point: POINT,
            deciding_unit: UnitId::NONE,
            edition: EditionNumber(1),
            level: Level::D,
            channel,
            field: FieldId(field),
        };
        (series, Count::Item(0, ItemTally { levels: [n, 0, 0, 0, 0, 0, 0], ..ItemTally::default() }))
    }

    fn qr(on: i32, n: i64) -> (Series, Count) {
        forms(on, Channel::CounterQr, n)
    }

    /// Days that are moved, by number of the block.
    fn taken(moves: &[Period], blocks: &[Block], cells: &[(Series, Count)]) -> Vec<(i16, Vec<i32>)> {
        let found = pieces(POINT, moves, blocks, cells, 10).into_iter();
        found.map(|p| (p.block.number, p.days.iter().map(|d| d.0 - day(1).0 + 1).collect())).collect()
    }

    #[test]
    fn whole_blocks_go_along_and_others_stay() {
        let cells = [qr(1, 6), qr(2, 6), qr(3, 11)];
        let blocks = [block(1, 2, 12), block(2, 3, 11)];
        assert_eq!(taken(&[period(1, 2)], &blocks, &cells), [(1, vec![1, 2])]);
        assert_eq!(taken(&[period(1, 9)], &blocks, &cells), [(1, vec![1, 2]), (2, vec![3])]);
        assert_eq!(taken(&[period(2, 3)], &blocks, &cells), [(2, vec![3])], "the first would leave six");
        assert_eq!(taken(&[period(4, 9)], &blocks, &cells), []);
    }

    #[test]
    fn a_block_is_cut_only_into_pieces_of_at_least_k() {
        let cells = [qr(1, 10), qr(2, 9), qr(3, 1), qr(4, 10)];
        let blocks = [block(1, 4, 30)];
        assert_eq!(taken(&[period(1, 1)], &blocks, &cells), [(1, vec![1])]);
        assert_eq!(taken(&[period(2, 2)], &blocks, &cells), [], "nine would move");
        assert_eq!(taken(&[period(1, 3)], &blocks, &cells), [(1, vec![1, 2, 3])]);
        assert_eq!(taken(&[period(2, 4)], &blocks, &cells), [(1, vec![2, 3, 4])]);
        let fewer = [qr(1, 21), qr(2, 9)];
        assert_eq!(taken(&[period(1, 1)], &blocks[..1], &fewer), [], "nine would stay");
    }

    #[test]
    fn two_moves_of_one_block_leave_no_small_rest_between_them() {
        let cells = [qr(1, 10), qr(2, 10), qr(3, 5)];
        let blocks = [block(1, 3, 25)];
        assert_eq!(taken(&[period(1, 1)], &blocks, &cells), [(1, vec![1])]);
        assert_eq!(taken(&[period(1, 1), period(2, 2)], &blocks, &cells), [], "five would be left alone");
        assert_eq!(taken(&[period(1, 1), period(2, 3)], &blocks, &cells), [(1, vec![2, 3])]);
        assert_eq!(taken(&[period(3, 3), period(1, 2)], &blocks, &cells), [], "five had not gone before");
    }

    #[test]
    fn shown_parts_of_a_block_are_not_cut_below_k_either() {
        let paper = |on, n| forms(on, Channel::Paper, n);
        let blocks = [block(1, 2, 40)];
        let cut = [qr(1, 1), paper(1, 12), qr(2, 27)];
        assert_eq!(taken(&[period(1, 1)], &blocks, &cut), [], "one form by QR would be what moves beside the paper");
        let apart = [paper(1, 12), qr(2, 28)];
        assert_eq!(taken(&[period(1, 1)], &blocks, &apart), [(1, vec![1])]);
        let not_shown = [qr(1, 5), paper(1, 9), qr(2, 26)];
        assert_eq!(
            taken(&[period(1, 1)], &blocks, &not_shown),
            [(1, vec![1])],
            "nine on paper are no part of their own"
        );
    }

    #[test]
    fn parts_of_two_kinds_together_are_not_cut_below_k_either() {
        let four = |on, qr_a, qr_b, paper_a, paper_b| {
            let qr = Channel::CounterQr;
            let of = [(qr, 1, qr_a), (qr, 2, qr_b), (Channel::Paper, 1, paper_a), (Channel::Paper, 2, paper_b)];
            of.map(|(channel, field, n)| of_field(on, channel, field, n))
        };
        let blocks = [block(1, 2, 80)];
        let cut = [four(1, 10, 5, 5, 10), four(2, 10, 15, 15, 10)].concat();
        assert_eq!(taken(&[period(1, 1)], &blocks, &cut), [], "five of one field by one channel would move");
        let whole = [four(1, 10, 10, 0, 10), four(2, 10, 10, 20, 10)].concat();
        assert_eq!(taken(&[period(1, 1)], &blocks, &whole), [(1, vec![1])]);
    }

    #[test]
    fn a_block_that_is_not_what_its_days_hold_is_left_alone() {
        assert_eq!(taken(&[period(1, 9)], &[block(1, 2, 12)], &[qr(1, 11)]), []);
        assert_eq!(taken(&[], &[block(1, 2, 12)], &[qr(1, 12)]), []);
    }

    #[test]
    fn what_was_pooled_upward_does_not_move() {
        let pooled = Block { node: Node::Pool(UnitId(5)), ..block(1, 14, 12) };
        assert_eq!(taken(&[period(1, 14)], &[pooled], &[qr(1, 12)]), []);
    }

    /// Every piece that any move takes and every rest that none takes holds at least k forms or none, and so does each part of
    /// the block that is shown in each of them.
    fn isolates_nobody(moves: &[Period], blocks: &[Block], cells: &[(Series, Count)]) {
        for block in blocks {
            let first =
                blocks.iter().filter(|other| other.number < block.number).map(|other| other.through.0 + 1).max();
            let days: BTreeSet<Day> = (first.unwrap_or(half().first().0)..=block.through.0).map(Day).collect();
            let mut rest = days.clone();
            let mut atoms = Vec::new();
            for upto in 1..=moves.len() {
                let own = pieces(POINT, &moves[..upto], blocks, cells, 10);
                for piece in own.into_iter().filter(|piece| piece.block == *block) {
                    assert!(piece.days.is_subset(&rest), "nothing moves twice");
                    rest.retain(|day| !piece.days.contains(day));
                    atoms.push(piece.days);
                }
            }
            atoms.push(rest);
            let sum = |days: &BTreeSet<Day>, field: Option<i16>, channel: Option<Channel>| -> i64 {
                let is_of = |s: &Series| channel.is_none_or(|c| c == s.channel) && field.is_none_or(|f| f == s.field.0);
                let own = cells.iter().filter(|(s, _)| days.contains(&s.day) && is_of(s));
                own.map(|(_, count)| if let Count::Item(0, t) = count { t.answered() } else { 0 }).sum()
            };
            let channels = [None, Some(Channel::CounterQr), Some(Channel::Paper)];
            let enough = |days, field, channel| matches!(sum(days, field, channel), 0 | 10..);
            // Fields come first; channels are shown where they single nobody out beside the fields.
            let fields = [Some(1), Some(2)].iter().all(|f| enough(&days, *f, None));
            let fields = if fields { vec![None, Some(1), Some(2)] } else { vec![None] };
            let by_channel = fields.iter().all(|f| channels[1..].iter().all(|c| enough(&days, *f, *c)));
            for atom in &atoms {
                for field in &fields {
                    assert!(enough(atom, *field, None), "field {field:?} in {atom:?} of {block:?}");
                    for channel in channels.iter().filter(|_| by_channel) {
                        assert!(enough(atom, *field, *channel), "{field:?} by {channel:?} in {atom:?} of {block:?}");
                    }
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn no_sum_or_difference_of_figures_isolates_fewer_than_k(
            days in proptest::collection::vec((0_i64..14, 0_i64..14, 0_i64..9), 14),
            ends in proptest::collection::btree_set(1_i32..=14, 1..4),
            ranges in proptest::collection::vec((1_i32..=14, 0_i32..6), 1..5),
        ) {
            let on = || (1..).zip(&days);
            let cells: Vec<_> = on()
                .flat_map(|(d, (a, b, c))| {
                    let of = [(Channel::CounterQr, 1, *a), (Channel::Paper, 1, *b), (Channel::Paper, 2, *c), (Channel::CounterQr, 2, *b)];
                    of.map(|(channel, field, n)| of_field(d, channel, field, n))
                })
                .collect();
            let mut first = 1;
            let mut blocks = Vec::new();
            for (number, end) in (1..).zip(&ends) {
                let n = on().filter(|(d, _)| (first..=*end).contains(d)).map(|(_, (a, b, c))| a + 2 * b + c).sum();
                if n < 10 {
                    break;
                }
                blocks.push(block(number, *end, n));
                first = end + 1;
            }
            // Moves of one point do not overlap.
            let mut moves: Vec<Period> = Vec::new();
            for (from, more) in ranges {
                let range = period(from, (from + more).min(14));
                if moves.iter().all(|known| known.to < range.from || range.to < known.from) {
                    moves.push(range);
                }
            }
            isolates_nobody(&moves, &blocks, &cells);
        }
    }
}
