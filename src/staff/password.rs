//! Passwords: what may be one, and Argon2id for as many at once as the machine bears.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use anyhow::Context;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use rand::RngExt;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::text::search::fold;

/// Fewest characters of a password; 15 are advised.
pub const SHORTEST: usize = 12;
/// Most characters of a password.
pub const LONGEST: usize = 128;
/// Memory of one hash in KiB: 46 MiB, one pass, one lane (OWASP, Password Storage Cheat Sheet).
const MEMORY: u32 = 46 * 1024;
/// People who may wait for their turn; whoever comes after them is asked to try again.
const MOST_WAITING: usize = 64;
/// Words that passwords are guessed with: the world's favourites, Vietnamese ones, and those of this house.
const COMMON: &str = include_str!("common_words.txt");

/// Why something may not be a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than 12 characters.
    Short,
    /// More than 128.
    Long,
    /// Made of words, digits or characters that are tried first.
    Common,
    /// It is the person's own name or address.
    Own,
}

/// What speaks against a password. No rule of composition: length counts, and whether it is tried first.
pub fn weakness(password: &str, email: &str, name: &str) -> Option<Weakness> {
    let characters = password.nfc().count();
    if characters < SHORTEST {
        return Some(Weakness::Short);
    }
    if characters > LONGEST {
        return Some(Weakness::Long);
    }
    let letters = letters_of(password);
    let own: Vec<String> = name.split(' ').chain(email.split(['@', '.', '-', '_'])).map(letters_of).collect();
    let mut different: Vec<char> = password.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 5 || is_made_of(&letters, &common()) {
        return Some(Weakness::Common);
    }
    let own: Vec<&str> = own.iter().map(String::as_str).filter(|part| part.len() > 1).collect();
    let with_own: Vec<&str> = common().into_iter().chain(own).collect();
    is_made_of(&letters, &with_own).then_some(Weakness::Own)
}

/// The letters alone, in lower case and without marks; digits that stand for letters are read as those.
fn letters_of(text: &str) -> String {
    let plain = fold(&text.replace('@', "a").replace('$', "s"));
    plain.chars().filter(|c| c.is_alphabetic()).collect()
}

fn common() -> Vec<&'static str> {
    COMMON.split_whitespace().collect()
}

/// Whether a text is nothing but such words one after another. Linear in the text times the words.
fn is_made_of(letters: &str, words: &[&str]) -> bool {
    let mut reached = vec![false; letters.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for at in 0..letters.len() {
        if !reached.get(at).copied().unwrap_or(false) {
            continue;
        }
        let Some(rest) = letters.get(at..) else { continue };
        for word in words.iter().filter(|word| rest.starts_with(**word)) {
            if let Some(end) = reached.get_mut(at + word.len()) {
                *end = true;
            }
        }
    }
    reached.last().copied().unwrap_or(false)
}

/// Too many people wait for their turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

/// Hashes passwords, so few at a time that the form of a citizen always finds a free core.
#[derive(Debug)]
pub struct Hasher {
    turns: Semaphore,
    waiting: AtomicUsize,
    /// What a password is compared with where there is nobody, so that this takes as long.
    nobody: Arc<OnceLock<String>>,
}

impl Default for Hasher {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let turns = Semaphore::new((cores / 2).clamp(1, 4));
        Self { turns, waiting: AtomicUsize::new(0), nobody: Arc::default() }
    }
}

impl Hasher {
    /// The hash of a new password.
    pub async fn hash(&self, password: &str) -> anyhow::Result<Result<String, Busy>> {
        let password = password.nfc().collect::<String>();
        self.in_turn(move || hash(&password)).await
    }

