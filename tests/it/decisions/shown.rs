//! What people see of a move: the pages of both units, receipts, the index, the list of decisions.

use std::time::{Duration, Instant};

use serde_json::Value;
use thuocdo::collect::Submission;
use thuocdo::collect::storing::Outcome;
use thuocdo::decisions;
use thuocdo::questionnaire::Answer;
use thuocdo::record::Receipt;
use thuocdo::text::decision::moved as words;
use thuocdo::text::refusal;
use thuocdo::words::{Lang, Level, PointId};

use super::editions::own;
use super::exclusions::excluding;
use super::{asked, day, second};
use crate::program::Home;
use crate::program::form::field;
use crate::program::http::Client;
use crate::world::{World, databases};

/// Forms of one point on one day: satisfied with everything, or with nothing. Their receipts.
async fn answered(world: &World, point: i32, on: i32, (yes, no): (u64, u64)) -> Vec<Receipt> {
    let edition = world.snapshot().await.editions.in_force("counter", day(on)).unwrap().clone();
    let forms: Vec<Submission> = (0..yes + no)
        .map(|serial| {
            let mut form = world.form(&edition, u64::try_from(point * 100_000 + on * 1_000).unwrap() + serial, day(on));
            (form.point, form.level) = (PointId(point), Level::B);
            form.answers = vec![Answer::Level(if serial < yes { 5 } else { 1 }); 5];
            form.answers.push(Answer::Blank);
            form
        })
        .collect();
    let outcomes = world.stores(day(on), &forms).await;
    let receipt =
        |outcome: Outcome| if let Outcome::Stored(receipt) = outcome { receipt } else { panic!("{outcome:?}") };
    outcomes.into_iter().map(receipt).collect()
}

/// The words of a page, without markup.
fn page(client: &mut Client, path: &str) -> String {
    let answer = client.get(path).unwrap();
    assert_eq!(answer.status, 200, "{path}");
    text(&answer.text())
}

