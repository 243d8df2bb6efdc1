//! A person without a script who fills in a form part by part, and a program that sends everything at once.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use thuocdo::questionnaire::{Answer, AnswerSheet, Edition, Item};

use crate::program::form::{field, hidden};
use crate::program::http::{Answer as Reply, Client};

/// Draws that are the same on every run.
pub(super) struct Draws(ChaCha8Rng);

impl Draws {
    pub(super) fn of(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number from 0 to `n - 1`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.0.next_u64() % n as u64).unwrap()
    }
}

/// What a person would answer to every item, asked or not: values by code.
pub(super) type Wishes = BTreeMap<String, Vec<String>>;

/// Wishes of somebody; `open` of ten questions are left open.
pub(super) fn wishes(edition: &Edition, open: usize, draws: &mut Draws) -> Wishes {
    let mut wishes = Wishes::new();
    for item in edition.items() {
        if draws.below(10) < open {
            continue;
        }
        let one = |n: usize| vec![n.to_string()];
        let values = match item {
            item if item.not_applicable().is_some() && draws.below(10) == 0 => vec!["na".to_owned()],
            Item::Rating(rating) => one(1 + draws.below(rating.scale.levels.len())),
            Item::Choice(choice) if choice.several => {
                let chosen = (1..=choice.options.len()).filter(|_| draws.below(2) == 0).map(|n| n.to_string());
                chosen.collect()
            }
            Item::Choice(choice) => one(1 + draws.below(choice.options.len())),
            Item::Number(number) => one(usize::from(number.min) + draws.below(usize::from(number.max - number.min))),
            Item::Comment(_) => vec![format!("Ý kiến thứ {}", draws.below(1_000))],
        };
        wishes.insert(item.code().to_owned(), values);
    }
    wishes
}

/// The wishes as fields, in the order of the form.
pub(super) fn fields(edition: &Edition, wishes: &Wishes) -> Vec<(String, String)> {
    let of = |item: &Item| wishes.get(item.code()).cloned().unwrap_or_default();
    edition.items().iter().flat_map(|item| of(item).into_iter().map(|value| field(item.code(), &value))).collect()
}

/// The answers these wishes come to.
pub(super) fn answers(edition: &Edition, wishes: &Wishes) -> Vec<Answer> {
    AnswerSheet::read(edition, &fields(edition, wishes)).unwrap().answers
}

/// Values of an attribute of all tags of a kind.
fn tags<'p>(page: &'p str, kind: &str) -> impl Iterator<Item = &'p str> {
    page.split(&format!("<{kind} ")[..])
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap())
        .collect::<Vec<_>>()
        .into_iter()
}

fn value<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split(&format!("{name}=\"")[..]).nth(1)?.split('"').next()
}

/// A page of a form as a browser knows it.
#[derive(Debug)]
pub(super) struct Screen {
    pub(super) text: String,
    pub(super) hidden: Vec<(String, String)>,
    /// Names of the fields that are seen, each once.
    pub(super) seen: Vec<String>,
    /// Names and values of the fields that are picked or filled in already.
    pub(super) kept: Vec<(String, String)>,
    pub(super) next: Option<(String, String)>,
    pub(super) back: Option<(String, String)>,
}

impl Screen {
    pub(super) fn of(reply: &Reply) -> Self {
        let text = reply.text();
        let mut screen = Self {
            hidden: hidden(&text),
            seen: Vec::new(),
            kept: Vec::new(),
            next: None,
            back: None,
            text: String::new(),
        };
        for tag in tags(&text, "input").filter(|tag| !tag.contains("type=\"hidden\"")) {
            let name = value(tag, " name").unwrap();
            if !screen.seen.iter().any(|seen| seen == name) {
                screen.seen.push(name.to_owned());
            }
            let is_text = tag.contains("type=\"text\"");
            let given = value(tag, " value").unwrap_or_default();
            if tag.contains(" checked") || is_text && !given.is_empty() {
                screen.kept.push(field(name, given));
            }
        }
        screen.seen.extend(tags(&text, "textarea").map(|tag| value(tag, " name").unwrap().to_owned()));
        for tag in tags(&text, "button") {
            let Some(name) = value(tag, " name") else { continue };
            let button = Some(field(name, value(tag, " value").unwrap()));
            match name {
                "_tiep" => screen.next = button,
                _ => screen.back = button,
            }
        }
        Self { text, ..screen }
    }

    /// What the page sends with these wishes and this button.
    pub(super) fn filled(&self, wishes: &Wishes, button: Option<&(String, String)>) -> Vec<(String, String)> {
        let mut fields = self.hidden.clone();
        for name in &self.seen {
            fields.extend(wishes.get(name).into_iter().flatten().map(|value| field(name, value)));
        }
        fields.extend(button.cloned());
        fields
    }
}

/// Fills in the form part by part and sends it. Sometimes goes back and forth on the way: then the part shows what was
/// entered. Returns the fields seen on each part and the last reply.
pub(super) fn walk(client: &mut Client, path: &str, wishes: &Wishes, draws: &mut Draws) -> (Vec<Vec<String>>, Reply) {
    let mut screen = Screen::of(&client.get(path).unwrap());
    let mut seen = vec![screen.seen.clone()];
    let action = format!("{path}?gui");
    let key = screen.hidden[0].clone();
    assert!(screen.back.is_none());
    for _ in 0..60 {
        let Some(next) = screen.next.clone() else {
            let sent = client.post(&action, &screen.filled(wishes, None)).unwrap();
            return (seen, sent);
        };
        let reply = client.post(&action, &screen.filled(wishes, Some(&next))).unwrap();
        assert_eq!(reply.status, 200, "{}", reply.text());
        screen = Screen::of(&reply);
        assert_eq!(screen.hidden[0], key, "one key from the first part to the last");
        if draws.below(5) == 0 {
            let back = screen.back.clone().unwrap();
            let there = Screen::of(&client.post(&action, &screen.filled(wishes, Some(&back))).unwrap());
            assert_eq!(&there.seen, seen.last().unwrap());
            let textless = |seen: &&String| *seen != "comment";
            let expected: Vec<(String, String)> = there
                .seen
                .iter()
                .filter(textless)
                .flat_map(|name| wishes.get(name).into_iter().flatten().map(|value| field(name, value)))
                .collect();
            assert_eq!(there.kept, expected, "what was entered is there again");
            let next = there.next.clone().unwrap();
            screen = Screen::of(
                &client
                    .post(
                        &action,
                        &there.filled(&Wishes::new(), Some(&next)).into_iter().chain(expected).collect::<Vec<_>>(),
                    )
                    .unwrap(),
            );
        }
        seen.push(screen.seen.clone());
    }
    panic!("the form does not end");
}
