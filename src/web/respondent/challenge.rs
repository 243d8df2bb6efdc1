//! A point that has just received very many forms asks one small question in words, and then waits.
//!
//! Nothing of the question is kept: a hidden field authenticates which answer is right, for this form alone. It slows a script
//! down and is no proof of a person; the level of the answer stays what it is.

use std::time::Instant;

use anyhow::Context;
use rand::RngExt;
use rand::seq::index;

use super::asked::Check;
use super::form_page::Opening;
use crate::collect::accept::Ready;
use crate::collect::{Outcome, Refusal};
use crate::questionnaire::Entered;
use crate::record::{Keys, hex, hmac_sha256, unhex};
use crate::store::answers;
use crate::text::{capital, challenge as words, form};
use crate::web::budget::Way;
use crate::web::site::Site;
use crate::web::view::form::{ErrorItem, ErrorSummary};
use crate::web::view::question::{Answer, Choice, Look, Question};
use crate::words::{Lang, Province};

/// Hidden field that tells the server which answer is right.
pub(super) const SEAL_FIELD: &str = "_hoi";
/// Field of the answer.
pub(super) const ANSWER_FIELD: &str = "_dap";

/// Random bytes that make each seal its own.
const NONCE: usize = 4;
/// Bytes that authenticate.
const MAC: usize = 12;

/// What came back of the question; empty where none was asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Reply {
    pub(super) seal: String,
    pub(super) answer: String,
}

/// Why a form is not stored.
pub(super) enum Held {
    /// It is refused.
    Refused(Refusal),
    /// The question has to be answered first.
    Asked(Entered),
    /// The point has to rest.
    Queue(Entered),
}

/// Hands a form in, within the budget of its point. Forms with a ticket have none, and a form that was stored before is
/// neither counted nor asked.
pub(super) async fn hand_in(
    site: &Site,
    province: Province,
    opening: &Opening<'_>,
    ready: Ready<'_>,
    has_answered: bool,
) -> Result<Outcome, Held> {
    let point = opening.point.point.point;
    if opening.ticket.is_some() {
        return ready.hand_in(&site.intake).await.map_err(Held::Refused);
    }
    match site.budget.enter(point, has_answered, Instant::now()) {
        Way::Free => {
            let outcome = ready.hand_in(&site.intake).await;
            if !matches!(outcome, Ok(Outcome::Stored(_))) {
                site.budget.give_back(point);
            }
            outcome.map_err(Held::Refused)
        }
        _ if is_stored(site, province, &ready).await? => ready.hand_in(&site.intake).await.map_err(Held::Refused),
        Way::Question => Err(Held::Asked(ready.entered())),
        Way::Queue => Err(Held::Queue(ready.entered())),
    }
}

/// Whether a form with this key was stored before.
async fn is_stored(site: &Site, province: Province, ready: &Ready<'_>) -> Result<bool, Held> {
    let used = answers::used_keys(site.db.reader(), province, &[ready.kept_as()]).await;
    let used = used.context("while looking for a form key");
    used.map(|used| !used.is_empty())
        .map_err(|error| Held::Refused(Refusal::Fault(ready.entered(), format!("{error:#}").into())))
}

impl Reply {
    /// Whether it answers the question that was asked with the form of this key.
    pub(super) fn is_right(&self, keys: &Keys, form_key: &str) -> bool {
        let Some(bytes) = unhex(&self.seal).filter(|bytes| bytes.len() == NONCE + MAC) else { return false };
        let Ok(place @ 1..=3) = self.answer.parse::<u8>() else { return false };
        let (nonce, presented) = bytes.split_at(NONCE);
        let expected = mac(keys, form_key, nonce, place);
        expected.iter().zip(presented).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
    }

