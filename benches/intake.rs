//! How many forms a server takes in a second, each answered after its commit; and what a page and its form cost.
//!
//! `cargo bench --bench intake`; with PostgreSQL where `TEST_DATABASE_URL` names a server. The load runs on the same
//! machine. Every phase runs five times, interleaved with the same server's stylesheet, which says how fast anything at
//! all can be on that machine.

mod program;

use std::fmt::Write as _;
use std::sync::Arc;

use anyhow::Context;
use program::load::{Phase, drive, get};
use program::{Home, Server, median, quantile, say};

const CONNECTIONS: usize = 64;
const ROUNDS: usize = 5;
const POSTS: usize = 8_000;
const STATIC: usize = 20_000;
const POINTS: usize = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("while making a folder")?;
    let sqlite = format!("sqlite://{}", folder.path().join("thuocdo.db").display());
    measure("SQLite, synchronous=FULL", &Home { folder: folder.path(), database: &sqlite }).await?;
    #[expect(clippy::disallowed_methods, reason = "a benchmark has no settings; whoever runs it names the server")]
    let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
        return say("PostgreSQL is skipped: TEST_DATABASE_URL names no server");
    };
    let name = format!("thuocdo_bench_{:016x}", rand::random::<u64>());
    let admin = sea_orm::Database::connect(&server).await.context("while connecting to PostgreSQL")?;
    sea_orm::ConnectionTrait::execute_unprepared(&admin, &format!("CREATE DATABASE {name}")).await?;
    let (host, _) = server.split('?').next().unwrap_or_default().rsplit_once('/').context("no name in the URL")?;
    let database = format!("{host}/{name}");
    let folder = tempfile::tempdir().context("while making a folder")?;
    let measured = measure("PostgreSQL", &Home { folder: folder.path(), database: &database }).await;
    sea_orm::ConnectionTrait::execute_unprepared(&admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await?;
    measured
}

async fn measure(name: &str, home: &Home<'_>) -> anyhow::Result<()> {
    let codes = codes(home)?;
    let server = home.serve()?;
    let (mut posts, mut pages, mut statics) = (Vec::new(), Vec::new(), Vec::new());
    let (mut page_cpu, mut post_cpu, mut latencies) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let open: Vec<Arc<[u8]>> =
            (0..POSTS).map(|at| get(codes.get(at % POINTS).map_or("/", String::as_str))).collect();
        let (opened, cpu) = phase(&server, &open, 200, true).await?;
        pages.push(opened.count() / opened.seconds);
        page_cpu.push(cpu);
        let (static_page, _) = phase(&server, &vec![get(&stylesheet(&opened)?); STATIC], 200, false).await?;
        statics.push(static_page.count() / static_page.seconds);
        let forms =
            opened.answers.iter().enumerate().map(|(at, page)| form(at, page)).collect::<anyhow::Result<Vec<_>>>()?;
        let (sent, cpu) = phase(&server, &forms, 303, false).await?;
        posts.push(sent.count() / sent.seconds);
        post_cpu.push(cpu);
        latencies.extend(sent.latencies);
    }
    let range = |values: &mut [f64]| {
        let middle = median(values);
        let (low, high) = (quantile(values, 0.0), quantile(values, 1.0));
        format!("{middle:.0} ({low:.0} – {high:.0})")
    };
    let ratio = median(&mut statics) / median(&mut posts);
    let cpu = (median(&mut page_cpu), median(&mut post_cpu));
    say(&format!("{name}: {ROUNDS} rounds of {POSTS} forms, {CONNECTIONS} connections"))?;
    say(&format!("  durable posts a second          {}", range(&mut posts)))?;
    say(&format!("  form pages a second             {}", range(&mut pages)))?;
    say(&format!("  static pages a second           {}", range(&mut statics)))?;
    say(&format!("  static pages for one post       {ratio:.1} (bar: at most 30)"))?;
    say(&format!("  processor ms: page + post       {:.3} + {:.3} = {:.3} (bar: 0.5)", cpu.0, cpu.1, cpu.0 + cpu.1))?;
    let (p50, p99) = (quantile(&mut latencies, 0.5), quantile(&mut latencies, 0.99));
    say(&format!("  latency of a post, ms           p50 {p50:.1}, p99 {p99:.1}"))
}

/// A phase of load, and the processor milliseconds the server used for each request.
async fn phase(server: &Server, requests: &[Arc<[u8]>], status: u16, keep: bool) -> anyhow::Result<(Phase, f64)> {
    let before = server.processor_seconds()?;
    let phase = drive(server.address, CONNECTIONS, requests, status, keep).await?;
    let used = server.processor_seconds()? - before;
    let each = used * 1_000.0 / phase.count();
    Ok((phase, each))
}

/// Makes the counters; the paths of their forms.
fn codes(home: &Home<'_>) -> anyhow::Result<Vec<String>> {
    let mut points = String::from("code,unit,name,kind,questionnaire\n");
    for point in 0..POINTS {
        writeln!(points, "Q{point},P,Quầy {point},counter,counter").context("while writing a line")?;
    }
    for (name, text) in [("units", "code,name,kind,parent\nP,Tỉnh,province,\n"), ("points", points.as_str())] {
        let file = home.folder.join(name);
        std::fs::write(&file, text).context("while writing a file")?;
        home.run(&["import", name, &file.display().to_string()])?;
    }
    let (list, _) = home.run(&["point", "list"])?;
    Ok(list.lines().filter_map(|line| line.rsplit('/').next()).map(|code| format!("/q/{code}")).collect())
}

fn stylesheet(opened: &Phase) -> anyhow::Result<String> {
    let page = opened.answers.first().context("no page")?;
    let name = page.split("/static/").nth(1).and_then(|rest| rest.split('"').next()).context("no stylesheet")?;
    Ok(format!("/static/{name}"))
}

/// The form of an opened page, filled in: five ratings and a number, like most that come from a counter.
fn form(at: usize, page: &str) -> anyhow::Result<Arc<[u8]>> {
    let hidden = |name: &str| {
        let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
        rest.split('"').next()
    };
    // The page links to itself in the other language: there its own path stands.
    let path = page.split("?lang=en\"").next().and_then(|start| start.rsplit('"').next()).context("no path")?;
    let (key, edition) = hidden("_khoa").zip(hidden("_ban")).context("no hidden fields")?;
    let level = |n: usize| (at / n) % 5 + 1;
    let body = format!(
        "_khoa={key}&_ban={edition}&_ngon_ngu=vi&reception={}&waiting={}&attitude={}&time={}&quality={}&minutes={}&comment=",
        level(1),
        level(2),
        level(3),
        level(5),
        level(7),
        at % 60
    );
    let head = "Host: thuocdo\r\nContent-Type: application/x-www-form-urlencoded";
    let request = format!("POST {path} HTTP/1.1\r\n{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    Ok(request.into_bytes().into())
}
