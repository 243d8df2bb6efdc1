//! Situations a province meets, each shown correctly and in plain words on the public pages, on every database.

use std::sync::Arc;

use thuocdo::collect::Submission;
use thuocdo::collect::seal::{K, seal};
use thuocdo::questionnaire::{Answer, parse};
use thuocdo::record::FormKey;
use thuocdo::registry::{InstalledEdition, editions};
use thuocdo::text::{chart, figure, parts, site};
use thuocdo::words::{Channel, Day, FieldId, Helper, Lang, Level, LevelReason, ProcedureId, UnitId};

use crate::program::Home;
use crate::program::http::Client;
use crate::world::{World, databases};

const COUNTER: &str = include_str!("../../surveys/counter-1.toml");

/// A form of one question; `head` and the levels that count as satisfied make its editions.
fn quick(code: &str, head: &str, satisfied: &str) -> String {
    format!(
        r#"
code = "{code}"
{head}
title = {{ vi = "Phiếu một câu", en = "One question" }}
lead = {{ vi = "Ông/Bà hài lòng ở mức nào về:", en = "How satisfied are you with:" }}
languages = ["vi", "en"]
aggregation = "mean_of_items"
[[scales]]
code = "s"
satisfied = {satisfied}
levels = [
    {{ level = 1, label = {{ vi = "Không hài lòng", en = "Dissatisfied" }} }},
    {{ level = 2, label = {{ vi = "Bình thường", en = "Neutral" }} }},
    {{ level = 3, label = {{ vi = "Hài lòng", en = "Satisfied" }} }},
]
[[items]]
code = "all"
kind = "rating"
scale = "s"
rates = "receiving"
label = {{ vi = "Việc phục vụ", en = "The service" }}
"#
    )
}

const UNITS: &str = "code,name,kind,parent,valid_from,valid_to,successors\n\
    P,Tỉnh Thử,province,,,,\n\
    OLD1,Xã Cũ Một,commune,P,2020-01-01,2025-06-30,NEW\nOLD2,Xã Cũ Hai,commune,P,2020-01-01,2025-06-30,NEW\n\
    NEW,Xã Mới,commune,P,2025-07-01,,\nFEW,Xã Ít Phiếu,commune,P,,,\nSAME,Xã Chữa Chữ,commune,P,,,\n\
    OTHER,Xã Đổi Phiếu,commune,P,,,\nOPEN,Xã Góp Ý,commune,P,,,\nUND,Xã Chưa Rõ,commune,P,,,\n\
    NOPT,Sở Không Điểm,department,P,,,\nTWO,Sở Hai Chỉ Tiêu,department,P,,,\nALL,Lãnh đạo sở ngành,body,P,,,\n";
const POINTS: &str = "code,unit,name,kind,questionnaire,field,officers\n\
    OLD1.Q,OLD1,Quầy,counter,counter,,2\nNEW.Q,NEW,Quầy,counter,counter,,2\nFEW.Q,FEW,Quầy,counter,counter,,2\n\
    SAME.Q,SAME,Quầy,counter,counter,,2\nOTHER.Q,OTHER,Quầy,counter,quick,,2\nOPEN.Q,OPEN,Quầy,counter,counter,,2\n\
    UND.Q,UND,Quầy,counter,counter,,2\nTWO.Q,TWO,Quầy,counter,counter,,2\nALL.Q,ALL,Phiếu,counter,leaders,,2\n";
const TARGETS: &str = "measure,field,unit,year_from,year_to,threshold,value,comparison,citation,issuer\n\
    counter,,P,2025,,90%,percent,>=,KH 1,UBND tỉnh\n\
    counter,,TWO,2025,,95%,percent,>=,KH 8 mục II,Sở\ncounter,,TWO,2025,,85%,percent,>=,KH 8 phụ lục,Sở\n\
    ,,UND,2025,,80%,percent,>=,KH 9,UBND tỉnh\npar,,ALL,2025,,90%,percent,>=,KH 2,UBND tỉnh\n";
