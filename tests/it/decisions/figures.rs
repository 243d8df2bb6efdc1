//! Figures after moves: net zero where both points lie below, −M and +M on the two sides, and an adversary who reads every
//! raw and cleaned figure after every approval.

use std::collections::BTreeMap;

use sea_orm::DbBackend;
use thuocdo::collect::seal;
use thuocdo::decisions;
use thuocdo::words::{Channel, Day, DecisionId, FieldId, Level, PointId, UnitId};

use super::exclusions::{excluding, restoring};
use super::{asked, day, morning, who};
use crate::proof::counts::rows;
use crate::proof::{Draws, POINTS, UNITS};
use crate::world::{World, databases};

const K: i64 = 10;
const KEY: &str = "unit, level, half";

/// All items and pairs of figures by unit, level, half, item and second item.
type Figures = BTreeMap<Vec<i64>, Vec<i64>>;

async fn figures(world: &World, adj: i16) -> Figures {
    rows(world, "figure", KEY, &format!("adj = {adj}")).await
}

/// Forms behind the figures of one kind, by unit, level and half. Every item has as many as there are forms.
pub(super) async fn forms(world: &World, adj: i16) -> BTreeMap<(i64, i64, i64), i64> {
    let mut forms: BTreeMap<(i64, i64, i64), Vec<i64>> = BTreeMap::new();
    for (key, counts) in figures(world, adj).await {
        if key[4] == 0 {
            forms.entry((key[0], key[1], key[2])).or_default().push(counts[..9].iter().sum());
        }
    }
    forms
        .into_iter()
        .map(|(key, items)| {
            assert!(items.iter().all(|n| *n == items[0]), "{key:?}: {items:?}");
            (key, items[0])
        })
        .collect()
}

/// Raw − out + in.
async fn cleaned(world: &World) -> Figures {
    let mut sum = figures(world, 0).await;
    for (adj, sign) in [(2, -1), (3, 1)] {
        for (key, counts) in figures(world, adj).await {
            let figure = sum.entry(key).or_insert_with(|| vec![0; counts.len()]);
            figure.iter_mut().zip(&counts).for_each(|(mine, n)| *mine += sign * n);
        }
    }
    sum.retain(|_, counts| counts.iter().any(|n| *n != 0));
    sum
}

fn of_unit(figures: &Figures, unit: i64) -> Figures {
    figures.iter().filter(|(key, _)| key[0] == unit).map(|(key, n)| (key[1..].to_vec(), n.clone())).collect()
}

#[tokio::test]
async fn what_leaves_one_side_comes_to_the_other_and_the_province_stays_as_it_was() {
    for world in databases().await {
        let edition = world.with_department().await;
        world.answered(&edition, 11, 2, 12).await;
        world.answered(&edition, 11, 3, 15).await;
        world.answered(&edition, 15, 4, 20).await;
        world.seals().await;
        let before = figures(&world, 0).await;
        world.moves(&asked(11, 15, 1, 2)).await;
        assert_eq!(figures(&world, 0).await, before, "raw figures stay");
        let (out, into) = (figures(&world, 2).await, figures(&world, 3).await);
        let units = |figures: &Figures| figures.keys().map(|key| key[0]).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(units(&out).into_iter().collect::<Vec<_>>(), [2, 4], "both below the province");
        assert_eq!(units(&into).into_iter().collect::<Vec<_>>(), [3]);
        let moved = of_unit(&out, 4);
        assert_eq!((of_unit(&out, 2), of_unit(&into, 3)), (moved.clone(), moved.clone()));
        assert!(moved.keys().any(|key| key[3] > 0), "pairs go along");
        let after = cleaned(&world).await;
        assert_eq!(of_unit(&after, 1), of_unit(&before, 1), "net zero above both");
        let n = |figures: &Figures, unit| {
            of_unit(figures, unit).iter().find(|(k, _)| k[2] == 0).map_or(0, |(_, c)| c.iter().sum())
        };
        assert_eq!((n(&after, 4), n(&after, 2), n(&after, 3), n(&after, 1)), (15, 15, 32, 47));
        // A line agency is counted for itself alone: what moves there leaves the province.
        world.moves(&asked(11, 16, 3, 3)).await;
        let after = cleaned(&world).await;
        assert_eq!((n(&after, 4), n(&after, 2), n(&after, 6), n(&after, 1)), (0, 0, 15, 32));
        world.close().await;
    }
}

