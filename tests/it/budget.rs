//! A point that receives very many forms: a question in words, then a queue, and never for a ticket.

use thuocdo::record::Ticket;
use thuocdo::text::{challenge, form};
use thuocdo::words::{Lang, Moment, TicketStage};

use crate::program::form::{OpenForm, hidden};
use crate::program::http::{Answer, Client};
use crate::program::{Home, Server};
use crate::world::{World, databases};

const SEAL: &str = "_hoi";
const ANSWER: &str = "_dap";
const ANSWERS: [(&str, &str); 2] = [("attitude", "4"), ("comment", "Bàn ghế cũ & hỏng")];

struct Busy {
    world: World,
    home: Home,
    server: Server,
    code: String,
}

impl Busy {
    /// An installation whose points have a budget.
    async fn of(budget: &str) -> Self {
        let mut worlds = databases().await;
        let world = worlds.remove(0);
        for other in worlds {
            other.close().await;
        }
        let home = Home::with(&world.url, &world.keys);
        home.with_counters();
        let server = home.serve_with(&[("THUOCDO_POINT_BUDGET", budget)]);
        let code = home.public_code("X1.Q1");
        Self { world, home, server, code }
    }

    fn client(&self) -> Client {
        self.server.client()
    }

    fn open(&self, client: &mut Client) -> OpenForm {
        OpenForm::open(client, &self.code).unwrap()
    }

    /// Sends a new form.
    fn send(&self, client: &mut Client) -> Answer {
        self.open(client).send(client, &ANSWERS).unwrap()
    }

    /// Sends a new form with a ticket of this point.
    fn send_with_ticket(&self, client: &mut Client, dossier: &str) -> Answer {
        let today = Moment::now().day().iso();
        self.home.import("dossiers", &format!("number,point,received,returned\n{dossier},X1.Q1,{today},{today}\n"));
        let ticket = Ticket::of(&self.world.keys, self.world.province, dossier, TicketStage::Result);
        let page = client.get(&format!("/p/{}", ticket.code())).unwrap();
        assert_eq!(page.status, 200);
        OpenForm { path: "/p".to_owned(), hidden: hidden(&page.text()) }.send(client, &ANSWERS).unwrap()
    }

    /// Answers by level.
    async fn levels(&self) -> Vec<(i16, i64)> {
        let sql = "SELECT level, count(*) FROM response_open GROUP BY level ORDER BY level";
        let found = crate::proof::query(self.world.db.reader(), sql).await;
        found.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
    }

    async fn end(self) {
        assert_eq!(self.server.stop(), Some(0));
        assert_eq!(self.home.server_log(), "", "nothing of it is logged");
        self.world.close().await;
    }
}

/// The question of a page: its words, the place of the right answer and the two others, from 1.
fn question(page: &str, lang: Lang) -> (String, Vec<String>) {
    let legend = page.split("<legend>").last().unwrap().split("</legend>").next().unwrap().trim().to_owned();
    let fields: Vec<&str> = page.split("<input").filter(|tag| tag.contains("name=\"_dap\"")).collect();
    assert_eq!(fields.len(), 3, "{page}");
    let value_of = |label: &str| challenge::NUMBERS.iter().position(|number| number.get(lang) == label.to_lowercase());
    let mut offered: Vec<(usize, String)> = fields
        .iter()
        .map(|tag| {
            assert!(tag.contains("type=\"radio\"") && !tag.contains(" checked"), "{tag}");
            let value = tag.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
            let label = tag.split("<span>").nth(1).unwrap().split("</span>").next().unwrap();
            assert!(legend.contains(&label.to_lowercase()), "{label} is not in {legend}");
            (value_of(label).unwrap(), value.to_owned())
        })
        .collect();
    offered.sort();
    let largest = if lang == Lang::Vi { "lớn nhất" } else { "largest" };
    if legend.contains(largest) {
        offered.reverse();
    }
    (legend, offered.into_iter().map(|(_, place)| place).collect())
}

fn asks(answer: &Answer, lang: Lang) -> (OpenForm, Vec<String>) {
    let page = answer.text();
    assert_eq!(answer.status, 422, "{page}");
    assert!(page.contains(form::ERR_CHALLENGE.get(lang)), "{page}");
    assert!(page.contains("href=\"#_dap\"") && page.contains("id=\"_dap\""), "the summary leads to the question");
    assert!(page.contains("role=\"alert\" tabindex=\"-1\" autofocus"), "{page}");
    assert!(page.contains("name=\"attitude\" value=\"4\" checked"), "{page}");
    assert!(page.contains("Bàn ghế cũ &amp; hỏng"), "{page}");
    assert!(!page.contains("<script"), "{page}");
    let (_, places) = question(&page, lang);
    (OpenForm { path: String::new(), hidden: hidden(&page) }, places)
}