const VOLUMES: &str =
    "point,deciding_unit,field,from,to,received,returned,late\nALL.Q,,,2025-03-01,2025-03-31,45,45,0\n";

/// A province with a year behind it, in which each situation happened.
struct Province {
    world: World,
    home: Home,
    serial: u64,
}

impl Province {
    async fn of(world: World) -> Self {
        let home = Home::with(&world.url, &world.keys);
        let edition = |text: &str| parse("t", text).unwrap();
        let first = "version = 1\nmeasure = \"counter\"\nheadline_levels = [\"A\", \"B\"]";
        let second = "version = 2\nmeasure = \"counter\"\nheadline_levels = [\"A\", \"B\"]\n\
                      succeeds = { code = \"quick\", version = 1 }";
        let leaders = "version = 1\nmeasure = \"par\"\nheadline_levels = [\"A\"]\ncensus = true";
        let corrected = COUNTER
            .replacen(
                "\nversion = 1\n",
                "\nversion = 2\nsucceeds = { code = \"counter\", version = 1 }\ncomparable = true\n",
                1,
            )
            .replacen("Nơi đón tiếp", "Nơi tiếp đón", 1);
        let tx = world.db.begin().await.unwrap();
        let old = [edition(&quick("quick", first, "[3]")), edition(&quick("leaders", leaders, "[3]"))];
        editions::install(&tx, world.province, &old, day(2025, 1, 1)).await.unwrap();
        let new = [edition(&corrected), edition(&quick("quick", second, "[2, 3]"))];
        editions::install(&tx, world.province, &new, day(2025, 7, 15)).await.unwrap();
        tx.commit().await.unwrap();
        for (kind, text) in [("units", UNITS), ("points", POINTS), ("targets", TARGETS), ("volumes", VOLUMES)] {
            home.import(kind, text);
        }
        Self { world, home, serial: 0 }
    }

    /// Stores forms of a day: satisfied with everything, or with nothing.
    async fn answered(&mut self, point: &str, edition: (&str, u16), level: Level, on: Day, (yes, no): (u64, u64)) {
        let snapshot = self.world.snapshot().await;
        let is_meant =
            |known: &&Arc<InstalledEdition>| known.edition.code() == edition.0 && known.edition.version() == edition.1;
        let edition = snapshot.editions.iter().find(is_meant).unwrap().clone();
        let point = snapshot.directory.point_by_code(point).unwrap();
        let highest = if edition.edition.code() == "counter" { 5 } else { 3 };
        let mut forms = Vec::new();
        for form in 0..yes + no {
            self.serial += 1;
            let level_given = if form < yes { highest } else { 1 };
            let mut answers = vec![Answer::Level(level_given); edition.edition.ratings().count()];
            answers.resize(edition.edition.answer_count(), Answer::Blank);
            forms.push(Submission {
                key: FormKey::of_import(&self.world.keys, &self.serial.to_be_bytes(), on),
                day: None,
                edition: edition.clone(),
                point,
                deciding_unit: UnitId::NONE,
                procedure: ProcedureId::NONE,
                field: FieldId::NONE,
                channel: if level == Level::D { Channel::CounterQr } else { Channel::Paper },
                level,
                reason: LevelReason::None,
                ticket: None,
                helper: Helper::None,
                answers,
                comment: None,
            });
        }
        self.world.stores(on, &forms).await;
    }

    async fn with_the_year(mut self) -> Self {
        let (march, september) = (day(2025, 3, 5), day(2025, 9, 5));
        self.answered("OLD1.Q", ("counter", 1), Level::B, march, (50, 10)).await;
        self.answered("NEW.Q", ("counter", 2), Level::B, september, (60, 5)).await;
        self.answered("FEW.Q", ("counter", 1), Level::B, day(2025, 2, 5), (2, 1)).await;
        self.answered("SAME.Q", ("counter", 1), Level::B, march, (40, 5)).await;
        self.answered("SAME.Q", ("counter", 2), Level::B, september, (30, 6)).await;
        self.answered("OTHER.Q", ("quick", 1), Level::B, march, (40, 20)).await;
        self.answered("OTHER.Q", ("quick", 2), Level::B, september, (70, 7)).await;
        self.answered("OPEN.Q", ("counter", 1), Level::D, march, (95, 5)).await;
        self.answered("UND.Q", ("counter", 1), Level::B, march, (50, 50)).await;
        self.answered("TWO.Q", ("counter", 1), Level::B, march, (360, 40)).await;
        self.answered("ALL.Q", ("leaders", 1), Level::A, march, (41, 4)).await;
        seal(&self.world.db, self.world.province, day(2025, 12, 20), day(2025, 12, 21)).await.unwrap();
        self
    }
}

