//! A witness follows a served installation: what grows is signed, what is rolled back or rewritten is refused and kept.

use thuocdo::record::{Note, NoteKey};

use super::rebuilt::rebuild;
use super::{FIRST, drop_guards};
use crate::program::{Home, Server};
use crate::world::{World, databases};

fn look(home: &Home, server: &Server) -> crate::program::Ended {
    let url = format!("http://{}", server.address);
    home.run(&["witness", &url, "--once", "--state", "witness.state"])
}

/// The field in which a code is sent.
fn code(code: &impl ToString) -> Vec<(String, String)> {
    vec![("ma".to_owned(), code.to_string())]
}

async fn grown(world: &World, days: i32) {
    let edition = world.with_town().await;
    let mut serial = 0;
    for offset in 0..days {
        world.answers(&edition, &mut serial, FIRST.plus(offset), 40).await;
        world.signs(FIRST.plus(offset)).await;
    }
}

#[tokio::test]
async fn a_witness_signs_what_grows_and_refuses_a_rewritten_record() {
    for world in databases().await {
        grown(&world, 2).await;
        let home = Home::with(&world.url, &world.keys);
        let server = home.serve();
        let first = look(&home, &server);
        assert_eq!(first.code, Some(0), "{}", first.err);
        assert!(first.out.contains("first contact"), "{}", first.out);
        let again = look(&home, &server);
        assert!(again.code == Some(0) && !again.out.contains("first contact"), "{}", again.out);
        let edition = world.snapshot().await.editions.in_force("counter", FIRST).unwrap().clone();
        let mut serial = 1_000;
        world.answers(&edition, &mut serial, FIRST.plus(2), 40).await;
        home.does(&["record", "rotate-key"]);
        home.does(&["seal"]);
        let signed = look(&home, &server);
        assert_eq!(signed.code, Some(0), "{}", signed.err);
        let key = signed.out.lines().find_map(|line| line.strip_prefix("# signed by ")).unwrap();
        let note = signed.out.split_once(&format!("{key}\n")).unwrap().1;
        let note = Note::parse(note.strip_suffix('\n').unwrap()).unwrap();
        assert!(note.is_signed_by(&NoteKey::parse(key).unwrap()) && note.text().contains("\n120\n"));
        // One answer is changed, and everything that follows from it is computed and signed again: only a witness can see it.
        let owner = world.owner().await;
        drop_guards(&owner).await;
        let secret = std::fs::read_to_string(home.path().join("thuocdo.keys")).unwrap();
        rebuild(&world, &owner, &secret, |rows| rows[3].point = 12).await;
        owner.close().await.unwrap();
        assert!(home.does(&["record", "verify"]).contains("the record is whole"));
        let refused = look(&home, &server);
        assert_eq!(refused.code, Some(1));
        assert!(refused.err.contains("is refused: it shows two records"), "{}", refused.err);
        let kept = std::fs::read_dir(home.path()).unwrap();
        let kept =
            kept.filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains(".refused-")).count();
        assert_eq!(kept, 1);
        world.answers(&edition, &mut serial, FIRST.plus(3), 40).await;
        home.does(&["seal"]);
        let refused = look(&home, &server);
        assert!(refused.code == Some(1) && refused.err.contains("was rewritten"), "{}", refused.err);
        server.stop();
        world.close().await;
    }
}

