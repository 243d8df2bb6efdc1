//! Fresh databases for a test: SQLite in a folder of its own, and PostgreSQL where `TEST_DATABASE_URL` names a server.

use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use thuocdo::record::{Keys, Secret};
use thuocdo::registry::{Snapshot, editions};
use thuocdo::store::{Database, Opening, installation};
use thuocdo::words::{Day, Province};

/// Roles belong to the whole server, so two databases must not make them at once.
static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// An installation with the editions of the program and nothing else.
pub(crate) struct World {
    pub(crate) db: Database,
    pub(crate) url: String,
    pub(crate) province: Province,
    pub(crate) keys: Keys,
    folder: Option<TempDir>,
    server: Option<(String, String)>,
}

impl World {
    /// What is stored of the registry.
    pub(crate) async fn snapshot(&self) -> Snapshot {
        Snapshot::load(&self.db, self.province).await.unwrap()
    }

    /// Closes the database and removes it, as far as it lets itself be removed.
    pub(crate) async fn close(self) {
        let Self { db, folder, server, .. } = self;
        db.close().await.unwrap();
        drop(folder);
        if let Some((url, name)) = server
            && let Ok(server) = sea_orm::Database::connect(url).await
        {
            let _ = server.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

/// A fresh database of every kind there is.
pub(crate) async fn databases() -> Vec<World> {
    let mut worlds = vec![sqlite().await];
    #[expect(clippy::disallowed_methods, reason = "a test has no settings; the server is named by whoever runs it")]
    let server = std::env::var("TEST_DATABASE_URL");
    match server {
        Ok(url) => worlds.push(postgres(&url).await),
        Err(_not_set) => println!("PostgreSQL is skipped: TEST_DATABASE_URL names no server"),
    }
    worlds
}

async fn sqlite() -> World {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("thuocdo.db").display());
    World { folder: Some(folder), ..world(url).await }
}

/// A database that holds nothing at all; of SQLite, not even its file is there.
pub(crate) struct Empty {
    pub(crate) url: String,
    folder: Option<TempDir>,
    server: Option<(String, String)>,
}

impl Empty {
    /// Removes whatever it has become.
    pub(crate) async fn remove(self) {
        drop(self.folder);
        if let Some((url, name)) = self.server
            && let Ok(server) = sea_orm::Database::connect(url).await
        {
            let _ = server.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

/// An empty database of every kind there is.
pub(crate) async fn empty_databases() -> Vec<Empty> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("restored.db").display());
    let mut all = vec![Empty { url, folder: Some(folder), server: None }];
    #[expect(clippy::disallowed_methods, reason = "a test has no settings; the server is named by whoever runs it")]
    match std::env::var("TEST_DATABASE_URL") {
        Ok(server) => {
            let (url, name) = empty_postgres(&server).await;
            all.push(Empty { url, folder: None, server: Some((server, name)) });
        }
        Err(_not_set) => println!("PostgreSQL is skipped: TEST_DATABASE_URL names no server"),
    }
    all
}

async fn postgres(server: &str) -> World {
    let _turn = ONE_AT_A_TIME.lock().await;
    let (url, name) = empty_postgres(server).await;
    World { server: Some((server.to_owned(), name)), ..world(url).await }
}

/// The URL and the name of a new database.
async fn empty_postgres(server: &str) -> (String, String) {
    let name = format!("thuocdo_test_{:016x}", rand::random::<u64>());
    let connection = sea_orm::Database::connect(server).await.unwrap();
    connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    connection.close().await.unwrap();
    let (address, query) = server.split_once('?').map_or((server, ""), |(address, query)| (address, query));
    let (host, _) = address.rsplit_once('/').unwrap();
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    (format!("{host}/{name}{query}"), name)
}

async fn world(url: String) -> World {
    let province = Province(1);
    let keys = Keys {
        form: Secret::new([1; 32]),
        salt: Secret::new([2; 32]),
        ticket: Secret::new([3; 32]),
        staff: Secret::new([4; 32]),
        checkpoint: vec![Secret::new([5; 32])],
    };
    let db = Database::open(&url, Opening::Create).await.unwrap();
    let tx = db.begin().await.unwrap();
    installation::create(&tx, province, false).await.unwrap();
    editions::install(&tx, province, &editions::available(None).unwrap(), Day::of(2026, 1, 1).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    World { db, url, province, keys, folder: None, server: None }
}
