//! Where letters leave: a mail server, a folder, or nowhere.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use super::ConfigError;

/// The setting `mail` as it was written. It may hold a password, so nothing shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MailUrl(String);

impl MailUrl {
    /// A setting.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Where it leads.
    pub fn route(&self) -> Result<MailRoute, ConfigError> {
        route(&self.0).map_err(|reason| ConfigError::Mail(reason.to_owned()))
    }
}

impl fmt::Debug for MailUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailUrl(…)")
    }
}

/// How a connection to a mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Not at all: the server runs on this machine.
    None,
    /// STARTTLS before anything else, or not at all.
    Upgraded,
    /// From the first byte.
    FromStart,
}

/// Where letters leave.
#[derive(Clone, PartialEq, Eq)]
pub enum MailRoute {
    /// Through a mail server.
    Smtp {
        /// Its name or address.
        host: String,
        /// Its port.
        port: u16,
        /// How the connection is encrypted.
        encryption: Encryption,
        /// User and password.
        login: Option<(String, String)>,
    },
    /// Into files of a folder: for development.
    Directory(PathBuf),
}

impl fmt::Display for MailRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Smtp { host, port, encryption, login } => {
                let how = match encryption {
                    Encryption::None => "on this machine",
                    Encryption::Upgraded => "with STARTTLS",
                    Encryption::FromStart => "with TLS",
                };
                let who = if login.is_some() { "with a password" } else { "without a password" };
                write!(f, "{host}:{port} {how}, {who}")
            }
            Self::Directory(folder) => write!(f, "into the folder {}", folder.display()),
        }
    }
}

impl fmt::Debug for MailRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads the setting; a refusal repeats nothing of it.
fn route(text: &str) -> Result<MailRoute, &'static str> {
    if let Some(folder) = text.strip_prefix("directory:") {
        return if folder.is_empty() { Err("name a folder after “directory:”") } else { Ok(folder_of(folder)) };
    }
    let (is_encrypted, rest) = match (text.strip_prefix("smtp://"), text.strip_prefix("smtps://")) {
        (Some(rest), _) => (false, rest),
        (_, Some(rest)) => (true, rest),
        _ => {
            return Err("write smtp://HOST:PORT, smtps://USER:PASSWORD@HOST:PORT or directory:PATH (the password may \
                        come from the environment, as THUOCDO_MAIL)");
        }
    };
    let (login, place) = rest.rsplit_once('@').map_or((None, rest), |(login, place)| (Some(login), place));
    let login = login.map(credentials).transpose()?;
    let (host, port) = host_and_port(place.strip_suffix('/').unwrap_or(place))?;
    let encryption = match (is_encrypted, is_here(&host)) {
        (true, _) => Encryption::FromStart,
        (false, true) => Encryption::None,
        (false, false) => Encryption::Upgraded,
    };
    let port = port.unwrap_or(match encryption {
        Encryption::None => 25,
        Encryption::Upgraded => 587,
        Encryption::FromStart => 465,
    });
    Ok(MailRoute::Smtp { host, port, encryption, login })
}

fn folder_of(path: &str) -> MailRoute {
    MailRoute::Directory(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
}

fn credentials(text: &str) -> Result<(String, String), &'static str> {
    let decoded = |part: &str| {
        let part = percent_decode_str(part).decode_utf8().ok().filter(|part| !part.contains(char::is_control));
        part.map(String::from).ok_or("user and password are UTF-8 without control characters, with %40 for @")
    };
    match text.split_once(':') {
        Some((user, password)) if !user.is_empty() && !password.is_empty() => Ok((decoded(user)?, decoded(password)?)),
        _ => Err("before the @ stand user and password, with a colon between them"),
    }
}

fn host_and_port(text: &str) -> Result<(String, Option<u16>), &'static str> {
    if text.contains(['?', '#', '/']) {
        return Err(
            "nothing may follow host and port: connections to other machines are always encrypted, and no option \
             changes that",
        );
    }
    let (host, port) = match text.strip_prefix('[').and_then(|six| six.split_once(']')) {
        Some((six, rest)) if six.parse::<IpAddr>().is_ok() => (six, rest.strip_prefix(':')),
        Some(_) => return Err("the address in brackets is none"),
        None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-:_".contains(c);
    if host.is_empty() || !host.chars().all(is_host) {
        return Err("the host is missing, or is no name of a machine");
    }
    let port = match port {
        Some(port) => Some(port.parse().ok().filter(|port| *port > 0).ok_or("the port is a number from 1 to 65535")?),
        None => None,
    };
    Ok((host.to_owned(), port))
}

/// Whether a host is this machine.
fn is_here(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smtp(text: &str) -> (String, u16, Encryption, Option<(String, String)>) {
        match MailUrl::new(text).route() {
            Ok(MailRoute::Smtp { host, port, encryption, login }) => (host, port, encryption, login),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_server_elsewhere_is_spoken_to_with_tls_or_not_at_all() {
        for (text, host, port, encryption) in [
            ("smtp://localhost", "localhost", 25, Encryption::None),
            ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, Encryption::None),
            ("smtp://[::1]:25", "::1", 25, Encryption::None),
            ("smtp://mail.example.vn", "mail.example.vn", 587, Encryption::Upgraded),
            ("smtp://10.0.0.5:25/", "10.0.0.5", 25, Encryption::Upgraded),
            ("smtp://localhost.example.vn:25", "localhost.example.vn", 25, Encryption::Upgraded),
            ("smtps://mail.example.vn", "mail.example.vn", 465, Encryption::FromStart),
            ("smtps://localhost:465", "localhost", 465, Encryption::FromStart),
        ] {
            assert_eq!(smtp(text), (host.to_owned(), port, encryption, None), "{text}");
        }
        let known = Some(("so.noi.vu@tinh".to_owned(), "p:@ss".to_owned()));
        assert_eq!(smtp("smtps://so.noi.vu%40tinh:p:%40ss@mail.example.vn").3, known);
        assert_eq!(smtp("smtps://so.noi.vu@tinh:p:@ss@mail.example.vn").3, known);
    }

    #[test]
    fn what_leads_nowhere_is_refused_and_a_password_never_repeated() {
        for bad in [
            "",
            "mail.example.vn",
            "http://hunter2.example",
            "smtp://",
            "smtp://:25",
            "smtp://host:0",
            "smtp://host:70000",
            "smtp://host:25?tls=none",
            "smtp://host/x",
            "smtp://ho st",
            "smtp://hôst",
            "smtps://hunter2@host",
            "smtps://:hunter2@host",
            "smtps://user:@host",
            "smtps://user:hunter2%0d%0a@host",
            "smtps://user:hunter2%ff@host",
            "smtps://user:hunter2@[host]:1",
            "directory:",
        ] {
            let url = MailUrl::new(bad);
            let told = url.route().unwrap_err().to_string();
            assert!(
                told.starts_with("settings: mail: ") && !told.contains("hunter2") && !told.contains('\n'),
                "{told}"
            );
            assert!(!format!("{url:?}").contains("hunter2"));
        }
        let good = MailUrl::new("smtps://user:hunter2@host");
        assert!(!format!("{good:?} {:?} {}", good.route(), good.route().unwrap()).contains("hunter2"));
    }

    #[test]
    fn a_folder_may_be_named_with_and_without_slashes() {
        for (text, path) in [("directory:thu", "thu"), ("directory:///var/thu", "/var/thu"), ("directory:/a b", "/a b")]
        {
            assert_eq!(MailUrl::new(text).route().unwrap(), MailRoute::Directory(PathBuf::from(path)));
        }
    }
}
