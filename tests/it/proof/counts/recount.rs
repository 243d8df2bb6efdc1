//! The recount: every number again from the forms, one form at a time, written from the data model and from nothing else.

use std::collections::{BTreeMap, BTreeSet};

use thuocdo::collect::Submission;
use thuocdo::questionnaire::Answer;
use thuocdo::words::{Day, Half, Period, PointId, UnitId};

use super::super::{counts_for, unit_of};

/// Least number of answers shown together.
const K: usize = 10;

/// Counts by key, item and second item.
pub(crate) type Rows = BTreeMap<Vec<i64>, Vec<i64>>;

/// A form that was stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Form {
    pub(crate) day: Day,
    pub(crate) point: PointId,
    pub(crate) deciding_unit: UnitId,
    pub(crate) level: i16,
    pub(crate) channel: i16,
    pub(crate) field: i16,
    pub(crate) answers: Vec<Answer>,
}

/// A block as it is stored; `node` is a point, or a unit with a minus.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Block {
    pub(crate) node: i32,
    pub(crate) level: i16,
    pub(crate) half: Half,
    pub(crate) number: i16,
    pub(crate) through: Day,
    pub(crate) n: i64,
}

impl Form {
    pub(crate) fn of(submission: &Submission, day: Day) -> Self {
        Self {
            day,
            point: submission.point,
            deciding_unit: submission.deciding_unit,
            level: submission.level.code(),
            channel: submission.channel.code(),
            field: submission.field.0,
            answers: submission.answers.clone(),
        }
    }

    /// Adds this form under a key.
    fn count(&self, key: &[i64], rows: &mut Rows) {
        let rated: Vec<Option<i64>> = self.answers[..5]
            .iter()
            .map(|answer| if let Answer::Level(level) = answer { Some(i64::from(*level >= 4)) } else { None })
            .collect();
        let mut forms = vec![0; 11];
        forms[if rated.iter().any(Option::is_some) { 2 } else { 0 }] = 1;
        add(rows, key, 0, 0, &forms);
        for (item, answer) in (1..).zip(&self.answers) {
            let mut counts = vec![0; 11];
            match answer {
                Answer::Blank => counts[0] = 1,
                Answer::NotApplicable | Answer::NotAsked => counts[1] = 1,
                Answer::Level(number) | Answer::Choice(number) => counts[1 + usize::from(*number)] = 1,
                Answer::Choices(options) => {
                    (0..7).filter(|at| options & (1 << at) != 0).for_each(|at| counts[2 + at] = 1);
                }
                Answer::Number(n) => {
                    counts[2] = 1;
                    counts[9] = i64::from(*n);
                    counts[10] = i64::from(*n) * i64::from(*n);
                }
            }
            add(rows, key, item, 0, &counts);
        }
        for (a, first) in (1..).zip(&rated) {
            for (b, second) in (1..).zip(&rated) {
                if let (true, Some(first), Some(second)) = (a < b, first, second) {
                    add(rows, key, a, b, &[1, *second, *first, first * second]);
                }
            }
        }
    }
}

fn add(rows: &mut Rows, key: &[i64], item: i64, second: i64, counts: &[i64]) {
    let row = rows.entry([key, &[item, second]].concat()).or_insert_with(|| vec![0; counts.len()]);
    for (sum, n) in row.iter_mut().zip(counts) {
        *sum += n;
    }
}

/// What the cells have to hold.
pub(crate) fn cells(forms: &[Form]) -> Rows {
    let mut rows = Rows::new();
    for form in forms {
        let key = [form.day.0, form.point.0, form.deciding_unit.0].map(i64::from);
        let codes = [form.level, form.channel, form.field].map(i64::from);
        form.count(&[key, codes].concat(), &mut rows);
    }
    rows
}

/// What the office has to see of a unit in a period.
pub(crate) fn office(forms: &[Form], unit: i32, period: Period) -> Rows {
    let mut rows = Rows::new();
    for form in forms.iter().filter(|form| period.contains(form.day)) {
        if counts_for(unit_of(form.point)).contains(&unit) {
            form.count(&[form.level, form.channel, form.field].map(i64::from), &mut rows);
        }
    }
    rows
}

/// A block with the unit it counts for and the forms it holds.
pub(crate) struct Holding<'a> {
    pub(crate) block: Block,
    pub(crate) unit: i32,
    pub(crate) forms: Vec<&'a Form>,
}

