//! What is stored stays as it was stored: the database itself refuses to change or remove an answer, whoever asks.
//!
//! Every statement that is refused here is shown to work once the triggers are gone, so that no typing error passes for a
//! refusal.

use sea_orm::{ConnectionTrait, DbBackend, TransactionTrait};
use thuocdo::collect::seal;
use thuocdo::words::Day;

use super::query;
use crate::world::{World, databases};

const DAY: Day = Day(20_500);

/// Three answers with comments: two of a sealed day, one of the open day.
async fn with_answers(world: &World) {
    let edition = world.with_town().await;
    for (name, day) in [(1, DAY), (2, DAY), (3, DAY.plus(1))] {
        let mut form = world.form(&edition, name, day);
        form.comment = Some(format!("Góp ý {name}"));
        world.stores(day, &[form]).await;
        if name == 2 {
            seal::seal(&world.db, world.province, DAY, DAY.plus(1)).await.unwrap();
        }
    }
    for (table, rows) in
        [("response", 2), ("response_open", 1), ("comment", 2), ("comment_open", 1), ("idempotency", 3)]
    {
        assert_eq!(world.rows(table).await, rows, "{table}");
    }
}

/// Every way there is to change or remove what a table holds.
fn attacks(backend: DbBackend, table: &str) -> Vec<String> {
    let (key, change) = match table {
        "idempotency" => ("p, opened_day, key_hash", "stored_day = 1"),
        "comment" | "comment_open" => ("p, day, leaf", "text = 'khác'"),
        _ => ("p, day, leaf", "point = 12"),
    };
    let mut attacks = vec![
        format!("UPDATE {table} SET {change}"),
        format!("UPDATE {table} SET p = 2"),
        format!("INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT ({key}) DO UPDATE SET {change}"),
    ];
    // Form keys are forgotten after 30 days: that one DELETE is the program's own.
    if table != "idempotency" {
        attacks.push(format!("DELETE FROM {table}"));
    }
    if table.starts_with("comment") {
        attacks.push(format!("UPDATE {table} SET text = NULL, erased = 20600"));
        attacks.push(format!("UPDATE {table} SET text = NULL, salt = NULL"));
        attacks.push(format!("UPDATE {table} SET salt = NULL, erased = 20600"));
        attacks.push(format!("UPDATE {table} SET text = NULL, salt = NULL, erased = 20600, day = day + 1"));
    }
    if backend == DbBackend::Sqlite {
        attacks.extend([
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
            format!("REPLACE INTO {table} SELECT * FROM {table}"),
            format!("UPDATE OR REPLACE {table} SET {change}"),
            format!("UPDATE OR IGNORE {table} SET {change}"),
        ]);
    }
    attacks
}

const TABLES: [&str; 5] = ["response", "response_open", "comment", "comment_open", "idempotency"];

/// Runs a statement in a transaction that is taken back, and says what the database said.
async fn attempt(
    db: &impl TransactionTrait<Transaction = sea_orm::DatabaseTransaction>,
    sql: &str,
) -> Result<(), String> {
    let tx = db.begin().await.unwrap();
    let said = tx.execute_unprepared(sql).await.map(|_| ()).map_err(|error| error.to_string());
    tx.rollback().await.unwrap();
    said
}

/// The same as [`attempt`], as the program itself is connected.
async fn attempt_as_program(world: &World, sql: &str) -> Result<(), String> {
    let tx = world.db.begin().await.unwrap();
    let said = tx.execute_unprepared(sql).await.map(|_| ()).map_err(|error| error.to_string());
    tx.rollback().await.unwrap();
    said
}

fn is_refusal(said: &str) -> bool {
    ["append-only", "may be erased, never changed", "only when it is sealed", "permission denied"]
        .iter()
        .any(|words| said.contains(words))
}

#[tokio::test]
async fn nothing_stored_can_be_changed_or_removed_by_the_program_or_by_the_owner() {
    for world in databases().await {
        with_answers(&world).await;
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        let backend = owner.get_database_backend();
        for table in TABLES {
            for sql in attacks(backend, table) {
                let said = attempt_as_program(&world, &sql).await;
                assert!(said.as_ref().is_err_and(|said| is_refusal(said)), "program: {sql}: {said:?}");
                let said = attempt(&owner, &sql).await;
                let refused = said.as_ref().is_err_and(|said| is_refusal(said) && !said.contains("permission"));
                assert!(refused, "owner: {sql}: {said:?}");
            }
        }
        // Without the triggers the owner is refused nothing: the refusals above are theirs.
        for (trigger, table) in triggers(&owner).await {
            let of = if backend == DbBackend::Postgres { format!(" ON {table}") } else { String::new() };
            owner.execute_unprepared(&format!("DROP TRIGGER {trigger}{of}")).await.unwrap();
        }
        for table in TABLES {
            for sql in attacks(backend, table) {
                assert_eq!(attempt(&owner, &sql).await, Ok(()), "{sql}");
            }
        }
        owner.close().await.unwrap();
        world.close().await;
    }
}