fn day(year: i32, month: u8, of_month: u8) -> Day {
    Day::of(year, month, of_month).unwrap()
}

/// The words of a page, without markup and without the blanks between.
fn words(client: &mut Client, path: &str) -> String {
    let answer = client.get(path).unwrap();
    let page = answer.text();
    assert_eq!(answer.status, 200, "{path}: {page}");
    let mut text = String::new();
    for part in page.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, words)| words));
        text.push(' ');
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Asserts what a page says, and what it must not say.
fn tells(page: &str, said: &[&str], never: &[&str]) {
    for words in said {
        assert!(page.contains(words), "“{words}” is missing in: {page}");
    }
    for words in never {
        assert!(!page.contains(words), "“{words}” stands in: {page}");
    }
}

fn a_merged_unit_leads_to_its_successor_and_breaks_the_series(client: &mut Client) {
    let old = words(client, "/don-vi/OLD1?ky=2025");
    tells(&old, &[site::UNIT_NO_LONGER.vi, "Nay thuộc: Xã Mới", "83,3%"], &[]);
    let new = words(client, "/don-vi/NEW?ky=2025");
    let reorganised = "Không so sánh với trước ngày 01/7/2025: đơn vị đã được sắp xếp lại.";
    tells(&new, &[reorganised, "Trước đây: Xã Cũ Một, Xã Cũ Hai.", "65 phiếu", chart::BREAK.vi], &["60 phiếu"]);
}

fn an_edition_that_corrects_a_word_continues_the_figures(client: &mut Client) {
    let page = words(client, "/don-vi/SAME?ky=2025");
    let corrected = parts::corrected(Lang::Vi, day(2025, 7, 15));
    tells(&page, &["81 phiếu", &corrected], &[chart::BREAK.vi, parts::OTHER_FORMS.vi]);
}

fn an_edition_that_asks_otherwise_stands_apart(client: &mut Client) {
    let page = words(client, "/don-vi/OTHER?ky=2025");
    let since = "Không so sánh với trước ngày 15/7/2025: phiếu hỏi đã thay đổi.";
    let apart = "Phiếu một câu, bản 1 A · Mẫu ngẫu nhiên; B · Theo hồ sơ 60 66,7%";
    tells(&page, &["77 phiếu", since, parts::OTHER_FORMS.vi, apart, chart::BREAK.vi], &["137 phiếu"]);
}

fn a_unit_with_three_answers_shows_no_number_and_wider_figures(client: &mut Client) {
    let page = words(client, "/don-vi/FEW?ky=2025");
    let k = u64::try_from(K).unwrap();
    let wider = ["Gộp 6 đơn vị cùng nhóm: xã, phường, đặc khu 246", "Toàn bộ Tỉnh Thử"];
    tells(&page, &[&figure::few_or_none(Lang::Vi, k), parts::POOLED.vi, wider[0], wider[1]], &["3 phiếu", "66,7%"]);
}

fn an_empty_month_is_told_apart_from_zero(client: &mut Client) {
    let page = words(client, "/don-vi/SAME?ky=2025");
    let empty = "Tháng 4/2025 (từ 15/3/2025 đến 14/4/2025) – – – Chưa có số liệu trong kỳ này";
    tells(
        &page,
        &["Tháng 3/2025 (từ 15/02/2025 đến 14/3/2025) 45 88,9%", empty, "không có nghĩa là 0%"],
        &[" 0,0% từ"],
    );
}

