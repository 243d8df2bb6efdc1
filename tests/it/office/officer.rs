//! A person with an account: a browser that keeps one cookie, and an authenticator.

use std::time::{SystemTime, UNIX_EPOCH};

use thuocdo::staff::{self, Actor, Invitation, Office};
use thuocdo::words::{Grant, Moment, Role, StaffId, UnitId};
use totp_rs::{Builder, Secret, Totp};

use crate::program::form::{field, hidden};
use crate::program::http::{Answer, Client, encode};
use crate::program::{Home, Server};
use crate::world::World;

/// A password nobody guesses.
pub(crate) const PASSWORD: &str = "con trâu đi trước cái cày";
/// The cookie of a session where the connection is not encrypted.
pub(crate) const COOKIE: &str = "phien";

/// A browser with an authenticator.
pub(crate) struct Officer {
    client: Client,
    pub(crate) cookie: Option<String>,
    totp: Option<Totp>,
    pub(crate) email: String,
    pub(crate) recovery: Vec<String>,
}

impl Officer {
    /// Somebody who has not been here before.
    pub(crate) fn new(server: &Server) -> Self {
        Self { client: server.client(), cookie: None, totp: None, email: String::new(), recovery: Vec::new() }
    }

    /// Somebody whom the command line has invited, and who has activated the account.
    pub(crate) fn hired(home: &Home, server: &Server, email: &str, role: Role, unit: &str, scope: &str) -> Self {
        let mut arguments =
            vec!["staff", "add", email, "--name", "Người Thử Nghiệm", "--role", role.word(), "--scope", scope];
        if !unit.is_empty() {
            arguments.extend(["--unit", unit]);
        }
        let said = home.does(&arguments);
        let link = said.lines().last().unwrap();
        let mut officer = Self::new(server);
        let answer = officer.activate(&link[link.find("/quan-tri").unwrap()..], email, &[]);
        assert_eq!(answer.status, 200, "{}", answer.text());
        officer
    }

    fn headers(&self) -> Vec<(String, String)> {
        let mut headers = vec![("Sec-Fetch-Site".to_owned(), "same-origin".to_owned())];
        headers.extend(self.cookie.iter().map(|value| ("Cookie".to_owned(), format!("{COOKIE}={value}"))));
        headers
    }

    /// Opens a page.
    pub(crate) fn get(&mut self, path: &str) -> Answer {
        let headers = self.headers();
        let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let answer = self.client.ask("GET", path, &headers).unwrap();
        self.keep(&answer);
        answer
    }

    /// A page that has to be there.
    pub(crate) fn page(&mut self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    /// Sends a form from a page: the form token of the page goes along.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token();
        let mut all = vec![field("ma_bieu_mau", &token)];
        all.extend(fields.iter().map(|(name, value)| field(name, value)));
        self.send(path, &all, &[])
    }

    /// The same after a one-time code, where one is asked for again.
    pub(crate) fn post_with_code(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let code = self.fresh_code();
        let mut all: Vec<(&str, &str)> = fields.to_vec();
        all.push(("ma_xac_thuc", &code));
        self.post(path, &all)
    }

    /// The form token of this session.
    pub(crate) fn token(&mut self) -> String {
        let page = self.get("/quan-tri").text();
        hidden(&page).into_iter().find(|(name, _)| name == "ma_bieu_mau").map(|(_, value)| value).unwrap_or_default()
    }

    /// Sends exactly these fields with these headers beside the usual ones.
    pub(crate) fn send(&mut self, path: &str, fields: &[(String, String)], more: &[(&str, &str)]) -> Answer {
        self.send_body(path, "application/x-www-form-urlencoded", encode(fields).as_bytes(), more)
    }

    /// Sends a form with a file.
    pub(crate) fn post_file(&mut self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        let token = self.token();
        self.post_file_with(&token, path, fields, name, bytes)
    }