    /// The question to put to whoever sent this: with what was wrong, if they were asked before.
    pub(super) fn ask(&self, keys: &Keys, form_key: &str, lang: Lang) -> Check {
        let error = match (self.seal.is_empty(), self.answer.is_empty()) {
            (true, _) => None,
            (false, true) => Some(words::UNANSWERED),
            (false, false) => Some(words::WRONG),
        };
        let error = error.map(|error| error.get(lang));
        let asked = Asked::draw();
        let legend = asked.question(lang);
        let place = |numbered: usize| (numbered + 1).to_string();
        Check {
            hidden: (SEAL_FIELD, seal(keys, form_key, rand::rng().random(), asked.right())),
            summary: ErrorSummary {
                title: form::ERR_CHALLENGE.get(lang).into(),
                items: vec![ErrorItem {
                    anchor: Some(ANSWER_FIELD.into()),
                    text: error.map_or_else(|| legend.clone().into(), Into::into),
                }],
            },
            question: Question::Choice(Choice {
                code: ANSWER_FIELD.into(),
                legend: legend.into(),
                hint: Some(words::HINT.get(lang).into()),
                several: false,
                optional: None,
                look: Look::List,
                answers: (asked.numbers.iter().enumerate())
                    .map(|(n, number)| Answer {
                        value: place(n).into(),
                        label: capital(in_words(*number, lang)).into(),
                    })
                    .collect(),
                not_applicable: None,
                entered: Vec::new(),
                error: error.map(Into::into),
            }),
        }
    }
}

/// Three different numbers from 0 (“one”) to 8 (“nine”), and which of them is asked for.
struct Asked {
    numbers: [usize; 3],
    largest: bool,
}

impl Asked {
    fn draw() -> Self {
        let mut rng = rand::rng();
        let mut drawn = index::sample(&mut rng, words::NUMBERS.len(), 3).into_iter();
        let numbers = std::array::from_fn(|_| drawn.next().unwrap_or_default());
        Self { numbers, largest: rng.random() }
    }

    /// The place of the right answer, from 1.
    fn right(&self) -> u8 {
        let sought = if self.largest { self.numbers.iter().max() } else { self.numbers.iter().min() };
        (1..).zip(&self.numbers).find(|(_, number)| Some(*number) == sought).map_or(0, |(place, _)| place)
    }

    fn question(&self, lang: Lang) -> String {
        let [a, b, c] = self.numbers.map(|number| in_words(number, lang));
        if self.largest { words::largest(lang, a, b, c) } else { words::smallest(lang, a, b, c) }
    }
}

fn in_words(number: usize, lang: Lang) -> &'static str {
    words::NUMBERS.get(number).map_or("", |number| number.get(lang))
}

fn seal(keys: &Keys, form_key: &str, nonce: [u8; NONCE], place: u8) -> String {
    hex(&[nonce.as_slice(), mac(keys, form_key, &nonce, place).as_slice()].concat())
}