#[tokio::test]
async fn a_witness_refuses_an_installation_that_was_rolled_back_to_a_backup() {
    for world in databases().await {
        grown(&world, 2).await;
        let home = Home::with(&world.url, &world.keys);
        home.does(&["backup", "early.backup"]);
        let edition = world.snapshot().await.editions.in_force("counter", FIRST).unwrap().clone();
        let mut serial = 1_000;
        world.answers(&edition, &mut serial, FIRST.plus(2), 40).await;
        world.signs(FIRST.plus(2)).await;
        let server = home.serve();
        let noted = home.does(&["record", "checkpoint"]);
        assert_eq!(look(&home, &server).code, Some(0));
        server.stop();
        std::fs::write(home.path().join("noted.txt"), noted).unwrap();
        let back = format!("sqlite://{}", home.path().join("back.db").display());
        home.does(&["restore", "early.backup", "--database", &back]);
        let rolled = Home::with(&back, &world.keys);
        assert!(rolled.does(&["record", "verify"]).contains("the record is whole"));
        std::fs::copy(home.path().join("noted.txt"), rolled.path().join("noted.txt")).unwrap();
        let told = rolled.run(&["record", "verify", "--checkpoint", "noted.txt"]);
        assert!(told.code == Some(1) && told.err.contains("it was rolled back"), "{}", told.err);
        let server = rolled.serve();
        let refused = look(&home, &server);
        assert!(refused.code == Some(1) && refused.err.contains("it was rolled back"), "{}", refused.err);
        let stranger = thuocdo::record::Signer::new("thuocdo/1/00", &thuocdo::record::Secret::new([9; 32])).unwrap();
        let url = format!("http://{}", server.address);
        let key = stranger.key().to_string();
        let foreign = home.run(&["witness", &url, "--once", "--state", "other.state", "--key", &key]);
        assert!(foreign.code == Some(1) && foreign.err.contains("not among the keys"), "{}", foreign.err);
        server.stop();
        let nobody = home.run(&["witness", "http://127.0.0.1:1", "--once"]);
        assert!(nobody.code == Some(1) && nobody.err.contains("cannot read http://127.0.0.1:1"), "{}", nobody.err);
        world.close().await;
    }
}

#[tokio::test]
async fn pages_and_files_of_the_record_are_served_and_unknown_sizes_are_not() {
    for world in databases().await {
        let edition = world.with_town().await;
        let home = Home::with(&world.url, &world.keys);
        let server = home.serve();
        let mut client = server.client();
        for path in ["/so-ghi/checkpoint", "/so-ghi/khoa"] {
            assert_eq!(client.get(path).unwrap().status, 404);
        }
        assert!(client.get("/so-ghi").unwrap().text().contains("Chưa có ngày nào được niêm phong"));
        let mut serial = 0;
        let mut receipts = Vec::new();
        for offset in 0..2 {
            receipts.extend(world.answers(&edition, &mut serial, FIRST.plus(offset), 40).await);
            let open = client.post("/bien-nhan/tep", &code(&receipts[0])).unwrap();
            let kind = if offset == 0 { "promise" } else { "proof" };
            assert!(
                open.status == 200 && open.text().contains(&format!("thuocdo receipt {kind} v1")),
                "{}",
                open.text()
            );
            world.signs(FIRST.plus(offset)).await;
        }
        let page = client.get("/so-ghi?lang=en").unwrap().text();
        assert!(page.contains("80 forms, sealed through") && page.contains("thuocdo witness"), "{page}");
        let note = client.get("/so-ghi/checkpoint").unwrap().text();
        assert_eq!(note, world.latest().await.note);
        assert!(client.get("/so-ghi/khoa").unwrap().text().starts_with("key 1 1 thuocdo/1/"));
        assert!(
            client.get("/so-ghi/nhat-quan/40/80").unwrap().text().starts_with("{\"from\":40,\"to\":80,\"hashes\":[")
        );
        for sizes in ["40/81", "80/40", "39/80", "0/80", "040/80", "+40/80", "x/y", "99999999999999999999/80"] {
            assert_eq!(client.get(&format!("/so-ghi/nhat-quan/{sizes}")).unwrap().status, 404, "{sizes}");
        }
        let receipt = client.post("/bien-nhan", &code(&receipts[0])).unwrap().text();
        assert!(receipt.contains("điểm kiểm 40") && receipt.contains("Tải giấy xác nhận"), "{receipt}");
        for unknown in ["", "x", "0000-0000-0000-0000"] {
            assert_eq!(client.post("/bien-nhan/tep", &code(&unknown)).unwrap().status, 404);
        }
        assert_eq!(client.get("/bien-nhan/tep").unwrap().status, 405);
        assert_eq!(server.stop(), Some(0));
        world.close().await;
    }
}