    /// The same with a form token of one's own choice.
    pub(crate) fn post_file_with(
        &mut self,
        token: &str,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        bytes: &[u8],
    ) -> Answer {
        const EDGE: &str = "----thuocdo-edge";
        let mut body = Vec::new();
        for (name, value) in [("ma_bieu_mau", token)].iter().chain(fields) {
            body.extend(
                format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        let head = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(bytes);
        body.extend(format!("\r\n--{EDGE}--\r\n").bytes());
        self.send_body(path, &format!("multipart/form-data; boundary={EDGE}"), &body, &[])
    }

    fn send_body(&mut self, path: &str, kind: &str, body: &[u8], more: &[(&str, &str)]) -> Answer {
        let replaced = |name: &str| more.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        let own = self.headers().into_iter().filter(|(name, _)| !replaced(name));
        let more = more.iter().filter(|(_, value)| !value.is_empty()).map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        let lines: Vec<String> = own.chain(more).map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: thuocdo\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{}\r\n",
            body.len(),
            lines.concat()
        );
        let answer = self.client.send("POST", &[head.as_bytes(), body].concat()).unwrap();
        self.keep(&answer);
        answer
    }

    fn keep(&mut self, answer: &Answer) {
        if let Some(value) = answer.header("set-cookie").and_then(|cookie| cookie.strip_prefix("phien=")) {
            let value = value.split(';').next().unwrap_or_default();
            self.cookie = (!value.is_empty()).then(|| value.to_owned());
        }
    }

    /// Opens a link, scans the picture, and activates the account.
    pub(crate) fn activate(&mut self, link: &str, email: &str, more: &[(&str, &str)]) -> Answer {
        let page = self.get(link).text();
        let key = page.split("<code class=\"key\">").nth(1).expect("the page shows a key").split('<').next().unwrap();
        let secret = Secret::try_from_base32(key.replace(' ', "")).unwrap();
        self.totp = Some(Builder::new().with_secret(secret).build().unwrap());
        email.clone_into(&mut self.email);
        let code = self.code();
        let mut fields = vec![field("mat_khau", PASSWORD), field("mat_khau_lai", PASSWORD), field("ma", &code)];
        fields.extend(more.iter().map(|(name, value)| field(name, value)));
        let answer = self.send(link, &fields, &[]);
        let text = answer.text();
        self.recovery =
            text.split("<li><code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect();
        answer
    }

    /// The code the authenticator shows.
    pub(crate) fn code(&self) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        self.totp.as_ref().unwrap().generate(now).to_string()
    }

    /// A code that was not used: a recovery code, so that no test waits half a minute for the next one.
    pub(crate) fn fresh_code(&mut self) -> String {
        self.recovery.pop().expect("a recovery code is left")
    }

    /// Signs in anew.
    pub(crate) fn sign_in(&mut self, password: &str, code: &str) -> Answer {
        let email = self.email.clone();
        let fields = [field("email", &email), field("mat_khau", password), field("ma", code)];
        self.send("/quan-tri/dang-nhap", &fields, &[])
    }

    /// Forgets the cookie, as a closed browser does.
    pub(crate) fn forget(&mut self) {
        self.cookie = None;
    }
}

/// Somebody who has activated an account, without the program.
pub(crate) async fn activated(world: &World, email: &str, grant: Grant) {
    let token = staff::Token::parse(&invited(world, email, UnitId::NONE, grant).await).unwrap();
    let office =
        Office { db: &world.db, province: world.province, keys: &world.keys, now: Moment::now(), letters: None };
    let link = staff::look_at_link(&office, &token).await.unwrap().unwrap();
    let key = staff::secret_base32(&world.keys, world.province, &link.seed);
    let totp = Builder::new().with_secret(Secret::try_from_base32(key).unwrap()).build().unwrap();
    let code = totp.generate(u64::try_from(office.now.unix()).unwrap()).to_string();
    let choice = staff::Choice { email: "", name: "", password: PASSWORD, again: PASSWORD, code: &code };
    staff::activate(&office, &staff::Hasher::default(), &token, choice).await.unwrap().unwrap();
}

/// Invites somebody without the program, straight into a database; the token of the link.
pub(crate) async fn invited(world: &World, email: &str, own_unit: UnitId, grant: Grant) -> String {
    let office =
        Office { db: &world.db, province: world.province, keys: &world.keys, now: Moment::now(), letters: None };
    let actor = Actor { staff: StaffId(0), name: "cli" };
    let invitation = Invitation { email, name: "Người Thử Nghiệm", own_unit, grant };
    let invited = staff::invite(&office, actor, invitation).await.unwrap().unwrap();
    invited.token.to_string()
}
