//! The ways in which a request can be wrong, and what each has to come to.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use thuocdo::text::{form, refusal};
use thuocdo::words::Lang;

use crate::program::form::{EDITION, KEY, LANGUAGE, OpenForm, field};
use crate::program::http::{encode, posted};

const FORM: &str = "application/x-www-form-urlencoded";

/// Two opened forms, of two counters.
pub(super) struct Forms {
    pub(super) form: OpenForm,
    pub(super) other: OpenForm,
}

/// What has to come of a request.
pub(super) enum Expected {
    /// This status, on a page with these words: a person can meet it.
    Page(u16, String),
    /// A refusal, or a closed connection.
    Refusal,
    /// Anything but a fault of the server.
    NoFault,
}

/// A request as bytes.
pub(super) struct Malformed {
    pub(super) method: String,
    pub(super) bytes: Vec<u8>,
    pub(super) expected: Expected,
}

/// A way of being wrong: its name and its maker.
#[derive(Clone, Copy)]
pub(super) struct Kind(&'static str, fn(&mut ChaCha8Rng, &Forms) -> Malformed);

impl Kind {
    pub(super) fn name(self) -> &'static str {
        self.0
    }

    pub(super) fn make(self, random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
        (self.1)(random, forms)
    }
}

pub(super) const KINDS: &[Kind] = &[
    Kind("level", level),
    Kind("two levels", two_levels),
    Kind("minutes", minutes),
    Kind("long comment", long_comment),
    Kind("nothing answered", nothing),
    Kind("unknown field", unknown_field),
    Kind("missing hidden field", missing_hidden),
    Kind("key of another counter", foreign_key),
    Kind("flipped digit", flipped_digit),
    Kind("other edition", other_edition),
    Kind("hidden field twice", hidden_twice),
    Kind("large body", large),
    Kind("not UTF-8", broken_utf8),
    Kind("NUL", nul),
    Kind("content type", content_type),
    Kind("no body", no_body),
    Kind("too many fields", too_many_fields),
    Kind("method", wrong_method),
    Kind("receipt", receipt),
    Kind("path", path),
    Kind("query", query),
    Kind("headers", headers),
    Kind("framing", framing),
    Kind("noise", noise),
];

fn one_of<T: Copy>(random: &mut ChaCha8Rng, of: &[T]) -> T {
    of[random.random_range(0..of.len())]
}

fn post(path: &str, fields: &[(String, String)], status: u16, words: &str) -> Malformed {
    Malformed {
        method: "POST".to_owned(),
        bytes: posted(path, FORM, encode(fields).as_bytes()),
        expected: Expected::Page(status, words.to_owned()),
    }
}

fn post_bytes(path: &str, body: &[u8], status: u16, words: &str) -> Malformed {
    let expected = Expected::Page(status, words.to_owned());
    Malformed { method: "POST".to_owned(), bytes: posted(path, FORM, body), expected }
}

/// Answers that are good, some of the time.
fn good(random: &mut ChaCha8Rng) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for name in ["reception", "waiting", "time", "quality"] {
        if random.random_bool(0.5) {
            fields.push(field(name, &random.random_range(1..=5).to_string()));
        }
    }
    fields
}

fn with(random: &mut ChaCha8Rng, form: &OpenForm, more: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut fields = form.filled(&[]);
    fields.extend(good(random));
    fields.extend(more);
    fields
}

fn level(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let values = [
        "0",
        "6",
        "7",
        "05",
        "+5",
        "-1",
        "4.5",
        "4,5",
        "five",
        "５",
        "99999999999999999999",
        "1e0",
        "NA",
        "null",
        "true",
        "<script>",
        "' OR 1=1 --",
        "5 5",
        "\u{202e}5",
        "４",
    ];
    let value = one_of(random, &values);
    let fields = with(random, &forms.form, vec![field("attitude", value)]);
    post(&forms.form.path, &fields, 422, &form::err_level(Lang::Vi, form::Q_ATTITUDE.vi))
}

