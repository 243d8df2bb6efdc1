//! An uploaded questionnaire: one person proposes it, another puts it into use.

use thuocdo::decisions::{self, EditionFile, EditionProposal, NotDone, Refusal, Subject};
use thuocdo::registry::editions::UploadRefusal;
use thuocdo::store::decisions as stored;
use thuocdo::store::decisions::StoredDecision;
use thuocdo::words::{Day, DecisionId, DecisionKind, DecisionReason, DecisionState, Moment, StaffId};

use super::acts::log;
use super::{first, morning, refusals, second, today, who};
use crate::world::{World, databases};

/// A questionnaire of the province's own in its version `version`.
pub(super) fn own(version: u16) -> String {
    let text = include_str!("../../../surveys/counter-1.toml").replacen("\ncode = \"counter\"", "\ncode = \"own\"", 1);
    if version == 1 {
        return text;
    }
    let before = version - 1;
    let head =
        format!("\nversion = {version}\nsucceeds = {{ code = \"own\", version = {before} }}\ncomparable = true\n");
    text.replacen("\nversion = 1\n", &head, 1)
}

impl World {
    /// The first person proposes a questionnaire; nobody knows in which unit they work.
    pub(super) async fn proposes_edition(&self, text: &str) -> Result<DecisionId, NotDone> {
        let proposal = EditionProposal { name: "own.toml", toml: text.as_bytes(), note: "Quyết định 12/QĐ-UBND" };
        decisions::propose_edition(&self.db, self.province, &who(1, 0, first().now), &proposal).await
    }

    async fn decision(&self, id: DecisionId) -> StoredDecision {
        decisions::get(self.db.reader(), self.province, id).await.unwrap().unwrap()
    }

    /// Code and version in force on a day, and the revision of the registry.
    async fn in_force(&self, day: Day) -> (Option<String>, i64) {
        let snapshot = self.snapshot().await;
        let found = snapshot.editions.in_force("own", day).map(|known| known.edition.name().to_string());
        (found, snapshot.installation.revision)
    }
}

#[tokio::test]
async fn a_questionnaire_is_put_into_use_by_two_persons_and_never_by_one() {
    for world in databases().await {
        world.with_department().await;
        let (db, p) = (&world.db, world.province);
        let before = world.in_force(today()).await;
        let id = world.proposes_edition(&own(1)).await.unwrap();
        let proposed = world.decision(id).await;
        assert_eq!((proposed.kind, proposed.reason), (DecisionKind::Edition, DecisionReason::Questionnaire));
        assert_eq!((proposed.rated.len(), proposed.note.as_str()), (0, "Quyết định 12/QĐ-UBND"));
        let file = EditionFile { name: "own.toml".to_owned(), toml: own(1) };
        assert_eq!(Subject::of(&proposed).unwrap(), Subject::Edition(file));
        for alone in [decisions::approve(db, p, &first(), id).await, decisions::refuse(db, p, &first(), id).await] {
            assert_eq!(refusals(alone), [Refusal::Proposer(DecisionKind::Edition)]);
        }
        assert_eq!((world.decision(id).await, world.in_force(today()).await), (proposed, before.clone()));
        // The own unit of neither matters: nobody is rated by a questionnaire.
        decisions::approve(db, p, &who(2, 0, second().now), id).await.unwrap();
        let approved = world.decision(id).await;
        assert_eq!((approved.state, approved.decider), (DecisionState::Approved, Some(StaffId(2))));
        let after = world.in_force(today()).await;
        assert!(after.0.as_deref() == Some("own-1") && after.1 > before.1, "{after:?}");
        let log = log(&world).await;
        let acts: Vec<&str> = log[log.len() - 2..].iter().map(|line| line.1.as_str()).collect();
        assert_eq!(acts, ["propose edition", "approve edition"]);
        let told = &log[log.len() - 1].2;
        assert!(told.starts_with("decision 1: own-1 sha256 ") && told.ends_with(" (questionnaire)"), "{told}");
        assert_eq!(approved.log_seq, Some(i32::try_from(log.len()).unwrap()));
        // The next version is in force from the day on which it was approved.
        let next = world.proposes_edition(&own(2)).await.unwrap();
        decisions::approve(db, p, &second(), next).await.unwrap();
        let day = today();
        let names = [world.in_force(day.plus(-1)).await.0, world.in_force(day).await.0];
        assert_eq!(names.map(Option::unwrap), ["own-1", "own-2"]);
        world.close().await;
    }
}

