//! HTTP as bytes: a client of one keep-alive connection that sends whatever it is told, well-formed or not.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(30);
const MOST_HEADERS: usize = 100;

/// What the server answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header by its lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The receipt the answer sets as a cookie, without the mark behind the point, and whether it was sent before.
    pub(crate) fn receipt(&self) -> Option<(String, bool)> {
        let cookie = self.header("set-cookie")?.split(';').next()?;
        let (receipt, mark) = cookie.split_once('=')?.1.split_once('.')?;
        Some((receipt.to_owned(), mark == "2"))
    }
}

/// A client with one connection, opened again when the server has closed it.
pub(crate) struct Client {
    address: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self { address, stream: None }
    }

    pub(crate) fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask("GET", path, &[])
    }

    /// A request without body.
    pub(crate) fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)]) -> Result<Answer> {
        let lines: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let lines = lines.concat();
        self.send(method, format!("{method} {path} HTTP/1.1\r\nHost: thuocdo\r\n{lines}\r\n").as_bytes())
    }

    /// A form as a browser sends it.
    pub(crate) fn post(&mut self, path: &str, fields: &[(String, String)]) -> Result<Answer> {
        self.send("POST", &posted(path, "application/x-www-form-urlencoded", encode(fields).as_bytes()))
    }

    /// Sends bytes and reads one answer. A kept connection that the server has closed meanwhile is opened again, as browsers
    /// do.
    pub(crate) fn send(&mut self, method: &str, request: &[u8]) -> Result<Answer> {
        if let Some(kept) = self.stream.take()
            && let Ok(answer) = self.send_on(kept, method, request)
        {
            return Ok(answer);
        }
        self.send_on(connect(self.address)?, method, request)
    }

    fn send_on(&mut self, mut stream: BufReader<TcpStream>, method: &str, request: &[u8]) -> Result<Answer> {
        // A server that refuses early closes before everything is written; what it answered is read all the same.
        let written = stream.get_mut().write_all(request);
        let answer = read(&mut stream, method == "HEAD").map_err(|unread| written.err().unwrap_or(unread))?;
        if answer.header("connection") != Some("close") {
            self.stream = Some(stream);
        }
        Ok(answer)
    }
}

fn connect(address: SocketAddr) -> Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    stream.set_nodelay(true)?;
    Ok(BufReader::new(stream))
}

/// A POST with a body of a type.
pub(crate) fn posted(path: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: thuocdo\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Fields as the body of a form.
pub(crate) fn encode(fields: &[(String, String)]) -> String {
    let part = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    fields.iter().map(|(name, value)| format!("{}={}", part(name), part(value))).collect::<Vec<_>>().join("&")
}

fn read(stream: &mut BufReader<TcpStream>, is_head: bool) -> Result<Answer> {
    let bad = |what: &str| Error::new(ErrorKind::InvalidData, what.to_owned());
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or_else(|| bad(&first))?;
    let mut headers = Vec::new();
    loop {
        let line = line(stream)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| bad(&line))?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        if headers.len() > MOST_HEADERS {
            return Err(bad("too many headers"));
        }
    }
    let mut answer = Answer { status, headers, body: Vec::new() };
    if is_head || matches!(status, 100..=199 | 204 | 304) {
        return Ok(answer);
    }
    if answer.header("transfer-encoding") == Some("chunked") {
        loop {
            let size = usize::from_str_radix(line(stream)?.trim(), 16).map_err(|_digits| bad("a chunk"))?;
            let mut chunk = vec![0; size];
            stream.read_exact(&mut chunk)?;
            answer.body.extend(chunk);
            line(stream)?;
            if size == 0 {
                return Ok(answer);
            }
        }
    }
    let length =
        answer.header("content-length").and_then(|length| length.parse().ok()).ok_or_else(|| bad("no length"))?;
    answer.body = vec![0; length];
    stream.read_exact(&mut answer.body)?;
    Ok(answer)
}

fn line(stream: &mut BufReader<TcpStream>) -> Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