fn text(page: &str) -> String {
    let words: Vec<&str> = page.split('<').filter_map(|part| part.split_once('>').map(|(_, words)| words)).collect();
    words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The section on moved forms; empty where there is none.
fn section(page: &str) -> String {
    let Some((_, rest)) = page.rsplit_once(words::LEAD.vi) else { return String::new() };
    rest.split("Chỉ tiêu đang áp dụng").next().unwrap_or_default().to_owned()
}

fn receipt_page(client: &mut Client, receipt: &Receipt) -> String {
    let answer = client.post("/bien-nhan", &[field("ma", &receipt.to_string())]).unwrap();
    assert_eq!(answer.status, 200);
    text(&answer.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn both_units_show_raw_and_cleaned_and_the_receipt_names_the_right_point() {
    for world in databases().await {
        world.with_department().await;
        let wrong = answered(&world, 11, 2, (0, 20)).await;
        let right = answered(&world, 11, 3, (30, 10)).await;
        answered(&world, 15, 5, (25, 5)).await;
        answered(&world, 13, 2, (6, 0)).await;
        answered(&world, 13, 3, (8, 4)).await;
        world.seals().await;
        let home = Home::with(&world.url, &world.keys);
        let server = home.serve();
        let mut client = server.client();
        let id = world.proposes(&asked(11, 15, 1, 2)).await;
        assert_eq!(section(&page(&mut client, "/don-vi/U4?ky=2025")), "", "nothing moves before the second person");
        decisions::approve(&world.db, world.province, &second(), id).await.unwrap();
        world.moves(&asked(13, 15, 2, 2)).await;
        let began = Instant::now();
        let losing = loop {
            let seen = page(&mut client, "/don-vi/U4?ky=2025");
            if !section(&seen).is_empty() || began.elapsed() > Duration::from_secs(20) {
                break seen;
            }
            std::thread::sleep(Duration::from_millis(200));
        };
        assert!(losing.contains("50,0% khoảng tin cậy"), "the headline stays raw: {losing}");
        let told = section(&losing);
        for words in [
            "Từ Quầy 11, Đơn vị 4 về Quầy 15, Đơn vị 3, phiếu từ ngày 01/3/2025 đến hết ngày 02/3/2025.",
            "Lý do: mã QR bị treo nhầm chỗ. Một người đề xuất, một người khác phê duyệt ngày 09/4/2025",
            "20 phiếu ghi nhận tại đơn vị này trong kỳ được chuyển về nơi đúng.",
            "Số liệu gốc 60 50,0% từ",
            "Sau khi chuyển 40 75,0% từ",
            "Sau khi chuyển: ",
        ] {
            assert!(told.contains(words), "“{words}” is missing in: {told}");
        }
        assert!(!told.contains("về đơn vị này"), "{told}");
        let gaining = section(&page(&mut client, "/don-vi/U3?ky=2025"));
        for words in ["20 phiếu ghi nhận ở nơi khác", "Số liệu gốc 30 83,3% từ", "Sau khi chuyển 50 50,0% từ"]
        {
            assert!(gaining.contains(words), "“{words}” is missing in: {gaining}");
        }
        // Six forms of a block of eighteen cannot be told apart.
        let few = section(&page(&mut client, "/don-vi/U5?ky=2025"));
        assert!(few.contains(&words::few(Lang::Vi, 10)) && few.contains("Quầy 13") && !few.contains('%'), "{few}");
        for untouched in ["/don-vi/U1?ky=2025", "/don-vi/U4?ky=2024", "/don-vi/U6?ky=2025", "/don-vi/D20?ky=2025"] {
            assert_eq!(section(&page(&mut client, untouched)), "", "{untouched}");
        }
        let english = page(&mut client, "/don-vi/U4?ky=2025&lang=en");
        assert!(english.contains(words::LEAD.en) && english.contains("After the move 40 75.0%"), "{english}");
        let moved = refusal::receipt_moved(Lang::Vi, "Quầy 15, Đơn vị 3");
        assert!(receipt_page(&mut client, &wrong[7]).contains(&moved));
        assert!(!receipt_page(&mut client, &right[7]).contains("treo nhầm chỗ"));
        assert_eq!(server.stop(), Some(0));
        world.close().await;
    }
}

fn estimate<'v>(json: &'v Value, domain: &Value) -> Option<&'v Value> {
    let estimates = json["estimates"].as_array().unwrap();
    estimates.iter().find(|e| e["measure"] == "composite" && e["level"] == "headline" && e["domain"] == *domain)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_gives_cleaned_estimates_under_a_domain_of_their_own() {
    for world in databases().await {
        world.with_department().await;
        answered(&world, 11, 2, (0, 20)).await;
        answered(&world, 11, 3, (30, 10)).await;
        answered(&world, 13, 2, (6, 0)).await;
        answered(&world, 13, 3, (8, 4)).await;
        world.seals().await;
        let home = Home::with(&world.url, &world.keys);
        let index = |unit: &str, format: &str| {
            let period = ["--from", "2025-03-01", "--to", "2025-03-31"];
            home.does(&[&["index", "--measure", "counter", "--unit", unit, "--format", format][..], &period].concat())
        };
        let json = |unit: &str| -> Value { serde_json::from_str(&index(unit, "json")).unwrap() };
        let domain = serde_json::json!({ "counts": "cleaned" });
        let before = json("U4");
        assert!(estimate(&before, &domain).is_none());
        world.moves(&asked(11, 15, 2, 2)).await;
        world.moves(&asked(13, 15, 2, 2)).await;
        for (unit, raw, cleaned) in [("U4", Some(60), Some(40)), ("U3", None, Some(26)), ("U5", Some(18), Some(12))] {
            let json = json(unit);
            let n = |domain| estimate(&json, domain).and_then(|e| e["n"].as_u64());
            assert_eq!((n(&Value::Null), n(&domain)), (raw, cleaned), "{unit}: exact, whatever pages can show");
        }
        let after = json("U4");
        let (raw, cleaned) = (estimate(&after, &Value::Null).unwrap(), estimate(&after, &domain).unwrap());
        assert_eq!(Some(raw), estimate(&before, &Value::Null), "what was there keeps its meaning");
        assert!((cleaned["estimate"].as_f64().unwrap() - 0.75).abs() < 1e-12);
        assert!(raw.as_object().unwrap().keys().eq(cleaned.as_object().unwrap().keys()));
        assert!(estimate(&json("U1"), &domain).is_none(), "nothing crossed the border of the province");
        assert!(index("U4", "table").contains("counts=cleaned") && index("U4", "csv").contains("counts=cleaned"));
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_lists_decisions_and_takes_none() {
    for world in databases().await {
        world.with_department().await;
        answered(&world, 11, 2, (0, 20)).await;
        answered(&world, 11, 3, (12, 0)).await;
        world.seals().await;
        let home = Home::with(&world.url, &world.keys);
        world.moves(&asked(11, 15, 2, 2)).await;
        world.proposes(&asked(11, 13, 3, 3)).await;
        world.proposes_edition(&own(1)).await.unwrap();
        let listed = home.does(&["decision", "list"]);
        let lines: Vec<Vec<&str>> = listed.lines().map(|line| line.split('\t').collect()).collect();
        assert_eq!(lines[0], ["decision", "state", "kind", "matter", "reason", "proposer", "expires"]);
        let matter = lines[1][3].strip_prefix("own-1 sha256 ").unwrap();
        assert_eq!(
            (matter.len(), &lines[1][..3], &lines[1][4..]),
            (64, &["3", "expired", "edition"][..], &["questionnaire", "1", "2025-04-23"][..])
        );
        let second = ["2", "expired", "move", "Q11 to Q13, 2025-03-03", "wrong_place", "1", "2025-04-23"];
        assert_eq!(lines[2], second);
        assert_eq!(lines[3][..3], ["1", "approved", "move"]);
        assert!(home.does(&["decision", "list", "--help"]).contains("two persons who signed in"));
        assert_eq!(home.run(&["decision", "approve", "2"]).code, Some(2));
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn excluded_forms_stand_beside_the_raw_ones_until_they_are_restored() {
    for world in databases().await {
        world.with_department().await;
        let out = answered(&world, 11, 2, (0, 20)).await;
        let kept = answered(&world, 11, 3, (30, 10)).await;
        answered(&world, 13, 2, (6, 0)).await;
        answered(&world, 13, 3, (8, 4)).await;
        world.seals().await;
        let home = Home::with(&world.url, &world.keys);
        let server = home.serve();
        let mut client = server.client();
        let id = world.excludes(&excluding(11, Level::B, 2, 2)).await;
        world.excludes(&excluding(13, Level::B, 2, 2)).await;
        let waits = |client: &mut Client, words: &str| -> String {
            let began = Instant::now();
            loop {
                let seen = page(client, "/don-vi/U4?ky=2025");
                if seen.contains(words) || began.elapsed() > Duration::from_secs(20) {
                    return seen;
                }
                std::thread::sleep(Duration::from_millis(200));
            }
        };
        let seen = waits(&mut client, words::LEAD_EXCLUDED.vi);
        assert!(seen.contains("50,0% khoảng tin cậy"), "the headline stays raw: {seen}");
        for words in [
            "Loại phiếu của Quầy 11, Đơn vị 4 (B · Theo hồ sơ), từ ngày 02/3/2025 đến hết ngày 02/3/2025.",
            "Lý do: phiếu tập huấn hoặc chạy thử thiết bị. Một người đề xuất, một người khác phê duyệt ngày 09/4/2025",
            "20 phiếu trong kỳ không được tính",
            "Số liệu gốc 60 50,0% từ",
            "Sau khi loại, chuyển 40 75,0% từ",
        ] {
            assert!(seen.contains(words), "“{words}” is missing in: {seen}");
        }
        let above = page(&mut client, "/don-vi/U1?ky=2025");
        assert!(above.contains("Sau khi loại, chuyển 58"), "the province loses them too: {above}");
        let few = page(&mut client, "/don-vi/U5?ky=2025");
        assert!(few.contains(&words::few_excluded(Lang::Vi, 10)) && !few.contains("Sau khi loại, chuyển"), "{few}");
        let told = receipt_page(&mut client, &out[7]);
        let reason = "phiếu tập huấn hoặc chạy thử thiết bị";
        assert!(told.contains(&refusal::receipt_excluded(Lang::Vi, reason, day(40))), "{told}");
        assert!(!told.contains("Phiếu được tính"), "{told}");
        let counted = receipt_page(&mut client, &kept[7]);
        assert!(counted.contains("Phiếu được tính vào kết quả") && !counted.contains("không được tính"), "{counted}");
        let period = ["--from", "2025-03-01", "--to", "2025-03-31"];
        let index = |unit: &str| -> Value {
            let of = ["index", "--measure", "counter", "--unit", unit, "--format", "json"];
            serde_json::from_str(&home.does(&[&of[..], &period].concat())).unwrap()
        };
        let domain = serde_json::json!({ "counts": "cleaned" });
        let n = |json: &Value, domain| estimate(json, domain).and_then(|e| e["n"].as_u64());
        for (unit, raw, cleaned) in [("U4", 60, 40), ("U5", 18, 12), ("U1", 78, 52)] {
            let json = index(unit);
            assert_eq!((n(&json, &Value::Null), n(&json, &domain)), (Some(raw), Some(cleaned)), "{unit}");
        }
        world.restores(id).await;
        let seen = waits(&mut client, "Đã khôi phục ngày 09/4/2025");
        assert!(seen.contains("Đã khôi phục ngày 09/4/2025") && !seen.contains("Sau khi loại, chuyển"), "{seen}");
        assert!(receipt_page(&mut client, &out[7]).contains("Phiếu được tính vào kết quả"), "as usual");
        assert_eq!(n(&index("U4"), &domain), None, "nothing is excluded from it any more");
        assert_eq!(server.stop(), Some(0));
        world.close().await;
    }
}