fn mac(keys: &Keys, form_key: &str, nonce: &[u8], place: u8) -> [u8; MAC] {
    let mut whole = hmac_sha256(&keys.form, &[b"question", nonce, &[place], form_key.as_bytes()]).into_iter();
    std::array::from_fn(|_| whole.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::record::Secret;

    fn keys() -> Keys {
        Keys {
            form: Secret::new([1; 32]),
            salt: Secret::new([2; 32]),
            ticket: Secret::new([3; 32]),
            staff: Secret::new([4; 32]),
            checkpoint: Vec::new(),
        }
    }

    fn every() -> Vec<Asked> {
        let nine = 0..words::NUMBERS.len();
        let triples = nine.clone().flat_map(|a| nine.clone().flat_map(move |b| (0..9).map(move |c| [a, b, c])));
        let different = triples.filter(|[a, b, c]| a != b && b != c && a != c);
        different.flat_map(|numbers| [true, false].map(|largest| Asked { numbers, largest })).collect()
    }

    #[test]
    fn every_question_has_one_right_answer_in_both_languages() {
        let every = every();
        assert_eq!(every.len(), 9 * 8 * 7 * 2);
        for lang in [Lang::Vi, Lang::En] {
            let texts: BTreeSet<String> = every.iter().map(|asked| asked.question(lang)).collect();
            assert_eq!(texts.len(), every.len(), "no two read alike");
        }
        for asked in every {
            let right = asked.numbers[usize::from(asked.right()) - 1];
            let others: Vec<usize> = asked.numbers.into_iter().filter(|number| *number != right).collect();
            assert_eq!(others.len(), 2);
            assert!(others.iter().all(|other| if asked.largest { *other < right } else { *other > right }));
        }
        let asked = Asked { numbers: [6, 2, 8], largest: true };
        assert_eq!(asked.question(Lang::Vi), "Số nào lớn nhất: bảy, ba hay chín?");
        assert_eq!(
            (asked.question(Lang::En).as_str(), asked.right()),
            ("Which number is the largest: seven, three or nine?", 3)
        );
        assert_eq!(Asked { largest: false, ..asked }.question(Lang::Vi), "Số nào nhỏ nhất: bảy, ba hay chín?");
    }

    #[test]
    fn what_is_drawn_is_a_question_and_not_always_the_same() {
        let mut places = BTreeSet::new();
        for _ in 0..500 {
            let asked = Asked::draw();
            assert!(asked.numbers.iter().collect::<BTreeSet<_>>().len() == 3 && asked.numbers.iter().all(|n| *n < 9));
            places.insert((asked.right(), asked.largest));
        }
        assert_eq!(places.len(), 6, "each place is right now and then");
    }

    #[test]
    fn a_seal_is_good_for_its_own_form_and_right_answer_alone() {
        let reply = |seal: &str, answer: &str| Reply { seal: seal.to_owned(), answer: answer.to_owned() };
        let sealed = seal(&keys(), "aabb", [9; 4], 2);
        assert!(reply(&sealed, "2").is_right(&keys(), "aabb"));
        for wrong in ["", "1", "3", "0", "02x", "256", "-2", "hai"] {
            assert!(!reply(&sealed, wrong).is_right(&keys(), "aabb"), "{wrong}");
        }
        assert!(!reply(&sealed, "2").is_right(&keys(), "aabc"));
        let other = Keys { form: Secret::new([7; 32]), ..keys() };
        assert!(!reply(&sealed, "2").is_right(&other, "aabb"));
        for odd in ["", "zz", "0202", &sealed[..30], &format!("{sealed}00")] {
            assert!(!reply(odd, "2").is_right(&keys(), "aabb"), "{odd}");
        }
        for at in 0..sealed.len() {
            let digit = if sealed.as_bytes()[at] == b'0' { "1" } else { "0" };
            let changed = format!("{}{digit}{}", &sealed[..at], &sealed[at + 1..]);
            assert!(!reply(&changed, "2").is_right(&keys(), "aabb"), "{at}");
        }
    }

    #[test]
    fn the_page_does_not_say_which_answer_is_right() {
        // The same place sealed twice for one form shows nothing in common.
        let [one, two] = [[1; 4], [2; 4]].map(|nonce| seal(&keys(), "aabb", nonce, 2));
        assert_ne!(one[8..], two[8..]);
    }

    #[test]
    fn whoever_is_asked_again_is_told_why() {
        let told = |seal: &str, answer: &str| {
            let reply = Reply { seal: seal.to_owned(), answer: answer.to_owned() };
            let Check { question: Question::Choice(choice), summary, .. } = reply.ask(&keys(), "aabb", Lang::Vi) else {
                panic!("it is a choice")
            };
            let first = choice.error.clone().unwrap_or_else(|| choice.legend.clone());
            assert_eq!(summary.items.first().map(|item| item.text.clone()), Some(first));
            choice.error.map(|error| error.to_string())
        };
        assert_eq!(told("", ""), None);
        assert_eq!(told("00", "").as_deref(), Some(words::UNANSWERED.vi));
        assert_eq!(told("00", "1").as_deref(), Some(words::WRONG.vi));
    }
}
