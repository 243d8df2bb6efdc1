//! Which answers are in a file, in which order, and what stands beside them.

use std::collections::{BTreeMap, HashMap};

use thuocdo::export::{Asked, Format, Plan, editions_of};
use thuocdo::index::Source;
use thuocdo::publish::figures::{self, Figures};
use thuocdo::store::counts::Count;
use thuocdo::store::figures as stored;
use thuocdo::words::{Level, Period, UnitId};

use super::{FIRST, file, fill, read};
use crate::world::databases;

fn periods() -> Vec<Period> {
    let half = FIRST.half();
    let of = |from: i32, to: i32| Period {
        from: thuocdo::words::Half(half.0 + from).first(),
        to: thuocdo::words::Half(half.0 + to).last(),
    };
    vec![of(0, 0), of(1, 1), of(0, 3), of(2, 5)]
}

/// “list = export = statistics”: rows, and per item the satisfied and the answered, of units, levels and periods.
#[tokio::test]
async fn a_file_has_as_many_rows_and_answers_as_the_figures() {
    for world in databases().await {
        let snapshot = fill(&world, "counter", 80, 26, 7).await;
        let edition = snapshot.editions.in_force("counter", FIRST).unwrap().clone();
        let (mut compared, mut rows_seen) = (0, 0);
        for period in periods() {
            for unit in [1, 2, 3, 4, 5, 6, 7].map(UnitId) {
                for level in [None, Some(Level::A), Some(Level::B), Some(Level::D)] {
                    let asked = Asked { unit, period, edition: edition.number, level };
                    let rows = read(&file(&world, &snapshot, asked, Format::Csv).await);
                    let halves = (period.from.half(), period.to.half());
                    let found = stored::by_half(world.db.reader(), world.province, unit, None, halves).await.unwrap();
                    let counted = |item: i16| {
                        found.iter().filter(move |(key, _)| level.is_none_or(|level| level == key.level)).filter_map(
                            move |(_, count)| match count {
                                Count::Item(number, tally) if *number == item => Some(*tally),
                                _ => None,
                            },
                        )
                    };
                    let forms: i64 = counted(0).map(|tally| tally.answered() + tally.blank).sum();
                    assert_eq!(rows.len(), usize::try_from(forms).unwrap(), "{unit:?} {level:?} {period:?}");
                    for (number, item) in edition.edition.numbered() {
                        let number = i16::try_from(number).unwrap();
                        let cells: Vec<&str> = rows.iter().map(|row| row[item.code()].as_str()).collect();
                        let is_level = |cell: &&&str| !cell.is_empty() && **cell != "na" && **cell != "not_asked";
                        let answered = cells.iter().filter(is_level).count();
                        let not_applicable = cells.iter().filter(|cell| ["na", "not_asked"].contains(*cell)).count();
                        let blank = cells.iter().filter(|cell| cell.is_empty()).count();
                        let expected = |of: fn(&thuocdo::questionnaire::ItemTally) -> i64| -> usize {
                            usize::try_from(counted(number).map(|tally| of(&tally)).sum::<i64>()).unwrap()
                        };
                        assert_eq!(answered, expected(thuocdo::questionnaire::ItemTally::answered));
                        assert_eq!((blank, not_applicable), (expected(|t| t.blank), expected(|t| t.not_applicable)));
                        if let Some(rating) = item.rating() {
                            let satisfied =
                                cells.iter().filter(|cell| rating.satisfied.iter().any(|l| l.to_string() == ***cell));
                            let known: i64 = counted(number).map(|tally| tally.at(&rating.satisfied)).sum();
                            assert_eq!(satisfied.count(), usize::try_from(known).unwrap(), "{}", item.code());
                        } else {
                            let sum: i64 = cells.iter().filter_map(|cell| cell.parse::<i64>().ok()).sum();
                            assert_eq!(sum, counted(number).map(|tally| tally.sum).sum::<i64>());
                        }
                        compared += 1;
                    }
                    rows_seen += rows.len();
                }
            }
        }
        println!("{compared} items of files compared with figures, {rows_seen} rows");
        assert!(compared > 500 && rows_seen > 5_000, "{compared} {rows_seen}");
        let pages = Figures::default();
        for unit in [1, 2, 6].map(UnitId) {
            let period = periods()[2];
            let shown = pages
                .of_unit(&world.db, &snapshot, figures::Asked::all(unit, period, None), FIRST.plus(100))
                .await
                .unwrap();
            for level in [Level::A, Level::B, Level::D] {
                let asked = Asked { unit, period, edition: edition.number, level: Some(level) };
                let plan = Plan::make(world.db.reader(), &snapshot, asked).await.unwrap();
                assert_eq!(shown.source(Source::Level(level)).map_or(0, |source| source.forms), plan.rows);
            }
            let all = editions_of(world.db.reader(), &snapshot, unit, period, None).await.unwrap();
            assert_eq!(
                all.into_values().sum::<u64>(),
                shown.sources.iter().filter(|s| s.source != Source::Headline).map(|s| s.forms).sum::<u64>()
            );
        }
        world.close().await;
    }
}

