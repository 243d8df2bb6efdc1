//! One-time tickets: spent once, by POST alone, and joined with nothing.

mod crowd;
mod disputes;
mod file;
mod letters;
mod pages;
mod spending;

use thuocdo::record::Ticket;
use thuocdo::words::TicketStage;

use crate::program::form::{OpenForm, hidden};
use crate::program::http::{Answer, Client};
use crate::program::{Home, Server};
use crate::world::World;

/// An installation with three counters that is served.
struct Served {
    world: World,
    home: Home,
    server: Server,
}

impl Served {
    fn of(world: World) -> Self {
        let home = Home::with(&world.url, &world.keys);
        home.with_counters();
        let server = home.serve();
        Self { world, home, server }
    }

    fn client(&self) -> Client {
        self.server.client()
    }

    /// The ticket of a dossier, as the program would make it.
    fn ticket(&self, dossier: &str, stage: TicketStage) -> Ticket {
        Ticket::of(&self.world.keys, self.world.province, dossier, stage)
    }

    /// Imports dossiers that were received and returned today at the first counter, and their tickets.
    fn dossiers(&self, numbers: std::ops::Range<usize>) -> Vec<Ticket> {
        let today = thuocdo::words::Moment::now().day().iso();
        let rows: Vec<String> = numbers.clone().map(|n| format!("HS-{n},X1.Q1,{today},{today}\n")).collect();
        self.home.import("dossiers", &format!("number,point,received,returned\n{}", rows.concat()));
        numbers.map(|n| self.ticket(&format!("HS-{n}"), TicketStage::Result)).collect()
    }

    /// Answers by level.
    async fn levels(&self) -> Vec<(i16, i64)> {
        let sql = "SELECT level, count(*) FROM (SELECT level FROM response UNION ALL SELECT level FROM response_open) a
                   GROUP BY level ORDER BY level";
        let found = crate::proof::query(self.world.db.reader(), sql).await;
        found.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
    }

    async fn end(self) {
        assert_eq!(self.server.stop(), Some(0));
        assert_eq!(self.home.server_log(), "");
        self.world.close().await;
    }
}

/// The form of a ticket as a client without a browser sees it.
fn open(client: &mut Client, ticket: &Ticket) -> OpenForm {
    let page = client.get(&address(ticket)).unwrap();
    assert_eq!(page.status, 200, "{}", page.text());
    OpenForm { path: action(&page), hidden: hidden(&page.text()) }
}

fn address(ticket: &Ticket) -> String {
    format!("/p/{}", ticket.code())
}

/// Where the form of a page is sent.
fn action(page: &Answer) -> String {
    let text = page.text();
    text.split("<form").nth(1).unwrap().split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}
