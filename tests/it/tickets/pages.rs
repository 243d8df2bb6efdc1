//! What people see of a ticket: the form, the page of a spent one, of one that is over, of none.

use thuocdo::text::{Say, refusal as words};
use thuocdo::words::{Lang, Level, Moment, TicketStage};

use super::{Served, action, address, open};
use crate::program::form::{OpenForm, field, hidden};
use crate::program::http::{Answer, Client};
use crate::world::{World, databases};

fn shows(answer: &Answer, status: u16, say: Say) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert!(answer.text().contains(say.get(Lang::Vi)), "“{}” is missing in {}", say.get(Lang::Vi), answer.text());
}

/// The buttons of a page that send something, by their words.
fn press(client: &mut Client, page: &Answer, button: Say) -> Answer {
    let text = page.text();
    let form =
        text.split("<form").skip(1).find(|form| form.split("</form>").next().unwrap().contains(button.get(Lang::Vi)));
    let form = form.unwrap_or_else(|| panic!("no button “{}” in {text}", button.get(Lang::Vi)));
    let action = form.split("action=\"").nth(1).unwrap().split('"').next().unwrap();
    client.post(action, &hidden(form.split("</form>").next().unwrap())).unwrap()
}

async fn served() -> Served {
    let mut worlds = databases().await;
    let world: World = worlds.remove(0);
    for other in worlds {
        other.close().await;
    }
    Served::of(world)
}

#[tokio::test]
async fn a_ticket_is_answered_once_as_level_b_and_a_spent_one_offers_the_dispute() {
    let served = served().await;
    let ticket = served.dossiers(0..1).remove(0);
    let mut client = served.client();
    // Programs that preview links read, and nothing happens.
    for method in ["GET", "HEAD", "GET"] {
        assert_eq!(client.ask(method, &address(&ticket), &[]).unwrap().status, 200);
    }
    assert_eq!(served.world.rows("ticket_spent_open").await, 0);
    let form = open(&mut client, &ticket);
    assert_eq!(form.path, "/p");
    let late = open(&mut client, &ticket);
    let answer = form.send(&mut client, &[("attitude", "5"), ("comment", "Tốt")]).unwrap();
    let location = answer.header("location").unwrap().to_owned();
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(location.starts_with("/q/") && !location.contains(&ticket.code()), "{location}");
    let receipt = answer.receipt().unwrap();
    assert_eq!(served.levels().await, [(Level::B.code(), 1)]);
    // The same form again is the same receipt; another one, and reading, find the ticket used.
    let again = form.send(&mut client, &[("attitude", "5"), ("comment", "Tốt")]).unwrap();
    assert_eq!((again.status, again.receipt()), (303, Some((receipt.0, true))));
    shows(&form.send(&mut client, &[("attitude", "1")]).unwrap(), 409, words::CHANGED_BODY_TITLE);
    shows(&late.send(&mut client, &[("attitude", "1")]).unwrap(), 410, words::TICKET_USED);
    let used = client.get(&address(&ticket)).unwrap();
    shows(&used, 410, words::TICKET_USED);
    let asked = press(&mut client, &used, words::TICKET_USED_NOT_MINE);
    shows(&asked, 200, words::DISPUTE_BODY);
    assert_eq!(served.world.rows("dispute").await, 0, "asking notes nothing");
    shows(&press(&mut client, &asked, words::DISPUTE_CONFIRM), 200, words::DISPUTE_DONE);
    shows(&press(&mut client, &asked, words::DISPUTE_CONFIRM), 200, words::DISPUTE_DONE);
    assert_eq!(served.world.rows("dispute").await, 1, "saying it twice counts once");
    assert_eq!(served.levels().await, [(Level::B.code(), 1)], "nothing is removed");
    served.end().await;
}