#[tokio::test]
async fn a_questionnaire_that_is_refused_withdrawn_or_expired_is_never_in_use() {
    for world in databases().await {
        world.with_department().await;
        let (db, p) = (&world.db, world.province);
        let before = world.in_force(today()).await;
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.push(world.proposes_edition(&own(1)).await.unwrap());
        }
        decisions::refuse(db, p, &second(), ids[0]).await.unwrap();
        decisions::withdraw(db, p, &first(), ids[1]).await.unwrap();
        for (id, state) in [(ids[0], DecisionState::Refused), (ids[1], DecisionState::Withdrawn)] {
            assert_eq!(refusals(decisions::approve(db, p, &second(), id).await), [Refusal::Decided(state)]);
        }
        let expires = Moment::from_unix(first().now.unix() + 14 * 86_400);
        let late = who(2, 0, expires);
        assert_eq!(refusals(decisions::approve(db, p, &late, ids[2]).await), [Refusal::Expired(expires.day())]);
        assert_eq!(world.in_force(today()).await, before);
        world.close().await;
    }
}

#[tokio::test]
async fn what_cannot_be_put_into_use_is_not_even_proposed() {
    for world in databases().await {
        world.with_department().await;
        let two =
            own(1).replacen("aggregation = ", "agregation = ", 1).replacen("\nversion = 1\n", "\nversion = 0\n", 1);
        let [Refusal::Edition(UploadRefusal::Unsound(unsound))] = &refusals(world.proposes_edition(&two).await)[..]
        else {
            panic!("accepted")
        };
        assert!(unsound.problems.len() >= 2, "{unsound}");
        let large = format!("{}\n# {}", own(1), "x".repeat(256 * 1024));
        assert!(matches!(
            refusals(world.proposes_edition(&large).await)[..],
            [Refusal::Edition(UploadRefusal::TooLarge { .. })]
        ));
        let id = world.proposes_edition(&own(1)).await.unwrap();
        decisions::approve(&world.db, world.province, &second(), id).await.unwrap();
        let again = refusals(world.proposes_edition(&own(1)).await);
        assert!(matches!(&again[..], [Refusal::EditionThere(name)] if name.to_string() == "own-1"), "{again:?}");
        let changed = own(1).replacen("satisfied = [4, 5]", "satisfied = [3, 4, 5]", 1);
        let changed = refusals(world.proposes_edition(&changed).await);
        assert!(matches!(changed[..], [Refusal::Edition(UploadRefusal::Changed(_))]), "{changed:?}");
        assert_eq!(decisions::list(world.db.reader(), world.province).await.unwrap().len(), 1);
        world.close().await;
    }
}

#[tokio::test]
async fn a_proposed_questionnaire_is_looked_at_again_before_it_is_put_into_use() {
    for world in databases().await {
        world.with_department().await;
        let (db, p) = (&world.db, world.province);
        let one = world.proposes_edition(&own(1)).await.unwrap();
        let same = world.proposes_edition(&own(1)).await.unwrap();
        let changed = own(1).replacen("satisfied = [4, 5]", "satisfied = [3, 4, 5]", 1);
        let other = world.proposes_edition(&changed).await.unwrap();
        // One that an earlier version of the program took for sound.
        let unsound = StoredDecision {
            id: DecisionId(9),
            subject: r#"{"name":"old.toml","toml":"code = 1"}"#.to_owned(),
            ..world.decision(one).await
        };
        let tx = db.begin().await.unwrap();
        stored::add(&tx, p, &unsound).await.unwrap();
        tx.commit().await.unwrap();
        decisions::approve(db, p, &second(), one).await.unwrap();
        let before = world.in_force(today()).await;
        let refused = refusals(decisions::approve(db, p, &second(), same).await);
        assert!(matches!(refused[..], [Refusal::EditionThere(_)]), "{refused:?}");
        let refused = refusals(decisions::approve(db, p, &second(), other).await);
        assert!(matches!(refused[..], [Refusal::Edition(UploadRefusal::Changed(_))]), "{refused:?}");
        let refused = refusals(decisions::approve(db, p, &second(), unsound.id).await);
        assert!(matches!(refused[..], [Refusal::Edition(UploadRefusal::Unsound(_))]), "{refused:?}");
        assert_eq!(world.in_force(today()).await, before);
        for id in [same, other, unsound.id] {
            assert_eq!(world.decision(id).await.state, DecisionState::Proposed);
            decisions::refuse(db, p, &who(2, 0, morning(today())), id).await.unwrap();
        }
        assert!(log(&world).await.last().unwrap().2.starts_with("decision 9: old.toml sha256 "));
        world.close().await;
    }
}
