//! How letters leave: through a mail server, or into a folder.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use lettre::message::Mailbox;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::message::{Message, sender};
use crate::config::{Encryption, MailRoute, Settings};

/// How long one word of the mail server is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long sending one letter may take.
const LONGEST: Duration = Duration::from_mins(1);

/// Sends letters.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    transport: Transport,
}

#[derive(Clone)]
enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Directory(PathBuf),
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mailer(…)")
    }
}

/// Why a letter did not leave, in a word that names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The mail server cannot be reached, or fell silent.
    Unreachable,
    /// The connection could not be encrypted.
    Encryption,
    /// The mail server does not take our word or our password.
    Login,
    /// The mail server refused this letter.
    Refused,
    /// The file could not be written.
    Folder,
    /// What stands in the outbox is no letter.
    Malformed,
}

impl Reason {
    /// For the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreachable => "the mail server cannot be reached or does not answer",
            Self::Encryption => "the mail server offers no encryption that can be trusted",
            Self::Login => "the mail server refuses user or password",
            Self::Refused => "the mail server refuses the letter",
            Self::Folder => "the folder for letters cannot be written",
            Self::Malformed => "what waits is no letter",
        }
    }
}

/// A letter did not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// Why.
    pub reason: Reason,
    /// The number the mail server answered with; 0 where it did not answer.
    pub code: u16,
}

impl Failure {
    const fn of(reason: Reason) -> Self {
        Self { reason, code: 0 }
    }

    /// Whether the next letter may fare better.
    pub(crate) const fn is_of_this_letter(self) -> bool {
        matches!(self.reason, Reason::Refused | Reason::Malformed)
    }
}

impl Mailer {
    /// The way the settings name; none where no letters leave.
    pub fn of(settings: &Settings) -> anyhow::Result<Option<Self>> {
        let Some(route) = settings.mail_route()? else { return Ok(None) };
        let from = settings.mail_from.as_deref().unwrap_or_default();
        let from = sender(from).with_context(|| {
            format!("settings: mail_from “{from}” is no address; write thuocdo@example.gov.vn or Name <thuocdo@example.gov.vn>")
        })?;
        let transport = match route {
            MailRoute::Directory(folder) if !folder.is_dir() => {
                bail!("settings: mail: there is no folder {}; make it first", folder.display())
            }
            MailRoute::Directory(folder) => Transport::Directory(folder),
            MailRoute::Smtp { host, port, encryption, login } => Transport::Smtp(smtp(&host, port, encryption, login)?),
        };
        Ok(Some(Self { from, transport }))
    }

    /// Sends a letter.
    pub(crate) async fn send(&self, message: &Message, number: i64) -> Result<(), Failure> {
        let letter = message.built(&self.from, number).ok_or(Failure::of(Reason::Malformed))?;
        match &self.transport {
            Transport::Smtp(smtp) => match tokio::time::timeout(LONGEST, smtp.send(letter)).await {
                Ok(sent) => sent.map(|_response| ()).map_err(|error| failure(&error)),
                Err(_elapsed) => Err(Failure::of(Reason::Unreachable)),
            },
            Transport::Directory(folder) => {
                write(folder, number, &letter.formatted()).map_err(|_error| Failure::of(Reason::Folder))
            }
        }
    }
}

fn smtp(
    host: &str,
    port: u16,
    encryption: Encryption,
    login: Option<(String, String)>,
) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    let parameters =
        || TlsParameters::new(host.to_owned()).context("settings: mail: the host cannot be named in a certificate");
    let tls = match encryption {
        Encryption::None => Tls::None,
        Encryption::Upgraded => Tls::Required(parameters()?),
        Encryption::FromStart => Tls::Wrapper(parameters()?),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host);
    builder = builder.port(port).tls(tls).timeout(Some(PATIENCE)).pool_config(PoolConfig::new().max_size(1));
    if let Some((user, password)) = login {
        builder = builder.credentials(Credentials::new(user, password));
    }
    Ok(builder.build())
}

/// What went wrong; the words of the mail server name the addressee and are left out.
fn failure(error: &lettre::transport::smtp::Error) -> Failure {
    let code = error.status().map_or(0, u16::from);
    let reason = match code {
        454 | 523 | 530 | 534 | 535 | 538 => Reason::Login,
        1.. => Reason::Refused,
        0 if error.is_tls() || error.to_string().contains("STARTTLS") => Reason::Encryption,
        0 if error.is_client() => Reason::Login,
        0 => Reason::Unreachable,
    };
    Failure { reason, code }
}

/// Writes a letter into a file of its own, whole or not at all.
fn write(folder: &Path, number: i64, letter: &[u8]) -> std::io::Result<()> {
    let path = folder.join(format!("{number:016x}.eml"));
    let unfinished = folder.join(format!(".{number:016x}.part"));
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&unfinished)?.write_all(letter)?;
    std::fs::rename(unfinished, path)
}