fn two_levels(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let (first, second) = (random.random_range(1..=5).to_string(), random.random_range(1..=5).to_string());
    let fields = with(random, &forms.form, vec![field("attitude", &first), field("attitude", &second)]);
    post(&forms.form.path, &fields, 422, &form::err_two(Lang::Vi, form::Q_ATTITUDE.vi))
}

fn minutes(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let values = ["601", "65536", "4294967296", "-5", "1.5", "mười", "1e3", "340282366920938463463374607431768211456"];
    let value = one_of(random, &values);
    let fields = with(random, &forms.form, vec![field("minutes", value)]);
    post(&forms.form.path, &fields, 422, "0 đến 600")
}

fn long_comment(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let over = random.random_range(1..3_000);
    let fields = with(random, &forms.form, vec![field("comment", &"ở".repeat(1_000 + over))]);
    post(&forms.form.path, &fields, 422, "Ý kiến dài quá 1.000 ký tự")
}

fn nothing(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let blank = one_of(random, &["", " ", "\t", "\u{a0}"]);
    let fields = forms.form.filled(&[("attitude", blank), ("minutes", ""), ("comment", blank)]);
    post(&forms.form.path, &fields, 422, form::ERR_NOTHING.vi)
}

fn unknown_field(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let names = ["level", "channel", "day", "Attitude", "attitude[]", "c01", "<b>", "điểm", "attitude.level"];
    let more = vec![field("attitude", "5"), field(one_of(random, &names), "5")];
    let fields = with(random, &forms.form, more);
    post(&forms.form.path, &fields, 422, "câu trả lời gửi lên không hợp lệ")
}

fn missing_hidden(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let name = one_of(random, &[KEY, EDITION]);
    let form = forms.form.but(name, one_of(random, &[None, Some("")]));
    let fields = with(random, &form, vec![field("attitude", "5")]);
    post(&form.path, &fields, 403, refusal::FORM_KEY_BODY.vi)
}

fn foreign_key(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let form = forms.form.but(KEY, Some(forms.other.get(KEY)));
    let fields = with(random, &form, vec![field("attitude", "5")]);
    post(&form.path, &fields, 403, refusal::FORM_KEY_BODY.vi)
}

fn flipped_digit(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let mut key = forms.form.get(KEY).as_bytes().to_vec();
    let at = random.random_range(0..key.len());
    // Cut just before its stamp, a key is one of a form that was opened before there were stamps.
    let at = if key[at] == b'.' { at - 1 } else { at };
    key[at] = if key[at] == b'0' { b'1' } else { b'0' };
    let mut key = String::from_utf8(key).unwrap();
    if random.random_bool(0.2) {
        key.truncate(at);
    }
    let form = forms.form.but(KEY, Some(&key));
    let fields = with(random, &form, vec![field("attitude", "5")]);
    post(&form.path, &fields, 403, refusal::FORM_KEY_BODY.vi)
}

fn other_edition(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let editions = ["0", "-1", "32767", "32768", "99999999999", "1.0", "một", "\u{663}"];
    let form = forms.form.but(EDITION, Some(one_of(random, &editions)));
    let fields = with(random, &form, vec![field("attitude", "5")]);
    post(&form.path, &fields, 403, refusal::FORM_KEY_BODY.vi)
}

fn hidden_twice(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let name = one_of(random, &[KEY, EDITION, LANGUAGE, "_muc", "_", "__proto__"]);
    let value = forms.form.get(name).to_owned();
    let fields = with(random, &forms.form, vec![field("attitude", "5"), field(name, &value)]);
    post(&forms.form.path, &fields, 403, refusal::FORM_KEY_BODY.vi)
}

fn large(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    // Up to a megabyte; the mean is kept low so that the run measures the server and not the loopback.
    let size = 64 * 1024 + 1 + one_of(random, &[0, 1_000, 20_000, 100_000, 984_000]);
    let mut body = encode(&forms.form.filled(&[])).into_bytes();
    body.extend_from_slice(b"&comment=");
    body.resize(size, b'x');
    post_bytes(&forms.form.path, &body, 413, refusal::TOO_LARGE_TITLE.vi)
}