#[tokio::test]
async fn what_is_over_or_withdrawn_is_open_feedback_with_its_reason() {
    let served = served().await;
    let today = Moment::now().day();
    let row = |name: &str, returned: i32, rest: &str| {
        let (received, returned) = (today.plus(-60).iso(), today.plus(returned).iso());
        format!("{name},X1.Q1,{received},{returned},{rest}\n")
    };
    let rows = [
        row("LAST", -30, ","),
        row("OVER", -31, ","),
        row("OTHER", -1, "0912345678,no"),
        row("TWO-A", -1, "lan@noi.vn,yes"),
        row("TWO-B", -1, "lan@noi.vn,yes"),
        row("VOID", -1, ","),
    ];
    let header = "number,point,received,returned,contact,contact_is_owner\n";
    let told = served.home.import("dossiers", &format!("{header}{}", rows.concat()));
    assert!(told.contains("6 lines, 6 added") && told.contains("2 tickets of contacts"), "{told}");
    served.home.does(&["ticket", "withdraw", "--dossier", "void"]);
    let mut client = served.client();
    for (name, reason, landing) in [
        ("LAST", 0_i16, None),
        ("OVER", 1, Some(words::TICKET_EXPIRED_TITLE)),
        ("OTHER", 3, None),
        ("TWO-A", 2, None),
        ("TWO-B", 2, None),
        ("VOID", 4, Some(words::TICKET_VOID)),
    ] {
        let ticket = served.ticket(name, TicketStage::Result);
        let mut page = client.get(&address(&ticket)).unwrap();
        if let Some(landing) = landing {
            shows(&page, 410, landing);
            page = press(&mut client, &page, words::TICKET_EXPIRED_BUTTON);
        }
        assert_eq!(page.status, 200, "{name}: {}", page.text());
        let form = OpenForm { path: action(&page), hidden: hidden(&page.text()) };
        assert_eq!(form.send(&mut client, &[("attitude", "3")]).unwrap().status, 303, "{name}");
        let sql = format!(
            "SELECT count(*) FROM response_open WHERE reason = {reason} AND level = {}",
            if reason == 0 { 2 } else { 4 }
        );
        let found: i64 = crate::proof::query(served.world.db.reader(), &sql).await[0].try_get_by_index(0).unwrap();
        assert!(found >= 1, "{name}");
        shows(&client.get(&address(&ticket)).unwrap(), 410, words::TICKET_USED);
    }
    assert_eq!(served.levels().await, [(Level::B.code(), 1), (Level::D.code(), 5)]);
    served.end().await;
}

#[tokio::test]
async fn the_field_and_the_form_of_one_ticket_are_good_for_no_other() {
    let served = served().await;
    let tickets = served.dossiers(0..2);
    let mut client = served.client();
    let form = open(&mut client, &tickets[0]);
    // A form key of another ticket, of a counter, or none.
    let other = form.but("_phieu", Some(&tickets[1].code()));
    shows(&other.send(&mut client, &[("attitude", "5")]).unwrap(), 403, words::FORM_KEY_TITLE);
    let code = served.home.public_code("X1.Q1");
    let counter = OpenForm::open(&mut client, &code).unwrap();
    let mixed = OpenForm { path: "/p".to_owned(), ..counter.but("_phieu", Some(&tickets[0].code())) };
    shows(&mixed.send(&mut client, &[("attitude", "5")]).unwrap(), 403, words::FORM_KEY_TITLE);
    let bare = [field("_phieu", &tickets[0].code()), field("attitude", "5")];
    shows(&client.post("/p", &bare).unwrap(), 403, words::FORM_KEY_TITLE);
    assert_eq!(client.post("/p", &[]).unwrap().status, 404);
    assert_eq!(
        client.post("/p", &[field("_viec", "xac-nhan"), field("_phieu", &tickets[0].code())]).unwrap().status,
        200
    );
    assert_eq!(served.world.rows("dispute").await, 0, "only a spent ticket can be disputed");
    // The same address takes the form, too: the level is the server's business and no field.
    let posted = OpenForm { path: address(&tickets[0]), ..form };
    let forged = [("attitude", "5"), ("level", "A")];
    assert_eq!(posted.send(&mut client, &forged).unwrap().status, 422);
    assert_eq!(posted.send(&mut client, &[("attitude", "5")]).unwrap().status, 303);
    assert_eq!(served.levels().await, [(Level::B.code(), 1)]);
    served.end().await;
}