/// Whoever reads everything of the surroundings of a row finds nine others alike; and what pages do not divide, no file does.
#[tokio::test]
async fn whoever_combines_the_surroundings_of_a_row_finds_ten_alike() {
    for (edition, seed) in [("counter", 3), ("sipas_policy_service", 5)] {
        for world in databases().await {
            let snapshot = fill(&world, edition, 30, 60, seed).await;
            let installed = snapshot.editions.in_force(edition, FIRST).unwrap().clone();
            let period = Period { from: FIRST.half().first(), to: FIRST.plus(29).half().last() };
            let asked = Asked { unit: UnitId(1), period, edition: installed.number, level: None };
            let csv = file(&world, &snapshot, asked, Format::Csv).await;
            let rows = read(&csv);
            assert!(rows.len() > 100);
            let choices: Vec<String> = installed
                .edition
                .numbered()
                .filter_map(|(_, item)| match item {
                    thuocdo::questionnaire::Item::Choice(choice) if !choice.sensitive && !choice.several => {
                        Some(choice.code.clone())
                    }
                    _ => None,
                })
                .collect();
            let fixed = ["don_vi", "tu_ngay", "muc", "kenh", "linh_vuc", "co_quan"].map(str::to_owned);
            let told = |row: &HashMap<String, String>| -> Vec<String> {
                fixed.iter().chain(&choices).map(|name| row[name].clone()).collect()
            };
            let mut alike: BTreeMap<Vec<String>, usize> = BTreeMap::new();
            for row in &rows {
                *alike.entry(told(row)).or_default() += 1;
            }
            assert!(alike.values().all(|n| *n >= 10), "{:?}", alike.iter().find(|(_, n)| **n < 10));
            let divided = rows.iter().filter(|row| !row["kenh"].is_empty()).count();
            println!("{edition}: {} rows, {} groups, channel told in {divided}", rows.len(), alike.len());
            let text = String::from_utf8(csv).unwrap();
            assert!(!text.contains("Góp ý") && !text.contains("Q11"));
            world.close().await;
        }
    }
}

/// The order of rows is that of what they hold: it is the same whatever the order of arrival was.
#[tokio::test]
async fn the_place_of_a_row_says_nothing_that_the_row_does_not_say() {
    for world in databases().await {
        let snapshot = fill(&world, "counter", 28, 40, 11).await;
        let edition = snapshot.editions.in_force("counter", FIRST).unwrap().number;
        let period = Period { from: FIRST.half().first(), to: FIRST.plus(27).half().last() };
        let asked = Asked { unit: UnitId(1), period, edition, level: None };
        let csv = file(&world, &snapshot, asked, Format::Csv).await;
        let again = file(&world, &snapshot, asked, Format::Csv).await;
        assert_eq!(csv, again, "the same answers make the same file");
        let rows = read(&csv);
        let names = ["tu_ngay", "don_vi", "muc"];
        let head = std::str::from_utf8(&csv).unwrap().lines().next().unwrap().trim_start_matches('\u{feff}').to_owned();
        let columns: Vec<&str> = head.split(',').collect();
        let parts = ["co_quan", "linh_vuc", "kenh"];
        let items = columns.iter().skip(8).take_while(|name| **name != "trong_so");
        let order: Vec<&str> = names.into_iter().chain(items.copied()).collect();
        // Within one group of surroundings, rows stand by their answers alone: blanks first, then "na", then numbers.
        let rank = |cell: &str| match cell {
            "" => -9,
            "na" => -8,
            "not_asked" => -7,
            "not_split" => -6,
            number => number.parse::<i64>().unwrap_or(0),
        };
        let key = |row: &HashMap<String, String>| -> (Vec<String>, Vec<i64>) {
            let group = names.iter().chain(&parts).map(|name| row[*name].clone()).collect();
            (group, order.iter().skip(3).map(|name| rank(&row[*name])).collect())
        };
        let mut neighbours = 0;
        for pair in rows.windows(2) {
            let (one, two) = (key(&pair[0]), key(&pair[1]));
            if one.0 == two.0 {
                assert!(one.1 <= two.1, "{one:?} {two:?}");
                neighbours += 1;
            }
        }
        assert!(neighbours > 100);
        world.close().await;
    }
}

#[tokio::test]
async fn nothing_is_exported_where_blocks_and_figures_differ() {
    for world in databases().await {
        let snapshot = fill(&world, "counter", 16, 40, 13).await;
        let edition = snapshot.editions.in_force("counter", FIRST).unwrap().number;
        let period = Period { from: FIRST.half().first(), to: FIRST.half().last() };
        let asked = Asked { unit: UnitId(1), period, edition, level: None };
        assert!(Plan::make(world.db.reader(), &snapshot, asked).await.unwrap().rows > 0);
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        sea_orm::ConnectionTrait::execute_unprepared(&owner, "UPDATE block SET n = n + 1 WHERE level = 4")
            .await
            .unwrap();
        owner.close().await.unwrap();
        let error = Plan::make(world.db.reader(), &snapshot, asked).await.unwrap_err();
        assert!(error.to_string().contains("nothing is exported"), "{error}");
        world.close().await;
    }
}
