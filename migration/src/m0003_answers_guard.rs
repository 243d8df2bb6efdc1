//! What keeps the answers appended: triggers on both databases, and the one function that seals a day on PostgreSQL.

/// Columns of an answer, in the order of the table.
pub(crate) const ANSWER_COLUMNS: &str = "p, day, leaf, format, edition, point, deciding_unit, procedure, field, channel, level, reason, helper, \
     flags, wave, place, answers, comment_hash, salt";
/// Columns of a comment, in the order of the table.
pub(crate) const COMMENT_COLUMNS: &str = "p, day, leaf, text, salt, erased";

/// `a.x IS b.x AND …` over the columns: the two rows are the same, absent values included.
fn same(columns: &str, left: &str, right: &str, operator: &str) -> String {
    columns
        .split(',')
        .map(|column| format!("{left}.{c} {operator} {right}.{c}", c = column.trim()))
        .collect::<Vec<_>>()
        .join(" AND ")
}

/// Triggers of SQLite. `INSERT OR REPLACE` would delete without firing a trigger, so an insert over an existing key is
/// refused before it can.
pub(crate) fn sqlite() -> Vec<String> {
    let mut statements = Vec::new();
    for table in ["response", "response_open", "comment", "comment_open", "idempotency"] {
        let key = if table == "idempotency" {
            "opened_day = NEW.opened_day AND key_hash = NEW.key_hash"
        } else {
            "day = NEW.day AND leaf = NEW.leaf"
        };
        statements.push(format!(
            "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
             WHEN EXISTS (SELECT 1 FROM {table} WHERE p = NEW.p AND {key})
             BEGIN SELECT RAISE(ABORT, '{table} is append-only: this key is taken'); END"
        ));
    }
    for table in ["response", "response_open", "idempotency"] {
        statements.push(format!(
            "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
             BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ));
    }
    for table in ["comment", "comment_open"] {
        statements.push(format!(
            "CREATE TRIGGER {table}_only_erased BEFORE UPDATE ON {table}
             WHEN NEW.text IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.erased IS NULL
                  OR NEW.p <> OLD.p OR NEW.day <> OLD.day OR NEW.leaf <> OLD.leaf
             BEGIN SELECT RAISE(ABORT, 'a comment may be erased, never changed'); END"
        ));
    }
    for table in ["response", "comment"] {
        statements.push(format!(
            "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
             BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ));
    }
    for (table, columns) in [("response", ANSWER_COLUMNS), ("comment", COMMENT_COLUMNS)] {
        let same = same(columns, "s", "OLD", "IS");
        statements.push(format!(
            "CREATE TRIGGER {table}_open_only_sealed BEFORE DELETE ON {table}_open
             WHEN NOT EXISTS (SELECT 1 FROM {table} s WHERE {same})
             BEGIN SELECT RAISE(ABORT, 'an answer leaves the open day only when it is sealed'); END"
        ));
    }
    statements
}

/// Triggers and the sealing function of PostgreSQL. The function copies the day in key order, empties the open tables by
/// TRUNCATE (a DELETE would leave the rows in the file in the order they came) and puts back what is still open. It writes
/// the cells of the day anew as well: a cell of one answer is written when that answer comes.
pub(crate) fn postgres() -> Vec<String> {
    let mut statements = vec![
        "CREATE FUNCTION thuocdo_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
            .to_owned(),
        "CREATE FUNCTION thuocdo_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF NEW.text IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.erased IS NULL
              OR NEW.p <> OLD.p OR NEW.day <> OLD.day OR NEW.leaf <> OLD.leaf THEN
             RAISE EXCEPTION 'a comment may be erased, never changed';
           END IF;
           RETURN NEW;
         END $$"
            .to_owned(),
    ];
    for table in ["response", "response_open", "idempotency"] {
        statements.push(format!(
            "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
             FOR EACH ROW EXECUTE FUNCTION thuocdo_append_only()"
        ));
    }
    for table in ["comment", "comment_open"] {
        statements.push(format!(
            "CREATE TRIGGER {table}_only_erased BEFORE UPDATE ON {table}
             FOR EACH ROW EXECUTE FUNCTION thuocdo_only_erased()"
        ));
    }
    for table in ["response", "response_open", "comment", "comment_open"] {
        statements.push(format!(
            "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
             FOR EACH ROW EXECUTE FUNCTION thuocdo_append_only()"
        ));
    }
    let body = [("response", ANSWER_COLUMNS), ("comment", COMMENT_COLUMNS)]
        .map(|(table, columns)| {
            format!(
                "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}_open
               WHERE p = province AND day <= through ORDER BY p, day, leaf;
             CREATE TEMP TABLE {table}_rest ON COMMIT DROP AS
               SELECT {columns} FROM {table}_open WHERE NOT (p = province AND day <= through) ORDER BY p, day, leaf;
             TRUNCATE {table}_open;
             INSERT INTO {table}_open ({columns}) SELECT {columns} FROM {table}_rest ORDER BY p, day, leaf;
             DROP TABLE {table}_rest;"
            )
        })
        .join("\n");
    let of_sealed_days = "WHERE p = province AND day IN (SELECT day FROM sealed_days)";
    let cells = [("cell", "item"), ("cell_pair", "item, item2")]
        .map(|(table, item)| {
            format!(
                "CREATE TEMP TABLE {table}_rest ON COMMIT DROP AS SELECT * FROM {table} {of_sealed_days};
             DELETE FROM {table} {of_sealed_days};
             INSERT INTO {table} SELECT * FROM {table}_rest
               ORDER BY p, day, point, deciding_unit, edition, level, channel, field, adj, {item};
             DROP TABLE {table}_rest;"
            )
        })
        .join("\n");
    statements.push(format!(
        "CREATE FUNCTION thuocdo_seal(province SMALLINT, through INTEGER) RETURNS void LANGUAGE plpgsql
         SECURITY DEFINER SET search_path = public, pg_temp AS $$
         BEGIN
           LOCK TABLE response_open, comment_open IN ACCESS EXCLUSIVE MODE;
           CREATE TEMP TABLE sealed_days ON COMMIT DROP AS
             SELECT DISTINCT day FROM response_open WHERE p = province AND day <= through;
           {cells}
           DROP TABLE sealed_days;
           {body}
         END $$"
    ));
    statements
}