async fn triggers(owner: &impl ConnectionTrait) -> Vec<(String, String)> {
    let sql = match owner.get_database_backend() {
        DbBackend::Postgres => "SELECT tgname::text, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
        _ => "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger'",
    };
    let rows = query(owner, sql).await;
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}

#[tokio::test]
async fn a_comment_can_be_erased_and_its_answer_stays() {
    for world in databases().await {
        with_answers(&world).await;
        for table in ["comment", "comment_open"] {
            let sql = format!("UPDATE {table} SET text = NULL, salt = NULL, erased = 20600");
            let tx = world.db.begin().await.unwrap();
            tx.execute_unprepared(&sql).await.unwrap();
            tx.commit().await.unwrap();
            let back = format!("UPDATE {table} SET text = 'khác', salt = NULL, erased = NULL");
            let said = attempt_as_program(&world, &back).await;
            assert!(said.is_err_and(|said| is_refusal(&said)), "an erased comment cannot be written again");
        }
        // An erased comment does not stand in the way of sealing its day.
        seal::seal(&world.db, world.province, DAY.plus(1), DAY.plus(2)).await.unwrap();
        assert_eq!((world.rows("response").await, world.rows("response_open").await), (3, 0));
        let left = query(world.db.reader(), "SELECT COUNT(*) FROM comment WHERE text IS NULL AND salt IS NULL").await;
        assert_eq!(left[0].try_get_by_index::<i64>(0).unwrap(), 3);
        world.close().await;
    }
}

#[tokio::test]
async fn an_answer_leaves_the_open_day_only_as_the_same_answer_sealed() {
    for world in databases().await {
        if world.db.reader().get_database_backend() != DbBackend::Sqlite {
            // There the open tables are emptied by the owner's function alone; see the refusals above.
            world.close().await;
            continue;
        }
        with_answers(&world).await;
        for (table, change) in [
            ("response", "point = s.point + 1"),
            ("response", "wave = 1"),
            ("response", "salt = zeroblob(32)"),
            ("comment", "text = 'khác'"),
            ("comment", "text = NULL"),
        ] {
            // A row of the sealed table that differs in one column does not let the open one go; the same row does.
            let tx = world.db.begin().await.unwrap();
            let (column, value) = change.split_once(" = ").unwrap();
            let columns: Vec<String> = query(&tx, &format!("SELECT name FROM pragma_table_info('{table}')"))
                .await
                .iter()
                .map(|row| row.try_get_by_index(0).unwrap())
                .collect();
            let put = |value: &str| {
                let values: Vec<&str> =
                    columns.iter().map(|name| if name == column { value } else { name.as_str() }).collect();
                format!("INSERT INTO {table} SELECT {} FROM {table}_open s", values.join(", "))
            };
            let empty = format!("DELETE FROM {table}_open");
            tx.execute_unprepared(&put(value)).await.unwrap();
            let said = tx.execute_unprepared(&empty).await.unwrap_err().to_string();
            assert!(said.contains("only when it is sealed"), "{change}: {said}");
            tx.rollback().await.unwrap();
            let tx = world.db.begin().await.unwrap();
            tx.execute_unprepared(&put(column)).await.unwrap();
            tx.execute_unprepared(&empty).await.unwrap();
            tx.rollback().await.unwrap();
        }
        world.close().await;
    }
}

#[tokio::test]
async fn the_program_can_read_columns_but_not_the_physical_order_on_postgresql() {
    for world in databases().await {
        if world.db.reader().get_database_backend() == DbBackend::Postgres {
            with_answers(&world).await;
            // Cells and form keys are written in the transaction of the answer: their order is its order.
            for table in ["response", "response_open", "comment", "comment_open", "idempotency", "cell", "cell_pair"] {
                for column in ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"] {
                    let said = attempt_as_program(&world, &format!("SELECT {column} FROM {table}")).await;
                    assert!(said.as_ref().is_err_and(|said| is_refusal(said)), "{table}.{column}: {said:?}");
                }
                let said = attempt_as_program(&world, &format!("SELECT p FROM {table}")).await;
                assert_eq!(said, Ok(()), "its own columns it may read");
                let said = attempt_as_program(&world, &format!("TRUNCATE {table}")).await;
                assert!(said.is_err_and(|said| is_refusal(&said)), "TRUNCATE {table}");
            }
            for sql in [
                "ALTER TABLE response DISABLE TRIGGER ALL",
                "DROP TRIGGER response_no_update ON response",
                "DROP TABLE response",
            ] {
                let said = attempt_as_program(&world, sql).await;
                assert!(
                    said.as_ref().is_err_and(|said| said.contains("must be owner") || is_refusal(said)),
                    "{sql}: {said:?}"
                );
            }
        }
        world.close().await;
    }
}