fn broken_utf8(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let endings: [&[u8]; 6] = [b"%FF", b"%C3", b"%ED%A0%80", b"\xff\xfe", b"%F8%88%80%80%80", b"%E1%BB"];
    let name = one_of(random, &["comment=", "attitude=", ""]);
    let body = [encode(&forms.form.filled(&[])).as_bytes(), b"&", name.as_bytes(), one_of(random, &endings)].concat();
    post_bytes(&forms.form.path, &body, 400, refusal::DAMAGED_BODY.vi)
}

fn nul(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let name = one_of(random, &["comment", "attitude", KEY]);
    let fields = with(random, &forms.form, vec![field(name, "a\0b")]);
    post(&forms.form.path, &fields, 400, refusal::DAMAGED_BODY.vi)
}

fn content_type(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let types = ["application/json", "text/plain", "multipart/form-data; boundary=x", "x", "", "*/*", "text/xml"];
    let body = encode(&with(random, &forms.form, vec![field("attitude", "5")]));
    let bytes = posted(&forms.form.path, one_of(random, &types), body.as_bytes());
    let expected = Expected::Page(400, refusal::DAMAGED_BODY.vi.to_owned());
    Malformed { method: "POST".to_owned(), bytes, expected }
}

fn no_body(_random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    post_bytes(&forms.form.path, b"", 403, refusal::FORM_KEY_BODY.vi)
}

fn too_many_fields(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let body = encode(&forms.form.filled(&[])) + &"&a=1".repeat(random.random_range(1_000..3_000));
    post_bytes(&forms.form.path, body.as_bytes(), 400, refusal::DAMAGED_BODY.vi)
}