#[tokio::test]
async fn the_sixty_first_form_of_a_point_is_asked_a_question_in_words_and_a_right_answer_stores_it_once() {
    let busy = Busy::of("60").await;
    let mut client = busy.client();
    let first = busy.open(&mut client);
    assert_eq!(first.send(&mut client, &ANSWERS).unwrap().status, 303);
    // The same form again, and one that needs mending, take no place.
    for _ in 0..3 {
        assert!(first.send(&mut client, &ANSWERS).unwrap().receipt().unwrap().1);
        assert_eq!(busy.open(&mut client).send(&mut client, &[("attitude", "9")]).unwrap().status, 422);
    }
    for n in 2..=60 {
        assert_eq!(busy.send(&mut client).status, 303, "form {n}");
    }

    let new = busy.open(&mut client);
    let (asked, places) = asks(&new.send(&mut client, &ANSWERS).unwrap(), Lang::Vi);
    assert_eq!(busy.levels().await, [(4, 60)]);
    assert!(first.send(&mut client, &ANSWERS).unwrap().receipt().unwrap().1, "what is stored is not asked");
    let with = |form: &OpenForm, place: &str| OpenForm { path: new.path.clone(), ..form.but(ANSWER, Some(place)) };

    // Without an answer, with wrong ones, with the answer to the question of another form.
    let unanswered = OpenForm { path: new.path.clone(), ..asked.clone() }.send(&mut client, &ANSWERS).unwrap();
    assert!(unanswered.text().contains(challenge::UNANSWERED.vi), "{}", unanswered.text());
    asks(&unanswered, Lang::Vi);
    for wrong in [&places[1], &places[2], "0", "bảy"] {
        let again = with(&asked, wrong).send(&mut client, &ANSWERS).unwrap();
        assert!(again.text().contains(&format!("id=\"_dap-e\">{}", challenge::WRONG.vi)), "{}", again.text());
        assert!(again.text().contains("aria-describedby=\"_dap-h _dap-e\""), "{}", again.text());
        let (other, _) = asks(&again, Lang::Vi);
        assert_ne!(other.get(SEAL), asked.get(SEAL));
    }
    let stranger = busy.open(&mut client).but(SEAL, Some(asked.get(SEAL)));
    asks(&with(&stranger, &places[0]).send(&mut client, &ANSWERS).unwrap(), Lang::Vi);
    assert_eq!(busy.levels().await, [(4, 60)]);

    // The right answer stays right while something else is mended.
    let right = with(&asked, &places[0]);
    let faulty = right.send(&mut client, &[("attitude", "9")]).unwrap();
    assert_eq!(faulty.status, 422);
    let mended = OpenForm { path: new.path.clone(), hidden: hidden(&faulty.text()) };
    assert_eq!((mended.get(SEAL), mended.get(ANSWER)), (asked.get(SEAL), places[0].as_str()));
    let stored = mended.send(&mut client, &ANSWERS).unwrap();
    let (receipt, again) = stored.receipt().unwrap();
    assert_eq!((stored.status, again), (303, false));
    assert_eq!(right.send(&mut client, &ANSWERS).unwrap().receipt().unwrap(), (receipt, true));
    assert_eq!(busy.levels().await, [(4, 61)], "once, and open feedback like the others");

    // In English.
    let page = client.get(&format!("{}?lang=en", new.path)).unwrap();
    let english = OpenForm { path: new.path.clone(), hidden: hidden(&page.text()) };
    let (asked, places) = asks(&english.send(&mut client, &ANSWERS).unwrap(), Lang::En);
    assert_eq!(with(&asked, &places[0]).send(&mut client, &ANSWERS).unwrap().status, 303);

    // Another point, and a ticket of this one.
    let other = OpenForm::open(&mut client, &busy.home.public_code("X1.Q2")).unwrap();
    assert_eq!(other.send(&mut client, &ANSWERS).unwrap().status, 303);
    assert_eq!(busy.send_with_ticket(&mut client, "HS-1").status, 303);
    assert_eq!(busy.levels().await, [(2, 1), (4, 63)]);
    busy.end().await;
}

#[tokio::test]
async fn a_point_ten_times_over_its_budget_waits_and_a_restart_forgets() {
    let mut busy = Busy::of("2").await;
    let mut client = busy.client();
    let first = busy.open(&mut client);
    assert_eq!(first.send(&mut client, &ANSWERS).unwrap().status, 303);
    assert_eq!(busy.send(&mut client).status, 303);
    // Whoever does not answer takes no place, however often.
    for _ in 0..40 {
        assert_eq!(busy.send(&mut client).status, 422);
    }
    for _ in 0..18 {
        let (asked, places) = asks(&busy.send(&mut client), Lang::Vi);
        let answered = OpenForm { path: first.path.clone(), ..asked.but(ANSWER, Some(&places[0])) };
        assert_eq!(answered.send(&mut client, &ANSWERS).unwrap().status, 303);
    }
    let late = busy.open(&mut client);
    let queued = late.send(&mut client, &ANSWERS).unwrap();
    assert_eq!((queued.status, queued.header("retry-after")), (503, Some("120")));
    let page = queued.text();
    assert!(page.contains(form::ERR_BUSY.vi) && page.contains("name=\"attitude\" value=\"4\" checked"), "{page}");
    assert!(first.send(&mut client, &ANSWERS).unwrap().receipt().unwrap().1);
    assert_eq!(busy.send_with_ticket(&mut client, "HS-1").status, 303);
    assert_eq!(busy.levels().await, [(2, 1), (4, 20)]);
    assert_eq!(busy.home.server_log(), "");

    // The page that came back is good after a restart, without a question.
    assert_eq!(busy.server.stop(), Some(0));
    busy.server = busy.home.serve_with(&[("THUOCDO_POINT_BUDGET", "2")]);
    let kept = OpenForm { path: late.path, hidden: hidden(&page) };
    assert_eq!(kept.send(&mut busy.client(), &ANSWERS).unwrap().status, 303);
    assert_eq!(busy.levels().await, [(2, 1), (4, 21)]);
    busy.end().await;
}
