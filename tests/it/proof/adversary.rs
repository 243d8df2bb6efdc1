//! An adversary who reads every figure after every sealed day learns of no group smaller than k.
//!
//! Every figure, by unit, level, half-month, part and item, is compared with itself on the day before and with the figures
//! of the units below: a difference is nothing or at least k answers. Parts of different kinds are combined: whoever has the
//! same parts of all kinds that are shown of a block is one of at least k. Seen failing with blocks of k - 1, with parts of
//! k - 3 split off, and with kinds that were split off without a look at each other.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::DbBackend;
use thuocdo::collect::seal;
use thuocdo::statistics::disclosure::{Protection, Table, TableRow, protect};
use thuocdo::words::{Channel, Day, FieldId, Level, PointId, UnitId};

use super::counts::blocks;
use super::counts::recount::{self, Form, Holding};
use super::{Draws, UNITS, counts_for, query};
use crate::world::{World, databases};

const K: i64 = 10;

/// Answers behind every figure: unit, level, half, kind of part (0 = the whole), part.
type Shown = BTreeMap<(i32, i16, i32, i16, i32), i64>;

async fn shown(world: &World, from_half: i32) -> Shown {
    let mut shown = Shown::new();
    let n = "n_blank + n_na + n1 + n2 + n3 + n4 + n5 + n6 + n7";
    for (table, part) in [("figure", "CAST(0 AS SMALLINT), CAST(0 AS INTEGER)"), ("figure_part", "kind, part")] {
        let sql = format!("SELECT unit, level, half, {part}, item, {n} FROM {table} WHERE half >= {from_half}");
        let mut items: BTreeMap<(i32, i16, i32, i16, i32), Vec<i64>> = BTreeMap::new();
        for row in query(world.db.reader(), &sql).await {
            let key = (
                row.try_get_by_index(0).unwrap(),
                row.try_get_by_index(1).unwrap(),
                row.try_get_by_index(2).unwrap(),
                row.try_get_by_index(3).unwrap(),
                row.try_get_by_index(4).unwrap(),
            );
            items.entry(key).or_default().push(row.try_get_by_index(6).unwrap());
        }
        for (key, items) in items {
            // The forms and each of their six items: whoever leaves an item open counts in it as blank.
            assert!(items.len() == 7 && items.iter().all(|n| *n == items[0]), "{table} {key:?}: {items:?}");
            shown.insert(key, items[0]);
        }
    }
    shown
}

fn isolates_nobody(difference: i64) -> bool {
    difference == 0 || difference >= K
}

/// Compares all that is shown with all that was shown before, in time and down the tree.
fn compare(now: &Shown, before: &Shown, day: Day) {
    for (key, n) in now {
        let was = before.get(key).copied().unwrap_or(0);
        assert!(isolates_nobody(n - was), "{}: {key:?} grew from {was} to {n}", day.iso());
        let (unit, level, half, kind, part) = *key;
        let below = |of: &Shown| -> i64 {
            // The line agency 6 stands under the province and is not counted in it.
            let children = UNITS.iter().filter(|(child, parent, _)| *parent == unit && *child != 6);
            children.filter_map(|(child, _, _)| of.get(&(*child, level, half, kind, part))).sum()
        };
        for (when, below) in [("today", below(now)), ("the day before", below(before))] {
            assert!(isolates_nobody(n - below), "{}: {key:?} is {n}, below it {below} {when}", day.iso());
        }
        if kind > 0 {
            let all: i64 = now
                .range((unit, level, half, kind, i32::MIN)..=(unit, level, half, kind, i32::MAX))
                .map(|(_, n)| n)
                .sum();
            assert_eq!(Some(&all), now.get(&(unit, level, half, 0, 0)), "{}: {key:?}: parts and whole", day.iso());
        }
    }
    assert!(before.keys().all(|key| now.contains_key(key)), "{}: a figure vanished", day.iso());
}