#[tokio::test]
async fn a_block_that_would_be_cut_too_small_stays_in_the_figures_and_moves_in_the_cells() {
    for world in databases().await {
        let edition = world.with_department().await;
        for (on, n) in [(2, 6), (3, 10), (4, 12)] {
            world.answered(&edition, 11, on, n).await;
        }
        // One block of 28 forms.
        world.seals().await;
        let cells = async |adj: i16| -> i64 {
            let found = rows(&world, "cell", "day", &format!("adj = {adj} AND item = 0")).await;
            found.values().flat_map(|counts| &counts[..9]).sum()
        };
        world.moves(&asked(11, 15, 2, 2)).await;
        assert_eq!((cells(2).await, cells(3).await), (6, 6));
        assert!(figures(&world, 2).await.is_empty() && figures(&world, 3).await.is_empty(), "six would move");
        world.moves(&asked(11, 13, 3, 3)).await;
        assert_eq!(forms(&world, 2).await.values().collect::<Vec<_>>(), [&10], "to the site beside it");
        assert_eq!((cells(2).await, cells(3).await), (16, 16));
        world.moves(&asked(11, 15, 4, 4)).await;
        assert_eq!(forms(&world, 3).await.values().sum::<i64>(), 10, "six would be left alone");
        assert_eq!((cells(2).await, cells(3).await), (28, 28));
        world.close().await;
    }
}

#[tokio::test]
async fn a_simulation_moves_whatever_there_is() {
    for world in databases().await {
        let edition = world.with_department().await;
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        sea_orm::ConnectionTrait::execute_unprepared(&owner, "UPDATE installation SET simulated = TRUE").await.unwrap();
        owner.close().await.unwrap();
        world.answered(&edition, 11, 2, 1).await;
        world.answered(&edition, 11, 3, 2).await;
        world.seals().await;
        world.moves(&asked(11, 15, 2, 2)).await;
        assert_eq!(forms(&world, 3).await.values().collect::<Vec<_>>(), [&1]);
        world.close().await;
    }
}

#[tokio::test]
async fn pairs_of_a_long_form_move_with_their_forms() {
    for world in databases().await {
        world.with_department().await;
        let snapshot = world.snapshot().await;
        let edition = snapshot.editions.iter().find(|e| e.edition.pairs_from_answers()).unwrap().clone();
        let mut draws = Draws::of(5);
        let ratings: Vec<bool> = edition.edition.numbered().map(|(_, item)| item.rating().is_some()).collect();
        for (on, n) in [(2, 14), (3, 13)] {
            let batch: Vec<_> = (0..n)
                .map(|serial| {
                    let mut form = world.form(&edition, u64::try_from(on * 100 + serial).unwrap(), day(on));
                    form.level = Level::A;
                    form.answers = ratings
                        .iter()
                        .map(|is_rating| {
                            if *is_rating {
                                thuocdo::questionnaire::Answer::Level(u8::try_from(1 + draws.below(5)).unwrap())
                            } else {
                                thuocdo::questionnaire::Answer::Blank
                            }
                        })
                        .collect();
                    form
                })
                .collect();
            world.stores(day(on), &batch).await;
        }
        world.seals().await;
        let before = of_unit(&figures(&world, 0).await, 4);
        world.moves(&asked(11, 15, 2, 2)).await;
        let (out, into) = (of_unit(&figures(&world, 2).await, 4), of_unit(&figures(&world, 3).await, 3));
        let rated = edition.edition.ratings().count();
        let pairs = |figures: &Figures| figures.keys().filter(|key| key[3] > 0).count();
        assert_eq!((pairs(&out), out.clone()), (rated * (rated - 1) / 2, into));
        assert_eq!(pairs(&before), pairs(&out));
        assert!(out.iter().filter(|(key, _)| key[3] > 0).all(|(_, counts)| counts[0] == 14), "both answered by all");
        world.close().await;
    }
}

