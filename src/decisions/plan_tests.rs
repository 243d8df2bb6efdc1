//! Which blocks a decision takes along, and that nobody is isolated whatever is decided one after the other.

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
    by_steps(&moves.iter().zip(1..).map(|(days, id)| step(id, *days, None)).collect::<Vec<_>>(), blocks, cells)
}

fn step(decision: i32, days: Period, channel: Option<Channel>) -> Step {
    Step::Take(Taking { decision: DecisionId(decision), days, level: None, channel })
}

/// Days of what the last step takes or gives back, by number of the block.
fn by_steps(steps: &[Step], blocks: &[Block], cells: &[(Series, Count)]) -> Vec<(i16, Vec<i32>)> {
    let found = pieces(POINT, steps, blocks, cells, 10).into_iter();
    let days = |piece: &Piece| piece.slices.iter().map(|(d, _)| d.0 - day(1).0 + 1).collect::<BTreeSet<i32>>();
    found.map(|piece| (piece.block.number, days(&piece).into_iter().collect())).collect()
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
    assert_eq!(taken(&[period(1, 1)], &blocks, &not_shown), [(1, vec![1])], "nine on paper are no part of their own");
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

#[test]
fn an_exclusion_takes_its_level_and_its_channel_alone() {
    let paper = |on, n| forms(on, Channel::Paper, n);
    let cells = [qr(1, 12), paper(1, 10), qr(2, 15), paper(2, 11)];
    let blocks = [block(1, 2, 48)];
    let of = |level, channel| {
        let step = Step::Take(Taking { decision: DecisionId(1), days: period(1, 1), level: Some(level), channel });
        let found = pieces(POINT, &[step], &blocks, &cells, 10);
        found.into_iter().flat_map(|piece| piece.slices).map(|(_, channel)| channel).collect::<Vec<_>>()
    };
    assert_eq!(of(Level::D, None), [Channel::CounterQr, Channel::Paper]);
    assert_eq!(of(Level::D, Some(Channel::Paper)), [Channel::Paper]);
    assert_eq!(of(Level::B, None), []);
    assert_eq!(of(Level::D, Some(Channel::Kiosk)), []);
}

#[test]
fn what_is_given_back_is_what_was_taken_and_its_cut_stays() {
    let cells = [qr(1, 10), qr(2, 1), qr(3, 10)];
    let blocks = [block(1, 3, 21)];
    let take = |id, from, to| step(id, period(from, to), None);
    let back = Step::Back(DecisionId(1));
    assert_eq!(by_steps(&[take(1, 1, 1), back], &blocks, &cells), [(1, vec![1])]);
    assert_eq!(by_steps(&[take(1, 1, 1), back, back], &blocks, &cells), [], "once");
    assert_eq!(by_steps(&[take(1, 2, 2), back], &blocks, &cells), [], "nothing was taken");
    let again = [take(1, 1, 1), back, take(2, 1, 2)];
    assert_eq!(by_steps(&again, &blocks, &cells), [(1, vec![1])], "eleven after ten would tell of one form");
    assert_eq!(by_steps(&[take(1, 1, 1), back, take(2, 1, 3)], &blocks, &cells), [(1, vec![1, 2, 3])]);
}

/// Every piece that any decision takes or gives back and every rest that none takes holds at least k forms or none, and so does each part of
/// the block that is shown in each of them.
fn isolates_nobody(steps: &[Step], blocks: &[Block], cells: &[(Series, Count)]) {
    for block in blocks {
        let first = blocks.iter().filter(|other| other.number < block.number).map(|other| other.through.0 + 1).max();
        let days = (first.unwrap_or(half().first().0)..=block.through.0).map(Day);
        let whole: BTreeSet<Slice> = days.flat_map(|day| [(day, Channel::CounterQr), (day, Channel::Paper)]).collect();
        // What anybody ever saw change, cut by all of it together: no sum of them isolates anybody.
        let mut atoms = vec![whole.clone()];
        for upto in 1..=steps.len() {
            let own = pieces(POINT, &steps[..upto], blocks, cells, 10);
            for piece in own.into_iter().filter(|piece| piece.block == *block) {
                let cut = |atom: &BTreeSet<Slice>| {
                    let (in_it, beside): (BTreeSet<Slice>, BTreeSet<Slice>) =
                        atom.iter().partition(|slice| piece.slices.contains(slice));
                    [in_it, beside]
                };
                atoms = atoms.iter().flat_map(cut).filter(|atom| !atom.is_empty()).collect();
            }
        }
        let sum = |slices: &BTreeSet<Slice>, field: Option<i16>, channel: Option<Channel>| -> i64 {
            let is_of = |s: &Series| channel.is_none_or(|c| c == s.channel) && field.is_none_or(|f| f == s.field.0);
            let own = cells.iter().filter(|(s, _)| slices.contains(&(s.day, s.channel)) && is_of(s));
            own.map(|(_, count)| if let Count::Item(0, t) = count { t.answered() } else { 0 }).sum()
        };
        let channels = [None, Some(Channel::CounterQr), Some(Channel::Paper)];
        let enough = |slices, field, channel| matches!(sum(slices, field, channel), 0 | 10..);
        // Fields come first; channels are shown where they single nobody out beside the fields.
        let fields = [Some(1), Some(2)].iter().all(|f| enough(&whole, *f, None));
        let fields = if fields { vec![None, Some(1), Some(2)] } else { vec![None] };
        let by_channel = fields.iter().all(|f| channels[1..].iter().all(|c| enough(&whole, *f, *c)));
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
        drawn in proptest::collection::vec((1_i32..=14, 0_i32..6, 0_u8..5), 1..8),
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
        // What holds does not overlap; now and then an exclusion is taken back, and its days are free again.
        let mut steps: Vec<Step> = Vec::new();
        let mut held: Vec<(i32, Period)> = Vec::new();
        for ((from, more, kind), id) in drawn.into_iter().zip(1..) {
            let range = period(from, (from + more).min(14));
            if held.iter().all(|(_, known)| known.to < range.from || range.to < known.from) {
                let channel = [None, None, None, Some(Channel::Paper), Some(Channel::CounterQr)][usize::from(kind)];
                steps.push(step(id, range, channel));
                held.push((id, range));
            } else if let Some((back, _)) = (kind > 1).then(|| held.pop()).flatten() {
                steps.push(Step::Back(DecisionId(back)));
            }
        }
        isolates_nobody(&steps, &blocks, &cells);
    }
}
