//! Counts are what a recount by hand gives: cells from the answers, the office's sums from the answers, figures from the
//! answers and the blocks. The recount is written anew here and shares no code with the program.
//!
//! Seen failing with line agencies counted upward, with blocks of k - 1, and with parts of k - 3 split off.

pub(crate) mod recount;

use thuocdo::collect::Submission;
use thuocdo::collect::seal;
use thuocdo::collect::storing::Outcome;
use thuocdo::publish::tallies;
use thuocdo::questionnaire::{Answer, Tally, decode};
use thuocdo::store::answers::{self, CountedAnswer};
use thuocdo::words::{Channel, Day, FieldId, Half, Level, Period, PointId, UnitId};

use super::{Draws, POINTS, UNITS, query};
use crate::world::{World, databases};
use recount::{Block, Form, Rows};

const CASES: u64 = 15;
pub(crate) const CELL_KEY: &str = "day, point, deciding_unit, level, channel, field";
const FIGURE_KEY: &str = "unit, level, half";
const PART_KEY: &str = "unit, level, half, kind, part";
const ITEM: &str = "n_blank, n_na, n1, n2, n3, n4, n5, n6, n7, sum_x, sum_xx";
const PAIR: &str = "n_aa, n_as, n_sa, n_ss";

/// Items and pairs of a table and its twin, by key, item and second item (0 for a single one).
async fn table(world: &World, name: &str, key: &str, from: &str) -> Rows {
    rows(world, name, key, &format!("adj = 0 AND {from}")).await
}

/// The same of rows that meet a condition, adjusted ones included.
pub(crate) async fn rows(world: &World, name: &str, key: &str, condition: &str) -> Rows {
    let width = key.split(", ").count();
    let mut rows = Rows::new();
    for (table, second, counts) in [(name.to_owned(), "0", ITEM), (format!("{name}_pair"), "item2", PAIR)] {
        let columns = format!("{key}, item, {second}, {counts}");
        let wide: Vec<String> = columns.split(", ").map(|column| format!("CAST({column} AS BIGINT)")).collect();
        for row in query(world.db.reader(), &format!("SELECT {} FROM {table} WHERE {condition}", wide.join(", "))).await
        {
            let numbers: Vec<i64> = (0..wide.len()).map(|at| row.try_get_by_index(at).unwrap()).collect();
            rows.insert(numbers[..width + 2].to_vec(), numbers[width + 2..].to_vec());
        }
    }
    rows
}

/// The blocks of this half-month and later ones.
pub(crate) async fn blocks(world: &World, from: Half) -> Vec<Block> {
    let columns = "node, level, half, number, through_day, n";
    let sql = format!("SELECT {columns} FROM block WHERE half >= {} ORDER BY node, level, half, number", from.0);
    let rows = query(world.db.reader(), &sql).await;
    rows.iter()
        .map(|row| Block {
            node: row.try_get_by_index(0).unwrap(),
            level: row.try_get_by_index(1).unwrap(),
            half: Half(row.try_get_by_index(2).unwrap()),
            number: row.try_get_by_index(3).unwrap(),
            through: Day(row.try_get_by_index(4).unwrap()),
            n: row.try_get_by_index(5).unwrap(),
        })
        .collect()
}

/// A tally of the program in the words of the recount.
pub(crate) fn rows_of(tally: &Tally, key: &[i64], rows: &mut Rows) {
    let mut put = |item: i64, second: i64, counts: Vec<i64>| {
        if counts.iter().any(|n| *n != 0) {
            rows.insert([key, &[item, second]].concat(), counts);
        }
    };
    for (item, t) in (0..).zip(&tally.items) {
        let counts = [&[t.blank, t.not_applicable][..], &t.levels, &[t.sum, t.sum_squares]].concat();
        put(item, 0, counts);
    }
    let pairs = (1..=5).flat_map(|a| (a + 1..=5).map(move |b| (a, b)));
    for ((a, b), t) in pairs.zip(&tally.pairs) {
        put(a, b, vec![t.both, t.both_second, t.both_first, t.satisfied_both]);
    }
}

/// Everything the office can ask for, against the recount, for some units and periods.
async fn office_is_right(world: &World, forms: &[Form], today: Day, draws: &mut Draws) {
    let snapshot = world.snapshot().await;
    for _ in 0..4 {
        let (unit, _, _) = draws.pick(&UNITS);
        let from = today.plus(-i32::try_from(draws.below(60)).unwrap());
        let period = Period::new(from, from.plus(i32::try_from(draws.below(60)).unwrap())).unwrap();
        let found = tallies::for_office(&world.db, &snapshot, UnitId(unit), period).await.unwrap();
        let mut rows = Rows::new();
        for (key, tally) in &found {
            let codes = [key.level.code(), key.channel.code(), key.field.0].map(i64::from);
            rows_of(tally, &codes, &mut rows);
        }
        let expected = recount::office(forms, unit, period);
        assert_eq!(rows, expected, "unit {unit}, {} to {}", period.from.iso(), period.to.iso());
    }
}