fn isolates_nobody(difference: i64) -> bool {
    difference == 0 || difference.abs() >= K
}

type Shown = BTreeMap<(i64, i64, i64), i64>;

/// Raw, excluded, moved out, moved in.
type All = [Shown; 4];

/// Forms behind what pages show.
async fn shown(world: &World) -> All {
    [forms(world, 0).await, forms(world, 1).await, forms(world, 2).await, forms(world, 3).await]
}

/// Compares what is shown now, raw and cleaned, with what was shown before, in time and down the tree.
fn compare(now: &All, before: &All, step: usize) {
    let keys: std::collections::BTreeSet<_> = now.iter().flat_map(BTreeMap::keys).copied().collect();
    let n = |shown: &Shown, key| shown.get(&key).copied().unwrap_or(0);
    let cleaned = |shown: &All, key| n(&shown[0], key) - n(&shown[1], key) - n(&shown[2], key) + n(&shown[3], key);
    for key in keys {
        for kind in 0..4 {
            let (is, was) = (n(&now[kind], key), n(&before[kind], key));
            // Exclusions alone are taken back.
            assert!(is >= was || kind == 1, "step {step}, kind {kind}: {key:?} {was} to {is}");
            assert!(
                isolates_nobody(is - was) && matches!(is, 0 | K..),
                "step {step}, kind {kind}: {key:?} {was} to {is}"
            );
        }
        assert!(isolates_nobody(cleaned(now, key) - cleaned(before, key)), "step {step}: {key:?}");
        assert!(matches!(cleaned(now, key), 0 | K..), "step {step}: {key:?} cleaned");
        let (unit, level, half) = key;
        let children = || UNITS.iter().filter(|(child, parent, _)| i64::from(*parent) == unit && *child != 6);
        let below = |of: &dyn Fn((i64, i64, i64)) -> i64| -> i64 {
            children().map(|(child, ..)| of((i64::from(*child), level, half))).sum()
        };
        let (raw, clean) = (below(&|key| n(&now[0], key)), below(&|key| cleaned(now, key)));
        assert!(matches!(n(&now[0], key) - raw, 0 | K..), "step {step}: {key:?} raw beside its parts");
        // The units below hold what came to them from outside the province, and a unit what left them for nowhere below.
        assert!(isolates_nobody(cleaned(now, key) - clean), "step {step}: {key:?} cleaned beside its parts");
    }
}

/// Approvals of an ordinary run; `ADVERSARY_MOVES` names another number.
const MOVES: usize = 150;