/// Combines the parts of all kinds by which a block is shown to be divided: the growth of a unit's figures is one block where
/// no other counts for it on the same day. How many blocks showed two kinds with more than one part each.
fn combine(now: &Shown, before: &Shown, new: &[Holding<'_>], day: Day) -> usize {
    let mut crossed = 0;
    for holding in new {
        let (block, unit) = (&holding.block, holding.unit);
        let same = |other: &&Holding<'_>| {
            (other.block.level, other.block.half) == (block.level, block.half) && counts_for(other.unit).contains(&unit)
        };
        if new.iter().filter(same).count() > 1 {
            continue;
        }
        let grown = |kind: i16| -> Vec<i32> {
            let parts = now
                .range((unit, block.level, block.half.0, kind, 0)..=(unit, block.level, block.half.0, kind, i32::MAX));
            parts.filter(|(key, n)| before.get(key) != Some(n)).map(|(key, _)| key.4).collect()
        };
        let kinds: Vec<i16> = (1..=3).filter(|kind| !grown(*kind).is_empty()).collect();
        let mut alike: BTreeMap<Vec<i64>, i64> = BTreeMap::new();
        for form in &holding.forms {
            *alike.entry(kinds.iter().map(|kind| recount::part_of(*kind, form)).collect()).or_default() += 1;
        }
        assert!(alike.values().all(|n| *n >= K), "{}: {block:?} divided by {kinds:?}: {alike:?}", day.iso());
        crossed += usize::from(kinds.iter().filter(|kind| grown(**kind).len() > 1).count() > 1);
    }
    crossed
}

/// The tables that pages and files show, as linked tables with all their totals: units below units with what counts for the
/// upper one alone, by deciding unit, field and channel. Nothing in them has to be suppressed, not even where the rest of a sum
/// is looked at: figures are sums of blocks. How many tables.
fn need_no_suppression(all: &Shown) -> usize {
    const TREE: [(i32, Option<usize>, &[i32]); 7] = [
        (1, None, &[]),
        (2, Some(0), &[]),
        (3, Some(0), &[]),
        (4, Some(1), &[]),
        (5, Some(1), &[]),
        (1, Some(0), &[2, 3]),
        (2, Some(1), &[4, 5]),
    ];
    let tables: BTreeSet<(i16, i32)> = all.keys().filter(|key| key.0 == 1 && key.3 == 0).map(|k| (k.1, k.2)).collect();
    for (level, half) in &tables {
        let parts = |kind: i16| -> BTreeSet<i32> {
            all.keys().filter(|key| (key.1, key.2, key.3) == (*level, *half, kind)).map(|key| key.4).collect()
        };
        let columns: Vec<(i16, i32)> =
            (1..=3).flat_map(|kind| parts(kind).into_iter().map(move |p| (kind, p))).collect();
        let n = |unit: i32, (kind, part): (i16, i32)| all.get(&(unit, *level, *half, kind, part)).copied().unwrap_or(0);
        let rows: Vec<TableRow> = TREE
            .iter()
            .enumerate()
            .map(|(at, (unit, parent, without))| {
                let is_sum = TREE.iter().any(|(_, parent, _)| *parent == Some(at));
                let rest = |column| n(*unit, column) - without.iter().map(|below| n(*below, column)).sum::<i64>();
                let counts = columns.iter().filter(|_| !is_sum).map(|column| u64::try_from(rest(*column)).unwrap());
                TableRow { parent: *parent, counts: counts.collect() }
            })
            .collect();
        let sheets: Vec<usize> = (1..=3).map(|kind| parts(kind).len()).collect();
        let table = Table::new(&rows, &sheets).unwrap();
        let found = protect(&table, u64::try_from(K).unwrap(), true);
        assert!(found.iter().all(|of| *of == Protection::Shown), "level {level}, half {half}: {rows:?} {found:?}");
    }
    tables.len()
}

/// Days of an ordinary run; `ADVERSARY_DAYS` names another number.
const DAYS: i32 = 800;