/// Which block holds which forms; complains of a block that is too small, overlaps another, or does not hold what it says,
/// and of forms that should be held and are not.
pub(crate) fn holdings<'a>(forms: &'a [Form], blocks: &[Block], sealed: Day) -> Vec<Holding<'a>> {
    let mut holdings: Vec<Holding<'a>> = Vec::new();
    let mut before: BTreeMap<(i32, i16, Half), (i16, Day)> = BTreeMap::new();
    for block in blocks {
        assert!(block.through <= sealed && block.through.half() == block.half, "{block:?} reaches into another time");
        let key = (block.node, block.level, block.half);
        let (number, through) = before.get(&key).copied().unwrap_or((0, block.half.first().plus(-1)));
        assert_eq!(block.number, number + 1, "{block:?}");
        assert!(block.through > through, "{block:?} begins before its predecessor ends");
        before.insert(key, (block.number, block.through));
        let unit = if block.node < 0 { -block.node } else { unit_of(PointId(block.node)) };
        holdings.push(Holding { block: *block, unit, forms: Vec::new() });
    }
    let pools: BTreeSet<(i32, i16, Half)> =
        blocks.iter().filter(|block| block.node < 0).map(|block| (-block.node, block.level, block.half)).collect();
    let mut left: BTreeMap<(i32, i16, Half), usize> = BTreeMap::new();
    for form in forms.iter().filter(|form| form.day <= sealed) {
        let half = form.day.half();
        let of = |block: &Block| block.level == form.level && block.half == half;
        let path = counts_for(unit_of(form.point));
        // The first block of its point that reaches its day; or the pool nearest above.
        let own =
            holdings.iter().position(|h| of(&h.block) && h.block.node == form.point.0 && form.day <= h.block.through);
        let pool = || path.iter().find(|unit| pools.contains(&(**unit, form.level, half)));
        let pooled = || {
            let unit = pool()?;
            holdings.iter().position(|h| of(&h.block) && h.block.node == -unit)
        };
        if let Some(at) = own.or_else(pooled) {
            holdings[at].forms.push(form);
        } else if half.last() <= sealed {
            *left.entry((*path.last().unwrap(), form.level, half)).or_default() += 1;
        }
    }
    for holding in &holdings {
        assert!(holding.forms.len() >= K, "{:?} holds {}", holding.block, holding.forms.len());
        assert_eq!(i64::try_from(holding.forms.len()).unwrap(), holding.block.n, "{:?}", holding.block);
    }
    for (tree, n) in left {
        assert!(n < K, "{n} answers of an ended half-month are in no figure: {tree:?}");
    }
    holdings
}

/// What the figures have to hold.
pub(crate) fn figures(holdings: &[Holding<'_>]) -> Rows {
    let mut rows = Rows::new();
    for holding in holdings {
        for unit in counts_for(holding.unit) {
            let key = [*unit, i32::from(holding.block.level), holding.block.half.0].map(i64::from);
            for form in &holding.forms {
                form.count(&key, &mut rows);
            }
        }
    }
    rows
}

/// In which part of a kind a form counts: deciding unit (1), field (2), channel (3).
pub(crate) fn part_of(kind: i16, form: &Form) -> i64 {
    match kind {
        1 => i64::from(form.deciding_unit.0),
        2 => i64::from(form.field),
        _ => i64::from(form.channel),
    }
}

/// Whether everybody stands with at least nine others who have the same parts of all these kinds.
fn nobody_is_alone(forms: &[&Form], kinds: &[i16]) -> bool {
    let mut like: BTreeMap<Vec<i64>, usize> = BTreeMap::new();
    for form in forms {
        *like.entry(kinds.iter().map(|kind| part_of(*kind, form)).collect()).or_default() += 1;
    }
    like.values().all(|n| *n >= K)
}

/// What the parts of figures have to hold: by deciding unit, then by field where both together leave nobody alone, then by
/// channel likewise; what is not divided stands under -1.
pub(crate) fn parts(holdings: &[Holding<'_>]) -> Rows {
    let mut rows = Rows::new();
    for holding in holdings {
        let mut divided: Vec<i16> = Vec::new();
        for kind in 1..=3 {
            if nobody_is_alone(&holding.forms, &[&divided[..], &[kind]].concat()) {
                divided.push(kind);
            }
        }
        for kind in 1..=3 {
            let split = divided.contains(&kind);
            for unit in counts_for(holding.unit) {
                let key = [*unit, i32::from(holding.block.level), holding.block.half.0].map(i64::from);
                for form in &holding.forms {
                    let part = if split { part_of(kind, form) } else { -1 };
                    form.count(&[&key[..], &[i64::from(kind), part]].concat(), &mut rows);
                }
            }
        }
    }
    rows
}
