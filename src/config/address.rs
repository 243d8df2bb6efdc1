//! The address that posters carry: what it must be, and what speaks against printing it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::ConfigError;

/// Endings of names that no public name server knows.
const INNER_NAMES: [&str; 6] = [".localhost", ".local", ".lan", ".internal", ".intranet", ".home.arpa"];

/// Why people may not reach an address, or not safely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// No address is set: posters carry the address the server listens on.
    NotSet,
    /// It leads to the very device that opens it.
    Loopback,
    /// It is known inside one building or network only.
    Inner,
    /// It is a number, which changes, is hard to type and gets no certificate.
    Number,
    /// What is sent can be read on the way.
    Unencrypted,
}

impl Doubt {
    /// What speaks against an address; worst first.
    pub fn of(url: &str) -> Vec<Self> {
        let host = host(url);
        let place = match host.parse::<IpAddr>() {
            Ok(ip) if ip.is_loopback() || ip.is_unspecified() => Some(Self::Loopback),
            Ok(ip) if is_inner(ip) => Some(Self::Inner),
            Ok(_) => Some(Self::Number),
            Err(_name) if host == "localhost" || host.ends_with(".localhost") => Some(Self::Loopback),
            Err(_name) if !host.contains('.') || INNER_NAMES.iter().any(|end| host.ends_with(end)) => Some(Self::Inner),
            Err(_name) => None,
        };
        let open = (!url.starts_with("https://")).then_some(Self::Unencrypted);
        place.into_iter().chain(open).collect()
    }

    /// What is the matter, for the operator.
    pub const fn what(self) -> &'static str {
        match self {
            Self::NotSet => "not set, so that posters and QR codes carry the address the server listens on",
            Self::Loopback => "leads every telephone to itself and not to this server",
            Self::Inner => "is known inside one network only; people's telephones cannot open it",
            Self::Number => "is a number: it is hard to type, may change, and gets no certificate",
            Self::Unencrypted => "is not encrypted: what people send can be read and changed on the way",
        }
    }

    /// What to do about it.
    pub const fn mend(self) -> &'static str {
        match self {
            Self::Unencrypted => "put a proxy with TLS in front and write https://",
            Self::NotSet | Self::Loopback | Self::Inner | Self::Number => {
                "set base_url to the public name, such as https://hailong.example.gov.vn, before a poster is printed"
            }
        }
    }
}

/// Whether an address may be used at all: a scheme, a host, no path.
pub(super) fn check(url: &str) -> Result<(), ConfigError> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let host = host.strip_suffix('/').unwrap_or(host);
    let plain = !host.is_empty() && !host.chars().any(|c| c.is_whitespace() || "/?#@".contains(c));
    if plain { Ok(()) } else { Err(ConfigError::BaseUrl(url.to_owned())) }
}

/// The host in lower case, without port and brackets.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('/').next().unwrap_or_default();
    let host = match rest.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => rest.split(':').next().unwrap_or_default(),
    };
    host.trim_end_matches('.').to_ascii_lowercase()
}

fn is_inner(ip: IpAddr) -> bool {
    let shared = |four: Ipv4Addr| four.octets()[0] == 100 && four.octets()[1] & 0xc0 == 64;
    let four = |four: Ipv4Addr| four.is_private() || four.is_link_local() || shared(four);
    let six = |six: Ipv6Addr| six.is_unique_local() || six.is_unicast_link_local();
    match ip {
        IpAddr::V4(ip) => four(ip),
        IpAddr::V6(ip) => six(ip) || ip.to_ipv4_mapped().is_some_and(four),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_address_has_no_path_and_no_user() {
        assert!(check("https://hailong.example.gov.vn").is_ok() && check("http://x:8080/").is_ok());
        for bad in ["https://x/y", "x", "https://", "ftp://x", "https://a@b", "https://x?y", "https://x y"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_public_name_over_tls_raises_no_doubt() {
        for good in ["https://hailong.example.gov.vn", "https://hailong.example.gov.vn:8443/", "https://a.vn."] {
            assert_eq!(Doubt::of(good), [], "{good}");
        }
    }

    #[test]
    fn every_doubtful_address_is_told_with_its_reason() {
        for (url, doubts) in [
            ("http://hailong.example.gov.vn", &[Doubt::Unencrypted][..]),
            ("http://127.0.0.1:8080", &[Doubt::Loopback, Doubt::Unencrypted]),
            ("https://127.8.8.8", &[Doubt::Loopback]),
            ("https://localhost:8080", &[Doubt::Loopback]),
            ("https://0.0.0.0", &[Doubt::Loopback]),
            ("https://[::1]:8080", &[Doubt::Loopback]),
            ("https://192.168.1.5", &[Doubt::Inner]),
            ("https://10.1.2.3:80", &[Doubt::Inner]),
            ("https://172.31.0.1", &[Doubt::Inner]),
            ("https://169.254.1.1", &[Doubt::Inner]),
            ("https://100.100.1.1", &[Doubt::Inner]),
            ("https://[fd00::1]", &[Doubt::Inner]),
            ("https://[fe80::1]", &[Doubt::Inner]),
            ("https://[::ffff:10.0.0.1]", &[Doubt::Inner]),
            ("https://may-chu", &[Doubt::Inner]),
            ("https://thuocdo.local", &[Doubt::Inner]),
            ("https://203.0.113.7", &[Doubt::Number]),
            ("http://203.0.113.7:8080", &[Doubt::Number, Doubt::Unencrypted]),
            ("https://172.32.0.1", &[Doubt::Number]),
        ] {
            assert_eq!(Doubt::of(url), doubts, "{url}");
        }
    }
}
