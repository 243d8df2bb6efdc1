//! Load: keep-alive connections that send prepared requests one after another and read every answer to its end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a phase of load came to.
#[derive(Debug, Default)]
pub(crate) struct Phase {
    /// Seconds from the first request to the last answer.
    pub(crate) seconds: f64,
    /// Milliseconds of each request.
    pub(crate) latencies: Vec<f64>,
    /// The answers, where they were asked for.
    pub(crate) answers: Vec<String>,
}

impl Phase {
    /// Number of requests.
    #[expect(clippy::cast_precision_loss, reason = "less than a million requests")]
    pub(crate) fn count(&self) -> f64 {
        self.latencies.len() as f64
    }
}

/// Sends all requests over as many connections; every answer must have this status.
pub(crate) async fn drive(
    address: SocketAddr,
    connections: usize,
    requests: &[Arc<[u8]>],
    status: u16,
    keep: bool,
) -> anyhow::Result<Phase> {
    let mut tasks = tokio::task::JoinSet::new();
    let mut streams = Vec::with_capacity(connections);
    for _ in 0..connections {
        let stream = TcpStream::connect(address).await.context("while connecting")?;
        stream.set_nodelay(true).context("while connecting")?;
        streams.push(stream);
    }
    let began = Instant::now();
    for (at, stream) in streams.into_iter().enumerate() {
        let own: Vec<Arc<[u8]>> = requests.iter().skip(at).step_by(connections).cloned().collect();
        tasks.spawn(one_connection(stream, own, status, keep));
    }
    let mut phase = Phase::default();
    while let Some(done) = tasks.join_next().await {
        let (latencies, answers) = done.context("while waiting for a connection")??;
        phase.latencies.extend(latencies);
        phase.answers.extend(answers);
    }
    phase.seconds = began.elapsed().as_secs_f64();
    Ok(phase)
}

async fn one_connection(
    mut stream: TcpStream,
    requests: Vec<Arc<[u8]>>,
    status: u16,
    keep: bool,
) -> anyhow::Result<(Vec<f64>, Vec<String>)> {
    let mut latencies = Vec::with_capacity(requests.len());
    let mut answers = Vec::new();
    let mut buffer = Vec::with_capacity(32 * 1024);
    let wanted = format!("HTTP/1.1 {status} ");
    for request in requests {
        let began = Instant::now();
        stream.write_all(&request).await.context("while sending")?;
        buffer.clear();
        let mut whole = usize::MAX;
        while buffer.len() < whole {
            ensure!(stream.read_buf(&mut buffer).await.context("while reading")? > 0, "the server hung up");
            if whole == usize::MAX {
                whole = length(&buffer).unwrap_or(usize::MAX);
            }
        }
        latencies.push(began.elapsed().as_secs_f64() * 1_000.0);
        ensure!(buffer.starts_with(wanted.as_bytes()), "not {status}: {}", String::from_utf8_lossy(&buffer));
        if keep {
            answers.push(String::from_utf8_lossy(&buffer).into_owned());
        }
    }
    Ok((latencies, answers))
}

/// Length of the whole answer, once its head is there.
fn length(buffer: &[u8]) -> Option<usize> {
    let end = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(buffer.get(..end)?).to_ascii_lowercase();
    let length: usize = head.split("content-length: ").nth(1)?.split("\r\n").next()?.parse().ok()?;
    Some(end + length)
}

/// A GET as bytes.
pub(crate) fn get(path: &str) -> Arc<[u8]> {
    format!("GET {path} HTTP/1.1\r\nHost: thuocdo\r\n\r\n").into_bytes().into()
}