#[tokio::test]
async fn no_difference_of_figures_isolates_fewer_than_k() {
    #[expect(clippy::disallowed_methods, reason = "a test has no settings; the length is chosen by whoever runs it")]
    let days = std::env::var("ADVERSARY_DAYS").map_or(DAYS, |number| number.parse().unwrap());
    read_every_day(days).await;
}

async fn read_every_day(days: i32) {
    for world in databases().await {
        // The same code grows the figures on both databases: counts.rs compares them there.
        if world.db.reader().get_database_backend() != DbBackend::Sqlite {
            world.close().await;
            continue;
        }
        let edition = world.with_town().await;
        let mut draws = Draws::of(2_026);
        let first = Day(20_000);
        let mut all = Shown::new();
        let mut name = 0;
        let (mut steps, mut crossed) = (0, 0);
        let mut forms_of_half: Vec<Form> = Vec::new();
        let mut known: BTreeSet<(i32, i16, i16)> = BTreeSet::new();
        let (mut busy, mut fields, mut channels) = (4, 1, 1);
        for day in (0..days).map(|day| first.plus(day)) {
            if day == day.half().first() {
                busy = draws.pick(&[1, 2, 3, 4, 12]);
                (fields, channels) = (1 + draws.below(2), 1 + draws.below(2));
                (forms_of_half, known) = (Vec::new(), BTreeSet::new());
            }
            // Now and then a busy day, in which parts become large enough to be split off.
            let most = if draws.below(12) == 0 { draws.pick(&[90, 90, 500]) } else { busy };
            let forms: Vec<_> = (0..draws.below(most + 1))
                .map(|_| {
                    name += 1;
                    let mut form = world.form(&edition, name, day);
                    form.point = PointId(draws.pick(&[11, 11, 13, 14, 15, 17, 18]));
                    form.level = draws.pick(&[Level::B, Level::D, Level::D, Level::D, Level::D, Level::D]);
                    form.channel = if draws.below(channels) == 0 { Channel::CounterQr } else { Channel::Paper };
                    form.field = FieldId(i16::try_from(draws.below(fields)).unwrap());
                    form.deciding_unit = UnitId(draws.pick(&[0, 2]));
                    form.answers = draws.sheet();
                    form
                })
                .collect();
            if !forms.is_empty() {
                world.stores(day, &forms).await;
            }
            forms_of_half.extend(forms.iter().map(|form| Form::of(form, day)));
            let sealed = seal::seal(&world.db, world.province, day, day.plus(1)).await.unwrap();
            // Figures of earlier halves cannot have moved: they are read as well every hundredth day.
            let from = if (day.0 - first.0) % 100 == 99 { 0 } else { day.half().0 - 1 };
            let now = shown(&world, from).await;
            let before: Shown = all.iter().filter(|(key, _)| key.2 >= from).map(|(key, n)| (*key, *n)).collect();
            compare(&now, &before, day);
            assert!(sealed.blocks > 0 || now == before, "{}: figures move by blocks alone", day.iso());
            steps += usize::from(sealed.blocks > 0);
            if sealed.blocks > 0 {
                let blocks = blocks(&world, day.half()).await;
                let mut holdings = recount::holdings(&forms_of_half, &blocks, day);
                holdings.retain(|of| known.insert((of.block.node, of.block.level, of.block.number)));
                crossed += combine(&now, &before, &holdings, day);
            }
            all.extend(now);
        }
        let tables = need_no_suppression(&all);
        let parts = all.keys().filter(|key| key.3 > 0 && key.4 >= 0).count();
        assert!(
            steps > 50 && parts > 20 && crossed > 2,
            "{steps} days on which figures grew, {parts} parts, {crossed} blocks of two kinds: enough to prove anything"
        );
        println!(
            "{days} days, {name} answers, figures grew on {steps} days, {} figures, {parts} parts, {crossed} blocks of two kinds, \
             {tables} tables that need no suppression",
            all.len()
        );
        world.close().await;
    }
}
