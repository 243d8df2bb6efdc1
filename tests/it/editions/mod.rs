//! Every edition of the program: opened, routed, filled in, stored, counted, computed.

mod index;
mod schemes;
mod walk;

use std::collections::BTreeSet;

use thuocdo::questionnaire::{Answer, Edition, Item, decode, embedded};
use thuocdo::store::answers::{self as stored, CountedAnswer};
use thuocdo::text::form as words;
use thuocdo::words::{Day, Lang, Moment};

use self::walk::{Draws, Screen, Wishes, answers, fields, walk, wishes};
use crate::program::form::{OpenForm, field};
use crate::program::{Home, Server};
use crate::world::{World, databases};

/// A province with a web link for every edition.
struct Office {
    world: World,
    home: Home,
}

impl Office {
    fn new(world: World) -> Self {
        let home = Home::with(&world.url, &world.keys);
        home.import("units", "code,name,kind,parent\nP,Tỉnh Thử,province,\nX1,Xã Một,commune,P\n");
        let lines: Vec<String> = embedded()
            .unwrap()
            .iter()
            .map(|edition| format!("{0},X1,Liên kết {0},web,{0},,3\n", edition.code()))
            .collect();
        home.import("points", &format!("code,unit,name,kind,questionnaire,field,officers\n{}", lines.concat()));
        Self { world, home }
    }

    fn path(&self, edition: &Edition) -> String {
        format!("/q/{}", self.home.public_code(edition.code()))
    }

    async fn answers(&self, edition: &Edition) -> Vec<CountedAnswer> {
        let snapshot = self.world.snapshot().await;
        let number = snapshot.editions.in_force(edition.code(), Moment::now().day()).unwrap().number;
        let (db, p) = (self.world.db.reader(), self.world.province);
        let mut found = stored::open_answers(db, p, Day(40_000)).await.unwrap();
        found.extend(stored::sealed_answers(db, p, Day(40_000)).await.unwrap());
        found.retain(|answer| answer.edition == number);
        found
    }

    async fn end(self, server: Option<Server>) {
        if let Some(server) = server {
            assert_eq!(server.stop(), Some(0));
            assert_eq!(self.home.server_log(), "");
        }
        self.world.close().await;
    }
}

/// The wishes of somebody who says yes, or no, where the form leads past something.
fn led(edition: &Edition, yes: bool, draws: &mut Draws) -> Wishes {
    let mut wishes = wishes(edition, 2, draws);
    for condition in edition.pages().iter().filter_map(|page| page.show_if.as_ref()) {
        let wanted = condition.is[0];
        let value = if yes { wanted } else { (1..=7).find(|n| !condition.is.contains(n)).unwrap() };
        wishes.insert(condition.item.clone(), vec![value.to_string()]);
    }
    wishes
}

#[tokio::test]
async fn a_form_filled_in_part_by_part_is_stored_as_one_sent_at_once() {
    for world in databases().await {
        let office = Office::new(world);
        let server = office.home.serve();
        let mut client = server.client();
        for edition in embedded().unwrap() {
            let (path, mut draws) = (office.path(&edition), Draws::of(5));
            let code = path.rsplit('/').next().unwrap().to_owned();
            let mut skipped = BTreeSet::new();
            for round in 0..6 {
                let wishes = led(&edition, round % 2 == 0, &mut draws);
                let expected = answers(&edition, &wishes);
                let (seen, sent) = walk(&mut client, &path, &wishes, &mut draws);
                assert_eq!(sent.status, 303, "{}", sent.text());
                let pages = edition.asked_pages(&expected);
                let asked = edition.asked(&expected);
                let shown: Vec<&String> = seen.iter().flatten().collect();
                let wanted: Vec<&str> = edition
                    .items()
                    .iter()
                    .zip(&asked)
                    .filter(|(_, asked)| **asked)
                    .map(|(item, _)| item.code())
                    .collect();
                assert_eq!(shown, wanted, "{}", edition.name());
                assert_eq!(seen.len(), pages.len().max(1));
                skipped.insert(edition.pages().len() - pages.len());
                // Everything at once, what is not asked as well.
                let form = OpenForm::open(&mut client, &code).unwrap();
                let all: Vec<(String, String)> = form.hidden.iter().cloned().chain(fields(&edition, &wishes)).collect();
                assert_eq!(client.post(&path, &all).unwrap().status, 303);
                let found = office.answers(&edition).await;
                assert_eq!(found.len(), 2 * (round + 1));
                let same = found.iter().filter(|answer| decode(&edition, &answer.answers).unwrap() == expected).count();
                assert!(same >= 2, "{} {expected:?}", edition.name());
                let bytes: BTreeSet<&[u8]> = found.iter().map(|answer| answer.answers.as_slice()).collect();
                assert!(bytes.len() <= round + 1, "both ways have the same bytes");
            }
            let is_routed = edition.is_routed();
            assert_eq!(skipped.len(), 1 + usize::from(is_routed), "{}: both ways were gone", edition.name());
        }
        office.end(Some(server)).await;
    }
}