    /// Whether a password belongs to a hash. Without a hash the answer is no, after the same time.
    pub async fn verify(&self, password: &str, stored: Option<String>) -> anyhow::Result<Result<bool, Busy>> {
        // What nobody could have chosen is not hashed in its full length.
        let password = password.nfc().take(LONGEST + 1).collect::<String>();
        let nobody = self.nobody.clone();
        self.in_turn(move || {
            let compared = match (&stored, nobody.get()) {
                (Some(known), _) | (None, Some(known)) => known,
                (None, None) => {
                    let made = hash("nobody has this password")?;
                    nobody.get_or_init(|| made)
                }
            };
            let is_right = argon2()?.verify_password(password.as_bytes(), compared.as_str()).is_ok();
            Ok(is_right && stored.is_some())
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
    ) -> anyhow::Result<Result<T, Busy>> {
        let _place = match Place::take(&self.waiting) {
            Ok(place) => place,
            Err(busy) => return Ok(Err(busy)),
        };
        let _turn = self.turns.acquire().await.context("the turns of hashing have ended")?;
        tokio::task::spawn_blocking(work).await.context("while hashing a password")?.map(Ok)
    }
}

/// A place in the queue, given back however the person leaves.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Result<Self, Busy> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::Relaxed) < MOST_WAITING { Ok(place) } else { Err(Busy) }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn argon2() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(MEMORY, 1, 1, None).map_err(|error| anyhow::anyhow!("parameters of Argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> anyhow::Result<String> {
    let salt: [u8; 16] = rand::rng().random();
    let hash = argon2()?.hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|error| anyhow::anyhow!("Argon2: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weak(password: &str) -> Option<Weakness> {
        weakness(password, "lan.nguyen@sonoivu.gov.vn", "Nguyễn Thị Lan")
    }

    #[test]
    fn length_counts_and_no_composition_is_asked_for() {
        assert_eq!(weak("mười một ký"), Some(Weakness::Short));
        for good in ["con trâu đi trước", "tre xanh xanh tự bao giờ", "correct horse battery staple", "Xq7 vfp 93m kd"]
        {
            assert_eq!(weak(good), None, "{good}");
        }
        assert_eq!(weak(&"ăn quả nhớ kẻ ".repeat(9)), None, "126 characters, 117 of them blanks and letters");
        assert_eq!(weak(&"ăn quả nhớ kẻ ".repeat(10)), Some(Weakness::Long));
    }

    #[test]
    fn what_is_tried_first_is_refused_with_digits_and_marks_around_it() {
        for common in [
            "123456789012",
            "aaaaaaaaaaaa",
            "password1234",
            "P@ssword2026",
            "matkhau123456",
            "Mật khẩu 2026!",
            "qwerty123456",
            "Hành chính công 1",
            "motcua@2026!!",
            "UBND-tỉnh-2026",
            "sonoivu123456",
            "thuocdo-admin-1",
            "iloveyou1234",
            "anhyeuem1234",
            "administrator",
            "abcabcabcabc",
            "Vietnam@2026",
        ] {
            assert_eq!(weak(common), Some(Weakness::Common), "{common}");
        }
        for own in ["NguyenThiLan1990", "lan.nguyen.2026", "Lan Nguyễn 123456"] {
            assert_eq!(weak(own), Some(Weakness::Own), "{own}");
        }
    }

    #[tokio::test]
    async fn a_password_is_known_however_its_marks_are_typed_and_nobody_has_one() {
        let hasher = Hasher::default();
        let stored = hasher.hash("con trâu đi trước").await.unwrap().unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{stored}");
        let decomposed: String = "con trâu đi trước".nfd().collect();
        assert_eq!(hasher.verify(&decomposed, Some(stored.clone())).await.unwrap(), Ok(true));
        assert_eq!(hasher.verify("con trâu đi sau", Some(stored)).await.unwrap(), Ok(false));
        assert_eq!(hasher.verify("nobody has this password", None).await.unwrap(), Ok(false));
    }

    #[tokio::test]
    async fn a_queue_that_is_full_says_so() {
        let hasher = Hasher::default();
        let places: Vec<_> = (0..MOST_WAITING).map(|_| Place::take(&hasher.waiting).unwrap()).collect();
        assert_eq!(hasher.verify("x", None).await.unwrap(), Err(Busy));
        drop(places);
        assert_eq!(hasher.verify("x", None).await.unwrap(), Ok(false));
    }
}