fn a_unit_without_points_says_so(client: &mut Client) {
    let page = words(client, "/don-vi/NOPT?ky=2025");
    tells(&page, &[site::UNIT_NO_POINT.vi], &[" 0,0%", " 0 phiếu"]);
}

fn two_contradictory_targets_are_both_kept_and_both_judged(client: &mut Client) {
    let page = words(client, "/don-vi/TWO?ky=2025");
    let both = "Hai văn bản đưa ra hai chỉ tiêu khác nhau cho cùng nội dung";
    tells(&page, &[both, "KH 8 mục II", "KH 8 phụ lục", "Chưa đạt chỉ tiêu 95%; đạt chỉ tiêu 85%."], &[]);
}

fn a_target_whose_measure_is_undecided_is_shown_and_judges_nothing(client: &mut Client) {
    let page = words(client, "/don-vi/UND?ky=2025");
    tells(&page, &["KH 9", site::TARGET_UNDECIDED.vi, "Chưa đạt chỉ tiêu 90%"], &["chỉ tiêu 80%."]);
}

fn a_census_has_people_and_no_sampling_error(client: &mut Client) {
    let page = words(client, "/don-vi/ALL?ky=2025");
    let told = "Đã hỏi toàn bộ 45 người thuộc diện khảo sát; 41 người (91,1%) hài lòng, yêu cầu tối thiểu là 41 người. \
                Đây là kết quả hỏi toàn bộ, không có sai số chọn mẫu.";
    tells(&page, &["Đạt chỉ tiêu 90%.", told, parts::EVERYBODY_ASKED.vi], &["khoảng tin cậy 95% từ 91", "từ 91,1%"]);
}

fn open_feedback_alone_has_no_verdict(client: &mut Client) {
    let page = words(client, "/don-vi/OPEN?ky=2025");
    let told = "Góp ý mở: 95,0% trong 100 phiếu tự nguyện là hài lòng hoặc rất hài lòng. Đây không phải mẫu đại diện";
    tells(&page, &[told, "Góp ý mở, không đại diện"], &["Đạt chỉ tiêu 90%", "Chưa đạt chỉ tiêu"]);
}

#[tokio::test]
async fn every_situation_is_shown_in_plain_words() {
    type Check = fn(&mut Client);
    let situations: [(&str, Check); 10] = [
        ("a merged unit", a_merged_unit_leads_to_its_successor_and_breaks_the_series),
        ("a comparable edition in mid-year", an_edition_that_corrects_a_word_continues_the_figures),
        ("an edition in mid-year that is not comparable", an_edition_that_asks_otherwise_stands_apart),
        ("a unit with 3 answers", a_unit_with_three_answers_shows_no_number_and_wider_figures),
        ("an empty month", an_empty_month_is_told_apart_from_zero),
        ("a unit without points", a_unit_without_points_says_so),
        ("two contradictory targets", two_contradictory_targets_are_both_kept_and_both_judged),
        ("an undecided measure", a_target_whose_measure_is_undecided_is_shown_and_judges_nothing),
        ("a census group", a_census_has_people_and_no_sampling_error),
        ("a unit of level D only", open_feedback_alone_has_no_verdict),
    ];
    for world in databases().await {
        let province = Province::of(world).await.with_the_year().await;
        let server = province.home.serve();
        let mut client = server.client();
        for (name, check) in situations {
            println!("{name}");
            check(&mut client);
        }
        // The same in English, whole: no page falls back into the other language.
        for unit in ["OLD1", "NEW", "SAME", "OTHER", "FEW", "NOPT", "TWO", "UND", "ALL", "OPEN", "P"] {
            let page = words(&mut client, &format!("/don-vi/{unit}?ky=2025&lang=en"));
            tells(&page, &["Satisfaction"], &["Kỳ này", "phiếu", "khoảng tin cậy", "Chưa đạt", "Chưa đủ"]);
        }
        assert_eq!(server.stop(), Some(0));
        province.world.close().await;
    }
}