/// The answers of the database are the forms that were sent, each once.
async fn answers_are_the_forms(world: &World, forms: &[Form]) {
    let snapshot = world.snapshot().await;
    let far = Day(40_000);
    let mut found: Vec<CountedAnswer> = answers::sealed_answers(world.db.reader(), world.province, far).await.unwrap();
    found.extend(answers::open_answers(world.db.reader(), world.province, far).await.unwrap());
    let mut found: Vec<Form> = found
        .into_iter()
        .map(|answer| Form {
            day: answer.day,
            point: answer.point,
            deciding_unit: answer.deciding_unit,
            level: answer.level.code(),
            channel: answer.channel.code(),
            field: answer.field.0,
            answers: decode(&snapshot.editions.get(answer.edition).unwrap().edition, &answer.answers).unwrap(),
        })
        .collect();
    let mut forms = forms.to_vec();
    for list in [&mut found, &mut forms] {
        list.sort_by_key(|form| format!("{form:?}"));
    }
    assert_eq!(found, forms);
}

fn draw(
    world: &World,
    edition: &std::sync::Arc<thuocdo::registry::InstalledEdition>,
    name: u64,
    day: Day,
    draws: &mut Draws,
) -> Submission {
    let mut form = world.form(edition, name, day);
    // The first points take most of the answers, so that there are full blocks as well as remainders.
    let (a, b) = (draws.below(8), draws.below(8));
    form.point = PointId(POINTS[usize::try_from(a.min(b)).unwrap()].0);
    form.deciding_unit = UnitId(draws.pick(&[0, 0, 3]));
    form.field = FieldId(draws.pick(&[1, 1, 1, 2]));
    form.channel = draws.pick(&[Channel::CounterQr, Channel::Paper]);
    form.level = draws.pick(&[Level::B, Level::D, Level::D]);
    form.answers = draws.sheet();
    form
}

#[tokio::test]
async fn cells_sums_and_figures_are_what_a_recount_gives() {
    for world in databases().await {
        let edition = world.with_town().await;
        let mut draws = Draws::of(77);
        let mut forms: Vec<Form> = Vec::new();
        let mut sent: Vec<Submission> = Vec::new();
        let mut sealed = Day(0);
        for case in 0..CASES {
            let month = Day::of(2026, 1, 1).unwrap().half().0 + 2 * i32::try_from(case).unwrap();
            let first = Half(month).first().plus(4 + i32::try_from(draws.below(8)).unwrap());
            let last = first.plus(11 + i32::try_from(draws.below(6)).unwrap());
            let busy = 4 + draws.below(40);
            for day in (first.0..=last.0).map(Day) {
                for _ in 0..=draws.below(2) {
                    let mut batch: Vec<Submission> = Vec::new();
                    for _ in 0..draws.below(busy) {
                        let name = u64::try_from(sent.len() + batch.len()).unwrap();
                        batch.push(draw(&world, &edition, name, day, &mut draws));
                    }
                    let mut again = Vec::new();
                    for _ in 0..draws.below(4) {
                        if let Some(at) = draws.below(sent.len() as u64 + 1).checked_sub(1) {
                            let mut form = sent[usize::try_from(at).unwrap()].clone();
                            // A key older than 30 days may be forgotten: the web does not accept it either.
                            if form.key.opened().plus(20) > day {
                                if draws.below(2) == 0 {
                                    form.answers = vec![Answer::Level(1); 5];
                                    form.answers.push(Answer::Number(1));
                                }
                                again.push(form);
                            }
                        }
                    }
                    if let Some(first) = batch.first() {
                        again.push(first.clone());
                    }
                    let outcomes = world.stores(day, &[batch.as_slice(), &again].concat()).await;
                    for (at, outcome) in outcomes.iter().enumerate() {
                        assert_eq!(matches!(outcome, Outcome::Stored(_)), at < batch.len(), "{outcome:?}");
                    }
                    forms.extend(batch.iter().map(|submission| Form::of(submission, day)));
                    sent.extend(batch);
                }
                if draws.below(3) == 0 {
                    let through = day.plus(-i32::try_from(draws.below(4)).unwrap()).max(sealed);
                    seal::seal(&world.db, world.province, through, day.plus(1)).await.unwrap();
                    sealed = through;
                    office_is_right(&world, &forms, day, &mut draws).await;
                }
            }
            office_is_right(&world, &forms, last, &mut draws).await;
            // What is older than the case before is looked at again with the last case.
            let from = if case == CASES - 1 { Half(0) } else { Half(month - 2) };
            let recent: Vec<Form> = forms.iter().filter(|form| form.day.half() >= from).cloned().collect();
            let days = format!("day >= {}", from.first().0);
            assert_eq!(table(&world, "cell", CELL_KEY, &days).await, recount::cells(&recent), "cells, case {case}");
            let blocks = blocks(&world, from).await;
            let holdings = recount::holdings(&recent, &blocks, sealed);
            let halves = format!("half >= {}", from.0);
            let figures = table(&world, "figure", FIGURE_KEY, &halves).await;
            assert_eq!(figures, recount::figures(&holdings), "figures, case {case}");
            let parts = table(&world, "figure_part", PART_KEY, &halves).await;
            assert_eq!(parts, recount::parts(&holdings), "parts of figures, case {case}");
        }
        answers_are_the_forms(&world, &forms).await;
        let blocks = blocks(&world, Half(0)).await;
        assert!(blocks.iter().filter(|block| block.node > 0).count() > 50, "enough blocks of points to prove anything");
        assert!(blocks.iter().filter(|block| block.node < 0).count() > 20, "enough pooled blocks to prove anything");
        world.close().await;
    }
}