#[tokio::test]
async fn parts_are_checked_when_they_are_left_and_when_the_form_is_sent() {
    let mut worlds = databases().await;
    let office = Office::new(worlds.remove(0));
    let server = office.home.serve();
    let mut client = server.client();
    let edition = embedded().unwrap().into_iter().find(|edition| edition.code() == "sipas_policy_service").unwrap();
    let path = office.path(&edition);
    let action = format!("{path}?gui");
    let first = client.get(&path).unwrap();
    assert!(first.text().len() < 15_000, "{} bytes", first.text().len());
    let first = Screen::of(&first);
    let parts = u64::try_from(edition.pages().len()).unwrap();
    assert!(first.text.contains(&words::progress(Lang::Vi, 1, parts)) && first.text.contains("<progress value=\"1\""));
    assert!(first.text.contains(words::PRIVACY.vi) && first.text.contains(words::WRONG_PLACE_LATER.vi));
    // Something no page sends: the part comes back with the words at the field.
    let wrong = Wishes::from([("b1_1".to_owned(), vec!["9".to_owned()])]);
    let back = client.post(&action, &first.filled(&wrong, first.next.as_ref())).unwrap();
    assert_eq!(back.status, 422);
    let back = Screen::of(&back);
    assert!(
        back.text.contains("href=\"#b1_1\"") && back.text.contains("id=\"b1_1\"") && back.text.contains("<title>Lỗi:")
    );
    // A later part has less above its questions, and the way back.
    let second = Screen::of(&client.post(&action, &first.filled(&Wishes::new(), first.next.as_ref())).unwrap());
    assert!(!second.text.contains(words::PRIVACY.vi) && second.text.contains(words::BUTTON_BACK.vi));
    assert!(second.text.contains("type=\"checkbox\" name=\"b2\""));
    // Sent at once with a fault on the second part: that part comes back, and everything else is carried along.
    let mut all = first.filled(&Wishes::from([("b1_2".to_owned(), vec!["3".to_owned()])]), None);
    all.extend([field("b4", "8"), field("sex", "1"), field("comment", "Tốt")]);
    let back = client.post(&path, &all).unwrap();
    assert_eq!(back.status, 422);
    let back = Screen::of(&back);
    assert!(back.text.contains(&words::progress(Lang::Vi, 2, parts)) && back.text.contains("href=\"#b4\""));
    for carried in [field("b1_2", "3"), field("sex", "1"), field("comment", "Tốt")] {
        assert!(back.hidden.contains(&carried), "{carried:?}");
    }
    // Nothing at all, a part the form does not have, and a key of nobody.
    let nothing = client.post(&path, &first.filled(&Wishes::new(), None)).unwrap();
    assert!(nothing.status == 422 && nothing.text().contains(words::ERR_NOTHING.vi));
    let nowhere = client.post(&action, &first.filled(&Wishes::new(), Some(&field("_tiep", "nowhere")))).unwrap();
    assert_eq!(nowhere.status, 403);
    let mut foreign = first.filled(&Wishes::new(), first.next.as_ref());
    foreign[0].1 = "x".to_owned();
    assert_eq!(client.post(&action, &foreign).unwrap().status, 403);
    let mut both = first.filled(&Wishes::new(), first.next.as_ref());
    both.push(field("_lui", "interest"));
    assert_eq!(client.post(&action, &both).unwrap().status, 403);
    assert!(office.answers(&edition).await.is_empty(), "nothing is stored before the end");
    // In English every word of a part is English.
    let english = client.get(&format!("{path}?lang=en")).unwrap().text();
    assert!(english.contains("Part 1 of") && english.contains(">Next<") && !english.contains("Quan tâm"));
    office.end(Some(server)).await;
}

/// Answers as lines of `responses.csv`: of every edition as many as asked for, levels A and B, over some days; and each sheet
/// with its day. Every fourth is of level B.
fn csv_of(edition: &Edition, n: usize, through: Day) -> (String, Vec<(Day, Vec<Answer>)>) {
    let mut draws = Draws::of(11);
    let codes: Vec<&str> = edition.items().iter().map(Item::code).collect();
    let mut lines = vec![format!("point,day,channel,level,serial,{}\n", codes.join(","))];
    let mut sheets = Vec::new();
    for serial in 0..n {
        let wishes = led(edition, serial % 3 > 0, &mut draws);
        let day = through.plus(-i32::try_from(draws.below(20)).unwrap());
        sheets.push((day, answers(edition, &wishes)));
        let cells: Vec<String> =
            codes.iter().map(|code| wishes.get(*code).map(|values| values.join("|")).unwrap_or_default()).collect();
        let level = if serial % 4 == 0 { "B" } else { "A" };
        lines.push(format!("{},{},interviewer,{level},{serial},{}\n", edition.code(), day.iso(), cells.join(",")));
    }
    (lines.concat(), sheets)
}

#[test]
fn editions_hold_what_the_decisions_ask_and_nobody_can_be_found_by() {
    let editions = embedded().unwrap();
    let edition = |code: &str| editions.iter().find(|edition| edition.code() == code).unwrap();
    let sizes =
        |code: &str| -> Vec<usize> { edition(code).factors().iter().map(|factor| factor.criteria.len()).collect() };
    assert_eq!(sizes("sipas_2017"), [4, 5, 6, 3, 4]);
    assert_eq!(sizes("sipas_policy_service"), [2, 2, 8, 2, 4, 4, 5, 3, 3]);
    let policy = edition("sipas_policy_service");
    let Some(Item::Choice(ethnicity)) = policy.item("ethnicity") else { panic!("no ethnicity") };
    assert!(ethnicity.sensitive && !ethnicity.required && ethnicity.options.len() == 2);
    for edition in &editions {
        for item in edition.items() {
            let is_sourced = edition.code() == "counter" || item.asked().source.is_some();
            assert!(is_sourced, "{}: {} does not say how sure its wording is", edition.name(), item.code());
        }
        for identifying in ["name", "email", "phone", "village", "address"] {
            assert!(edition.item(identifying).is_none());
        }
    }
    assert_eq!(edition("counter").unsettled(), 0);
    assert_eq!(edition("health_3869_outpatient").unsettled(), 7);
    assert_eq!(edition("sipas_2017").unsettled(), 4);
    assert_eq!(policy.unsettled(), 1);
    assert_eq!(edition("sipas_2017").headline_levels().len(), 1);
}