fn wrong_method(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let method = one_of(random, &["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "FOO"]);
    let path = one_of(random, &[forms.form.path.as_str(), "/", "/bien-nhan", "/healthz", "/don-vi/X1"]);
    let body = encode(&forms.form.filled(&[("attitude", "5")]));
    let head = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n");
    let bytes = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes();
    let expected = Expected::Page(405, refusal::METHOD_BODY.vi.to_owned());
    Malformed { method: method.to_owned(), bytes, expected }
}

fn receipt(random: &mut ChaCha8Rng, _forms: &Forms) -> Malformed {
    let codes = ["1234", "AAAA-AAAA-AAAA-AAAA", "🙂", "' OR 1=1", "%", "ILOU-ILOU-ILOU-ILOU", "7KQM 7KQM 7KQM 7KQM"];
    let code = one_of(random, &codes).repeat(random.random_range(1..20));
    post("/bien-nhan", &[field("ma", &code)], 422, refusal::RECEIPT_UNKNOWN.vi)
}

fn request(method: &str, target: &[u8], rest: &[u8], expected: Expected) -> Malformed {
    let bytes = [method.as_bytes(), b" ", target, b" HTTP/1.1\r\nHost: x\r\n", rest, b"\r\n"].concat();
    Malformed { method: method.to_owned(), bytes, expected }
}

fn path(random: &mut ChaCha8Rng, _forms: &Forms) -> Malformed {
    let paths = [
        "/q/",
        "/q/%00",
        "/q/%FF%FE",
        "/q/../../etc/passwd",
        "/q/..%2f..%2fetc%2fpasswd",
        "/q/AAAAAAAAA",
        "/q/%F0%9F%99%82",
        "/q/AAAAAAAAA/cam-on",
        "/q/AAAAAAAAA/ap-phich",
        "/q/%0d%0aX:%201/ma-qr.svg",
        "/static/../Cargo.toml",
        "/static/",
        "/don-vi/%00",
        "/don-vi/%27",
        "/don-vi/ZZZ",
        "/don-vi/ZZZ/so-lieu.csv",
        "/quan-tri/",
        "/.env",
        "/q/AAAAAAAAA/khac",
    ];
    let mut target = one_of(random, &paths).to_owned();
    if random.random_bool(0.1) {
        target.push_str(&"x".repeat(random.random_range(1..20_000)));
    }
    request(one_of(random, &["GET", "POST"]), target.as_bytes(), b"Content-Length: 0\r\n", Expected::Refusal)
}

fn query(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let queries = [
        "lang=fr",
        "lang=%FF",
        "lang=en&lang=vi",
        "ky=9999",
        "ky=2026-13",
        "tu=2026-99-99&den=x",
        "ky=-1",
        "&&&=",
        "tu=99999999999999&den=0",
        "ky=2026Q9",
        "%00",
        "lang",
    ];
    let path = one_of(random, &[forms.form.path.as_str(), "/", "/bien-nhan", "/don-vi/X1", "/don-vi/X1/so-lieu.csv"]);
    let target = format!("{path}?{}", one_of(random, &queries));
    request("GET", target.as_bytes(), b"", Expected::NoFault)
}

fn headers(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let lines: [&[u8]; 10] = [
        b"Cookie: bien-nhan=....;;;=\xff\r\n",
        b"Cookie: bien-nhan=AAAA-AAAA-AAAA-AAAA.2\r\n",
        b"Accept-Language: ;;;q=x\r\n",
        b"Accept-Encoding: br;q=nan, gzip;q=-1, \xff\r\n",
        b"Range: bytes=-99999999999999999999\r\n",
        b"If-None-Match: \"\r\n",
        b"X-Forwarded-For: '; DROP TABLE response; --\r\n",
        b"Expect: 100-continue-ish\r\n",
        b"Upgrade: websocket\r\nConnection: upgrade\r\n",
        b"Content-Type: \r\n",
    ];
    let mut rest = one_of(random, &lines).to_vec();
    if random.random_bool(0.1) {
        rest.extend(b"X-Long: ");
        rest.resize(rest.len() + random.random_range(1..60_000), b'y');
        rest.extend(b"\r\n");
    }
    let path = one_of(random, &[forms.form.path.as_str(), "/", "/bien-nhan"]);
    let thanks = format!("{}/cam-on", forms.form.path);
    let path = if random.random_bool(0.3) { thanks.as_str() } else { path };
    request("GET", path.as_bytes(), &rest, Expected::NoFault)
}

fn framing(random: &mut ChaCha8Rng, forms: &Forms) -> Malformed {
    let body = encode(&forms.form.filled(&[("attitude", "5")]));
    let length = body.len();
    let lines = [
        "Content-Length: abc".to_owned(),
        "Content-Length: -1".to_owned(),
        "Content-Length: 99999999999999999999".to_owned(),
        format!("Content-Length: {length}\r\nContent-Length: 5"),
        format!("Content-Length: {length}\r\nTransfer-Encoding: chunked"),
        "Transfer-Encoding: chunked, chunked".to_owned(),
        "Transfer-Encoding: chunked".to_owned(),
        " folded: x".to_owned(),
        "no colon".to_owned(),
    ];
    let line = &lines[random.random_range(0..lines.len())];
    let head =
        format!("POST {} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n{line}\r\n\r\n{body}", forms.form.path);
    Malformed { method: "POST".to_owned(), bytes: head.into_bytes(), expected: Expected::Refusal }
}

fn noise(random: &mut ChaCha8Rng, _forms: &Forms) -> Malformed {
    let mut bytes: Vec<u8> = (0..random.random_range(1..400)).map(|_| random.random()).collect();
    if random.random_bool(0.5) {
        bytes.splice(0..0, *b"GET / HTTP/1.1\r\n");
    }
    // The blank line ends what might be a head, so that the server does not wait for more.
    bytes.extend(b"\r\n\r\n");
    Malformed { method: "GET".to_owned(), bytes, expected: Expected::Refusal }
}