#[tokio::test]
async fn no_difference_of_raw_and_cleaned_figures_isolates_fewer_than_k() {
    #[expect(clippy::disallowed_methods, reason = "a test has no settings; the length is chosen by whoever runs it")]
    let most = std::env::var("ADVERSARY_MOVES").map_or(MOVES, |number| number.parse().unwrap());
    for world in databases().await {
        if world.db.reader().get_database_backend() != DbBackend::Sqlite {
            world.close().await;
            continue;
        }
        let edition = world.with_department().await;
        let mut draws = Draws::of(31);
        let (mut steps, mut grown, mut cut) = (0, 0, 0);
        let mut month = 0;
        let mut before = shown(&world).await;
        let (mut restored, mut excluded) = (0, 0);
        while steps < most {
            // A half-month of forms, sealed now and then, so that blocks of all sizes stand side by side.
            let first_day = Day(20_000).plus(month * 31).half().first();
            month += 1;
            let mixed = draws.pick(&[1, 1, 4]);
            let channels = [Channel::CounterQr, Channel::CounterQr, Channel::CounterQr, Channel::Paper];
            let days = first_day.half().last().0 - first_day.0 + 1;
            for on in (0..days).map(|on| first_day.plus(on)) {
                let busy = draws.pick(&[0, 3, 20, 60]);
                let batch: Vec<_> = (0..draws.below(busy + 1))
                    .map(|serial| {
                        let mut form = world.form(&edition, u64::try_from(on.0).unwrap() * 1_000 + serial, on);
                        form.point = PointId(draws.pick(&[11, 11, 11, 13, 14, 15, 17]));
                        form.level = draws.pick(&[Level::B, Level::D, Level::D, Level::D]);
                        form.channel = draws.pick(&channels[..mixed]);
                        form.field = FieldId(1);
                        form.deciding_unit = UnitId(0);
                        form.answers = draws.sheet();
                        form
                    })
                    .collect();
                world.stores(on, &batch).await;
                if draws.below(4) == 0 {
                    seal::seal(&world.db, world.province, on, on.plus(1)).await.unwrap();
                }
            }
            let end = first_day.half().last();
            seal::seal(&world.db, world.province, end, end.plus(1)).await.unwrap();
            let grown_figures = shown(&world).await;
            compare(&grown_figures, &before, steps);
            before = grown_figures;
            let mut held: Vec<DecisionId> = Vec::new();
            for _ in 0..9 {
                let begins = first_day.plus(i32::try_from(draws.below(u64::try_from(days).unwrap())).unwrap());
                let ends = begins.plus(i32::try_from(draws.below(14)).unwrap()).min(end);
                let now = morning(end.plus(2));
                let (one, two) = (who(1, 20, now), who(2, 20, now));
                let (from, to) = (draws.pick(&[11, 11, 11, 13, 14, 15]), draws.pick(&POINTS).0);
                let proposed = match draws.below(3) {
                    0 => {
                        let mut proposal = asked(from, to, 1, 1);
                        (proposal.day_from, proposal.day_to) = (begins, ends);
                        decisions::propose_move(&world.db, world.province, &one, &proposal).await
                    }
                    1 if !held.is_empty() => {
                        let back = held.swap_remove(usize::try_from(draws.below(held.len() as u64)).unwrap());
                        restored += 1;
                        decisions::propose_restoration(&world.db, world.province, &one, &restoring(back)).await
                    }
                    _ => {
                        let channel = draws.pick(&[None, None, Some(Channel::CounterQr), Some(Channel::Paper)]);
                        let mut proposal = excluding(from, draws.pick(&[Level::B, Level::D, Level::D]), 1, 1);
                        (proposal.day_from, proposal.day_to, proposal.channel) = (begins, ends, channel);
                        let id = decisions::propose_exclusion(&world.db, world.province, &one, &proposal).await;
                        held.extend(id.as_ref().ok().copied());
                        excluded += usize::from(id.is_ok());
                        id
                    }
                };
                let Ok(id) = proposed else { continue };
                decisions::approve(&world.db, world.province, &two, id).await.unwrap();
                steps += 1;
                let now = shown(&world).await;
                compare(&now, &before, steps);
                grown += usize::from(now != before);
                cut += usize::from(now != before && ends < end);
                before = now;
            }
        }
        assert!(excluded > most / 5 && restored > most / 20, "{excluded} exclusions, {restored} taken back");
        assert!(grown > most / 10 && cut > 5, "{grown} of {steps} approvals moved figures, {cut} may have cut a block");
        println!(
            "{steps} approvals ({excluded} exclusions, {restored} taken back), {grown} changed figures, {cut} of them may have cut a block, {} figures",
            before[0].len()
        );
        world.close().await;
    }
}
