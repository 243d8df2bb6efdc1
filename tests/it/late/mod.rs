//! Late dossiers: from the daily file to the apology, and forgotten in the end.

mod file;
mod pages;

use thuocdo::late::LateDossier;
use thuocdo::store::late;
use thuocdo::words::Day;

use crate::program::{Home, Server};
use crate::world::World;

/// The header of the daily file with what tells late from in time.
const HEADER: &str = "number,point,deciding_unit,procedure,stage,received,due,returned\n";

/// An installation with counters that is served.
struct Served {
    world: World,
    home: Home,
    server: Server,
}

impl Served {
    fn of(world: World) -> Self {
        let home = Home::with(&world.url, &world.keys);
        home.with_counters();
        home.import(
            "procedures",
            "code,name,field\n1.000656,Đăng ký khai tử,Hộ tịch\n1.001193,Đăng ký khai sinh,Hộ tịch\n",
        );
        let server = home.serve();
        Self { world, home, server }
    }

    /// Imports lines of the daily file.
    fn daily(&self, lines: &str) -> String {
        self.home.import("dossiers", &format!("{HEADER}{lines}"))
    }

    /// All late dossiers, by number.
    async fn late(&self) -> Vec<LateDossier> {
        let wanted = late::Wanted::default();
        let (mut found, all) =
            late::list(self.world.db.reader(), self.world.province, &wanted, (0, 1_000)).await.unwrap();
        assert_eq!(u64::try_from(found.len()).unwrap(), all);
        found.sort_by(|a, b| a.number.cmp(&b.number));
        found
    }

    async fn numbers(&self) -> Vec<String> {
        self.late().await.into_iter().filter_map(|dossier| dossier.number).collect()
    }

    async fn forget(&self, today: Day) {
        thuocdo::schedule::forget(&self.world.db, self.world.province, today).await.unwrap();
    }

    async fn end(self) {
        assert_eq!(self.server.stop(), Some(0));
        assert_eq!(self.home.server_log(), "");
        self.world.close().await;
    }
}

/// A day so many days from today, as a file has it.
fn day(today: Day, days: i32) -> String {
    today.plus(days).iso()
}
